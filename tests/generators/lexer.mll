{
open Parser
exception Error of string * Lexing.position
let keywords = Hashtbl.create 16
let () = List.iter (fun (k, t) -> Hashtbl.add keywords k t) [ "let", LET; "in", IN; "fun", FUN; "if", IF; "then", THEN; "else", ELSE; "rec", REC; "true", BOOL true; "false", BOOL false ]
let depth = ref 0
}
let digit = ['0'-'9']
let ident = ['a'-'z' '_'] ['A'-'Z' 'a'-'z' '0'-'9' '_' '\'']*
let esc = '\\' (['n' 't' '\\' '"'] as c)
rule token = parse
  | [' ' '\t' '\r']+ { token lexbuf }
  | '\n' { Lexing.new_line lexbuf; token lexbuf }
  | "(*" { depth := 1; comment lexbuf; token lexbuf }
  | digit+ as n { INT (int_of_string n) }
  | digit+ '.' digit* (['e' 'E'] ['+' '-']? digit+)? as f { FLOAT (float_of_string f) }
  | "0x" (['0'-'9' 'a'-'f']+ as h) { INT (int_of_string ("0x" ^ h)) }
  | ident as id { try Hashtbl.find keywords id with Not_found -> IDENT id }
  | '"' { let b = Buffer.create 16 in string b lexbuf; STRING (Buffer.contents b) }
  | "->" { ARROW } | "<=" { LE } | "==" { EQEQ } | "::" { CONS } | "[]" { NIL }
  | ['+' '-' '*' '/' '=' '<' '(' ')' '[' ']' ';' ',' '^'] as c { match c with '+' -> PLUS | '-' -> MINUS | '*' -> TIMES | '/' -> DIV | '=' -> EQ | '<' -> LT | '(' -> LPAREN | ')' -> RPAREN | '[' -> LBRACKET | ']' -> RBRACKET | ';' -> SEMI | ',' -> COMMA | _ -> CARET }
  | eof { EOF }
  | _ as c { raise (Error (Printf.sprintf "unexpected %C" c, Lexing.lexeme_start_p lexbuf)) }
and comment = parse
  | "(*" { incr depth; comment lexbuf }
  | "*)" { decr depth; if !depth > 0 then comment lexbuf }
  | '\n' { Lexing.new_line lexbuf; comment lexbuf }
  | eof { raise (Error ("comment", Lexing.lexeme_start_p lexbuf)) }
  | _ { comment lexbuf }
and string b = parse
  | '"' { () }
  | esc { Buffer.add_char b (match c with 'n' -> '\n' | 't' -> '\t' | c -> c); string b lexbuf }
  | [^ '"' '\\']+ as s { Buffer.add_string b s; string b lexbuf }
  | eof { raise (Error ("string", lexbuf.Lexing.lex_curr_p)) }
and skip n = shortest
  | _* "end" { n + 1 }
{
let tokens s = let lb = Lexing.from_string s in let rec go acc = match token lb with EOF -> List.rev acc | t -> go (t :: acc) in go []
}
