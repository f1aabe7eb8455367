(** Ciphers, authenticated encryption, and a message authentication code. AES and DES look up tables at places that depend on keys: whoever
    shares the processor's caches may learn from its timing. *)

(** {1 Interfaces} *)

module type AEAD = Interfaces.AEAD
module type Stream = Interfaces.Stream
module Block = Interfaces.Block

(** {1 Block ciphers} *)

(** FIPS 197, with keys of 16, 24 or 32 bytes. *)
module AES : sig
  module ECB : Block.ECB
  module CBC : Block.CBC

  (** The counter's upper and lower half. *)
  module CTR : Block.CTR with type ctr = int64 * int64

  module GCM : Block.GCM
  module CCM16 : Block.CCM16
end

(** Triple DES (SP 800-67), with keys of 24 bytes: broken, for protocols that still use it. *)
module DES : sig
  module ECB : Block.ECB
  module CBC : Block.CBC
  module CTR : Block.CTR with type ctr = int64
end

(** Which operations use instructions of the processor for them. *)
val accelerated : [ `XOR | `AES | `GHASH ] list

(** {1 ChaCha20 and Poly1305} (RFC 8439) *)

(** The AEAD of both, with keys of 32 bytes and nonces of 12. D. J. Bernstein's nonces of 8 bytes, with which keys may have 16, are accepted. *)
module Chacha20 : sig
  include AEAD

  (** The data with the key stream from the block [ctr] on (default 0). *)
  val crypt : key:key -> nonce:string -> ?ctr:int64 -> string -> string
end

(** A code for one message: a key must not be used twice. *)
module Poly1305 : sig
  type 'a iter = ('a -> unit) -> unit

  (** What has been fed so far; it does not change. *)
  type t

  (** In bytes. *)
  val mac_size : int

  (** Raises [Invalid_argument] unless the key has 32 bytes. *)
  val empty : key:string -> t

  val feed : t -> string -> t
  val feedi : t -> string iter -> t
  val get : t -> string
  val mac : key:string -> string -> string
  val maci : key:string -> string iter -> string

  (** The code of parts of strings (offset, length) one after another. Raises [Invalid_argument] outside them. *)
  val mac_into : key:string -> (string * int * int) list -> bytes -> dst_off:int -> unit

  (** Without checks. *)
  val unsafe_mac_into : key:string -> (string * int * int) list -> bytes -> dst_off:int -> unit
end

(** {1 RC4} *)

(** Broken; for protocols that still use it. *)
module ARC4 : Stream

(** {1 For the packages around this one} *)

module Uncommon : sig
  (** Division rounded up; 0 when the first is not positive. Raises [Division_by_zero] when the second is not. *)
  val ( // ) : int -> int -> int

  val imin : int -> int -> int
  val imax : int -> int -> int
  val iter2 : 'a -> 'a -> ('a -> unit) -> unit
  val iter3 : 'a -> 'a -> 'a -> ('a -> unit) -> unit

  (** As long as the shorter. *)
  val xor : string -> string -> string

  val unsafe_xor_into : string -> src_off:int -> bytes -> dst_off:int -> int -> unit
  val invalid_arg : ('a, Format.formatter, unit, unit, unit, 'b) format6 -> 'a
end
