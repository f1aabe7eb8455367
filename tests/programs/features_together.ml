(* Functors, classes, GADTs, binding operators, polymorphic variants and the library in one program. *)
module type ORD = sig type t val compare : t -> t -> int val to_string : t -> string end
module Heap (O : ORD) : sig type t val empty : t val insert : O.t -> t -> t val pop : t -> (O.t * t) option val of_list : O.t list -> t val to_seq : t -> O.t Seq.t end = struct
  type t = E | T of int * O.t * t * t
  let empty = E
  let rank = function E -> 0 | T (r, _, _, _) -> r
  let make x a b = if rank a >= rank b then T (rank b + 1, x, a, b) else T (rank a + 1, x, b, a)
  let rec merge a b = match a, b with E, h | h, E -> h
    | T (_, x, a1, b1), T (_, y, a2, b2) -> if O.compare x y <= 0 then make x a1 (merge b1 b) else make y a2 (merge a b2)
  let insert x h = merge (T (1, x, E, E)) h
  let pop = function E -> None | T (_, x, a, b) -> Some (x, merge a b)
  let of_list l = List.fold_left (fun h x -> insert x h) empty l
  let to_seq h = Seq.unfold pop h
end
module IH = Heap (struct include Int let to_string = string_of_int end)
module SH = Heap (struct include String let to_string x = x end)
class virtual shape name = object (self) method virtual area : float method name : string = name method describe = Printf.sprintf "%s with area %.2f" self#name self#area end
class circle r = object inherit shape "circle" method area = Float.pi *. r *. r end
class rect w h = object (self) inherit shape "rect" as super method area = w *. h method! describe = super#describe ^ (if w = h then " (square)" else "") method scale (k : float) = {< >} end
type _ expr = I : int -> int expr | B : bool -> bool expr | Add : int expr * int expr -> int expr | Eq : 'a expr * 'a expr -> bool expr | If : bool expr * 'a expr * 'a expr -> 'a expr | Pair : 'a expr * 'b expr -> ('a * 'b) expr | Fst : ('a * 'b) expr -> 'a expr
let rec eval : type a. a expr -> a = function I n -> n | B b -> b | Add (a, b) -> eval a + eval b | Eq (a, b) -> eval a = eval b | If (c, a, b) -> if eval c then eval a else eval b | Pair (a, b) -> (eval a, eval b) | Fst p -> fst (eval p)
let ( let* ) o f = match o with Some x -> f x | None -> None
let ( and* ) a b = match a, b with Some x, Some y -> Some (x, y) | _ -> None
let safe_div a b = if b = 0 then None else Some (a / b)
type color = [ `Red | `Green | `Blue of int ]
let show_color : [< color | `Other of string ] -> string = function `Red -> "red" | `Green -> "green" | `Blue n -> "blue" ^ string_of_int n | `Other s -> s
let fib = let memo = Hashtbl.create 16 in let rec f n = if n < 2 then n else match Hashtbl.find_opt memo n with Some v -> v | None -> let v = f (n-1) + f (n-2) in Hashtbl.add memo n v; v in f
let () =
  print_endline (String.concat "," (List.map string_of_int (List.of_seq (IH.to_seq (IH.of_list [5;3;9;1;4])))));
  print_endline (String.concat "," (List.of_seq (SH.to_seq (SH.of_list ["pear";"apple";"fig"]))));
  List.iter (fun s -> print_endline s#describe) [ (new circle 1.5 :> shape); (new rect 2. 3. :> shape); (new rect 2. 2. :> shape) ];
  Printf.printf "%d %b\n" (eval (If (Eq (I 3, Add (I 1, I 2)), I 10, I 20))) (eval (Eq (Fst (Pair (B true, I 1)), B false)));
  (match (let* x = safe_div 10 2 and* y = safe_div 9 3 in let* z = safe_div x 0 in Some (x + y + z)) with Some n -> print_int n | None -> print_endline "none");
  List.iter (fun c -> print_endline (show_color c)) [ `Red; `Blue 3; `Other "x"; `Green ];
  Printf.printf "%d %s %S %C %h %F %e %g\n" (fib 80) (Int64.to_string (Int64.shift_left 1L 40)) "a\tb\"\200" 'x' 0.1 3. 12345.678 1e-7;
  Format.printf "@[<v 2>list:@,%a@]@." (Format.pp_print_list ~pp_sep:(fun f () -> Format.fprintf f ";@ ") Format.pp_print_int) [1;2;3];
  Scanf.sscanf "12 abc 3.5" "%d %s %f" (fun a b c -> Printf.printf "%d/%s/%.1f\n" a b c);
  let t = Array.init 5 (fun i -> Array.init i (fun j -> i * j)) in
  Array.iter (fun r -> print_endline (String.concat " " (Array.to_list (Array.map string_of_int r)))) t;
  let l = lazy (print_endline "forced"; 42) in Printf.printf "%d %d\n" (Lazy.force l) (Lazy.force l);
  (try ignore (List.hd []) with Failure m -> print_endline m); (try ignore [|1|].(3) with Invalid_argument m -> print_endline m);
  Printf.printf "%b %d %d\n" (compare [1;2] [1;3] < 0) (compare "abc" "abd") (Hashtbl.hash (1, "x", [2.5]));
  print_endline (String.uppercase_ascii "hello" ^ Bytes.to_string (Bytes.map Char.uppercase_ascii (Bytes.of_string "w")));
  let b = Buffer.create 3 in Buffer.add_utf_8_uchar b (Uchar.of_int 0x20ac); Printf.printf "%S %d\n" (Buffer.contents b) (Buffer.length b);
  Printf.printf "%s\n" (Digest.to_hex (Digest.string "abc")); exit (if Sys.word_size = 64 then 3 else 4)
