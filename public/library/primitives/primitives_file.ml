(* Files by name, over the platform's functions. *)

open Primitives_base
external platform_open : string -> int -> int -> int = "morgana_platform_open"
external platform_close : int -> int = "morgana_platform_close"

let rec has_nul path i = i < string_length path && (byte path i = 0 || has_nul path (i + 1))

(** What the C library would not see whole names no file. *)
let check_path path = if has_nul path 0 then Primitives_errno.fail_for path Primitives_errno.no_entry

type open_flag =
  | Open_rdonly
  | Open_wronly
  | Open_append
  | Open_creat
  | Open_trunc
  | Open_excl
  | Open_binary
  | Open_text
  | Open_nonblock

let platform_flag flag =
  match flag with
  | Open_wronly -> 1
  | Open_creat -> 2
  | Open_trunc -> 4
  (* Appending is writing: OCaml opens so, too. *)
  | Open_append -> 9
  | Open_excl -> 16
  | Open_rdonly | Open_binary | Open_text | Open_nonblock -> 0

let rec platform_flags flags result =
  match flags with [] -> result | flag :: rest -> platform_flags rest (result lor platform_flag flag)

let caml_sys_open path flags permissions =
  check_path path;
  let descriptor = platform_open path (platform_flags flags 0) permissions in
  if descriptor < 0 then Primitives_errno.fail_for path (-descriptor) else descriptor
[@@primitive "caml_sys_open"]

let caml_sys_close descriptor = ignore (platform_close descriptor) [@@primitive "caml_sys_close"]
