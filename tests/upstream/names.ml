(* packages: astring fmt fpath logs rresult *)
(* D. Buenzli's small libraries: strings and substrings, formatting, paths, logs, results. *)
let () =
  let open Astring in
  let show l = print_endline (String.concat ~sep:"|" l) in
  show (String.cuts ~sep:"," "a,,b,c,");
  show (String.cuts ~empty:false ~rev:true ~sep:", " "a, , b, c");
  show (String.fields ~is_sep:Char.Ascii.is_white " x  y\tz ");
  Printf.printf "%b %b %b\n" (String.is_prefix ~affix:"ab" "abc") (String.is_infix ~affix:"bc" "abcd") (String.exists Char.Ascii.is_digit "a1");
  print_endline (String.trim ~drop:(fun c -> c = 'x') "xxaxbxx");
  (match String.cut ~rev:true ~sep:"/" "a/b/c" with Some (a, b) -> Printf.printf "%s %s\n" a b | None -> ());
  print_endline (String.Ascii.escape "tab\tnul\000 \xe9");
  (match String.Ascii.unescape_string "\\x41\\n" with Some s -> Printf.printf "%S\n" s | None -> print_endline "bad");
  let s = String.Sub.v ~start:2 ~stop:7 "0123456789" in
  print_endline (String.Sub.to_string (String.Sub.extend ~max:2 s));
  let a, b = String.Sub.span ~sat:(fun c -> c < '5') s in
  Printf.printf "%s %s %d\n" (String.Sub.to_string a) (String.Sub.to_string b) (String.Sub.start_pos b);
  print_endline (String.of_float 0.1 ^ String.of_int (-3));
  print_endline (String.uniquify [ "a"; "b"; "a" ] |> String.concat ~sep:"");
  print_endline (match String.find_sub ~start:3 ~sub:"ab" "ababab" with Some i -> string_of_int i | None -> "-");
  Format.printf "%a %a@." String.dump "q\"\n" String.Set.(pp ~sep:Format.pp_print_space String.pp) (String.Set.of_list [ "z"; "a" ]);
  let m = String.Map.of_list [ ("k", 1); ("j", 2) ] in
  Format.printf "%a@." (String.Map.dump Format.pp_print_int) m

let () =
  Fmt.set_utf_8 Fmt.stdout true;
  Fmt.pr "%a@." Fmt.(list ~sep:comma int) [ 1; 2; 3 ];
  Fmt.pr "@[<v>%a@]@." Fmt.(list (pair ~sep:(any " -> ") string (option ~none:(any "none") float))) [ ("a", Some 1.5); ("b", None) ];
  Fmt.pr "%a %a@." Fmt.(Dump.list Dump.string) [ "x"; "y\n" ] Fmt.(Dump.result ~ok:int ~error:string) (Error "e");
  Fmt.pr "%a@." Fmt.(box (hovbox ~indent:2 (words))) "a text that has so many words in it that it can not stay on one line, whatever the margin is";
  Fmt.pr "%a %a %a@." Fmt.byte_size 1_500_000 Fmt.bi_byte_size 4096 Fmt.uint64_ns_span 90_061_000_000_000L;
  Fmt.pr "%a@." Fmt.(record [ field "one" fst int; field "two" snd string ]) (1, "2");
  Fmt.pr "%a|%a@." Fmt.(quote string) "q" Fmt.(parens (braces int)) 3;
  Fmt.pr "%a@." (Fmt.on_string (Fmt.hex ())) "hello\000world";
  Fmt.pr "%s %s@." (Fmt.str "%d-%a" 3 Fmt.bool true) (Fmt.to_to_string Fmt.(array ~sep:semi char) [| 'a'; 'b' |]);
  Fmt.pr "%a@." Fmt.(styled `Bold string) "plain";
  Fmt.set_style_renderer Fmt.stdout `Ansi_tty;
  Fmt.pr "%a@." Fmt.(styled `Bold (styled (`Fg `Red) string)) "red"

let () =
  let p = Fpath.v in
  List.iter
    (fun s ->
      let f = p s in
      Fmt.pr "%a norm %a base %a parent %a dir %b ext %S segs %a@." Fpath.pp f Fpath.pp (Fpath.normalize f) Fpath.pp (Fpath.base f) Fpath.pp (Fpath.parent f) (Fpath.is_dir_path f) (Fpath.get_ext ~multi:true f) Fmt.(list ~sep:comma string) (Fpath.segs f))
    [ "/a/b/../c.tar.gz"; "a/./b/"; ".."; "/"; "x"; "../../y.ml"; "//net/p" ];
  Fmt.pr "%a %a@." Fpath.pp Fpath.(v "a" / "b" // v "c/d" + "ml") Fpath.pp Fpath.(set_ext ".mli" (v "q.ml"));
  Fmt.pr "%a@." Fmt.(Dump.option Fpath.pp) (Fpath.relativize ~root:(p "/a/b") (p "/a/c/d"));
  Fmt.pr "%a %b@." Fmt.(Dump.option Fpath.pp) (Fpath.rem_prefix (p "/a/") (p "/a/b/c")) (Fpath.is_rooted ~root:(p "/a") (p "/a/../b"));
  Fmt.pr "%a@." Fmt.(Dump.option Fpath.pp) (Fpath.find_prefix (p "a/b/c") (p "a/b/d"));
  match Fpath.of_string "nul\000" with Ok _ -> print_endline "a path" | Error (`Msg m) -> print_endline m

let () =
  let src = Logs.Src.create "app.part" ~doc:"a part" in
  let module L = (val Logs.src_log src) in
  Logs.set_reporter (Logs.format_reporter ~pp_header:Logs.pp_header ~app:Format.std_formatter ~dst:Format.std_formatter ());
  Logs.set_level (Some Logs.Info);
  L.info (fun m -> m "shown %d" 1);
  L.debug (fun m -> m "hidden");
  L.err (fun m -> m ~header:"HEAD" "an error");
  Logs.app (fun m -> m "plain");
  Logs.Src.set_level src (Some Logs.Debug);
  L.debug (fun m -> m "now shown");
  Printf.printf "%d %d\n" (Logs.err_count ()) (Logs.warn_count ());
  List.iter (fun l -> print_endline (Logs.level_to_string l)) [ None; Some Logs.App; Some Logs.Warning ];
  (match Logs.level_of_string "loud" with Ok _ -> print_endline "a level" | Error (`Msg m) -> print_endline m);
  let open Rresult in
  let r = R.ok 3 >>= fun x -> if x > 2 then R.error_msgf "%d is too large" x else R.ok x in
  Fmt.pr "%a@." (R.pp ~ok:Fmt.int ~error:R.pp_msg) r;
  Fmt.pr "%a@." (R.pp ~ok:Fmt.int ~error:R.pp_msg) (R.reword_error_msg (fun m -> R.msgf "again: %s" m) r);
  Fmt.pr "%a@." (R.pp ~ok:Fmt.string ~error:R.pp_exn_trap) (R.trap_exn (fun () -> failwith "no") () |> R.reword_error (fun (`Exn_trap (e, _)) -> `Exn_trap (e, Printexc.get_callstack 0)));
  Printf.printf "%d\n" (R.get_ok (R.ok 3 >>| succ));
  try R.failwith_error_msg r |> ignore with Failure m -> print_endline m
