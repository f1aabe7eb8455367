(** Integers of 32 bits, boxed where they are stored; arithmetic wraps around. *)

(** 0. *)
val zero : int32

(** 1. *)
val one : int32

(** −1. *)
val minus_one : int32

(** Opposite. *)
external neg : int32 -> int32 = "%int32_neg"

(** Sum. *)
external add : int32 -> int32 -> int32 = "%int32_add"

(** Difference. *)
external sub : int32 -> int32 -> int32 = "%int32_sub"

(** Product. *)
external mul : int32 -> int32 -> int32 = "%int32_mul"

(** Quotient, rounded towards zero. Raises [Division_by_zero]. *)
external div : int32 -> int32 -> int32 = "%int32_div"

(** Quotient of the numbers without sign. Raises [Division_by_zero]. *)
val unsigned_div : int32 -> int32 -> int32

(** Remainder of {!div}, with the sign of the dividend. Raises [Division_by_zero]. *)
external rem : int32 -> int32 -> int32 = "%int32_mod"

(** Remainder of {!unsigned_div}. Raises [Division_by_zero]. *)
val unsigned_rem : int32 -> int32 -> int32

(** One more. *)
val succ : int32 -> int32

(** One less. *)
val pred : int32 -> int32

(** Absolute value; that of {!min_int} is {!min_int}. *)
val abs : int32 -> int32

(** The greatest integer. *)
val max_int : int32

(** The least integer. *)
val min_int : int32

(** Bitwise and. *)
external logand : int32 -> int32 -> int32 = "%int32_and"

(** Bitwise or. *)
external logor : int32 -> int32 -> int32 = "%int32_or"

(** Bitwise exclusive or. *)
external logxor : int32 -> int32 -> int32 = "%int32_xor"

(** Bitwise complement. *)
val lognot : int32 -> int32

(** Shift to the left by fewer bits than an integer has. *)
external shift_left : int32 -> int -> int32 = "%int32_lsl"

(** Shift to the right; the sign's bit comes in. *)
external shift_right : int32 -> int -> int32 = "%int32_asr"

(** Shift to the right; zeros come in. *)
external shift_right_logical : int32 -> int -> int32 = "%int32_lsr"

(** The lowest bits of an integer. *)
external of_int : int -> int32 = "%int32_of_int"

(** The integer. *)
external to_int : int32 -> int = "%int32_to_int"

(** The number without sign, if it is an integer. *)
val unsigned_to_int : int32 -> int option

(** Integer part; unspecified when it does not fit. *)
external of_float : float -> int32 = "caml_int32_of_float" "caml_int32_of_float_unboxed" [@@unboxed] [@@noalloc]

(** Nearest floating-point number. *)
external to_float : int32 -> float = "caml_int32_to_float" "caml_int32_to_float_unboxed" [@@unboxed] [@@noalloc]

(** Number written in decimal, or after [0x], [0o], [0b] or [0u]; underscores are skipped. Raises [Failure]. *)
external of_string : string -> int32 = "caml_int32_of_string"

(** As {!of_string}. *)
val of_string_opt : string -> int32 option

(** Decimal digits. *)
val to_string : int32 -> string

(** Bits of a float of the same width (IEEE 754). *)
external bits_of_float : float -> int32 = "caml_int32_bits_of_float" "caml_int32_bits_of_float_unboxed" [@@unboxed] [@@noalloc]

(** The float with these bits. *)
external float_of_bits : int32 -> float = "caml_int32_float_of_bits" "caml_int32_float_of_bits_unboxed" [@@unboxed] [@@noalloc]

(** These integers. *)
type t = int32

(** Order of the integers. *)
val compare : t -> t -> int

(** Order of the numbers without sign. *)
val unsigned_compare : t -> t -> int

(** Same integer. *)
val equal : t -> t -> bool

(** The lesser one. *)
val min : t -> t -> t

(** The greater one. *)
val max : t -> t -> t

(** As {!Hashtbl.seeded_hash}. *)
val seeded_hash : int -> t -> int

(** As {!Hashtbl.hash}. *)
val hash : t -> int
