(* The standard library's maps. *)
let p fmt = Printf.printf fmt
let t name f = match f () with s -> p "%s: %s\n" name s | exception e -> p "%s: raises %s\n" name (Printexc.to_string e)
let rec dump : 'a. 'a -> string = fun v -> let r = Obj.repr v in
  if Obj.is_int r then string_of_int (Obj.obj r) else if Obj.tag r = Obj.string_tag then Printf.sprintf "%S" (Obj.obj r)
  else Printf.sprintf "%d(%s)" (Obj.tag r) (String.concat "," (List.init (Obj.size r) (fun i -> dump (Obj.field r i))))
module M = Map.Make (Int)
module S = Set.Make (Int)
let sl l = "[" ^ String.concat ";" (List.map string_of_int l) ^ "]"
let seed = ref 17
let rnd n = seed := (!seed * 1103515245 + 12345) land 0x3fffffff; (!seed lsr 8) mod n
let () =
  let m = ref M.empty and s = ref S.empty in
  for i = 1 to 60 do
    let x = rnd 60 in
    (match rnd 6 with
     | 0 -> m := M.remove x !m; s := S.remove x !s
     | 1 -> m := M.update x (function None -> Some 7 | Some 7 -> None | Some y -> Some (y + 1)) !m
     | _ -> m := M.add x i !m; s := S.add x !s);
    p "%s %s\n" (dump !m) (dump !s)
  done;
  for i = 1 to 6 do
    let mk () = S.of_list (List.init (rnd 25) (fun _ -> rnd 40)) in
    let a = mk () and b = mk () in
    p "%s|%s|%s|%s|%s %b %b %d %b\n" (dump a) (dump (S.union a b)) (dump (S.inter a b)) (dump (S.diff a b)) (dump (S.filter (fun x -> x mod 3 <> 0) a)) (S.disjoint a b) (S.subset a b) (compare (S.compare a b) 0) (S.equal a b);
    let l, c, r = S.split 20 a in p "%s %b %s\n" (dump l) c (dump r);
    let y, n = S.partition (fun x -> x land 1 = 0) a in p "%s %s\n" (dump y) (dump n);
    p "%s %s\n" (dump (S.map (fun x -> (x * 7) mod 11) a)) (dump (S.filter_map (fun x -> if x mod 4 = 0 then None else Some (20 - x)) a));
    p "%s\n" (sl (List.of_seq (S.to_seq_from 13 a)) ^ sl (List.of_seq (S.to_rev_seq a)) ^ dump (S.of_seq (List.to_seq (S.elements b))));
    let mm () = M.of_seq (Seq.map (fun x -> x, x * x) (List.to_seq (List.init (rnd 25) (fun _ -> rnd 40)))) in
    let a = mm () and b = mm () in
    p "%s\n" (dump (M.union (fun k x y -> p "<%d>" k; if k mod 3 = 0 then None else Some (x + y)) a b));
    p "%s\n" (dump (M.merge (fun k x y -> p "<%d>" k; match x, y with Some x, Some y -> Some (x - y) | Some x, None -> if x mod 2 = 0 then None else Some x | _ -> y) a b));
    p "%s\n" (dump (M.filter (fun k x -> p "<%d>" k; k mod 3 > 0) a)); p "%s\n" (dump (M.filter_map (fun k x -> p "<%d>" k; if k mod 3 > 0 then Some (-k) else None) a));
    let x, y = M.partition (fun k _ -> p "<%d>" k; k < 15) a in p "%s %s\n" (dump x) (dump y);
    let x, d, y = M.split 12 a in p "%s %s %s\n" (dump x) (dump d) (dump y);
    p "%s\n" (dump (M.map (fun x -> p "<%d>" x; x + 1) a)); p "%s\n" (dump (M.mapi (fun k x -> p "<%d>" k; x + 1) a));
    p "%d %b %b\n" (M.fold (fun k x acc -> p "<%d>" k; acc + x) a 0) (M.for_all (fun k _ -> p "<%d>" k; k < 30) a) (M.exists (fun k _ -> p "<%d>" k; k > 35) a);
    p "%b %d\n" (M.equal (=) a b) (compare (M.compare compare a b) 0);
    let f g = match g () with k, v -> Printf.sprintf "%d,%d" k v | exception Not_found -> "nf" in
    p "%s %s %s %s\n" (f (fun () -> M.min_binding a)) (f (fun () -> M.max_binding a)) (f (fun () -> M.find_first (fun k -> p "(%d)" k; k >= 17) a)) (f (fun () -> M.find_last (fun k -> p "(%d)" k; k <= 17) a));
    p "%b %b\n" (M.add 1 (-1) (M.add 1 (-1) a) == a) (let c = M.add 3 5 a in M.add 3 5 c == c && M.remove 1000 c == c && M.filter (fun _ _ -> true) c == c && M.update 1000 (fun _ -> None) c == c);
    p "%b\n" (let c = S.add 3 (S.map Fun.id S.empty) in S.add 3 c == c && S.remove 4 c == c && S.filter (fun _ -> true) c == c && S.map Fun.id c == c)
  done;
  t "choose" (fun () -> string_of_int (S.choose S.empty)); t "find" (fun () -> M.find 1 M.empty); t "min" (fun () -> string_of_int (S.min_elt S.empty)); t "ff" (fun () -> string_of_int (S.find_first (fun _ -> true) S.empty));
  let order = ref [] in S.iter (fun x -> order := x :: !order) (S.of_list [5;3;9;1]); p "%s\n" (sl !order);
  S.fold (fun x () -> p "%d " x) (S.of_list [5;3;9;1]) ();
  p "%b %b\n" (S.for_all (fun x -> p "<%d>" x; x > 0) (S.of_list [5;3;9;1;7;2;8])) (S.exists (fun x -> p "<%d>" x; x > 100) (S.of_list [5;3;9;1;7;2;8]));
  ignore (S.map (fun x -> p "<%d>" x; x) (S.of_list [5;3;9;1;7;2;8])); ignore (S.filter (fun x -> p "<%d>" x; true) (S.of_list [5;3;9;1;7;2;8])); ignore (S.partition (fun x -> p "<%d>" x; true) (S.of_list [5;3;9;1;7;2;8])); ignore (S.filter_map (fun x -> p "<%d>" x; Some x) (S.of_list [5;3;9;1;7;2;8]))
