(** Disks with a FAT file system. *)

module KV_RO (Block : Mirage_block.S) : sig
  include Mirage_kv.RO

  val connect : Block.t -> t Lwt.t
end
