(** Mutual exclusion between promises, first come first served. *)

type t

val create : unit -> t

(** Fulfilled when the mutex is held by the caller. Cancelling gives up the wait. *)
val lock : t -> unit Lwt.t

(** Passes the mutex to the next that waits. Does nothing when it is not locked. *)
val unlock : t -> unit

val is_locked : t -> bool

(** Whether nobody waits for it. *)
val is_empty : t -> bool

(** Holds the mutex while the promise of the function is pending. *)
val with_lock : t -> (unit -> 'a Lwt.t) -> 'a Lwt.t
