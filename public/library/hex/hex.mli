(** Hexadecimal digits. Conversions from digits pass over white space and raise [Invalid_argument] for other characters and for an odd number
    of digits; those to digits leave out the characters in [ignore]. *)

type t = [ `Hex of string ]

val of_char : char -> char * char
val to_char : char -> char -> char
val of_string : ?ignore:char list -> string -> t
val to_string : t -> string
val of_bytes : ?ignore:char list -> bytes -> t
val to_bytes : t -> bytes
val of_bigstring : ?ignore:char list -> Cstruct.buffer -> t
val to_bigstring : t -> Cstruct.buffer
val of_cstruct : ?ignore:char list -> Cstruct.t -> t
val to_cstruct : t -> Cstruct.t

(** Sixteen bytes a line, with their offset and as text. *)
val hexdump : ?print_row_numbers:bool -> ?print_chars:bool -> t -> unit

val hexdump_s : ?print_row_numbers:bool -> ?print_chars:bool -> t -> string
val pp : Format.formatter -> t -> unit
val show : t -> string
val equal : t -> t -> bool
val compare : t -> t -> int
