(* packages: ptmap trie gmap res *)
module T = Trie.Make (struct type t = char let equal = ( = ) let hash = Hashtbl.hash end)
let chars s = List.init (String.length s) (String.get s)
type _ key = I : int key | S : string key
module K = struct type 'a t = 'a key let compare : type a b. a t -> b t -> (a, b) Gmap.Order.t = fun a b -> match a, b with I, I -> Eq | S, S -> Eq | I, S -> Lt | S, I -> Gt end
module G = Gmap.Make (K)
let () =
  let m = List.fold_left (fun m i -> Ptmap.add ((i * 7919) mod 101) i m) Ptmap.empty (List.init 30 Fun.id) in
  Printf.printf "%d %d\n" (Ptmap.cardinal m) (Ptmap.fold (fun k v a -> (k * v) + a) m 0);
  let l, o, r = Ptmap.split 50 m in Printf.printf "%d %b %d\n" (Ptmap.cardinal l) (o <> None) (Ptmap.cardinal r);
  Printf.printf "%d\n" (fst (Ptmap.min_binding m));
  let t = T.create None in
  List.iter (fun (s, v) -> T.set t (chars s) v) [ "to", 1; "tea", 2; "ten", 3; "i", 4 ];
  T.unset t (chars "i");
  List.iter (fun s -> Printf.printf "%s %s\n" s (match T.get t (chars s) with Some i -> string_of_int i | None -> "-")) [ "to"; "te"; "ten"; "i" ];
  (match T.sub t (chars "te") with Some n -> Printf.printf "%b\n" (T.is_leaf n) | None -> ());
  let g = G.add I 3 (G.singleton S "x") in
  G.iter (fun (G.B (k, v)) -> match k with I -> Printf.printf "I %d\n" v | S -> Printf.printf "S %s\n" v) g;
  Printf.printf "%d %b\n" (G.get I g) (G.mem S (G.remove S g));
  let a = Res.Array.empty () in
  for i = 1 to 100 do Res.Array.add_one a (i * i) done;
  Res.Array.remove_n a 90;
  Printf.printf "%d %d\n" (Res.Array.length a) (Res.Array.fold_left ( + ) 0 a);
  let b = Res.Bits.init 10 (fun i -> i mod 3 = 0) in Res.Bits.iter (fun x -> print_char (if x then '1' else '0')) b; print_newline ();
  let bf = Res.Buffer.empty () in String.iter (Res.Buffer.add_one bf) "buf"; Printf.printf "%c%d\n" (Res.Buffer.get bf 1) (Res.Buffer.length bf)
