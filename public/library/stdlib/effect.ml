(* Effects and their handlers, on the fibers of the run-time system (ARCHITECTURE.md, section 7.7). *)

type 'a t = 'a eff = ..

external perform : 'a t -> 'a = "%perform"

exception Unhandled : 'a t -> exn
exception Continuation_already_resumed

let () =
  Printexc.register_printer (function
    | Unhandled e -> Some ("Stdlib.Effect.Unhandled(" ^ Printexc.string_of_extension_constructor (Obj.repr e) ^ ")")
    | _ -> None)

(* The run-time system raises these by the names of their constructors. *)
external register_named_value : string -> 'a -> unit = "caml_register_named_value"

type _ t += Example : unit t

let () =
  register_named_value "Effect.Unhandled" (Obj.field (Obj.repr (Unhandled Example)) 0);
  register_named_value "Effect.Continuation_already_resumed" (Obj.repr Continuation_already_resumed)

type ('a, 'b) stack
type last_fiber

external resume : ('a, 'b) stack -> ('c -> 'a) -> 'c -> last_fiber -> 'b = "%resume"
external runstack : ('a, 'b) stack -> ('c -> 'a) -> 'c -> 'b = "%runstack"
external reperform : 'a t -> ('a, 'b) continuation -> last_fiber -> 'b = "%reperform"
external take_stack : ('a, 'b) continuation -> ('a, 'b) stack = "caml_continuation_use_noexc" [@@noalloc]
external last_fiber : ('a, 'b) continuation -> last_fiber = "%field1"

external alloc_stack : ('a -> 'b) -> (exn -> 'b) -> ('c t -> ('c, 'b) continuation -> last_fiber -> 'b) -> ('a, 'b) stack
  = "caml_alloc_stack"

module Deep = struct
  type nonrec ('a, 'b) continuation = ('a, 'b) continuation

  let continue k v = resume (take_stack k) (fun v -> v) v (last_fiber k)
  let discontinue k e = resume (take_stack k) raise e (last_fiber k)

  let discontinue_with_backtrace k e backtrace =
    resume (take_stack k) (fun e -> Printexc.raise_with_backtrace e backtrace) e (last_fiber k)

  type ('a, 'b) handler = {
    retc : 'a -> 'b;
    exnc : exn -> 'b;
    effc : 'c. 'c t -> (('c, 'b) continuation -> 'b) option;
  }

  let match_with f x handler =
    let on_effect e k last = match handler.effc e with Some handle -> handle k | None -> reperform e k last in
    runstack (alloc_stack handler.retc handler.exnc on_effect) f x

  type 'a effect_handler = { effc : 'b. 'b t -> (('b, 'a) continuation -> 'a) option }

  let try_with f x handler =
    let on_effect e k last = match handler.effc e with Some handle -> handle k | None -> reperform e k last in
    runstack (alloc_stack (fun v -> v) raise on_effect) f x

  external get_callstack : ('a, 'b) continuation -> int -> Printexc.raw_backtrace = "caml_get_continuation_callstack"
end

module Shallow = struct
  type nonrec ('a, 'b) continuation = ('a, 'b) continuation

  external take_stack_with :
    ('a, 'b) continuation ->
    ('b -> 'c) ->
    (exn -> 'c) ->
    ('d t -> ('d, 'b) continuation -> last_fiber -> 'c) ->
    ('a, 'c) stack = "caml_continuation_use_and_update_handler_noexc"
    [@@noalloc]

  external alloc_start :
    ('a -> 'b) -> (exn -> 'b) -> ('c t -> ('c, 'a) continuation -> last_fiber -> 'b) -> ('a, 'b) stack
    = "caml_alloc_stack"

  (* The function waits for its argument in an effect of its own, whose continuation is the fiber's beginning. *)
  let fiber (type a b) (f : a -> b) : (a, b) continuation =
    let module M = struct
      type _ t += Start : a t

      exception Ready of (a, b) continuation
    end in
    let impossible _ = failwith "Effect.Shallow.fiber: the fiber did not wait" in
    let on_effect (type c) (e : c t) (k : (c, b) continuation) (_ : last_fiber) : b =
      match e with M.Start -> raise_notrace (M.Ready k) | _ -> impossible ()
    in
    match runstack (alloc_start impossible raise on_effect) (fun () -> f (perform M.Start)) () with
    | exception M.Ready k -> k
    | _ -> impossible ()

  type ('a, 'b) handler = {
    retc : 'a -> 'b;
    exnc : exn -> 'b;
    effc : 'c. 'c t -> (('c, 'a) continuation -> 'b) option;
  }

  external reperform : 'a t -> ('a, 'b) continuation -> last_fiber -> 'c = "%reperform"

  let resume_with k f v handler =
    let on_effect e k last = match handler.effc e with Some handle -> handle k | None -> reperform e k last in
    let last = last_fiber k in
    resume (take_stack_with k handler.retc handler.exnc on_effect) f v last

  let continue_with k v handler = resume_with k (fun v -> v) v handler
  let discontinue_with k e handler = resume_with k raise e handler

  let discontinue_with_backtrace k e backtrace handler =
    resume_with k (fun e -> Printexc.raise_with_backtrace e backtrace) e handler

  external get_callstack : ('a, 'b) continuation -> int -> Printexc.raw_backtrace = "caml_get_continuation_callstack"
end
