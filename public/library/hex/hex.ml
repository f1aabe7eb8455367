(* Hexadecimal digits. *)

type t = [ `Hex of string ]

let hexa = "0123456789abcdef"

let invalid c = invalid_arg (Printf.sprintf "Hex.to_char: %d is an invalid char" (Char.code c))

let digit = function
  | '0' .. '9' as c -> Char.code c - Char.code '0'
  | 'a' .. 'f' as c -> Char.code c - Char.code 'a' + 10
  | 'A' .. 'F' as c -> Char.code c - Char.code 'A' + 10
  | c -> invalid c

let of_char c = (hexa.[Char.code c lsr 4], hexa.[Char.code c land 15])
let to_char a b = Char.chr ((digit a lsl 4) lor digit b)

let of_helper ~ignore length get =
  let b = Buffer.create (2 * length) in
  for i = 0 to length - 1 do
    let c = get i in
    if not (List.mem c ignore) then begin
      let high, low = of_char c in
      Buffer.add_char b high;
      Buffer.add_char b low
    end
  done;
  `Hex (Buffer.contents b)

let of_string ?(ignore = []) s = of_helper ~ignore (String.length s) (String.get s)
let of_bytes ?ignore b = of_string ?ignore (Bytes.to_string b)

let of_bigstring ?(ignore = []) (b : Cstruct.buffer) =
  of_helper ~ignore (Bigarray.Array1.dim b) (fun i -> Bigarray.Array1.get b i)

let of_cstruct ?(ignore = []) c = of_helper ~ignore (Cstruct.length c) (Cstruct.get_char c)
let is_white = function ' ' | '\t' | '\n' | '\r' -> true | _ -> false

let to_string (`Hex hex) =
  let b = Buffer.create (String.length hex / 2) in
  let pending = ref None in
  String.iter
    (fun c ->
      if not (is_white c) then
        match !pending with
        | None -> pending := Some c
        | Some high ->
            pending := None;
            Buffer.add_char b (to_char high c))
    hex;
  if !pending <> None then invalid_arg "Hex conversion: Hex string cannot have an odd number of characters.";
  Buffer.contents b

let to_bytes hex = Bytes.unsafe_of_string (to_string hex)
let to_cstruct hex = Cstruct.of_string (to_string hex)
let to_bigstring hex = Cstruct.to_bigarray (to_cstruct hex)
let pp ppf (`Hex hex) = Format.pp_print_string ppf hex
let show (`Hex hex) = hex
let compare (`Hex a) (`Hex b) = String.compare a b
let equal (`Hex a) (`Hex b) = String.equal a b

(* {1 Dumps} Sixteen bytes a line in pairs. *)

let hexdump_s ?(print_row_numbers = true) ?(print_chars = true) hex =
  let data = to_string hex in
  let n = String.length data in
  let b = Buffer.create (5 * n) in
  let rows = (n + 15) / 16 in
  for row = 0 to rows - 1 do
    if print_row_numbers then Printf.bprintf b "%.8x: " (16 * row);
    let last = min n (16 * (row + 1)) - 1 in
    for i = 16 * row to (16 * row) + 15 do
      if i <= last then Printf.bprintf b "%02x" (Char.code data.[i]) else if print_chars then Buffer.add_string b "  ";
      if i land 1 = 1 && (i <= last || print_chars) then Buffer.add_char b ' '
    done;
    if print_chars then begin
      Buffer.add_char b ' ';
      for i = 16 * row to last do
        Buffer.add_char b (if data.[i] >= ' ' && data.[i] <= '~' then data.[i] else '.')
      done
    end;
    Buffer.add_char b '\n'
  done;
  Buffer.contents b

let hexdump ?print_row_numbers ?print_chars hex = print_string (hexdump_s ?print_row_numbers ?print_chars hex)
