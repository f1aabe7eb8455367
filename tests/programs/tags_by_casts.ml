(* Blocks of tags that no expression of the program makes, by Obj. *)
type shape = Point | Dot of int | Line of int * int | Named of string * shape | Group of shape list | Hidden of int * int * int

let rec show = function
  | Point -> "point"
  | Dot n -> Printf.sprintf "dot %d" n
  | Line (a, b) -> Printf.sprintf "line %d %d" a b
  | Named (name, shape) -> name ^ " = " ^ show shape
  | Group shapes -> String.concat "; " (List.map show shapes)
  | Hidden (a, b, c) -> Printf.sprintf "hidden %d" (a + b + c)

let () =
  print_endline (show (Dot 1));
  print_endline (show (Obj.obj (Obj.with_tag 4 (Obj.repr (1, 2, 3)))));
  let line = Obj.new_block 1 2 in
  Obj.set_field line 0 (Obj.repr 5);
  Obj.set_field line 1 (Obj.repr 6);
  print_endline (show (Obj.obj line));
  print_endline (show Point)
