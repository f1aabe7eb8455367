(** Integers of 63 bits, as functions: for functors and for higher-order functions. *)

(** Integers. *)
type t = int

(** 0. *)
val zero : int

(** 1. *)
val one : int

(** −1. *)
val minus_one : int

(** Opposite. *)
external neg : int -> int = "%negint"

(** Sum. *)
external add : int -> int -> int = "%addint"

(** Difference. *)
external sub : int -> int -> int = "%subint"

(** Product. *)
external mul : int -> int -> int = "%mulint"

(** Quotient, rounded towards zero. Raises [Division_by_zero]. *)
external div : int -> int -> int = "%divint"

(** Remainder of {!div}, with the sign of the dividend. Raises [Division_by_zero]. *)
external rem : int -> int -> int = "%modint"

(** One more. *)
external succ : int -> int = "%succint"

(** One less. *)
external pred : int -> int = "%predint"

(** Absolute value; that of {!min_int} is {!min_int}. *)
val abs : int -> int

(** The greatest integer. *)
val max_int : int

(** The least integer. *)
val min_int : int

(** Bitwise and. *)
external logand : int -> int -> int = "%andint"

(** Bitwise or. *)
external logor : int -> int -> int = "%orint"

(** Bitwise exclusive or. *)
external logxor : int -> int -> int = "%xorint"

(** Bitwise complement. *)
val lognot : int -> int

(** Shift to the left by so many bits, fewer than {!Sys.int_size}. *)
external shift_left : int -> int -> int = "%lslint"

(** Shift to the right; the sign's bit comes in. *)
external shift_right : int -> int -> int = "%asrint"

(** Shift to the right; zeros come in. *)
external shift_right_logical : int -> int -> int = "%lsrint"

(** Same integer. *)
val equal : int -> int -> bool

(** Order of the integers. *)
val compare : int -> int -> int

(** The lesser one. *)
val min : int -> int -> int

(** The greater one. *)
val max : int -> int -> int

(** Nearest floating-point number. *)
external to_float : int -> float = "%floatofint"

(** Integer part; unspecified when it does not fit or is not a number. *)
external of_float : float -> int = "%intoffloat"

(** Decimal digits, with a minus sign when negative. *)
val to_string : int -> string

(** As {!Hashtbl.seeded_hash}. *)
val seeded_hash : int -> int -> int

(** As {!Hashtbl.hash}. *)
val hash : int -> int
