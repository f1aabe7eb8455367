(** A reporter with coloured headers (coloured where the formatter renders styles). *)

val reporter : ?pp_header:(Logs.level * string option) Fmt.t -> ?app:Format.formatter -> ?dst:Format.formatter -> unit -> Logs.reporter
val app_style : Fmt.style
val err_style : Fmt.style
val warn_style : Fmt.style
val info_style : Fmt.style
val debug_style : Fmt.style

(** [[LEVEL]], or the given header in brackets; nothing for App without header. *)
val pp_header : (Logs.level * string option) Fmt.t
