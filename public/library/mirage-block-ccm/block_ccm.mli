(** Encrypted disks (AES-CCM, RFC 3610): half the space of the disk below, as each sector has its nonce and its tag. *)

module Make (B : Mirage_block.S) : sig
  include
    Mirage_block.S
      with type error = private [> Mirage_block.error | `Block of B.error | `DecryptError ]
       and type write_error = private [> Mirage_block.write_error | `Block_write of B.write_error ]

  (** The key has 16, 24 or 32 bytes; [nonce_len] is at most 13. *)
  val connect : ?nonce_len:int -> key:Cstruct.t -> B.t -> t Lwt.t
end
