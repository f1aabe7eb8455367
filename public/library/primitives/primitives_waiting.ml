(* What is done before a call that may block, so that other threads can run. *)

open Primitives_base

type hook = Nothing | Call of (int -> unit)

let on_blocking = ref Nothing
let set (f : int -> unit) = on_blocking := Call f [@@primitive "morgana_on_blocking"]

(** The descriptor times two, plus one when it is to be written to: one number, so that the call costs programs without threads little. *)
let before_blocking (what : int) : unit = match !on_blocking with Nothing -> () | Call f -> f what [@@inline never] [@@primitive "morgana_before_blocking"]

let before_reading descriptor = before_blocking (descriptor lsl 1)
let before_writing descriptor = before_blocking ((descriptor lsl 1) lor 1)
