(* The error function and its complement: rational approximations by intervals, with the coefficients and in the steps that C libraries
   have in common since fdlibm (K. C. Ng, 1993). *)

open Primitives_base

let[@inline always] pair a b z = Primitives_hyperbolic.pair a b z

(* (erf x - x) / x for |x| < 0.84375, of z = x^2. *)
let near_0 z =
  let z2 = z *. z in
  let z4 = z2 *. z2 in
  let p =
    pair 0x1.06eba8214db68p-3 (-0x1.4cd7d691cb913p-2) z
    +. (z2 *. pair (-0x1.d2a51dbd7194fp-6) (-0x1.7a291236668e4p-8) z)
    +. (z4 *. -0x1.8ead6120016acp-16)
  in
  let q =
    pair 1. 0x1.97779cddadc09p-2 z
    +. (z2 *. pair 0x1.0a54c5536cebap-4 0x1.4d022c4d36b0fp-8 z)
    +. (z4 *. pair 0x1.15dc9221c1a10p-13 (-0x1.09c4342a26120p-18) z)
  in
  p /. q

let at_1 = 0x1.b0ac16p-1

(* erf x - at_1 for 0.84375 <= x < 1.25, of z = x - 1. *)
let near_1 z =
  let z2 = z *. z in
  let z4 = z2 *. z2 in
  let z6 = z4 *. z2 in
  let p =
    pair (-0x1.359b8bef77538p-9) 0x1.a8d00ad92b34dp-2 z
    +. (z2 *. pair (-0x1.7d240fbb8c3f1p-2) 0x1.45fca805120e4p-2 z)
    +. (z4 *. pair (-0x1.c63983d3e28ecp-4) 0x1.22a36599795ebp-5 z)
    +. (z6 *. -0x1.1bf380a96073fp-9)
  in
  let q =
    pair 1. 0x1.b3e6618eee323p-4 z
    +. (z2 *. pair 0x1.14af092eb6f33p-1 0x1.2635cd99fe9a7p-4 z)
    +. (z4 *. pair 0x1.02660e763351fp-3 0x1.bedc26b51dd1cp-7 z)
    +. (z6 *. 0x1.88b545735151dp-7)
  in
  p /. q

(* ln (x erfc x) + x^2 + 0.5625 of z = 1/x^2, for 1.25 <= x < 1/0.35. *)
let middle z =
  let z2 = z *. z in
  let z4 = z2 *. z2 in
  let z6 = z4 *. z2 in
  let p =
    pair (-0x1.43412600d6435p-7) (-0x1.63416e4ba7360p-1) z
    +. (z2 *. pair (-0x1.51e0441b0e726p+3) (-0x1.f300ae4cba38dp+5) z)
    +. (z4 *. pair (-0x1.44cb184282266p+7) (-0x1.7135cebccabb2p+7) z)
    +. (z6 *. pair (-0x1.4526557e4d2f2p+6) (-0x1.3a0efc69ac25cp+3) z)
  in
  let q =
    pair 1. 0x1.3a6b9bd707687p+4 z
    +. (z2 *. pair 0x1.1350c526ae721p+7 0x1.b290dd58a1a71p+8 z)
    +. (z4 *. pair 0x1.42b1921ec2868p+9 0x1.ad02157700314p+8 z)
    +. (z6 *. pair 0x1.b28a3ee48ae2cp+6 0x1.a47ef8e484a93p+2 z)
    +. (z4 *. z4 *. -0x1.eeff2ee749a62p-5)
  in
  p /. q

(* The same for 1/0.35 <= x < 28. *)
let far z =
  let z2 = z *. z in
  let z4 = z2 *. z2 in
  let z6 = z4 *. z2 in
  let p =
    pair (-0x1.4341239e86f4ap-7) (-0x1.993ba70c285dep-1) z
    +. (z2 *. pair (-0x1.1c209555f995ap+4) (-0x1.4145d43c5ed98p+7) z)
    +. (z4 *. pair (-0x1.3ec881375f228p+9) (-0x1.004616a2e5992p+10) z)
    +. (z6 *. -0x1.e384e9bdc383fp+8)
  in
  let q =
    pair 1. 0x1.e568b261d5190p+4 z
    +. (z2 *. pair 0x1.45cae221b9f0ap+8 0x1.802eb189d5118p+10 z)
    +. (z4 *. pair 0x1.8ffb7688c246ap+11 0x1.3f219cedf3be6p+11 z)
    +. (z6 *. pair 0x1.da874e79fe763p+8 (-0x1.670e242712d62p+4) z)
  in
  p /. q

(* erfc x for 1.25 <= x < 28. The square of x without its lower half is exact. *)
let tail x =
  let s = 1. /. (x *. x) in
  let r = if x <. 0x1.6db6dp+1 then middle s else far s in
  let short = float_of_bits I64.(float_bits x land 0xffff_ffff_0000_0000L) in
  Primitives_exponential.exp ((-.short *. short) -. 0.5625) *. Primitives_exponential.exp (((short -. x) *. (short +. x)) +. r) /. x

let erf x =
  let a = abs_float x in
  if x <>. x then x
  else if a <. 0x1p-28 then
    (* Up and down again, so that subnormal results are rounded once. *)
    if a <. 0x1p-1015 then 0.0625 *. ((16. *. x) +. (0x1.06eba8214db69p+1 *. x)) else x +. (0x1.06eba8214db69p-3 *. x)
  else if a <. 0.84375 then x +. (x *. near_0 (x *. x))
  else begin
    let y = if a <. 1.25 then at_1 +. near_1 (a -. 1.) else if a <. 6. then 1. -. tail a else 1. in
    Primitives_float.copysign y x
  end

let erfc x =
  let a = abs_float x in
  if x <>. x then x
  else if a <. 0x1p-56 then 1. -. x
  else if a <. 0.84375 then begin
    let y = near_0 (x *. x) in
    if x <. 0.25 then 1. -. (x +. (x *. y)) else 0.5 -. ((x *. y) +. (x -. 0.5))
  end
  else if a <. 1.25 then begin
    let y = near_1 (a -. 1.) in
    if x >. 0. then 1. -. at_1 -. y else 1. +. (at_1 +. y)
  end
  else if x >. 0. then if a <. 28. then tail a else 0.
  else if a <. 6. then 2. -. tail a
  else 2.

let caml_erf_float x = erf x [@@primitive "caml_erf_float"]
let caml_erfc_float x = erfc x [@@primitive "caml_erfc_float"]
