(* Options. *)

type 'a t = 'a option = None | Some of 'a

let none = None
let some v = Some v
let value o ~default = match o with Some v -> v | None -> default
let get = function Some v -> v | None -> invalid_arg "option is None"
let bind o f = match o with None -> None | Some v -> f v
let join = function Some (Some _ as inner) -> inner | _ -> None
let map f = function None -> None | Some v -> Some (f v)
let fold ~none ~some = function None -> none | Some v -> some v
let iter f = function None -> () | Some v -> f v
let is_none = function None -> true | Some _ -> false
let is_some = function None -> false | Some _ -> true

let equal eq a b =
  match a, b with Some a, Some b -> eq a b | None, None -> true | _ -> false

let compare cmp a b =
  match a, b with
  | Some a, Some b -> cmp a b
  | None, None -> 0
  | None, Some _ -> -1
  | Some _, None -> 1

let to_result ~none = function None -> Error none | Some v -> Ok v
let to_list = function None -> [] | Some v -> [ v ]
let to_seq = function None -> Seq.empty | Some v -> Seq.return v
