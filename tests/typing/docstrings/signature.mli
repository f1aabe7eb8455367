(** Title *)

(** Second *)

val x : int
(** doc x *)

val y : int
(** doc y *)
val z : int
(** doc z *)


(** {1 section} *)

type t = { a : int (** a *); b : int (** b *) }
(** t *)

module type S = sig
  (** start *)

  type t
  (** t *)

  val f : t -> t
  (** f *)

  (** end *)
end

class type ct = object
  (** inherit *)

  method m : int
  (** m *)

  method n : int
  (** n *)
end
(** ct *)

val f : (** arg *) int -> int
class c : int -> ct
(** c *)

exception E
(** e *)

module F (X : S) : sig (** nothing *) end
(** F *)
