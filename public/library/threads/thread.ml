(* Threads: tasks of the scheduler that domains have, too. *)

module Scheduler = CamlinternalDomain

external id : int -> int = "%identity"
external monotonic_ns : unit -> int64 = "morgana_monotonic_ns"
external sleep_until : int64 -> bool -> bool = "morgana_wait"
external platform_poll : bytes -> int -> int -> int = "morgana_platform_poll"
external on_blocking : (int -> unit) -> unit = "morgana_on_blocking"
external handle_signals : unit -> unit = "morgana_handle_signals"

type t = int

(* {1 Waiting for the outside} *)

(* What a thread waits for: descriptors with the events of poll(2), or a moment. *)
type wait = { events : (int * int) list; deadline : int64; mutable over : bool }

let for_ever = Int64.max_int
let waits : wait list ref = ref []
let pollin = 1
let pollout = 4

(* struct pollfd: the descriptor, the events wanted, those found. *)
let poll waits milliseconds =
  let wanted = List.concat_map (fun w -> List.map (fun (d, events) -> (w, d, events)) w.events) waits in
  let count = List.length wanted in
  let b = Bytes.make (8 * max 1 count) '\000' in
  List.iteri
    (fun i (_, d, events) ->
      Bytes.set_int32_le b (8 * i) (Int32.of_int d);
      Bytes.set_uint16_le b ((8 * i) + 4) events)
    wanted;
  let found = platform_poll b count milliseconds in
  let not_here = -38 in
  (* Where nobody tells, the call may block. *)
  List.iteri (fun i (w, _, _) -> if found = not_here || (found > 0 && Bytes.get_uint16_le b ((8 * i) + 6) <> 0) then w.over <- true) wanted

let milliseconds_until deadline =
  let left = Int64.sub deadline (monotonic_ns ()) in
  if Int64.compare left 0L <= 0 then 0 else Int64.to_int (Int64.div (Int64.add left 999_999L) 1_000_000L)

let () =
  Scheduler.idle :=
    fun () ->
      match List.filter (fun w -> not w.over) !waits with
      | [] -> !waits <> []
      | open_waits ->
          let deadline = List.fold_left (fun d w -> min d w.deadline) for_ever open_waits in
          if List.exists (fun w -> w.events <> []) open_waits then poll open_waits (if deadline = for_ever then -1 else milliseconds_until deadline)
          else ignore (sleep_until deadline false);
          handle_signals ();
          true

let is_over w =
  w.over
  || begin
       if w.deadline <> for_ever && Int64.compare (monotonic_ns ()) w.deadline >= 0 then w.over <- true else if w.events <> [] then poll [ w ] 0;
       w.over
     end

let wait_for events deadline =
  if not (Scheduler.is_alone ()) then begin
    let w = { events; deadline; over = false } in
    waits := w :: !waits;
    Fun.protect
      ~finally:(fun () -> waits := List.filter (fun other -> other != w) !waits)
      (fun () -> Scheduler.wait_until "Thread" (fun () -> is_over w))
  end

let () =
  on_blocking (fun what -> wait_for [ (what / 2, if what land 1 = 1 then pollout else pollin) ] for_ever);
  let events of_ = List.map (fun d -> (d, of_)) in
  Unix__calls.waiting := Some { wait = (fun reading writing deadline -> wait_for (events pollin reading @ events pollout writing) deadline) }

(* {1 Threads} *)

exception Exit

let running : (int, unit) Hashtbl.t = Hashtbl.create 7
let self () = !Scheduler.current_task.number

let default_uncaught_exception_handler e =
  let backtrace = Printexc.get_raw_backtrace () in
  flush stdout;
  Printf.eprintf "Thread %d killed on uncaught exception %s\n" (self ()) (Printexc.to_string e);
  Printexc.print_raw_backtrace stderr backtrace;
  flush stderr

let uncaught_exception_handler = ref default_uncaught_exception_handler
let set_uncaught_exception_handler f = uncaught_exception_handler := f

let report e =
  match !uncaught_exception_handler e with
  | () -> ()
  | exception Exit -> ()
  | exception other ->
      Printf.eprintf "Thread %d killed on uncaught exception %s\n" (self ()) (Printexc.to_string e);
      Printf.eprintf "Thread %d uncaught exception handler raised %s\n" (self ()) (Printexc.to_string other);
      flush stderr

let create f x =
  let task =
    Scheduler.spawn_thread (fun task ->
        (match f x with _ -> () | exception Exit -> () | exception e -> report e);
        Hashtbl.remove running task.number)
  in
  Hashtbl.replace running task.number ();
  task.number

let exit () = raise Exit
let yield () = Scheduler.yield ()
let join t = Scheduler.wait_until "Thread.join" (fun () -> not (Hashtbl.mem running t))
let delay seconds = Unix.sleepf seconds
let select = Unix.select
let wait_pid pid = Unix.waitpid [] pid
let wait_timed_read d seconds = match Unix.select [ d ] [] [] seconds with [], _, _ -> false | _ -> true
let wait_timed_write d seconds = match Unix.select [] [ d ] [] seconds with _, [], _ -> false | _ -> true
let sigmask = Unix.sigprocmask

(* They are blocked, so that they stay pending: who waits takes one by letting it come with a handler that only notes it. *)
let wait_signal signals =
  let pending () = List.find_opt (fun s -> List.mem s signals) (Unix.sigpending ()) in
  let rec wait () =
    match pending () with
    | None ->
        delay 0.002;
        wait ()
    | Some signal ->
        let before = Sys.signal signal (Sys.Signal_handle ignore) in
        ignore (Unix.sigprocmask Unix.SIG_UNBLOCK [ signal ]);
        ignore (Unix.sigprocmask Unix.SIG_BLOCK [ signal ]);
        Sys.set_signal signal before;
        signal
  in
  wait ()

(* The main program may end by raising it. *)
let () = Printexc.register_printer (function Exit -> Some "Thread.Exit" | _ -> None)
