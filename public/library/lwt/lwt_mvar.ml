(* Variables that are full or empty: a buffer for one value, with queues of those who wait to put and to take. *)

type 'a t = { mutable contents : 'a option; writers : ('a * unit Lwt.u) Queue.t; readers : 'a Lwt.u Queue.t }

let create_with contents = { contents; writers = Queue.create (); readers = Queue.create () }
let create_empty () = create_with None
let create v = create_with (Some v)
let still_waits u = Lwt.is_sleeping (Lwt.waiter_of_wakener u)

let rec next_reader m = match Queue.take_opt m.readers with Some u when not (still_waits u) -> next_reader m | found -> found
let rec next_writer m = match Queue.take_opt m.writers with Some (_, u) when not (still_waits u) -> next_writer m | found -> found

let put m v =
  match (m.contents, next_reader m) with
  | None, Some reader ->
      Lwt.wakeup_later reader v;
      Lwt.return_unit
  | None, None ->
      m.contents <- Some v;
      Lwt.return_unit
  | Some _, _ ->
      let p, u = Lwt.task () in
      Queue.push (v, u) m.writers;
      p

(* Takes the value; the next writer's moves in. *)
let take_available m =
  match m.contents with
  | None -> None
  | Some v ->
      (match next_writer m with
      | Some (next, u) ->
          m.contents <- Some next;
          Lwt.wakeup_later u ()
      | None -> m.contents <- None);
      Some v

let take m =
  match take_available m with
  | Some v -> Lwt.return v
  | None ->
      let p, u = Lwt.task () in
      Queue.push u m.readers;
      p

let is_empty m = Option.is_none m.contents
