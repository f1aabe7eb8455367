(* The standard library's lists. *)
let p fmt = Printf.printf fmt
let t name f = match f () with s -> p "%s: %s\n" name s | exception e -> p "%s: raises %s\n" name (Printexc.to_string e)
let sl l = "[" ^ String.concat ";" (List.map string_of_int l) ^ "]"
let spl l = "[" ^ String.concat ";" (List.map (fun (a, b) -> Printf.sprintf "%d,%d" a b) l) ^ "]"
let tr f x = p "<%d>" x; f x
let tr2 f x y = p "<%d,%d>" x y; f x y
let l = [1;2;3;4;5]
let () =
  t "nth" (fun () -> string_of_int (List.nth l 5)); t "nth-" (fun () -> string_of_int (List.nth l (-1))); t "nth_opt-" (fun () -> match List.nth_opt l (-1) with None -> "n" | _ -> "s");
  t "hd" (fun () -> string_of_int (List.hd [])); t "tl" (fun () -> sl (List.tl []));
  t "init" (fun () -> sl (List.init 5 (tr (fun x -> x * x)))); t "init-" (fun () -> sl (List.init (-1) Fun.id));
  t "initbig" (fun () -> string_of_int (List.length (List.init 5000 Fun.id)));
  t "map" (fun () -> sl (List.map (tr succ) l)); t "mapi" (fun () -> sl (List.mapi (tr2 (+)) l)); t "rev_map" (fun () -> sl (List.rev_map (tr succ) l));
  t "filter" (fun () -> sl (List.filter (tr (fun x -> x mod 2 = 0)) l)); t "filter_map" (fun () -> sl (List.filter_map (tr (fun x -> if x > 2 then Some (x * 2) else None)) l));
  t "filteri" (fun () -> sl (List.filteri (tr2 (fun i x -> i > 1)) l));
  t "concat_map" (fun () -> sl (List.concat_map (tr (fun x -> [x; x])) l));
  t "fold_left_map" (fun () -> let a, b = List.fold_left_map (fun a x -> p "<%d>" x; a + x, a * x) 0 l in string_of_int a ^ sl b);
  t "partition" (fun () -> let a, b = List.partition (tr (fun x -> x > 2)) l in sl a ^ sl b);
  t "partition_map" (fun () -> let a, b = List.partition_map (tr (fun x -> if x > 2 then Either.Left x else Either.Right (-x))) l in sl a ^ sl b);
  t "map2" (fun () -> sl (List.map2 (tr2 (+)) l l)); t "map2e" (fun () -> sl (List.map2 (tr2 (+)) l [1;2])); t "iter2e" (fun () -> List.iter2 (tr2 (fun _ _ -> ())) l [1;2;3]; "");
  t "rev_map2e" (fun () -> sl (List.rev_map2 (tr2 (+)) l [1;2])); t "fold_left2e" (fun () -> string_of_int (List.fold_left2 (fun a x y -> p "<%d>" x; a + x + y) 0 l [1]));
  t "fold_right2e" (fun () -> string_of_int (List.fold_right2 (fun x y a -> p "<%d>" x; a + x + y) l [1] 0)); t "fold_right2" (fun () -> string_of_int (List.fold_right2 (fun x y a -> p "<%d>" x; a + x + y) l l 0));
  t "for_all2e" (fun () -> string_of_bool (List.for_all2 (tr2 (<=)) l [1;2])); t "exists2e" (fun () -> string_of_bool (List.exists2 (tr2 (<)) l [1;2])); t "combine" (fun () -> spl (List.combine l [1]));
  t "assoc" (fun () -> string_of_int (List.assoc 3 [1,2;3,4])); t "assoce" (fun () -> string_of_int (List.assoc 5 [1,2;3,4])); t "assq" (fun () -> string_of_int (List.assq 5 [1,2;3,4]));
  t "remove_assoc" (fun () -> spl (List.remove_assoc 3 [1,2;3,4;3,5])); t "mem_assoc" (fun () -> string_of_bool (List.mem_assoc 3 [1,2;3,4]));
  t "find" (fun () -> string_of_int (List.find (tr (fun x -> x > 9)) l)); t "find_map" (fun () -> match List.find_map (tr (fun x -> if x > 2 then Some "y" else None)) l with Some s -> s | None -> "n");
  t "compare_lengths" (fun () -> sl [List.compare_lengths l [1]; List.compare_lengths [] [1]; List.compare_length_with l 5; List.compare_length_with l (-1); List.compare_length_with [] 0; List.compare_length_with l 9]);
  t "equal" (fun () -> string_of_bool (List.equal (tr2 (=)) l [1;2;4])); t "compare" (fun () -> sl [List.compare (tr2 compare) l [1;2;4]; List.compare compare [] l; List.compare compare l l]);
  t "flatten" (fun () -> sl (List.flatten [[1];[];[2;3];l])); t "split" (fun () -> let a, b = List.split [1,2;3,4] in sl a ^ sl b);
  t "fold_right" (fun () -> sl (List.fold_right (fun x a -> p "<%d>" x; x :: a) l []));
  t "sort" (fun () -> sl (List.sort compare [3;1;2;5;4;9;8;0]));
  t "merge" (fun () -> spl (List.merge (fun (a, _) (b, _) -> compare a b) [1,0;2,0;3,0] [1,1;3,1;4,1]));
  t "seq" (fun () -> sl (List.of_seq (Seq.map succ (List.to_seq l))));
  t "iteri" (fun () -> List.iteri (fun i x -> p "%d:%d " i x) l; "")
(* sort_uniq keeps which? *)
let () =
  Random.init 42;
  for n = 0 to 16 do
    for k = 0 to 2 do
      let l = List.init n (fun i -> ((i * 7919 + k * 104729 + i * i * 31) mod (1 + n / 2 + k), i)) in
      let c (a, _) (b, _) = compare a b in
      p "%s %s\n" (spl (List.sort_uniq c l)) (spl (List.sort c l));
      let a = Array.of_list l in Array.sort c a; p "%s\n" (spl (Array.to_list a));
      let a = Array.of_list l in Array.stable_sort c a; p "%s\n" (spl (Array.to_list a));
    done
  done
let () =
  let a = [|1;2;3;4;5|] in
  let sa a = sl (Array.to_list a) in
  t "A.init-" (fun () -> sa (Array.init (-1) Fun.id)); t "A.make-" (fun () -> sa (Array.make (-1) 1)); 
  t "A.get" (fun () -> string_of_int a.(5)); t "A.set" (fun () -> a.(-1) <- 1; ""); t "A.sub" (fun () -> sa (Array.sub a 3 3)); t "A.fill" (fun () -> Array.fill a 3 3 1; ""); t "A.blit" (fun () -> Array.blit a 0 a 3 3; "");
  t "A.map" (fun () -> sa (Array.map (tr succ) a)); t "A.mapi" (fun () -> sa (Array.mapi (tr2 (+)) a)); t "A.fold_left" (fun () -> string_of_int (Array.fold_left (tr2 (+)) 0 a)); t "A.fold_right" (fun () -> string_of_int (Array.fold_right (tr2 (+)) a 0));
  t "A.iter2" (fun () -> Array.iter2 (fun _ _ -> ()) a [|1|]; ""); t "A.map2" (fun () -> sa (Array.map2 (+) a [|1|])); t "A.for_all2" (fun () -> string_of_bool (Array.for_all2 (=) a [|1|])); t "A.exists2" (fun () -> string_of_bool (Array.exists2 (=) a [|1|])); t "A.combine" (fun () -> string_of_int (Array.length (Array.combine a [|1|])));
  t "A.fold_left_map" (fun () -> let x, b = Array.fold_left_map (fun a x -> p "<%d>" x; a + x, a * x) 0 a in string_of_int x ^ sa b);
  t "A.concat" (fun () -> sa (Array.concat [a; [||]; a])); t "A.append" (fun () -> sa (Array.append [||] a) ^ sa (Array.append a [||]) ^ sa (Array.append a a));
  t "A.mem" (fun () -> string_of_bool (Array.mem 3 a) ^ string_of_bool (Array.memq 9 a)); t "A.exists" (fun () -> string_of_bool (Array.exists (tr (fun x -> x > 3)) a) ^ string_of_bool (Array.for_all (tr (fun x -> x < 3)) a));
  t "A.floats" (fun () -> let f = Array.map float a in f.(0) <- 1.5; String.concat " " (Array.to_list (Array.map string_of_float (Array.append f (Array.sub f 1 2)))));
  t "A.of_seq" (fun () -> sa (Array.of_seq (List.to_seq [3;4;5])) ^ sa (Array.of_seq Seq.empty));
  t "A.split" (fun () -> let x, y = Array.split [|1,2;3,4|] in sa x ^ sa y);
  t "A.find_opt" (fun () -> match Array.find_opt (tr (fun x -> x > 2)) a with Some x -> string_of_int x | None -> "n")
