(* References with indivisible operations. *)

type 'a t = { mutable v : 'a }

external make : 'a -> 'a t = "%makemutable"
external get : 'a t -> 'a = "%atomic_load"
external set : 'a t -> 'a -> unit = "%atomic_set"
external exchange : 'a t -> 'a -> 'a = "%atomic_exchange"
external compare_and_set : 'a t -> 'a -> 'a -> bool = "%atomic_cas"
external fetch_and_add : int t -> int -> int = "%atomic_fetch_add"

let make_contended v = make v
let incr r = ignore (fetch_and_add r 1)
let decr r = ignore (fetch_and_add r (-1))
