(* The language of MirageOS's configurations. *)

include Functoria.DSL
module Key = Key
module Runtime_arg = Runtime_arg
module Info = Functoria.Info
module Dune = Functoria.Dune
module Action = Functoria.Action
module Context = Functoria.Context
include Base
include Network
include Stack
include Storage
include Services

let job = Functoria.job
let noop = Functoria.noop
let etif = ethif

module Project = struct
  let dune _ = []
  let configure _ = Action.ok ()
end

module Tool = struct
  let run () = ()
end

let register ?(argv = default_argv) ?(reporter = default_reporter ()) ?(sleep = default_sleep) ?(ptime = default_ptime) ?(mtime = default_mtime)
    ?(random = default_random) ?src:_ name jobs =
  Registration.add ~argv ~reporter ~sleep ~ptime ~mtime ~random name jobs
