(** Conditions: promises that wait for a signal, which may carry a value. *)

type 'a t

val create : unit -> 'a t

(** Waits for a signal; [mutex] is released meanwhile and held again after. *)
val wait : ?mutex:Lwt_mutex.t -> 'a t -> 'a Lwt.t

(** Wakes the one that has waited longest; the value is lost when nobody waits. *)
val signal : 'a t -> 'a -> unit

(** Wakes all that wait. *)
val broadcast : 'a t -> 'a -> unit

(** Makes all that wait fail. *)
val broadcast_exn : 'a t -> exn -> unit
