(** The functions of {!String} with labels. *)

(** Strings. *)
type t = string

(** So many times this character. Raises [Invalid_argument] when the length is negative or above {!Sys.max_string_length}. *)
val make : int -> char -> string

(** [f 0], … [f (n - 1)], computed in this order. Raises [Invalid_argument] as {!make}. *)
val init : int -> f:(int -> char) -> string

(** Of length 0. *)
val empty : string

(** Number of bytes. *)
external length : string -> int = "%string_length"

(** The byte at a position. *)
external get : string -> int -> char = "%string_safe_get"

(** A copy. *)
val of_bytes : bytes -> string

(** A copy. *)
val to_bytes : string -> bytes

(** Copies a range of the string (from a position) into bytes (to a position), so many bytes. *)
val blit : src:string -> src_pos:int -> dst:bytes -> dst_pos:int -> len:int -> unit

(** The strings, with the separator between them. *)
val concat : sep:string -> string list -> string

(** One string, then the other. *)
val cat : string -> string -> string

(** Same bytes. *)
val equal : t -> t -> bool

(** Lexicographic order of the bytes. *)
val compare : t -> t -> int

(** Whether it begins with the prefix. *)
val starts_with : prefix:string -> string -> bool

(** Whether it ends with the suffix. *)
val ends_with : suffix:string -> string -> bool

(** Whether the character is there from a position on. *)
val contains_from : string -> int -> char -> bool

(** Whether the character is there up to a position. *)
val rcontains_from : string -> int -> char -> bool

(** Whether the character is there. *)
val contains : string -> char -> bool

(** The range of a length from a position on. *)
val sub : string -> pos:int -> len:int -> string

(** What stands between the occurrences of the character; never empty. *)
val split_on_char : sep:char -> string -> string list

(** Applies a function to each byte. *)
val map : f:(char -> char) -> string -> string

(** As {!map}, with positions. *)
val mapi : f:(int -> char -> char) -> string -> string

(** [f (… (f acc c1) …) cn]. *)
val fold_left : f:('acc -> char -> 'acc) -> init:'acc -> string -> 'acc

(** [f c1 (… (f cn acc))]. *)
val fold_right : f:(char -> 'acc -> 'acc) -> string -> init:'acc -> 'acc

(** Whether all bytes satisfy the predicate. *)
val for_all : f:(char -> bool) -> string -> bool

(** Whether some byte satisfies the predicate. *)
val exists : f:(char -> bool) -> string -> bool

(** Without blanks (space, tab, newline, form feed, carriage return) at both ends. *)
val trim : string -> string

(** As OCaml writes it between quotes; the same string when nothing has to be escaped. *)
val escaped : string -> string

(** With letters of ASCII in upper case. *)
val uppercase_ascii : string -> string

(** With letters of ASCII in lower case. *)
val lowercase_ascii : string -> string

(** With its first byte in upper case. *)
val capitalize_ascii : string -> string

(** With its first byte in lower case. *)
val uncapitalize_ascii : string -> string

(** Calls a function on each byte. *)
val iter : f:(char -> unit) -> string -> unit

(** As {!iter}, with positions. *)
val iteri : f:(int -> char -> unit) -> string -> unit

(** The character's first position from one on. Raises [Not_found]. *)
val index_from : string -> int -> char -> int

(** The character's first position from one on. *)
val index_from_opt : string -> int -> char -> int option

(** The character's last position up to one. Raises [Not_found]. *)
val rindex_from : string -> int -> char -> int

(** The character's last position up to one. *)
val rindex_from_opt : string -> int -> char -> int option

(** The character's first position. Raises [Not_found]. *)
val index : string -> char -> int

(** The character's first position. *)
val index_opt : string -> char -> int option

(** The character's last position. Raises [Not_found]. *)
val rindex : string -> char -> int

(** The character's last position. *)
val rindex_opt : string -> char -> int option

(** The bytes. *)
val to_seq : t -> char Seq.t

(** The bytes with their positions. *)
val to_seqi : t -> (int * char) Seq.t

(** The string of these bytes. *)
val of_seq : char Seq.t -> t

(** What UTF-8 has at a position: the character, or U+FFFD for as many bytes as are wrong together. *)
val get_utf_8_uchar : t -> int -> Uchar.utf_decode

(** Whether all of it is well-formed UTF-8. *)
val is_valid_utf_8 : t -> bool

(** What big-endian UTF-16 has at a position. *)
val get_utf_16be_uchar : t -> int -> Uchar.utf_decode

(** Whether all of it is well-formed big-endian UTF-16. *)
val is_valid_utf_16be : t -> bool

(** What little-endian UTF-16 has at a position. *)
val get_utf_16le_uchar : t -> int -> Uchar.utf_decode

(** Whether all of it is well-formed little-endian UTF-16. *)
val is_valid_utf_16le : t -> bool

(** 8 bits without sign at a position. *)
val get_uint8 : string -> int -> int

(** 8 bits with sign at a position. *)
val get_int8 : string -> int -> int

(** 16 bits without sign, in the machine's byte order. *)
val get_uint16_ne : string -> int -> int

(** 16 bits without sign, big-endian. *)
val get_uint16_be : string -> int -> int

(** 16 bits without sign, little-endian. *)
val get_uint16_le : string -> int -> int

(** 16 bits with sign, in the machine's byte order. *)
val get_int16_ne : string -> int -> int

(** 16 bits with sign, big-endian. *)
val get_int16_be : string -> int -> int

(** 16 bits with sign, little-endian. *)
val get_int16_le : string -> int -> int

(** 32 bits, in the machine's byte order. *)
val get_int32_ne : string -> int -> int32

(** As {!Hashtbl.hash}. *)
val hash : t -> int

(** As {!Hashtbl.seeded_hash}. *)
val seeded_hash : int -> t -> int

(** 32 bits, big-endian. *)
val get_int32_be : string -> int -> int32

(** 32 bits, little-endian. *)
val get_int32_le : string -> int -> int32

(** 64 bits, in the machine's byte order. *)
val get_int64_ne : string -> int -> int64

(** 64 bits, big-endian. *)
val get_int64_be : string -> int -> int64

(** 64 bits, little-endian. *)
val get_int64_le : string -> int -> int64

(** As {!get}, unchecked. *)
external unsafe_get : string -> int -> char = "%string_unsafe_get"

(** As {!blit}, unchecked. *)
external unsafe_blit : src:string -> src_pos:int -> dst:bytes -> dst_pos:int -> len:int -> unit = "caml_blit_string" [@@noalloc]
