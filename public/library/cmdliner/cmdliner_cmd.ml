(* Commands: a term with its documentation, or a group of commands; and their evaluation. *)

open Cmdliner_info
open Cmdliner_term
module Manpage = Cmdliner_manpage

module Exit = struct
  type code = int

  let ok = 0
  let some_error = 123
  let cli_error = 124
  let internal_error = 125

  type info = Cmdliner_info.exit

  let info ?(docs = Manpage.s_exit_status) ?(doc = "undocumented") ?max first =
    { first; last = Option.value max ~default:first; exit_doc = doc; exit_docs = docs }

  let info_code exit = exit.first

  let defaults =
    [
      info ok ~doc:"on success.";
      info some_error ~doc:"on indiscriminate errors reported on standard error.";
      info cli_error ~doc:"on command line parsing errors.";
      info internal_error ~doc:"on unexpected internal errors (bugs).";
    ]
end

module Env = struct
  type var = string
  type info = Cmdliner_info.env

  let info = Cmdliner_arg.env_var
  let info_var env = env.env_var
end

type info = Cmdliner_info.cmd

let info ?deprecated ?(man_xrefs = [ `Main ]) ?(man = []) ?(envs = []) ?(exits = Exit.defaults) ?(sdocs = Manpage.s_common_options)
    ?(docs = Manpage.s_commands) ?(doc = "") ?version name =
  {
    cmd_name = name;
    cmd_deprecated = deprecated;
    version;
    cmd_doc = doc;
    cmd_docs = docs;
    sdocs;
    exits;
    cmd_envs = envs;
    man;
    xrefs = man_xrefs;
  }

type 'a t = Command of info * 'a Cmdliner_term.t | Group of info * 'a Cmdliner_term.t option * 'a t list

let v info term = Command (info, term)
let make = v

let get_info = function Command (info, _) | Group (info, _, _) -> info
let name cmd = (get_info cmd).cmd_name

let group ?default info commands =
  let names = List.sort String.compare (List.map name commands) in
  let rec check = function
    | a :: b :: _ when String.equal a b -> invalid_arg (Printf.sprintf "Cmdliner.Cmd.group: command name %s defined twice" a)
    | _ :: rest -> check rest
    | [] -> ()
  in
  check names;
  Group (info, default, commands)

type 'a eval_ok = [ `Ok of 'a | `Version | `Help ]
type 'a eval_exit = [ `Ok of 'a | `Exit of Exit.code ]
type eval_error = [ `Parse | `Term | `Exn ]

(* {1 The command that a line names} *)

(* A command found: those it is in (innermost first), its info, its term, the words left for it, and its sub-commands. *)
type 'a found = { parents : info list; info : info; term : 'a Cmdliner_term.t option; words : string list; children : 'a t list }

let must_be children = Printf.sprintf "must be %s." (alternatives (List.map quote (List.sort String.compare (List.map name children))))

let find_child children word =
  match List.find_opt (fun cmd -> String.equal (name cmd) word) children with
  | Some cmd -> Ok cmd
  | None -> (
      let names = List.sort String.compare (List.map name children) in
      match if legacy_prefixes () then List.filter (fun name -> String.starts_with ~prefix:word name) names else [] with
      | [ full ] -> Ok (List.find (fun cmd -> String.equal (name cmd) full) children)
      | [] -> (
          match nearest word names with
          | [] -> Error (Printf.sprintf "%s, %s" (unknown ~kind:"command" word) (must_be children))
          | hints -> Error (unknown ~kind:"command" ~hints word))
      | several -> Error (ambiguous ~kind:"command" word several))

let rec find parents cmd words =
  match cmd with
  | Command (info, term) -> ({ parents; info; term = Some term; words; children = [] }, None)
  | Group (info, term, children) -> (
      let here = { parents; info; term; words; children } in
      match words with
      | word :: rest when not (String.starts_with ~prefix:"-" word) -> (
          match find_child children word with Ok child -> find (info :: parents) child rest | Error message -> (here, Some message))
      | _ ->
          let missing = if term = None then Some ("required COMMAND name is missing, " ^ must_be children) else None in
          (here, missing))

(* {1 Evaluation} *)

let args_of_cmd = function Command (_, term) -> Cmdliner_help.Arguments term.args | Group (_, default, _) -> Sub_commands { optional = default <> None }

let with_standard_options main info args =
  let help = Cmdliner_arg.help_option info.sdocs in
  let version = Option.map (fun v -> (v, Cmdliner_arg.version_option info.sdocs)) main.version in
  let args = union args help.args in
  (help, version, match version with Some (_, term) -> union args term.args | None -> args)

let default_env = Sys.getenv_opt

let help_page ~errs format ppf main context use children = function
  | None -> Cmdliner_help.print_page ~errs format ppf context use (List.map (fun cmd -> (get_info cmd, args_of_cmd cmd)) children)
  | Some wanted -> (
      let siblings = match main with Group (_, _, children) -> children | Command _ -> [] in
      match List.find_opt (fun cmd -> String.equal (name cmd) wanted) siblings with
      | Some cmd ->
          let info = get_info cmd in
          let main_info = get_info main in
          let args = match cmd with Command (_, term) | Group (_, Some term, _) -> term.args | Group (_, None, _) -> Arg_set.empty in
          let _, _, all_args = with_standard_options main_info info args in
          let children = match cmd with Group (_, _, children) -> children | Command _ -> [] in
          Cmdliner_help.print_page ~errs format ppf
            { context with parents = [ main_info ]; command = info; all_args }
            (args_of_cmd cmd)
            (List.map (fun cmd -> (get_info cmd, args_of_cmd cmd)) children)
      | None when String.equal wanted (name main) ->
          let _, _, all_args =
            with_standard_options (get_info main) (get_info main)
              (match main with Command (_, term) | Group (_, Some term, _) -> term.args | Group (_, None, _) -> Arg_set.empty)
          in
          Cmdliner_help.print_page ~errs format ppf
            { context with parents = []; command = get_info main; all_args }
            (args_of_cmd main)
            (List.map (fun cmd -> (get_info cmd, args_of_cmd cmd)) siblings)
      | None -> invalid_arg (Printf.sprintf "Term error, help requested for unknown command %s" wanted))

type 'a outcome = Value of 'a | Error_of of error | Raised of exn * Printexc.raw_backtrace

let evaluate ~catch term context line =
  if not catch then match term.eval context line with Ok v -> Value v | Error e -> Error_of e
  else
    match term.eval context line with
    | Ok v -> Value v
    | Error e -> Error_of e
    | exception ((Stack_overflow | Out_of_memory) as e) -> raise e
    | exception e -> Raised (e, Printexc.get_raw_backtrace ())

let eval_value ?help:(help_ppf = Format.std_formatter) ?err:(err_ppf = Format.err_formatter) ?(catch = true) ?(env = default_env)
    ?(argv = Sys.argv) cmd =
  let words = match Array.to_list argv with [] -> [] | _ :: words -> words in
  let found, problem = find [] cmd words in
  let main = get_info cmd in
  let help, version, all_args =
    with_standard_options main found.info (match found.term with Some term -> term.args | None -> Arg_set.empty)
  in
  let siblings = match cmd with Group (_, _, children) -> List.map get_info children | Command _ -> [] in
  let context = { parents = found.parents; command = found.info; siblings; all_args; env; old_env = [] } in
  let use =
    match (found.children, found.term) with
    | [], Some term -> Cmdliner_help.Arguments term.args
    | _, term -> Sub_commands { optional = term <> None }
  in
  let wrong ~wrap message = Cmdliner_help.print_message ~wrap err_ppf context message in
  let usage () = Cmdliner_help.print_usage err_ppf context use in
  let print_help format command =
    help_page ~errs:err_ppf format help_ppf cmd context use found.children command;
    Format.pp_print_flush help_ppf ();
    Ok `Help
  in
  let warn_of_deprecated line =
    let old = List.map (fun (subject, message) -> subject ^ ": " ^ message) (Cmdliner_line.deprecations all_args line) in
    match List.rev_append context.old_env old with [] -> () | messages -> wrong ~wrap:false (String.concat "\n" messages)
  in
  let failed = function
    | Wrong_line message ->
        wrong ~wrap:true message;
        usage ();
        Error `Parse
    | Failed { usage = with_usage; message } ->
        wrong ~wrap:false message;
        if with_usage then usage ();
        Error `Term
    | Help (format, command) -> print_help format command
  in
  (* The options that every command has go before all else, also when the rest of the line is wrong. *)
  let standard line otherwise =
    match help.eval context line with
    | Error e -> failed e
    | Ok (Some format) -> print_help format None
    | Ok None -> (
        match version with
        | None -> otherwise ()
        | Some (text, term) -> (
            match term.eval context line with
            | Error e -> failed e
            | Ok true ->
                Format.fprintf help_ppf "%s@." text;
                Ok `Version
            | Ok false -> otherwise ()))
  in
  Option.iter
    (fun message -> wrong ~wrap:false (Printf.sprintf "command %s: %s" (quote found.info.cmd_name) message))
    found.info.cmd_deprecated;
  match (problem, found.term) with
  | Some message, _ -> (
      match Cmdliner_line.parse ~peek:true all_args found.words with
      | Ok line -> standard line (fun () -> failed (Failed { usage = true; message }))
      | Error (message, _) -> failed (Failed { usage = true; message }))
  | None, None -> assert false
  | None, Some term -> (
      match Cmdliner_line.parse all_args found.words with
      | Error (message, line) -> standard line (fun () -> failed (Failed { usage = true; message }))
      | Ok line ->
          standard line (fun () ->
              match evaluate ~catch term context line with
              | Value v ->
                  warn_of_deprecated line;
                  Ok (`Ok v)
              | Error_of (Wrong_line _ as e) -> failed e
              | Error_of e ->
                  warn_of_deprecated line;
                  failed e
              | Raised (e, backtrace) ->
                  warn_of_deprecated line;
                  wrong ~wrap:false
                    (Printf.sprintf "internal error, uncaught exception:\n%s\n%s" (Printexc.to_string e)
                       (Printexc.raw_backtrace_to_string backtrace));
                  Error `Exn))

let eval_peek_opts ?(version_opt = false) ?(env = default_env) ?(argv = Sys.argv) term =
  let info = info "" ~version:"" in
  let words = match Array.to_list argv with [] -> [] | _ :: words -> words in
  let help, version, all_args = with_standard_options (if version_opt then info else { info with version = None }) info term.args in
  let context = { parents = []; command = info; siblings = []; all_args; env; old_env = [] } in
  let line = match Cmdliner_line.parse ~peek:true all_args words with Ok line -> line | Error (_, line) -> line in
  let value = match term.eval context line with Ok v -> Ok v | Error e -> Error e | exception _ -> Error (Wrong_line "") in
  let asked term = match term.eval context line with Ok v -> v | Error _ -> None in
  let version_asked =
    match version with None -> false | Some (_, term) -> ( match term.eval context line with Ok b -> b | Error _ -> false)
  in
  let result =
    if asked help <> None then Ok `Help
    else if version_asked then Ok `Version
    else match value with Ok v -> Ok (`Ok v) | Error (Wrong_line _) -> Error `Parse | Error (Failed _ | Help _) -> Error `Term
  in
  (Result.to_option value, result)

let exit_of_error term_err = function `Parse -> Exit.cli_error | `Term -> term_err | `Exn -> Exit.internal_error

let eval_value' ?help ?err ?catch ?env ?argv ?(term_err = Exit.cli_error) cmd =
  match eval_value ?help ?err ?catch ?env ?argv cmd with
  | Ok (`Ok _ as v) -> v
  | Ok (`Version | `Help) -> `Exit Exit.ok
  | Error e -> `Exit (exit_of_error term_err e)

let eval' ?help ?err ?catch ?env ?argv ?term_err cmd =
  match eval_value' ?help ?err ?catch ?env ?argv ?term_err cmd with `Ok code -> code | `Exit code -> code

let eval ?help ?err ?catch ?env ?argv ?term_err cmd =
  match eval_value' ?help ?err ?catch ?env ?argv ?term_err cmd with `Ok () -> Exit.ok | `Exit code -> code

let complain err cmd message =
  let ppf = Option.value err ~default:Format.err_formatter in
  Format.fprintf ppf "%s: @[%a@]@." (name cmd) Manpage.pp_lines message;
  Exit.some_error

let eval_result ?help ?err ?catch ?env ?argv ?term_err cmd =
  match eval_value' ?help ?err ?catch ?env ?argv ?term_err cmd with
  | `Ok (Ok ()) -> Exit.ok
  | `Ok (Error message) -> complain err cmd message
  | `Exit code -> code

let eval_result' ?help ?err ?catch ?env ?argv ?term_err cmd =
  match eval_value' ?help ?err ?catch ?env ?argv ?term_err cmd with
  | `Ok (Ok code) -> code
  | `Ok (Error message) -> complain err cmd message
  | `Exit code -> code
