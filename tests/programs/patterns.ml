(* Pattern matching: or-patterns, guards, aliases, constants of all kinds, arrays, nested data, exceptions. *)
let p fmt = Printf.printf (fmt ^^ "\n")
type shape = Circle of int | Rect of int * int | Point | Line | Poly of { sides : int; name : string }
let area = function
  | Circle r when r > 10 -> "big circle"
  | Circle 0 | Point | Line -> "nothing"
  | Circle r -> "circle " ^ string_of_int r
  | Rect (a, b) as s when a = b -> (match s with Rect (x, _) -> "square " ^ string_of_int x | _ -> "?")
  | Rect (a, b) -> Printf.sprintf "rect %d" (a * b)
  | Poly { sides = 3; name } -> "triangle " ^ name
  | Poly { sides; name = "" } -> Printf.sprintf "unnamed %d" sides
  | Poly { name; _ } -> name
let strings = function "a" -> 1 | "abcdefgh" -> 2 | "abcdefghi" -> 3 | "" -> 4 | "hello world, hello" -> 5 | "abcdefgi" -> 6 | _ -> 0
let chars = function 'a' .. 'z' -> "lower" | 'A' .. 'Z' -> "upper" | '0' .. '9' -> "digit" | ' ' | '\t' | '\n' -> "space" | _ -> "other"
let longs = function 0L -> "zero" | 1L | 2L -> "small" | 0x7fffffffffffffffL -> "max" | _ -> "other"
let arr = function [||] -> "empty" | [| x |] -> string_of_int x | [| x; y |] -> string_of_int (x + y) | a -> Printf.sprintf "%d elements" (Array.length a)
let rec eval = function
  | `Num n -> n
  | `Add (a, b) -> eval a + eval b
  | `Mul (`Num 0, _) | `Mul (_, `Num 0) -> 0
  | `Mul (a, b) -> eval a * eval b
  | `Neg (`Neg a) -> eval a
  | `Neg a -> -eval a
let merge a b =
  match (a, b) with
  | [], l | l, [] -> l
  | x :: _, y :: _ when x < y -> [ x; y ]
  | (x :: _ as l), (y :: _ : int list) -> if List.length l > 1 then [ y; x ] else [ x ]
exception E of int * string
let exn f = match f () with
  | 0 -> "zero"
  | n when n < 0 -> "negative"
  | n -> string_of_int n
  | exception Not_found -> "not found"
  | exception E (n, s) when n > 1 -> s
  | exception (E (_, s) | Failure s) -> "failed " ^ s
let both f = match f () with Some x | exception E (x, _) -> x | None -> -1
let () =
  List.iter (fun s -> p "%s" (area s)) [ Circle 20; Circle 0; Circle 3; Point; Line; Rect (2, 2); Rect (2, 3); Poly { sides = 3; name = "t" }; Poly { sides = 4; name = "" }; Poly { sides = 5; name = "p" } ];
  List.iter (fun s -> p "%d" (strings s)) [ "a"; "abcdefgh"; "abcdefghi"; ""; "hello world, hello"; "abcdefgi"; "b"; "abcdefgj" ];
  List.iter (fun c -> p "%s" (chars c)) [ 'q'; 'Q'; '7'; '\t'; '!' ];
  List.iter (fun n -> p "%s" (longs n)) [ 0L; 2L; Int64.max_int; 9L ];
  List.iter (fun a -> p "%s" (arr a)) [ [||]; [| 1 |]; [| 1; 2 |]; [| 1; 2; 3 |] ];
  p "%d" (eval (`Add (`Num 3, `Mul (`Num 4, `Neg (`Neg (`Num 5))))));
  p "%d" (eval (`Mul (`Neg (`Num 1), `Num 0)));
  List.iter (fun (a, b) -> p "%d" (List.length (merge a b))) [ ([], [ 1 ]); ([ 1; 2; 3 ], []); ([ 1 ], [ 2 ]); ([ 3; 4 ], [ 2 ]); ([ 3 ], [ 2 ]) ];
  p "%s %s %s %s %s %s" (exn (fun () -> 0)) (exn (fun () -> -5)) (exn (fun () -> 7)) (exn (fun () -> raise Not_found)) (exn (fun () -> raise (E (2, "two")))) (exn (fun () -> raise (E (1, "one"))));
  p "%s" (exn (fun () -> failwith "x"));
  p "%d %d %d" (both (fun () -> Some 1)) (both (fun () -> raise (E (2, "")))) (both (fun () -> None));
  (try p "%s" (exn (fun () -> raise Exit)) with Exit -> p "exit");
  let (x, _), [ y; z ] = ((1, 2), [ 3; 4 ]) [@@warning "-8"] in
  p "%d %d %d" x y z;
  let f = function (1 | 2), _ | _, (3 | 4) -> true | _ -> false in
  p "%b %b %b" (f (1, 9)) (f (9, 4)) (f (9, 9));
  let g = function lazy 3 -> "three" | lazy n -> string_of_int n in
  p "%s %s" (g (lazy (1 + 2))) (g (lazy 8))
