(* File paths. oracle: fpath *)
let show name f = Printf.printf "%s: %s\n" name (match f () with s -> s | exception Invalid_argument _ -> "invalid")
let b = string_of_bool
let paths = [ "/"; "//"; "///"; "a"; "a/"; "/a"; "/a/"; "a/b"; "a//b/"; "."; ".."; "./"; "../"; "a/."; "a/.."; "a/../b"; "/.."; "/a/../.."; "../a"; "./a"; "a/b/c.tar.gz"; ".emacs"; "a.ml"; "a."; "..a"; ".a.b"; "a.d/b"; "//a/b"; "/a/b/../../c/./d/" ]
let opt = function None -> "none" | Some p -> Fpath.to_string p
let () =
  List.iter
    (fun s ->
      let p = Fpath.v s in
      let t name f = show (Printf.sprintf "%s %S" name s) (fun () -> Fpath.to_string (f p)) in
      t "v" Fun.id; t "normalize" Fpath.normalize; t "parent" Fpath.parent; t "base" Fpath.base; t "rem" Fpath.rem_empty_seg; t "dir" Fpath.to_dir_path;
      t "add" (fun p -> Fpath.(p / "x")); t "append" (fun p -> Fpath.(p // v "y/z")); t "ext" (Fpath.add_ext "txt"); t "rem_ext" Fpath.rem_ext; t "rem_ext multi" (Fpath.rem_ext ~multi:true); t "set_ext" (Fpath.set_ext ".o");
      show (Printf.sprintf "of %S" s) (fun () ->
          String.concat " " [ Fpath.filename p; Fpath.basename p; Fpath.get_ext p; Fpath.get_ext ~multi:true p; b (Fpath.is_dir_path p); b (Fpath.is_abs p); b (Fpath.is_root p); b (Fpath.is_current_dir p); b (Fpath.is_parent_dir p); b (Fpath.is_dotfile p); b (Fpath.has_ext "gz" p); b (Fpath.exists_ext p); String.concat "," (Fpath.segs p) ]))
    paths;
  List.iter (fun s -> show (Printf.sprintf "bad %S" s) (fun () -> Fpath.to_string (Fpath.v s))) [ ""; "a\000" ];
  List.iter
    (fun (x, y) ->
      let p = Fpath.v x and q = Fpath.v y in
      show (Printf.sprintf "%S %S" x y) (fun () -> String.concat " " [ b (Fpath.is_prefix p q); opt (Fpath.rem_prefix p q); opt (Fpath.find_prefix p q); opt (Fpath.relativize ~root:p q); b (Fpath.is_rooted ~root:p q) ]))
    [ ("a", "a/b"); ("a/", "a/b"); ("a", "ab"); ("/", "/a"); ("/a/b", "/a/c"); ("a/b", "a/b"); ("a/b/", "a/b"); ("a", "/a"); ("..", "a"); ("a/b", "c"); ("a/b/c", "a/d/e/"); ("/a", "/a/"); (".", "a"); ("x", ".") ]
