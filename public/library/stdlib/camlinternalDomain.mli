(** Domains and threads as fibers of one processor; for {!Domain}, {!Mutex}, {!Thread} and their like. A task loses its turn only where it waits or yields. *)

type state = {
  id : int;
  mutable locals : Obj.t array;
  mutable at_exit : (unit -> unit) list;
}

(** The local value of a key that has none, told by its address. *)
val unset : Obj.t

(** The main program's domain. *)
val main : state

(** The domain that runs. *)
val current : state ref

(** Whether {!spawn} was called. *)
val spawned_any : bool ref

(** A domain's own task or a thread: its number, 0 for the main program's, and the domain. *)
type task = { number : int; state : state }

(** The main program. *)
val main_task : task

(** The task that runs. *)
val current_task : task ref

(** Whether no other task can run. *)
val is_alone : unit -> bool

(** Lets the other tasks run. *)
val yield : unit -> unit

(** Sleeps until something that a task waits for may have come from outside of the program; the result is false when no task waits for such. *)
val idle : (unit -> bool) ref

(** Waits until a condition holds, which other tasks or {!idle} must bring about. Raises [Failure] with the name given when none can. *)
val wait_until : string -> (unit -> bool) -> unit

(** Runs a function, which must not raise, in a new domain with the given local values. *)
val spawn : Obj.t array -> (unit -> unit) -> state

(** Runs a function, which must not raise, in a new thread of the domain, when it is its turn. *)
val spawn_thread : (task -> unit) -> task
