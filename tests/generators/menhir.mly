%{ open Ast %}
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
%start <Ast.e list> main
%start <Ast.e> one
%%
main: l = list(terminated(expr, pair(SEMI, SEMI))) EOF { l }
one: e = expr EOF { e }
%inline op: PLUS { "+" } | MINUS { "-" } | TIMES { "*" } | DIV { "/" } | EQEQ { "==" } | LT { "<" } | LE { "<=" } | CONS { "::" } | CARET { "^" }
expr: a = app { a }
 | a = expr o = op b = expr { Bin (o, a, b) }
 | MINUS e = expr %prec UMINUS { Neg e }
 | IF a = expr THEN b = expr ELSE c = expr { If (a, b, c) }
 | LET r = boption(REC) x = IDENT xs = IDENT* EQ e = expr IN b = expr { Let (r, x, List.fold_right (fun x e -> Fun (x, e)) xs e, b) }
 | FUN x = IDENT ARROW e = expr { Fun (x, e) }
app: a = atom { a } | a = app b = atom { App (a, b) }
atom: n = INT { At ($startpos, $endpos, Int n) } | f = FLOAT { Float f } | b = BOOL { Bool b } | s = STRING { Str s } | x = IDENT { At ($startpos(x), $endpos, Var x) } | NIL { List [] }
 | LBRACKET l = separated_nonempty_list(SEMI, expr) RBRACKET { List l } | LPAREN e = expr RPAREN { e } | LPAREN e = expr COMMA l = separated_nonempty_list(COMMA, expr) RPAREN { Tuple (e :: l) }
%%
let trailer = "menhir"
