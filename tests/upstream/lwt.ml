(* packages: lwt *)
open Lwt.Infix
let log fmt = Printf.printf (fmt ^^ "\n")
let () =
  let t, u = Lwt.wait () in
  let r = t >>= fun x -> Lwt.return (x + 1) in
  log "pending %b" (Lwt.state r = Lwt.Sleep);
  Lwt.wakeup u 41;
  (match Lwt.state r with Lwt.Return n -> log "got %d" n | _ -> log "no");
  let s = Lwt_stream.of_list [ 1; 2; 3; 4; 5 ] in
  (match Lwt.state (Lwt_stream.to_list (Lwt_stream.map_s (fun x -> Lwt.return (x * x)) (Lwt_stream.filter (fun x -> x mod 2 = 1) s))) with
   | Lwt.Return l -> log "%s" (String.concat "," (List.map string_of_int l)) | _ -> log "asleep");
  let m = Lwt_mutex.create () in
  let w, wake = Lwt.task () in
  let a = Lwt_mutex.with_lock m (fun () -> w) in
  let b = Lwt_mutex.with_lock m (fun () -> Lwt.return "second") in
  log "locked %b b %b" (Lwt_mutex.is_locked m) (Lwt.is_sleeping b);
  Lwt.wakeup wake "first";
  Lwt.on_success (Lwt.both a b) (fun (x, y) -> log "%s %s" x y);
  let c = Lwt_condition.create () in
  let waiters = List.init 3 (fun i -> Lwt_condition.wait c >|= fun v -> v * i) in
  Lwt_condition.broadcast c 7;
  Lwt.on_success (Lwt.all waiters) (fun l -> log "sum %d" (List.fold_left ( + ) 0 l));
  let failing = Lwt.catch (fun () -> Lwt.fail_with "bad") (function Failure m -> Lwt.return m | e -> Lwt.fail e) in
  Lwt.on_success failing (log "caught %s");
  let p = Lwt.pick [ fst (Lwt.task ()); Lwt.return 3 ] in
  Lwt.on_success p (log "picked %d");
  let cancelled = fst (Lwt.task ()) in
  Lwt.on_cancel cancelled (fun () -> log "cancelled");
  Lwt.cancel cancelled;
  let seq = Lwt_list.fold_left_s (fun a x -> Lwt.return (a ^ string_of_int x)) "" [ 1; 2; 3 ] in
  Lwt.on_success seq (log "%s");
  let key = Lwt.new_key () in
  Lwt.with_value key (Some "v") (fun () -> Lwt.return () >>= fun () -> log "%s" (Option.value ~default:"none" (Lwt.get key)); Lwt.return_unit) |> ignore;
  let st, push = Lwt_stream.create () in
  let total = Lwt_stream.fold ( + ) st 0 in
  for i = 1 to 10 do push (Some i) done; push None;
  Lwt.on_success total (log "stream total %d")
