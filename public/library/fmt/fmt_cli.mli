(** An option for styles. *)

(** [--color]: [always], [never], or [auto], which is [None]. *)
val style_renderer : ?env:Cmdliner.Cmd.Env.info -> ?docs:string -> unit -> Fmt.style_renderer option Cmdliner.Term.t
