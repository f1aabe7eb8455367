(** Sets of ordered elements. An operation leaves the set that it was given as it is, and takes logarithmic time unless it goes through all elements. *)

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
    val find_first : (elt -> bool) -> t -> elt

    (** As {!find_first}. *)
    val find_first_opt : (elt -> bool) -> t -> elt option

    (** The greatest element that satisfies a predicate that, once false, stays so for greater elements. Raises [Not_found]. *)
    val find_last : (elt -> bool) -> t -> elt

    (** As {!find_last}. *)
    val find_last_opt : (elt -> bool) -> t -> elt option

    (** Calls a function on each element in ascending order. *)
    val iter : (elt -> unit) -> t -> unit

    (** Combines an accumulator with each element in ascending order. *)
    val fold : (elt -> 'acc -> 'acc) -> t -> 'acc -> 'acc

    (** The set of the function's results; the same set when it changes nothing. *)
    val map : (elt -> elt) -> t -> t

    (** The elements that satisfy the predicate; the same set when all do. *)
    val filter : (elt -> bool) -> t -> t

    (** The set of the answers that are not [None]. *)
    val filter_map : (elt -> elt option) -> t -> t

    (** The elements that satisfy the predicate, and the others. *)
    val partition : (elt -> bool) -> t -> t * t

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
    val for_all : (elt -> bool) -> t -> bool

    (** Whether some element satisfies the predicate. *)
    val exists : (elt -> bool) -> t -> bool

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
module Make (Ord : OrderedType) : S with type elt = Ord.t
