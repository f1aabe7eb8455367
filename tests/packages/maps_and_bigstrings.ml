(* Maps whose keys say the values' types, and bytes outside the heap. oracle: gmap bigstringaf *)
type _ key = I : int key | S : string key | L : int list key

module G = Gmap.Make (struct
  type 'a t = 'a key

  let compare : type a b. a t -> b t -> (a, b) Gmap.Order.t =
   fun a b -> Gmap.Order.(match (a, b) with I, I -> Eq | I, _ -> Lt | _, I -> Gt | S, S -> Eq | S, _ -> Lt | _, S -> Gt | L, L -> Eq)
end)

let show (G.B (k, v)) = match k with I -> string_of_int v | S -> Printf.sprintf "%S" v | L -> String.concat "," (List.map string_of_int v)
let print m = print_endline (string_of_int (G.cardinal m) ^ ": " ^ String.concat " " (List.map show (G.bindings m)))

let () =
  let m = G.add L [ 1; 2 ] (G.add S "s" (G.singleton I 7)) in
  print m;
  print (G.remove S m);
  print (G.update I (Option.map succ) m);
  print (G.update I (fun _ -> None) m);
  print_int (G.get I m);
  (match G.get S (G.singleton I 1) with _ -> () | exception Not_found -> print_endline " not found");
  Printf.printf "%b %b %b %b\n" (G.mem S m) (G.find L m = Some [ 1; 2 ]) (G.add_unless_bound I 1 m = None) (G.is_empty G.empty);
  List.iter (function None -> print_endline "none" | Some b -> print_endline (show b)) [ G.min_binding m; G.max_binding m; G.any_binding G.empty ];
  let f : type a. a key -> a -> a = fun k v -> match k with I -> v * 2 | S -> v ^ v | L -> List.rev v in
  print (G.map { f } m);
  let eq : type a. a key -> a -> a -> bool = fun _ a b -> a = b in
  Printf.printf "%b %b\n" (G.equal { f = eq } m m) (G.equal { f = eq } m (G.remove I m));
  print (G.filter (function G.B (I, _) -> false | _ -> true) m);
  let f : type a. a key -> a -> a -> a option = fun k a b -> match k with I -> Some (a + b) | S -> None | L -> Some (a @ b) in
  print (G.union { f } m (G.add S "t" (G.singleton I 1)));
  let f : type a. a key -> a option -> a option -> a option = fun _ a b -> match (a, b) with Some a, None -> Some a | _ -> None in
  print (G.merge { f } m (G.singleton I 1));
  G.iter (fun b -> print_string (show b)) m;
  print_endline (G.fold (fun b acc -> acc ^ show b) m "");
  Printf.printf "%b %b\n" (G.for_all (fun _ -> true) m) (G.exists (function G.B (S, "s") -> true | _ -> false) m)

let () =
  let open Bigstringaf in
  let t = of_string ~off:1 ~len:10 "_0123456789_" in
  let numbers () =
    Printf.printf "%x %x %x %x %lx %lx %Lx %Lx\n" (get_int16_le t 1) (get_int16_be t 1) (get_int16_sign_extended_le t 1) (get_int16_sign_extended_be t 1) (get_int32_le t 3) (get_int32_be t 3) (get_int64_le t 2) (get_int64_be t 2);
    Printf.printf "%x %x %x %x %lx %lx %Lx %Lx\n" (unsafe_get_int16_le t 1) (unsafe_get_int16_be t 1) (unsafe_get_int16_sign_extended_le t 1) (unsafe_get_int16_sign_extended_be t 1) (unsafe_get_int32_le t 3) (unsafe_get_int32_be t 3) (unsafe_get_int64_le t 2) (unsafe_get_int64_be t 2)
  in
  numbers ();
  set_int16_le t 1 0x80ff;
  numbers ();
  set_int16_be t 1 0x8001; set_int32_be t 3 0xdeadbeefl; numbers ();
  set_int64_le t 2 0x0102030405060708L; numbers (); set_int64_be t 2 0xf102030405060708L; set_int32_le t 3 1l; numbers ();
  let t = of_string ~off:0 ~len:10 "0123456789" in
  blit t ~src_off:0 t ~dst_off:2 ~len:6; print_endline (to_string t);
  blit t ~src_off:4 t ~dst_off:1 ~len:6; print_endline (to_string t);
  blit_from_string "abc" ~src_off:1 t ~dst_off:0 ~len:2; blit_from_bytes (Bytes.of_string "xyz") ~src_off:0 t ~dst_off:7 ~len:3;
  print_endline (to_string t);
  let b = Bytes.make 5 '.' in
  blit_to_bytes t ~src_off:5 b ~dst_off:1 ~len:3; print_endline (Bytes.to_string b);
  let s = sub t ~off:2 ~len:4 and c = copy t ~off:2 ~len:4 in
  set t 3 '!'; print_endline (to_string s ^ " " ^ to_string c ^ " " ^ substring t ~off:1 ~len:3);
  Printf.printf "%b %b %d %d %d\n" (memcmp s 0 c 0 4 < 0) (memcmp_string t 7 "xyz" 0 3 = 0) (memchr t 0 'y' 10) (memchr t 0 '?' 10) (memchr t 9 'x' 1);
  let raises f = match f () with _ -> print_endline "fine" | exception Invalid_argument _ -> print_endline "raises" in
  raises (fun () -> ignore (get_int64_le t 3)); raises (fun () -> ignore (get t 10)); raises (fun () -> ignore (substring t ~off:8 ~len:3)); raises (fun () -> blit t ~src_off:(-1) t ~dst_off:0 ~len:1); raises (fun () -> ignore (memchr t 5 'x' 6)); raises (fun () -> ignore (of_string ~off:2 ~len:2 "abc"));
  Printf.printf "%d %d %c\n" (length empty) (length (create 7)) (unsafe_get t 0)
