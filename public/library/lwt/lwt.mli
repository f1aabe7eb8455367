(** Promises: values that become known later, and the control flow around them.

    Callbacks on a promise that is resolved already run at once; there is one thread of control, and it passes on only at promises
    that are still pending. *)

(** A promise for a value of type ['a]. *)
type +'a t

(** The other end of a promise made by {!wait} or {!task}: what resolves it. *)
type -'a u

(** {1 Making promises} *)

(** A promise already fulfilled with the value. *)
val return : 'a -> 'a t

(** A promise already rejected with the exception. *)
val fail : exn -> 'a t

(** Raises the exception again, as part of its backtrace: for the handlers of {!catch} and {!try_bind}. *)
external reraise : exn -> 'a = "%reraise"

(** A pending promise that {!cancel} leaves alone, and its resolver. *)
val wait : unit -> 'a t * 'a u

(** A pending promise that {!cancel} rejects with {!Canceled}, and its resolver. *)
val task : unit -> 'a t * 'a u

(** {1 Resolving} Each raises [Invalid_argument] when the promise is resolved already, except when it was cancelled: then it does
    nothing. The [later] forms delay callbacks until the current ones are done. *)

val wakeup_later : 'a u -> 'a -> unit
val wakeup_later_exn : _ u -> exn -> unit
val wakeup : 'a u -> 'a -> unit
val wakeup_exn : _ u -> exn -> unit

(** {1 Sequencing} *)

(** [bind p f] waits for [p] and goes on with the promise of [f]. A rejection of [p] passes through. *)
val bind : 'a t -> ('a -> 'b t) -> 'b t

(** [map f p] is fulfilled with [f v] once [p] is with [v]. *)
val map : ('a -> 'b) -> 'a t -> 'b t

(** [catch f h] is [f ()], or [h e] when that raises or is rejected with [e]. *)
val catch : (unit -> 'a t) -> (exn -> 'a t) -> 'a t

(** [finalize f c] is [f ()] with [c ()] run and awaited after it in any case. *)
val finalize : (unit -> 'a t) -> (unit -> unit t) -> 'a t

(** [try_bind f g h]: [g] for the value of [f ()], [h] for its exception. *)
val try_bind : (unit -> 'a t) -> ('a -> 'b t) -> (exn -> 'b t) -> 'b t

(** Runs [f ()] without waiting for it; a rejection goes to {!async_exception_hook}. *)
val async : (unit -> unit t) -> unit

(** Runs [f ()] without waiting for it; a rejection goes to the handler. *)
val dont_wait : (unit -> unit t) -> (exn -> unit) -> unit

(** {1 Several promises} *)

(** Waits for both. Rejected if one is, but only when both are resolved. *)
val both : 'a t -> 'b t -> ('a * 'b) t

(** Waits for all; rejected with the first rejection seen, but only when all are resolved. *)
val join : unit t list -> unit t

(** The values of all promises, in order; rejected as {!join}. *)
val all : 'a t list -> 'a list t

(** The first promise to be resolved, the others cancelled. Raises [Invalid_argument] on the empty list. *)
val pick : 'a t list -> 'a t

(** The first promise to be resolved. Raises [Invalid_argument] on the empty list. *)
val choose : 'a t list -> 'a t

(** The values of all that are fulfilled when the first is, the others cancelled. *)
val npick : 'a t list -> 'a list t

(** The values of all that are fulfilled when the first is. *)
val nchoose : 'a t list -> 'a list t

(** As {!nchoose}, with the promises that are still pending. *)
val nchoose_split : 'a t list -> ('a list * 'a t list) t

(** {1 Cancelling} *)

(** What a cancelled promise is rejected with. *)
exception Canceled

(** Rejects the pending promises that [p] waits for and that {!task} (or {!protected}, {!pause}) made. *)
val cancel : _ t -> unit

(** Calls the function if the promise is cancelled, before other callbacks. *)
val on_cancel : _ t -> (unit -> unit) -> unit

(** A promise with the same outcome; cancelling it does not reach the given one. *)
val protected : 'a t -> 'a t

(** As {!protected}, and itself not to be cancelled. *)
val no_cancel : 'a t -> 'a t

(** A promise resolved like the given one; cancelling it rejects it at once and cancels the given one too. *)
val wrap_in_cancelable : 'a t -> 'a t

(** {1 Operators} *)

module Infix : sig
  (** {!bind} *)
  val ( >>= ) : 'a t -> ('a -> 'b t) -> 'b t

  (** {!map}, promise first *)
  val ( >|= ) : 'a t -> ('a -> 'b) -> 'b t

  (** {!join} of two *)
  val ( <&> ) : unit t -> unit t -> unit t

  (** {!choose} of two *)
  val ( <?> ) : 'a t -> 'a t -> 'a t

  (** {!bind}, function first *)
  val ( =<< ) : ('a -> 'b t) -> 'a t -> 'b t

  (** {!map} *)
  val ( =|< ) : ('a -> 'b) -> 'a t -> 'b t

  (** Composition from left to right *)
  val ( >=> ) : ('a -> 'b t) -> ('b -> 'c t) -> 'a -> 'c t

  (** Composition from right to left *)
  val ( <=< ) : ('b -> 'c t) -> ('a -> 'b t) -> 'a -> 'c t

  (** For [ppx_let]. *)
  module Let_syntax : sig
    val return : 'a -> 'a t
    val map : 'a t -> f:('a -> 'b) -> 'b t
    val bind : 'a t -> f:('a -> 'b t) -> 'b t
    val both : 'a t -> 'b t -> ('a * 'b) t

    module Open_on_rhs : sig end
  end
end

module Let_syntax : sig
  val return : 'a -> 'a t
  val map : 'a t -> f:('a -> 'b) -> 'b t
  val bind : 'a t -> f:('a -> 'b t) -> 'b t
  val both : 'a t -> 'b t -> ('a * 'b) t

  module Open_on_rhs : sig end

  (** The same, found where [Let_syntax] is opened. *)
  module Let_syntax : sig
    val return : 'a -> 'a t
    val map : 'a t -> f:('a -> 'b) -> 'b t
    val bind : 'a t -> f:('a -> 'b t) -> 'b t
    val both : 'a t -> 'b t -> ('a * 'b) t

    module Open_on_rhs : sig end
  end
end

module Syntax : sig
  (** {!bind} *)
  val ( let* ) : 'a t -> ('a -> 'b t) -> 'b t

  (** {!both} *)
  val ( and* ) : 'a t -> 'b t -> ('a * 'b) t

  (** {!map} *)
  val ( let+ ) : 'a t -> ('a -> 'b) -> 'b t

  (** {!both} *)
  val ( and+ ) : 'a t -> 'b t -> ('a * 'b) t
end

val ( >>= ) : 'a t -> ('a -> 'b t) -> 'b t
val ( >|= ) : 'a t -> ('a -> 'b) -> 'b t
val ( <?> ) : 'a t -> 'a t -> 'a t
val ( <&> ) : unit t -> unit t -> unit t
val ( =<< ) : ('a -> 'b t) -> 'a t -> 'b t
val ( =|< ) : ('a -> 'b) -> 'a t -> 'b t

(** {1 Ready promises} *)

val return_unit : unit t
val return_none : _ option t
val return_some : 'a -> 'a option t
val return_nil : _ list t
val return_true : bool t
val return_false : bool t
val return_ok : 'a -> ('a, _) Result.t t
val return_error : 'e -> (_, 'e) Result.t t

(** Rejected with [Failure]. *)
val fail_with : string -> 'a t

(** Rejected with [Invalid_argument]. *)
val fail_invalid_arg : string -> 'a t

(** {1 Results} *)

type nonrec 'a result = ('a, exn) result

val of_result : 'a result -> 'a t
val wakeup_result : 'a u -> 'a result -> unit
val wakeup_later_result : 'a u -> 'a result -> unit

(** {1 State} *)

type 'a state = Return of 'a | Fail of exn | Sleep

val state : 'a t -> 'a state

(** Whether the promise is pending. *)
val is_sleeping : 'a t -> bool

(** {1 Callbacks} Exceptions that they raise go to {!async_exception_hook}. *)

val on_success : 'a t -> ('a -> unit) -> unit
val on_failure : _ t -> (exn -> unit) -> unit
val on_termination : _ t -> (unit -> unit) -> unit
val on_any : 'a t -> ('a -> unit) -> (exn -> unit) -> unit

(** Raises the exception of a rejected promise; that of a pending one goes to {!async_exception_hook} later. *)
val ignore_result : _ t -> unit

(** Called with exceptions that nobody can handle; prints and ends the program with code 2 unless replaced. *)
val async_exception_hook : (exn -> unit) ref

(** Which exceptions raised by callbacks become rejections. *)
module Exception_filter : sig
  type t

  val handle_all : t
  val handle_all_except_runtime : t
  val set : t -> unit
  val run : exn -> bool
end

(** {1 Values that follow the control flow} *)

type 'a key

val new_key : unit -> 'a key
val get : 'a key -> 'a option

(** [with_value k v f] runs [f] with [k] bound; callbacks registered meanwhile see it too. *)
val with_value : 'a key -> 'a option -> (unit -> 'b) -> 'b

(** {!with_value} of the name that tracing shows. *)
val with_tracing_context : string -> (unit -> 'a t) -> 'a t

(** The bindings themselves: for schedulers. *)
module Private : sig
  type storage

  module Sequence_associated_storage : sig
    val get_from_storage : 'a key -> storage -> 'a option
    val modify_storage : 'a key -> 'a option -> storage -> storage
    val empty_storage : storage
    val current_storage : storage ref
  end

  val tracing_context : string key
end
[@@alert trespassing "These bindings belong to the scheduler."]

(** {1 The main loop's side} *)

(** A promise that the main loop fulfils when other work has had its turn. *)
val pause : unit -> unit t

(** Fulfils all paused promises. *)
val wakeup_paused : unit -> unit

val paused_count : unit -> int
val register_pause_notifier : (int -> unit) -> unit
val abandon_paused : unit -> unit
val abandon_wakeups : unit -> unit

(** The value of a fulfilled promise; raises the exception of a rejected one. *)
val poll : 'a t -> 'a option

(** {1 Lifting} *)

val apply : ('a -> 'b t) -> 'a -> 'b t
val wrap : (unit -> 'a) -> 'a t
val wrap1 : ('a -> 'b) -> 'a -> 'b t
val wrap2 : ('a -> 'b -> 'c) -> 'a -> 'b -> 'c t
val wrap3 : ('a -> 'b -> 'c -> 'd) -> 'a -> 'b -> 'c -> 'd t
val wrap4 : ('a -> 'b -> 'c -> 'd -> 'e) -> 'a -> 'b -> 'c -> 'd -> 'e t
val wrap5 : ('a -> 'b -> 'c -> 'd -> 'e -> 'f) -> 'a -> 'b -> 'c -> 'd -> 'e -> 'f t
val wrap6 : ('a -> 'b -> 'c -> 'd -> 'e -> 'f -> 'g) -> 'a -> 'b -> 'c -> 'd -> 'e -> 'f -> 'g t
val wrap7 : ('a -> 'b -> 'c -> 'd -> 'e -> 'f -> 'g -> 'h) -> 'a -> 'b -> 'c -> 'd -> 'e -> 'f -> 'g -> 'h t

(** The promise of a resolver. *)
val waiter_of_wakener : 'a u -> 'a t

(** {1 For the preprocessor} As the functions without the prefix; the first argument is applied to exceptions that pass. *)

val backtrace_bind : (exn -> exn) -> 'a t -> ('a -> 'b t) -> 'b t
val backtrace_catch : (exn -> exn) -> (unit -> 'a t) -> (exn -> 'a t) -> 'a t
val backtrace_finalize : (exn -> exn) -> (unit -> 'a t) -> (unit -> unit t) -> 'a t
val backtrace_try_bind : (exn -> exn) -> (unit -> 'a t) -> ('a -> 'b t) -> (exn -> 'b t) -> 'b t

(** {1 Old names} *)

(** A promise whose resolver is at the end of a list until the promise is cancelled.

    @deprecated Use {!task} and a queue. *)
val add_task_r : ('a u) Lwt_sequence.t -> 'a t [@@ocaml.deprecated "Use Lwt.task and a queue."]

(** The same at the beginning.

    @deprecated Use {!task} and a queue. *)
val add_task_l : ('a u) Lwt_sequence.t -> 'a t [@@ocaml.deprecated "Use Lwt.task and a queue."]

val make_value : 'a -> 'a result
val make_error : exn -> _ result

(** Whether the promise is in this state (compared structurally). *)
val debug_state_is : 'a state -> 'a t -> bool t
