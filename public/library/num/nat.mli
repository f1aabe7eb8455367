(** Numbers that are not negative. Upstream's module is about the words of such numbers, which are changed in place: what is here is
    what does not depend on that. *)

type nat = Z.t

(** Raise [Failure] for what is no such number, or is too large. *)

val nat_of_int : int -> nat
val int_of_nat : nat -> int
val is_nat_int : nat -> int -> int -> bool
val nat_of_string : string -> nat
val string_of_nat : nat -> string
val float_of_nat : nat -> float
