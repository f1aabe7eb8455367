(** Complex numbers. *)

(** Real and imaginary part. *)
type t = { re: float; im: float }

(** 0. *)
val zero : t

(** 1. *)
val one : t

(** i. *)
val i : t

(** Opposite. *)
val neg : t -> t

(** Conjugate. *)
val conj : t -> t

(** Sum. *)
val add : t -> t -> t

(** Difference. *)
val sub : t -> t -> t

(** Product. *)
val mul : t -> t -> t

(** Reciprocal. *)
val inv : t -> t

(** Quotient. *)
val div : t -> t -> t

(** The square root whose real part is positive, or zero and whose imaginary part is not negative. *)
val sqrt : t -> t

(** Square of the absolute value. *)
val norm2 : t -> float

(** Absolute value. *)
val norm : t -> float

(** Angle to the positive real axis, from −π to π. *)
val arg : t -> float

(** Number of an absolute value and an angle. *)
val polar : float -> float -> t

(** Exponential. *)
val exp : t -> t

(** Principal value of the logarithm. *)
val log : t -> t

(** Power. *)
val pow : t -> t -> t
