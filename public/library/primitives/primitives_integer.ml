(* Integers to and from strings: what [Printf]'s integer conversions and the [of_string] functions are built on.
   A number to be printed is given as [high * base + low] with [0 <= high] and [0 <= low < base], so that 64 bits
   without sign fit tagged integers. *)

open Primitives_base

let lower_digits = "0123456789abcdef"
let upper_digits = "0123456789ABCDEF"

(* "00" "01" ... "99": two decimal digits at a time. *)
let digit_pairs =
  "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
   5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"

(* Number of decimal digits of a non-negative integer; 1 for 0. *)
let rec decimal_length_from n count =
  if n < 10 then count
  else if n < 100 then count + 1
  else if n < 1000 then count + 2
  else if n < 10000 then count + 3
  else decimal_length_from (n / 10000) (count + 4)

let decimal_length n = decimal_length_from n 1

(* Writes the decimal digits of a non-negative integer so that they end before [stop]. *)
let rec write_decimal result stop n =
  if n >= 100 then begin
    let q = n / 100 in
    bytes_set16 result (stop - 2) (string_get16 digit_pairs (2 * (n - (q * 100))));
    write_decimal result (stop - 2) q
  end
  else if n >= 10 then bytes_set16 result (stop - 2) (string_get16 digit_pairs (2 * n))
  else bytes_set result (stop - 1) (unsafe_char (48 + n))

let decimal n =
  if n >= 0 then begin
    let length = decimal_length n in
    let result = bytes_create length in
    write_decimal result length n;
    to_string result
  end
  else if n = min_int then "-4611686018427387904"
  else begin
    let length = decimal_length (-n) + 1 in
    let result = bytes_create length in
    bytes_set result 0 '-';
    write_decimal result length (-n);
    to_string result
  end

(* {1 Conversion specifications} As C's printf has them. *)

type specification = {
  left : bool;  (** flag [-] *)
  zeros : bool;  (** flag [0] *)
  sign : char;  (** flag [+] or space, or ['\000'] *)
  alternate : bool;  (** flag [#] *)
  width : int;
  precision : int;  (** -1: none given *)
  letter : char;
}

let rec number_at format i limit value =
  if i < limit then begin
    let digit = byte format i - 48 in
    if digit >= 0 && digit <= 9 then number_at format (i + 1) limit ((value * 10) + digit) else value
  end
  else value

let rec after_digits format i limit =
  if i < limit then begin
    let digit = byte format i - 48 in
    if digit >= 0 && digit <= 9 then after_digits format (i + 1) limit else i
  end
  else i

let bad_format () = raise (Invalid_argument "format_int: bad format")

(* Length modifiers ([l], [n], [L]) may stand before the letter, which comes last. *)
let parse_specification format =
  let length = string_length format in
  if length < 2 then bad_format ();
  let left = ref false and zeros = ref false and sign = ref '\000' and alternate = ref false in
  let i = ref 1 and more = ref true in
  while !more && !i < length do
    (match string_get format !i with
    | '-' -> left := true
    | '0' -> zeros := true
    | '+' -> sign := '+'
    | ' ' -> if not (equal_char !sign '+') then sign := ' '
    | '#' -> alternate := true
    | _ -> more := false);
    if !more then incr i
  done;
  let width = number_at format !i length 0 in
  let next = after_digits format !i length in
  let precision = if next < length && byte format next = 46 then number_at format (next + 1) length 0 else -1 in
  { left = !left; zeros = !zeros; sign = !sign; alternate = !alternate; width; precision; letter = string_get format (length - 1) }

(* {1 Layout} *)

let rec digits_length base n count = if n = 0 then count else digits_length base (n / base) (count + 1)

let rec write_digits digits base result stop n =
  if n > 0 then begin
    bytes_set result (stop - 1) (string_get digits (n mod base));
    write_digits digits base result (stop - 1) (n / base)
  end

(* Prefix, zeros and digits in a field, by C's rules. *)
let layout spec negative base upper high low =
  let is_zero = high = 0 && low = 0 in
  let digit_count = if is_zero && spec.precision = 0 then 0 else digits_length base high 0 + 1 in
  let prefix =
    match spec.letter with
    | 'd' | 'i' -> if negative then 1 else if equal_char spec.sign '\000' then 0 else 1
    | 'x' | 'X' -> if spec.alternate && not is_zero then 2 else 0
    | _ -> 0
  in
  let wanted = if spec.precision > digit_count then spec.precision else digit_count in
  let wanted =
    (* Octal's [#] asks for a leading zero. *)
    if base = 8 && spec.alternate && wanted = digit_count && not (is_zero && digit_count > 0) then wanted + 1 else wanted
  in
  let wanted = if spec.zeros && (not spec.left) && spec.precision < 0 && wanted + prefix < spec.width then spec.width - prefix else wanted in
  let text = prefix + wanted in
  let total = if text < spec.width then spec.width else text in
  let result = bytes_create total in
  let start = if spec.left then 0 else total - text in
  if total > text then fill_bytes result (if spec.left then text else 0) (total - text) ' ';
  if prefix = 1 then bytes_set result start (if negative then '-' else spec.sign)
  else if prefix = 2 then begin
    bytes_set result start '0';
    bytes_set result (start + 1) spec.letter
  end;
  let stop = start + text in
  if wanted > digit_count then fill_bytes result (start + prefix) (wanted - digit_count) '0';
  if digit_count > 0 then begin
    let digits = if upper then upper_digits else lower_digits in
    bytes_set result (stop - 1) (string_get digits low);
    write_digits digits base result (stop - 1) high
  end;
  to_string result

let format_signed spec n =
  if n >= 0 then layout spec false 10 false (n / 10) (n mod 10) else layout spec true 10 false (-(n / 10)) (-(n mod 10))

(* [n] as 63 bits without sign. *)
let format_unsigned spec n =
  match spec.letter with
  | 'x' -> layout spec false 16 false (n lsr 4) (n land 15)
  | 'X' -> layout spec false 16 true (n lsr 4) (n land 15)
  | 'o' -> layout spec false 8 false (n lsr 3) (n land 7)
  | 'u' ->
      if n >= 0 then layout spec false 10 false (n / 10) (n mod 10)
      else begin
        let q = (n lsr 1) / 5 in
        layout spec false 10 false q (n - (q * 10))
      end
  | _ -> bad_format ()

(* All 64 bits without sign. *)
let format_unsigned64 spec n =
  let low bits = I64.to_int n land ((1 lsl bits) - 1) in
  match spec.letter with
  | 'x' -> layout spec false 16 false (I64.to_int I64.(n lsr 4)) (low 4)
  | 'X' -> layout spec false 16 true (I64.to_int I64.(n lsr 4)) (low 4)
  | 'o' -> layout spec false 8 false (I64.to_int I64.(n lsr 3)) (low 3)
  | 'u' ->
      let q = I64.((n lsr 1) / 5L) in
      layout spec false 10 false (I64.to_int q) (I64.to_int I64.(n - (q * 10L)))
  | _ -> bad_format ()

let hexadecimal n =
  if n = 0 then "0"
  else begin
    let length = digits_length 16 (n lsr 4) 1 in
    let result = bytes_create length in
    let n = ref n in
    for i = length - 1 downto 0 do
      bytes_set result i (string_get lower_digits (!n land 15));
      n := !n lsr 4
    done;
    to_string result
  end

(** [%d], [%05x] and so on of an [int], which is 63 bits wide for the conversions without sign. *)
let caml_format_int format n =
  if string_length format = 2 then
    match string_get format 1 with
    | 'd' | 'i' -> decimal n
    | 'x' -> hexadecimal n
    | 'u' when n >= 0 -> decimal n
    | _ -> format_unsigned (parse_specification format) n
  else begin
    let spec = parse_specification format in
    match spec.letter with 'd' | 'i' -> format_signed spec n | _ -> format_unsigned spec n
  end
[@@primitive "caml_format_int"]

external int_of_int32 : int32 -> int = "%int32_to_int"

(* Neither flags nor width nor precision: only a letter, perhaps after the letter of a size. *)
let is_plain format =
  match string_length format with 2 -> true | 3 -> ( match string_get format 1 with 'l' | 'n' | 'L' -> true | _ -> false) | _ -> false

let caml_int32_format format n =
  let n = int_of_int32 n in
  let spec = parse_specification format in
  match spec.letter with 'd' | 'i' -> if is_plain format then decimal n else format_signed spec n | _ -> format_unsigned spec (n land 0xffffffff)
[@@primitive "caml_int32_format"]

let fits n = I64.(of_int (to_int n) = n)

let caml_int64_format format n =
  let spec = parse_specification format in
  match spec.letter with
  | 'd' | 'i' ->
      if fits n then if is_plain format then decimal (I64.to_int n) else format_signed spec (I64.to_int n)
      else begin
        let q = I64.to_int I64.(n / 10L) and r = I64.to_int (I64.rem n 10L) in
        if q < 0 then layout spec true 10 false (-q) (-r) else layout spec false 10 false q r
      end
  | _ -> format_unsigned64 spec n
[@@primitive "caml_int64_format"]

let caml_nativeint_format format n = caml_int64_format format (I64.of_nativeint n) [@@primitive "caml_nativeint_format"]

(* {1 Parsing} *)

let digit_value c =
  match c with
  | '0' .. '9' -> code c - 48
  | 'a' .. 'f' -> code c - 87
  | 'A' .. 'F' -> code c - 55
  | _ -> 99

(* At [i], after the sign: the prefix's base; 10 without one. [-10] stands for decimal without sign ([0u]). *)
let base_at s i =
  if i + 1 < string_length s && byte s i = 48 then
    match string_get s (i + 1) with 'x' | 'X' -> 16 | 'o' | 'O' -> 8 | 'b' | 'B' -> 2 | 'u' | 'U' -> -10 | _ -> 10
  else 10

(* The digits from [i] on as 64 bits without sign; fails at what is no digit and beyond 64 bits. *)
let parse_digits s i base error =
  let length = string_length s in
  if i >= length || digit_value (string_get s i) >= base then raise (Failure error);
  let wide_base = I64.of_int base in
  let threshold = I64.udiv (-1L) wide_base in
  let value = ref 0L in
  for k = i to length - 1 do
    let c = string_get s k in
    if not (equal_char c '_') then begin
      let digit = digit_value c in
      if digit >= base || I64.ult threshold !value then raise (Failure error);
      let next = I64.((wide_base * !value) + of_int digit) in
      if I64.ult next (I64.of_int digit) then raise (Failure error);
      value := next
    end
  done;
  !value

(* A number of [bits] bits: signed in decimal, all bits otherwise. *)
let parse s bits error =
  let signed = string_length s > 0 && (byte s 0 = 45 || byte s 0 = 43) in
  let negative = signed && byte s 0 = 45 in
  let start = if signed then 1 else 0 in
  let base = base_at s start in
  let start = if base = 10 then start else start + 2 in
  let value = parse_digits s start (if base < 0 then 10 else base) error in
  let limit = I64.(1L lsl (Primitives_base.( - ) bits 1)) in
  if base = 10 then begin
    if negative then (if I64.ult limit value then raise (Failure error)) else if not (I64.ult value limit) then raise (Failure error)
  end
  else if bits < 64 && not (I64.ult value I64.(1L lsl bits)) then raise (Failure error);
  if negative then I64.neg value else value

(* Up to 18 plain decimal digits, which no check can refuse; -1 for anything else. *)
let rec plain_digits s i length value =
  if i >= length then value
  else begin
    let digit = byte s i - 48 in
    if digit >= 0 && digit <= 9 then plain_digits s (i + 1) length ((value * 10) + digit) else -1
  end

let[@inline never] caml_int_of_string s =
  let length = string_length s in
  let quick = if length > 0 && length <= 18 then plain_digits s 0 length 0 else -1 in
  if quick >= 0 then quick else I64.to_int (parse s 63 "int_of_string")
[@@primitive "caml_int_of_string"]

(* The low 32 bits, as the hexadecimal numbers above [max_int] mean them. *)
let[@inline never] caml_int32_of_string s = I64.to_int32 (parse s 32 "Int32.of_string") [@@primitive "caml_int32_of_string"]
let[@inline never] caml_int64_of_string s = parse s 64 "Int64.of_string" [@@primitive "caml_int64_of_string"]
let[@inline never] caml_nativeint_of_string s = I64.to_nativeint (parse s 64 "Nativeint.of_string") [@@primitive "caml_nativeint_of_string"]
