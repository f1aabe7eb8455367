(* Configure-time keys: options of the command line that builds, and values that depend on them. *)

module Arg = struct
  type 'a t = {
    given : 'a option Cmdliner.Term.t;  (** None when the command line does not have it *)
    absent : 'a option;  (** the value then; None when it must be given *)
    show : 'a -> string;
    info : Cmdliner.Arg.info;
    is_flag : bool;
    takes_many : bool;
  }

  let info ?deprecated ?absent ?docs ?doc_envs:_ ?docv ?doc ?env names = Cmdliner.Arg.info ?deprecated ?absent ?docs ?docv ?doc ?env names
  let printed conv value = Format.asprintf "%a" (Cmdliner.Arg.conv_printer conv) value

  let opt conv default info =
    let none = printed conv default in
    let given = Cmdliner.Arg.value (Cmdliner.Arg.opt (Cmdliner.Arg.some ~none conv) None info) in
    { given; absent = Some default; show = printed conv; info; is_flag = false; takes_many = false }

  let required conv info =
    let given = Cmdliner.Term.map (fun v -> Some (Some v)) (Cmdliner.Arg.required (Cmdliner.Arg.opt (Cmdliner.Arg.some conv) None info)) in
    let show = function Some v -> printed conv v | None -> "" in
    { given; absent = None; show; info; is_flag = false; takes_many = false }

  let flag info =
    let given = Cmdliner.Term.map (fun given -> if given then Some true else None) (Cmdliner.Arg.value (Cmdliner.Arg.flag info)) in
    { given; absent = Some false; show = string_of_bool; info; is_flag = true; takes_many = false }

  let opt_all conv info =
    let given = Cmdliner.Term.map (function [] -> None | given -> Some given) (Cmdliner.Arg.value (Cmdliner.Arg.opt_all conv [] info)) in
    let show values = String.concat "," (List.map (printed conv) values) in
    { given; absent = Some []; show; info; is_flag = false; takes_many = true }
end

type 'a key = { name : string; arg : 'a Arg.t; slot : 'a Context.key; choices : string list }

let create_choosing choices name arg = { name; arg; slot = Context.new_key name; choices }
let create name arg = create_choosing [] name arg

type t = Any : 'a key -> t

let name (Any key) = key.name
let v key = Any key

(* Keys of one name are one key: `generic_kv_ro` makes its key anew each time. *)
let compare a b = String.compare (name a) (name b)
let equal a b = compare a b = 0
let pp ppf t = Format.pp_print_string ppf (name t)

module Set = struct
  include Set.Make (struct
    type nonrec t = t

    let compare = compare
  end)

  let pp ppf set = Format.pp_print_string ppf (String.concat ", " (List.map name (elements set)))
end

type +'a value = { deps : Set.t; run : Context.t -> 'a }

let pure x = { deps = Set.empty; run = (fun _ -> x) }
let ( $ ) f x = { deps = Set.union f.deps x.deps; run = (fun c -> (f.run c) (x.run c)) }
let map f x = { x with run = (fun c -> f (x.run c)) }
let if_ condition yes no = map (fun b -> if b then yes else no) condition
let match_ value f = map f value
let deps value = value.deps
let of_deps deps = { deps; run = ignore }
let pp_deps ppf value = Set.pp ppf value.deps

exception Missing of string

let find context key = Context.find key.slot context

let get context key =
  match (find context key, key.arg.Arg.absent) with
  | Some value, _ | None, Some value -> value
  | None, None -> raise (Missing key.name)

let value key = { deps = Set.singleton (Any key); run = (fun c -> get c key) }
let eval context value = value.run context
let default value = value.run Context.empty
let add_to_context key value context = Context.add key.slot value context
let mem_key (Any key) context = Context.mem key.slot context
let mem context value = Set.for_all (fun key -> mem_key key context) value.deps
let peek context value = if mem context value then Some (eval context value) else None

let context keys =
  let add (Any key) term =
    Cmdliner.Term.(const (fun given context -> match given with None -> context | Some v -> Context.add key.slot v context) $ key.arg.Arg.given $ term)
  in
  Set.fold add keys (Cmdliner.Term.const Context.empty)

let pps context ppf keys =
  let show (Any key) = Printf.sprintf "%s=%s" key.name (match get context key with v -> key.arg.Arg.show v | exception Missing _ -> "") in
  Format.pp_print_string ppf (String.concat " " (List.map show (Set.elements keys)))

module Described = struct
  exception Missing = Missing

  let create = create_choosing
  let options (Any key) = key.arg.Arg.info.Cmdliner_info.names
  let doc (Any key) = key.arg.Arg.info.Cmdliner_info.arg_doc
  let docv (Any key) = if key.arg.Arg.is_flag then None else Some (match key.arg.Arg.info.Cmdliner_info.docv with "" -> "VAL" | docv -> docv)
  let choices (Any key) = key.choices
  let default (Any key) = Option.map key.arg.Arg.show key.arg.Arg.absent
  let value context (Any key) = match get context key with v -> Some (key.arg.Arg.show v) | exception Missing _ -> None
end
