(* Hexadecimal encoding of strings. *)

let is_white = function ' ' | '\t' | '\n' | '\r' | '\011' | '\012' -> true | _ -> false
let fold f acc s = String.fold_left f acc s

let required_length ?(skip_whitespace = true) s =
  let digits = fold (fun n c -> if skip_whitespace && is_white c then n else n + 1) 0 s in
  if digits land 1 = 0 then digits / 2 else invalid_arg "leftover byte in hex string"

let digit i = function
  | '0' .. '9' as c -> Char.code c - Char.code '0'
  | 'a' .. 'f' as c -> Char.code c - Char.code 'a' + 10
  | 'A' .. 'F' as c -> Char.code c - Char.code 'A' + 10
  | c -> invalid_arg (Printf.sprintf "bad character at offset %d: %C" i c)

let decode_into ?(skip_whitespace = true) s b ?(off = 0) () =
  let at = ref off and pending = ref (-1) in
  String.iteri
    (fun i c ->
      if not (skip_whitespace && is_white c) then begin
        let d = digit i c in
        if !pending < 0 then pending := d
        else begin
          Bytes.set_uint8 b !at ((!pending lsl 4) lor d);
          pending := -1;
          incr at
        end
      end)
    s;
  if !pending >= 0 then invalid_arg "leftover byte in hex string"

let decode ?skip_whitespace s =
  let b = Bytes.create (required_length ?skip_whitespace s) in
  decode_into ?skip_whitespace s b ();
  Bytes.unsafe_to_string b

let hex = "0123456789abcdef"

let encode_into s b ?(off = 0) () =
  String.iteri
    (fun i c ->
      Bytes.set b (off + (2 * i)) hex.[Char.code c lsr 4];
      Bytes.set b (off + (2 * i) + 1) hex.[Char.code c land 15])
    s

let encode s =
  let b = Bytes.create (2 * String.length s) in
  encode_into s b ();
  Bytes.unsafe_to_string b

let pp ppf s =
  String.iteri
    (fun i c ->
      Format.fprintf ppf "%02x" (Char.code c);
      if i mod 16 = 15 then Format.pp_print_cut ppf () else if i mod 8 = 7 then Format.pp_print_string ppf "  " else Format.pp_print_char ppf ' ')
    s

let printable c = if c >= ' ' && c <= '~' then c else '.'

let pp_hexdump ?(row_numbers = true) ?(chars = true) () ppf s =
  let n = String.length s in
  for row = 0 to ((n + 15) / 16) - 1 do
    let start = 16 * row in
    let stop = min n (start + 16) in
    if row_numbers then Format.fprintf ppf "%06x  " start;
    for i = start to start + 15 do
      if i < stop then Format.fprintf ppf "%02x" (Char.code s.[i]) else if chars then Format.pp_print_string ppf "  ";
      if i < stop || chars then begin
        if i land 1 = 1 then Format.pp_print_char ppf ' ';
        if i land 15 = 7 then Format.pp_print_char ppf ' '
      end
    done;
    if chars then Format.fprintf ppf "  %s" (String.map printable (String.sub s start (stop - start)));
    Format.pp_print_newline ppf ()
  done
