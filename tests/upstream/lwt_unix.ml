(* packages: lwt.unix lwt_log *)
open Lwt.Infix
let () =
  Lwt_main.run (
    let r, w = Lwt_io.pipe () in
    Lwt.both (Lwt_io.write_line w "hello" >>= fun () -> Lwt_io.close w) (Lwt_io.read_lines r |> Lwt_stream.to_list) >>= fun ((), l) ->
    Lwt_io.printf "%s\n" (String.concat "," l) >>= fun () ->
    Lwt.pick [ (Lwt_unix.sleep 0.01 >|= fun () -> "slow"); Lwt.return "fast" ] >>= Lwt_io.printl >>= fun () ->
    Lwt_process.pread ("", [| "echo"; "sub" |]) >>= fun s -> Lwt_io.print s >>= fun () ->
    let logger = Lwt_log.channel ~template:"$(level): $(message)" ~close_mode:`Keep ~channel:Lwt_io.stdout () in
    Lwt_log.notice ~logger "logged" >>= fun () -> Lwt_log.debug ~logger "hidden" >>= fun () ->
    Lwt_list.map_p (fun x -> Lwt_unix.sleep (0.001 *. float x) >|= fun () -> x * 2) [ 3; 1; 2 ] >>= fun l -> Lwt_io.printl (String.concat " " (List.map string_of_int l)))
