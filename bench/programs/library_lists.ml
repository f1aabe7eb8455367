(* Lists: sorting with polymorphic and known comparisons, mapping, filtering, folding. *)
let () =
  let total = ref 0 in
  let numbers = List.init 50_000 (fun i -> i * 7919 land 0xfffff) in
  for _ = 1 to 20 do
    total := !total + List.hd (List.sort compare numbers) + List.hd (List.sort (fun (a : int) b -> compare b a) numbers);
    total := !total + List.length (List.sort_uniq Int.compare numbers)
  done;
  let strings = List.map string_of_int numbers in
  total := !total + String.length (List.hd (List.sort String.compare strings));
  for _ = 1 to 20 do
    total := !total + List.fold_left ( + ) 0 (List.map (fun x -> x * 2) (List.filter (fun x -> x land 1 = 0) numbers));
    total := !total + List.length (List.rev_append (List.mapi (fun i x -> i + x) numbers) numbers)
  done;
  Printf.printf "%d\n" !total
