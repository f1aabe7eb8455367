(* Options for what is logged. *)

open Cmdliner

type threshold = [ `All | `Src of string ] * Logs.level option

let env = Cmd.Env.info "LOGGING_LEVELS" ~doc:"What is logged."
let level_of text = if text = "-" then Ok None else Logs.level_of_string text

let threshold =
  let parse text =
    match String.rindex_opt text ':' with
    | None -> Result.map (fun level -> (`All, level)) (level_of text)
    | Some i ->
        let source = match String.sub text 0 i with "*" -> `All | name -> `Src name in
        Result.map (fun level -> (source, level)) (level_of (String.sub text (i + 1) (String.length text - i - 1)))
  in
  let print ppf (source, level) =
    Format.fprintf ppf "%s:%s" (match source with `All -> "*" | `Src name -> name) (Logs.level_to_string level)
  in
  Arg.conv ~docv:"LEVEL" (parse, print)

let levels ?(env = env) ?docs () =
  let doc =
    "What is logged: $(docv) is a comma-separated list of $(b,SRC:LEVEL) and $(b,LEVEL), which is for all other sources, as is \
     $(b,*:LEVEL). The levels are $(b,-), $(b,quiet), $(b,app), $(b,error), $(b,warning), $(b,info) and $(b,debug)."
  in
  Arg.(value & opt (list threshold) [] & info [ "logging-level" ] ~env ?docs ~docv:"LEVEL" ~doc)

let set_levels ~default thresholds =
  let of_all = List.find_map (function `All, level -> Some level | `Src _, _ -> None) thresholds in
  Logs.set_level (Option.value of_all ~default);
  let set = function
    | `All, _ -> ()
    | `Src name, level -> (
        match List.filter (fun src -> String.equal (Logs.Src.name src) name) (Logs.Src.list ()) with
        | [] -> Format.eprintf "Warning: %s is not a valid log source.@." name
        | sources -> List.iter (fun src -> Logs.Src.set_level src level) sources)
  in
  List.iter set thresholds

let setup = Term.(const (fun default thresholds -> set_levels ~default thresholds) $ Logs_cli.level () $ levels ())
