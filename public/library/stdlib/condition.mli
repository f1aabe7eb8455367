(** Conditions that domains wait for. *)

(** A condition. *)
type t

(** A new one. *)
val create : unit -> t

(** Gives the lock back, waits for a signal, and takes the lock again. *)
val wait : t -> Mutex.t -> unit

(** Wakes one that waits. *)
val signal : t -> unit

(** Wakes all that wait. *)
val broadcast : t -> unit
