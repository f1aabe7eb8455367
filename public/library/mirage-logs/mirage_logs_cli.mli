(** Options for what is logged: a level for each source. *)

type threshold = [ `All | `Src of string ] * Logs.level option

(** [LOGGING_LEVELS] *)
val env : Cmdliner.Cmd.Env.info

(** [--logging-level]: thresholds between commas, each [SOURCE:LEVEL] or [LEVEL]; [*] is all sources, [-] or [quiet] nothing. *)
val levels : ?env:Cmdliner.Cmd.Env.info -> ?docs:string -> unit -> threshold list Cmdliner.Term.t

(** Sources without a threshold of their own log what is said of all, or else up to [default]. *)
val set_levels : default:Logs.level option -> threshold list -> unit

(** {!levels}, and those of {!Logs_cli} for what they say nothing of, put into effect. *)
val setup : unit Cmdliner.Term.t
