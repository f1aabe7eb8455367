(** Arrays. Positions count from 0; one outside raises [Invalid_argument "index out of bounds"], a range outside [Invalid_argument] with the function's name. *)

(** Arrays. *)
type 'a t = 'a array

(** Number of elements. *)
external length : 'a array -> int = "%array_length"

(** The element at a position, [a.(i)]. *)
external get : 'a array -> int -> 'a = "%array_safe_get"

(** Changes the element at a position, [a.(i) <- x]. *)
external set : 'a array -> int -> 'a -> unit = "%array_safe_set"

(** So many times this element, the same one everywhere. Raises [Invalid_argument] when the length is negative or above {!Sys.max_array_length}. *)
external make : int -> 'a -> 'a array = "caml_array_make"

(** So many floats of any value. *)
external create_float : int -> float array = "caml_array_create_float"

(** [f 0], … [f (n - 1)], computed in this order. Raises [Invalid_argument] as {!make}. *)
val init : int -> (int -> 'a) -> 'a array

(** So many rows of so many times this element. Raises [Invalid_argument] when a number is negative. *)
val make_matrix : int -> int -> 'a -> 'a array array

(** Rows of columns: element [(i, j)] is [f i j], computed row by row. Raises [Invalid_argument] when a number is negative. *)
val init_matrix : int -> int -> (int -> int -> 'a) -> 'a array array

(** One array, then the other. *)
val append : 'a array -> 'a array -> 'a array

(** All of them in a row. *)
val concat : 'a array list -> 'a array

(** The range of a length from a position on. *)
val sub : 'a array -> int -> int -> 'a array

(** A copy. *)
val copy : 'a array -> 'a array

(** Sets a range to an element. *)
val fill : 'a array -> int -> int -> 'a -> unit

(** Copies a range into another, which may overlap. *)
val blit : 'a array -> int -> 'a array -> int -> int -> unit

(** The elements as a list. *)
val to_list : 'a array -> 'a list

(** The elements of a list. *)
val of_list : 'a list -> 'a array

(** Calls a function on each element. *)
val iter : ('a -> unit) -> 'a array -> unit

(** As {!iter}, with positions. *)
val iteri : (int -> 'a -> unit) -> 'a array -> unit

(** Applies a function to each element. *)
val map : ('a -> 'b) -> 'a array -> 'b array

(** Puts the function's results in the places of the elements. *)
val map_inplace : ('a -> 'a) -> 'a array -> unit

(** As {!map}, with positions. *)
val mapi : (int -> 'a -> 'b) -> 'a array -> 'b array

(** As {!map_inplace}, with positions. *)
val mapi_inplace : (int -> 'a -> 'a) -> 'a array -> unit

(** [f (… (f acc x0) …) xn]. *)
val fold_left : ('acc -> 'a -> 'acc) -> 'acc -> 'a array -> 'acc

(** {!fold_left} and {!map} at once. *)
val fold_left_map : ('acc -> 'a -> 'acc * 'b) -> 'acc -> 'a array -> 'acc * 'b array

(** [f x0 (… (f xn acc))]. *)
val fold_right : ('a -> 'acc -> 'acc) -> 'a array -> 'acc -> 'acc

(** Calls a function on elements of the same position. Raises [Invalid_argument] when the lengths differ. *)
val iter2 : ('a -> 'b -> unit) -> 'a array -> 'b array -> unit

(** Applies a function to elements of the same position. Raises [Invalid_argument] when the lengths differ. *)
val map2 : ('a -> 'b -> 'c) -> 'a array -> 'b array -> 'c array

(** Whether all elements satisfy the predicate. *)
val for_all : ('a -> bool) -> 'a array -> bool

(** Whether some element satisfies the predicate. *)
val exists : ('a -> bool) -> 'a array -> bool

(** As {!for_all} on two arrays. Raises [Invalid_argument] when the lengths differ. *)
val for_all2 : ('a -> 'b -> bool) -> 'a array -> 'b array -> bool

(** As {!exists} on two arrays. Raises [Invalid_argument] when the lengths differ. *)
val exists2 : ('a -> 'b -> bool) -> 'a array -> 'b array -> bool

(** Whether an element compares equal. *)
val mem : 'a -> 'a array -> bool

(** Whether the very same value is an element. *)
val memq : 'a -> 'a array -> bool

(** The first element that satisfies the predicate. *)
val find_opt : ('a -> bool) -> 'a array -> 'a option

(** Position of the first element that satisfies the predicate. *)
val find_index : ('a -> bool) -> 'a array -> int option

(** The first answer that is not [None]. *)
val find_map : ('a -> 'b option) -> 'a array -> 'b option

(** As {!find_map}, with positions. *)
val find_mapi : (int -> 'a -> 'b option) -> 'a array -> 'b option

(** The first and the second components. *)
val split : ('a * 'b) array -> 'a array * 'b array

(** Pairs of elements of the same position. Raises [Invalid_argument] when the lengths differ. *)
val combine : 'a array -> 'b array -> ('a * 'b) array

(** Sorts in place, in ascending order, with constant memory; equal elements come in any order. Takes n log n steps. *)
val sort : ('a -> 'a -> int) -> 'a array -> unit

(** Sorts in place; equal elements keep their order. Needs memory for half the array. *)
val stable_sort : ('a -> 'a -> int) -> 'a array -> unit

(** As {!stable_sort}. *)
val fast_sort : ('a -> 'a -> int) -> 'a array -> unit

(** Puts the elements into a random order; [rand n] must give each number from 0 to [n - 1] as often. *)
val shuffle : rand:(int -> int) -> 'a array -> unit

(** The elements. *)
val to_seq : 'a array -> 'a Seq.t

(** The elements with their positions. *)
val to_seqi : 'a array -> (int * 'a) Seq.t

(** The array of these elements. *)
val of_seq : 'a Seq.t -> 'a array

(** As {!get}, unchecked. *)
external unsafe_get : 'a array -> int -> 'a = "%array_unsafe_get"

(** As {!set}, unchecked. *)
external unsafe_set : 'a array -> int -> 'a -> unit = "%array_unsafe_set"

(** Arrays of floats; see {!Float.Array}. *)
module Floatarray : sig
  (** So many floats of any value. *)
  external create : int -> floatarray = "caml_floatarray_create"

  (** Number of elements. *)
  external length : floatarray -> int = "%floatarray_length"

  (** The element at a position, [a.(i)]. *)
  external get : floatarray -> int -> float = "%floatarray_safe_get"

  (** Changes the element at a position, [a.(i) <- x]. *)
  external set : floatarray -> int -> float -> unit = "%floatarray_safe_set"

  (** As {!get}, unchecked. *)
  external unsafe_get : floatarray -> int -> float = "%floatarray_unsafe_get"

  (** As {!set}, unchecked. *)
  external unsafe_set : floatarray -> int -> float -> unit = "%floatarray_unsafe_set"
end
