(** Values given to the run-time system under a name. *)

(** Registers a value under a name, in place of the one that had it. *)
val register : string -> 'a -> unit

(** Registers the constructor of an exception under a name. *)
val register_exception : string -> exn -> unit
