(* Arrays: polymorphic, of floats, two-dimensional, sorting, sub and blit, bounds. *)
let p fmt = Printf.printf (fmt ^^ "\n")
let show a = "[|" ^ String.concat ";" (Array.to_list (Array.map string_of_int a)) ^ "|]"
let swap a i j = let t = a.(i) in a.(i) <- a.(j); a.(j) <- t
let get a i = a.(i)
let set a i x = a.(i) <- x
let singleton x = [| x |]
let () =
  let a = Array.init 6 (fun i -> (i * 7) mod 5) in
  p "%s" (show a);
  swap a 0 5;
  p "%s" (show a);
  Array.sort compare a;
  p "%s" (show a);
  let f = [| 1.5; 2.5 |] in
  swap f 0 1;
  set f 0 9.;
  p "%g %g %g" f.(0) (get f 1) (get (singleton 4.5) 0);
  let s = [| "a"; "b" |] in
  swap s 0 1;
  p "%s%s" (get s 0) s.(1);
  let m = Array.make_matrix 3 3 0 in
  for i = 0 to 2 do for j = 0 to 2 do m.(i).(j) <- i * j done done;
  p "%d %d" m.(2).(2) (Array.fold_left (fun acc row -> Array.fold_left ( + ) acc row) 0 m);
  p "%s" (show (Array.append (Array.sub a 0 2) (Array.concat [ [| 9 |]; [||]; [| 8; 7 |] ])));
  let b = Array.copy a in
  Array.blit a 0 b 2 3;
  p "%s" (show b);
  Array.fill b 0 2 0;
  p "%s" (show b);
  p "%b %b" ([| 1; 2 |] = [| 1; 2 |]) ([| 1.; 2. |] < [| 1.; 3. |]);
  (try ignore (get a (-1)) with Invalid_argument m -> p "%s" m);
  (try ignore (Array.make (-1) 0) with Invalid_argument m -> p "%s" m);
  let q = Array.map float_of_int a in
  p "%g" (Array.fold_left ( +. ) 0. q);
  Array.iteri (fun i x -> if i = 2 then p "%d" x) a;
  let e = [||] in
  p "%d %b" (Array.length e) (e = [||]);
  let big = Array.init 1000 (fun i -> (i * 7919) mod 1000) in
  Array.stable_sort compare big;
  let ok = ref true in
  for i = 0 to 998 do if big.(i) > big.(i + 1) then ok := false done;
  p "%b" !ok
let () = Printf.printf "%b\n" ([||] == [||])
