(* The run-time system's services under collections. needs OCaml 5: addresses, weak blocks, finalisers. skip: evaluator *)
let () =
  Format.printf "@[<v 2>a@ %d %s@]@." 3 (String.make 5 'x');
  let w = Weak.create 3 in let keep = ref "abc" in Weak.set w 0 (Some keep); Weak.set w 1 (Some (ref "dead"));
  let e = Ephemeron.K1.make keep (ref 5) in
  ignore (List.init 100 string_of_int);
  Gc.full_major ();
  Printf.printf "%b %b %s\n" (Weak.check w 0) (Weak.check w 1) (match Ephemeron.K1.query e keep with Some r -> string_of_int !r | None -> "none");
  let b = Bigarray.Array2.init Bigarray.float64 Bigarray.c_layout 5 6 (fun i j -> float (i * j)) in
  Printf.printf "%g %d\n" b.{4,5} (Hashtbl.hash b);
  let s = Marshal.to_string (b, [1;2;3], "x", 3L, Array.init 20 string_of_int) [] in
  let (b2, l, x, n, a) : (float, Bigarray.float64_elt, Bigarray.c_layout) Bigarray.Array2.t * int list * string * int64 * string array = Marshal.from_string s 0 in
  Printf.printf "%b %d %s %Ld %s\n" (b = b2) (List.length l) x n a.(19);
  Scanf.sscanf "12 \"str\" 3.5 x" "%d %S %f %c" (Printf.printf "%d %s %g %c\n");
  let module W = Weak.Make (struct type t = string ref let equal a b = !a = !b let hash a = Hashtbl.hash !a end) in
  let s = W.create 3 in let l = List.init 30 (fun i -> ref (string_of_int (i mod 20))) in List.iter (W.add s) l; Printf.printf "%d\n" (W.count s);
  let fin = ref 0 in for _ = 1 to 10 do Gc.finalise (fun _ -> incr fin) (ref 1) done; Gc.full_major (); Printf.printf "%d %d\n" !fin (List.length l);
  let n = ref 0 in let al = Gc.create_alarm (fun () -> incr n) in Gc.full_major (); Gc.full_major (); Gc.delete_alarm al; Printf.printf "%b\n" (!n > 0);
  ignore (Sys.opaque_identity (keep, e))
