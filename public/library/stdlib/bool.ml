(* Booleans. *)

type t = bool = false | true

let not = Stdlib.not

external ( && ) : bool -> bool -> bool = "%sequand"
external ( || ) : bool -> bool -> bool = "%sequor"
external to_int : bool -> int = "%identity"

let equal (a : bool) b = a = b
let compare (a : bool) b = to_int a - to_int b
let to_float b = if b then 1. else 0.
let to_string b = if b then "true" else "false"

external hash_with : int -> int -> int -> 'a -> int = "caml_hash" [@@noalloc]

let seeded_hash seed (b : bool) = hash_with 10 100 seed b
let hash (b : bool) = hash_with 10 100 0 b
