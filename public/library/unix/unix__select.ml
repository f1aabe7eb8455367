(* Waiting for descriptors, by poll(2): struct pollfd has the descriptor, the events wanted and those found. *)

open Unix__error
open Unix__calls

external monotonic_ns : unit -> int64 = "morgana_monotonic_ns"

let select reading writing exceptional timeout =
  let wanted = Hashtbl.create 7 in
  let note event d = Hashtbl.replace wanted d (event lor Option.value (Hashtbl.find_opt wanted d) ~default:0) in
  List.iter (note 1) reading;
  List.iter (note 4) writing;
  List.iter (note 2) exceptional;
  let all = Array.of_seq (Hashtbl.to_seq wanted) in
  let b = Bytes.make (8 * max 1 (Array.length all)) '\000' in
  Array.iteri
    (fun i (d, events) ->
      Bytes.set_int32_le b (8 * i) (Int32.of_int d);
      Bytes.set_int16_le b ((8 * i) + 4) events)
    all;
  let timeout =
    match !waiting with
    | Some { wait } when timeout <> 0. ->
        let deadline = if timeout < 0. then Int64.max_int else Int64.add (monotonic_ns ()) (Int64.of_float (timeout *. 1e9)) in
        wait (reading @ exceptional) writing deadline;
        if timeout < 0. then timeout else Float.max 0. (Int64.to_float (Int64.sub deadline (monotonic_ns ())) *. 1e-9)
    | _ -> timeout
  in
  let milliseconds = if timeout < 0. then -1 else int_of_float (Float.ceil (timeout *. 1e3)) in
  ignore (checked "select" "" (linux_call_first_buffer 7 b (Array.length all) milliseconds));
  let found = Hashtbl.create 7 in
  Array.iteri
    (fun i (d, _) ->
      let events = Bytes.get_uint16_le b ((8 * i) + 6) in
      (* POLLNVAL *)
      if events land 0x20 <> 0 then raise (Unix_error (EBADF, "select", ""));
      Hashtbl.replace found d events)
    all;
  (* An error or the other side's end makes reading and writing possible: they will tell. *)
  let ready mask = List.filter (fun d -> Hashtbl.find found d land mask <> 0) in
  (ready (1 lor 0x18) reading, ready (4 lor 0x8) writing, ready 2 exceptional)
