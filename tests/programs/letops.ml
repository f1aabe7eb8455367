(* Binding operators, local opens, user-defined operators, sequences. *)
let p fmt = Printf.printf (fmt ^^ "\n")
module Opt = struct
  let ( let* ) = Option.bind
  let ( let+ ) o f = Option.map f o
  let ( and+ ) a b = match (a, b) with Some a, Some b -> Some (a, b) | _ -> None
end
let safe_div a b = if b = 0 then None else Some (a / b)
let compute a b c = let open Opt in let* x = safe_div a b in let* y = safe_div x c in Some (x + y)
let both a b = let open Opt in let+ x = a and+ y = b in x * y
module State = struct
  type 'a t = int -> 'a * int
  let return x : 'a t = fun s -> (x, s)
  let ( let* ) (m : 'a t) (f : 'a -> 'b t) : 'b t = fun s -> let x, s = m s in f x s
  let tick : int t = fun s -> (s, s + 1)
end
let label_tree () = let open State in let* a = tick in let* b = tick in let* (c, d) = return (a + b, "x") in return (Printf.sprintf "%d%d%d%s" a b c d)
let ( |?> ) o f = match o with None -> () | Some x -> f x
let ( ++ ) = List.append
let ( .%{} ) h k = Hashtbl.find h k
let ( .%{}<- ) h k v = Hashtbl.replace h k v
let ( !! ) r = !r + 1
let ( ** ) a b = a * 10 + b
let () =
  let show = function None -> "none" | Some n -> string_of_int n in
  p "%s %s %s" (show (compute 100 5 2)) (show (compute 1 0 2)) (show (compute 1 1 0));
  p "%s %s" (show (both (Some 3) (Some 4))) (show (both None (Some 4)));
  p "%s" (fst (label_tree () 1));
  Some 3 |?> (fun x -> p "%d" x);
  p "%d" (List.length ([ 1 ] ++ [ 2; 3 ]));
  let h = Hashtbl.create 1 in
  h.%{"k"} <- 5;
  p "%d" h.%{"k"};
  p "%d" !!(ref 4);
  p "%d" (1 ** 2 ** 3)

(* The operands of and-operators are calculated from left to right; those of other operators from right to left. *)
let () =
  let e n = Printf.printf "%d " n; n in
  let ( let* ) x f = f x and ( and* ) a b = Printf.printf "and "; (a, b) and ( <+> ) a b = a + b in
  let s = let* x = e 1 and* y = e 2 and* z = e 3 in x + y + z in
  p "%d %d" s (e 1 <+> e 2)
