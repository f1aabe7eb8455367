(* The same as main.ml by menhir's incremental interface, with what the tables know of the automaton. *)
module I = Parser.MenhirInterpreter

let show lexbuf = let p = lexbuf.Lexing.lex_curr_p in Printf.sprintf "%d:%d" p.pos_lnum (p.pos_cnum - p.pos_bol)

(* After an error the parser goes back to before the last item and on after the next double semicolon. *)
let parse text =
  let lexbuf = Lexing.from_string text in
  let next () = let token = Lexer.token lexbuf in (token, lexbuf.lex_start_p, lexbuf.lex_curr_p) in
  let rec loop errors = function
    | I.InputNeeded _ as c -> loop errors (I.offer c (next ()))
    | (I.Shifting _ | I.AboutToReduce _) as c -> loop errors (I.resume c)
    | I.HandlingError env ->
      let state = I.current_state_number env and depth = match I.top env with Some (I.Element (_, _, s, _)) -> Printf.sprintf "top at %d" s.pos_cnum | None -> "nothing" in
      Printf.printf "error at %s, state %s, %s\n" (show lexbuf) (if state >= 0 then "known" else "?") depth;
      let rec skip n = match Lexer.token lexbuf with SEMI when n = 1 -> true | SEMI -> skip (n + 1) | EOF -> false | _ -> skip 0 in
      if errors < 3 && skip 0 then loop (errors + 1) (Parser.Incremental.main lexbuf.lex_curr_p) else Error errors
    | I.Accepted l -> Ok l
    | I.Rejected -> Error errors
  in
  loop 0 (Parser.Incremental.main lexbuf.lex_curr_p)

let () =
  List.iter
    (fun text ->
      match parse text with
      | Ok l -> Format.printf "%a@." (Format.pp_print_list Ast.pp) l
      | Error n -> Printf.printf "given up after %d\n" n
      | exception Lexer.Error (m, _) -> print_endline m)
    [ "1 + 2 ;; f x y ;;"; "1 + ;; 2 ;;"; "let = 3 ;; (1, ;; [1; 2] ;;"; "if a then ;; if ;; ) ;; ] ;;"; "let x = 1 in x" ];
  let candidates = [ Parser.INT 1; PLUS; IN; EOF; RPAREN ] in
  let accepted c = List.map (fun t -> I.acceptable c t Lexing.dummy_pos) candidates in
  let start = Parser.Incremental.one Lexing.dummy_pos in
  let after = I.offer start (Parser.INT 1, Lexing.dummy_pos, Lexing.dummy_pos) in
  let rec settle c = match c with I.Shifting _ | I.AboutToReduce _ -> settle (I.resume c) | _ -> c in
  List.iter (fun c -> print_endline (String.concat " " (List.map string_of_bool (accepted (settle c))))) [ start; after ];
  match settle after with
  | I.InputNeeded env -> (match I.top env with Some (I.Element (s, _, _, _)) -> List.iter (fun (p, i) -> Printf.printf "%d/%d " i (List.length (I.rhs p))) (I.items s); (match I.incoming_symbol s with I.N I.N_atom -> print_endline "atom" | I.N I.N_app -> print_endline "app" | _ -> print_endline "other") | None -> print_endline "empty")
  | _ -> print_endline "?"
