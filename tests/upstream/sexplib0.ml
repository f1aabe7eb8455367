(* packages: sexplib0 *)
open Sexplib0
open Sexp_conv
let () =
  let s = sexp_of_list (sexp_of_pair sexp_of_string (sexp_of_option sexp_of_float)) [ "a b", Some 1.5; "c", None; "", Some nan; "d\n\"", Some infinity ] in
  print_endline (Sexp.to_string s); print_endline (Sexp.to_string_hum s);
  Format.printf "%a@." Sexp.pp_hum (Sexp.List (List.init 40 (fun i -> Sexp.List [ Sexp.Atom (string_of_int i); Sexp.Atom "value of some length" ])));
  print_endline (Sexp.to_string (sexp_of_array sexp_of_int64 [| 1L; -5L |]));
  (try ignore (int_of_sexp (Sexp.Atom "x")) with e -> print_endline (Printexc.to_string e));
  (try ignore (list_of_sexp int_of_sexp (Sexp.Atom "x")) with e -> print_endline (Printexc.to_string e));
  Printf.printf "%d\n" (List.fold_left ( + ) 0 (list_of_sexp int_of_sexp (sexp_of_list sexp_of_int [ 1; 2; 3 ])));
  (match sexp_of_exn (Failure "x") with s -> print_endline (Sexp.to_string s));
  print_endline (Sexp.to_string (Sexp.message "msg" [ "a", Sexp.Atom "1" ]))
