(* The values of configure-time keys: a map from keys to values of their types. *)

module Id = Stdlib.Type.Id

type 'a key = { key_name : string; id : 'a Id.t }

let new_key key_name = { key_name; id = Id.make () }

type binding = Binding : 'a key * 'a -> binding

module Bindings = Map.Make (Int)

type t = binding Bindings.t

let empty = Bindings.empty
let add key value t = Bindings.add (Id.uid key.id) (Binding (key, value)) t
let mem key t = Bindings.mem (Id.uid key.id) t

let find (type a) (key : a key) t : a option =
  match Bindings.find_opt (Id.uid key.id) t with
  | None -> None
  | Some (Binding (other, value)) -> ( match Id.provably_equal key.id other.id with Some Stdlib.Type.Equal -> Some value | None -> None)

let merge ~default t = Bindings.union (fun _ _ given -> Some given) default t
let names t = List.map (fun (_, Binding (key, _)) -> key.key_name) (Bindings.bindings t)
let dump ppf t = Format.fprintf ppf "[%s]" (String.concat "; " (names t))
