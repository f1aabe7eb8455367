(* Allocation as compiled code asks for it: blocks that are too large to be made inline. A module of the dialect, for the stub gives raw words. *)
[@@@runtime]

open Raw

let alloc (size : word) (tag : word) : 'a = Alloc.alloc (to_int tag) (to_int size) [@@export "morgana_alloc"]
