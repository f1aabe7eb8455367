(* Rationals, always in lowest terms with a denominator that is not negative; zero only where that is no error. *)

open Big_int

type ratio = { numerator : big_int; denominator : big_int }

let failure name = failwith (name ^ " infinite or undefined rational number")
let null_denominator r = sign_big_int r.denominator = 0

let make name numerator denominator =
  match sign_big_int denominator with
  | 0 -> if Arith_status.get_error_when_null_denominator () then failure name else { numerator = big_int_of_int (sign_big_int numerator); denominator }
  | sign ->
      let gcd = gcd_big_int numerator denominator in
      let gcd = if sign < 0 then minus_big_int gcd else gcd in
      { numerator = div_big_int numerator gcd; denominator = div_big_int denominator gcd }

let create_ratio a b = make "create_ratio" a b
let create_normalized_ratio a b = make "create_normalized_ratio" a b
let numerator_ratio r = r.numerator
let denominator_ratio r = r.denominator
let sign_ratio r = sign_big_int r.numerator
let normalize_ratio r = r
let cautious_normalize_ratio r = r
let cautious_normalize_ratio_when_printing r = r
let is_normalized_ratio (_ : ratio) = true
let report_sign_ratio r b = if sign_ratio r < 0 then minus_big_int b else b
let abs_ratio r = { r with numerator = abs_big_int r.numerator }
let is_integer_ratio r = eq_big_int r.denominator unit_big_int
let ratio_of_big_int b = { numerator = b; denominator = unit_big_int }
let ratio_of_int n = ratio_of_big_int (big_int_of_int n)

let add_ratio a b =
  make "add_ratio" (add_big_int (mult_big_int a.numerator b.denominator) (mult_big_int b.numerator a.denominator)) (mult_big_int a.denominator b.denominator)

let minus_ratio r = { r with numerator = minus_big_int r.numerator }
let add_big_int_ratio n r = add_ratio (ratio_of_big_int n) r
let add_int_ratio n r = add_ratio (ratio_of_int n) r
let sub_ratio a b = add_ratio a (minus_ratio b)
let mult_ratio a b = make "mult_ratio" (mult_big_int a.numerator b.numerator) (mult_big_int a.denominator b.denominator)
let mult_big_int_ratio n r = mult_ratio (ratio_of_big_int n) r
let mult_int_ratio n r = mult_ratio (ratio_of_int n) r
let square_ratio r = mult_ratio r r
let inverse_ratio r = make "inverse_ratio" r.denominator r.numerator
let div_ratio a b = mult_ratio a (inverse_ratio b)
let div_int_ratio n r = div_ratio (ratio_of_int n) r
let div_ratio_int r n = div_ratio r (ratio_of_int n)
let div_big_int_ratio n r = div_ratio (ratio_of_big_int n) r
let div_ratio_big_int r n = div_ratio r (ratio_of_big_int n)

let finite name r = if null_denominator r then failure name

let floor_ratio r =
  finite "floor_ratio" r;
  div_big_int r.numerator r.denominator

let integer_ratio r =
  finite "integer_ratio" r;
  report_sign_ratio r (div_big_int (abs_big_int r.numerator) r.denominator)

(* Halves go away from zero. *)
let round_ratio r =
  finite "round_ratio" r;
  let two = big_int_of_int 2 in
  report_sign_ratio r (div_big_int (add_big_int (mult_big_int two (abs_big_int r.numerator)) r.denominator) (mult_big_int two r.denominator))

let ceiling_ratio r =
  finite "ceiling_ratio" r;
  minus_big_int (div_big_int (minus_big_int r.numerator) r.denominator)

let compare_ratio a b = compare_big_int (mult_big_int a.numerator b.denominator) (mult_big_int b.numerator a.denominator)
let eq_ratio a b = eq_big_int a.numerator b.numerator && eq_big_int a.denominator b.denominator
let lt_ratio a b = compare_ratio a b < 0
let le_ratio a b = compare_ratio a b <= 0
let gt_ratio a b = compare_ratio a b > 0
let ge_ratio a b = compare_ratio a b >= 0
let max_ratio a b = if lt_ratio a b then b else a
let min_ratio a b = if gt_ratio a b then b else a
let compare_big_int_ratio n r = compare_ratio (ratio_of_big_int n) r
let eq_big_int_ratio n r = compare_big_int_ratio n r = 0
let lt_big_int_ratio n r = compare_big_int_ratio n r < 0
let le_big_int_ratio n r = compare_big_int_ratio n r <= 0
let gt_big_int_ratio n r = compare_big_int_ratio n r > 0
let ge_big_int_ratio n r = compare_big_int_ratio n r >= 0
let big_int_of_ratio r = if is_integer_ratio r then r.numerator else failwith "big_int_of_ratio"
let int_of_ratio r = if is_integer_ratio r && is_int_big_int r.numerator then int_of_big_int r.numerator else failwith "integer argument required"
let ratio_of_nat n = ratio_of_big_int (big_int_of_nat n)
let nat_of_ratio r = if is_integer_ratio r && sign_ratio r >= 0 then nat_of_big_int r.numerator else failwith "nat_of_ratio"
let float_of_ratio r = Q.to_float (Q.make (Z.of_string (string_of_big_int r.numerator)) (Z.of_string (string_of_big_int r.denominator)))
let power_ratio_positive_big_int r n = make "power_ratio_positive_big_int" (power_big_int_positive_big_int r.numerator n) (power_big_int_positive_big_int r.denominator n)
let power_ratio_positive_int r n = power_ratio_positive_big_int r (big_int_of_int n)

(* {1 Text} *)

let power10 n = power_int_positive_int 10 n
let padded width b = let s = string_of_big_int b in if String.length s >= width then s else String.make (width - String.length s) '0' ^ s

(* The absolute value times a power of ten, rounded. *)
let scaled r places =
  let r = abs_ratio r in
  round_ratio (if places >= 0 then mult_big_int_ratio (power10 places) r else div_ratio_big_int r (power10 (-places)))

let sign_of r = if sign_ratio r < 0 then "-" else "+"

let approx_ratio_fix places r =
  finite "approx_ratio_fix" r;
  if sign_ratio r = 0 then "+0"
  else if places = 0 then sign_of r ^ padded 1 (scaled r 0) ^ "."
  else if places < 0 then sign_of r ^ padded 1 (div_big_int (integer_ratio (abs_ratio r)) (power10 (-places)))
  else
    let digits = padded (places + 1) (scaled r places) in
    let whole = String.length digits - places in
    Printf.sprintf "%s%s.%s" (sign_of r) (String.sub digits 0 whole) (String.sub digits whole places)

(* The exponent of a number between 0.1 and 1. *)
let decimal_exponent r =
  let r = abs_ratio r in
  let digits b = String.length (string_of_big_int b) in
  let guess = digits r.numerator - digits r.denominator in
  let below e = if e >= 0 then lt_ratio r (ratio_of_big_int (power10 e)) else lt_ratio (mult_big_int_ratio (power10 (-e)) r) (ratio_of_int 1) in
  if below guess then guess else guess + 1

let approx_ratio_exp places r =
  finite "approx_ratio_exp" r;
  if places <= 0 then invalid_arg "approx_ratio_exp"
  else if sign_ratio r = 0 then "+0." ^ String.make places '0' ^ "e0"
  else
    let exponent = decimal_exponent r in
    let mantissa = string_of_big_int (scaled r (places - exponent)) in
    let number = if String.length mantissa > places then "1." ^ String.make places '0' else "0." ^ mantissa in
    Printf.sprintf "%s%se%d" (sign_of r) number exponent

let float_of_rational_string r =
  let s = approx_ratio_exp (Arith_status.get_floating_precision ()) r in
  if s.[0] = '+' then String.sub s 1 (String.length s - 1) else s

let string_of_ratio r =
  if Arith_status.get_approx_printing () then float_of_rational_string r else string_of_big_int r.numerator ^ "/" ^ string_of_big_int r.denominator

let ratio_of_string s =
  match String.index_opt s '/' with
  | Some i -> create_ratio (big_int_of_string (String.sub s 0 i)) (big_int_of_string (String.sub s (i + 1) (String.length s - i - 1)))
  | None -> ratio_of_big_int (big_int_of_string s)
