(* Pools of resources that are made when needed, used by one at a time, and kept for the next. *)

open Lwt.Infix

type 'a t = {
  make : unit -> 'a Lwt.t;
  check : 'a -> (bool -> unit) -> unit;
  validate : 'a -> bool Lwt.t;
  dispose : 'a -> unit Lwt.t;
  limit : int;
  mutable count : int;  (** those in use, being made, and kept *)
  kept : 'a Queue.t;
  waiting : 'a Lwt.u Queue.t;
  mutable era : bool ref;  (** set when the pool was cleared since: what was taken before is not to be kept *)
}

let create limit ?(validate = fun _ -> Lwt.return_true) ?(check = fun _ ok -> ok true) ?(dispose = fun _ -> Lwt.return_unit) make =
  { make; check; validate; dispose; limit; count = 0; kept = Queue.create (); waiting = Queue.create (); era = ref false }

let still_waits u = Lwt.is_sleeping (Lwt.waiter_of_wakener u)
let rec next_waiting pool = match Queue.take_opt pool.waiting with Some u when not (still_waits u) -> next_waiting pool | found -> found
let wait_queue_length pool = Queue.fold (fun n u -> if still_waits u then n + 1 else n) 0 pool.waiting

(* Makes one; the place for it has been counted already, and is given up when that fails. *)
let rec make pool =
  Lwt.catch pool.make (fun e ->
      pool.count <- pool.count - 1;
      replace_lost pool;
      Lwt.fail e)

(* A place is free: makes a resource for the one that has waited longest. *)
and replace_lost pool =
  match next_waiting pool with
  | None -> ()
  | Some u ->
      pool.count <- pool.count + 1;
      Lwt.on_any (Lwt.apply make pool) (fun resource -> Lwt.wakeup_later u resource) (fun e -> Lwt.wakeup_later_exn u e)

let release pool resource =
  match next_waiting pool with Some u -> Lwt.wakeup_later u resource | None -> Queue.push resource pool.kept

let dispose pool resource =
  pool.dispose resource >|= fun () ->
  pool.count <- pool.count - 1;
  replace_lost pool

(* One that was kept may have gone bad: then a new one takes its place. *)
let validated pool resource =
  Lwt.try_bind
    (fun () -> pool.validate resource)
    (function
      | true -> Lwt.return resource
      | false -> pool.dispose resource >>= fun () -> make pool)
    (fun e -> dispose pool resource >>= fun () -> Lwt.fail e)

let acquire pool =
  match Queue.take_opt pool.kept with
  | Some resource -> validated pool resource
  | None when pool.count < pool.limit ->
      pool.count <- pool.count + 1;
      make pool
  | None ->
      let p, u = Lwt.task () in
      Queue.push u pool.waiting;
      p >>= validated pool

let use pool f =
  acquire pool >>= fun resource ->
  let era = pool.era in
  let give_back () =
    if !era then dispose pool resource
    else begin
      release pool resource;
      Lwt.return_unit
    end
  in
  Lwt.try_bind
    (fun () -> f resource)
    (fun v -> give_back () >|= fun () -> v)
    (fun e ->
      (* [check] says, at once or not, whether the resource is still good after the failure. *)
      let verdict, tell = Lwt.wait () in
      let told = ref false in
      let answer ok =
        if not !told then begin
          told := true;
          Lwt.wakeup tell ok
        end
      in
      match pool.check resource answer with
      | exception e' -> dispose pool resource >>= fun () -> Lwt.fail e'
      | () ->
          let finish ok = if ok then give_back () else dispose pool resource in
          if Lwt.is_sleeping verdict then begin
            Lwt.async (fun () -> verdict >>= finish);
            Lwt.fail e
          end
          else verdict >>= finish >>= fun () -> Lwt.fail e)

let clear pool =
  let kept = List.of_seq (Queue.to_seq pool.kept) in
  Queue.clear pool.kept;
  pool.era := true;
  pool.era <- ref false;
  Lwt_list.iter_s (dispose pool) kept
