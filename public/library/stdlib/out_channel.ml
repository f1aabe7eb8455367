(* Output channels. *)

type t = out_channel

type open_flag = Stdlib.open_flag =
  | Open_rdonly
  | Open_wronly
  | Open_append
  | Open_creat
  | Open_trunc
  | Open_excl
  | Open_binary
  | Open_text
  | Open_nonblock

let stdout = Stdlib.stdout
let stderr = Stdlib.stderr
let open_bin = open_out_bin
let open_text = open_out
let open_gen = open_out_gen
let close = close_out
let close_noerr = close_out_noerr
let with_channel channel f = Fun.protect ~finally:(fun () -> close_noerr channel) (fun () -> f channel)
let with_open_bin name f = with_channel (open_bin name) f
let with_open_text name f = with_channel (open_text name) f
let with_open_gen flags permissions name f = with_channel (open_gen flags permissions name) f
let seek = LargeFile.seek_out
let pos = LargeFile.pos_out
let length = LargeFile.out_channel_length
let flush = Stdlib.flush
let flush_all = Stdlib.flush_all
let output_char = Stdlib.output_char
let output_byte = Stdlib.output_byte
let output_string = Stdlib.output_string
let output_bytes = Stdlib.output_bytes
let output = Stdlib.output
let output_substring = Stdlib.output_substring
let set_binary_mode = set_binary_mode_out

(* Text is not translated. *)
let is_binary_mode (_ : t) = true

external set_buffered : t -> bool -> unit = "caml_ml_set_buffered"
external is_buffered : t -> bool = "caml_ml_is_buffered"
external isatty : t -> bool = "caml_sys_isatty"

(* {1 Bigarrays} Through a buffer. *)

type 'a bytes_array = ('a, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t

(* Whatever the type of the elements is, they are bytes. *)
external as_chars : 'a bytes_array -> char bytes_array = "%identity"

let output_bigarray channel array offset length =
  if offset < 0 || length < 0 || offset > Bigarray.Array1.dim array - length then invalid_arg "output_bigarray";
  let array = as_chars array in
  let rec write offset length =
    if length > 0 then begin
      let n = min length 65536 in
      output_string channel (String.init n (fun i -> Bigarray.Array1.unsafe_get array (offset + i)));
      write (offset + n) (length - n)
    end
  in
  write offset length
