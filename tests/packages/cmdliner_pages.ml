(* Usage lines and manual pages. oracle: cmdliner *)
open Cmdliner
let usage t = ignore (Cmd.eval_value ~err:Format.std_formatter ~argv:[|"x"; "--zork"|] (Cmd.v (Cmd.info "x") t)); Format.print_flush ()
let help ?(man=[]) t = ignore (Cmd.eval_value ~help:Format.std_formatter ~argv:[|"x"; "--help=plain"|] (Cmd.v (Cmd.info ~man "x") t)); Format.print_flush ()
let fl ?docs ?(doc="d") names = Arg.(value & flag & info ?docs ~doc names)
let (&&&) a b = Term.(const (fun () () -> ()) $ a $ b)
let f ?docs ?doc names = Term.(const ignore $ fl ?docs ?doc names)
let o ?docs ?vopt names = Term.(const ignore $ Arg.(value & opt ?vopt int 0 & info names ?docs ~doc:"O"))
let () =
  usage (f ["a"]); usage (f ["a"] &&& f ["b"]); usage (f ["a"] &&& f ["b"] &&& f ["c"]);usage (f ["a"] &&& f ["b"] &&& f ["c"] &&& f ["d"]);
  usage (f ["a"] &&& f ["b"] &&& f ["c"] &&& f ["d"] &&& f ["e"]);
  usage (f ["a"; "all"; "zll"] &&& o ["b"; "bll"; "all2"]); usage (f ~docs:"ZZ" ["a"] &&& o ~vopt:3 ["b"]); usage (o ~vopt:3 ["long"]);
  usage (f ~docs:"COMMON OPTIONS" ["a"] &&& o ["b"]);
  usage (Term.(const (fun _ _ -> ()) $ Arg.(value & flag_all & info ["r"]) $ Arg.(value & opt_all int [] & info ["s"])));
  usage (Term.(const (fun _ _ -> ()) $ Arg.(required & opt (some int) None & info ["r"]) $ Arg.(non_empty & opt_all int [] & info ["s"])));
  usage (Term.(const (fun _ -> ()) $ Arg.(value & vflag 1 [1, info ["r"]; 2, info ["t"]])));
  usage (Term.(const (fun _ _ -> ()) $ Arg.(value & pos 0 int 0 & info [] ~docv:"A") $ Arg.(value & pos 0 int 0 & info [] ~docv:"B")));
  help (f ["z"; "aaa"] &&& f ["c"] &&& f ["bbb"] &&& f ["B"] &&& f ["b"] &&& f ["foo"; "x"; "bar"] ~doc:"$(opt)" &&& f ["m"; "k"] ~doc:"$(opt)" &&& f ["Dd"]);
  help (Term.(const (fun _ _ _ -> ()) $ Arg.(value & pos 0 int 0 & info [] ~docv:"B" ~doc:"one") $ Arg.(value & pos 1 int 0 & info [] ~doc:"$(docv)") $ Arg.(value & pos_right 1 string ["x"] & info [] ~docv:"A" ~doc:"two")));
  help (Term.(const (fun _ _ _ _ _ -> ()) $ Arg.(value & opt (some int) None & info ["b"] ~doc:"one") $ Arg.(value & opt (some ~none:"nothing" int) (None) & info ["c"] ~doc:"$(docv)") $ Arg.(value & opt_all string ["x"] & info ["d"] ~docv:"A" ~doc:"two") $ Arg.(value & opt ~vopt:"a" string "b" & info ["d2"] ~docv:"A" ~doc:"two") $ Arg.(value & opt string "" & info ["d3"] ~absent:"$(b,abs) of\nit" ~docv:"A" ~doc:"")));
  help (Term.(const (fun _ _ _ _ -> ()) $ Arg.(value & opt (some int) None & info ["b"] ~env:(Cmd.Env.info "B" ~doc:"BB" ~deprecated:"old.") ~doc:"one $(env)") $ Arg.(value & opt ~vopt:(Some 3) (some int) None & info ["c"] ~env:(Cmd.Env.info "CCCCCCCC" ~docs:"EENV") ~doc:"$(docv)") $ Arg.(required & opt (some int) None & info ["d"] ~env:(Cmd.Env.info "D")) $ Arg.(value & pos 0 int 0 & info [] ~docv:"AA" ~env:(Cmd.Env.info "P") ~doc:"$(env)")));
  let e ?(env="") t args : unit = ignore (Cmd.eval_value ~env:(fun x -> if x = "B" then Some env else None) ~err:Format.std_formatter ~argv:(Array.of_list ("x" :: args)) (Cmd.v (Cmd.info "x") t)); Format.print_flush () in
  let dep = Term.(const (fun _ _ -> ()) $ Arg.(value & opt int 0 & info ["b"; "bb"] ~deprecated:"dep" ~env:(Cmd.Env.info "B" ~deprecated:"old.")) $ Arg.(value & pos 0 int 0 & info [] ~docv:"P" ~deprecated:"old pos")) in
  e ~env:"1" dep []; e dep ["-b"; "1"]; e ~env:"1" dep ["--bb=1"; "4"]; e ~env:"x" dep [];
  e ~env:"YES" Term.(const ignore $ Arg.(value & flag & info ["b"] ~env:(Cmd.Env.info "B"))) [];
  e ~env:"" Term.(const ignore $ Arg.(value & flag & info ["b"] ~env:(Cmd.Env.info "B"))) [];
  e Term.(const (fun b -> print_endline (string_of_bool b)) $ Arg.(value & flag & info ["b"] ~env:(Cmd.Env.info "B"))) [];
  e Term.(const (fun b -> print_endline (string_of_bool b)) $ Arg.(value & flag & info ["b"] ~env:(Cmd.Env.info "B"))) [];
  e (f ["verbose"; "version2"; "foo-bar"; "x"]) ["--vers"]; e (f ["verbose"; "version2"; "foo-bar"; "x"]) ["--foo"]; e (f ["verbose"; "version2"; "foo-bar"; "x"]) ["--foo_bar"]; e (f ["verbose"; "version2"; "foo-bar"; "x"]) ["--verbsoe"; "--x"]; e (f ["verbose"; "ver"]) ["--ver"];
  e (f ["aa"]) ["--aa="]; e (f ["a"]) ["-ab"]; e (f ["a"]) ["-aa"]; e (o ["a"]) ["-a="];e (o ["a"]) ["--a=1"];e (o ["aa"]) ["-aa=1"];
  e (Term.const ()) ["1"; "2"; "3"; "--"; "-4"]; 
  e Term.(const ignore $ Arg.(value & pos_left 2 int [] & info [] ~docv:"L")) ["1"; "2"; "3"; "--"; "-4"]; 
  e Term.(const ignore $ Arg.(value & pos_left 2 int [] & info [])) ["1"; "x"]; 
  e Term.(const ignore $ Arg.(value & pos_all int [] & info [])) ["1"; "x"]; 
  e Term.(const ignore $ Arg.(value & pos 0 int 0 & info [])) ["x"];
  e Term.(const ignore $ Arg.(required & pos 0 (some int) None & info [])) []
let () = 
 let c man docs =
  let t = List.fold_left (fun t (i, d) -> Term.(const (fun () _ -> ()) $ t $ Arg.(value & flag & info [ "f" ^ string_of_int i] ~docs:d ~doc:"x"))) (Term.const ()) (List.mapi (fun i d -> (i, d)) docs) in
  let b = Buffer.create 100 in
  let help = Format.formatter_of_buffer b in
  ignore (Cmd.eval_value ~help ~argv:[|"x"; "--help=plain"|] (Cmd.v (Cmd.info ~man "x") t)); Format.pp_print_flush help ();
  print_endline (String.concat " / " (List.filter (fun l -> l <> "" && l.[0] <> ' ') (String.split_on_char '\n' (Buffer.contents b)))) in
 let s x = [`S x; `P "x"] in
 c [] ["OPTIONS"; "ZOPT"; "AOPT"; "ZOPT"];
 c (s "DESCRIPTION") ["OPTIONS"; "ZOPT"; "AOPT"; "ZOPT"];
 c (s "DESCRIPTION" @ s "UU" @ s "BUGS") ["OPTIONS"; "ZOPT"; "AOPT"; "ZOPT"];
 c (s "DESCRIPTION" @ s "UU" @ s "EXIT STATUS" @ s "VV" @ s "BUGS") ["OPTIONS"; "ZOPT"; "AOPT"; "ZOPT"];
 c (s "UU") ["OPTIONS"; "ZOPT"; "AOPT"; "ZOPT"];
 c [`S "ARGUMENTS"; `S "OPTIONS"; `S "HTTP OPTIONS"; `S "SSH OPTIONS"; `S "OCAML RUNTIME OPTIONS"] ["OPTIONS"; "OCAML RUNTIME OPTIONS"; "HTTP OPTIONS"; "MINE"];
 c [`S "ARGUMENTS"; `S "OPTIONS"; `S "HTTP OPTIONS"; `S "SSH OPTIONS"; `S "OCAML RUNTIME OPTIONS"; `S "COMMON OPTIONS"] ["OPTIONS"; "OCAML RUNTIME OPTIONS"; "HTTP OPTIONS"; "MINE"];
 c (s "BUGS" @ s "DESCRIPTION" @ s "UU") ["OPTIONS"; "ZOPT"; "AOPT"; "ZOPT"];
 c (s "NAME" @ s "SYNOPSIS" @ s "UU") ["OPTIONS"; "ZOPT"; "AOPT"; "ZOPT"];
 c (s "UU" @ s "DESCRIPTION") ["OPTIONS"];
 c (s "UU" @ s "EXAMPLES" @ s "VV" @ s "AUTHORS" @ s "WW") ["OPTIONS"];
 c (s "BUGS" @ s "VV" @ s "FILES" @ s "WW") ["OPTIONS"];
 c (s "EXAMPLES" @ s "DESCRIPTION" @ s "WW") ["OPTIONS"];
 c (s "UU" @ s "VV" @ s "DESCRIPTION" @ s "WW") ["OPTIONS"]
let p t = let b = Buffer.create 10 in let f = Format.formatter_of_buffer b in Manpage.print `Plain f (("n",1,"","",""), t); Format.pp_print_flush f (); Printf.printf "%S\n" (Buffer.contents b)
let () =
 p []; p [`Blocks []]; p [`Blocks [`Blocks []]]; p [`Blocks [`P "a"]]; p [`Blocks [`Blocks [`P "a"]]]; p [`Blocks [`S "X"]; `P "a"]; p [`I ("a", "b"); `Blocks []; `P "c"];
 p [`P "a"]; p [`P "a"; `Blocks []]; p [`S "a"; `Blocks []]; p [`S "a"]; p[`Pre "a"];p[`Pre "a"; `Noblank]; p [`Pre "a"; `P "b"]; p [`I ("a","b")]; p[`I ("a","b"); `Noblank]; p[`P "a"; `Noblank]; p[`S "a"; `Noblank]; p[`S "a"; `P "b"];
 p [`Blocks [`I ("a","b"); `I ("a","b")]; `S "x"]; p [`Blocks [`I ("a","b"); `Noblank]; `S "x"]; p [`I ("a","b"); `Pre "x"]; p [`I ("a","b"); `Blocks [`I ("a","b")]]; p [`Noblank]; p [`Noblank; `Noblank; `P "a"];p [`P "a"; `Noblank; `Noblank; `P "a"]; p [`P "a"; `Blocks [`P "b"]];p [`P "a"; `Blocks [`Noblank; `P "b"]];
 p [`I ("a",""); `P "x"];  p [`I ("a",""); `I ("x", "")]
