(* Floating-point numbers as text: C's printf conversions e, f, g, and hexadecimal. *)

open Primitives_base
module D = Primitives_decimal

let bad_format () = raise (Invalid_argument "format_float: bad format")

let is_negative bits = I64.(bits < 0L)
let biased_exponent bits = I64.to_int I64.(bits lsr 52) land 0x7ff

(* {1 Layout} The digits' places are their weights, powers of ten. *)

let digit_char (d : D.t) weight =
  let i = d.exponent - weight in
  if i >= 0 && i < d.count then bytes_get d.digits i else '0'

let write_digits d result at from count =
  for i = 0 to count - 1 do
    bytes_set result (at + i) (digit_char d (from - i))
  done

(* Digits, point, [precision] digits; the length is [at] the result's. *)
let write_fixed (d : D.t) precision point result at =
  let integral = if d.exponent > 0 then d.exponent + 1 else 1 in
  write_digits d result at (integral - 1) integral;
  if point then bytes_set result (at + integral) '.';
  write_digits d result (at + integral + 1) (-1) precision

let fixed_length (d : D.t) precision point = (if d.exponent > 0 then d.exponent + 1 else 1) + precision + if point then 1 else 0

let write_scientific (d : D.t) precision point letter result at =
  write_digits d result at d.exponent 1;
  if point then bytes_set result (at + 1) '.';
  let at = at + if point then 2 else 1 in
  write_digits d result at (d.exponent - 1) precision;
  let at = at + precision in
  let magnitude = if d.exponent < 0 then -d.exponent else d.exponent in
  bytes_set result at letter;
  bytes_set result (at + 1) (if d.exponent < 0 then '-' else '+');
  let at =
    if magnitude >= 100 then begin
      bytes_set result (at + 2) (unsafe_char (48 + (magnitude / 100)));
      at + 3
    end
    else at + 2
  in
  bytes_set result at (unsafe_char (48 + (magnitude / 10 mod 10)));
  bytes_set result (at + 1) (unsafe_char (48 + (magnitude mod 10)))

let scientific_length (d : D.t) precision point =
  1 + (if point then 1 else 0) + precision + if d.exponent > -100 && d.exponent < 100 then 4 else 5

type body = Fixed of D.t * int * bool | Scientific of D.t * int * bool * char | Word of string

let body_length body =
  match body with
  | Fixed (d, precision, point) -> fixed_length d precision point
  | Scientific (d, precision, point, _) -> scientific_length d precision point
  | Word text -> string_length text

let write_body body result at =
  match body with
  | Fixed (d, precision, point) -> write_fixed d precision point result at
  | Scientific (d, precision, point, letter) -> write_scientific d precision point letter result at
  | Word text -> blit_string text 0 result at (string_length text)

(* Sign, zeros, body in a field, by C's rules. *)
let layout (spec : Primitives_integer.specification) negative body =
  let sign = if negative then '-' else spec.sign in
  let prefix = if equal_char sign '\000' then 0 else 1 in
  let text = prefix + body_length body in
  let total = if text < spec.width then spec.width else text in
  let padding = total - text in
  let zeros = spec.zeros && (not spec.left) && match body with Word _ -> false | _ -> true in
  let result = bytes_create total in
  let start = if spec.left || zeros then 0 else padding in
  if prefix = 1 then bytes_set result start sign;
  if zeros then fill_bytes result prefix padding '0'
  else if padding > 0 then fill_bytes result (if spec.left then text else 0) padding ' ';
  write_body body result (start + prefix + if zeros then padding else 0);
  to_string result

(* {1 Conversions} *)

let fixed bits precision alternate =
  let d = D.of_bits bits in
  Fixed (D.round d (d.exponent + 1 + precision), precision, alternate || precision > 0)

let scientific bits precision alternate letter =
  Scientific (D.round (D.of_bits bits) (precision + 1), precision, alternate || precision > 0, letter)

(* The shorter of the two forms, without zeros at the end unless [alternate]. *)
let general bits precision alternate letter =
  let significant = if precision = 0 then 1 else precision in
  let d = D.round (D.of_bits bits) significant in
  let d = if alternate then d else D.trim d in
  let exponent = d.exponent in
  if exponent < significant && exponent >= -4 then begin
    let after = if alternate then significant - 1 - exponent else d.count - 1 - exponent in
    let after = if after < 0 then 0 else after in
    Fixed (d, after, alternate || after > 0)
  end
  else begin
    let after = if alternate then significant - 1 else if d.count > 0 then d.count - 1 else 0 in
    Scientific (d, after, alternate || after > 0, letter)
  end

let caml_format_float format x =
  let spec = Primitives_integer.parse_specification format in
  let bits = float_bits x in
  let upper = match spec.letter with 'E' | 'F' | 'G' -> true | _ -> false in
  let precision = if spec.precision < 0 then 6 else spec.precision in
  let body =
    if biased_exponent bits = 0x7ff then
      if I64.(bits lsl 12 = 0L) then Word (if upper then "INF" else "inf") else Word (if upper then "NAN" else "nan")
    else
      match spec.letter with
      | 'f' | 'F' -> fixed bits precision spec.alternate
      | 'e' | 'E' -> scientific bits precision spec.alternate spec.letter
      | 'g' -> general bits precision spec.alternate 'e'
      | 'G' -> general bits precision spec.alternate 'E'
      | _ -> bad_format ()
  in
  layout spec (is_negative bits) body
[@@primitive "caml_format_float"]

(* {1 Hexadecimal} *)

let hidden_bit = 1 lsl 52

let hex_digits precision mantissa =
  if precision >= 0 then precision
  else begin
    (* As many as there are up to the last one that is not zero. *)
    let rec count n fraction = if fraction = 0 then n else count (n + 1) ((fraction lsl 4) land (hidden_bit - 1)) in
    count 0 (mantissa land (hidden_bit - 1))
  end

(* [mantissa] rounded to so many hexadecimal digits after the point, to even when there is a choice. *)
let round_hexadecimal mantissa precision =
  if precision < 0 || precision >= 13 then mantissa
  else begin
    let unit = 1 lsl (52 - (4 * precision)) in
    let rest = mantissa land (unit - 1) in
    let kept = mantissa - rest in
    if 2 * rest > unit || (2 * rest = unit && kept land unit <> 0) then kept + unit else kept
  end

(** [x] in hexadecimal, with [precision] digits after the point (negative: all there are); [style] is what stands in place of the sign
    of a positive number: ['+'], [' '], or ['-'] for nothing. *)
let caml_hexstring_of_float x precision style =
  let bits = float_bits x in
  let sign = if is_negative bits then "-" else match style with '+' -> "+" | ' ' -> " " | _ -> "" in
  let biased = biased_exponent bits in
  let fraction = I64.to_int bits land (hidden_bit - 1) in
  if biased = 0x7ff then sign ^ if fraction = 0 then "infinity" else "nan"
  else begin
    let mantissa = if biased = 0 then fraction else fraction lor hidden_bit in
    let exponent = if biased > 0 then biased - 1023 else if fraction = 0 then 0 else -1022 in
    let mantissa = round_hexadecimal mantissa precision in
    let count = hex_digits precision mantissa in
    let digits = bytes_create count in
    let rest = ref (mantissa land (hidden_bit - 1)) in
    for i = 0 to count - 1 do
      bytes_set digits i (string_get Primitives_integer.lower_digits (!rest lsr 48));
      rest := (!rest lsl 4) land (hidden_bit - 1)
    done;
    sign ^ "0x"
    ^ Primitives_integer.decimal (mantissa lsr 52)
    ^ (if count > 0 then "." ^ to_string digits else "")
    ^ "p"
    ^ (if exponent >= 0 then "+" else "")
    ^ Primitives_integer.decimal exponent
  end
[@@primitive "caml_hexstring_of_float"]
