(* Values as bytes. *)

type extern_flags = No_sharing | Closures | Compat_32

external to_channel : out_channel -> 'a -> extern_flags list -> unit = "caml_output_value"
external to_bytes : 'a -> extern_flags list -> bytes = "caml_output_value_to_bytes"
external to_string : 'a -> extern_flags list -> string = "caml_output_value_to_string"
external unsafe_to_buffer : bytes -> int -> int -> 'a -> extern_flags list -> int = "caml_output_value_to_buffer"

let to_buffer b offset length v flags =
  if offset < 0 || length < 0 || offset > Bytes.length b - length then
    invalid_arg "Marshal.to_buffer: substring out of bounds"
  else unsafe_to_buffer b offset length v flags

external from_channel : in_channel -> 'a = "caml_input_value"
external unsafe_from_bytes : bytes -> int -> 'a = "caml_input_value_from_bytes"
external unsafe_data_size : bytes -> int -> int = "caml_marshal_data_size"

let header_size = 16

let data_size b offset =
  if offset < 0 || offset > Bytes.length b - header_size then invalid_arg "Marshal.data_size"
  else unsafe_data_size b offset

let total_size b offset = header_size + data_size b offset

let from_bytes b offset =
  if offset < 0 || offset > Bytes.length b - header_size then invalid_arg "Marshal.from_bytes"
  else if offset > Bytes.length b - (header_size + unsafe_data_size b offset) then invalid_arg "Marshal.from_bytes"
  else unsafe_from_bytes b offset

(* The bytes are only read. *)
let from_string s offset = from_bytes (Bytes.unsafe_of_string s) offset
