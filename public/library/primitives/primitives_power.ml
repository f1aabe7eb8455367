(* Powers and roots: pow, cbrt, hypot. *)

open Primitives_base
module D = Primitives_double_double

let is_integer x = Primitives_float.trunc x =. x
let is_odd y = abs_float y <. 0x1p53 && is_integer y && int_of_float y land 1 = 1

(* x^y for positive finite x other than 1 and finite y other than 0. *)
let positive x y =
  let small = x <. 0x1p-1022 in
  let x = if small then x *. 0x1p54 else x in
  let f = Primitives_logarithm.mantissa x 0. in
  let k = float_of_int (if small then Primitives_logarithm.exponent x - 54 else Primitives_logarithm.exponent x) in
  let s = D.sum (k *. Primitives_logarithm.ln2_high) f.h in
  let log = D.quick_sum s.h (s.l +. (f.l +. (k *. Primitives_logarithm.ln2_low))) in
  let estimate = log.h *. y in
  if estimate >. 710. then infinity
  else if estimate <. -746. then 0.
  else if abs_float estimate <. 0x1p-55 then 1. +. estimate
  else begin
    let e = D.mul_float log y in
    Primitives_exponential.scaled (Primitives_exponential.mantissa e.h e.l) (Primitives_exponential.exponent_of e.h)
  end

let rec without_zeros m zeros = if m land 1 = 0 then without_zeros (m lsr 1) (zeros + 1) else (m, zeros)
let rec integer_power m n = if n = 1 then m else if n land 1 = 1 then m * integer_power m (n - 1) else integer_power (m * m) (n lsr 1)

(* x^y where it is so short a number that it may lie in the middle between two doubles: a whole y from 2 on, few bits in x. *)
let short x y =
  if y >=. 2. && y <=. 61. && is_integer y then begin
    let m, e = Primitives_float.decompose x in
    let m, zeros = without_zeros m 0 in
    let n = int_of_float y in
    let e = (e + zeros) * n in
    if m > 1 && Primitives_float.bit_length m 0 * n <= 62 && e > -1000 && e < 960 then Primitives_float.ldexp (float_of_int (integer_power m n)) e else 0.
  end
  else 0.

external same_truth : bool -> bool -> bool = "%equal"

let finite x y =
  let exact = short x y in
  if exact >. 0. then exact else positive x y

let pow x y =
  if y =. 0. || x =. 1. then 1.
  else if x <>. x || y <>. y then x +. y
  else if y =. 1. then x
  else if abs_float y =. infinity then begin
    let a = abs_float x in
    if a =. 1. then 1. else if same_truth (a >. 1.) (y >. 0.) then infinity else 0.
  end
  else if x =. 0. || abs_float x =. infinity then begin
    let large = abs_float x =. infinity in
    let result = if same_truth large (y >. 0.) then infinity else 0. in
    if is_odd y then Primitives_float.copysign result x else result
  end
  else if x >. 0. then
    (* Correctly rounded, and frequent. *)
    if y =. 2. then x *. x else if y =. 0.5 then sqrt x else if y =. -1. then 1. /. x else finite x y
  else if not (is_integer y) then (x -. x) /. (x -. x)
  else begin
    let result = if x =. -1. then 1. else finite (-.x) y in
    if is_odd y then -.result else result
  end

(* {1 Roots} *)

(* The steps of the GNU C library for both, which are not always exact in the last bit: programs print it. *)

let cube_root_of_2 = 0x1.428a2f98d728bp+0
let cube_root_of_4 = 0x1.965fea53d6e3dp+0

(* x = m 2^e with m from 0.5 to 1: a polynomial for the cube root of m, and one of Halley's steps. *)
let cbrt x =
  if x =. 0. || x -. x <>. 0. then x
  else begin
    let mantissa, e = Primitives_float.decompose x in
    let m = float_of_int mantissa *. 0x1p-53 and e = e + 53 in
    let u =
      0.354895765043919860
      +. ((1.50819193781584896 -. ((2.11499494167371287 -. ((2.44693122563534430 -. ((1.83469277483613086 -. ((0.784932344976639262 -. (0.145263899385486377 *. m)) *. m)) *. m)) *. m)) *. m)) *. m)
    in
    let cube = u *. u *. u in
    let factor =
      match e mod 3 with
      | 1 -> cube_root_of_2
      | 2 -> cube_root_of_4
      | -1 -> 1. /. cube_root_of_2
      | -2 -> 1. /. cube_root_of_4
      | _ -> 1.
    in
    let root = u *. (cube +. (2. *. m)) /. ((2. *. cube) +. m) *. factor in
    Primitives_float.ldexp (if x >. 0. then root else -.root) (e / 3)
  end

(* a >= b > 0, neither near the ends of the range: a root, and what its square lacks (C. F. Borges, "An improved algorithm for
   hypot (a, b)", 2019). *)
let hypotenuse a b =
  let h = sqrt ((a *. a) +. (b *. b)) in
  let t =
    if h <=. 2. *. b then begin
      let delta = h -. b in
      (a *. ((2. *. delta) -. a)) +. ((delta -. (2. *. (a -. b))) *. delta)
    end
    else begin
      let delta = h -. a in
      (2. *. delta *. (a -. (2. *. b))) +. ((((4. *. delta) -. b) *. b) +. (delta *. delta))
    end
  in
  h -. (t /. (2. *. h))

let hypot x y =
  let x = abs_float x and y = abs_float y in
  if x =. infinity || y =. infinity then infinity
  else if x <>. x || y <>. y then x +. y
  else begin
    let a = if x >=. y then x else y and b = if x >=. y then y else x in
    if a >. 0x1p511 then
      if b <=. a *. 0x1p-54 then a +. b else hypotenuse (a *. 0x1p-600) (b *. 0x1p-600) *. 0x1p600
    else if b <. 0x1p-459 then
      if a >=. b *. 0x1p54 then a +. b else hypotenuse (a *. 0x1p600) (b *. 0x1p600) *. 0x1p-600
    else if b <=. a *. 0x1p-54 then a +. b
    else hypotenuse a b
  end

let caml_power_float x y = pow x y [@@primitive "caml_power_float"]
let caml_cbrt_float x = cbrt x [@@primitive "caml_cbrt_float"]
let caml_hypot_float x y = hypot x y [@@primitive "caml_hypot_float"]
