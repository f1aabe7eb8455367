(* needs OCaml 5: made with 4.13, and the words of `loops` added. skip: evaluator *)
(* Signals: handled where blocks are made, between calls and in interrupted ones. *)
let stop = ref false
let rec even n = if !stop then n else odd (n + 1)
and odd n = if !stop then n else even (n - 1)
let find a x = let i = ref 0 in while a.(!i) != x && not !stop do i := (!i + 1) land 7 done; !i
(* Loops that allocate nothing. (OCaml's have polls since 4.14.) *)
let loops () =
  Sys.set_signal Sys.sigalrm (Sys.Signal_handle (fun _ -> stop := true));
  let arm () = stop := false; ignore (Unix.setitimer Unix.ITIMER_REAL { it_interval = 0.; it_value = 0.01 }) in
  arm (); while not !stop do () done; print_endline "while";
  arm (); ignore (even 1); print_endline "mutual";
  arm (); ignore (find (Array.init 8 (fun i -> Some i)) (Some 1)); print_endline "array";
  arm (); let r = ref (fun _ -> 0) in r := (fun n -> if !stop then n else !r (n + 1)); ignore (!r 1); print_endline "unknown";
  arm (); while not !stop do ignore (Sys.opaque_identity (String.make 100 'x')) done; print_endline "strings";
  arm (); (try while true do try if !stop then raise Exit with Not_found -> () done with Exit -> ()); print_endline "try";
  Sys.set_signal Sys.sigalrm (Sys.Signal_handle (fun _ -> raise Exit));
  arm (); (try while true do try if !stop then raise Not_found with Not_found -> () done with Exit -> print_endline "raised");
  arm (); (try while true do try while true do () done with Not_found -> () done with Exit -> print_endline "raised inside")

let p = Printf.printf
let () =
  let count = ref 0 in
  let old = Sys.signal Sys.sigusr1 (Sys.Signal_handle (fun n -> incr count; p "got %b\n" (n = Sys.sigusr1))) in
  p "%b\n" (old = Sys.Signal_default);
  Unix.kill (Unix.getpid ()) Sys.sigusr1;
  p "%d\n" !count;
  ignore (Unix.sigprocmask Unix.SIG_BLOCK [Sys.sigusr1]);
  Unix.kill (Unix.getpid ()) Sys.sigusr1;
  p "%d %b\n" !count (Unix.sigpending () = [Sys.sigusr1]);
  ignore (Unix.sigprocmask Unix.SIG_UNBLOCK [Sys.sigusr1]);
  p "%d\n" !count;
  (match Sys.signal Sys.sigusr1 Sys.Signal_ignore with Sys.Signal_handle _ -> p "handle\n" | _ -> p "?\n");
  Unix.kill (Unix.getpid ()) Sys.sigusr1;
  p "%d\n" !count;
  p "%b\n" (Sys.signal Sys.sigusr1 Sys.Signal_default = Sys.Signal_ignore);
  (try ignore (Sys.signal Sys.sigkill Sys.Signal_ignore) with Sys_error m -> p "%s\n" m);
  (try ignore (Sys.signal 100 Sys.Signal_ignore) with Invalid_argument m -> p "%s\n" m);
  (* timers and allocation *)
  let ticks = ref 0 in
  Sys.set_signal Sys.sigalrm (Sys.Signal_handle (fun _ -> incr ticks));
  ignore (Unix.setitimer Unix.ITIMER_REAL { it_interval = 0.005; it_value = 0.005 });
  let l = ref [] in
  while !ticks < 5 do l := [!ticks] done;
  ignore (Unix.setitimer Unix.ITIMER_REAL { it_interval = 0.; it_value = 0. });
  p "%b\n" (!l <> []);
  (* exceptions out of handlers *)
  let exception Timeout in
  Sys.set_signal Sys.sigalrm (Sys.Signal_handle (fun _ -> raise Timeout));
  let rec loop n = if n < 0 then [n] else loop (List.length [n; n]) in
  ignore (Unix.setitimer Unix.ITIMER_REAL { it_interval = 0.; it_value = 0.02 });
  (try ignore (loop 1) with Timeout -> p "timeout\n");
  (* again, in a call *)
  let r, w = Unix.pipe () in
  ignore (Unix.setitimer Unix.ITIMER_REAL { it_interval = 0.; it_value = 0.02 });
  (try ignore (Unix.read r (Bytes.create 1) 0 1) with Timeout -> p "timeout in read\n");
  let ic = Unix.in_channel_of_descr r in
  ignore (Unix.setitimer Unix.ITIMER_REAL { it_interval = 0.; it_value = 0.02 });
  (try ignore (input_char ic) with Timeout -> p "timeout in channel\n");
  Sys.set_signal Sys.sigalrm (Sys.Signal_handle (fun _ -> ignore (Unix.write_substring w "x" 0 1)));
  ignore (Unix.setitimer Unix.ITIMER_REAL { it_interval = 0.; it_value = 0.02 });
  p "%C\n" (input_char ic);
  ignore (Unix.setitimer Unix.ITIMER_REAL { it_interval = 0.; it_value = 0.02 });
  (try ignore (Unix.select [] [] [] 5.) with Unix.Unix_error (e, f, a) -> p "%s %s\n" (Unix.error_message e) f);
  let t = Unix.gettimeofday () in
  ignore (Unix.setitimer Unix.ITIMER_REAL { it_interval = 0.; it_value = 0.01 });
  Unix.sleepf 0.05; p "%b\n" (Unix.gettimeofday () -. t >= 0.05);
  (* children *)
  let got = ref false in
  Sys.set_signal Sys.sigchld (Sys.Signal_handle (fun _ -> got := true));
  (match Unix.fork () with 0 -> Unix._exit 3 | pid ->
    let rec wait () = try Unix.waitpid [] pid with Unix.Unix_error (EINTR, _, _) -> wait () in
    let _, s = wait () in while not !got do Unix.sleepf 0.001 done; p "%b %b\n" (s = WEXITED 3) !got);
  Sys.catch_break true;
  (try Unix.kill (Unix.getpid ()) Sys.sigint; p "no\n" with Sys.Break -> p "break\n");
  (* in fibers and deep stacks *)
  let n = ref 0 in
  Sys.set_signal Sys.sigalrm (Sys.Signal_handle (fun _ -> incr n));
  ignore (Unix.setitimer Unix.ITIMER_REAL { it_interval = 0.002; it_value = 0.002 });
  let rec deep k = if k = 0 then [] else k :: deep (k - 1) in
  for _ = 1 to 3 do assert (List.length (deep 300) = 300) done;
  while !n < 5 do () done;
  ignore (Unix.setitimer Unix.ITIMER_REAL { it_interval = 0.; it_value = 0. });
  p "end\n"

let () = flush stdout; loops ()
