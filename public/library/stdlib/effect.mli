(** Effects: a function performs one, and the innermost handler that knows it gets what is left to be done as a continuation, which it may resume once. *)

(** Effects whose result is of a type; programs add constructors. *)
type 'a t = 'a eff = ..

(** No handler knows the effect. *)
exception Unhandled : 'a t -> exn

(** A continuation was resumed twice. *)
exception Continuation_already_resumed

(** Performs an effect; its result is what the continuation is resumed with. Raises {!Unhandled}. *)
external perform : 'a t -> 'a = "%perform"

(** Handlers that stay in place when the continuation is resumed. *)
module Deep : sig
  (** What is left to be done from an effect to its handler. *)
  type nonrec ('a,'b) continuation = ('a,'b) continuation

  (** Resumes with a value. Raises {!Continuation_already_resumed}. *)
  val continue : ('a, 'b) continuation -> 'a -> 'b

  (** Resumes by raising an exception where the effect was performed. Raises {!Continuation_already_resumed}. *)
  val discontinue : ('a, 'b) continuation -> exn -> 'b

  (** As {!discontinue}, with the places of the exception. *)
  val discontinue_with_backtrace : ('a, 'b) continuation -> exn -> Printexc.raw_backtrace -> 'b

  (** What to do with the result, with an exception, and with effects ([None]: not known here). *)
  type ('a,'b) handler =
    { retc: 'a -> 'b;
      exnc: exn -> 'b;
      effc: 'c.'c t -> (('c,'b) continuation -> 'b) option }

  (** Calls a function under a handler. *)
  val match_with : ('c -> 'a) -> 'c -> ('a,'b) handler -> 'b

  (** A handler of effects only. *)
  type 'a effect_handler =
    { effc: 'b. 'b t -> (('b, 'a) continuation -> 'a) option }

  (** Calls a function under a handler of effects. *)
  val try_with : ('b -> 'a) -> 'b -> 'a effect_handler -> 'a

  (** The calls that are suspended in the continuation, at most so many. *)
  external get_callstack : ('a,'b) continuation -> int -> Printexc.raw_backtrace = "caml_get_continuation_callstack"
end

(** Handlers for the next effect only: a continuation is resumed under a handler. *)
module Shallow : sig
  (** What is left to be done from an effect to its handler. *)
  type ('a,'b) continuation

  (** A continuation that will call a function. *)
  val fiber : ('a -> 'b) -> ('a, 'b) continuation

  (** What to do with the result, with an exception, and with effects ([None]: not known here). *)
  type ('a,'b) handler =
    { retc: 'a -> 'b;
      exnc: exn -> 'b;
      effc: 'c.'c t -> (('c,'a) continuation -> 'b) option }

  (** Resumes with a value, under a handler. Raises {!Continuation_already_resumed}. *)
  val continue_with : ('c,'a) continuation -> 'c -> ('a,'b) handler -> 'b

  (** Resumes by raising an exception, under a handler. Raises {!Continuation_already_resumed}. *)
  val discontinue_with : ('c,'a) continuation -> exn -> ('a,'b) handler -> 'b

  (** As {!discontinue}, with the places of the exception. *)
  val discontinue_with_backtrace : ('a,'b) continuation -> exn -> Printexc.raw_backtrace -> ('b,'c) handler -> 'c

  (** The calls that are suspended in the continuation, at most so many. *)
  external get_callstack : ('a,'b) continuation -> int -> Printexc.raw_backtrace = "caml_get_continuation_callstack"
end
