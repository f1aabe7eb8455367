(* Groups of commands, converters, terms made of others. oracle: cmdliner *)
open Cmdliner
let show = function
  | Ok (`Ok v) -> Printf.printf "ok %s\n" v
  | Ok `Version -> print_endline "version"
  | Ok `Help -> print_endline "help"
  | Error `Parse -> print_endline "parse error"
  | Error `Term -> print_endline "term error"
  | Error `Exn -> print_endline "exn"
let run cmd args =
  Format.printf "$ %s@." (String.concat " " args);
  let r = Cmd.eval_value ~help:Format.std_formatter ~err:Format.std_formatter ~argv:(Array.of_list ("tool" :: args)) cmd in
  Format.pp_print_flush Format.std_formatter (); show r; flush stdout
let q = Arg.(value & flag & info [ "q"; "quiet" ] ~docs:Manpage.s_common_options ~doc:"Quiet.")
let info_ ?man ?docs name doc = Cmd.info name ?man ?docs ~doc
let sub = Cmd.v (info_ "add" "adds") Term.(const (fun q i -> Printf.sprintf "add %b %d" q i) $ q $ Arg.(required & pos 0 (some int) None & info [] ~docv:"N"))
let sub2 = Cmd.v (Cmd.info "remove" ~doc:"removes" ~deprecated:"not used any more.") Term.(const (fun q -> Printf.sprintf "remove %b" q) $ q)
let grp = Cmd.group (info_ ~man:[`S Manpage.s_description; `P "Remotes."] "remote" "remotes") [ Cmd.v (info_ "list" "lists") Term.(const "list"); Cmd.v (info_ ~docs:"OTHER COMMANDS" "prune" "prunes") Term.(const "prune") ]
let c = Cmd.group ~default:Term.(const (fun q -> Printf.sprintf "default %b" q) $ q) (Cmd.info "tool" ~version:"1" ~doc:"a tool") [ sub; sub2; grp ]
let c2 = Cmd.group (Cmd.info "tool" ~doc:"a tool") [ sub; sub2; grp ]
let () =
  List.iter (run c) [ []; [ "-q" ]; [ "add"; "1" ]; [ "add"; "-q"; "1" ]; [ "ad" ; "1" ]; ["-q"; "add"]; [ "remov" ]; [ "remote" ]; [ "remote"; "list" ]; [ "remote"; "x" ]; [ "rem" ]; [ "foo" ]; [ "--help=plain" ]; [ "add"; "--help=plain" ]; ["remote"; "--help=plain"]; ["remote"; "list"; "--help=plain"]; [ "add" ]; ["remove"] ];
  print_endline "=======";
  List.iter (run c2) [ []; [ "foo" ]; [ "--help=plain" ]; ["--foo"]; [ "remote"; "list"; "--foo" ] ]

let raises f = try ignore (f ()); print_endline "fine" with e -> print_endline (Printexc.to_string e)
let () =
  raises (fun () -> Arg.info [ "" ]);
  raises (fun () -> Arg.info [ "-a" ]);
  raises (fun () -> Arg.(opt int 0 (info [])));
  raises (fun () -> Arg.(flag (info [])));
  raises (fun () -> Arg.(pos 0 int 0 (info ["a"])));
  raises (fun () -> Arg.(pos_all int [] (info ["a"])));
  raises (fun () -> let t = Arg.(value (flag (info ["a"]))) and u = Arg.(value (flag (info ["a"]))) in Cmd.eval_value ~argv:[|"x"|] (Cmd.v (Cmd.info "x") Term.(const (fun _ _ -> ()) $ t $ u)));
  raises (fun () -> let t = Arg.(value (flag (info ["a"]))) in Cmd.eval_value ~argv:[|"x"|] (Cmd.v (Cmd.info "x") Term.(const (fun _ _ -> ()) $ t $ t)));
  let conv c s = (match Arg.conv_parser c s with Ok v -> Format.printf "%a@." (Arg.conv_printer c) v | Error (`Msg m) -> Format.printf "ERR %s@." m) in
  conv Arg.int "x"; conv Arg.int "99999999999999999999"; conv Arg.int32 "0x7fffffff"; conv Arg.int32 "3000000000"; conv Arg.int64 "z"; conv Arg.nativeint "z"; conv Arg.float "1e3"; conv Arg.float "e"; conv Arg.bool "t"; conv Arg.bool "true"; conv Arg.char "ab"; conv Arg.char "a"; conv Arg.char "";
  conv (Arg.list Arg.int) ""; conv (Arg.list Arg.int) "1,,2"; conv (Arg.list Arg.int) "1,x,2"; conv (Arg.list Arg.int) "1,2"; conv (Arg.array ~sep:';' Arg.int) "1;2"; conv (Arg.array Arg.int) "1;2"; conv (Arg.pair Arg.int Arg.bool) "1,x";
  conv (Arg.pair Arg.int Arg.bool) "1"; conv (Arg.t3 Arg.int Arg.int Arg.int) "1,2,3,4"; conv (Arg.t3 Arg.int Arg.int Arg.int) "1,2"; conv (Arg.t4 Arg.int Arg.int Arg.int Arg.string) "1,2,3,4,5"; conv (Arg.t4 Arg.int Arg.int Arg.int Arg.string) "1,2";conv (Arg.t4 Arg.int Arg.int Arg.int Arg.string) "1,2,x,4";
  conv (Arg.enum ["aa", 1; "ab", 2; "b", 3]) "a"; conv (Arg.enum ["aa", 1; "ab", 2; "b", 3]) "c"; conv (Arg.enum ["aa", 1; "ab", 2; "b", 3]) "aa"; conv (Arg.enum ["aa", 1; "ab", 2; "b", 3]) "b"; conv (Arg.enum ["a", 1]) "c"; conv (Arg.enum ["a", 1; "aaa", 2]) "aa";
  conv Arg.(some int) "3"; conv Arg.file "/nope"; conv Arg.dir "/nope"; conv Arg.dir "/etc/passwd"; conv Arg.non_dir_file "/etc";conv Arg.non_dir_file "/nope"; conv Arg.dir "/etc"; conv Arg.file "-";
  conv (Arg.list (Arg.enum ["a", 1; "b", 2])) "a,c";
  Format.printf "%a %a@." (Arg.conv_printer Arg.(some ~none:"zip" int)) None (Arg.conv_printer Arg.(some' ~none:3 int)) None;
  print_endline (Arg.doc_alts ["a"; "b"; "c"]); print_endline (Arg.doc_alts ["a"; "b"]); print_endline (Arg.doc_alts ~quoted:false ["a"]); print_endline (Arg.doc_alts_enum ["a", 1; "b", 2]); print_endline (Arg.doc_quote "a");
  print_endline (Manpage.escape "a$(b)\\c");
  List.iter (fun c -> print_endline c) [Arg.conv_docv Arg.int; Arg.conv_docv Arg.(conv ~docv:"X" ((fun s -> Ok s), Format.pp_print_string)); Arg.conv_docv Arg.(list int)];
  List.iter (fun i -> print_endline (string_of_int i)) Cmd.Exit.[ok; some_error; cli_error; internal_error];
  let peek args = match Cmd.eval_peek_opts ~argv:(Array.of_list ("x" :: args)) Term.(const (fun a b -> Printf.sprintf "%d %b" a b) $ Arg.(value & opt int 0 & info ["a"]) $ q) with v, r -> Printf.printf "%s " (match v with Some s -> s | None -> "-"); show r in
  peek []; peek ["-a"; "3"; "-q"]; peek ["-b"; "-a"; "3"]; peek ["--help"; "-q"]; peek ["-a"; "x"];
  let t = Term.(const (fun (a, used) -> Printf.sprintf "%d [%s]" a (String.concat " " used)) $ with_used_args Arg.(value & opt int 0 & info ["a"; "all"])) in
  List.iter (run (Cmd.v (Cmd.info "u") t)) [[]; ["-a"; "3"]; ["--all=2"]];
  let r e = Cmd.v (Cmd.info "u") Term.(term_result (const (fun i -> if i = 0 then Error (`Msg "zero is\nbad") else Ok (string_of_int i)) $ e)) in
  let r2 e = Cmd.v (Cmd.info "u") Term.(cli_parse_result (const (fun i -> if i = 0 then Error (`Msg "zero is bad") else Ok (string_of_int i)) $ e)) in
  let r3 e = Cmd.v (Cmd.info "u") Term.(term_result ~usage:true (const (fun i -> if i = 0 then Error (`Msg "zero is bad") else Ok (string_of_int i)) $ e)) in
  let a = Arg.(value & opt int 0 & info ["a"]) in
  run (r a) []; run (r a) ["-a1"]; run (r2 a) []; run (r3 a) [];
  run (Cmd.v (Cmd.info "u") Term.(const (String.concat ",") $ Arg.(non_empty & pos_all string [] & info [] ~docv:"XS"))) [];
  run (Cmd.v (Cmd.info "u") Term.(const (String.concat ",") $ Arg.(non_empty & opt_all string [] & info ["x"] ~docv:"XS"))) [];
  run (Cmd.v (Cmd.info "u") Term.(const (String.concat ",") $ Arg.(non_empty & pos_all string [] & info [] ~docv:"XS"))) ["a"; "b"];
  run (Cmd.v (Cmd.info "u") Term.(const string_of_int $ Arg.(last & vflag_all [0] [1, info ["b"]; 2, info ["c"]]))) ["-b"; "-c"; "-b"];
  run (Cmd.v (Cmd.info "u") Term.(const string_of_int $ Arg.(last & opt_all int [0] & info ["c"]))) ["-c1"; "-c"; "2"];
  run (Cmd.v (Cmd.info "u") Term.(const (fun a b -> a ^ String.concat "," b) $ Arg.(required & pos ~rev:true 0 (some string) None & info [] ~docv:"DEST") $ Arg.(non_empty & pos_left ~rev:true 0 string [] & info [] ~docv:"SRC"))) ["a"; "b"; "c"];
  run (Cmd.v (Cmd.info "u") Term.(const (fun a b -> a ^ String.concat "," b) $ Arg.(required & pos ~rev:true 0 (some string) None & info [] ~docv:"DEST") $ Arg.(non_empty & pos_left ~rev:true 0 string [] & info [] ~docv:"SRC"))) ["a"];
  run (Cmd.v (Cmd.info "u") Term.(const (fun a b -> a ^ String.concat "," b) $ Arg.(required & pos ~rev:true 0 (some string) None & info [] ~docv:"DEST") $ Arg.(non_empty & pos_left ~rev:true 0 string [] & info [] ~docv:"SRC"))) ["--help=plain"];
  run (Cmd.v (Cmd.info "u") Term.(const (fun a b c -> string_of_int (a+b+c)) $ Arg.(value & pos 0 int 0 & info []) $ Arg.(value & pos 1 int 0 & info []) $ Arg.(required & pos 2 (some int) None & info []))) ["1"];
  run (Cmd.v (Cmd.info "u") Term.(const (fun a b c -> string_of_int (a+b+c)) $ Arg.(value & pos 0 int 0 & info []) $ Arg.(value & pos 1 int 0 & info []) $ Arg.(required & pos 2 (some int) None & info []))) ["--help=plain"]
