(** The type with one value. *)

(** Its value is [()]. *)
type t = unit = ()

(** True. *)
val equal : t -> t -> bool

(** 0. *)
val compare : t -> t -> int

(** "()". *)
val to_string : t -> string
