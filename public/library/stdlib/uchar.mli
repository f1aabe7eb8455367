(** Unicode scalar values: all code points but surrogates. *)

(** A scalar value. *)
type t
[@@immediate]

(** U+0000. *)
val min : t

(** U+10FFFF. *)
val max : t

(** U+FEFF, the byte order mark. *)
val bom : t

(** U+FFFD, the replacement character. *)
val rep : t

(** The next one. Raises [Invalid_argument] after {!max}. *)
val succ : t -> t

(** The one before. Raises [Invalid_argument] before {!min}. *)
val pred : t -> t

(** Whether an integer is a scalar value. *)
val is_valid : int -> bool

(** Scalar value of an integer. Raises [Invalid_argument] when it is none. *)
val of_int : int -> t

(** As {!of_int}, unchecked. *)
val unsafe_of_int : int -> t

(** Its number. *)
val to_int : t -> int

(** Whether it is below 256. *)
val is_char : t -> bool

(** Scalar value of a byte, taken as ISO 8859-1. *)
val of_char : char -> t

(** Its byte. Raises [Invalid_argument] from 256 on. *)
val to_char : t -> char

(** As {!to_char}, unchecked. *)
val unsafe_to_char : t -> char

(** Same value. *)
val equal : t -> t -> bool

(** Order by number. *)
val compare : t -> t -> int

(** As {!Hashtbl.seeded_hash}. *)
val seeded_hash : int -> t -> int

(** As {!Hashtbl.hash}. *)
val hash : t -> int

(** Result of decoding at a position: whether it was valid, the scalar value, the number of bytes. *)
type utf_decode [@@immediate]

(** Whether a character was decoded. *)
val utf_decode_is_valid : utf_decode -> bool

(** The character, or {!rep}. *)
val utf_decode_uchar : utf_decode -> t

(** Number of bytes used, 1 to 4. *)
val utf_decode_length : utf_decode -> int

(** A valid result: length and character. *)
val utf_decode : int -> t -> utf_decode

(** A result that is not valid, of this length. *)
val utf_decode_invalid : int -> utf_decode

(** Number of its bytes in UTF-8. *)
val utf_8_byte_length : t -> int

(** Number of its bytes in UTF-16. *)
val utf_16_byte_length : t -> int
