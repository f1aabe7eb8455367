(** Variables that hold one value or none; taking waits for a value, putting for room. First come first served. *)

type 'a t

val create : 'a -> 'a t
val create_empty : unit -> 'a t
val put : 'a t -> 'a -> unit Lwt.t
val take : 'a t -> 'a Lwt.t

(** The value if there is one now. *)
val take_available : 'a t -> 'a option

val is_empty : 'a t -> bool
