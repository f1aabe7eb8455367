(* Promises: the order of callbacks, cancellation, locks. oracle: lwt *)
open Lwt.Infix
let () =
  let p, u = Lwt.wait () in
  List.iter (fun i -> Lwt.on_success p (fun () -> Printf.printf "s%d " i)) [1;2;3];
  Lwt.wakeup u (); print_newline ();
  let p, u = Lwt.wait () in
  List.iter (fun i -> ignore (p >|= fun () -> Printf.printf "m%d " i)) [1;2;3];
  Lwt.wakeup u (); print_newline ();
  let p, u = Lwt.task () in
  List.iter (fun i -> Lwt.on_cancel p (fun () -> Printf.printf "c%d " i)) [1;2;3]; List.iter (fun i -> Lwt.on_failure p (fun _ -> Printf.printf "f%d " i)) [1;2;3];
  Lwt.cancel p; print_newline ();
  let p, u = Lwt.wait () in
  let q = p >>= fun () -> let r, v = Lwt.wait () in List.iter (fun i -> Lwt.on_success r (fun () -> Printf.printf "r%d " i)) [1;2;3]; Lwt.wakeup_later v (); Printf.printf "before "; r in
  List.iter (fun i -> Lwt.on_success q (fun () -> Printf.printf "q%d " i)) [1;2;3]; 
  List.iter (fun i -> Lwt.on_success p (fun () -> Printf.printf "p%d " i)) [1;2;3]; 
  Lwt.wakeup u (); print_newline ();
  let p, u = Lwt.wait () in let q, v = Lwt.wait () in
  let r = p >>= fun () -> q in
  List.iter (fun i -> Lwt.on_success q (fun () -> Printf.printf "q%d " i)) [1;2];  List.iter (fun i -> Lwt.on_success r (fun () -> Printf.printf "r%d " i)) [1;2]; 
  Lwt.wakeup u ();
  List.iter (fun i -> Lwt.on_success q (fun () -> Printf.printf "q%d " i)) [3;4];  List.iter (fun i -> Lwt.on_success r (fun () -> Printf.printf "r%d " i)) [3;4]; 
  Lwt.wakeup v (); print_newline ();
  let ps = List.map (fun i -> Lwt.pause () >|= fun () -> Printf.printf "pause%d " i) [1;2;3] in
  Lwt.wakeup_paused (); print_newline (); ignore ps;
  let p, u = Lwt.task () in let q, v = Lwt.task () in
  let r = Lwt.pick [p; q] in
  Lwt.on_cancel p (fun () -> print_string "cancel p "); Lwt.on_cancel q (fun () -> print_string "cancel q "); Lwt.on_success r (fun () -> print_string "r ");
  Lwt.wakeup v (); print_newline ();
  let p, u = Lwt.wait () in
  ignore (p >|= fun () -> print_string "a "; let q, v = Lwt.wait () in ignore (q >|= fun () -> print_string "q "); Lwt.wakeup v (); print_string "b "; let q, v = Lwt.wait () in ignore (q >|= fun () -> print_string "q2 "); Lwt.wakeup_later v (); print_string "c ");
  ignore (p >|= fun () -> print_string "z ");
  Lwt.wakeup u (); print_newline ();
  let b = Lwt.both (Lwt.fail Exit) (Lwt.fail Not_found) in (match Lwt.state b with Lwt.Fail e -> print_endline (Printexc.to_string e) | _ -> ());
  let p, u = Lwt.wait () in let j = Lwt.join [p; Lwt.fail Exit; Lwt.return ()] in print_endline (match Lwt.state j with Lwt.Sleep -> "sleep" | _ -> "res"); Lwt.wakeup_exn u Not_found; (match Lwt.state j with Lwt.Fail e -> print_endline (Printexc.to_string e) | _ -> ());
  let k = Lwt.new_key () in
  Lwt.with_value k (Some 3) (fun () -> let p, u = Lwt.wait () in ignore (p >|= fun () -> Printf.printf "key %s\n" (match Lwt.get k with None -> "none" | Some n -> string_of_int n)); Lwt.with_value k (Some 4) (fun () -> Lwt.wakeup u ()));
  (try Lwt.wakeup u () with e -> print_endline (Printexc.to_string e)); (try Lwt.wakeup_later u () with e -> print_endline (Printexc.to_string e)); (try Lwt.wakeup_exn u Exit with e -> print_endline (Printexc.to_string e)); (try Lwt.wakeup_later_result u (Ok ()) with e -> print_endline (Printexc.to_string e));(try Lwt.wakeup_result u (Ok ()) with e -> print_endline (Printexc.to_string e));
  (try ignore (Lwt.pick ([] : unit Lwt.t list)) with e -> print_endline (Printexc.to_string e)); (try ignore (Lwt.choose ([] : unit Lwt.t list)) with e -> print_endline (Printexc.to_string e)); (try ignore (Lwt.npick ([] : unit Lwt.t list)) with e -> print_endline (Printexc.to_string e)); (try ignore (Lwt.nchoose ([] : unit Lwt.t list)) with e -> print_endline (Printexc.to_string e)); (try ignore (Lwt.nchoose_split ([] : unit Lwt.t list)) with e -> print_endline (Printexc.to_string e));
  Lwt.async_exception_hook := (fun e -> Printf.printf "hook %s\n" (Printexc.to_string e));
  Lwt.async (fun () -> raise Exit); Lwt.async (fun () -> Lwt.fail Not_found); Lwt.dont_wait (fun () -> raise Exit) (fun e -> Printf.printf "dw %s\n" (Printexc.to_string e)); (try Lwt.ignore_result (Lwt.fail Exit) with Exit -> print_endline "raised");
  let p, u = Lwt.wait () in Lwt.ignore_result p; Lwt.wakeup_exn u Exit;
  let p, u = Lwt.wait () in Lwt.on_success p (fun () -> raise Exit); Lwt.wakeup u ();
  let f = Lwt.finalize (fun () -> Lwt.fail Exit) (fun () -> Lwt.fail Not_found) in (match Lwt.state f with Lwt.Fail e -> print_endline (Printexc.to_string e) | _ -> ());
  let n = Lwt.no_cancel (fst (Lwt.task ())) in Lwt.cancel n; print_endline (match Lwt.state n with Lwt.Sleep -> "sleep" | _ -> "res");
  let t = fst (Lwt.task ()) in let n = Lwt.protected t in Lwt.cancel n; print_endline (match Lwt.state n with Lwt.Sleep -> "sleep" | _ -> "res"); print_endline (match Lwt.state t with Lwt.Sleep -> "sleep" | _ -> "res");
  let t, u = Lwt.wait () in let n = Lwt.wrap_in_cancelable t in Lwt.cancel n;  print_endline (match Lwt.state n with Lwt.Sleep -> "sleep" | _ -> "res");
  let m = Lwt_mutex.create () in
  let log = Buffer.create 10 in
  let job i = Lwt_mutex.with_lock m (fun () -> Buffer.add_string log (Printf.sprintf "<%d" i); Lwt.pause () >|= fun () -> Buffer.add_string log (Printf.sprintf "%d>" i)) in
  let j = Lwt.join (List.map job [1;2;3]) in
  while Lwt.is_sleeping j do Lwt.wakeup_paused () done; print_endline (Buffer.contents log);
  let c = Lwt_condition.create () in
  let j = Lwt.join (List.map (fun i -> Lwt_condition.wait c >|= fun v -> Printf.printf "c%d=%d " i v) [1;2;3]) in
  Lwt_condition.signal c 5; print_string "| "; Lwt_condition.broadcast c 6; print_newline ();
  let m = Lwt_mvar.create_empty () in
  let j = Lwt.join (List.map (fun i -> Lwt_mvar.take m >|= fun v -> Printf.printf "t%d=%d " i v) [1;2;3]) in
  ignore (Lwt_mvar.put m 7); ignore (Lwt_mvar.put m 8); ignore (Lwt_mvar.put m 9); print_endline (string_of_bool (Lwt_mvar.is_empty m));
  let j = List.map (fun i -> Lwt_mvar.put m i >|= fun () -> Printf.printf "p%d " i) [1;2;3] in
  for i = 1 to 3 do ignore (Lwt_mvar.take m >|= fun v -> Printf.printf "got%d " v) done; print_newline ();
  (* deep recursion *)
  let rec loop n = if n = 0 then Lwt.return_unit else Lwt.pause () >>= fun () -> loop (n - 1) in
  let l = loop 100000 in while Lwt.is_sleeping l do Lwt.wakeup_paused () done; print_endline "loop";
  let p, u = Lwt.wait () in
  let q = List.fold_left (fun p i -> p >>= fun x -> Lwt.return (x + i)) p (List.init 1000 Fun.id) in
  Lwt.wakeup u 0;
  match Lwt.state q with Lwt.Return n -> Printf.printf "%d\n" n | _ -> print_endline "?"
