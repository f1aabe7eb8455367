(** Base-64 as mail uses it (RFC 2045, 6.8): lines of at most 76 characters, other white space passed over. Text is decoded and encoded as it
    comes. *)

val default_alphabet : string

(** {1 Decoding} *)

type decoder
type src = [ `Manual | `Channel of in_channel | `String of string ]

(** [`Flush] is decoded text; [`Malformed] text that cannot stand here and was passed over; [`Await] asks for more with {!src}. *)
type decode = [ `Await | `End | `Flush of string | `Malformed of string | `Wrong_padding ]

(** Gives input to a [`Manual] decoder; a length of 0 is the end. Raises [Invalid_argument] outside the buffer. *)
val src : decoder -> Bytes.t -> int -> int -> unit

val decoder : src -> decoder
val decode : decoder -> decode

(** How many characters were read. *)
val decoder_byte_count : decoder -> int

val decoder_src : decoder -> src

(** Whether a line was too long. *)
val decoder_dangerous : decoder -> bool

(** {1 Encoding} *)

type dst = [ `Channel of out_channel | `Buffer of Buffer.t | `Manual ]
type encode = [ `Await | `End | `Char of char ]
type encoder

val encoder : dst -> encoder

(** [`Partial] asks for more room with {!dst}, and then for [`Await]. *)
val encode : encoder -> encode -> [ `Ok | `Partial ]

val encoder_dst : encoder -> dst
val dst : encoder -> Bytes.t -> int -> int -> unit

(** The room left. *)
val dst_rem : encoder -> int
