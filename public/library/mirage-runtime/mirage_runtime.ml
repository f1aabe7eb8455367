(* Boot arguments that every unikernel has, their evaluation in the order of its manual, and what else it shares with the main loop. *)

open Cmdliner

(* {1 Sections of the manual, in their order} *)

let s_arg = "ARGUMENTS"
let s_opt = "OPTIONS"
let s_http = "HTTP OPTIONS"
let s_ssh = "SSH OPTIONS"
let s_tls = "TLS OPTIONS"
let s_he = "HAPPY EYEBALLS OPTIONS"
let s_dns = "DNS OPTIONS"
let s_net = "NETWORK OPTIONS"
let s_log = "LOG AND MONITORING OPTIONS"
let s_disk = "DISK OPTIONS"
let s_ocaml = "OCAML RUNTIME OPTIONS"
let sections = [ s_arg; s_opt; s_http; s_ssh; s_tls; s_he; s_dns; s_net; s_log; s_disk; s_ocaml ]

(* {1 Log thresholds} *)

type log_threshold = [ `All | `Src of string ] * Logs.level option

let set_level ~default thresholds =
  let level = match List.find_opt (function `All, _ -> true | `Src _, _ -> false) thresholds with Some (_, level) -> level | None -> default in
  Logs.set_level level;
  let set = function
    | `All, _ -> ()
    | `Src name, level -> (
        match List.filter (fun src -> String.equal (Logs.Src.name src) name) (Logs.Src.list ()) with
        | [] -> Format.printf "Warning: %s is not a valid log source.@." name
        | sources -> List.iter (fun src -> Logs.Src.set_level src level) sources)
  in
  List.iter set thresholds

module Conv = struct
  let log_threshold =
    let parse text =
      match String.rindex_opt text ':' with
      | None -> Result.map (fun level -> (`All, level)) (Logs.level_of_string text)
      | Some i ->
          let source = match String.sub text 0 i with "*" -> `All | name -> `Src name in
          Result.map (fun level -> (source, level)) (Logs.level_of_string (String.sub text (i + 1) (String.length text - i - 1)))
    in
    let print ppf (source, level) =
      Format.fprintf ppf "%s:%s" (match source with `All -> "*" | `Src name -> name) (Logs.level_to_string level)
    in
    Arg.conv (parse, print)
end

(* {1 Arguments of every unikernel} *)

let log_threshold = Conv.log_threshold

let logs =
  let doc =
    "Which log messages are shown. $(docv) is a comma-separated list of $(b,SRC:LEVEL) (the messages of the source $(b,SRC) up to \
     $(b,LEVEL)) and $(b,LEVEL), which stands for all other sources, as does $(b,*:LEVEL). The levels are $(b,quiet), $(b,app), \
     $(b,error), $(b,warning), $(b,info) and $(b,debug)."
  in
  Arg.(value & opt (list log_threshold) [] & info [ "l"; "logs" ] ~docs:s_log ~docv:"LEVEL" ~doc)

let delay =
  let doc = "Seconds to wait before the unikernel starts." in
  Arg.(value & opt int 0 & info [ "delay" ] ~docs:s_opt ~docv:"SECONDS" ~doc)

let analyze =
  let doc = "Whether to check the whole disk before it is used." in
  Arg.(value & opt bool true & info [ "analyze" ] ~docs:s_disk ~docv:"BOOL" ~doc)

let disk =
  let doc = "The name of the disk." in
  Arg.(value & opt string "disk" & info [ "disk" ] ~docs:s_disk ~docv:"DISK" ~doc)

let current_name : string option ref = ref None
let set_name name = current_name := Some name
let name () = match !current_name with Some name -> name | None -> invalid_arg "Mirage_runtime.name: the name is not set yet"

let name_info = Arg.info [ "name" ] ~docs:s_opt ~docv:"NAME" ~doc:"The name of this unikernel."
let name_arg default = Arg.(value & opt string default & name_info)
let name_k = Arg.(value & opt (some string) None & name_info)

(* {1 Registration and evaluation} *)

let register_arg = Functoria_runtime.register_arg
let runtime_args = Functoria_runtime.runtime_args
let with_argv terms name argv = Functoria_runtime.with_argv ~sections terms name argv
let help_version = Functoria_runtime.help_version
let argument_error = Functoria_runtime.argument_error

(* {1 The main loop's hooks} *)

let at_exit = Morgana_os.Hooks.at_exit
let at_enter_iter = Morgana_os.Hooks.at_enter_iter
let at_leave_iter = Morgana_os.Hooks.at_leave_iter
let run_exit_hooks = Morgana_os.Hooks.run_exit
let run_enter_iter_hooks = Morgana_os.Hooks.run_enter
let run_leave_iter_hooks = Morgana_os.Hooks.run_leave
