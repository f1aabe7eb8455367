(* The tasks of a program on the one processor that there is, domains and threads: each is a fiber, which runs until it ends or waits. The main
   program is one, too; while it waits, it runs the others in turn. *)

(* What a domain keeps for itself: values of keys that have been given one in it, and what is to be done at its end. *)
type state = {
  id : int;
  mutable locals : Obj.t array;
  mutable at_exit : (unit -> unit) list;
}

(* A thread belongs to the domain that made it. *)
type task = { number : int; state : state }

let unset = Obj.repr (ref ())
let main = { id = 0; locals = [||]; at_exit = [] }
let current = ref main
let main_task = { number = 0; state = main }
let current_task = ref main_task
let last_id = ref 0
let last_number = ref 0
let spawned_any = ref false

(* So many turns in a row began and ended in the same wait. *)
let fruitless = ref 0

(* Sleeps until something that a task waits for may have come from outside; false when none waits for such. *)
let idle : (unit -> bool) ref = ref (fun () -> false)

type _ Effect.t += Yield : unit Effect.t

(* Tasks that are not over, but for the one that runs and the main program. *)
let ready : (task * (unit -> unit)) Queue.t = Queue.create ()

let become task =
  current_task := task;
  current := task.state

let run (task, go_on) =
  let before = !current_task in
  become task;
  match go_on () with
  | () -> become before
  | exception e ->
      become before;
      raise e

(* An effect that the task does not handle must not find a handler of the one that runs it. *)
let start task body =
  fruitless := 0;
  Effect.Deep.match_with body ()
    {
      retc = (fun () -> fruitless := 0);
      exnc = raise;
      effc =
        (fun (type c) (e : c Effect.t) ->
          match e with
          | Yield ->
              Some
                (fun (k : (c, unit) Effect.Deep.continuation) ->
                  Queue.add (task, fun () -> Effect.Deep.continue k ()) ready)
          | e -> Some (fun k -> Effect.Deep.discontinue k (Effect.Unhandled e)));
    }

(* Whether no other task can run. *)
let is_alone () = !current_task == main_task && Queue.is_empty ready

(* Lets another task run. The result is false when there is none. *)
let turn () =
  if !current_task == main_task then
    match Queue.take_opt ready with
    | None -> false
    | Some task ->
        incr fruitless;
        run task;
        true
  else begin
    Effect.perform Yield;
    true
  end

(* Lets each of the others run. *)
let yield () =
  fruitless := 0;
  if !current_task == main_task then
    for _ = 1 to Queue.length ready do
      ignore (turn ())
    done
  else ignore (turn ())

(* Waits until the condition holds. When no task can go on it is for the main program, which runs them, to sleep. *)
let wait_until what condition =
  if not (condition ()) then begin
    fruitless := 0;
    let stuck () = !current_task == main_task && !fruitless >= Queue.length ready in
    while
      if stuck () then if !idle () then fruitless := 0 else failwith (what ^ ": no other domain or thread can end the wait");
      ignore (turn ());
      not (condition ())
    do
      ()
    done;
    fruitless := 0
  end

let new_task state =
  incr last_number;
  { number = !last_number; state }

(* Runs the function in a new domain: at once when the main program asks, else when it is its turn. *)
let spawn locals body =
  spawned_any := true;
  incr last_id;
  let state = { id = !last_id; locals; at_exit = [] } in
  let task = new_task state in
  let domain = (task, fun () -> start task body) in
  if !current_task == main_task then run domain else Queue.add domain ready;
  state

(* Runs the function in a new thread of the same domain, when it is its turn. *)
let spawn_thread body =
  let task = new_task !current in
  Queue.add (task, fun () -> start task (fun () -> body task)) ready;
  task
