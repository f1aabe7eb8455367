(* Unicode text, character by character. *)

let u_bom = Uchar.of_int 0xfeff
let u_rep = Uchar.of_int 0xfffd

type encoding = [ `UTF_16 | `UTF_16BE | `UTF_16LE | `UTF_8 ]
type decoder_encoding = [ encoding | `US_ASCII | `ISO_8859_1 ]

(* Names of IANA's registry of character sets. *)
let encoding_of_string name : decoder_encoding option =
  match String.uppercase_ascii name with
  | "UTF-8" -> Some `UTF_8
  | "UTF-16" -> Some `UTF_16
  | "UTF-16LE" -> Some `UTF_16LE
  | "UTF-16BE" -> Some `UTF_16BE
  | "ANSI_X3.4-1968" | "ISO-IR-6" | "ANSI_X3.4-1986" | "ISO_646.IRV:1991" | "ASCII" | "ISO646-US" | "US-ASCII" | "US" | "IBM367" | "CP367" | "CSASCII" -> Some `US_ASCII
  | "ISO_8859-1:1987" | "ISO-IR-100" | "ISO_8859-1" | "ISO-8859-1" | "LATIN1" | "L1" | "IBM819" | "CP819" | "CSISOLATIN1" -> Some `ISO_8859_1
  | _ -> None

let encoding_to_string = function
  | `UTF_8 -> "UTF-8"
  | `UTF_16 -> "UTF-16"
  | `UTF_16BE -> "UTF-16BE"
  | `UTF_16LE -> "UTF-16LE"
  | `US_ASCII -> "US-ASCII"
  | `ISO_8859_1 -> "ISO-8859-1"

(* {1 Sequences of bytes} *)

(* How many bytes the first one announces; 0: it begins nothing. *)
let utf_8_length = function
  | '\x00' .. '\x7f' -> 1
  | '\xc2' .. '\xdf' -> 2
  | '\xe0' .. '\xef' -> 3
  | '\xf0' .. '\xf4' -> 4
  | _ -> 0

let malformed b at length = `Malformed (Bytes.sub_string b at length)

(* RFC 3629, section 4, of as many bytes as were announced. *)
let utf_8 b at length =
  let byte i = Bytes.get_uint8 b (at + i) in
  let continues i = byte i land 0xc0 = 0x80 in
  let rest i = byte i land 0x3f in
  match length with
  | 1 -> `Uchar (Uchar.unsafe_of_int (byte 0))
  | 2 when continues 1 -> `Uchar (Uchar.unsafe_of_int (((byte 0 land 0x1f) lsl 6) lor rest 1))
  | 3 when continues 1 && continues 2 ->
      let u = ((byte 0 land 0x0f) lsl 12) lor (rest 1 lsl 6) lor rest 2 in
      if u >= 0x800 && Uchar.is_valid u then `Uchar (Uchar.unsafe_of_int u) else malformed b at length
  | 4 when continues 1 && continues 2 && continues 3 ->
      let u = ((byte 0 land 0x07) lsl 18) lor (rest 1 lsl 12) lor (rest 2 lsl 6) lor rest 3 in
      if u >= 0x10000 && Uchar.is_valid u then `Uchar (Uchar.unsafe_of_int u) else malformed b at length
  | _ -> malformed b at length

let is_high u = u >= 0xd800 && u <= 0xdbff
let is_low u = u >= 0xdc00 && u <= 0xdfff

(* RFC 2781, section 2.2, of one word or of two when the first is the high half of a pair. *)
let utf_16 word b at length =
  let first = word b at in
  if length = 2 then if is_low first then malformed b at 2 else `Uchar (Uchar.unsafe_of_int first)
  else
    let second = word b (at + 2) in
    if is_low second then `Uchar (Uchar.unsafe_of_int ((((first land 0x3ff) lsl 10) lor (second land 0x3ff)) + 0x10000)) else malformed b at 4

(* {1 Guesses} *)

let guess (at : int -> int) : [ `UTF_8 | `UTF_16BE | `UTF_16LE ] * bool =
  (* -1 stands for a byte that is not there. *)
  match (at 0, at 1, at 2) with
  | 0xef, 0xbb, 0xbf -> (`UTF_8, true)
  | 0xfe, 0xff, _ -> (`UTF_16BE, true)
  | 0xff, 0xfe, _ -> (`UTF_16LE, true)
  | 0x00, second, _ when second > 0 -> (`UTF_16BE, false)
  | first, 0x00, _ when first > 0 -> (`UTF_16LE, false)
  | first, _, _ when first >= 0 && utf_8_length (Char.chr first) > 0 -> (`UTF_8, false)
  | first, second, _ when first >= 0 && second >= 0 -> (`UTF_16BE, false)
  | _ -> (`UTF_8, false)

(* {1 Decoding} *)

type src = [ `Channel of in_channel | `String of string | `Manual ]
type nln = [ `ASCII of Uchar.t | `NLF of Uchar.t | `Readline of Uchar.t ]
type result = [ `Await | `Uchar of Uchar.t | `End | `Malformed of string ]

type decoder = {
  source : src;
  newlines : nln option;
  mutable encoding : decoder_encoding;
  (* What was given and not looked at. *)
  mutable input : bytes;
  mutable position : int;
  mutable limit : int;
  mutable ended : bool;
  (* The bytes of the character that is being read. *)
  pending : bytes;
  mutable have : int;
  mutable go_on : decoder -> result;
  mutable line : int;
  mutable column : int;
  mutable byte_count : int;
  mutable count : int;
  mutable removed_bom : bool;
  mutable after_return : bool;
}

let buffer_size = 65536

(* Goes on when so many bytes are pending, or no more come. *)
let rec need d wanted go_on : result =
  if d.have >= wanted then go_on d
  else if d.position < d.limit then begin
    Bytes.set d.pending d.have (Bytes.get d.input d.position);
    d.position <- d.position + 1;
    d.have <- d.have + 1;
    need d wanted go_on
  end
  else if d.ended then go_on d
  else
    match d.source with
    | `String _ ->
        d.ended <- true;
        go_on d
    | `Channel channel ->
        if Bytes.length d.input = 0 then d.input <- Bytes.create buffer_size;
        d.position <- 0;
        d.limit <- input channel d.input 0 (Bytes.length d.input);
        if d.limit = 0 then d.ended <- true;
        need d wanted go_on
    | `Manual ->
        d.go_on <- (fun d -> need d wanted go_on);
        `Await

(* Some of the pending bytes; the others stay. *)
let take d length =
  d.byte_count <- d.byte_count + length;
  Bytes.blit d.pending length d.pending 0 (d.have - length);
  d.have <- d.have - length

let new_line d =
  d.line <- d.line + 1;
  d.column <- 0

let next_column d = d.column <- d.column + 1

(* Characters that end a line. *)
let carriage_return = 0x0d

let rec next d : result =
  d.go_on <- next;
  match d.encoding with
  | `UTF_8 -> need d 1 next_utf_8
  | `UTF_16BE | `UTF_16 -> need d 2 (next_utf_16 Bytes.get_uint16_be)
  | `UTF_16LE -> need d 2 (next_utf_16 Bytes.get_uint16_le)
  | `US_ASCII -> need d 1 (next_byte 0x7f)
  | `ISO_8859_1 -> need d 1 (next_byte 0xff)

and ended d : result =
  d.go_on <- ended;
  `End

and next_byte largest d =
  if d.have = 0 then ended d
  else
    let byte = Bytes.get_uint8 d.pending 0 in
    found d (if byte <= largest then `Uchar (Uchar.unsafe_of_int byte) else malformed d.pending 0 1) 1

and next_utf_8 d =
  if d.have = 0 then ended d
  else
    match utf_8_length (Bytes.get d.pending 0) with
    | 0 -> found d (malformed d.pending 0 1) 1
    | length -> need d length (fun d -> if d.have < length then found d (malformed d.pending 0 d.have) d.have else found d (utf_8 d.pending 0 length) length)

and next_utf_16 word d =
  if d.have = 0 then ended d
  else if d.have < 2 then found d (malformed d.pending 0 d.have) d.have
  else if not (is_high (word d.pending 0)) then found d (utf_16 word d.pending 0 2) 2
  else need d 4 (fun d -> if d.have < 4 then found d (malformed d.pending 0 d.have) d.have else found d (utf_16 word d.pending 0 4) 4)

and found d what length : result =
  take d length;
  d.go_on <- next;
  match what with
  | `Malformed _ as m ->
      d.count <- d.count + 1;
      d.after_return <- false;
      next_column d;
      m
  | `Uchar u -> character d u

(* Counts lines and columns; a line feed after a return belongs to it. *)
and character d u : result =
  let after_return = d.after_return in
  let code = Uchar.to_int u in
  d.after_return <- code = carriage_return;
  match (code, d.newlines) with
  | 0x0a, _ when after_return -> (
      match d.newlines with
      | Some _ -> next d
      | None ->
          d.count <- d.count + 1;
          `Uchar u)
  | (0x0a | 0x0d), Some (`ASCII n | `NLF n | `Readline n) | 0x85, Some (`NLF n | `Readline n) | (0x0c | 0x2028 | 0x2029), Some (`Readline n) ->
      d.count <- d.count + 1;
      new_line d;
      `Uchar n
  | (0x0a | 0x0d | 0x85 | 0x0c | 0x2028 | 0x2029), _ ->
      d.count <- d.count + 1;
      new_line d;
      `Uchar u
  | _ ->
      d.count <- d.count + 1;
      next_column d;
      `Uchar u

(* A mark at the beginning is not counted. *)
let without_mark d mark =
  let length = String.length mark in
  if d.have >= length && Bytes.sub_string d.pending 0 length = mark then begin
    take d length;
    d.removed_bom <- true;
    true
  end
  else false

let utf_8_mark = "\xef\xbb\xbf"
let big_mark = "\xfe\xff"
let little_mark = "\xff\xfe"

let start_guessing d =
  need d 3 (fun d ->
      let encoding, has_mark = guess (fun i -> if i < d.have then Bytes.get_uint8 d.pending i else -1) in
      d.encoding <- (encoding :> decoder_encoding);
      if has_mark then ignore (without_mark d (match encoding with `UTF_8 -> utf_8_mark | `UTF_16BE -> big_mark | `UTF_16LE -> little_mark));
      next d)

let start d =
  match d.encoding with
  | `UTF_8 -> need d 3 (fun d -> ignore (without_mark d utf_8_mark); next d)
  | `UTF_16BE -> need d 2 (fun d -> ignore (without_mark d big_mark); next d)
  | `UTF_16LE -> need d 2 (fun d -> ignore (without_mark d little_mark); next d)
  | `UTF_16 ->
      need d 2 (fun d ->
          if without_mark d big_mark then d.encoding <- `UTF_16BE else if without_mark d little_mark then d.encoding <- `UTF_16LE;
          next d)
  | `US_ASCII | `ISO_8859_1 -> next d

let decoder ?nln ?encoding source =
  let source = (source :> src) in
  let input = match source with `String s -> Bytes.unsafe_of_string s | _ -> Bytes.empty in
  {
    source;
    newlines = (nln :> nln option);
    encoding = (match encoding with Some e -> (e :> decoder_encoding) | None -> `UTF_8);
    input;
    position = 0;
    limit = Bytes.length input;
    ended = false;
    pending = Bytes.create 4;
    have = 0;
    go_on = (if encoding = None then start_guessing else start);
    line = 1;
    column = 0;
    byte_count = 0;
    count = 0;
    removed_bom = false;
    after_return = false;
  }

let decode d = d.go_on d
let decoder_encoding d = d.encoding

let set_decoder_encoding d encoding =
  d.encoding <- (encoding :> decoder_encoding);
  d.go_on <- next

let decoder_line d = d.line
let decoder_col d = d.column
let decoder_byte_count d = d.byte_count
let decoder_count d = d.count
let decoder_removed_bom d = d.removed_bom
let decoder_src d = d.source
let decoder_nln d = d.newlines

let pp_decode ppf = function
  | `Uchar u -> Format.fprintf ppf "@[`Uchar U+%04X@]" (Uchar.to_int u)
  | `End -> Format.pp_print_string ppf "`End"
  | `Await -> Format.pp_print_string ppf "`Await"
  | `Malformed bytes ->
      Format.fprintf ppf "@[`Malformed (";
      String.iteri (fun i c -> Format.fprintf ppf "%s%02X" (if i > 0 then " " else "") (Char.code c)) bytes;
      Format.fprintf ppf ")@]"

(* {1 Encoding} *)

type dst = [ `Channel of out_channel | `Buffer of Buffer.t | `Manual ]

type encoder = {
  scheme : encoding;
  destination : dst;
  (* Of [`Manual]: the room given, and what did not fit. *)
  mutable room : bytes;
  mutable from : int;
  mutable until : int;
  rest : Buffer.t;
  mutable waiting : bool;
}

let encoder scheme destination =
  { scheme = (scheme :> encoding); destination = (destination :> dst); room = Bytes.empty; from = 0; until = 0; rest = Buffer.create 8; waiting = false }

let add scheme buffer u =
  match scheme with
  | `UTF_8 -> Buffer.add_utf_8_uchar buffer u
  | `UTF_16 | `UTF_16BE -> Buffer.add_utf_16be_uchar buffer u
  | `UTF_16LE -> Buffer.add_utf_16le_uchar buffer u

let free e = e.until - e.from

let write_rest e =
  let n = min (free e) (Buffer.length e.rest) in
  Buffer.blit e.rest 0 e.room e.from n;
  e.from <- e.from + n;
  let left = Buffer.sub e.rest n (Buffer.length e.rest - n) in
  Buffer.clear e.rest;
  Buffer.add_string e.rest left;
  e.waiting <- left <> "";
  if e.waiting then `Partial else `Ok

let encode e what =
  match (e.destination, what) with
  | _, (`Uchar _ | `End) when e.waiting -> invalid_arg "cannot encode now, use `Await first"
  | `Manual, `Await -> write_rest e
  | _, `Await -> `Ok
  | `Buffer buffer, `Uchar u ->
      add e.scheme buffer u;
      `Ok
  | `Channel channel, `Uchar u ->
      add e.scheme e.rest u;
      Buffer.output_buffer channel e.rest;
      Buffer.clear e.rest;
      `Ok
  | `Manual, `Uchar u ->
      add e.scheme e.rest u;
      write_rest e
  | `Buffer _, `End -> `Ok
  | `Channel channel, `End ->
      flush channel;
      `Ok
  | `Manual, `End ->
      e.waiting <- true;
      `Partial

let encoder_encoding e = e.scheme
let encoder_dst e = e.destination

module Manual = struct
  let src d b from length =
    if from < 0 || length < 0 || from + length > Bytes.length b then invalid_arg "invalid bounds";
    d.input <- b;
    d.position <- from;
    d.limit <- from + length;
    if length = 0 then d.ended <- true

  let dst e b from length =
    if from < 0 || length < 0 || from + length > Bytes.length b then invalid_arg "invalid bounds";
    e.room <- b;
    e.from <- from;
    e.until <- from + length

  let dst_rem = free
end

module String = struct
  (* A byte that is not there counts as 0, other than in a decoder. *)
  let encoding_guess s = guess (fun i -> if i < String.length s then Char.code s.[i] else 0)

  type 'a folder = 'a -> int -> [ `Uchar of Uchar.t | `Malformed of string ] -> 'a

  (* [length_at] tells how many bytes the character at a place shall have, given how many there are. *)
  let fold length_at read ?(pos = 0) ?len f first s =
    let b = Bytes.unsafe_of_string s in
    let stop = pos + Option.value len ~default:(String.length s - pos) in
    let rec go acc at =
      if at >= stop then acc
      else
        let left = stop - at in
        match length_at b at left with
        | 0 -> go (f acc at (malformed b at 1)) (at + 1)
        | length when length > left -> f acc at (malformed b at left)
        | length -> go (f acc at (read b at length)) (at + length)
    in
    go first pos

  let fold_utf_8 ?pos ?len f first s = fold (fun b at _ -> utf_8_length (Bytes.get b at)) utf_8 ?pos ?len f first s
  let length_16 word b at left = if left < 2 then 2 else if is_high (word b at) then 4 else 2
  let fold_utf_16be ?pos ?len f first s = fold (length_16 Bytes.get_uint16_be) (utf_16 Bytes.get_uint16_be) ?pos ?len f first s
  let fold_utf_16le ?pos ?len f first s = fold (length_16 Bytes.get_uint16_le) (utf_16 Bytes.get_uint16_le) ?pos ?len f first s
end

module Buffer = struct
  let add_utf_8 = Buffer.add_utf_8_uchar
  let add_utf_16be = Buffer.add_utf_16be_uchar
  let add_utf_16le = Buffer.add_utf_16le_uchar
end
