(* Signals. *)

open Unix__error
open Unix__calls

(* After calls that signals come with or let come. *)
external handle_signals : unit -> unit = "morgana_handle_signals"

let alarm seconds = call1 "alarm" 37 seconds

let pause () =
  ignore (linux_call 34 0 0 0 0);
  handle_signals ()

(* Sys has numbers of its own. *)
external linux_signal : int -> int = "morgana_signal_to_system"
external sys_signal : int -> int = "morgana_signal_of_system"

let kill pid signal =
  checked_unit "kill" "" (linux_call 62 pid (linux_signal signal) 0 0);
  handle_signals ()

type sigprocmask_command = SIG_SETMASK | SIG_BLOCK | SIG_UNBLOCK

let signal_set signals =
  let b = Bytes.make 8 '\000' in
  Bytes.set_int64_le b 0 (List.fold_left (fun set s -> Int64.logor set (Int64.shift_left 1L (linux_signal s - 1))) 0L signals);
  b

let signals_of_set b =
  let set = Bytes.get_int64_le b 0 in
  List.filter_map (fun n -> if Int64.logand set (Int64.shift_left 1L (n - 1)) = 0L then None else Some (sys_signal n)) (List.init 64 succ)

let sigprocmask command signals =
  let old = Bytes.make 8 '\000' in
  let how = match command with SIG_BLOCK -> 0 | SIG_UNBLOCK -> 1 | SIG_SETMASK -> 2 in
  checked_unit "sigprocmask" "" (linux_call_two_buffers 14 how (signal_set signals) old 8);
  handle_signals ();
  signals_of_set old

let sigpending () =
  let b = Bytes.make 8 '\000' in
  checked_unit "sigpending" "" (linux_call_first_buffer 127 b 8 0);
  signals_of_set b

let sigsuspend signals =
  ignore (linux_call_first_buffer 130 (signal_set signals) 8 0);
  handle_signals ()
