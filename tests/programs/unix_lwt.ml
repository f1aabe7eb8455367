(* skip: evaluator *)
(* Promises of time, files, sockets, processes and signals. *)
open Lwt.Infix
let ( let* ) = Lwt.bind
let sleeps () =
  let log = ref [] in
  let* () = Lwt.join (List.map (fun d -> Lwt_unix.sleep d >|= fun () -> log := d :: !log) [0.03; 0.01; 0.05; 0.02]) in
  Lwt_io.printlf "%s" (String.concat " " (List.rev_map string_of_float !log))
let timeouts () =
  let* r = Lwt.catch (fun () -> Lwt_unix.with_timeout 0.01 (fun () -> Lwt_unix.sleep 5. >|= fun () -> "slept")) (function Lwt_unix.Timeout -> Lwt.return "timeout" | e -> Lwt.fail e) in
  let* () = Lwt_io.printl r in
  let* r = Lwt.pick [ (Lwt_unix.sleep 0.02 >|= fun () -> "slow"); (Lwt_unix.sleep 0.005 >|= fun () -> "fast") ] in
  Lwt_io.printl r
let pipes () =
  let ic, oc = Lwt_io.pipe () in
  let writer = let* () = Lwt_list.iter_s (fun i -> let* () = Lwt_io.write_line oc (Printf.sprintf "line %d" i) in Lwt_unix.sleep 0.001) [1;2;3] in Lwt_io.close oc in
  let* lines = Lwt_stream.to_list (Lwt_io.read_lines ic) in
  let* () = writer in
  let* () = Lwt_io.printf "%d %s\n" (List.length lines) (String.concat "," lines) in
  let r, w = Lwt_unix.pipe () in
  let big = Bytes.make 300000 'x' in
  let rec all_out from = if from = 300000 then Lwt_unix.close w else let* n = Lwt_unix.write w big from (300000 - from) in all_out (from + n) in
  let b = Bytes.create 10000 in
  let rec all_in total = let* n = Lwt_unix.read r b 0 10000 in if n = 0 then Lwt.return total else all_in (total + n) in
  let* total, () = Lwt.both (all_in 0) (all_out 0) in
  Lwt_io.printf "%d\n" total
let files () =
  let path = Filename.temp_file "lwt" "" in
  let* () = Lwt_io.with_file ~mode:Lwt_io.Output path (fun oc -> let* () = Lwt_io.write oc "hello\r\nworld\nlast" in Lwt_io.fprintf oc " %d" 5) in
  let* n = Lwt_io.file_length path in
  let* l = Lwt_io.with_file ~mode:Lwt_io.Input path (fun ic -> let* a = Lwt_io.read_line ic in let* p = Lwt.return (Lwt_io.position ic) in let* b = Lwt_io.read_line_opt ic in let* c = Lwt_io.read_line_opt ic in let* d = Lwt_io.read_line_opt ic in
    Lwt.return (a, p, b, c, d)) in
  let a, p, b, c, d = l in
  let s = function None -> "none" | Some s -> s in
  let* () = Lwt_io.printf "%Ld %s %Ld %s %s %s\n" n a p (s b) (s c) (s d) in
  let* all = Lwt_io.with_file ~mode:Lwt_io.Input path (fun ic -> let* () = Lwt_io.set_position ic 7L in let* w = Lwt_io.read ~count:5 ic in let* rest = Lwt_io.read ic in Lwt.return (w ^ "|" ^ rest)) in
  let* () = Lwt_io.printf "%S\n" all in
  let* e = Lwt.catch (fun () -> Lwt_io.with_file ~mode:Lwt_io.Input path (fun ic -> let* _ = Lwt_io.read ic in Lwt_io.read_line ic)) (fun e -> Lwt.return (Printexc.to_string e)) in
  let* () = Lwt_io.printl e in
  let* e = Lwt.catch (fun () -> let* ic = Lwt_io.open_file ~mode:Lwt_io.Input "/nonexistent" in Lwt_io.read ic) (function Unix.Unix_error (e, f, a) -> Lwt.return (Unix.error_message e ^ " " ^ f ^ " " ^ a) | e -> Lwt.fail e) in
  let* () = Lwt_io.printl e in
  let* () = Lwt_io.with_file ~mode:Lwt_io.Output path (fun oc -> let* () = Lwt_io.BE.write_int32 oc 0x01020304l in let* () = Lwt_io.LE.write_int16 oc 7 in Lwt_io.write_value oc [1;2;3]) in
  let* a, b, c = Lwt_io.with_file ~mode:Lwt_io.Input path (fun ic -> let* a = Lwt_io.BE.read_int32 ic in let* b = Lwt_io.LE.read_int16 ic in let* c = Lwt_io.read_value ic in Lwt.return (a, b, (c : int list))) in
  let* () = Lwt_io.printf "%lx %d %d\n" a b (List.length c) in
  let* () = Lwt_unix.unlink path in
  let* x = Lwt_unix.file_exists path in Lwt_io.printf "%b\n" x
let server () =
  let path = Filename.temp_file "lwt" "" in Sys.remove path;
  let addr = Unix.ADDR_UNIX path in
  let* server = Lwt_io.establish_server_with_client_address addr (fun _ (ic, oc) -> 
    let rec go () = let* l = Lwt_io.read_line_opt ic in match l with None -> Lwt.return_unit | Some l -> let* () = Lwt_io.write_line oc (String.uppercase_ascii l) in go () in go ()) in
  let client i = Lwt_io.with_connection addr (fun (ic, oc) -> let* () = Lwt_io.write_line oc (Printf.sprintf "client %d" i) in let* () = Lwt_io.flush oc in Lwt_io.read_line ic) in
  let* rs = Lwt_list.map_p client [1;2;3] in
  let* () = Lwt_io.printl (String.concat ";" rs) in
  let* () = Lwt_io.shutdown_server server in
  let* e = Lwt.catch (fun () -> client 4) (function Unix.Unix_error (e, _, _) -> Lwt.return (Unix.error_message e) | e -> Lwt.fail e) in
  Lwt_io.printl e
let tcp () =
  let s = Lwt_unix.socket Unix.PF_INET Unix.SOCK_STREAM 0 in
  let* () = Lwt_unix.bind s (Unix.ADDR_INET (Unix.inet_addr_loopback, 0)) in
  Lwt_unix.listen s 5;
  let addr = Lwt_unix.getsockname s in
  let srv = let* c, _ = Lwt_unix.accept s in let b = Bytes.create 10 in let* n = Lwt_unix.read c b 0 10 in let* _ = Lwt_unix.write c b 0 n in Lwt_unix.close c in
  let c = Lwt_unix.socket Unix.PF_INET Unix.SOCK_STREAM 0 in
  let* () = Lwt_unix.connect c addr in
  let* _ = Lwt_unix.write_string c "ping" 0 4 in
  let b = Bytes.create 10 in let* n = Lwt_unix.read c b 0 10 in
  let* () = srv in
  let* () = Lwt_io.printl (Bytes.sub_string b 0 n) in
  let* () = Lwt_unix.close c in
  let* e = Lwt.catch (fun () -> Lwt_unix.read c b 0 1 >|= string_of_int) (function Unix.Unix_error (e, _, _) -> Lwt.return (Unix.error_message e) | e -> Lwt.fail e) in
  Lwt_io.printl e
let processes () =
  let* st = Lwt_unix.system "exit 3" in
  let* () = Lwt_io.printf "%s\n" (match st with Lwt_unix.WEXITED n -> string_of_int n | _ -> "?") in
  let* () = Lwt_io.flush_all () in
  let pid = match Lwt_unix.fork () with 0 -> Unix.sleepf 0.02; Unix._exit 5 | pid -> pid in
  let t = Lwt_unix.sleep 0.005 >>= fun () -> Lwt_io.printl "meanwhile" in
  let* _, st = Lwt_unix.waitpid [] pid in
  let* () = t in
  let* () = Lwt_io.printf "%s\n" (match st with Lwt_unix.WEXITED n -> string_of_int n | _ -> "?") in
  let got, wake = Lwt.wait () in
  let id = Lwt_unix.on_signal Sys.sigusr1 (fun n -> Lwt.wakeup wake (n = Sys.sigusr1)) in
  Unix.kill (Unix.getpid ()) Sys.sigusr1;
  let* b = got in
  Lwt_unix.disable_signal_handler id;
  Lwt_io.printf "%b\n" b
let order () =
  let p i = Lwt_io.printf "%d " i in
  let* () = Lwt.join [ (let* () = Lwt.pause () in p 2); p 1; (let* () = Lwt.pause () in let* () = Lwt.pause () in p 3) ] in
  let* () = Lwt_io.printl "" in Lwt_io.flush_all ()
let st = function Unix.WEXITED n -> Printf.sprintf "exited %d" n | WSIGNALED n -> if n = Sys.sigkill then "killed" else "signaled" | WSTOPPED _ -> "stopped"
let programs () =
  let* s = Lwt_process.exec (Lwt_process.shell "exit 7") in
  let* () = Lwt_io.printl (st s) in
  let* t = Lwt_process.pread ("", [| "echo"; "a b"; "c" |]) in
  let* () = Lwt_io.printf "%S\n" t in
  let* l = Lwt_stream.to_list (Lwt_process.pread_lines ~env:[| "X=y" |] ~cwd:"/" (Lwt_process.shell "echo $X; pwd; echo end")) in
  let* () = Lwt_io.printl (String.concat "|" l) in
  let* u = Lwt_process.pmap (Lwt_process.shell "tr a-z A-Z") "some text" in
  let* () = Lwt_io.printl u in
  let* ls = Lwt_stream.to_list (Lwt_process.pmap_lines (Lwt_process.shell "sort -n") (Lwt_stream.of_list (List.init 2000 (fun i -> string_of_int (i * 7919 mod 2003))))) in
  let* () = Lwt_io.printf "%d %s\n" (List.length ls) (List.nth ls 5) in
  let* () = Lwt_io.flush Lwt_io.stdout in
  let* () = Lwt_process.pwrite (Lwt_process.shell "cat; echo") "written" in
  let* s = Lwt_process.exec ~timeout:0.05 (Lwt_process.shell "exec sleep 5") in
  let* () = Lwt_io.printl (st s) in
  let* r = Lwt_process.with_process_full (Lwt_process.shell "read x; echo out $x; echo err >&2; exit 2") (fun p ->
    let* () = Lwt_io.write_line p#stdin "in" in let* () = Lwt_io.flush p#stdin in
    let* o = Lwt_io.read_line p#stdout in let* e = Lwt_io.read_line p#stderr in let* s = p#status in
    Lwt.return (Printf.sprintf "%s %s %s %b" o e (st s) (p#state = Lwt_process.Exited (Unix.WEXITED 2)))) in
  let* () = Lwt_io.printl r in
  let* s = Lwt_process.exec ("no-such-program", [| "x" |]) in
  let* () = Lwt_io.printl (st s) in
  let* e = Lwt_process.exec ~stderr:`Dev_null (Lwt_process.shell "echo hidden >&2; ls /nonexistent") in
  let* () = Lwt_io.printl (st e) in
  (* threads *)
  let* rs = Lwt.all (List.map (fun i -> Lwt_preemptive.detach (fun () -> Thread.delay 0.03; i * i) ()) [1;2;3;4]) in
  let* () = Lwt_io.printf "%s\n" (String.concat "," (List.map string_of_int rs)) in
  let* e = Lwt.catch (fun () -> Lwt_preemptive.detach (fun () -> failwith "detached") ()) (function Failure m -> Lwt.return m | e -> Lwt.fail e) in
  let* () = Lwt_io.printl e in
  let* v = Lwt_preemptive.detach (fun () -> 1 + Lwt_preemptive.run_in_main (fun () -> let* () = Lwt_unix.sleep 0.005 in Lwt.return 41)) () in
  let* () = Lwt_io.printl (string_of_int v) in
  let ticks = ref 0 in
  let rec tick () = let* () = Lwt_unix.sleep 0.004 in incr ticks; tick () in
  let* () = Lwt.pick [ tick (); Lwt_preemptive.detach (fun () -> Thread.delay 0.04) () ] in
  Lwt_io.printf "%b\n" (!ticks >= 1)
let () =
  Lwt_main.at_exit (fun () -> Lwt_io.printl "at exit");
  Lwt_main.run (sleeps () >>= timeouts >>= pipes >>= files >>= server >>= tcp >>= processes >>= programs >>= order);
  (try Lwt_main.run (Lwt.fail Exit) with Exit -> print_endline "exit raised");
  (try Lwt_main.run (Lwt.bind (Lwt.pause ()) (fun () -> Lwt_main.run Lwt.return_unit; Lwt.return_unit)) with Failure m -> print_endline m);
  (try print_string (Lwt_main.run (Lwt_io.read_line Lwt_io.stdin)) with End_of_file -> print_endline "no input");
  Lwt_main.run (Lwt_io.eprintl "to stderr"); Lwt_main.run (Lwt_io.print "unflushed\n")
