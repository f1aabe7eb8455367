(* Options for the level of logs. *)

open Cmdliner

let level ?env ?docs () =
  let flag_list = Arg.(value & flag_all & info [ "v"; "verbose" ] ?docs ~doc:"Log more: information, and given again also what helps to debug.") in
  let levels =
    [ ("quiet", None); ("error", Some Logs.Error); ("warning", Some Logs.Warning); ("info", Some Logs.Info); ("debug", Some Logs.Debug) ]
  in
  let verbosity =
    let doc = Printf.sprintf "Log up to this level. $(docv) is %s. Before $(b,-v)." (Arg.doc_alts_enum levels) in
    Arg.(value & opt (some (enum levels)) None & info [ "verbosity" ] ?env ?docs ~docv:"LEVEL" ~doc)
  in
  let quiet = Arg.(value & flag & info [ "q"; "quiet" ] ?docs ~doc:"Log nothing. Before $(b,-v) and $(b,--verbosity).") in
  let choose quiet verbosity verbose =
    if quiet then None
    else
      match (verbosity, verbose) with
      | Some level, _ -> level
      | None, [] -> Some Logs.Warning
      | None, [ _ ] -> Some Logs.Info
      | None, _ -> Some Logs.Debug
  in
  Term.(const choose $ quiet $ verbosity $ flag_list)
