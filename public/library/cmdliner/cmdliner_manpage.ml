(* Manual pages: blocks of marked-up text, printed as plain text or as groff source.

   In the text [$(i,text)] is italic, [$(b,text)] is bold, [$(name)] is a variable, and a backslash before one of [$ ( ) \ ] takes that
   character's meaning away. *)

type section_name = string

type block =
  [ `S of string | `P of string | `Pre of string | `I of string * string | `Noblank | `Blocks of block list ]

type title = string * int * string * string * string
type t = title * block list
type xref = [ `Main | `Cmd of string | `Tool of string | `Page of string * int ]
type format = [ `Auto | `Pager | `Plain | `Groff ]

(* {1 Names of sections} *)

let s_name = "NAME"
let s_synopsis = "SYNOPSIS"
let s_description = "DESCRIPTION"
let s_commands = "COMMANDS"
let s_arguments = "ARGUMENTS"
let s_options = "OPTIONS"
let s_common_options = "COMMON OPTIONS"
let s_exit_status = "EXIT STATUS"
let s_exit_status_intro = `P "$(tname) exits with the following status:"
let s_environment = "ENVIRONMENT"
let s_environment_intro = `P "These environment variables affect the execution of $(tname):"
let s_files = "FILES"
let s_bugs = "BUGS"
let s_examples = "EXAMPLES"
let s_authors = "AUTHORS"
let s_see_also = "SEE ALSO"
let s_none = "cmdliner-none"

(* The order of the sections that a page may have; sections with names of their own come after the description. *)
let standard_order =
  [ s_name; s_synopsis; s_description; s_commands; s_arguments; s_options; s_common_options; s_exit_status; s_environment; s_files;
    s_examples; s_bugs; s_authors; s_see_also ]

let rank_of_own_section = 3

let rank section =
  let rec find i = function
    | [] -> None
    | name :: _ when String.equal name section -> Some (if i >= rank_of_own_section then i + 1 else i)
    | _ :: rest -> find (i + 1) rest
  in
  find 0 standard_order

(* {1 Text} *)

let is_special = function '$' | '(' | ')' | '\\' -> true | _ -> false

(* An opening parenthesis need not be escaped once the dollar sign before it is. *)
let escape s =
  let b = Buffer.create (String.length s + 8) in
  String.iter
    (fun c ->
      if is_special c && c <> '(' then Buffer.add_char b '\\';
      Buffer.add_char b c)
    s;
  Buffer.contents b

type piece =
  | Text of string
  | Escaped of char
  | Styled of char * string  (** the letter and the text, in which escapes stand as they were written *)
  | Variable of string
  | Bad of string * string  (** what is wrong, and the text *)

(* The pieces of a marked-up text. *)
let pieces s =
  let n = String.length s in
  let text from until found = if until > from then Text (String.sub s from (until - from)) :: found else found in
  (* The index of the parenthesis that closes, passing over escapes. *)
  let rec closing i = if i >= n then None else match s.[i] with ')' -> Some i | '\\' -> closing (i + 2) | _ -> closing (i + 1) in
  let rec go from i found =
    if i >= n then List.rev (text from n found)
    else
      match s.[i] with
      | '\\' when i + 1 < n && is_special s.[i + 1] -> go (i + 2) (i + 2) (Escaped s.[i + 1] :: text from i found)
      | '\\' ->
          let stop = min n (i + 2) in
          go stop stop (Bad ("illegal escape", String.sub s i (stop - i)) :: text from i found)
      | '$' when i + 1 < n && s.[i + 1] = '(' -> (
          let found = text from i found in
          match closing (i + 2) with
          | None -> List.rev (Bad ("unclosed markup", String.sub s i (n - i)) :: found)
          | Some stop ->
              let inside = String.sub s (i + 2) (stop - i - 2) in
              let piece =
                match String.index_opt inside ',' with
                | Some 1 when inside.[0] = 'i' || inside.[0] = 'b' -> Styled (inside.[0], String.sub inside 2 (String.length inside - 2))
                | Some _ -> Bad ("unknown markup", String.sub s i (stop + 1 - i))
                | None -> Variable inside
              in
              go (stop + 1) (stop + 1) (piece :: found))
      | '$' -> go (i + 1) (i + 1) (Bad ("unescaped '$'", "$") :: text from i found)
      | _ -> go from (i + 1) found
  in
  go 0 0 []

let report errs what s = Format.fprintf errs "cmdliner error: %s in %S@." what s

let substitute ~errs ~subst s =
  let b = Buffer.create (String.length s) in
  List.iter
    (function
      | Text text -> Buffer.add_string b text
      | Escaped c ->
          Buffer.add_char b '\\';
          Buffer.add_char b c
      | Styled (style, text) -> Printf.bprintf b "$(%c,%s)" style text
      | Bad (_, text) -> Buffer.add_string b text
      | Variable name -> (
          match subst name with
          | Some value -> Buffer.add_string b value
          | None ->
              report errs (Printf.sprintf "Undefined variable $(%s)" name) s;
              Buffer.add_string b "undefined"))
    (pieces s);
  Buffer.contents b

(* Takes the markup away: [styled style text] says how text in a style is written, [char] how one character is. *)
let render ~errs ~subst ~styled ~char s =
  let s = substitute ~errs ~subst s in
  let b = Buffer.create (String.length s) in
  let add text = String.iter (char b) text in
  let add_unescaped text =
    let n = String.length text in
    let rec go i =
      if i < n then
        if text.[i] = '\\' && i + 1 < n then begin
          char b text.[i + 1];
          go (i + 2)
        end
        else begin
          char b text.[i];
          go (i + 1)
        end
    in
    go 0
  in
  List.iter
    (function
      | Text text -> add text
      | Escaped c -> char b c
      | Styled (style, text) -> styled b style (fun () -> add_unescaped text)
      | Bad (what, text) ->
          report errs what s;
          add text
      | Variable name ->
          (* A variable in the value of a variable. *)
          report errs (Printf.sprintf "Undefined variable $(%s)" name) s;
          add "undefined")
    (pieces s);
  Buffer.contents b

let plain ~errs ~subst s = render ~errs ~subst ~styled:(fun _ _ text -> text ()) ~char:Buffer.add_char s

(* {1 Plain text} *)

let paragraph_indent = 7
let label_indent = 4
let is_white = function ' ' | '\n' | '\t' | '\r' -> true | _ -> false

(* The words of a text, with break hints where there was white space. *)
let pp_words ppf s =
  let n = String.length s in
  let rec go i =
    if i < n then begin
      let stop = ref i in
      if is_white s.[i] then begin
        while !stop < n && is_white s.[!stop] do incr stop done;
        Format.pp_print_space ppf ()
      end
      else begin
        while !stop < n && not (is_white s.[!stop]) do incr stop done;
        Format.pp_print_string ppf (String.sub s i (!stop - i))
      end;
      go !stop
    end
  in
  go 0

let pp_lines ppf s =
  List.iteri
    (fun i line ->
      if i > 0 then Format.pp_force_newline ppf ();
      Format.pp_print_string ppf line)
    (String.split_on_char '\n' s)

let spaces ppf n = Format.pp_print_string ppf (String.make n ' ')

let pp_plain_blocks ~errs ~subst ppf blocks =
  let plain = plain ~errs ~subst in
  let newline () = Format.pp_print_newline ppf () in
  let rec print blocks =
    match blocks with
    | [] -> ()
    | block :: rest -> (
        (match block with
        | `Noblank -> ()
        | `Blocks inner -> print inner
        | `S title -> Format.pp_print_string ppf title
        | `P text ->
            spaces ppf paragraph_indent;
            Format.fprintf ppf "@[%a@]" pp_words (plain text);
            newline ()
        | `Pre text ->
            spaces ppf paragraph_indent;
            Format.fprintf ppf "@[%a@]" pp_lines (plain text);
            newline ()
        | `I (label, text) ->
            let label = plain label and text = plain text in
            spaces ppf paragraph_indent;
            Format.fprintf ppf "@[%a@]" pp_words label;
            if String.equal text "" then newline ()
            else begin
              let length = String.length label in
              if length < label_indent then spaces ppf (label_indent - length)
              else begin
                newline ();
                spaces ppf (paragraph_indent + label_indent)
              end;
              Format.fprintf ppf "@[%a@]" pp_words text;
              match rest with `I _ :: _ -> newline () | _ -> ()
            end);
        match rest with
        | `Noblank :: rest -> print rest
        | rest ->
            newline ();
            print rest)
  in
  print blocks

(* {1 Groff} *)

let groff_char b = function
  | ('.' | '\'' | '-' | '\\') as c -> Printf.bprintf b "\\N'%d'" (Char.code c)
  | c -> Buffer.add_char b c

let groff ~errs ~subst s =
  let styled b style text =
    Buffer.add_string b (match style with 'b' -> "\\fB" | _ -> "\\fI");
    text ();
    Buffer.add_string b "\\fR"
  in
  render ~errs ~subst ~styled ~char:groff_char s

let pp_groff_page ~errs ~subst ppf ((name, section, date, source, manual), blocks) =
  let groff = groff ~errs ~subst in
  let pr fmt = Format.fprintf ppf fmt in
  let rec print = function
    | [] -> ()
    | block :: rest ->
        (match block with
        | `P text -> pr "@\n.P@\n%a" pp_lines (groff text)
        | `Pre text -> pr "@\n.P@\n.nf@\n%a@\n.fi" pp_lines (groff text)
        | `S title -> pr "@\n.SH %a" pp_lines (groff title)
        | `Noblank -> pr "@\n.sp -1"
        | `I (label, text) -> pr "@\n.TP 4@\n%a@\n%a" pp_lines (groff label) pp_lines (groff text)
        | `Blocks inner -> print inner);
        print rest
  in
  pr ".\\\" Pipe this output to groff -m man -K utf8 -T utf8 | less -R@\n";
  pr ".\\\"@\n.mso an.tmac@\n.TH \"%s\" %d \"%s\" \"%s\" \"%s\"@\n" name section date source manual;
  pr ".\\\" Disable hyphenation and ragged-right@\n.nh@\n.ad l";
  print blocks;
  pr "@?"

(* {1 Printing} *)

(* There is no pager and no terminal to ask for: every format but groff is plain text. *)
let print ?env:_ ?(errs = Format.err_formatter) ?(subst = fun _ -> None) format ppf ((_, blocks) as page) =
  match format with
  | `Groff -> pp_groff_page ~errs ~subst ppf page
  | `Auto | `Pager | `Plain -> pp_plain_blocks ~errs ~subst ppf blocks
