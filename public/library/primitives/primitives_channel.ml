(* Channels: buffered input and output on the platform's descriptors. *)

open Primitives_base
external platform_write : int -> bytes -> int -> int -> int = "morgana_platform_write"
external platform_read : int -> bytes -> int -> int -> int = "morgana_platform_read"
external handle_signals : unit -> unit = "morgana_handle_signals"
external platform_seek : int -> int -> int -> int = "morgana_platform_seek"
external platform_close : int -> int = "morgana_platform_close"
external alloc : int -> int -> 'a = "%morgana_alloc"
external fresh_id : unit -> int = "caml_fresh_oo_id"

let from_start = 0
let from_here = 1
let from_end = 2

(* The block is one of tag 248, an object without methods, so that channels compare and hash by identity. *)
type channel = {
  methods : int;
  mutable id : int;
  mutable descriptor : int;  (** [closed] when there is none any more *)
  mutable buffer : bytes;
  mutable room : int;  (** the buffer's length; 0 as long as there is no buffer, and when the channel is closed *)
  mutable position : int;  (** of the next byte to read or write in the buffer *)
  mutable limit : int;  (** input: number of bytes in the buffer *)
  mutable offset : int;  (** the descriptor's position in its file; -1 when it has none *)
  mutable unbuffered : bool;
  mutable is_output : bool;
}

let field_count = 10
let object_tag = 248
let closed = -1

(** As OCaml has it: programs see it in the order in which output through two channels arrives. *)
let buffer_length = 65536

(** What is taken when memory does not suffice for a whole buffer. *)
let small_buffer_length = 512

let no_bytes = of_string ""

(** The output channels that are open, the youngest first: the order in which they are flushed at the end. *)
let outputs : channel list ref = ref []

let make descriptor is_output =
  let channel : channel = alloc object_tag field_count in
  let offset = platform_seek descriptor 0 from_here in
  channel.id <- fresh_id ();
  channel.descriptor <- descriptor;
  channel.buffer <- no_bytes;
  channel.offset <- (if offset < 0 then -1 else offset);
  channel.is_output <- is_output;
  channel

let caml_ml_open_descriptor_in descriptor = make descriptor false [@@primitive "caml_ml_open_descriptor_in"]

let caml_ml_open_descriptor_out descriptor =
  let channel = make descriptor true in
  outputs := channel :: !outputs;
  channel
[@@primitive "caml_ml_open_descriptor_out"]

let set_buffer channel length =
  channel.buffer <- bytes_create length;
  channel.room <- length

(* A closed channel has no room either, so every operation comes here first. *)
let need_buffer channel =
  if channel.room = 0 then begin
    if channel.descriptor = closed then Primitives_errno.fail Primitives_errno.bad_descriptor;
    try set_buffer channel buffer_length with Out_of_memory -> set_buffer channel small_buffer_length
  end

(* {1 Output} *)

(* One call of the platform: what it did not take moves to the beginning. What handles a signal may have written, too. *)
let rec write_once channel =
  let count = channel.position in
  if count > 0 then begin
    Primitives_waiting.before_writing channel.descriptor;
    let written = platform_write channel.descriptor channel.buffer 0 count in
    if written = Primitives_errno.interrupted then begin
      handle_signals ();
      write_once channel
    end
    else begin
      let written = Primitives_errno.checked written in
      channel.offset <- channel.offset + written;
      if written < count then blit_bytes channel.buffer written channel.buffer 0 (count - written);
      channel.position <- count - written
    end
  end

let rec flush channel =
  if channel.position > 0 then begin
    write_once channel;
    flush channel
  end

let caml_ml_flush channel = if channel.descriptor <> closed then flush channel [@@primitive "caml_ml_flush"]

let rec put channel b from count =
  if count > 0 then begin
    need_buffer channel;
    let free = channel.room - channel.position in
    if count < free then begin
      blit_bytes b from channel.buffer channel.position count;
      channel.position <- channel.position + count
    end
    else begin
      blit_bytes b from channel.buffer channel.position free;
      channel.position <- channel.room;
      write_once channel;
      put channel b (from + free) (count - free)
    end
  end

let caml_ml_output_bytes channel b from count =
  if count < channel.room - channel.position then begin
    blit_bytes b from channel.buffer channel.position count;
    channel.position <- channel.position + count
  end
  else put channel b from count;
  if channel.unbuffered then flush channel
[@@primitive "caml_ml_output_bytes"]

let caml_ml_output channel s from count = caml_ml_output_bytes channel (of_string s) from count [@@primitive "caml_ml_output"]

let put_char channel c =
  if channel.position >= channel.room then begin
    need_buffer channel;
    if channel.position >= channel.room then write_once channel
  end;
  bytes_set channel.buffer channel.position c;
  channel.position <- channel.position + 1

let caml_ml_output_char channel c =
  put_char channel c;
  if channel.unbuffered then flush channel
[@@primitive "caml_ml_output_char"]

let caml_ml_output_int channel n =
  put_char channel (unsafe_char ((n asr 24) land 255));
  put_char channel (unsafe_char ((n asr 16) land 255));
  put_char channel (unsafe_char ((n asr 8) land 255));
  put_char channel (unsafe_char (n land 255));
  if channel.unbuffered then flush channel
[@@primitive "caml_ml_output_int"]

let caml_ml_set_buffered channel buffered =
  channel.unbuffered <- not buffered;
  if channel.unbuffered then caml_ml_flush channel
[@@primitive "caml_ml_set_buffered"]

let caml_ml_is_buffered channel = not channel.unbuffered [@@primitive "caml_ml_is_buffered"]

let rec in_order later = function [] -> later | channel :: earlier -> in_order (channel :: later) earlier

(* The oldest first: standard output is flushed before standard error. *)
let caml_ml_out_channels_list () = in_order [] !outputs [@@primitive "caml_ml_out_channels_list"]

(* {1 Input} *)

let rec read channel from =
  Primitives_waiting.before_reading channel.descriptor;
  let count = platform_read channel.descriptor channel.buffer from (channel.room - from) in
  if count = Primitives_errno.interrupted then begin
    handle_signals ();
    read channel from
  end
  else begin
    let count = Primitives_errno.checked count in
    channel.offset <- channel.offset + count;
    channel.limit <- from + count;
    count
  end

(* The buffer has been read to its end: the next part, and whether there is one. *)
let refill channel =
  need_buffer channel;
  channel.position <- 0;
  channel.limit <- 0;
  read channel 0 > 0

let get_char channel =
  if channel.position >= channel.limit && not (refill channel) then raise End_of_file;
  let c = bytes_get channel.buffer channel.position in
  channel.position <- channel.position + 1;
  c

let caml_ml_input_char channel = get_char channel [@@primitive "caml_ml_input_char"]

let caml_ml_input_int channel =
  let a = code (get_char channel) in
  let b = code (get_char channel) in
  let c = code (get_char channel) in
  let d = code (get_char channel) in
  let n = (a lsl 24) lor (b lsl 16) lor (c lsl 8) lor d in
  (n lxor 0x8000_0000) - 0x8000_0000
[@@primitive "caml_ml_input_int"]

(* At least one byte unless the file ends: what is in the buffer, or what one reading brings. *)
let caml_ml_input channel b from count =
  if count <= 0 || (channel.position >= channel.limit && not (refill channel)) then 0
  else begin
    let available = channel.limit - channel.position in
    let n = if count < available then count else available in
    blit_bytes channel.buffer channel.position b from n;
    channel.position <- channel.position + n;
    n
  end
[@@primitive "caml_ml_input"]

let rec find_newline b i stop = if i < stop && not (equal_char (bytes_get b i) '\n') then find_newline b (i + 1) stop else i

let rec scan channel from =
  let i = find_newline channel.buffer from channel.limit in
  if i < channel.limit then i + 1 - channel.position
  else begin
    let start = channel.position in
    let held = channel.limit - start in
    if start > 0 then begin
      blit_bytes channel.buffer start channel.buffer 0 held;
      channel.position <- 0;
      channel.limit <- held
    end;
    if held = channel.room || read channel held = 0 then -held else scan channel held
  end

(** The length of the line that the buffer begins with, its newline included, or minus the number of bytes in the buffer when there
    is no newline among them and either no room for more or no more to come. *)
let caml_ml_input_scan_line channel =
  need_buffer channel;
  scan channel channel.position
[@@primitive "caml_ml_input_scan_line"]

(* {1 Positions} *)

let seek channel target =
  let reached = Primitives_errno.checked (platform_seek channel.descriptor target from_start) in
  if reached <> target then Primitives_errno.fail 22;
  channel.offset <- target

let seek_in channel target =
  if target >= channel.offset - channel.limit && target <= channel.offset && channel.descriptor <> closed then
    channel.position <- channel.limit - (channel.offset - target)
  else begin
    seek channel target;
    channel.position <- 0;
    channel.limit <- 0
  end

let seek_out channel target =
  flush channel;
  if channel.offset <> target then seek channel target

let pos_in channel = channel.offset - (channel.limit - channel.position)
let pos_out channel = channel.offset + channel.position

let size channel =
  let result = Primitives_errno.checked (platform_seek channel.descriptor 0 from_end) in
  ignore (Primitives_errno.checked (platform_seek channel.descriptor channel.offset from_start));
  result

let caml_ml_seek_in channel target = seek_in channel target [@@primitive "caml_ml_seek_in"]
let caml_ml_seek_in_64 channel target = seek_in channel (I64.to_int target) [@@primitive "caml_ml_seek_in_64"]
let caml_ml_seek_out channel target = seek_out channel target [@@primitive "caml_ml_seek_out"]
let caml_ml_seek_out_64 channel target = seek_out channel (I64.to_int target) [@@primitive "caml_ml_seek_out_64"]
let caml_ml_pos_in channel = pos_in channel [@@primitive "caml_ml_pos_in"]
let caml_ml_pos_in_64 channel = I64.of_int (pos_in channel) [@@primitive "caml_ml_pos_in_64"]
let caml_ml_pos_out channel = pos_out channel [@@primitive "caml_ml_pos_out"]
let caml_ml_pos_out_64 channel = I64.of_int (pos_out channel) [@@primitive "caml_ml_pos_out_64"]
let caml_ml_channel_size channel = size channel [@@primitive "caml_ml_channel_size"]
let caml_ml_channel_size_64 channel = I64.of_int (size channel) [@@primitive "caml_ml_channel_size_64"]

(* {1 The rest} *)

let rec without channel channels =
  match channels with
  | [] -> []
  | other :: rest -> if other == channel then rest else other :: without channel rest

(** Output that has not been flushed is lost; the standard library flushes first. *)
let caml_ml_close_channel channel =
  if channel.descriptor <> closed then begin
    let descriptor = channel.descriptor in
    channel.descriptor <- closed;
    channel.buffer <- no_bytes;
    channel.room <- 0;
    channel.position <- 0;
    channel.limit <- 0;
    if channel.is_output then outputs := without channel !outputs;
    ignore (Primitives_errno.checked (platform_close descriptor))
  end
[@@primitive "caml_ml_close_channel"]

(* Text and binary files are the same here, and the channel's name is for nobody to see. *)
let caml_ml_set_binary_mode (_ : channel) (_ : bool) = () [@@primitive "caml_ml_set_binary_mode"]
let caml_ml_set_channel_name (_ : channel) (_ : string) = () [@@primitive "caml_ml_set_channel_name"]

(** The descriptor of an open channel. *)
let caml_channel_descriptor channel =
  if channel.descriptor = closed then Primitives_errno.fail Primitives_errno.bad_descriptor else channel.descriptor
[@@primitive "caml_channel_descriptor"]
