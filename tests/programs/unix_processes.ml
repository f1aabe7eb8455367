(* needs OCaml 5: made with the real Unix. skip: evaluator *)
let p = Printf.printf
let status = function Unix.WEXITED n -> Printf.sprintf "exited %d" n | WSIGNALED n -> Printf.sprintf "signaled %d" n | WSTOPPED n -> Printf.sprintf "stopped %d" n
let () =
  Unix.putenv "MORGANA_TEST" "a b"; p "%s\n" (Sys.getenv "MORGANA_TEST"); Unix.putenv "MORGANA_TEST" "c"; p "%s %b\n" (Unix.getenv "MORGANA_TEST") (Array.exists (( = ) "MORGANA_TEST=c") (Unix.environment ()));
  flush stdout;
  p "%s\n" (status (Unix.system "echo from shell $MORGANA_TEST; exit 3"));
  flush stdout;
  (match Unix.fork () with 0 -> print_string "child\n"; flush stdout; Unix._exit 7 | pid -> let q, s = Unix.waitpid [] pid in p "%b %s\n" (q = pid) (status s));
  (match Unix.fork () with 0 -> Unix.sleepf 5.; Unix._exit 0 | pid -> Unix.kill pid Sys.sigterm; let _, s = Unix.waitpid [] pid in p "%b\n" (s = WSIGNALED Sys.sigterm));
  let ic = Unix.open_process_in "printf 'x\\ny\\n'" in
  let a = input_line ic in let b = input_line ic in
  p "%s %s %s\n" a b (status (Unix.close_process_in ic));
  flush stdout;
  let oc = Unix.open_process_out "cat" in output_string oc "to cat\n"; p "%s\n" (status (Unix.close_process_out oc));
  let i, o = Unix.open_process "tr a-z A-Z" in output_string o "upper\n"; close_out o; p "%s\n" (input_line i); p "%s\n" (status (Unix.close_process (i, o)));
  let i, o, e = Unix.open_process_full "echo out; echo err >&2; exit 4" (Unix.environment ()) in
  let out = input_line i in let err = input_line e in p "%s %s %s\n" out err (status (Unix.close_process_full (i, o, e)));
  let r, w = Unix.pipe ~cloexec:true () in
  let a, b, c = Unix.select [ r ] [ w ] [] 0. in p "%d %d %d\n" (List.length a) (List.length b) (List.length c);
  ignore (Unix.write_substring w "z" 0 1);
  let a, _, _ = Unix.select [ r ] [] [] (-1.) in p "%b\n" (a = [ r ]);
  let s1, s2 = Unix.socketpair Unix.PF_UNIX Unix.SOCK_STREAM 0 in
  ignore (Unix.send_substring s1 "hello" 0 5 []); let buf = Bytes.create 10 in let n = Unix.recv s2 buf 0 10 [] in p "%s\n" (Bytes.sub_string buf 0 n);
  Unix.shutdown s1 Unix.SHUTDOWN_SEND; p "%d\n" (Unix.recv s2 buf 0 10 []);
  let srv = Unix.socket Unix.PF_INET Unix.SOCK_STREAM 0 in
  Unix.setsockopt srv Unix.SO_REUSEADDR true; p "%b %b\n" (Unix.getsockopt srv Unix.SO_REUSEADDR) (Unix.getsockopt srv Unix.SO_KEEPALIVE);
  Unix.bind srv (Unix.ADDR_INET (Unix.inet_addr_loopback, 0)); Unix.listen srv 5;
  let addr = Unix.getsockname srv in
  (match Unix.fork () with
   | 0 -> let i, o = Unix.open_connection addr in output_string o "ping\n"; flush o; let l = input_line i in Unix._exit (if l = "pong" then 0 else 1)
   | pid -> let c, from = Unix.accept srv in
     (match from with Unix.ADDR_INET (a, _) -> p "%s\n" (Unix.string_of_inet_addr a) | _ -> p "?\n");
     let n = Unix.read c buf 0 10 in p "%S\n" (Bytes.sub_string buf 0 n); ignore (Unix.write_substring c "pong\n" 0 5); Unix.close c; p "%s\n" (status (snd (Unix.waitpid [] pid))));
  (try Unix.connect (Unix.socket Unix.PF_INET Unix.SOCK_STREAM 0) (Unix.ADDR_INET (Unix.inet_addr_loopback, 1)) with Unix.Unix_error (e, f, a) -> p "%s %s %s\n" (Unix.error_message e) f a);
  let u = Unix.socket Unix.PF_INET Unix.SOCK_DGRAM 0 and v = Unix.socket Unix.PF_INET Unix.SOCK_DGRAM 0 in
  Unix.bind u (Unix.ADDR_INET (Unix.inet_addr_loopback, 0));
  ignore (Unix.sendto_substring v "dgram" 0 5 [] (Unix.getsockname u)); let n, _ = Unix.recvfrom u buf 0 10 [] in p "%s\n" (Bytes.sub_string buf 0 n);
  p "%b %b %b\n" (Unix.getuid () = Unix.geteuid ()) ((Unix.getpwuid 0).pw_name = "root") ((Unix.getgrgid 0).gr_name = "root");
  (try ignore (Unix.getpwnam "nobody-here") with Not_found -> p "none\n");
  let f = Filename.temp_file "mor" "x" in
  Unix.utimes f 1000000000.5 1000000001.25; let st = Unix.stat f in p "%.2f %.2f\n" st.st_atime st.st_mtime;
  p "%Ld\n" (Unix.LargeFile.stat f).st_size;
  Unix.chmod f 0o600; let d = Unix.openfile f [ Unix.O_RDWR ] 0 in Unix.fchmod d 0o640; p "%o\n" (Unix.fstat d).st_perm; Unix.lockf d Unix.F_LOCK 0; Unix.lockf d Unix.F_ULOCK 0; Unix.set_close_on_exec d; Unix.close d;
  Sys.remove f;
  p "%s\n" (Unix.realpath "/usr/../usr/./bin/.");
  (try Unix.execv "/nonexistent" [| "x" |] with Unix.Unix_error (e, f, a) -> p "%s %s %s\n" (Unix.error_message e) f a);
  p "%s\n" (status (snd (Unix.waitpid [] (Unix.create_process "sh" [| "sh"; "-c"; "exit 9" |] Unix.stdin Unix.stdout Unix.stderr))));
  p "%b\n" (Unix.gethostname () <> "");
  let first = Unix.alarm 100 in let left = Unix.alarm 0 in p "%d %b\n" first (left >= 99);
  let missing f = try ignore (f ()) with Unix.Unix_error (e, f, a) -> p "%s %s %s\n" (Unix.error_message e) f a in
  missing (fun () -> Unix.create_process "no-such-program" [| "x" |] Unix.stdin Unix.stdout Unix.stderr);
  missing (fun () -> Unix.create_process_env "/etc/passwd" [| "x" |] [||] Unix.stdin Unix.stdout Unix.stderr);
  flush stdout;
  let run command = p "%d\n" (Sys.command command); flush stdout in
  run "echo by command $MORGANA_TEST"; run "exit 5"; run "kill -9 $$"; run "no-such-program-here 2>/dev/null";
  let f = Filename.temp_file "lock" "" in flush stdout;
  let d = Unix.openfile f [ Unix.O_RDWR ] 0 in
  Unix.lockf d Unix.F_LOCK 0;
  let attempt command = let d = Unix.openfile f [ Unix.O_RDWR ] 0 in match Unix.lockf d command 0 with () -> "free" | exception Unix.Unix_error ((EAGAIN | EACCES), f, _) -> f in
  (match Unix.fork () with 0 -> p "%s %s\n" (attempt Unix.F_TLOCK) (attempt Unix.F_TEST); exit 0 | pid -> ignore (Unix.waitpid [] pid));
  Unix.lockf d Unix.F_ULOCK 0;
  (match Unix.fork () with 0 -> p "%s %s\n" (attempt Unix.F_TEST) (attempt Unix.F_TLOCK); exit 0 | pid -> ignore (Unix.waitpid [] pid));
  Sys.remove f;
  (try ignore (Unix.waitpid [] (-1)) with Unix.Unix_error (e, f, a) -> p "%s %s %s\n" (Unix.error_message e) f a)

let () =
  let set name value =
    try
      Unix.putenv name value;
      Printf.printf "%s %b\n" (Unix.getenv "a") (Array.mem (name ^ "=" ^ value) (Unix.environment ()))
    with Unix.Unix_error (e, f, x) -> Printf.printf "%s %s %S\n" (Unix.error_message e) f x
  in
  set "a=b" "c"; set "a" ""; set "" "x"; set "=x" "y"; set "a\000" "x"; set "a" "1\0002"
