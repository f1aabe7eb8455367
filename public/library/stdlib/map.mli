(** Maps over ordered keys. An operation leaves the map that it was given as it is, and takes logarithmic time unless it goes through all bindings. *)

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
    val add : key -> 'a -> 'a t -> 'a t

    (** With the value before those that the key has. *)
    val add_to_list : key -> 'a -> 'a list t -> 'a list t

    (** Replaces the key's value by the function's answer. *)
    val update : key -> ('a option -> 'a option) -> 'a t -> 'a t

    (** One binding. *)
    val singleton : key -> 'a -> 'a t

    (** Without the key; the same map when it is not there. *)
    val remove : key -> 'a t -> 'a t

    (** A map of the keys of either map that the function gives a value. *)
    val merge : (key -> 'a option -> 'b option -> 'c option) -> 'a t -> 'b t -> 'c t

    (** The bindings of both; the function decides about keys that are in both. *)
    val union : (key -> 'a -> 'a -> 'a option) -> 'a t -> 'a t -> 'a t

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
    val find_first : (key -> bool) -> 'a t -> key * 'a

    (** As {!find_first}. *)
    val find_first_opt : (key -> bool) -> 'a t -> (key * 'a) option

    (** The greatest key that satisfies a predicate that, once false, stays so for greater keys. Raises [Not_found]. *)
    val find_last : (key -> bool) -> 'a t -> key * 'a

    (** As {!find_last}. *)
    val find_last_opt : (key -> bool) -> 'a t -> (key * 'a) option

    (** Calls a function on each binding in ascending order. *)
    val iter : (key -> 'a -> unit) -> 'a t -> unit

    (** Combines an accumulator with each binding in ascending order. *)
    val fold : (key -> 'a -> 'acc -> 'acc) -> 'a t -> 'acc -> 'acc

    (** Applies a function to the values. *)
    val map : ('a -> 'b) -> 'a t -> 'b t

    (** As {!map}, with keys. *)
    val mapi : (key -> 'a -> 'b) -> 'a t -> 'b t

    (** The bindings that satisfy the predicate; the same map when all do. *)
    val filter : (key -> 'a -> bool) -> 'a t -> 'a t

    (** The bindings that the function gives a value. *)
    val filter_map : (key -> 'a -> 'b option) -> 'a t -> 'b t

    (** The bindings that satisfy the predicate, and the others. *)
    val partition : (key -> 'a -> bool) -> 'a t -> 'a t * 'a t

    (** The bindings below the key, its value, and those above. *)
    val split : key -> 'a t -> 'a t * 'a option * 'a t

    (** Whether there is no binding. *)
    val is_empty : 'a t -> bool

    (** Whether the key is bound. *)
    val mem : key -> 'a t -> bool

    (** Same keys, and values that the function holds equal. *)
    val equal : ('a -> 'a -> bool) -> 'a t -> 'a t -> bool

    (** Order by the bindings, ascending: of keys, then by the function of values. *)
    val compare : ('a -> 'a -> int) -> 'a t -> 'a t -> int

    (** Whether all bindings satisfy the predicate. *)
    val for_all : (key -> 'a -> bool) -> 'a t -> bool

    (** Whether some binding satisfies the predicate. *)
    val exists : (key -> 'a -> bool) -> 'a t -> bool

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
module Make (Ord : OrderedType) : S with type key = Ord.t
