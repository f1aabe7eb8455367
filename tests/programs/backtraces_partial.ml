(* Local functions with handlers, in functions that are copied, and given a part of their arguments. skip: evaluator *)
let pr = Printf.printf
let show f = try ignore (Sys.opaque_identity (f 1)) with e -> pr "%s\n%s" (Printexc.to_string e) (Printexc.get_backtrace ())
let[@inline never] boom x = if x > 0 then raise Not_found else x
let[@inline never] g1 n = let f x = try boom x + 1 with Exit -> 2 in f 3 + n
let[@inline never] g2 n = let h y = let f x = boom (x + y) + 1 in f 3 * 2 in h n + h (n + 1)
let[@inline never] g3 n = let f a b = boom (a + b) + n in let g = f 3 in g 4 + 1
let[@inline never] g4 n = let f a b = boom (a + b) + n in let g = f 3 in g 4 + g 5
let[@inline never] g5 n = let f x = try boom x + 1 with Exit -> 2 in f 3
let[@inline never] g6 n = let f x = try boom x with Exit -> 2 in f 3 + n
let[@inline never] g7 n = let h y = let f x = boom (x + y) + 1 in f 3 in h n + h (n + 1)
let[@inline never] g8 n = let f a b = boom (a + b) + n in let g = f 3 in g 4
let[@inline never] g9 n = let f x y = (try boom x + 1 with Exit -> y) + n in f 3 n + n
let[@inline never] g10 n = let f x = match boom x with 1 -> 2 | y -> y | exception Exit -> 5 in f 3 + n
let[@inline never] g11 n = let f x = let rec loop i = if i = 0 then boom x else loop (i - 1) in loop 3 + 1 in f 3 + n
let[@inline never] g12 n = let f a b c = boom (a + b + c) + n in let g = f 3 4 in g 4 + 1
let[@inline never] g13 n = let h y = let f x = (try boom (x + y) with Exit -> 0) + 1 in f 3 * 2 in h n + h (n + 1)
let[@inline never] h3 n = let f a b c = boom (a + b) + n * c in let g = f 3 in let h = g 5 in h 4 + g 1 2
let[@inline never] h4 n = let rec f a b = if a = 0 then boom b + 1 else f (a - 1) b in let g = f 3 in g 4
let[@inline never] h5 n = let f a b = a + b * boom n * 3 - 4 * a * n + b in let g = f 3 in g 4 + n
let[@inline never] h6 n = let f ~a ?(b = 1) c = boom (a + b + c) + n in let g = f ~a:3 in g 4 + n
let () = Printexc.record_backtrace true; List.iteri (fun i f -> pr "%d " (i + 1); show f) [g1; g2; g3; g4; g5; g6; g7; g8; g9; g10; g11; g12; g13; h3; h4; h5; h6]
