(* Arity: functions that return functions, effects between arguments, defaults evaluated late, n-ary methods. *)
let p fmt = Printf.printf (fmt ^^ "\n")
let f x = print_string "f1 "; fun y -> print_string "f2 "; x + y
let g = fun x -> fun y -> fun z -> x + y + z
let h x y = let s = x + y in fun z w -> s * z + w
let opt ?(a = (print_string "default "; 1)) b = a + b
let k (a, b) c { contents = d } = a + b + c + d
let pat = function Some x -> (fun y -> x + y) | None -> fun y -> y
let rec many n = if n = 0 then fun x -> x else fun x -> many (n - 1) (x + 1)
let id x = x
let () =
  let f1 = f 1 in
  print_string "| ";
  p "%d %d" (f1 2) (f1 3);
  p "%d" (f 1 2);
  p "%d %d" (g 1 2 3) ((g 1) 2 3);
  p "%d" (h 1 2 3 4);
  p "%d" (opt 2);
  p "%d" (opt ~a:5 2);
  p "%d" (k (1, 2) 3 (ref 4));
  p "%d %d" (pat (Some 1) 2) (pat None 2);
  p "%d" (many 10 0);
  p "%d" ((id id) ((id id) 3));
  p "%d" (id g 1 (id 2) 3);
  let compose = List.fold_left (fun f g x -> g (f x)) id in
  p "%d" (compose [ g 1 2; h 1 1 1 ] 3);
  let partial = List.map (fun f -> f 10) [ ( + ); ( - ); ( * ) ] in
  p "%s" (String.concat " " (List.map (fun f -> string_of_int (f 3)) partial))
