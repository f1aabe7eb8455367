(** Switches: hooks that run when a group of resources is turned off. *)

type t

exception Off

val create : unit -> t
val is_on : t -> bool

(** Runs all hooks at once and waits for them. Does nothing the second time. *)
val turn_off : t -> unit Lwt.t

(** Turns the switch off when the promise of the function is resolved. *)
val with_switch : (t -> 'a Lwt.t) -> 'a Lwt.t

(** Raises {!Off} if the switch is off. *)
val check : t option -> unit

(** Raises {!Off} if the switch is off. Does nothing without a switch. *)
val add_hook : t option -> (unit -> unit Lwt.t) -> unit

(** As {!add_hook}; runs the hook at once if the switch is off. *)
val add_hook_or_exec : t option -> (unit -> unit Lwt.t) -> unit Lwt.t
