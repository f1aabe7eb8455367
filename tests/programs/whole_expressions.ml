(* arithmetic expressions: lexer, precedence parser, evaluator, simplifier, printer, symbolic derivative *)
type token = Num of float | Id of string | Op of char | LPar | RPar | Comma | Eof
exception Syntax of int * string
let lex s =
  let n = String.length s in
  let rec go i acc =
    if i >= n then List.rev ((Eof, i) :: acc)
    else match s.[i] with
      | ' ' | '\t' -> go (i + 1) acc
      | '0' .. '9' | '.' ->
          let j = ref i in
          while !j < n && (match s.[!j] with '0' .. '9' | '.' | 'e' -> true | _ -> false) do incr j done;
          (match float_of_string_opt (String.sub s i (!j - i)) with Some f -> go !j ((Num f, i) :: acc) | None -> raise (Syntax (i, "bad number")))
      | 'a' .. 'z' | 'A' .. 'Z' | '_' ->
          let j = ref i in
          while !j < n && (match s.[!j] with 'a' .. 'z' | 'A' .. 'Z' | '_' | '0' .. '9' -> true | _ -> false) do incr j done;
          go !j ((Id (String.sub s i (!j - i)), i) :: acc)
      | ('+' | '-' | '*' | '/' | '^' | '=') as c -> go (i + 1) ((Op c, i) :: acc)
      | '(' -> go (i + 1) ((LPar, i) :: acc) | ')' -> go (i + 1) ((RPar, i) :: acc) | ',' -> go (i + 1) ((Comma, i) :: acc)
      | c -> raise (Syntax (i, Printf.sprintf "unexpected %C" c))
  in go 0 []
type expr = Const of float | Var of string | Bin of char * expr * expr | Neg of expr | Call of string * expr list
let prec = function '+' | '-' -> 1 | '*' | '/' -> 2 | '^' -> 3 | _ -> 0
let parse s =
  let toks = ref (lex s) in
  let peek () = fst (List.hd !toks) and pos () = snd (List.hd !toks) in
  let next () = let t = peek () in toks := List.tl !toks; t in
  let expect t what = if next () <> t then raise (Syntax (pos (), "expected " ^ what)) in
  let rec expr min =
    let rec loop lhs = match peek () with
      | Op c when prec c >= min && prec c > 0 -> ignore (next ()); loop (Bin (c, lhs, expr (if c = '^' then prec c else prec c + 1)))
      | _ -> lhs in
    loop (unary ())
  and unary () = match peek () with Op '-' -> ignore (next ()); Neg (unary ()) | _ -> atom ()
  and atom () = match next () with
    | Num f -> Const f
    | Id f when peek () = LPar -> ignore (next ()); let rec args acc = match peek () with RPar -> ignore (next ()); List.rev acc | Comma -> ignore (next ()); args acc | _ -> args (expr 1 :: acc) in Call (f, args [])
    | Id x -> Var x
    | LPar -> let e = expr 1 in expect RPar "')'"; e
    | _ -> raise (Syntax (pos (), "expression expected")) in
  let e = expr 1 in if peek () <> Eof then raise (Syntax (pos (), "trailing input")); e
let rec show p = function
  | Const f -> Printf.sprintf "%g" f | Var x -> x | Neg e -> "-" ^ show 4 e
  | Bin (c, a, b) -> let q = prec c in let s = Printf.sprintf "%s %c %s" (show q a) c (show (q + 1) b) in if q < p then "(" ^ s ^ ")" else s
  | Call (f, l) -> f ^ "(" ^ String.concat ", " (List.map (show 0) l) ^ ")"
let rec eval env = function
  | Const f -> f | Var x -> (try List.assoc x env with Not_found -> failwith ("unbound " ^ x)) | Neg e -> -.eval env e
  | Bin (c, a, b) -> let f = match c with '+' -> ( +. ) | '-' -> ( -. ) | '*' -> ( *. ) | '/' -> ( /. ) | '^' -> ( ** ) | _ -> assert false in f (eval env a) (eval env b)
  | Call ("sqrt", [ e ]) -> sqrt (eval env e) | Call ("max", (_ :: _ as l)) -> List.fold_left max neg_infinity (List.map (eval env) l) | Call (f, l) -> Printf.ksprintf failwith "%s/%d" f (List.length l)
let rec simp e = match e with
  | Bin (c, a, b) -> (match c, simp a, simp b with
      | '+', Const 0., x | '+', x, Const 0. | '*', Const 1., x | '*', x, Const 1. | '-', x, Const 0. | '/', x, Const 1. | '^', x, Const 1. -> x
      | '*', Const 0., _ | '*', _, Const 0. -> Const 0. | '^', _, Const 0. -> Const 1.
      | _, (Const _ as x), (Const _ as y) -> Const (eval [] (Bin (c, x, y))) | c, x, y -> Bin (c, x, y))
  | Neg (Neg e) -> simp e | Neg e -> (match simp e with Const f -> Const (-.f) | e -> Neg e) | Call (f, l) -> Call (f, List.map simp l) | e -> e
let rec d x = function
  | Const _ -> Const 0. | Var y -> Const (if x = y then 1. else 0.) | Neg e -> Neg (d x e)
  | Bin (('+' | '-') as c, a, b) -> Bin (c, d x a, d x b)
  | Bin ('*', a, b) -> Bin ('+', Bin ('*', d x a, b), Bin ('*', a, d x b))
  | Bin ('/', a, b) -> Bin ('/', Bin ('-', Bin ('*', d x a, b), Bin ('*', a, d x b)), Bin ('^', b, Const 2.))
  | Bin ('^', a, Const n) -> Bin ('*', Bin ('*', Const n, Bin ('^', a, Const (n -. 1.))), d x a)
  | e -> failwith ("cannot derive " ^ show 0 e)
let () =
  List.iter (fun s ->
    match parse s with
    | exception Syntax (p, m) -> Printf.printf "%s: error at %d: %s\n" s p m
    | e ->
      Printf.printf "%s => %s => %s" s (show 0 e) (show 0 (simp e));
      (match eval [ "x", 2.; "y", 0.5 ] e with v -> Printf.printf " = %.10g" v | exception Failure m -> Printf.printf " failed: %s" m);
      (match simp (d "x" e) with e -> Printf.printf " d/dx %s\n" (show 0 e) | exception Failure m -> Printf.printf " (%s)\n" m))
    [ "1+2*3"; "2^3^2"; "(1+2)*3 - -4"; "x*x + 3*x + 1"; "x^3/y"; "sqrt(2)"; "max(1, x, 3)"; "max()"; "1/0"; "1.5e3 / 7"; "z"; "2 +"; "3 $ 4"; "(1"; "1..2"; "x*0+1*y^1"; "--x"; "-2^2"; "10-4-3"; "8/4/2" ]
