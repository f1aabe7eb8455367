(* packages: re re.perl re.glob re.posix re.pcre re.emacs re.str *)
let () =
  let r = Re.(compile (seq [ bos; group (rep1 alpha); char '-'; group (repn digit 2 (Some 4)); eos ])) in
  List.iter (fun s -> match Re.exec_opt r s with None -> Printf.printf "%s no\n" s | Some g -> Printf.printf "%s %s %s %d\n" s (Re.Group.get g 1) (Re.Group.get g 2) (Re.Group.start g 2)) [ "abc-123"; "abc-1"; "x-12345"; "zz-9999" ];
  let p = Re.Perl.compile_pat "(\\w+)@(\\w+)\\.com" in
  Re.all p "joe@x.com, ann@yy.com and bob@z.org" |> List.iter (fun g -> Printf.printf "%s at %s\n" (Re.Group.get g 1) (Re.Group.get g 2));
  print_endline (String.concat "|" (Re.split (Re.compile (Re.set ", ;")) "a,b; c  d"));
  print_endline (Re.replace (Re.compile Re.(rep1 digit)) ~f:(fun g -> "<" ^ Re.Group.get g 0 ^ ">") "a1b22c333");
  List.iter (fun s -> Printf.printf "%s %b\n" s (Re.execp (Re.compile (Re.Glob.glob ~anchored:true "*.{ml,mli}")) s)) [ "a.ml"; "b.mli"; "c.c"; "d/e.ml" ];
  Printf.printf "%b\n" (Re.execp (Re.Posix.compile_pat "^[a-z]+([0-9]|x)*$") "abc9x9");
  print_endline (Re.Pcre.substitute ~rex:(Re.Pcre.regexp "l+") ~subst:String.uppercase_ascii "hello all");
  Printf.printf "%d\n" (try Re.Str.search_forward (Re.Str.regexp "o \\(w\\)") "hello world" 0 with Not_found -> -1);
  (try ignore (Re.Perl.re "a(") with Re.Perl.Parse_error -> print_endline "parse error");
  List.iter (fun e -> print_endline (Printexc.to_string e)) [ Re.Posix.Not_supported; Re.Perl.Parse_error ]
