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

external same_truth : bool -> bool -> bool = "%equal"

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
    if y =. 2. then x *. x else if y =. 0.5 then sqrt x else if y =. -1. then 1. /. x else positive x y
  else if not (is_integer y) then (x -. x) /. (x -. x)
  else begin
    let result = if x =. -1. then 1. else positive (-.x) y in
    if is_odd y then -.result else result
  end

(* {1 Roots} *)

(* A first guess whose exponent is a third of the argument's, made better by Halley's steps, and a last step in twice the precision. *)
let cbrt x =
  let a = abs_float x in
  if x =. 0. || x <>. x || a =. infinity then x
  else begin
    let m, e = Primitives_float.decompose a in
    (* a = y 2^(3 q), y in [1/2, 8). *)
    let e = e + 53 in
    let q = if e >= 0 then e / 3 else -((2 - e) / 3) in
    let y = Primitives_float.ldexp (float_of_int m) (e - (3 * q) - 53) in
    let step t =
      let cube = t *. t *. t in
      t *. (cube +. y +. y) /. (cube +. cube +. y)
    in
    let t = step (step (step (step (0.7 +. (y *. 0.2))))) in
    let cube = D.mul_float (D.product t t) t in
    let error = y -. cube.h -. cube.l in
    let t' = t +. (error /. (3. *. t *. t)) in
    Primitives_float.copysign (Primitives_float.ldexp t' q) x
  end

let hypot x y =
  let a = abs_float x and b = abs_float y in
  if a =. infinity || b =. infinity then infinity
  else if x <>. x || y <>. y then x +. y
  else begin
    let large = if a >=. b then a else b and small = if a >=. b then b else a in
    if small =. 0. then large
    else if large >=. small *. 0x1p60 then large +. small
    else begin
      let shift = if large >. 0x1p500 then -600 else if small <. 0x1p-450 then 600 else 0 in
      let large = if shift = 0 then large else Primitives_float.ldexp large shift in
      let small = if shift = 0 then small else Primitives_float.ldexp small shift in
      let root = D.sqrt (D.add (D.product large large) (D.product small small)) in
      if shift = 0 then D.to_float root
      else begin
        let e = Primitives_float.biased root.h - 1023 in
        Primitives_exponential.scaled (D.make (Primitives_float.ldexp root.h (-e)) (Primitives_float.ldexp root.l (-e))) (e - shift)
      end
    end
  end

let caml_power_float x y = pow x y [@@primitive "caml_power_float"]
let caml_cbrt_float x = cbrt x [@@primitive "caml_cbrt_float"]
let caml_hypot_float x y = hypot x y [@@primitive "caml_hypot_float"]
