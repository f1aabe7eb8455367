(* Integers of 64 bits. *)

type t = int64

external neg : int64 -> int64 = "%int64_neg"
external add : int64 -> int64 -> int64 = "%int64_add"
external sub : int64 -> int64 -> int64 = "%int64_sub"
external mul : int64 -> int64 -> int64 = "%int64_mul"
external div : int64 -> int64 -> int64 = "%int64_div"
external rem : int64 -> int64 -> int64 = "%int64_mod"
external logand : int64 -> int64 -> int64 = "%int64_and"
external logor : int64 -> int64 -> int64 = "%int64_or"
external logxor : int64 -> int64 -> int64 = "%int64_xor"
external shift_left : int64 -> int -> int64 = "%int64_lsl"
external shift_right : int64 -> int -> int64 = "%int64_asr"
external shift_right_logical : int64 -> int -> int64 = "%int64_lsr"
external of_int : int -> int64 = "%int64_of_int"
external to_int : int64 -> int = "%int64_to_int"

external of_float : float -> int64 = "caml_int64_of_float" "caml_int64_of_float_unboxed"
  [@@unboxed] [@@noalloc]

external to_float : int64 -> float = "caml_int64_to_float" "caml_int64_to_float_unboxed"
  [@@unboxed] [@@noalloc]

external of_int32 : int32 -> int64 = "%int64_of_int32"
external to_int32 : int64 -> int32 = "%int64_to_int32"
external of_nativeint : nativeint -> int64 = "%int64_of_nativeint"
external to_nativeint : int64 -> nativeint = "%int64_to_nativeint"

external bits_of_float : float -> int64 = "caml_int64_bits_of_float" "caml_int64_bits_of_float_unboxed"
  [@@unboxed] [@@noalloc]

external float_of_bits : int64 -> float = "caml_int64_float_of_bits" "caml_int64_float_of_bits_unboxed"
  [@@unboxed] [@@noalloc]

let min_int = 0x8000_0000_0000_0000L
let max_int = 0x7fff_ffff_ffff_ffffL
let zero = 0L
let one = 1L
let minus_one = -1L
let succ n = add n 1L
let pred n = sub n 1L
let abs n = if n >= 0L then n else neg n
let lognot n = logxor n (-1L)

(* {1 Texts} *)

external format : string -> int64 -> string = "caml_int64_format"
external of_string : string -> int64 = "caml_int64_of_string"

let to_string n = format "%d" n
let of_string_opt s = match of_string s with n -> Some n | exception Failure _ -> None

(* {1 Comparisons} *)

let compare (a : t) (b : t) = Stdlib.compare a b
let equal (a : t) (b : t) = a = b
let min (a : t) (b : t) = if a <= b then a else b
let max (a : t) (b : t) = if a >= b then a else b

external hash_with : int -> int -> int -> 'a -> int = "caml_hash" [@@noalloc]

let seeded_hash seed (n : t) = hash_with 10 100 seed n
let hash (n : t) = hash_with 10 100 0 n

(* {1 Without sign} *)

external below : int64 -> int64 -> bool = "%morgana_int64_ult"
external unchecked_unsigned_div : int64 -> int64 -> int64 = "%morgana_int64_unsigned_div"
external unchecked_unsigned_rem : int64 -> int64 -> int64 = "%morgana_int64_unsigned_mod"

let unsigned_compare a b = if below a b then -1 else if equal a b then 0 else 1
let unsigned_div a b = if equal b 0L then raise Division_by_zero else unchecked_unsigned_div a b
let unsigned_rem a b = if equal b 0L then raise Division_by_zero else unchecked_unsigned_rem a b
let unsigned_to_int n = if n >= 0L && n <= 0x3fff_ffff_ffff_ffffL then Some (to_int n) else None
