(* Maps from keys to values whose type the key determines: maps from keys of any type to bindings. *)

module Order = struct
  type (_, _) t = Lt : ('a, 'b) t | Eq : ('a, 'a) t | Gt : ('a, 'b) t
end

module type KEY = sig
  type _ t

  val compare : 'a t -> 'b t -> ('a, 'b) Order.t
end

module type S = sig
  type 'a key
  type t

  val empty : t
  val singleton : 'a key -> 'a -> t
  val is_empty : t -> bool
  val cardinal : t -> int
  val mem : 'a key -> t -> bool
  val find : 'a key -> t -> 'a option
  val get : 'a key -> t -> 'a
  val add_unless_bound : 'a key -> 'a -> t -> t option
  val add : 'a key -> 'a -> t -> t
  val remove : 'a key -> t -> t
  val update : 'a key -> ('a option -> 'a option) -> t -> t

  type b = B : 'a key * 'a -> b

  val min_binding : t -> b option
  val max_binding : t -> b option
  val any_binding : t -> b option
  val bindings : t -> b list

  type eq = { f : 'a. 'a key -> 'a -> 'a -> bool }

  val equal : eq -> t -> t -> bool

  type mapper = { f : 'a. 'a key -> 'a -> 'a }

  val map : mapper -> t -> t
  val iter : (b -> unit) -> t -> unit
  val fold : (b -> 'a -> 'a) -> t -> 'a -> 'a
  val for_all : (b -> bool) -> t -> bool
  val exists : (b -> bool) -> t -> bool
  val filter : (b -> bool) -> t -> t

  type merger = { f : 'a. 'a key -> 'a option -> 'a option -> 'a option }

  val merge : merger -> t -> t -> t

  type unionee = { f : 'a. 'a key -> 'a -> 'a -> 'a option }

  val union : unionee -> t -> t -> t
end

module Make (Key : KEY) = struct
  type 'a key = 'a Key.t
  type any = Key : 'a key -> any

  module M = Map.Make (struct
    type t = any

    let compare (Key a) (Key b) = match Key.compare a b with Lt -> -1 | Eq -> 0 | Gt -> 1
  end)

  type b = B : 'a key * 'a -> b
  type t = b M.t

  (* The value of a binding that is the key's. *)
  let value : type a. a key -> b -> a =
   fun key (B (key', v)) -> match Key.compare key key' with Eq -> v | Lt | Gt -> assert false

  let empty = M.empty
  let is_empty = M.is_empty
  let cardinal = M.cardinal
  let mem key m = M.mem (Key key) m
  let find key m = Option.map (value key) (M.find_opt (Key key) m)
  let get key m = value key (M.find (Key key) m)
  let add key v m = M.add (Key key) (B (key, v)) m
  let singleton key v = add key v empty
  let add_unless_bound key v m = if mem key m then None else Some (add key v m)
  let remove key m = M.remove (Key key) m
  let update key f m = M.update (Key key) (fun old -> Option.map (fun v -> B (key, v)) (f (Option.map (value key) old))) m
  let binding found = Option.map snd found
  let min_binding m = binding (M.min_binding_opt m)
  let max_binding m = binding (M.max_binding_opt m)
  let any_binding m = binding (M.choose_opt m)
  let bindings m = List.map snd (M.bindings m)

  type eq = { f : 'a. 'a key -> 'a -> 'a -> bool }

  let equal { f } a b = M.equal (fun (B (key, v)) b -> f key v (value key b)) a b

  type mapper = { f : 'a. 'a key -> 'a -> 'a }

  let map { f } m = M.map (fun (B (key, v)) -> B (key, f key v)) m
  let iter f m = M.iter (fun _ b -> f b) m
  let fold f m accumulator = M.fold (fun _ b accumulator -> f b accumulator) m accumulator
  let for_all f m = M.for_all (fun _ b -> f b) m
  let exists f m = M.exists (fun _ b -> f b) m
  let filter f m = M.filter (fun _ b -> f b) m

  type merger = { f : 'a. 'a key -> 'a option -> 'a option -> 'a option }

  let merge { f } a b =
    M.merge (fun (Key key) a b -> Option.map (fun v -> B (key, v)) (f key (Option.map (value key) a) (Option.map (value key) b))) a b

  type unionee = { f : 'a. 'a key -> 'a -> 'a -> 'a option }

  let union { f } a b = M.union (fun (Key key) a b -> Option.map (fun v -> B (key, v)) (f key (value key a) (value key b))) a b
end
