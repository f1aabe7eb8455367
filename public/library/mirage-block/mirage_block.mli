(** Block devices: disks read and written by sectors. *)

type error = [ `Disconnected ]

val pp_error : error Fmt.t

type write_error = [ error | `Is_read_only ]

val pp_write_error : write_error Fmt.t

type info = { read_write : bool; sector_size : int;  (** in bytes *) size_sectors : int64 }

val pp_info : info Fmt.t

module type S = sig
  type nonrec error = private [> error ]

  val pp_error : error Fmt.t

  type nonrec write_error = private [> write_error ]

  val pp_write_error : write_error Fmt.t

  type t

  val disconnect : t -> unit Lwt.t
  val get_info : t -> info Lwt.t

  (** [read t first buffers] fills the buffers, one after the other, from sector [first] on. Their lengths are multiples of the sector
      size. *)
  val read : t -> int64 -> Cstruct.t list -> (unit, error) result Lwt.t

  (** The same, writing; fulfilled when the data is on its way to the disk. *)
  val write : t -> int64 -> Cstruct.t list -> (unit, write_error) result Lwt.t
end
