(* Closures: captured variables, partial and over-application, higher-order functions, mutual recursion, composition. *)
let p fmt = Printf.printf (fmt ^^ "\n")
let counter () = let n = ref 0 in fun () -> incr n; !n
let add a b c = a + b + c
let compose f g x = f (g x)
let rec even n = n = 0 || odd (n - 1) and odd n = n <> 0 && even (n - 1)
let twice f = fun x -> f (f x)
let apply_all fs x = List.map (fun f -> f x) fs
let choose b = if b then ( + ) else ( - )
let rec fix f x = f (fix f) x
let curry f a b = f (a, b)
let uncurry f (a, b) = f a b
let () =
  let c = counter () and d = counter () in
  ignore (c ()); ignore (c ()); ignore (d ());
  p "%d %d" (c ()) (d ());
  let add1 = add 1 in
  let add12 = add1 2 in
  p "%d %d" (add1 5 6) (add12 10);
  p "%d" (compose succ (fun x -> x * 2) 5);
  p "%b %b" (even 1001) (odd 1001);
  p "%d" (twice twice (fun x -> x * 3) 2);
  p "%s" (String.concat "," (List.map string_of_int (apply_all [ succ; pred; ( * ) 10 ] 7)));
  p "%d %d" (choose true 5 3) (choose false 5 3);
  p "%d" (fix (fun self n -> if n = 0 then 1 else n * self (n - 1)) 10);
  p "%d %d" (curry fst 1 2) (uncurry ( + ) (3, 4));
  let fs = List.init 4 (fun i -> fun x -> x + i) in
  p "%s" (String.concat "," (List.map (fun f -> string_of_int (f 10)) fs));
  let arr = Array.make 3 (fun () -> 0) in
  for i = 0 to 2 do arr.(i) <- (fun () -> i * i) done;
  p "%d %d %d" (arr.(0) ()) (arr.(1) ()) (arr.(2) ());
  p "%d" ((fun x y -> x - y) 10 3);
  p "%d" (List.fold_left (fun f g x -> g (f x)) (fun x -> x) [ succ; (fun x -> x * x); succ ] 4);
  let rec loop i acc = if i = 0 then acc else loop (i - 1) (fun x -> acc (x + 1)) in
  p "%d" (loop 1000 (fun x -> x) 0)
