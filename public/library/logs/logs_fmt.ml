(* A reporter with coloured headers. *)

let app_style = `Cyan
let err_style = `Red
let warn_style = `Yellow
let info_style = `Blue
let debug_style = `Green

let pp_header ~pp_h ppf (level, header) =
  let print style default = pp_h ppf style (Option.value header ~default) in
  match level with
  | Logs.App -> Option.iter (fun header -> Format.fprintf ppf "[%a] " (Fmt.styled app_style Fmt.string) header) header
  | Logs.Error -> print err_style "ERROR"
  | Logs.Warning -> print warn_style "WARNING"
  | Logs.Info -> print info_style "INFO"
  | Logs.Debug -> print debug_style "DEBUG"

let pp_exec_header =
  let name = match Array.length Sys.argv with 0 -> Filename.basename Sys.executable_name | _ -> Filename.basename Sys.argv.(0) in
  let pp_h ppf style header = Format.fprintf ppf "%s: [%a] " name (Fmt.styled style Fmt.string) header in
  pp_header ~pp_h

let reporter ?(pp_header = pp_exec_header) ?app ?dst () = Logs.format_reporter ~pp_header ?app ?dst ()
let pp_header = pp_header ~pp_h:(fun ppf style header -> Format.fprintf ppf "[%a]" (Fmt.styled style Fmt.string) header)
