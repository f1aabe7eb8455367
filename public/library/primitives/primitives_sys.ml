(* The module Sys: files and folders by name, and what there is to say of the run-time system. *)

open Primitives_base

(* The platform's functions give a negative error number when they fail. Paths are NUL-terminated by their padding. *)

(** 0 for a regular file, 1 for a folder, 2 for anything else. *)
external platform_kind : string -> int = "morgana_platform_file_kind"

external platform_remove : string -> int = "morgana_platform_remove"
external platform_rename : string -> string -> int = "morgana_platform_rename"
external platform_make_folder : string -> int -> int = "morgana_platform_make_folder"
external platform_remove_folder : string -> int = "morgana_platform_remove_folder"
external platform_change_folder : string -> int = "morgana_platform_change_folder"

(** Writes the current folder's name, with the NUL that ends it, into a buffer; its length with the NUL. *)
external platform_current_folder : bytes -> int = "morgana_platform_current_folder"

(** Opens a folder for reading its entries. *)
external platform_open_folder : string -> int = "morgana_platform_open_folder"

(** Reads entries as records of Linux's getdents64; the number of bytes, 0 at the end. *)
external platform_read_folder : int -> bytes -> int = "morgana_platform_read_folder"

external platform_is_terminal : int -> bool = "morgana_platform_is_terminal"
external platform_close : int -> int = "morgana_platform_close"

let valid path = not (Primitives_file.has_nul path 0)
let caml_sys_file_exists path = valid path && platform_kind path >= 0 [@@primitive "caml_sys_file_exists"]

let kind path =
  Primitives_file.check_path path;
  let kind = platform_kind path in
  if kind < 0 then Primitives_errno.fail_for path (-kind) else kind

let caml_sys_is_directory path = kind path = 1 [@@primitive "caml_sys_is_directory"]
let caml_sys_is_regular_file path = kind path = 0 [@@primitive "caml_sys_is_regular_file"]

let done_with path result = if result < 0 then Primitives_errno.fail_for path (-result)

let caml_sys_remove path =
  Primitives_file.check_path path;
  done_with path (platform_remove path)
[@@primitive "caml_sys_remove"]

let caml_sys_rename path new_path =
  Primitives_file.check_path path;
  Primitives_file.check_path new_path;
  (* OCaml's message names neither. *)
  ignore (Primitives_errno.checked (platform_rename path new_path))
[@@primitive "caml_sys_rename"]

let caml_sys_mkdir path permissions =
  Primitives_file.check_path path;
  done_with path (platform_make_folder path permissions)
[@@primitive "caml_sys_mkdir"]

let caml_sys_rmdir path =
  Primitives_file.check_path path;
  done_with path (platform_remove_folder path)
[@@primitive "caml_sys_rmdir"]

let caml_sys_chdir path =
  Primitives_file.check_path path;
  done_with path (platform_change_folder path)
[@@primitive "caml_sys_chdir"]

let longest_path = 4096

let caml_sys_getcwd () =
  let buffer = bytes_create longest_path in
  let length = Primitives_errno.checked (platform_current_folder buffer) in
  sub_string (to_string buffer) 0 (length - 1)
[@@primitive "caml_sys_getcwd"]

(* {1 Entries of a folder} *)

(* struct linux_dirent64: 8 bytes inode, 8 offset, 2 length of the record, 1 kind, then the NUL-terminated name. *)
let length_offset = 16

let name_offset = 19
let rec name_end buffer i = if equal_char (bytes_get buffer i) '\000' then i else name_end buffer (i + 1)

let rec entries buffer i stop names =
  if i >= stop then names
  else begin
    let start = i + name_offset in
    let name = sub_string (to_string buffer) start (name_end buffer start - start) in
    let names = match name with "." | ".." -> names | _ -> name :: names in
    entries buffer (i + bytes_get16 buffer (i + length_offset)) stop names
  end

let rec all_entries descriptor buffer names =
  let length = platform_read_folder descriptor buffer in
  if length > 0 then all_entries descriptor buffer (entries buffer 0 length names) else (length, names)

let rec list_length list n = match list with [] -> n | _ :: rest -> list_length rest (n + 1)

(* The last one read comes first in the list. *)
let rec fill_back result i names =
  match names with
  | [] -> result
  | name :: rest ->
      array_set result i name;
      fill_back result (i - 1) rest

let caml_sys_read_directory path =
  Primitives_file.check_path path;
  let descriptor = platform_open_folder path in
  if descriptor < 0 then Primitives_errno.fail_for path (-descriptor)
  else begin
    let last, names = all_entries descriptor (bytes_create 4096) [] in
    ignore (platform_close descriptor);
    if last < 0 then Primitives_errno.fail_for path (-last)
    else begin
      let n = list_length names 0 in
      fill_back (array_make n "") (n - 1) names
    end
  end
[@@primitive "caml_sys_read_directory"]

(* {1 The rest} *)

let caml_sys_isatty (channel : Primitives_channel.channel) =
  channel.descriptor <> Primitives_channel.closed && platform_is_terminal channel.descriptor
[@@primitive "caml_sys_isatty"]

let caml_runtime_variant () = "" [@@primitive "caml_runtime_variant"]
let caml_runtime_parameters () = "" [@@primitive "caml_runtime_parameters"]
let warnings = ref false
let caml_ml_enable_runtime_warnings on = warnings := on [@@primitive "caml_ml_enable_runtime_warnings"]
let caml_ml_runtime_warnings_enabled () = !warnings [@@primitive "caml_ml_runtime_warnings_enabled"]
