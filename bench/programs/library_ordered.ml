(* Maps and sets with integer and string keys. *)
module IntMap = Map.Make (Int)
module StringSet = Set.Make (String)

let () =
  let total = ref 0 in
  for round = 1 to 5 do
    let m = ref IntMap.empty in
    for i = 0 to 99_999 do
      m := IntMap.add (i * 7919 land 0x1ffff) i !m
    done;
    for i = 0 to 199_999 do
      match IntMap.find_opt i !m with Some v -> total := !total + v | None -> incr total
    done;
    for i = 0 to 49_999 do
      m := IntMap.remove (i * 3) !m
    done;
    total := !total + IntMap.fold (fun k v acc -> acc + (k lxor v)) !m round
  done;
  let words = List.init 20_000 (fun i -> "word" ^ string_of_int (i * 17)) in
  let a = StringSet.of_list words and b = StringSet.of_list (List.filteri (fun i _ -> i mod 3 = 0) words) in
  for _ = 1 to 20 do
    total := !total + StringSet.cardinal (StringSet.union a b) + StringSet.cardinal (StringSet.diff a b) + StringSet.cardinal (StringSet.inter a b)
  done;
  Printf.printf "%d\n" !total
