(* Hash tables with integer and string keys: adding, finding, replacing, iterating. *)
let () =
  let total = ref 0 in
  for round = 1 to 10 do
    let h = Hashtbl.create 16 in
    for i = 0 to 199_999 do
      Hashtbl.replace h (i * 7919 land 0x3ffff) i
    done;
    for i = 0 to 399_999 do
      match Hashtbl.find_opt h i with Some v -> total := !total + v | None -> incr total
    done;
    total := !total + Hashtbl.fold (fun k v acc -> acc + (k lxor v)) h round
  done;
  let words = Array.init 1000 (fun i -> "word" ^ string_of_int (i * i)) in
  let counts = Hashtbl.create 16 in
  for i = 0 to 1_999_999 do
    let w = Array.unsafe_get words (i * 31 mod 1000) in
    Hashtbl.replace counts w (1 + try Hashtbl.find counts w with Not_found -> 0)
  done;
  Printf.printf "%d %d\n" !total (Hashtbl.length counts)
