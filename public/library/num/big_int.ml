(* Integers of any size. *)

type big_int = Z.t

let zero_big_int = Z.zero
let unit_big_int = Z.one
let minus_big_int = Z.neg
let abs_big_int = Z.abs
let add_big_int = Z.add
let succ_big_int = Z.succ
let add_int_big_int n b = Z.add (Z.of_int n) b
let sub_big_int = Z.sub
let pred_big_int = Z.pred
let mult_big_int = Z.mul
let mult_int_big_int n b = Z.mul (Z.of_int n) b
let square_big_int b = Z.mul b b
let sqrt_big_int b = if Z.sign b < 0 then invalid_arg "sqrt_big_int" else Z.sqrt b

(* The remainder is not negative. *)
let quomod_big_int a b = if Z.sign b = 0 then raise Division_by_zero else Z.ediv_rem a b
let div_big_int a b = fst (quomod_big_int a b)
let mod_big_int a b = snd (quomod_big_int a b)
let gcd_big_int = Z.gcd
let sign_big_int = Z.sign
let compare_big_int = Z.compare
let eq_big_int = Z.equal
let le_big_int = Z.leq
let ge_big_int = Z.geq
let lt_big_int = Z.lt
let gt_big_int = Z.gt
let max_big_int a b = if Z.geq a b then a else b
let min_big_int a b = if Z.leq a b then a else b

(* Powers that do not fit are only those of 0, 1 and -1. *)
let power name base exponent =
  if Z.sign exponent < 0 then invalid_arg name
  else if Z.sign base = 0 || Z.equal base Z.one then if Z.sign exponent = 0 then Z.one else base
  else if Z.equal base Z.minus_one then if Z.is_even exponent then Z.one else base
  else if Z.fits_int exponent then Z.pow base (Z.to_int exponent)
  else raise Out_of_memory

let power_int_positive_int a n = power "power_int_positive_int" (Z.of_int a) (Z.of_int n)
let power_big_int_positive_int a n = power "power_big_int_positive_int" a (Z.of_int n)
let power_int_positive_big_int a n = power "power_int_positive_big_int" (Z.of_int a) n
let power_big_int_positive_big_int a n = power "power_big_int_positive_big_int" a n
let num_bits_big_int b = Z.numbits b

(* Words of 64 bits. *)
let num_digits_big_int b = max 1 ((num_bits_big_int b + 63) / 64)
let string_of_big_int = Z.to_string

(* A sign, a base as OCaml has them, digits; underscores after the first digit and spaces mean nothing. *)
let parse s =
  let length = String.length s in
  let start = if length > 0 && (s.[0] = '-' || s.[0] = '+') then 1 else 0 in
  if start >= length then failwith "sys_big_int_of_string";
  let base, start =
    if start + 2 < length && s.[start] = '0' then
      match s.[start + 1] with 'x' | 'X' -> (16, start + 2) | 'o' | 'O' -> (8, start + 2) | 'b' | 'B' -> (2, start + 2) | _ -> (10, start)
    else (10, start)
  in
  let digits = Buffer.create length in
  for i = start to length - 1 do
    let value = match s.[i] with '0' .. '9' as c -> Char.code c - 48 | 'a' .. 'f' as c -> Char.code c - 87 | 'A' .. 'F' as c -> Char.code c - 55 | '_' when i > start -> -1 | ' ' | '\t' | '\n' | '\r' -> -1 | _ -> 99 in
    if value >= base then failwith "invalid digit";
    if value >= 0 then Buffer.add_char digits s.[i]
  done;
  let n = if Buffer.length digits = 0 then Z.zero else Z.of_string_base base (Buffer.contents digits) in
  if s.[0] = '-' then Z.neg n else n

let sys_big_int_of_string s from length = parse (String.sub s from length)
let big_int_of_string = parse
let big_int_of_string_opt s = match parse s with n -> Some n | exception Failure _ -> None
let big_int_of_int = Z.of_int
let is_int_big_int b = Z.fits_int b && not (Z.equal b (Z.of_int min_int))
let to_int name fits convert b = if fits b then convert b else failwith name
let optional fits convert b = if fits b then Some (convert b) else None
let int_of_big_int b = to_int "int_of_big_int" Z.fits_int Z.to_int b
let int_of_big_int_opt b = optional Z.fits_int Z.to_int b
let big_int_of_int32 = Z.of_int32
let big_int_of_nativeint = Z.of_nativeint
let big_int_of_int64 = Z.of_int64
let int32_of_big_int b = if Z.fits_int64 b then to_int "int32_of_big_int" Z.fits_int32 Z.to_int32 b else failwith "nativeint_of_big_int"
let int32_of_big_int_opt b = optional Z.fits_int32 Z.to_int32 b
let nativeint_of_big_int b = to_int "nativeint_of_big_int" Z.fits_nativeint Z.to_nativeint b
let nativeint_of_big_int_opt b = optional Z.fits_nativeint Z.to_nativeint b
let int64_of_big_int b = to_int "nativeint_of_big_int" Z.fits_int64 Z.to_int64 b
let int64_of_big_int_opt b = optional Z.fits_int64 Z.to_int64 b
let float_of_big_int = Z.to_float
let not_negative name a = if Z.sign a < 0 then invalid_arg name

let and_big_int a b =
  not_negative "and_big_int" a;
  not_negative "and_big_int" b;
  Z.logand a b

let or_big_int a b =
  not_negative "or_big_int" a;
  not_negative "or_big_int" b;
  Z.logor a b

let xor_big_int a b =
  not_negative "xor_big_int" a;
  not_negative "xor_big_int" b;
  Z.logxor a b

let shift name shift b n = if n < 0 then invalid_arg name else shift b n
let shift_left_big_int b n = shift "shift_left_big_int" Z.shift_left b n
let shift_right_big_int b n = shift "shift_right_big_int" Z.shift_right b n
let shift_right_towards_zero_big_int b n = shift "shift_right_towards_zero_big_int" Z.shift_right_trunc b n
let extract_big_int b at count = if at < 0 || count < 0 then invalid_arg "extract_big_int" else if count = 0 then Z.zero else Z.extract b at count
let nat_of_big_int b = if Z.sign b < 0 then failwith "nat_of_big_int" else b
let big_int_of_nat n = n
let base_power_big_int base n b = if n >= 0 then Z.mul b (Z.pow (Z.of_int base) n) else div_big_int b (Z.pow (Z.of_int base) (-n))

(* Adding one may carry over every digit. *)
let round_futur_last_digit digits start length =
  let last = start + length - 1 in
  let rec carry i =
    i < start
    || match Bytes.get digits i with
       | '9' -> Bytes.set digits i '0'; carry (i - 1)
       | digit -> Bytes.set digits i (Char.chr (Char.code digit + 1)); false
  in
  Bytes.get digits last >= '5' && carry (last - 1)

(* The digits from the first on, of which one more than asked for decides how they are rounded. After a carry the exponent is one
   too large, as it is with the library that this one stands for. *)
let approx_big_int precision b =
  let digits = Bytes.of_string (Z.to_string b) in
  let first = if Z.sign b < 0 then 1 else 0 in
  let exponent = Bytes.length digits - first - 1 in
  let carried = round_futur_last_digit digits first (precision + 1) in
  let sign = if first = 1 then "-" else "" in
  if carried then Printf.sprintf "%s1.%se%d" sign (Bytes.sub_string digits first precision) (exponent + 2)
  else Printf.sprintf "%s%c.%se%d" sign (Bytes.get digits first) (Bytes.sub_string digits (first + 1) (precision - 1)) exponent

(* A further bit stands for all that is known to be below. *)
let round_big_int_to_float b exact =
  let twice = Z.shift_left b 1 in
  ldexp (Z.to_float (if exact then twice else Z.logor twice Z.one)) (-1)
