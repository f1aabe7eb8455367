(* skip: evaluator. Frames of local functions that are called once: they stand in the place of their call; only functions give local names. *)
let () = Printexc.record_backtrace true
exception X
let[@inline never] call f = f () + 1
let show n f = Printf.printf "%s\n" n; try ignore (f ()) with X -> Printexc.print_backtrace stdout
let big x = x * x + x * x * x + call (fun () -> if x > 100 then 1 else raise X) + x * x
let a () = let f x = big x + 1 in print_string ""; f 3 + 1
let b () = let f x y = big x + y in 1 + f 3 4
let c () = let f x = big x + 1 in f 3 + f 4
let e () = let f x = big x + 1 in for i = 0 to 2 do ignore (f i + 1) done
let g () = let[@inline never] f x = big x + 1 in 1 + f 3
let h () = let f x = big x + 1 in try f 3 + 1 with Not_found -> 3
let j () = let f ~a ~b = big a + b in 1 + f ~b:3 ~a:4
let k () = let f ?(a = 3) () = big a + 1 in 1 + f ()
let l () = let f x = big x in f 3
let m () = let f x = big x in f 3 + 1
let n () = let f x = big x + 1 in let y = f 3 in y + 1
let o () = let f x = if x > 100 then 3 else big x in if f 3 > 2 then 1 else 2
let p () = let f = fun x -> big x + 1 in (print_string "abc"; f 3) + 1
let q () = let f x = big x + 1 in let g y = f y + 1 in g 4 + 1
let r z = let f x = big (x + z) + 1 in f 3 + 1
let s () = let f (x, y) = big x + y in f (3, 4) + 1
let t () = let f x = big x + 1 in (match f 3 with 4 -> 1 | _ -> 2)
let u () = let rec f x = big x + 1 in f 3 + 1
let () = List.iter (fun (n, f) -> show n f) ["a",a;"b",b;"c",c;"g",g;"h",h;"j",j;"k",k;"l",l;"m",m;"n",n;"o",o;"p",p;"q",q;"s",s;"t",t;"u",u]; show "e" (fun () -> e (); 3); show "r" (fun () -> r 3)
let result () = let r = call (fun () -> raise X) in r + 1
let local () = let f () = call (fun () -> raise X) in f () + 1
let component () = let (p, q) = (call (fun () -> raise X), 2) in p + q
module M = struct let n () = let v = let w () = call (fun () -> raise X) in w () + 1 in v + 1 end
let in_module () = let module L = struct let z () = call (fun () -> raise X) + 1 end in L.z () + 1
let () = List.iter (fun (n, f) -> show n f) [ "result", result; "local", local; "component", component; "M.n", M.n; "in_module", in_module ]
