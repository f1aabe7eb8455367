(** References whose operations are indivisible. *)

(** A reference. *)
type !'a t

(** A reference that holds a value. *)
val make : 'a -> 'a t

(** As {!make}, for references that many processors use. *)
val make_contended : 'a -> 'a t

(** Its contents. *)
val get : 'a t -> 'a

(** Changes its contents. *)
val set : 'a t -> 'a -> unit

(** Changes its contents; what they were. *)
val exchange : 'a t -> 'a -> 'a

(** Changes the contents if they are the very same value as the first; whether they were. *)
val compare_and_set : 'a t -> 'a -> 'a -> bool

(** Adds to the contents; what they were. *)
val fetch_and_add : int t -> int -> int

(** Adds 1. *)
val incr : int t -> unit

(** Subtracts 1. *)
val decr : int t -> unit
