(** Formatted output. The conversions of a format: [%d %i %u %x %X %o] integers, [%s %S] strings, [%c %C] characters, [%f %F %e %E %g %G %h %H] floats, [%B %b] booleans, [%ld %nd %Ld] and their like boxed integers, [%a] a printer and its argument, [%t] a printer, [%\{fmt%\}] and [%(fmt%)] formats, [%!] a flush, [%%] and [%@] the characters; flags [- 0 + space #], then a width, then a precision after a dot, each a number or [*]. *)

(** Prints on a channel. *)
val fprintf : out_channel -> ('a, out_channel, unit) format -> 'a

(** Prints on {!stdout}. *)
val printf : ('a, out_channel, unit) format -> 'a

(** Prints on {!stderr}. *)
val eprintf : ('a, out_channel, unit) format -> 'a

(** Gives the text. *)
val sprintf : ('a, unit, string) format -> 'a

(** Prints into a buffer. *)
val bprintf : Buffer.t -> ('a, Buffer.t, unit) format -> 'a

(** Takes the arguments and prints nothing. *)
val ifprintf : 'b -> ('a, 'b, 'c, unit) format4 -> 'a

(** As {!bprintf}, and prints nothing. *)
val ibprintf : Buffer.t -> ('a, Buffer.t, unit) format -> 'a

(** As {!fprintf}, then calls the function. *)
val kfprintf : (out_channel -> 'd) -> out_channel -> ('a, out_channel, unit, 'd) format4 -> 'a

(** As {!kfprintf}, and prints nothing. *)
val ikfprintf : ('b -> 'd) -> 'b -> ('a, 'b, 'c, 'd) format4 -> 'a

(** Calls the function with the text. *)
val ksprintf : (string -> 'd) -> ('a, unit, string, 'd) format4 -> 'a

(** As {!bprintf}, then calls the function. *)
val kbprintf : (Buffer.t -> 'd) -> Buffer.t -> ('a, Buffer.t, unit, 'd) format4 -> 'a

(** As {!kbprintf}, and prints nothing. *)
val ikbprintf : (Buffer.t -> 'd) -> Buffer.t -> ('a, Buffer.t, unit, 'd) format4 -> 'a

(** Former name of {!ksprintf}. *)
val kprintf : (string -> 'b) -> ('a, unit, string, 'b) format4 -> 'a [@@ocaml.deprecated "Use Printf.ksprintf instead."]
