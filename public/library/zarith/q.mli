(** Rational numbers: fractions in lowest terms, and the special values infinity, minus infinity and undefined. With the interface of
    the library zarith. *)

(** The denominator is not negative; 0 for the special values, whose numerators are 1, -1 and 0. Equal numbers have equal fields. *)
type t = { num : Z.t; den : Z.t }

(** {1 Construction} *)

(** In lowest terms. *)
val make : Z.t -> Z.t -> t

val zero : t
val one : t
val minus_one : t
val inf : t
val minus_inf : t
val undef : t
val of_bigint : Z.t -> t
val of_int : int -> t
val of_int32 : int32 -> t
val of_int64 : int64 -> t
val of_nativeint : nativeint -> t
val of_ints : int -> int -> t

(** Exactly; what is no number is {!undef}. *)
val of_float : float -> t

(** An integer, a fraction [n/d], a decimal number with point and exponent, the same in base 16 with [0x] and an exponent [p] of two, [inf],
    [-inf] or [undef]. Raises [Invalid_argument] for anything else. *)
val of_string : string -> t

(** {1 Inspection} *)

val num : t -> Z.t
val den : t -> Z.t

type kind = ZERO | INF | MINF | UNDEF | NZERO

val classify : t -> kind

(** Neither infinite nor undefined. *)
val is_real : t -> bool

(** 0 for {!undef}, too. *)
val sign : t -> int

(** A total order with {!undef} as the smallest. *)
val compare : t -> t -> int

(** {!undef} is unequal to itself, and so it is in the order relations. *)
val equal : t -> t -> bool

val min : t -> t -> t
val max : t -> t -> t
val leq : t -> t -> bool
val geq : t -> t -> bool
val lt : t -> t -> bool
val gt : t -> t -> bool

(** {1 Conversions} To integers towards zero: [Division_by_zero] for special values, [Z.Overflow] where the result does not fit. *)

val to_bigint : t -> Z.t
val to_int : t -> int
val to_int32 : t -> int32
val to_int64 : t -> int64
val to_nativeint : t -> nativeint
val to_string : t -> string

(** The nearest one, of two the even one. *)
val to_float : t -> float

(** {1 Arithmetic} Never raises: [inf - inf], [0 * inf], [0 / 0] and whatever has an undefined operand are {!undef}. *)

val neg : t -> t
val abs : t -> t
val add : t -> t -> t
val sub : t -> t -> t
val mul : t -> t -> t

(** Of 0: {!inf}. *)
val inv : t -> t

val div : t -> t -> t

(** Times, and divided by, a power of two. *)

val mul_2exp : t -> int -> t
val div_2exp : t -> int -> t

(** {1 Printing} *)

val print : t -> unit
val output : out_channel -> t -> unit
val sprint : unit -> t -> string
val bprint : Buffer.t -> t -> unit
val pp_print : Format.formatter -> t -> unit

(** {1 Operators} *)

val ( ~- ) : t -> t
val ( ~+ ) : t -> t
val ( + ) : t -> t -> t
val ( - ) : t -> t -> t
val ( * ) : t -> t -> t
val ( / ) : t -> t -> t
val ( lsl ) : t -> int -> t
val ( asr ) : t -> int -> t
val ( ~$ ) : int -> t
val ( // ) : int -> int -> t
val ( ~$$ ) : Z.t -> t
val ( /// ) : Z.t -> Z.t -> t
val ( = ) : t -> t -> bool
val ( < ) : t -> t -> bool
val ( > ) : t -> t -> bool
val ( <= ) : t -> t -> bool
val ( >= ) : t -> t -> bool
val ( <> ) : t -> t -> bool
