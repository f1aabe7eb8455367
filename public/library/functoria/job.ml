(* Jobs: what a unikernel runs. *)

type t = Type.job

let t = Type.job

(* The unit argument of those that are given nothing else. *)
let noop = Impl.made "noop" (Impl.v "Unit" t)
let default_runtime = "mirage-runtime"

let runtime_args ?(runtime_package = Package.v default_runtime) ?(runtime_modname = "Mirage_runtime") argv =
  let connect info _ = function
    | [ argv ] -> Device.code ~pos:__POS__ "return (%s.(with_argv (runtime_args ()) %S %s))" runtime_modname (Info.name info) argv
    | _ -> failwith "runtime_args: one argument is expected"
  in
  Impl.v ~packages:[ runtime_package ] ~extra_deps:[ Impl.abstract argv ] ~connect runtime_modname t
