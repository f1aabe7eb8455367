(* packages: pprint *)
open PPrint
type t = V of string | A of t * t list | L of string * t
let rec pp = function V s -> string s | L (x, b) -> group (parens (prefix 2 1 (string "fun" ^^ space ^^ string x ^^ string " ->") (pp b))) | A (f, l) -> group (parens (pp f ^^ nest 2 (concat_map (fun a -> break 1 ^^ pp a) l)))
let () =
  let t = L ("x", A (V "some_function", List.init 8 (fun i -> L ("y", A (V "g", [ V (String.make (i * 2 + 1) 'a'); V "x" ]))))) in
  List.iter (fun w -> ToChannel.pretty 0.8 w stdout (pp t); print_newline ()) [ 20; 60; 120 ];
  let b = Buffer.create 10 in ToBuffer.compact b (pp t); print_endline (Buffer.contents b);
  ToChannel.pretty 0.5 30 stdout (OCaml.list (fun x -> OCaml.int x) (List.init 30 Fun.id)); print_newline ();
  ToChannel.pretty 1. 40 stdout (align (flow (break 1) (words "the quick brown fox jumps over the lazy dog again and again"))); print_newline ();
  ToChannel.pretty 1. 40 stdout (surround 2 1 lbracket (separate (semi ^^ break 1) (List.map string [ "a"; "b" ])) rbracket ^^ hardline)
