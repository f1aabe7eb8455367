(** Archives on disks as key-value stores (POSIX.1-1988, ustar). *)

module Make_KV_RO (Block : Mirage_block.S) : sig
  include Mirage_kv.RO

  val connect : Block.t -> t Lwt.t
end

(** Values are added at the end of the archive, and only the last one can be removed. *)
module Make_KV_RW (Block : Mirage_block.S) : sig
  include Mirage_kv.RW

  val connect : Block.t -> t Lwt.t

  (** How many bytes are left. *)
  val free : t -> int64
end
