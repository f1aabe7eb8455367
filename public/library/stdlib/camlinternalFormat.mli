(** The engine of [Printf], [Format] and [Scanf]; not for use in programs. *)

open CamlinternalFormatBasics

(** Membership. *)
val is_in_char_set : char_set -> char -> bool

(** Complement. *)
val rev_char_set : char_set -> char_set

(** A character set under construction. *)
type mutable_char_set = bytes

(** The empty set. *)
val create_char_set : unit -> mutable_char_set

(** Adds a character. *)
val add_in_char_set : mutable_char_set -> char -> unit

(** A copy that no longer changes. *)
val freeze_char_set : mutable_char_set -> char_set

(** A format that begins by taking an argument. *)
type ('a, 'b, 'c, 'd, 'e, 'f) param_format_ebb = Param_format_EBB :
     ('x -> 'a, 'b, 'c, 'd, 'e, 'f) fmt ->
     ('a, 'b, 'c, 'd, 'e, 'f) param_format_ebb

(** Replaces an ignored conversion before a format by the one that gives its value to the program. *)
val param_format_of_ignored_format :
  ('a, 'b, 'c, 'd, 'y, 'x) ignored -> ('x, 'b, 'c, 'y, 'e, 'f) fmt ->
  ('a, 'b, 'c, 'd, 'e, 'f) param_format_ebb

(** The text of [@{<...>] or [@[<...>] when its conversions have their arguments. *)
type ('b, 'c) acc_formatting_gen =
  | Acc_open_tag of ('b, 'c) acc
  | Acc_open_box of ('b, 'c) acc

(** What a printing function has to output, last item first. *)
and ('b, 'c) acc =
  | Acc_formatting_lit of ('b, 'c) acc * formatting_lit
  | Acc_formatting_gen of ('b, 'c) acc * ('b, 'c) acc_formatting_gen
  | Acc_string_literal of ('b, 'c) acc * string
  | Acc_char_literal   of ('b, 'c) acc * char
  | Acc_data_string    of ('b, 'c) acc * string
  | Acc_data_char      of ('b, 'c) acc * char
  | Acc_delay          of ('b, 'c) acc * ('b -> 'c)
  | Acc_flush          of ('b, 'c) acc
  | Acc_invalid_arg    of ('b, 'c) acc * string
  | End_of_acc

(** Arguments of a function from ['a] to ['b]. *)
type ('a, 'b) heter_list =
  | Cons : 'c * ('a, 'b) heter_list -> ('c -> 'a, 'b) heter_list
  | Nil : ('b, 'b) heter_list

(** A format whose arguments are not known. *)
type ('b, 'c, 'e, 'f) fmt_ebb = Fmt_EBB :
     ('a, 'b, 'c, 'd, 'e, 'f) CamlinternalFormatBasics.fmt ->
     ('b, 'c, 'e, 'f) fmt_ebb

(** [make_printf k acc fmt] takes the arguments of [fmt], puts what is to be printed before [acc], and calls [k] with all of it. *)
val make_printf :
  (('b, 'c) acc -> 'd) -> ('b, 'c) acc ->
  ('a, 'b, 'c, 'c, 'c, 'd) CamlinternalFormatBasics.fmt -> 'a

(** [make_iprintf k o fmt] takes the arguments of [fmt], prints nothing, and calls [k o]. *)
val make_iprintf : ('s -> 'f) -> 's -> ('a, 'b, 'c, 'd, 'e, 'f) fmt -> 'a

(** Prints on a channel. Raises [Invalid_argument] where a conversion cannot be printed. *)
val output_acc : out_channel -> (out_channel, unit) acc -> unit

(** Prints into a buffer. *)
val bufput_acc : Buffer.t -> (Buffer.t, unit) acc -> unit

(** Prints into a buffer, with [%a] and [%t] printers that return strings. *)
val strput_acc : Buffer.t -> (unit, string) acc -> unit

(** The format at the given type. Raises an exception when its conversions are others. *)
val type_format :
  ('x, 'b, 'c, 't, 'u, 'v) CamlinternalFormatBasics.fmt ->
  ('a, 'b, 'c, 'd, 'e, 'f) CamlinternalFormatBasics.fmtty ->
  ('a, 'b, 'c, 'd, 'e, 'f) CamlinternalFormatBasics.fmt

(** Reads the text of a format. Raises [Failure] with what is wrong and where. With [legacy_behavior] (the default) flags without meaning are skipped. *)
val fmt_ebb_of_string :
  ?legacy_behavior:bool -> string -> ('b, 'c, 'e, 'f) fmt_ebb

(** The format written in a string, at the given type. Raises [Failure] when it is malformed or of another type. *)
val format_of_string_fmtty :
  string ->
  ('a, 'b, 'c, 'd, 'e, 'f) CamlinternalFormatBasics.fmtty ->
  ('a, 'b, 'c, 'd, 'e, 'f) CamlinternalFormatBasics.format6

(** The format written in a string, at the type of another format. Raises [Failure]. *)
val format_of_string_format :
  string ->
  ('a, 'b, 'c, 'd, 'e, 'f) CamlinternalFormatBasics.format6 ->
  ('a, 'b, 'c, 'd, 'e, 'f) CamlinternalFormatBasics.format6

(** The letter of an integer conversion. *)
val char_of_iconv : CamlinternalFormatBasics.int_conv -> char

(** The text of a pretty-printing item. *)
val string_of_formatting_lit : CamlinternalFormatBasics.formatting_lit -> string

(** A format of the given type, in its simplest form. *)

(** The text of a format. *)
val string_of_fmtty :
  ('a, 'b, 'c, 'd, 'e, 'f) CamlinternalFormatBasics.fmtty -> string
val string_of_fmt :
  ('a, 'b, 'c, 'd, 'e, 'f) CamlinternalFormatBasics.fmt -> string

(** Indentation and kind of the box described by the text between the [<] and [>] of [@\[<...>]. Raises [Failure]. *)
val open_box_of_string : string -> int * block_type

(** The relation from right to left. *)
val symm :
   ('a1, 'b1, 'c1, 'd1, 'e1, 'f1,
    'a2, 'b2, 'c2, 'd2, 'e2, 'f2) fmtty_rel
-> ('a2, 'b2, 'c2, 'd2, 'e2, 'f2,
    'a1, 'b1, 'c1, 'd1, 'e1, 'f1) fmtty_rel

(** Two relations in succession. *)
val trans :
   ('a1, 'b1, 'c1, 'd1, 'e1, 'f1,
    'a2, 'b2, 'c2, 'd2, 'e2, 'f2) fmtty_rel
-> ('a2, 'b2, 'c2, 'd2, 'e2, 'f2,
    'a3, 'b3, 'c3, 'd3, 'e3, 'f3) fmtty_rel
-> ('a1, 'b1, 'c1, 'd1, 'e1, 'f1,
    'a3, 'b3, 'c3, 'd3, 'e3, 'f3) fmtty_rel

(** A format at a related type. *)
val recast :
   ('a1, 'b1, 'c1, 'd1, 'e1, 'f1) fmt
-> ('a1, 'b1, 'c1, 'd1, 'e1, 'f1,
    'a2, 'b2, 'c2, 'd2, 'e2, 'f2) fmtty_rel
-> ('a2, 'b2, 'c2, 'd2, 'e2, 'f2) fmt
