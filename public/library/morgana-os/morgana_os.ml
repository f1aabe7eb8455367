(* The main loop: runs promises, sleeps until the next deadline or input from the console, and ends the program. *)

external monotonic_ns : unit -> int64 = "morgana_monotonic_ns"
external wait : int64 -> bool -> bool = "morgana_wait"

module Time = struct
  type sleeper = { time : int64; mutable canceled : bool; thread : unit Lwt.u }

  let now () = monotonic_ns ()
  let fresh : sleeper list ref = ref []

  let new_sleepers () =
    let sleepers = !fresh in
    fresh := [];
    sleepers

  let sleep_ns duration =
    let p, u = Lwt.task () in
    let sleeper = { time = Int64.add (now ()) duration; canceled = false; thread = u } in
    Lwt.on_cancel p (fun () -> sleeper.canceled <- true);
    fresh := sleeper :: !fresh;
    p

  (* A leftist heap by deadline (Crane, 1972; Okasaki, "Purely functional data structures", 3.1): insertion and removal of the
     earliest in logarithmic time. Sleepers with one deadline wake in the order in which they went to sleep. *)
  type heap = Leaf | Node of { rank : int; number : int; sleeper : sleeper; left : heap; right : heap }

  let rank = function Leaf -> 0 | Node node -> node.rank
  let earlier a n b m = match Int64.compare a.time b.time with 0 -> n < m | c -> c < 0

  let node number sleeper a b =
    if rank a >= rank b then Node { rank = rank b + 1; number; sleeper; left = a; right = b }
    else Node { rank = rank a + 1; number; sleeper; left = b; right = a }

  let rec merge a b =
    match (a, b) with
    | Leaf, h | h, Leaf -> h
    | Node x, Node y ->
        if earlier x.sleeper x.number y.sleeper y.number then node x.number x.sleeper x.left (merge x.right b)
        else node y.number y.sleeper y.left (merge a y.right)

  let heap = ref Leaf
  let next_number = ref 0

  let add sleeper =
    incr next_number;
    heap := merge !heap (Node { rank = 1; number = !next_number; sleeper; left = Leaf; right = Leaf })

  (* The earliest deadline, after taking in new sleepers and dropping cancelled ones. *)
  let rec next_deadline () =
    List.iter add (List.rev (new_sleepers ()));
    match !heap with
    | Leaf -> None
    | Node { sleeper = { canceled = true; _ }; left; right; _ } ->
        heap := merge left right;
        next_deadline ()
    | Node { sleeper; _ } -> Some sleeper.time

  let rec wake_until now =
    match next_deadline () with
    | Some time when Int64.compare time now <= 0 -> (
        match !heap with
        | Node { sleeper; left; right; _ } ->
            heap := merge left right;
            Lwt.wakeup_later sleeper.thread ();
            wake_until now
        | Leaf -> ())
    | Some _ | None -> ()
end

module Console_input = struct
  let waiting : unit Lwt.u list ref = ref []

  let readable () =
    let p, u = Lwt.task () in
    waiting := u :: !waiting;
    p

  let is_wanted () =
    waiting := List.filter (fun u -> Lwt.is_sleeping (Lwt.waiter_of_wakener u)) !waiting;
    !waiting <> []

  let wake () =
    let woken = List.rev !waiting in
    waiting := [];
    List.iter (fun u -> Lwt.wakeup_later u ()) woken
end

module Hooks = struct
  let exit : (unit -> unit Lwt.t) list ref = ref []
  let enter : (unit -> unit) list ref = ref []
  let leave : (unit -> unit) list ref = ref []
  let at_exit f = exit := f :: !exit
  let at_enter_iter f = enter := f :: !enter
  let at_leave_iter f = leave := f :: !leave
  let run_enter () = List.iter (fun f -> f ()) !enter
  let run_leave () = List.iter (fun f -> f ()) !leave

  let run_exit () =
    let hooks = !exit in
    exit := [];
    Lwt_list.iter_s (fun f -> Lwt.catch f (fun _ -> Lwt.return_unit)) hooks
end

module Main = struct
  exception Deadlock

  let () =
    Printexc.register_printer (function
      | Deadlock -> Some "the program waits, and nothing is left that could wake it"
      | _ -> None)

  (* Runs until the promise is resolved. *)
  let rec run_until p =
    Lwt.wakeup_paused ();
    Time.wake_until (Time.now ());
    match Lwt.poll p with
    | Some v -> v
    | None ->
        Hooks.run_enter ();
        let want_input = Console_input.is_wanted () in
        (if Lwt.paused_count () > 0 then begin
           if want_input && wait 0L true then Console_input.wake ()
         end
         else
           match Time.next_deadline () with
           | None when not want_input -> raise Deadlock
           | None -> if wait (-1L) true then Console_input.wake ()
           | Some deadline -> if wait deadline want_input then Console_input.wake ());
        Hooks.run_leave ();
        run_until p

  let run p =
    let finished = Lwt.finalize (fun () -> p) Hooks.run_exit in
    run_until finished

  (* When [exit] is called in a callback, what was to be woken after it is not any more; the hooks themselves may wait. *)
  let () =
    Stdlib.at_exit (fun () ->
        Lwt.abandon_wakeups ();
        match run_until (Hooks.run_exit ()) with () -> () | exception Deadlock -> ())
end
