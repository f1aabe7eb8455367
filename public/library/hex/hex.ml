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

let to_string (`Hex hex) =
  let n = String.length hex in
  let b = Buffer.create (n / 2) in
  for i = 0 to (n / 2) - 1 do
    Buffer.add_char b (to_char hex.[2 * i] hex.[(2 * i) + 1])
  done;
  if n land 1 = 1 then invalid_arg "Hex conversion: Hex string cannot have an odd number of characters.";
  Buffer.contents b

let to_bytes hex = Bytes.unsafe_of_string (to_string hex)
let to_cstruct hex = Cstruct.of_string (to_string hex)
let to_bigstring hex = Cstruct.to_bigarray (to_cstruct hex)
let pp ppf (`Hex hex) = Format.pp_print_string ppf hex
let show (`Hex hex) = hex
let compare (`Hex a) (`Hex b) = String.compare a b
let equal (`Hex a) (`Hex b) = String.equal a b

(* {1 Dumps} Sixteen bytes a line in pairs, lines numbered from 0. *)

let digits_in_line = 32

(* Eight groups of four digits and the spaces between. *)
let column_width = 39

let hexdump_s ?(print_row_numbers = true) ?(print_chars = true) (`Hex hex) =
  let n = String.length hex in
  let b = Buffer.create (3 * n) in
  for row = 0 to ((n + digits_in_line - 1) / digits_in_line) - 1 do
    if print_row_numbers then Printf.bprintf b "%.8d: " row;
    let first = row * digits_in_line in
    let digits = min digits_in_line (n - first) in
    for i = 0 to digits - 1 do
      if i > 0 && i land 3 = 0 then Buffer.add_char b ' ';
      Buffer.add_char b hex.[first + i]
    done;
    Buffer.add_string b (String.make (column_width - digits - ((digits - 1) / 4)) ' ');
    if print_chars then begin
      Buffer.add_string b "  ";
      for i = 0 to (digits / 2) - 1 do
        let c = to_char hex.[first + (2 * i)] hex.[first + (2 * i) + 1] in
        Buffer.add_char b (if c >= ' ' && c <= '~' then c else '.')
      done
    end;
    Buffer.add_char b '\n'
  done;
  Buffer.contents b

let hexdump ?print_row_numbers ?print_chars hex = print_string (hexdump_s ?print_row_numbers ?print_chars hex)
