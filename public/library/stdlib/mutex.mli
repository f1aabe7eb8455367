(** Locks that one domain holds at a time. *)

(** A lock. *)
type t

(** A lock that nobody holds. *)
val create : unit -> t

(** Waits until nobody holds the lock, and takes it. Raises [Sys_error] when this domain holds it. *)
val lock : t -> unit

(** Takes the lock if nobody holds it; whether it did. *)
val try_lock : t -> bool

(** Gives the lock back. Raises [Sys_error] when this domain does not hold it. *)
val unlock : t -> unit

(** Calls a function while holding the lock. *)
val protect : t -> (unit -> 'a) -> 'a
