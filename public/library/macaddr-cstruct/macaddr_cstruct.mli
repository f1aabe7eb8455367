(** Ethernet addresses in buffers. *)

(** From exactly six bytes; raises [Macaddr.Parse_error]. *)
val of_cstruct_exn : Cstruct.t -> Macaddr.t

val of_cstruct : Cstruct.t -> (Macaddr.t, [> `Msg of string ]) result
val write_cstruct_exn : Macaddr.t -> Cstruct.t -> unit
val to_cstruct : ?allocator:(int -> Cstruct.t) -> Macaddr.t -> Cstruct.t
