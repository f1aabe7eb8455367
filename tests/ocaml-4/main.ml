open Old
let () =
  Printf.printf "%S %S %S %d\n" (a "hELLO\201") (b ()) (c ()) (d ());
  let x, y = e () in Printf.printf "%b %d %s %s %s %s %S %b\n" x y (f ()) (g ()) (h ()) (i ()) (l ()) (m () <> "");
  let oc = open_out "t.tmp" in output_string oc "12  word"; close_out oc;
  let a, b = j "t.tmp" in Printf.printf "%d %s\n" a b; Sys.remove "t.tmp";
  assert (n true);
  (let a, b = k '\200' in Printf.printf "%C %C\n" a b);
  let length, found = o () in
  Printf.printf "%d %b %d\n" length (found = Some 2) (p ())
let () = List.iter (Printf.printf "%d ") (q ()); print_newline ()
