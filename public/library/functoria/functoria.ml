(* The language of configurations: modules as values, and how they are put together. *)

module Type = Type
module Context = Context
module Key = Key
module Package = Package
module Runtime_arg = Runtime_arg
module Install = Install
module Dune = Dune
module Action = Action
module Info = Info
module Device = Device
module Impl = Impl
module DSL = DSL

module type DSL = module type of DSL

include DSL

let job = Job.t
let noop = Job.noop

type argv = Argv.t

let argv = Argv.argv
let sys_argv = Argv.sys_argv
let runtime_args = Job.runtime_args
