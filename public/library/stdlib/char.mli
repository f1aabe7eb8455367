(** Characters: the bytes 0 to 255. Their letters are those of ASCII. *)

(** Number of a character. *)
external code : char -> int = "%identity"

(** Character of a number. Raises [Invalid_argument "Char.chr"] outside 0–255. *)
val chr : int -> char

(** As OCaml writes it between quotes: backslash sequences for what cannot be printed or would be misread. *)
val escaped : char -> string

(** Lower case of a letter of ASCII; other characters are as they are. *)
val lowercase_ascii : char -> char

(** Upper case of a letter of ASCII; other characters are as they are. *)
val uppercase_ascii : char -> char

(** Characters. *)
type t = char

(** Order by number. *)
val compare : t -> t -> int

(** Same character. *)
val equal : t -> t -> bool

(** As {!Hashtbl.seeded_hash}. *)
val seeded_hash : int -> t -> int

(** As {!Hashtbl.hash}. *)
val hash : t -> int

(** Character of a number from 0 to 255, which is not checked. *)
external unsafe_chr : int -> char = "%identity"
