(** Message digests: MD5, which gives no security any more, and BLAKE2b. The functions outside the submodules are those of {!MD5}. *)

(** A digest: 16 bytes. *)
type t = string

(** Order of bytes. *)
val compare : t -> t -> int

(** Equality.
    @since 4.03 *)
val equal : t -> t -> bool

(** Digest of a string. *)
val string : string -> t

(** Digest of bytes. *)
val bytes : bytes -> t

(** [substring s offset length]: digest of a part of [s]. Raises [Invalid_argument] unless it lies in [s]. *)
val substring : string -> int -> int -> t

(** As {!substring}. *)
val subbytes : bytes -> int -> int -> t

(** [channel c n]: digest of the next [n] bytes of a channel, or, with a negative [n], of all up to its end. Raises
    [End_of_file] if there are fewer. *)
val channel : in_channel -> int -> t

(** Digest of a file. Raises [Sys_error]. *)
val file : string -> t

(** Writes a digest as it is. *)
val output : out_channel -> t -> unit

(** Reads what {!output} wrote. Raises [End_of_file]. *)
val input : in_channel -> t

(** In hexadecimal digits, lower case. Raises [Invalid_argument] unless the digest has 16 bytes. *)
val to_hex : t -> string

(** From hexadecimal digits. Raises [Invalid_argument] unless there are 32 of them and nothing else.
    @since 5.2 *)
val of_hex : string -> t

(** {!of_hex}. *)
val from_hex : string -> t

(** Digests with other functions; the values are those above, with {!hash_length} in place of 16.
    @since 5.2 *)
module type S = sig
  type t = string

  (** Bytes of a digest. *)
  val hash_length : int

  val compare : t -> t -> int
  val equal : t -> t -> bool
  val string : string -> t
  val bytes : bytes -> t
  val substring : string -> int -> int -> t
  val subbytes : bytes -> int -> int -> t
  val channel : in_channel -> int -> t
  val file : string -> t
  val output : out_channel -> t -> unit
  val input : in_channel -> t
  val to_hex : t -> string
  val of_hex : string -> t
end

(** BLAKE2b of 128 bits.
    @since 5.2 *)
module BLAKE128 : S

(** BLAKE2b of 256 bits.
    @since 5.2 *)
module BLAKE256 : S

(** BLAKE2b of 512 bits.
    @since 5.2 *)
module BLAKE512 : S

(** MD5 (128 bits).
    @since 5.2 *)
module MD5 : S
