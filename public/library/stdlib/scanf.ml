(* Formatted input: reads values as a format describes them. *)

open CamlinternalFormatBasics
open CamlinternalFormat

type ('a, 'b) arguments = ('a, 'b) heter_list

module Scanning = struct
  type source = Channel of Stdlib.in_channel | File of string * Stdlib.in_channel | Function | String

  (* One character may have been looked at: then [valid]. *)
  type in_channel = {
    mutable at_end : bool;
    mutable current : char;
    mutable valid : bool;
    mutable characters : int;  (** read so far, with the one that was only looked at *)
    mutable lines : int;
    mutable tokens : int;
    next : unit -> char;  (** raises [End_of_file] *)
    token : Buffer.t;
    source : source;
  }

  type scanbuf = in_channel
  type file_name = string

  let make source next =
    { at_end = false; current = '\000'; valid = false; characters = 0; lines = 0; tokens = 0; next; token = Buffer.create 1024; source }

  let read_next ic =
    match ic.next () with
    | c ->
        ic.current <- c;
        ic.valid <- true;
        ic.characters <- ic.characters + 1;
        if c = '\n' then ic.lines <- ic.lines + 1;
        c
    | exception End_of_file ->
        ic.current <- '\000';
        ic.valid <- false;
        ic.at_end <- true;
        '\000'

  (* The next character, which stays the next one; or [at_end] is set. *)
  let peek ic = if ic.valid then ic.current else read_next ic

  let peek_or_fail ic =
    let c = peek ic in
    if ic.at_end then raise End_of_file;
    c

  let drop ic = ic.valid <- false
  let store ic c = Buffer.add_char ic.token c

  let end_of_input ic =
    ignore (peek ic);
    ic.at_end

  let beginning_of_input ic = ic.characters = 0

  let name_of_input ic =
    match ic.source with
    | Channel _ -> "unnamed Stdlib input channel"
    | File (name, _) -> name
    | Function -> "unnamed function"
    | String -> "unnamed character string"

  let character_count ic = if ic.valid then ic.characters - 1 else ic.characters
  let begin_token ic = Buffer.clear ic.token

  (* The text stored since the last time. *)
  let take_token ic =
    let s = Buffer.contents ic.token in
    Buffer.clear ic.token;
    ic.tokens <- ic.tokens + 1;
    s

  let from_string s =
    let i = ref 0 in
    make String (fun () ->
        if !i >= String.length s then raise End_of_file;
        let c = s.[!i] in
        incr i;
        c)

  let from_function next = make Function next

  (* Reads a channel in pieces. *)
  let from_pieces source channel at_end =
    let piece = Bytes.create 1024 in
    let i = ref 0 and length = ref 0 and ended = ref false in
    make source (fun () ->
        if !i >= !length && not !ended then begin
          i := 0;
          length := input channel piece 0 (Bytes.length piece);
          if !length = 0 then begin
            ended := true;
            at_end channel
          end
        end;
        if !ended then raise End_of_file;
        let c = Bytes.get piece !i in
        incr i;
        c)

  let from_channel channel = from_pieces (Channel channel) channel ignore
  let stdin = from_pieces (File ("-", Stdlib.stdin)) Stdlib.stdin ignore

  let open_with open_channel name =
    if name = "-" then stdin
    else begin
      let channel = open_channel name in
      from_pieces (File (name, channel)) channel Stdlib.close_in
    end

  let open_in name = open_with Stdlib.open_in name
  let open_in_bin name = open_with Stdlib.open_in_bin name
  let from_file = open_in
  let from_file_bin = open_in_bin

  let close_in ic =
    match ic.source with Channel channel | File (_, channel) -> Stdlib.close_in channel | Function | String -> ()
end

open Scanning

type ('a, 'b, 'c, 'd) scanner = ('a, Scanning.in_channel, 'b, 'c, 'a -> 'd, 'd) format6 -> 'c
type ('a, 'b, 'c, 'd) scanner_opt = ('a, Scanning.in_channel, 'b, 'c, 'a -> 'd option, 'd) format6 -> 'c

exception Scan_failure of string

(* {1 What may go wrong} *)

let bad_input message = raise (Scan_failure message)
let mismatch expected found = bad_input (Printf.sprintf "looking for %C, found %C" expected found)
let bad_escape c = bad_input (Printf.sprintf "illegal escape character %C" c)

let too_short what =
  bad_input (Printf.sprintf "scanning of %s failed: the specified length was too short for token" what)

let unexpected_end what =
  bad_input (Printf.sprintf "scanning of %s failed: premature end of file occurred before end of token" what)

let bad_float () = bad_input "no dot or exponent part found in float token"
let bad_hexadecimal_float () = bad_input "not a valid float in hexadecimal notation"

(* {1 Literal text} *)

let rec skip_blanks ic =
  match peek ic with
  | (' ' | '\t' | '\n' | '\r') when not ic.at_end ->
      drop ic;
      skip_blanks ic
  | _ -> ()

let match_this ic expected =
  let c = peek_or_fail ic in
  if c = expected then drop ic else mismatch expected c

(* A space stands for any blanks, a newline for any kind of line end. *)
let match_character ic = function
  | ' ' -> skip_blanks ic
  | '\n' -> (
      match peek_or_fail ic with
      | '\n' -> drop ic
      | '\r' ->
          drop ic;
          match_this ic '\n'
      | c -> mismatch '\n' c)
  | c -> match_this ic c

let match_text ic s = String.iter (match_character ic) s

(* {1 Tokens} Functions take the width that is left, store what they accept as the token, and return the width that is left then. *)

let ignore_character width ic =
  drop ic;
  width - 1

let store_character width ic c =
  store ic c;
  ignore_character width ic

(* No more characters can belong to the token. *)
let exhausted width ic = width = 0 || end_of_input ic

(* Digits and underscores, which are skipped. *)
let rec digits is_digit width ic =
  if exhausted width ic then width
  else
    match peek ic with
    | '_' -> digits is_digit (ignore_character width ic) ic
    | c when is_digit c -> digits is_digit (store_character width ic c) ic
    | _ -> width

let is_decimal = function '0' .. '9' -> true | _ -> false
let is_binary = function '0' | '1' -> true | _ -> false
let is_octal = function '0' .. '7' -> true | _ -> false
let is_hexadecimal = function '0' .. '9' | 'a' .. 'f' | 'A' .. 'F' -> true | _ -> false
let decimal_digits width ic = digits is_decimal width ic

let some_digits description is_digit width ic =
  if width = 0 then too_short (if description = "decimal" then "decimal digits" else "digits");
  let c = peek_or_fail ic in
  if is_digit c then digits is_digit (store_character width ic c) ic
  else if description = "decimal" then bad_input (Printf.sprintf "character %C is not a decimal digit" c)
  else bad_input (Printf.sprintf "character %C is not a valid %s digit" c description)

let unsigned_decimal width ic = some_digits "decimal" is_decimal width ic
let hexadecimal width ic = some_digits "hexadecimal" is_hexadecimal width ic

let sign width ic = match peek_or_fail ic with ('+' | '-') as c -> store_character width ic c | _ -> width
let signed_decimal width ic = unsigned_decimal (sign width ic) ic

(* As in OCaml's sources, by prefix. *)
let any_base width ic =
  match peek_or_fail ic with
  | '0' as zero ->
      let width = store_character width ic zero in
      if exhausted width ic then width
      else (
        match peek ic with
        | ('x' | 'X') as c -> hexadecimal (store_character width ic c) ic
        | 'o' as c -> some_digits "octal" is_octal (store_character width ic c) ic
        | 'b' as c -> some_digits "binary" is_binary (store_character width ic c) ic
        | _ -> decimal_digits width ic)
  | _ -> unsigned_decimal width ic

let integer conversion width ic =
  match conversion with
  | 'd' -> signed_decimal width ic
  | 'i' -> any_base (sign width ic) ic
  | 'o' -> some_digits "octal" is_octal width ic
  | 'u' -> unsigned_decimal width ic
  | _ -> hexadecimal width ic

let integer_literal conversion ic =
  let s = take_token ic in
  match conversion with 'd' | 'i' -> s | 'u' -> "0u" ^ s | 'o' -> "0o" ^ s | _ -> "0x" ^ s

(* {2 Floats} *)

(* [precision] digits at most. *)
let limited scan width precision ic =
  let precision = min width precision in
  width - (precision - scan precision ic)

let fraction width ic =
  if exhausted width ic then width
  else match peek ic with '0' .. '9' as c -> decimal_digits (store_character width ic c) ic | _ -> width

let exponent width ic =
  if exhausted width ic then width
  else match peek ic with ('e' | 'E') as c -> signed_decimal (store_character width ic c) ic | _ -> width

let plain_float width precision ic =
  let width = decimal_digits (sign width ic) ic in
  if exhausted width ic then width
  else
    match peek ic with
    | '.' as point ->
        let width = store_character width ic point in
        exponent (limited fraction width precision ic) ic
    | _ -> exponent width ic

(* A word, in any case. *)
let word error text width ic =
  let width = ref width in
  String.iter
    (fun expected ->
      let c = peek ic in
      if Char.lowercase_ascii c <> expected then error ();
      if !width = 0 then error ();
      width := store_character !width ic c)
    text;
  !width

let need error width ic = if exhausted width ic then error ()

(* After [0x]. *)
let hexadecimal_fraction width precision ic =
  if exhausted width ic then width
  else
    match peek ic with
    | '.' as point -> (
        let width = store_character width ic point in
        if exhausted width ic then width
        else match peek ic with 'p' | 'P' -> width | _ -> limited hexadecimal width precision ic)
    | _ -> width

let hexadecimal_float width precision ic =
  let error = bad_hexadecimal_float in
  need error width ic;
  let width = sign width ic in
  need error width ic;
  match peek ic with
  | '0' as zero -> (
      let width = store_character width ic zero in
      need error width ic;
      let width = word error "x" width ic in
      if exhausted width ic then width
      else begin
        let width = match peek ic with '.' | 'p' | 'P' -> width | _ -> hexadecimal width ic in
        let width = hexadecimal_fraction width precision ic in
        if exhausted width ic then width
        else
          match peek ic with
          | ('p' | 'P') as c ->
              let width = store_character width ic c in
              need error width ic;
              signed_decimal width ic
          | _ -> width
      end)
  | ('n' | 'N') as c ->
      let width = store_character width ic c in
      need error width ic;
      word error "an" width ic
  | ('i' | 'I') as c ->
      let width = store_character width ic c in
      need error width ic;
      word error "nfinity" width ic
  | _ -> error ()

(* A float of OCaml's sources must have a point or an exponent. *)
let caml_decimal_float width precision ic =
  need bad_float width ic;
  let width = decimal_digits width ic in
  need bad_float width ic;
  match peek ic with
  | '.' as point ->
      let width = store_character width ic point in
      exponent (limited fraction width precision ic) ic
  | 'e' | 'E' -> exponent width ic
  | _ -> bad_float ()

let caml_float width precision ic =
  need bad_float width ic;
  let width = sign width ic in
  need bad_float width ic;
  match peek ic with
  | '0' as zero -> (
      let width = store_character width ic zero in
      need bad_float width ic;
      match peek ic with
      | ('x' | 'X') as c -> (
          let width = store_character width ic c in
          need bad_float width ic;
          let width = hexadecimal width ic in
          need bad_float width ic;
          match peek ic with
          | '.' | 'p' | 'P' -> (
              let width = hexadecimal_fraction width precision ic in
              if exhausted width ic then width
              else
                match peek ic with
                | ('p' | 'P') as c ->
                    let width = store_character width ic c in
                    need bad_hexadecimal_float width ic;
                    signed_decimal width ic
                | _ -> width)
          | _ -> bad_float ())
      | _ -> caml_decimal_float width precision ic)
  | '1' .. '9' as c ->
      let width = store_character width ic c in
      need bad_float width ic;
      caml_decimal_float width precision ic
  | _ -> bad_float ()

let float_of_token ic = float_of_string (take_token ic)

(* {2 Characters and strings} *)

(* Up to a blank, or up to the character [stop], which is dropped. *)
let rec text stop width ic =
  if exhausted width ic then width
  else
    match (stop, peek ic) with
    | Some stop', c when c = stop' ->
        drop ic;
        width
    | None, (' ' | '\t' | '\n' | '\r') -> width
    | _, c -> text stop (store_character width ic c) ic

(* A character inside a token of OCaml's sources. *)
let inside what width ic =
  if width = 0 then too_short what;
  let c = peek ic in
  if ic.at_end then unexpected_end what;
  c

let a_char = "a Char"
let a_string = "a String"
let code_of_digit c = Char.code c - Char.code '0'

let code_of_hexadecimal c =
  match c with
  | '0' .. '9' -> Char.code c - Char.code '0'
  | 'a' .. 'f' -> Char.code c - Char.code 'a' + 10
  | _ -> Char.code c - Char.code 'A' + 10

(* After a backslash. *)
let escape width ic =
  let digit is_digit =
    let c = read_next ic in
    if is_digit c then c else bad_escape c
  in
  match inside a_char width ic with
  | ('\\' | '\'' | '"') as c -> store_character width ic c
  | 'n' -> store_character width ic '\n'
  | 't' -> store_character width ic '\t'
  | 'b' -> store_character width ic '\b'
  | 'r' -> store_character width ic '\r'
  | '0' .. '9' as c0 ->
      let c1 = digit is_decimal in
      let c2 = digit is_decimal in
      let code = (100 * code_of_digit c0) + (10 * code_of_digit c1) + code_of_digit c2 in
      if code > 255 then bad_input (Printf.sprintf "bad character decimal encoding \\%c%c%c" c0 c1 c2);
      store_character (width - 2) ic (Char.chr code)
  | 'x' ->
      let c1 = digit is_hexadecimal in
      let c2 = digit is_hexadecimal in
      store_character (width - 2) ic (Char.chr ((16 * code_of_hexadecimal c1) + code_of_hexadecimal c2))
  | c -> bad_escape c

let caml_char width ic =
  let quote width c = if c = '\'' then ignore_character width ic else mismatch '\'' c in
  let width = quote width (peek_or_fail ic) in
  let width =
    match inside a_char width ic with
    | '\\' -> escape (ignore_character width ic) ic
    | c -> store_character width ic c
  in
  quote width (inside a_char width ic)

let caml_string width ic =
  let rec contents width =
    match inside a_string width ic with
    | '"' -> ignore_character width ic
    | '\\' -> after_backslash (ignore_character width ic)
    | c -> contents (store_character width ic c)
  and after_backslash width =
    match inside a_string width ic with
    | '\r' -> after_return (ignore_character width ic)
    | '\n' -> skip_spaces (ignore_character width ic)
    | _ -> contents (escape width ic)
  and after_return width =
    match inside a_string width ic with
    | '\n' -> skip_spaces (ignore_character width ic)
    | _ -> contents (store_character width ic '\r')
  and skip_spaces width =
    match inside a_string width ic with ' ' -> skip_spaces (ignore_character width ic) | _ -> contents width
  in
  match peek_or_fail ic with '"' -> contents (ignore_character width ic) | c -> mismatch '"' c

let boolean ic =
  let width =
    match peek_or_fail ic with
    | 't' -> 4
    | 'f' -> 5
    | c -> bad_input (Printf.sprintf "the character %C cannot start a boolean" c)
  in
  text None width ic

let bool_of_token ic =
  match take_token ic with
  | "true" -> true
  | "false" -> false
  | s -> bad_input (Printf.sprintf "invalid boolean '%s'" s)

(* Characters of a set; [stop], if given, must follow and is dropped, unless the input ends. *)
let characters_in set stop width ic =
  let rec from width =
    let c = peek ic in
    if width > 0 && (not ic.at_end) && is_in_char_set set c && stop <> Some c then from (store_character width ic c)
  in
  from width;
  match stop with
  | None -> ()
  | Some stop ->
      let c = peek ic in
      if not ic.at_end then if c = stop then drop ic else mismatch stop c

(* {1 Formats} *)

let width_of_option = function None -> max_int | Some width -> width

(* The item that follows [%s] says where the string stops: its first character after [@]; what comes after it is literal. *)
let stop_of_item = function
  | Escaped_percent -> ('%', "")
  | item ->
      let s = string_of_formatting_lit item in
      (s.[1], String.sub s 2 (String.length s - 2))

let no_conversion letters = invalid_arg ("scanf: bad conversion \"%" ^ letters ^ "\"")

(* The user's readers for [%r] are taken before anything is read. *)
let rec take_readers :
    type a c d e f. ((d, e) arguments -> e) -> (a, in_channel, c, d, e, f) fmt -> d =
 fun k fmt ->
  match fmt with
  | Reader rest -> fun reader -> take_readers (fun readers -> k (Cons (reader, readers))) rest
  | Char rest -> take_readers k rest
  | Caml_char rest -> take_readers k rest
  | String (_, rest) -> take_readers k rest
  | Caml_string (_, rest) -> take_readers k rest
  | Int (_, _, _, rest) -> take_readers k rest
  | Int32 (_, _, _, rest) -> take_readers k rest
  | Nativeint (_, _, _, rest) -> take_readers k rest
  | Int64 (_, _, _, rest) -> take_readers k rest
  | Float (_, _, _, rest) -> take_readers k rest
  | Bool (_, rest) -> take_readers k rest
  | Alpha rest -> take_readers k rest
  | Theta rest -> take_readers k rest
  | Flush rest -> take_readers k rest
  | String_literal (_, rest) -> take_readers k rest
  | Char_literal (_, rest) -> take_readers k rest
  | Custom (_, _, rest) -> take_readers k rest
  | Scan_char_set (_, _, rest) -> take_readers k rest
  | Scan_get_counter (_, rest) -> take_readers k rest
  | Scan_next_char rest -> take_readers k rest
  | Formatting_lit (_, rest) -> take_readers k rest
  | Formatting_gen (Open_tag (Format (text, _)), rest) -> take_readers k (concat_fmt text rest)
  | Formatting_gen (Open_box (Format (text, _)), rest) -> take_readers k (concat_fmt text rest)
  | Format_arg (_, _, rest) -> take_readers k rest
  | Format_subst (_, ty, rest) -> take_type_readers k (erase_rel (symm ty)) rest
  | Ignored_param (ignored, rest) -> take_ignored_readers k ignored rest
  | End_of_format -> k Nil

and take_type_readers :
    type x y a c d e f.
    ((d, e) arguments -> e) -> (a, in_channel, c, d, x, y) fmtty -> (y, in_channel, c, x, e, f) fmt -> d =
 fun k ty rest ->
  match ty with
  | Reader_ty ty -> fun reader -> take_type_readers (fun readers -> k (Cons (reader, readers))) ty rest
  | Ignored_reader_ty ty -> fun reader -> take_type_readers (fun readers -> k (Cons (reader, readers))) ty rest
  | Char_ty ty -> take_type_readers k ty rest
  | String_ty ty -> take_type_readers k ty rest
  | Int_ty ty -> take_type_readers k ty rest
  | Int32_ty ty -> take_type_readers k ty rest
  | Nativeint_ty ty -> take_type_readers k ty rest
  | Int64_ty ty -> take_type_readers k ty rest
  | Float_ty ty -> take_type_readers k ty rest
  | Bool_ty ty -> take_type_readers k ty rest
  | Alpha_ty ty -> take_type_readers k ty rest
  | Theta_ty ty -> take_type_readers k ty rest
  | Any_ty ty -> take_type_readers k ty rest
  | Format_arg_ty (_, ty) -> take_type_readers k ty rest
  | End_of_fmtty -> take_readers k rest
  | Format_subst_ty (ty1, ty2, ty) -> take_type_readers k (concat_fmtty (trans (symm ty1) ty2) ty) rest

and take_ignored_readers :
    type x y a c d e f.
    ((d, e) arguments -> e) -> (a, in_channel, c, d, x, y) ignored -> (y, in_channel, c, x, e, f) fmt -> d =
 fun k ignored rest ->
  match ignored with
  | Ignored_reader -> fun reader -> take_readers (fun readers -> k (Cons (reader, readers))) rest
  | Ignored_char -> take_readers k rest
  | Ignored_caml_char -> take_readers k rest
  | Ignored_string _ -> take_readers k rest
  | Ignored_caml_string _ -> take_readers k rest
  | Ignored_int (_, _) -> take_readers k rest
  | Ignored_int32 (_, _) -> take_readers k rest
  | Ignored_nativeint (_, _) -> take_readers k rest
  | Ignored_int64 (_, _) -> take_readers k rest
  | Ignored_float (_, _) -> take_readers k rest
  | Ignored_bool _ -> take_readers k rest
  | Ignored_format_arg _ -> take_readers k rest
  | Ignored_format_subst (_, ty) -> take_type_readers k ty rest
  | Ignored_scan_char_set _ -> take_readers k rest
  | Ignored_scan_get_counter _ -> take_readers k rest
  | Ignored_scan_next_char -> take_readers k rest

(* Reads what a format describes: the arguments for the receiver. *)
let rec scan :
    type a c d e f. in_channel -> (a, in_channel, c, d, e, f) fmt -> (d, e) arguments -> (a, f) arguments =
 fun ic fmt readers ->
  match fmt with
  | Char rest ->
      ignore (store_character 1 ic (peek_or_fail ic));
      let c = (take_token ic).[0] in
      Cons (c, scan ic rest readers)
  | Caml_char rest ->
      ignore (caml_char max_int ic);
      let c = (take_token ic).[0] in
      Cons (c, scan ic rest readers)
  | String (padding, Formatting_lit (item, rest)) ->
      let stop, literal = stop_of_item item in
      scan_padded ic padding No_precision
        (fun width _ ic -> text (Some stop) width ic)
        take_token
        (String_literal (literal, rest))
        readers
  | String (padding, Formatting_gen (Open_tag (Format (tag, _)), rest)) ->
      scan_padded ic padding No_precision (fun width _ ic -> text (Some '{') width ic) take_token (concat_fmt tag rest) readers
  | String (padding, Formatting_gen (Open_box (Format (box, _)), rest)) ->
      scan_padded ic padding No_precision (fun width _ ic -> text (Some '[') width ic) take_token (concat_fmt box rest) readers
  | String (padding, rest) ->
      scan_padded ic padding No_precision (fun width _ ic -> text None width ic) take_token rest readers
  | Caml_string (padding, rest) ->
      scan_padded ic padding No_precision (fun width _ ic -> caml_string width ic) take_token rest readers
  | Int (conversion, padding, precision, rest) ->
      let c = char_of_iconv conversion in
      scan_padded ic padding precision (fun width _ ic -> integer c width ic) (fun ic -> int_of_string (integer_literal c ic)) rest readers
  | Int32 (conversion, padding, precision, rest) ->
      let c = char_of_iconv conversion in
      scan_padded ic padding precision (fun width _ ic -> integer c width ic) (fun ic -> Int32.of_string (integer_literal c ic)) rest readers
  | Nativeint (conversion, padding, precision, rest) ->
      let c = char_of_iconv conversion in
      scan_padded ic padding precision
        (fun width _ ic -> integer c width ic)
        (fun ic -> Nativeint.of_string (integer_literal c ic))
        rest readers
  | Int64 (conversion, padding, precision, rest) ->
      let c = char_of_iconv conversion in
      scan_padded ic padding precision (fun width _ ic -> integer c width ic) (fun ic -> Int64.of_string (integer_literal c ic)) rest readers
  | Float ((_, (Float_F | Float_CF)), padding, precision, rest) ->
      scan_padded ic padding precision caml_float float_of_token rest readers
  | Float ((_, (Float_f | Float_e | Float_E | Float_g | Float_G)), padding, precision, rest) ->
      scan_padded ic padding precision plain_float float_of_token rest readers
  | Float ((_, (Float_h | Float_H)), padding, precision, rest) ->
      scan_padded ic padding precision hexadecimal_float float_of_token rest readers
  | Bool (padding, rest) -> scan_padded ic padding No_precision (fun _ _ ic -> boolean ic) bool_of_token rest readers
  | Alpha _ -> no_conversion "a"
  | Theta _ -> no_conversion "t"
  | Custom _ -> invalid_arg "scanf: bad conversion \"%?\" (custom converter)"
  | Reader rest ->
      let (Cons (reader, readers)) = readers in
      let v = reader ic in
      Cons (v, scan ic rest readers)
  | Flush rest -> if end_of_input ic then scan ic rest readers else bad_input "end of input not found"
  | String_literal (s, rest) ->
      match_text ic s;
      scan ic rest readers
  | Char_literal (c, rest) ->
      match_character ic c;
      scan ic rest readers
  | Format_arg (width, ty, rest) ->
      ignore (caml_string (width_of_option width) ic);
      let s = take_token ic in
      let format = try format_of_string_fmtty s ty with Failure message -> bad_input message in
      Cons (format, scan ic rest readers)
  | Format_subst (width, ty, rest) ->
      ignore (caml_string (width_of_option width) ic);
      let s = take_token ic in
      let argument, here =
        try
          let (Fmt_EBB argument) = fmt_ebb_of_string s in
          let (Fmt_EBB here) = fmt_ebb_of_string s in
          (* The same format once as the argument, and once to be read by here. *)
          (type_format argument (erase_rel ty), type_format here (erase_rel (symm ty)))
        with Failure message -> bad_input message
      in
      Cons (Format (argument, s), scan ic (concat_fmt here rest) readers)
  | Scan_char_set (width, set, Formatting_lit (item, rest)) ->
      let stop, literal = stop_of_item item in
      characters_in set (Some stop) (width_of_option width) ic;
      let s = take_token ic in
      Cons (s, scan ic (String_literal (literal, rest)) readers)
  | Scan_char_set (width, set, rest) ->
      characters_in set None (width_of_option width) ic;
      let s = take_token ic in
      Cons (s, scan ic rest readers)
  | Scan_get_counter (counter, rest) ->
      let count = match counter with Line_counter -> ic.lines | Char_counter -> character_count ic | Token_counter -> ic.tokens in
      Cons (count, scan ic rest readers)
  | Scan_next_char rest ->
      let c = peek_or_fail ic in
      Cons (c, scan ic rest readers)
  | Formatting_lit (item, rest) ->
      match_text ic (string_of_formatting_lit item);
      scan ic rest readers
  | Formatting_gen (Open_tag (Format (tag, _)), rest) ->
      match_text ic "@{";
      scan ic (concat_fmt tag rest) readers
  | Formatting_gen (Open_box (Format (box, _)), rest) ->
      match_text ic "@[";
      scan ic (concat_fmt box rest) readers
  | Ignored_param (ignored, rest) -> (
      let (Param_format_EBB fmt) = param_format_of_ignored_format ignored rest in
      match scan ic fmt readers with Cons (_, arguments) -> arguments)
  | End_of_format -> Nil

(* [read width precision ic] stores a token, of which [value ic] makes the argument. *)
and scan_padded :
    type x y z t a c d e f.
    in_channel ->
    (x, y) padding ->
    (y, z -> a) precision ->
    (int -> int -> in_channel -> t) ->
    (in_channel -> z) ->
    (a, in_channel, c, d, e, f) fmt ->
    (d, e) arguments ->
    (x, f) arguments =
 fun ic padding precision read value rest readers ->
  let read_with : int -> int -> (z -> a, f) arguments =
   fun width precision ->
    ignore (read width precision ic);
    let v = value ic in
    Cons (v, scan ic rest readers)
  in
  match (padding, precision) with
  | No_padding, No_precision -> read_with max_int max_int
  | No_padding, Lit_precision precision -> read_with max_int precision
  | Lit_padding ((Right | Zeros), width), No_precision -> read_with width max_int
  | Lit_padding ((Right | Zeros), width), Lit_precision precision -> read_with width precision
  | Lit_padding (Left, _), _ -> no_conversion "-"
  | No_padding, Arg_precision -> no_conversion "*"
  | Lit_padding _, Arg_precision -> no_conversion "*"
  | Arg_padding _, _ -> no_conversion "*"

(* {1 Scanners} *)

let rec apply : type a b. a -> (a, b) arguments -> b =
 fun f arguments -> match arguments with Cons (x, rest) -> apply (f x) rest | Nil -> f

(* [failed] makes the result of a failure, [received] that of what the receiver returned. *)
let scan_with ic failed received (Format (fmt, source)) =
  take_readers
    (fun readers f ->
      begin_token ic;
      match scan ic fmt readers with
      | arguments -> received (apply f arguments)
      | exception ((Scan_failure _ | Failure _ | End_of_file) as e) -> failed ic e
      | exception Invalid_argument message -> invalid_arg (message ^ " in format \"" ^ String.escaped source ^ "\""))
    fmt

let kscanf ic failed format = scan_with ic failed Fun.id format

let raise_failure ic = function
  | Scan_failure message | Failure message ->
      bad_input (Printf.sprintf "scanf: bad input at char number %i: %s" (character_count ic) message)
  | e -> raise e

let bscanf ic format = kscanf ic raise_failure format
let ksscanf s failed format = kscanf (from_string s) failed format
let sscanf s format = kscanf (from_string s) raise_failure format
let scanf format = kscanf Scanning.stdin raise_failure format
let bscanf_opt ic format = scan_with ic (fun _ _ -> None) Option.some format
let sscanf_opt s format = bscanf_opt (from_string s) format
let scanf_opt format = bscanf_opt Scanning.stdin format

(* {1 Formats as input} *)

let bscanf_format ic format f =
  ignore (caml_string max_int ic);
  let s = take_token ic in
  f (try format_of_string_format s format with Failure message -> bad_input message)

let sscanf_format s format f = bscanf_format (from_string s) format f
let format_from_string s format = sscanf_format ("\"" ^ String.escaped s ^ "\"") format Fun.id
let unescaped s = sscanf ("\"" ^ s ^ "\"") "%S%!" Fun.id
