(* Hash tables, maps, sets, queues, stacks: the library above the language. *)
let p fmt = Printf.printf (fmt ^^ "\n")
module SM = Map.Make (String)
module H = Hashtbl.Make (struct type t = int list let equal = ( = ) let hash = Hashtbl.hash end)
let () =
  let h = Hashtbl.create 4 in
  for i = 1 to 100 do Hashtbl.replace h (i mod 10) i done;
  p "%d %d" (Hashtbl.length h) (Hashtbl.find h 3);
  Hashtbl.remove h 3;
  p "%b %s" (Hashtbl.mem h 3) (match Hashtbl.find_opt h 3 with None -> "gone" | Some _ -> "there");
  let keys = List.sort compare (Hashtbl.fold (fun k _ acc -> k :: acc) h []) in
  p "%s" (String.concat "," (List.map string_of_int keys));
  Hashtbl.add h 1 1000; 
  p "%d %d" (Hashtbl.find h 1) (List.length (Hashtbl.find_all h 1));
  let sh = Hashtbl.create 8 in
  List.iter (fun w -> Hashtbl.replace sh w (1 + try Hashtbl.find sh w with Not_found -> 0)) (String.split_on_char ' ' "a b a c b a");
  List.iter (fun w -> Printf.printf "%s=%d " w (Hashtbl.find sh w)) [ "a"; "b"; "c" ];
  print_newline ();
  let t = H.create 3 in
  H.add t [ 1; 2 ] "x";
  p "%s %b" (H.find t [ 1; 2 ]) (H.mem t [ 2 ]);
  let m = List.fold_left (fun m (k, v) -> SM.add k v m) SM.empty [ ("b", 2); ("a", 1); ("c", 3) ] in
  p "%s" (String.concat " " (List.map (fun (k, v) -> k ^ string_of_int v) (SM.bindings m)));
  p "%d %d" (SM.cardinal (SM.filter (fun _ v -> v > 1) m)) (SM.fold (fun _ v a -> v + a) m 0);
  let k, v = SM.min_binding m in
  p "%s%d" k v;
  let q = Queue.create () in
  List.iter (fun x -> Queue.push x q) [ 1; 2; 3 ];
  p "%d %d %d" (Queue.pop q) (Queue.peek q) (Queue.length q);
  let s = Stack.create () in
  Stack.push 1 s; Stack.push 2 s;
  p "%d %d" (Stack.pop s) (Stack.top s);
  (try ignore (Stack.pop s); ignore (Stack.pop s) with Stack.Empty -> p "empty");
  p "%b %b" (Hashtbl.hash 1 = Hashtbl.hash 1) (Hashtbl.hash "a" <> Hashtbl.hash "b");
  p "%d %d %d" (Hashtbl.hash 42) (Hashtbl.hash "hello") (Hashtbl.hash [ 1; 2; 3 ]);
  p "%d %d %d" (Hashtbl.hash 3.14) (Hashtbl.hash (Some (1, "x"))) (Hashtbl.hash 100000000000L)
