(* Devices of the configuration's own, made once each, whoever uses them; a choice by a key; a job after another. *)
open Mirage

type counter = Counter

let counter = typ Counter

type scale = Scale

let scale = typ Scale

let counter_device name =
  let connect _ modname = function [] -> code ~pos:__POS__ "return (%s.create %S)" modname name | _ -> connect_err "counter" 0 in
  impl ~packages:[ package "fmt" ] ~connect "Counter" counter

let scaled =
  let connect _ modname = function
    | [ counter; factor ] -> code ~pos:__POS__ "%s.connect ~factor:%s %s" modname factor counter
    | _ -> connect_err "scale" 2
  in
  impl ~connect ~runtime_args:[ runtime_arg ~pos:__POS__ "Counter.factor" ] "Counter.Scale" (counter @-> scale)

let which =
  let doc = Key.Arg.info ~doc:"Which counter to use." ~docv:"NAME" [ "counter" ] in
  Key.(create "counter" Arg.(opt Cmdliner.Arg.(enum [ ("left", `Left); ("right", `Right) ]) `Left doc))

let double = Key.(create "double" Arg.(flag (info ~doc:"Count twice." [ "double" ])))
let left = counter_device "left"
let right = counter_device "right"
let chosen = match_impl (Key.value which) ~default:left [ (`Right, right) ]
let used = if_impl (Key.value double) chosen chosen
let reader name = main name (counter @-> scale @-> job)
let first = reader "Readers.First" $ used $ (scaled $ used)
let second = main ~deps:[ dep first ] "Readers.Second" (counter @-> job) $ left
let () = register "shared" [ first; second; noop ]
