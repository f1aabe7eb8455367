(* The arguments of the process. *)

type t = Type.argv

let argv = Type.argv
let sys_argv = Impl.made "sys_argv" (Impl.v ~connect:(fun _ _ _ -> Device.code ~pos:__POS__ "return Sys.argv") "Sys" argv)
