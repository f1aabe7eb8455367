(** The main loop of a unikernel: it runs promises, halts the processor until the next deadline or input from the console, and ends when
    the program's promise is resolved. *)

module Time : sig
  (** One that sleeps: until when (monotonic nanoseconds), whether it was cancelled, what wakes it. *)
  type sleeper = { time : int64; mutable canceled : bool; thread : unit Lwt.u }

  (** Monotonic nanoseconds. *)
  val now : unit -> int64

  (** A promise fulfilled after so many nanoseconds. *)
  val sleep_ns : int64 -> unit Lwt.t

  (** Those that began to sleep since the last call. *)
  val new_sleepers : unit -> sleeper list
end

module Console_input : sig
  (** A promise fulfilled when the console has input (or is at its end). *)
  val readable : unit -> unit Lwt.t
end

(** What runs around the main loop's rounds and at the end. *)
module Hooks : sig
  val at_exit : (unit -> unit Lwt.t) -> unit
  val at_enter_iter : (unit -> unit) -> unit
  val at_leave_iter : (unit -> unit) -> unit

  (** Runs the hooks of the end, each once, the last first. What one raises stops none of the others. *)
  val run_exit : unit -> unit Lwt.t

  val run_enter : unit -> unit
  val run_leave : unit -> unit
end

module Main : sig
  (** The promise is pending and nothing can ever resolve it. *)
  exception Deadlock

  (** Runs until the promise is resolved; raises what it is rejected with. *)
  val run : unit Lwt.t -> unit
end
