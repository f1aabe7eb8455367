(** Pretty printing. Text is given together with boxes and break hints; lines are broken at the hints so that they end before the
    margin, and indented by their boxes. Nothing is written before {!pp_print_flush} or {!pp_print_newline} (or [@?], [@.])
    unless a line is full. Functions without [pp_] work on {!std_formatter}. *)

(** A pretty printer and where it writes. *)
type formatter

(** {1 Boxes} The argument of opening functions is the indentation of the box's further lines, relative to the column at
    which it begins. *)

(** Opens a box that breaks a line when the next piece does not fit, and also where the new line would be indented less than
    the current one, which shows the structure ([@\[<b>]). *)
val pp_open_box : formatter -> int -> unit

val open_box : int -> unit

(** Closes the box that was opened last. *)
val pp_close_box : formatter -> unit -> unit

val close_box : unit -> unit

(** Opens a horizontal box: its breaks are spaces ([@\[<h>]). *)
val pp_open_hbox : formatter -> unit -> unit

val open_hbox : unit -> unit

(** Opens a vertical box: its breaks are new lines ([@\[<v>]). *)
val pp_open_vbox : formatter -> int -> unit

val open_vbox : int -> unit

(** Opens a box that is horizontal if it fits on the line, and vertical otherwise ([@\[<hv>]). *)
val pp_open_hvbox : formatter -> int -> unit

val open_hvbox : int -> unit

(** Opens a box that breaks a line when the next piece does not fit on it ([@\[<hov>]). *)
val pp_open_hovbox : formatter -> int -> unit

val open_hovbox : int -> unit

(** {1 Text} *)

(** Prints a string; it counts as many columns as it has bytes. *)
val pp_print_string : formatter -> string -> unit

val print_string : string -> unit

(** [pp_print_substring ~pos ~len f s] prints [len] bytes of [s] from [pos] on. That they lie inside [s] is checked when they
    are written.
    @since 5.1 *)
val pp_print_substring : pos:int -> len:int -> formatter -> string -> unit

val print_substring : pos:int -> len:int -> string -> unit

(** Prints bytes as a string. *)
val pp_print_bytes : formatter -> bytes -> unit

val print_bytes : bytes -> unit

(** [pp_print_as f n s] prints [s] as if it were [n] columns wide ([@<n>] before a conversion). *)
val pp_print_as : formatter -> int -> string -> unit

val print_as : int -> string -> unit

(** {!pp_print_substring} as so many columns.
    @since 5.1 *)
val pp_print_substring_as : pos:int -> len:int -> formatter -> int -> string -> unit

val print_substring_as : pos:int -> len:int -> int -> string -> unit

(** Prints an integer in decimal. *)
val pp_print_int : formatter -> int -> unit

val print_int : int -> unit

(** Prints a float as [string_of_float] writes it. *)
val pp_print_float : formatter -> float -> unit

val print_float : float -> unit

(** Prints a character. *)
val pp_print_char : formatter -> char -> unit

val print_char : char -> unit

(** Prints [true] or [false]. *)
val pp_print_bool : formatter -> bool -> unit

val print_bool : bool -> unit

(** Prints nothing.
    @since 5.2 *)
val pp_print_nothing : formatter -> unit -> unit

(** {1 Break hints} Places where a line may be broken. *)

(** A space or a new line ([@ ]). *)
val pp_print_space : formatter -> unit -> unit

val print_space : unit -> unit

(** Nothing or a new line ([@,]). *)
val pp_print_cut : formatter -> unit -> unit

val print_cut : unit -> unit

(** [pp_print_break f n o]: [n] spaces, or a new line indented by [o] more than its box ([@;<n o>]). *)
val pp_print_break : formatter -> int -> int -> unit

val print_break : int -> int -> unit

(** [pp_print_custom_break f ~fits:(a, n, b) ~breaks:(c, o, d)]: [a], [n] spaces and [b]; or [c], a new line indented by [o]
    more than its box, and [d].
    @since 4.08 *)
val pp_print_custom_break : formatter -> fits:string * int * string -> breaks:string * int * string -> unit

(** A new line in the current box ([@\n]). *)
val pp_force_newline : formatter -> unit -> unit

val force_newline : unit -> unit

(** Drops the next item unless the current line has just been begun. *)
val pp_print_if_newline : formatter -> unit -> unit

val print_if_newline : unit -> unit

(** {1 The end of what is printed} *)

(** Closes all boxes and tags, writes everything, and flushes the output ([@?]). *)
val pp_print_flush : formatter -> unit -> unit

val print_flush : unit -> unit

(** {!pp_print_flush} with a new line before the output is flushed ([@.]). *)
val pp_print_newline : formatter -> unit -> unit

val print_newline : unit -> unit

(** {1 Margin} *)

(** Larger than any margin. *)
val pp_infinity : int

(** Sets the number of columns, if it is positive; at most [pp_infinity - 1]. Reduces the largest indentation where it is not
    below the margin any more. What has not been written is lost. *)
val pp_set_margin : formatter -> int -> unit

val set_margin : int -> unit

(** The number of columns; 78 at first. *)
val pp_get_margin : formatter -> unit -> int

val get_margin : unit -> int

(** Sets the largest indentation, if it is greater than 1 and below the margin: a box that would begin beyond it begins on a
    new line. *)
val pp_set_max_indent : formatter -> int -> unit

val set_max_indent : int -> unit

(** The largest indentation; 68 at first. *)
val pp_get_max_indent : formatter -> unit -> int

val get_max_indent : unit -> int

(** Both limits.
    @since 4.08 *)
type geometry = { max_indent : int; margin : int }

(** Whether [1 < max_indent < margin < pp_infinity].
    @since 4.08 *)
val check_geometry : geometry -> bool

(** Sets both limits. Raises [Invalid_argument] where {!check_geometry} is false.
    @since 4.08 *)
val pp_set_geometry : formatter -> max_indent:int -> margin:int -> unit

val set_geometry : max_indent:int -> margin:int -> unit

(** Sets both limits, or nothing where {!check_geometry} is false.
    @since 4.08 *)
val pp_safe_set_geometry : formatter -> max_indent:int -> margin:int -> unit

val safe_set_geometry : max_indent:int -> margin:int -> unit

(** Computes both limits from those set; each is set if it is possible.
    @since 4.11 *)
val pp_update_geometry : formatter -> (geometry -> geometry) -> unit

val update_geometry : (geometry -> geometry) -> unit

(** Both limits.
    @since 4.08 *)
val pp_get_geometry : formatter -> unit -> geometry

val get_geometry : unit -> geometry

(** {1 Depth} *)

(** Sets the number of nested boxes, if it is greater than 1; deeper ones are replaced by the ellipsis. *)
val pp_set_max_boxes : formatter -> int -> unit

val set_max_boxes : int -> unit

(** The number of nested boxes; [max_int] at first. *)
val pp_get_max_boxes : formatter -> unit -> int

val get_max_boxes : unit -> int

(** Whether so many boxes are open. *)
val pp_over_max_boxes : formatter -> unit -> bool

val over_max_boxes : unit -> bool

(** {1 Tabulation boxes} Breaks in them move to columns that were set by {!pp_set_tab}. *)

(** Opens a tabulation box without tabulations. *)
val pp_open_tbox : formatter -> unit -> unit

val open_tbox : unit -> unit

(** Closes the tabulation box that was opened last. *)
val pp_close_tbox : formatter -> unit -> unit

val close_tbox : unit -> unit

(** Sets a tabulation at the current column. *)
val pp_set_tab : formatter -> unit -> unit

val set_tab : unit -> unit

(** Moves to the next tabulation, if need be the first one on a new line. *)
val pp_print_tab : formatter -> unit -> unit

val print_tab : unit -> unit

(** [pp_print_tbreak f n o] moves to the next tabulation and [n] columns further, or on a new line to the first one and [o]
    columns further. *)
val pp_print_tbreak : formatter -> int -> int -> unit

val print_tbreak : int -> int -> unit

(** {1 Ellipsis} *)

(** Sets what is printed for boxes that are too deep. *)
val pp_set_ellipsis_text : formatter -> string -> unit

val set_ellipsis_text : string -> unit

(** What is printed for boxes that are too deep; ["."] at first. *)
val pp_get_ellipsis_text : formatter -> unit -> string

val get_ellipsis_text : unit -> string

(** {1 Semantic tags} Marks around parts of the text: markers of no width in the output (mark), and functions that are
    called while printing (print). Both are off at first. *)

(** Tags; programs may add constructors.
    @since 4.08 *)
type stag = ..

type tag = string

(** [@{<name>].
    @since 4.08 *)
type stag += String_tag of tag

(** Opens a tag ([@{<name>]).
    @since 4.08 *)
val pp_open_stag : formatter -> stag -> unit

val open_stag : stag -> unit

(** Closes the tag that was opened last ([@}]).
    @since 4.08 *)
val pp_close_stag : formatter -> unit -> unit

val close_stag : unit -> unit

(** Switches marking and printing on or off. *)
val pp_set_tags : formatter -> bool -> unit

val set_tags : bool -> unit

(** Switches printing on or off. *)
val pp_set_print_tags : formatter -> bool -> unit

val set_print_tags : bool -> unit

(** Switches marking on or off. *)
val pp_set_mark_tags : formatter -> bool -> unit

val set_mark_tags : bool -> unit

(** Whether printing is on. *)
val pp_get_print_tags : formatter -> unit -> bool

val get_print_tags : unit -> bool

(** Whether marking is on. *)
val pp_get_mark_tags : formatter -> unit -> bool

val get_mark_tags : unit -> bool

(** {1 Where the output goes} *)

(** Writes to a channel from now on. *)
val pp_set_formatter_out_channel : formatter -> Stdlib.out_channel -> unit

val set_formatter_out_channel : Stdlib.out_channel -> unit

(** [pp_set_formatter_output_functions f out flush]: text is written by [out text start length], and flushed by [flush]. *)
val pp_set_formatter_output_functions : formatter -> (string -> int -> int -> unit) -> (unit -> unit) -> unit

val set_formatter_output_functions : (string -> int -> int -> unit) -> (unit -> unit) -> unit

(** The two functions in use. *)
val pp_get_formatter_output_functions : formatter -> unit -> (string -> int -> int -> unit) * (unit -> unit)

val get_formatter_output_functions : unit -> (string -> int -> int -> unit) * (unit -> unit)

(** What a formatter does with text, at a flush, at the end of a line, with spaces of a break, and with the indentation of a
    line. *)
type formatter_out_functions = {
  out_string : string -> int -> int -> unit;
  out_flush : unit -> unit;
  out_newline : unit -> unit;
  out_spaces : int -> unit;
  out_indent : int -> unit;  (** @since 4.06 *)
}

(** Sets all of them. *)
val pp_set_formatter_out_functions : formatter -> formatter_out_functions -> unit

val set_formatter_out_functions : formatter_out_functions -> unit

(** The functions in use. *)
val pp_get_formatter_out_functions : formatter -> unit -> formatter_out_functions

val get_formatter_out_functions : unit -> formatter_out_functions

(** What a formatter does with tags: markers that it writes, and functions that it calls.
    @since 4.08 *)
type formatter_stag_functions = {
  mark_open_stag : stag -> string;
  mark_close_stag : stag -> string;
  print_open_stag : stag -> unit;
  print_close_stag : stag -> unit;
}

(** Sets all of them. At first the markers are [<name>] and [</name>], and the functions do nothing.
    @since 4.08 *)
val pp_set_formatter_stag_functions : formatter -> formatter_stag_functions -> unit

val set_formatter_stag_functions : formatter_stag_functions -> unit

(** The functions in use.
    @since 4.08 *)
val pp_get_formatter_stag_functions : formatter -> unit -> formatter_stag_functions

val get_formatter_stag_functions : unit -> formatter_stag_functions

(** {1 Formatters} *)

(** A new one that writes to a channel. *)
val formatter_of_out_channel : out_channel -> formatter

(** A formatter to a channel for each domain.
    @since 5.0 *)
val synchronized_formatter_of_out_channel : out_channel -> formatter Domain.DLS.key
[@@alert unstable][@@alert "-unstable"]

(** The formatter of the standard output; flushed at exit. *)
val std_formatter : formatter

(** The domain's formatter of the standard output.
    @since 5.0 *)
val get_std_formatter : unit -> formatter

(** The formatter of the standard error output; flushed at exit. *)
val err_formatter : formatter

(** The domain's formatter of the standard error output.
    @since 5.0 *)
val get_err_formatter : unit -> formatter

(** A new one that writes into a buffer. *)
val formatter_of_buffer : Buffer.t -> formatter

(** The buffer of {!str_formatter}. *)
val stdbuf : Buffer.t

(** The domain's buffer.
    @since 5.0 *)
val get_stdbuf : unit -> Buffer.t

(** A formatter into {!stdbuf}. *)
val str_formatter : formatter

(** The domain's formatter into its buffer.
    @since 5.0 *)
val get_str_formatter : unit -> formatter

(** What was printed by {!str_formatter} since the last time. *)
val flush_str_formatter : unit -> string

(** [make_formatter out flush]: a new one that writes by [out text start length] and flushes by [flush]. *)
val make_formatter : (string -> int -> int -> unit) -> (unit -> unit) -> formatter

(** A formatter with such functions for each domain.
    @since 5.0 *)
val make_synchronized_formatter : (string -> int -> int -> unit) -> (unit -> unit) -> formatter Domain.DLS.key
[@@alert unstable][@@alert "-unstable"]

(** A new one that does what the functions say.
    @since 4.06 *)
val formatter_of_out_functions : formatter_out_functions -> formatter

(** {1 Symbolic output} *)

(** What a formatter did.
    @since 4.06 *)
type symbolic_output_item =
  | Output_flush
  | Output_newline
  | Output_string of string
  | Output_spaces of int
  | Output_indent of int

(** Items in the making.
    @since 4.06 *)
type symbolic_output_buffer

(** A new one without items.
    @since 4.06 *)
val make_symbolic_output_buffer : unit -> symbolic_output_buffer

(** Forgets the items.
    @since 4.06 *)
val clear_symbolic_output_buffer : symbolic_output_buffer -> unit

(** The items, first one first.
    @since 4.06 *)
val get_symbolic_output_buffer : symbolic_output_buffer -> symbolic_output_item list

(** The items, which are forgotten.
    @since 4.06 *)
val flush_symbolic_output_buffer : symbolic_output_buffer -> symbolic_output_item list

(** Adds an item as the last one.
    @since 4.06 *)
val add_symbolic_output_item : symbolic_output_buffer -> symbolic_output_item -> unit

(** A new formatter that adds to such a buffer.
    @since 4.06 *)
val formatter_of_symbolic_output_buffer : symbolic_output_buffer -> formatter

(** {1 Structures} [pp_sep] is printed between elements; {!pp_print_cut} without it. *)

(** [pp_print_iter iter print f v] prints what [iter] goes through in [v].
    @since 5.1 *)
val pp_print_iter :
  ?pp_sep:(formatter -> unit -> unit) ->
  (('a -> unit) -> 'b -> unit) ->
  (formatter -> 'a -> unit) ->
  formatter ->
  'b ->
  unit

(** Prints the elements of a list. *)
val pp_print_list : ?pp_sep:(formatter -> unit -> unit) -> (formatter -> 'a -> unit) -> formatter -> 'a list -> unit

(** Prints the elements of an array.
    @since 5.1 *)
val pp_print_array : ?pp_sep:(formatter -> unit -> unit) -> (formatter -> 'a -> unit) -> formatter -> 'a array -> unit

(** Prints the elements of a sequence, which must be finite.
    @since 4.12 *)
val pp_print_seq : ?pp_sep:(formatter -> unit -> unit) -> (formatter -> 'a -> unit) -> formatter -> 'a Seq.t -> unit

(** Prints a string in which spaces are {!pp_print_space} and newlines are {!pp_force_newline}. *)
val pp_print_text : formatter -> string -> unit

(** Prints the value, or [none] (nothing by default).
    @since 4.08 *)
val pp_print_option :
  ?none:(formatter -> unit -> unit) -> (formatter -> 'a -> unit) -> formatter -> 'a option -> unit

(** Prints a result by the printer of its side.
    @since 4.08 *)
val pp_print_result :
  ok:(formatter -> 'a -> unit) -> error:(formatter -> 'e -> unit) -> formatter -> ('a, 'e) result -> unit

(** Prints by the printer of the side.
    @since 4.13 *)
val pp_print_either :
  left:(formatter -> 'a -> unit) -> right:(formatter -> 'b -> unit) -> formatter -> ('a, 'b) Either.t -> unit

(** {1 Formats} The conversions of [Printf], and:
    - [@\[<kind n>] opens a box, with [kind] [h], [v], [hv], [hov] or [b] and [n] the indentation, both optional; [@\]] closes it;
    - [@,], [@ ], [@;<n o>] (or [@;]) are breaks; [@\n] is {!pp_force_newline}; [@?] flushes, [@.] with a new line;
    - [@<n>] before a conversion or text prints it as [n] columns;
    - [@{<name>] opens a tag, [@}] closes it;
    - [@@] is [@], [@%%] is [%]. *)

(** Prints on a formatter. *)
val fprintf : formatter -> ('a, formatter, unit) format -> 'a

(** Prints on {!std_formatter}. *)
val printf : ('a, formatter, unit) format -> 'a

(** Prints on {!err_formatter}. *)
val eprintf : ('a, formatter, unit) format -> 'a

(** Returns the text. Printers of [%a] and [%t] return strings. *)
val sprintf : ('a, unit, string) format -> 'a

(** Returns the text. Printers of [%a] and [%t] print on a formatter. *)
val asprintf : ('a, formatter, unit, string) format4 -> 'a

(** Returns a function that prints, for [%t].
    @since 4.08 *)
val dprintf : ('a, formatter, unit, formatter -> unit) format4 -> 'a

(** Takes the arguments and prints nothing. *)
val ifprintf : formatter -> ('a, formatter, unit) format -> 'a

(** Prints, then calls the function with the formatter. *)
val kfprintf : (formatter -> 'a) -> formatter -> ('b, formatter, unit, 'a) format4 -> 'b

(** Calls the function with a function that prints.
    @since 4.08 *)
val kdprintf : ((formatter -> unit) -> 'a) -> ('b, formatter, unit, 'a) format4 -> 'b

(** Prints nothing, then calls the function with the formatter. *)
val ikfprintf : (formatter -> 'a) -> formatter -> ('b, formatter, unit, 'a) format4 -> 'b

(** Calls the function with the text of {!sprintf}. *)
val ksprintf : (string -> 'a) -> ('b, unit, string, 'a) format4 -> 'b

(** Calls the function with the text of {!asprintf}. *)
val kasprintf : (string -> 'a) -> ('b, formatter, unit, 'a) format4 -> 'b
