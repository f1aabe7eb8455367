(* Files and folders by name: Linux's calls behind the module Sys. Results below zero are error numbers. *)
[@@@runtime]

open Morgana_runtime.Raw

(* struct stat of x86-64: 144 bytes, st_mode at 24; the kind is in the mode's bits 12 to 15. *)
let stat_buffer = static 144

let mode_offset = 24n

let kind (path : string) : int =
  let result = Linux.stat (address path) stat_buffer in
  if Linux.is_error result then to_int result
  else begin
    let format = load32 (stat_buffer + mode_offset) land 0xf000n in
    if format = 0x8000n then 0 else if format = 0x4000n then 1 else 2
  end
[@@primitive "morgana_platform_file_kind"]

let remove (path : string) : int = to_int (Linux.unlink (address path)) [@@primitive "morgana_platform_remove"]

let rename (path : string) (new_path : string) : int = to_int (Linux.rename (address path) (address new_path))
[@@primitive "morgana_platform_rename"]

let make_folder (path : string) (permissions : int) : int = to_int (Linux.mkdir (address path) (of_int permissions))
[@@primitive "morgana_platform_make_folder"]

let remove_folder (path : string) : int = to_int (Linux.rmdir (address path)) [@@primitive "morgana_platform_remove_folder"]
let change_folder (path : string) : int = to_int (Linux.chdir (address path)) [@@primitive "morgana_platform_change_folder"]

let current_folder (buffer : bytes) : int =
  let block = address buffer in
  to_int (Linux.getcwd block ((Morgana_runtime.Block.wosize block lsl 3) - 8n))
[@@primitive "morgana_platform_current_folder"]

(* O_RDONLY | O_DIRECTORY | O_CLOEXEC *)
let open_folder (path : string) : int = to_int (Linux.openat (address path) 0x90000n 0n) [@@primitive "morgana_platform_open_folder"]

let read_folder (descriptor : int) (buffer : bytes) : int =
  let block = address buffer in
  to_int (Linux.getdents64 (of_int descriptor) block ((Morgana_runtime.Block.wosize block lsl 3) - 8n))
[@@primitive "morgana_platform_read_folder"]

(* TCGETS answers for terminals only; struct termios has 36 bytes. *)
let terminal_buffer = static 64

let is_terminal (descriptor : int) : bool = not (Linux.is_error (Linux.ioctl (of_int descriptor) 0x5401n terminal_buffer))
[@@primitive "morgana_platform_is_terminal"]
