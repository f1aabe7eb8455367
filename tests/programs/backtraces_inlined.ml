(* skip: evaluator. Frames of functions that the compiler copies or moves to their calls. *)
exception A of int
exception B
let () = Printexc.record_backtrace true
let show name f = print_endline name; (try ignore (f ()) with _ -> print_string (Printexc.get_backtrace ()))
let r = ref 0
let a0 () = raise B
let a1 x = raise (A x)
let a2 x = if x > 0 then raise B else x
let a3 x = if x > 0 then raise (A x) else x
let a4 x y = if x > y then raise B else x + y
let a5 x = let y = a4 x 0 in y + 1
let a6 x = a5 x
let a7 x = a6 x + a6 (x + 1)
let b1 x = match x with [] -> raise B | y :: _ -> y
let b2 x = match x with None -> raise B | Some y -> y
let b3 (x, y) = if x = y then raise B else x * y
let b4 x = r := x; if !r > 2 then raise B
let b5 x = print_string ""; a2 x
let b6 x = failwith x
let b7 x = invalid_arg ("x" ^ x)
let c2 s = int_of_string s
let c3 s = int_of_string s + 1
let c4 a i = a.(i)
let c5 (a : int array) i = a.(i) + 1
let c6 x y = x / y
let c7 x y = 1 + x / y
let c8 s i = s.[i]
let c9 x = assert (x > 3)
let d2 f x = f x
let d3 f x = f x + 1
let d4 x = if x = 0 then 0 else if x = 1 then raise B else 2
let d5 x = match x with 0 -> 1 | 1 -> 2 | 2 -> 3 | _ -> raise B
let rec d6 n = if n = 0 then raise B else d6 (n - 1)
let rec d7 n = if n = 0 then raise B else 1 + d7 (n - 1)
let d8 n = d7 n
let d9 n = d7 n + 1
let e1 x = ignore (d9 x)
let e2 x = x |> d9 |> succ
let[@inline never] e3 x = a2 x + 1
let[@inline] e4 x = let a = x + 1 in let b = a * 2 in let c = a + b in if c > 0 then raise (A (a + b + c)) else a * b * c
class o = object method m x = if x > 0 then raise B else x end
let e5 (o : o) x = o#m x
let e6 (o : o) x = o#m x + 1
module M = struct let f x = if x > 0 then raise B else x let g x = f x + 1 end
let e7 x = M.g x + 1
let e9 x = let local y = if y > 0 then raise B else y in local x + local (x + 1)
let () = show "a0" (fun () -> a0 () + 1)
let () = show "a1" (fun () -> a1 1 + 1)
let () = show "a2" (fun () -> a2 1 + 1)
let () = show "a3" (fun () -> a3 1 + 1)
let () = show "a4" (fun () -> a4 1 0 + 1)
let () = show "a5" (fun () -> a5 1 + 1)
let () = show "a6" (fun () -> a6 1 + 1)
let () = show "a7" (fun () -> a7 1 + 1)
let () = show "a2t" (fun () -> a2 1)
let () = show "a6t" (fun () -> a6 1)
let () = show "b1" (fun () -> b1 [] + 1)
let () = show "b2" (fun () -> b2 None + 1)
let () = show "b3" (fun () -> b3 (1, 1) + 1)
let () = show "b4" (fun () -> b4 3; 1)
let () = show "b5" (fun () -> b5 3 + 1)
let () = show "b6" (fun () -> b6 "x" + 1)
let () = show "b7" (fun () -> b7 "x" + 1)
let () = show "c2" (fun () -> c2 "x" + 1)
let () = show "c3" (fun () -> c3 "x" + 1)
let () = show "c4" (fun () -> c4 [|1|] 1 + 1)
let () = show "c6" (fun () -> c6 1 0 + 1)
let () = show "c7" (fun () -> c7 1 0 + 1)
let () = show "c8" (fun () -> c8 "" 0 = 'c')
let () = show "c9" (fun () -> c9 1; 1)
let () = show "d2" (fun () -> d2 a2 1 + 1)
let () = show "d3" (fun () -> d3 a2 1 + 1)
let () = show "d4" (fun () -> d4 1 + 1)
let () = show "d5" (fun () -> d5 4 + 1)
let () = show "d6" (fun () -> d6 1 + 1)
let () = show "d7" (fun () -> d7 1 + 1)
let () = show "d8" (fun () -> d8 1 + 1)
let () = show "d9" (fun () -> d9 1 + 1)
let () = show "e1" (fun () -> e1 1; 1)
let () = show "e2" (fun () -> e2 1 + 1)
let () = show "e3" (fun () -> e3 1 + 1)
let () = show "e4" (fun () -> e4 1 + 1)
let () = show "e5" (fun () -> e5 (new o) 1 + 1)
let () = show "e6" (fun () -> e6 (new o) 1 + 1)
let () = show "e7" (fun () -> e7 1 + 1)
let () = show "e9" (fun () -> e9 1 + 1)

let shown () = print_string (Printexc.get_backtrace ()); print_endline "--"
let rec deep n = if n = 0 then raise (A 5) else 1 + deep (n - 1)
let f x = try deep x with A 6 -> 0
let g x = let y = f x in y + 1
let h x = g (x + 1)
let tail x = h (x * 2)
let handled x = try deep x with A _ -> shown (); 3
let rethrow x = try deep x with A _ as e -> raise e
let rethrow2 x = try rethrow x + 1 with A _ as e -> print_endline "again"; raise e
let two x = handled x + handled (x + 1)
let loop n = let s = ref 0 in for i = n downto -2 do s := !s + (100 / i) done; !s
let bound a i = a.(i) + a.(i + 1)
let main () =
  (try ignore (tail 1) with A _ -> shown ());
  ignore (two 1);
  (try ignore (rethrow2 1) with A _ -> shown ());
  (try ignore (loop 2) with Division_by_zero -> shown ());
  (try ignore (bound [|1;2;3|] 2) with Invalid_argument _ -> shown ());
  (match deep 2 with _ -> () | exception A _ -> shown ());
  print_string (Printexc.raw_backtrace_to_string (Printexc.get_callstack 10))
let () = main ()
let () = shown ()

(* Constants count, and floats cost nothing for being boxed. *)
let s1 x = if x > 2 then failwith "s1" else x
let s2 x = 1 + s1 x
let s3 x = if x > 100 then x else raise Exit
let s4 x = if x > 2 then raise (A x) else x
let s5 x = float_of_int (d7 x) +. 1.0
let s6 x = (if x > 2 then s1 x else x * x) + 1

let () =
  show "s2" (fun () -> s2 3);
  show "s3" (fun () -> s3 3);
  show "s4" (fun () -> s4 3);
  show "s5" (fun () -> s5 3);
  show "s6" (fun () -> s6 3)

let final () = deep 3
let () = ignore (final ())
