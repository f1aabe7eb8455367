(* Internet addresses in buffers. *)

module type ADDRESS = sig
  type t

  val size : int
  val of_octets_exn : ?off:int -> string -> t
  val to_octets : t -> string
end

module Make (A : ADDRESS) = struct
  let need buffer =
    if Cstruct.length buffer < A.size then raise (Ipaddr.Parse_error ("not enough data", Cstruct.to_string buffer))

  let of_cstruct_exn buffer =
    need buffer;
    A.of_octets_exn (Cstruct.to_string ~len:A.size buffer)

  let of_cstruct buffer = match of_cstruct_exn buffer with v -> Ok v | exception Ipaddr.Parse_error (message, _) -> Error (`Msg message)

  let write_cstruct_exn address buffer =
    need buffer;
    Cstruct.blit_from_string (A.to_octets address) 0 buffer 0 A.size

  let to_cstruct ?(allocator = Cstruct.create) address =
    let buffer = allocator A.size in
    write_cstruct_exn address buffer;
    buffer
end

module V4 = Make (struct
  include Ipaddr.V4

  let size = 4
end)

module V6 = Make (struct
  include Ipaddr.V6

  let size = 16
end)
