(** Integers of any size. With the interface of the library zarith, version 1.12 to 1.14; the limits are those of memory. *)

type t

(** A result does not fit: a conversion, or a count of infinitely many bits. *)
exception Overflow

(** {1 Construction} *)

val zero : t
val one : t
val minus_one : t
external of_int : int -> t = "%identity"
val of_int32 : int32 -> t
val of_int64 : int64 -> t
val of_nativeint : nativeint -> t

(** Of [0 .. 2{^32} - 1], [0 .. 2{^64} - 1], ...: the bits without sign. *)

val of_int32_unsigned : int32 -> t
val of_int64_unsigned : int64 -> t
val of_nativeint_unsigned : nativeint -> t

(** Towards zero. Raises {!Overflow} for what is no number or infinite. *)
val of_float : float -> t

(** A sign, a prefix [0x], [0o] or [0b], and digits, with underscores between them; 0 where there are no digits. Raises [Invalid_argument]
    for anything else. *)
val of_string : string -> t

val of_substring : string -> pos:int -> len:int -> t

(** In a base from 2 to 16, without a prefix. *)
val of_string_base : int -> string -> t

val of_substring_base : int -> string -> pos:int -> len:int -> t

(** {1 Arithmetic} Divisions raise [Division_by_zero]. *)

val succ : t -> t
val pred : t -> t
val abs : t -> t
val neg : t -> t
val add : t -> t -> t
val sub : t -> t -> t
val mul : t -> t -> t

(** Towards zero; the remainder has the dividend's sign. *)

val div : t -> t -> t
val rem : t -> t -> t
val div_rem : t -> t -> t * t

(** Towards positive and negative infinity. *)

val cdiv : t -> t -> t
val fdiv : t -> t -> t

(** The remainder is never negative. *)

val ediv_rem : t -> t -> t * t
val ediv : t -> t -> t
val erem : t -> t -> t

(** Where the remainder is zero. *)
val divexact : t -> t -> t

(** Whether the second number divides the first one. *)
val divisible : t -> t -> bool

(** Whether the first two numbers are equal modulo the third one; modulo zero, whether they are equal. *)
val congruent : t -> t -> t -> bool

(** {1 Bits} Negative numbers are in two's complement with infinitely many ones. *)

val logand : t -> t -> t
val logor : t -> t -> t
val logxor : t -> t -> t
val lognot : t -> t
val shift_left : t -> int -> t

(** Rounds towards negative infinity. *)
val shift_right : t -> int -> t

(** Rounds towards zero. *)
val shift_right_trunc : t -> int -> t

(** Of the absolute value; 0 for 0. *)
val numbits : t -> int

(** [max_int] for 0. *)
val trailing_zeros : t -> int

val testbit : t -> int -> bool

(** Raises {!Overflow} for negative numbers. *)
val popcount : t -> int

(** In how many bits two numbers differ; {!Overflow} when their signs do. *)
val hamdist : t -> t -> int

(** {1 Conversions} They raise {!Overflow} where the number does not fit. *)

val to_int : t -> int
val to_int32 : t -> int32
val to_int64 : t -> int64
val to_nativeint : t -> nativeint
val to_int32_unsigned : t -> int32
val to_int64_unsigned : t -> int64
val to_nativeint_unsigned : t -> nativeint

(** The nearest one, of two the even one. *)
val to_float : t -> float

val to_string : t -> string

(** By a format [%[flags][width]type] with a type among [i d u b o x X] and flags [+], space, [-], [0], [#]. *)
val format : string -> t -> string

val fits_int : t -> bool
val fits_int32 : t -> bool
val fits_int64 : t -> bool
val fits_nativeint : t -> bool
val fits_int32_unsigned : t -> bool
val fits_int64_unsigned : t -> bool
val fits_nativeint_unsigned : t -> bool

(** {1 Printing} In base 10. *)

val print : t -> unit
val output : out_channel -> t -> unit
val sprint : unit -> t -> string
val bprint : Buffer.t -> t -> unit
val pp_print : Format.formatter -> t -> unit

(** {1 Ordering} As polymorphic comparison and hashing have it. *)

val compare : t -> t -> int
val equal : t -> t -> bool
val leq : t -> t -> bool
val geq : t -> t -> bool
val lt : t -> t -> bool
val gt : t -> t -> bool
val sign : t -> int
val min : t -> t -> t
val max : t -> t -> t
val is_even : t -> bool
val is_odd : t -> bool
val hash : t -> int
val seeded_hash : int -> t -> int

(** {1 Number theory} *)

(** Never negative. *)
val gcd : t -> t -> t

(** The greatest common divisor and factors of the two numbers whose products sum up to it. *)
val gcdext : t -> t -> t * t * t

val lcm : t -> t -> t

(** [powm base exponent modulus]. For a negative exponent of the inverse, which raises [Division_by_zero] where there is none. *)
val powm : t -> t -> t -> t

(** For positive exponents and odd moduli. {b Not} in constant time. *)
val powm_sec : t -> t -> t -> t

(** The inverse modulo the second number; [Division_by_zero] where there is none. *)
val invert : t -> t -> t

(** 0: composite, 1: probably prime (that many rounds of Miller and Rabin's test were passed), 2: prime. *)
val probab_prime : t -> int -> int

(** The next larger (very probable) prime. *)
val nextprime : t -> t

val jacobi : t -> t -> int
val legendre : t -> t -> int
val kronecker : t -> t -> int

(** Without all factors of a kind, and how many there were. *)
val remove : t -> t -> t * int

(** Factorials: 1 2 3 ... n, n (n - 2) ..., n (n - m) .... *)

val fac : int -> t
val fac2 : int -> t
val facM : int -> int -> t

(** The product of the primes up to a number. *)
val primorial : int -> t

(** Binomial coefficients. *)
val bin : t -> int -> t

val fib : int -> t
val lucnum : int -> t

(** {1 Powers} *)

(** The exponent must not be negative. *)
val pow : t -> int -> t

(** Roots, towards zero; [Invalid_argument] for even ones of negative numbers. *)

val sqrt : t -> t
val sqrt_rem : t -> t * t
val root : t -> int -> t
val rootrem : t -> int -> t * t

val perfect_power : t -> bool
val perfect_square : t -> bool

(** Of positive numbers, rounded down and up; [Invalid_argument] for others. *)

val log2 : t -> int
val log2up : t -> int

(** {1 Representation} *)

(** In machine words. *)
val size : t -> int

(** [extract t offset length]: bits as a number that is not negative. *)
val extract : t -> int -> int -> t

(** The same, the uppermost bit being a sign. *)
val signed_extract : t -> int -> int -> t

(** The absolute value's bytes, the lowest one first, and back. *)

val to_bits : t -> string
val of_bits : string -> t

(** {1 Operators} *)

val ( ~- ) : t -> t
val ( ~+ ) : t -> t
val ( + ) : t -> t -> t
val ( - ) : t -> t -> t
val ( * ) : t -> t -> t
val ( / ) : t -> t -> t
val ( /> ) : t -> t -> t
val ( /< ) : t -> t -> t
val ( /| ) : t -> t -> t
val ( mod ) : t -> t -> t
val ( land ) : t -> t -> t
val ( lor ) : t -> t -> t
val ( lxor ) : t -> t -> t
val ( ~! ) : t -> t
val ( lsl ) : t -> int -> t
val ( asr ) : t -> int -> t
external ( ~$ ) : int -> t = "%identity"
val ( ** ) : t -> int -> t

module Compare : sig
  val ( = ) : t -> t -> bool
  val ( < ) : t -> t -> bool
  val ( > ) : t -> t -> bool
  val ( <= ) : t -> t -> bool
  val ( >= ) : t -> t -> bool
  val ( <> ) : t -> t -> bool
end

(** {1 Random numbers} Each bit, or each number, is as likely as any other when the bytes are. *)

(** [random_bits n]: at least 0 and below 2{^n}. Raises [Invalid_argument] when [n] is negative. *)
val random_bits : ?rng:Random.State.t -> int -> t

(** [random_int n]: at least 0 and below [n]. Raises [Invalid_argument] unless [n] is positive. *)
val random_int : ?rng:Random.State.t -> t -> t

(** As {!random_bits}, from the bytes that [fill b offset length] writes into [b]. *)
val random_bits_gen : fill:(bytes -> int -> int -> unit) -> int -> t

val random_int_gen : fill:(bytes -> int -> int -> unit) -> t -> t
val version : string

(** The number as a floating-point number when [exact]; else one that lies between it and its neighbours, for rounding once more. *)
val round_to_float : t -> bool -> float
