(* The main loop: rounds of waiting and calling until a promise is resolved. *)

module type Hooks = sig
  type 'return_value kind
  type hook

  val add_first : (unit -> unit kind) -> hook
  val add_last : (unit -> unit kind) -> hook
  val remove : hook -> unit
  val remove_all : unit -> unit
end

module Hook_list (Kind : sig
  type 'a kind
end) =
struct
  type 'a kind = 'a Kind.kind
  type hook = (unit -> unit kind) Lwt_sequence.node

  let all : (unit -> unit kind) Lwt_sequence.t = Lwt_sequence.create ()
  let add_first call = Lwt_sequence.add_l call all
  let add_last call = Lwt_sequence.add_r call all
  let remove hook = Lwt_sequence.remove hook
  let remove_all () = Lwt_sequence.iter_node_l Lwt_sequence.remove all
end

(* Those that are there when this begins. *)
let call_all hooks = List.iter (fun call -> call ()) (List.rev (Lwt_sequence.fold_l List.cons hooks []))

module Plain = struct
  type 'a kind = 'a
end

module Promised = struct
  type 'a kind = 'a Lwt.t
end

module Enter_iter_hooks = Hook_list (Plain)
module Leave_iter_hooks = Hook_list (Plain)
module Exit_hooks = Hook_list (Promised)

let yield () = Lwt.pause ()
let abandon_yielded_and_paused () = Lwt.abandon_paused ()

let rec rounds promise =
  (* What was put off comes first: it may be all that the promise waits for. *)
  Lwt.wakeup_paused ();
  match Lwt.poll promise with
  | Some value -> value
  | None ->
      call_all Enter_iter_hooks.all;
      Lwt_unix__loop.round ~block:(Lwt.paused_count () = 0);
      Lwt.wakeup_paused ();
      call_all Leave_iter_hooks.all;
      rounds promise

let running = ref false

let run promise =
  if !running then failwith "Nested calls to Lwt_main.run are not allowed";
  running := true;
  Fun.protect ~finally:(fun () -> running := false) (fun () -> rounds promise)

let rec call_exit_hooks () =
  match Lwt_sequence.take_opt_l Exit_hooks.all with
  | None -> Lwt.return_unit
  | Some call -> Lwt.bind (Lwt.catch call (fun _ -> Lwt.return_unit)) call_exit_hooks

(* The loop may be what [exit] was called in. *)
let () =
  Stdlib.at_exit (fun () ->
      if not (Lwt_sequence.is_empty Exit_hooks.all) then begin
        running := false;
        Lwt.abandon_wakeups ();
        run (call_exit_hooks ())
      end)

let at_exit f = ignore (Exit_hooks.add_first f)
let enter_iter_hooks = Enter_iter_hooks.all
let leave_iter_hooks = Leave_iter_hooks.all
let exit_hooks = Exit_hooks.all
