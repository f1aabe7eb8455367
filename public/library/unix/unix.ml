(* OCaml's package unix: errors, time and addresses on all targets; on the target unix the system that the program runs under. *)

include Unix__error
include Unix__environment
include Unix__time
include Unix__addresses
include Unix__descriptors
include Unix__files
include Unix__folders
include Unix__users
include Unix__signals
include Unix__processes
include Unix__select
include Unix__sockets
include Unix__connections
include Unix__pipes
include Unix__hosts
include Unix__terminal
include Unix__mapping
