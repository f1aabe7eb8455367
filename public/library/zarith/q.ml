(* Rational numbers (The Art of Computer Programming, volume 2, section 4.5.1). *)

type t = { num : Z.t; den : Z.t }
type kind = ZERO | INF | MINF | UNDEF | NZERO

(* {1 Construction} *)

let zero = { num = Z.zero; den = Z.one }
let one = { num = Z.one; den = Z.one }
let minus_one = { num = Z.minus_one; den = Z.one }
let inf = { num = Z.one; den = Z.zero }
let minus_inf = { num = Z.minus_one; den = Z.zero }
let undef = { num = Z.zero; den = Z.zero }

(* With a denominator that is positive. *)
let reduce num den =
  if Z.sign num = 0 then zero
  else
    let g = Z.gcd num den in
    if Z.equal g Z.one then { num; den } else { num = Z.divexact num g; den = Z.divexact den g }

let infinite sign = if sign > 0 then inf else if sign < 0 then minus_inf else undef

let make num den =
  match Z.sign den with 0 -> infinite (Z.sign num) | 1 -> reduce num den | _ -> reduce (Z.neg num) (Z.neg den)

let of_bigint num = { num; den = Z.one }
let of_int n = of_bigint (Z.of_int n)
let of_int32 n = of_bigint (Z.of_int32 n)
let of_int64 n = of_bigint (Z.of_int64 n)
let of_nativeint n = of_bigint (Z.of_nativeint n)
let of_ints num den = make (Z.of_int num) (Z.of_int den)

(* {1 Inspection} *)

let num t = t.num
let den t = t.den
let sign t = Z.sign t.num
let is_real t = Z.sign t.den <> 0

let classify t =
  if is_real t then if Z.sign t.num = 0 then ZERO else NZERO else match Z.sign t.num with 0 -> UNDEF | 1 -> INF | _ -> MINF

(* {1 Arithmetic} *)

let neg t = { t with num = Z.neg t.num }
let abs t = { t with num = Z.abs t.num }

let sum f a b =
  if is_real a && is_real b then
    if Z.equal a.den b.den then reduce (f a.num b.num) a.den else reduce (f (Z.mul a.num b.den) (Z.mul b.num a.den)) (Z.mul a.den b.den)
  else if classify a = UNDEF || classify b = UNDEF then undef
  else
    (* At least one is infinite; the other counts by the sign that [f] gives it. *)
    let b_sign = Z.sign (f Z.zero b.num) in
    if is_real a then infinite b_sign else if is_real b || sign a = b_sign then a else undef

let add a b = sum Z.add a b
let sub a b = sum Z.sub a b

let mul a b =
  if is_real a && is_real b then reduce (Z.mul a.num b.num) (Z.mul a.den b.den) else infinite (Stdlib.( * ) (sign a) (sign b))

let inv t =
  match Z.sign t.num with 0 -> if is_real t then inf else undef | 1 -> { num = t.den; den = t.num } | _ -> { num = Z.neg t.den; den = Z.neg t.num }

(* The inverse of an infinite number is 0. *)
let inv t = if is_real t then inv t else if Z.sign t.num = 0 then undef else zero
let div a b = mul a (inv b)
let power_of_two count = Z.shift_left Z.one count
let rec mul_2exp t count = if count < 0 then div_2exp t (-count) else if is_real t then reduce (Z.shift_left t.num count) t.den else t
and div_2exp t count = if count < 0 then mul_2exp t (-count) else if is_real t then reduce t.num (Z.mul t.den (power_of_two count)) else t

(* {1 Ordering} *)

let compare a b =
  match (is_real a, is_real b) with
  | true, true -> if Z.equal a.den b.den then Z.compare a.num b.num else Z.compare (Z.mul a.num b.den) (Z.mul b.num a.den)
  | false, false -> (
    match (Z.sign a.num, Z.sign b.num) with 0, 0 -> 0 | 0, _ -> -1 | _, 0 -> 1 | x, y -> Stdlib.compare x y)
  | false, true -> if Z.sign a.num > 0 then 1 else -1
  | true, false -> if Z.sign b.num > 0 then -1 else 1

let is_undef t = (not (is_real t)) && Z.sign t.num = 0
let equal a b = Z.equal a.num b.num && Z.equal a.den b.den && not (is_undef a)
let ordered f a b = (not (is_undef a || is_undef b)) && f (compare a b)
let leq a b = ordered (fun order -> order <= 0) a b
let geq a b = ordered (fun order -> order >= 0) a b
let lt a b = ordered (fun order -> order < 0) a b
let gt a b = ordered (fun order -> order > 0) a b
let min a b = if compare a b <= 0 then a else b
let max a b = if compare a b >= 0 then a else b

(* {1 Conversions} *)

let to_bigint t = Z.div t.num t.den
let to_int t = Z.to_int (to_bigint t)
let to_int32 t = Z.to_int32 (to_bigint t)
let to_int64 t = Z.to_int64 (to_bigint t)
let to_nativeint t = Z.to_nativeint (to_bigint t)

let to_string t =
  match classify t with
  | ZERO -> "0"
  | INF -> "+inf"
  | MINF -> "-inf"
  | UNDEF -> "undef"
  | NZERO -> if Z.equal t.den Z.one then Z.to_string t.num else Z.to_string t.num ^ "/" ^ Z.to_string t.den

(* A quotient of 64 bits and what is left decide how 53 bits, or fewer of a subnormal number, are rounded. *)
let to_float t =
  match classify t with
  | ZERO -> 0.
  | INF -> infinity
  | MINF -> neg_infinity
  | UNDEF -> nan
  | NZERO ->
    let num = Z.abs t.num in
    let shift = 64 - (Z.numbits num - Z.numbits t.den) in
    (* Bits below the lowest one that a number so small can have must not be rounded twice. *)
    let shift = Stdlib.min shift 1076 in
    let q, r = if shift >= 0 then Z.div_rem (Z.shift_left num shift) t.den else Z.div_rem num (Z.shift_left t.den (-shift)) in
    let magnitude = Float.ldexp (Z.round_to_float q (Z.sign r = 0)) (-shift) in
    if sign t < 0 then -.magnitude else magnitude

let of_float f =
  match classify_float f with
  | FP_nan -> undef
  | FP_infinite -> if f > 0. then inf else minus_inf
  | FP_zero -> zero
  | FP_normal | FP_subnormal ->
    let mantissa, exponent = Float.frexp f in
    mul_2exp (of_bigint (Z.of_float (Float.ldexp mantissa 53))) (exponent - 53)

let power_of_ten n = Z.pow (Z.of_int 10) n
let invalid () = invalid_arg "Q.of_string: invalid digit"

(* Digits with a point and an exponent, of ten or, after 0x, of two. *)
let of_decimal text =
  let hexadecimal = String.length text > 1 && text.[0] = '0' && (text.[1] = 'x' || text.[1] = 'X') in
  let marks = if hexadecimal then [ 'p'; 'P' ] else [ 'e'; 'E' ] in
  let mantissa, exponent =
    match List.find_map (String.index_opt text) marks with
    | None -> (text, 0)
    | Some i -> (String.sub text 0 i, Z.to_int (Z.of_substring text ~pos:(i + 1) ~len:(String.length text - i - 1)))
  in
  let digits, below =
    match String.index_opt mantissa '.' with
    | None -> (mantissa, 0)
    | Some i ->
      let fraction = String.sub mantissa (i + 1) (String.length mantissa - i - 1) in
      if String.contains fraction '.' then invalid ();
      (String.sub mantissa 0 i ^ fraction, String.fold_left (fun count c -> if c = '_' then count else Stdlib.( + ) count 1) 0 fraction)
  in
  (* Other prefixes are those of integers only. *)
  let n = if hexadecimal || String.equal digits text then Z.of_string digits else Z.of_string_base 10 digits in
  if hexadecimal then mul_2exp (of_bigint n) (exponent - (4 * below))
  else
    let exponent = exponent - below in
    if exponent >= 0 then of_bigint (Z.mul n (power_of_ten exponent)) else make n (power_of_ten (-exponent))

let of_string text =
  let rest from = String.sub text from (String.length text - from) in
  match String.index_opt text '/' with
  | Some i -> make (Z.of_substring text ~pos:0 ~len:i) (Z.of_string (rest (i + 1)))
  | None -> (
    match text with
    | "inf" | "+inf" -> inf
    | "-inf" -> minus_inf
    | "undef" -> undef
    | _ -> if text <> "" && text.[0] = '-' then neg (of_decimal (rest 1)) else if text <> "" && text.[0] = '+' then of_decimal (rest 1) else of_decimal text)

(* {1 Printing} *)

let print t = print_string (to_string t)
let output channel t = output_string channel (to_string t)
let sprint () t = to_string t
let bprint buffer t = Buffer.add_string buffer (to_string t)
let pp_print ppf t = Format.pp_print_string ppf (to_string t)

(* {1 Operators} *)

let ( ~- ) = neg
let ( ~+ ) t = t
let ( + ) = add
let ( - ) = sub
let ( * ) = mul
let ( / ) = div
let ( lsl ) = mul_2exp
let ( asr ) = div_2exp
let ( ~$ ) = of_int
let ( // ) = of_ints
let ( ~$$ ) = of_bigint
let ( /// ) = make
let ( = ) = equal
let ( < ) = lt
let ( > ) = gt
let ( <= ) = leq
let ( >= ) = geq
let ( <> ) a b = not (equal a b)
