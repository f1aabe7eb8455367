(* In what order the callbacks of several cancelled promises run; sequences of resolvers; priority queues. oracle: lwt *)
let named name =
  let p, _ = Lwt.task () in
  Lwt.on_cancel p (fun () -> print_string (name ^ "c "));
  Lwt.on_failure p (fun _ -> print_string (name ^ "f "));
  p

let guarded name =
  let p = Lwt.protected (fst (Lwt.task ())) in
  Lwt.on_failure p (fun _ -> print_string (name ^ "f "));
  p

let () =
  let cancel p =
    Lwt.cancel p;
    print_newline ()
  in
  let three () = [ named "a"; named "b"; named "c" ] in
  cancel (Lwt.join (three ()));
  cancel (Lwt.choose (three ()));
  cancel (Lwt.pick (three ()));
  cancel (Lwt.map ignore (Lwt.both (named "a") (named "b")));
  cancel (Lwt.map ignore (Lwt.all (three ())));
  cancel (Lwt.map ignore (Lwt.npick (three ())));
  cancel (Lwt.map ignore (Lwt.nchoose_split (three ())));
  cancel (Lwt.join [ named "a"; guarded "b"; named "c" ]);
  cancel (Lwt.join [ Lwt.pick [ named "a"; named "b" ]; Lwt.join [ named "c"; guarded "d" ]; named "e" ]);
  (* One that is cancelled while the winner is looked for wins. *)
  let p, _ = Lwt.task () in
  let outcome = Lwt.pick [ Lwt.map Fun.id p; p; Lwt.return 1 ] in
  print_endline (match Lwt.state outcome with Lwt.Return n -> string_of_int n | Lwt.Fail e -> Printexc.to_string e | Lwt.Sleep -> "-")

let () =
  let s = Lwt_sequence.create () in
  let show () = Printf.printf "%d:%s " (Lwt_sequence.length s) (Lwt_sequence.fold_r (fun n rest -> string_of_int n ^ rest) s "") in
  let nodes = List.map (fun n -> if n land 1 = 0 then Lwt_sequence.add_l n s else Lwt_sequence.add_r n s) [ 1; 2; 3; 4; 5; 6 ] in
  show ();
  Lwt_sequence.iter_node_l (fun node -> if Lwt_sequence.get node = 4 then (Lwt_sequence.remove node; Lwt_sequence.remove (List.nth nodes 1); ignore (Lwt_sequence.add_r 9 s))) s;
  show ();
  Lwt_sequence.remove (List.hd nodes);
  Lwt_sequence.remove (List.hd nodes);
  Lwt_sequence.set (List.nth nodes 4) 7;
  show ();
  let other = Lwt_sequence.create () in
  List.iter (fun n -> ignore (Lwt_sequence.add_r n other)) [ 10; 11 ];
  Lwt_sequence.transfer_l other s;
  show ();
  Lwt_sequence.transfer_r other s;
  Printf.printf "%b %d %d " (Lwt_sequence.is_empty other) (Lwt_sequence.take_l s) (Lwt_sequence.take_r s);
  (match Lwt_sequence.find_node_opt_r (fun n -> n < 7) s with Some node -> Printf.printf "%d " (Lwt_sequence.get node) | None -> print_string "none ");
  (match Lwt_sequence.find_node_l (fun n -> n > 50) s with _ -> () | exception Not_found -> print_string "not found ");
  Lwt_sequence.iter_r (Printf.printf "%d,") s;
  Lwt_sequence.clear s;
  show ();
  (match Lwt_sequence.take_r s with _ -> () | exception Lwt_sequence.Empty -> print_endline "empty")

let () =
  let waiting = Lwt_sequence.create () in
  let ps = [ Lwt.add_task_r waiting; Lwt.add_task_r waiting; Lwt.add_task_l waiting ] in
  Lwt.cancel (List.hd ps);
  Printf.printf "%d\n" (Lwt_sequence.length waiting);
  Lwt.wakeup (Lwt_sequence.take_l waiting) 5;
  List.iter (fun p -> print_string (match Lwt.state p with Lwt.Return n -> string_of_int n | Lwt.Fail _ -> "C" | Lwt.Sleep -> "-")) ps;
  print_newline ()

module Q = Lwt_pqueue.Make (Int)

let () =
  let q = List.fold_left (fun q n -> Q.add n q) Q.empty [ 5; 3; 9; 3; 1 ] in
  let rec drain q = match Q.lookup_min q with None -> print_newline () | Some n -> Printf.printf "%d/%d " n (Q.size q); drain (Q.remove_min q) in
  drain (Q.union q (Q.add 4 Q.empty));
  Printf.printf "%b %d\n" (Q.is_empty q) (Q.find_min q);
  match Q.find_min Q.empty with _ -> () | exception Not_found -> print_endline "not found"
