(* packages: biniou yojson atdgen-runtime *)
let () =
  let t : Bi_io.tree = `Record [| Some "a", Bi_io.hash_name "a", `Svint (-5); Some "b", Bi_io.hash_name "b", `Array (Some (Bi_io.string_tag, [| `String "x"; `String "yz" |])); None, 7, `Float64 1.5 |] in
  let s = Bi_io.string_of_tree t in
  String.iter (fun c -> Printf.printf "%02x" (Char.code c)) s; print_newline ();
  print_endline (Bi_io.view (Bi_io.string_of_tree (Bi_io.tree_of_string s)));
  let b = Bi_outbuf.create 10 in
  Bi_vint.write_uvint b 300; Bi_vint.write_svint b (-300); Printf.printf "%S\n" (Bi_outbuf.contents b);
  let l = Atdgen_runtime.Oj_run.read_list Atdgen_runtime.Oj_run.read_int (Yojson.init_lexer ()) (Lexing.from_string "[1, 2,3]") in
  List.iter (Printf.printf "%d ") l; print_newline ();
  let ob = Buffer.create 10 in
  Atdgen_runtime.Oj_run.write_list Yojson.Basic.write_string ob [ "a\n"; "b" ]; print_endline (Buffer.contents ob);
  print_endline (Atdgen_runtime.Util.Json.to_string (fun b x -> Buffer.add_string b (string_of_int x)) 3);
  (match Atdgen_runtime.Oj_run.read_string (Yojson.init_lexer ()) (Lexing.from_string "12") with s -> print_endline s | exception Yojson.Json_error m -> print_endline m | exception e -> print_endline (Printexc.to_string e));
  match Atdgen_runtime.Ov_run.validate_list (fun _ x -> if x > 2 then Some (Atdgen_runtime.Util.Validation.error []) else None) [] [ 1; 3 ] with Some e -> print_endline (Atdgen_runtime.Util.Validation.string_of_error e) | None -> print_endline "valid"
