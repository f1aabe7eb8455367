(* NUL-terminated strings in raw memory, as boot protocols and the kernel hand them over. *)
[@@@runtime]

open Raw

(** The bytes before the NUL. *)
let length address =
  let n = ref 0n in
  while load8 (address + !n) <> 0n do
    n := !n + 1n
  done;
  !n
