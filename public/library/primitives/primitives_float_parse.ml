(* Floating-point numbers from text: decimal, correctly rounded, and hexadecimal.

   A decimal number's first 18 digits times a 64-bit power of ten give its double but for the rare ones that lie so near to the middle
   between two doubles that the error matters. Those are compared with that middle digit by digit. *)

open Primitives_base
module D = Primitives_decimal

let fail () = raise (Failure "float_of_string")

(* {1 Hexadecimal} *)

let hex_digit c =
  match c with
  | '0' .. '9' -> code c - 48
  | 'a' .. 'f' -> code c - 87
  | 'A' .. 'F' -> code c - 55
  | _ -> -1

let is_space c = match c with ' ' | '\t' | '\n' | '\011' | '\012' | '\r' -> true | _ -> false

(* Exponents beyond this do not matter. *)
let huge = 1_000_000_000

let rec read_exponent s i n value =
  if i = n then value
  else begin
    let digit = byte s i - 48 in
    if digit < 0 || digit > 9 then fail ()
    else read_exponent s (i + 1) n (if value >= huge then value else (value * 10) + digit)
  end

(* A sign and digits up to the end. *)
let signed_exponent s i n =
  let signed = i < n && match string_get s i with '+' | '-' -> true | _ -> false in
  let first = if signed then i + 1 else i in
  if first >= n then fail ();
  let value = read_exponent s first n 0 in
  if signed && byte s i = 45 then -value else value

let rec skip_spaces s i n = if i < n && is_space (string_get s i) then skip_spaces s (i + 1) n else i

(* 60 bits are collected; of what follows it only matters whether it is zero. [point]: number of digits before the point, or -1. *)
let rec hexadecimal s i n mantissa bits dropped digits point =
  if i = n then hexadecimal_value mantissa dropped digits point 0
  else
    match string_get s i with
    | '.' -> if point >= 0 then fail () else hexadecimal s (i + 1) n mantissa bits dropped digits digits
    | 'p' | 'P' -> hexadecimal_value mantissa dropped digits point (signed_exponent s (skip_spaces s (i + 1) n) n)
    | c ->
        let digit = hex_digit c in
        if digit < 0 then fail ()
        else if digit = 0 && mantissa = 0 then hexadecimal s (i + 1) n mantissa bits dropped (digits + 1) point
        else if bits < 60 then hexadecimal s (i + 1) n ((mantissa lsl 4) + digit) (bits + 4) dropped (digits + 1) point
        else hexadecimal s (i + 1) n (if digit <> 0 then mantissa lor 1 else mantissa) bits (dropped + 4) (digits + 1) point

and hexadecimal_value mantissa dropped digits point exponent =
  if digits = 0 then fail ();
  let after_point = if point >= 0 then 4 * (digits - point) else 0 in
  Primitives_float.ldexp (float_of_int mantissa) (exponent + dropped - after_point)

(* {1 Decimal} *)

let compare_digits (a : D.t) (b : D.t) =
  let n = if a.count > b.count then a.count else b.count in
  let rec from i =
    if i = n then 0
    else begin
      let x = D.digit a i and y = D.digit b i in
      if x = y then from (i + 1) else x - y
    end
  in
  if a.exponent <> b.exponent then a.exponent - b.exponent else from 0

(* The middle between the double that has these bits and the next one. *)
let middle bits =
  let biased = bits lsr 52 and fraction = bits land Primitives_float.fraction_mask in
  let mantissa = if biased = 0 then fraction else fraction lor Primitives_float.hidden_bit in
  let exponent = if biased = 0 then -1074 else biased - 1075 in
  D.exact ((2 * mantissa) + 1) (exponent - 1)

let infinity_bits = 0x7ff lsl 52

(* The bits of the double nearest to [number], starting from those of one nearby. Without the sign they fit an integer. *)
let rec nearest number bits =
  let above = if bits = infinity_bits then -1 else compare_digits number (middle bits) in
  if above > 0 then nearest number (bits + 1)
  else if above = 0 then bits + (bits land 1)
  else if bits = 0 then 0
  else begin
    let below = compare_digits number (middle (bits - 1)) in
    if below > 0 then bits else if below = 0 then bits - (bits land 1) else nearest number (bits - 1)
  end

(* The error of the product, in units of its last bit, when the 18 digits are all there are; and when more follow. *)
let error_of_product = 8

let error_of_digits = 512

(* [mantissa] * 10^power for a mantissa of up to 18 digits that more may follow; [digits] gives all of them when they are needed. *)
let scaled mantissa more power digits =
  if power < Primitives_powers.least || power > Primitives_powers.greatest then nearest (digits ()) (if power < 0 then 0 else infinity_bits)
  else begin
    let zeros = I64.clz (I64.of_int mantissa) in
    let m = I64.(of_int mantissa lsl zeros) in
    let index = Primitives_powers.large_index power in
    let rest = power - Primitives_powers.least - (index * Primitives_powers.step) in
    let coarse = Primitives_powers.least + (index * Primitives_powers.step) in
    let product = I64.mulhu m (Primitives_powers.small_power rest) in
    let product = I64.mulhu product (Primitives_powers.large_power index) in
    (* Each product of two numbers from 2^63 on is one from 2^62 on. *)
    let shift = I64.clz product in
    let product = I64.(product lsl shift) in
    let exponent = Primitives_powers.exponent rest + Primitives_powers.exponent coarse + 128 - zeros - shift in
    let biased = exponent + 1023 + 63 in
    let dropped = if biased > 0 then 11 else 12 - biased in
    if biased >= 0x7ff then nearest (digits ()) infinity_bits
    else if dropped > 62 then nearest (digits ()) 0
    else begin
      let kept = I64.to_int I64.(product lsr dropped) and lost = I64.to_int product land ((1 lsl dropped) - 1) in
      let half = 1 lsl (dropped - 1) in
      let bits = if biased > 0 then ((biased - 1) lsl 52) + kept else kept in
      if lost > half then bits + 1
      else if lost + (if more then error_of_digits else error_of_product) < half then bits
      else nearest (digits ()) bits
    end
  end

(* The powers of ten that are doubles, 10^0 to 10^22, as little-endian words. *)
let exact_powers =
  "\
   \x00\x00\x00\x00\x00\x00\xf0\x3f\x00\x00\x00\x00\x00\x00\x24\x40\x00\x00\x00\x00\x00\x00\x59\x40\
   \x00\x00\x00\x00\x00\x40\x8f\x40\x00\x00\x00\x00\x00\x88\xc3\x40\x00\x00\x00\x00\x00\x6a\xf8\x40\
   \x00\x00\x00\x00\x80\x84\x2e\x41\x00\x00\x00\x00\xd0\x12\x63\x41\x00\x00\x00\x00\x84\xd7\x97\x41\
   \x00\x00\x00\x00\x65\xcd\xcd\x41\x00\x00\x00\x20\x5f\xa0\x02\x42\x00\x00\x00\xe8\x76\x48\x37\x42\
   \x00\x00\x00\xa2\x94\x1a\x6d\x42\x00\x00\x40\xe5\x9c\x30\xa2\x42\x00\x00\x90\x1e\xc4\xbc\xd6\x42\
   \x00\x00\x34\x26\xf5\x6b\x0c\x43\x00\x80\xe0\x37\x79\xc3\x41\x43\x00\xa0\xd8\x85\x57\x34\x76\x43\
   \x00\xc8\x4e\x67\x6d\xc1\xab\x43\x00\x3d\x91\x60\xe4\x58\xe1\x43\x40\x8c\xb5\x78\x1d\xaf\x15\x44\
   \x50\xef\xe2\xd6\xe4\x1a\x4b\x44\x92\xd5\x4d\x06\xcf\xf0\x80\x44\
   "

let[@inline always] float_get table i = float_of_bits (string_get64 table (8 * i))

let rec after_digits s i n =
  if i < n then begin
    let digit = byte s i - 48 in
    if digit >= 0 && digit <= 9 then after_digits s (i + 1) n else i
  end
  else i

(* Up to 18 digits as a number; [significant] counts those after the zeros in front. *)
let rec collect s i stop value significant =
  if i = stop then (value, significant)
  else begin
    let digit = byte s i - 48 in
    if digit < 0 then collect s (i + 1) stop value significant
    else if significant < 18 then collect s (i + 1) stop ((value * 10) + digit) (if value = 0 && digit = 0 then 0 else significant + 1)
    else collect s (i + 1) stop value (significant + 1)
  end

(* All digits between two places, without the point and the zeros in front and at the end. *)
let all_digits s start stop last_weight : D.t =
  let room = bytes_create (stop - start) in
  let count = ref 0 in
  for i = start to stop - 1 do
    let c = string_get s i in
    if (not (equal_char c '.')) && (!count > 0 || not (equal_char c '0')) then begin
      bytes_set room !count c;
      incr count
    end
  done;
  D.trim { digits = room; count = !count; exponent = last_weight + !count - 1 }

let max_exact = 9007199254740992

(* Digits, perhaps a point and digits, perhaps an exponent; nothing else. *)
let decimal s start n =
  let whole_end = after_digits s start n in
  let has_point = whole_end < n && byte s whole_end = 46 in
  let stop = if has_point then after_digits s (whole_end + 1) n else whole_end in
  if stop - start = if has_point then 1 else 0 then fail ();
  let exponent =
    if stop = n then 0 else match string_get s stop with 'e' | 'E' -> signed_exponent s (stop + 1) n | _ -> fail ()
  in
  (* The weight of the last digit. *)
  let weight = exponent - if has_point then stop - whole_end - 1 else 0 in
  let mantissa, significant = collect s start stop 0 0 in
  let more = significant > 18 in
  let power = if more then weight + significant - 18 else weight in
  if mantissa = 0 then 0.
  else if (not more) && mantissa <= max_exact && power >= -22 && power <= 22 then
    if power >= 0 then float_of_int mantissa *. float_get exact_powers power else float_of_int mantissa /. float_get exact_powers (-power)
  else if weight + significant > 310 then infinity
  else if weight + significant < -325 then 0.
  else begin
    let bits = I64.of_int (scaled mantissa more power (fun () -> all_digits s start stop weight)) in
    float_of_bits I64.(bits land 0x7fff_ffff_ffff_ffffL)
  end

(* {1 Words} *)

let lower c = match c with 'A' .. 'Z' -> unsafe_char (code c + 32) | _ -> c

let rec same_word s start word i =
  i = string_length word || (equal_char (lower (string_get s (start + i))) (string_get word i) && same_word s start word (i + 1))

let is_word s start n word = n - start = string_length word && same_word s start word 0

let rec is_payload s i n =
  i = n || match string_get s i with '0' .. '9' | 'a' .. 'z' | 'A' .. 'Z' -> is_payload s (i + 1) n | _ -> false

(* C's [nan(text)]. *)
let is_nan s start n =
  is_word s start n "nan"
  || (n - start >= 5 && same_word s start "nan(" 0 && byte s (n - 1) = 41 && is_payload s (start + 4) (n - 1))

(* The C library's, which is not OCaml's [nan]. *)
let quiet_nan = float_of_bits 0x7ff8_0000_0000_0000L

let unsigned s start n =
  if start >= n then fail ()
  else
    match string_get s start with
    | '0' when start + 1 < n && equal_char (lower (string_get s (start + 1))) 'x' -> hexadecimal s (start + 2) n 0 0 0 0 (-1)
    | '0' .. '9' | '.' -> decimal s start n
    | _ -> if is_word s start n "inf" || is_word s start n "infinity" then infinity else if is_nan s start n then quiet_nan else fail ()

let rec has_underscore s i n = i < n && (byte s i = 95 || has_underscore s (i + 1) n)

let without_underscores s =
  let n = string_length s in
  if not (has_underscore s 0 n) then s
  else begin
    let result = bytes_create n and count = ref 0 in
    for i = 0 to n - 1 do
      if byte s i <> 95 then begin
        bytes_set result !count (string_get s i);
        incr count
      end
    done;
    sub_string (to_string result) 0 !count
  end

(** Everything that OCaml takes for a floating-point literal, and what C's [strtod] takes beyond that: spaces in front, infinity, NaN. *)
let[@inline never] caml_float_of_string s =
  let s = without_underscores s in
  let n = string_length s in
  let start = skip_spaces s 0 n in
  if start = n then fail ()
  else
    match string_get s start with
    | '-' -> -.unsigned s (start + 1) n
    | '+' -> unsigned s (start + 1) n
    | _ -> unsigned s start n
[@@primitive "caml_float_of_string"]
