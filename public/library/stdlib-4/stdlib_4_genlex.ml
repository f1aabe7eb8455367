module Stream = Stdlib_4_stream

type token = Kwd of string | Ident of string | Int of int | Float of float | String of string | Char of char

let is_letter = function 'A' .. 'Z' | 'a' .. 'z' | '_' | '\192' .. '\255' -> true | _ -> false
let is_digit = function '0' .. '9' -> true | _ -> false
let is_symbol = String.contains "!%&$#+/:<=>?@\\~^|*-"

let make_lexer keywords =
  let known = Hashtbl.create 17 in
  List.iter (fun word -> Hashtbl.replace known word (Kwd word)) keywords;
  let word text = match Hashtbl.find_opt known text with Some token -> token | None -> Ident text in
  let single c =
    let text = String.make 1 c in
    match Hashtbl.find_opt known text with Some token -> token | None -> raise (Stream.Error ("Illegal character " ^ text))
  in
  fun input ->
    let text = Buffer.create 32 in
    let taken () =
      let s = Buffer.contents text in
      Buffer.clear text;
      s
    in
    (* Takes characters as long as they are of a kind. *)
    let rec take accepted =
      match Stream.peek input with
      | Some c when accepted c ->
          Stream.junk input;
          Buffer.add_char text c;
          take accepted
      | _ -> ()
    in
    let error () = raise (Stream.Error "") in
    let next () = match Stream.peek input with Some c -> Stream.junk input; c | None -> error () in
    let escape () =
      match next () with
      | 'n' -> '\n'
      | 'r' -> '\r'
      | 't' -> '\t'
      | '0' .. '9' as a ->
          let digit () = match next () with '0' .. '9' as c -> Char.code c - 48 | _ -> error () in
          let b = digit () in
          let c = digit () in
          Char.chr (((Char.code a - 48) * 100) + (b * 10) + c)
      | c -> c
    in
    let rec string () =
      match next () with
      | '"' -> String (taken ())
      | c ->
          Buffer.add_char text (if c = '\\' then escape () else c);
          string ()
    in
    let char () =
      let c = match next () with '\\' -> escape () | c -> c in
      if next () = '\'' then Char c else error ()
    in
    let exponent () =
      match Stream.peek input with
      | Some ('e' | 'E') ->
          Stream.junk input;
          Buffer.add_char text 'E';
          (match Stream.peek input with
          | Some (('+' | '-') as c) ->
              Stream.junk input;
              Buffer.add_char text c
          | _ -> ());
          take is_digit;
          true
      | _ -> false
    in
    let number () =
      take is_digit;
      match Stream.peek input with
      | Some '.' ->
          Stream.junk input;
          Buffer.add_char text '.';
          take is_digit;
          ignore (exponent ());
          Float (float_of_string (taken ()))
      | _ ->
          let real = exponent () in
          let digits = taken () in
          if real then Float (float_of_string digits) else Int (int_of_string digits)
    in
    let rec comment depth =
      if depth > 0 then
        match next () with
        | '(' when Stream.peek input = Some '*' ->
            Stream.junk input;
            comment (depth + 1)
        | '*' when Stream.peek input = Some ')' ->
            Stream.junk input;
            comment (depth - 1)
        | _ -> comment depth
    in
    let rec token () =
      match Stream.peek input with
      | None -> None
      | Some (' ' | '\n' | '\r' | '\t' | '\026' | '\012') ->
          Stream.junk input;
          token ()
      | Some c when is_letter c ->
          take (fun c -> is_letter c || is_digit c || c = '\'');
          Some (word (taken ()))
      | Some '(' ->
          Stream.junk input;
          if Stream.peek input = Some '*' then begin
            Stream.junk input;
            comment 1;
            token ()
          end
          else Some (single '(')
      | Some '\'' ->
          Stream.junk input;
          Some (char ())
      | Some '"' ->
          Stream.junk input;
          Some (string ())
      | Some c when is_digit c -> Some (number ())
      | Some '-' -> (
          Stream.junk input;
          Buffer.add_char text '-';
          match Stream.peek input with
          | Some c when is_digit c -> Some (number ())
          | _ ->
              take is_symbol;
              Some (word (taken ())))
      | Some c when is_symbol c ->
          take is_symbol;
          Some (word (taken ()))
      | Some c ->
          Stream.junk input;
          Some (single c)
    in
    Stream.from (fun _ ->
        Buffer.clear text;
        token ())
