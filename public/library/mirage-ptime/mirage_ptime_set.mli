(** A wall clock that stands until it is set: a program that uses this module has it in place of the machine's. It begins at the epoch. *)

(** Days since 1970-01-01 and picoseconds in the day. *)
val set : int * int64 -> unit

(** The offset from UTC in seconds; none at first, as there is no period. *)
val set_tz_offset : int option -> unit

val set_period : (int * int64) option -> unit

(** {1 What was set} *)

val now : (int * int64) ref
val tz_off : int option ref
val period : (int * int64) option ref
