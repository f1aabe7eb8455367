(** Strings under construction: adding at the end takes constant time a byte, on the average. *)

(** A buffer. *)
type t

(** An empty buffer with room for so many bytes at first. *)
val create : int -> t

(** A copy of what has been added. *)
val contents : t -> string

(** As {!contents}, as bytes. *)
val to_bytes : t -> bytes

(** A range of the contents. Raises [Invalid_argument] outside. *)
val sub : t -> int -> int -> string

(** Copies a range of the contents into bytes. Raises [Invalid_argument] outside. *)
val blit : t -> int -> bytes -> int -> int -> unit

(** The byte at a position. Raises [Invalid_argument] outside. *)
val nth : t -> int -> char

(** Number of bytes. *)
val length : t -> int

(** Empties the buffer and keeps its memory. *)
val clear : t -> unit

(** Empties the buffer and gives back the memory that it took in growing. *)
val reset : t -> unit

(** Writes the contents on a channel. *)
val output_buffer : out_channel -> t -> unit

(** Keeps so many bytes of the beginning. Raises [Invalid_argument] when there are fewer. *)
val truncate : t -> int -> unit

(** Adds a byte. *)
val add_char : t -> char -> unit

(** Adds a character in UTF-8. *)
val add_utf_8_uchar : t -> Uchar.t -> unit

(** Adds a character in little-endian UTF-16. *)
val add_utf_16le_uchar : t -> Uchar.t -> unit

(** Adds a character in big-endian UTF-16. *)
val add_utf_16be_uchar : t -> Uchar.t -> unit

(** Adds a string. *)
val add_string : t -> string -> unit

(** Adds bytes. *)
val add_bytes : t -> bytes -> unit

(** Adds a range of a string. Raises [Invalid_argument] outside. *)
val add_substring : t -> string -> int -> int -> unit

(** Adds a range of bytes. Raises [Invalid_argument] outside. *)
val add_subbytes : t -> bytes -> int -> int -> unit

(** Adds a string in which [$name], [$(name)] and [$\{name\}] are replaced by what the function gives for the name; a backslash before [$] takes this meaning away. Raises [Not_found] when a parenthesis is not closed. *)
val add_substitute : t -> (string -> string) -> string -> unit

(** Adds the contents of a buffer. *)
val add_buffer : t -> t -> unit

(** Adds so many bytes of a channel. Raises [End_of_file] when there are fewer, which are added. *)
val add_channel : t -> in_channel -> int -> unit

(** The bytes; the buffer may change meanwhile. *)
val to_seq : t -> char Seq.t

(** The bytes with their positions. *)
val to_seqi : t -> (int * char) Seq.t

(** Adds bytes. *)
val add_seq : t -> char Seq.t -> unit

(** A buffer of these bytes. *)
val of_seq : char Seq.t -> t

(** Adds the lowest 8 bits of an integer. *)
val add_uint8 : t -> int -> unit

(** Adds the lowest 8 bits of an integer. *)
val add_int8 : t -> int -> unit

(** Adds 16 bits, in the machine's byte order. *)
val add_uint16_ne : t -> int -> unit

(** Adds 16 bits, big-endian. *)
val add_uint16_be : t -> int -> unit

(** Adds 16 bits, little-endian. *)
val add_uint16_le : t -> int -> unit

(** Adds 16 bits, in the machine's byte order. *)
val add_int16_ne : t -> int -> unit

(** Adds 16 bits, big-endian. *)
val add_int16_be : t -> int -> unit

(** Adds 16 bits, little-endian. *)
val add_int16_le : t -> int -> unit

(** Adds 32 bits, in the machine's byte order. *)
val add_int32_ne : t -> int32 -> unit

(** Adds 32 bits, big-endian. *)
val add_int32_be : t -> int32 -> unit

(** Adds 32 bits, little-endian. *)
val add_int32_le : t -> int32 -> unit

(** Adds 64 bits, in the machine's byte order. *)
val add_int64_ne : t -> int64 -> unit

(** Adds 64 bits, big-endian. *)
val add_int64_be : t -> int64 -> unit

(** Adds 64 bits, little-endian. *)
val add_int64_le : t -> int64 -> unit
