(** Disks in memory, by name. *)

include Mirage_block.S with type error = Mirage_block.error and type write_error = Mirage_block.write_error

(** A new disk of zeros under this name, 16384 sectors of 512 bytes unless told otherwise. An error when there is one of that name, or the
    numbers are not positive. *)
val create : name:string -> ?size_sectors:int64 -> ?sector_size:int -> unit -> (t, [ `Msg of string ]) result

(** Forgets the disk: reads and writes of it are [`Disconnected]. *)
val destroy : name:string -> unit

(** The disk of this name, which is made if it is missing. *)
val connect : name:string -> t Lwt.t

(** Changes the number of sectors; new ones are zero. *)
val resize : t -> int64 -> (unit, write_error) result Lwt.t

(** Everything is written at once. *)
val flush : t -> (unit, write_error) result Lwt.t

(** The first sector from this one on that has been written to ([seek_unmapped]: has not). *)
val seek_mapped : t -> int64 -> (int64, error) result Lwt.t

val seek_unmapped : t -> int64 -> (int64, error) result Lwt.t
