(* What a generator writes says where its lines come from: places that programs print are those of the grammar. *)
let show (file, line, column, end_column) = Printf.printf "%s %d %d %d\n" file line column end_column

let here () =
# 100 "grammar.mly"
  print_endline __LOC__;
  show __POS__;
  try assert false with Assert_failure (file, line, column) -> Printf.printf "%s %d %d\n" file line column
# 12 "line_directives.ml"

let token x =
# 7 "a folder/lexer.mll"
  match x with 1 -> "one"

(*
# 1000 "comment"
*)
let text = "
# 2000 \"string\"
"

# 30 "line_directives.ml"
let spread = __LOC_OF__ (String.length
  text)

let () =
  here ();
  print_endline (fst spread);
  Printf.printf "%s %d\n" __FILE__ __LINE__;
  match token 2 with
  | s -> print_endline s
  | exception Match_failure (file, line, column) -> Printf.printf "%s %d %d\n" file line column
