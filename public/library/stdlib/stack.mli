(** Last in, first out. All operations but iterations take constant time. *)

(** A stack. *)
type !'a t

(** There is no element. *)
exception Empty

(** An empty stack. *)
val create : unit -> 'a t

(** Puts an element on top. *)
val push : 'a -> 'a t -> unit

(** Removes the top element and gives it. Raises {!Empty}. *)
val pop : 'a t -> 'a

(** Removes the top element and gives it. *)
val pop_opt : 'a t -> 'a option

(** Removes the top element. Raises {!Empty}. *)
val drop : 'a t -> unit

(** The top element. Raises {!Empty}. *)
val top : 'a t -> 'a

(** The top element. *)
val top_opt : 'a t -> 'a option

(** Removes all elements. *)
val clear : 'a t -> unit

(** A copy. *)
val copy : 'a t -> 'a t

(** Whether there is no element. *)
val is_empty : 'a t -> bool

(** Number of elements. *)
val length : 'a t -> int

(** Calls a function on each element from the top down. *)
val iter : ('a -> unit) -> 'a t -> unit

(** Combines an accumulator with each element from the top down. *)
val fold : ('acc -> 'a -> 'acc) -> 'acc -> 'a t -> 'acc

(** The elements from the top down. *)
val to_seq : 'a t -> 'a Seq.t

(** Puts elements on top, one after the other. *)
val add_seq : 'a t -> 'a Seq.t -> unit

(** A stack of these elements, the last one on top. *)
val of_seq : 'a Seq.t -> 'a t
