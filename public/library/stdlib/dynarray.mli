(** Arrays that grow and shrink at the end, in constant time on the average. A function that goes through an array raises [Invalid_argument] when its length changes meanwhile. Positions count from 0; one outside raises [Invalid_argument]. *)

(** A dynamic array. *)
type !'a t

(** Without elements. *)
val create : unit -> 'a t

(** So many times this element. Raises [Invalid_argument] when the number is negative. *)
val make : int -> 'a -> 'a t

(** [f 0], … [f (n - 1)], computed in this order. Raises [Invalid_argument] when [n] is negative. *)
val init : int -> (int -> 'a) -> 'a t

(** The element at a position. *)
val get : 'a t -> int -> 'a

(** Changes the element at a position. *)
val set : 'a t -> int -> 'a -> unit

(** Number of elements. *)
val length : 'a t -> int

(** Whether there is no element. *)
val is_empty : 'a t -> bool

(** The last element. Raises [Invalid_argument] when there is none. *)
val get_last : 'a t -> 'a

(** The last element. *)
val find_last : 'a t -> 'a option

(** A copy, without room for more. *)
val copy : 'a t -> 'a t

(** Adds an element at the end. *)
val add_last : 'a t -> 'a -> unit

(** Adds the elements of an array. *)
val append_array : 'a t -> 'a array -> unit

(** Adds the elements of a list. *)
val append_list : 'a t -> 'a list -> unit

(** Adds the elements of another dynamic array. Raises [Invalid_argument] when it is the same one. *)
val append : 'a t -> 'a t -> unit

(** Adds the elements of a sequence. *)
val append_seq : 'a t -> 'a Seq.t -> unit

(** Adds the elements that an iterator gives. *)
val append_iter : 'a t -> (('a -> unit) -> 'x -> unit) -> 'x -> unit

(** Copies a range into another, which may overlap and go beyond the end. Raises [Invalid_argument] when a range is outside or would leave a gap. *)
val blit : src:'a t -> src_pos:int -> dst:'a t -> dst_pos:int -> len:int -> unit

(** Removes the last element and gives it. *)
val pop_last_opt : 'a t -> 'a option

(** Removes the last element and gives it. Raises [Not_found]. *)
val pop_last : 'a t -> 'a

(** Removes the last element, if there is one. *)
val remove_last : 'a t -> unit

(** Removes all but the first elements. Raises [Invalid_argument] when the number is negative. *)
val truncate : 'a t -> int -> unit

(** Removes all elements and keeps the room. *)
val clear : 'a t -> unit

(** Calls a function on each element. *)
val iter : ('a -> unit) -> 'a t -> unit

(** As {!iter}, with positions. *)
val iteri : (int -> 'a -> unit) -> 'a t -> unit

(** Applies a function to each element. *)
val map : ('a -> 'b) -> 'a t -> 'b t

(** As {!map}, with positions. *)
val mapi : (int -> 'a -> 'b) -> 'a t -> 'b t

(** [f (… (f acc x0) …) xn]. *)
val fold_left : ('acc -> 'a -> 'acc) -> 'acc -> 'a t -> 'acc

(** [f x0 (… (f xn acc))]. *)
val fold_right : ('a -> 'acc -> 'acc) -> 'a t -> 'acc -> 'acc

(** The elements that satisfy the predicate. *)
val filter : ('a -> bool) -> 'a t -> 'a t

(** The answers that are not [None]. *)
val filter_map : ('a -> 'b option) -> 'a t -> 'b t

(** Whether some element satisfies the predicate. *)
val exists : ('a -> bool) -> 'a t -> bool

(** Whether all elements satisfy the predicate. *)
val for_all : ('a -> bool) -> 'a t -> bool

(** Whether an element compares equal. *)
val mem : 'a -> 'a t -> bool

(** Whether the very same value is an element. *)
val memq : 'a -> 'a t -> bool

(** The first element that satisfies the predicate. *)
val find_opt : ('a -> bool) -> 'a t -> 'a option

(** Position of the first element that satisfies the predicate. *)
val find_index : ('a -> bool) -> 'a t -> int option

(** The first answer that is not [None]. *)
val find_map : ('a -> 'b option) -> 'a t -> 'b option

(** As {!find_map}, with positions. *)
val find_mapi : (int -> 'a -> 'b option) -> 'a t -> 'b option

(** Same length, and elements that the function holds equal. *)
val equal : ('a -> 'a -> bool) -> 'a t -> 'a t -> bool

(** Shorter ones first; of one length, lexicographic order by the function. *)
val compare : ('a -> 'a -> int) -> 'a t -> 'a t -> int

(** The elements of an array. *)
val of_array : 'a array -> 'a t

(** The elements as an array. *)
val to_array : 'a t -> 'a array

(** The elements of a list. *)
val of_list : 'a list -> 'a t

(** The elements as a list. *)
val to_list : 'a t -> 'a list

(** The elements of a sequence. *)
val of_seq : 'a Seq.t -> 'a t

(** The elements; raises [Invalid_argument] when the length has changed meanwhile. *)
val to_seq : 'a t -> 'a Seq.t

(** The elements of the moment when they are asked for. *)
val to_seq_reentrant : 'a t -> 'a Seq.t

(** As {!to_seq}, from the last one on. *)
val to_seq_rev : 'a t -> 'a Seq.t

(** As {!to_seq_reentrant}, from the last one on. *)
val to_seq_rev_reentrant : 'a t -> 'a Seq.t

(** Number of elements that there is room for. *)
val capacity : 'a t -> int

(** Makes room for so many elements. Raises [Invalid_argument] when there are too many. *)
val ensure_capacity : 'a t -> int -> unit

(** Makes room for so many more elements. Raises [Invalid_argument] when there are too many. *)
val ensure_extra_capacity : 'a t -> int -> unit

(** Gives back the room that is not used. *)
val fit_capacity : 'a t -> unit

(** Makes room for just so many elements, and removes those for which there is none. *)
val set_capacity : 'a t -> int -> unit

(** Removes all elements and gives back the room. *)
val reset : 'a t -> unit
