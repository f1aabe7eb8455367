(* needs OCaml 5 *)
(* misc behaviours, run with Format and Myformat *)
open Format
let () =
  let b = Buffer.create 10 in
  let f = formatter_of_buffer b in
  let o = pp_get_formatter_out_functions f () in
  let l = ref [] in
  pp_set_formatter_output_functions f (fun s i n -> l := String.sub s i n :: !l) (fun () -> l := "FL" :: !l);
  fprintf f "a@ b@;<200 2>@[<v 4>x@,y@]@.";
  List.iter (fun s -> Printf.printf "%S " s) (List.rev !l); print_newline ();
  l := [];
  o.out_string "zz" 0 2; o.out_newline (); o.out_spaces 3; o.out_indent 2; o.out_flush ();
  List.iter (fun s -> Printf.printf "%S " s) (List.rev !l); Printf.printf "%S\n%!" (Buffer.contents b);
  let sb = make_symbolic_output_buffer () in
  let f = formatter_of_symbolic_output_buffer sb in
  pp_set_margin f 10;
  fprintf f "aaaa@ @[<2>bbbb@ cccc@ dddd@]@?eee@.";
  List.iter (function Output_flush -> print_string "F;" | Output_newline -> print_string "N;" | Output_string s -> Printf.printf "%S;" s
   | Output_spaces n -> Printf.printf "s%d;" n | Output_indent n -> Printf.printf "i%d;" n) (flush_symbolic_output_buffer sb);
  print_newline ();
  fprintf str_formatter "@[x@ y"; Printf.printf "%S\n" (flush_str_formatter ());
  (try fprintf str_formatter "@[<v" with e -> print_endline (Printexc.to_string e)); Printf.printf "%S\n" (flush_str_formatter ());
  (try fprintf str_formatter "@[<vv 3>x@]" with e -> print_endline (Printexc.to_string e)); Printf.printf "%S\n" (flush_str_formatter ());
  (try fprintf str_formatter "@[<%d>x@,y@]@[<v %s>a@,b@]" 3 "2" with e -> print_endline (Printexc.to_string e)); Printf.printf "%S\n" (flush_str_formatter ());
  (try fprintf str_formatter "@[<v 0x1>x@]" with e -> print_endline (Printexc.to_string e)); Printf.printf "%S\n" (flush_str_formatter ());
  (try pp_set_geometry str_formatter ~max_indent:1 ~margin:10 with e -> print_endline (Printexc.to_string e));
  (try pp_set_geometry str_formatter ~max_indent:10 ~margin:10 with e -> print_endline (Printexc.to_string e));
  (try pp_set_geometry str_formatter ~max_indent:10 ~margin:pp_infinity with e -> print_endline (Printexc.to_string e));
  (try pp_update_geometry str_formatter (fun g -> {g with max_indent = 100}) with e -> print_endline (Printexc.to_string e));
  (try set_geometry ~max_indent:1 ~margin:10 with e -> print_endline (Printexc.to_string e));
  (try update_geometry (fun g -> {g with max_indent = 100}) with e -> print_endline (Printexc.to_string e));
  Printf.printf "%b %b %b\n" (check_geometry {max_indent=2;margin=3}) (check_geometry {max_indent=2;margin=2}) (check_geometry {max_indent= -2;margin=pp_infinity});
  Printf.printf "%S %S\n" (asprintf "%a" (fun f () -> pp_open_stag f (String_tag "a"); pp_set_tags f true;  fprintf f "@{<b>x@}") ()) (sprintf "@{<b>%s@}" "x");
  let m = pp_get_formatter_stag_functions std_formatter () in
  Printf.printf "%S %S\n" (m.mark_open_stag (String_tag "q")) (m.mark_close_stag (String_tag "q"));
  set_tags true; printf "@{<b>hi@} @{raw@} @{<>x@}@."; set_tags false;
  printf "@[<v>a@,b"; print_newline ();
  printf "no newline at end %s" "x";
  Printf.printf "printed before\n";
  print_string "left"; eprintf "err";
  at_exit (fun () -> print_string "in at_exit")
