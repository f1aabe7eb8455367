(* The unikernel as a whole, as its devices may see it. *)

type t = {
  config_file : Fpath.t;
  name : string;
  output : string option;
  libraries : string list;
  packages : Package.t list;
  keys : Key.t list;
  runtime_args : Runtime_arg.t list;
  context : Context.t;
}

let v ?(config_file = Fpath.v "config.ml") ~packages ~local_libs ~keys ~runtime_args ~context name =
  let packages = Package.Set.(to_list (of_list packages)) in
  let libraries = List.sort_uniq String.compare (List.concat_map Package.libraries packages @ local_libs) in
  { config_file; name; output = None; libraries; packages; keys; runtime_args; context }

let config_file t = t.config_file
let name t = t.name
let project_name t = t.name
let main _ = Fpath.v "main.ml"
let output t = t.output
let with_output t output = { t with output = Some output }
let libraries t = t.libraries
let packages t = t.packages
let keys t = t.keys
let runtime_args t = t.runtime_args
let context t = t.context
let get t key = Key.get t.context key
let pp _ ppf t = Format.fprintf ppf "%s: %s" t.name (String.concat " " t.libraries)
