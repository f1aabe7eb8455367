open Lwt.Infix

module type S = sig
  type key
  type t

  val create : rate:int -> max:int -> n:int -> t
  val wait : t -> key -> bool Lwt.t
end

module Make (H : Hashtbl.HashedType) = struct
  type key = H.t

  module Table = Hashtbl.Make (H)

  (* How many began in this second, and who waits for the next. *)
  type channel = { mutable begun : int; waiting : bool Lwt.u Queue.t }
  type t = { rate : int; max : int; channels : channel Table.t; mutable waiting : int; mutable ticking : bool }

  let create ~rate ~max ~n = { rate; max; channels = Table.create n; waiting = 0; ticking = false }

  (* Each second every channel begins anew; those of which nothing is left are forgotten. *)
  let rec tick t =
    Lwt_unix.sleep 1. >>= fun () ->
    let all = Table.fold (fun key channel rest -> (key, channel) :: rest) t.channels [] in
    let woken = ref [] in
    let next (key, channel) =
      channel.begun <- 0;
      while channel.begun < t.rate && not (Queue.is_empty channel.waiting) do
        channel.begun <- channel.begun + 1;
        t.waiting <- t.waiting - 1;
        woken := Queue.pop channel.waiting :: !woken
      done;
      if channel.begun = 0 then Table.remove t.channels key
    in
    List.iter next all;
    List.iter (fun u -> Lwt.wakeup u true) (List.rev !woken);
    if Table.length t.channels > 0 then tick t
    else begin
      t.ticking <- false;
      Lwt.return_unit
    end

  let wait t key =
    let channel =
      match Table.find_opt t.channels key with
      | Some channel -> channel
      | None ->
          let channel = { begun = 0; waiting = Queue.create () } in
          Table.add t.channels key channel;
          channel
    in
    if not t.ticking then begin
      t.ticking <- true;
      Lwt.async (fun () -> tick t)
    end;
    if channel.begun < t.rate then begin
      channel.begun <- channel.begun + 1;
      Lwt.return_true
    end
    else if t.waiting >= t.max then Lwt.return_false
    else begin
      let promise, resolver = Lwt.wait () in
      t.waiting <- t.waiting + 1;
      Queue.push resolver channel.waiting;
      promise
    end
end
