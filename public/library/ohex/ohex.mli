(** Hexadecimal encoding of strings. *)

(** How many bytes the digits stand for. Raises [Invalid_argument] when their number is odd. *)
val required_length : ?skip_whitespace:bool -> string -> int

(** The bytes that the digits stand for; white space is passed over unless [~skip_whitespace:false]. Raises [Invalid_argument] for other
    characters and for an odd number of digits. *)
val decode : ?skip_whitespace:bool -> string -> string

val decode_into : ?skip_whitespace:bool -> string -> bytes -> ?off:int -> unit -> unit

(** In lower case. *)
val encode : string -> string

val encode_into : string -> bytes -> ?off:int -> unit -> unit

(** Sixteen bytes a line in two groups. *)
val pp : Format.formatter -> string -> unit

(** Sixteen bytes a line, with the offset and as text. *)
val pp_hexdump : ?row_numbers:bool -> ?chars:bool -> unit -> Format.formatter -> string -> unit
