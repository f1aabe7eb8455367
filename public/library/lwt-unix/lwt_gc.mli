(** Promises when values are no longer used. *)

(** Calls a function with a value when nothing reaches it any more; the promise that it gives is not waited for. *)
val finalise : ('a -> unit Lwt.t) -> 'a -> unit

(** As {!finalise}; also when the program ends, which waits. *)
val finalise_or_exit : ('a -> unit Lwt.t) -> 'a -> unit
