(** A monotonic clock that stands until it is moved: a program that uses this module has it in place of the machine's. It begins at 0. *)

(** The time in nanoseconds. *)
val now : int64 ref

(** Moves it by a nanosecond, by so many. *)
val tick : unit -> unit

val tick_for : int64 -> unit

(** Back to 0. *)
val reset : unit -> unit
