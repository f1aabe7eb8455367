(* Unicode scalar values (Unicode 16, definition D76): 0 to 0xD7FF and 0xE000 to 0x10FFFF. *)

external format_int : string -> int -> string = "caml_format_int"

type t = int

let min = 0
let max = 0x10ffff
let last_before_surrogates = 0xd7ff
let first_after_surrogates = 0xe000
let bom = 0xfeff
let rep = 0xfffd

let succ u =
  if u = last_before_surrogates then first_after_surrogates
  else if u = max then invalid_arg "U+10FFFF has no successor"
  else u + 1

let pred u =
  if u = first_after_surrogates then last_before_surrogates
  else if u = min then invalid_arg "U+0000 has no predecessor"
  else u - 1

let is_valid n = (n >= min && n <= last_before_surrogates) || (n >= first_after_surrogates && n <= max)

let of_int n =
  if is_valid n then n else invalid_arg (format_int "%X" n ^ " is not an Unicode scalar value")

external unsafe_of_int : int -> t = "%identity"
external to_int : t -> int = "%identity"

let is_char u = u < 256
let of_char c = Char.code c

let to_char u =
  if u > 255 then invalid_arg ("U+" ^ format_int "%04X" u ^ " is not a latin1 character") else Char.unsafe_chr u

let unsafe_to_char = Char.unsafe_chr
let equal (a : t) b = a = b
let compare (a : t) b = Stdlib.compare a b

external hash_with : int -> int -> int -> 'a -> int = "caml_hash" [@@noalloc]

let seeded_hash seed (u : t) = hash_with 10 100 seed u
let hash (u : t) = hash_with 10 100 0 u

(* {1 Decoding results} Bits 0-23 the scalar value, 24-26 the number of bytes, 27 whether it was valid. *)

type utf_decode = int

let valid_bit = 1 lsl 27
let utf_decode_is_valid d = d land valid_bit <> 0
let utf_decode_length d = (d lsr 24) land 7
let utf_decode_uchar d = d land 0xffffff
let utf_decode n u = valid_bit lor (n lsl 24) lor u
let utf_decode_invalid n = (n lsl 24) lor rep
let utf_8_byte_length u = if u < 0x80 then 1 else if u < 0x800 then 2 else if u < 0x10000 then 3 else 4
let utf_16_byte_length u = if u < 0x10000 then 2 else 4
