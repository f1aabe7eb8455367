(* Arguments: what is looked for on the command line, and how its text becomes a value. *)

open Cmdliner_info
open Cmdliner_term

type 'a parser = string -> [ `Ok of 'a | `Error of string ]
type 'a printer = Format.formatter -> 'a -> unit
type 'a conv = 'a parser * 'a printer
type 'a converter = 'a conv

let pf = Format.fprintf
let conv' ?docv:_ (parse, print) : 'a conv = ((fun s -> match parse s with Ok v -> `Ok v | Error e -> `Error e), print)
let conv ?docv:_ (parse, print) : 'a conv = ((fun s -> match parse s with Ok v -> `Ok v | Error (`Msg e) -> `Error e), print)
let pconv ?docv:_ conv = conv
let conv_parser (parse, _) s = match parse s with `Ok v -> Ok v | `Error e -> Error (`Msg e)
let conv_printer (_, print) = print
let conv_docv _ = "VALUE"

(* {1 Completion} What shells would be told. No shell asks a unikernel: converters do not keep it. *)

module Completion = struct
  type 'a directive = Value of 'a * string | Text of string * string | Files | Dirs | Restart | Message of string | Raw of string

  let value ?(doc = "") v = Value (v, doc)
  let string ?(doc = "") s = Text (s, doc)
  let files = Files
  let dirs = Dirs
  let restart = Restart
  let message s = Message s
  let raw s = Raw s

  type ('ctx, 'a) func = 'ctx option -> token:string -> ('a directive list, string) result
  type 'a complete = Complete : 'ctx Cmdliner_term.t option * ('ctx, 'a) func -> 'a complete
  type 'a t = 'a complete

  let make ?context func = Complete (context, func)
  let complete t = t
  let constant directives = Complete (None, fun _ ~token:_ -> Ok directives)
  let complete_files = Complete (None, fun _ ~token:_ -> Ok [ Files ])
  let complete_dirs = Complete (None, fun _ ~token:_ -> Ok [ Dirs ])
  let complete_paths = Complete (None, fun _ ~token:_ -> Ok [ Files; Dirs ])
  let complete_restart = Complete (None, fun _ ~token:_ -> Ok [ Restart ])
end

module Conv = struct
  type 'a parser = string -> ('a, string) result
  type 'a fmt = Format.formatter -> 'a -> unit
  type 'a t = 'a conv

  let make ?completion:_ ~docv ~parser ~pp () = conv' ~docv (parser, pp)
  let parser (parse, _) s = match parse s with `Ok v -> Ok v | `Error e -> Error e
  let pp = conv_printer
  let docv = conv_docv
  let completion _ = Completion.constant []

  let of_conv ?completion:_ ?docv ?parser:other_parser ?pp:other_pp conv =
    conv' ?docv (Option.value other_parser ~default:(parser conv), Option.value other_pp ~default:(pp conv))
end

(* {1 Errors of conversions} *)

let doc_quote = quote

let doc_alts ?quoted alternatives_ =
  let show =
    match quoted with
    | None -> fun s -> Printf.sprintf "$(b,%s)" (Cmdliner_manpage.escape s)
    | Some true -> quote
    | Some false -> Fun.id
  in
  match alternatives_ with [ one ] -> Option.fold quoted ~none:one ~some:(fun _ -> show one) | many -> alternatives (List.map show many)

let doc_alts_enum ?quoted enum = doc_alts ?quoted (List.map fst enum)
let invalid s expected = Printf.sprintf "invalid value %s, %s" (quote s) expected
let invalid_element kind s reason = Printf.sprintf "invalid element in %s (%s): %s" kind (quote s) reason
let parser_of_kind_of_string ~kind parse s = match parse s with Some v -> Ok v | None -> Error (`Msg (invalid s ("expected " ^ kind)))
let of_option ~kind parse print = conv (parser_of_kind_of_string ~kind parse, print)

(* {1 Converters} *)

let bool =
  conv' ((fun s -> match bool_of_string_opt s with Some b -> Ok b | None -> Error (invalid s "either 'true' or 'false'")), Format.pp_print_bool)

let char = of_option ~kind:"a character" (fun s -> if String.length s = 1 then Some s.[0] else None) Format.pp_print_char
let int = of_option ~kind:"an integer" int_of_string_opt Format.pp_print_int
let int32 = of_option ~kind:"a 32-bit integer" Int32.of_string_opt (fun ppf -> pf ppf "%ld")
let int64 = of_option ~kind:"a 64-bit integer" Int64.of_string_opt (fun ppf -> pf ppf "%Ld")
let nativeint = of_option ~kind:"a processor-native integer" Nativeint.of_string_opt (fun ppf -> pf ppf "%nd")
let float = of_option ~kind:"a floating point number" float_of_string_opt Format.pp_print_float
let string = conv' ((fun s -> Ok s), Format.pp_print_string)

let enum ?docv names =
  if names = [] then invalid_arg "Cmdliner.Arg.enum: no names";
  let parse s =
    match List.assoc_opt s names with
    | Some v -> Ok v
    | None -> (
        let found = if s = "" || not (legacy_prefixes ()) then [] else List.filter (fun (name, _) -> String.starts_with ~prefix:s name) names in
        match List.sort (fun (a, _) (b, _) -> String.compare a b) found with
        | [ (_, v) ] -> Ok v
        | [] ->
            Error (invalid s ("expected " ^ alternatives (List.map (fun (name, _) -> quote name) names)))
        | several -> Error (ambiguous ~kind:"enum value" s (List.map fst several)))
  in
  let print ppf v =
    match List.find_opt (fun (_, v') -> v = v') names with
    | Some (name, _) -> Format.pp_print_string ppf name
    | None -> invalid_arg "Cmdliner.Arg.enum: the value to print is not among those of the names"
  in
  conv' ?docv (parse, print)

let existing ~kind ok =
  conv'
    ( (fun s ->
        if Sys.file_exists s then ok s
        else Error (Printf.sprintf "no %s %s" (quote s) kind)),
      Format.pp_print_string )

let file = existing ~kind:"file or directory" Result.ok

let dir =
  existing ~kind:"directory" (fun s -> if Sys.is_directory s then Ok s else Error (Printf.sprintf "%s is not a directory" (quote s)))

let non_dir_file =
  existing ~kind:"file" (fun s -> if Sys.is_directory s then Error (Printf.sprintf "%s is a directory" (quote s)) else Ok s)

let path = string
let filepath = string
let dirpath = string

(* The elements of a list; empty ones are passed over. *)
let parse_list kind sep (parse, _) s =
  let rec go = function
    | [] -> Ok []
    | part :: rest -> (
        match parse part with
        | `Error e -> Error (invalid_element kind s e)
        | `Ok v -> Result.map (fun vs -> v :: vs) (go rest))
  in
  go (List.filter (fun part -> part <> "") (String.split_on_char sep s))

let list ?(sep = ',') element =
  let print ppf vs =
    List.iteri
      (fun i v ->
        if i > 0 then Format.pp_print_char ppf sep;
        conv_printer element ppf v)
      vs
  in
  conv' (parse_list "list" sep element, print)

let array ?(sep = ',') element =
  let print ppf vs =
    Array.iteri
      (fun i v ->
        if i > 0 then Format.pp_print_char ppf sep;
        conv_printer element ppf v)
      vs
  in
  conv' ((fun s -> Result.map Array.of_list (parse_list "array" sep element s)), print)

let split_left sep s =
  match String.index_opt s sep with
  | Some i -> Ok (String.sub s 0 i, String.sub s (i + 1) (String.length s - i - 1))
  | None -> Error (invalid s (Printf.sprintf "missing a '%c' separator" sep))

let ( let* ) = Result.bind

let element kind whole (parse, _) s = match parse s with `Ok v -> Ok v | `Error e -> Error (invalid_element kind whole e)

let t2 ?(sep = ',') a b =
  let parse s =
    let* x, y = split_left sep s in
    let* x = element "pair" s a x in
    let* y = element "pair" s b y in
    Ok (x, y)
  in
  conv' (parse, fun ppf (x, y) -> pf ppf "%a%c%a" (conv_printer a) x sep (conv_printer b) y)

let pair = t2

let t3 ?(sep = ',') a b c =
  let parse s =
    let* x, rest = split_left sep s in
    let* y, z = split_left sep rest in
    let* x = element "triple" s a x in
    let* y = element "triple" rest b y in
    let* z = element "triple" rest c z in
    Ok (x, y, z)
  in
  conv' (parse, fun ppf (x, y, z) -> pf ppf "%a%c%a%c%a" (conv_printer a) x sep (conv_printer b) y sep (conv_printer c) z)

let t4 ?(sep = ',') a b c d =
  let parse s =
    let* x, yzw = split_left sep s in
    let* y, zw = split_left sep yzw in
    let* z, w = split_left sep zw in
    let* x = element "quadruple" s a x in
    let* y = element "quadruple" yzw b y in
    let* z = element "quadruple" zw c z in
    let* w = element "quadruple" zw d w in
    Ok (x, y, z, w)
  in
  let print ppf (x, y, z, w) =
    pf ppf "%a%c%a%c%a%c%a" (conv_printer a) x sep (conv_printer b) y sep (conv_printer c) z sep (conv_printer d) w
  in
  conv' (parse, print)

let optional (parse, print) print_none =
  ( (fun s -> match parse s with `Ok v -> `Ok (Some v) | `Error e -> `Error e),
    fun ppf v -> match v with None -> print_none ppf | Some v -> print ppf v )

let some ?(none = "") conv = optional conv (fun ppf -> Format.pp_print_string ppf none)
let some' ?none conv = optional conv (fun ppf -> Option.iter (conv_printer conv ppf) none)

(* {1 Arguments} *)

type 'a t = 'a Cmdliner_term.t
type info = Cmdliner_info.arg

let ( & ) f x = f x

let info ?deprecated ?absent ?docs ?(doc_envs = []) ?(docv = "") ?(doc = "") ?env names =
  let dashed name = if String.length name = 1 then "-" ^ name else "--" ^ name in
  let shorts, longs = List.partition is_short (List.map dashed names) in
  let docs = match docs with Some docs -> docs | None -> if names = [] then Cmdliner_manpage.s_arguments else Cmdliner_manpage.s_options in
  {
    id = 0;
    arg_deprecated = deprecated;
    absent = (match absent with None -> Described "" | Some text -> Described text);
    arg_env = env;
    doc_envs;
    arg_doc = doc;
    docv;
    arg_docs = docs;
    names = shorts @ longs;
    shape = (if names = [] then Positional All else Option Flag);
    repeatable = false;
  }

let option_ info kind = 
  if info.names = [] then invalid_arg "Option argument without name";
  { info with id = fresh_id (); shape = Option kind }

let positional info positions =
  if info.names <> [] then invalid_arg "Positional argument with a name";
  { info with id = fresh_id (); shape = Positional positions }

(* A default, unless the info says in words what happens without the argument. *)
let with_default info text = match info.absent with Described "" -> { info with absent = Default text } | _ -> info

let wrong message = Error (Wrong_line message)
let of_arg arg eval = { args = Arg_set.singleton arg.id arg; eval }

let not_repeatable (occurrences : Cmdliner_line.occurrence list) =
  match occurrences with
  | a :: b :: _ when String.equal a.name b.name -> wrong (Printf.sprintf "option %s cannot be repeated" (quote a.name))
  | a :: b :: _ -> wrong (Printf.sprintf "options %s and %s cannot be present at the same time" (quote a.name) (quote b.name))
  | _ -> assert false

let flag_with_value name value = wrong (Printf.sprintf "option %s is a flag, it cannot take the argument %s" (quote name) (quote value))

(* The text of the argument's environment variable, converted; [absent] without it. *)
let from_env context arg parse ~absent =
  match arg.arg_env with
  | None -> Ok absent
  | Some env -> (
      match context.env env.env_var with
      | None -> Ok absent
      | Some text -> (
          Option.iter
            (fun message ->
              context.old_env <- Printf.sprintf "environment variable %s: %s" env.env_var message :: context.old_env)
            env.env_deprecated;
          match parse text with
          | Ok v -> Ok v
          | Error e -> wrong (Printf.sprintf "environment variable %s: %s" (quote env.env_var) e)))

let truth s =
  match String.lowercase_ascii s with
  | "" | "false" | "no" | "n" | "0" -> Ok false
  | "true" | "yes" | "y" | "1" -> Ok true
  | _ -> Error (invalid s "one of 'true', 'yes', 'false' or 'no'")

let flag info =
  let arg = option_ info Flag in
  of_arg arg (fun context line ->
      match Cmdliner_line.occurrences line arg with
      | [] -> from_env context arg truth ~absent:false
      | [ { value = None; _ } ] -> Ok true
      | [ { name; value = Some value; _ } ] -> flag_with_value name value
      | several -> not_repeatable several)

let rec each f = function
  | [] -> Ok []
  | x :: rest ->
      let* y = f x in
      let* ys = each f rest in
      Ok (y :: ys)

let flag_all info =
  let arg = { (option_ info Flag) with repeatable = true } in
  of_arg arg (fun context line ->
      match Cmdliner_line.occurrences line arg with
      | [] -> from_env context arg (fun s -> Result.map (fun b -> if b then [ true ] else []) (truth s)) ~absent:[]
      | several ->
          each
            (fun (o : Cmdliner_line.occurrence) -> match o.value with None -> Ok true | Some value -> flag_with_value o.name value)
            several)

let vflags ~repeatable choices = List.map (fun (v, info) -> (v, { (option_ info Flag) with repeatable })) choices
let set_of args = List.fold_left (fun set arg -> Arg_set.add arg.id arg set) Arg_set.empty args

let value_of_flag v (o : Cmdliner_line.occurrence) =
  match o.value with None -> Ok v | Some value -> flag_with_value o.name value

(* The choices' occurrences with their values, in the order of the line. *)
let chosen line choices =
  List.concat_map (fun (v, arg) -> List.map (fun o -> (v, o)) (Cmdliner_line.occurrences line arg)) choices
  |> List.stable_sort (fun (_, (a : Cmdliner_line.occurrence)) (_, (b : Cmdliner_line.occurrence)) -> Int.compare a.position b.position)

(* The value of the first of the choices whose environment variable is true. *)
let rec choice_from_env context ~absent = function
  | [] -> Ok absent
  | (v, arg) :: rest ->
      let* set = from_env context arg truth ~absent:false in
      if set then Ok v else choice_from_env context ~absent rest

let vflag absent choices =
  let choices = vflags ~repeatable:false choices in
  {
    args = set_of (List.map snd choices);
    eval =
      (fun context line ->
        match chosen line choices with
        | [] -> choice_from_env context ~absent choices
        | [ (v, o) ] -> value_of_flag v o
        | several -> not_repeatable (List.map snd several));
  }

let vflag_all absent choices =
  let choices = vflags ~repeatable:true choices in
  {
    args = set_of (List.map snd choices);
    eval =
      (fun context line ->
        match chosen line choices with
        | [] -> choice_from_env context ~absent (List.map (fun (v, arg) -> ([ v ], arg)) choices)
        | several -> each (fun (v, o) -> value_of_flag v o) several);
  }

let to_text conv v = Format.asprintf "%a" (conv_printer conv) v
let parse_result (parse, _) s = match parse s with `Ok v -> Ok v | `Error e -> Error e

let option_value conv vopt (o : Cmdliner_line.occurrence) =
  match (o.value, vopt) with
  | Some text, _ -> ( match parse_result conv text with Ok v -> Ok v | Error e -> wrong (Printf.sprintf "option %s: %s" (quote o.name) e))
  | None, Some v -> Ok v
  | None, None -> wrong (Printf.sprintf "option %s needs an argument" (quote o.name))

let option_kind conv = function None -> Valued | Some v -> Optional (to_text conv v)

let opt ?vopt conv absent info =
  let arg = with_default (option_ info (option_kind conv vopt)) (lazy (to_text conv absent)) in
  of_arg arg (fun context line ->
      match Cmdliner_line.occurrences line arg with
      | [] -> from_env context arg (parse_result conv) ~absent
      | [ o ] -> option_value conv vopt o
      | several -> not_repeatable several)

let opt_all ?vopt conv absent info =
  let arg = { (option_ info (option_kind conv vopt)) with repeatable = true } in
  of_arg arg (fun context line ->
      match Cmdliner_line.occurrences line arg with
      | [] -> from_env context arg (fun s -> Result.map (fun v -> [ v ]) (parse_result conv s)) ~absent
      | several -> each (option_value conv vopt) several)

let position_value arg conv text =
  match parse_result conv text with
  | Ok v -> Ok v
  | Error e when arg.docv = "" -> wrong e
  | Error e when arg.repeatable -> wrong (Printf.sprintf "%s… arguments: %s" arg.docv e)
  | Error e -> wrong (Printf.sprintf "%s argument: %s" arg.docv e)

let pos ?rev:(from_right = false) n conv absent info =
  let arg = with_default (positional info (Nth { from_right; n })) (lazy (to_text conv absent)) in
  of_arg arg (fun context line ->
      match Cmdliner_line.values line arg with
      | [] -> from_env context arg (parse_result conv) ~absent
      | text :: _ -> position_value arg conv text)

let positions conv absent info positions =
  let arg = { (positional info positions) with repeatable = true } in
  of_arg arg (fun context line ->
      match Cmdliner_line.values line arg with
      | [] -> from_env context arg (fun s -> Result.map (fun v -> [ v ]) (parse_result conv s)) ~absent
      | texts -> each (position_value arg conv) texts)

let pos_all conv absent info = positions conv absent info All
let pos_left ?rev:(from_right = false) n conv absent info = positions conv absent info (Left_of { from_right; n })
let pos_right ?rev:(from_right = false) n conv absent info = positions conv absent info (Right_of { from_right; n })

(* {1 From arguments to terms} *)

let missing args =
  let arg = match Arg_set.choose_opt args with Some (_, arg) -> arg | None -> assert false in
  if is_option arg then wrong (Printf.sprintf "required option %s is missing" (preferred_name arg))
  else if arg.docv = "" then wrong "a required argument is missing"
  else wrong (Printf.sprintf "required argument %s is missing" arg.docv)

let value v = v

let must args v f =
  let args = Arg_set.map (fun arg -> { arg with absent = Required }) args in
  {
    args;
    eval =
      (fun context line ->
        let* v = v.eval context line in
        match f v with Some v -> Ok v | None -> missing args);
  }

let required v = must v.args v Fun.id
let non_empty v = must v.args v (function [] -> None | vs -> Some vs)

let last v =
  bind_result v (function [] -> missing v.args | first :: rest -> Ok (List.fold_left (fun _ v -> v) first rest))

let man_format =
  let fmts = [ ("auto", `Auto); ("pager", `Pager); ("groff", `Groff); ("plain", `Plain) ] in
  let doc = Printf.sprintf "Show output in format $(docv). The value $(docv) must be %s." (doc_alts_enum fmts) in
  value & opt (enum fmts) `Pager & info [ "man-format" ] ~docv:"FMT" ~doc

(* {1 The options that every command has} *)

let help_option docs =
  let fmts = [ ("auto", `Auto); ("pager", `Pager); ("groff", `Groff); ("plain", `Plain) ] in
  let doc =
    "Show this help in format $(docv). The value $(docv) must be " ^ doc_alts_enum fmts
    ^ ". With $(b,auto), the format is $(b,pager) or $(b,plain) whenever the $(b,TERM) env var is $(b,dumb) or undefined."
  in
  opt ~vopt:(Some `Auto) (some (enum fmts)) None & info [ "help" ] ~docs ~docv:"FMT" ~doc

let version_option docs = flag & info [ "version" ] ~docs ~doc:"Show version information."

(* {1 Environment variables by themselves} *)

let env_var ?deprecated ?(docs = Cmdliner_manpage.s_environment) ?(doc = "See option $(opt).") env_var =
  { env_var; env_deprecated = deprecated; env_doc = doc; env_docs = docs }
