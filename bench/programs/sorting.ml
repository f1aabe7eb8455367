let () =
  let r = ref 12345 in
  let next () = r := (!r * 1103515245 + 12345) land 0x3fffffff; !r in
  let l = List.init 500_000 (fun _ -> next ()) in
  let s = List.sort compare l in
  let a = Array.init 500_000 (fun _ -> next ()) in
  Array.sort compare a;
  let strs = List.init 100_000 (fun _ -> string_of_int (next ())) in
  let ss = List.sort compare strs in
  Printf.printf "%d %d %s\n" (List.nth s 1000) a.(1000) (List.nth ss 1000)
