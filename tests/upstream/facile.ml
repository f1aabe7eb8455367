(* packages: facile *)
open Facile
open Easy
let queens n =
  let q = Fd.array n 0 (n - 1) in
  let shift op = Array.mapi (fun i qi -> Arith.e2fd (op (fd2e qi) (i2e i))) q in
  Cstr.post (Alldiff.cstr q); Cstr.post (Alldiff.cstr (shift ( +~ ))); Cstr.post (Alldiff.cstr (shift ( -~ )));
  let n = ref 0 in
  let g = Goals.Array.labeling q &&~ Goals.atomic (fun () -> incr n; if !n = 1 then (Array.iter (fun v -> Printf.printf "%d " (Fd.elt_value v)) q; print_newline ())) &&~ Goals.fail in
  ignore (Goals.solve g); Printf.printf "%d solutions\n" !n
let () =
  queens 6;
  let digits = Array.init 8 (fun _ -> Fd.interval 0 9) in
  let [@warning "-8"] [| s; e; n; d; m; o; r; y |] = digits in
  let v = List.fold_left (fun acc x -> (i2e 10 *~ acc) +~ fd2e x) (i2e 0) in
  Cstr.post (Alldiff.cstr digits); Cstr.post (fd2e s >~ i2e 0); Cstr.post (fd2e m >~ i2e 0);
  Cstr.post (v [ s; e; n; d ] +~ v [ m; o; r; e ] =~ v [ m; o; n; e; y ]);
  if Goals.solve (Goals.Array.labeling digits) then (Array.iter (fun v -> print_int (Fd.elt_value v)) digits; print_newline ());
  let x = Fd.interval 1 20 in
  Cstr.post (fd2e x *~ fd2e x <~ i2e 50);
  Fd.fprint stdout x; print_newline ();
  match Cstr.post (fd2e x >~ i2e 30) with () -> print_endline "?" | exception Stak.Fail s -> print_endline ("fail " ^ s)
