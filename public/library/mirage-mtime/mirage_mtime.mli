(** The monotonic clock: never goes back, whatever is done to the wall clock. *)

(** Nanoseconds since some fixed moment before the program began. *)
val elapsed_ns : unit -> int64

(** The clock's period in nanoseconds, if known. *)
val period_ns : unit -> int64 option
