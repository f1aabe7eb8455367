(** POSIX timestamps with picosecond precision, years 0 to 9999 of the proleptic Gregorian calendar. *)

(** A signed span of time. *)
type span
module Span :
  sig
    type t = span

    (** Days and picoseconds in the day. Raises [Invalid_argument] when they are out of range. *)
    val v : int * int64 -> span

    (** No time. *)
    val zero : span

    (** [None] when out of range. *)
    val of_d_ps : int * int64 -> span option

    (** Unchecked. *)
    val unsafe_of_d_ps : int * int64 -> span
    val unsafe_of_d_ps_option : (int * int64) option -> span option

    (** Days and picoseconds in the day. *)
    val to_d_ps : span -> int * int64

    (** Of seconds. *)
    val of_int_s : int -> span

    (** In whole seconds, rounded down; [None] when they do not fit. *)
    val to_int_s : span -> int option

    (** Of seconds; [None] when out of range. *)
    val of_float_s : float -> span option

    (** In seconds. *)
    val to_float_s : span -> float
    val equal : span -> span -> bool
    val compare : span -> span -> int
    val neg : span -> span
    val add : span -> span -> span
    val sub : span -> span -> span
    val abs : span -> span

    (** To so many decimals of a second. *)
    val round : frac_s:int -> span -> span

    (** Cut to so many decimals of a second. *)
    val truncate : frac_s:int -> span -> span

    (** Below a minute one unit with decimals, otherwise the two largest; rounded. *)
    val pp : Format.formatter -> span -> unit

    (** Days and picoseconds. *)
    val dump : Format.formatter -> span -> unit
  end

(** A moment. *)
type t

(** Days and picoseconds in the day. Raises [Invalid_argument] when they are out of range. *)
val v : int * int64 -> t

(** 1970-01-01 00:00:00 UTC *)
val epoch : t

(** 0000-01-01 00:00:00 UTC *)
val min : t

(** 9999-12-31 23:59:59.999999999999 UTC *)
val max : t

(** Since {!epoch}; [None] when out of range. *)
val of_span : span -> t option

(** Since {!epoch}. *)
val to_span : t -> span

(** Unchecked. *)
val unsafe_of_d_ps : int * int64 -> t

(** Of seconds; [None] when out of range. *)
val of_float_s : float -> t option

(** In seconds. *)
val to_float_s : t -> float

(** Cut to so many decimals of a second. *)
val truncate : frac_s:int -> t -> t

(** The fraction of the second. *)
val frac_s : t -> span
val equal : t -> t -> bool
val compare : t -> t -> int
val is_earlier : t -> than:t -> bool
val is_later : t -> than:t -> bool

(** [None] when out of range. *)
val add_span : t -> span -> t option

(** [None] when out of range. *)
val sub_span : t -> span -> t option

(** [diff a b] is [a - b]. *)
val diff : t -> t -> span
type tz_offset_s = int
type date = int * int * int
type time = (int * int * int) * tz_offset_s

(** [None] when the date or time does not exist; second 60 counts as the next minute. *)
val of_date_time : date * time -> t option

(** In the zone; in UTC where that leaves the calendar. *)
val to_date_time : ?tz_offset_s:tz_offset_s -> t -> date * time

(** Midnight in the zone (by default UTC, as below). *)
val of_date : ?tz_offset_s:tz_offset_s -> date -> t option
val to_date : ?tz_offset_s:tz_offset_s -> t -> date

(** The first midnight of the year in the zone. *)
val of_year : ?tz_offset_s:tz_offset_s -> int -> t option
val to_year : ?tz_offset_s:tz_offset_s -> t -> int
type weekday = [ `Sun | `Mon | `Tue | `Wed | `Thu | `Fri | `Sat ]
val weekday : ?tz_offset_s:tz_offset_s -> t -> weekday

(** From 0, Sunday, to 6, Saturday. *)
val weekday_num : ?tz_offset_s:tz_offset_s -> t -> int
type error_range = int * int
type rfc3339_error =
    [ `Eoi | `Exp_chars of char list | `Invalid_stamp | `Trailing_input ]
val pp_rfc3339_error : Format.formatter -> rfc3339_error -> unit

(** The error as text, with the range of bytes that it concerns. *)
val rfc3339_string_error :
  ('a, [ `RFC3339 of error_range * rfc3339_error ]) result ->
  ('a, string) result
val rfc3339_error_to_msg :
  ('a, [ `RFC3339 of error_range * rfc3339_error ]) result ->
  ('a, [> `Msg of string ]) result

(** Reads a time stamp; gives the zone ([None] for -00:00) and the number of bytes read. [sub]: more may follow. [strict]: no lower case, no blank, no short zone. *)
val of_rfc3339 :
  ?strict:bool ->
  ?sub:bool ->
  ?start:int ->
  string ->
  (t * tz_offset_s option * int,
   [> `RFC3339 of error_range * rfc3339_error ])
  result

(** RFC 3339; without a zone as [-00:00]. *)
val to_rfc3339 :
  ?space:bool -> ?frac_s:int -> ?tz_offset_s:tz_offset_s -> t -> string

(** As {!to_rfc3339}. *)
val pp_rfc3339 :
  ?space:bool ->
  ?frac_s:int ->
  ?tz_offset_s:tz_offset_s -> unit -> Format.formatter -> t -> unit

(** With blanks, for people. *)
val pp_human :
  ?frac_s:int ->
  ?tz_offset_s:tz_offset_s -> unit -> Format.formatter -> t -> unit

(** {!pp_human} in UTC. *)
val pp : Format.formatter -> t -> unit

(** Days and picoseconds. *)
val dump : Format.formatter -> t -> unit
