(* Options for logs and styles, and clocks by another name. oracle: cmdliner fmt.cli fmt.tty logs.cli ptime.clock.os *)
open Cmdliner
let eval term args =
  let null = Format.make_formatter (fun _ _ _ -> ()) ignore in
  match Cmd.eval_value ~help:null ~err:null ~env:(function "LEVEL" -> Some "error" | _ -> None) ~argv:(Array.of_list ("x" :: args)) (Cmd.v (Cmd.info "x") term) with
  | Ok (`Ok v) -> v | Ok (`Help | `Version) -> "help" | Error _ -> "error"
let level ?env:variable () = Term.(const Logs.level_to_string $ Logs_cli.level ?env:variable ())
let style = Term.(const (function None -> "auto" | Some `Ansi_tty -> "ansi" | Some `None -> "none") $ Fmt_cli.style_renderer ())
let () =
  List.iter (fun args -> print_endline (String.concat " " args ^ ": " ^ eval (level ()) args ^ " " ^ eval (level ~env:(Cmd.Env.info "LEVEL") ()) args))
    [ []; [ "-v" ]; [ "-v"; "-v" ]; [ "-vv" ]; [ "--verbose" ]; [ "-q" ]; [ "-q"; "-v" ]; [ "--verbosity=debug" ]; [ "--verbosity"; "quiet"; "-v" ]; [ "--verbosity=app" ]; [ "--verbosity=loud" ]; [ "--quiet"; "--verbosity=info" ] ];
  List.iter (fun args -> print_endline (String.concat " " args ^ ": " ^ eval style args)) [ []; [ "--color=always" ]; [ "--color=never" ]; [ "--color"; "auto" ]; [ "--color=blue" ] ];
  Fmt_tty.setup_std_outputs ~style_renderer:`Ansi_tty ~utf_8:false ();
  Fmt.pr "%a %b@." Fmt.(styled `Bold string) "bold" (Fmt.utf_8 Fmt.stdout);
  Fmt_tty.setup_std_outputs ();
  let ppf = Fmt_tty.setup ~utf_8:true stdout in
  Fmt.pf ppf "%a %b %b@." Fmt.(styled `Bold string) "plain" (Fmt.utf_8 ppf) (ppf == Fmt.stdout);
  let d, _ = Ptime_clock.now_d_ps () in
  Printf.printf "%b %b\n" (d > 20000) (Ptime.is_later (Ptime_clock.now ()) ~than:Ptime.epoch)
