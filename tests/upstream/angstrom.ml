(* packages: angstrom bigstringaf *)
open Angstrom
type e = Num of int | Add of e * e | Mul of e * e
let ws = skip_while (function ' ' | '\t' -> true | _ -> false)
let tok c = char c <* ws
let num = take_while1 (function '0' .. '9' -> true | _ -> false) <* ws >>| fun s -> Num (int_of_string s)
let chainl1 e op = let rec go acc = (lift2 (fun f x -> f acc x) op e >>= go) <|> return acc in e >>= go
let expr = fix (fun expr ->
  let factor = tok '(' *> expr <* tok ')' <|> num in
  let term = chainl1 factor (tok '*' *> return (fun a b -> Mul (a, b))) in
  chainl1 term (tok '+' *> return (fun a b -> Add (a, b))))
let rec eval = function Num n -> n | Add (a, b) -> eval a + eval b | Mul (a, b) -> eval a * eval b
let () =
  List.iter (fun s -> match parse_string ~consume:All (ws *> expr) s with Ok e -> Printf.printf "%s = %d\n" s (eval e) | Error m -> Printf.printf "%s: %s\n" s m) [ "1 + 2 * 3"; "(1+2)*3 "; "2*(3+4)*5"; "1 +"; "" ];
  let csv = sep_by (char ',') (take_while (fun c -> c <> ',' && c <> '\n')) <* end_of_line in
  (match parse_string ~consume:Prefix (many csv) "a,b,c\n1,,3\nlast" with Ok l -> List.iter (fun r -> print_endline (String.concat "|" r)) l | Error m -> print_endline m);
  (match parse_string ~consume:All (BE.any_int32 >>= fun n -> LE.any_uint16 >>| fun m -> (n, m)) "\x00\x00\x01\x00\x34\x12" with Ok (n, m) -> Printf.printf "%ld %x\n" n m | Error m -> print_endline m);
  let st = Buffered.parse (count 3 (any_char <?> "c")) in
  let st = Buffered.feed st (`String "ab") in
  (match Buffered.feed (Buffered.feed st (`String "cd")) `Eof with Buffered.Done (u, l) -> Printf.printf "%d %s\n" u.len (String.of_seq (List.to_seq l)) | Fail (_, m, e) -> Printf.printf "%s %s\n" (String.concat ">" m) e | Partial _ -> print_endline "partial");
  let b = Bigstringaf.of_string ~off:0 ~len:5 "hello" in
  Bigstringaf.set_int32_be b 0 0x41424344l; print_endline (Bigstringaf.to_string b); Printf.printf "%d %d\n" (Bigstringaf.memcmp b 0 b 1 2 |> compare 0) (Bigstringaf.memchr b 0 'o' 5)
