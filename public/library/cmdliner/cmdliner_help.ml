(* The manual page of a command, and the short help that goes with errors. *)

open Cmdliner_info
open Cmdliner_term
module Manpage = Cmdliner_manpage

(* The names by which a command is called, from the program's on. *)
let path context = List.rev_map (fun cmd -> cmd.cmd_name) (context.command :: context.parents)
let invocation context = String.concat " " (path context)
let page_name context = String.concat "-" (path context)
let bold s = Printf.sprintf "$(b,%s)" (Manpage.escape s)
let italic s = Printf.sprintf "$(i,%s)" (Manpage.escape s)

(* {1 Order} *)

let compare_names a b =
  match String.compare (String.lowercase_ascii a) (String.lowercase_ascii b) with 0 -> String.compare a b | c -> c

let without_dashes name =
  let start = if is_short name then 1 else 2 in
  String.sub name start (String.length name - start)

let option_key arg = match arg.names with name :: _ -> without_dashes name | [] -> ""
let by_key key list = List.stable_sort (fun a b -> compare_names (key a) (key b)) list
let args_of set = List.map snd (Arg_set.bindings set)

(* Positional arguments as they stand on the line: those counted from the left by their position, then those counted from the right,
   the farthest from the end first. *)
let compare_positions a b =
  let key = function
    | All -> (0, 0, 1)
    | Left_of { from_right = false; _ } -> (0, 0, 0)
    | Nth { from_right = false; n } -> (0, n, 0)
    | Right_of { from_right = false; n } -> (0, n + 1, 1)
    | Left_of { from_right = true; n } -> (1, -n, -1)
    | Nth { from_right = true; n } -> (1, -n, 0)
    | Right_of { from_right = true; n } -> (1, -n, 1)
  in
  compare (key a) (key b)

(* {1 Synopsis} *)

let value_name arg = if arg.docv = "" then "VAL" else arg.docv

(* An option with its value, as one writes it. *)
let option_use arg name =
  let value = italic (value_name arg) in
  match arg.shape with
  | Positional _ | Option Flag -> bold name
  | Option Valued -> if is_short name then bold name ^ " " ^ value else bold name ^ "=" ^ value
  | Option (Optional _) -> if is_short name then bold name ^ " [" ^ value ^ "]" else bold name ^ "[=" ^ value ^ "]"

let position_use arg positions =
  let name = italic (if arg.docv = "" then "ARG" else arg.docv) in
  let one = if is_required arg then name else "[" ^ name ^ "]" in
  match positions with
  | Nth _ -> one
  | Left_of { from_right = false; n } -> String.concat " " (List.init n (fun _ -> one))
  | Left_of _ | Right_of _ | All -> one ^ "…"

(* How many options a synopsis may list one by one. *)
let few = 3

let arguments_synopsis args =
  let args = args_of args in
  let options = List.filter (fun arg -> is_option arg && String.equal arg.arg_docs Manpage.s_options) args in
  let options = if List.length options > few then [] else by_key option_key options in
  let positions =
    List.filter_map (fun arg -> match arg.shape with Positional p -> Some (p, arg) | Option _ -> None) (List.rev args)
    |> List.stable_sort (fun (p, _) (q, _) -> compare_positions p q)
  in
  String.concat " "
    (List.map (fun arg -> "[" ^ option_use arg (preferred_name arg) ^ "]") options
    @ ("[" ^ italic "OPTION" ^ "]…")
      :: List.map (fun (p, arg) -> position_use arg p) positions)

(* What a command's line looks like after its name. *)
type use = Arguments of args | Sub_commands of { optional : bool }

let use_synopsis = function
  | Arguments args -> arguments_synopsis args
  | Sub_commands { optional = true } -> "[" ^ italic "COMMAND" ^ "] …"
  | Sub_commands { optional = false } -> italic "COMMAND" ^ " …"

let synopsis context use = String.concat " " (List.map bold (path context)) ^ " " ^ use_synopsis use

(* {1 Arguments} *)

let absence arg =
  let env = Option.map (fun env -> bold env.env_var ^ " env") arg.arg_env in
  let default =
    match arg.absent with
    | Required -> None
    | Described "" -> None
    | Described text -> Some text
    | Default text -> ( match Lazy.force text with "" -> None | text -> Some (bold text))
  in
  match (arg.absent, default, env) with
  | Required, _, _ -> "required"
  | _, None, None -> ""
  | _, Some default, None -> "absent=" ^ default
  | _, None, Some env -> "absent " ^ env
  | _, Some default, Some env -> "absent=" ^ default ^ " or " ^ env

let deprecated_prefix = function None -> "" | Some _ -> "(Deprecated) "

let label arg =
  let uses = if is_option arg then String.concat ", " (List.map (option_use arg) arg.names) else italic arg.docv in
  let value = match arg.shape with Option (Optional v) when v <> "" -> " (default=" ^ bold v ^ ")" | _ -> "" in
  let absence = match absence arg with "" -> "" | text -> " (" ^ text ^ ")" in
  String.concat "" [ deprecated_prefix arg.arg_deprecated; uses; value; absence ]

(* What text about an argument may mention. *)
let arg_variable ~subst arg = function
  | "docv" -> Some (italic arg.docv)
  | "opt" when is_option arg -> Some (bold (preferred_name arg))
  | "env" when arg.arg_env <> None -> Option.map (fun env -> bold env.env_var) arg.arg_env
  | name -> subst name

let arg_item ~errs ~subst arg : Manpage.block =
  let subst = arg_variable ~subst arg in
  `I (Manpage.substitute ~errs ~subst (label arg), Manpage.substitute ~errs ~subst arg.arg_doc)

(* Items by section, sections in the order of their first item. *)
let group items =
  List.fold_left
    (fun groups (section, item) ->
      let rec add = function
        | [] -> [ (section, [ item ]) ]
        | (name, items) :: rest when String.equal name section -> (name, item :: items) :: rest
        | other :: rest -> other :: add rest
      in
      add groups)
    [] items
  |> List.map (fun (section, items) -> (section, List.rev items))

let argument_sections ~errs ~subst args =
  let documented arg = is_option arg || (arg.docv <> "" && arg.arg_doc <> "") in
  group (List.map (fun arg -> (arg.arg_docs, arg)) (List.filter documented (args_of args)))
  |> List.map (fun (section, args) ->
         let options, positions = List.partition is_option args in
         let positions = by_key (fun arg -> arg.docv) positions in
         (section, List.map (arg_item ~errs ~subst) (positions @ by_key option_key options)))

(* {1 Environment, exit codes, sub-commands, references} *)

let env_item ~errs ~subst env : Manpage.block =
  let subst = function "env" -> Some (bold env.env_var) | name -> subst name in
  `I (deprecated_prefix env.env_deprecated ^ bold env.env_var, Manpage.substitute ~errs ~subst env.env_doc)

let env_sections ~errs ~subst context =
  let of_arg arg = List.map (fun env -> (env, arg_variable ~subst arg)) (Option.to_list arg.arg_env @ arg.doc_envs) in
  let envs = List.map (fun env -> (env, subst)) context.command.cmd_envs @ List.concat_map of_arg (args_of context.all_args) in
  let key (env, _) = deprecated_prefix env.env_deprecated <> "", env.env_var in
  let envs =
    List.sort_uniq
      (fun a b ->
        let old_a, name_a = key a and old_b, name_b = key b in
        match Bool.compare old_a old_b with 0 -> compare_names name_a name_b | c -> c)
      envs
  in
  group (List.map (fun (env, subst) -> (env.env_docs, env_item ~errs ~subst env)) envs)

let exit_sections ~errs ~subst context =
  let exits = List.stable_sort (fun a b -> compare (a.first, a.last) (b.first, b.last)) context.command.exits in
  let item exit : Manpage.block =
    let code = if exit.first = exit.last then string_of_int exit.first else Printf.sprintf "%d-%d" exit.first exit.last in
    let subst = function
      | "status" | "status_max" when exit.first = exit.last -> Some (string_of_int exit.first)
      | "status" -> Some (string_of_int exit.first)
      | "status_max" -> Some (string_of_int exit.last)
      | name -> subst name
    in
    `I (code, Manpage.substitute ~errs ~subst exit.exit_doc)
  in
  group (List.map (fun exit -> (exit.exit_docs, item exit)) exits)

let command_sections ~errs ~subst commands =
  let item (cmd, use) : Manpage.block =
    let subst = function "tname" | "cmd.name" -> Some (bold cmd.cmd_name) | name -> subst name in
    `I (deprecated_prefix cmd.cmd_deprecated ^ bold cmd.cmd_name ^ " " ^ use_synopsis use, Manpage.substitute ~errs ~subst cmd.cmd_doc)
  in
  let commands = by_key (fun (cmd, _) -> cmd.cmd_name) commands in
  group (List.map (fun (cmd, use) -> (cmd.cmd_docs, item (cmd, use))) commands)

let references context =
  let main = (program context).cmd_name in
  let is_main = context.parents = [] in
  List.filter_map
    (function
      | `Main -> if is_main then None else Some (main, 1)
      | `Tool name -> Some (name, 1)
      | `Page (name, section) -> Some (name, section)
      | `Cmd name -> Some (main ^ "-" ^ name, 1))
    context.command.xrefs
  |> List.sort_uniq (fun (a, m) (b, n) -> match Int.compare m n with 0 -> String.compare a b | c -> c)
  |> List.map (fun (name, section) -> Printf.sprintf "%s(%d)" (Manpage.escape name) section)

(* {1 The page} *)

(* A page's sections in order, each with its blocks. The one without a title, if any, comes first. *)
let sections_of blocks =
  let add (section, blocks) done_ = if section = "" && blocks = [] then done_ else (section, List.rev blocks) :: done_ in
  let rec go current done_ = function
    | [] -> List.rev (add current done_)
    | `S title :: rest -> go (title, []) (add current done_) rest
    | block :: rest -> go (fst current, block :: snd current) done_ rest
  in
  go ("", []) [] blocks

(* Adds blocks to a section. One that is not there yet is put before the first section that comes after it in the standard order. *)
let add_blocks section blocks page =
  if List.mem_assoc section page then
    let rec add = function
      | (name, old) :: rest when String.equal name section -> (name, old @ blocks) :: rest
      | other :: rest -> other :: add rest
      | [] -> []
    in
    add page
  else begin
    let here = Option.value (Manpage.rank section) ~default:Manpage.rank_of_own_section in
    (* From the end, up to a section that comes before in the standard order. [after] begins with one that comes after in it; the
       sections of [seen], between the two, have names of their own. All are in the order of the page. *)
    let rec split seen after = function
      | [] -> (seen, after, [])
      | ((name, _) as entry) :: rest -> (
          match Manpage.rank name with
          | None -> split (entry :: seen) after rest
          | Some r when r > here -> split [] ((entry :: seen) @ after) rest
          | Some _ -> (seen, after, entry :: rest))
    in
    let unranked, after, before = split [] [] (List.rev page) in
    List.rev before @ unranked @ ((section, blocks) :: after)
  end

let add_items ~intro sections page =
  List.fold_left
    (fun page (section, items) ->
      if items = [] then page
      else
        let blocks = [ `Blocks items ] in
        let has_text = match List.assoc_opt section page with None | Some [] -> false | Some _ -> true in
        add_blocks section (match intro section with Some intro when not has_text -> intro :: blocks | _ -> blocks) page)
    page sections

let standard_variables context = function
  | "tname" | "cmd.name" -> Some (bold context.command.cmd_name)
  | "mname" | "tool" -> Some (bold (program context).cmd_name)
  | "iname" | "cmd" -> Some (bold (invocation context))
  | _ -> None

let page ~errs context use commands : Manpage.t =
  let subst = standard_variables context in
  let command = context.command in
  let is_untitled = List.mem_assoc Manpage.s_name (sections_of command.man) in
  let no_intro _ = None in
  let sections = sections_of command.man in
  let sections = add_items ~intro:no_intro (command_sections ~errs ~subst commands) sections in
  let sections = add_items ~intro:no_intro (argument_sections ~errs ~subst context.all_args) sections in
  let sections =
    add_items
      ~intro:(fun section -> if String.equal section Manpage.s_exit_status then Some Manpage.s_exit_status_intro else None)
      (exit_sections ~errs ~subst context) sections
  in
  let sections =
    add_items
      ~intro:(fun section -> if String.equal section Manpage.s_environment then Some Manpage.s_environment_intro else None)
      (env_sections ~errs ~subst context) sections
  in
  let sections =
    match references context with
    | [] -> sections
    | references -> add_blocks Manpage.s_see_also [ `P (String.concat ", " references) ] sections
  in
  let heading =
    if is_untitled then []
    else
      let name = Manpage.escape (page_name context) in
      let doc = Manpage.substitute ~errs ~subst command.cmd_doc in
      let name = if doc = "" then name else name ^ " - " ^ doc in
      [ `S Manpage.s_name; `P name ]
      @ if List.mem_assoc Manpage.s_synopsis sections then [] else [ `S Manpage.s_synopsis; `P (synopsis context use) ]
  in
  let shown = List.filter (fun (name, blocks) -> blocks <> [] && not (String.equal name Manpage.s_none)) sections in
  let body = List.concat_map (fun (name, blocks) -> if name = "" then blocks else `S name :: blocks) shown in
  let main = program context in
  let capital s = String.capitalize_ascii s in
  let source = match main.version with None -> capital main.cmd_name | Some v -> capital main.cmd_name ^ " " ^ v in
  ((String.uppercase_ascii (page_name context), 1, "", source, capital main.cmd_name ^ " Manual"), (heading @ body :> Manpage.block list))

let print_page ~errs format ppf context use commands =
  Manpage.print ~errs ~subst:(standard_variables context) format ppf (page ~errs context use commands)

(* {1 Errors} *)

let pp_text ppf s =
  let lines = String.split_on_char '\n' s in
  List.iteri
    (fun i line ->
      if i > 0 then Format.pp_force_newline ppf ();
      Manpage.pp_words ppf line)
    lines

let print_usage ppf context use =
  let errs = ppf in
  let plain s = Manpage.plain ~errs ~subst:(standard_variables context) s in
  Format.fprintf ppf "@[<v>Usage: @[%a@]@,Try '%s --help'%s for more information.@]@." Manpage.pp_words (plain (synopsis context use))
    (invocation context)
    (if context.parents = [] then "" else Printf.sprintf " or '%s --help'" (program context).cmd_name)

(* A message after the program's name; its words may be put on lines anew when [wrap]. *)
let print_message ~wrap ppf context message =
  Format.fprintf ppf "%s: @[%a@]@." (program context).cmd_name (if wrap then pp_text else Manpage.pp_lines) message
