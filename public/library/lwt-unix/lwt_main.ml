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
  type hook = { call : unit -> unit kind }

  let all : hook list ref = ref []

  let add_first call =
    let hook = { call } in
    all := hook :: !all;
    hook

  let add_last call =
    let hook = { call } in
    all := !all @ [ hook ];
    hook

  let remove hook = all := List.filter (fun other -> other != hook) !all
  let remove_all () = all := []
end

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
      List.iter (fun (h : Enter_iter_hooks.hook) -> h.call ()) !Enter_iter_hooks.all;
      Lwt_unix__loop.round ~block:(Lwt.paused_count () = 0);
      Lwt.wakeup_paused ();
      List.iter (fun (h : Leave_iter_hooks.hook) -> h.call ()) !Leave_iter_hooks.all;
      rounds promise

let running = ref false

let run promise =
  if !running then failwith "Nested calls to Lwt_main.run are not allowed";
  running := true;
  Fun.protect ~finally:(fun () -> running := false) (fun () -> rounds promise)

let rec call_exit_hooks () =
  match !Exit_hooks.all with
  | [] -> Lwt.return_unit
  | hook :: rest ->
      Exit_hooks.all := rest;
      Lwt.bind (Lwt.catch hook.call (fun _ -> Lwt.return_unit)) call_exit_hooks

(* The loop may be what [exit] was called in. *)
let () =
  Stdlib.at_exit (fun () ->
      if !Exit_hooks.all <> [] then begin
        running := false;
        Lwt.abandon_wakeups ();
        run (call_exit_hooks ())
      end)

let at_exit f = ignore (Exit_hooks.add_first f)
