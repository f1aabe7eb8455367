(* Top-level effects in order, through modules, functors and their arguments. *)
let say s = print_string s; print_char ' '
let a = say "a"; 1
module M = struct let () = say "M" let x = say "M.x"; 2 module N = struct let () = say "N" end end
module F (X : sig val n : string end) = struct let () = say ("F" ^ X.n) let v = String.length X.n let () = say "endF" end
module F1 = F (struct let n = say "arg"; "one" end)
let b = say "b"; a + M.x
module F2 = F (struct let n = "two!" end)
include (struct let c = say "c"; 3 let hidden = say "hidden" end : sig val c : int end)
open struct let d = say "d"; 4 end
let (e, f) = (say "e"; 5), (say "f"; 6)
let [@warning "-8"] [ g; h ] = say "gh"; [ 7; 8 ]
let _ = say "_"
let () = say "()"; at_exit (fun () -> print_endline "exit")
let rec r = fun x -> if x = 0 then s else r (x - 1) and s = 9
let { contents = t } = ref (say "t"; 10)
let lazy u = lazy (say "u"; 11)
let () = Printf.printf "\n%d\n" (a + b + c + d + e + f + g + h + r 3 + t + u + F1.v + F2.v)
