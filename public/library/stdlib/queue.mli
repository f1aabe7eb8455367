(** First in, first out. All operations but {!copy} and iterations take constant time. *)

(** A queue. *)
type !'a t

(** There is no element. *)
exception Empty

(** An empty queue. *)
val create : unit -> 'a t

(** Adds an element at the end. *)
val add : 'a -> 'a t -> unit

(** As {!add}. *)
val push : 'a -> 'a t -> unit

(** Removes the first element and gives it. Raises {!Empty}. *)
val take : 'a t -> 'a

(** Removes the first element and gives it. *)
val take_opt : 'a t -> 'a option

(** As {!take}. *)
val pop : 'a t -> 'a

(** The first element. Raises {!Empty}. *)
val peek : 'a t -> 'a

(** The first element. *)
val peek_opt : 'a t -> 'a option

(** As {!peek}. *)
val top : 'a t -> 'a

(** Removes the first element. Raises {!Empty}. *)
val drop : 'a t -> unit

(** Removes all elements. *)
val clear : 'a t -> unit

(** A copy. *)
val copy : 'a t -> 'a t

(** Whether there is no element. *)
val is_empty : 'a t -> bool

(** Number of elements. *)
val length : 'a t -> int

(** Calls a function on each element from the first on. *)
val iter : ('a -> unit) -> 'a t -> unit

(** Combines an accumulator with each element from the first on. *)
val fold : ('acc -> 'a -> 'acc) -> 'acc -> 'a t -> 'acc

(** Moves all elements of the first queue to the end of the second. *)
val transfer : 'a t -> 'a t -> unit

(** The elements from the first on. *)
val to_seq : 'a t -> 'a Seq.t

(** Adds elements at the end. *)
val add_seq : 'a t -> 'a Seq.t -> unit

(** A queue of these elements. *)
val of_seq : 'a Seq.t -> 'a t
