(* oracle: lwt.unix *)
(* Vectored input and output, notifications, formatters, dumps, folders that go away, bigarrays. *)
open Lwt.Infix

module V = Lwt_unix.IO_vectors

let vectors () =
  let r, w = Lwt_unix.pipe () in
  let row = V.create () in
  V.append_bytes row (Bytes.of_string "xxhello ") 2 6;
  V.append_bytes row Bytes.empty 0 0;
  V.append_bigarray row (Lwt_bytes.of_string "big world!") 4 5;
  Printf.printf "%d %b\n" (V.byte_count row) (V.is_empty row);
  V.drop row 2;
  let wrong = V.create () in
  V.append_bytes wrong (Bytes.create 3) 2 2;
  (match Lwt_unix.writev w wrong with _ -> () | exception Invalid_argument name -> print_endline name);
  Lwt_unix.writev w row >>= fun n ->
  V.drop row n;
  Printf.printf "%d %d %b\n" n (V.byte_count row) (V.is_empty row);
  let into = V.create () and b = Bytes.make 6 '.' and big = Lwt_bytes.of_string "------" in
  V.append_bytes into b 1 4;
  V.append_bigarray into big 2 3;
  Lwt_unix.readv r into >>= fun n ->
  Printf.printf "%d %s %s %s\n" n (Bytes.to_string b) (Lwt_bytes.to_string big) (match V.system_limit with Some n -> string_of_int n | None -> "-");
  Lwt_unix.close r >>= fun () -> Lwt_unix.close w

let notifications () =
  let promise, resolver = Lwt.wait () in
  let count = ref 0 in
  let id = Lwt_unix.make_notification (fun () -> incr count; if !count = 2 then Lwt.wakeup_later resolver "twice") in
  let once = Lwt_unix.make_notification ~once:true (fun () -> print_endline "once") in
  Lwt_unix.call_notification once;
  Lwt_unix.call_notification once;
  Lwt_unix.send_notification id;
  Lwt_unix.send_notification id;
  Printf.printf "%d\n" !count;
  promise >>= fun text ->
  Lwt_unix.set_notification id (fun () -> print_endline "other");
  Lwt_unix.call_notification id;
  Lwt_unix.stop_notification id;
  Lwt_unix.call_notification id;
  Lwt_io.printl text

let formatters () =
  let stream, f = Lwt_fmt.make_stream () in
  Lwt_fmt.fprintf f "@[<v 2>a@,%d@]" 3 >>= fun () ->
  Lwt_fmt.flush f >>= fun () ->
  let shown = function Lwt_fmt.String (s, from, n) -> Printf.sprintf "%S" (String.sub s from n) | Flush -> "flush" in
  Lwt_io.printl (String.concat " " (List.map shown (Lwt_stream.get_available stream))) >>= fun () ->
  Lwt_fmt.printf "@[<h>%s@ %a@]@." "b" Format.pp_print_float 1.5 >>= fun () ->
  Lwt_fmt.ifprintf Lwt_fmt.stdout "%d" 1 >>= fun () -> Lwt_fmt.flush Lwt_fmt.stdout

let files () =
  Lwt_io.hexdump Lwt_io.stdout "the quick brown fox\000\n" >>= fun () ->
  Lwt_io.with_temp_dir ~prefix:"p" ~suffix:"s" (fun folder ->
      let name = Filename.basename folder in
      Printf.printf "%c%c\n" name.[0] name.[String.length name - 1];
      let path = Filename.concat folder "sub" in
      Lwt_unix.mkdir path 0o700 >>= fun () ->
      let file = Filename.concat path "f" in
      Lwt_io.with_file ~mode:Output file (fun channel -> Lwt_io.write_from_exactly_bigstring channel (Lwt_bytes.of_string "..bytes") 2 5) >>= fun () ->
      let b = Lwt_bytes.of_string "12345678" in
      Lwt_io.with_file ~mode:Input file (fun channel ->
          Lwt_io.read_into_exactly_bigstring channel b 1 2 >>= fun () -> Lwt_io.read_into_bigstring channel b 4 4) >>= fun n ->
      Printf.printf "%d %s\n" n (Lwt_bytes.to_string b);
      Lwt.return folder)
  >>= fun folder -> Lwt_io.printl (string_of_bool (Sys.file_exists folder))

let () = Lwt_main.run (vectors () >>= notifications >>= formatters >>= files)
