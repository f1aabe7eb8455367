(* Packages that a device needs. *)

type scope = [ `Switch | `Monorepo ]

type t = {
  name : string;
  scope : scope;
  build : bool;
  libraries : string list;
  min : string list;
  max : string list;
  pin : (string * string) option;
}

let v ?(scope = `Monorepo) ?(build = false) ?sublibs ?libs ?min ?max ?pin ?pin_version name =
  let libraries =
    match (libs, sublibs) with
    | Some libs, None -> libs
    | None, Some sublibs -> List.map (function "" -> name | sublib -> name ^ "." ^ sublib) sublibs
    | None, None -> [ name ]
    | Some _, Some _ -> invalid_arg (Printf.sprintf "package %S: ~libs and ~sublibs exclude each other" name)
  in
  if pin = None && pin_version <> None then invalid_arg (Printf.sprintf "package %S: ~pin_version without ~pin" name);
  let pin = Option.map (fun url -> (Option.value pin_version ~default:"dev", url)) pin in
  { name; scope; build; libraries; min = Option.to_list min; max = Option.to_list max; pin }

let with_scope ~scope t = { t with scope }
let name t = t.name
let scope t = t.scope
let key t = (match t.scope with `Switch -> "switch-" | `Monorepo -> "monorepo-") ^ t.name
let pin t = t.pin
let build_dependency t = t.build
let libraries t = t.libraries
let max_versions t = t.max
let min_versions t = t.min
let together a b = List.sort_uniq String.compare (a @ b)

let merge a b =
  if not (String.equal a.name b.name) then None
  else
    let pin = match a.pin with Some _ -> a.pin | None -> b.pin in
    Some
      {
        a with
        build = a.build && b.build;
        libraries = together a.libraries b.libraries;
        min = together a.min b.min;
        max = together a.max b.max;
        pin;
      }

let pp ?(surround = "") ppf t =
  let bounds = List.map (( ^ ) ">= ") t.min @ List.map (( ^ ) "< ") t.max in
  Format.fprintf ppf "%s%s%s%s" surround t.name surround (if bounds = [] then "" else " {" ^ String.concat " & " bounds ^ "}")

module Set = struct
  module M = Map.Make (String)

  type elt = t
  type nonrec t = t M.t

  let empty = M.empty
  let add package set = M.update (key package) (function None -> Some package | Some other -> merge other package) set
  let of_list packages = List.fold_left (fun set package -> add package set) empty packages
  let to_list set = List.map snd (M.bindings set)
  let union a b = List.fold_left (fun set package -> add package set) a (to_list b)
end
