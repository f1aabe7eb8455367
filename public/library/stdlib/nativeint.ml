(* Integers of the processor's word. *)

type t = nativeint

external neg : nativeint -> nativeint = "%nativeint_neg"
external add : nativeint -> nativeint -> nativeint = "%nativeint_add"
external sub : nativeint -> nativeint -> nativeint = "%nativeint_sub"
external mul : nativeint -> nativeint -> nativeint = "%nativeint_mul"
external div : nativeint -> nativeint -> nativeint = "%nativeint_div"
external rem : nativeint -> nativeint -> nativeint = "%nativeint_mod"
external logand : nativeint -> nativeint -> nativeint = "%nativeint_and"
external logor : nativeint -> nativeint -> nativeint = "%nativeint_or"
external logxor : nativeint -> nativeint -> nativeint = "%nativeint_xor"
external shift_left : nativeint -> int -> nativeint = "%nativeint_lsl"
external shift_right : nativeint -> int -> nativeint = "%nativeint_asr"
external shift_right_logical : nativeint -> int -> nativeint = "%nativeint_lsr"
external of_int : int -> nativeint = "%nativeint_of_int"
external to_int : nativeint -> int = "%nativeint_to_int"

external of_float : float -> nativeint = "caml_nativeint_of_float" "caml_nativeint_of_float_unboxed"
  [@@unboxed] [@@noalloc]

external to_float : nativeint -> float = "caml_nativeint_to_float" "caml_nativeint_to_float_unboxed"
  [@@unboxed] [@@noalloc]

external of_int32 : int32 -> nativeint = "%nativeint_of_int32"
external to_int32 : nativeint -> int32 = "%nativeint_to_int32"

let size = Sys.word_size
let min_int = shift_left 1n (size - 1)
let max_int = sub min_int 1n
let zero = 0n
let one = 1n
let minus_one = -1n
let succ n = add n 1n
let pred n = sub n 1n
let abs n = if n >= 0n then n else neg n
let lognot n = logxor n (-1n)

(* {1 Texts} *)

external format : string -> nativeint -> string = "caml_nativeint_format"
external of_string : string -> nativeint = "caml_nativeint_of_string"

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

external below : nativeint -> nativeint -> bool = "%morgana_nativeint_ult"
external unchecked_unsigned_div : nativeint -> nativeint -> nativeint = "%morgana_nativeint_unsigned_div"
external unchecked_unsigned_rem : nativeint -> nativeint -> nativeint = "%morgana_nativeint_unsigned_mod"

let unsigned_compare a b = if below a b then -1 else if equal a b then 0 else 1
let unsigned_div a b = if equal b 0n then raise Division_by_zero else unchecked_unsigned_div a b
let unsigned_rem a b = if equal b 0n then raise Division_by_zero else unchecked_unsigned_rem a b
let unsigned_to_int n = if n >= 0n && n <= of_int Stdlib.max_int then Some (to_int n) else None
