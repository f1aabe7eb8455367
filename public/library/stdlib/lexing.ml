(* The run-time part of lexers that ocamllex generates: input buffers, positions, and the automata's engine. *)

type position = { pos_fname : string; pos_lnum : int; pos_bol : int; pos_cnum : int }

let dummy_pos = { pos_fname = ""; pos_lnum = 0; pos_bol = 0; pos_cnum = -1 }

type lexbuf = {
  refill_buff : lexbuf -> unit;
  mutable lex_buffer : bytes;
  mutable lex_buffer_len : int;
  mutable lex_abs_pos : int;
  mutable lex_start_pos : int;
  mutable lex_curr_pos : int;
  mutable lex_last_pos : int;
  mutable lex_last_action : int;
  mutable lex_eof_reached : bool;
  mutable lex_mem : int array;
  mutable lex_start_p : position;
  mutable lex_curr_p : position;
}

(* {1 Automata} *)

type lex_tables = {
  lex_base : string;
  lex_backtrk : string;
  lex_default : string;
  lex_trans : string;
  lex_check : string;
  lex_base_code : string;
  lex_backtrk_code : string;
  lex_default_code : string;
  lex_trans_code : string;
  lex_check_code : string;
  lex_code : string;
}

(* Tables are 16-bit numbers with sign, little-endian. *)
let entry table i = String.get_int16_le table (2 * i)

(* The code of the end of the input, after those of all characters. *)
let end_of_input = 256

(* The next character, or [end_of_input]; -1 when the buffer must be refilled first. *)
let next_character lexbuf =
  if lexbuf.lex_curr_pos >= lexbuf.lex_buffer_len then if lexbuf.lex_eof_reached then end_of_input else -1
  else begin
    let c = Bytes.get lexbuf.lex_buffer lexbuf.lex_curr_pos in
    lexbuf.lex_curr_pos <- lexbuf.lex_curr_pos + 1;
    Char.code c
  end

let begin_token lexbuf =
  lexbuf.lex_start_pos <- lexbuf.lex_curr_pos;
  lexbuf.lex_last_pos <- lexbuf.lex_curr_pos;
  lexbuf.lex_last_action <- -1

(* The automaton is stuck: the longest match that was seen. *)
let longest_match lexbuf =
  lexbuf.lex_curr_pos <- lexbuf.lex_last_pos;
  if lexbuf.lex_last_action = -1 then failwith "lexing: empty token" else lexbuf.lex_last_action

let transition tables state base c =
  if entry tables.lex_check (base + c) = state then entry tables.lex_trans (base + c) else entry tables.lex_default state

(* Runs the automaton from a state. Returns the number of the action, or [-state - 1] when more input is needed. *)
let rec run tables lexbuf state =
  let base = entry tables.lex_base state in
  if base < 0 then -base - 1
  else begin
    let action = entry tables.lex_backtrk state in
    if action >= 0 then begin
      lexbuf.lex_last_pos <- lexbuf.lex_curr_pos;
      lexbuf.lex_last_action <- action
    end;
    let c = next_character lexbuf in
    if c < 0 then -state - 1
    else begin
      let next = transition tables state base c in
      if next < 0 then longest_match lexbuf
      else begin
        if c = end_of_input then lexbuf.lex_eof_reached <- false;
        run tables lexbuf next
      end
    end
  end

let run_from tables state lexbuf step =
  if state >= 0 then begin
    begin_token lexbuf;
    step tables lexbuf state
  end
  else step tables lexbuf (-state - 1)

(* Pairs of bytes up to 255: memory cell, and the cell it is copied from or 255 for [value]. *)
let rec run_code tables pc memory value =
  let target = Char.code tables.lex_code.[pc] in
  if target <> 255 then begin
    let source = Char.code tables.lex_code.[pc + 1] in
    memory.(target) <- (if source = 255 then value else memory.(source));
    run_code tables (pc + 2) memory value
  end

(* As [run], for automata that remember where sub-expressions matched. *)
let rec run_with_memory tables lexbuf state =
  let base = entry tables.lex_base state in
  if base < 0 then begin
    run_code tables (entry tables.lex_base_code state) lexbuf.lex_mem (-1);
    -base - 1
  end
  else begin
    let action = entry tables.lex_backtrk state in
    if action >= 0 then begin
      run_code tables (entry tables.lex_backtrk_code state) lexbuf.lex_mem (-1);
      lexbuf.lex_last_pos <- lexbuf.lex_curr_pos;
      lexbuf.lex_last_action <- action
    end;
    let c = next_character lexbuf in
    if c < 0 then -state - 1
    else begin
      let next = transition tables state base c in
      if next < 0 then longest_match lexbuf
      else begin
        let base = entry tables.lex_base_code state in
        let pc =
          if entry tables.lex_check_code (base + c) = state then entry tables.lex_trans_code (base + c)
          else entry tables.lex_default_code state
        in
        if pc > 0 then run_code tables pc lexbuf.lex_mem lexbuf.lex_curr_pos;
        if c = end_of_input then lexbuf.lex_eof_reached <- false;
        run_with_memory tables lexbuf next
      end
    end
  end

let with_positions lexbuf = lexbuf.lex_curr_p != dummy_pos

let token_positions lexbuf result =
  if result >= 0 && with_positions lexbuf then begin
    lexbuf.lex_start_p <- lexbuf.lex_curr_p;
    lexbuf.lex_curr_p <- { lexbuf.lex_curr_p with pos_cnum = lexbuf.lex_abs_pos + lexbuf.lex_curr_pos }
  end;
  result

(* The engine without positions is a primitive: libraries with lexers of their own kind declare it. *)
let automaton tables state lexbuf = run_from tables state lexbuf run [@@primitive "caml_lex_engine"]
let automaton_with_memory tables state lexbuf = run_from tables state lexbuf run_with_memory [@@primitive "caml_new_lex_engine"]

let engine tables state lexbuf = token_positions lexbuf (automaton tables state lexbuf)
let new_engine tables state lexbuf = token_positions lexbuf (automaton_with_memory tables state lexbuf)

(* {1 Input buffers} *)

(* Makes room for [count] more bytes: what lies before the current token is dropped, and if need be the buffer grows. *)
let make_room lexbuf count =
  let kept = lexbuf.lex_buffer_len - lexbuf.lex_start_pos in
  let size = Bytes.length lexbuf.lex_buffer in
  if kept + count <= size then Bytes.blit lexbuf.lex_buffer lexbuf.lex_start_pos lexbuf.lex_buffer 0 kept
  else begin
    let size = min (2 * size) Sys.max_string_length in
    if kept + count > size then failwith "Lexing.lex_refill: cannot grow buffer";
    let buffer = Bytes.create size in
    Bytes.blit lexbuf.lex_buffer lexbuf.lex_start_pos buffer 0 kept;
    lexbuf.lex_buffer <- buffer
  end;
  let dropped = lexbuf.lex_start_pos in
  lexbuf.lex_abs_pos <- lexbuf.lex_abs_pos + dropped;
  lexbuf.lex_curr_pos <- lexbuf.lex_curr_pos - dropped;
  lexbuf.lex_start_pos <- 0;
  lexbuf.lex_last_pos <- lexbuf.lex_last_pos - dropped;
  lexbuf.lex_buffer_len <- kept;
  Array.iteri (fun i p -> if p >= 0 then lexbuf.lex_mem.(i) <- p - dropped) lexbuf.lex_mem

let refill read piece lexbuf =
  let count = read piece (Bytes.length piece) in
  if count > 0 then begin
    if lexbuf.lex_buffer_len + count > Bytes.length lexbuf.lex_buffer then make_room lexbuf count;
    Bytes.blit piece 0 lexbuf.lex_buffer lexbuf.lex_buffer_len count;
    lexbuf.lex_buffer_len <- lexbuf.lex_buffer_len + count
  end
  else lexbuf.lex_eof_reached <- true

let first_pos = { pos_fname = ""; pos_lnum = 1; pos_bol = 0; pos_cnum = 0 }

let make with_positions refill_buff lex_buffer lex_buffer_len lex_eof_reached =
  let position = if with_positions then first_pos else dummy_pos in
  {
    refill_buff;
    lex_buffer;
    lex_buffer_len;
    lex_abs_pos = 0;
    lex_start_pos = 0;
    lex_curr_pos = 0;
    lex_last_pos = 0;
    lex_last_action = 0;
    lex_eof_reached;
    lex_mem = [||];
    lex_start_p = position;
    lex_curr_p = position;
  }

let from_function ?(with_positions = true) read =
  make with_positions (refill read (Bytes.create 512)) (Bytes.create 1024) 0 false

let from_channel ?with_positions channel = from_function ?with_positions (fun piece count -> input channel piece 0 count)

let from_string ?(with_positions = true) s =
  make with_positions (fun lexbuf -> lexbuf.lex_eof_reached <- true) (Bytes.of_string s) (String.length s) true

let set_position lexbuf position =
  lexbuf.lex_curr_p <- { position with pos_fname = lexbuf.lex_curr_p.pos_fname };
  lexbuf.lex_abs_pos <- position.pos_cnum

let set_filename lexbuf pos_fname = lexbuf.lex_curr_p <- { lexbuf.lex_curr_p with pos_fname }

let new_line lexbuf =
  if with_positions lexbuf then begin
    let p = lexbuf.lex_curr_p in
    lexbuf.lex_curr_p <- { p with pos_lnum = p.pos_lnum + 1; pos_bol = p.pos_cnum }
  end

let flush_input lexbuf =
  lexbuf.lex_curr_pos <- 0;
  lexbuf.lex_abs_pos <- 0;
  if with_positions lexbuf then lexbuf.lex_curr_p <- { first_pos with pos_fname = lexbuf.lex_curr_p.pos_fname };
  lexbuf.lex_buffer_len <- 0

(* {1 The current token} *)

let sub_lexeme lexbuf start stop = Bytes.sub_string lexbuf.lex_buffer start (stop - start)
let sub_lexeme_opt lexbuf start stop = if start >= 0 then Some (sub_lexeme lexbuf start stop) else None
let sub_lexeme_char lexbuf i = Bytes.get lexbuf.lex_buffer i
let sub_lexeme_char_opt lexbuf i = if i >= 0 then Some (sub_lexeme_char lexbuf i) else None
let lexeme lexbuf = sub_lexeme lexbuf lexbuf.lex_start_pos lexbuf.lex_curr_pos
let lexeme_char lexbuf i = Bytes.get lexbuf.lex_buffer (lexbuf.lex_start_pos + i)
let lexeme_start lexbuf = lexbuf.lex_start_p.pos_cnum
let lexeme_end lexbuf = lexbuf.lex_curr_p.pos_cnum
let lexeme_start_p lexbuf = lexbuf.lex_start_p
let lexeme_end_p lexbuf = lexbuf.lex_curr_p
