(* Error numbers of the platform functions (Linux's: asm-generic/errno.h) as exceptions with the C library's messages. *)

open Primitives_base
external string_of_int : string -> int -> string = "caml_format_int"

let no_entry = 2
let again = 11
let bad_descriptor = 9

(** The result of a platform function that a signal interrupted. *)
let interrupted = -4

let message number =
  match number with
  | 1 -> "Operation not permitted"
  | 2 -> "No such file or directory"
  | 4 -> "Interrupted system call"
  | 5 -> "Input/output error"
  | 6 -> "No such device or address"
  | 7 -> "Argument list too long"
  | 9 -> "Bad file descriptor"
  | 11 -> "Resource temporarily unavailable"
  | 12 -> "Cannot allocate memory"
  | 13 -> "Permission denied"
  | 14 -> "Bad address"
  | 16 -> "Device or resource busy"
  | 17 -> "File exists"
  | 18 -> "Invalid cross-device link"
  | 19 -> "No such device"
  | 20 -> "Not a directory"
  | 21 -> "Is a directory"
  | 22 -> "Invalid argument"
  | 23 -> "Too many open files in system"
  | 24 -> "Too many open files"
  | 25 -> "Inappropriate ioctl for device"
  | 26 -> "Text file busy"
  | 27 -> "File too large"
  | 28 -> "No space left on device"
  | 29 -> "Illegal seek"
  | 30 -> "Read-only file system"
  | 31 -> "Too many links"
  | 32 -> "Broken pipe"
  | 36 -> "File name too long"
  | 38 -> "Function not implemented"
  | 39 -> "Directory not empty"
  | 40 -> "Too many levels of symbolic links"
  | 75 -> "Value too large for defined data type"
  | 95 -> "Operation not supported"
  | 104 -> "Connection reset by peer"
  | 122 -> "Disk quota exceeded"
  | _ -> "Unknown error " ^ string_of_int "%d" number

(** Of an operation on a channel. *)
let fail number = if number = again then raise Sys_blocked_io else raise (Sys_error (message number))

(** Of an operation on the file [path]. *)
let fail_for path number = raise (Sys_error (path ^ ": " ^ message number))

(** The result of a platform function that is an error number when negative. *)
let checked result = if result < 0 then fail (-result) else result
