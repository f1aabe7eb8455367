(* int32, int64, nativeint: wrap-around, shifts, conversions, comparison, division. *)
let p fmt = Printf.printf (fmt ^^ "\n")
let id = Sys.opaque_identity
let rec fact64 n = if n = 0L then 1L else Int64.mul n (fact64 (Int64.sub n 1L))
let mix h = let open Int64 in let h = logxor h (shift_right_logical h 33) in let h = mul h 0xff51afd7ed558ccdL in logxor h (shift_right_logical h 29)
let () =
  p "%ld %ld %ld" Int32.max_int (Int32.add Int32.max_int (id 1l)) (Int32.mul 65536l (id 65536l));
  p "%Ld %Ld" Int64.max_int (Int64.add Int64.max_int (id 1L));
  p "%Ld" (fact64 20L);
  p "%nd %nd" (Nativeint.add 1n (id 2n)) Nativeint.min_int;
  p "%ld %ld %ld" (Int32.shift_left 1l (id 31)) (Int32.shift_right (id (-8l)) 1) (Int32.shift_right_logical (id (-8l)) 1);
  p "%Ld %Ld" (Int64.shift_right (id (-8L)) 1) (Int64.shift_right_logical (id (-8L)) 1);
  p "%ld %ld" (Int32.div (id (-7l)) 2l) (Int32.rem (id (-7l)) 2l);
  p "%Ld %Ld" (Int64.div Int64.min_int (id (-1L))) (Int64.rem Int64.min_int (id (-1L)));
  p "%d %ld %Ld" (Int32.to_int (id 5l)) (Int32.of_int (id 0x1_0000_0005)) (Int64.of_int32 (id (-5l)));
  p "%b %b %d" (id 3L < 5L) (Int64.equal 3L (id 3L)) (compare (id 1l) 2l);
  p "%Lx %lx %LX" (mix 12345L) (id (-1l)) 255L;
  p "%g %Ld" (Int64.to_float (id 3L)) (Int64.of_float 1e15);
  p "%Ld %g" (Int64.bits_of_float 1.0) (Int64.float_of_bits 0x4000000000000000L);
  p "%s %s" (Int64.to_string (-1L)) (Int32.to_string 7l);
  p "%Ld %ld" (Int64.of_string "0xff") (Int32.of_string "-12");
  (try ignore (Int64.div 1L (id 0L)) with Division_by_zero -> p "div");
  p "%Ld" (List.fold_left Int64.add 0L [ 1L; 2L; 3L ]);
  p "%b" ((1L, 2l, 3n) = (id 1L, id 2l, id 3n));
  p "%d" (Int64.to_int (Int64.logand (id 0xffffL) 0xff00L));
  p "%Ld" (Int64.lognot (id 0L));
  p "%Lu" (id (-1L))
