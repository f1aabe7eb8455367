(* mirage >= 4.9.0 & < 4.12.0 *)
open Mirage

let greeting = runtime_arg ~pos:__POS__ "Unikernel.greeting"
let packages = [ package "duration"; package ~min:"0.8.7" "fmt" ]
let main = main ~packages ~runtime_args:[ greeting ] "Unikernel" job
let () = register "hello" [ main ]
