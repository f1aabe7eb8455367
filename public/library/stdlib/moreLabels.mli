(** {!Hashtbl}, {!Map} and {!Set} with labels, to be opened in place of those without. *)

(** Hash tables. *)
module Hashtbl : sig
  (** A table from keys to values. *)
  type (!'a, !'b) t = ('a, 'b) Hashtbl.t

  (** An empty table with room for about so many bindings. With [random] (by default as {!randomize} has set) iteration order is not foreseeable. *)
  val create : ?random:bool -> int -> ('a, 'b) t

  (** Removes all bindings. *)
  val clear : ('a, 'b) t -> unit

  (** Removes all bindings and gives back the memory of growing. *)
  val reset : ('a, 'b) t -> unit

  (** A copy. *)
  val copy : ('a, 'b) t -> ('a, 'b) t

  (** Adds a binding; earlier ones of the key are hidden, not removed. *)
  val add : ('a, 'b) t -> key:'a -> data:'b -> unit

  (** The key's value. Raises [Not_found]. *)
  val find : ('a, 'b) t -> 'a -> 'b

  (** The key's value. *)
  val find_opt : ('a, 'b) t -> 'a -> 'b option

  (** The key's values, the latest first. *)
  val find_all : ('a, 'b) t -> 'a -> 'b list

  (** Whether the key has a binding. *)
  val mem : ('a, 'b) t -> 'a -> bool

  (** Removes the key's latest binding; the one before is visible again. *)
  val remove : ('a, 'b) t -> 'a -> unit

  (** Replaces the key's latest binding, or adds one. *)
  val replace : ('a, 'b) t -> key:'a -> data:'b -> unit

  (** Calls a function on each binding. Bindings must not be added or removed meanwhile. *)
  val iter : f:(key:'a -> data:'b -> unit) -> ('a, 'b) t -> unit

  (** Replaces each value by the function's answer, and removes the binding for [None]. *)
  val filter_map_inplace : f:(key:'a -> data:'b -> 'b option) -> ('a, 'b) t -> unit

  (** Combines all bindings with an accumulator. *)
  val fold : f:(key:'a -> data:'b -> 'acc -> 'acc) -> ('a, 'b) t -> init:'acc -> 'acc

  (** Number of bindings, hidden ones included. *)
  val length : ('a, 'b) t -> int

  (** From now on tables are made with [random]. *)
  val randomize : unit -> unit

  (** Whether tables are made with [random]. *)
  val is_randomized : unit -> bool

  (** A copy with its bindings hashed anew; see {!create} for [random]. *)
  val rebuild : ?random:bool -> ('a, 'b) t -> ('a, 'b) t

  (** Numbers of bindings and buckets, length of the longest bucket, and for each length the number of buckets. *)
  type statistics = Hashtbl.statistics = {
    num_bindings: int;
    num_buckets: int;
    max_bucket_length: int;
    bucket_histogram: int array
  }

  (** How full the buckets are. *)
  val stats : ('a, 'b) t -> statistics

  (** The bindings; those of a key from the latest to the earliest. *)
  val to_seq : ('a,'b) t -> ('a * 'b) Seq.t

  (** The keys of {!to_seq}. *)
  val to_seq_keys : ('a,_) t -> 'a Seq.t

  (** The values of {!to_seq}. *)
  val to_seq_values : (_,'b) t -> 'b Seq.t

  (** Adds bindings. *)
  val add_seq : ('a,'b) t -> ('a * 'b) Seq.t -> unit

  (** Adds bindings as {!replace} does. *)
  val replace_seq : ('a,'b) t -> ('a * 'b) Seq.t -> unit

  (** A table of these bindings, as {!replace} adds them. *)
  val of_seq : ('a * 'b) Seq.t -> ('a, 'b) t

  (** Keys with equality and a hash function; equal keys must have equal hashes. *)
  module type HashedType =
    sig
      (** A table from keys to values. *)
      type t

      (** Equality. *)
      val equal : t -> t -> bool

      (** A non-negative integer, the same for values that compare equal, from at most 10 meaningful parts of a value. *)
      val hash : t -> int
     end

  (** Tables with keys of a given type. *)
  module type S =
    sig
      (** Keys. *)
      type key

      (** A table from keys to values. *)
      type !'a t

      (** An empty table with room for about so many bindings. With [random] (by default as {!randomize} has set) iteration order is not foreseeable. *)
      val create : int -> 'a t

      (** Removes all bindings. *)
      val clear : 'a t -> unit

      (** Removes all bindings and gives back the memory of growing. *)
      val reset : 'a t -> unit

      (** A copy. *)
      val copy : 'a t -> 'a t

      (** Adds a binding; earlier ones of the key are hidden, not removed. *)
      val add : 'a t -> key:key -> data:'a -> unit

      (** Removes the key's latest binding; the one before is visible again. *)
      val remove : 'a t -> key -> unit

      (** The key's value. Raises [Not_found]. *)
      val find : 'a t -> key -> 'a

      (** The key's value. *)
      val find_opt : 'a t -> key -> 'a option

      (** The key's values, the latest first. *)
      val find_all : 'a t -> key -> 'a list

      (** Replaces the key's latest binding, or adds one. *)
      val replace : 'a t -> key:key -> data:'a -> unit

      (** Whether the key has a binding. *)
      val mem : 'a t -> key -> bool

      (** Calls a function on each binding. Bindings must not be added or removed meanwhile. *)
      val iter : f:(key:key -> data:'a -> unit) -> 'a t -> unit

      (** Replaces each value by the function's answer, and removes the binding for [None]. *)
      val filter_map_inplace : f:(key:key -> data:'a -> 'a option) -> 'a t -> unit

      (** Combines all bindings with an accumulator. *)
      val fold : f:(key:key -> data:'a -> 'acc -> 'acc) -> 'a t -> init:'acc -> 'acc

      (** Number of bindings, hidden ones included. *)
      val length : 'a t -> int

      (** How full the buckets are. *)
      val stats : 'a t -> statistics

      (** The bindings; those of a key from the latest to the earliest. *)
      val to_seq : 'a t -> (key * 'a) Seq.t

      (** The keys of {!to_seq}. *)
      val to_seq_keys : _ t -> key Seq.t

      (** The values of {!to_seq}. *)
      val to_seq_values : 'a t -> 'a Seq.t

      (** Adds bindings. *)
      val add_seq : 'a t -> (key * 'a) Seq.t -> unit

      (** Adds bindings as {!replace} does. *)
      val replace_seq : 'a t -> (key * 'a) Seq.t -> unit

      (** A table of these bindings, as {!replace} adds them. *)
      val of_seq : (key * 'a) Seq.t -> 'a t
    end

    (** Tables whose keys are compared and hashed by given functions. *)
    module Make : functor (H : HashedType) -> S
    with type key = H.t
     and type 'a t = 'a Hashtbl.Make(H).t

  (** As {!HashedType}, with a hash function that takes a seed. *)
  module type SeededHashedType =
    sig
      (** A table from keys to values. *)
      type t

      (** Equality. *)
      val equal : t -> t -> bool

      (** As {!hash}, with a seed. *)
      val seeded_hash : int -> t -> int
    end

  (** Tables with keys of a given type and random seeds. *)
  module type SeededS =
    sig
      (** Keys. *)
      type key

      (** A table from keys to values. *)
      type !'a t

      (** An empty table with room for about so many bindings. With [random] (by default as {!randomize} has set) iteration order is not foreseeable. *)
      val create : ?random:bool -> int -> 'a t

      (** Removes all bindings. *)
      val clear : 'a t -> unit

      (** Removes all bindings and gives back the memory of growing. *)
      val reset : 'a t -> unit

      (** A copy. *)
      val copy : 'a t -> 'a t

      (** Adds a binding; earlier ones of the key are hidden, not removed. *)
      val add : 'a t -> key:key -> data:'a -> unit

      (** Removes the key's latest binding; the one before is visible again. *)
      val remove : 'a t -> key -> unit

      (** The key's value. Raises [Not_found]. *)
      val find : 'a t -> key -> 'a

      (** The key's value. *)
      val find_opt : 'a t -> key -> 'a option

      (** The key's values, the latest first. *)
      val find_all : 'a t -> key -> 'a list

      (** Replaces the key's latest binding, or adds one. *)
      val replace : 'a t -> key:key -> data:'a -> unit

      (** Whether the key has a binding. *)
      val mem : 'a t -> key -> bool

      (** Calls a function on each binding. Bindings must not be added or removed meanwhile. *)
      val iter : f:(key:key -> data:'a -> unit) -> 'a t -> unit

      (** Replaces each value by the function's answer, and removes the binding for [None]. *)
      val filter_map_inplace : f:(key:key -> data:'a -> 'a option) -> 'a t -> unit

      (** Combines all bindings with an accumulator. *)
      val fold : f:(key:key -> data:'a -> 'acc -> 'acc) -> 'a t -> init:'acc -> 'acc

      (** Number of bindings, hidden ones included. *)
      val length : 'a t -> int

      (** How full the buckets are. *)
      val stats : 'a t -> statistics

      (** The bindings; those of a key from the latest to the earliest. *)
      val to_seq : 'a t -> (key * 'a) Seq.t

      (** The keys of {!to_seq}. *)
      val to_seq_keys : _ t -> key Seq.t

      (** The values of {!to_seq}. *)
      val to_seq_values : 'a t -> 'a Seq.t

      (** Adds bindings. *)
      val add_seq : 'a t -> (key * 'a) Seq.t -> unit

      (** Adds bindings as {!replace} does. *)
      val replace_seq : 'a t -> (key * 'a) Seq.t -> unit

      (** A table of these bindings, as {!replace} adds them. *)
      val of_seq : (key * 'a) Seq.t -> 'a t
    end

    (** As {!Make}, with seeds. *)
    module MakeSeeded (H : SeededHashedType) : SeededS
    with type key = H.t
     and type 'a t = 'a Hashtbl.MakeSeeded(H).t

  (** A non-negative integer, the same for values that compare equal, from at most 10 meaningful parts of a value. *)
  val hash : 'a -> int

  (** As {!hash}, with a seed. *)
  val seeded_hash : int -> 'a -> int

  (** As {!hash}, from at most so many meaningful parts of at most so many parts of any kind. *)
  val hash_param : int -> int -> 'a -> int

  (** As {!hash_param}, with a seed as third argument. *)
  val seeded_hash_param : int -> int -> int -> 'a -> int
end

(** Maps. *)
module Map : sig
  (** Keys with a total order. *)
  module type OrderedType =
    sig
      (** Maps to values. *)
      type t

      (** Order by the bindings, ascending: of keys, then by the function of values. *)
      val compare : t -> t -> int
    end

  (** Maps with keys of a given type. *)
  module type S =
    sig
      (** Keys. *)
      type key

      (** Maps to values. *)
      type !+'a t

      (** Without bindings. *)
      val empty : 'a t

      (** With a binding, in place of the key's own; the same map when the key is bound to the very same value. *)
      val add : key:key -> data:'a -> 'a t -> 'a t

      (** With the value before those that the key has. *)
      val add_to_list : key:key -> data:'a -> 'a list t -> 'a list t

      (** Replaces the key's value by the function's answer. *)
      val update : key:key -> f:('a option -> 'a option) -> 'a t -> 'a t

      (** One binding. *)
      val singleton : key -> 'a -> 'a t

      (** Without the key; the same map when it is not there. *)
      val remove : key -> 'a t -> 'a t

      (** A map of the keys of either map that the function gives a value. *)
      val merge : f:(key -> 'a option -> 'b option -> 'c option) -> 'a t -> 'b t -> 'c t

      (** The bindings of both; the function decides about keys that are in both. *)
      val union : f:(key -> 'a -> 'a -> 'a option) -> 'a t -> 'a t -> 'a t

      (** Number of bindings. *)
      val cardinal : 'a t -> int

      (** All bindings in ascending order. *)
      val bindings : 'a t -> (key * 'a) list

      (** The least key's binding. Raises [Not_found]. *)
      val min_binding : 'a t -> (key * 'a)

      (** The least key's binding. *)
      val min_binding_opt : 'a t -> (key * 'a) option

      (** The greatest key's binding. Raises [Not_found]. *)
      val max_binding : 'a t -> (key * 'a)

      (** The greatest key's binding. *)
      val max_binding_opt : 'a t -> (key * 'a) option

      (** A binding, for equal maps the same. Raises [Not_found]. *)
      val choose : 'a t -> (key * 'a)

      (** A binding, for equal maps the same. *)
      val choose_opt : 'a t -> (key * 'a) option

      (** The key's value. Raises [Not_found]. *)
      val find : key -> 'a t -> 'a

      (** The key's value. *)
      val find_opt : key -> 'a t -> 'a option

      (** The least key that satisfies a predicate that, once true, stays so for greater keys. Raises [Not_found]. *)
      val find_first : f:(key -> bool) -> 'a t -> key * 'a

      (** As {!find_first}. *)
      val find_first_opt : f:(key -> bool) -> 'a t -> (key * 'a) option

      (** The greatest key that satisfies a predicate that, once false, stays so for greater keys. Raises [Not_found]. *)
      val find_last : f:(key -> bool) -> 'a t -> key * 'a

      (** As {!find_last}. *)
      val find_last_opt : f:(key -> bool) -> 'a t -> (key * 'a) option

      (** Calls a function on each binding in ascending order. *)
      val iter : f:(key:key -> data:'a -> unit) -> 'a t -> unit

      (** Combines an accumulator with each binding in ascending order. *)
      val fold : f:(key:key -> data:'a -> 'acc -> 'acc) -> 'a t -> init:'acc -> 'acc

      (** Applies a function to the values. *)
      val map : f:('a -> 'b) -> 'a t -> 'b t

      (** As {!map}, with keys. *)
      val mapi : f:(key -> 'a -> 'b) -> 'a t -> 'b t

      (** The bindings that satisfy the predicate; the same map when all do. *)
      val filter : f:(key -> 'a -> bool) -> 'a t -> 'a t

      (** The bindings that the function gives a value. *)
      val filter_map : f:(key -> 'a -> 'b option) -> 'a t -> 'b t

      (** The bindings that satisfy the predicate, and the others. *)
      val partition : f:(key -> 'a -> bool) -> 'a t -> 'a t * 'a t

      (** The bindings below the key, its value, and those above. *)
      val split : key -> 'a t -> 'a t * 'a option * 'a t

      (** Whether there is no binding. *)
      val is_empty : 'a t -> bool

      (** Whether the key is bound. *)
      val mem : key -> 'a t -> bool

      (** Same keys, and values that the function holds equal. *)
      val equal : cmp:('a -> 'a -> bool) -> 'a t -> 'a t -> bool

      (** Order by the bindings, ascending: of keys, then by the function of values. *)
      val compare : cmp:('a -> 'a -> int) -> 'a t -> 'a t -> int

      (** Whether all bindings satisfy the predicate. *)
      val for_all : f:(key -> 'a -> bool) -> 'a t -> bool

      (** Whether some binding satisfies the predicate. *)
      val exists : f:(key -> 'a -> bool) -> 'a t -> bool

      (** As {!bindings}. *)
      val to_list : 'a t -> (key * 'a) list

      (** A map of these bindings; of one key the last one. *)
      val of_list : (key * 'a) list -> 'a t

      (** The bindings in ascending order. *)
      val to_seq : 'a t -> (key * 'a) Seq.t

      (** The bindings in descending order. *)
      val to_rev_seq : 'a t -> (key * 'a) Seq.t

      (** The bindings from a key on. *)
      val to_seq_from : key -> 'a t -> (key * 'a) Seq.t

      (** With these bindings. *)
      val add_seq : (key * 'a) Seq.t -> 'a t -> 'a t

      (** A map of these bindings. *)
      val of_seq : (key * 'a) Seq.t -> 'a t
    end

    (** Maps whose keys are ordered by a given function. *)
    module Make : functor (Ord : OrderedType) -> S
    with type key = Ord.t
     and type 'a t = 'a Map.Make(Ord).t
end

(** Sets. *)
module Set : sig
  (** Elements with a total order. *)
  module type OrderedType =
    sig
      (** Sets. *)
      type t

      (** A total order of sets. *)
      val compare : t -> t -> int
    end

  (** Sets of elements of a given type. *)
  module type S =
    sig
      (** Elements. *)
      type elt

      (** Sets. *)
      type t

      (** Without elements. *)
      val empty : t

      (** With the element; the same set when it is there. *)
      val add : elt -> t -> t

      (** One element. *)
      val singleton : elt -> t

      (** Without the element; the same set when it is not there. *)
      val remove : elt -> t -> t

      (** The elements of either. *)
      val union : t -> t -> t

      (** The elements of both. *)
      val inter : t -> t -> t

      (** Whether no element is in both. *)
      val disjoint : t -> t -> bool

      (** The elements of the first that are not in the second. *)
      val diff : t -> t -> t

      (** Number of elements. *)
      val cardinal : t -> int

      (** All elements in ascending order. *)
      val elements : t -> elt list

      (** The least element. Raises [Not_found]. *)
      val min_elt : t -> elt

      (** The least element. *)
      val min_elt_opt : t -> elt option

      (** The greatest element. Raises [Not_found]. *)
      val max_elt : t -> elt

      (** The greatest element. *)
      val max_elt_opt : t -> elt option

      (** An element, for equal sets the same. Raises [Not_found]. *)
      val choose : t -> elt

      (** An element, for equal sets the same. *)
      val choose_opt : t -> elt option

      (** The element that is equal. Raises [Not_found]. *)
      val find : elt -> t -> elt

      (** The element that is equal. *)
      val find_opt : elt -> t -> elt option

      (** The least element that satisfies a predicate that, once true, stays so for greater elements. Raises [Not_found]. *)
      val find_first : f:(elt -> bool) -> t -> elt

      (** As {!find_first}. *)
      val find_first_opt : f:(elt -> bool) -> t -> elt option

      (** The greatest element that satisfies a predicate that, once false, stays so for greater elements. Raises [Not_found]. *)
      val find_last : f:(elt -> bool) -> t -> elt

      (** As {!find_last}. *)
      val find_last_opt : f:(elt -> bool) -> t -> elt option

      (** Calls a function on each element in ascending order. *)
      val iter : f:(elt -> unit) -> t -> unit

      (** Combines an accumulator with each element in ascending order. *)
      val fold : f:(elt -> 'acc -> 'acc) -> t -> init:'acc -> 'acc

      (** The set of the function's results; the same set when it changes nothing. *)
      val map : f:(elt -> elt) -> t -> t

      (** The elements that satisfy the predicate; the same set when all do. *)
      val filter : f:(elt -> bool) -> t -> t

      (** The set of the answers that are not [None]. *)
      val filter_map : f:(elt -> elt option) -> t -> t

      (** The elements that satisfy the predicate, and the others. *)
      val partition : f:(elt -> bool) -> t -> t * t

      (** The elements below this one, whether it is there, and those above. *)
      val split : elt -> t -> t * bool * t

      (** Whether there is no element. *)
      val is_empty : t -> bool

      (** Whether the element is there. *)
      val mem : elt -> t -> bool

      (** Same elements. *)
      val equal : t -> t -> bool

      (** A total order of sets. *)
      val compare : t -> t -> int

      (** Whether all elements of the first are in the second. *)
      val subset : t -> t -> bool

      (** Whether all elements satisfy the predicate. *)
      val for_all : f:(elt -> bool) -> t -> bool

      (** Whether some element satisfies the predicate. *)
      val exists : f:(elt -> bool) -> t -> bool

      (** As {!elements}. *)
      val to_list : t -> elt list

      (** The set of these elements. *)
      val of_list : elt list -> t

      (** The elements from one on. *)
      val to_seq_from : elt -> t -> elt Seq.t

      (** The elements in ascending order. *)
      val to_seq : t -> elt Seq.t

      (** The elements in descending order. *)
      val to_rev_seq : t -> elt Seq.t

      (** With these elements. *)
      val add_seq : elt Seq.t -> t -> t

      (** The set of these elements. *)
      val of_seq : elt Seq.t -> t
    end

    (** Sets whose elements are ordered by a given function. *)
    module Make : functor (Ord : OrderedType) -> S
    with type elt = Ord.t
     and type t = Set.Make(Ord).t
end
