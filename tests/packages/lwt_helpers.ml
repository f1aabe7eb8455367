(* oracle: lwt.unix *)
open Lwt.Infix

let print = Printf.printf

module Throttle = Lwt_throttle.Make (struct
  include String

  let hash = Hashtbl.hash
end)

let bytes () =
  let b = Lwt_bytes.of_string "hello, world" in
  print "%d %c %S\n" (Lwt_bytes.length b) (Lwt_bytes.get b 4) (Lwt_bytes.to_string (Lwt_bytes.extract b 7 5));
  let part = Lwt_bytes.proxy b 0 5 in
  Lwt_bytes.fill part 1 3 '-';
  Lwt_bytes.blit_from_string "WORLD" 0 b 7 5;
  let out = Bytes.make 12 '.' in
  Lwt_bytes.blit_to_bytes b 0 out 0 12;
  print "%s %s\n" (Bytes.to_string out) (Bytes.to_string (Lwt_bytes.to_bytes (Lwt_bytes.copy part)));
  (match Lwt_bytes.blit b 10 part 0 5 with () -> print "no\n" | exception Invalid_argument m -> print "%s\n" m);
  let r, w = Lwt_unix.pipe () in
  Lwt_bytes.write w b 7 5 >>= fun n ->
  let got = Lwt_bytes.create 10 in
  Lwt_bytes.read r got 2 8 >>= fun m ->
  print "%d %d %S\n" n m (Lwt_bytes.to_string (Lwt_bytes.extract got 2 m));
  Lwt_unix.close r >>= fun () -> Lwt_unix.close w

let channels () =
  let pieces = ref [ "one\ntw"; "o\n"; "three" ] in
  let perform b from count =
    match !pieces with
    | [] -> Lwt.return 0
    | piece :: rest ->
        let n = min count (String.length piece) in
        Lwt_bytes.blit_from_string piece 0 b from n;
        pieces := rest;
        Lwt.return n
  in
  let input = Lwt_io.make ~mode:Lwt_io.input ~close:(fun () -> print "closed\n"; Lwt.return_unit) perform in
  Lwt_stream.to_list (Lwt_io.read_lines input) >>= fun lines ->
  print "%s\n" (String.concat "|" lines);
  Lwt_io.close input >>= fun () ->
  let written = Buffer.create 10 in
  let output = Lwt_io.make ~mode:Lwt_io.output (fun b from count -> Buffer.add_string written (Lwt_bytes.to_string (Lwt_bytes.extract b from count)); Lwt.return count) in
  Lwt_io.fprintf output "%d-%s" 3 "x" >>= fun () ->
  Lwt_io.flush output >>= fun () ->
  print "%S %Ld\n" (Buffer.contents written) (Lwt_io.position output);
  let held = Lwt_bytes.of_string "abc\ndef" in
  Lwt_io.read_line (Lwt_io.of_bytes ~mode:Lwt_io.input held) >|= fun line -> print "%s\n" line

let timeouts () =
  let done_, resolve = Lwt.wait () in
  let t = Lwt_timeout.create 1 (fun () -> print "time is up\n"; Lwt.wakeup resolve ()) in
  let never = Lwt_timeout.create 1 (fun () -> print "never\n") in
  Lwt_timeout.start t;
  Lwt_timeout.start never;
  Lwt_timeout.stop never;
  done_

let throttled () =
  let t = Throttle.create ~rate:2 ~max:1 ~n:10 in
  let asked = List.map (fun key -> (key, Throttle.wait t key)) [ "a"; "a"; "a"; "a"; "b" ] in
  List.iter (fun (key, p) -> print "%s %s\n" key (match Lwt.state p with Return true -> "goes" | Return false -> "refused" | Sleep -> "waits" | Fail _ -> "fails")) asked;
  Lwt_list.for_all_s snd (List.filteri (fun i _ -> i <> 3) asked) >|= print "%b\n"

let () =
  ignore (Lwt_main.Exit_hooks.add_last (fun () -> print "second hook\n"; Lwt.return_unit));
  ignore ((Lwt_sequence.add_l [@warning "-3"]) (fun () -> print "first hook\n"; Lwt.return_unit) (Lwt_main.exit_hooks [@warning "-3"]));
  let removed = Lwt_main.Exit_hooks.add_first (fun () -> print "removed\n"; Lwt.return_unit) in
  Lwt_main.Exit_hooks.remove removed;
  Lwt_main.run (bytes () >>= channels >>= timeouts >>= throttled);
  print "%b %b\n" Lwt_sys.windows (Lwt_sys.byte_order = Lwt_sys.Little_endian)
