(** Disks with a littlefs file system. *)

module Make (Block : Mirage_block.S) : sig
  include Mirage_kv.RW

  (** [program_block_size]: how many bytes are written at once. *)
  val connect : program_block_size:int -> Block.t -> (t, error) result Lwt.t

  val format : program_block_size:int -> Block.t -> (unit, write_error) result Lwt.t
  val dump : Format.formatter -> t -> unit Lwt.t
end
