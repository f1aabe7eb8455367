(* Streams, pools, sequences. oracle: lwt *)
open Lwt.Infix
let run p = match Lwt.state p with Lwt.Return v -> v | Lwt.Fail e -> raise e | Lwt.Sleep -> failwith "pending"
let pi l = print_endline (String.concat " " (List.map string_of_int l))
let st f p = print_endline (match Lwt.state p with Lwt.Return v -> "ret " ^ f v | Lwt.Fail e -> "fail " ^ Printexc.to_string e | Lwt.Sleep -> "sleep")
let so = function None -> "none" | Some i -> "some " ^ string_of_int i
let sl l = "[" ^ String.concat ";" (List.map string_of_int l) ^ "]"
module S = Lwt_stream
let () =
  pi (run (S.to_list (S.of_list [1;2;3])));
  let s, push = S.create () in
  let g = S.get s in st so g; push (Some 1); st so g; push (Some 2); push (Some 3); st so (S.peek s); st sl (S.npeek 5 s); st sl (S.nget 2 s);
  let g = S.get s in Lwt.cancel g; st so g; let g2 = S.get s in push (Some 9); st so g2; push (Some 7); push (Some 8);
  pi (S.get_available s); let c = S.clone s in push (Some 4); st so (S.get c); st so (S.get s); push None; st so (S.get s); st so (S.get c); print_endline (string_of_bool (S.is_closed s));
  (try push (Some 1) with e -> print_endline (Printexc.to_string e)); (try push None with e -> print_endline (Printexc.to_string e));
  st sl (S.get_while (fun x -> x < 3) (S.of_list [1;2;3;4])); let s = S.of_list [1;2;3;4] in st (fun () -> "") (S.junk_while (fun x -> x < 3) s); st so (S.get s);
  st (fun () -> "") (S.njunk 5 (S.of_list [1])); st string_of_int (S.last_new (S.of_list [1;2;3])); st string_of_int (S.next (S.of_list []));
  st sl (S.to_list (S.map (fun x -> x * 2) (S.of_list [1;2;3]))); st sl (S.to_list (S.filter (fun x -> x mod 2 = 1) (S.of_list [1;2;3]))); st sl (S.to_list (S.map_list (fun x -> [x; x]) (S.of_list [1;2;3])));
  st sl (S.to_list (S.append (S.of_list [1]) (S.of_list [2;3]))); st sl (S.to_list (S.concat (S.of_list [S.of_list [1]; S.of_list []; S.of_list [4]]))); st sl (S.to_list (S.flatten (S.of_list [[1];[];[2;3]])));
  st (fun l -> String.concat ";" (List.map (fun (a, b) -> Printf.sprintf "%d,%d" a b) l)) (S.to_list (S.combine (S.of_list [1;2;3]) (S.of_list [4;5])));
  st sl (S.to_list (S.choose [S.of_list [1;2]; S.of_list [3]]) >|= List.sort compare);
  st string_of_int (S.fold (+) (S.of_list [1;2;3]) 0); st so (S.find (fun x -> x > 1) (S.of_list [1;2;3]));
  let s, p = S.create_bounded 2 in
  st (fun () -> "") (p#push 1); st (fun () -> "") (p#push 2); let b = p#push 3 in st (fun () -> "") b; st (fun () -> "") (p#push 4); Printf.printf "%d %d %b %b\n" p#size p#count p#blocked p#closed;
  st so (S.get s); st (fun () -> "") b; Printf.printf "%d %d %b %b\n" p#size p#count p#blocked p#closed; let b = p#push 5 in st (fun () -> "") b; p#resize 4; st (fun () -> "") b;Printf.printf "%d %d\n" p#size p#count; Lwt.ignore_result (p#push 1); let b = p#push 6 in Lwt.cancel b; st (fun () -> "") b; Printf.printf "%b\n" p#blocked; p#close; st sl (S.to_list s); st (fun () -> "") (p#push 4);
  (try ignore (S.clone s) with e -> print_endline (Printexc.to_string e)); (try ignore (S.parse s S.get) with e -> print_endline (Printexc.to_string e));
  let n = ref 0 in let s = S.from (fun () -> incr n; if !n = 2 then Lwt.fail Exit else if !n > 4 then Lwt.return_none else Lwt.return_some !n) in
  st so (S.get s); st so (S.get s); st so (S.get s); st sl (S.to_list s);
  let n = ref 0 in let s = S.from (fun () -> incr n; if !n = 2 then Lwt.fail Exit else if !n > 4 then Lwt.return_none else Lwt.return_some !n) in
  st (fun l -> String.concat ";" (List.map (function Ok x -> string_of_int x | Error e -> Printexc.to_string e) l)) (S.to_list (S.wrap_exn s));
  let n = ref 0 in let s = S.from_direct (fun () -> incr n; if !n = 2 then raise Exit else if !n > 4 then None else Some !n) in
  (try st so (S.get s); st so (S.get s) with e -> print_endline ("raised " ^ Printexc.to_string e)); st so (S.get s);
  let s = S.of_list [1;2;3] in st so (S.parse s (fun s -> S.get s >>= fun _ -> Lwt.fail Exit)); st so (S.get s);
  st (fun l -> String.concat "\n" l) (S.to_list (S.hexdump (S.of_string "hello, world\n and more text \000\255")));
  st Fun.id (S.to_string (S.of_string "abc"));
  let r = ref [] in let ps = ref [] in
  let p = S.iter_n ~max_concurrency:2 (fun i -> r := i :: !r; let p, u = Lwt.wait () in ps := !ps @ [u]; p) (S.of_list [1;2;3;4]) in
  pi !r; Lwt.wakeup (List.nth !ps 1) (); pi !r; Lwt.wakeup (List.nth !ps 0) (); pi !r; st (fun () -> "") p; Lwt.wakeup (List.nth !ps 2) (); Lwt.wakeup (List.nth !ps 3) ();st (fun () -> "") p;
  (* waiting from *)
  let w, u = Lwt.wait () in let s = S.from (fun () -> w) in let g1 = S.get s and g2 = S.get s in Lwt.wakeup u (Some 3); st so g1; st so g2;
  let s = S.return_lwt (Lwt.return 3) in st sl (S.to_list s); st sl (S.to_list (S.return 3)); let s, push = S.create () in let cl = S.closed s in st (fun () -> "") cl; push None; st (fun () -> "") cl
let () =
  print_endline "pool";
  let made = ref 0 in
  let p = Lwt_pool.create 2 ~dispose:(fun n -> Printf.printf "dispose %d\n" n; Lwt.return_unit) ~validate:(fun n -> Printf.printf "validate %d\n" n; Lwt.return (n <> 2)) ~check:(fun n ok -> Printf.printf "check %d\n" n; ok (n <> 4)) (fun () -> incr made; Printf.printf "make %d\n" !made; Lwt.return !made) in
  st string_of_int (Lwt_pool.use p (fun n -> Lwt.return n)); st string_of_int (Lwt_pool.use p (fun n -> Lwt.return n));
  let w, u = Lwt.wait () in let a = Lwt_pool.use p (fun n -> w >|= fun () -> n) in let b = Lwt_pool.use p (fun n -> w >|= fun () -> n) in let c = Lwt_pool.use p (fun n -> w >|= fun () -> n) in
  Printf.printf "queue %d\n" (Lwt_pool.wait_queue_length p); let d = Lwt_pool.use p Lwt.return in Lwt.cancel d; Printf.printf "queue %d\n" (Lwt_pool.wait_queue_length p); Lwt.wakeup u (); st string_of_int a; st string_of_int b; st string_of_int c; 
  st string_of_int (Lwt_pool.use p (fun n -> Lwt.fail Exit)); st string_of_int (Lwt_pool.use p (fun n -> Lwt.return n)); st string_of_int (Lwt_pool.use p (fun n -> raise Exit));
  let w, u = Lwt.wait () in let a = Lwt_pool.use p (fun n -> w >|= fun () -> n) in st (fun () -> "clear") (Lwt_pool.clear p); Lwt.wakeup u (); st string_of_int a; st string_of_int (Lwt_pool.use p Lwt.return)
let () = print_endline "seq";
  let l = Lwt_seq.of_list in
  st sl (Lwt_seq.to_list (Lwt_seq.flat_map (fun x -> l [x;x]) (l [1;2;3]))); st sl (Lwt_seq.to_list (Lwt_seq.append (l [1]) (Lwt_seq.filter (fun x -> x > 1) (l [1;2;3])))); st sl (Lwt_seq.to_list (Lwt_seq.unfold (fun n -> if n > 3 then None else Some (n, n + 1)) 0));
  st string_of_int (Lwt_seq.fold_left_s (fun a b -> Lwt.return (a + b)) 0 (Lwt_seq.of_seq_lwt (List.to_seq [Lwt.return 1; Lwt.return 2])));
  st (fun () -> "") (Lwt_seq.iter_n ~max_concurrency:2 (fun i -> print_int i; Lwt.return_unit) (l [1;2;3]));st (fun () -> "") (Lwt_seq.iter_p (fun i -> print_int i; Lwt.return_unit) (l [1;2;3]))
