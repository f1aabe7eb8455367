(* Boot arguments that a device is given: terms, as OCaml text. *)

module About = struct
  type t = { option : string; docv : string option; default : string option; doc : string }
end

type 'a arg = { term : string; pos : string * int * int * int; packages : Package.t list; about : About.t option }

let create ~pos ?(packages = []) term = { term = String.trim term; pos; packages; about = None }
let describe arg about = { arg with about = Some about }

type t = Any : 'a arg -> t

let v arg = Any arg
let term (Any arg) = arg.term
let pos (Any arg) = arg.pos
let about (Any arg) = arg.about
let packages (Any arg) = arg.packages

(* One term is one argument, wherever it is written. *)
let compare a b = String.compare (term a) (term b)

module Set = struct
  include Set.Make (struct
    type nonrec t = t

    let compare = compare
  end)

  let pp ppf set = Format.pp_print_string ppf (String.concat ", " (List.map term (elements set)))
end

(* `Mirage_runtime_network.V4.network …` gives `mirage_runtime_network_v4_network__key`; terms that only differ in what is applied are
   told apart by a number. *)
let variables : (string, string) Hashtbl.t = Hashtbl.create 7
let taken : (string, unit) Hashtbl.t = Hashtbl.create 7

let var_name t =
  let text = term t in
  match Hashtbl.find_opt variables text with
  | Some name -> name
  | None ->
      let is_part = function 'a' .. 'z' | 'A' .. 'Z' | '0' .. '9' | '_' | '.' -> true | _ -> false in
      let rec length i = if i < String.length text && is_part text.[i] then length (i + 1) else i in
      let head = String.sub text 0 (length 0) in
      let base = String.map (fun c -> if c = '.' then '_' else Char.lowercase_ascii c) head in
      let base = match base with "" -> "argument" | base -> ( match base.[0] with '0' .. '9' -> "argument_" ^ base | _ -> base) in
      let rec free i =
        let name = if i = 0 then base ^ "__key" else Printf.sprintf "%s__key_%d" base i in
        if Hashtbl.mem taken name then free (i + 1) else name
      in
      let name = free 0 in
      Hashtbl.add taken name ();
      Hashtbl.add variables text name;
      name

let call ppf t = Format.fprintf ppf "(%s ())" (var_name t)

let serialize ~runtime_modname ppf t = Format.fprintf ppf "let %s = %s.register_arg (%s)" (var_name t) runtime_modname (term t)

module Described = struct
  type about = About.t = { option : string; docv : string option; default : string option; doc : string }

  let describe = describe
  let about = about
  let term = term
  let pos = pos
end
