(** Priority queues as values that do not change. *)

module type OrderedType = sig
  type t

  val compare : t -> t -> int
end

module type S = sig
  type elt
  type t

  val empty : t
  val is_empty : t -> bool
  val add : elt -> t -> t
  val union : t -> t -> t

  (** Raises [Not_found]. *)
  val find_min : t -> elt

  val lookup_min : t -> elt option

  (** Raises [Not_found]. *)
  val remove_min : t -> t

  (** In linear time. *)
  val size : t -> int
end

module Make (Ord : OrderedType) : S with type elt = Ord.t
