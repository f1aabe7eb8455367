(* Domains, which take turns on one processor. *)

module Scheduler = CamlinternalDomain

type id = int
type 'a outcome = Running | Returned of 'a | Raised of exn * Printexc.raw_backtrace
type 'a t = { mutable state : Scheduler.state; mutable outcome : 'a outcome }

let self () = !Scheduler.current.id
let get_id d = d.state.id
let is_main_domain () = !Scheduler.current == Scheduler.main
let recommended_domain_count () = 1
let self_index () = !Scheduler.current.id
let cpu_relax () = Scheduler.yield ()

let run_at_exit state =
  let rec run () =
    match state.Scheduler.at_exit with
    | [] -> ()
    | action :: earlier ->
        state.at_exit <- earlier;
        action ();
        run ()
  in
  run ()

let at_exit action =
  let state = !Scheduler.current in
  state.at_exit <- action :: state.at_exit;
  if state == Scheduler.main then do_domain_local_at_exit := fun () -> run_at_exit Scheduler.main

let before_spawn : (unit -> unit) list ref = ref []

let before_first_spawn action =
  if !Scheduler.spawned_any then invalid_arg "first domain already spawned"
  else before_spawn := action :: !before_spawn

module DLS = struct
  type 'a key = { index : int; initial : unit -> 'a; split : ('a -> 'a) option }
  type any_key = Key : 'a key -> any_key

  let keys : any_key list ref = ref []
  let count = ref 0

  let new_key ?split_from_parent initial =
    let key = { index = !count; initial; split = split_from_parent } in
    incr count;
    if split_from_parent <> None then keys := Key key :: !keys;
    key

  let extended locals n =
    let result = Array.make (Int.max n (2 * Array.length locals)) Scheduler.unset in
    Array.blit locals 0 result 0 (Array.length locals);
    result

  let set (type a) (key : a key) (v : a) =
    let state = !Scheduler.current in
    if key.index >= Array.length state.locals then state.locals <- extended state.locals (key.index + 1);
    (* A box keeps the array from being one of floats. *)
    state.locals.(key.index) <- Obj.repr (ref v)

  let find (type a) (key : a key) : a option =
    let { Scheduler.locals } = !Scheduler.current in
    if key.index >= Array.length locals then None
    else
      let box = locals.(key.index) in
      if box == Scheduler.unset then None else Some !(Obj.obj box : a ref)

  let get key =
    match find key with
    | Some v -> v
    | None -> (
        let v = key.initial () in
        (* The function may have given the key a value. *)
        match find key with
        | Some v -> v
        | None ->
            set key v;
            v)

  (* What a new domain inherits. *)
  let split () =
    List.fold_left
      (fun locals (Key key) ->
        match key.split, find key with
        | Some split, Some _ ->
            let locals = if key.index >= Array.length locals then extended locals (key.index + 1) else locals in
            locals.(key.index) <- Obj.repr (ref (split (get key)));
            locals
        | _ -> locals)
      [||] !keys
end

let spawn f =
  if not !Scheduler.spawned_any then begin
    let actions = !before_spawn in
    before_spawn := [];
    List.iter (fun action -> action ()) actions
  end;
  let d = { state = Scheduler.main; outcome = Running } in
  let body () =
    d.state <- !Scheduler.current;
    d.outcome <-
      (match
         let result = f () in
         run_at_exit d.state;
         result
       with
      | result -> Returned result
      | exception e ->
          let backtrace = Printexc.get_raw_backtrace () in
          (try run_at_exit d.state with _ -> ());
          Raised (e, backtrace))
  in
  d.state <- Scheduler.spawn (DLS.split ()) body;
  d

let join d =
  Scheduler.wait_until "Domain.join" (fun () -> match d.outcome with Running -> false | _ -> true);
  match d.outcome with
  | Returned v -> v
  | Raised (e, backtrace) -> Printexc.raise_with_backtrace e backtrace
  | Running -> assert false
