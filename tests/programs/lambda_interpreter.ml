(* A small interpreter with a parser, environments, closures, exceptions *)
type token = INT of int | ID of string | LP | RP | LAM | DOT | PLUS | MINUS | STAR | LET | IN | EQ | IF | THEN | ELSE | LT | EOF
exception Lex of int * char
exception Parse of string
let lex s =
  let n = String.length s in
  let rec go i acc =
    if i >= n then List.rev (EOF :: acc)
    else match s.[i] with
    | ' ' | '\n' | '\t' -> go (i+1) acc
    | '(' -> go (i+1) (LP :: acc) | ')' -> go (i+1) (RP :: acc)
    | '\\' -> go (i+1) (LAM :: acc) | '.' -> go (i+1) (DOT :: acc)
    | '+' -> go (i+1) (PLUS :: acc) | '-' -> go (i+1) (MINUS :: acc) | '*' -> go (i+1) (STAR :: acc)
    | '=' -> go (i+1) (EQ :: acc) | '<' -> go (i+1) (LT :: acc)
    | '0'..'9' -> let j = ref i in while !j < n && s.[!j] >= '0' && s.[!j] <= '9' do incr j done;
      go !j (INT (int_of_string (String.sub s i (!j - i))) :: acc)
    | 'a'..'z' | 'A'..'Z' | '_' ->
      let j = ref i in
      while !j < n && (match s.[!j] with 'a'..'z' | 'A'..'Z' | '0'..'9' | '_' -> true | _ -> false) do incr j done;
      let id = String.sub s i (!j - i) in
      go !j ((match id with "let" -> LET | "in" -> IN | "if" -> IF | "then" -> THEN | "else" -> ELSE | _ -> ID id) :: acc)
    | c -> raise (Lex (i, c))
  in go 0 []
type expr = Int of int | Var of string | Lam of string * expr | App of expr * expr | Bin of char * expr * expr | Let of string * expr * expr | If of expr * expr * expr
let parse toks =
  let toks = ref toks in
  let peek () = match !toks with t :: _ -> t | [] -> EOF in
  let next () = match !toks with t :: r -> toks := r; t | [] -> EOF in
  let expect t = if next () <> t then raise (Parse "unexpected token") in
  let rec expr () = match peek () with
    | LAM -> ignore (next ()); (match next () with ID x -> expect DOT; Lam (x, expr ()) | _ -> raise (Parse "lambda"))
    | LET -> ignore (next ()); (match next () with ID x -> expect EQ; let a = expr () in expect IN; Let (x, a, expr ()) | _ -> raise (Parse "let"))
    | IF -> ignore (next ()); let c = expr () in expect THEN; let a = expr () in expect ELSE; If (c, a, expr ())
    | _ -> cmp ()
  and cmp () = let a = sum () in if peek () = LT then (ignore (next ()); Bin ('<', a, sum ())) else a
  and sum () =
    let rec loop a = match peek () with PLUS -> ignore (next ()); loop (Bin ('+', a, prod ())) | MINUS -> ignore (next ()); loop (Bin ('-', a, prod ())) | _ -> a in
    loop (prod ())
  and prod () = let rec loop a = match peek () with STAR -> ignore (next ()); loop (Bin ('*', a, app ())) | _ -> a in loop (app ())
  and app () = let rec loop f = match peek () with INT _ | ID _ | LP -> loop (App (f, atom ())) | _ -> f in loop (atom ())
  and atom () = match next () with INT n -> Int n | ID x -> Var x | LP -> let e = expr () in expect RP; e | _ -> raise (Parse "atom") in
  let e = expr () in expect EOF; e
module Env = Map.Make (String)
type value = VInt of int | VClo of string * expr * value Env.t
let rec eval env = function
  | Int n -> VInt n
  | Var x -> (try Env.find x env with Not_found -> failwith ("unbound " ^ x))
  | Lam (x, e) -> VClo (x, e, env)
  | App (f, a) -> (match eval env f with VClo (x, e, env') -> let v = eval env a in eval (Env.add x v env') e | VInt _ -> failwith "not a function")
  | Let (x, a, b) -> eval (Env.add x (eval env a) env) b
  | If (c, a, b) -> (match eval env c with VInt 0 -> eval env b | _ -> eval env a)
  | Bin (op, a, b) ->
    match eval env a, eval env b with
    | VInt x, VInt y -> VInt (match op with '+' -> x + y | '-' -> x - y | '*' -> x * y | '<' -> if x < y then 1 else 0 | _ -> assert false)
    | _ -> failwith "type"
let rec show = function Int n -> string_of_int n | Var x -> x | Lam (x, e) -> Printf.sprintf "(\\%s.%s)" x (show e) | App (a, b) -> Printf.sprintf "(%s %s)" (show a) (show b)
  | Bin (c, a, b) -> Printf.sprintf "(%s %c %s)" (show a) c (show b) | Let (x, a, b) -> Printf.sprintf "(let %s = %s in %s)" x (show a) (show b) | If (a, b, c) -> Printf.sprintf "(if %s then %s else %s)" (show a) (show b) (show c)
let run s = match eval Env.empty (parse (lex s)) with
  | VInt n -> Format.printf "@[<hov 2>%s@ =>@ %d@]@." s n
  | VClo _ -> Format.printf "%s => <fun>@." s
  | exception Lex (i, c) -> Format.printf "lex error at %d: %C@." i c
  | exception Parse m -> Format.printf "parse error: %s@." m
  | exception Failure m -> Format.printf "error: %s@." m
let () = List.iter run [ "1 + 2 * 3"; "(\\x. x * x) 7"; "let f = \\x. \\y. x - y in f 10 3"; "let fix = \\f. (\\x. f (\\v. x x v)) (\\x. f (\\v. x x v)) in let fact = fix (\\r. \\n. if n < 2 then 1 else n * r (n - 1)) in fact 12"; "1 + $"; "(1 2"; "x + 1"; "\\x. x"; "3 4" ];
  print_endline (show (parse (lex "let f = \\x. x + 1 in if f 2 < 4 then f 1 else 0")))
