(** Durations as unsigned 64-bit counts of nanoseconds: up to 584 years. Conversions to larger units truncate. *)

type t = int64

(** {1 Making} Each raises [Invalid_argument] on a negative count and when the duration is out of range. *)

val of_us : int -> t
val of_us_64 : int64 -> t
val of_ms : int -> t
val of_ms_64 : int64 -> t
val of_sec : int -> t
val of_sec_64 : int64 -> t
val of_min : int -> t
val of_hour : int -> t
val of_day : int -> t

(** A year is 365.25 days. *)
val of_year : int -> t

(** Of seconds. *)
val of_f : float -> t

(** {1 Taking apart} *)

val to_us : t -> int
val to_us_64 : t -> int64
val to_ms : t -> int
val to_ms_64 : t -> int64
val to_sec : t -> int
val to_sec_64 : t -> int64
val to_min : t -> int
val to_hour : t -> int
val to_day : t -> int
val to_year : t -> int

(** In seconds. *)
val to_f : t -> float

(** Prints the one or two largest units. *)
val pp : Format.formatter -> t -> unit

(** Reads numbers with units, each unit at most once: [10ms], [2h], [1d12h]. The units are [ns], [us] (also [µs]), [ms], [s], [m], [h], [d] and
    [y] or [a]. *)
val of_string : string -> (t, [> `Msg of string ]) result

(** As {!of_string}, but raises [Invalid_argument]. *)
val of_string_exn : string -> t
