(* Inverse trigonometric functions: all of them angles of points, found from the nearest multiple of 1/64 of the tangent. *)

open Primitives_base
module D = Primitives_double_double

external float_at : float array -> int -> float = "%array_unsafe_get"

(* arctan (i/64) as a sum of two doubles. *)
let table =
  [|
    0x0p+0; 0x0p+0; 0x1.fff555bbb729bp-7; -0x1.220c39d4dff5p-61;
    0x1.ffd55bba97625p-6; -0x1.5ec431444912cp-60; 0x1.7fb818430da2ap-5; -0x1.86ef8f794f105p-63;
    0x1.ff55bb72cfdeap-5; -0x1.c934d86d23f1dp-60; 0x1.3f59f0e7c559dp-4; 0x1.ac4ce285df847p-58;
    0x1.7ee182602f10fp-4; -0x1.cfb654c0c3d98p-58; 0x1.be39ebe6f07c3p-4; 0x1.f7b8f29a05987p-58;
    0x1.fd5ba9aac2f6ep-4; -0x1.cd37686760c17p-59; 0x1.1e1fafb043727p-3; -0x1.b485914dacf8cp-59;
    0x1.3d6eee8c6626cp-3; 0x1.61a3b0ce9281bp-57; 0x1.5c9811e3ec26ap-3; -0x1.054ab2c010f3dp-58;
    0x1.7b97b4bce5b02p-3; 0x1.347b0b4f881cap-58; 0x1.9a6a8e96c8626p-3; 0x1.cf601e7b4348ep-59;
    0x1.b90d7529260a2p-3; 0x1.17b10d2e0e5abp-61; 0x1.d77d5df205736p-3; 0x1.c648d1534597ep-57;
    0x1.f5b75f92c80ddp-3; 0x1.8ab6e3cf7afbdp-57; 0x1.09dc597d86362p-2; 0x1.62e47390cb865p-56;
    0x1.18bf5a30bf178p-2; 0x1.30ca4748b1bf9p-57; 0x1.278372057ef46p-2; -0x1.077cdd36dfc81p-56;
    0x1.362773707ebccp-2; -0x1.963a544b672d8p-57; 0x1.44aa436c2af0ap-2; -0x1.5d5e43c55b3bap-56;
    0x1.530ad9951cd4ap-2; -0x1.2566480884082p-57; 0x1.614840309cfe2p-2; -0x1.a725715711fp-56;
    0x1.6f61941e4def1p-2; -0x1.c63aae6f6e918p-56; 0x1.7d5604b63b3f7p-2; 0x1.69c885c2b249ap-56;
    0x1.8b24d394a1b25p-2; 0x1.b6d0ba3748fa8p-56; 0x1.98cd5454d6b18p-2; 0x1.9e6c988fd0a77p-56;
    0x1.a64eec3cc23fdp-2; -0x1.24dec1b50b7ffp-56; 0x1.b3a911da65c6cp-2; 0x1.ae187b1ca504p-56;
    0x1.c0db4c94ec9fp-2; -0x1.cc1ce70934c34p-56; 0x1.cde53432c1351p-2; -0x1.a2cfa4418f1adp-56;
    0x1.dac670561bb4fp-2; 0x1.a2b7f222f65e2p-56; 0x1.e77eb7f175a34p-2; 0x1.0e53dc1bf3435p-56;
    0x1.f40dd0b541418p-2; -0x1.a3992dc382a23p-57; 0x1.0039c73c1a40cp-1; -0x1.b32c949c9d593p-55;
    0x1.0657e94db30dp-1; -0x1.d5b495f6349e6p-56; 0x1.0c6145b5b43dap-1; 0x1.974fa13b5404fp-58;
    0x1.1255d9bfbd2a9p-1; -0x1.2bdaee1c0ee35p-58; 0x1.1835a88be7c13p-1; 0x1.c621cec00c301p-55;
    0x1.1e00babdefeb4p-1; -0x1.928df287a668fp-58; 0x1.23b71e2cc9e6ap-1; 0x1.c421c9f38224ep-57;
    0x1.2958e59308e31p-1; -0x1.09e73b0c6c087p-56; 0x1.2ee628406cbcap-1; 0x1.c5d5e9ff0cf8dp-55;
    0x1.345f01cce37bbp-1; 0x1.1021137c71102p-55; 0x1.39c391cd4171ap-1; -0x1.2304331d8bf46p-55;
    0x1.3f13fb89e96f4p-1; 0x1.ecf8b492644fp-56; 0x1.445065b795b56p-1; -0x1.f76d0163f79c8p-56;
    0x1.4978fa3269ee1p-1; 0x1.2419a87f2a458p-56; 0x1.4e8de5bb6ec04p-1; 0x1.4a33dbeb3796cp-55;
    0x1.538f57b89061fp-1; -0x1.1bb74abda520cp-55; 0x1.587d81f732fbbp-1; -0x1.5e5c9d8c5a95p-56;
    0x1.5d58987169b18p-1; 0x1.0028e4bc5e7cap-57; 0x1.6220d115d7b8ep-1; -0x1.2b785350ee8c1p-57;
    0x1.66d663923e087p-1; -0x1.6ea6febe8bbbap-56; 0x1.6b798920b3d99p-1; -0x1.a80386188c50ep-55;
    0x1.700a7c5784634p-1; -0x1.8c34d25aadef6p-56; 0x1.748978fba8e0fp-1; 0x1.7b2a6165884a1p-59;
    0x1.78f6bbd5d315ep-1; 0x1.406a08980374p-55; 0x1.7d528289fa093p-1; 0x1.560821e2f3aa9p-55;
    0x1.819d0b7158a4dp-1; -0x1.bf76229d3b917p-56; 0x1.85d69576cc2c5p-1; 0x1.6b66e7fc8b8c3p-57;
    0x1.89ff5ff57f1f8p-1; -0x1.55b9a5e177a1bp-55; 0x1.8e17aa99cc05ep-1; -0x1.ec182ab042f61p-56;
    0x1.921fb54442d18p-1; 0x1.1a62633145c07p-55;
  |]

let pi = D.make 0x1.921fb54442d18p+1 0x1.1a62633145c07p-53
let pi_over_2 = D.make 0x1.921fb54442d18p+0 0x1.1a62633145c07p-54

(** arctan (y / x) for 0 <= y <= x, x > 0, neither so large or small that products overflow or vanish. *)
let ratio (y : D.t) (x : D.t) =
  let i = int_of_float ((y.h /. x.h *. 64.) +. 0.5) in
  let c = float_of_int i *. 0x1p-6 in
  (* The tangent of the difference of the angles. *)
  let t = if i = 0 then D.div y x else D.div (D.sub y (D.mul_float x c)) (D.add x (D.mul_float y c)) in
  let z = t.h *. t.h in
  let tail =
    t.h *. z *. (-0x1.5555555555555p-2 +. (z *. (0x1.999999999999ap-3 +. (z *. (-0x1.2492492492492p-3 +. (z *. 0x1.c71c71c71c71cp-4))))))
  in
  let s = D.sum (float_at table (2 * i)) t.h in
  D.quick_sum s.h (s.l +. (t.l +. float_at table ((2 * i) + 1) +. tail))

(* arctan (y / x) for y >= 0 and x >= 0, not both 0. *)
let first_quadrant (y : D.t) (x : D.t) = if y.h <=. x.h then ratio y x else D.sub pi_over_2 (ratio x y)

let atan x =
  let a = abs_float x in
  if x <>. x || a <. 0x1p-28 then x
  else begin
    let y =
      if a >. 0x1p60 then 0x1.921fb54442d18p+0
      else D.to_float (first_quadrant (D.of_float a) (D.of_float 1.))
    in
    Primitives_float.copysign y x
  end

let atan2 y x =
  if x <>. x || y <>. y then x +. y
  else begin
    let ax = abs_float x and ay = abs_float y in
    let negative = Primitives_float.is_negative x in
    let angle =
      if ay =. 0. then if negative then D.to_float pi else 0.
      else if ax =. 0. then D.to_float pi_over_2
      else if ax =. infinity then begin
        let base = if ay =. infinity then 0x1.921fb54442d18p-1 else 0. in
        if negative then if ay =. infinity then 0x1.2d97c7f3321d2p+1 else D.to_float pi else base
      end
      else if ay =. infinity then D.to_float pi_over_2
      else begin
        (* Only the ratio counts: the larger exponent becomes 0. *)
        let exponent v = if Primitives_float.biased v = 0 then -1023 else Primitives_float.biased v - 1023 in
        let ex = exponent ax and ey = exponent ay in
        if ey - ex > 64 then D.to_float pi_over_2
        else if ex - ey > 64 then if negative then D.to_float pi else ay /. ax
        else begin
          let shift = if ex > ey then ex else ey in
          let v = D.of_float (Primitives_float.ldexp ay (-shift)) and u = D.of_float (Primitives_float.ldexp ax (-shift)) in
          let a = first_quadrant v u in
          D.to_float (if negative then D.sub pi a else a)
        end
      end
    in
    Primitives_float.copysign angle y
  end

(* sqrt (1 - a^2). *)
let[@inline always] other_leg a =
  let square = D.product a a in
  let rest = D.sum 1. (-.square.h) in
  D.sqrt (D.quick_sum rest.h (rest.l -. square.l))

let asin x =
  let a = abs_float x in
  if a <. 0x1p-27 || x <>. x then x
  else if a <. 1. then Primitives_float.copysign (D.to_float (first_quadrant (D.of_float a) (other_leg a))) x
  else if a =. 1. then Primitives_float.copysign (D.to_float pi_over_2) x
  else (x -. x) /. (x -. x)

let acos x =
  let a = abs_float x in
  if a <. 1. then begin
    let angle = first_quadrant (other_leg a) (D.of_float a) in
    D.to_float (if x <. 0. then D.sub pi angle else angle)
  end
  else if x =. 1. then 0.
  else if x =. -1. then D.to_float pi
  else (x -. x) /. (x -. x)

let caml_atan_float x = atan x [@@primitive "caml_atan_float"]
let caml_atan2_float y x = atan2 y x [@@primitive "caml_atan2_float"]
let caml_asin_float x = asin x [@@primitive "caml_asin_float"]
let caml_acos_float x = acos x [@@primitive "caml_acos_float"]
