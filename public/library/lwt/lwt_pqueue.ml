(* Priority queues: leftist heaps (C. A. Crane, 1972). The rank of a heap is the length of its right spine, which is never longer than the left
   one, so that two heaps are merged along right spines in logarithmic time. *)

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
  val find_min : t -> elt
  val lookup_min : t -> elt option
  val remove_min : t -> t
  val size : t -> int
end

module Make (Ord : OrderedType) = struct
  type elt = Ord.t
  type t = Empty | Heap of { rank : int; size : int; least : elt; left : t; right : t }

  let empty = Empty
  let is_empty = function Empty -> true | Heap _ -> false
  let rank = function Empty -> 0 | Heap h -> h.rank
  let size = function Empty -> 0 | Heap h -> h.size

  let heap least a b =
    let left, right = if rank a >= rank b then (a, b) else (b, a) in
    Heap { rank = rank right + 1; size = size a + size b + 1; least; left; right }

  let rec union a b =
    match (a, b) with
    | Empty, t | t, Empty -> t
    | Heap h, Heap k -> if Ord.compare h.least k.least <= 0 then heap h.least h.left (union h.right b) else heap k.least k.left (union a k.right)

  let add v t = union (heap v Empty Empty) t
  let lookup_min = function Empty -> None | Heap h -> Some h.least
  let find_min = function Empty -> raise Not_found | Heap h -> h.least
  let remove_min = function Empty -> raise Not_found | Heap h -> union h.left h.right
end
