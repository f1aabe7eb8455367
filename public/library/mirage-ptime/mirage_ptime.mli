(** The wall clock (POSIX time: days of 86,400 seconds). *)

val now : unit -> Ptime.t

(** The current time as days since 1970-01-01 and picoseconds in the day. *)
val now_d_ps : unit -> int * int64

(** The clock's period, if known. *)
val period : unit -> Ptime.span option

val period_d_ps : unit -> (int * int64) option

(** The local zone's offset from UTC in seconds, if the machine knows it. *)
val current_tz_offset_s : unit -> int option
