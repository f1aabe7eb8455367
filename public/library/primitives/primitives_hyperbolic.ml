(* e^x - 1 and ln (1 + x), and the hyperbolic functions and their inverses, which are made of them.

   The methods are those that C libraries have in common since fdlibm (K. C. Ng, 1993), step by step: their results are not always the
   doubles nearest to the true ones, and programs print the last digits. *)

open Primitives_base

let ln2_high = 0x1.62e42feep-1
let ln2_low = 0x1.a39ef35793c76p-33
let ln2 = 0x1.62e42fefa39efp-1

(* Polynomials two terms at a time, as processors with several units like it. *)
let[@inline always] pair a b z = a +. (z *. b)

(* y 2^k, where neither is near the ends of the range. *)
let[@inline always] scale y k =
  let k = I64.of_int k in
  float_of_bits I64.(float_bits y + (k lsl 52))

(* {1 e^x - 1} *)

(* For x = r + c + k ln 2, |r| at most ln 2 / 2, c what r lacks. *)
let expm1_reduced r c k =
  let half = 0.5 *. r in
  let z = r *. half in
  let z2 = z *. z in
  let p =
    pair 1. (-0x1.11111111110f4p-5) z
    +. (z2 *. pair 0x1.a01a019fe5585p-10 (-0x1.4ce199eaadbb7p-14) z)
    +. (z2 *. z2 *. pair 0x1.0cfca86e65239p-18 (-0x1.afdb76e09c32dp-23) z)
  in
  let t = 3. -. (p *. half) in
  let e = z *. ((p -. t) /. (6. -. (r *. t))) in
  if k = 0 then r -. ((r *. e) -. z)
  else begin
    let e = (r *. (e -. c)) -. c -. z in
    if k = -1 then (0.5 *. (r -. e)) -. 0.5
    else if k = 1 then if r <. -0.25 then -2. *. (e -. (r +. 0.5)) else 1. +. (2. *. (r -. e))
    else if k <= -2 || k > 56 then
      (* 2^1024 is no number of its own. *)
      if k = 1024 then ((1. -. (e -. r)) *. 2. *. 0x1p1023) -. 1. else scale (1. -. (e -. r)) k -. 1.
    else if k < 20 then scale (1. -. Primitives_exponential.power_of_two (-k) -. (e -. r)) k
    else scale (r -. (e +. Primitives_exponential.power_of_two (-k)) +. 1.) k
  end

let expm1 x =
  let a = abs_float x in
  if a <. 0x1p-54 || x <>. x then x
  else if x >. 0x1.62e42fefa39efp+9 then infinity
  else if x <=. -0x1.3687ap+5 then -1.
  else if a <. 0x1.62e43p-2 then expm1_reduced x 0. 0
  else begin
    let k =
      if a <. 0x1.0a2b2p+0 then if x >. 0. then 1 else -1
      else int_of_float ((0x1.71547652b82fep+0 *. x) +. if x <. 0. then -0.5 else 0.5)
    in
    let n = float_of_int k in
    let high = x -. (n *. ln2_high) and low = n *. ln2_low in
    let r = high -. low in
    expm1_reduced r (high -. r -. low) k
  end

(* {1 ln (1 + x)} *)

(* k ln 2 + ln (1 + f) + c. *)
let log1p_reduced f c k =
  let half_square = 0.5 *. f *. f in
  let n = float_of_int k in
  if k <> 0 && f <. 0x1p-20 && f >=. -0x1.8p-20 then
    if f =. 0. then (n *. ln2_high) +. (c +. (n *. ln2_low))
    else begin
      let r = half_square *. (1. -. (0.66666666666666666 *. f)) in
      (n *. ln2_high) -. (r -. ((n *. ln2_low) +. c) -. f)
    end
  else begin
    let s = f /. (2. +. f) in
    let z = s *. s in
    let z2 = z *. z in
    let z4 = z2 *. z2 in
    let r =
      (z *. 0x1.5555555555593p-1)
      +. (z2 *. pair 0x1.999999997fa04p-2 0x1.2492494229359p-2 z)
      +. (z4 *. pair 0x1.c71c51d8e78afp-3 0x1.7466496cb03dep-3 z)
      +. (z4 *. z2 *. pair 0x1.39a09d078c69fp-3 0x1.2f112df3e5244p-3 z)
    in
    if k = 0 then f -. (half_square -. (s *. (half_square +. r)))
    else (n *. ln2_high) -. (half_square -. ((s *. (half_square +. r)) +. ((n *. ln2_low) +. c)) -. f)
  end

let log1p x =
  if abs_float x <. 0x1p-29 then if abs_float x <. 0x1p-54 then x else x -. (x *. x *. 0.5)
  else if x <=. -1. then if x =. -1. then neg_infinity else (x -. x) /. 0.
  else if x <>. x || x =. infinity then x
  else if x >. -0x1.2bec4p-2 && x <. 0x1.a827ap-2 then log1p_reduced x 0. 0
  else begin
    let whole = x >=. 0x1p53 in
    let u = if whole then x else 1. +. x in
    let k = I64.to_int I64.(float_bits u lsr 52) - 1023 in
    let c = if whole then 0. else (if k > 0 then 1. -. (u -. x) else x -. (u -. 1.)) /. u in
    (* u 2^-k from sqrt 1/2 to sqrt 2. *)
    let k = if I64.to_int I64.(float_bits u lsr 32) land 0xfffff < 0x6a09e then k else k + 1 in
    log1p_reduced (scale u (-k) -. 1.) c k
  end

(* {1 Hyperbolic functions} *)

let largest_log = 0x1.62e42p+9

(* e^a / 2 for a from 22 on. *)
let half_exp a =
  if a <. largest_log then 0.5 *. Primitives_exponential.exp a
  else if a <=. 0x1.633ce8fb9f87dp+9 then begin
    let root = Primitives_exponential.exp (0.5 *. a) in
    0.5 *. root *. root
  end
  else infinity

let sinh x =
  let a = abs_float x in
  if a <. 0x1p-28 || x <>. x then x
  else begin
    let half = if x <. 0. then -0.5 else 0.5 in
    if a <. 22. then begin
      let t = expm1 a in
      if a <. 1. then half *. ((2. *. t) -. (t *. t /. (t +. 1.))) else half *. (t +. (t /. (t +. 1.)))
    end
    else Primitives_float.copysign (half_exp a) x
  end

let cosh x =
  let a = abs_float x in
  if x <>. x then x
  else if a <. 0x1.62e43p-2 then begin
    let t = expm1 a in
    let w = 1. +. t in
    if a <. 0x1p-55 then w else 1. +. (t *. t /. (w +. w))
  end
  else if a <. 22. then begin
    let t = Primitives_exponential.exp a in
    (0.5 *. t) +. (0.5 /. t)
  end
  else half_exp a

let tanh x =
  let a = abs_float x in
  if a <. 0x1p-55 || x <>. x then x
  else begin
    let y =
      if a >=. 22. then 1.
      else if a >=. 1. then 1. -. (2. /. (expm1 (2. *. a) +. 2.))
      else begin
        let t = expm1 (-2. *. a) in
        -.t /. (t +. 2.)
      end
    in
    Primitives_float.copysign y x
  end

(* {1 Inverse hyperbolic functions} *)

let log = Primitives_logarithm.log

let asinh x =
  let a = abs_float x in
  if a <. 0x1p-28 || x <>. x || a =. infinity then x
  else begin
    let y =
      if a >=. 0x1.00001p28 then log a +. ln2
      else if a >=. 0x1.00001p1 then log ((2. *. a) +. (1. /. (sqrt ((a *. a) +. 1.) +. a)))
      else begin
        let t = a *. a in
        log1p (a +. (t /. (1. +. sqrt (1. +. t))))
      end
    in
    Primitives_float.copysign y x
  end

let acosh x =
  if x >=. 0x1p28 then if x =. infinity then x else log x +. ln2
  else if x >. 2. then log ((2. *. x) -. (1. /. (x +. sqrt ((x *. x) -. 1.))))
  else if x >. 1. then begin
    let t = x -. 1. in
    log1p (t +. sqrt ((2. *. t) +. (t *. t)))
  end
  else if x =. 1. then 0.
  else (x -. x) /. (x -. x)

let atanh x =
  let a = abs_float x in
  if a <. 0x1p-28 || x <>. x then x
  else if a <. 1. then begin
    let twice = a +. a in
    let y = if a <. 0.5 then log1p (twice +. (twice *. a /. (1. -. a))) else log1p (twice /. (1. -. a)) in
    Primitives_float.copysign (0.5 *. y) x
  end
  else if a =. 1. then x /. 0.
  else (x -. x) /. (x -. x)

let caml_expm1_float x = expm1 x [@@primitive "caml_expm1_float"]
let caml_log1p_float x = log1p x [@@primitive "caml_log1p_float"]
let caml_sinh_float x = sinh x [@@primitive "caml_sinh_float"]
let caml_cosh_float x = cosh x [@@primitive "caml_cosh_float"]
let caml_tanh_float x = tanh x [@@primitive "caml_tanh_float"]
let caml_asinh_float x = asinh x [@@primitive "caml_asinh_float"]
let caml_acosh_float x = acosh x [@@primitive "caml_acosh_float"]
let caml_atanh_float x = atanh x [@@primitive "caml_atanh_float"]
