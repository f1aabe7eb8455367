(** Decoding and encoding of Unicode text as it comes, and folding over the characters of strings (RFC 3629, RFC 2781). What is malformed is given as its bytes:
    all that its first ones announce. *)

(** U+FEFF, the byte order mark. *)
val u_bom : Uchar.t

(** U+FFFD, the replacement character. *)
val u_rep : Uchar.t

(** What can be encoded. *)
type encoding = [ `UTF_16 | `UTF_16BE | `UTF_16LE | `UTF_8 ]

(** What can be decoded. *)
type decoder_encoding = [ encoding | `US_ASCII | `ISO_8859_1 ]

(** The encoding of a name, whatever its case. *)
val encoding_of_string : string -> decoder_encoding option

(** The name of an encoding. *)
val encoding_to_string : [< decoder_encoding ] -> string

(** {1 Decoding} *)

(** Where the bytes come from; [`Manual]: {!Manual.src}. *)
type src = [ `Channel of in_channel | `String of string | `Manual ]

(** What is to become the character given: [`ASCII] CR, LF and CRLF; [`NLF] also U+0085; [`Readline] also U+000C, U+2028, U+2029. *)
type nln = [ `ASCII of Uchar.t | `NLF of Uchar.t | `Readline of Uchar.t ]

type decoder

(** A mark at the beginning is taken away. Without an encoding it is guessed by the first three bytes. *)
val decoder : ?nln:[< nln ] -> ?encoding:[< decoder_encoding ] -> [< src ] -> decoder

(** The next character; [`Await] when {!Manual.src} is to be called. *)
val decode : decoder -> [ `Await | `Uchar of Uchar.t | `End | `Malformed of string ]

val decoder_encoding : decoder -> decoder_encoding
val set_decoder_encoding : decoder -> [< decoder_encoding ] -> unit

(** The line of the last character, from 1. *)
val decoder_line : decoder -> int

(** Its column. *)
val decoder_col : decoder -> int

(** Bytes up to its end. *)
val decoder_byte_count : decoder -> int

(** Characters up to it, malformed ones, too. *)
val decoder_count : decoder -> int

val decoder_removed_bom : decoder -> bool
val decoder_src : decoder -> src
val decoder_nln : decoder -> nln option
val pp_decode : Format.formatter -> [< `Await | `Uchar of Uchar.t | `End | `Malformed of string ] -> unit

(** {1 Encoding} *)

type dst = [ `Channel of out_channel | `Buffer of Buffer.t | `Manual ]
type encoder

(** No mark is written. *)
val encoder : [< encoding ] -> [< dst ] -> encoder

(** [`Partial] when {!Manual.dst} is to be called, and this with [`Await]. Raises [Invalid_argument] when it is given something else then. *)
val encode : encoder -> [< `Await | `End | `Uchar of Uchar.t ] -> [ `Ok | `Partial ]

val encoder_encoding : encoder -> encoding
val encoder_dst : encoder -> dst

(** {1 By hand} *)

module Manual : sig
  (** Gives bytes of a range; none at the end. *)
  val src : decoder -> Bytes.t -> int -> int -> unit

  (** Gives room for bytes. *)
  val dst : encoder -> Bytes.t -> int -> int -> unit

  (** How much of it is left. *)
  val dst_rem : encoder -> int
end

(** {1 Strings} *)

module String : sig
  (** The guess, and whether there is a mark. *)
  val encoding_guess : string -> [ `UTF_8 | `UTF_16BE | `UTF_16LE ] * bool

  (** With the place where the character begins. *)
  type 'a folder = 'a -> int -> [ `Uchar of Uchar.t | `Malformed of string ] -> 'a

  val fold_utf_8 : ?pos:int -> ?len:int -> 'a folder -> 'a -> string -> 'a
  val fold_utf_16be : ?pos:int -> ?len:int -> 'a folder -> 'a -> string -> 'a
  val fold_utf_16le : ?pos:int -> ?len:int -> 'a folder -> 'a -> string -> 'a
end

module Buffer : sig
  val add_utf_8 : Buffer.t -> Uchar.t -> unit
  val add_utf_16be : Buffer.t -> Uchar.t -> unit
  val add_utf_16le : Buffer.t -> Uchar.t -> unit
end
