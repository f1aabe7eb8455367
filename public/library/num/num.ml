(* Rational numbers of any size. *)

open Big_int
open Ratio

type num = Int of int | Big_int of big_int | Ratio of ratio

let num_of_big_int b = if is_int_big_int b then Int (int_of_big_int b) else Big_int b
let num_of_ratio r = if is_integer_ratio r then num_of_big_int (numerator_ratio r) else Ratio r
let num_of_int n = if n = min_int then Big_int (big_int_of_int n) else Int n
let ratio_of_num = function Int n -> ratio_of_int n | Big_int b -> ratio_of_big_int b | Ratio r -> r

(* An operation on integers when both are, else on rationals. *)
let on_both integers ratios a b =
  match (a, b) with
  | Int m, Int n -> num_of_big_int (integers (big_int_of_int m) (big_int_of_int n))
  | Int m, Big_int b -> num_of_big_int (integers (big_int_of_int m) b)
  | Big_int a, Int n -> num_of_big_int (integers a (big_int_of_int n))
  | Big_int a, Big_int b -> num_of_big_int (integers a b)
  | _ -> num_of_ratio (ratios (ratio_of_num a) (ratio_of_num b))

(* Small integers whose sum or product cannot be too large need no large ones. *)
let small = 1 lsl 30
let is_small n = n > -small && n < small
let add_num a b = match (a, b) with Int m, Int n when is_small m && is_small n -> Int (m + n) | _ -> on_both add_big_int add_ratio a b
let ( +/ ) = add_num
let minus_num = function Int n -> if n = min_int then num_of_big_int (minus_big_int (big_int_of_int n)) else Int (-n) | Big_int b -> num_of_big_int (minus_big_int b) | Ratio r -> Ratio (minus_ratio r)
let sub_num a b = match (a, b) with Int m, Int n when is_small m && is_small n -> Int (m - n) | _ -> on_both sub_big_int sub_ratio a b
let ( -/ ) = sub_num
let mult_num a b = match (a, b) with Int m, Int n when is_small m && is_small n -> Int (m * n) | _ -> on_both mult_big_int mult_ratio a b
let ( */ ) = mult_num
let square_num a = mult_num a a

let div_num a b =
  match (a, b) with
  | Ratio _, _ | _, Ratio _ -> num_of_ratio (div_ratio (ratio_of_num a) (ratio_of_num b))
  | _ -> num_of_ratio (create_ratio (numerator_ratio (ratio_of_num a)) (numerator_ratio (ratio_of_num b)))

let ( // ) = div_num
let floor_num = function Ratio r -> num_of_big_int (floor_ratio r) | n -> n
let round_num = function Ratio r -> num_of_big_int (round_ratio r) | n -> n
let ceiling_num = function Ratio r -> num_of_big_int (ceiling_ratio r) | n -> n
let integer_num = function Ratio r -> num_of_big_int (integer_ratio r) | n -> n
let is_integer_num = function Ratio r -> is_integer_ratio r | _ -> true
let sign_num = function Int n -> compare n 0 | Big_int b -> sign_big_int b | Ratio r -> sign_ratio r

(* The remainder is not negative. *)
let quo_num a b =
  match (a, b) with
  | Ratio _, _ | _, Ratio _ ->
      let quotient = div_num a b in
      if sign_num b >= 0 then floor_num quotient else ceiling_num quotient
  | _ -> on_both div_big_int div_ratio a b

let mod_num a b = match (a, b) with Ratio _, _ | _, Ratio _ -> sub_num a (mult_num b (quo_num a b)) | _ -> on_both mod_big_int div_ratio a b

let power_num a = function
  | Ratio _ -> invalid_arg "power_num"
  | n -> (
      let exponent = numerator_ratio (ratio_of_num n) in
      let positive = abs_big_int exponent in
      match (a, sign_big_int exponent) with
      | _, 0 -> Int 1
      | (Int _ | Big_int _), 1 -> num_of_big_int (power_big_int_positive_big_int (numerator_ratio (ratio_of_num a)) positive)
      | (Int _ | Big_int _), _ -> num_of_ratio (create_normalized_ratio unit_big_int (power_big_int_positive_big_int (numerator_ratio (ratio_of_num a)) positive))
      | Ratio r, 1 -> Ratio (power_ratio_positive_big_int r positive)
      | Ratio r, _ -> num_of_ratio (power_ratio_positive_big_int (inverse_ratio r) positive))

let ( **/ ) = power_num
let abs_num a = if sign_num a < 0 then minus_num a else a
let succ_num a = add_num a (Int 1)
let pred_num a = sub_num a (Int 1)
let incr_num r = r := succ_num !r
let decr_num r = r := pred_num !r

let compare_num a b =
  match (a, b) with
  | Int m, Int n -> compare m n
  | _ -> compare_ratio (ratio_of_num a) (ratio_of_num b)

let eq_num a b = compare_num a b = 0
let lt_num a b = compare_num a b < 0
let le_num a b = compare_num a b <= 0
let gt_num a b = compare_num a b > 0
let ge_num a b = compare_num a b >= 0
let ( =/ ) = eq_num
let ( </ ) = lt_num
let ( >/ ) = gt_num
let ( <=/ ) = le_num
let ( >=/ ) = ge_num
let ( <>/ ) a b = not (eq_num a b)
let max_num a b = if lt_num a b then b else a
let min_num a b = if gt_num a b then b else a
let string_of_num = function Int n -> string_of_int n | Big_int b -> string_of_big_int b | Ratio r -> string_of_ratio r
let approx_num_fix places a = approx_ratio_fix places (ratio_of_num a)
let approx_num_exp places a = approx_ratio_exp places (ratio_of_num a)
let num_of_string s = match ratio_of_string s with r when null_denominator r -> failwith "num_of_string" | r -> num_of_ratio r | exception Failure _ -> failwith "num_of_string"
let num_of_string_opt s = match num_of_string s with n -> Some n | exception Failure _ -> None
let int_of_num = function Int n -> n | Big_int b -> int_of_big_int b | Ratio r -> int_of_ratio r
let optional f a = match f a with v -> Some v | exception Failure _ -> None
let int_of_num_opt a = optional int_of_num a
let big_int_of_num = function Int n -> big_int_of_int n | Big_int b -> b | Ratio r -> big_int_of_ratio r
let big_int_of_num_opt a = optional big_int_of_num a
let nat_of_num a = nat_of_ratio (ratio_of_num a)
let nat_of_num_opt a = optional nat_of_num a
let num_of_nat n = num_of_big_int (big_int_of_nat n)
let float_of_num = function Int n -> float_of_int n | Big_int b -> float_of_big_int b | Ratio r -> float_of_ratio r
