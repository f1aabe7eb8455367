(* The modules Hashtbl, Map and Set with labels. *)

module Hashtbl = struct
  type (!'a, !'b) t = ('a, 'b) Hashtbl.t

  let create ?random n = Hashtbl.create ?random n
  let clear = Hashtbl.clear
  let reset = Hashtbl.reset
  let copy = Hashtbl.copy
  let add t ~key ~data = Hashtbl.add t key data
  let find = Hashtbl.find
  let find_opt = Hashtbl.find_opt
  let find_all = Hashtbl.find_all
  let mem = Hashtbl.mem
  let remove = Hashtbl.remove
  let replace t ~key ~data = Hashtbl.replace t key data
  let iter ~f t = Hashtbl.iter (fun key data -> f ~key ~data) t
  let filter_map_inplace ~f t = Hashtbl.filter_map_inplace (fun key data -> f ~key ~data) t
  let fold ~f t ~init = Hashtbl.fold (fun key data -> f ~key ~data) t init
  let length = Hashtbl.length
  let randomize = Hashtbl.randomize
  let is_randomized = Hashtbl.is_randomized
  let rebuild ?random t = Hashtbl.rebuild ?random t
  let stats = Hashtbl.stats
  let to_seq = Hashtbl.to_seq
  let to_seq_keys = Hashtbl.to_seq_keys
  let to_seq_values = Hashtbl.to_seq_values
  let add_seq = Hashtbl.add_seq
  let replace_seq = Hashtbl.replace_seq
  let of_seq = Hashtbl.of_seq
  let hash = Hashtbl.hash
  let seeded_hash = Hashtbl.seeded_hash
  let hash_param = Hashtbl.hash_param
  let seeded_hash_param = Hashtbl.seeded_hash_param

  type statistics = Hashtbl.statistics = {
    num_bindings : int;
    num_buckets : int;
    max_bucket_length : int;
    bucket_histogram : int array;
  }

  module type HashedType = sig
    type t

    val equal : t -> t -> bool
    val hash : t -> int
  end

  module type S = sig
    type key
    type !'a t

    val create : int -> 'a t
    val clear : 'a t -> unit
    val reset : 'a t -> unit
    val copy : 'a t -> 'a t
    val add : 'a t -> key:key -> data:'a -> unit
    val remove : 'a t -> key -> unit
    val find : 'a t -> key -> 'a
    val find_opt : 'a t -> key -> 'a option
    val find_all : 'a t -> key -> 'a list
    val replace : 'a t -> key:key -> data:'a -> unit
    val mem : 'a t -> key -> bool
    val iter : f:(key:key -> data:'a -> unit) -> 'a t -> unit
    val filter_map_inplace : f:(key:key -> data:'a -> 'a option) -> 'a t -> unit
    val fold : f:(key:key -> data:'a -> 'acc -> 'acc) -> 'a t -> init:'acc -> 'acc
    val length : 'a t -> int
    val stats : 'a t -> statistics
    val to_seq : 'a t -> (key * 'a) Seq.t
    val to_seq_keys : _ t -> key Seq.t
    val to_seq_values : 'a t -> 'a Seq.t
    val add_seq : 'a t -> (key * 'a) Seq.t -> unit
    val replace_seq : 'a t -> (key * 'a) Seq.t -> unit
    val of_seq : (key * 'a) Seq.t -> 'a t
  end

  module type SeededHashedType = sig
    type t

    val equal : t -> t -> bool
    val seeded_hash : int -> t -> int
  end

  module type SeededS = sig
    type key
    type !'a t

    val create : ?random:bool -> int -> 'a t
    val clear : 'a t -> unit
    val reset : 'a t -> unit
    val copy : 'a t -> 'a t
    val add : 'a t -> key:key -> data:'a -> unit
    val remove : 'a t -> key -> unit
    val find : 'a t -> key -> 'a
    val find_opt : 'a t -> key -> 'a option
    val find_all : 'a t -> key -> 'a list
    val replace : 'a t -> key:key -> data:'a -> unit
    val mem : 'a t -> key -> bool
    val iter : f:(key:key -> data:'a -> unit) -> 'a t -> unit
    val filter_map_inplace : f:(key:key -> data:'a -> 'a option) -> 'a t -> unit
    val fold : f:(key:key -> data:'a -> 'acc -> 'acc) -> 'a t -> init:'acc -> 'acc
    val length : 'a t -> int
    val stats : 'a t -> statistics
    val to_seq : 'a t -> (key * 'a) Seq.t
    val to_seq_keys : _ t -> key Seq.t
    val to_seq_values : 'a t -> 'a Seq.t
    val add_seq : 'a t -> (key * 'a) Seq.t -> unit
    val replace_seq : 'a t -> (key * 'a) Seq.t -> unit
    val of_seq : (key * 'a) Seq.t -> 'a t
  end

  module Make (H : HashedType) = struct
    module M = Hashtbl.Make (H)

    type key = H.t
    type 'a t = 'a M.t

    let create = M.create
    let clear = M.clear
    let reset = M.reset
    let copy = M.copy
    let add t ~key ~data = M.add t key data
    let remove = M.remove
    let find = M.find
    let find_opt = M.find_opt
    let find_all = M.find_all
    let replace t ~key ~data = M.replace t key data
    let mem = M.mem
    let iter ~f t = M.iter (fun key data -> f ~key ~data) t
    let filter_map_inplace ~f t = M.filter_map_inplace (fun key data -> f ~key ~data) t
    let fold ~f t ~init = M.fold (fun key data -> f ~key ~data) t init
    let length = M.length
    let stats = M.stats
    let to_seq = M.to_seq
    let to_seq_keys = M.to_seq_keys
    let to_seq_values = M.to_seq_values
    let add_seq = M.add_seq
    let replace_seq = M.replace_seq
    let of_seq = M.of_seq
  end

  module MakeSeeded (H : SeededHashedType) = struct
    module M = Hashtbl.MakeSeeded (H)

    type key = H.t
    type 'a t = 'a M.t

    let create ?random n = M.create ?random n
    let clear = M.clear
    let reset = M.reset
    let copy = M.copy
    let add t ~key ~data = M.add t key data
    let remove = M.remove
    let find = M.find
    let find_opt = M.find_opt
    let find_all = M.find_all
    let replace t ~key ~data = M.replace t key data
    let mem = M.mem
    let iter ~f t = M.iter (fun key data -> f ~key ~data) t
    let filter_map_inplace ~f t = M.filter_map_inplace (fun key data -> f ~key ~data) t
    let fold ~f t ~init = M.fold (fun key data -> f ~key ~data) t init
    let length = M.length
    let stats = M.stats
    let to_seq = M.to_seq
    let to_seq_keys = M.to_seq_keys
    let to_seq_values = M.to_seq_values
    let add_seq = M.add_seq
    let replace_seq = M.replace_seq
    let of_seq = M.of_seq
  end
end

module Map = struct
  module type OrderedType = sig
    type t

    val compare : t -> t -> int
  end

  module type S = sig
    type key
    type !+'a t

    val empty : 'a t
    val add : key:key -> data:'a -> 'a t -> 'a t
    val add_to_list : key:key -> data:'a -> 'a list t -> 'a list t
    val update : key:key -> f:('a option -> 'a option) -> 'a t -> 'a t
    val singleton : key -> 'a -> 'a t
    val remove : key -> 'a t -> 'a t
    val merge : f:(key -> 'a option -> 'b option -> 'c option) -> 'a t -> 'b t -> 'c t
    val union : f:(key -> 'a -> 'a -> 'a option) -> 'a t -> 'a t -> 'a t
    val cardinal : 'a t -> int
    val bindings : 'a t -> (key * 'a) list
    val min_binding : 'a t -> (key * 'a)
    val min_binding_opt : 'a t -> (key * 'a) option
    val max_binding : 'a t -> (key * 'a)
    val max_binding_opt : 'a t -> (key * 'a) option
    val choose : 'a t -> (key * 'a)
    val choose_opt : 'a t -> (key * 'a) option
    val find : key -> 'a t -> 'a
    val find_opt : key -> 'a t -> 'a option
    val find_first : f:(key -> bool) -> 'a t -> key * 'a
    val find_first_opt : f:(key -> bool) -> 'a t -> (key * 'a) option
    val find_last : f:(key -> bool) -> 'a t -> key * 'a
    val find_last_opt : f:(key -> bool) -> 'a t -> (key * 'a) option
    val iter : f:(key:key -> data:'a -> unit) -> 'a t -> unit
    val fold : f:(key:key -> data:'a -> 'acc -> 'acc) -> 'a t -> init:'acc -> 'acc
    val map : f:('a -> 'b) -> 'a t -> 'b t
    val mapi : f:(key -> 'a -> 'b) -> 'a t -> 'b t
    val filter : f:(key -> 'a -> bool) -> 'a t -> 'a t
    val filter_map : f:(key -> 'a -> 'b option) -> 'a t -> 'b t
    val partition : f:(key -> 'a -> bool) -> 'a t -> 'a t * 'a t
    val split : key -> 'a t -> 'a t * 'a option * 'a t
    val is_empty : 'a t -> bool
    val mem : key -> 'a t -> bool
    val equal : cmp:('a -> 'a -> bool) -> 'a t -> 'a t -> bool
    val compare : cmp:('a -> 'a -> int) -> 'a t -> 'a t -> int
    val for_all : f:(key -> 'a -> bool) -> 'a t -> bool
    val exists : f:(key -> 'a -> bool) -> 'a t -> bool
    val to_list : 'a t -> (key * 'a) list
    val of_list : (key * 'a) list -> 'a t
    val to_seq : 'a t -> (key * 'a) Seq.t
    val to_rev_seq : 'a t -> (key * 'a) Seq.t
    val to_seq_from : key -> 'a t -> (key * 'a) Seq.t
    val add_seq : (key * 'a) Seq.t -> 'a t -> 'a t
    val of_seq : (key * 'a) Seq.t -> 'a t
  end

  module Make (Ord : OrderedType) = struct
    module M = Map.Make (Ord)

    type key = Ord.t
    type 'a t = 'a M.t

    let empty = M.empty
    let add ~key ~data t = M.add key data t
    let add_to_list ~key ~data t = M.add_to_list key data t
    let update ~key ~f t = M.update key f t
    let singleton = M.singleton
    let remove = M.remove
    let merge ~f a b = M.merge f a b
    let union ~f a b = M.union f a b
    let cardinal = M.cardinal
    let bindings = M.bindings
    let min_binding = M.min_binding
    let min_binding_opt = M.min_binding_opt
    let max_binding = M.max_binding
    let max_binding_opt = M.max_binding_opt
    let choose = M.choose
    let choose_opt = M.choose_opt
    let find = M.find
    let find_opt = M.find_opt
    let find_first ~f t = M.find_first f t
    let find_first_opt ~f t = M.find_first_opt f t
    let find_last ~f t = M.find_last f t
    let find_last_opt ~f t = M.find_last_opt f t
    let iter ~f t = M.iter (fun key data -> f ~key ~data) t
    let fold ~f t ~init = M.fold (fun key data -> f ~key ~data) t init
    let map ~f t = M.map f t
    let mapi ~f t = M.mapi f t
    let filter ~f t = M.filter f t
    let filter_map ~f t = M.filter_map f t
    let partition ~f t = M.partition f t
    let split = M.split
    let is_empty = M.is_empty
    let mem = M.mem
    let equal ~cmp a b = M.equal cmp a b
    let compare ~cmp a b = M.compare cmp a b
    let for_all ~f t = M.for_all f t
    let exists ~f t = M.exists f t
    let to_list = M.to_list
    let of_list = M.of_list
    let to_seq = M.to_seq
    let to_rev_seq = M.to_rev_seq
    let to_seq_from = M.to_seq_from
    let add_seq = M.add_seq
    let of_seq = M.of_seq
  end
end

module Set = struct
  module type OrderedType = sig
    type t

    val compare : t -> t -> int
  end

  module type S = sig
    type elt
    type t

    val empty : t
    val add : elt -> t -> t
    val singleton : elt -> t
    val remove : elt -> t -> t
    val union : t -> t -> t
    val inter : t -> t -> t
    val disjoint : t -> t -> bool
    val diff : t -> t -> t
    val cardinal : t -> int
    val elements : t -> elt list
    val min_elt : t -> elt
    val min_elt_opt : t -> elt option
    val max_elt : t -> elt
    val max_elt_opt : t -> elt option
    val choose : t -> elt
    val choose_opt : t -> elt option
    val find : elt -> t -> elt
    val find_opt : elt -> t -> elt option
    val find_first : f:(elt -> bool) -> t -> elt
    val find_first_opt : f:(elt -> bool) -> t -> elt option
    val find_last : f:(elt -> bool) -> t -> elt
    val find_last_opt : f:(elt -> bool) -> t -> elt option
    val iter : f:(elt -> unit) -> t -> unit
    val fold : f:(elt -> 'acc -> 'acc) -> t -> init:'acc -> 'acc
    val map : f:(elt -> elt) -> t -> t
    val filter : f:(elt -> bool) -> t -> t
    val filter_map : f:(elt -> elt option) -> t -> t
    val partition : f:(elt -> bool) -> t -> t * t
    val split : elt -> t -> t * bool * t
    val is_empty : t -> bool
    val mem : elt -> t -> bool
    val equal : t -> t -> bool
    val compare : t -> t -> int
    val subset : t -> t -> bool
    val for_all : f:(elt -> bool) -> t -> bool
    val exists : f:(elt -> bool) -> t -> bool
    val to_list : t -> elt list
    val of_list : elt list -> t
    val to_seq_from : elt -> t -> elt Seq.t
    val to_seq : t -> elt Seq.t
    val to_rev_seq : t -> elt Seq.t
    val add_seq : elt Seq.t -> t -> t
    val of_seq : elt Seq.t -> t
  end

  module Make (Ord : OrderedType) = struct
    module M = Set.Make (Ord)

    type elt = Ord.t
    type t = M.t

    let empty = M.empty
    let add = M.add
    let singleton = M.singleton
    let remove = M.remove
    let union = M.union
    let inter = M.inter
    let disjoint = M.disjoint
    let diff = M.diff
    let cardinal = M.cardinal
    let elements = M.elements
    let min_elt = M.min_elt
    let min_elt_opt = M.min_elt_opt
    let max_elt = M.max_elt
    let max_elt_opt = M.max_elt_opt
    let choose = M.choose
    let choose_opt = M.choose_opt
    let find = M.find
    let find_opt = M.find_opt
    let find_first ~f t = M.find_first f t
    let find_first_opt ~f t = M.find_first_opt f t
    let find_last ~f t = M.find_last f t
    let find_last_opt ~f t = M.find_last_opt f t
    let iter ~f t = M.iter f t
    let fold ~f t ~init = M.fold f t init
    let map ~f t = M.map f t
    let filter ~f t = M.filter f t
    let filter_map ~f t = M.filter_map f t
    let partition ~f t = M.partition f t
    let split = M.split
    let is_empty = M.is_empty
    let mem = M.mem
    let equal = M.equal
    let compare = M.compare
    let subset = M.subset
    let for_all ~f t = M.for_all f t
    let exists ~f t = M.exists f t
    let to_list = M.to_list
    let of_list = M.of_list
    let to_seq_from = M.to_seq_from
    let to_seq = M.to_seq
    let to_rev_seq = M.to_rev_seq
    let add_seq = M.add_seq
    let of_seq = M.of_seq
  end
end
