(** Monotonic time: spans and stamps in nanoseconds. *)

module Span : sig
  (** At most 2^64 - 1 nanoseconds, about 584 Julian years. *)
  type t

  val zero : t

  (** One nanosecond. *)
  val one : t

  val min_span : t
  val max_span : t
  val equal : t -> t -> bool
  val compare : t -> t -> int
  val is_shorter : t -> than:t -> bool
  val is_longer : t -> than:t -> bool
  val abs_diff : t -> t -> t

  (** Wraps around. *)
  val add : t -> t -> t

  (** {1 Units} *)

  val ns : t
  val us : t
  val ms : t
  val s : t
  val min : t
  val hour : t

  (** 86,400 seconds *)
  val day : t

  (** 365.25 days *)
  val year : t

  (** So many times a span; wraps around. *)
  val ( * ) : int -> t -> t

  (** {1 Conversions} *)

  val of_uint64_ns : int64 -> t
  val unsafe_of_uint64_ns_option : int64 option -> t option
  val to_uint64_ns : t -> int64

  (** [None] when negative, not a number, or more than 2^53. *)
  val of_float_ns : float -> t option

  val to_float_ns : t -> float

  (** With a unit that fits, three digits at most, rounded up. *)
  val pp : Format.formatter -> t -> unit

  val dump : Format.formatter -> t -> unit
end

type span = Span.t

(** Nanoseconds since some moment. *)
type t

val to_uint64_ns : t -> int64
val of_uint64_ns : int64 -> t
val min_stamp : t
val max_stamp : t
val equal : t -> t -> bool
val compare : t -> t -> int
val is_earlier : t -> than:t -> bool
val is_later : t -> than:t -> bool

(** The time between the two. *)
val span : t -> t -> span

(** [None] when out of range. *)
val add_span : t -> span -> t option

val sub_span : t -> span -> t option
val pp : Format.formatter -> t -> unit
val dump : Format.formatter -> t -> unit
