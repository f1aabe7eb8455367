(* The standard library's hashtables. *)
let p fmt = Printf.printf fmt
let t name f = match f () with s -> p "%s: %s\n" name s | exception e -> p "%s: raises %s\n" name (Printexc.to_string e)
let rec dump : 'a. 'a -> string = fun v -> let r = Obj.repr v in
  if Obj.is_int r then string_of_int (Obj.obj r) else if Obj.tag r = Obj.string_tag then Printf.sprintf "%S" (Obj.obj r) else if Obj.tag r = Obj.double_tag then Printf.sprintf "%h" (Obj.obj r)
  else Printf.sprintf "%d(%s)" (Obj.tag r) (String.concat "," (List.init (Obj.size r) (fun i -> dump (Obj.field r i))))
let () =
  let h = Hashtbl.create 1 in
  for i = 0 to 200 do Hashtbl.add h (i * 37 mod 91) i; if i mod 7 = 0 then Hashtbl.remove h (i mod 13); if i mod 5 = 0 then Hashtbl.replace h (i mod 17) (-i) done;
  Hashtbl.iter (fun k v -> p "%d:%d " k v) h; p "\n%d\n" (Hashtbl.fold (fun k v a -> p "%d " k; a + k * v) h 0);
  p "%s\n" (dump h);
  let s = Hashtbl.stats h in p "%d %d %d %s\n" s.num_bindings s.num_buckets s.max_bucket_length (String.concat "," (Array.to_list (Array.map string_of_int s.bucket_histogram)));
  p "%s %s\n" (String.concat "," (List.map string_of_int (Hashtbl.find_all h 5))) (match Hashtbl.find_opt h 1000 with None -> "none" | Some _ -> "some");
  Hashtbl.filter_map_inplace (fun k v -> p "<%d>" k; if v mod 2 = 0 then Some (v + 1) else None) h;
  p "%s\n%d\n" (dump h) (Hashtbl.length h);
  Seq.iter (fun (k, v) -> p "%d:%d " k v) (Hashtbl.to_seq h); Seq.iter (p "%d ") (Hashtbl.to_seq_keys h); Seq.iter (p "%d ") (Hashtbl.to_seq_values h);
  let c = Hashtbl.copy h in Hashtbl.clear h; p "%d %d %s\n" (Hashtbl.length h) (Hashtbl.length c) (dump h); Hashtbl.reset c; p "%s\n" (dump c);
  let h = Hashtbl.create 100 in List.iter (fun s -> Hashtbl.replace h s (String.length s)) (String.split_on_char ' ' "the quick brown fox jumps over the lazy dog and then some more words follow to fill the table up a bit");
  Hashtbl.iter (fun k v -> p "%s:%d " k v) h; p "%s\n" (dump h);
  (* adding while iterating *)
  let h = Hashtbl.create 16 in for i = 0 to 20 do Hashtbl.add h i i done;
  let n = ref 0 in Hashtbl.iter (fun k v -> incr n; if k < 21 then (Hashtbl.add h (k + 100) v; Hashtbl.add h (k + 200) v)) h; p "%d %d %s\n" !n (Hashtbl.length h) (dump h);
  (try Hashtbl.iter (fun k _ -> if k = 5 then failwith "x") h with Failure _ -> ()); for i = 0 to 200 do Hashtbl.add h i i done; p "%s\n" (dump h);
  let hh = Hashtbl.create 10 in List.iter (fun k -> Hashtbl.add hh k ()) [`A; `B 3; `C "x"]; Hashtbl.iter (fun k () -> p "%s " (dump k)) hh;
  let hf = Hashtbl.create 10 in List.iter (fun k -> Hashtbl.add hf k ()) [nan; 0.; -0.; 1.5; infinity]; p "%b %b %b\n" (Hashtbl.mem hf nan) (Hashtbl.mem hf 0.) (Hashtbl.mem hf 2.); Hashtbl.iter (fun k () -> p "%h " k) hf;
  List.iter (fun v -> p "%d " v) [Hashtbl.hash 0; Hashtbl.hash (-1); Hashtbl.hash max_int; Hashtbl.hash ""; Hashtbl.hash "a"; Hashtbl.hash (String.make 1000 'z'); Hashtbl.hash [1;2;3]; Hashtbl.hash (Some [|1.;2.|]); Hashtbl.hash 1l; Hashtbl.hash 1n; Hashtbl.hash (-1L); Hashtbl.hash 0.1; Hashtbl.hash nan; Hashtbl.hash (-0.); Hashtbl.hash true; Hashtbl.hash 'x'; Hashtbl.hash (lazy 3); Hashtbl.hash (ref 3); Hashtbl.hash `Foo; Hashtbl.seeded_hash 5 "abc"; Hashtbl.hash_param 3 4 [[1;2];[3;4]]; Hashtbl.seeded_hash_param 100 100 3 (List.init 50 Fun.id); Hashtbl.hash Not_found |> fun _ -> 0];
  p "\n";
  let module H = Hashtbl.Make (struct type t = int let equal a b = a mod 100 = b mod 100 let hash x = x mod 100 end) in
  let h = H.create 3 in for i = 0 to 150 do H.replace h i (i * i) done; H.iter (fun k v -> p "%d:%d " k v) h; p "%d %d %s\n" (H.length h) (H.find h 1003) (dump h); H.remove h 205; p "%b\n" (H.mem h 5);
  t "find" (fun () -> string_of_int (H.find h 5)); t "find" (fun () -> string_of_int (Hashtbl.find (Hashtbl.create 1) 5));
  let module H = Hashtbl.Make (struct type t = string let equal = String.equal let hash = Hashtbl.hash end) in
  let h = H.of_seq (List.to_seq ["a", 1; "b", 2; "a", 3]) in p "%d %d\n" (H.length h) (H.find h "a");
  let q = Queue.create () in Queue.add 1 q; Queue.push 2 q; Queue.add 3 q; p "%s %d %d %d\n" (dump q) (Queue.pop q) (Queue.peek q) (Queue.length q);
  let q2 = Queue.copy q in Queue.transfer q q2; p "%s %s %d\n" (dump q) (dump q2) (Queue.fold (fun a x -> p "<%d>" x; a + x) 0 q2); t "q" (fun () -> string_of_int (Queue.take q)); t "q" (fun () -> string_of_int (Queue.peek q));
  Queue.add_seq q (List.to_seq [7;8]); Queue.iter (p "%d ") q; Seq.iter (p "%d ") (Queue.to_seq q2); Queue.clear q; p "%b\n" (Queue.is_empty q);
  let s = Stack.create () in Stack.push 1 s; Stack.push 2 s; p "%s %d %d %d\n" (dump s) (Stack.top s) (Stack.pop s) (Stack.length s); ignore (Stack.pop s); t "s" (fun () -> string_of_int (Stack.pop s)); t "s" (fun () -> string_of_int (Stack.top s));
  let s = Stack.of_seq (List.to_seq [1;2;3]) in Stack.iter (p "%d ") s; p "%d\n" (Stack.fold (fun a x -> a * 10 + x) 0 s); Seq.iter (p "%d ") (Stack.to_seq s);
  t "option" (fun () -> string_of_int (Option.get None)); t "result" (fun () -> string_of_int (Result.get_ok (Error "x"))); t "result" (fun () -> string_of_int (Result.get_error (Ok "x")));
  let l = lazy (p "forced "; 3) in p "%b %d %d %b\n" (Lazy.is_val l) (Lazy.force l) (Lazy.force l) (Lazy.is_val l);
  let rec l = lazy (Lazy.force l + 1) in t "lazy" (fun () -> string_of_int (Lazy.force l)); let n = ref 0 in let l = lazy (incr n; failwith "boo") in t "lz" (fun () -> Lazy.force l); t "lz" (fun () -> Lazy.force l); p "%d\n" !n;
  t "protect" (fun () -> Fun.protect ~finally:(fun () -> p "fin ") (fun () -> "r")); t "protect" (fun () -> Fun.protect ~finally:(fun () -> p "fin ") (fun () -> failwith "w")); t "protect" (fun () -> Fun.protect ~finally:(fun () -> failwith "f") (fun () -> failwith "w"))
