(* Integers of 32 bits. *)

type t = int32

external neg : int32 -> int32 = "%int32_neg"
external add : int32 -> int32 -> int32 = "%int32_add"
external sub : int32 -> int32 -> int32 = "%int32_sub"
external mul : int32 -> int32 -> int32 = "%int32_mul"
external div : int32 -> int32 -> int32 = "%int32_div"
external rem : int32 -> int32 -> int32 = "%int32_mod"
external logand : int32 -> int32 -> int32 = "%int32_and"
external logor : int32 -> int32 -> int32 = "%int32_or"
external logxor : int32 -> int32 -> int32 = "%int32_xor"
external shift_left : int32 -> int -> int32 = "%int32_lsl"
external shift_right : int32 -> int -> int32 = "%int32_asr"
external shift_right_logical : int32 -> int -> int32 = "%int32_lsr"
external of_int : int -> int32 = "%int32_of_int"
external to_int : int32 -> int = "%int32_to_int"

external of_float : float -> int32 = "caml_int32_of_float" "caml_int32_of_float_unboxed"
  [@@unboxed] [@@noalloc]

external to_float : int32 -> float = "caml_int32_to_float" "caml_int32_to_float_unboxed"
  [@@unboxed] [@@noalloc]

external bits_of_float : float -> int32 = "caml_int32_bits_of_float" "caml_int32_bits_of_float_unboxed"
  [@@unboxed] [@@noalloc]

external float_of_bits : int32 -> float = "caml_int32_float_of_bits" "caml_int32_float_of_bits_unboxed"
  [@@unboxed] [@@noalloc]

let min_int = 0x8000_0000l
let max_int = 0x7fff_ffffl
let zero = 0l
let one = 1l
let minus_one = -1l
let succ n = add n 1l
let pred n = sub n 1l
let abs n = if n >= 0l then n else neg n
let lognot n = logxor n (-1l)

(* {1 Texts} *)

external format : string -> int32 -> string = "caml_int32_format"
external of_string : string -> int32 = "caml_int32_of_string"

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

external below : int32 -> int32 -> bool = "%morgana_int32_ult"
external unchecked_unsigned_div : int32 -> int32 -> int32 = "%morgana_int32_unsigned_div"
external unchecked_unsigned_rem : int32 -> int32 -> int32 = "%morgana_int32_unsigned_mod"

let unsigned_compare a b = if below a b then -1 else if equal a b then 0 else 1
let unsigned_div a b = if equal b 0l then raise Division_by_zero else unchecked_unsigned_div a b
let unsigned_rem a b = if equal b 0l then raise Division_by_zero else unchecked_unsigned_rem a b
let unsigned_to_int n = Some (to_int n land 0xffff_ffff)
