(** The machine's wall clock: that of [Mirage_ptime]. *)

val now : unit -> Ptime.t

(** The clock's period, if known. *)
val period : unit -> Ptime.span option

(** The local zone, if the machine knows it. *)
val current_tz_offset_s : unit -> Ptime.tz_offset_s option

val now_d_ps : unit -> int * int64
val period_d_ps : unit -> (int * int64) option
