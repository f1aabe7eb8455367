(* Priority queues as leftist heaps (Crane, 1972; Okasaki, "Purely functional data structures", 3.1). *)

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
  type t = Leaf | Node of { rank : int; least : elt; left : t; right : t }

  let empty = Leaf
  let is_empty = function Leaf -> true | Node _ -> false
  let rank = function Leaf -> 0 | Node n -> n.rank

  let node least a b =
    if rank a >= rank b then Node { rank = rank b + 1; least; left = a; right = b } else Node { rank = rank a + 1; least; left = b; right = a }

  let rec union a b =
    match (a, b) with
    | Leaf, q | q, Leaf -> q
    | Node x, Node y -> if Ord.compare x.least y.least <= 0 then node x.least x.left (union x.right b) else node y.least y.left (union a y.right)

  let add x q = union (Node { rank = 1; least = x; left = Leaf; right = Leaf }) q
  let lookup_min = function Leaf -> None | Node n -> Some n.least
  let find_min = function Leaf -> raise Not_found | Node n -> n.least
  let remove_min = function Leaf -> raise Not_found | Node n -> union n.left n.right

  (* Counts the trees that are still to be gone through, so that a long left spine needs no stack. *)
  let size q =
    let rec go n = function [] -> n | Leaf :: rest -> go n rest | Node { left; right; _ } :: rest -> go (n + 1) (left :: right :: rest) in
    go 0 [ q ]
end
