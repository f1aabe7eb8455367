(* The standard library's numbers. *)
let p fmt = Printf.printf fmt
let t name f = match f () with s -> p "%s: %s\n" name s | exception e -> p "%s: raises %s\n" name (Printexc.to_string e)
let () =
  List.iter (fun n -> p "%d %x %s " n n (string_of_int n)) [0; 1; -1; max_int; min_int]; 
  p "%ld %ld %ld %ld %ld\n" Int32.max_int Int32.min_int (Int32.add Int32.max_int 1l) (Int32.div Int32.min_int (-1l)) (Int32.of_int 0x1_2345_6789);
  p "%Ld %Ld %Ld %Ld\n" Int64.max_int Int64.min_int (Int64.div Int64.min_int (-1L)) (Int64.of_float 1e18);
  p "%nd %nd %d\n" Nativeint.max_int Nativeint.min_int Nativeint.size;
  t "d0" (fun () -> Int32.to_string (Int32.div 1l 0l)); t "r0" (fun () -> Int64.to_string (Int64.rem 1L 0L)); t "ud0" (fun () -> Int64.to_string (Int64.unsigned_div 1L 0L)); t "ur0" (fun () -> Int32.to_string (Int32.unsigned_rem 1l 0l));
  List.iter (fun (a, b) -> p "%ld %ld %d %Ld %Ld %d %nd %nd\n" (Int32.unsigned_div a b) (Int32.unsigned_rem a b) (Int32.unsigned_compare a b) (Int64.unsigned_div (Int64.of_int32 a) (Int64.of_int32 b)) (Int64.unsigned_rem (Int64.of_int32 a) (Int64.of_int32 b)) (Int64.unsigned_compare (Int64.of_int32 a) (Int64.of_int32 b)) (Nativeint.unsigned_div (Nativeint.of_int32 a) (Nativeint.of_int32 b)) (Nativeint.unsigned_rem (Nativeint.of_int32 a) (Nativeint.of_int32 b)))
    [7l,2l; -7l,2l; 7l,-2l; -7l,-2l; Int32.min_int,-1l; Int32.max_int,-1l; 0l,5l];
  let o = function None -> "None" | Some n -> string_of_int n in
  p "%s %s %s %s %s\n" (o (Int32.unsigned_to_int (-1l))) (o (Int64.unsigned_to_int (-1L))) (o (Int64.unsigned_to_int 4611686018427387903L)) (o (Int64.unsigned_to_int 4611686018427387904L)) (o (Nativeint.unsigned_to_int (-1n)));
  List.iter (fun s -> t s (fun () -> Int32.to_string (Int32.of_string s)); t s (fun () -> Int64.to_string (Int64.of_string s)); t s (fun () -> Nativeint.to_string (Nativeint.of_string s)); t s (fun () -> string_of_int (int_of_string s)))
    ["0"; "-1"; "0x7fffffff"; "0xffffffff"; "0u4294967295"; "2147483648"; "-2147483648"; "0b101"; "0o17"; "1_000"; ""; "-"; "0x"; "+3"; "9223372036854775808"; "-9223372036854775808"; "0xffffffffffffffff"; "0u18446744073709551615"; "4611686018427387904"; "0x7fffffffffffffff"; "12a"; " 1"; "--1"];
  List.iter (fun f -> p "%ld %Ld %d %h %h %h %h\n" (Int32.bits_of_float f) (Int64.bits_of_float f) (Float.to_int f) (Int32.float_of_bits (Int32.bits_of_float f)) (Float.round f) (Float.trunc f) (Float.abs f)) [0.; -0.; 1.5; -2.5; 0.1; 1e10; 123456.789];
  p "%s\n" (String.concat " " (List.map (Printf.sprintf "%h") [Float.min 1. nan; Float.min nan 1.; Float.max 0. (-0.); Float.max (-0.) 0.; Float.min 0. (-0.); Float.min_num nan 1.; Float.max_num 1. nan; fst (Float.min_max 3. 2.); snd (Float.min_max_num nan 2.); Float.succ 1.; Float.pred 1.; Float.pi; Float.rem 7.5 2.; Float.fma 2. 3. 4.; Float.copy_sign 1. (-0.); Float.ldexp 0.5 4; Float.log2 8.; Float.exp2 3.]));
  p "%b %b %b %b %b %b\n" (Float.is_integer 3.) (Float.is_integer 3.5) (Float.is_nan nan) (Float.is_finite infinity) (Float.sign_bit (-0.)) (Float.equal nan nan);
  p "%d %d %d\n" (Float.compare nan 1.) (Float.compare 1. 2.) (Float.hash 1.5);
  let m, e = Float.frexp 10. in let f, i = Float.modf (-3.25) in p "%h %d %h %h %s\n" m e f i (match Float.classify_float 1e-310 with FP_subnormal -> "sub" | _ -> "other");
  let module A = Float.Array in
  let a = A.init 20 (fun i -> float ((i * 7) mod 11)) in A.sort compare a; A.iter (p "%g ") a; p "%g\n" (A.fold_left (+.) 0. (A.map (fun x -> x *. 2.) a));
  t "fa" (fun () -> string_of_float (A.get a 20)); t "fa" (fun () -> A.fill a 19 2 0.; ""); t "fa" (fun () -> string_of_int (A.length (A.sub a 19 2))); t "fa" (fun () -> string_of_int (A.length (A.create (-1)))); t "fa" (fun () -> string_of_int (A.length (A.init (-1) (fun _ -> 0.)))); t "fa" (fun () -> A.blit a 0 a 19 2; ""); t "fa" (fun () -> A.iter2 (fun _ _ -> ()) a (A.create 1); ""); t "fa" (fun () -> ignore (A.map2 (fun _ _ -> 0.) a (A.create 1)); "");
  t "fa" (fun () -> string_of_int (A.length (A.make (-1) 0.)));
  p "%b %b %s\n" (A.mem nan (A.of_list [1.; nan])) (A.mem_ieee nan (A.of_list [1.; nan])) (String.concat " " (List.map string_of_float (A.to_list (A.append (A.concat [a; a]) a))));
  let c a b = {Complex.re = a; im = b} in let pc z = p "%h %h\n" z.Complex.re z.Complex.im in
  List.iter (fun z -> pc (Complex.sqrt z); pc (Complex.exp z); pc (Complex.log z); pc (Complex.inv z); pc (Complex.div z (c 1. 2.)); pc (Complex.mul z (c 1. 2.)); pc (Complex.pow z (c 1. 2.)); p "%.12g %h %h\n" (Complex.norm z) (Complex.norm2 z) (Complex.arg z)) [c 3. 4.; c (-1.) 0.; c 0. 1.; c (-2.) (-3.); c 1e200 1e200; c 0. 0.; c 1e-3 7.; c 0.1 0.2; c 5.5 (-1.7); c 12.3 4.56];
  pc (Complex.polar 2. 1.); pc (Complex.conj Complex.i);
  p "%d %d %d %s %d\n" (Int.compare 1 2) (Int.abs (-5)) (Int.max 1 2) (Int.to_string 5) (Int.shift_right_logical (-1) 60); p "%s %b %d %s\n" (Bool.to_string true) (Bool.equal true false) (Bool.compare true false) (Unit.to_string ());
  p "%s %d %d %b %d %d\n" Sys.os_type Sys.word_size Sys.int_size Sys.big_endian Sys.max_string_length Sys.max_array_length
