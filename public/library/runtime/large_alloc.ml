(* How compiled code asks for blocks that are too large to be allocated inline: with machine words for arguments. *)
[@@@runtime]

open Raw

let alloc_for_code (size : word) (tag : word) : 'a =
  if tag < Block.no_scan_tag then Alloc.alloc (to_int tag) (to_int size) else Alloc.alloc_raw (to_int tag) (to_int size)
[@@export "morgana_alloc"]
