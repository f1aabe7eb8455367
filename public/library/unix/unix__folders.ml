(* Folders, all entries of which are read at once. *)

open Unix__error
open Unix__files

type dir_handle = { path : string; mutable entries : string list; mutable is_open : bool }

let entries_of path =
  match Sys.readdir path with
  | names -> "." :: ".." :: Array.to_list names
  | exception Sys_error _ ->
      (* What is wrong, as an error of this module. *)
      let kind = (stat path).st_kind in
      raise (Unix_error ((if kind = S_DIR then EACCES else ENOTDIR), "opendir", path))

let opendir path =
  check_path "opendir" path;
  (match stat path with
  | { st_kind = S_DIR; _ } -> ()
  | _ -> raise (Unix_error (ENOTDIR, "opendir", path))
  | exception Unix_error (error, _, _) -> raise (Unix_error (error, "opendir", path)));
  { path; entries = entries_of path; is_open = true }

let check_open name dir = if not dir.is_open then raise (Unix_error (EBADF, name, ""))

let readdir dir =
  check_open "readdir" dir;
  match dir.entries with
  | [] -> raise End_of_file
  | name :: rest ->
      dir.entries <- rest;
      name

let rewinddir dir =
  check_open "rewinddir" dir;
  dir.entries <- entries_of dir.path

let closedir dir =
  check_open "closedir" dir;
  dir.is_open <- false
