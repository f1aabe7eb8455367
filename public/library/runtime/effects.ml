(* What the stubs of effects raise: exceptions of the module Effect, which are known by name once a program has that module. *)

open Raw

external raise : exn -> 'a = "%raise"
external magic : 'a -> 'b = "%identity"

type ('constructor, 'argument) raised = { constructor : 'constructor; argument : 'argument }

let unhandled (effect_ : Process.any) : Process.any =
  match Process.find "Effect.Unhandled" !Process.table with
  | Some constructor -> raise (magic { constructor; argument = effect_ })
  | None -> raise (Failure "Effect.Unhandled")
[@@export "morgana_unhandled"]

let already_resumed (_ : unit) : Process.any =
  match Process.find "Effect.Continuation_already_resumed" !Process.table with
  | Some e -> raise (magic e)
  | None -> raise (Failure "Effect.Continuation_already_resumed")
[@@export "morgana_already_resumed"]
