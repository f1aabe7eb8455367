(** Internet addresses in buffers, in network order. Functions ending in [_exn] raise [Ipaddr.Parse_error] when the buffer is too short. *)

module V4 : sig
  val of_cstruct : Cstruct.t -> (Ipaddr.V4.t, [> `Msg of string ]) result
  val of_cstruct_exn : Cstruct.t -> Ipaddr.V4.t
  val to_cstruct : ?allocator:(int -> Cstruct.t) -> Ipaddr.V4.t -> Cstruct.t
  val write_cstruct_exn : Ipaddr.V4.t -> Cstruct.t -> unit
end

module V6 : sig
  val of_cstruct : Cstruct.t -> (Ipaddr.V6.t, [> `Msg of string ]) result
  val of_cstruct_exn : Cstruct.t -> Ipaddr.V6.t
  val to_cstruct : ?allocator:(int -> Cstruct.t) -> Ipaddr.V6.t -> Cstruct.t
  val write_cstruct_exn : Ipaddr.V6.t -> Cstruct.t -> unit
end
