(* needs OCaml 5 *)
open Bigarray
let pr = Printf.printf
let e n f = try f () with Invalid_argument m -> pr "%s IA %s\n" n m | Out_of_memory -> pr "%s OOM\n" n | Failure m -> pr "%s F %s\n" n m
let () =
  let rnd = Random.State.make [|1|] in let r n = Random.State.int rnd n in
  let t : type a b. string -> (a, b) kind -> (int -> a) -> (a -> string) -> unit = fun name k mk sh ->
    pr "%s %d\n" name (kind_size_in_bytes k);
    let a = Array1.init k c_layout 10 mk in
    for i = 0 to 9 do pr "%s " (sh a.{i}) done; pr "\n";
    let b = Array1.sub a 3 4 in for i = 0 to 3 do pr "%s " (sh b.{i}) done; Array1.set b 1 (mk 77); pr "%s\n" (sh a.{4});
    e "oob" (fun () -> ignore a.{10}); e "oob" (fun () -> ignore a.{-1}); e "oob" (fun () -> a.{10} <- mk 0); e "sub" (fun () -> ignore (Array1.sub a 8 3)); e "sub" (fun () -> ignore (Array1.sub a (-1) 3));
    let m = Array2.init k fortran_layout 3 4 (fun i j -> mk (i * 10 + j)) in
    pr "%d %d %d\n" (Array2.dim1 m) (Array2.dim2 m) (Array2.size_in_bytes m);
    let mc = Array2.change_layout m c_layout in pr "%d %d %s %s\n" (Array2.dim1 mc) (Array2.dim2 mc) (sh m.{3,2}) (sh mc.{1,2});
    let col = Array2.slice_right m 2 in for i = 1 to 3 do pr "%s " (sh col.{i}) done; pr "\n";
    let g = genarray_of_array2 m in let fl = reshape_1 g 12 in for i = 1 to 12 do pr "%s " (sh fl.{i}) done; pr "\n";
    e "resh" (fun () -> ignore (reshape_1 g 11)); e "resh" (fun () -> ignore (reshape g [|-1;2|]));
    e "gen" (fun () -> ignore (Genarray.get g [|1|])); e "gen" (fun () -> ignore (Genarray.get g [|1;5|])); e "gen" (fun () -> ignore (Genarray.set g [|1|] (mk 1)));
    pr "%s\n" (sh (Genarray.get g [|2;3|])); Genarray.set g [|2;3|] (mk 99); pr "%s\n" (sh m.{2,3});
    let a3 = Array3.init k c_layout 2 3 4 (fun i j l -> mk (i * 100 + j * 10 + l)) in
    let s = Array3.slice_left_1 a3 1 2 in for i = 0 to 3 do pr "%s " (sh s.{i}) done; let s = Array3.slice_left_2 a3 1 in pr "%s " (sh s.{2,3}); pr "%s\n" (sh a3.{1,0,2});
    let g3 = Genarray.init k fortran_layout [|2;2;2|] (fun i -> mk (i.(0) * 100 + i.(1) * 10 + i.(2))) in pr "%s %s\n" (sh (Genarray.get g3 [|2;1;2|])) (String.concat "," (Array.to_list (Array.map string_of_int (Genarray.dims g3))));
    let c = Array1.create k c_layout 10 in Array1.blit a c; pr "%b %d %d\n" (a = c) (compare a c) (Hashtbl.hash a); c.{5} <- mk 3; pr "%b %d %d %d %d %d\n" (a = c) (compare a c) (compare c a) (Hashtbl.hash c) (Hashtbl.hash m) (Hashtbl.hash a3);
    pr "%d %d\n" (compare (Obj.repr a) (Obj.repr m)) (compare a b);
    Array1.blit (Array1.sub a 0 8) (Array1.sub a 2 8);  for i = 0 to 9 do pr "%s " (sh a.{i}) done; pr "\n";
    e "blit" (fun () -> Array1.blit a b); Array1.fill b (mk 42);  for i = 0 to 9 do pr "%s " (sh a.{i}) done; pr "\n";
    let z = Array0.of_value k c_layout (mk 7) in pr "%s " (sh (Array0.get z)); Array0.set z (mk 8); pr "%s %d\n" (sh (Array0.get z)) (Array0.size_in_bytes z);
    let sl = Array1.slice a 3 in pr "%s\n" (sh (Array0.get sl));
    let big = Array1.init k c_layout 1000 (fun i -> mk (r 1000)) in pr "%d\n" (Hashtbl.hash big); pr "%d\n" (Hashtbl.hash (Array1.sub big 0 3));pr "%d\n" (Hashtbl.hash (Array1.sub big 0 5));pr "%d\n" (Hashtbl.hash (Array1.sub big 0 6));
    let o = Array2.of_array k c_layout [|[|mk 1; mk 2|];[|mk 3;mk 4|]|] in pr "%s\n" (sh o.{1,0}); e "rect" (fun () -> ignore (Array2.of_array k c_layout [|[|mk 1; mk 2|];[|mk 3|]|]));
    e "cub" (fun () -> ignore (Array3.of_array k c_layout [|[|[|mk 1|]|];[|[|mk 3|];[||]|]|]));
    e "a1" (fun () -> ignore (array1_of_genarray g)); e "a0" (fun () -> ignore (array0_of_genarray g)); e "dim" (fun () -> ignore (Genarray.nth_dim g 2));
    e "cr" (fun () -> ignore (Genarray.create k c_layout (Array.make 17 1))); e "cr" (fun () -> ignore (Genarray.create k c_layout [|1;-1|])); e "cr" (fun () -> ignore (Array1.create k c_layout max_int));
    e "sl" (fun () -> ignore (Genarray.slice_right g [|1;2;3|])); e "sl" (fun () -> ignore (Genarray.slice_right g [|5|]))
  in
  let f n = float n *. 1.1 -. 50. in
  t "float32" float32 f (Printf.sprintf "%h"); t "float64" float64 f (Printf.sprintf "%h"); t "float16" float16 f (Printf.sprintf "%h");
  let i n = n * 77777 - 500 in
  t "i8" int8_signed i string_of_int; t "u8" int8_unsigned i string_of_int; t "i16" int16_signed i string_of_int; t "u16" int16_unsigned i string_of_int; t "int" int i string_of_int;
  t "i32" int32 (fun n -> Int32.of_int (i n * 30000)) Int32.to_string; t "i64" int64 (fun n -> Int64.mul (Int64.of_int (i n)) 123456789012L) Int64.to_string; t "nat" nativeint (fun n -> Nativeint.of_int (i n)) Nativeint.to_string;
  t "char" char (fun n -> Char.chr (n land 255)) (Printf.sprintf "%C");
  let c n = { Complex.re = f n; im = f (-n) } in let cs (c : Complex.t) = Printf.sprintf "(%h,%h)" c.re c.im in
  t "c32" complex32 c cs; t "c64" complex64 c cs;
  let h = Array1.create float16 c_layout 1 in
  List.iter (fun x -> h.{0} <- x; pr "%h " h.{0}) [0.; -0.; 1.; 65504.; 65519.; 65520.; 1e10; 6e-8; 3e-8; 2.9e-8; 2.98e-8; 5.96e-8; 6.1e-5; 6.0975e-5; nan; infinity; neg_infinity; 0.1; 2049.; 2051.; 1e-300];
  let fa l = Array1.of_array float64 c_layout (Array.of_list l) in
  pr "\n%b %d %d %b %d\n" (fa [nan] = fa [nan]) (compare (fa [nan]) (fa [nan])) (compare (fa [nan]) (fa [1.])) (fa [1.] < fa [nan]) (compare (fa [0.]) (fa [-0.]));
  pr "%d %d\n" (Hashtbl.hash (fa [nan; -0.])) (Hashtbl.hash (Array1.of_array float16 c_layout [|nan; -0.; 3.|]));
  let rec loop n = if n > 0 then (let a = Array1.create int8_unsigned c_layout 1000000 in a.{999999} <- n land 255; loop (n - 1)) in loop 2000; pr "done\n"
