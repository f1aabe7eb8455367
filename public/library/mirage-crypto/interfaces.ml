(* The interfaces of ciphers. Functions that work in place raise [Invalid_argument] outside their source or target; those whose names begin
   with [unsafe] check no ranges and no lengths. *)

(** Authenticated encryption with associated data (RFC 5116): what is decrypted is what was encrypted with the same key, nonce and data. A
    nonce must not be used twice with one key. *)
module type AEAD = sig
  (** In bytes. *)
  val tag_size : int

  type key

  (** Raises [Invalid_argument] when the secret has no right size. *)
  val of_secret : string -> key

  (** {1 The tag behind the ciphertext} These and what follows raise [Invalid_argument] when the nonce has no right size. *)

  val authenticate_encrypt : key:key -> nonce:string -> ?adata:string -> string -> string

  (** [None] when the message is not authentic. *)
  val authenticate_decrypt : key:key -> nonce:string -> ?adata:string -> string -> string option

  (** {1 The tag apart} *)

  val authenticate_encrypt_tag : key:key -> nonce:string -> ?adata:string -> string -> string * string
  val authenticate_decrypt_tag : key:key -> nonce:string -> ?adata:string -> tag:string -> string -> string option

  (** {1 Into a target} The last argument is the length of the text. *)

  val authenticate_encrypt_into :
    key:key -> nonce:string -> ?adata:string -> string -> src_off:int -> bytes -> dst_off:int -> tag_off:int -> int -> unit

  (** False when the message is not authentic: then nothing of its text is in the target. *)
  val authenticate_decrypt_into :
    key:key -> nonce:string -> ?adata:string -> string -> src_off:int -> tag_off:int -> bytes -> dst_off:int -> int -> bool

  val unsafe_authenticate_encrypt_into :
    key:key -> nonce:string -> ?adata:string -> string -> src_off:int -> bytes -> dst_off:int -> tag_off:int -> int -> unit

  val unsafe_authenticate_decrypt_into :
    key:key -> nonce:string -> ?adata:string -> string -> src_off:int -> tag_off:int -> bytes -> dst_off:int -> int -> bool
end

(** Modes of block ciphers (SP 800-38A). Sizes are in bytes. *)
module Block = struct
  (** Each block by itself: equal blocks show. *)
  module type ECB = sig
    type key

    val of_secret : string -> key
    val key_sizes : int array
    val block_size : int

    (** Raises [Invalid_argument] when there are no whole blocks, as the others do. *)
    val encrypt : key:key -> string -> string

    val decrypt : key:key -> string -> string
    val encrypt_into : key:key -> string -> src_off:int -> bytes -> dst_off:int -> int -> unit
    val decrypt_into : key:key -> string -> src_off:int -> bytes -> dst_off:int -> int -> unit
    val unsafe_encrypt_into : key:key -> string -> src_off:int -> bytes -> dst_off:int -> int -> unit
    val unsafe_decrypt_into : key:key -> string -> src_off:int -> bytes -> dst_off:int -> int -> unit
  end

  (** Each block with the one before, the first with the IV, which has the size of a block. *)
  module type CBC = sig
    type key

    val of_secret : string -> key
    val key_sizes : int array
    val block_size : int
    val encrypt : key:key -> iv:string -> string -> string
    val decrypt : key:key -> iv:string -> string -> string

    (** The IV with which the next message goes on: the last block of this one's ciphertext. *)
    val next_iv : ?off:int -> string -> iv:string -> string

    val encrypt_into : key:key -> iv:string -> string -> src_off:int -> bytes -> dst_off:int -> int -> unit
    val decrypt_into : key:key -> iv:string -> string -> src_off:int -> bytes -> dst_off:int -> int -> unit
    val unsafe_encrypt_into : key:key -> iv:string -> string -> src_off:int -> bytes -> dst_off:int -> int -> unit
    val unsafe_decrypt_into : key:key -> iv:string -> string -> src_off:int -> bytes -> dst_off:int -> int -> unit

    (** Encrypts what is in the target. *)
    val unsafe_encrypt_into_inplace : key:key -> iv:string -> bytes -> dst_off:int -> int -> unit
  end

  (** The text with the encrypted values of a counter, which is as large as a block. *)
  module type CTR = sig
    type key

    val of_secret : string -> key
    val key_sizes : int array
    val block_size : int

    type ctr

    val add_ctr : ctr -> int64 -> ctr

    (** The counter with which the next message goes on, when this one begins at [off]. *)
    val next_ctr : ?off:int -> string -> ctr:ctr -> ctr

    (** From as many bytes as a block has, the highest first. *)
    val ctr_of_octets : string -> ctr

    (** The counter's encrypted values, so many bytes. *)
    val stream : key:key -> ctr:ctr -> int -> string

    val encrypt : key:key -> ctr:ctr -> string -> string

    (** The same as [encrypt]. *)
    val decrypt : key:key -> ctr:ctr -> string -> string

    val stream_into : key:key -> ctr:ctr -> bytes -> off:int -> int -> unit

    (** The source must not be the target. *)
    val encrypt_into : key:key -> ctr:ctr -> string -> src_off:int -> bytes -> dst_off:int -> int -> unit

    val decrypt_into : key:key -> ctr:ctr -> string -> src_off:int -> bytes -> dst_off:int -> int -> unit
    val unsafe_stream_into : key:key -> ctr:ctr -> bytes -> off:int -> int -> unit
    val unsafe_encrypt_into : key:key -> ctr:ctr -> string -> src_off:int -> bytes -> dst_off:int -> int -> unit
    val unsafe_decrypt_into : key:key -> ctr:ctr -> string -> src_off:int -> bytes -> dst_off:int -> int -> unit
  end

  (** Galois/Counter mode (SP 800-38D): nonces have any size but none, best 12 bytes. *)
  module type GCM = sig
    include AEAD

    val key_sizes : int array
    val block_size : int
  end

  (** Counter mode with CBC-MAC (SP 800-38C) and tags of 16 bytes: nonces have 7 to 13 bytes. *)
  module type CCM16 = sig
    include AEAD

    val key_sizes : int array
    val block_size : int
  end
end

(** Stream ciphers: the key of a result goes on where the message ended. *)
module type Stream = sig
  type key
  type result = { message : string; key : key }

  val of_secret : string -> key
  val encrypt : key:key -> string -> result
  val decrypt : key:key -> string -> result
end
