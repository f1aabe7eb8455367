(* Command lines. *)

type key = string
type doc = string
type usage_msg = string
type anon_fun = string -> unit

type spec =
  | Unit of (unit -> unit)
  | Bool of (bool -> unit)
  | Set of bool ref
  | Clear of bool ref
  | String of (string -> unit)
  | Set_string of string ref
  | Int of (int -> unit)
  | Set_int of int ref
  | Float of (float -> unit)
  | Set_float of float ref
  | Tuple of spec list
  | Symbol of string list * (string -> unit)
  | Rest of (string -> unit)
  | Rest_all of (string list -> unit)
  | Expand of (string -> string array)

exception Bad of string
exception Help of string

(* What ends the reading of a command line. *)
type error =
  | Unknown of string
  | Wrong of string * string * string  (** option, argument, what was expected *)
  | Missing of string
  | Message of string

exception Stop of error

(* {1 Usage} *)

let symbols opening separator closing = function
  | [] -> "<none>"
  | names -> opening ^ String.concat separator names ^ closing

let print_spec buffer (key, spec, doc) =
  if doc <> "" then
    match spec with
    | Symbol (names, _) -> Printf.bprintf buffer "  %s %s%s\n" key (symbols "{" "|" "}" names) doc
    | _ -> Printf.bprintf buffer "  %s %s\n" key doc

let rec find key = function
  | [] -> None
  | (other, spec, _) :: rest -> if other = key then Some spec else find key rest

(* The option [-help] is always there, unless the program has its own. *)
let add_help specs =
  let help key doc =
    match find key specs with Some _ -> [] | None -> [ (key, Unit (fun () -> raise (Stop (Unknown "-help"))), doc) ]
  in
  let single = help "-help" " Display this list of options" in
  let double = help "--help" " Display this list of options" in
  specs @ single @ double

let add_usage buffer specs message =
  Printf.bprintf buffer "%s\n" message;
  List.iter (print_spec buffer) (add_help specs)

let usage_string specs message =
  let buffer = Buffer.create 200 in
  add_usage buffer specs message;
  Buffer.contents buffer

let usage specs message = Printf.eprintf "%s" (usage_string specs message)

(* {1 Reading} *)

let current = ref 0

let error_text program error specs message =
  let buffer = Buffer.create 200 in
  (match error with
  | Unknown ("-help" | "--help") -> ()
  | Unknown option -> Printf.bprintf buffer "%s: unknown option '%s'.\n" program option
  | Missing option -> Printf.bprintf buffer "%s: option '%s' needs an argument.\n" program option
  | Wrong (option, argument, expected) ->
      Printf.bprintf buffer "%s: wrong argument '%s'; option '%s' expects %s.\n" program argument option expected
  | Message text -> Printf.bprintf buffer "%s: %s.\n" program text);
  add_usage buffer specs message;
  Buffer.contents buffer

let split_equals option = match String.index_opt option '=' with None -> None | Some i -> Some (String.sub option 0 i, String.sub option (i + 1) (String.length option - i - 1))

(* The options may change while the line is read, and [Expand] changes the line: hence the references. *)
let read ~expand position line specs anonymous message =
  let program = if !position < Array.length !line then !line.(!position) else "(?)" in
  let stop error =
    let text = error_text program error !specs message in
    match error with Unknown ("-help" | "--help") -> raise (Help text) | _ -> raise (Bad text)
  in
  let option_of word =
    match find word !specs with
    | Some spec -> Some (spec, None)
    | None -> (
        match split_equals word with
        | None -> None
        | Some (key, argument) -> Option.map (fun spec -> (spec, Some argument)) (find key !specs))
  in
  let rec treat word attached spec =
    let no_argument () =
      match attached with None -> () | Some argument -> raise (Stop (Wrong (word, argument, "no argument")))
    in
    let argument () =
      match attached with
      | Some argument -> argument
      | None -> if !position + 1 < Array.length !line then !line.(!position + 1) else raise (Stop (Missing word))
    in
    let consume () = if attached = None then incr position in
    let converted convert expected f =
      let given = argument () in
      match convert given with
      | None -> raise (Stop (Wrong (word, given, expected)))
      | Some v ->
          f v;
          consume ()
    in
    let some s = Some s in
    match spec with
    | Unit f ->
        no_argument ();
        f ()
    | Set r ->
        no_argument ();
        r := true
    | Clear r ->
        no_argument ();
        r := false
    | Bool f -> converted bool_of_string_opt "a boolean" f
    | String f -> converted some "" f
    | Set_string r -> converted some "" (fun s -> r := s)
    | Int f -> converted int_of_string_opt "an integer" f
    | Set_int r -> converted int_of_string_opt "an integer" (fun n -> r := n)
    | Float f -> converted float_of_string_opt "a float" f
    | Set_float r -> converted float_of_string_opt "a float" (fun x -> r := x)
    | Symbol (names, f) ->
        converted (fun s -> if List.mem s names then Some s else None) ("one of: " ^ symbols "" " " "" names) f
    | Tuple specs ->
        no_argument ();
        List.iter (treat word attached) specs
    | Rest f ->
        no_argument ();
        while !position < Array.length !line - 1 do
          f !line.(!position + 1);
          incr position
        done
    | Rest_all f ->
        no_argument ();
        let rest = ref [] in
        while !position < Array.length !line - 1 do
          rest := !line.(!position + 1) :: !rest;
          incr position
        done;
        f (List.rev !rest)
    | Expand f ->
        if not expand then raise (Invalid_argument "Arg.Expand is is only allowed with Arg.parse_and_expand_argv_dynamic");
        let given = f (argument ()) in
        consume ();
        let next = !position + 1 in
        line := Array.concat [ Array.sub !line 0 next; given; Array.sub !line next (Array.length !line - next) ]
  in
  incr position;
  while !position < Array.length !line do
    (try
       let word = !line.(!position) in
       if String.length word >= 1 && word.[0] = '-' then
         match option_of word with
         | Some (spec, attached) -> treat word attached spec
         | None -> raise (Stop (Unknown word))
       else anonymous word
     with
    | Bad text -> stop (Message text)
    | Stop error -> stop error);
    incr position
  done

let parse_and_expand_argv_dynamic position line specs anonymous message =
  read ~expand:true position line specs anonymous message

let parse_argv_dynamic ?(current = current) line specs anonymous message =
  read ~expand:false current (ref line) specs anonymous message

let parse_argv ?current line specs anonymous message = parse_argv_dynamic ?current line (ref specs) anonymous message

(* For the program's own line: errors and help end the program. *)
let or_exit read =
  try read () with
  | Bad text ->
      Printf.eprintf "%s" text;
      exit 2
  | Help text ->
      Printf.printf "%s" text;
      exit 0

let parse_dynamic specs anonymous message = or_exit (fun () -> parse_argv_dynamic Sys.argv specs anonymous message)
let parse specs anonymous message = or_exit (fun () -> parse_argv Sys.argv specs anonymous message)

let parse_expand specs anonymous message =
  or_exit (fun () ->
      let line = ref Sys.argv and position = ref !current in
      parse_and_expand_argv_dynamic position line (ref specs) anonymous message)

(* {1 Alignment} *)

(* Where the second part of a description begins: after a tabulation, or after the first word. *)
let second_word doc =
  let n = String.length doc in
  let rec skip i = if i < n && doc.[i] = ' ' then skip (i + 1) else i in
  match String.index_opt doc '\t' with
  | Some i -> skip (i + 1)
  | None -> ( match String.index_opt doc ' ' with Some i -> skip (i + 1) | None -> n)

let first_part_width (key, spec, doc) =
  match spec with Symbol _ -> String.length key | _ -> String.length key + second_word doc

let tab_to_space doc =
  let seen = ref false in
  String.map
    (function
      | '\t' when not !seen ->
          seen := true;
          ' '
      | c -> c)
    doc

let padded width ((key, spec, doc) as line) =
  if doc = "" then line
  else begin
    let cut = second_word doc in
    match spec with
    | Symbol _ -> (key, spec, "\n" ^ String.make (max 0 (width - cut) + 3) ' ' ^ tab_to_space doc)
    | _ ->
        let missing = width - String.length key - cut in
        if missing <= 0 then (key, spec, tab_to_space doc)
        else
          let first = String.sub (tab_to_space doc) 0 cut and second = String.sub doc cut (String.length doc - cut) in
          (key, spec, first ^ String.make missing ' ' ^ second)
  end

let align ?(limit = max_int) specs =
  let specs = add_help specs in
  let width = List.fold_left (fun width line -> max width (first_part_width line)) 0 specs in
  List.map (padded (min width limit)) specs

(* {1 Files of arguments} *)

let without_return s =
  let n = String.length s in
  if n > 0 && s.[n - 1] = '\r' then String.sub s 0 (n - 1) else s

(* The words of a file, each ended by [separator], the last one perhaps by the end of the file. *)
let words_of_file separator trim name =
  let channel = open_in_bin name in
  let word = Buffer.create 200 in
  let rec read words =
    match input_char channel with
    | c when c = separator -> read (take words)
    | c ->
        Buffer.add_char word c;
        read words
    | exception End_of_file -> if Buffer.length word > 0 then take words else words
  and take words =
    let s = trim (Buffer.contents word) in
    Buffer.clear word;
    s :: words
  in
  let words = read [] in
  close_in channel;
  Array.of_list (List.rev words)

let read_arg name = words_of_file '\n' without_return name
let read_arg0 name = words_of_file '\000' Fun.id name

let write_words separator name words =
  let channel = open_out_bin name in
  Array.iter (fun word -> Printf.fprintf channel "%s%c" word separator) words;
  close_out channel

let write_arg name words = write_words '\n' name words
let write_arg0 name words = write_words '\000' name words
