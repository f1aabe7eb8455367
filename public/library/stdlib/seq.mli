(** Delayed lists: a sequence computes each element when it is asked for. Asking again computes again, unless the sequence was made by {!memoize} or another container. *)

(** Asked for its first node. *)
type 'a t = unit -> 'a node

(** The end, or an element and what follows. *)
and +'a node =
  | Nil
  | Cons of 'a * 'a t

(** Whether there is no element; asks for the first one. *)
val is_empty : 'a t -> bool

(** The first element and the rest. *)
val uncons : 'a t -> ('a * 'a t) option

(** Number of elements. *)
val length : 'a t -> int

(** Calls a function on each element. *)
val iter : ('a -> unit) -> 'a t -> unit

(** Combines an accumulator with each element. *)
val fold_left : ('acc -> 'a -> 'acc) -> 'acc -> 'a t -> 'acc

(** As {!iter}, with positions from 0. *)
val iteri : (int -> 'a -> unit) -> 'a t -> unit

(** As {!fold_left}, with positions from 0. *)
val fold_lefti : ('acc -> int -> 'a -> 'acc) -> 'acc -> 'a t -> 'acc

(** Whether all elements satisfy the predicate. *)
val for_all : ('a -> bool) -> 'a t -> bool

(** Whether some element satisfies the predicate. *)
val exists : ('a -> bool) -> 'a t -> bool

(** The first element that satisfies the predicate. *)
val find : ('a -> bool) -> 'a t -> 'a option

(** Position of the first element that satisfies the predicate. *)
val find_index : ('a -> bool) -> 'a t -> int option

(** The first answer that is not [None]. *)
val find_map : ('a -> 'b option) -> 'a t -> 'b option

(** As {!find_map}, with positions from 0. *)
val find_mapi : (int -> 'a -> 'b option) -> 'a t -> 'b option

(** Calls a function on elements of the same position, as far as the shorter sequence goes. *)
val iter2 : ('a -> 'b -> unit) -> 'a t -> 'b t -> unit

(** As {!fold_left} on two sequences, as far as the shorter one goes. *)
val fold_left2 : ('acc -> 'a -> 'b -> 'acc) -> 'acc -> 'a t -> 'b t -> 'acc

(** As {!for_all} on two sequences, as far as the shorter one goes. *)
val for_all2 : ('a -> 'b -> bool) -> 'a t -> 'b t -> bool

(** As {!exists} on two sequences, as far as the shorter one goes. *)
val exists2 : ('a -> 'b -> bool) -> 'a t -> 'b t -> bool

(** Same length, and elements that the function holds equal. *)
val equal : ('a -> 'b -> bool) -> 'a t -> 'b t -> bool

(** Lexicographic order by the function. *)
val compare : ('a -> 'b -> int) -> 'a t -> 'b t -> int

(** Without elements. *)
val empty : 'a t

(** One element. *)
val return : 'a -> 'a t

(** An element before a sequence. *)
val cons : 'a -> 'a t -> 'a t

(** [f 0], [f 1], … [f (n - 1)]. Raises [Invalid_argument] when [n] is negative. *)
val init : int -> (int -> 'a) -> 'a t

(** Elements that a function makes with a state, until it gives [None]. *)
val unfold : ('b -> ('a * 'b) option) -> 'b -> 'a t

(** An element for ever. *)
val repeat : 'a -> 'a t

(** The results of calling a function for ever. *)
val forever : (unit -> 'a) -> 'a t

(** The sequence again and again; empty when it is empty. *)
val cycle : 'a t -> 'a t

(** [x], [f x], [f (f x)], …. *)
val iterate : ('a -> 'a) -> 'a -> 'a t

(** Applies a function to each element. *)
val map : ('a -> 'b) -> 'a t -> 'b t

(** As {!map}, with positions from 0. *)
val mapi : (int -> 'a -> 'b) -> 'a t -> 'b t

(** The elements that satisfy the predicate. *)
val filter : ('a -> bool) -> 'a t -> 'a t

(** The answers that are not [None]. *)
val filter_map : ('a -> 'b option) -> 'a t -> 'b t

(** The accumulators of {!fold_left}, the first included. *)
val scan : ('b -> 'a -> 'b) -> 'b -> 'a t -> 'b t

(** The first elements, at most so many. Raises [Invalid_argument] when the number is negative. *)
val take : int -> 'a t -> 'a t

(** All but the first elements. Raises [Invalid_argument] when the number is negative. *)
val drop : int -> 'a t -> 'a t

(** The elements before the first that does not satisfy the predicate. *)
val take_while : ('a -> bool) -> 'a t -> 'a t

(** From the first element on that does not satisfy the predicate. *)
val drop_while : ('a -> bool) -> 'a t -> 'a t

(** Runs of elements that are equal to the first one of their run. *)
val group : ('a -> 'a -> bool) -> 'a t -> 'a t t

(** Computes each element at most once, and keeps it. *)
val memoize : 'a t -> 'a t

(** An element of a sequence made by {!once} was asked for again. *)
exception Forced_twice

(** The sequence; asking twice for the same element raises {!Forced_twice}. *)
val once : 'a t -> 'a t

(** The first elements, the second elements, …; rows may be of different lengths. *)
val transpose : 'a t t -> 'a t t

(** One sequence, then the other. *)
val append : 'a t -> 'a t -> 'a t

(** The elements of the elements. *)
val concat : 'a t t -> 'a t

(** The elements of what a function gives for each element. *)
val flat_map : ('a -> 'b t) -> 'a t -> 'b t

(** As {!flat_map}. *)
val concat_map : ('a -> 'b t) -> 'a t -> 'b t

(** Pairs of elements of the same position, as far as the shorter sequence goes. *)
val zip : 'a t -> 'b t -> ('a * 'b) t

(** Applies a function to elements of the same position, as far as the shorter sequence goes. *)
val map2 : ('a -> 'b -> 'c) -> 'a t -> 'b t -> 'c t

(** By turns an element of one and of the other; the rest of the longer one at the end. *)
val interleave : 'a t -> 'a t -> 'a t

(** Merges two ascending sequences; of equal elements that of the first one comes first. *)
val sorted_merge : ('a -> 'a -> int) -> 'a t -> 'a t -> 'a t

(** All pairs, along diagonals, so that each is reached even when both sequences are infinite. *)
val product : 'a t -> 'b t -> ('a * 'b) t

(** As {!product}, with a function in place of pairing. *)
val map_product : ('a -> 'b -> 'c) -> 'a t -> 'b t -> 'c t

(** The first and the second components. *)
val unzip : ('a * 'b) t -> 'a t * 'b t

(** As {!unzip}. *)
val split : ('a * 'b) t -> 'a t * 'b t

(** The [Left] and the [Right] answers. Each result asks the function again. *)
val partition_map : ('a -> ('b, 'c) Either.t) -> 'a t -> 'b t * 'c t

(** The elements that satisfy the predicate, and the others. Each result asks the predicate again. *)
val partition : ('a -> bool) -> 'a t -> 'a t * 'a t

(** The results of a function until [None]; each can be asked for once only. *)
val of_dispenser : (unit -> 'a option) -> 'a t

(** A function whose successive calls give the elements. *)
val to_dispenser : 'a t -> (unit -> 'a option)

(** All integers from one on. *)
val ints : int -> int t
