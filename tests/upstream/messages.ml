(* packages: obus.internals *)
(* D-Bus: paths, names, signatures, values and their conversions. *)
let () =
  List.iter (fun s -> match OBus_path.of_string s with p -> Printf.printf "%s [%s]\n" (OBus_path.to_string p) (String.concat ";" p) | exception e -> print_endline (Printexc.to_string e)) ["/"; "/org/free_desktop/A"; "/a//b"; "a"; "/a/"; "/a-b"];
  Printf.printf "%s %s\n" (OBus_path.escape "a b/ç") (OBus_path.unescape (OBus_path.escape "a b/ç"));
  List.iter (fun s -> match OBus_name.validate_bus s with None -> Printf.printf "%s fine %b\n" s (OBus_name.is_unique s) | Some e -> print_endline (OBus_string.error_message e)) ["org.a.B"; ":1.5"; "org"; "org..a"; "org.1a"];
  Printf.printf "%s %s %s %s %s\n" (String.concat "," (OBus_name.split "GetAllProperties")) (OBus_name.ocaml_lid "GetAllProperties") (OBus_name.ocaml_uid "getAllP") (OBus_name.haskell_lid "GetAll") (OBus_name.haskell_uid "get_all");
  List.iter (fun s -> match OBus_value.signature_of_string s with t -> Format.printf "%a | %s@." OBus_value.T.print_sequence t (OBus_value.string_of_signature t) | exception e -> print_endline (Printexc.to_string e)) ["a{sv}"; "(ii)as"; "v"; "a"; "(i"; "aa{yo}d"];
  let open OBus_value.V in
  let v = structure [basic_int32 5l; variant (array OBus_value.T.(basic string) [basic_string "a"; basic_string "b"]); dict OBus_value.T.string OBus_value.T.(basic double) [String "pi", basic_double 3.14]] in
  Format.printf "%a@." print_single v; print_endline (string_of_single v); Format.printf "%a@." OBus_value.T.print_single (type_of_single v);
  let open OBus_value.C in
  Format.printf "%s@." (OBus_value.V.string_of_sequence (make_sequence (seq2 basic_string (array (structure (seq2 basic_int32 basic_boolean)))) ("x", [1l, true; 2l, false])));
  (match cast_sequence (seq2 basic_int32 basic_string) [OBus_value.V.basic_int32 3l; OBus_value.V.basic_string "q"] with n, s -> Printf.printf "%ld %s\n" n s);
  (match cast_sequence (seq1 basic_int32) [OBus_value.V.basic_string "q"] with _ -> () | exception e -> print_endline (Printexc.to_string e))
