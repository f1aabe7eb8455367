(* An option for styles. *)

open Cmdliner

let style_renderer ?env ?docs () =
  let choices = [ ("auto", None); ("always", Some `Ansi_tty); ("never", Some `None) ] in
  let doc = Printf.sprintf "Whether the output is coloured. $(docv) is %s." (Arg.doc_alts_enum choices) in
  Arg.(value & opt (enum choices) None & info [ "color" ] ?env ?docs ~docv:"WHEN" ~doc)
