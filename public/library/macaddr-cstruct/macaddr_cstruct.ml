(* Ethernet addresses in buffers. *)

let of_cstruct_exn buffer =
  if Cstruct.length buffer <> 6 then raise (Macaddr.Parse_error ("MAC is exactly 6 bytes", Cstruct.to_string buffer))
  else Macaddr.of_octets_exn (Cstruct.to_string buffer)

let of_cstruct buffer = match of_cstruct_exn buffer with v -> Ok v | exception Macaddr.Parse_error (message, _) -> Error (`Msg message)

let write_cstruct_exn mac buffer =
  if Cstruct.length buffer < 6 then raise (Macaddr.Parse_error ("MAC is exactly 6 bytes", Cstruct.to_string buffer));
  Cstruct.blit_from_string (Macaddr.to_octets mac) 0 buffer 0 6

let to_cstruct ?(allocator = Cstruct.create) mac =
  let buffer = allocator 6 in
  write_cstruct_exn mac buffer;
  buffer
