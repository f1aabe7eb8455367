(* Measurements with promises. *)

open Lwt.Infix
open Metrics

let add src tags data =
  if not (is_active src) then Lwt.return_unit
  else begin
    let done_, resolver = Lwt.wait () in
    report src ~over:(Lwt.wakeup_later resolver) ~k:(fun () -> done_) tags (fun f send -> data f >>= send)
  end

(* Adds a data point for the outcome of a promise that is not rejected. *)
let measured src tags f ~status_of =
  if not (is_active src) then f ()
  else begin
    let start = now () in
    f () >>= fun outcome ->
    let elapsed = Int64.sub (now ()) start in
    let complete data =
      let data = if Src.status (Src src) then Data.cons (status (status_of outcome)) data else data in
      if Src.duration (Src src) then Data.cons (duration elapsed) data else data
    in
    add src tags (fun data -> Lwt.return (complete (data outcome))) >|= fun () -> outcome
  end

let status_of = function Ok _ -> `Ok | Error _ -> `Error

let run src tags f =
  measured src tags ~status_of (fun () -> Lwt.try_bind f Lwt.return_ok Lwt.return_error) >>= function Ok v -> Lwt.return v | Error e -> Lwt.fail e

let rrun src tags f =
  let outcome () =
    Lwt.try_bind f
      (function Ok v -> Lwt.return_ok v | Error e -> Lwt.return_error (`Error e))
      (fun e -> Lwt.return_error (`Exn e))
  in
  measured src tags ~status_of outcome >>= function Ok v -> Lwt.return_ok v | Error (`Error e) -> Lwt.return_error e | Error (`Exn e) -> Lwt.fail e

let periodic : (tags, unit -> data) src list ref = ref []
let periodically src = periodic := src :: !periodic

let log_counts () =
  let data () = Data.v [ uint "errors" (Logs.err_count ()); uint "warnings" (Logs.warn_count ()) ] in
  Src.v "logs" ~doc:"Errors and warnings that were logged" ~tags:Tags.[] ~data

let init_periodic ?(gc = `Full) ?(logs = true) sleeper =
  (match gc with
  | `None -> ()
  | `Quick -> periodically (gc_quick_stat ~tags:Tags.[])
  | `Full -> periodically (gc_stat ~tags:Tags.[]));
  if logs then periodically (log_counts ());
  let rec loop () =
    List.iter (fun src -> Metrics.add src Fun.id (fun data -> data ())) (List.rev !periodic);
    sleeper () >>= loop
  in
  Lwt.async loop
