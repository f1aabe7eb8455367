(** Threads. One runs at a time, until it ends, waits (for a lock, a condition, another thread, a moment, a descriptor, a process) or yields: loops
    that do none of these keep the others from running. *)

(** A thread. *)
type t

(** [create f x] calls [f x] in a new thread, which runs when this one waits. An exception that it raises is reported on the standard error
    output, but for {!Exit}. *)
val create : ('a -> 'b) -> 'a -> t

(** The thread that runs. *)
val self : unit -> t

(** A number that no other thread has. *)
external id : t -> int = "%identity"

(** Raised to end a thread. *)
exception Exit

(** Raises {!Exit}. *)
val exit : unit -> 'a
  [@@ocaml.deprecated "Use 'raise Thread.Exit' instead."]

(** Waits so many seconds. *)
val delay : float -> unit

(** Waits until a thread has ended. *)
val join : t -> unit

(** Lets others run. *)
val yield : unit -> unit

(** Waits at most so many seconds until the descriptor can be read; whether it can. *)
val wait_timed_read : Unix.file_descr -> float -> bool

(** Waits at most so many seconds until the descriptor can be written to; whether it can. *)
val wait_timed_write : Unix.file_descr -> float -> bool

(** {!Unix.select}. *)
val select :
  Unix.file_descr list -> Unix.file_descr list -> Unix.file_descr list -> float -> Unix.file_descr list * Unix.file_descr list * Unix.file_descr list

(** {!Unix.waitpid}. *)
val wait_pid : int -> int * Unix.process_status

(** {!Unix.sigprocmask}: threads have their blocked signals in common. *)
val sigmask : Unix.sigprocmask_command -> int list -> int list

(** Waits until one of these signals comes, which should be blocked; which one. *)
val wait_signal : int list -> int

(** Reports an exception on the standard error output. *)
val default_uncaught_exception_handler : exn -> unit

(** Sets what is done with exceptions that threads raise. *)
val set_uncaught_exception_handler : (exn -> unit) -> unit
