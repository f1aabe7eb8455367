(* What is done when a unikernel is configured, on files that exist only here: those that were written before. *)

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
let is_file p () = Ok (Stdlib.List.mem_assoc (path p) !files)
let is_dir p () = Ok (Stdlib.List.mem (path p) !folders)
let size_of p () = Ok (Option.map String.length (Stdlib.List.assoc_opt (path p) !files))

let set_var name value () =
  variables := Stdlib.List.remove_assoc name !variables;
  Option.iter (fun value -> variables := (name, value) :: !variables) value;
  Ok ()

let get_var name () = Ok (Stdlib.List.assoc_opt name !variables)

let write_file p text () =
  let p = path p in
  files := (p, text) :: Stdlib.List.remove_assoc p !files;
  Ok ()

let read_file p () =
  match Stdlib.List.assoc_opt (path p) !files with
  | Some text -> Ok text
  | None -> Error (Printf.sprintf "%s: only files that the configuration has written can be read" (path p))

let ls p keep () =
  let inside = Fpath.to_dir_path (Fpath.normalize p) in
  let names = Stdlib.List.map (fun (name, _) -> Fpath.v name) !files in
  Ok (Stdlib.List.filter (fun name -> Fpath.is_prefix inside name && keep name) names)

let with_output ?mode:_ ?(append = false) ~path:p ~purpose:_ write () =
  let before = if append then Option.value (Stdlib.List.assoc_opt (path p) !files) ~default:"" else "" in
  let buffer = Buffer.create 256 in
  let ppf = Format.formatter_of_buffer buffer in
  let result = write ppf in
  Format.pp_print_flush ppf ();
  Result.map (fun () -> result) (write_file p (before ^ Buffer.contents buffer) ())

let run t = match t () with Ok v -> Ok v | Error message -> Error (`Msg message)
let written () = Stdlib.List.rev !files
