(* Strings under construction. The bytes in use are a prefix of a sequence that doubles when it is full. *)

type t = { mutable bytes : bytes; mutable position : int; initial : bytes }

let create n =
  let n = if n < 1 then 1 else if n > Sys.max_string_length then Sys.max_string_length else n in
  let bytes = Bytes.create n in
  { bytes; position = 0; initial = bytes }

let contents b = Bytes.sub_string b.bytes 0 b.position
let to_bytes b = Bytes.sub b.bytes 0 b.position
let length b = b.position
let clear b = b.position <- 0

let reset b =
  b.position <- 0;
  b.bytes <- b.initial

let sub b offset n =
  if offset < 0 || n < 0 || offset > b.position - n then invalid_arg "Buffer.sub"
  else Bytes.sub_string b.bytes offset n

let blit b from bytes into n =
  if n < 0 || from < 0 || from > b.position - n || into < 0 || into > Bytes.length bytes - n then
    invalid_arg "Buffer.blit"
  else Bytes.unsafe_blit b.bytes from bytes into n

let nth b i = if i < 0 || i >= b.position then invalid_arg "Buffer.nth" else Bytes.unsafe_get b.bytes i

(* Makes room for [more] bytes after those in use. *)
let grow b more =
  let needed = b.position + more in
  let size = ref (2 * Bytes.length b.bytes) in
  while needed > !size do
    size := 2 * !size
  done;
  if !size > Sys.max_string_length then
    if needed <= Sys.max_string_length then size := Sys.max_string_length
    else failwith "Buffer.add: cannot grow buffer";
  let bytes = Bytes.create !size in
  Bytes.unsafe_blit b.bytes 0 bytes 0 b.position;
  b.bytes <- bytes

let reserve b more = if more > Bytes.length b.bytes - b.position then grow b more

let add_char b c =
  let i = b.position in
  if i >= Bytes.length b.bytes then grow b 1;
  Bytes.unsafe_set b.bytes i c;
  b.position <- i + 1

let add_string b s =
  let n = String.length s in
  reserve b n;
  Bytes.unsafe_blit_string s 0 b.bytes b.position n;
  b.position <- b.position + n

let add_bytes b bytes =
  let n = Bytes.length bytes in
  reserve b n;
  Bytes.unsafe_blit bytes 0 b.bytes b.position n;
  b.position <- b.position + n

let add_substring b s offset n =
  if offset < 0 || n < 0 || offset > String.length s - n then invalid_arg "Buffer.add_substring/add_subbytes";
  reserve b n;
  Bytes.unsafe_blit_string s offset b.bytes b.position n;
  b.position <- b.position + n

let add_subbytes b bytes offset n =
  if offset < 0 || n < 0 || offset > Bytes.length bytes - n then invalid_arg "Buffer.add_substring/add_subbytes";
  reserve b n;
  Bytes.unsafe_blit bytes offset b.bytes b.position n;
  b.position <- b.position + n

let add_buffer b added =
  let n = added.position in
  reserve b n;
  Bytes.unsafe_blit added.bytes 0 b.bytes b.position n;
  b.position <- b.position + n

let output_buffer channel b = output channel b.bytes 0 b.position
let truncate b n = if n < 0 || n > b.position then invalid_arg "Buffer.truncate" else b.position <- n

(* {1 Channels} *)

(* What was read before the end of the file stays in the buffer. *)
let add_channel b channel n =
  if n < 0 || n > Sys.max_string_length then invalid_arg "Buffer.add_channel";
  reserve b n;
  let rec read missing =
    if missing > 0 then begin
      let got = input channel b.bytes b.position missing in
      if got = 0 then raise End_of_file;
      b.position <- b.position + got;
      read (missing - got)
    end
  in
  read n

(* {1 Unicode} *)

let rec add_utf_8_uchar b u =
  let n = Bytes.set_utf_8_uchar b.bytes b.position u in
  if n = 0 then begin
    grow b (Uchar.utf_8_byte_length u);
    add_utf_8_uchar b u
  end
  else b.position <- b.position + n

let add_utf_8_uchar b u =
  if Uchar.to_int u < 0x80 then add_char b (Uchar.unsafe_to_char u) else add_utf_8_uchar b u

let add_utf_16be_uchar b u =
  reserve b 4;
  b.position <- b.position + Bytes.set_utf_16be_uchar b.bytes b.position u

let add_utf_16le_uchar b u =
  reserve b 4;
  b.position <- b.position + Bytes.set_utf_16le_uchar b.bytes b.position u

(* {1 Integers} *)

let add_uint8 b n = add_char b (Char.unsafe_chr (n land 0xff))
let add_int8 = add_uint8

(* [set] writes the [width] bytes of a number. *)
let add_number set width b n =
  reserve b width;
  set b.bytes b.position n;
  b.position <- b.position + width
[@@inline]

let add_uint16_ne b n = add_number Bytes.set_uint16_ne 2 b n
let add_uint16_be b n = add_number Bytes.set_uint16_be 2 b n
let add_uint16_le b n = add_number Bytes.set_uint16_le 2 b n
let add_int16_ne = add_uint16_ne
let add_int16_be = add_uint16_be
let add_int16_le = add_uint16_le
let add_int32_ne b n = add_number Bytes.set_int32_ne 4 b n
let add_int32_be b n = add_number Bytes.set_int32_be 4 b n
let add_int32_le b n = add_number Bytes.set_int32_le 4 b n
let add_int64_ne b n = add_number Bytes.set_int64_ne 8 b n
let add_int64_be b n = add_number Bytes.set_int64_be 8 b n
let add_int64_le b n = add_number Bytes.set_int64_le 8 b n

(* {1 Substitution} *)

let is_identifier_char = function 'a' .. 'z' | 'A' .. 'Z' | '0' .. '9' | '_' -> true | _ -> false

let rec after_identifier s i =
  if i < String.length s && is_identifier_char (String.unsafe_get s i) then after_identifier s (i + 1) else i

(* The offset of the parenthesis that closes the one before [i]; [depth] others of its kind are open. *)
let rec closing opened closed s depth i =
  if i >= String.length s then raise Not_found
  else
    let c = String.unsafe_get s i in
    if c = opened then closing opened closed s (depth + 1) (i + 1)
    else if c = closed then if depth = 0 then i else closing opened closed s (depth - 1) (i + 1)
    else closing opened closed s depth (i + 1)

(* The variable named after a [$], from [i] on, and the offset after it. *)
let variable s i =
  if i >= String.length s then raise Not_found
  else
    match s.[i] with
    | ('(' | '{') as opened ->
        let stop = closing opened (if opened = '(' then ')' else '}') s 0 (i + 1) in
        String.sub s (i + 1) (stop - i - 1), stop + 1
    | _ ->
        let stop = after_identifier s (i + 1) in
        String.sub s i (stop - i), stop

let add_substitute b f s =
  let n = String.length s in
  (* [previous] is the character before, when it can change the meaning of the next one. *)
  let rec go previous i =
    if i < n then
      match String.unsafe_get s i with
      | '$' as c when previous = '\\' ->
          add_char b c;
          go ' ' (i + 1)
      | '$' ->
          let name, next = variable s (i + 1) in
          add_string b (f name);
          go ' ' next
      | c when previous = '\\' ->
          add_char b '\\';
          add_char b c;
          go ' ' (i + 1)
      | '\\' -> go '\\' (i + 1)
      | c ->
          add_char b c;
          go c (i + 1)
    else if previous = '\\' then add_char b '\\'
  in
  go ' ' 0

(* {1 Sequences} *)

let rec seq_from b i () =
  if i >= b.position then Seq.Nil else Seq.Cons (Bytes.unsafe_get b.bytes i, seq_from b (i + 1))

let to_seq b = seq_from b 0

let rec seqi_from b i () =
  if i >= b.position then Seq.Nil else Seq.Cons ((i, Bytes.unsafe_get b.bytes i), seqi_from b (i + 1))

let to_seqi b = seqi_from b 0
let add_seq b chars = Seq.iter (add_char b) chars

let of_seq chars =
  let b = create 32 in
  add_seq b chars;
  b
