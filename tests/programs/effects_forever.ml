(* needs OCaml 5. Handlers that go on with the computation in their last step need no memory for what is behind them. *)
open Effect
open Effect.Deep

type _ Effect.t += Get : int t | Put : int -> unit t | Yield : unit t | Other : unit t

let rounds = 90_000

let show name f = Printf.printf "%s: %d\n" name (f ())

let state () =
  let cell = ref 0 in
  match_with
    (fun () ->
      for _ = 1 to rounds do
        perform (Put (perform Get + 1))
      done;
      perform Get)
    ()
    {
      retc = (fun x -> x);
      exnc = raise;
      effc =
        (fun (type a) (e : a Effect.t) ->
          match e with
          | Get -> Some (fun (k : (a, _) continuation) -> continue k !cell)
          | Put n ->
              Some
                (fun (k : (a, _) continuation) ->
                  cell := n;
                  continue k ())
          | _ -> None);
    }

(* The inner handler passes the effect on each time. *)
let nested () =
  let count = ref 0 in
  let inner () =
    try_with
      (fun () ->
        for _ = 1 to rounds do
          perform Yield
        done)
      ()
      { effc = (fun (type a) (e : a Effect.t) -> match e with Other -> Some (fun (k : (a, _) continuation) -> continue k ()) | _ -> None) }
  in
  try_with inner ()
    {
      effc =
        (fun (type a) (e : a Effect.t) ->
          match e with
          | Yield ->
              Some
                (fun (k : (a, _) continuation) ->
                  incr count;
                  continue k ())
          | _ -> None);
    };
  !count

(* Threads that take turns. *)
let scheduler () =
  let ready = Queue.create () and turns = ref 0 in
  let next () = match Queue.take_opt ready with Some run -> run () | None -> () in
  let spawn f =
    match_with f ()
      {
        retc = (fun () -> next ());
        exnc = raise;
        effc =
          (fun (type a) (e : a Effect.t) ->
            match e with
            | Yield ->
                Some
                  (fun (k : (a, _) continuation) ->
                    incr turns;
                    Queue.add (fun () -> continue k ()) ready;
                    next ())
            | _ -> None);
      }
  in
  let thread () =
    for _ = 1 to rounds / 3 do
      perform Yield
    done
  in
  for _ = 1 to 3 do
    Queue.add (fun () -> spawn thread) ready
  done;
  next ();
  !turns

(* Each handler installs the next one and ends. *)
let chained () =
  let rec go n = if n = 0 then 0 else Shallow.continue_with (Shallow.fiber (fun () -> perform Get)) () { retc = (fun x -> x); exnc = raise; effc = (fun (type a) (e : a Effect.t) -> match e with Get -> Some (fun (k : (a, _) Shallow.continuation) -> Shallow.continue_with k n { retc = (fun x -> go (x - 1)); exnc = raise; effc = (fun _ -> None) }) | _ -> None) } in
  go rounds

let () =
  show "state" state;
  show "nested" nested;
  show "scheduler" scheduler;
  show "chained" chained
