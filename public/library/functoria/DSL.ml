(* The combinators of configurations. *)

type 'a typ = 'a Type.t

let typ = Type.v
let ( @-> ) = Type.( @-> )

type 'a impl = 'a Impl.t

let ( $ ) = Impl.( $ )

type abstract_impl = Impl.abstract

let dep = Impl.abstract

type 'a key = 'a Key.key
type 'a runtime_arg = 'a Runtime_arg.arg
type abstract_key = Key.t
type context = Context.t
type 'a value = 'a Key.value

let key = Key.v
let runtime_arg ~pos ?packages term = Runtime_arg.v (Runtime_arg.create ~pos ?packages term)

(* Switches that a configuration makes itself are nodes of its graph. *)
let if_impl condition yes no = Impl.made "if_impl" (Impl.if_ condition yes no)
let match_impl value ~default cases = Impl.made "match_impl" (Impl.match_ value ~default cases)

type package = Package.t
type scope = Package.scope

let package = Package.v

type info = Info.t
type 'a code = 'a Device.code

let code = Device.code

type 'a device = ('a, abstract_impl) Device.t

let text s : Impl.parameter = { label = None; text = Some (Printf.sprintf "%S" s) }
let typ_text t : Impl.parameter = { label = None; text = Some (Type.to_string t) }
let opaque label = function None -> [] | Some _ -> [ ({ label = Some label; text = None } : Impl.parameter) ]

let strings label = function
  | None -> []
  | Some list -> [ ({ label = Some label; text = Some (Printf.sprintf "[ %s ]" (String.concat "; " (List.map (Printf.sprintf "%S") list))) } : Impl.parameter) ]

let list show items = "[ " ^ String.concat "; " (List.map show items) ^ " ]"
let quoted = Printf.sprintf "%S"

let package_text p =
  let one label = function [] -> "" | v :: _ -> Printf.sprintf " ~%s:%S" label v in
  let libs = Package.libraries p in
  Printf.sprintf "package%s%s%s%s%s%s %S"
    (if Package.build_dependency p then " ~build:true" else "")
    (match Package.scope p with `Switch -> " ~scope:`Switch" | `Monorepo -> "")
    (if libs = [ Package.name p ] then "" else " ~libs:" ^ list quoted libs)
    (one "min" (Package.min_versions p))
    (one "max" (Package.max_versions p))
    (match Package.pin p with None -> "" | Some (version, url) -> Printf.sprintf " ~pin:%S ~pin_version:%S" url version)
    (Package.name p)

let argument_text a =
  let packages = match Runtime_arg.packages a with [] -> "" | packages -> " ~packages:" ^ list package_text packages in
  Printf.sprintf "runtime_arg ~pos:__POS__%s %S" packages (Runtime_arg.Described.term a)

let written label show = function None -> [] | Some items -> [ ({ label = Some label; text = Some (list show items) } : Impl.parameter) ]

let of_device device = Impl.made "of_device" (Impl.of_device device)

let impl ?packages ?packages_v ?local_libs ?install ?install_v ?keys ?runtime_args ?extra_deps ?connect ?dune ?configure ?files name t =
  let parameters =
    opaque "packages" packages @ opaque "packages_v" packages_v @ strings "local_libs" local_libs @ opaque "install" install
    @ opaque "install_v" install_v @ opaque "keys" keys @ opaque "runtime_args" runtime_args @ opaque "connect" connect @ opaque "dune" dune
    @ opaque "configure" configure @ opaque "files" files
    @ [ text name; typ_text t ]
  in
  let device =
    Device.v ?packages ?packages_v ?local_libs ?install ?install_v ?keys ?runtime_args ?extra_deps ?connect ?dune ?configure ?files name t
  in
  Impl.made "impl" ~parameters (Impl.of_device device)

let main ?pos ?packages ?packages_v ?local_libs ?runtime_args ?deps name t =
  let gets_nothing = (not (Type.is_functor t)) && Option.value runtime_args ~default:[] = [] && Option.value deps ~default:[] = [] in
  let extra_deps = if gets_nothing then Some [ dep Job.noop ] else deps in
  let connect _ module_name arguments = Device.start ?pos module_name arguments in
  let parameters =
    written "packages" package_text packages @ opaque "packages_v" packages_v @ strings "local_libs" local_libs
    @ written "runtime_args" argument_text runtime_args @ [ text name; typ_text t ]
  in
  Impl.made "main" ~parameters (Impl.of_device (Device.v ?packages ?packages_v ?local_libs ?runtime_args ?extra_deps ~connect name t))

type job = Type.job
