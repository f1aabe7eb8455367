(** Logs of programs with threads. *)

(** Lets one thread log at a time. *)
val enable : unit -> unit
