(** Booleans. *)

(** Truth values. *)
type t = bool = false | true

(** Negation. *)
val not : bool -> bool

(** And; the right side is evaluated only when the left one is true. *)
external ( && ) : bool -> bool -> bool = "%sequand"

(** Or; the right side is evaluated only when the left one is false. *)
external ( || ) : bool -> bool -> bool = "%sequor"

(** Same value. *)
val equal : bool -> bool -> bool

(** Order: false before true. *)
val compare : bool -> bool -> int

(** 0 or 1. *)
val to_int : bool -> int

(** 0. or 1. *)
val to_float : bool -> float

(** "false" or "true". *)
val to_string : bool -> string

(** As {!Hashtbl.seeded_hash}. *)
val seeded_hash : int -> bool -> int

(** As {!Hashtbl.hash}. *)
val hash : bool -> int
