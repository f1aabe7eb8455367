(** Integers of any size. Quotients are rounded such that remainders are not negative. Functions that do not apply raise [Invalid_argument] or [Failure]
    with their name, a divisor of zero [Division_by_zero]. *)

type big_int

val zero_big_int : big_int
val unit_big_int : big_int
val minus_big_int : big_int -> big_int
val abs_big_int : big_int -> big_int
val add_big_int : big_int -> big_int -> big_int
val succ_big_int : big_int -> big_int
val add_int_big_int : int -> big_int -> big_int
val sub_big_int : big_int -> big_int -> big_int
val pred_big_int : big_int -> big_int
val mult_big_int : big_int -> big_int -> big_int
val mult_int_big_int : int -> big_int -> big_int
val square_big_int : big_int -> big_int
val sqrt_big_int : big_int -> big_int
val quomod_big_int : big_int -> big_int -> big_int * big_int
val div_big_int : big_int -> big_int -> big_int
val mod_big_int : big_int -> big_int -> big_int
val gcd_big_int : big_int -> big_int -> big_int
val power_int_positive_int : int -> int -> big_int
val power_big_int_positive_int : big_int -> int -> big_int
val power_int_positive_big_int : int -> big_int -> big_int
val power_big_int_positive_big_int : big_int -> big_int -> big_int
val sign_big_int : big_int -> int
val compare_big_int : big_int -> big_int -> int
val eq_big_int : big_int -> big_int -> bool
val le_big_int : big_int -> big_int -> bool
val ge_big_int : big_int -> big_int -> bool
val lt_big_int : big_int -> big_int -> bool
val gt_big_int : big_int -> big_int -> bool
val max_big_int : big_int -> big_int -> big_int
val min_big_int : big_int -> big_int -> big_int
val num_digits_big_int : big_int -> int
val num_bits_big_int : big_int -> int
val string_of_big_int : big_int -> string
val big_int_of_string : string -> big_int
val big_int_of_string_opt : string -> big_int option
val big_int_of_int : int -> big_int
val is_int_big_int : big_int -> bool
val int_of_big_int : big_int -> int
val int_of_big_int_opt : big_int -> int option
val big_int_of_int32 : int32 -> big_int
val big_int_of_nativeint : nativeint -> big_int
val big_int_of_int64 : int64 -> big_int
val int32_of_big_int : big_int -> int32
val int32_of_big_int_opt : big_int -> int32 option
val nativeint_of_big_int : big_int -> nativeint
val nativeint_of_big_int_opt : big_int -> nativeint option
val int64_of_big_int : big_int -> int64
val int64_of_big_int_opt : big_int -> int64 option
val float_of_big_int : big_int -> float
val and_big_int : big_int -> big_int -> big_int
val or_big_int : big_int -> big_int -> big_int
val xor_big_int : big_int -> big_int -> big_int
val shift_left_big_int : big_int -> int -> big_int
val shift_right_big_int : big_int -> int -> big_int
val shift_right_towards_zero_big_int : big_int -> int -> big_int
val extract_big_int : big_int -> int -> int -> big_int
val nat_of_big_int : big_int -> Nat.nat
val big_int_of_nat : Nat.nat -> big_int
val base_power_big_int : int -> int -> big_int -> big_int
val sys_big_int_of_string : string -> int -> int -> big_int

val round_futur_last_digit : bytes -> int -> int -> bool
(** [round_futur_last_digit digits start length] rounds a piece of a text of decimal digits to the digits before its last one, which is left as it is; whether
    a carry is left over beyond the first. *)

val approx_big_int : int -> big_int -> string
(** [approx_big_int n b] has [n] digits and an exponent: [1.23e5]. Raises [Invalid_argument] when the number has fewer than [n + 1] digits. *)

val round_big_int_to_float : big_int -> bool -> float
(** The nearest float, of two the even one. Without [exact] the number is a little more than it says, so that there are no two. *)
