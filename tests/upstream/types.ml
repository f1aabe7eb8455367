(* packages: typerep variantslib fieldslib base *)
(* What Jane Street's generated code stands on: representations of types, fields, variants. *)
open Typerep_lib.Std

let rec show : type a. a Typerep.t -> a -> string =
 fun rep v ->
  match rep with
  | Typerep.Int -> string_of_int v
  | Typerep.String -> Printf.sprintf "%S" v
  | Typerep.Bool -> string_of_bool v
  | Typerep.Float -> Printf.sprintf "%g" v
  | Typerep.List r -> "[" ^ String.concat "; " (List.map (show r) v) ^ "]"
  | Typerep.Option r -> ( match v with None -> "-" | Some x -> show r x)
  | Typerep.Tuple (Typerep.Tuple.T2 (a, b)) -> let x, y = v in "(" ^ show a x ^ ", " ^ show b y ^ ")"
  | Typerep.Array r -> "[|" ^ String.concat "; " (List.map (show r) (Array.to_list v)) ^ "|]"
  | _ -> "?"

let () =
  let rep = Typerep.List (Typerep.Tuple (Typerep.Tuple.T2 (typerep_of_int, Typerep.Option typerep_of_string))) in
  print_endline (show rep [ (1, Some "x"); (2, None) ]);
  Printf.printf "%b %b\n" (Typename.same (Typerep.typename_of_t rep) (Typerep.typename_of_t rep)) (Typename.same (Typerep.typename_of_t typerep_of_int) (Typerep.typename_of_t typerep_of_bool));
  match Typerep.same_witness (Typerep.List typerep_of_int) (Typerep.List typerep_of_int) with Some Type_equal.T -> print_endline "one type" | None -> print_endline "others"

let () =
  let f = Fieldslib.Field.Field { Fieldslib.Field.For_generated_code.force_variance = (fun _ -> ()); name = "x"; getter = fst; setter = None; fset = (fun (_, b) a -> (a, b)) } in
  Printf.printf "%s %d %d\n" (Fieldslib.Field.name f) (Fieldslib.Field.get f (3, 4)) (fst (Fieldslib.Field.fset f (3, 4) 9));
  let v = { Variantslib.Variant.name = "A"; rank = 2; constructor = (fun x -> `A x) } in
  Printf.printf "%s %d\n" v.name v.rank
