(** What can be done with block devices of any kind. *)

(** Devices that know which of their sectors hold something. *)
module type SEEKABLE = sig
  include Mirage_block.S

  (** The first sector from this one on that is certainly zero; the device's size when there is none. *)
  val seek_unmapped : t -> int64 -> (int64, error) result Lwt.t

  (** The first sector from this one on that may hold something. *)
  val seek_mapped : t -> int64 -> (int64, error) result Lwt.t
end

(** Devices whose size can be changed. *)
module type RESIZABLE = sig
  include Mirage_block.S

  (** To so many sectors. *)
  val resize : t -> int64 -> (unit, write_error) result Lwt.t
end

(** Which of two devices is smaller: by their sizes, then by their first different bytes. *)
module Compare (A : Mirage_block.S) (B : Mirage_block.S) : sig
  type error = [ `A of A.error | `B of B.error ]

  val pp_error : error Fmt.t
  val v : A.t -> B.t -> (int, error) result Lwt.t
end

module Fold (A : Mirage_block.S) : sig
  (** Gives [f] a device's contents piece by piece, each with the number of its first sector. *)
  val s : f:('a -> int64 -> Cstruct.t -> 'a Lwt.t) -> 'a -> A.t -> ('a, A.error) result Lwt.t
end

module Fast_fold (A : SEEKABLE) : sig
  (** As {!Fold.s}, without what is certainly zero. *)
  val mapped_s : f:('a -> int64 -> Cstruct.t -> 'a Lwt.t) -> 'a -> A.t -> ('a, A.error) result Lwt.t

  (** Over what is certainly zero: [f] is given the first sector and how many follow. *)
  val unmapped_s : f:('a -> int64 -> int64 -> 'a Lwt.t) -> 'a -> A.t -> ('a, A.error) result Lwt.t
end

(** Copies a device to another one of the same size that can be written. *)
module Copy (A : Mirage_block.S) (B : Mirage_block.S) : sig
  type error = private [> `Is_read_only | `Different_sizes ]

  val pp_error : error Fmt.t
  val v : src:A.t -> dst:B.t -> (unit, error) result Lwt.t
end

(** Copies only what the source holds; the rest of the target stays as it is. *)
module Sparse_copy (A : SEEKABLE) (B : Mirage_block.S) : sig
  type error = private [> `Is_read_only | `Different_sizes ]

  val pp_error : error Fmt.t
  val v : src:A.t -> dst:B.t -> (unit, error) result Lwt.t
end

module Fill (A : Mirage_block.S) : sig
  (** With numbers of [Random], which are no secret. *)
  val random : A.t -> (unit, A.write_error) result Lwt.t
end

(** A device with checks before each access: [`Unsafe] says what is wrong with the sectors or the buffers. *)
module Make_safe (B : Mirage_block.S) : sig
  type error = private [> Mirage_block.error | `Unsafe of string ]
  type write_error = private [> Mirage_block.write_error | `Unsafe of string ]

  include Mirage_block.S with type t = B.t and type error := error and type write_error := write_error

  (** Without the checks. *)
  val unsafe_read : t -> int64 -> Cstruct.t list -> (unit, B.error) result Lwt.t

  val unsafe_write : t -> int64 -> Cstruct.t list -> (unit, B.write_error) result Lwt.t
end

(** Devices of 16 MiB in memory, by their names. *)
module Mem : sig
  include Mirage_block.S

  val connect : string -> t Lwt.t
end
