(* The vocabulary of this package: its modules are compiled without the standard library, which is built on them. *)

external raise : exn -> 'a = "%raise"
external raise_notrace : exn -> 'a = "%raise_notrace"
external ignore : 'a -> unit = "%ignore"
external magic : 'a -> 'b = "%identity"
external not : bool -> bool = "%boolnot"
external ( && ) : bool -> bool -> bool = "%sequand"
external ( || ) : bool -> bool -> bool = "%sequor"
external ( == ) : 'a -> 'a -> bool = "%eq"
external ( != ) : 'a -> 'a -> bool = "%noteq"

(* {1 Integers} *)

external ( ~- ) : int -> int = "%negint"
external ( + ) : int -> int -> int = "%addint"
external ( - ) : int -> int -> int = "%subint"
external ( * ) : int -> int -> int = "%mulint"
external ( / ) : int -> int -> int = "%divint"
external ( mod ) : int -> int -> int = "%modint"
external ( land ) : int -> int -> int = "%andint"
external ( lor ) : int -> int -> int = "%orint"
external ( lxor ) : int -> int -> int = "%xorint"
external ( lsl ) : int -> int -> int = "%lslint"
external ( lsr ) : int -> int -> int = "%lsrint"
external ( asr ) : int -> int -> int = "%asrint"
external ( = ) : int -> int -> bool = "%equal"
external ( <> ) : int -> int -> bool = "%notequal"
external ( < ) : int -> int -> bool = "%lessthan"
external ( > ) : int -> int -> bool = "%greaterthan"
external ( <= ) : int -> int -> bool = "%lessequal"
external ( >= ) : int -> int -> bool = "%greaterequal"

let max_int = -1 lsr 1
let min_int = max_int + 1

(* {1 References} *)

type 'a ref = { mutable contents : 'a }

external ref : 'a -> 'a ref = "%makemutable"
external ( ! ) : 'a ref -> 'a = "%field0"
external ( := ) : 'a ref -> 'a -> unit = "%setfield0"
external incr : int ref -> unit = "%incr"
external decr : int ref -> unit = "%decr"

(* {1 Characters, strings, bytes} *)

external code : char -> int = "%identity"
external unsafe_char : int -> char = "%identity"
external equal_char : char -> char -> bool = "%equal"
external string_length : string -> int = "%string_length"
external string_get : string -> int -> char = "%string_unsafe_get"
external string_get16 : string -> int -> int = "%caml_string_get16u"
external string_get32 : string -> int -> int32 = "%caml_string_get32u"
external string_get64 : string -> int -> int64 = "%caml_string_get64u"
external string_equal : string -> string -> bool = "caml_string_equal"
external bytes_length : bytes -> int = "%bytes_length"
external bytes_get : bytes -> int -> char = "%bytes_unsafe_get"
external bytes_set : bytes -> int -> char -> unit = "%bytes_unsafe_set"
external bytes_get16 : bytes -> int -> int = "%caml_bytes_get16u"
external bytes_get32 : bytes -> int -> int32 = "%caml_bytes_get32u"
external bytes_get64 : bytes -> int -> int64 = "%caml_bytes_get64u"
external bytes_set16 : bytes -> int -> int -> unit = "%caml_bytes_set16u"
external bytes_set32 : bytes -> int -> int32 -> unit = "%caml_bytes_set32u"
external bytes_set64 : bytes -> int -> int64 -> unit = "%caml_bytes_set64u"
external bytes_create : int -> bytes = "caml_create_bytes"
external blit_string : string -> int -> bytes -> int -> int -> unit = "caml_blit_string" [@@noalloc]
external blit_bytes : bytes -> int -> bytes -> int -> int -> unit = "caml_blit_bytes" [@@noalloc]
external fill_bytes : bytes -> int -> int -> char -> unit = "caml_fill_bytes" [@@noalloc]
external to_string : bytes -> string = "%bytes_to_string"
external of_string : string -> bytes = "%bytes_of_string"

(* The byte at an index, as an integer. *)
let byte s i = code (string_get s i)

let sub_string s offset length =
  let result = bytes_create length in
  blit_string s offset result 0 length;
  to_string result

let sub_bytes b offset length =
  let result = bytes_create length in
  blit_bytes b offset result 0 length;
  result

let ( ^ ) a b =
  let na = string_length a and nb = string_length b in
  let result = bytes_create (na + nb) in
  blit_string a 0 result 0 na;
  blit_string b 0 result na nb;
  to_string result

(* {1 Arrays} *)

external array_length : 'a array -> int = "%array_length"
external array_get : 'a array -> int -> 'a = "%array_unsafe_get"
external array_set : 'a array -> int -> 'a -> unit = "%array_unsafe_set"
external array_make : int -> 'a -> 'a array = "caml_make_vect"

(* {1 64-bit integers} *)

module I64 = struct
  external of_int : int -> int64 = "%int64_of_int"
  external to_int : int64 -> int = "%int64_to_int"
  external of_int32 : int32 -> int64 = "%int64_of_int32"
  external to_int32 : int64 -> int32 = "%int64_to_int32"
  external of_nativeint : nativeint -> int64 = "%int64_of_nativeint"
  external to_nativeint : int64 -> nativeint = "%int64_to_nativeint"
  external neg : int64 -> int64 = "%int64_neg"
  external ( + ) : int64 -> int64 -> int64 = "%int64_add"
  external ( - ) : int64 -> int64 -> int64 = "%int64_sub"
  external ( * ) : int64 -> int64 -> int64 = "%int64_mul"
  external ( / ) : int64 -> int64 -> int64 = "%int64_div"
  external rem : int64 -> int64 -> int64 = "%int64_mod"
  external ( land ) : int64 -> int64 -> int64 = "%int64_and"
  external ( lor ) : int64 -> int64 -> int64 = "%int64_or"
  external ( lxor ) : int64 -> int64 -> int64 = "%int64_xor"
  external ( lsl ) : int64 -> int -> int64 = "%int64_lsl"
  external ( lsr ) : int64 -> int -> int64 = "%int64_lsr"
  external ( asr ) : int64 -> int -> int64 = "%int64_asr"
  external ( = ) : int64 -> int64 -> bool = "%equal"
  external ( <> ) : int64 -> int64 -> bool = "%notequal"
  external ( < ) : int64 -> int64 -> bool = "%lessthan"
  external ( >= ) : int64 -> int64 -> bool = "%greaterequal"
  external ult : int64 -> int64 -> bool = "%morgana_int64_ult"
  external mulhu : int64 -> int64 -> int64 = "%morgana_int64_mulhu"
  external udiv : int64 -> int64 -> int64 = "%morgana_int64_unsigned_div"
  external clz : int64 -> int = "%morgana_int64_clz"
  external of_float : float -> int64 = "%morgana_int64_of_float"
  external to_float : int64 -> float = "%morgana_int64_to_float"
end

(* {1 Floats} *)

external float_bits : float -> int64 = "%morgana_float_bits"
external float_of_bits : int64 -> float = "%morgana_float_of_bits"
external float_of_int : int -> float = "%floatofint"
external int_of_float : float -> int = "%intoffloat"
external ( +. ) : float -> float -> float = "%addfloat"
external ( -. ) : float -> float -> float = "%subfloat"
external ( *. ) : float -> float -> float = "%mulfloat"
external ( /. ) : float -> float -> float = "%divfloat"
external ( ~-. ) : float -> float = "%negfloat"
external abs_float : float -> float = "%absfloat"
external sqrt : float -> float = "%morgana_sqrt"

(** Comparisons of floats: false when an argument is NaN. *)

external ( <. ) : float -> float -> bool = "%ltfloat"
external ( <=. ) : float -> float -> bool = "%lefloat"
external ( >. ) : float -> float -> bool = "%gtfloat"
external ( >=. ) : float -> float -> bool = "%gefloat"
external ( =. ) : float -> float -> bool = "%eqfloat"
external ( <>. ) : float -> float -> bool = "%noteqfloat"

let infinity = float_of_bits 0x7ff0_0000_0000_0000L
let neg_infinity = float_of_bits 0xfff0_0000_0000_0000L
let nan = float_of_bits 0x7ff8_0000_0000_0001L
