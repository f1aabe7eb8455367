(* Arrays of all sizes that hold young and old values, through collections. *)
let state = ref 42
let next n = state := (!state * 1103515245 + 12345) land 0x3fffffff; (!state lsr 8) mod n
let churn () = ignore (Sys.opaque_identity (List.init 50 string_of_int))

let check name a expected =
  Array.iteri (fun i x -> if x <> expected i then Printf.printf "%s: element %d is %s\n" name i x) a

let () =
  List.iter
    (fun n ->
      let young = "v" ^ string_of_int n in
      let a = Array.make n young in
      churn ();
      check "make" a (fun _ -> "v" ^ string_of_int n);
      let other = "w" ^ string_of_int n in
      if n > 3 then Array.fill a 1 (n - 2) other;
      churn ();
      check "fill" a (fun i -> if n > 3 && i >= 1 && i < n - 1 then "w" ^ string_of_int n else "v" ^ string_of_int n);
      let b = Array.init n string_of_int in
      if n > 5 then Array.blit b 0 b 3 (n - 3);
      churn ();
      check "blit up" b (fun i -> if n > 5 && i >= 3 then string_of_int (i - 3) else string_of_int i);
      let c = Array.init n string_of_int in
      if n > 5 then Array.blit c 3 c 0 (n - 3);
      churn ();
      check "blit down" c (fun i -> if n > 5 && i < n - 3 then string_of_int (i + 3) else string_of_int i);
      let d = Array.append a (Array.sub c 0 (n / 2)) in
      churn ();
      Printf.printf "%d %d\n" n (Hashtbl.hash (Array.to_list d)))
    [ 0; 1; 2; 7; 31; 32; 33; 64; 65; 255; 256; 257; 300; 700 ];
  (* Old arrays that are given young values again and again *)
  let old = Array.make 500 "" in
  Gc.full_major ();
  for round = 1 to 20 do
    let from = next 400 and count = next 100 in
    Array.fill old from count (string_of_int round);
    Array.blit [| "x" ^ string_of_int round; "y" |] 0 old (next 498) 2;
    if next 3 = 0 then Gc.minor ();
    if next 5 = 0 then ignore (Gc.major_slice 0);
    Array.blit old (next 250) old (next 250) (next 250)
  done;
  Printf.printf "%d\n" (Hashtbl.hash (String.concat "," (Array.to_list old)));
  let floats = Array.make 300 1.5 in
  Array.fill floats 10 200 2.5;
  Array.blit floats 5 floats 7 250;
  let joined = Array.concat [ [||]; floats; [| 0.5 |]; Array.sub floats 3 4 ] in
  Printf.printf "%g %d\n" (Array.fold_left ( +. ) 0. joined) (Array.length joined);
  Printf.printf "%b %b\n" (Array.make 0 1.5 = [||]) (Array.concat [] = [||])
