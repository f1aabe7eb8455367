(* Exponential and hyperbolic functions. The results are rounded from about 66 bits, so that they are the nearest doubles but for about
   one argument in some thousands.

   e^x = 2^(n/64) e^r with n the integer nearest to 64 x / ln 2: a table of 64 powers and a short polynomial. *)

open Primitives_base
module D = Primitives_double_double

(* The tables are strings of little-endian doubles: static data, where an array would be made at run time. *)
let[@inline always] float_at table i = float_of_bits (string_get64 table (8 * i))

(* 2^(i/64) as a sum of two doubles, for i from 0 to 63. *)
let powers =
  "\
   \x00\x00\x00\x00\x00\x00\xf0\x3f\x00\x00\x00\x00\x00\x00\x00\x00\x61\x80\x77\x3e\x9a\x2c\xf0\x3f\
   \x5d\x08\x5b\x53\x83\x90\x71\xbc\x74\x85\x15\xd3\xb0\x59\xf0\x3f\x65\xb4\x75\xa4\xe2\x73\x8d\x3c\
   \xc8\x9b\x75\x18\x45\x87\xf0\x3f\xff\x84\xb2\x4b\xbe\x86\x61\x3c\x0f\x89\xf9\x6c\x58\xb5\xf0\x3f\
   \x0b\x61\xdc\x4a\x2e\xa6\x98\x3c\xa2\xd1\xd3\x32\xec\xe3\xf0\x3f\x53\x7b\xc5\x27\x17\x3a\x40\x3c\
   \x51\x5b\x12\xd0\x01\x13\xf1\x3f\x3a\x9b\x44\x39\x10\xc5\x96\xbc\xe0\x2d\xa9\xae\x9a\x42\xf1\x3f\
   \x9e\x36\xf1\x9a\xbf\x2f\x93\xbc\x7b\x51\x7d\x3c\xb8\x72\xf1\x3f\x76\x8a\xd7\xb9\x41\x90\x81\xbc\
   \x75\xcb\x6f\xeb\x5b\xa3\xf1\x3f\xe4\x68\x49\x7b\x4c\x5b\x8e\x3c\xaa\xb9\x68\x31\x87\xd4\xf1\x3f\
   \x3c\x64\xa2\x00\x6e\x01\x9e\x3c\xd6\x8c\x62\x88\x3b\x06\xf2\x3f\x95\x84\x4a\x81\x75\xc7\x8d\x3c\
   \x38\x62\x75\x6e\x7a\x38\xf2\x3f\x73\x05\xc7\xb6\x7e\xb0\x99\x3c\xdd\x7c\xe2\x65\x45\x6b\xf2\x3f\
   \xd9\xe9\x40\x99\x33\xbd\x82\x3c\xe1\xde\x1f\xf5\x9d\x9e\xf2\x3f\x55\x12\xad\xaf\xe8\x12\x86\x3c\
   \x0b\x03\xe4\xa6\x85\xd2\xf2\x3f\xd5\x41\xdb\x54\x47\x02\x90\x3c\x15\xb7\x31\x0a\xfe\x06\xf3\x3f\
   \xe4\x82\x31\xd2\x6a\xf4\x86\x3c\xff\x16\x64\xb2\x08\x3c\xf3\x3f\xa6\x59\x36\x84\x21\x27\x93\x3c\
   \xcb\xa9\x3a\x37\xa7\x71\xf3\x3f\xe2\xea\x42\xbf\xea\x3a\x96\xbc\xf7\x9f\xe5\x34\xdb\xa7\xf3\x3f\
   \xe3\xf5\x61\xd6\x36\xe4\x75\xbc\x22\x34\x12\x4c\xa6\xde\xf3\x3f\xbc\x9e\xf0\x11\x09\xda\x8a\x3c\
   \x2a\x2e\xf7\x21\x0a\x16\xf4\x3f\x78\x92\x30\x1c\x69\xf3\x5e\xbc\x2d\x89\x61\x60\x08\x4e\xf4\x3f\
   \xd0\x80\xef\x04\x7a\x9b\x48\x3c\xd0\x3c\xc1\xb5\xa2\x86\xf4\x3f\xf0\x62\x90\xb6\xa3\xc1\x73\x3c\
   \x27\x2a\x36\xd5\xda\xbf\xf4\x3f\xe2\x42\xec\xaf\x97\x43\x7d\x3c\xa7\x2c\x9d\x76\xb2\xf9\xf4\x3f\
   \xe3\x57\x59\xd2\x09\xb3\x94\xbc\x82\x4f\x9d\x56\x2b\x34\xf5\x3f\xad\x3c\xb1\x1d\xbe\x7a\x80\xbc\
   \xda\x27\xb5\x36\x47\x6f\xf5\x3f\xad\x93\x1d\x01\x2c\xbb\x99\x3c\x29\x54\x48\xdd\x07\xab\xf5\x3f\
   \xad\x47\x46\x05\x4c\x32\x96\x3c\x48\x21\xad\x15\x6f\xe7\xf5\x3f\x5e\xe6\x80\x30\xf9\xa6\x9b\x3c\
   \x85\x55\x3a\xb0\x7e\x24\xf6\x3f\x97\xb4\x40\x7e\xc1\x83\x93\xbc\x25\x22\x55\x82\x38\x62\xf6\x3f\
   \x34\x1c\x59\x87\x09\xb6\x9b\xbc\xcd\x3b\x7f\x66\x9e\xa0\xf6\x3f\x56\x64\xb2\x13\x34\xdd\x9b\xbc\
   \x2f\x1a\x65\x3c\xb2\xdf\xf6\x3f\xab\x88\x3c\x68\x3a\xbe\x6b\xbc\x74\x5f\xec\xe8\x75\x1f\xf7\x3f\
   \x99\x7a\x88\x86\x47\x6e\x81\xbc\xc9\x67\x42\x56\xeb\x5f\xf7\x3f\xd3\x6d\x31\x57\x59\x24\x90\xbc\
   \x87\x01\xeb\x73\x14\xa1\xf7\x3f\x2f\x99\x04\xee\x77\x15\x84\xbc\x62\x4e\xcf\x36\xf3\xe2\xf7\x3f\
   \x7e\x79\x15\xba\x02\x5d\x70\x3c\x13\xce\x4c\x99\x89\x25\xf8\x3f\xd8\x32\x15\xd4\x1d\x4c\x9d\xbc\
   \xed\x92\x44\x9b\xd9\x68\xf8\x3f\xba\xf6\xd4\x9b\xf8\xc6\x9f\xbc\xdb\xa0\x2a\x42\xe5\xac\xf8\x3f\
   \x27\x4b\x86\x56\xf1\xe9\x96\x3c\x36\x77\x15\x99\xae\xf1\xf8\x3f\x6c\x97\xe3\xa2\x13\xcc\x85\x3c\
   \xe5\xc5\xcd\xb0\x37\x37\xf9\x3f\xbc\x7e\xb5\x81\xc7\x5f\x67\xbc\x50\x4e\xde\x9f\x82\x7d\xf9\x3f\
   \xd1\x85\x1b\x7c\x5b\x18\x9d\xbc\x90\xf0\xa3\x82\x91\xc4\xf9\x3f\xbe\xf2\x71\xb0\x46\x7c\x7c\x3c\
   \x65\xe5\x5d\x7b\x66\x0c\xfa\x3f\x33\xd5\x1c\x5d\x49\x59\x93\xbc\x5d\x25\x3e\xb2\x03\x55\xfa\x3f\
   \xe1\x41\x8d\xdb\x6e\x2f\x9d\xbc\xbf\xfd\x79\x55\x6b\x9e\xfa\x3f\x31\xfd\xf7\x0e\xc9\xfa\x90\x3c\
   \xad\xd3\x5a\x99\x9f\xe8\xfa\x3f\x81\xcc\x5d\x34\xcd\xa1\x97\x3c\xfb\x15\x4f\xb8\xa2\x33\xfb\x3f\
   \x08\xd7\x84\x30\x5e\x80\x62\xbc\x47\x5e\xfb\xf2\x76\x7f\xfb\x3f\x3b\xac\x54\x7e\x4f\x58\x75\xbc\
   \xd2\xc1\x4b\x90\x1e\xcc\xfb\x3f\x84\x9e\x2d\x7a\xd0\x3d\x82\x3c\x9c\x52\x85\xdd\x9b\x19\xfc\x3f\
   \xdd\x48\x50\x89\x65\x10\x81\x3c\x4b\xd1\x57\x2e\xf1\x67\xfc\x3f\xad\x3c\x48\xff\x4d\x88\x92\x3c\
   \x69\x90\xef\xdc\x20\xb7\xfc\x3f\xdb\x49\xe9\xd1\xcb\x03\x75\x3c\x7c\x89\x07\x4a\x2d\x07\xfd\x3f\
   \x9c\x7a\x79\x43\x37\xbc\x9c\xbc\x87\xa4\xfb\xdc\x18\x58\xfd\x3f\x07\x37\x5b\xd7\x02\xed\x82\x3c\
   \x85\x32\xdb\x03\xe6\xa9\xfd\x3f\x32\xb5\x6d\x69\x00\x23\x9c\x3c\x5f\x9b\x7b\x33\x97\xfc\xfd\x3f\
   \x5c\x4b\x18\x4f\xcd\xa5\x91\xbc\xf6\x3f\x8b\xe7\x2e\x50\xfe\x3f\x8f\xcc\xa9\x80\x89\x9e\x83\x3c\
   \xda\x90\xa4\xa2\xaf\xa4\xfe\x3f\x93\x28\x9c\x17\x23\x9c\x9e\xbc\x27\x5a\x61\xee\x1b\xfa\xfe\x3f\
   \xb0\xb6\xa4\x86\xf4\xc7\x9d\x3c\x40\x45\x6e\x5b\x76\x50\xff\x3f\x8b\xa1\xd8\x2d\xe1\xd3\x99\x3c\
   \xd8\x90\x9e\x81\xc1\xa7\xff\x3f\x1e\x93\xa5\xf3\x53\x48\x87\x3c\
   "

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
