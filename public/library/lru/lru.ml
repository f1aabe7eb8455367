(* Caches that drop the binding used longest ago. *)

module type Weighted = sig
  type t

  val weight : t -> int
end

let check_capacity name n = if n < 0 then invalid_arg (name ^ ": the capacity is negative")

let pp_contents ?pp_size ?(sep = Format.pp_print_space) pp_binding ppf ~weight ~capacity bindings =
  Format.pp_open_hovbox ppf 0;
  Option.iter (fun pp -> Format.fprintf ppf "%a@ " pp (weight, capacity)) pp_size;
  Format.pp_print_list ~pp_sep:sep pp_binding ppf bindings;
  Format.pp_close_box ppf ()

let pp_dump_list pp_k pp_v ppf bindings =
  let pp_binding ppf (k, v) = Format.fprintf ppf "(@[%a,@ %a@])" pp_k k pp_v v in
  Format.fprintf ppf "@[<hov 2>of_list [%a]@]" (Format.pp_print_list ~pp_sep:(fun ppf () -> Format.fprintf ppf ";@ ") pp_binding) bindings

module F = struct
  module type S = sig
    type t
    type k
    type v

    val empty : int -> t
    val is_empty : t -> bool
    val size : t -> int
    val weight : t -> int
    val capacity : t -> int
    val resize : int -> t -> t
    val trim : t -> t
    val mem : k -> t -> bool
    val find : k -> t -> v option
    val promote : k -> t -> t
    val add : k -> v -> t -> t
    val remove : k -> t -> t
    val pop : k -> t -> (v * t) option
    val lru : t -> (k * v) option
    val drop_lru : t -> t
    val pop_lru : t -> ((k * v) * t) option
    val fold : (k -> v -> 'a -> 'a) -> 'a -> t -> 'a
    val fold_k : (k -> v -> 'a -> 'a) -> 'a -> t -> 'a
    val iter : (k -> v -> unit) -> t -> unit
    val iter_k : (k -> v -> unit) -> t -> unit
    val of_list : (k * v) list -> t
    val to_list : t -> (k * v) list

    val pp :
      ?pp_size:(Format.formatter -> int * int -> unit) ->
      ?sep:(Format.formatter -> unit -> unit) ->
      (Format.formatter -> k * v -> unit) ->
      Format.formatter ->
      t ->
      unit

    val pp_dump : (Format.formatter -> k -> unit) -> (Format.formatter -> v -> unit) -> Format.formatter -> t -> unit
  end

  module Make (K : Map.OrderedType) (V : Weighted) = struct
    module Keys = Map.Make (K)
    module Times = Map.Make (Int)

    type k = K.t
    type v = V.t

    (* Each binding with the time of its last use, and the keys by that time. *)
    type t = { bindings : (v * int) Keys.t; uses : k Times.t; now : int; count : int; weight : int; capacity : int }

    let empty capacity =
      check_capacity "Lru.F.empty" capacity;
      { bindings = Keys.empty; uses = Times.empty; now = 0; count = 0; weight = 0; capacity }

    let is_empty t = t.count = 0
    let size t = t.count
    let weight t = t.weight
    let capacity t = t.capacity

    let resize capacity t =
      check_capacity "Lru.F.resize" capacity;
      { t with capacity }

    let mem k t = Keys.mem k t.bindings
    let find k t = Option.map fst (Keys.find_opt k t.bindings)

    let pop k t =
      match Keys.find_opt k t.bindings with
      | None -> None
      | Some (v, time) ->
          Some
            ( v,
              {
                t with
                bindings = Keys.remove k t.bindings;
                uses = Times.remove time t.uses;
                count = t.count - 1;
                weight = t.weight - V.weight v;
              } )

    let remove k t = match pop k t with None -> t | Some (_, t) -> t

    let add k v t =
      let t = remove k t in
      {
        t with
        bindings = Keys.add k (v, t.now) t.bindings;
        uses = Times.add t.now k t.uses;
        now = t.now + 1;
        count = t.count + 1;
        weight = t.weight + V.weight v;
      }

    let promote k t = match find k t with None -> t | Some v -> add k v t

    let lru t =
      match Times.min_binding_opt t.uses with None -> None | Some (_, k) -> Option.map (fun v -> (k, v)) (find k t)

    let pop_lru t = Option.map (fun (k, v) -> ((k, v), remove k t)) (lru t)
    let drop_lru t = match pop_lru t with None -> t | Some (_, t) -> t
    let rec trim t = if t.weight > t.capacity then trim (drop_lru t) else t

    let fold f accumulator t =
      Times.fold (fun _ k accumulator -> match find k t with Some v -> f k v accumulator | None -> accumulator) t.uses accumulator

    let fold_k f accumulator t = Keys.fold (fun k (v, _) accumulator -> f k v accumulator) t.bindings accumulator
    let iter f t = fold (fun k v () -> f k v) () t
    let iter_k f t = fold_k (fun k v () -> f k v) () t
    let to_list t = List.rev (fold (fun k v list -> (k, v) :: list) [] t)

    let of_list list =
      let t = List.fold_left (fun t (k, v) -> add k v t) (empty 0) list in
      { t with capacity = t.weight }

    let pp ?pp_size ?sep pp_binding ppf t = pp_contents ?pp_size ?sep pp_binding ppf ~weight:t.weight ~capacity:t.capacity (to_list t)
    let pp_dump pp_k pp_v ppf t = pp_dump_list pp_k pp_v ppf (to_list t)
  end
end

module M = struct
  module type S = sig
    type t
    type k
    type v

    val create : ?random:bool -> int -> t
    val is_empty : t -> bool
    val size : t -> int
    val weight : t -> int
    val capacity : t -> int
    val resize : int -> t -> unit
    val trim : t -> unit
    val mem : k -> t -> bool
    val find : k -> t -> v option
    val promote : k -> t -> unit
    val add : k -> v -> t -> unit
    val remove : k -> t -> unit
    val lru : t -> (k * v) option
    val drop_lru : t -> unit
    val fold : (k -> v -> 'a -> 'a) -> 'a -> t -> 'a
    val iter : (k -> v -> unit) -> t -> unit
    val of_list : (k * v) list -> t
    val to_list : t -> (k * v) list

    val pp :
      ?pp_size:(Format.formatter -> int * int -> unit) ->
      ?sep:(Format.formatter -> unit -> unit) ->
      (Format.formatter -> k * v -> unit) ->
      Format.formatter ->
      t ->
      unit

    val pp_dump : (Format.formatter -> k -> unit) -> (Format.formatter -> v -> unit) -> Format.formatter -> t -> unit
  end

  (* A ring of the bindings by their last use. The root stands between the one used last and the one used longest ago. *)
  type ('k, 'v) link = { mutable older : ('k, 'v) link; mutable newer : ('k, 'v) link; binding : ('k * 'v) option }

  let new_root () =
    let rec root = { older = root; newer = root; binding = None } in
    root

  let unlink link =
    link.older.newer <- link.newer;
    link.newer.older <- link.older

  (* As the one used last. *)
  let insert root link =
    link.older <- root.older;
    link.newer <- root;
    root.older.newer <- link;
    root.older <- link

  module type TABLE = sig
    type key
    type 'a t

    val create : ?random:bool -> int -> 'a t
    val length : 'a t -> int
    val mem : 'a t -> key -> bool
    val find_opt : 'a t -> key -> 'a option
    val add : 'a t -> key -> 'a -> unit
    val remove : 'a t -> key -> unit
  end

  module Bake (Table : TABLE) (V : Weighted) = struct
    type k = Table.key
    type v = V.t
    type t = { table : (k, v) link Table.t; root : (k, v) link; mutable weight : int; mutable capacity : int }

    let create ?random capacity =
      check_capacity "Lru.M.create" capacity;
      { table = Table.create ?random 16; root = new_root (); weight = 0; capacity }

    let size t = Table.length t.table
    let is_empty t = size t = 0
    let weight t = t.weight
    let capacity t = t.capacity

    let resize capacity t =
      check_capacity "Lru.M.resize" capacity;
      t.capacity <- capacity

    let mem k t = Table.mem t.table k
    let value link = match link.binding with Some (_, v) -> v | None -> assert false
    let find k t = Option.map value (Table.find_opt t.table k)

    let remove k t =
      match Table.find_opt t.table k with
      | None -> ()
      | Some link ->
          unlink link;
          Table.remove t.table k;
          t.weight <- t.weight - V.weight (value link)

    let add k v t =
      remove k t;
      let link = { older = t.root; newer = t.root; binding = Some (k, v) } in
      insert t.root link;
      Table.add t.table k link;
      t.weight <- t.weight + V.weight v

    let promote k t =
      match Table.find_opt t.table k with
      | None -> ()
      | Some link ->
          unlink link;
          insert t.root link

    (* The root's newer neighbour is the one used longest ago. *)
    let lru t = t.root.newer.binding
    let drop_lru t = Option.iter (fun (k, _) -> remove k t) (lru t)

    let rec trim t =
      if t.weight > t.capacity then begin
        drop_lru t;
        trim t
      end

    let fold f accumulator t =
      let rec go link accumulator = match link.binding with None -> accumulator | Some (k, v) -> go link.newer (f k v accumulator) in
      go t.root.newer accumulator

    let iter f t = fold (fun k v () -> f k v) () t
    let to_list t = List.rev (fold (fun k v list -> (k, v) :: list) [] t)

    let of_list list =
      let t = create 0 in
      List.iter (fun (k, v) -> add k v t) list;
      t.capacity <- t.weight;
      t

    let pp ?pp_size ?sep pp_binding ppf t = pp_contents ?pp_size ?sep pp_binding ppf ~weight:t.weight ~capacity:t.capacity (to_list t)
    let pp_dump pp_k pp_v ppf t = pp_dump_list pp_k pp_v ppf (to_list t)
  end

  module MakeSeeded (K : Hashtbl.SeededHashedType) (V : Weighted) = Bake (Hashtbl.MakeSeeded (K)) (V)

  (* Such tables are not randomized. *)
  module Unseeded (K : Hashtbl.HashedType) = struct
    include Hashtbl.Make (K)

    let create ?random:_ n = create n
  end

  module Make (K : Hashtbl.HashedType) (V : Weighted) = Bake (Unseeded (K)) (V)
end

let memo (type a b) ?(hashed = ((Hashtbl.hash : a -> int), (Stdlib.( = ) : a -> a -> bool))) ?(weight = fun (_ : b) -> 1) ~cap f =
  check_capacity "Lru.memo" cap;
  let module Cache =
    M.Make
      (struct
        type t = a

        let hash = fst hashed
        let equal = snd hashed
      end)
      (struct
        type t = b

        let weight = weight
      end)
  in
  let cache = Cache.create cap in
  let rec memoized x =
    match Cache.find x cache with
    | Some result ->
        Cache.promote x cache;
        result
    | None ->
        let result = f memoized x in
        Cache.add x result cache;
        Cache.trim cache;
        result
  in
  memoized
