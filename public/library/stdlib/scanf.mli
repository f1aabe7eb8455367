(** Formatted input: the counterpart of [Printf]. A format describes the input; a function receives the values read.

    {ul
    {- A space in a format stands for any number of blanks (also none), a newline for one line end; other characters for themselves.}
    {- Conversions: [%d %i %u %x %X %o] integers, with [l], [n], [L] before the letter for [int32], [nativeint], [int64];
       [%f %e %E %g %G] floats, [%F] floats as in OCaml's sources, [%h %H] hexadecimal ones; [%s] text up to a blank, or up to
       the character [c] when followed by [@c]; [%S] a string literal; [%c], [%C] a character, and its literal; [%B] a boolean;
       [%\[set\]] characters of a set; [%r] what a given reader reads; [%{fmt%}] and [%(fmt%)] a format in a string literal, the
       latter being applied; [%l %n %N] the numbers of lines, characters and tokens read; [%0c] the next character without reading
       it; [%!] the end of the input.}
    {- A number after [%] is the greatest width, [_] reads without giving the value to the function.}} *)

[@@@alert
unsynchronized_access "Unsynchronized accesses to Scanning.in_channel are a programming error."]

(** What scanners read from. *)
module Scanning : sig
  (** A source of characters, of which one can be looked at in advance. *)
  type in_channel

  type scanbuf = in_channel

  (** The standard input. *)
  val stdin : in_channel

  type file_name = string

  (** Opens a file; ["-"] is {!stdin}. It is closed when its end is reached. Raises [Sys_error]. *)
  val open_in : file_name -> in_channel

  (** {!open_in}, binary. *)
  val open_in_bin : file_name -> in_channel

  (** Closes the file or channel. *)
  val close_in : in_channel -> unit

  (** {!open_in}. *)
  val from_file : file_name -> in_channel

  (** {!open_in_bin}. *)
  val from_file_bin : string -> in_channel

  (** Reads a string. *)
  val from_string : string -> in_channel

  (** Reads what the function returns until it raises [End_of_file]. *)
  val from_function : (unit -> char) -> in_channel

  (** Reads a channel, in pieces. *)
  val from_channel : Stdlib.in_channel -> in_channel

  (** Whether the end is reached; may read a character. *)
  val end_of_input : in_channel -> bool

  (** Whether nothing has been read. *)
  val beginning_of_input : in_channel -> bool

  (** The file's name, or words for another source. *)
  val name_of_input : in_channel -> string
end

(** Scanners with such a format: they take the readers of [%r], then the receiving function, and return its result. *)
type ('a, 'b, 'c, 'd) scanner = ('a, Scanning.in_channel, 'b, 'c, 'a -> 'd, 'd) format6 -> 'c

(** Scanners that return [None] when the input does not match.
    @since 5.0 *)
type ('a, 'b, 'c, 'd) scanner_opt = ('a, Scanning.in_channel, 'b, 'c, 'a -> 'd option, 'd) format6 -> 'c

(** The input does not match; with the place and the reason. *)
exception Scan_failure of string

(** Reads from a source. Raises {!Scan_failure}, [End_of_file], and [Invalid_argument] for formats that cannot be read. *)
val bscanf : Scanning.in_channel -> ('a, 'b, 'c, 'd) scanner

(** {!bscanf}, with [None] in place of {!Scan_failure} and [End_of_file].
    @since 5.0 *)
val bscanf_opt : Scanning.in_channel -> ('a, 'b, 'c, 'd) scanner_opt

(** Reads a string. *)
val sscanf : string -> ('a, 'b, 'c, 'd) scanner

(** {!sscanf} as {!bscanf_opt}.
    @since 5.0 *)
val sscanf_opt : string -> ('a, 'b, 'c, 'd) scanner_opt

(** Reads the standard input. *)
val scanf : ('a, 'b, 'c, 'd) scanner

(** {!scanf} as {!bscanf_opt}.
    @since 5.0 *)
val scanf_opt : ('a, 'b, 'c, 'd) scanner_opt

(** {!bscanf}; the first function makes the result of what would be an exception. *)
val kscanf : Scanning.in_channel -> (Scanning.in_channel -> exn -> 'd) -> ('a, 'b, 'c, 'd) scanner

(** {!kscanf} of a string.
    @since 4.02 *)
val ksscanf : string -> (Scanning.in_channel -> exn -> 'd) -> ('a, 'b, 'c, 'd) scanner

(** Reads a string literal that holds a format of the given one's type. Raises {!Scan_failure}. *)
val bscanf_format :
  Scanning.in_channel -> ('a, 'b, 'c, 'd, 'e, 'f) format6 -> (('a, 'b, 'c, 'd, 'e, 'f) format6 -> 'g) -> 'g

(** {!bscanf_format} of a string. *)
val sscanf_format : string -> ('a, 'b, 'c, 'd, 'e, 'f) format6 -> (('a, 'b, 'c, 'd, 'e, 'f) format6 -> 'g) -> 'g

(** The format that a string holds, of the given one's type. Raises {!Scan_failure}. *)
val format_from_string : string -> ('a, 'b, 'c, 'd, 'e, 'f) format6 -> ('a, 'b, 'c, 'd, 'e, 'f) format6

(** The text that a string literal with this contents stands for. Raises {!Scan_failure}.
    @since 4.00 *)
val unescaped : string -> string
