(** The monotonic clock of the machine. *)

(** The time since the program began. *)
val elapsed : unit -> Mtime.span

val elapsed_ns : unit -> int64
val now : unit -> Mtime.t
val now_ns : unit -> int64

(** {1 Measuring} *)

type counter

val counter : unit -> counter

(** The time since the counter was made. *)
val count : counter -> Mtime.span

(** The clock's period, if known. *)
val period : unit -> Mtime.span option

val period_ns : unit -> int64 option
