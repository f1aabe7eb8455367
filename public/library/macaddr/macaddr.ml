(* Ethernet addresses (IEEE 802 MAC-48): six octets, kept as a string. *)

type t = string

exception Parse_error of string * string

let parse_error message text = raise (Parse_error (message, text))
let compare = String.compare

let result f text =
  match f text with v -> Ok v | exception Parse_error (message, _) -> Error (`Msg ("Macaddr: " ^ message))

let of_octets_exn octets = if String.length octets = 6 then octets else parse_error "MAC is exactly 6 bytes" octets
let of_octets octets = result of_octets_exn octets
let to_octets t = t

let digit = function
  | '0' .. '9' as c -> Some (Char.code c - Char.code '0')
  | 'a' .. 'f' as c -> Some (Char.code c - Char.code 'a' + 10)
  | 'A' .. 'F' as c -> Some (Char.code c - Char.code 'A' + 10)
  | _ -> None

(* Six pairs of digits, all separated by colons or all by hyphens. *)
let of_string_exn text =
  let n = String.length text in
  let invalid i = parse_error (Printf.sprintf "invalid character '%c' at %d" text.[i] i) text in
  let octets = Bytes.create 6 in
  let separator = ref None in
  (* The number that begins at [i], where it ends, how many digits it has. *)
  let rec number i value digits =
    match if i < n then digit text.[i] else None with Some d -> number (i + 1) ((value lsl 4) lor d) (digits + 1) | None -> (value, i, digits)
  in
  let rec group k i =
    if i >= n then parse_error "not enough data" text;
    let value, stop, digits = number i 0 0 in
    if digits = 0 then invalid i;
    let is_separator =
      stop < n
      &&
      match (!separator, text.[stop]) with
      | Some c, c' -> c = c'
      | None, ((':' | '-') as c) ->
          separator := Some c;
          true
      | None, _ -> false
    in
    if stop < n && ((not is_separator) || k = 5) then invalid stop;
    if digits = 1 then parse_error "hex pairs required" text;
    if digits > 2 then parse_error "address segment too large" text;
    Bytes.set octets k (Char.chr value);
    if k < 5 then if stop < n then group (k + 1) (stop + 1) else parse_error "not enough data" text
  in
  group 0 0;
  Bytes.to_string octets

let of_string text = result of_string_exn text

let to_string ?(sep = ':') t =
  let octet i = Char.code t.[i] in
  Printf.sprintf "%02x%c%02x%c%02x%c%02x%c%02x%c%02x" (octet 0) sep (octet 1) sep (octet 2) sep (octet 3) sep (octet 4) sep (octet 5)

let pp ppf t = Format.pp_print_string ppf (to_string t)
let broadcast = String.make 6 '\255'

(* The first octet has the bit that says locally administered set, the one that says multicast clear. *)
let make_local f =
  String.init 6 (fun i -> Char.chr (if i = 0 then (f 0 lor 2) land 0xfe else f i land 0xff))

let get_oui t = (Char.code t.[0] lsl 16) lor (Char.code t.[1] lsl 8) lor Char.code t.[2]
let is_local t = Char.code t.[0] land 2 <> 0
let is_unicast t = Char.code t.[0] land 1 = 0
