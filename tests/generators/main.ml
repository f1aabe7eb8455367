let src = {|let rec fact n = if n <= 1 then 1 else n * fact (n - 1) in fact 10;;
(* comment (* nested *) *)
fun x -> x + 0x1f * -y :: [] ;;
let a = [1; 2; (3, "a\tb\"c", 2.5e3)] in a :: f x y ^ "é" == true;;
if a < b then f (g x) else h
  (1 - 2 - 3);;
|}
let () =
  let lb = Lexing.from_string src in
  Lexing.set_filename lb "src";
  List.iter (fun e -> Format.printf "%a@." Ast.pp e) (Parser.main Lexer.token lb);
  List.iter (fun s -> let lb = Lexing.from_string s in match Parser.main Lexer.token lb with
    | l -> Format.printf "%a@." (Format.pp_print_list Ast.pp) l
    | exception Lexer.Error (m, p) -> Printf.printf "lex %s %d %d\n" m p.pos_lnum (p.pos_cnum - p.pos_bol)
    | exception e -> let p = lb.lex_curr_p in Printf.printf "%s at %d:%d, symbol %s\n" (Printexc.to_string e) p.pos_lnum (p.pos_cnum - p.pos_bol)
        (match Parsing.symbol_start () with start -> string_of_int start | exception Invalid_argument m -> m))
    [ "1 + ;;"; "1 ! 2"; "(* open"; "\"open"; ""; "1 +\n * 2;; 3;;"; "((1)) ;; [1;2;3];;"; "a < b < c;;"; "f x"; "1;; (2 + 3"; "1;; 2;; )" ];
  Printf.printf "%d\n" (List.length (Lexer.tokens "1 2 let x")); Printf.printf "%d\n" (Lexer.skip 4 (Lexing.from_string "abc end def end"));
  let b = Buffer.create 100 in for i = 1 to 3000 do Buffer.add_string b (Printf.sprintf "f %d (%d + x) ;;\n" i i) done;
  let s = Buffer.contents b in let pos = ref 0 in
  let lb = Lexing.from_function (fun bytes n -> let k = min (min n 7) (String.length s - !pos) in Bytes.blit_string s !pos bytes 0 k; pos := !pos + k; k) in
  Printf.printf "%d\n" (List.length (Parser.main Lexer.token lb))
