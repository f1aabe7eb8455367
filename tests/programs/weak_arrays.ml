(* Weak arrays while the collector moves what they hold, and finalisers that allocate: skip: evaluator *)
let p fmt = Printf.printf fmt
let () =
  let w = Weak.create 3 and v = ref 5 in
  Weak.set w 0 (Some v);
  Weak.set w 1 (Some (ref 6));
  p "%b %b %b %d\n" (Weak.check w 0) (Weak.check w 1) (Weak.check w 2) (Weak.length w);
  Gc.full_major ();
  p "%b %b\n" (Weak.check w 0) (Weak.check w 1);
  (match Weak.get w 0 with Some r -> p "%d %b\n" !r (r == v) | None -> p "none\n");
  (match Weak.get_copy w 0 with Some r -> p "%d %b\n" !r (r == v) | None -> p "none\n");
  let w2 = Weak.create 5 in
  Weak.blit w 0 w2 2 3;
  p "%b %b\n" (Weak.check w2 2) (Weak.check w2 3);
  Weak.fill w2 0 5 (Some v);
  Weak.set w 0 None;
  p "%b %b %d\n" (Weak.check w2 4) (Weak.check w 0) !v
let () =
  (* One finaliser is not interrupted by another, whatever it allocates or asks of the collector. *)
  let depth = ref 0 and deepest = ref 0 and sum = ref 0 in
  for i = 1 to 5 do
    let finalise r =
      incr depth;
      if !depth > !deepest then deepest := !depth;
      Gc.full_major ();
      sum := int_of_string (string_of_int !r) + !sum;
      decr depth
    in
    Gc.finalise finalise (ref i)
  done;
  Gc.full_major ();
  p "%d %d\n" !deepest !sum
