(* Hash tables whose keys are or hold functions: the number is nobody's business, but it is one, and the same for one function. *)
let same f = Hashtbl.hash f = Hashtbl.hash f

let () =
  let k = Sys.opaque_identity 10 in
  let add x = x + k in
  Printf.printf "%b %b %b %b\n" (same (fun x -> x)) (same add) (same [ Some add ]) (same (( + ) k));
  let table = Hashtbl.create 3 in
  Hashtbl.add table 1 add;
  Printf.printf "%d\n" ((Hashtbl.find table 1) 5);
  let functions = Hashtbl.create 3 in
  Hashtbl.add functions add "add";
  (try print_endline (Hashtbl.find functions add) with Invalid_argument text -> print_endline text)
