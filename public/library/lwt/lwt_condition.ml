(* Conditions: promises that wait for a signal. *)

type 'a t = { mutable waiters : 'a Lwt.u Queue.t }

let create () = { waiters = Queue.create () }
let still_waits u = Lwt.is_sleeping (Lwt.waiter_of_wakener u)

let wait ?mutex c =
  let p, u = Lwt.task () in
  Queue.push u c.waiters;
  Option.iter Lwt_mutex.unlock mutex;
  Lwt.finalize
    (fun () -> p)
    (fun () -> match mutex with Some m -> Lwt_mutex.lock m | None -> Lwt.return_unit)

let rec next c = match Queue.take_opt c.waiters with Some u when not (still_waits u) -> next c | found -> found
let signal c v = Option.iter (fun u -> Lwt.wakeup_later u v) (next c)

let all c =
  let waiters = c.waiters in
  c.waiters <- Queue.create ();
  List.filter still_waits (List.of_seq (Queue.to_seq waiters))

let broadcast c v = List.iter (fun u -> Lwt.wakeup_later u v) (all c)
let broadcast_exn c e = List.iter (fun u -> Lwt.wakeup_later_exn u e) (all c)
