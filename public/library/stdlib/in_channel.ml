(* Input channels. *)

type t = in_channel

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

let stdin = Stdlib.stdin
let open_bin = open_in_bin
let open_text = open_in
let open_gen = open_in_gen
let close = close_in
let close_noerr = close_in_noerr
let with_channel channel f = Fun.protect ~finally:(fun () -> close_noerr channel) (fun () -> f channel)
let with_open_bin name f = with_channel (open_bin name) f
let with_open_text name f = with_channel (open_text name) f
let with_open_gen flags permissions name f = with_channel (open_gen flags permissions name) f
let seek = LargeFile.seek_in
let pos = LargeFile.pos_in
let length = LargeFile.in_channel_length
let set_binary_mode = set_binary_mode_in

(* Text is not translated. *)
let is_binary_mode (_ : t) = true

external isatty : t -> bool = "caml_sys_isatty"

let input = Stdlib.input
let input_char channel = match Stdlib.input_char channel with c -> Some c | exception End_of_file -> None
let input_byte channel = match Stdlib.input_byte channel with n -> Some n | exception End_of_file -> None
let input_line channel = match Stdlib.input_line channel with s -> Some s | exception End_of_file -> None

let really_input channel b offset length =
  match Stdlib.really_input channel b offset length with () -> Some () | exception End_of_file -> None

let really_input_string channel length =
  match Stdlib.really_input_string channel length with s -> Some s | exception End_of_file -> None

let rec fold_lines f acc channel =
  match Stdlib.input_line channel with line -> fold_lines f (f acc line) channel | exception End_of_file -> acc

let input_lines channel = List.rev (fold_lines (fun lines line -> line :: lines) [] channel)

(* Bytes that may still come, and one more, so that the end is seen without growing; a guess where the file has no length. *)
let expected channel =
  match in_channel_length channel - pos_in channel with
  | n -> if n >= 0 && n < Sys.max_string_length then n + 1 else 65536
  | exception Sys_error _ -> 65536

let input_all channel =
  let rec read buffer filled =
    let size = Bytes.length buffer in
    if filled = size then begin
      if size >= Sys.max_string_length then failwith "In_channel.input_all: channel content is larger than maximum string length";
      let larger = Bytes.create (min (2 * max size 512) Sys.max_string_length) in
      Bytes.blit buffer 0 larger 0 filled;
      read larger filled
    end
    else begin
      let n = input channel buffer filled (size - filled) in
      if n > 0 then read buffer (filled + n) else Bytes.sub_string buffer 0 filled
    end
  in
  read (Bytes.create (expected channel)) 0

(* {1 Bigarrays} Through a buffer. *)

type 'a bytes_array = ('a, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t

(* Whatever the type of the elements is, they are bytes. *)
external as_chars : 'a bytes_array -> char bytes_array = "%identity"

let in_bounds array offset length = offset >= 0 && length >= 0 && offset <= Bigarray.Array1.dim array - length

let unsafe_input_bigarray channel array offset length =
  let array = as_chars array in
  let buffer = Bytes.create (min length 65536) in
  let n = input channel buffer 0 (Bytes.length buffer) in
  for i = 0 to n - 1 do
    Bigarray.Array1.unsafe_set array (offset + i) (Bytes.unsafe_get buffer i)
  done;
  n

let input_bigarray channel array offset length =
  if in_bounds array offset length then unsafe_input_bigarray channel array offset length
  else invalid_arg "input_bigarray"

let really_input_bigarray channel array offset length =
  let rec read offset length =
    if length = 0 then Some ()
    else
      match unsafe_input_bigarray channel array offset length with 0 -> None | n -> read (offset + n) (length - n)
  in
  if in_bounds array offset length then read offset length else invalid_arg "really_input_bigarray"
