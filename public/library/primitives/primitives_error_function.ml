(* The error function and its complement, in double-double arithmetic: a series of positive terms below 2, a continued fraction above
   (Abramowitz, Stegun, 7.1.6 and 7.1.14). *)

open Primitives_base
module D = Primitives_double_double

let two_over_sqrt_pi = D.make 0x1.20dd750429b6dp+0 0x1.1ae3a914fed8p-56
let one_over_sqrt_pi = D.make 0x1.20dd750429b6dp-1 0x1.1ae3a914fed8p-57

(* e^(-x^2) as a number near 1 and the power of two to multiply with. *)
let[@inline always] gaussian x =
  let square = D.neg (D.product x x) in
  (Primitives_exponential.mantissa square.h square.l, Primitives_exponential.exponent_of square.h)

(* Terms 2^n x^(2n+1) / (1 3 5 ... (2n+1)), until they do not matter. *)
let rec series sum term square n =
  let term = D.div_float (D.mul term square) n in
  let sum = D.add sum term in
  if term.h <. sum.h *. 0x1p-75 then sum else series sum term square (n +. 2.)

(* erf x for 0 < x <= 2. *)
let small x =
  let square = D.scale (D.product x x) 2. in
  let sum = series (D.of_float x) (D.of_float x) square 3. in
  let g, k = gaussian x in
  D.scale (D.mul (D.mul sum g) two_over_sqrt_pi) (Primitives_exponential.power_of_two k)

let rec fraction x n below =
  if n =. 0. then below else fraction x (n -. 1.) (D.add_float (D.div (D.of_float (n *. 0.5)) below) x)

(* erfc x for x > 2, as a number near 1 and a power of two. *)
let large x =
  let terms = if x <. 2.5 then 110. else if x <. 3.5 then 80. else if x <. 5. then 50. else if x <. 10. then 30. else 16. in
  let denominator = fraction x terms (D.of_float x) in
  let g, k = gaussian x in
  let q = D.div (D.mul g one_over_sqrt_pi) denominator in
  let e = Primitives_float.biased q.h - 1023 in
  let unit = Primitives_exponential.power_of_two (-e) in
  (D.scale q unit, k + e)

let erf x =
  let a = abs_float x in
  if x <>. x || x =. 0. then x
  else if a <. 0x1p-36 then begin
    (* Up and down again, so that subnormal results are rounded once. *)
    let y = D.mul_float two_over_sqrt_pi (x *. 0x1p100) in
    D.to_float y *. 0x1p-100
  end
  else if a <=. 2. then Primitives_float.copysign (D.to_float (small a)) x
  else if a <. 6. then begin
    let c, k = large a in
    let c = D.scale c (Primitives_exponential.power_of_two k) in
    Primitives_float.copysign (D.to_float (D.sub (D.of_float 1.) c)) x
  end
  else Primitives_float.copysign 1. x

let erfc x =
  if x <>. x then x
  else if abs_float x <. 0x1p-60 then 1. -. x
  else if x >. 27.3 then 0.
  else if x >. 2. then begin
    let c, k = large x in
    Primitives_exponential.scaled c k
  end
  else if x >=. -2. then begin
    let e = if abs_float x <. 0x1p-28 then D.mul_float two_over_sqrt_pi (abs_float x) else small (abs_float x) in
    D.to_float (D.add_float (if x >. 0. then D.neg e else e) 1.)
  end
  else if x >. -6. then begin
    let c, k = large (-.x) in
    D.to_float (D.sub (D.of_float 2.) (D.scale c (Primitives_exponential.power_of_two k)))
  end
  else 2.

let caml_erf_float x = erf x [@@primitive "caml_erf_float"]
let caml_erfc_float x = erfc x [@@primitive "caml_erfc_float"]
