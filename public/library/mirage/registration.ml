(* What [register] was given. *)

open Functoria.DSL

type t = { name : string; initialisation : abstract_impl list; jobs : abstract_impl list; place : (string * int) option }

let registered : t list ref = ref []

(* In the order of MirageOS: arguments, the OCaml runtime, the delay, the log, sleep, clocks, random numbers, the name. *)
let add ~argv ~reporter ~sleep ~ptime ~mtime ~random name jobs =
  let log = if reporter == Base.no_reporter then [] else [ dep reporter ] in
  let initialisation =
    [ dep (Base.runtime_args argv); dep Base.ocaml_runtime; dep Base.delay ] @ log @ [ dep sleep; dep ptime; dep mtime; dep random; dep (Base.unikernel_name name) ]
  in
  registered := { name; initialisation; jobs = List.map dep jobs; place = Functoria.Impl.place () } :: !registered
