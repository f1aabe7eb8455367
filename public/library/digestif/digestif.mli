(** Hash functions: MD5 (RFC 1321), SHA-1 and SHA-2 (FIPS 180-4), SHA-3 (FIPS 202), BLAKE2 (RFC 7693), RIPEMD-160, and HMAC (RFC 2104) with
    each of them. MD5, SHA-1 and RIPEMD-160 are broken: they are here for protocols that still use them. *)

type bigstring = (char, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t
type 'a iter = ('a -> unit) -> unit
type 'a compare = 'a -> 'a -> int
type 'a equal = 'a -> 'a -> bool
type 'a pp = Format.formatter -> 'a -> unit

module type S = sig
  (** In bytes. *)
  val digest_size : int

  (** What has been fed so far. Contexts do not change. *)
  type ctx
  type kind

  (** A digest. *)
  type t

  val kind : kind
  val empty : ctx
  val init : unit -> ctx
  val feed_bytes : ctx -> ?off:int -> ?len:int -> Bytes.t -> ctx
  val feed_string : ctx -> ?off:int -> ?len:int -> String.t -> ctx
  val feed_bigstring : ctx -> ?off:int -> ?len:int -> bigstring -> ctx

  (** Feeds what the iteration gives. *)
  val feedi_bytes : ctx -> Bytes.t iter -> ctx
  val feedi_string : ctx -> String.t iter -> ctx
  val feedi_bigstring : ctx -> bigstring iter -> ctx
  val get : ctx -> t
  (** {1 Digests} of a part, of what an iteration gives, of a list *)

  val digest_bytes : ?off:int -> ?len:int -> Bytes.t -> t
  val digest_string : ?off:int -> ?len:int -> String.t -> t
  val digest_bigstring : ?off:int -> ?len:int -> bigstring -> t
  val digesti_bytes : Bytes.t iter -> t
  val digesti_string : String.t iter -> t
  val digesti_bigstring : bigstring iter -> t
  val digestv_bytes : Bytes.t list -> t
  val digestv_string : String.t list -> t
  val digestv_bigstring : bigstring list -> t
  (** {1 HMAC} (RFC 2104) *)

  val hmac_bytes : key:string -> ?off:int -> ?len:int -> Bytes.t -> t
  val hmac_string : key:string -> ?off:int -> ?len:int -> String.t -> t
  val hmac_bigstring : key:string -> ?off:int -> ?len:int -> bigstring -> t
  val hmaci_bytes : key:string -> Bytes.t iter -> t
  val hmaci_string : key:string -> String.t iter -> t
  val hmaci_bigstring : key:string -> bigstring iter -> t
  val hmacv_bytes : key:string -> Bytes.t list -> t
  val hmacv_string : key:string -> String.t list -> t
  val hmacv_bigstring : key:string -> bigstring list -> t

  type hmac

  val hmac_init : key:string -> hmac
  val hmac_feed_bytes : hmac -> ?off:int -> ?len:int -> Bytes.t -> hmac
  val hmac_feed_string : hmac -> ?off:int -> ?len:int -> String.t -> hmac
  val hmac_feed_bigstring : hmac -> ?off:int -> ?len:int -> bigstring -> hmac
  val hmac_get : hmac -> t
  (** {1 Digests as values} *)

  (** Lexicographic; tells by its time where two digests differ. *)
  val unsafe_compare : t compare

  (** Takes as long wherever they differ. *)
  val equal : t equal
  val pp : t pp

  (** With white space anywhere. Raises [Invalid_argument]. *)
  val of_hex : string -> t
  val of_hex_opt : string -> t option

  (** Without white space. *)
  val consistent_of_hex : string -> t
  val consistent_of_hex_opt : string -> t option
  val to_hex : t -> string

  (** From so many bytes; raises [Invalid_argument]. *)
  val of_raw_string : string -> t
  val of_raw_string_opt : string -> t option
  val to_raw_string : t -> string

  (** Writes the digest; raises [Invalid_argument] when it does not fit. *)
  val get_into_bytes : ctx -> ?off:int -> Bytes.t -> unit
end

(** Codes made with a key. Raise [Invalid_argument] when the key is too long. *)
module type MAC = sig
  type t

  val mac_bytes : key:string -> ?off:int -> ?len:int -> Bytes.t -> t
  val mac_string : key:string -> ?off:int -> ?len:int -> String.t -> t
  val mac_bigstring : key:string -> ?off:int -> ?len:int -> bigstring -> t
  val maci_bytes : key:string -> Bytes.t iter -> t
  val maci_string : key:string -> String.t iter -> t
  val maci_bigstring : key:string -> bigstring iter -> t
  val macv_bytes : key:string -> Bytes.t list -> t
  val macv_string : key:string -> String.t list -> t
  val macv_bigstring : key:string -> bigstring list -> t
end

type kind =
  [ `MD5
  | `SHA1
  | `RMD160
  | `SHA224
  | `SHA256
  | `SHA384
  | `SHA512
  | `SHA3_224
  | `SHA3_256
  | `SHA3_384
  | `SHA3_512
  | `KECCAK_256
  | `BLAKE2B of int
  | `BLAKE2S of int ]
type md5 = [ `MD5 ]
type sha1 = [ `SHA1 ]
type rmd160 = [ `RMD160 ]
type sha224 = [ `SHA224 ]
type sha256 = [ `SHA256 ]
type sha384 = [ `SHA384 ]
type sha512 = [ `SHA512 ]
type sha3_224 = [ `SHA3_224 ]
type sha3_256 = [ `SHA3_256 ]
type sha3_384 = [ `SHA3_384 ]
type sha3_512 = [ `SHA3_512 ]
type keccak_256 = [ `KECCAK_256 ]
type blake2b = [ `BLAKE2B of int ]
type blake2s = [ `BLAKE2S of int ]

module MD5 : S with type kind = md5
module SHA1 : S with type kind = sha1
module RMD160 : S with type kind = rmd160
module SHA224 : S with type kind = sha224
module SHA256 : S with type kind = sha256
module SHA384 : S with type kind = sha384
module SHA512 : S with type kind = sha512
module SHA3_224 : S with type kind = sha3_224
module SHA3_256 : S with type kind = sha3_256
module SHA3_384 : S with type kind = sha3_384
module SHA3_512 : S with type kind = sha3_512
module KECCAK_256 : S with type kind = keccak_256

module BLAKE2B : sig
  include S with type kind = blake2b
  module Keyed : MAC with type t = t
end

module BLAKE2S : sig
  include S with type kind = blake2s
  module Keyed : MAC with type t = t
end

(** Of other digest sizes: 1 to 64 bytes, 1 to 32 bytes; otherwise [Invalid_argument] is raised. *)
module Make_BLAKE2B (D : sig
  val digest_size : int
end) : sig
  include S with type kind = blake2b
  module Keyed : MAC with type t = t
end

module Make_BLAKE2S (D : sig
  val digest_size : int
end) : sig
  include S with type kind = blake2s
  module Keyed : MAC with type t = t
end

(** {1 Functions as values} *)

type _ hash =
  | MD5 : md5 hash
  | SHA1 : sha1 hash
  | RMD160 : rmd160 hash
  | SHA224 : sha224 hash
  | SHA256 : sha256 hash
  | SHA384 : sha384 hash
  | SHA512 : sha512 hash
  | SHA3_224 : sha3_224 hash
  | SHA3_256 : sha3_256 hash
  | SHA3_384 : sha3_384 hash
  | SHA3_512 : sha3_512 hash
  | KECCAK_256 : keccak_256 hash
  | BLAKE2B : int -> blake2b hash
  | BLAKE2S : int -> blake2s hash

type hash' =
  [ `MD5
  | `SHA1
  | `RMD160
  | `SHA224
  | `SHA256
  | `SHA384
  | `SHA512
  | `SHA3_224
  | `SHA3_256
  | `SHA3_384
  | `SHA3_512
  | `KECCAK_256
  | `BLAKE2B of int
  | `BLAKE2S of int ]

(** A digest made by the function of this kind. *)
type 'kind t

val md5 : md5 hash
val sha1 : sha1 hash
val rmd160 : rmd160 hash
val sha224 : sha224 hash
val sha256 : sha256 hash
val sha384 : sha384 hash
val sha512 : sha512 hash
val sha3_224 : sha3_224 hash
val sha3_256 : sha3_256 hash
val sha3_384 : sha3_384 hash
val sha3_512 : sha3_512 hash
val keccak_256 : keccak_256 hash
val blake2b : int -> blake2b hash
val blake2s : int -> blake2s hash
val hash_to_hash' : 'kind hash -> hash'
val module_of : 'kind hash -> (module S with type kind = 'kind)
val module_of_hash' : hash' -> (module S)
val digest_bytes : 'kind hash -> ?off:int -> ?len:int -> Bytes.t -> 'kind t
val digesti_bytes : 'kind hash -> Bytes.t iter -> 'kind t
val hmac_bytes : 'kind hash -> key:string -> ?off:int -> ?len:int -> Bytes.t -> 'kind t
val hmaci_bytes : 'kind hash -> key:string -> Bytes.t iter -> 'kind t
val digest_string : 'kind hash -> ?off:int -> ?len:int -> String.t -> 'kind t
val digesti_string : 'kind hash -> String.t iter -> 'kind t
val hmac_string : 'kind hash -> key:string -> ?off:int -> ?len:int -> String.t -> 'kind t
val hmaci_string : 'kind hash -> key:string -> String.t iter -> 'kind t
val digest_bigstring : 'kind hash -> ?off:int -> ?len:int -> bigstring -> 'kind t
val digesti_bigstring : 'kind hash -> bigstring iter -> 'kind t
val hmac_bigstring : 'kind hash -> key:string -> ?off:int -> ?len:int -> bigstring -> 'kind t
val hmaci_bigstring : 'kind hash -> key:string -> bigstring iter -> 'kind t
val of_hex : 'kind hash -> string -> 'kind t
val consistent_of_hex : 'kind hash -> string -> 'kind t
val of_raw_string : 'kind hash -> string -> 'kind t
val unsafe_compare : 'kind hash -> 'kind t compare
val equal : 'kind hash -> 'kind t equal
val pp : 'kind hash -> 'kind t pp
val to_hex : 'kind hash -> 'kind t -> string
val to_raw_string : 'kind hash -> 'kind t -> string
val of_digest : (module S with type t = 'hash and type kind = 'kind) -> 'hash -> 'kind t
val of_md5 : MD5.t -> md5 t
val of_sha1 : SHA1.t -> sha1 t
val of_rmd160 : RMD160.t -> rmd160 t
val of_sha224 : SHA224.t -> sha224 t
val of_sha256 : SHA256.t -> sha256 t
val of_sha384 : SHA384.t -> sha384 t
val of_sha512 : SHA512.t -> sha512 t
val of_sha3_224 : SHA3_224.t -> sha3_224 t
val of_sha3_256 : SHA3_256.t -> sha3_256 t
val of_sha3_384 : SHA3_384.t -> sha3_384 t
val of_sha3_512 : SHA3_512.t -> sha3_512 t
val of_keccak_256 : KECCAK_256.t -> keccak_256 t
val of_blake2b : BLAKE2B.t -> blake2b t
val of_blake2s : BLAKE2S.t -> blake2s t
