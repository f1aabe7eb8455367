(** Sequences of bytes that can be changed. Positions and lengths are in bytes, from 0. A position or a range outside raises [Invalid_argument]. *)

(** Number of bytes. *)
external length : bytes -> int = "%bytes_length"

(** The byte at a position. *)
external get : bytes -> int -> char = "%bytes_safe_get"

(** Changes the byte at a position. *)
external set : bytes -> int -> char -> unit = "%bytes_safe_set"

(** So many bytes of any contents. Raises [Invalid_argument] when the length is negative or above {!Sys.max_string_length}. *)
external create : int -> bytes = "caml_create_bytes"

(** So many times this character. Raises [Invalid_argument] as {!create}. *)
val make : int -> char -> bytes

(** [f 0], … [f (n - 1)], computed in this order. Raises [Invalid_argument] as {!create}. *)
val init : int -> (int -> char) -> bytes

(** Of length 0. *)
val empty : bytes

(** A copy. *)
val copy : bytes -> bytes

(** A copy of a string. *)
val of_string : string -> bytes

(** A copy as a string. *)
val to_string : bytes -> string

(** The range of a length from a position on. *)
val sub : bytes -> int -> int -> bytes

(** As {!sub}, as a string. *)
val sub_string : bytes -> int -> int -> string

(** With so many bytes of any contents more on the left and on the right, or fewer when negative. Raises [Invalid_argument] when the length would be negative. *)
val extend : bytes -> int -> int -> bytes

(** Sets a range to a character. *)
val fill : bytes -> int -> int -> char -> unit

(** Copies a range into another, which may overlap. *)
val blit : bytes -> int -> bytes -> int -> int -> unit

(** Copies a range of a string. *)
val blit_string : string -> int -> bytes -> int -> int -> unit

(** The byte sequences, with the separator between them. *)
val concat : bytes -> bytes list -> bytes

(** One, then the other. *)
val cat : bytes -> bytes -> bytes

(** Calls a function on each byte. *)
val iter : (char -> unit) -> bytes -> unit

(** As {!iter}, with positions. *)
val iteri : (int -> char -> unit) -> bytes -> unit

(** Applies a function to each byte. *)
val map : (char -> char) -> bytes -> bytes

(** As {!map}, with positions. *)
val mapi : (int -> char -> char) -> bytes -> bytes

(** [f (… (f acc c1) …) cn]. *)
val fold_left : ('acc -> char -> 'acc) -> 'acc -> bytes -> 'acc

(** [f c1 (… (f cn acc))]. *)
val fold_right : (char -> 'acc -> 'acc) -> bytes -> 'acc -> 'acc

(** Whether all bytes satisfy the predicate. *)
val for_all : (char -> bool) -> bytes -> bool

(** Whether some byte satisfies the predicate. *)
val exists : (char -> bool) -> bytes -> bool

(** Without blanks (space, tab, newline, form feed, carriage return) at both ends. *)
val trim : bytes -> bytes

(** As OCaml writes it between quotes. *)
val escaped : bytes -> bytes

(** The character's first position. Raises [Not_found]. *)
val index : bytes -> char -> int

(** The character's first position. *)
val index_opt : bytes -> char -> int option

(** The character's last position. Raises [Not_found]. *)
val rindex : bytes -> char -> int

(** The character's last position. *)
val rindex_opt : bytes -> char -> int option

(** The character's first position from one on. Raises [Not_found]. *)
val index_from : bytes -> int -> char -> int

(** The character's first position from one on. *)
val index_from_opt : bytes -> int -> char -> int option

(** The character's last position up to one. Raises [Not_found]. *)
val rindex_from : bytes -> int -> char -> int

(** The character's last position up to one. *)
val rindex_from_opt : bytes -> int -> char -> int option

(** Whether the character is there. *)
val contains : bytes -> char -> bool

(** Whether the character is there from a position on. *)
val contains_from : bytes -> int -> char -> bool

(** Whether the character is there up to a position. *)
val rcontains_from : bytes -> int -> char -> bool

(** With letters of ASCII in upper case. *)
val uppercase_ascii : bytes -> bytes

(** With letters of ASCII in lower case. *)
val lowercase_ascii : bytes -> bytes

(** With its first byte in upper case. *)
val capitalize_ascii : bytes -> bytes

(** With its first byte in lower case. *)
val uncapitalize_ascii : bytes -> bytes

(** Byte sequences. *)
type t = bytes

(** Lexicographic order of the bytes. *)
val compare : t -> t -> int

(** Same bytes. *)
val equal : t -> t -> bool

(** Whether it begins with the prefix. *)
val starts_with : prefix:bytes -> bytes -> bool

(** Whether it ends with the suffix. *)
val ends_with : suffix:bytes -> bytes -> bool

(** The same bytes as a string, which must not change any more. *)
val unsafe_to_string : bytes -> string

(** The same bytes, which must not be changed. *)
val unsafe_of_string : string -> bytes

(** What stands between the occurrences of the character; never empty. *)
val split_on_char : char -> bytes -> bytes list

(** The bytes. *)
val to_seq : t -> char Seq.t

(** The bytes with their positions. *)
val to_seqi : t -> (int * char) Seq.t

(** The string of these bytes. *)
val of_seq : char Seq.t -> t

(** What UTF-8 has at a position: the character, or U+FFFD for as many bytes as are wrong together. *)
val get_utf_8_uchar : t -> int -> Uchar.utf_decode

(** Writes a character in UTF-8 at a position; the number of bytes, 0 when there was no room. *)
val set_utf_8_uchar : t -> int -> Uchar.t -> int

(** Whether all of it is well-formed UTF-8. *)
val is_valid_utf_8 : t -> bool

(** What big-endian UTF-16 has at a position. *)
val get_utf_16be_uchar : t -> int -> Uchar.utf_decode

(** Writes a character in big-endian UTF-16; the number of bytes, 0 when there was no room. *)
val set_utf_16be_uchar : t -> int -> Uchar.t -> int

(** Whether all of it is well-formed big-endian UTF-16. *)
val is_valid_utf_16be : t -> bool

(** What little-endian UTF-16 has at a position. *)
val get_utf_16le_uchar : t -> int -> Uchar.utf_decode

(** Writes a character in little-endian UTF-16; the number of bytes, 0 when there was no room. *)
val set_utf_16le_uchar : t -> int -> Uchar.t -> int

(** Whether all of it is well-formed little-endian UTF-16. *)
val is_valid_utf_16le : t -> bool

(** 8 bits without sign at a position. *)
val get_uint8 : bytes -> int -> int

(** 8 bits with sign at a position. *)
val get_int8 : bytes -> int -> int

(** 16 bits without sign, in the machine's byte order. *)
val get_uint16_ne : bytes -> int -> int

(** 16 bits without sign, big-endian. *)
val get_uint16_be : bytes -> int -> int

(** 16 bits without sign, little-endian. *)
val get_uint16_le : bytes -> int -> int

(** 16 bits with sign, in the machine's byte order. *)
val get_int16_ne : bytes -> int -> int

(** 16 bits with sign, big-endian. *)
val get_int16_be : bytes -> int -> int

(** 16 bits with sign, little-endian. *)
val get_int16_le : bytes -> int -> int

(** 32 bits, in the machine's byte order. *)
val get_int32_ne : bytes -> int -> int32

(** 32 bits, big-endian. *)
val get_int32_be : bytes -> int -> int32

(** 32 bits, little-endian. *)
val get_int32_le : bytes -> int -> int32

(** 64 bits, in the machine's byte order. *)
val get_int64_ne : bytes -> int -> int64

(** 64 bits, big-endian. *)
val get_int64_be : bytes -> int -> int64

(** 64 bits, little-endian. *)
val get_int64_le : bytes -> int -> int64

(** Sets 8 bits at a position to an integer's lowest ones. *)
val set_uint8 : bytes -> int -> int -> unit

(** Sets 8 bits at a position to an integer's lowest ones. *)
val set_int8 : bytes -> int -> int -> unit

(** Sets 16 bits, in the machine's byte order. *)
val set_uint16_ne : bytes -> int -> int -> unit

(** Sets 16 bits, big-endian. *)
val set_uint16_be : bytes -> int -> int -> unit

(** Sets 16 bits, little-endian. *)
val set_uint16_le : bytes -> int -> int -> unit

(** Sets 16 bits, in the machine's byte order. *)
val set_int16_ne : bytes -> int -> int -> unit

(** Sets 16 bits, big-endian. *)
val set_int16_be : bytes -> int -> int -> unit

(** Sets 16 bits, little-endian. *)
val set_int16_le : bytes -> int -> int -> unit

(** Sets 32 bits, in the machine's byte order. *)
val set_int32_ne : bytes -> int -> int32 -> unit

(** Sets 32 bits, big-endian. *)
val set_int32_be : bytes -> int -> int32 -> unit

(** Sets 32 bits, little-endian. *)
val set_int32_le : bytes -> int -> int32 -> unit

(** Sets 64 bits, in the machine's byte order. *)
val set_int64_ne : bytes -> int -> int64 -> unit

(** Sets 64 bits, big-endian. *)
val set_int64_be : bytes -> int -> int64 -> unit

(** Sets 64 bits, little-endian. *)
val set_int64_le : bytes -> int -> int64 -> unit

(** As {!get}, unchecked. *)
external unsafe_get : bytes -> int -> char = "%bytes_unsafe_get"

(** As {!set}, unchecked. *)
external unsafe_set : bytes -> int -> char -> unit = "%bytes_unsafe_set"

(** As {!blit}, unchecked. *)
external unsafe_blit : bytes -> int -> bytes -> int -> int -> unit = "caml_blit_bytes" [@@noalloc]

(** As {!blit_string}, unchecked. *)
external unsafe_blit_string : string -> int -> bytes -> int -> int -> unit = "caml_blit_string" [@@noalloc]

(** As {!fill}, unchecked. *)
external unsafe_fill : bytes -> int -> int -> char -> unit = "caml_fill_bytes" [@@noalloc]

(** As {!escaped}; the same bytes when nothing has to be escaped. *)
val unsafe_escape : bytes -> bytes
