{
  open Printf (* header with a "}" and '}' and {|}|} *)
  type token = INT of int | ID of string | STR of string | OP of char | EOF | PAIR of string * string | OPT of string option * char option | HEX of string | T of string
  let depth = ref 0
}
let digit = ['0'-'9']
let letter = ['a'-'z' 'A'-'Z' '_']
let ident = letter (letter | digit | '\'')*
let hex = digit | ['a'-'f']
let cons = ['a'-'z'] # ['a' 'e' 'i' 'o' 'u']
rule token = parse
  | [' ' '\t' '\r'] { token lexbuf }
  | '\n' { Lexing.new_line lexbuf; token lexbuf }
  | "(*" { incr depth; comment 0 lexbuf; token lexbuf }
  | digit+ as n { INT (int_of_string n) }
  | "0x" (hex+ as h) { HEX h }
  | '#' (letter+ as a) '=' (digit* as b) ';' { PAIR (a, b) }
  | '@' (letter+ as s)? (digit as c)? ';' { OPT (s, c) }
  | '%' ((letter digit as l) | (digit letter+ as l)) '%' { T l }
  | '$' (ident as i '.')* (ident as j) { PAIR ((match i with None -> "-" | Some i -> i), j) }
  | '~' (cons+ as x) (letter* as y) { PAIR (x, y) }
  | ident as id { ID id }
  | '"' { let b = Buffer.create 10 in string b lexbuf }
  | "'" ([^ '\\' '\''] as c) "'" { OP c }
  | ['+' '-' '*' '/' '=' ';'] as c { OP c }
  | eof { EOF }
  | _ as c { failwith (sprintf "bad %C at %d" c (Lexing.lexeme_start lexbuf)) }
and comment n = parse
  | "(*" { comment (n + 1) lexbuf }
  | "*)" { if n > 0 then comment (n - 1) lexbuf }
  | eof { failwith "eof in comment" }
  | '\n' { Lexing.new_line lexbuf; comment n lexbuf }
  | _ { comment n lexbuf }
and string b = parse
  | '"' { STR (Buffer.contents b) }
  | '\\' (['n' 't' '"' '\\'] as c) { Buffer.add_char b (match c with 'n' -> '\n' | 't' -> '\t' | c -> c); string b lexbuf }
  | '\\' (digit digit digit as d) { Buffer.add_char b (Char.chr (int_of_string d)); string b lexbuf }
  | [^ '"' '\\']+ as s { Buffer.add_string b s; string b lexbuf }
  | eof { failwith "eof in string" }
and short = shortest
  | "a" "b"* "c"? as x { x }
  | _* '.' as y { "long " ^ y }
{
let show = function INT n -> sprintf "INT %d" n | ID s -> "ID " ^ s | STR s -> sprintf "STR %S" s | OP c -> sprintf "OP %C" c | EOF -> "EOF"
  | PAIR (a, b) -> sprintf "PAIR %S %S" a b | HEX h -> "HEX " ^ h | T t -> "T " ^ t
  | OPT (a, b) -> sprintf "OPT %s %s" (match a with None -> "None" | Some s -> s) (match b with None -> "None" | Some c -> String.make 1 c)
let run ?(chunk = 3) s =
  let pos = ref 0 in
  let lexbuf = Lexing.from_function (fun b n -> let k = min (min n chunk) (String.length s - !pos) in Bytes.blit_string s !pos b 0 k; pos := !pos + k; k) in
  let rec go () = let t = token lexbuf in
    printf "%s [%d:%d-%d]\n" (show t) lexbuf.Lexing.lex_curr_p.Lexing.pos_lnum (Lexing.lexeme_start lexbuf) (Lexing.lexeme_end lexbuf);
    if t <> EOF then go () in
  try go () with Failure m -> printf "FAIL %s\n" m
let () =
  run "let x' = 42 + 0x1f (* a (* nested *) \n c *) * \"a\\n\\065b\\\"\" 'z'\n end";
  run "#abc=12; #z=; @ab3; @; @7; @q; %a1% %1ab%";
  run "$a.b.c $x $q.r ~bcdae ~bcd";
  run ~chunk:1 "foo ?";
  run "\"unfinished"; run "(* "; run "#abc";
  print_endline (short (Lexing.from_string "abbbc")); print_endline (short (Lexing.from_string "xyz.abc."));
  (try print_endline (short (Lexing.from_string "")) with Failure m -> print_endline m)
}
