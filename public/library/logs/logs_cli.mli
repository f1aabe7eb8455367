(** Options for the level of logs. *)

(** [-v] (info; given again debug), [--verbosity] (a level, before [-v]), [-q] (nothing, before both); warnings where none is given. *)
val level : ?env:Cmdliner.Cmd.Env.info -> ?docs:string -> unit -> Logs.level option Cmdliner.Term.t
