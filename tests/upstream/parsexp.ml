(* packages: parsexp sexplib *)
let () =
  let s = "(a (b \"c d\\n\") ; comment\n #| block |# e) (second) #;(skipped) third" in
  (match Parsexp.Many.parse_string s with Ok l -> List.iter (fun x -> print_endline (Sexplib0.Sexp.to_string x)) l | Error e -> print_endline (Parsexp.Parse_error.message e));
  (match Parsexp.Single.parse_string "(a (b" with Ok _ -> print_endline "ok" | Error e -> print_endline (Parsexp.Parse_error.message e));
  let x = Sexplib.Sexp.of_string "((name foo)(n 3)(l (1 2 3)))" in
  print_endline (Sexplib.Sexp.to_string_hum ~indent:2 x);
  print_endline (Sexplib.Sexp.to_string_mach x);
  (try ignore (Sexplib.Sexp.of_string ")") with e -> print_endline (Printexc.to_string e));
  let h = Hashtbl.create 3 in Hashtbl.add h "k" 1;
  Format.printf "%a@." (Sexplib.Sexp.pp_hum_indent 4) x;
  (match Sexplib.Sexp.scan_sexps (Lexing.from_string "a (b c) d") with l -> Printf.printf "%d\n" (List.length l))
