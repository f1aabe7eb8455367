(* The initially opened module: what every OCaml program has without naming a module. Compiled without itself opened. *)

(* {1 Exceptions} *)

external register_named_value : string -> 'a -> unit = "caml_register_named_value"
external raise : exn -> 'a = "%raise"
external raise_notrace : exn -> 'a = "%raise_notrace"

(* In backtraces, where OCaml's own are. *)
# 29 "stdlib.ml"
let failwith s = raise(Failure s) [@@inline never]
let invalid_arg s = raise(Invalid_argument s) [@@inline never]
# 14 "stdlib/stdlib.ml"

exception Exit
exception Match_failure = Match_failure
exception Assert_failure = Assert_failure
exception Invalid_argument = Invalid_argument
exception Failure = Failure
exception Not_found = Not_found
exception Out_of_memory = Out_of_memory
exception Stack_overflow = Stack_overflow
exception Sys_error = Sys_error
exception End_of_file = End_of_file
exception Division_by_zero = Division_by_zero
exception Sys_blocked_io = Sys_blocked_io
exception Undefined_recursive_module = Undefined_recursive_module

(* {1 Functions, places, comparisons, booleans} *)

external ( |> ) : 'a -> ('a -> 'b) -> 'b = "%revapply"
external ( @@ ) : ('a -> 'b) -> 'a -> 'b = "%apply"
external __LOC__ : string = "%loc_LOC"
external __FILE__ : string = "%loc_FILE"
external __LINE__ : int = "%loc_LINE"
external __MODULE__ : string = "%loc_MODULE"
external __POS__ : string * int * int * int = "%loc_POS"
external __FUNCTION__ : string = "%loc_FUNCTION"
external __LOC_OF__ : 'a -> string * 'a = "%loc_LOC"
external __LINE_OF__ : 'a -> int * 'a = "%loc_LINE"
external __POS_OF__ : 'a -> (string * int * int * int) * 'a = "%loc_POS"
external ( = ) : 'a -> 'a -> bool = "%equal"
external ( <> ) : 'a -> 'a -> bool = "%notequal"
external ( < ) : 'a -> 'a -> bool = "%lessthan"
external ( > ) : 'a -> 'a -> bool = "%greaterthan"
external ( <= ) : 'a -> 'a -> bool = "%lessequal"
external ( >= ) : 'a -> 'a -> bool = "%greaterequal"
external compare : 'a -> 'a -> int = "%compare"

let min a b = if a <= b then a else b
let max a b = if a >= b then a else b

external ( == ) : 'a -> 'a -> bool = "%eq"
external ( != ) : 'a -> 'a -> bool = "%noteq"
external not : bool -> bool = "%boolnot"
external ( && ) : bool -> bool -> bool = "%sequand"
external ( || ) : bool -> bool -> bool = "%sequor"

(* {1 Integers} *)

external ( ~- ) : int -> int = "%negint"
external ( ~+ ) : int -> int = "%identity"
external succ : int -> int = "%succint"
external pred : int -> int = "%predint"
external ( + ) : int -> int -> int = "%addint"
external ( - ) : int -> int -> int = "%subint"
external ( * ) : int -> int -> int = "%mulint"
external ( / ) : int -> int -> int = "%divint"
external ( mod ) : int -> int -> int = "%modint"

let abs n = if n < 0 then -n else n

external ( land ) : int -> int -> int = "%andint"
external ( lor ) : int -> int -> int = "%orint"
external ( lxor ) : int -> int -> int = "%xorint"

let lnot n = n lxor -1

external ( lsl ) : int -> int -> int = "%lslint"
external ( lsr ) : int -> int -> int = "%lsrint"
external ( asr ) : int -> int -> int = "%asrint"

let max_int = -1 lsr 1
let min_int = max_int + 1

(* {1 Floats} *)

external ( ~-. ) : float -> float = "%negfloat"
external ( ~+. ) : float -> float = "%identity"
external ( +. ) : float -> float -> float = "%addfloat"
external ( -. ) : float -> float -> float = "%subfloat"
external ( *. ) : float -> float -> float = "%mulfloat"
external ( /. ) : float -> float -> float = "%divfloat"
external ( ** ) : float -> float -> float = "caml_power_float" "pow" [@@unboxed] [@@noalloc]
external exp : float -> float = "caml_exp_float" "exp" [@@unboxed] [@@noalloc]
external expm1 : float -> float = "caml_expm1_float" "caml_expm1" [@@unboxed] [@@noalloc]
external acos : float -> float = "caml_acos_float" "acos" [@@unboxed] [@@noalloc]
external asin : float -> float = "caml_asin_float" "asin" [@@unboxed] [@@noalloc]
external atan : float -> float = "caml_atan_float" "atan" [@@unboxed] [@@noalloc]
external atan2 : float -> float -> float = "caml_atan2_float" "atan2" [@@unboxed] [@@noalloc]
external hypot : float -> float -> float = "caml_hypot_float" "caml_hypot" [@@unboxed] [@@noalloc]
external cos : float -> float = "caml_cos_float" "cos" [@@unboxed] [@@noalloc]
external cosh : float -> float = "caml_cosh_float" "cosh" [@@unboxed] [@@noalloc]
external acosh : float -> float = "caml_acosh_float" "caml_acosh" [@@unboxed] [@@noalloc]
external log : float -> float = "caml_log_float" "log" [@@unboxed] [@@noalloc]
external log10 : float -> float = "caml_log10_float" "log10" [@@unboxed] [@@noalloc]
external log1p : float -> float = "caml_log1p_float" "caml_log1p" [@@unboxed] [@@noalloc]
external sin : float -> float = "caml_sin_float" "sin" [@@unboxed] [@@noalloc]
external sinh : float -> float = "caml_sinh_float" "sinh" [@@unboxed] [@@noalloc]
external asinh : float -> float = "caml_asinh_float" "caml_asinh" [@@unboxed] [@@noalloc]
external sqrt : float -> float = "caml_sqrt_float" "sqrt" [@@unboxed] [@@noalloc]
external tan : float -> float = "caml_tan_float" "tan" [@@unboxed] [@@noalloc]
external tanh : float -> float = "caml_tanh_float" "tanh" [@@unboxed] [@@noalloc]
external atanh : float -> float = "caml_atanh_float" "caml_atanh" [@@unboxed] [@@noalloc]
external ceil : float -> float = "caml_ceil_float" "ceil" [@@unboxed] [@@noalloc]
external floor : float -> float = "caml_floor_float" "floor" [@@unboxed] [@@noalloc]
external abs_float : float -> float = "%absfloat"
external copysign : float -> float -> float = "caml_copysign_float" "caml_copysign" [@@unboxed] [@@noalloc]
external mod_float : float -> float -> float = "caml_fmod_float" "fmod" [@@unboxed] [@@noalloc]
external frexp : float -> float * int = "caml_frexp_float"

external ldexp : (float[@unboxed]) -> (int[@untagged]) -> (float[@unboxed])
  = "caml_ldexp_float" "caml_ldexp_float_unboxed"
  [@@noalloc]

external modf : float -> float * float = "caml_modf_float"
external float : int -> float = "%floatofint"
external float_of_int : int -> float = "%floatofint"
external truncate : float -> int = "%intoffloat"
external int_of_float : float -> int = "%intoffloat"

external float_of_bits : int64 -> float = "caml_int64_float_of_bits" "caml_int64_float_of_bits_unboxed"
  [@@unboxed] [@@noalloc]

let infinity = float_of_bits 0x7ff0_0000_0000_0000L
let neg_infinity = float_of_bits 0xfff0_0000_0000_0000L
let nan = float_of_bits 0x7ff8_0000_0000_0001L
let max_float = 0x1.ffff_ffff_ffff_fp+1023
let min_float = 0x1p-1022
let epsilon_float = 0x1p-52

type fpclass = FP_normal | FP_subnormal | FP_zero | FP_infinite | FP_nan

external classify_float : (float[@unboxed]) -> fpclass = "caml_classify_float" "caml_classify_float_unboxed"
  [@@noalloc]

(* {1 Strings, characters, references, pairs, results} *)

external string_length : string -> int = "%string_length"
external bytes_length : bytes -> int = "%bytes_length"
external bytes_create : int -> bytes = "caml_create_bytes"
external string_blit : string -> int -> bytes -> int -> int -> unit = "caml_blit_string" [@@noalloc]
external bytes_blit : bytes -> int -> bytes -> int -> int -> unit = "caml_blit_bytes" [@@noalloc]
external bytes_unsafe_to_string : bytes -> string = "%bytes_to_string"

let ( ^ ) a b =
  let na = string_length a and nb = string_length b in
  let result = bytes_create (na + nb) in
  string_blit a 0 result 0 na;
  string_blit b 0 result na nb;
  bytes_unsafe_to_string result

external int_of_char : char -> int = "%identity"
external unsafe_char_of_int : int -> char = "%identity"

let char_of_int n = if n < 0 || n > 255 then invalid_arg "char_of_int" else unsafe_char_of_int n

external ignore : 'a -> unit = "%ignore"
external fst : 'a * 'b -> 'a = "%field0"
external snd : 'a * 'b -> 'b = "%field1"

type 'a ref = { mutable contents : 'a }

external ref : 'a -> 'a ref = "%makemutable"
external ( ! ) : 'a ref -> 'a = "%field0"
external ( := ) : 'a ref -> 'a -> unit = "%setfield0"
external incr : int ref -> unit = "%incr"
external decr : int ref -> unit = "%decr"

type ('a, 'b) result = Ok of 'a | Error of 'b

(* {1 Conversions to and from strings} *)

external format_int : string -> int -> string = "caml_format_int"
external format_float : string -> float -> string = "caml_format_float"

let string_of_bool b = if b then "true" else "false"
let bool_of_string_opt = function "true" -> Some true | "false" -> Some false | _ -> None
let bool_of_string = function "true" -> true | "false" -> false | _ -> invalid_arg "bool_of_string"
let string_of_int n = format_int "%d" n

external int_of_string : string -> int = "caml_int_of_string"

let int_of_string_opt s = match int_of_string s with n -> Some n | exception Failure _ -> None

external string_get : string -> int -> char = "%string_unsafe_get"

(* Digits with at most a sign would read back as an integer. *)
let valid_float_lexem s =
  let n = string_length s in
  let rec looks_integral i =
    i >= n || match string_get s i with '0' .. '9' | '-' -> looks_integral (i + 1) | _ -> false
  in
  if looks_integral 0 then s ^ "." else s

let string_of_float x = valid_float_lexem (format_float "%.12g" x)

external float_of_string : string -> float = "caml_float_of_string"

let float_of_string_opt s = match float_of_string s with x -> Some x | exception Failure _ -> None

(* {1 Lists} *)

let[@tail_mod_cons] rec ( @ ) first second =
  match first with [] -> second | x :: rest -> x :: (rest @ second)

(* {1 Channels} The primitives are those of the package [primitives]. *)

type in_channel
type out_channel

external open_descriptor_in : int -> in_channel = "caml_ml_open_descriptor_in"
external open_descriptor_out : int -> out_channel = "caml_ml_open_descriptor_out"

let stdin = open_descriptor_in 0
let stdout = open_descriptor_out 1
let stderr = open_descriptor_out 2

type open_flag =
  | Open_rdonly
  | Open_wronly
  | Open_append
  | Open_creat
  | Open_trunc
  | Open_excl
  | Open_binary
  | Open_text
  | Open_nonblock

external open_descriptor : string -> open_flag list -> int -> int = "caml_sys_open"
external set_out_channel_name : out_channel -> string -> unit = "caml_ml_set_channel_name"
external set_in_channel_name : in_channel -> string -> unit = "caml_ml_set_channel_name"

(* {2 Output} *)

let open_out_gen flags permissions name =
  let channel = open_descriptor_out (open_descriptor name flags permissions) in
  set_out_channel_name channel name;
  channel

let open_out name = open_out_gen [ Open_wronly; Open_creat; Open_trunc; Open_text ] 0o666 name
let open_out_bin name = open_out_gen [ Open_wronly; Open_creat; Open_trunc; Open_binary ] 0o666 name

external flush : out_channel -> unit = "caml_ml_flush"
external out_channels_list : unit -> out_channel list = "caml_ml_out_channels_list"

let flush_all () =
  let rec each = function
    | [] -> ()
    | channel :: rest ->
        (* A channel may be closed or its device gone: the others are to be flushed nevertheless. *)
        (try flush channel with Sys_error _ -> ());
        each rest
  in
  each (out_channels_list ())

external unsafe_output : out_channel -> bytes -> int -> int -> unit = "caml_ml_output_bytes"
external unsafe_output_string : out_channel -> string -> int -> int -> unit = "caml_ml_output"
external output_char : out_channel -> char -> unit = "caml_ml_output_char"

let output_string channel s = unsafe_output_string channel s 0 (string_length s)
let output_bytes channel b = unsafe_output channel b 0 (bytes_length b)

let output channel b offset length =
  if offset < 0 || length < 0 || offset > bytes_length b - length then invalid_arg "output"
  else unsafe_output channel b offset length

let output_substring channel s offset length =
  if offset < 0 || length < 0 || offset > string_length s - length then invalid_arg "output_substring"
  else unsafe_output_string channel s offset length

external output_byte : out_channel -> int -> unit = "caml_ml_output_char"
external output_binary_int : out_channel -> int -> unit = "caml_ml_output_int"
external marshal_to_channel : out_channel -> 'a -> unit list -> unit = "caml_output_value"

let output_value channel v = marshal_to_channel channel v []

external seek_out : out_channel -> int -> unit = "caml_ml_seek_out"
external pos_out : out_channel -> int = "caml_ml_pos_out"
external out_channel_length : out_channel -> int = "caml_ml_channel_size"
external close_out_channel : out_channel -> unit = "caml_ml_close_channel"
external set_binary_mode_out : out_channel -> bool -> unit = "caml_ml_set_binary_mode"

let close_out channel =
  flush channel;
  close_out_channel channel

let close_out_noerr channel =
  (try flush channel with _ -> ());
  try close_out_channel channel with _ -> ()

(* {2 Input} *)

let open_in_gen flags permissions name =
  let channel = open_descriptor_in (open_descriptor name flags permissions) in
  set_in_channel_name channel name;
  channel

let open_in name = open_in_gen [ Open_rdonly; Open_text ] 0 name
let open_in_bin name = open_in_gen [ Open_rdonly; Open_binary ] 0 name

external input_char : in_channel -> char = "caml_ml_input_char"
external unsafe_input : in_channel -> bytes -> int -> int -> int = "caml_ml_input"

let input channel b offset length =
  if offset < 0 || length < 0 || offset > bytes_length b - length then invalid_arg "input"
  else unsafe_input channel b offset length

let rec unsafe_really_input channel b offset length =
  if length > 0 then begin
    let n = unsafe_input channel b offset length in
    if n = 0 then raise End_of_file;
    unsafe_really_input channel b (offset + n) (length - n)
  end

let really_input channel b offset length =
  if offset < 0 || length < 0 || offset > bytes_length b - length then invalid_arg "really_input"
  else unsafe_really_input channel b offset length

let really_input_string channel length =
  let b = bytes_create length in
  really_input channel b 0 length;
  bytes_unsafe_to_string b

(* Length of the line that begins the channel's buffer, with its newline; when the buffer holds no newline, minus
   the number of characters in it; 0 at the end of the file. *)
external scan_line : in_channel -> int = "caml_ml_input_scan_line"

(* [taken] is a line's beginning that the buffer could not hold, [length] its length: pieces, last one first. *)
let rec join pieces length result =
  match pieces with
  | [] -> bytes_unsafe_to_string result
  | piece :: earlier ->
      let n = bytes_length piece in
      bytes_blit piece 0 result (length - n) n;
      join earlier (length - n) result

let take channel n =
  let piece = bytes_create n in
  ignore (unsafe_input channel piece 0 n);
  piece

let take_line channel n =
  let line = take channel (n - 1) in
  ignore (input_char channel);
  line

let rec long_line channel pieces length =
  let n = scan_line channel in
  if n = 0 then join pieces length (bytes_create length)
  else if n > 0 then begin
    let length = length + n - 1 in
    join (take_line channel n :: pieces) length (bytes_create length)
  end
  else long_line channel (take channel (-n) :: pieces) (length - n)

let input_line channel =
  let n = scan_line channel in
  if n > 0 then bytes_unsafe_to_string (take_line channel n)
  else if n = 0 then raise End_of_file
  else long_line channel [ take channel (-n) ] (-n)

external input_byte : in_channel -> int = "caml_ml_input_char"
external input_binary_int : in_channel -> int = "caml_ml_input_int"
external input_value : in_channel -> 'a = "caml_input_value"
external seek_in : in_channel -> int -> unit = "caml_ml_seek_in"
external pos_in : in_channel -> int = "caml_ml_pos_in"
external in_channel_length : in_channel -> int = "caml_ml_channel_size"
external close_in : in_channel -> unit = "caml_ml_close_channel"
external set_binary_mode_in : in_channel -> bool -> unit = "caml_ml_set_binary_mode"

let close_in_noerr channel = try close_in channel with _ -> ()

(* {2 The standard channels} *)

let print_char c = output_char stdout c
let print_string s = output_string stdout s
let print_bytes b = output_bytes stdout b
let print_int n = output_string stdout (string_of_int n)
let print_float x = output_string stdout (string_of_float x)

let print_endline s =
  output_string stdout s;
  output_char stdout '\n';
  flush stdout

let print_newline () =
  output_char stdout '\n';
  flush stdout

let prerr_char c = output_char stderr c
let prerr_string s = output_string stderr s
let prerr_bytes b = output_bytes stderr b
let prerr_int n = output_string stderr (string_of_int n)
let prerr_float x = output_string stderr (string_of_float x)

let prerr_endline s =
  output_string stderr s;
  output_char stderr '\n';
  flush stderr

let prerr_newline () =
  output_char stderr '\n';
  flush stderr

let read_line () =
  flush stdout;
  input_line stdin

let read_int () = int_of_string (read_line ())
let read_int_opt () = int_of_string_opt (read_line ())
let read_float () = float_of_string (read_line ())
let read_float_opt () = float_of_string_opt (read_line ())

module LargeFile = struct
  external seek_out : out_channel -> int64 -> unit = "caml_ml_seek_out_64"
  external pos_out : out_channel -> int64 = "caml_ml_pos_out_64"
  external out_channel_length : out_channel -> int64 = "caml_ml_channel_size_64"
  external seek_in : in_channel -> int64 -> unit = "caml_ml_seek_in_64"
  external pos_in : in_channel -> int64 = "caml_ml_pos_in_64"
  external in_channel_length : in_channel -> int64 = "caml_ml_channel_size_64"
end

(* {1 Formats} *)

type ('a, 'b, 'c, 'd, 'e, 'f) format6 = ('a, 'b, 'c, 'd, 'e, 'f) CamlinternalFormatBasics.format6 =
  | Format of ('a, 'b, 'c, 'd, 'e, 'f) CamlinternalFormatBasics.fmt * string

type ('a, 'b, 'c, 'd) format4 = ('a, 'b, 'c, 'c, 'c, 'd) format6
type ('a, 'b, 'c) format = ('a, 'b, 'c, 'c) format4

let string_of_format (Format (_, source)) = source

external format_of_string : ('a, 'b, 'c, 'd, 'e, 'f) format6 -> ('a, 'b, 'c, 'd, 'e, 'f) format6 = "%identity"

(* The empty conversion between the sources keeps a [%] or [@] at the end of the first from joining the second. *)
let ( ^^ ) (Format (first, first_source)) (Format (second, second_source)) =
  Format (CamlinternalFormatBasics.concat_fmt first second, first_source ^ "%," ^ second_source)

(* {1 The end of the program} *)

type exit_action = { mutable started : bool; action : unit -> unit }

let exit_actions : exit_action list ref = ref []
let at_exit action = exit_actions := { started = false; action } :: !exit_actions
let do_domain_local_at_exit = ref (fun () -> ())

(* An action that raises is not run again when the handler of uncaught exceptions comes back here. *)
let rec run_exit_actions = function
  | [] -> ()
  | entry :: earlier ->
      if not entry.started then begin
        entry.started <- true;
        entry.action ()
      end;
      run_exit_actions earlier

let do_at_exit () =
  !do_domain_local_at_exit ();
  run_exit_actions !exit_actions;
  flush_all ()

external sys_exit : int -> 'a = "caml_sys_exit"

let exit code =
  do_at_exit ();
  sys_exit code

let () = register_named_value "Pervasives.do_at_exit" do_at_exit

(* {1 The modules of the standard library} *)

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
module Dynarray = Stdlib__Dynarray
module Effect = Stdlib__Effect
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
