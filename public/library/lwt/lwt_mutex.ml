(* Mutual exclusion between promises: a flag and a queue of those that wait for it. *)

open Lwt.Infix

type t = { mutable locked : bool; waiters : unit Lwt.u Queue.t }

let create () = { locked = false; waiters = Queue.create () }

let lock m =
  if m.locked then begin
    let p, u = Lwt.task () in
    Queue.push u m.waiters;
    p
  end
  else begin
    m.locked <- true;
    Lwt.return_unit
  end

(* The lock goes to the first that still waits; those whose promise was cancelled are passed over. *)
let rec unlock m =
  if m.locked then
    match Queue.take_opt m.waiters with
    | None -> m.locked <- false
    | Some u -> if Lwt.is_sleeping (Lwt.waiter_of_wakener u) then Lwt.wakeup_later u () else unlock m

let with_lock m f =
  lock m >>= fun () ->
  Lwt.finalize f (fun () ->
      unlock m;
      Lwt.return_unit)

let is_locked m = m.locked
let is_empty m = not (Queue.fold (fun found u -> found || Lwt.is_sleeping (Lwt.waiter_of_wakener u)) false m.waiters)
