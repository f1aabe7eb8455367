(* Command lines, right and wrong: values, errors, help. oracle: cmdliner *)
open Cmdliner
let buf = Buffer.create 1000
let show pp = function
  | Ok (`Ok v) -> Format.printf "ok %a@." pp v
  | Ok `Version -> print_endline "version"
  | Ok `Help -> print_endline "help"
  | Error `Parse -> print_endline "parse error"
  | Error `Term -> print_endline "term error"
  | Error `Exn -> print_endline "exn"

let run ?(env = fun _ -> None) cmd pp args =
  Format.printf "$ %s@." (String.concat " " args);
  let help = Format.std_formatter and err = Format.std_formatter in
  let r = Cmd.eval_value ~help ~err ~env ~argv:(Array.of_list ("tool" :: args)) cmd in
  Format.pp_print_flush Format.std_formatter ();
  show pp r

let ints = Arg.(value & opt_all int [] & info [ "i"; "int" ] ~docv:"N" ~doc:"An integer $(docv), option $(opt).")
let verbose = Arg.(value & flag_all & info [ "v"; "verbose" ] ~doc:"Be verbose.")
let quiet = Arg.(value & flag & info [ "q"; "quiet" ] ~doc:"Quiet, in $(tname) of $(mname).")
let nm = Arg.(value & opt string "nobody" & info [ "n"; "name" ] ~docv:"NAME" ~doc:"The name, a rather long description that has to be broken over more than one line of the page, with $(i,italics) and $(b,bold) \\$(x).")
let color = Arg.(value & opt (enum [ "red", `Red; "green", `Green; "grey", `Grey ]) `Red & info [ "color" ] ~doc:"The colour.")
let level = Arg.(value & vflag 0 [ 1, info [ "one" ] ~doc:"One."; 2, info [ "two" ] ~doc:"Two." ])
let opt_v = Arg.(value & opt ~vopt:(Some 7) (some int) None & info [ "w" ; "with" ] ~docv:"W" ~doc:"With.")
let fl = Arg.(value & opt (list (pair ~sep:'=' string float)) [ "a", 1.5 ] & info [ "map" ] ~docs:"MAP OPTIONS" ~doc:"Map.")
let env_i = Arg.(value & opt int 3 & info [ "envy" ] ~env:(Cmd.Env.info "TOOL_ENVY" ~doc:"Sets $(opt).") ~doc:"From the environment.")
let env_f = Arg.(value & flag & info [ "envf" ] ~env:(Cmd.Env.info "TOOL_ENVF") ~doc:"Flag from the environment.")
let p0 = Arg.(required & pos 0 (some string) None & info [] ~docv:"SRC" ~doc:"The source $(docv).")
let p1 = Arg.(value & pos 1 int 42 & info [] ~docv:"COUNT" ~doc:"The count.")
let rest = Arg.(value & pos_right 1 bool [] & info [] ~docv:"FLAGS" ~doc:"The rest.")

let term =
  let f i v q n c l w m e ef p0 p1 r = Printf.sprintf "i=[%s] v=%d q=%b n=%S c=%s l=%d w=%s m=[%s] e=%d ef=%b p0=%S p1=%d r=[%s]" (String.concat ";" (List.map string_of_int i)) (List.length v) q n
    (match c with `Red -> "red" | `Green -> "green" | `Grey -> "grey") l (match w with None -> "-" | Some w -> string_of_int w)
    (String.concat ";" (List.map (fun (a, b) -> Printf.sprintf "%s=%g" a b) m)) e ef p0 p1 (String.concat ";" (List.map string_of_bool r)) in
  Term.(const f $ ints $ verbose $ quiet $ nm $ color $ level $ opt_v $ fl $ env_i $ env_f $ p0 $ p1 $ rest)

let man = [ `S Manpage.s_description; `P "Does things. $(b,Really)."; `Pre "  verbatim\n  text"; `Noblank; `P "No blank before.";
  `I ("label", "An item whose text is short."); `I ("a-very-long-label-here", "An item."); `S Manpage.s_bugs; `P "None \\$(known)." ; `S "MAP OPTIONS"; `P "These are options about maps."; `S Manpage.s_see_also; `P "Something." ]
let cmd = Cmd.v (Cmd.info "tool" ~version:"1.2.3" ~doc:"a tool that does things" ~man ~envs:[ Cmd.Env.info "TOOL_HOME" ~doc:"The home." ]) term
let () =
  let r = run cmd Format.pp_print_string in
  List.iter r [
    [ "a" ]; []; [ "--help=plain" ]; [ "--help=groff" ]; [ "--version" ]; [ "a"; "b" ]; [ "a"; "1"; "true"; "false" ]; [ "a"; "1"; "x" ];
    [ "--nope"; "a" ]; [ "--nam"; "x"; "a" ]; [ "--name=x"; "a" ]; [ "--n=x"; "a" ]; [ "--name"; ]; [ "a"; "--name" ]; [ "-nfoo"; "a" ]; [ "-n"; "foo"; "a" ];
    [ "-vvq"; "a" ]; [ "-vqn"; "x"; "a" ]; [ "-qq"; "a" ]; [ "--quiet=1"; "a" ]; [ "--quiet"; "--quiet"; "a" ]; [ "-i"; "1"; "-i"; "0x10"; "--int=3"; "a" ];
    [ "-i"; "x"; "a" ]; [ "-i"; "-3"; "a" ]; [ "--int=-3"; "a" ]; [ "--color=gre"; "a" ]; [ "--color=gree"; "a" ]; [ "--color=blue"; "a" ]; [ "--one"; "--two"; "a" ]; [ "--one"; "a" ];
    [ "--with"; "a" ]; [ "a"; "--with" ]; [ "--with=9"; "a" ]; [ "-w"; "9"; "a" ]; [ "--with=x"; "a" ];
    [ "--map=a=1,b=2.5"; "a" ]; [ "--map=a=1,b"; "a" ]; [ "--map=a=x"; "a" ]; [ "--map="; "a" ]; [ "--"; "-x" ]; [ "a"; "--"; "1"; "true" ]; [ "-x"; "a" ]; [ "-q1"; "a" ]; [ "--name=x"; "--name=y"; "a" ];
    [ "--ve"; "a" ]; [ "--e"; "a" ]; [ "--env"; "1"; "a" ]; [ "-"; "1" ]; [ "--help=foo" ]; [ "--help"; "plain" ]; [ "a"; "1"; "true"; "maybe" ]; [ "a"; "1"; "--"; "-q" ]; ["--colour=red"; "a"]; ["--quite"; "a"] ];
  let env = function "TOOL_ENVY" -> Some "12" | "TOOL_ENVF" -> Some "yes" | _ -> None in
  run ~env cmd Format.pp_print_string [ "a" ];
  run ~env cmd Format.pp_print_string [ "a"; "--envy=1" ];
  let env = function "TOOL_ENVY" -> Some "x" | _ -> None in
  run ~env cmd Format.pp_print_string [ "a" ];
  let env = function "TOOL_ENVF" -> Some "x" | _ -> None in
  run ~env cmd Format.pp_print_string [ "a" ];
  let nopos = Cmd.v (Cmd.info "tool") Term.(const (fun i q -> Printf.sprintf "%d %b" i q) $ Arg.(required & opt (some int) None & info [ "req" ] ~docv:"R" ~doc:"Required.") $ quiet) in
  List.iter (run nopos Format.pp_print_string) [ []; [ "x" ]; [ "x"; "y" ]; [ "--req=3" ]; [ "--help=plain" ]; [ "--req=3"; "z"; "w" ]; [ "--version" ] ];
  let t = Cmd.v (Cmd.info "tool" ~exits:[ Cmd.Exit.info ~doc:"on success." 0; Cmd.Exit.info ~doc:"on some." ~max:9 3 ])
    Term.(ret (const (fun i -> match i with 0 -> `Help (`Plain, None) | 1 -> `Error (true, "bad one") | 2 -> `Error (false, "bad two") | 3 -> failwith "three" | 4 -> `Help (`Plain, Some "none") | n -> `Ok (string_of_int n)) $ Arg.(value & opt int 5 & info [ "k" ] ~deprecated:"it is old." ~absent:"five" ~doc:"K is $(docv)."))) in
  List.iter (run t Format.pp_print_string) [ []; [ "-k0" ]; [ "-k1" ]; [ "-k2" ]; [ "-k3" ] ]
