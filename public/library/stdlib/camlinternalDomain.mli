(** Domains as fibers of one processor; for {!Domain}, {!Mutex} and their like. *)

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

(** Lets another domain run; false when there is none that can. *)
val yield : unit -> bool

(** Waits until a condition holds, which other domains must bring about. Raises [Failure] with the name given when none is there. *)
val wait_until : string -> (unit -> bool) -> unit

(** Runs a function, which must not raise, in a new domain with the given local values. *)
val spawn : Obj.t array -> (unit -> unit) -> state
