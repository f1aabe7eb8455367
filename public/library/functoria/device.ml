(* Devices: a module or functor, what it needs, and the code that connects it. *)

type 'a code = { pos : (string * int * int * int) option; code : string }

let code ~pos format = Format.kasprintf (fun code -> { pos = Some pos; code }) format

type ('a, 'b) t = {
  id : int;
  module_name : string;
  module_type : 'a Type.t;
  packages : Package.t list Key.value;
  local_libs : string list;
  install : Info.t -> Install.t Key.value;
  keys : Key.t list;
  runtime_args : Runtime_arg.t list;
  extra_deps : 'b list;
  connect : (Info.t -> string -> string list -> 'a code) option;
  dune : Info.t -> Dune.stanza list;
  configure : Info.t -> unit Action.t;
  files : Info.t -> Fpath.t list;
}

let last = ref 0

let both packages packages_v =
  match (packages, packages_v) with
  | None, None -> Key.pure []
  | Some packages, None -> Key.pure packages
  | None, Some value -> value
  | Some packages, Some value -> Key.map (( @ ) packages) value

let v ?packages ?packages_v ?(local_libs = []) ?install ?install_v ?(keys = []) ?(runtime_args = []) ?(extra_deps = []) ?connect
    ?(dune = fun _ -> []) ?(configure = fun _ -> Action.ok ()) ?(files = fun _ -> []) module_name module_type =
  let install =
    match (install, install_v) with
    | None, None -> fun _ -> Key.pure Install.empty
    | Some f, None -> fun info -> Key.pure (f info)
    | None, Some f -> f
    | Some f, Some g -> fun info -> Key.map (Install.union (f info)) (g info)
  in
  incr last;
  let packages = both packages packages_v in
  { id = !last; module_name; module_type; packages; local_libs; install; keys; runtime_args; extra_deps; connect; dune; configure; files }

let extend ?packages ?packages_v ?dune ?pre_configure ?post_configure ?files t =
  let together f g info = f info @ g info in
  let configure info =
    Action.seq (Option.to_list (Option.map (fun f -> f info) pre_configure) @ [ t.configure info ] @ Option.to_list (Option.map (fun f -> f info) post_configure))
  in
  {
    t with
    packages = Key.(pure ( @ ) $ both packages packages_v $ t.packages);
    dune = (match dune with None -> t.dune | Some f -> together t.dune f);
    files = (match files with None -> t.files | Some f -> together t.files f);
    configure;
  }

let module_type t = t.module_type
let module_name t = t.module_name
let packages t = t.packages
let local_libs t = t.local_libs
let install t = t.install
let extra_deps t = t.extra_deps
let id t = t.id
let equal a b = a.id = b.id
let hash t = t.id
let keys t = t.keys
let runtime_args t = t.runtime_args
let dune t = t.dune
let configure t = t.configure
let files t = t.files

let connect t info module_name arguments =
  match t.connect with None -> { pos = None; code = "return ()" } | Some connect -> connect info module_name arguments

let start ?pos module_name arguments =
  let arguments = match arguments with [] -> "()" | arguments -> String.concat " " arguments in
  { pos; code = Printf.sprintf "(%s.start %s : unit io)" module_name arguments }

let nice_name t = String.map (fun c -> if c = '.' then '_' else Char.lowercase_ascii c) t.module_name
let pp _ ppf t = Format.pp_print_string ppf t.module_name
