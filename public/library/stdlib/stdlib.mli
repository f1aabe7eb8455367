(** What every OCaml program has without naming a module, and the modules of the standard library. *)

(** Raises the exception, and records where (see {!Printexc}). *)
external raise : exn -> 'a = "%raise"

(** As {!raise}, faster: no place is recorded. *)
external raise_notrace : exn -> 'a = "%raise_notrace"

(** Raises {!Invalid_argument} with the message. *)
val invalid_arg : string -> 'a

(** Raises {!Failure} with the message. *)
val failwith : string -> 'a

(** For the program's own use; nothing in the library raises it. *)
exception Exit

(** No case of a pattern matching applies: file, line (from 1), column (from 0). *)
exception Match_failure of (string * int * int) [@ocaml.warn_on_literal_pattern]

(** [assert] of a false condition: file, line, column. *)
exception Assert_failure of (string * int * int) [@ocaml.warn_on_literal_pattern]

(** A function was called with arguments it does not accept: usually a mistake in the program. *)
exception Invalid_argument of string [@ocaml.warn_on_literal_pattern]

(** A function cannot answer for these arguments. *)
exception Failure of string [@ocaml.warn_on_literal_pattern]

(** A search found nothing. *)
exception Not_found

(** The memory does not suffice. *)
exception Out_of_memory

(** The stack does not suffice. *)
exception Stack_overflow

(** Input, output or the operating system failed: the reason. *)
exception Sys_error of string [@ocaml.warn_on_literal_pattern]

(** Input is at its end. *)
exception End_of_file

(** Integer division by zero. *)
exception Division_by_zero

(** A channel that must not wait has nothing to give. *)
exception Sys_blocked_io

(** A recursive module was used before it was there: file, line, column. *)
exception Undefined_recursive_module of (string * int * int) [@ocaml.warn_on_literal_pattern]

(** {1 Comparisons} These compare the structure of values of any type; strings and floats by their contents, mutable blocks by what they hold now. They raise [Invalid_argument] on functions and need not terminate on cyclic values. *)

(** Same structure. A NaN equals nothing. *)
external ( = ) : 'a -> 'a -> bool = "%equal"

(** Negation of [=]. *)
external ( <> ) : 'a -> 'a -> bool = "%notequal"

(** Before, in the order of {!compare}; false when a NaN decides. *)
external ( < ) : 'a -> 'a -> bool = "%lessthan"

(** After. *)
external ( > ) : 'a -> 'a -> bool = "%greaterthan"

(** Before or equal. *)
external ( <= ) : 'a -> 'a -> bool = "%lessequal"

(** After or equal. *)
external ( >= ) : 'a -> 'a -> bool = "%greaterequal"

(** Negative, zero or positive: a total order, in which a NaN equals itself and comes before every other float. *)
external compare : 'a -> 'a -> int = "%compare"

(** The smaller one; the first when they are equal. *)
val min : 'a -> 'a -> 'a

(** The greater one; the first when they are equal. *)
val max : 'a -> 'a -> 'a

(** The very same value: equal integers, or the same block of memory. *)
external ( == ) : 'a -> 'a -> bool = "%eq"

(** Negation of [==]. *)
external ( != ) : 'a -> 'a -> bool = "%noteq"

(** {1 Booleans} *)

(** Negation. *)
external not : bool -> bool = "%boolnot"

(** And; the right side is evaluated only when the left one is true. *)
external ( && ) : bool -> bool -> bool = "%sequand"

(** Or; the right side is evaluated only when the left one is false. *)
external ( || ) : bool -> bool -> bool = "%sequor"

(** {1 Places in the source} *)

(** Where this name stands, as the compiler's messages write it. *)
external __LOC__ : string = "%loc_LOC"

(** The file being compiled. *)
external __FILE__ : string = "%loc_FILE"

(** The line, from 1. *)
external __LINE__ : int = "%loc_LINE"

(** The module being compiled. *)
external __MODULE__ : string = "%loc_MODULE"

(** File, line, first column, last column. *)
external __POS__ : string * int * int * int = "%loc_POS"

(** The function being compiled, with the modules around it. *)
external __FUNCTION__ : string = "%loc_FUNCTION"

(** The place of an expression, and its value. *)
external __LOC_OF__ : 'a -> string * 'a = "%loc_LOC"

(** The line of an expression, and its value. *)
external __LINE_OF__ : 'a -> int * 'a = "%loc_LINE"

(** The position of an expression, and its value. *)
external __POS_OF__ : 'a -> (string * int * int * int) * 'a = "%loc_POS"

(** {1 Application} *)

(** [x |> f] is [f x]. *)
external ( |> ) : 'a -> ('a -> 'b) -> 'b = "%revapply"

(** [f @@ x] is [f x]. *)
external ( @@ ) : ('a -> 'b) -> 'a -> 'b = "%apply"

(** {1 Integers} 63 bits, two's complement; overflow wraps around. *)

(** Opposite. *)
external ( ~- ) : int -> int = "%negint"

(** The integer itself. *)
external ( ~+ ) : int -> int = "%identity"

(** One more. *)
external succ : int -> int = "%succint"

(** One less. *)
external pred : int -> int = "%predint"

(** Sum. *)
external ( + ) : int -> int -> int = "%addint"

(** Difference. *)
external ( - ) : int -> int -> int = "%subint"

(** Product. *)
external ( * ) : int -> int -> int = "%mulint"

(** Quotient, rounded towards zero. Raises {!Division_by_zero}. *)
external ( / ) : int -> int -> int = "%divint"

(** Remainder, with the sign of the dividend. Raises {!Division_by_zero}. *)
external ( mod ) : int -> int -> int = "%modint"

(** Absolute value; [min_int] is its own. *)
val abs : int -> int

(** The greatest integer. *)
val max_int : int

(** The smallest integer. *)
val min_int : int

(** And, bit by bit. *)
external ( land ) : int -> int -> int = "%andint"

(** Or, bit by bit. *)
external ( lor ) : int -> int -> int = "%orint"

(** Exclusive or, bit by bit. *)
external ( lxor ) : int -> int -> int = "%xorint"

(** Complement of every bit. *)
val lnot : int -> int

(** Shift to the left. Counts below 0 or above 63 give no particular result, here and below. *)
external ( lsl ) : int -> int -> int = "%lslint"

(** Shift to the right, zeros coming in. *)
external ( lsr ) : int -> int -> int = "%lsrint"

(** Shift to the right, the sign bit coming in. *)
external ( asr ) : int -> int -> int = "%asrint"

(** {1 Floats} IEEE 754 binary64, rounding to nearest even; nothing raises. *)

(** Opposite. *)
external ( ~-. ) : float -> float = "%negfloat"

(** The float itself. *)
external ( ~+. ) : float -> float = "%identity"

(** Sum. *)
external ( +. ) : float -> float -> float = "%addfloat"

(** Difference. *)
external ( -. ) : float -> float -> float = "%subfloat"

(** Product. *)
external ( *. ) : float -> float -> float = "%mulfloat"

(** Quotient. *)
external ( /. ) : float -> float -> float = "%divfloat"

(** Power. *)
external ( ** ) : float -> float -> float = "caml_power_float" "pow" [@@unboxed] [@@noalloc]

(** Square root. *)
external sqrt : float -> float = "caml_sqrt_float" "sqrt" [@@unboxed] [@@noalloc]

(** Exponential. *)
external exp : float -> float = "caml_exp_float" "exp" [@@unboxed] [@@noalloc]

(** Natural logarithm. *)
external log : float -> float = "caml_log_float" "log" [@@unboxed] [@@noalloc]

(** Decimal logarithm. *)
external log10 : float -> float = "caml_log10_float" "log10" [@@unboxed] [@@noalloc]

(** [exp x -. 1.], precise near 0. *)
external expm1 : float -> float = "caml_expm1_float" "caml_expm1" [@@unboxed] [@@noalloc]

(** [log (1. +. x)], precise near 0. *)
external log1p : float -> float = "caml_log1p_float" "caml_log1p" [@@unboxed] [@@noalloc]

(** Cosine of an angle in radians. *)
external cos : float -> float = "caml_cos_float" "cos" [@@unboxed] [@@noalloc]

(** Sine of an angle in radians. *)
external sin : float -> float = "caml_sin_float" "sin" [@@unboxed] [@@noalloc]

(** Tangent of an angle in radians. *)
external tan : float -> float = "caml_tan_float" "tan" [@@unboxed] [@@noalloc]

(** Arc cosine, from 0 to pi; NaN outside [-1, 1]. *)
external acos : float -> float = "caml_acos_float" "acos" [@@unboxed] [@@noalloc]

(** Arc sine, from -pi/2 to pi/2; NaN outside [-1, 1]. *)
external asin : float -> float = "caml_asin_float" "asin" [@@unboxed] [@@noalloc]

(** Arc tangent, from -pi/2 to pi/2. *)
external atan : float -> float = "caml_atan_float" "atan" [@@unboxed] [@@noalloc]

(** [atan2 y x]: the angle of the point (x, y), from -pi to pi. *)
external atan2 : float -> float -> float = "caml_atan2_float" "atan2" [@@unboxed] [@@noalloc]

(** Length of the hypotenuse, without overflow on the way. *)
external hypot : float -> float -> float = "caml_hypot_float" "caml_hypot" [@@unboxed] [@@noalloc]

(** Hyperbolic cosine. *)
external cosh : float -> float = "caml_cosh_float" "cosh" [@@unboxed] [@@noalloc]

(** Hyperbolic sine. *)
external sinh : float -> float = "caml_sinh_float" "sinh" [@@unboxed] [@@noalloc]

(** Hyperbolic tangent. *)
external tanh : float -> float = "caml_tanh_float" "tanh" [@@unboxed] [@@noalloc]

(** Hyperbolic arc cosine; NaN below 1. *)
external acosh : float -> float = "caml_acosh_float" "caml_acosh" [@@unboxed] [@@noalloc]

(** Hyperbolic arc sine. *)
external asinh : float -> float = "caml_asinh_float" "caml_asinh" [@@unboxed] [@@noalloc]

(** Hyperbolic arc tangent; NaN outside [-1, 1]. *)
external atanh : float -> float = "caml_atanh_float" "caml_atanh" [@@unboxed] [@@noalloc]

(** Smallest integral float not below. *)
external ceil : float -> float = "caml_ceil_float" "ceil" [@@unboxed] [@@noalloc]

(** Greatest integral float not above. *)
external floor : float -> float = "caml_floor_float" "floor" [@@unboxed] [@@noalloc]

(** Absolute value. *)
external abs_float : float -> float = "%absfloat"

(** The first one's size with the second one's sign. *)
external copysign : float -> float -> float = "caml_copysign_float" "caml_copysign" [@@unboxed] [@@noalloc]

(** Remainder of the quotient rounded towards zero: exact, with the sign of the dividend. *)
external mod_float : float -> float -> float = "caml_fmod_float" "fmod" [@@unboxed] [@@noalloc]

(** [(m, e)] with [x = m * 2^e] and [0.5 <= |m| < 1]; zero, infinities and NaN give themselves and some exponent. *)
external frexp : float -> float * int = "caml_frexp_float"

(** [ldexp x e] is [x * 2^e]. *)
external ldexp : (float[@unboxed]) -> (int[@untagged]) -> (float[@unboxed]) = "caml_ldexp_float" "caml_ldexp_float_unboxed" [@@noalloc]

(** Fraction and integral part, both with the sign of the argument. *)
external modf : float -> float * float = "caml_modf_float"

(** Same as {!float_of_int}. *)
external float : int -> float = "%floatofint"

(** The nearest float. *)
external float_of_int : int -> float = "%floatofint"

(** Same as {!int_of_float}. *)
external truncate : float -> int = "%intoffloat"

(** Rounded towards zero; no particular result for NaN and what is out of range. *)
external int_of_float : float -> int = "%intoffloat"

(** Positive infinity. *)
val infinity : float

(** Negative infinity. *)
val neg_infinity : float

(** A quiet NaN. *)
val nan : float

(** The greatest finite float. *)
val max_float : float

(** The smallest positive normal float. *)
val min_float : float

(** The distance from 1 to the next greater float. *)
val epsilon_float : float

(** The five kinds of floats. *)
type fpclass = FP_normal | FP_subnormal | FP_zero | FP_infinite | FP_nan

(** The kind of a float. *)
external classify_float : (float[@unboxed]) -> fpclass = "caml_classify_float" "caml_classify_float_unboxed" [@@noalloc]

(** {1 Strings, characters, unit} *)

(** Concatenation. Raises [Invalid_argument] when the result is too long. *)
val ( ^ ) : string -> string -> string

(** The character's code, 0 to 255. *)
external int_of_char : char -> int = "%identity"

(** The character of a code. Raises [Invalid_argument "char_of_int"] outside 0 to 255. *)
val char_of_int : int -> char

(** Forgets a value. *)
external ignore : 'a -> unit = "%ignore"

(** {1 Conversions to and from strings} *)

(** ["true"] or ["false"]. *)
val string_of_bool : bool -> string

(** The boolean so written, if any. *)
val bool_of_string_opt : string -> bool option

(** The boolean so written. Raises [Invalid_argument "bool_of_string"]. *)
val bool_of_string : string -> bool

(** In decimal. *)
val string_of_int : int -> string

(** As {!int_of_string}, [None] for its failure. *)
val int_of_string_opt : string -> int option

(** Reads an integer as OCaml writes them: a sign, [0x] [0o] [0b] or [0u], digits, underscores. With a prefix, 63 bits without sign are taken. Raises [Failure "int_of_string"]. *)
external int_of_string : string -> int = "caml_int_of_string"

(** Decimal with 12 significant digits, in the form of a float literal. *)
val string_of_float : float -> string

(** As {!float_of_string}, [None] for its failure. *)
val float_of_string_opt : string -> float option

(** The float nearest to a decimal or hexadecimal number; underscores are skipped; also [nan], [inf], [infinity]. Raises [Failure "float_of_string"]. *)
external float_of_string : string -> float = "caml_float_of_string"

(** {1 Pairs and lists} *)

(** First component. *)
external fst : 'a * 'b -> 'a = "%field0"

(** Second component. *)
external snd : 'a * 'b -> 'b = "%field1"

(** Concatenation, in constant stack. *)
val ( @ ) : 'a list -> 'a list -> 'a list

(** {1 Channels} All operations raise [Sys_error] when the system or the device fails, or when the channel is closed. *)

(** A source of characters, buffered. *)
type in_channel

(** A destination of characters, buffered. *)
type out_channel

(** Standard input. *)
val stdin : in_channel

(** Standard output. *)
val stdout : out_channel

(** Standard error; buffered too. *)
val stderr : out_channel

(** {2 Standard output and error} *)

(** A character on {!stdout}. *)
val print_char : char -> unit

(** A string on {!stdout}. *)
val print_string : string -> unit

(** Bytes on {!stdout}. *)
val print_bytes : bytes -> unit

(** An integer in decimal on {!stdout}. *)
val print_int : int -> unit

(** A float on {!stdout}, as {!string_of_float} writes it. *)
val print_float : float -> unit

(** A string and a newline on {!stdout}, which is then flushed. *)
val print_endline : string -> unit

(** A newline on {!stdout}, which is then flushed. *)
val print_newline : unit -> unit

(** A character on {!stderr}. *)
val prerr_char : char -> unit

(** A string on {!stderr}. *)
val prerr_string : string -> unit

(** Bytes on {!stderr}. *)
val prerr_bytes : bytes -> unit

(** An integer in decimal on {!stderr}. *)
val prerr_int : int -> unit

(** A float on {!stderr}, as {!string_of_float} writes it. *)
val prerr_float : float -> unit

(** A string and a newline on {!stderr}, which is then flushed. *)
val prerr_endline : string -> unit

(** A newline on {!stderr}, which is then flushed. *)
val prerr_newline : unit -> unit

(** {2 Standard input} Each of these flushes {!stdout} first and raises [End_of_file] at the end. *)

(** A line, without its newline. *)
val read_line : unit -> string

(** A line as an integer, [None] when it is none. *)
val read_int_opt : unit -> int option

(** A line as an integer. Raises [Failure "int_of_string"]. *)
val read_int : unit -> int

(** A line as a float, [None] when it is none. *)
val read_float_opt : unit -> float option

(** A line as a float. Raises [Failure "float_of_string"]. *)
val read_float : unit -> float

(** {2 Opening} *)

(** How a file is opened: for reading, for writing, at its end; made when missing, emptied, refused when it exists; without or with translation of line ends (none on this system); without waiting. *)
type open_flag = Open_rdonly | Open_wronly | Open_append | Open_creat | Open_trunc | Open_excl | Open_binary | Open_text | Open_nonblock

(** {2 Output} *)

(** Opens a file for writing, made or emptied. *)
val open_out : string -> out_channel

(** As {!open_out}, without translation of line ends. *)
val open_out_bin : string -> out_channel

(** [open_out_gen flags permissions name]. *)
val open_out_gen : open_flag list -> int -> string -> out_channel

(** Hands the buffered characters to the system. *)
val flush : out_channel -> unit

(** Flushes all open output channels, whatever fails. *)
val flush_all : unit -> unit

(** Writes a character. *)
val output_char : out_channel -> char -> unit

(** Writes a string. *)
val output_string : out_channel -> string -> unit

(** Writes bytes. *)
val output_bytes : out_channel -> bytes -> unit

(** [output channel b offset length] writes part of [b]. Raises [Invalid_argument "output"] when there is no such part. *)
val output : out_channel -> bytes -> int -> int -> unit

(** As {!output}, of a string. Raises [Invalid_argument "output_substring"]. *)
val output_substring : out_channel -> string -> int -> int -> unit

(** Writes the byte of this code modulo 256. *)
val output_byte : out_channel -> int -> unit

(** Writes the low 32 bits in 4 bytes, most significant first. *)
val output_binary_int : out_channel -> int -> unit

(** Writes any value without functions, for {!input_value}; see {!Marshal}. *)
val output_value : out_channel -> 'a -> unit

(** Goes to a position in a file, counted in bytes from its beginning. *)
val seek_out : out_channel -> int -> unit

(** The position of the next character to be written. *)
val pos_out : out_channel -> int

(** Size of the file in bytes, without what is still buffered. *)
val out_channel_length : out_channel -> int

(** Flushes and closes. Only [flush] and [close] may follow, without effect. *)
val close_out : out_channel -> unit

(** As {!close_out}, ignoring all errors. *)
val close_out_noerr : out_channel -> unit

(** No effect on this system. *)
val set_binary_mode_out : out_channel -> bool -> unit

(** {2 Input} *)

(** Opens a file for reading. *)
val open_in : string -> in_channel

(** As {!open_in}, without translation of line ends. *)
val open_in_bin : string -> in_channel

(** [open_in_gen flags permissions name]. *)
val open_in_gen : open_flag list -> int -> string -> in_channel

(** Next character. Raises [End_of_file]. *)
val input_char : in_channel -> char

(** Characters up to the next newline, which is skipped. Raises [End_of_file] when there is none left. *)
val input_line : in_channel -> string

(** [input channel b offset length] reads up to [length] characters into [b] and tells how many; 0 at the end only. Raises [Invalid_argument "input"]. *)
val input : in_channel -> bytes -> int -> int -> int

(** Reads just [length] characters. Raises [End_of_file] when they are not there, [Invalid_argument "really_input"]. *)
val really_input : in_channel -> bytes -> int -> int -> unit

(** Reads a string of this length. Raises [End_of_file]. *)
val really_input_string : in_channel -> int -> string

(** Next character's code. Raises [End_of_file]. *)
val input_byte : in_channel -> int

(** An integer as {!output_binary_int} writes it, with sign. Raises [End_of_file]. *)
val input_binary_int : in_channel -> int

(** A value as {!output_value} writes it; its type is believed. Raises [End_of_file], and [Failure] on malformed data. *)
val input_value : in_channel -> 'a

(** Goes to a position in a file. *)
val seek_in : in_channel -> int -> unit

(** Position of the next character to be read. *)
val pos_in : in_channel -> int

(** Size of the file in bytes. *)
val in_channel_length : in_channel -> int

(** Closes; only [close] may follow. *)
val close_in : in_channel -> unit

(** As {!close_in}, ignoring all errors. *)
val close_in_noerr : in_channel -> unit

(** No effect on this system. *)
val set_binary_mode_in : in_channel -> bool -> unit

(** Positions and sizes as 64-bit integers. *)
module LargeFile : sig
  (** As the function of the same name outside. *)
  val seek_out : out_channel -> int64 -> unit

  (** As the function of the same name outside. *)
  val pos_out : out_channel -> int64

  (** As the function of the same name outside. *)
  val out_channel_length : out_channel -> int64

  (** As the function of the same name outside. *)
  val seek_in : in_channel -> int64 -> unit

  (** As the function of the same name outside. *)
  val pos_in : in_channel -> int64

  (** As the function of the same name outside. *)
  val in_channel_length : in_channel -> int64
end

(** {1 References} *)

(** A place that holds a value, which can be replaced. *)
type 'a ref = { mutable contents : 'a }

(** A new reference. *)
external ref : 'a -> 'a ref = "%makemutable"

(** What it holds. *)
external ( ! ) : 'a ref -> 'a = "%field0"

(** Replaces what it holds. *)
external ( := ) : 'a ref -> 'a -> unit = "%setfield0"

(** Adds one. *)
external incr : int ref -> unit = "%incr"

(** Takes one away. *)
external decr : int ref -> unit = "%decr"

(** {1 Results} *)

(** A value or an error. *)
type ('a, 'b) result = Ok of 'a | Error of 'b

(** {1 Formats} *)

(** Format strings. ['a]: the function that takes the conversions' arguments; ['b]: the first argument of [%a] and [%t] printers; ['c]: their result;
    ['d]: how scanf's readers ([%r]) are taken; ['e]: the type after the readers; ['f]: the final result. *)
type ('a, 'b, 'c, 'd, 'e, 'f) format6 = ('a, 'b, 'c, 'd, 'e, 'f) CamlinternalFormatBasics.format6

(** Formats of printing functions with a continuation. *)
type ('a, 'b, 'c, 'd) format4 = ('a, 'b, 'c, 'c, 'c, 'd) format6

(** Formats of printing functions. *)
type ('a, 'b, 'c) format = ('a, 'b, 'c, 'c) format4

(** The text of a format. *)
val string_of_format : ('a, 'b, 'c, 'd, 'e, 'f) format6 -> string

(** Makes a string literal a format. *)
external format_of_string : ('a, 'b, 'c, 'd, 'e, 'f) format6 -> ('a, 'b, 'c, 'd, 'e, 'f) format6 = "%identity"

(** Two formats one after the other. *)
val ( ^^ ) :
  ('a, 'b, 'c, 'd, 'e, 'f) format6 -> ('f, 'b, 'c, 'e, 'g, 'h) format6 -> ('a, 'b, 'c, 'd, 'g, 'h) format6

(** {1 The end of the program} *)

(** Runs the actions of {!at_exit}, flushes and ends the program with this code; 0 means success. *)
val exit : int -> 'a

(** An action to be run at the end of the program, before those registered earlier. *)
val at_exit : (unit -> unit) -> unit

(**/**)

(** For the library: adds a point to what would read back as an integer. *)
val valid_float_lexem : string -> string

(** For the library: {!really_input} without checks. *)
val unsafe_really_input : in_channel -> bytes -> int -> int -> unit

(** For the library and the runtime: what {!exit} does before the end. *)
val do_at_exit : unit -> unit

(** For {!Domain}: run first by {!do_at_exit}. *)
val do_domain_local_at_exit : (unit -> unit) ref

(**/**)

(** {1 The modules of the standard library} *)

module Arg = Stdlib__Arg
module Array = Stdlib__Array
module ArrayLabels = Stdlib__ArrayLabels
module Atomic = Stdlib__Atomic
module Bigarray = Stdlib__Bigarray
module Bool = Stdlib__Bool
module Buffer = Stdlib__Buffer
module Bytes = Stdlib__Bytes
module BytesLabels = Stdlib__BytesLabels
module Callback = Stdlib__Callback
module Char = Stdlib__Char
module Complex = Stdlib__Complex
module Condition = Stdlib__Condition
module Digest = Stdlib__Digest
module Domain = Stdlib__Domain
[@@alert "-unstable"]
[@@alert unstable "The Domain interface may change in incompatible ways in the future."]

module Dynarray = Stdlib__Dynarray
module Effect = Stdlib__Effect
[@@alert "-unstable"]
[@@alert unstable "The Effect interface may change in incompatible ways in the future."]

module Either = Stdlib__Either
module Ephemeron = Stdlib__Ephemeron
module Filename = Stdlib__Filename
module Float = Stdlib__Float
module Format = Stdlib__Format
module Fun = Stdlib__Fun
module Gc = Stdlib__Gc
module Hashtbl = Stdlib__Hashtbl
module In_channel = Stdlib__In_channel
module Int = Stdlib__Int
module Int32 = Stdlib__Int32
module Int64 = Stdlib__Int64
module Lazy = Stdlib__Lazy
module Lexing = Stdlib__Lexing
module List = Stdlib__List
module ListLabels = Stdlib__ListLabels
module Map = Stdlib__Map
module Marshal = Stdlib__Marshal
module MoreLabels = Stdlib__MoreLabels
module Mutex = Stdlib__Mutex
module Nativeint = Stdlib__Nativeint
module Obj = Stdlib__Obj
module Oo = Stdlib__Oo
module Option = Stdlib__Option
module Out_channel = Stdlib__Out_channel
module Parsing = Stdlib__Parsing
module Printexc = Stdlib__Printexc
module Printf = Stdlib__Printf
module Queue = Stdlib__Queue
module Random = Stdlib__Random
module Result = Stdlib__Result
module Scanf = Stdlib__Scanf
module Semaphore = Stdlib__Semaphore
module Seq = Stdlib__Seq
module Set = Stdlib__Set
module Stack = Stdlib__Stack
module StdLabels = Stdlib__StdLabels
module String = Stdlib__String
module StringLabels = Stdlib__StringLabels
module Sys = Stdlib__Sys
module Type = Stdlib__Type
module Uchar = Stdlib__Uchar
module Unit = Stdlib__Unit
module Weak = Stdlib__Weak
