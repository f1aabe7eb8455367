(* Operations that the compiler knows, under the names that OCaml's runtime has for them: for programs that declare them so. *)

open Primitives_base

(* {1 int32} *)

external int32_add : int32 -> int32 -> int32 = "%int32_add"

let caml_int32_add a b = int32_add a b [@@primitive "caml_int32_add"]

external int32_sub : int32 -> int32 -> int32 = "%int32_sub"

let caml_int32_sub a b = int32_sub a b [@@primitive "caml_int32_sub"]

external int32_mul : int32 -> int32 -> int32 = "%int32_mul"

let caml_int32_mul a b = int32_mul a b [@@primitive "caml_int32_mul"]

external int32_div : int32 -> int32 -> int32 = "%int32_div"

let caml_int32_div a b = int32_div a b [@@primitive "caml_int32_div"]

external int32_mod : int32 -> int32 -> int32 = "%int32_mod"

let caml_int32_mod a b = int32_mod a b [@@primitive "caml_int32_mod"]

external int32_and : int32 -> int32 -> int32 = "%int32_and"

let caml_int32_and a b = int32_and a b [@@primitive "caml_int32_and"]

external int32_or : int32 -> int32 -> int32 = "%int32_or"

let caml_int32_or a b = int32_or a b [@@primitive "caml_int32_or"]

external int32_xor : int32 -> int32 -> int32 = "%int32_xor"

let caml_int32_xor a b = int32_xor a b [@@primitive "caml_int32_xor"]

external int32_shift_left : int32 -> int -> int32 = "%int32_lsl"

let caml_int32_shift_left a n = int32_shift_left a n [@@primitive "caml_int32_shift_left"]

external int32_shift_right : int32 -> int -> int32 = "%int32_asr"

let caml_int32_shift_right a n = int32_shift_right a n [@@primitive "caml_int32_shift_right"]

external int32_shift_right_unsigned : int32 -> int -> int32 = "%int32_lsr"

let caml_int32_shift_right_unsigned a n = int32_shift_right_unsigned a n [@@primitive "caml_int32_shift_right_unsigned"]

external int32_neg : int32 -> int32 = "%int32_neg"

let caml_int32_neg a = int32_neg a [@@primitive "caml_int32_neg"]

external int32_bswap : int32 -> int32 = "%bswap_int32"

let caml_int32_bswap a = int32_bswap a [@@primitive "caml_int32_bswap"]

external int32_compare : int32 -> int32 -> int = "%compare"

let caml_int32_compare a b = int32_compare a b [@@primitive "caml_int32_compare"]

external int32_of_int : int -> int32 = "%int32_of_int"

let caml_int32_of_int n = int32_of_int n [@@primitive "caml_int32_of_int"]

external int32_to_int : int32 -> int = "%int32_to_int"

let caml_int32_to_int a = int32_to_int a [@@primitive "caml_int32_to_int"]

(* {1 int64} *)

external int64_add : int64 -> int64 -> int64 = "%int64_add"

let caml_int64_add a b = int64_add a b [@@primitive "caml_int64_add"]

external int64_sub : int64 -> int64 -> int64 = "%int64_sub"

let caml_int64_sub a b = int64_sub a b [@@primitive "caml_int64_sub"]

external int64_mul : int64 -> int64 -> int64 = "%int64_mul"

let caml_int64_mul a b = int64_mul a b [@@primitive "caml_int64_mul"]

external int64_div : int64 -> int64 -> int64 = "%int64_div"

let caml_int64_div a b = int64_div a b [@@primitive "caml_int64_div"]

external int64_mod : int64 -> int64 -> int64 = "%int64_mod"

let caml_int64_mod a b = int64_mod a b [@@primitive "caml_int64_mod"]

external int64_and : int64 -> int64 -> int64 = "%int64_and"

let caml_int64_and a b = int64_and a b [@@primitive "caml_int64_and"]

external int64_or : int64 -> int64 -> int64 = "%int64_or"

let caml_int64_or a b = int64_or a b [@@primitive "caml_int64_or"]

external int64_xor : int64 -> int64 -> int64 = "%int64_xor"

let caml_int64_xor a b = int64_xor a b [@@primitive "caml_int64_xor"]

external int64_shift_left : int64 -> int -> int64 = "%int64_lsl"

let caml_int64_shift_left a n = int64_shift_left a n [@@primitive "caml_int64_shift_left"]

external int64_shift_right : int64 -> int -> int64 = "%int64_asr"

let caml_int64_shift_right a n = int64_shift_right a n [@@primitive "caml_int64_shift_right"]

external int64_shift_right_unsigned : int64 -> int -> int64 = "%int64_lsr"

let caml_int64_shift_right_unsigned a n = int64_shift_right_unsigned a n [@@primitive "caml_int64_shift_right_unsigned"]

external int64_neg : int64 -> int64 = "%int64_neg"

let caml_int64_neg a = int64_neg a [@@primitive "caml_int64_neg"]

external int64_bswap : int64 -> int64 = "%bswap_int64"

let caml_int64_bswap a = int64_bswap a [@@primitive "caml_int64_bswap"]

external int64_compare : int64 -> int64 -> int = "%compare"

let caml_int64_compare a b = int64_compare a b [@@primitive "caml_int64_compare"]

external int64_of_int : int -> int64 = "%int64_of_int"

let caml_int64_of_int n = int64_of_int n [@@primitive "caml_int64_of_int"]

external int64_to_int : int64 -> int = "%int64_to_int"

let caml_int64_to_int a = int64_to_int a [@@primitive "caml_int64_to_int"]

(* {1 nativeint} *)

external nativeint_add : nativeint -> nativeint -> nativeint = "%nativeint_add"

let caml_nativeint_add a b = nativeint_add a b [@@primitive "caml_nativeint_add"]

external nativeint_sub : nativeint -> nativeint -> nativeint = "%nativeint_sub"

let caml_nativeint_sub a b = nativeint_sub a b [@@primitive "caml_nativeint_sub"]

external nativeint_mul : nativeint -> nativeint -> nativeint = "%nativeint_mul"

let caml_nativeint_mul a b = nativeint_mul a b [@@primitive "caml_nativeint_mul"]

external nativeint_div : nativeint -> nativeint -> nativeint = "%nativeint_div"

let caml_nativeint_div a b = nativeint_div a b [@@primitive "caml_nativeint_div"]

external nativeint_mod : nativeint -> nativeint -> nativeint = "%nativeint_mod"

let caml_nativeint_mod a b = nativeint_mod a b [@@primitive "caml_nativeint_mod"]

external nativeint_and : nativeint -> nativeint -> nativeint = "%nativeint_and"

let caml_nativeint_and a b = nativeint_and a b [@@primitive "caml_nativeint_and"]

external nativeint_or : nativeint -> nativeint -> nativeint = "%nativeint_or"

let caml_nativeint_or a b = nativeint_or a b [@@primitive "caml_nativeint_or"]

external nativeint_xor : nativeint -> nativeint -> nativeint = "%nativeint_xor"

let caml_nativeint_xor a b = nativeint_xor a b [@@primitive "caml_nativeint_xor"]

external nativeint_shift_left : nativeint -> int -> nativeint = "%nativeint_lsl"

let caml_nativeint_shift_left a n = nativeint_shift_left a n [@@primitive "caml_nativeint_shift_left"]

external nativeint_shift_right : nativeint -> int -> nativeint = "%nativeint_asr"

let caml_nativeint_shift_right a n = nativeint_shift_right a n [@@primitive "caml_nativeint_shift_right"]

external nativeint_shift_right_unsigned : nativeint -> int -> nativeint = "%nativeint_lsr"

let caml_nativeint_shift_right_unsigned a n = nativeint_shift_right_unsigned a n [@@primitive "caml_nativeint_shift_right_unsigned"]

external nativeint_neg : nativeint -> nativeint = "%nativeint_neg"

let caml_nativeint_neg a = nativeint_neg a [@@primitive "caml_nativeint_neg"]

external nativeint_bswap : nativeint -> nativeint = "%bswap_native"

let caml_nativeint_bswap a = nativeint_bswap a [@@primitive "caml_nativeint_bswap"]

external nativeint_compare : nativeint -> nativeint -> int = "%compare"

let caml_nativeint_compare a b = nativeint_compare a b [@@primitive "caml_nativeint_compare"]

external nativeint_of_int : int -> nativeint = "%nativeint_of_int"

let caml_nativeint_of_int n = nativeint_of_int n [@@primitive "caml_nativeint_of_int"]

external nativeint_to_int : nativeint -> int = "%nativeint_to_int"

let caml_nativeint_to_int a = nativeint_to_int a [@@primitive "caml_nativeint_to_int"]

(* {1 int and float} *)

external int_compare : int -> int -> int = "%compare"

let caml_int_compare a b = int_compare a b [@@primitive "caml_int_compare"]

external float_compare : float -> float -> int = "%compare"

let caml_float_compare a b = float_compare a b [@@primitive "caml_float_compare"]

external bswap16 : int -> int = "%bswap16"

let caml_bswap16 n = bswap16 n [@@primitive "caml_bswap16"]
let caml_float_of_int n = float_of_int n [@@primitive "caml_float_of_int"]
let caml_int_of_float x = int_of_float x [@@primitive "caml_int_of_float"]
let caml_neg_float x = -.x [@@primitive "caml_neg_float"]
let caml_abs_float x = abs_float x [@@primitive "caml_abs_float"]
let caml_add_float (x : float) (y : float) = x +. y [@@primitive "caml_add_float"]
let caml_sub_float (x : float) (y : float) = x -. y [@@primitive "caml_sub_float"]
let caml_mul_float (x : float) (y : float) = x *. y [@@primitive "caml_mul_float"]
let caml_div_float (x : float) (y : float) = x /. y [@@primitive "caml_div_float"]
let caml_eq_float (x : float) (y : float) = x =. y [@@primitive "caml_eq_float"]
let caml_neq_float (x : float) (y : float) = x <>. y [@@primitive "caml_neq_float"]
let caml_lt_float (x : float) (y : float) = x <. y [@@primitive "caml_lt_float"]
let caml_le_float (x : float) (y : float) = x <=. y [@@primitive "caml_le_float"]
let caml_gt_float (x : float) (y : float) = x >. y [@@primitive "caml_gt_float"]
let caml_ge_float (x : float) (y : float) = x >=. y [@@primitive "caml_ge_float"]

(* {1 Strings and bytes} Their indices are checked. *)

external string_length : string -> int = "%string_length"

let caml_ml_string_length s = string_length s [@@primitive "caml_ml_string_length"]
let caml_ml_bytes_length b = bytes_length b [@@primitive "caml_ml_bytes_length"]
let caml_create_string n = bytes_create n [@@primitive "caml_create_string"]
let caml_fill_string b from count c = fill_bytes b from count c [@@primitive "caml_fill_string"]

external string_get : string -> int -> char = "%string_safe_get"

let caml_string_get s i = string_get s i [@@primitive "caml_string_get"]

external string_get16 : string -> int -> int = "%caml_string_get16"

let caml_string_get16 s i = string_get16 s i [@@primitive "caml_string_get16"]

external string_get32 : string -> int -> int32 = "%caml_string_get32"

let caml_string_get32 s i = string_get32 s i [@@primitive "caml_string_get32"]

external string_get64 : string -> int -> int64 = "%caml_string_get64"

let caml_string_get64 s i = string_get64 s i [@@primitive "caml_string_get64"]

external bytes_get : bytes -> int -> char = "%bytes_safe_get"

let caml_bytes_get s i = bytes_get s i [@@primitive "caml_bytes_get"]

external bytes_get16 : bytes -> int -> int = "%caml_bytes_get16"

let caml_bytes_get16 s i = bytes_get16 s i [@@primitive "caml_bytes_get16"]

external bytes_get32 : bytes -> int -> int32 = "%caml_bytes_get32"

let caml_bytes_get32 s i = bytes_get32 s i [@@primitive "caml_bytes_get32"]

external bytes_get64 : bytes -> int -> int64 = "%caml_bytes_get64"

let caml_bytes_get64 s i = bytes_get64 s i [@@primitive "caml_bytes_get64"]

external bytes_set : bytes -> int -> char -> unit = "%bytes_safe_set"

let caml_bytes_set b i c = bytes_set b i c [@@primitive "caml_bytes_set"]

external bytes_set16 : bytes -> int -> int -> unit = "%caml_bytes_set16"

let caml_bytes_set16 b i v = bytes_set16 b i v [@@primitive "caml_bytes_set16"]

external bytes_set32 : bytes -> int -> int32 -> unit = "%caml_bytes_set32"

let caml_bytes_set32 b i v = bytes_set32 b i v [@@primitive "caml_bytes_set32"]

external bytes_set64 : bytes -> int -> int64 -> unit = "%caml_bytes_set64"

let caml_bytes_set64 b i v = bytes_set64 b i v [@@primitive "caml_bytes_set64"]

(* {1 Arrays} *)

external safe_get : 'a array -> int -> 'a = "%array_safe_get"
external safe_set : 'a array -> int -> 'a -> unit = "%array_safe_set"

let caml_array_get a i = safe_get a i [@@primitive "caml_array_get"]
let caml_array_set a i v = safe_set a i v [@@primitive "caml_array_set"]
let caml_array_unsafe_get a i = array_get a i [@@primitive "caml_array_unsafe_get"]
let caml_array_unsafe_set a i v = array_set a i v [@@primitive "caml_array_unsafe_set"]

external float_safe_get : floatarray -> int -> float = "%floatarray_safe_get"
external float_safe_set : floatarray -> int -> float -> unit = "%floatarray_safe_set"
external float_unsafe_get : floatarray -> int -> float = "%floatarray_unsafe_get"
external float_unsafe_set : floatarray -> int -> float -> unit = "%floatarray_unsafe_set"

let caml_floatarray_get a i = float_safe_get a i [@@primitive "caml_floatarray_get"]
let caml_floatarray_set a i x = float_safe_set a i x [@@primitive "caml_floatarray_set"]
let caml_floatarray_unsafe_get a i = float_unsafe_get a i [@@primitive "caml_floatarray_unsafe_get"]
let caml_floatarray_unsafe_set a i x = float_unsafe_set a i x [@@primitive "caml_floatarray_unsafe_set"]

external as_array : floatarray -> float array = "%identity"
external as_floatarray : float array -> floatarray = "%identity"

let caml_floatarray_sub a from count = as_floatarray (Primitives_array.caml_array_sub (as_array a) from count)
[@@primitive "caml_floatarray_sub"]

let caml_floatarray_append a b = as_floatarray (Primitives_array.caml_array_append (as_array a) (as_array b))
[@@primitive "caml_floatarray_append"]

let caml_floatarray_fill a from count (x : float) =
  for i = from to from + count - 1 do
    float_unsafe_set a i x
  done
[@@primitive "caml_floatarray_fill"]

(* {1 The system} *)

let caml_ml_debug_info_status () = 0 [@@primitive "caml_ml_debug_info_status"]

external getenv : string -> string = "caml_sys_getenv"

let caml_sys_unsafe_getenv name = getenv name [@@primitive "caml_sys_unsafe_getenv"]
let caml_sys_get_config () = ("Unix", 64, false) [@@primitive "caml_sys_get_config"]
