(* mirage >= 4.9.0 & < 4.12.0 *)
open Mirage

let port = Runtime_arg.create ~pos:__POS__ "Unikernel.port"
let stack = generic_stackv4v6 default_network
let disk = block_of_file "disk"
let eyeballs = generic_happy_eyeballs stack
let dns = generic_dns_client stack eyeballs
let main = main ~runtime_args:[ Runtime_arg.v port ] "Unikernel.Make" (stackv4v6 @-> block @-> dns_client @-> job)
let () = register "network" [ main $ stack $ disk $ dns ]
