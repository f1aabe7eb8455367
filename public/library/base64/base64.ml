(* The base-64 encoding (RFC 4648, 4 and 5). *)

let padding = '='

(* The characters by value, and the values by character: -1 for those that are none, [pad] for the padding. *)
type alphabet = { characters : string; values : int array }
type sub = string * int * int

let pad_value = 64

let make_alphabet characters =
  if String.length characters <> 64 then invalid_arg "Length of alphabet must be 64";
  if String.contains characters padding then invalid_arg "Alphabet can not contain padding character";
  let values = Array.make 256 (-1) in
  String.iteri (fun value c -> values.(Char.code c) <- value) characters;
  values.(Char.code padding) <- pad_value;
  { characters; values }

let alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
let default_alphabet = make_alphabet (alphanumeric ^ "+/")
let uri_safe_alphabet = make_alphabet (alphanumeric ^ "-_")
let length_alphabet alphabet = String.length alphabet.characters
let alphabet alphabet = alphabet.characters
let error text = Error (`Msg text)

(* The part of the text that is meant. *)
let bounds ?(off = 0) ?len text =
  let n = String.length text in
  let len = match len with None -> n - off | Some len -> len in
  if off < 0 || len < 0 || off > n - len then None else Some (off, len)

(* {1 Encoding} *)

let encode_part ~pad alphabet text off len =
  let c value = String.unsafe_get alphabet.characters (value land 63) in
  let get i = Char.code (String.unsafe_get text (off + i)) in
  let whole = len / 3 and rest = len mod 3 in
  let size = (4 * whole) + if rest = 0 then 0 else if pad then 4 else rest + 1 in
  let b = Bytes.make size padding in
  for k = 0 to whole - 1 do
    let v = (get (3 * k) lsl 16) lor (get ((3 * k) + 1) lsl 8) lor get ((3 * k) + 2) in
    Bytes.unsafe_set b (4 * k) (c (v lsr 18));
    Bytes.unsafe_set b ((4 * k) + 1) (c (v lsr 12));
    Bytes.unsafe_set b ((4 * k) + 2) (c (v lsr 6));
    Bytes.unsafe_set b ((4 * k) + 3) (c v)
  done;
  if rest > 0 then begin
    let v = (get (3 * whole) lsl 16) lor if rest = 2 then get ((3 * whole) + 1) lsl 8 else 0 in
    Bytes.set b (4 * whole) (c (v lsr 18));
    Bytes.set b ((4 * whole) + 1) (c (v lsr 12));
    if rest = 2 then Bytes.set b ((4 * whole) + 2) (c (v lsr 6))
  end;
  Bytes.unsafe_to_string b

let encode ?(pad = true) ?(alphabet = default_alphabet) ?off ?len text =
  match bounds ?off ?len text with None -> error "Invalid bounds" | Some (off, len) -> Ok (encode_part ~pad alphabet text off len)

let encode_sub ?pad ?alphabet ?off ?len text =
  Result.map (fun encoded -> (encoded, 0, String.length encoded)) (encode ?pad ?alphabet ?off ?len text)

let or_raise = function Ok v -> v | Error (`Msg text) -> invalid_arg text
let encode_exn ?pad ?alphabet ?off ?len text = or_raise (encode ?pad ?alphabet ?off ?len text)
let encode_string ?pad ?alphabet text = encode_exn ?pad ?alphabet text

(* {1 Decoding} *)

exception Malformed
exception Too_much

let decode_part ~pad alphabet text off len =
  let b = Bytes.create (3 * ((len + 3) / 4)) in
  (* What is missing of the last group counts as padding. *)
  let value i = if i < len then alphabet.values.(Char.code (String.unsafe_get text (off + i))) else pad_value in
  let used = ref 0 in
  let add byte =
    Bytes.unsafe_set b !used (Char.unsafe_chr (byte land 0xff));
    incr used
  in
  let groups = if pad then len / 4 else (len + 3) / 4 in
  for k = 0 to groups - 1 do
    let a = value (4 * k) and b' = value ((4 * k) + 1) and c = value ((4 * k) + 2) and d = value ((4 * k) + 3) in
    if a < 0 || b' < 0 || c < 0 || d < 0 then raise Malformed;
    (* Padding only at the end: of the group, and of the text. *)
    if (a = pad_value && b' < pad_value) || (b' = pad_value && c < pad_value) || (c = pad_value && d < pad_value) then raise Malformed;
    if d = pad_value && k < groups - 1 then raise (if pad then Too_much else Malformed);
    if b' < pad_value then add ((a lsl 2) lor (b' lsr 4));
    if c < pad_value then add ((b' lsl 4) lor (c lsr 2));
    if d < pad_value then add ((c lsl 6) lor d)
  done;
  (b, !used)

let decode_sub ?(pad = true) ?(alphabet = default_alphabet) ?off ?len text =
  match bounds ?off ?len text with
  | None -> error "Invalid bounds"
  | Some (off, len) -> (
      match decode_part ~pad alphabet text off len with
      | exception Malformed -> error "Malformed input"
      | exception Too_much -> error "Too much input"
      | _ when pad && len mod 4 <> 0 -> error "Wrong padding"
      | b, used -> Ok (Bytes.unsafe_to_string b, 0, used))

let decode ?pad ?alphabet ?off ?len text =
  Result.map (fun (decoded, off, len) -> String.sub decoded off len) (decode_sub ?pad ?alphabet ?off ?len text)

let decode_exn ?pad ?alphabet ?off ?len text = or_raise (decode ?pad ?alphabet ?off ?len text)
