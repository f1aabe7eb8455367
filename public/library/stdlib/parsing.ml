(* The run-time part of parsers that ocamlyacc generates: an LR automaton over packed tables. *)

open Lexing

type parser_env = {
  mutable states : int array;  (** the stack: of each symbol its state, value, first and last position *)
  mutable values : Obj.t array;
  mutable starts : position array;
  mutable ends : position array;
  mutable top : int;  (** of the stack; entry 0 is not used *)
  mutable token : int;  (** number of the lookahead token, -1 when none was read *)
  mutable token_value : Obj.t;
  mutable token_start : position;
  mutable token_end : position;
  mutable rule_top : int;  (** top of the stack before the rule that is being reduced *)
  mutable rule_length : int;
  mutable recovering : int;  (** how many more tokens must be shifted until errors are told again *)
}

type parse_tables = {
  actions : (parser_env -> Obj.t) array;
  transl_const : int array;
  transl_block : int array;
  lhs : string;
  len : string;
  defred : string;
  dgoto : string;
  sindex : string;
  rindex : string;
  gindex : string;
  tablesize : int;
  table : string;
  check : string;
  error_function : string -> unit;
  names_const : string;
  names_block : string;
}

exception YYexit of Obj.t
exception Parse_error

let new_environment () =
  let size = 100 in
  {
    states = Array.make size 0;
    values = Array.make size (Obj.repr ());
    starts = Array.make size dummy_pos;
    ends = Array.make size dummy_pos;
    top = 0;
    token = -1;
    token_value = Obj.repr ();
    token_start = dummy_pos;
    token_end = dummy_pos;
    rule_top = 0;
    rule_length = 0;
    recovering = 0;
  }

(* What the functions without environment refer to: that of the innermost parser. *)
let current = ref (new_environment ())
let current_lookahead : (Obj.t -> bool) ref = ref (fun _ -> false)

let grow env =
  let extend old filler =
    let extended = Array.make (2 * Array.length old) filler in
    Array.blit old 0 extended 0 (Array.length old);
    extended
  in
  env.states <- extend env.states 0;
  env.values <- extend env.values (Obj.repr ());
  env.starts <- extend env.starts dummy_pos;
  env.ends <- extend env.ends dummy_pos

(* {1 Tracing} *)

let tracing = ref false

let set_trace on =
  let before = !tracing in
  tracing := on;
  before

(* The i-th of names that each end in NUL. *)
let token_name names i =
  let rec find start i =
    match String.index_from_opt names start '\000' with
    | None -> "<unknown token>"
    | Some stop -> if i = 0 then String.sub names start (stop - start) else find (stop + 1) (i - 1)
  in
  find 0 i

let trace_token tables state token =
  if Obj.is_int token then
    Printf.eprintf "State %d: read token %s\n" state (token_name tables.names_const (Obj.obj token : int))
  else begin
    let v = Obj.field token 0 in
    let text =
      if Obj.is_int v then string_of_int (Obj.obj v : int)
      else if Obj.tag v = Obj.string_tag then (Obj.obj v : string)
      else if Obj.tag v = Obj.double_tag then Printf.sprintf "%g" (Obj.obj v : float)
      else "_"
    in
    Printf.eprintf "State %d: read token %s(%s)\n" state (token_name tables.names_block (Obj.tag token)) text
  end

(* {1 The automaton} *)

(* Tables are 16-bit numbers with sign, little-endian. *)
let entry table i = String.get_int16_le table (2 * i)

(* Rows of the table overlap: [check] tells to which column an entry belongs. Returns the entry's place, or -1. *)
let lookup tables index row column =
  let base = entry index row in
  let place = base + column in
  if base <> 0 && place >= 0 && place <= tables.tablesize && entry tables.check place = column then place else -1

let error_token = 256
let token_number tables token = if Obj.is_int token then tables.transl_const.((Obj.obj token : int)) else tables.transl_block.(Obj.tag token)

let read_token tables env state lexer lexbuf =
  let token = Obj.repr (lexer lexbuf) in
  env.token_start <- lexbuf.lex_start_p;
  env.token_end <- lexbuf.lex_curr_p;
  env.token <- token_number tables token;
  env.token_value <- (if Obj.is_int token then Obj.repr () else Obj.field token 0);
  if !tracing then trace_token tables state token

let push tables env state place =
  if !tracing then Printf.eprintf "State %d: shift to state %d\n" state (entry tables.table place);
  env.top <- env.top + 1;
  if env.top >= Array.length env.states then grow env;
  let state = entry tables.table place in
  env.states.(env.top) <- state;
  env.values.(env.top) <- env.token_value;
  env.starts.(env.top) <- env.token_start;
  env.ends.(env.top) <- env.token_end;
  state

(* Reduces by a rule, up to its action. Returns the place of the left-hand side on the stack and the state after it. *)
let begin_reduction tables env state rule =
  if !tracing then Printf.eprintf "State %d: reduce by rule %d\n" state rule;
  let length = entry tables.len rule in
  env.rule_top <- env.top;
  env.rule_length <- length;
  env.top <- env.top - length + 1;
  let symbol = entry tables.lhs rule in
  let place = lookup tables tables.gindex symbol env.states.(env.top - 1) in
  if env.top >= Array.length env.states then grow env;
  if place >= 0 then entry tables.table place else entry tables.dgoto symbol

let end_reduction env state value =
  let before = env.rule_top and target = env.top in
  env.states.(target) <- state;
  env.values.(target) <- value;
  env.ends.(target) <- env.ends.(before);
  (* An empty rule is where the symbol before it ends. *)
  if target > before then env.starts.(target) <- env.ends.(before)

(* Drops states until one is found that shifts the error token. *)
let rec recover tables env state =
  let uncovered = env.states.(env.top) in
  let place = lookup tables tables.sindex uncovered error_token in
  if place >= 0 then begin
    if !tracing then Printf.eprintf "Recovering in state %d\n" uncovered;
    push tables env state place
  end
  else begin
    if !tracing then Printf.eprintf "Discarding state %d\n" uncovered;
    if env.top <= 1 then begin
      if !tracing then prerr_string "No more states to discard\n";
      raise Parse_error
    end;
    env.top <- env.top - 1;
    recover tables env state
  end

let rec run tables env lexer lexbuf state =
  let rule = entry tables.defred state in
  if rule <> 0 then reduce tables env lexer lexbuf state rule
  else begin
    if env.token < 0 then read_token tables env state lexer lexbuf;
    let place = lookup tables tables.sindex state env.token in
    if place >= 0 then begin
      env.token <- -1;
      if env.recovering > 0 then env.recovering <- env.recovering - 1;
      run tables env lexer lexbuf (push tables env state place)
    end
    else begin
      let place = lookup tables tables.rindex state env.token in
      if place >= 0 then reduce tables env lexer lexbuf state (entry tables.table place)
      else begin
        if env.recovering = 0 then tables.error_function "syntax error";
        error tables env lexer lexbuf state
      end
    end
  end

and reduce tables env lexer lexbuf state rule =
  let next = begin_reduction tables env state rule in
  match tables.actions.(rule) env with
  | value ->
      end_reduction env next value;
      run tables env lexer lexbuf next
  | exception Parse_error -> error tables env lexer lexbuf next

and error tables env lexer lexbuf state =
  if env.recovering < 3 then begin
    env.recovering <- 3;
    run tables env lexer lexbuf (recover tables env state)
  end
  else if env.token = 0 then raise Parse_error
  else begin
    if !tracing then prerr_string "Discarding last token read\n";
    env.token <- -1;
    run tables env lexer lexbuf state
  end

(* The automaton never ends by itself: the action of the start symbol raises [YYexit]. *)
let yyparse tables start lexer lexbuf =
  let outer = !current in
  let env = new_environment () in
  current := env;
  env.token <- start;
  env.token_end <- lexbuf.lex_curr_p;
  (* Where the outer parser is comes back, but in OCaml the length of the rule reduced last stays: what is asked after the parse shows it. *)
  let leave () =
    outer.rule_length <- env.rule_length;
    current := outer
  in
  match run tables env lexer lexbuf 0 with
  | _ -> assert false
  | exception YYexit v ->
      leave ();
      Obj.obj v
  | exception e ->
      let lookahead = env.token in
      leave ();
      current_lookahead := (fun token -> token_number tables token = lookahead);
      raise e

(* {1 For semantic actions} *)

let peek_val env n = Obj.obj env.values.(env.rule_top - n)

(* The first symbol of the rule that is not empty; or the end of what comes before. *)
let symbol_start_pos () =
  let env = !current in
  let rec from n =
    if n <= 0 then env.ends.(env.rule_top)
    else begin
      let i = env.rule_top - n + 1 in
      if env.starts.(i) <> env.ends.(i) then env.starts.(i) else from (n - 1)
    end
  in
  from env.rule_length

let symbol_end_pos () = !current.ends.(!current.rule_top)
let rhs_start_pos n = !current.starts.(!current.rule_top - (!current.rule_length - n))
let rhs_end_pos n = !current.ends.(!current.rule_top - (!current.rule_length - n))
let symbol_start () = (symbol_start_pos ()).pos_cnum
let symbol_end () = (symbol_end_pos ()).pos_cnum
let rhs_start n = (rhs_start_pos n).pos_cnum
let rhs_end n = (rhs_end_pos n).pos_cnum
let is_current_lookahead token = !current_lookahead (Obj.repr token)
let parse_error (_ : string) = ()

let clear_parser () =
  Array.fill !current.values 0 (Array.length !current.values) (Obj.repr ());
  !current.token_value <- Obj.repr ()
