(* What is done when a unikernel is configured: the project's files can be read, and those that were written before. *)

type 'a t = unit -> ('a, string) result

let ok x () = Ok x
let error message () = Error message
let errorf format = Format.kasprintf error format
let bind ~f x () = match x () with Ok v -> (f v) () | Error message -> Error message
let map ~f x () = Result.map f (x ())
let seq actions = List.fold_left (fun before action -> bind before ~f:(fun () -> action)) (ok ()) actions

module List = struct
  let iter ~f items = seq (List.map f items)

  let map ~f items =
    let add done_ item = bind done_ ~f:(fun done_ -> map (f item) ~f:(fun v -> v :: done_)) in
    map (List.fold_left add (ok []) items) ~f:List.rev
end

module Infix = struct
  let ( >>= ) x f = bind x ~f
  let ( >|= ) x f = map x ~f
end

module Syntax = struct
  let ( let* ) x f = bind x ~f
  let ( let+ ) x f = map x ~f
end

let files : (string * string) list ref = ref []
let folders : string list ref = ref []
let variables : (string * string) list ref = ref []
let path p = Fpath.to_string (Fpath.normalize p)

let rm p () =
  files := Stdlib.List.remove_assoc (path p) !files;
  Ok ()

let mkdir p () =
  let p = path p in
  let is_new = not (Stdlib.List.mem p !folders) in
  if is_new then folders := p :: !folders;
  Ok is_new

let rmdir p () =
  let p = path p in
  folders := Stdlib.List.filter (fun folder -> folder <> p) !folders;
  Ok ()

let with_dir _ f = f ()
let pwd () = ok (Fpath.v ".")

(* What was written hides the project's file of the name. *)
let contents p =
  match Stdlib.List.assoc_opt (path p) !files with
  | Some _ as text -> text
  | None ->
      let name = path p in
      if Sys.file_exists name && not (Sys.is_directory name) then Some (In_channel.with_open_bin name In_channel.input_all) else None

let is_file p () = Ok (contents p <> None)

let is_dir p () =
  let name = path p in
  Ok (Stdlib.List.mem name !folders || (Sys.file_exists name && Sys.is_directory name))

let size_of p () = Ok (Option.map String.length (contents p))

let set_var name value () =
  variables := Stdlib.List.remove_assoc name !variables;
  Option.iter (fun value -> variables := (name, value) :: !variables) value;
  Ok ()

let get_var name () = Ok (match Stdlib.List.assoc_opt name !variables with Some _ as value -> value | None -> Sys.getenv_opt name)

let write_file p text () =
  let p = path p in
  files := (p, text) :: Stdlib.List.remove_assoc p !files;
  Ok ()

let read_file p () =
  match contents p with Some text -> Ok text | None -> Error (Printf.sprintf "%s: the project has no such file" (path p))

let ls p keep () =
  let inside = Fpath.normalize p in
  let folder = Fpath.to_string inside in
  let there = if Sys.file_exists folder && Sys.is_directory folder then Array.to_list (Sys.readdir folder) else [] in
  let there = Stdlib.List.map (Fpath.( / ) inside) there in
  let written = Stdlib.List.filter (Fpath.is_prefix (Fpath.to_dir_path inside)) (Stdlib.List.map (fun (name, _) -> Fpath.v name) !files) in
  Ok (Stdlib.List.sort_uniq Fpath.compare (Stdlib.List.filter keep (there @ written)))

let with_output ?mode:_ ?(append = false) ~path:p ~purpose:_ write () =
  let before = if append then Option.value (Stdlib.List.assoc_opt (path p) !files) ~default:"" else "" in
  let buffer = Buffer.create 256 in
  let ppf = Format.formatter_of_buffer buffer in
  let result = write ppf in
  Format.pp_print_flush ppf ();
  Result.map (fun () -> result) (write_file p (before ^ Buffer.contents buffer) ())

let run t = match t () with Ok v -> Ok v | Error message -> Error (`Msg message)
let written () = Stdlib.List.rev !files
