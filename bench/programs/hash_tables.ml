let () =
  let h = Hashtbl.create 16 in
  for i = 1 to 1_000_000 do Hashtbl.replace h (i * 7919 land 0xfffff) i done;
  let s = ref 0 in
  for i = 1 to 2_000_000 do match Hashtbl.find_opt h (i land 0xfffff) with Some v -> s := !s + v | None -> () done;
  let m = Hashtbl.create 16 in
  for i = 1 to 300_000 do let k = string_of_int (i mod 50000) in Hashtbl.replace m k (1 + try Hashtbl.find m k with Not_found -> 0) done;
  Printf.printf "%d %d\n" !s (Hashtbl.length m)
