(** Combinators of formatters. *)


(** Standard output. *)
val stdout : Format.formatter

(** Standard error. *)
val stderr : Format.formatter

(** [Format.fprintf] *)
val pf : Format.formatter -> ('a, Format.formatter, unit) format -> 'a

(** [Format.printf] *)
val pr : ('a, Format.formatter, unit) format -> 'a

(** [Format.eprintf] *)
val epr : ('a, Format.formatter, unit) format -> 'a

(** Prints into a string. *)
val str : ('a, Format.formatter, unit, string) format4 -> 'a

(** Prints, then the continuation. *)
val kpf :
  (Format.formatter -> 'a) ->
  Format.formatter -> ('b, Format.formatter, unit, 'a) format4 -> 'b

(** The continuation of the printed string. *)
val kstr : (string -> 'a) -> ('b, Format.formatter, unit, 'a) format4 -> 'b

(** Into a string, with the formatter's settings. *)
val str_like :
  Format.formatter -> ('a, Format.formatter, unit, string) format4 -> 'a

(** A formatter on a buffer, with the settings of [like]. *)
val with_buffer : ?like:Format.formatter -> Buffer.t -> Format.formatter

(** Raises [Failure]. *)
val failwith : ('a, Format.formatter, unit, 'b) format4 -> 'a

(** Raises [Failure] without a backtrace. *)
val failwith_notrace : ('a, Format.formatter, unit, 'b) format4 -> 'a

(** Raises [Invalid_argument]. *)
val invalid_arg : ('a, Format.formatter, unit, 'b) format4 -> 'a

(** [Error] of the text. *)
val error : ('b, Format.formatter, unit, ('a, string) result) format4 -> 'b

(** [Error (`Msg text)]. *)
val error_msg :
  ('b, Format.formatter, unit, ('a, [> `Msg of string ]) result) format4 ->
  'b

(** A printer of values. *)
type 'a t = Format.formatter -> 'a -> unit

(** Flushes; prints nothing. *)
val flush : 'a t

(** Prints nothing. *)
val nop : 'a t

(** Prints the format, whatever the value. *)
val any : (unit, Format.formatter, unit) format -> 'a t

(** Prints the image under the function. *)
val using : ('a -> 'b) -> 'b t -> 'a t

(** Prints the given value always. *)
val const : 'a t -> 'a -> 'b t

(** The printer, or nothing where the condition is false. *)
val if' : bool -> 'a t -> 'a t

(** [Format.fprintf] with the formatter last. *)
val fmt : ('a, Format.formatter, unit) format -> Format.formatter -> 'a

(** A place to break. *)
val cut : 'a t

(** A space or a break. *)
val sp : 'a t

(** So many spaces or a break. *)
val sps : int -> 'a t

(** A comma and a space. *)
val comma : 'a t

(** A semicolon and a space. *)
val semi : 'a t

(** One after the other. *)
val append : 'a t -> 'a t -> 'a t
val ( ++ ) : 'a t -> 'a t -> 'a t

(** All in turn, [sep] between. *)
val concat : ?sep:unit t -> 'a t list -> 'a t

(** The elements that the iterator gives, [sep] (a cut) between. *)
val iter : ?sep:unit t -> (('a -> unit) -> 'b -> unit) -> 'a t -> 'b t

(** As {!iter}, of bindings. *)
val iter_bindings :
  ?sep:unit t -> (('a -> 'b -> unit) -> 'c -> unit) -> ('a * 'b) t -> 'c t

(** In a box. *)
val box : ?indent:int -> 'a t -> 'a t

(** Boxes as those of [Format]. *)
val hbox : 'a t -> 'a t
val vbox : ?indent:int -> 'a t -> 'a t
val hvbox : ?indent:int -> 'a t -> 'a t
val hovbox : ?indent:int -> 'a t -> 'a t

(** In parentheses. *)
val parens : 'a t -> 'a t

(** In square brackets. *)
val brackets : 'a t -> 'a t

(** In braces. *)
val braces : 'a t -> 'a t

(** In quotation marks. *)
val quote : ?mark:string -> 'a t -> 'a t
val id : 'a -> 'a

(** A labelled projection. *)
val field :
  ?label:string t -> ?sep:unit t -> string -> ('b -> 'a) -> 'a t -> 'b t

(** The fields, one a line. *)
val record : ?sep:unit t -> 'a t list -> 'a t
val bool : bool t
val int : int t
val nativeint : nativeint t
val int32 : int32 t
val int64 : int64 t
val uint : int t
val unativeint : nativeint t
val uint32 : int32 t
val uint64 : int64 t
val float : float t

(** Rounded to so many decimals. *)
val float_dfrac : int -> float t

(** Rounded to so many significant decimals. *)
val float_dsig : int -> float t
val char : char t
val string : string t
val buffer : Buffer.t t
val exn : exn t

(** The exception and its backtrace. *)
val exn_backtrace : (exn * Printexc.raw_backtrace) t
val pair : ?sep:unit t -> 'a t -> 'b t -> ('a * 'b) t

(** [none] prints [None] (nothing). *)
val option : ?none:unit t -> 'a t -> 'a option t
val either : left:'a t -> right:'b t -> ('a, 'b) Either.t t
val result : ok:'a t -> error:'b t -> ('a, 'b) result t
val list : ?sep:unit t -> 'a t -> 'a list t
val array : ?sep:unit t -> 'a t -> 'a array t
val seq : ?sep:unit t -> 'a t -> 'a Seq.t t
val hashtbl : ?sep:unit t -> ('a * 'b) t -> ('a, 'b) Hashtbl.t t
val queue : ?sep:unit t -> 'a t -> 'a Queue.t t
val stack : ?sep:unit t -> 'a t -> 'a Stack.t t

(** Values as OCaml's syntax writes them. *)
module Dump :
  sig
    val signal : int t
    val uchar : Uchar.t t
    val string : string t
    val pair : 'a t -> 'b t -> ('a * 'b) t
    val option : 'a t -> 'a option t
    val result : ok:'a t -> error:'b t -> ('a, 'b) result t
    val list : 'a t -> 'a list t
    val array : 'a t -> 'a array t
    val seq : 'a t -> 'a Seq.t t
    val hashtbl : 'a t -> 'b t -> ('a, 'b) Hashtbl.t t
    val queue : 'a t -> 'a Queue.t t
    val stack : 'a t -> 'a Stack.t t
    val field : ?label:string t -> string -> ('b -> 'a) -> 'a t -> 'b t
    val record : 'a t list -> 'a t
    val iter : (('a -> unit) -> 'b -> unit) -> 'b t -> 'a t -> 'b t
    val iter_bindings :
      (('a -> 'b -> unit) -> 'c -> unit) -> 'c t -> 'a t -> 'b t -> 'c t
  end

(** A count of [unit] at 10^(3 scale), three significant digits, rounded up. *)
val si_size : scale:int -> string -> int t

(** A size in bytes with SI prefixes, rounded up. *)
val byte_size : int t

(** With binary prefixes. *)
val bi_byte_size : int t

(** A span of nanoseconds in the largest fitting units. *)
val uint64_ns_span : int64 t

(** Length and access by index. *)
type 'a vec = int * (int -> 'a)

(** Bytes as a vector of characters. *)
val on_bytes : char vec t -> bytes t

(** A string as a vector of characters. *)
val on_string : char vec t -> string t

(** Printable ASCII, the rest as [subst]. *)
val ascii : ?w:int -> ?subst:unit t -> unit -> char vec t

(** In hexadecimal, by pairs. *)
val octets : ?w:int -> ?sep:unit t -> unit -> char vec t

(** Rows with addresses. *)
val addresses : ?addr:int t -> ?w:int -> 'a vec t -> 'a vec t

(** A hexadecimal dump. *)
val hex : ?w:int -> unit -> char vec t

(** Words, blanks as places to break. *)
val words : string t

(** As {!words}; blank lines are kept. *)
val paragraphs : string t

(** Spaces as places to break, newlines kept. *)
val text : string t

(** Newlines kept. *)
val lines : string t

(** Cut to so many bytes. *)
val truncated : max:int -> string t

(** A range of lines and columns. *)
val text_loc : ((int * int) * (int * int)) t

(** A choice in words: [a, b or c]. *)
val one_of : ?empty:unit t -> 'a t -> 'a list t

(** An unknown value with hints. *)
val did_you_mean :
  ?pre:unit t -> ?post:unit t -> kind:string -> 'a t -> ('a * 'a list) t

(** An integer by the English plural of its absolute value: [one] for 1, [other] (by default [one] and an [s]) for the rest, [zero] for 0 where it is given. *)
val cardinal : ?zero:int t -> one:int t -> ?other:int t -> unit -> int t

(** An integer by the ending of its English ordinal: by default its digits and [st], [nd], [rd] or [th]; [zero] is [other] by default. *)
val ordinal :
  ?zero:int t ->
  ?one:int t -> ?two:int t -> ?three:int t -> ?other:int t -> unit -> int t

(** By whether the formatter shows UTF-8. *)
val if_utf_8 : 'a t -> 'a t -> 'a t

(** Whether the formatter shows UTF-8. *)
val utf_8 : Format.formatter -> bool

(** Says whether it does. *)
val set_utf_8 : Format.formatter -> bool -> unit
type color =
    [ `Black | `Blue | `Cyan | `Green | `Magenta | `Red | `White | `Yellow ]
type style =
    [ `Bg of
        [ `Black
        | `Blue
        | `Cyan
        | `Green
        | `Hi of color
        | `Magenta
        | `Red
        | `White
        | `Yellow ]
    | `Black
    | `Blue
    | `Bold
    | `Cyan
    | `Faint
    | `Fg of
        [ `Black
        | `Blue
        | `Cyan
        | `Green
        | `Hi of color
        | `Magenta
        | `Red
        | `White
        | `Yellow ]
    | `Green
    | `Italic
    | `Magenta
    | `None
    | `Red
    | `Reverse
    | `Underline
    | `White
    | `Yellow ]

(** With the style, where the formatter renders styles. *)
val styled : style -> 'a t -> 'a t
type style_renderer = [ `Ansi_tty | `None ]

(** How the formatter renders styles. *)
val style_renderer : Format.formatter -> style_renderer

(** Says how. *)
val set_style_renderer : Format.formatter -> style_renderer -> unit

(** By a conversion to strings. *)
val of_to_string : ('a -> string) -> 'a t

(** The conversion to strings of a formatter. *)
val to_to_string : 'a t -> 'a -> string

(** @deprecated Use {!str}. *)
val strf : ('a, Format.formatter, unit, string) format4 -> 'a

(** @deprecated Use {!kstr}. *)
val kstrf : (string -> 'a) -> ('b, Format.formatter, unit, 'a) format4 -> 'b

(** @deprecated Use {!str_like}. *)
val strf_like :
  Format.formatter -> ('a, Format.formatter, unit, string) format4 -> 'a

(** @deprecated Use {!any}. *)
val always : (unit, Format.formatter, unit) format -> 'a t

(** @deprecated Use {!any}. *)
val unit : (unit, Format.formatter, unit) format -> unit t

(** @deprecated Use {!append}. *)
val prefix : unit t -> 'a t -> 'a t

(** @deprecated Use {!append}. *)
val suffix : unit t -> 'a t -> 'a t

(** @deprecated Use {!styled}. *)
val styled_unit : style -> (unit, Format.formatter, unit) format -> unit t
