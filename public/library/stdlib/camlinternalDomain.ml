(* The domains of a program on the one processor that there is: each is a fiber, which runs until it ends or waits for another. The main
   program is domain 0; while it waits, it runs the others in turn. *)

(* What a domain keeps for itself: values of keys that have been given one in it, and what is to be done at its end. *)
type state = {
  id : int;
  mutable locals : Obj.t array;
  mutable at_exit : (unit -> unit) list;
}

let unset = Obj.repr (ref ())
let main = { id = 0; locals = [||]; at_exit = [] }
let current = ref main
let last_id = ref 0
let spawned_any = ref false

type _ Effect.t += Yield : unit Effect.t

(* Domains that can go on. *)
let ready : (state * (unit -> unit)) Queue.t = Queue.create ()

let run (state, go_on) =
  let before = !current in
  current := state;
  match go_on () with
  | () -> current := before
  | exception e ->
      current := before;
      raise e

(* An effect that the domain does not handle must not find a handler of the domain that runs it. *)
let start state body =
  Effect.Deep.match_with body ()
    {
      retc = (fun () -> ());
      exnc = raise;
      effc =
        (fun (type c) (e : c Effect.t) ->
          match e with
          | Yield ->
              Some
                (fun (k : (c, unit) Effect.Deep.continuation) ->
                  Queue.add (state, fun () -> Effect.Deep.continue k ()) ready)
          | e -> Some (fun k -> Effect.Deep.discontinue k (Effect.Unhandled e)));
    }

(* Lets others run. The result is false when there is none that can. *)
let yield () =
  if !current == main then begin
    match Queue.take_opt ready with
    | None -> false
    | Some domain ->
        run domain;
        true
  end
  else begin
    Effect.perform Yield;
    true
  end

(* Waits until the condition holds. *)
let wait_until what condition =
  while not (condition ()) do
    if not (yield ()) then failwith (what ^ ": no other domain can end the wait")
  done

(* Runs the function in a new domain: at once when the main program asks, else when it is its turn. *)
let spawn locals body =
  spawned_any := true;
  incr last_id;
  let state = { id = !last_id; locals; at_exit = [] } in
  let domain = state, fun () -> start state body in
  if !current == main then run domain else Queue.add domain ready;
  state
