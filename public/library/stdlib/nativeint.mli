(** Integers of a machine word, boxed where they are stored; arithmetic wraps around. *)

(** 0. *)
val zero : nativeint

(** 1. *)
val one : nativeint

(** −1. *)
val minus_one : nativeint

(** Opposite. *)
external neg : nativeint -> nativeint = "%nativeint_neg"

(** Sum. *)
external add : nativeint -> nativeint -> nativeint = "%nativeint_add"

(** Difference. *)
external sub : nativeint -> nativeint -> nativeint = "%nativeint_sub"

(** Product. *)
external mul : nativeint -> nativeint -> nativeint = "%nativeint_mul"

(** Quotient, rounded towards zero. Raises [Division_by_zero]. *)
external div : nativeint -> nativeint -> nativeint = "%nativeint_div"

(** Quotient of the numbers without sign. Raises [Division_by_zero]. *)
val unsigned_div : nativeint -> nativeint -> nativeint

(** Remainder of {!div}, with the sign of the dividend. Raises [Division_by_zero]. *)
external rem : nativeint -> nativeint -> nativeint = "%nativeint_mod"

(** Remainder of {!unsigned_div}. Raises [Division_by_zero]. *)
val unsigned_rem : nativeint -> nativeint -> nativeint

(** One more. *)
val succ : nativeint -> nativeint

(** One less. *)
val pred : nativeint -> nativeint

(** Absolute value; that of {!min_int} is {!min_int}. *)
val abs : nativeint -> nativeint

(** Number of bits. *)
val size : int

(** The greatest integer. *)
val max_int : nativeint

(** The least integer. *)
val min_int : nativeint

(** Bitwise and. *)
external logand : nativeint -> nativeint -> nativeint = "%nativeint_and"

(** Bitwise or. *)
external logor : nativeint -> nativeint -> nativeint = "%nativeint_or"

(** Bitwise exclusive or. *)
external logxor : nativeint -> nativeint -> nativeint = "%nativeint_xor"

(** Bitwise complement. *)
val lognot : nativeint -> nativeint

(** Shift to the left by fewer bits than an integer has. *)
external shift_left : nativeint -> int -> nativeint = "%nativeint_lsl"

(** Shift to the right; the sign's bit comes in. *)
external shift_right : nativeint -> int -> nativeint = "%nativeint_asr"

(** Shift to the right; zeros come in. *)
external shift_right_logical : nativeint -> int -> nativeint = "%nativeint_lsr"

(** The integer. *)
external of_int : int -> nativeint = "%nativeint_of_int"

(** The lowest bits. *)
external to_int : nativeint -> int = "%nativeint_to_int"

(** The number without sign, if it is an integer. *)
val unsigned_to_int : nativeint -> int option

(** Integer part; unspecified when it does not fit. *)
external of_float : float -> nativeint = "caml_nativeint_of_float" "caml_nativeint_of_float_unboxed" [@@unboxed] [@@noalloc]

(** Nearest floating-point number. *)
external to_float : nativeint -> float = "caml_nativeint_to_float" "caml_nativeint_to_float_unboxed" [@@unboxed] [@@noalloc]

(** The integer. *)
external of_int32 : int32 -> nativeint = "%nativeint_of_int32"

(** The lowest bits. *)
external to_int32 : nativeint -> int32 = "%nativeint_to_int32"

(** Number written in decimal, or after [0x], [0o], [0b] or [0u]; underscores are skipped. Raises [Failure]. *)
external of_string : string -> nativeint = "caml_nativeint_of_string"

(** As {!of_string}. *)
val of_string_opt : string -> nativeint option

(** Decimal digits. *)
val to_string : nativeint -> string

(** These integers. *)
type t = nativeint

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
