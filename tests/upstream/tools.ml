(* packages: fileutils ounit2 atd *)
(* Paths, test suites that pass and fail, type declarations read and printed. *)
let () =
  let open FilePath in
  let open FilePath.UnixPath in
  List.iter (fun p -> Printf.printf "%s | %s | %s | %b\n" (reduce p) (basename p) (dirname p) (is_relative p)) [ "/a/b/../c/./d"; "a//b"; "../x"; "/"; "." ];
  print_endline (make_relative "/a/b" "/a/c/d");
  print_endline (concat "/a" "b/c");
  Printf.printf "%s %s %b\n" (chop_extension "x/y.tar.gz") (get_extension "y.ml") (is_subdir "/a/b/c" "/a/b");
  print_endline (string_of_path (path_of_string "/bin:/usr/bin"));
  print_endline (replace_extension "a.ml" "mli");
  FileUtil.mkdir ~parent:true "d1/d2";
  FileUtil.touch "d1/d2/f.txt";
  FileUtil.cp [ "d1/d2/f.txt" ] "d1/g.txt";
  let found = FileUtil.find (FileUtil.Has_extension "txt") "d1" (fun l f -> f :: l) [] in
  List.iter print_endline (List.sort compare found);
  Printf.printf "%b %b\n" (FileUtil.test FileUtil.Is_dir "d1") (FileUtil.test FileUtil.Exists "nothing");
  FileUtil.rm ~recurse:true [ "d1" ];
  Printf.printf "%b %s\n" (Sys.file_exists "d1") (FileUtil.string_of_size ~fuzzy:true (FileUtil.KB 2048L))

let () =
  let text =
    "(* a module *)\ntype t = { ~name : string; ?age : int option; tags <ocaml repr=\"array\"> : string list } <ocaml from=\"M\">\ntype 'a tree = [ Leaf of 'a | Node of ('a tree * 'a tree) | Other <json name=\"o\"> ]\ntype alias = (int * t) list nullable\n"
  in
  let (head, body), _ = Atd.Util.load_string ~inherit_fields:true text in
  ignore head;
  let out = Format.asprintf "%a" (fun f m -> Easy_format.Pretty.to_formatter f (Atd.Print.format m)) (head, body) in
  print_endline out;
  List.iter (fun (Atd.Ast.Type (_, (name, params, _), _)) -> Printf.printf "%s/%d\n" name (List.length params)) body;
  match Atd.Util.load_string "type t = { a : }" with
  | _ -> print_endline "read"
  | exception e -> print_endline (List.hd (List.rev (String.split_on_char '\n' (match e with Atd.Ast.Atd_error m -> m | e -> Printexc.to_string e))))

let () =
  let open OUnit2 in
  let suite = "all" >::: [ "equal" >:: (fun _ -> assert_equal ~printer:string_of_int 4 (2 + 2)); "raises" >:: (fun _ -> assert_raises Not_found (fun () -> raise Not_found)); ("inner" >::: [ "skipped" >:: (fun _ -> skip_if true "not here"); "todo" >:: (fun _ -> todo "later") ]) ] in
  Printf.printf "%d tests\n" (OUnitTest.test_case_count suite);
  List.iter (fun p -> print_endline (OUnitTest.string_of_path p)) (OUnitTest.test_case_paths suite);
  match assert_equal ~msg:"numbers" ~printer:string_of_int 3 4 with () -> () | exception e -> print_endline (Printexc.to_string e)
