(** Lists. Functions of two lists raise [Invalid_argument] when the lengths differ and they notice. Functions that use positions count from 0. All use constant stack, except {!fold_right} and {!fold_right2}. *)

(** A list. *)
type 'a t = 'a list = [] | (::) of 'a * 'a list

(** Number of elements, in linear time. *)
val length : 'a list -> int

(** Compares the lengths, as far as the shorter list goes. *)
val compare_lengths : 'a list -> 'b list -> int

(** Compares the length with a number, no further than needed. *)
val compare_length_with : 'a list -> int -> int

(** Whether there is no element. *)
val is_empty : 'a list -> bool

(** An element before a list. *)
val cons : 'a -> 'a list -> 'a list

(** The first element. Raises [Failure "hd"]. *)
val hd : 'a list -> 'a

(** All but the first element. Raises [Failure "tl"]. *)
val tl : 'a list -> 'a list

(** The element at a position. Raises [Failure "nth"] beyond the end, [Invalid_argument "List.nth"] below 0. *)
val nth : 'a list -> int -> 'a

(** The element at a position, or [None] beyond the end. Raises [Invalid_argument "List.nth"] below 0. *)
val nth_opt : 'a list -> int -> 'a option

(** In reverse. *)
val rev : 'a list -> 'a list

(** [f 0], … [f (n - 1)], computed in this order. Raises [Invalid_argument "List.init"] when [n] is negative. *)
val init : int -> (int -> 'a) -> 'a list

(** One list, then the other. *)
val append : 'a list -> 'a list -> 'a list

(** The first list in reverse, then the second. *)
val rev_append : 'a list -> 'a list -> 'a list

(** The elements of the elements. *)
val concat : 'a list list -> 'a list

(** As {!concat}. *)
val flatten : 'a list list -> 'a list

(** Same length, and elements that the function holds equal. *)
val equal : ('a -> 'a -> bool) -> 'a list -> 'a list -> bool

(** Lexicographic order by the function. *)
val compare : ('a -> 'a -> int) -> 'a list -> 'a list -> int

(** Calls a function on each element. *)
val iter : ('a -> unit) -> 'a list -> unit

(** As {!iter}, with positions. *)
val iteri : (int -> 'a -> unit) -> 'a list -> unit

(** Applies a function to each element, from the first one on. *)
val map : ('a -> 'b) -> 'a list -> 'b list

(** As {!map}, with positions. *)
val mapi : (int -> 'a -> 'b) -> 'a list -> 'b list

(** The results of {!map} in reverse. *)
val rev_map : ('a -> 'b) -> 'a list -> 'b list

(** The answers that are not [None]. *)
val filter_map : ('a -> 'b option) -> 'a list -> 'b list

(** The elements of what the function gives for each element. *)
val concat_map : ('a -> 'b list) -> 'a list -> 'b list

(** {!fold_left} and {!map} at once. *)
val fold_left_map : ('acc -> 'a -> 'acc * 'b) -> 'acc -> 'a list -> 'acc * 'b list

(** [f (… (f acc x1) …) xn]. *)
val fold_left : ('acc -> 'a -> 'acc) -> 'acc -> 'a list -> 'acc

(** [f x1 (… (f xn acc))]; uses stack in proportion to the length. *)
val fold_right : ('a -> 'acc -> 'acc) -> 'a list -> 'acc -> 'acc

(** Calls a function on elements of the same position. *)
val iter2 : ('a -> 'b -> unit) -> 'a list -> 'b list -> unit

(** Applies a function to elements of the same position. *)
val map2 : ('a -> 'b -> 'c) -> 'a list -> 'b list -> 'c list

(** The results of {!map2} in reverse. *)
val rev_map2 : ('a -> 'b -> 'c) -> 'a list -> 'b list -> 'c list

(** As {!fold_left} on two lists. *)
val fold_left2 : ('acc -> 'a -> 'b -> 'acc) -> 'acc -> 'a list -> 'b list -> 'acc

(** As {!fold_right} on two lists. *)
val fold_right2 : ('a -> 'b -> 'acc -> 'acc) -> 'a list -> 'b list -> 'acc -> 'acc

(** Whether all elements satisfy the predicate. *)
val for_all : ('a -> bool) -> 'a list -> bool

(** Whether some element satisfies the predicate. *)
val exists : ('a -> bool) -> 'a list -> bool

(** As {!for_all} on two lists. *)
val for_all2 : ('a -> 'b -> bool) -> 'a list -> 'b list -> bool

(** As {!exists} on two lists. *)
val exists2 : ('a -> 'b -> bool) -> 'a list -> 'b list -> bool

(** Whether an element compares equal. *)
val mem : 'a -> 'a list -> bool

(** Whether the very same value is in the list. *)
val memq : 'a -> 'a list -> bool

(** The first element that satisfies the predicate. Raises [Not_found]. *)
val find : ('a -> bool) -> 'a list -> 'a

(** The first element that satisfies the predicate. *)
val find_opt : ('a -> bool) -> 'a list -> 'a option

(** Position of the first element that satisfies the predicate. *)
val find_index : ('a -> bool) -> 'a list -> int option

(** The first answer that is not [None]. *)
val find_map : ('a -> 'b option) -> 'a list -> 'b option

(** As {!find_map}, with positions. *)
val find_mapi : (int -> 'a -> 'b option) -> 'a list -> 'b option

(** The elements that satisfy the predicate, in their order. *)
val filter : ('a -> bool) -> 'a list -> 'a list

(** As {!filter}. *)
val find_all : ('a -> bool) -> 'a list -> 'a list

(** As {!filter}, with positions. *)
val filteri : (int -> 'a -> bool) -> 'a list -> 'a list

(** The first elements, at most so many. Raises [Invalid_argument] when the number is negative. *)
val take : int -> 'a list -> 'a list

(** All but the first elements. Raises [Invalid_argument] when the number is negative. *)
val drop : int -> 'a list -> 'a list

(** The elements before the first that does not satisfy the predicate. *)
val take_while : ('a -> bool) -> 'a list -> 'a list

(** From the first element on that does not satisfy the predicate. *)
val drop_while : ('a -> bool) -> 'a list -> 'a list

(** The elements that satisfy the predicate, and the others. *)
val partition : ('a -> bool) -> 'a list -> 'a list * 'a list

(** The [Left] and the [Right] answers. *)
val partition_map : ('a -> ('b, 'c) Either.t) -> 'a list -> 'b list * 'c list

(** The value of the first pair with this key. Raises [Not_found]. *)
val assoc : 'a -> ('a * 'b) list -> 'b

(** The value of the first pair with this key. *)
val assoc_opt : 'a -> ('a * 'b) list -> 'b option

(** As {!assoc}, for the very same key. *)
val assq : 'a -> ('a * 'b) list -> 'b

(** As {!assoc_opt}, for the very same key. *)
val assq_opt : 'a -> ('a * 'b) list -> 'b option

(** Whether there is a pair with this key. *)
val mem_assoc : 'a -> ('a * 'b) list -> bool

(** As {!mem_assoc}, for the very same key. *)
val mem_assq : 'a -> ('a * 'b) list -> bool

(** Without the first pair with this key. *)
val remove_assoc : 'a -> ('a * 'b) list -> ('a * 'b) list

(** As {!remove_assoc}, for the very same key. *)
val remove_assq : 'a -> ('a * 'b) list -> ('a * 'b) list

(** The first and the second components. *)
val split : ('a * 'b) list -> 'a list * 'b list

(** Pairs of elements of the same position. *)
val combine : 'a list -> 'b list -> ('a * 'b) list

(** Sorts in ascending order; equal elements keep theirs. Takes n log n steps. *)
val sort : ('a -> 'a -> int) -> 'a list -> 'a list

(** As {!sort}. *)
val stable_sort : ('a -> 'a -> int) -> 'a list -> 'a list

(** As {!sort}. *)
val fast_sort : ('a -> 'a -> int) -> 'a list -> 'a list

(** As {!sort}, with one of each class of equal elements. *)
val sort_uniq : ('a -> 'a -> int) -> 'a list -> 'a list

(** Merges two ascending lists; of equal elements that of the first one comes first. *)
val merge : ('a -> 'a -> int) -> 'a list -> 'a list -> 'a list

(** The elements, as they are asked for. *)
val to_seq : 'a list -> 'a Seq.t

(** All elements. *)
val of_seq : 'a Seq.t -> 'a list
