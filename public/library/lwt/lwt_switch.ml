(* Switches: what to do when something is turned off. *)

type on = { mutable hooks : (unit -> unit Lwt.t) list }
type t = { mutable state : on option }

exception Off

let create () = { state = Some { hooks = [] } }
let is_on s = Option.is_some s.state

let check = function
  | Some { state = None } -> raise Off
  | Some { state = Some _ } | None -> ()

let add_hook switch hook =
  match switch with
  | None -> ()
  | Some { state = Some on } -> on.hooks <- hook :: on.hooks
  | Some { state = None } -> raise Off

let add_hook_or_exec switch hook =
  match switch with
  | None -> Lwt.return_unit
  | Some { state = Some on } ->
      on.hooks <- hook :: on.hooks;
      Lwt.return_unit
  | Some { state = None } -> hook ()

let turn_off s =
  match s.state with
  | None -> Lwt.return_unit
  | Some { hooks } ->
      s.state <- None;
      Lwt.join (List.map (fun hook -> Lwt.apply hook ()) hooks)

let with_switch f =
  let s = create () in
  Lwt.finalize (fun () -> f s) (fun () -> turn_off s)
