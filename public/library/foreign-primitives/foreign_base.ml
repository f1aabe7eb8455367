(* What Jane Street's base has in C: counting bits, powers, hashing, the last exception. Names and results are those of base's
   documentation (Int.clz, Int.ctz, Int.popcount, Int.pow, Hash). *)

let rec power base exponent result = if exponent = 0 then result else power (base * base) (exponent lsr 1) (if exponent land 1 = 1 then result * base else result)

(** For an exponent that is not negative; modulo 2{^63}. *)
let int_pow base exponent = power base exponent 1 [@@primitive "Base_int_math_int_pow_stub"]

let rec power64 base exponent result =
  if exponent = 0L then result
  else power64 (Int64.mul base base) (Int64.shift_right_logical exponent 1) (if Int64.logand exponent 1L = 1L then Int64.mul result base else result)

let int64_pow base exponent = power64 base exponent 1L [@@primitive "Base_int_math_int64_pow_stub"]

(* {1 Bits} Of words of 64 bits, by halves. *)

let rec leading word bits count =
  if bits = 0 then count
  else
    let upper = Int64.shift_right_logical word (64 - bits) in
    if upper = 0L then leading (Int64.shift_left word bits) (bits / 2) (count + bits) else leading word (bits / 2) count

(** Leading zeros of a word that is not 0. *)
let clz64 word = leading word 32 0

let rec trailing word bits count =
  if bits = 0 then count
  else
    let lower = Int64.logand word (Int64.sub (Int64.shift_left 1L bits) 1L) in
    if lower = 0L then trailing (Int64.shift_right_logical word bits) (bits / 2) (count + bits) else trailing word (bits / 2) count

(** Trailing zeros of a word that is not 0. *)
let ctz64 word = trailing word 32 0

(* An integer has 63 bits: one less than its word. *)
let int_clz n = clz64 (Int64.of_int n) - if n < 0 then 0 else 1 [@@primitive "Base_int_math_int_clz"]
let int_ctz n = ctz64 (Int64.of_int n) [@@primitive "Base_int_math_int_ctz"]
let int64_clz n = clz64 n [@@primitive "Base_int_math_int64_clz"]
let int64_ctz n = ctz64 n [@@primitive "Base_int_math_int64_ctz"]
let nativeint_clz n = clz64 (Int64.of_nativeint n) [@@primitive "Base_int_math_nativeint_clz"]
let nativeint_ctz n = ctz64 (Int64.of_nativeint n) [@@primitive "Base_int_math_nativeint_ctz"]
let int32_clz n = clz64 (Int64.logand (Int64.of_int32 n) 0xffff_ffffL) - 32 [@@primitive "Base_int_math_int32_clz"]
let int32_ctz n = ctz64 (Int64.of_int32 n) [@@primitive "Base_int_math_int32_ctz"]

(* Knuth, The Art of Computer Programming, volume 4A, section 7.1.3: sideways addition. *)
let popcount n =
  let n = n - ((n lsr 1) land 0x5555_5555_5555_5555) in
  let n = (n land 0x3333_3333_3333_3333) + ((n lsr 2) land 0x3333_3333_3333_3333) in
  let n = (n + (n lsr 4)) land 0x0f0f_0f0f_0f0f_0f0f in
  let n = n + (n lsr 8) in
  let n = n + (n lsr 16) in
  (n + (n lsr 32)) land 0x7f
[@@primitive "Base_int_math_int_popcount"]

(* {1 Hashing} A state is the 32-bit number of OCaml's own hash. *)

let mask = 0xffff_ffff
let final state = Primitives_hash.finish (state land mask) land 0x3fff_ffff

let fold_int state n = Primitives_hash.mix (state land mask) (((n asr 32) lxor (n asr 62) lxor n) land mask)
[@@primitive "Base_internalhash_fold_int"]

let fold_int64 state n =
  let low = Int64.to_int n land mask and high = Int64.to_int (Int64.shift_right_logical n 32) in
  Primitives_hash.mix (Primitives_hash.mix (state land mask) low) high
[@@primitive "Base_internalhash_fold_int64"]

let fold_float state x = Primitives_hash.mix_float (state land mask) x [@@primitive "Base_internalhash_fold_float"]
let fold_string state s = Primitives_hash.mix_string (state land mask) s [@@primitive "Base_internalhash_fold_string"]
let get_hash_value state = final state [@@primitive "Base_internalhash_get_hash_value"]
let hash_string s = final (Primitives_hash.mix_string 0 s) [@@primitive "Base_hash_string"]
let hash_double x = final (Primitives_hash.mix_float 0 x) [@@primitive "Base_hash_double"]

(* {1 The rest} *)

let am_testing () = false [@@primitive "Base_am_testing"]

(* What a backtrace is of is not known here: none is taken for the exception's own. *)
let is_most_recent (_ : exn) = false [@@primitive "Base_caml_exn_is_most_recent_exn"]
let clear_backtrace () = () [@@primitive "Base_clear_caml_backtrace_pos"]
