(* Byte sequences that can be changed. *)

external length : bytes -> int = "%bytes_length"
external string_length : string -> int = "%string_length"
external get : bytes -> int -> char = "%bytes_safe_get"
external set : bytes -> int -> char -> unit = "%bytes_safe_set"
external create : int -> bytes = "caml_create_bytes"
external unsafe_get : bytes -> int -> char = "%bytes_unsafe_get"
external unsafe_set : bytes -> int -> char -> unit = "%bytes_unsafe_set"
external unsafe_fill : bytes -> int -> int -> char -> unit = "caml_fill_bytes" [@@noalloc]
external unsafe_to_string : bytes -> string = "%bytes_to_string"
external unsafe_of_string : string -> bytes = "%bytes_of_string"
external unsafe_blit : bytes -> int -> bytes -> int -> int -> unit = "caml_blit_bytes" [@@noalloc]
external unsafe_blit_string : string -> int -> bytes -> int -> int -> unit = "caml_blit_string" [@@noalloc]

type t = bytes

let compare (a : t) (b : t) = Stdlib.compare a b
let equal (a : t) (b : t) = a = b

let make n c =
  let b = create n in
  unsafe_fill b 0 n c;
  b

let init n f =
  let b = create n in
  for i = 0 to n - 1 do
    unsafe_set b i (f i)
  done;
  b

let empty = create 0

let copy b =
  let n = length b in
  let result = create n in
  unsafe_blit b 0 result 0 n;
  result

let to_string b = unsafe_to_string (copy b)

let of_string s =
  let n = string_length s in
  let result = create n in
  unsafe_blit_string s 0 result 0 n;
  result

let sub b offset n =
  if offset < 0 || n < 0 || offset > length b - n then invalid_arg "String.sub / Bytes.sub"
  else begin
    let result = create n in
    unsafe_blit b offset result 0 n;
    result
  end

let sub_string b offset n = unsafe_to_string (sub b offset n)

(* The sum; an overflow is reported for the named function. *)
let sum name a b =
  let c = a + b in
  if a < 0 = (b < 0) && c < 0 <> (a < 0) then invalid_arg name else c

let extend b left right =
  let n = length b in
  let result = create (sum "Bytes.extend" (sum "Bytes.extend" n left) right) in
  let from = if left < 0 then -left else 0 in
  let into = if left < 0 then 0 else left in
  let kept = Int.min (n - from) (length result - into) in
  if kept > 0 then unsafe_blit b from result into kept;
  result

let fill b offset n c =
  if offset < 0 || n < 0 || offset > length b - n then invalid_arg "String.fill / Bytes.fill"
  else unsafe_fill b offset n c

let blit a i b j n =
  if n < 0 || i < 0 || i > length a - n || j < 0 || j > length b - n then invalid_arg "Bytes.blit"
  else unsafe_blit a i b j n

let blit_string a i b j n =
  if n < 0 || i < 0 || i > string_length a - n || j < 0 || j > length b - n then
    invalid_arg "String.blit / Bytes.blit_string"
  else unsafe_blit_string a i b j n

(* {1 Joining} *)

let rec joined_length separator total = function
  | [] -> total
  | [ b ] -> sum "Bytes.concat" total (length b)
  | b :: rest -> joined_length separator (sum "Bytes.concat" (sum "Bytes.concat" total (length b)) separator) rest

let rec write_joined result offset separator = function
  | [] -> ()
  | [ b ] -> unsafe_blit b 0 result offset (length b)
  | b :: rest ->
      let n = length b in
      unsafe_blit b 0 result offset n;
      unsafe_blit separator 0 result (offset + n) (length separator);
      write_joined result (offset + n + length separator) separator rest

let concat separator = function
  | [] -> empty
  | pieces ->
      let result = create (joined_length (length separator) 0 pieces) in
      write_joined result 0 separator pieces;
      result

let cat a b =
  let na = length a and nb = length b in
  let result = create (na + nb) in
  unsafe_blit a 0 result 0 na;
  unsafe_blit b 0 result na nb;
  result

(* {1 Iterating} *)

let iter f b =
  for i = 0 to length b - 1 do
    f (unsafe_get b i)
  done

let iteri f b =
  for i = 0 to length b - 1 do
    f i (unsafe_get b i)
  done

let map f b =
  let n = length b in
  if n = 0 then b
  else begin
    let result = create n in
    for i = 0 to n - 1 do
      unsafe_set result i (f (unsafe_get b i))
    done;
    result
  end

let mapi f b =
  let n = length b in
  if n = 0 then b
  else begin
    let result = create n in
    for i = 0 to n - 1 do
      unsafe_set result i (f i (unsafe_get b i))
    done;
    result
  end

let fold_left f acc b =
  let acc = ref acc in
  for i = 0 to length b - 1 do
    acc := f !acc (unsafe_get b i)
  done;
  !acc

let fold_right f b acc =
  let acc = ref acc in
  for i = length b - 1 downto 0 do
    acc := f (unsafe_get b i) !acc
  done;
  !acc

let rec for_all_from p b n i = i >= n || (p (unsafe_get b i) && for_all_from p b n (i + 1))
let for_all p b = for_all_from p b (length b) 0
let rec exists_from p b n i = i < n && (p (unsafe_get b i) || exists_from p b n (i + 1))
let exists p b = exists_from p b (length b) 0

(* {1 Characters} *)

let is_space = function ' ' | '\012' | '\n' | '\r' | '\t' -> true | _ -> false

let trim b =
  let first = ref 0 and last = ref (length b - 1) in
  while !first <= !last && is_space (unsafe_get b !first) do
    incr first
  done;
  while !first <= !last && is_space (unsafe_get b !last) do
    decr last
  done;
  sub b !first (!last - !first + 1)

let escaped_length c =
  match c with
  | '"' | '\\' | '\n' | '\t' | '\r' | '\b' -> 2
  | ' ' .. '~' -> 1
  | _ -> 4

let escape_into b n result =
  let j = ref 0 in
  let put c =
    unsafe_set result !j c;
    incr j
  in
  for i = 0 to n - 1 do
    match unsafe_get b i with
    | ('"' | '\\') as c ->
        put '\\';
        put c
    | '\n' ->
        put '\\';
        put 'n'
    | '\t' ->
        put '\\';
        put 't'
    | '\r' ->
        put '\\';
        put 'r'
    | '\b' ->
        put '\\';
        put 'b'
    | ' ' .. '~' as c -> put c
    | c ->
        let code = Char.code c in
        put '\\';
        put (Char.unsafe_chr (48 + (code / 100)));
        put (Char.unsafe_chr (48 + (code / 10 mod 10)));
        put (Char.unsafe_chr (48 + (code mod 10)))
  done

let unsafe_escape b =
  let n = length b in
  let total = ref 0 in
  for i = 0 to n - 1 do
    total := !total + escaped_length (unsafe_get b i)
  done;
  if !total = n then b
  else begin
    let result = create !total in
    escape_into b n result;
    result
  end

let escaped b =
  let result = unsafe_escape b in
  if result == b then copy b else result

let uppercase_ascii b = map Char.uppercase_ascii b
let lowercase_ascii b = map Char.lowercase_ascii b

let with_first f b =
  if length b = 0 then b
  else begin
    let result = copy b in
    unsafe_set result 0 (f (unsafe_get b 0));
    result
  end

let capitalize_ascii b = with_first Char.uppercase_ascii b
let uncapitalize_ascii b = with_first Char.lowercase_ascii b

let rec same_at a offset b n i = i >= n || (unsafe_get a (offset + i) = unsafe_get b i && same_at a offset b n (i + 1))

let starts_with ~prefix b =
  let n = length prefix in
  length b >= n && same_at b 0 prefix n 0

let ends_with ~suffix b =
  let n = length suffix in
  length b >= n && same_at b (length b - n) suffix n 0

(* {1 Searching} The offset of the first [c] from [i] on, of the last one down from [i]; -1 when there is none. *)

let rec forward b n c i = if i >= n then -1 else if unsafe_get b i = c then i else forward b n c (i + 1)
let rec backward b c i = if i < 0 then -1 else if unsafe_get b i = c then i else backward b c (i - 1)
let found i = if i < 0 then raise Not_found else i
let found_opt i = if i < 0 then None else Some i
let index b c = found (forward b (length b) c 0)
let index_opt b c = found_opt (forward b (length b) c 0)
let rindex b c = found (backward b c (length b - 1))
let rindex_opt b c = found_opt (backward b c (length b - 1))

let index_from b i c =
  let n = length b in
  if i < 0 || i > n then invalid_arg "String.index_from / Bytes.index_from" else found (forward b n c i)

let index_from_opt b i c =
  let n = length b in
  if i < 0 || i > n then invalid_arg "String.index_from_opt / Bytes.index_from_opt"
  else found_opt (forward b n c i)

let rindex_from b i c =
  if i < -1 || i >= length b then invalid_arg "String.rindex_from / Bytes.rindex_from" else found (backward b c i)

let rindex_from_opt b i c =
  if i < -1 || i >= length b then invalid_arg "String.rindex_from_opt / Bytes.rindex_from_opt"
  else found_opt (backward b c i)

let contains_from b i c =
  let n = length b in
  if i < 0 || i > n then invalid_arg "String.contains_from / Bytes.contains_from" else forward b n c i >= 0

let contains b c = forward b (length b) c 0 >= 0

let rcontains_from b i c =
  if i < 0 || i >= length b then invalid_arg "String.rcontains_from / Bytes.rcontains_from" else backward b c i >= 0

let split_on_char c b =
  let pieces = ref [] in
  let stop = ref (length b) in
  for i = length b - 1 downto 0 do
    if unsafe_get b i = c then begin
      pieces := sub b (i + 1) (!stop - i - 1) :: !pieces;
      stop := i
    end
  done;
  sub b 0 !stop :: !pieces

(* {1 Sequences} The length is looked at anew, so that it is that of the moment even of a sequence kept for long. *)

let rec seq_from b i () = if i >= length b then Seq.Nil else Seq.Cons (unsafe_get b i, seq_from b (i + 1))
let to_seq b = seq_from b 0
let rec seqi_from b i () = if i >= length b then Seq.Nil else Seq.Cons ((i, unsafe_get b i), seqi_from b (i + 1))
let to_seqi b = seqi_from b 0

let of_seq chars =
  let buffer = ref (create 256) and n = ref 0 in
  Seq.iter
    (fun c ->
      if !n = length !buffer then buffer := extend !buffer 0 (Int.min (2 * !n) Sys.max_string_length - !n);
      set !buffer !n c;
      incr n)
    chars;
  sub !buffer 0 !n

(* {1 Integers in bytes} *)

external get_uint8 : bytes -> int -> int = "%bytes_safe_get"
external get_uint16_ne : bytes -> int -> int = "%caml_bytes_get16"
external get_int32_ne : bytes -> int -> int32 = "%caml_bytes_get32"
external get_int64_ne : bytes -> int -> int64 = "%caml_bytes_get64"
external set_byte : bytes -> int -> int -> unit = "%bytes_safe_set"
external set_16 : bytes -> int -> int -> unit = "%caml_bytes_set16"
external set_int32_ne : bytes -> int -> int32 -> unit = "%caml_bytes_set32"
external set_int64_ne : bytes -> int -> int64 -> unit = "%caml_bytes_set64"
external swap16 : int -> int = "%bswap16"
external swap32 : int32 -> int32 = "%bswap_int32"
external swap64 : int64 -> int64 = "%bswap_int64"

let sign8 n = (n lsl (Sys.int_size - 8)) asr (Sys.int_size - 8)
let sign16 n = (n lsl (Sys.int_size - 16)) asr (Sys.int_size - 16)
let get_int8 b i = sign8 (get_uint8 b i)
let get_uint16_le b i = if Sys.big_endian then swap16 (get_uint16_ne b i) else get_uint16_ne b i
let get_uint16_be b i = if Sys.big_endian then get_uint16_ne b i else swap16 (get_uint16_ne b i)
let get_int16_ne b i = sign16 (get_uint16_ne b i)
let get_int16_le b i = sign16 (get_uint16_le b i)
let get_int16_be b i = sign16 (get_uint16_be b i)
let get_int32_le b i = if Sys.big_endian then swap32 (get_int32_ne b i) else get_int32_ne b i
let get_int32_be b i = if Sys.big_endian then get_int32_ne b i else swap32 (get_int32_ne b i)
let get_int64_le b i = if Sys.big_endian then swap64 (get_int64_ne b i) else get_int64_ne b i
let get_int64_be b i = if Sys.big_endian then get_int64_ne b i else swap64 (get_int64_ne b i)
let set_uint8 b i n = set_byte b i (n land 0xff)
let set_int8 = set_uint8
let set_uint16_ne b i n = set_16 b i (n land 0xffff)
let set_uint16_le b i n = if Sys.big_endian then set_16 b i (swap16 (n land 0xffff)) else set_uint16_ne b i n
let set_uint16_be b i n = if Sys.big_endian then set_uint16_ne b i n else set_16 b i (swap16 (n land 0xffff))
let set_int16_ne = set_uint16_ne
let set_int16_le = set_uint16_le
let set_int16_be = set_uint16_be
let set_int32_le b i n = set_int32_ne b i (if Sys.big_endian then swap32 n else n)
let set_int32_be b i n = set_int32_ne b i (if Sys.big_endian then n else swap32 n)
let set_int64_le b i n = set_int64_ne b i (if Sys.big_endian then swap64 n else n)
let set_int64_be b i n = set_int64_ne b i (if Sys.big_endian then n else swap64 n)

(* {1 UTF-8} Well-formed sequences are those of the Unicode standard's table 3-7. What is not decodes to U+FFFD for each maximal
   subpart (chapter 3.9, "U+FFFD substitution of maximal subparts"). *)

external byte : bytes -> int -> int = "%bytes_unsafe_get"
external put : bytes -> int -> int -> unit = "%bytes_unsafe_set"

let continues n = n land 0xc0 = 0x80

(* Decodes from the second byte on, which must be between [low] and [high]; [more] bytes follow the second. *)
let decode_long b i last first low high more =
  if i + 1 > last then Uchar.utf_decode_invalid 1
  else
    let second = byte b (i + 1) in
    if second < low || second > high then Uchar.utf_decode_invalid 1
    else
      let u = (first lsl 6) lor (second land 0x3f) in
      if more = 0 then Uchar.utf_decode 2 (Uchar.unsafe_of_int u)
      else if i + 2 > last || not (continues (byte b (i + 2))) then Uchar.utf_decode_invalid 2
      else
        let u = (u lsl 6) lor (byte b (i + 2) land 0x3f) in
        if more = 1 then Uchar.utf_decode 3 (Uchar.unsafe_of_int u)
        else if i + 3 > last || not (continues (byte b (i + 3))) then Uchar.utf_decode_invalid 3
        else Uchar.utf_decode 4 (Uchar.unsafe_of_int ((u lsl 6) lor (byte b (i + 3) land 0x3f)))

let get_utf_8_uchar b i =
  let first = get_uint8 b i in
  if first < 0x80 then Uchar.utf_decode 1 (Uchar.unsafe_of_int first)
  else
    let last = length b - 1 in
    if first < 0xc2 then Uchar.utf_decode_invalid 1
    else if first < 0xe0 then decode_long b i last (first land 0x1f) 0x80 0xbf 0
    else if first < 0xf0 then
      let low = if first = 0xe0 then 0xa0 else 0x80 and high = if first = 0xed then 0x9f else 0xbf in
      decode_long b i last (first land 0x0f) low high 1
    else if first < 0xf5 then
      let low = if first = 0xf0 then 0x90 else 0x80 and high = if first = 0xf4 then 0x8f else 0xbf in
      decode_long b i last (first land 0x07) low high 2
    else Uchar.utf_decode_invalid 1

let set_utf_8_uchar b i u =
  let u = Uchar.to_int u in
  let last = length b - 1 in
  if u < 0x80 then begin
    set_byte b i u;
    1
  end
  else if u < 0x800 then
    if i + 1 > last then 0
    else begin
      set_byte b i (0xc0 lor (u lsr 6));
      put b (i + 1) (0x80 lor (u land 0x3f));
      2
    end
  else if u < 0x10000 then
    if i + 2 > last then 0
    else begin
      set_byte b i (0xe0 lor (u lsr 12));
      put b (i + 1) (0x80 lor ((u lsr 6) land 0x3f));
      put b (i + 2) (0x80 lor (u land 0x3f));
      3
    end
  else if i + 3 > last then 0
  else begin
    set_byte b i (0xf0 lor (u lsr 18));
    put b (i + 1) (0x80 lor ((u lsr 12) land 0x3f));
    put b (i + 2) (0x80 lor ((u lsr 6) land 0x3f));
    put b (i + 3) (0x80 lor (u land 0x3f));
    4
  end

let rec valid_utf_8_from b n i =
  i >= n
  ||
  if byte b i < 0x80 then valid_utf_8_from b n (i + 1)
  else
    let d = get_utf_8_uchar b i in
    Uchar.utf_decode_is_valid d && valid_utf_8_from b n (i + Uchar.utf_decode_length d)

let is_valid_utf_8 b = valid_utf_8_from b (length b) 0

(* {1 UTF-16} *)

let get_utf_16_uchar get_16 b i =
  let last = length b - 1 in
  if i < 0 || i > last then invalid_arg "index out of bounds"
  else if i = last then Uchar.utf_decode_invalid 1
  else
    let first = get_16 b i in
    if first < 0xd800 || first > 0xdfff then Uchar.utf_decode 2 (Uchar.unsafe_of_int first)
    else if first > 0xdbff then Uchar.utf_decode_invalid 2
    else if i + 3 > last then Uchar.utf_decode_invalid (last - i + 1)
    else
      let second = get_16 b (i + 2) in
      if second < 0xdc00 || second > 0xdfff then Uchar.utf_decode_invalid 2
      else
        let u = 0x10000 + (((first land 0x3ff) lsl 10) lor (second land 0x3ff)) in
        Uchar.utf_decode 4 (Uchar.unsafe_of_int u)

let set_utf_16_uchar set_16 b i u =
  let last = length b - 1 in
  if i < 0 || i > last then invalid_arg "index out of bounds"
  else
    let u = Uchar.to_int u in
    if u < 0x10000 then
      if i + 1 > last then 0
      else begin
        set_16 b i u;
        2
      end
    else if i + 3 > last then 0
    else begin
      let above = u - 0x10000 in
      set_16 b i (0xd800 lor (above lsr 10));
      set_16 b (i + 2) (0xdc00 lor (above land 0x3ff));
      4
    end

let rec valid_utf_16_from get_16 b n i =
  i >= n
  ||
  let d = get_utf_16_uchar get_16 b i in
  Uchar.utf_decode_is_valid d && valid_utf_16_from get_16 b n (i + Uchar.utf_decode_length d)

let get_utf_16be_uchar b i = get_utf_16_uchar get_uint16_be b i
let set_utf_16be_uchar b i u = set_utf_16_uchar set_uint16_be b i u
let is_valid_utf_16be b = valid_utf_16_from get_uint16_be b (length b) 0
let get_utf_16le_uchar b i = get_utf_16_uchar get_uint16_le b i
let set_utf_16le_uchar b i u = set_utf_16_uchar set_uint16_le b i u
let is_valid_utf_16le b = valid_utf_16_from get_uint16_le b (length b) 0
