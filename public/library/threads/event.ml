(* Synchronous communication between threads. Nothing here is interrupted, so that a rendezvous is a few assignments. *)

(* A thread that waits, until one of its offers (by number) was taken. *)
type wait = { mutable chosen : int option }

type 'a sender = { value : 'a; sender : wait; sender_offer : int }
type 'a receiver = { cell : 'a option ref; receiver : wait; receiver_offer : int }
type 'a channel = { senders : 'a sender Queue.t; receivers : 'a receiver Queue.t }

(* One way for an event to come about: at once if the other side is there, or by an offer that the other side will find. *)
type 'a offer = { attempt : wait -> bool; offer : wait -> int -> unit; result : unit -> 'a }

type 'a event =
  (* Each time that one waits the offer is a new one. *)
  | Communication of (unit -> 'a offer)
  | Choose of 'a event list
  | Wrap_abort of 'a event * (unit -> unit)
  | Guard of (unit -> 'a event)

let new_channel () = { senders = Queue.create (); receivers = Queue.create () }

(* The first who still waits and is not oneself; those who do not wait any more are forgotten. *)
let take_first waiting_of me queue =
  let skipped = Queue.create () in
  let rec look () =
    match Queue.take_opt queue with
    | None -> None
    | Some other when (waiting_of other).chosen <> None -> look ()
    | Some other when waiting_of other == me ->
        Queue.add other skipped;
        look ()
    | found -> found
  in
  let found = look () in
  Queue.transfer queue skipped;
  Queue.transfer skipped queue;
  found

let send channel value =
  Communication
    (fun () ->
      {
        attempt =
          (fun me ->
            match take_first (fun r -> r.receiver) me channel.receivers with
            | None -> false
            | Some r ->
                r.cell := Some value;
                r.receiver.chosen <- Some r.receiver_offer;
                true);
        offer = (fun me number -> Queue.add { value; sender = me; sender_offer = number } channel.senders);
        result = (fun () -> ());
      })

let receive channel =
  Communication
    (fun () ->
      let cell = ref None in
      {
        attempt =
          (fun me ->
            match take_first (fun s -> s.sender) me channel.senders with
            | None -> false
            | Some s ->
                cell := Some s.value;
                s.sender.chosen <- Some s.sender_offer;
                true);
        offer = (fun me number -> Queue.add { cell; receiver = me; receiver_offer = number } channel.receivers);
        result = (fun () -> match !cell with Some v -> v | None -> invalid_arg "Event.receive");
      })

let always value = Communication (fun () -> { attempt = (fun _ -> true); offer = (fun _ _ -> ()); result = (fun () -> value) })
let choose events = Choose events
let wrap_abort event abort = Wrap_abort (event, abort)
let guard make = Guard make

let rec wrap : 'a 'b. 'a event -> ('a -> 'b) -> 'b event =
 fun event f ->
  match event with
  | Communication make ->
      Communication
        (fun () ->
          let { attempt; offer; result } = make () in
          { attempt; offer; result = (fun () -> f (result ())) })
  | Choose events -> Choose (List.map (fun e -> wrap e f) events)
  | Wrap_abort (event, abort) -> Wrap_abort (wrap event f, abort)
  | Guard make -> Guard (fun () -> wrap (make ()) f)

(* All offers, each with the functions that are not to be called when it is taken, and all these functions. *)
let flatten event =
  let aborts = ref [] in
  let rec offers around = function
    | Communication make -> [ (make (), around) ]
    | Choose events -> List.concat_map (offers around) events
    | Wrap_abort (event, abort) ->
        let abort = (ref (), abort) in
        aborts := abort :: !aborts;
        offers (fst abort :: around) event
    | Guard make -> offers around (make ())
  in
  let all = offers [] event in
  (Array.of_list all, List.rev !aborts)

(* Where the search begins changes, so that nobody is always last. *)
let turn = ref 0

let attempt_any offers me =
  let n = Array.length offers in
  incr turn;
  let rec look i =
    if i = n then None
    else
      let at = (i + !turn) mod n in
      if (fst offers.(at)).attempt me then Some at else look (i + 1)
  in
  look 0

let finish offers aborts at =
  let chosen, around = offers.(at) in
  List.iter (fun (name, abort) -> if not (List.memq name around) then abort ()) aborts;
  chosen.result ()

let sync event =
  let offers, aborts = flatten event in
  let me = { chosen = None } in
  match attempt_any offers me with
  | Some at ->
      me.chosen <- Some at;
      finish offers aborts at
  | None -> (
      Array.iteri (fun i (o, _) -> o.offer me i) offers;
      CamlinternalDomain.wait_until "Event.sync" (fun () -> me.chosen <> None);
      match me.chosen with Some at -> finish offers aborts at | None -> assert false)

let select events = sync (Choose events)

let poll event =
  let offers, aborts = flatten event in
  let me = { chosen = None } in
  match attempt_any offers me with
  | Some at ->
      me.chosen <- Some at;
      Some (finish offers aborts at)
  | None ->
      List.iter (fun (_, abort) -> abort ()) aborts;
      None
