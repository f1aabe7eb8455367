(* packages: psmt2-frontend *)
open Psmt2Frontend
let () =
  let src = "(set-logic QF_LIA)\n(declare-fun x () Int)\n(assert (and (> x 3) (< x 5)))\n(define-fun f ((a Int)) Int (+ a 1))\n(assert (= (f x) 5))\n(check-sat)\n(exit)\n" in
  let lb = Lexing.from_string src in
  let cmds = Smtlib_parser.commands Smtlib_lexer.token lb in
  Printf.printf "%d\n" (List.length cmds);
  Smtlib_printer.print cmds;
  (match Smtlib_typing.typing cmds with _ -> print_endline "typed" | exception e -> print_endline (Printexc.to_string e));
  match Smtlib_parser.commands Smtlib_lexer.token (Lexing.from_string "(assert (and x)") with _ -> print_endline "?" | exception e -> print_endline "syntax"
