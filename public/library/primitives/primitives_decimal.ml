(* Binary floating-point numbers as decimal digits, exactly.

   A double is m * 2^e with integers m and e. For e >= 0 that is an integer; for e = -k it is m * 5^k / 10^k, so its digits are those
   of an integer again, of at most 767 digits. Integers are kept in base 10^9, least significant part first. *)

open Primitives_base

(** 0.d1 d2 d3... * 10^(exponent + 1), the first digit not zero: [exponent] is the weight of the first digit. Zero has no digits. *)
type t = { digits : bytes; count : int; exponent : int }

let base = 1_000_000_000
let zero = { digits = of_string ""; count = 0; exponent = 0 }

(* Multiplies the integer in the first [length] parts of [parts] by [factor], which is below 2^31; the new length. *)
let multiply parts length factor =
  let carry = ref 0 in
  for i = 0 to length - 1 do
    let product = (array_get parts i * factor) + !carry in
    let high = product / base in
    array_set parts i (product - (high * base));
    carry := high
  done;
  if !carry = 0 then length
  else if !carry < base then begin
    array_set parts length !carry;
    length + 1
  end
  else begin
    let high = !carry / base in
    array_set parts length (!carry - (high * base));
    array_set parts (length + 1) high;
    length + 2
  end

let five_to_13 = 1_220_703_125

let rec multiply_by_power_of_five parts length k =
  if k >= 13 then multiply_by_power_of_five parts (multiply parts length five_to_13) (k - 13)
  else if k > 0 then multiply_by_power_of_five parts (multiply parts length 5) (k - 1)
  else length

let rec multiply_by_power_of_two parts length e =
  if e >= 29 then multiply_by_power_of_two parts (multiply parts length (1 lsl 29)) (e - 29)
  else if e > 0 then multiply parts length (1 lsl e)
  else length

(* Puts nine digits of [n] before [stop]. *)
let write_part digits stop n =
  let n = ref n in
  for i = stop - 1 downto stop - 9 do
    let q = !n / 10 in
    bytes_set digits i (unsafe_char (48 + (!n - (q * 10))));
    n := q
  done

(* Also an odd number below 2^53 needs no more than 17 digits. *)
let rec digit_count n count = if n < 10 then count else digit_count (n / 10) (count + 1)

(* The number m * 2^e, m > 0. *)
let rec exact m e =
  if e < 0 && m land 1 = 0 then exact (m lsr 1) (e + 1)
  else begin
    let bits = if e >= 0 then 53 + e else 53 + (7 * -e / 3) + 1 in
    let parts = array_make ((bits * 3 / 89) + 4) 0 in
    array_set parts 0 (m mod base);
    array_set parts 1 (m / base);
    let length = if m < base then 1 else 2 in
    let length = if e >= 0 then multiply_by_power_of_two parts length e else multiply_by_power_of_five parts length (-e) in
    let top = array_get parts (length - 1) in
    let top_digits = digit_count top 1 in
    let count = ((length - 1) * 9) + top_digits in
    let room = length * 9 in
    let all = bytes_create room in
    for i = 0 to length - 1 do
      write_part all (room - (i * 9)) (array_get parts i)
    done;
    let digits = bytes_create count in
    blit_bytes all (room - count) digits 0 count;
    { digits; count; exponent = (count - 1 + if e < 0 then e else 0) }
  end

let mantissa_mask = 0xf_ffff_ffff_ffff

(** All digits of the absolute value of a finite number, given its bits. *)
let of_bits bits =
  let bits = I64.to_int bits in
  let biased = (bits lsr 52) land 0x7ff and fraction = bits land mantissa_mask in
  if biased = 0 then if fraction = 0 then zero else exact fraction (-1074) else exact (fraction lor (mantissa_mask + 1)) (biased - 1075)

let digit d i = if i >= 0 && i < d.count then code (bytes_get d.digits i) - 48 else 0

let rec all_zeros d i = i >= d.count || (digit d i = 0 && all_zeros d (i + 1))

(* Adds one to the last of [n] digits. *)
let rec increment digits n exponent =
  if n = 0 then { digits = of_string "1"; count = 1; exponent = exponent + 1 }
  else if equal_char (bytes_get digits (n - 1)) '9' then increment digits (n - 1) exponent
  else begin
    bytes_set digits (n - 1) (unsafe_char (code (bytes_get digits (n - 1)) + 1));
    { digits; count = n; exponent }
  end

(** The nearest number of at most [keep] digits, of two equally near ones that with the even last digit. Trailing zeros may be missing.
    The digits that are not kept may be overwritten. *)
let round d keep =
  if keep >= d.count then d
  else if keep < 0 then zero
  else begin
    let next = digit d keep in
    let up = next > 5 || (next = 5 && ((not (all_zeros d (keep + 1))) || digit d (keep - 1) land 1 = 1)) in
    if up then increment d.digits keep d.exponent else if keep = 0 then zero else { d with count = keep }
  end

(** Without the zeros at the end. *)
let rec trim d = if d.count > 0 && digit d (d.count - 1) = 0 then trim { d with count = d.count - 1 } else d
