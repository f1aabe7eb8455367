(* Tail modulo cons: long lists in constant stack, several constructors, nested ones. *)
let p fmt = Printf.printf (fmt ^^ "\n")
let[@tail_mod_cons] rec map f = function [] -> [] | x :: r -> let y = f x in y :: map f r
let[@tail_mod_cons] rec double = function [] -> [] | x :: r -> x :: x :: double r
let[@tail_mod_cons] rec filter f = function [] -> [] | x :: r -> if f x then x :: filter f r else filter f r
type 'a tree = Leaf | Node of 'a tree * 'a * 'a tree
let[@tail_mod_cons] rec right n = if n = 0 then Leaf else Node (Leaf, n, (right [@tailcall]) (n - 1))
let rec sum acc = function Leaf -> acc | Node (_, x, r) -> sum (acc + x) r
let[@tail_mod_cons] rec append a b = match a with [] -> b | x :: r -> x :: append r b
let () =
  let l = List.init 200000 (fun i -> i) in
  p "%d" (List.fold_left ( + ) 0 (map succ l));
  p "%d" (List.length (double l));
  p "%d" (List.length (filter (fun x -> x mod 3 = 0) l));
  p "%d" (sum 0 (right 100000));
  p "%s" (String.concat "," (List.map string_of_int (append [ 1; 2; 3 ] [ 4; 5 ])))
