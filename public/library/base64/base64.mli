(** The base-64 encoding (RFC 4648). With [pad] (the default) encoded text has a multiple of four characters, filled up with [=]; functions
    ending in [_exn] raise [Invalid_argument]. [off] and [len] choose a part of the text. *)

type alphabet

(** A part of a string: offset and length. *)
type sub = string * int * int

(** Ends in [+] and [/]. *)
val default_alphabet : alphabet

(** Ends in [-] and [_]. *)
val uri_safe_alphabet : alphabet

(** From 64 characters without [=]. *)
val make_alphabet : string -> alphabet

val length_alphabet : alphabet -> int
val alphabet : alphabet -> string
val decode_exn : ?pad:bool -> ?alphabet:alphabet -> ?off:int -> ?len:int -> string -> string
val decode_sub : ?pad:bool -> ?alphabet:alphabet -> ?off:int -> ?len:int -> string -> (sub, [> `Msg of string ]) result
val decode : ?pad:bool -> ?alphabet:alphabet -> ?off:int -> ?len:int -> string -> (string, [> `Msg of string ]) result
val encode : ?pad:bool -> ?alphabet:alphabet -> ?off:int -> ?len:int -> string -> (string, [> `Msg of string ]) result
val encode_string : ?pad:bool -> ?alphabet:alphabet -> string -> string
val encode_sub : ?pad:bool -> ?alphabet:alphabet -> ?off:int -> ?len:int -> string -> (sub, [> `Msg of string ]) result
val encode_exn : ?pad:bool -> ?alphabet:alphabet -> ?off:int -> ?len:int -> string -> string
