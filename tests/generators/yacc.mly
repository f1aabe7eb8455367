%{
open Ast
let at e = At (Parsing.symbol_start_pos (), Parsing.symbol_end_pos (), e)
%}
%token <int> INT
%token <float> FLOAT
%token <bool> BOOL
%token <string> IDENT STRING
%token LET IN FUN IF THEN ELSE REC ARROW LE EQEQ CONS NIL PLUS MINUS TIMES DIV EQ LT LPAREN RPAREN LBRACKET RBRACKET SEMI COMMA CARET EOF
%nonassoc IN ARROW ELSE
%nonassoc EQEQ LT LE
%right CONS CARET
%left PLUS MINUS
%left TIMES DIV
%nonassoc UMINUS
%start main
%type <Ast.e list> main
%%
main: items EOF { List.rev $1 };
items: { [] } | items expr SEMI SEMI { $2 :: $1 } | items error SEMI SEMI { Error :: $1 };
expr: app { $1 }
 | expr PLUS expr { Bin ("+", $1, $3) } | expr MINUS expr { Bin ("-", $1, $3) } | expr TIMES expr { Bin ("*", $1, $3) } | expr DIV expr { Bin ("/", $1, $3) }
 | expr EQEQ expr { Bin ("==", $1, $3) } | expr LT expr { Bin ("<", $1, $3) } | expr LE expr { Bin ("<=", $1, $3) }
 | expr CONS expr { Bin ("::", $1, $3) } | expr CARET expr { Bin ("^", $1, $3) }
 | MINUS expr %prec UMINUS { Neg $2 }
 | IF expr THEN expr ELSE expr { If ($2, $4, $6) }
 | LET isrec IDENT args EQ expr IN expr { Let ($2, $3, List.fold_right (fun x e -> Fun (x, e)) $4 $6, $8) }
 | FUN IDENT ARROW expr { Fun ($2, $4) };
isrec: { false } | REC { true };
args: { [] } | IDENT args { $1 :: $2 };
app: atom { $1 } | app atom { App ($1, $2) };
atom: INT { at (Int $1) } | FLOAT { Float $1 } | BOOL { Bool $1 } | STRING { Str $1 } | IDENT { at (Var $1) } | NIL { List [] }
 | LBRACKET list RBRACKET { List $2 } | LPAREN expr RPAREN { $2 } | LPAREN expr COMMA tuple RPAREN { Tuple ($2 :: $4) };
list: expr { [ $1 ] } | expr SEMI list { $1 :: $3 };
tuple: expr { [ $1 ] } | expr COMMA tuple { $1 :: $3 };
%%
let trailer = "yacc"
