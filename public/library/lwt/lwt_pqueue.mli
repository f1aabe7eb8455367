(** Priority queues that do not change. Elements that compare equal are all kept.

    @deprecated Use the package [psq]. *)

[@@@ocaml.deprecated "Use the package psq."]

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

  (** Raises [Not_found] when the queue is empty. *)
  val find_min : t -> elt

  val lookup_min : t -> elt option

  (** Without the least element. Raises [Not_found] when the queue is empty. *)
  val remove_min : t -> t

  val size : t -> int
end

module Make (Ord : OrderedType) : S with type elt = Ord.t
