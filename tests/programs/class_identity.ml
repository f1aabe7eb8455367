(* Oo.copy, id, comparison, hashing of objects; objects in data structures *)
class c (n : int) = object val mutable n = n method n = n method set m = n <- m end
let () =
  let a = new c 1 in let b = Oo.copy a in
  b#set 2; Printf.printf "%d %d %b %b %b\n" a#n b#n (a = b) (a = a) (a < b);
  let h = Hashtbl.create 7 in
  Hashtbl.replace h a "a"; Hashtbl.replace h b "b";
  Printf.printf "%s %s %d\n" (Hashtbl.find h a) (Hashtbl.find h b) (Hashtbl.length h);
  let module S = Set.Make (struct type t = c let compare x y = compare x#n y#n end) in
  let s = List.fold_left (fun s i -> S.add (new c i) s) S.empty [3; 1; 2; 3; 1] in
  S.iter (fun o -> print_int o#n) s; print_newline ();
  print_endline (try ignore (compare (object method a = 1 end) (object method a = 1 end)); "ok" with Invalid_argument s -> s)
