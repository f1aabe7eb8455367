(** Settings of the arithmetic of rationals. *)

(** Prints them. *)
val arith_status : unit -> unit

(** Whether a denominator of zero is an error; at first it is. *)
val get_error_when_null_denominator : unit -> bool

val set_error_when_null_denominator : bool -> unit

(** Rationals are always in lowest terms here, whatever this says. *)
val get_normalize_ratio : unit -> bool

val set_normalize_ratio : bool -> unit
val get_normalize_ratio_when_printing : unit -> bool
val set_normalize_ratio_when_printing : bool -> unit

(** Whether rationals are printed as decimal fractions; at first they are not. *)
val get_approx_printing : unit -> bool

val set_approx_printing : bool -> unit

(** How many digits then; 12 at first. *)
val get_floating_precision : unit -> int

val set_floating_precision : int -> unit
