(* Sine, cosine, tangent.

   The argument less a multiple of pi/2 is found by parts of pi/2 whose products are exact, and for large ones from the bits of 2/pi that
   matter (Payne, Hanek, "Radian reduction for trigonometric functions", 1983). Then the addition theorems lead from the nearest
   multiple of 1/64 to the argument. *)

open Primitives_base
module D = Primitives_double_double

external float_at : float array -> int -> float = "%array_unsafe_get"

(* sin (i/64) and cos (i/64), each as a sum of two doubles. *)
let table =
  [|
    0x0p+0; 0x0p+0; 0x1p+0; 0x0p+0;
    0x1.fffaaaaeeeed5p-7; -0x1.2ab639a9f0776p-63; 0x1.fff000155549fp-1; 0x1.28a28a03a5ef3p-55;
    0x1.ffeaaaeeee86fp-6; -0x1.cd406fb224ae2p-60; 0x1.ffc00155527d3p-1; -0x1.3b54492d89b5bp-55;
    0x1.7fdc01032fba9p-5; -0x1.599bdf46e997ap-59; 0x1.ff7006bfdf99fp-1; -0x1.8b3b560648d5fp-56;
    0x1.ffaaaeeed4edbp-5; -0x1.2d16d32684b69p-59; 0x1.ff0015549f4d3p-1; 0x1.328387b99426fp-55;
    0x1.3facb12d1755bp-4; -0x1.921915299468bp-58; 0x1.fe7034129ef6fp-1; -0x1.cbf4337c96f97p-57;
    0x1.7f701032550e4p-4; 0x1.afc2d1800501ap-60; 0x1.fdc06bf7e6b9bp-1; 0x1.31902b535f8dbp-55;
    0x1.bf1b78568391dp-4; 0x1.e91841dea4cc8p-58; 0x1.fcf0c800e99b1p-1; 0x1.ea3d786d186acp-57;
    0x1.feaaeee86ee36p-4; -0x1.afcb2bcc6f03bp-59; 0x1.fc015527d5bd3p-1; 0x1.b68f35094efb8p-55;
    0x1.1f0d3d7afceafp-3; -0x1.6ef95099769a5p-57; 0x1.faf22263c4bd3p-1; -0x1.52ace133a2769p-58;
    0x1.3eb312c5d66cbp-3; 0x1.47d666b66cb91p-57; 0x1.f9c340a7cc428p-1; 0x1.c5b6b063b7462p-55;
    0x1.5e44fcfa126f3p-3; -0x1.6f443063f89b6p-57; 0x1.f874c2e1eecf6p-1; -0x1.c6514e1332b16p-55;
    0x1.7dc102fbaf2b5p-3; 0x1.5ab50e23c97c3p-59; 0x1.f706bdf9ece1cp-1; -0x1.698c80c36dcb4p-55;
    0x1.9d252d0cec312p-3; 0x1.9c43d80b1137dp-58; 0x1.f57948cff6797p-1; 0x1.e3a0d3e03b1d4p-57;
    0x1.bc6f84edc6199p-3; 0x1.9c1a56a7b0cabp-57; 0x1.f3cc7c3b3d16ep-1; -0x1.21a3ad28a3494p-57;
    0x1.db9e15fb5a5dp-3; -0x1.32e20d6cc6fc2p-57; 0x1.f20073086649fp-1; 0x1.b940416c1984bp-56;
    0x1.faaeed4f31577p-3; -0x1.15d88508e32b8p-57; 0x1.f01549f7deea1p-1; 0x1.d3c1e99e5cafdp-55;
    0x1.0cd00cef36436p-2; -0x1.9fb0a0c93e2b4p-56; 0x1.ee0b1fbc0f11cp-1; -0x1.bfd2380bbc3b1p-59;
    0x1.1c37d64c6b876p-2; 0x1.46076fe0dcff4p-56; 0x1.ebe214f76efa8p-1; -0x1.02f9f12ba543ep-55;
    0x1.2b8ddc43eb49fp-2; 0x1.1553899f2d807p-57; 0x1.e99a4c3a7cd83p-1; -0x1.2264b1bc53ce8p-55;
    0x1.3ad129769d3d8p-2; 0x1.03d550487839ap-63; 0x1.e733ea0193d4p-1; -0x1.6428b3546ce13p-55;
    0x1.4a00c9b0f3d2p-2; 0x1.823ba6bb08eadp-56; 0x1.e4af14b2a449cp-1; -0x1.68ca02e8a6833p-55;
    0x1.591bc9fa2f597p-2; 0x1.7c74bac3fe0cbp-57; 0x1.e20bf49acd6c1p-1; -0x1.660aec7ef636bp-58;
    0x1.682138a38d7f7p-2; -0x1.d889202444aadp-56; 0x1.df4ab3ebd875ep-1; -0x1.e2d8a7e6736c4p-55;
    0x1.7710255764214p-2; -0x1.6ead7314bb6cep-57; 0x1.dc6b7eb995912p-1; 0x1.4b364776dcd35p-58;
    0x1.85e7a12826949p-2; 0x1.8a40e9b5facep-56; 0x1.d96e82f71a9dcp-1; 0x1.ff61bd5d2039dp-55;
    0x1.94a6be9f546c5p-2; -0x1.69ce13e683f58p-56; 0x1.d653f073e404p-1; -0x1.76236434bec37p-55;
    0x1.a34c91cc50ccap-2; -0x1.a310e3b50cecdp-58; 0x1.d31bf8d8d7c06p-1; 0x1.e60dd3089cbddp-56;
    0x1.b1d8305321617p-2; -0x1.ae242cb99f519p-56; 0x1.cfc6cfa52ad9fp-1; 0x1.8b5b5508f2a0dp-55;
    0x1.c048b17b140a3p-2; 0x1.19fe6757e9fa7p-57; 0x1.cc54aa2b2972ep-1; 0x1.4ee162ba83a98p-57;
    0x1.ce9d2e3d4a51fp-2; -0x1.2fc8a12dae298p-57; 0x1.c8c5bf8ce1a84p-1; 0x1.ab3d1a1590123p-56;
    0x1.dcd4c15329c9ap-2; 0x1.0d4c6e171fd9ap-56; 0x1.c51a48b8b175ep-1; -0x1.1bbb43b9aa88p-57;
    0x1.eaee8744b05fp-2; -0x1.789b43c9b027dp-58; 0x1.c1528065b7d5p-1; -0x1.892111312e828p-55;
    0x1.f8e99e76abc97p-2; 0x1.9d950af2d00a3p-58; 0x1.bd6ea310294f5p-1; 0x1.31bbcc88c109dp-56;
    0x1.0362939c69955p-1; -0x1.2d8cd78397b01p-55; 0x1.b96eeef58840ep-1; 0x1.45a3cc78fadep-58;
    0x1.0a4021e9e1001p-1; -0x1.6f643a13914f6p-55; 0x1.b553a410c104ep-1; 0x1.8ff7947027a15p-58;
    0x1.110d0c4b69c3bp-1; 0x1.d918998809981p-55; 0x1.b11d04162a4c6p-1; 0x1.1dd561efbc0c2p-56;
    0x1.17c8e5f2eedbp-1; 0x1.35e57102e2488p-57; 0x1.accb526f69de5p-1; 0x1.8fb6a8dd6b6ccp-55;
    0x1.1e7343236574cp-1; 0x1.22a3fa4f41d5ap-56; 0x1.a85ed4373e02dp-1; 0x1.9be06385ec792p-57;
    0x1.250bb93788bbbp-1; 0x1.ea3d02457bccep-56; 0x1.a3d7d0352bdcfp-1; -0x1.68dbaeca19669p-55;
    0x1.2b91dea88421ep-1; -0x1.fa371db216abp-55; 0x1.9f368ed912f85p-1; -0x1.1d200c5791606p-55;
    0x1.32054b148bc4fp-1; 0x1.f6b42095a135bp-55; 0x1.9a7b5a36a6514p-1; 0x1.722cfcc9fa7a9p-55;
    0x1.386597456282bp-1; -0x1.10fada93b07a8p-56; 0x1.95a67e00cb1fdp-1; -0x1.0befda21f862dp-55;
    0x1.3eb25d36cd53ap-1; -0x1.be570e1570fcp-58; 0x1.90b84784ddaf7p-1; -0x1.0feb10ab93b87p-56;
    0x1.44eb381cf386bp-1; -0x1.3ed6c1e6a5505p-55; 0x1.8bb105a5dc9p-1; 0x1.863e03e9474c1p-55;
    0x1.4b0fc46aab761p-1; 0x1.0da05738cc59cp-61; 0x1.869108d77a6c6p-1; 0x1.338ffe2bfe9ddp-56;
    0x1.511f9fd7b351cp-1; -0x1.5c0e861c48831p-55; 0x1.8158a31916d5dp-1; -0x1.de8b90b8228dep-57;
    0x1.571a6966d59b3p-1; 0x1.c843b4d0fb197p-58; 0x1.7c0827f09e54fp-1; -0x1.c73d6d72aee68p-57;
    0x1.5cffc16bf8f0dp-1; 0x1.96cb370eb578ap-55; 0x1.769fec655211fp-1; -0x1.827d5cf8c68c5p-57;
    0x1.62cf49921ac79p-1; -0x1.edd9855b6241ap-55; 0x1.712046fa77678p-1; 0x1.425b0a5029c81p-55;
    0x1.6888a4e134b2fp-1; -0x1.6b7d37644d5e6p-55; 0x1.6b898fa9efb5dp-1; 0x1.15ac786ccf4b2p-56;
    0x1.6e2b77c40bde1p-1; -0x1.0e729857fad53p-56; 0x1.65dc1fdeb8cbap-1; -0x1.97c1b47337c77p-58;
  |]

(* For |r| <= pi/4: i/64 is the nearest to |r|, d the distance. *)
let[@inline always] index a = int_of_float ((a *. 64.) +. 0.5)

(* cos d - 1 and sin d - d for |d| <= 2^-7. *)
let[@inline always] cos_less_1 d =
  let z = d *. d in
  z *. (-0.5 +. (z *. (0x1.5555555555555p-5 +. (z *. (-0x1.6c16c16c16c17p-10 +. (z *. 0x1.a01a01a01a01ap-16))))))

let[@inline always] sin_less_d d =
  let z = d *. d in
  d *. z *. (-0x1.5555555555555p-3 +. (z *. (0x1.1111111111111p-7 +. (z *. -0x1.a01a01a01a01ap-13))))

let sin_of (r : D.t) =
  let a = abs_float r.h in
  let i = index a in
  let d = a -. (float_of_int i *. 0x1p-6) in
  let dl = if r.h <. 0. then -.r.l else r.l in
  let j = 4 * i in
  let sh = float_at table j and sl = float_at table (j + 1) and ch = float_at table (j + 2) and cl = float_at table (j + 3) in
  let p = D.product ch d in
  let v = D.sum sh p.h in
  let low = v.l +. (p.l +. (sl +. (cl *. d) +. (ch *. dl) +. ((sh *. (cos_less_1 d -. (d *. dl))) +. (ch *. sin_less_d d)))) in
  let result = D.quick_sum v.h low in
  if r.h <. 0. then D.neg result else result

let cos_of (r : D.t) =
  let a = abs_float r.h in
  let i = index a in
  let d = a -. (float_of_int i *. 0x1p-6) in
  let dl = if r.h <. 0. then -.r.l else r.l in
  let j = 4 * i in
  let sh = float_at table j and sl = float_at table (j + 1) and ch = float_at table (j + 2) and cl = float_at table (j + 3) in
  let p = D.product sh d in
  let v = D.quick_sum ch (-.p.h) in
  D.quick_sum v.h (v.l -. (p.l -. (cl -. (sl *. d) -. (sh *. dl) +. ((ch *. (cos_less_1 d -. (d *. dl))) -. (sh *. sin_less_d d)))))

(* {1 Reduction} *)

let two_over_pi = 0x1.45f306dc9c883p-1

(* pi/2 = p1 + p2 + p3 + p4, the first three of 33 bits. *)
let p1 = 0x1.921fb544p+0
let p2 = 0x1.0b4611a6p-34
let p3 = 0x1.3198a2ep-69
let p4 = 0x1.b839a252049c1p-104
let largest_direct = 0x1p20

(* x - n pi/2 for an integer n of at most 20 bits. *)
let[@inline always] less_multiple x n =
  let a = D.sum (x -. (n *. p1)) (-.(n *. p2)) in
  let b = D.sum a.h (-.(n *. p3)) in
  let low = D.sum a.l b.l in
  let low = D.make low.h (low.l -. (n *. p4)) in
  let s = D.sum b.h low.h in
  D.quick_sum s.h (s.l +. low.l)

(* 2/pi: 1280 bits, the most significant word first, each word little-endian. *)
let two_over_pi_bits =
  "\
   \x29\x15\x44\x4e\x6e\x83\xf9\xa2\xc0\xdd\x34\xf5\xd1\x57\x27\xfc\
   \x41\x90\x43\x3c\x99\x95\x62\xdb\x61\xc5\xbb\xde\xab\x63\x51\xfe\
   \xe0\xd2\x4d\x42\x3a\x6e\x24\xb7\x1c\x92\xd1\x09\xea\x2e\x49\x06\
   \x3e\xa7\x29\xb1\x1c\xeb\x1d\xfe\x84\x44\xbb\x2e\xf5\x35\x82\xe8\
   \x41\x7e\x5f\xb4\x26\x70\x9c\xe9\xf4\x39\x53\x83\x39\xd6\x91\x39\
   \x3b\x28\xf9\xbd\x8b\x5f\x84\x9c\x0f\x98\x05\xde\xff\x97\xf8\x1f\
   \x1f\x6d\x0a\x5a\x8b\x11\x2f\xef\xb7\x09\xcb\x27\xcf\x7e\x36\x6d\
   \x2d\xea\x5f\x9e\x66\x3f\x46\x4f\x7b\xf1\xe5\xeb\xc7\xba\x27\x75\
   \xea\x92\x52\x8a\xf7\x39\x07\x3d\x08\x5d\x8d\x1f\xb1\x5f\xfb\x6b\
   \xab\x6b\x7b\xfc\x46\x30\x03\x56\x1d\x36\xf4\x9a\x20\xbc\xcf\xf0\
   "

let word i = string_get64 two_over_pi_bits (8 * i)

(* 64 bits of 2/pi from bit [start] on (the first bit after the point is number 0). *)
let bits_from start =
  if start < 0 then I64.(word 0 lsr ~-start)
  else begin
    let i = start lsr 6 and shift = start land 63 in
    if shift = 0 then word i
    else begin
      let rest = 64 - shift and next = word (i + 1) in
      I64.((word i lsl shift) lor (next lsr rest))
    end
  end

type reduced = { quadrant : int; r : D.t }

let pi_over_2 = D.make 0x1.921fb54442d18p+0 0x1.1a62633145c07p-54

(* |x| = m 2^e. Of the product m * 2/pi * 2^e only what is below 4 matters: the bits of 2/pi from weight 2^(1-e) on. *)
let reduce_large x =
  let m, e = Primitives_float.decompose x in
  (* Bit number b has weight 2^(-1-b); those with e - 1 - b > 1 give multiples of 4. *)
  let start = e - 2 in
  let a = bits_from start and b = bits_from (start + 64) and c = bits_from (start + 128) in
  let m = I64.of_int m in
  (* The product modulo 2^192, in units of 2^-190 times pi/2. *)
  let low = I64.mulhu c m in
  let middle = I64.((b * m) + low) in
  let carry = if I64.ult middle low then 1L else 0L in
  let high = I64.((a * m) + mulhu b m + carry) in
  (* Two bits of quadrant, then the fraction; rounded to the nearest quadrant. *)
  let quadrant = I64.to_int I64.(high lsr 62) in
  let fraction_high = I64.((high lsl 2) lor (middle lsr 62)) and fraction_low = I64.(middle lsl 2) in
  let up = I64.(fraction_high < 0L) in
  let quadrant = if up then quadrant + 1 else quadrant in
  (* As a signed fraction of 128 bits. *)
  let negated = up in
  let fraction_low' = if negated then I64.neg fraction_low else fraction_low in
  let fraction_high' =
    if negated then I64.(neg fraction_high - if fraction_low = 0L then 0L else 1L) else fraction_high
  in
  (* 64 significant bits at least: moved up until the top bit is set. *)
  let zeros = I64.clz fraction_high' in
  let rest = 64 - zeros in
  let top = if zeros = 0 then fraction_high' else if zeros = 64 then fraction_low' else I64.((fraction_high' lsl zeros) lor (fraction_low' lsr rest)) in
  let below = if zeros = 64 then 0L else I64.(fraction_low' lsl zeros) in
  let h = I64.to_float I64.(top lsr 11) and l = I64.to_float I64.(((top lsl 53) lsr 1) lor ((below lsr 11) lsr 1)) in
  let unit = Primitives_float.ldexp 1. (-53 - zeros) in
  let fraction = D.quick_sum (h *. unit) (l *. unit *. 0x1p-63) in
  let r = D.mul fraction pi_over_2 in
  let r = if negated then D.neg r else r in
  if x <. 0. then { quadrant = -quadrant; r = D.neg r } else { quadrant; r }

let[@inline always] reduce x =
  if abs_float x <=. largest_direct then begin
    let n = (x *. two_over_pi) +. 0x1.8p52 -. 0x1.8p52 in
    { quadrant = int_of_float n; r = less_multiple x n }
  end
  else reduce_large x

let quarter_pi = 0x1.921fb54442d18p-1

let sin x =
  let a = abs_float x in
  if a <=. quarter_pi then if a <. 0x1p-27 then x else D.to_float (sin_of (D.of_float x))
  else if a <. infinity then begin
    let { quadrant; r } = reduce x in
    let y = if quadrant land 1 = 0 then D.to_float (sin_of r) else D.to_float (cos_of r) in
    if quadrant land 2 = 0 then y else -.y
  end
  else x -. x

let cos x =
  let a = abs_float x in
  if a <=. quarter_pi then D.to_float (cos_of (D.of_float x))
  else if a <. infinity then begin
    let { quadrant; r } = reduce x in
    let y = if quadrant land 1 = 0 then D.to_float (cos_of r) else D.to_float (sin_of r) in
    if (quadrant + 1) land 2 = 0 then y else -.y
  end
  else x -. x

let tan x =
  let a = abs_float x in
  if a <. 0x1p-27 then x
  else if a <. infinity then begin
    let { quadrant; r } = if a <=. quarter_pi then { quadrant = 0; r = D.of_float x } else reduce x in
    let s = sin_of r and c = cos_of r in
    if quadrant land 1 = 0 then D.to_float (D.div s c) else -.D.to_float (D.div c s)
  end
  else x -. x

let caml_sin_float x = sin x [@@primitive "caml_sin_float"]
let caml_cos_float x = cos x [@@primitive "caml_cos_float"]
let caml_tan_float x = tan x [@@primitive "caml_tan_float"]
