(* What containers has in C: mixing words into a state, as MurmurHash2 multiplies, and the last step of MurmurHash3 (both by A. Appleby,
   in the public domain). *)

external string_get64 : string -> int -> int64 = "%caml_string_get64u"

let mix shift state = Int64.logxor state (Int64.shift_right_logical state shift)
let combine state word = Int64.mul (mix 32 (Int64.logxor state word)) 0xc6a4a7935bd1e995L
let combine_i64 state word = combine state word [@@primitive "caml_cc_hash_combine_i64_byte"]
let combine_i32 state word = combine state (Int64.logand (Int64.of_int32 word) 0xffffffffL) [@@primitive "caml_cc_hash_combine_i32_byte"]
let combine_int state n = combine state (Int64.of_int n) [@@primitive "caml_cc_hash_combine_int_byte"]
let combine_char state c = combine state (Int64.of_int (c land 255)) [@@primitive "caml_cc_hash_combine_char_byte"]

(* The length, then eight bytes at a time; those that are left are a word, too. *)
let combine_string state s =
  let length = String.length s in
  let rec words state at = if at + 8 <= length then words (combine state (string_get64 s at)) (at + 8) else (state, at) in
  let state, at = words (combine state (Int64.of_int length)) 0 in
  let rec rest at shift word =
    if at = length then word else rest (at + 1) (shift + 8) (Int64.logor word (Int64.shift_left (Int64.of_int (Char.code s.[at])) shift))
  in
  if at = length then state else combine state (rest at 0 0L)
[@@primitive "caml_cc_hash_combine_string_byte"]

let fmix64 state = mix 33 (Int64.mul (mix 33 (Int64.mul (mix 33 state) 0xff51afd7ed558ccdL)) 0xc4ceb9fe1a85ec53L) [@@primitive "caml_cc_hash_fmix64_byte"]

(* Without the top two bits. *)
let finalize state = Int64.to_int (Int64.logand (fmix64 state) 0x3fffffffffffffffL) [@@primitive "caml_cc_hash_finalize_byte"]
