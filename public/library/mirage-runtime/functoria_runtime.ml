(* Boot arguments: the terms that a unikernel registers, and their evaluation before it starts. *)

open Cmdliner

let evaluated = ref false
let registered : unit Term.t list ref = ref []

let register_arg term =
  if !evaluated then invalid_arg "Mirage_runtime.register_arg: the boot arguments have been evaluated already";
  let value = ref None in
  registered := Term.(const (fun v -> value := Some v) $ term) :: !registered;
  fun () ->
    match !value with
    | Some v -> v
    | None -> invalid_arg "Mirage_runtime: the value of a boot argument was asked for before the boot arguments were evaluated"

let runtime_args () = List.rev !registered
let help_version = 63
let argument_error = 64

let exits =
  [
    Cmd.Exit.info 0 ~doc:"when the unikernel ends.";
    Cmd.Exit.info 1 ~doc:"on an internal error of Solo5.";
    Cmd.Exit.info 2 ~doc:"on an OCaml exception that nothing handles.";
    Cmd.Exit.info help_version ~doc:"after this manual was shown.";
    Cmd.Exit.info argument_error ~doc:"when the boot arguments are wrong.";
    Cmd.Exit.info Cmd.Exit.internal_error ~doc:"on an unexpected internal error while the boot arguments are evaluated.";
  ]

let with_argv ?(sections = []) terms name argv =
  let all = List.fold_left (fun all term -> Term.(const (fun () () -> ()) $ all $ term)) (Term.const ()) terms in
  let man = List.map (fun section -> `S section) sections in
  match Cmd.eval_value ~argv (Cmd.v (Cmd.info name ~exits ~man) all) with
  | Ok (`Ok ()) -> evaluated := true
  | Ok (`Help | `Version) -> exit help_version
  | Error (`Parse | `Term | `Exn) -> exit argument_error

let register = register_arg
