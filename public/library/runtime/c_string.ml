(* NUL-terminated strings in raw memory, as boot protocols and the kernel hand them over. *)

open Raw

let length address =
  let n = ref 0n in
  while load8 (address + !n) <> 0n do
    n := !n + 1n
  done;
  !n

(** A copy as an OCaml string. *)
let to_string (start : word) : string =
  let n = length start in
  let copy : string = value (address (Alloc.create_bytes (to_int n))) in
  copy_bytes (address copy) start n;
  copy
