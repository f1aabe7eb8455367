(** Integers of 64 bits, boxed where they are stored; arithmetic wraps around. *)

(** 0. *)
val zero : int64

(** 1. *)
val one : int64

(** −1. *)
val minus_one : int64

(** Opposite. *)
external neg : int64 -> int64 = "%int64_neg"

(** Sum. *)
external add : int64 -> int64 -> int64 = "%int64_add"

(** Difference. *)
external sub : int64 -> int64 -> int64 = "%int64_sub"

(** Product. *)
external mul : int64 -> int64 -> int64 = "%int64_mul"

(** Quotient, rounded towards zero. Raises [Division_by_zero]. *)
external div : int64 -> int64 -> int64 = "%int64_div"

(** Quotient of the numbers without sign. Raises [Division_by_zero]. *)
val unsigned_div : int64 -> int64 -> int64

(** Remainder of {!div}, with the sign of the dividend. Raises [Division_by_zero]. *)
external rem : int64 -> int64 -> int64 = "%int64_mod"

(** Remainder of {!unsigned_div}. Raises [Division_by_zero]. *)
val unsigned_rem : int64 -> int64 -> int64

(** One more. *)
val succ : int64 -> int64

(** One less. *)
val pred : int64 -> int64

(** Absolute value; that of {!min_int} is {!min_int}. *)
val abs : int64 -> int64

(** The greatest integer. *)
val max_int : int64

(** The least integer. *)
val min_int : int64

(** Bitwise and. *)
external logand : int64 -> int64 -> int64 = "%int64_and"

(** Bitwise or. *)
external logor : int64 -> int64 -> int64 = "%int64_or"

(** Bitwise exclusive or. *)
external logxor : int64 -> int64 -> int64 = "%int64_xor"

(** Bitwise complement. *)
val lognot : int64 -> int64

(** Shift to the left by fewer bits than an integer has. *)
external shift_left : int64 -> int -> int64 = "%int64_lsl"

(** Shift to the right; the sign's bit comes in. *)
external shift_right : int64 -> int -> int64 = "%int64_asr"

(** Shift to the right; zeros come in. *)
external shift_right_logical : int64 -> int -> int64 = "%int64_lsr"

(** The integer. *)
external of_int : int -> int64 = "%int64_of_int"

(** The lowest bits. *)
external to_int : int64 -> int = "%int64_to_int"

(** The number without sign, if it is an integer. *)
val unsigned_to_int : int64 -> int option

(** Integer part; unspecified when it does not fit. *)
external of_float : float -> int64 = "caml_int64_of_float" "caml_int64_of_float_unboxed" [@@unboxed] [@@noalloc]

(** Nearest floating-point number. *)
external to_float : int64 -> float = "caml_int64_to_float" "caml_int64_to_float_unboxed" [@@unboxed] [@@noalloc]

(** The integer. *)
external of_int32 : int32 -> int64 = "%int64_of_int32"

(** The lowest bits. *)
external to_int32 : int64 -> int32 = "%int64_to_int32"

(** The integer. *)
external of_nativeint : nativeint -> int64 = "%int64_of_nativeint"

(** The integer. *)
external to_nativeint : int64 -> nativeint = "%int64_to_nativeint"

(** Number written in decimal, or after [0x], [0o], [0b] or [0u]; underscores are skipped. Raises [Failure]. *)
external of_string : string -> int64 = "caml_int64_of_string"

(** As {!of_string}. *)
val of_string_opt : string -> int64 option

(** Decimal digits. *)
val to_string : int64 -> string

(** Bits of a float of the same width (IEEE 754). *)
external bits_of_float : float -> int64 = "caml_int64_bits_of_float" "caml_int64_bits_of_float_unboxed" [@@unboxed] [@@noalloc]

(** The float with these bits. *)
external float_of_bits : int64 -> float = "caml_int64_float_of_bits" "caml_int64_float_of_bits_unboxed" [@@unboxed] [@@noalloc]

(** These integers. *)
type t = int64

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
