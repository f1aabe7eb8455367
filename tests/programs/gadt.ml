(* GADTs and existential types, polymorphic recursion, extensible variants. *)
let p fmt = Printf.printf (fmt ^^ "\n")
type _ expr =
  | Int : int -> int expr
  | Bool : bool -> bool expr
  | Add : int expr * int expr -> int expr
  | If : bool expr * 'a expr * 'a expr -> 'a expr
  | Eq : 'a expr * 'a expr -> bool expr
  | Pair : 'a expr * 'b expr -> ('a * 'b) expr
  | Fst : ('a * 'b) expr -> 'a expr
let rec eval : type a. a expr -> a = function
  | Int n -> n
  | Bool b -> b
  | Add (a, b) -> eval a + eval b
  | If (c, t, e) -> if eval c then eval t else eval e
  | Eq (a, b) -> eval a = eval b
  | Pair (a, b) -> (eval a, eval b)
  | Fst p -> fst (eval p)
type any = Any : 'a * ('a -> string) -> any
let show (Any (x, f)) = f x
type (_, _) eq = Refl : ('a, 'a) eq
let cast : type a b. (a, b) eq -> a -> b = fun Refl x -> x
type _ ty = TInt : int ty | TStr : string ty | TList : 'a ty -> 'a list ty
let rec to_s : type a. a ty -> a -> string = fun ty v -> match ty with TInt -> string_of_int v | TStr -> v | TList t -> "[" ^ String.concat ";" (List.map (to_s t) v) ^ "]"
type 'a nest = Leaf of 'a | Nest of ('a * 'a) nest
let rec depth : 'a. 'a nest -> int = function Leaf _ -> 0 | Nest n -> 1 + depth n
type zero = Z and 'n succ = S of 'n
type (_, _) vec = Nil : (zero, 'a) vec | Cons : 'a * ('n, 'a) vec -> ('n succ, 'a) vec
let head : type n a. (n succ, a) vec -> a = function Cons (x, _) -> x
let rec to_list : type n. (n, 'a) vec -> 'a list = function Nil -> [] | Cons (x, r) -> x :: to_list r
type ext = ..
type ext += A of int | B
type ext += C : { name : string } -> ext
let ext = function A n -> n | B -> -1 | C { name } -> String.length name | _ -> 99
let () =
  p "%d" (eval (If (Eq (Int 3, Add (Int 1, Int 2)), Fst (Pair (Int 10, Bool false)), Int 0)));
  p "%b" (eval (Eq (Bool true, Bool false)));
  p "%s %s" (show (Any (3, string_of_int))) (show (Any ("x", String.uppercase_ascii)));
  p "%d" (cast Refl 5);
  p "%s" (to_s (TList (TList TInt)) [ [ 1; 2 ]; [ 3 ] ]);
  p "%d" (depth (Nest (Nest (Leaf ((1, 2), (3, 4))))));
  p "%d %d" (head (Cons (1, Nil))) (List.length (to_list (Cons (1, Cons (2, Nil)))));
  p "%d %d %d" (ext (A 4)) (ext B) (ext (C { name = "abc" }))
