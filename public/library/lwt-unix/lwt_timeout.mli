(** Functions that are called when they have not been put off for so many seconds. *)

type t

(** [create n f] calls [f] when [n] seconds have passed since it was started the last time. It is not started. *)
val create : int -> (unit -> unit) -> t

(** Starts, or starts over. *)
val start : t -> unit

val stop : t -> unit

(** Changes the number of seconds; what is started goes on with them. *)
val change : t -> int -> unit

(** Called with the exceptions that functions raise. *)
val set_exn_handler : (exn -> unit) -> unit
