(* Exponential and hyperbolic functions. The results are rounded from about 66 bits, so that they are the nearest doubles but for about
   one argument in some thousands.

   e^x = 2^(n/64) e^r with n the integer nearest to 64 x / ln 2: a table of 64 powers and a short polynomial. *)

open Primitives_base
module D = Primitives_double_double

external float_at : float array -> int -> float = "%array_unsafe_get"

(* 2^(i/64) as a sum of two doubles, for i from 0 to 63. *)
let powers =
  [|
    0x1p+0; 0x0p+0; 0x1.02c9a3e778061p+0; -0x1.19083535b085dp-56;
    0x1.059b0d3158574p+0; 0x1.d73e2a475b465p-55; 0x1.0874518759bc8p+0; 0x1.186be4bb284ffp-57;
    0x1.0b5586cf9890fp+0; 0x1.8a62e4adc610bp-54; 0x1.0e3ec32d3d1a2p+0; 0x1.03a1727c57b53p-59;
    0x1.11301d0125b51p+0; -0x1.6c51039449b3ap-54; 0x1.1429aaea92dep+0; -0x1.32fbf9af1369ep-54;
    0x1.172b83c7d517bp+0; -0x1.19041b9d78a76p-55; 0x1.1a35beb6fcb75p+0; 0x1.e5b4c7b4968e4p-55;
    0x1.1d4873168b9aap+0; 0x1.e016e00a2643cp-54; 0x1.2063b88628cd6p+0; 0x1.dc775814a8495p-55;
    0x1.2387a6e756238p+0; 0x1.9b07eb6c70573p-54; 0x1.26b4565e27cddp+0; 0x1.2bd339940e9d9p-55;
    0x1.29e9df51fdee1p+0; 0x1.612e8afad1255p-55; 0x1.2d285a6e4030bp+0; 0x1.0024754db41d5p-54;
    0x1.306fe0a31b715p+0; 0x1.6f46ad23182e4p-55; 0x1.33c08b26416ffp+0; 0x1.32721843659a6p-54;
    0x1.371a7373aa9cbp+0; -0x1.63aeabf42eae2p-54; 0x1.3a7db34e59ff7p+0; -0x1.5e436d661f5e3p-56;
    0x1.3dea64c123422p+0; 0x1.ada0911f09ebcp-55; 0x1.4160a21f72e2ap+0; -0x1.ef3691c309278p-58;
    0x1.44e086061892dp+0; 0x1.89b7a04ef80dp-59; 0x1.486a2b5c13cdp+0; 0x1.3c1a3b69062fp-56;
    0x1.4bfdad5362a27p+0; 0x1.d4397afec42e2p-56; 0x1.4f9b2769d2ca7p+0; -0x1.4b309d25957e3p-54;
    0x1.5342b569d4f82p+0; -0x1.07abe1db13cadp-55; 0x1.56f4736b527dap+0; 0x1.9bb2c011d93adp-54;
    0x1.5ab07dd485429p+0; 0x1.6324c054647adp-54; 0x1.5e76f15ad2148p+0; 0x1.ba6f93080e65ep-54;
    0x1.6247eb03a5585p+0; -0x1.383c17e40b497p-54; 0x1.6623882552225p+0; -0x1.bb60987591c34p-54;
    0x1.6a09e667f3bcdp+0; -0x1.bdd3413b26456p-54; 0x1.6dfb23c651a2fp+0; -0x1.bbe3a683c88abp-57;
    0x1.71f75e8ec5f74p+0; -0x1.16e4786887a99p-55; 0x1.75feb564267c9p+0; -0x1.0245957316dd3p-54;
    0x1.7a11473eb0187p+0; -0x1.41577ee04992fp-55; 0x1.7e2f336cf4e62p+0; 0x1.05d02ba15797ep-56;
    0x1.82589994cce13p+0; -0x1.d4c1dd41532d8p-54; 0x1.868d99b4492edp+0; -0x1.fc6f89bd4f6bap-54;
    0x1.8ace5422aa0dbp+0; 0x1.6e9f156864b27p-54; 0x1.8f1ae99157736p+0; 0x1.5cc13a2e3976cp-55;
    0x1.93737b0cdc5e5p+0; -0x1.75fc781b57ebcp-57; 0x1.97d829fde4e5p+0; -0x1.d185b7c1b85d1p-54;
    0x1.9c49182a3f09p+0; 0x1.c7c46b071f2bep-56; 0x1.a0c667b5de565p+0; -0x1.359495d1cd533p-54;
    0x1.a5503b23e255dp+0; -0x1.d2f6edb8d41e1p-54; 0x1.a9e6b5579fdbfp+0; 0x1.0fac90ef7fd31p-54;
    0x1.ae89f995ad3adp+0; 0x1.7a1cd345dcc81p-54; 0x1.b33a2b84f15fbp+0; -0x1.2805e3084d708p-57;
    0x1.b7f76f2fb5e47p+0; -0x1.5584f7e54ac3bp-56; 0x1.bcc1e904bc1d2p+0; 0x1.23dd07a2d9e84p-55;
    0x1.c199bdd85529cp+0; 0x1.11065895048ddp-55; 0x1.c67f12e57d14bp+0; 0x1.2884dff483cadp-54;
    0x1.cb720dcef9069p+0; 0x1.503cbd1e949dbp-56; 0x1.d072d4a07897cp+0; -0x1.cbc3743797a9cp-54;
    0x1.d5818dcfba487p+0; 0x1.2ed02d75b3707p-55; 0x1.da9e603db3285p+0; 0x1.c2300696db532p-54;
    0x1.dfc97337b9b5fp+0; -0x1.1a5cd4f184b5cp-54; 0x1.e502ee78b3ff6p+0; 0x1.39e8980a9cc8fp-55;
    0x1.ea4afa2a490dap+0; -0x1.e9c23179c2893p-54; 0x1.efa1bee615a27p+0; 0x1.dc7f486a4b6bp-54;
    0x1.f50765b6e454p+0; 0x1.9d3e12dd8a18bp-54; 0x1.fa7c1819e90d8p+0; 0x1.74853f3a5931ep-55;
  |]

(* 2^52 * 1.5: adding it rounds to an integer. *)
let rounder = 0x1.8p52

let steps_per_unit = 0x1.71547652b82fep+6

(* ln 2 / 64, its first part short enough that its products with the steps are exact. *)
let step_high = 0x1.62e42fefcp-7
let step_low = -0x1.c610ca86c3899p-43

(* e^(rh + rl) - 1 - rh for |rh| <= 2^-7.5. *)
let[@inline always] polynomial rh rl =
  let tail = 0x1.5555555555555p-5 +. (rh *. (0x1.1111111111111p-7 +. (rh *. (0x1.6c16c16c16c17p-10 +. (rh *. 0x1.a01a01a01a01ap-13))))) in
  (rh *. rh *. (0.5 +. (rh *. (0x1.5555555555555p-3 +. (rh *. tail))))) +. (rl +. (rl *. rh))

(* 2^(n mod 64 / 64) e^(rh + rl). *)
let[@inline always] around n rh rl =
  let i = 2 * (n land 63) in
  let th = float_at powers i and tl = float_at powers (i + 1) in
  let s = polynomial rh rl in
  let p = D.product th rh in
  let v = D.quick_sum th p.h in
  D.quick_sum v.h (v.l +. (p.l +. (tl +. ((th *. s) +. (tl *. rh)))))

let[@inline always] nearest_step x = (x *. steps_per_unit) +. rounder -. rounder

(* The rest of x after [step] (an integer) steps. *)
let[@inline always] rest x step =
  let high = x -. (step *. step_high) and t = step *. step_low in
  let r = high -. t in
  D.make r (high -. r -. t)

(** e^(xh + xl) without the power of two [exponent_of xh]; |xh| below 10^4. *)
let mantissa xh xl =
  let step = nearest_step xh in
  let r = rest xh step in
  around (int_of_float step) r.h (r.l +. xl)

let[@inline always] exponent_of xh = int_of_float (nearest_step xh) asr 6

let power_of_two k =
  let biased = I64.of_int (k + 1023) in
  float_of_bits I64.(biased lsl 52)

(** (h + l) * 2^k rounded once, for a number near 1. *)
let scaled (x : D.t) k =
  if k >= -1022 && k < 1023 then (x.h +. x.l) *. power_of_two k
  else if k >= 1023 then (x.h +. x.l) *. 0x1p1023 *. power_of_two (if k > 1100 then 77 else k - 1023)
  else if k < -1100 then 0x1p-1074 *. 0.25
  else begin
    (* The last bit of a subnormal number is that of this one. *)
    let c = power_of_two (-1074 - k + 52) in
    let s = D.quick_sum c x.h in
    (s.h +. (s.l +. x.l) -. c) *. power_of_two (k + 100) *. 0x1p-100
  end

let exp x =
  if abs_float x <. 0x1p-54 then 1. +. x
  else if x >. 709.79 then if x =. infinity then x else infinity
  else if x <. -745.2 then 0.
  else if x <>. x then x
  else begin
    let step = nearest_step x in
    let n = int_of_float step in
    let r = rest x step in
    scaled (around n r.h r.l) (n asr 6)
  end

let exp2 x =
  if x >=. 1024. then infinity
  else if x <. -1075. then 0.
  else if x <>. x then x
  else begin
    let step = (x *. 64.) +. rounder -. rounder in
    let n = int_of_float step in
    let p = D.product (x -. (step *. 0x1p-6)) 0x1.62e42fefa39efp-1 in
    let low = p.l +. ((x -. (step *. 0x1p-6)) *. 0x1.abc9e3b39803fp-56) in
    scaled (around n p.h low) (n asr 6)
  end

(* {1 Near zero} *)

(* e^x - 1 for |x| <= 2^-8. *)
let small_expm1 x =
  let tail = 0x1.5555555555555p-5 +. (x *. (0x1.1111111111111p-7 +. (x *. (0x1.6c16c16c16c17p-10 +. (x *. 0x1.a01a01a01a01ap-13))))) in
  let square = D.product x (x *. 0.5) in
  let s = D.quick_sum x square.h in
  D.quick_sum s.h (s.l +. (square.l +. (x *. x *. x *. (0x1.5555555555555p-3 +. (x *. tail)))))

(* e^x - 1 for other x, from -40 to 60. *)
let medium_expm1 x =
  let k = exponent_of x in
  D.add_float (D.scale (mantissa x 0.) (power_of_two k)) (-1.)

let expm1 x =
  if abs_float x <. 0x1p-54 || x <>. x then x
  else if abs_float x <=. 0x1p-8 then D.to_float (small_expm1 x)
  else if x <. -40. then -1.
  else if x >. 60. then exp x
  else D.to_float (medium_expm1 x)

(* {1 Hyperbolic functions} *)

(* e^|x| / 2 and e^-|x| / 2 together; |x| at most 40. *)
let[@inline always] half_powers a =
  let k = exponent_of a in
  let e = D.scale (mantissa a 0.) (power_of_two (k - 1)) in
  (e, D.div (D.of_float 0.25) e)

let small_sinh x =
  let z = x *. x in
  let p = D.product z x in
  let c = D.mul_float (D.make 0x1.5555555555555p-3 0x1.5555555555555p-57) x in
  let cube = D.mul c (D.product x x) in
  let tail = p.h *. z *. (0x1.1111111111111p-7 +. (z *. (0x1.a01a01a01a01ap-13 +. (z *. 0x1.71de3a556c734p-19)))) in
  let s = D.quick_sum x cube.h in
  s.h +. (s.l +. (cube.l +. tail))

let sinh x =
  let a = abs_float x in
  if a <. 0x1p-28 || x <>. x then x
  else if a <. 0x1p-4 then small_sinh x
  else begin
    let result =
      if a <=. 40. then begin
        let e, inverse = half_powers a in
        D.to_float (D.sub e inverse)
      end
      else if a <. 711. then scaled (mantissa a 0.) (exponent_of a - 1)
      else infinity
    in
    Primitives_float.copysign result x
  end

let cosh x =
  let a = abs_float x in
  if x <>. x then x
  else if a <=. 40. then begin
    let e, inverse = half_powers a in
    D.to_float (D.add e inverse)
  end
  else if a <. 711. then scaled (mantissa a 0.) (exponent_of a - 1)
  else infinity

let small_tanh x =
  let z = x *. x in
  let cube = D.mul (D.mul_float (D.make (-0x1.5555555555555p-2) (-0x1.5555555555555p-56)) x) (D.product x x) in
  let tail = x *. z *. z *. (0x1.1111111111111p-3 +. (z *. (-0x1.ba1ba1ba1ba1cp-5 +. (z *. (0x1.664f4882c10fap-6 +. (z *. -0x1.226e355e6c23dp-7)))))) in
  let s = D.quick_sum x cube.h in
  s.h +. (s.l +. (cube.l +. tail))

let tanh x =
  let a = abs_float x in
  if a <. 0x1p-28 || x <>. x then x
  else if a <. 0x1p-5 then small_tanh x
  else begin
    let result =
      if a <. 22. then begin
        let k = exponent_of (2. *. a) in
        let e = D.scale (mantissa (2. *. a) 0.) (power_of_two k) in
        D.to_float (D.div (D.add_float e (-1.)) (D.add_float e 1.))
      end
      else 1.
    in
    Primitives_float.copysign result x
  end

let caml_exp_float x = exp x [@@primitive "caml_exp_float"]
let caml_exp2_float x = exp2 x [@@primitive "caml_exp2_float"]
let caml_expm1_float x = expm1 x [@@primitive "caml_expm1_float"]
let caml_sinh_float x = sinh x [@@primitive "caml_sinh_float"]
let caml_cosh_float x = cosh x [@@primitive "caml_cosh_float"]
let caml_tanh_float x = tanh x [@@primitive "caml_tanh_float"]
