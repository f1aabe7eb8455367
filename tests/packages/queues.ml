(* Priority search queues against a model, and caches. *)
module Q = Psq.Make (String) (Int)
module L = Lru.F.Make (String) (struct type t = int let weight x = x end)
module M = Lru.M.Make (struct include String let hash = Hashtbl.hash end) (struct type t = int let weight x = x end)
let at_most limit q = List.rev (Q.fold_at_most limit (fun k p list -> (k, p) :: list) [] q)
let l x = String.concat " " (List.map (fun (k, p) -> Printf.sprintf "%s=%d" k p) x)
let o = function None -> "none" | Some (k, p) -> Printf.sprintf "%s=%d" k p
let () =
  let q = Q.of_list [ "a", 5; "b", 3; "c", 9; "d", 3 ] in
  print_endline (o (Q.min q)); print_endline (l (Q.to_list q)); print_endline (l (Q.to_priority_list q)); print_endline (l (at_most 5 q)); print_endline (l (List.of_seq (Q.to_seq_at_most 4 q)));
  let a, b = Q.split_at "b" q in print_endline (l (Q.to_list a) ^ " | " ^ l (Q.to_list b));
  let q = Q.push "c" 1 (Q.push "a" 8 q) in print_endline (l (Q.to_list q)); print_endline (l (Q.to_list Q.(q ++ of_list ["a", 1; "z", 0]))); print_endline (l (Q.to_list (Q.filter (fun _ p -> p > 2) q)));
  (* random model test *)
  let module SM = Map.Make (String) in
  Random.init 42; let q = ref Q.empty and m = ref SM.empty in
  for i = 1 to 20000 do
    let k = string_of_int (Random.int 500) and p = Random.int 1000 in
    (match Random.int 4 with 0 | 1 -> q := Q.add k p !q; m := SM.add k p !m | 2 -> q := Q.remove k !q; m := SM.remove k !m | _ -> match Q.pop !q with None -> assert (SM.is_empty !m) | Some ((k, p), q') -> let best = SM.fold (fun k p b -> match b with None -> Some (p, k) | Some x -> Some (min x (p, k))) !m None in assert (best = Some (p, k)); q := q'; m := SM.remove k !m);
    assert (Q.size !q = SM.cardinal !m); if i mod 500 = 0 then begin assert (Q.to_list !q = SM.bindings !m); assert (Q.depth !q < 15); assert (at_most 300 !q = SM.bindings (SM.filter (fun _ p -> p <= 300) !m)) end
  done; Printf.printf "ok %b\n" (Q.size !q >= 0);
  Format.printf "%a@." (Q.pp_dump Format.pp_print_string Format.pp_print_int) (Q.of_list ["x",1;"y",2]);
  let c = L.(add "c" 3 (add "b" 2 (add "a" 1 (empty 5)))) in
  print_endline (l (L.to_list c)); print_endline (l (L.to_list (L.trim c))); print_endline (l (L.to_list (L.trim (L.promote "a" c)))); Printf.printf "%d %d %d %s\n" (L.size c) (L.weight c) (L.capacity c) (o (L.lru c)); print_endline (l (L.to_list (L.remove "b" c)));
  let m = M.create 5 in M.add "a" 1 m; M.add "b" 2 m; M.add "c" 3 m; print_endline (l (M.to_list m)); M.promote "a" m; print_endline (o (M.lru m)); M.trim m; print_endline (l (M.to_list m)); M.add "c" 1 m; print_endline (l (M.to_list m)); Printf.printf "%d %d\n" (M.weight m) (M.size m); M.drop_lru m; M.remove "zz" m; print_endline (l (M.to_list m)); (match M.find "c" m with Some 1 -> () | _ -> assert false);
  (try ignore (M.create (-1)) with Invalid_argument s -> print_endline s)
