(* Base-64 as mail uses it (RFC 2045, 6.8): in lines, decoded and encoded as the text comes. *)

let default_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
let value_of c = String.index_opt default_alphabet c

(* {1 Decoding} *)

type src = [ `Manual | `Channel of in_channel | `String of string ]
type decode = [ `Await | `End | `Flush of string | `Malformed of string | `Wrong_padding ]

type decoder = {
  source : src;
  mutable input : Bytes.t;
  mutable at : int;
  mutable stop : int;
  mutable ended : bool;
  mutable bits : int;  (** the values of the group so far *)
  mutable count : int;  (** how many characters of the group were read *)
  mutable padding : int;  (** how many of them were padding *)
  mutable bytes : int;
  mutable column : int;
  mutable dangerous : bool;
  mutable finished : bool;
}

let src d input off len =
  if off < 0 || len < 0 || off > Bytes.length input - len then invalid_arg "Base64_rfc2045.src";
  if len = 0 then d.ended <- true
  else begin
    d.input <- input;
    d.at <- off;
    d.stop <- off + len
  end

let decoder source =
  let d =
    {
      source;
      input = Bytes.empty;
      at = 0;
      stop = 0;
      ended = false;
      bits = 0;
      count = 0;
      padding = 0;
      bytes = 0;
      column = 0;
      dangerous = false;
      finished = false;
    }
  in
  (match source with
  | `String text -> if text = "" then d.ended <- true else src d (Bytes.of_string text) 0 (String.length text)
  | `Manual | `Channel _ -> ());
  d

(* More input, if the decoder can get it by itself. *)
let refill d =
  match d.source with
  | `String _ -> d.ended <- true
  | `Channel channel ->
      let buffer = Bytes.create 4096 in
      src d buffer 0 (input channel buffer 0 4096)
  | `Manual -> ()

(* The bytes of a group of [count] values. *)
let group_bytes bits count =
  match count with
  | 4 -> Printf.sprintf "%c%c%c" (Char.chr ((bits lsr 16) land 255)) (Char.chr ((bits lsr 8) land 255)) (Char.chr (bits land 255))
  | 3 -> Printf.sprintf "%c%c" (Char.chr ((bits lsr 10) land 255)) (Char.chr ((bits lsr 2) land 255))
  | 2 -> String.make 1 (Char.chr ((bits lsr 4) land 255))
  | _ -> ""

let line_limit = 76

(* At the end of the input: what is left of a group, then the end. *)
let finish d =
  if d.finished then `End
  else begin
    d.finished <- true;
    let values = d.count - d.padding in
    let complete = d.count = 0 || d.count = 4 in
    if complete then `Flush (group_bytes d.bits (if d.count = 0 then 0 else values))
    else if values >= 2 && d.padding > 0 then begin
      (* The bytes first, the complaint the next time. *)
      let text = group_bytes d.bits values in
      d.finished <- false;
      d.padding <- 0;
      d.count <- 1;
      `Flush text
    end
    else begin
      d.count <- 0;
      d.padding <- 0;
      `Wrong_padding
    end
  end

let rec decode d =
  if d.at >= d.stop then
    if d.ended then finish d
    else begin
      refill d;
      if d.ended then finish d else if d.at >= d.stop then `Await else decode d
    end
  else begin
    let c = Bytes.get d.input d.at in
    d.at <- d.at + 1;
    d.bytes <- d.bytes + 1;
    match c with
    | '\n' ->
        d.column <- 0;
        decode d
    | ' ' | '\t' | '\r' -> decode d
    | _ -> (
        d.column <- d.column + 1;
        if d.column > line_limit then d.dangerous <- true;
        match (c, value_of c) with
        | '=', _ when d.count >= 2 ->
            d.count <- d.count + 1;
            d.padding <- d.padding + 1;
            if d.count = 4 then begin
              (* Nothing may follow the padding. *)
              let text = group_bytes d.bits (4 - d.padding) in
              d.finished <- true;
              d.ended <- true;
              d.stop <- d.at;
              `Flush text
            end
            else decode d
        | _, Some value when d.padding = 0 ->
            d.bits <- (d.bits lsl 6) lor value;
            d.count <- d.count + 1;
            if d.count = 4 then begin
              let text = group_bytes d.bits 4 in
              d.bits <- 0;
              d.count <- 0;
              `Flush text
            end
            else decode d
        | _ -> `Malformed (String.make 1 c))
  end

let decoder_byte_count d = d.bytes
let decoder_src d = d.source
let decoder_dangerous d = d.dangerous

(* {1 Encoding} *)

type dst = [ `Channel of out_channel | `Buffer of Buffer.t | `Manual ]
type encode = [ `Await | `End | `Char of char ]

type encoder = {
  destination : dst;
  mutable output : Bytes.t;
  mutable out_at : int;
  mutable out_stop : int;
  pending : Buffer.t;  (** encoded text that has not found room yet *)
  mutable group : string;  (** fewer than three bytes *)
  mutable line : int;
}

let encoder destination =
  { destination; output = Bytes.empty; out_at = 0; out_stop = 0; pending = Buffer.create 80; group = ""; line = 0 }

let dst e output off len =
  if off < 0 || len < 0 || off > Bytes.length output - len then invalid_arg "Base64_rfc2045.dst";
  e.output <- output;
  e.out_at <- off;
  e.out_stop <- off + len

let dst_rem e = e.out_stop - e.out_at

(* Writes what is pending; [`Partial] when there is more than room. *)
let flush e =
  match e.destination with
  | `Buffer b ->
      Buffer.add_buffer b e.pending;
      Buffer.clear e.pending;
      `Ok
  | `Channel channel ->
      Buffer.output_buffer channel e.pending;
      Buffer.clear e.pending;
      `Ok
  | `Manual ->
      let text = Buffer.contents e.pending in
      let n = min (String.length text) (dst_rem e) in
      Bytes.blit_string text 0 e.output e.out_at n;
      e.out_at <- e.out_at + n;
      Buffer.clear e.pending;
      Buffer.add_string e.pending (String.sub text n (String.length text - n));
      if Buffer.length e.pending > 0 then `Partial else `Ok

(* A line has at most 76 characters. *)
let add_group e =
  if e.line = line_limit then begin
    Buffer.add_string e.pending "\r\n";
    e.line <- 0
  end;
  let n = String.length e.group in
  let byte i = if i < n then Char.code e.group.[i] else 0 in
  let bits = (byte 0 lsl 16) lor (byte 1 lsl 8) lor byte 2 in
  for k = 0 to 3 do
    Buffer.add_char e.pending (if k <= n then default_alphabet.[(bits lsr (18 - (6 * k))) land 63] else '=')
  done;
  e.line <- e.line + 4;
  e.group <- ""

let encode e = function
  | `Await -> flush e
  | `End ->
      if e.group <> "" then add_group e;
      let result = flush e in
      (match e.destination with `Channel channel -> Stdlib.flush channel | `Buffer _ | `Manual -> ());
      result
  | `Char c ->
      e.group <- e.group ^ String.make 1 c;
      if String.length e.group = 3 then add_group e;
      flush e

let encoder_dst e = e.destination
