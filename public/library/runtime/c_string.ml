(* NUL-terminated strings as OCaml strings. *)

open Raw

(** A copy of the string at [start]. *)
let to_string (start : word) : string =
  let n = Nul_terminated.length start in
  let copy : string = value (address (Alloc.create_bytes (to_int n))) in
  copy_bytes (address copy) start n;
  copy
