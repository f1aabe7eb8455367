(** Checksums against errors (not against attackers). They are made of data as it comes: [digest_string s off len sum] continues [sum], at first
    [default]. *)

type bigstring = (char, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t

module type S = sig
  type t = Optint.t

  val pp : Format.formatter -> t -> unit
  val equal : t -> t -> bool

  (** The checksum of no data. *)
  val default : t

  (** Raise [Invalid_argument] outside the data, unless [unsafe]. *)
  val digest_bigstring : bigstring -> int -> int -> t -> t

  val digest_string : string -> int -> int -> t -> t
  val digest_bytes : Bytes.t -> int -> int -> t -> t
  val unsafe_digest_bigstring : bigstring -> int -> int -> t -> t
  val unsafe_digest_string : string -> int -> int -> t -> t
  val unsafe_digest_bytes : Bytes.t -> int -> int -> t -> t
  val of_int32 : int32 -> t
  val to_int32 : t -> int32
end

(** RFC 1950, 9 *)
module Adler32 : S

(** ISO 3309, as gzip (RFC 1952, 8) and Ethernet have it. *)
module Crc32 : S

(** Castagnoli's polynomial, as iSCSI (RFC 7143) has it. *)
module Crc32c : S

(** RFC 4880, 6.1 *)
module Crc24 : S
