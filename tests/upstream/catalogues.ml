(* packages: gettext.base gettext.extension lwt_log.core lwt.unix *)
(* Catalogues of translations; what is logged by which section. *)
let () =
  let po = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=n > 1;\\n\"\n\n# note\n#: a.ml:3\n#, fuzzy\nmsgid \"hello\"\nmsgstr \"bon\" \"jour\"\n\nmsgid \"%d cat\"\nmsgid_plural \"%d cats\"\nmsgstr[0] \"%d chat\"\nmsgstr[1] \"%d chats\"\n\ndomain \"other\"\nmsgid \"x\"\nmsgstr \"y\"\n" in
  let c = open_out "t.po" in output_string c po; close_out c;
  let ic = open_in "t.po" in let p = GettextPo.input_po ic in close_in ic;
  GettextPo.output_po stdout p;
  Sys.remove "t.po";
  List.iter (fun (a, b) -> print_endline (match GettextFormat.check_format GettextTypes.Ignore (GettextTypes.Singular (a, b)) with GettextTypes.Singular (x, y) -> x ^ " / " ^ y | _ -> "?"  | exception e -> Printexc.to_string e)) ["%d a", "un %d"; "%s", "%d"; "no", "non"];

open Lwt.Infix
let () =
  let out name = Lwt_log_core.make ~output:(fun sec lvl lines -> List.iter (fun l -> Printf.printf "%s<%s,%s> %s\n" name (Lwt_log_core.Section.name sec) (Lwt_log_core.string_of_level lvl) l) lines; Lwt.return_unit) ~close:Lwt.return in
  let a = out "A" and b = out "B" in
  Lwt_log_core.load_rules "net* -> info; db -> error; * -> warning";
  let net = Lwt_log_core.Section.make "network" and db = Lwt_log_core.Section.make "db" in
  Lwt_log_core.default := Lwt_log_core.broadcast [a; Lwt_log_core.dispatch (fun s l -> if l >= Lwt_log_core.Error then b else Lwt_log_core.null)];
  Lwt_main.run (Lwt_log_core.info ~section:net "up" >>= fun () -> Lwt_log_core.info ~section:db "no" >>= fun () -> Lwt_log_core.error_f ~section:db "bad %d" 3 >>= fun () -> Lwt_log_core.warning ~exn:Not_found "w\nline" >>= fun () -> Lwt_log_core.notice "hidden");
  let buf = Buffer.create 10 in Lwt_log_core.render ~buffer:buf ~template:"[$(section)] $(level): $(message)" ~section:net ~level:Lwt_log_core.Info ~message:"m"; print_endline (Buffer.contents buf);
  Lwt_log_core.add_rule "x" Lwt_log_core.Debug; Printf.printf "%s\n" (Lwt_log_core.string_of_level (Lwt_log_core.Section.level (Lwt_log_core.Section.make "x")));
  (match Lwt_log_core.load_rules ~fail_on_error:true "a -> nothing" with () -> print_endline "ok" | exception Failure m -> print_endline m);
  print_endline (match Lwt_log_core.level_of_string "Fatal" with Some l -> Lwt_log_core.string_of_level l | None -> "none")
