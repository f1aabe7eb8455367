(** The main loop. *)

(** Runs until the promise is resolved; its value, or raises its exception. Raises [Failure] inside of itself. *)
val run : 'a Lwt.t -> 'a

(** {!Lwt.pause}. *)
val yield : unit -> unit Lwt.t
  [@@deprecated "Use Lwt.pause instead"]

(** Forgets what waits for the next round of the loop, in a process that was just copied. *)
val abandon_yielded_and_paused : unit -> unit

(** Functions that are called at some occasion. *)
module type Hooks = sig
  (** What a function gives. *)
  type 'return_value kind

  (** A function that was added. *)
  type hook

  (** Adds one in front. *)
  val add_first : (unit -> unit kind) -> hook

  (** Adds one at the end. *)
  val add_last : (unit -> unit kind) -> hook

  (** Takes one away. *)
  val remove : hook -> unit

  (** Takes all away. *)
  val remove_all : unit -> unit
end

(** Before each round. *)
module Enter_iter_hooks : Hooks with type 'return_value kind = 'return_value

(** After each round. *)
module Leave_iter_hooks : Hooks with type 'return_value kind = 'return_value

(** When the program ends. *)
module Exit_hooks : Hooks with type 'return_value kind = 'return_value Lwt.t

(** Adds a function in front of those for the program's end. *)
val at_exit : (unit -> unit Lwt.t) -> unit

(** {1 The same, as sequences} *)

val enter_iter_hooks : (unit -> unit) Lwt_sequence.t
  [@@deprecated "Use Lwt_main.Enter_iter_hooks"]

val leave_iter_hooks : (unit -> unit) Lwt_sequence.t
  [@@deprecated "Use Lwt_main.Leave_iter_hooks"]

val exit_hooks : (unit -> unit Lwt.t) Lwt_sequence.t
  [@@deprecated "Use Lwt_main.Exit_hooks"]
