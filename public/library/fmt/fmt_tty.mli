(** Formatters of channels with what the other end shows. *)

(** The channel's formatter ({!Fmt.stdout} and {!Fmt.stderr} of those), set up: styles are rendered where they are asked for (a unikernel cannot
    know of its console whether it shows them), UTF-8 where [LANG], [LC_ALL] or [LC_CTYPE] name it or it is asked for. *)
val setup : ?style_renderer:Fmt.style_renderer -> ?utf_8:bool -> out_channel -> Format.formatter

(** Both standard channels. *)
val setup_std_outputs : ?style_renderer:Fmt.style_renderer -> ?utf_8:bool -> unit -> unit
