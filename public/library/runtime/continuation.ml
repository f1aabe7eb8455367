(* The primitives of effects: making fibers, using up continuations (ARCHITECTURE.md, section 7.7). *)

open Raw

external raise : exn -> 'a = "%raise"

(** A fiber with its handlers of the value, the exception and the effect. *)
let alloc_stack (on_value : 'a) (on_exception : 'b) (on_effect : 'c) : int =
  let fiber = Fiber.create (load Major.cycles) in
  if fiber = 0n then raise Out_of_memory;
  let h = Fiber.handlers fiber in
  store h (address on_value);
  store (h + 8n) (address on_exception);
  store (h + 16n) (address on_effect);
  store (symbol "fresh_fiber") fiber;
  value (fiber + 1n)
[@@primitive "caml_alloc_stack"]

(** Takes the stack out of a continuation; 0 when it has been taken already. While marking, what the stack refers to is marked
    first, as running code changes its stack without the write barrier. *)
let use (continuation : 'a) : int =
  let block = address continuation in
  let stack = load block in
  if stack <> 1n && load (symbol "gc_marking") <> 0n then Roots.scan_continuation Roots.marking block (load Major.cycles);
  store block 1n;
  value stack
[@@primitive "caml_continuation_use_noexc"]

let rec last_fiber fiber = if Fiber.parent fiber = 0n then fiber else last_fiber (Fiber.parent fiber)

(** As {!use}, with new handlers for the outermost fiber (shallow handlers). *)
let use_with_handlers (continuation : 'a) (on_value : 'b) (on_exception : 'c) (on_effect : 'd) : int =
  let stack = use continuation in
  if address stack <> 1n then begin
    let h = Fiber.handlers (last_fiber (address stack - 1n)) in
    store h (address on_value);
    store (h + 8n) (address on_exception);
    store (h + 16n) (address on_effect)
  end;
  stack
[@@primitive "caml_continuation_use_and_update_handler_noexc"]
