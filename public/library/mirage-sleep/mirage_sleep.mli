(** Sleeping. *)

(** A promise fulfilled after so many nanoseconds. It may be cancelled. *)
val ns : int64 -> unit Lwt.t

(** {1 For main loops} *)

(** One that sleeps: until when (monotonic nanoseconds), whether it was cancelled, what wakes it. *)
type t = Morgana_os.Time.sleeper = { time : int64; mutable canceled : bool; thread : unit Lwt.u }

(** Those that began to sleep since the last call. *)
val new_sleepers : unit -> t list
