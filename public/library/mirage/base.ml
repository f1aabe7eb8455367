(* Types and devices that every unikernel has: arguments, clocks, random numbers, the log. *)

open Functoria.DSL
module Device = Functoria.Device
module Impl = Functoria.Impl
module Type = Functoria.Type

let connect_err name number = Fmt.failwith "The connect function of %s takes %d %s." name number (if number = 1 then "argument" else "arguments")

let named name t =
  Type.set_name t name;
  t

(* {1 How combinators were called} *)

let positional text : Impl.parameter = { label = None; text = Some text }
let labelled label text : Impl.parameter = { label = Some label; text = Some text }
let given label show = function None -> [] | Some v -> [ labelled label (show v) ]
let unwritable label = function None -> [] | Some _ -> [ ({ label = Some label; text = None } : Impl.parameter) ]
let argument_text argument = Printf.sprintf "(Runtime_arg.create ~pos:__POS__ %S)" (Functoria.Runtime_arg.Described.term (Functoria.Runtime_arg.v argument))
let group g = given "group" (Printf.sprintf "%S") g

(* A device without parameters of its own is one device wherever it is named. *)
let device ?packages ?packages_v ?keys ?runtime_args ?extra_deps ?connect ?dune ?configure ?files name t =
  Impl.of_device (Device.v ?packages ?packages_v ?keys ?runtime_args ?extra_deps ?connect ?dune ?configure ?files name t)

(* Code that needs as many values as the device has arguments. *)
let connects name number make info modname arguments = if List.length arguments = number then make info modname arguments else connect_err name number

(* {1 Arguments of the unikernel} *)

type argv = Functoria.argv

let argv = Functoria.argv

let default_argv =
  let connect _ modname _ = code ~pos:__POS__ "return (%s.argv ())" modname in
  Impl.made "default_argv" (device ~packages:[ package "mirage-bootvar" ~min:"1.0.0" ~max:"2.0.0" ] ~connect "Mirage_bootvar" argv)

let no_argv = Impl.made "no_argv" (device ~connect:(fun _ _ _ -> code ~pos:__POS__ "return [| \"\" |]") "Mirage_runtime" argv)

let job = Functoria.job

(* {1 What is only linked}

   These are jobs, of which a unikernel has one each: one can be given to [register] for another, or to [~deps]. *)

let plain name package module_name t = Impl.made name (device ~packages:[ package ] module_name t)
let nothing name t = Impl.made name (device "Mirage_runtime" t)

type sleep = job

let sleep : sleep typ = job
let default_sleep = plain "default_sleep" (package "mirage-sleep" ~min:"4.0.0" ~max:"5.0.0") "Mirage_sleep" sleep
let no_sleep = nothing "no_sleep" sleep

type ptime = job

let ptime : ptime typ = job
let ptime_package = package "mirage-ptime" ~min:"5.0.0" ~max:"6.0.0"
let default_ptime = plain "default_ptime" ptime_package "Mirage_ptime" ptime
let mock_ptime = plain "mock_ptime" (package "mirage-ptime" ~sublibs:[ "mock" ]) "Mirage_ptime_set" ptime
let no_ptime = nothing "no_ptime" ptime

type mtime = job

let mtime : mtime typ = job
let mtime_package = package "mirage-mtime" ~min:"5.0.0" ~max:"6.0.0"
let default_mtime = plain "default_mtime" mtime_package "Mirage_mtime" mtime
let mock_mtime = plain "mock_mtime" (package "mirage-mtime" ~sublibs:[ "mock" ]) "Mirage_mtime_set" mtime
let no_mtime = nothing "no_mtime" mtime

type random = job

let random : random typ = job

let default_random =
  let connect _ modname _ = code ~pos:__POS__ "%s.initialize (module Mirage_crypto_rng.Fortuna)" modname in
  Impl.made "default_random" (device ~packages:[ package "mirage-crypto-rng-mirage" ~min:"2.0.0" ] ~connect "Mirage_crypto_rng_mirage" random)

let no_random = nothing "no_random" random

(* {1 The log} *)

type reporter = job

let reporter : reporter typ = job

let level_text : Logs.level option -> string = function
  | None -> "None"
  | Some Logs.App -> "(Some Logs.App)"
  | Some Logs.Error -> "(Some Logs.Error)"
  | Some Logs.Warning -> "(Some Logs.Warning)"
  | Some Logs.Info -> "(Some Logs.Info)"
  | Some Logs.Debug -> "(Some Logs.Debug)"

let default_reporter ?(level = Some Logs.Info) () =
  let connect _ modname = function
    | [ logs ] ->
        code ~pos:__POS__
          "(let reporter = %s.create () in Mirage_runtime.set_level ~default:%s %s; Logs.set_reporter reporter; return reporter)" modname
          (level_text level) logs
    | _ -> connect_err "reporter" 1
  in
  let parameters = (if level = Some Logs.Info then [] else [ labelled "level" (level_text level) ]) @ [ positional "()" ] in
  Impl.made "default_reporter" ~parameters
    (device
       ~packages:[ package "mirage-logs" ~min:"3.0.0" ~max:"4.0.0" ]
       ~runtime_args:[ Runtime_arg.(v logs) ] ~connect "Mirage_logs" reporter)

let no_reporter = nothing "no_reporter" reporter

(* {1 In every unikernel} *)

let runtime_args argv = Impl.made "runtime_args" ~inputs:[ dep argv ] (Functoria.runtime_args argv)

let ocaml_runtime =
  let term = "Cmdliner_stdlib.setup ~backtrace:(Some true) ~randomize_hashtables:(Some true) ()" in
  let argument = Functoria.Runtime_arg.create ~pos:__POS__ ~packages:[ package "cmdliner-stdlib" ~min:"1.0.1" ] term in
  let connect _ _ = function [ settings ] -> code ~pos:__POS__ "return %s" settings | _ -> connect_err "the OCaml runtime" 1 in
  device ~runtime_args:[ Functoria.Runtime_arg.v argument ] ~connect "Cmdliner_stdlib" job

let delay =
  let connect _ _ = function
    | [ seconds ] -> code ~pos:__POS__ "(match %s with 0 -> return () | seconds -> Mirage_sleep.ns (Duration.of_sec seconds))" seconds
    | _ -> connect_err "the delay" 1
  in
  device ~packages:[ package "duration" ] ~runtime_args:[ Runtime_arg.(v delay) ] ~connect "Mirage_runtime" job

let unikernel_name name =
  let connect _ _ = function [ name ] -> code ~pos:__POS__ "return (Mirage_runtime.set_name %s)" name | _ -> connect_err "the name" 1 in
  device ~runtime_args:[ Runtime_arg.v (Runtime_arg.Internal.name name) ] ~connect "Mirage_runtime" job
