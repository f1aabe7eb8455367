(* packages: stringext magic-mime duration csexp easy-format *)
let () =
  List.iter print_endline (Stringext.split ~max:2 "a,b,c" ~on:',');
  List.iter (Printf.printf "[%s]") (Stringext.full_split "a,b" ~on:','); print_newline ();
  print_endline (Stringext.replace_all_assoc "hello world" [ "hello", "bye"; "o", "0" ]);
  (match Stringext.rcut "a=b=c" ~on:"=" with Some (a, b) -> print_endline (a ^ " " ^ b) | None -> ());
  print_endline (Magic_mime.lookup "x.tar.gz" ^ " " ^ Magic_mime.lookup "a.HTML" ^ " " ^ Magic_mime.lookup ~default:"d/d" "none");
  List.iter print_endline (Magic_mime.reverse_lookup "image/jpeg");
  Format.printf "%a %a %d@." Duration.pp (Duration.of_ms 123456) Duration.pp (Duration.of_f 0.000123) (Duration.to_min (Duration.of_hour 3));
  let s = Csexp.(List [ Atom "a b"; List [ Atom ""; Atom "c" ] ]) in
  print_endline (Csexp.to_string s);
  (match Csexp.parse_string_many "(1:a)3:xyz" with Ok l -> Printf.printf "%d\n" (List.length l) | Error (i, m) -> Printf.printf "%d %s\n" i m);
  (match Csexp.parse_string "(3:ab" with Ok _ -> () | Error (i, m) -> Printf.printf "%d %s\n" i m);
  let open Easy_format in
  let f = List (("[", ";", "]", list), List.init 30 (fun i -> Atom (string_of_int (i * 1000), atom))) in
  print_endline (Pretty.to_string (Label ((Atom ("value =", atom), label), f)));
  print_endline (Compact.to_string f)
