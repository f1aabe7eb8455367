(* Logarithms and inverse hyperbolic functions.

   x = 2^k m with m in [0.6875, 1.375); c is a number of nine bits near 1/m, so that r = m c - 1 is known exactly, and
   ln x = k ln 2 - ln c + ln (1 + r): a table of 128 numbers c and a polynomial. Around 1, c is 1, so nothing cancels. *)

open Primitives_base
module D = Primitives_double_double

external float_at : float array -> int -> float = "%array_unsafe_get"

(* c, and -ln c as a sum of two doubles. *)
let table =
  [|
    0x1.73p+0; -0x1.7bede0a37afcp-2; 0x1.8783cb9801a5cp-56;
    0x1.71p+0; -0x1.7664e1239dbcfp-2; 0x1.f6d5d64f5daf8p-57;
    0x1.6fp+0; -0x1.70d42e2789236p-2; 0x1.52cc811d78d59p-57;
    0x1.6dp+0; -0x1.6b3bb2235943ep-2; 0x1.da856ccd987b3p-56;
    0x1.6bp+0; -0x1.659b57303e1f3p-2; 0x1.f893d41c411f1p-56;
    0x1.69p+0; -0x1.5ff3070a793d4p-2; 0x1.bc60efafc6f6ep-57;
    0x1.67p+0; -0x1.5a42ab0f4cfe2p-2; 0x1.8ebcb7dee9a3dp-56;
    0x1.65p+0; -0x1.548a2c3add263p-2; 0x1.819cf7e308ddbp-57;
    0x1.63p+0; -0x1.4ec973260026ap-2; 0x1.42a87d977dc5ep-56;
    0x1.61p+0; -0x1.49006804009d1p-2; 0x1.9ffc341f177dcp-57;
    0x1.5fp+0; -0x1.432ef2a04e814p-2; 0x1.29931715ac903p-56;
    0x1.5ep+0; -0x1.404308686a7e4p-2; 0x1.0bcfb6082ce6dp-56;
    0x1.5cp+0; -0x1.3a64c556945eap-2; 0x1.c68651945f97cp-57;
    0x1.5ap+0; -0x1.347dd9a987d55p-2; 0x1.4dd4c580919f8p-57;
    0x1.58p+0; -0x1.2e8e2bae11d31p-2; 0x1.8f4cdb95ebdf9p-56;
    0x1.56p+0; -0x1.2895a13de86a3p-2; -0x1.7ad24c13f040ep-56;
    0x1.54p+0; -0x1.22941fbcf7966p-2; 0x1.76f5eb09628afp-56;
    0x1.53p+0; -0x1.1f8ff9e48a2f3p-2; 0x1.c9fdf9a0c4b07p-56;
    0x1.51p+0; -0x1.1980d2dd4236fp-2; -0x1.9d3d1b0e4d147p-56;
    0x1.4fp+0; -0x1.136870293a8bp-2; -0x1.7b66298edd24ap-56;
    0x1.4ep+0; -0x1.1058bf9ae4ad5p-2; -0x1.89fa0ab4cb31dp-58;
    0x1.4cp+0; -0x1.0a324e27390e3p-2; -0x1.7dcfde8061c03p-56;
    0x1.4ap+0; -0x1.0402594b4d041p-2; 0x1.28ec217a5022dp-57;
    0x1.49p+0; -0x1.00e6c45ad501dp-2; 0x1.cb9568ff6feadp-57;
    0x1.47p+0; -0x1.f550a564b7b37p-3; -0x1.c5f6dfd018c37p-61;
    0x1.45p+0; -0x1.e8c0252aa5a6p-3; 0x1.6e03a39bfc89bp-59;
    0x1.44p+0; -0x1.e27076e2af2e6p-3; 0x1.61578001e0162p-59;
    0x1.42p+0; -0x1.d5c216b4fbb91p-3; -0x1.6e443597e4d4p-57;
    0x1.4p+0; -0x1.c8ff7c79a9a22p-3; 0x1.4f689f8434012p-57;
    0x1.3fp+0; -0x1.c2968558c18c1p-3; 0x1.73dee38a3fb6bp-57;
    0x1.3dp+0; -0x1.b5b519e8fb5a4p-3; -0x1.ba27fdc19e1ap-57;
    0x1.3cp+0; -0x1.af3c94e80bff3p-3; 0x1.398cff3641985p-58;
    0x1.3ap+0; -0x1.a23bc1fe2b563p-3; -0x1.93711b07a998cp-59;
    0x1.39p+0; -0x1.9bb362e7dfb83p-3; -0x1.575e31f003e0cp-57;
    0x1.37p+0; -0x1.8e928de886d41p-3; 0x1.569d851a5677p-57;
    0x1.36p+0; -0x1.87fa06520c911p-3; 0x1.bf7fdbfa08d9ap-57;
    0x1.34p+0; -0x1.7ab890210d909p-3; -0x1.be36b2d6a0608p-59;
    0x1.33p+0; -0x1.740f8f54037a5p-3; 0x1.b264062a84cdbp-58;
    0x1.32p+0; -0x1.6d60fe719d21dp-3; 0x1.caae268ecd179p-57;
    0x1.3p+0; -0x1.5ff3070a793d4p-3; 0x1.bc60efafc6f6ep-58;
    0x1.2fp+0; -0x1.59338d9982086p-3; 0x1.65d22aa8ad7cfp-58;
    0x1.2dp+0; -0x1.4ba36f39a55e5p-3; -0x1.68981bcc36756p-57;
    0x1.2cp+0; -0x1.44d2b6ccb7d1ep-3; -0x1.9f4f6543e1f88p-57;
    0x1.2bp+0; -0x1.3dfc2b0ecc62ap-3; 0x1.ab3a8e7d81017p-58;
    0x1.29p+0; -0x1.303d718e47fd3p-3; 0x1.6b9c7d96091fap-63;
    0x1.28p+0; -0x1.29552f81ff523p-3; -0x1.301771c407dbfp-57;
    0x1.27p+0; -0x1.2266f190a5acbp-3; -0x1.f547bf1809e88p-57;
    0x1.25p+0; -0x1.14785846742acp-3; -0x1.a28813e3a7f07p-57;
    0x1.24p+0; -0x1.0d77e7cd08e59p-3; -0x1.9a5dc5e9030acp-57;
    0x1.23p+0; -0x1.0671512ca596ep-3; -0x1.50c647eb86499p-58;
    0x1.21p+0; -0x1.f0a30c01162a6p-4; -0x1.85f325c5bbacdp-58;
    0x1.2p+0; -0x1.e27076e2af2e6p-4; 0x1.61578001e0162p-60;
    0x1.1fp+0; -0x1.d4313d66cb35dp-4; -0x1.790dd951d90fap-58;
    0x1.1ep+0; -0x1.c5e548f5bc743p-4; -0x1.5d617ef8161b1p-60;
    0x1.1cp+0; -0x1.a926d3a4ad563p-4; -0x1.942f48aa70ea9p-58;
    0x1.1bp+0; -0x1.9ab42462033adp-4; 0x1.2099e1c184e8ep-59;
    0x1.1ap+0; -0x1.8c345d6319b21p-4; 0x1.4a697ab3424a9p-61;
    0x1.19p+0; -0x1.7da766d7b12cdp-4; 0x1.eeedfcdd94131p-58;
    0x1.17p+0; -0x1.60658a93750c4p-4; 0x1.388458ec21b6ap-58;
    0x1.16p+0; -0x1.51b073f06183fp-4; -0x1.a49e39a1a8be4p-58;
    0x1.15p+0; -0x1.42edcbea646fp-4; -0x1.ddd4f935996c9p-59;
    0x1.14p+0; -0x1.341d7961bd1d1p-4; 0x1.b599f227becbbp-58;
    0x1.13p+0; -0x1.253f62f0a1417p-4; 0x1.c125963fc4cfdp-62;
    0x1.12p+0; -0x1.16536eea37ae1p-4; 0x1.79da3e8c22cdap-60;
    0x1.1p+0; -0x1.f0a30c01162a6p-5; -0x1.85f325c5bbacdp-59;
    0x1.0fp+0; -0x1.d276b8adb0b52p-5; -0x1.1e3c53257fd47p-61;
    0x1.0ep+0; -0x1.b42dd711971bfp-5; 0x1.eb9759c130499p-60;
    0x1.0dp+0; -0x1.95c830ec8e3ebp-5; -0x1.f5a0e80520bf2p-59;
    0x1.0cp+0; -0x1.77458f632dcfcp-5; -0x1.18d3ca87b9296p-59;
    0x1.0bp+0; -0x1.58a5bafc8e4d5p-5; 0x1.ce55c2b4e2b72p-59;
    0x1.0ap+0; -0x1.39e87b9febd6p-5; 0x1.5bfa937f551bbp-59;
    0x1.09p+0; -0x1.1b0d98923d98p-5; 0x1.e9ae889bac481p-60;
    0x1.08p+0; -0x1.f829b0e7833p-6; -0x1.33e3f04f1ef23p-60;
    0x1.07p+0; -0x1.b9fc027af9198p-6; 0x1.0ae69229dc868p-64;
    0x1.06p+0; -0x1.7b91b07d5b11bp-6; 0x1.5b602ace3a51p-60;
    0x1.05p+0; -0x1.3cea44346a575p-6; 0x1.0cb5a902b3a1cp-62;
    0x1.04p+0; -0x1.fc0a8b0fc03e4p-7; 0x1.83092c59642a1p-62;
    0x1.03p+0; -0x1.7dc475f810a77p-7; 0x1.16d7687d3df21p-62;
    0x1.02p+0; -0x1.fe02a6b106789p-8; 0x1.e44b7e3711ebfp-67;
    0x1p+0; 0x0p+0; 0x0p+0;
    0x1p+0; 0x0p+0; 0x0p+0;
    0x1.fap-1; 0x1.82448a388a2aap-7; 0x1.04b16137f09ap-62;
    0x1.f6p-1; 0x1.432a925980cc1p-6; -0x1.8cdaf39004192p-60;
    0x1.f2p-1; 0x1.c63d2ec14aaf2p-6; -0x1.ce030a686bd86p-60;
    0x1.efp-1; 0x1.149e3e4005a8dp-5; -0x1.53482d1f9d7d7p-61;
    0x1.ebp-1; 0x1.5715c4c03ceefp-5; -0x1.bbf88ec501b56p-61;
    0x1.e7p-1; 0x1.9a187b573de7cp-5; -0x1.727626c86b3abp-59;
    0x1.e4p-1; 0x1.ccb73cdddb2ccp-5; -0x1.e48fb0500efd4p-59;
    0x1.ep-1; 0x1.08598b59e3a07p-4; -0x1.dd7009902bf32p-58;
    0x1.ddp-1; 0x1.2207b5c78549ep-4; -0x1.cc0fbce104eaap-58;
    0x1.d9p-1; 0x1.4485e03dbdfadp-4; 0x1.1ba349aadbc6ep-58;
    0x1.d6p-1; 0x1.5e95a4d9791cbp-4; 0x1.f38745c5c450ap-58;
    0x1.d2p-1; 0x1.8197e2f40e3fp-4; 0x1.b9f2dffbeed43p-60;
    0x1.cfp-1; 0x1.9c0c32d4d2548p-4; 0x1.fb0be3ccc1532p-59;
    0x1.ccp-1; 0x1.b6ac88dad5b1cp-4; -0x1.0057eed1ca59fp-59;
    0x1.c9p-1; 0x1.d179788219364p-4; 0x1.9daf7df76ad2ap-59;
    0x1.c6p-1; 0x1.ec739830a112p-4; -0x1.a2bf991780d3fp-59;
    0x1.c2p-1; 0x1.08598b59e3a07p-3; -0x1.dd7009902bf32p-57;
    0x1.bfp-1; 0x1.160c8024b27b1p-3; -0x1.2d56ff61c2bfbp-57;
    0x1.bcp-1; 0x1.23d712a49c202p-3; -0x1.6e38161051d69p-57;
    0x1.b9p-1; 0x1.31b994d3a4f85p-3; -0x1.c4716bdfc0cc9p-58;
    0x1.b6p-1; 0x1.3fb45a59928ccp-3; -0x1.d87e6a354d056p-57;
    0x1.b3p-1; 0x1.4dc7b897bc1c8p-3; -0x1.927d47803c5f4p-57;
    0x1.b1p-1; 0x1.5737cc9018cddp-3; 0x1.4f4d710fec38ep-57;
    0x1.aep-1; 0x1.6574ebe8c133ap-3; -0x1.d34f0f4621bedp-60;
    0x1.abp-1; 0x1.73cb9074fd14dp-3; -0x1.521a000b4cf01p-57;
    0x1.a8p-1; 0x1.823c16551a3c2p-3; -0x1.1232ce70be781p-57;
    0x1.a5p-1; 0x1.90c6db9fcbcd9p-3; 0x1.054473941ad99p-57;
    0x1.a3p-1; 0x1.9a8778debaa38p-3; 0x1.f47dfd871f87fp-57;
    0x1.ap-1; 0x1.a93ed3c8ad9e3p-3; 0x1.bcafa9de97203p-57;
    0x1.9dp-1; 0x1.b811730b823d2p-3; 0x1.a0ee735d9f0ecp-60;
    0x1.9bp-1; 0x1.c2028ab17f9b4p-3; 0x1.f11aa3853a5f1p-57;
    0x1.98p-1; 0x1.d1037f2655e7bp-3; 0x1.60629242471a2p-57;
    0x1.96p-1; 0x1.db13db0d4894p-3; 0x1.aa11d49f96cb9p-58;
    0x1.93p-1; 0x1.ea4449f04aaf5p-3; -0x1.d33919ab94074p-57;
    0x1.91p-1; 0x1.f474b134df229p-3; -0x1.27c77ded76aadp-58;
    0x1.8ep-1; 0x1.01eae5626c691p-2; -0x1.18290bd2932e2p-59;
    0x1.8cp-1; 0x1.07138604d5862p-2; 0x1.cdb16ed4e9138p-56;
    0x1.8ap-1; 0x1.0c42d676162e3p-2; 0x1.162c79d5d11eep-58;
    0x1.87p-1; 0x1.14167ef367783p-2; 0x1.e0936abd4fa6ep-62;
    0x1.85p-1; 0x1.1956d3b9bc2fap-2; 0x1.7b9d68d50a15dp-56;
    0x1.83p-1; 0x1.1e9e1678899f4p-2; 0x1.512c3749a1e4ep-56;
    0x1.8p-1; 0x1.269621134db92p-2; 0x1.e0efadd9db02bp-56;
    0x1.7ep-1; 0x1.2bef07cdc9354p-2; -0x1.82dad7fd86088p-56;
    0x1.7cp-1; 0x1.314f1e1d35ce4p-2; -0x1.3d69909e5c3dcp-56;
    0x1.7ap-1; 0x1.36b6776be1117p-2; -0x1.324f0e883858ep-58;
    0x1.78p-1; 0x1.3c25277333184p-2; -0x1.2ad27e50a8ec6p-56;
    0x1.75p-1; 0x1.44591e0539f49p-2; -0x1.2b125247b0fa5p-56;
  |]

let least = 0x3fe6_0000_0000_0000L

(** The binary exponent k. *)
let[@inline always] exponent x = I64.(to_int ((float_bits x - least) asr 52))

(* ln (1 + r). *)
let[@inline always] ln_1_plus (r : D.t) =
  let x = r.h in
  let square = D.product x (-0.5 *. x) in
  let s = D.quick_sum x square.h in
  let tail =
    0x1.999999999999ap-3
    +. (x *. (-0x1.5555555555555p-3 +. (x *. (0x1.2492492492492p-3 +. (x *. (-0.125 +. (x *. (0x1.c71c71c71c71cp-4 +. (x *. -0x1.999999999999ap-4)))))))))
  in
  let cube = x *. x *. x *. (0x1.5555555555555p-2 +. (x *. (-0.25 +. (x *. tail)))) in
  D.quick_sum s.h (s.l +. (square.l +. (cube +. (r.l -. (x *. r.l)))))

(** ln of the mantissa of [x], that is without [exponent x * ln 2]; [x] is positive and not subnormal, and [xl] is added to it. *)
let mantissa x xl =
  let offset = I64.(float_bits x - least) in
  let k = I64.(offset asr 52) in
  let m = float_of_bits I64.(float_bits x - (k lsl 52)) in
  let i = 3 * (I64.to_int I64.(offset lsr 45) land 127) in
  let c = float_at table i in
  let low = if xl =. 0. then 0. else Primitives_float.ldexp xl (-I64.to_int k) in
  if c =. 1. then ln_1_plus (D.quick_sum (m -. 1.) low)
  else begin
    let p = D.product m c in
    let r = D.quick_sum (p.h -. 1.) (p.l +. (low *. c)) in
    let f = ln_1_plus r in
    let s = D.quick_sum (float_at table (i + 1)) f.h in
    D.quick_sum s.h (s.l +. (f.l +. float_at table (i + 2)))
  end

let ln2_high = 0x1.62e42fefa4p-1
let ln2_low = -0x1.8432a1b0e2634p-43

(** ln (x + xl) of a positive number that is not subnormal. *)
let ln x xl =
  let k = float_of_int (exponent x) in
  let f = mantissa x xl in
  if k =. 0. then f
  else begin
    let s = D.sum (k *. ln2_high) f.h in
    D.quick_sum s.h (s.l +. (f.l +. (k *. ln2_low)))
  end

(* What all logarithms do with arguments that are not positive and finite. *)
let special x = if x =. 0. then neg_infinity else if x =. infinity || x <>. x then x else (x -. x) /. 0.

let smallest_normal = 0x1p-1022
let[@inline always] is_ordinary x = x >=. smallest_normal && x <. infinity

let log x =
  if is_ordinary x then D.to_float (ln x 0.)
  else if x >. 0. && x <. smallest_normal then begin
    let f = mantissa (x *. 0x1p54) 0. in
    let k = float_of_int (exponent (x *. 0x1p54) - 54) in
    let s = D.quick_sum (k *. ln2_high) f.h in
    s.h +. (s.l +. (f.l +. (k *. ln2_low)))
  end
  else special x

(* factor * ln m + k * (high + low). *)
let[@inline always] in_base x (factor : D.t) high low =
  let small = x <. smallest_normal in
  let x = if small then x *. 0x1p54 else x in
  let k = float_of_int (if small then exponent x - 54 else exponent x) in
  let f = D.mul (mantissa x 0.) factor in
  let s = D.sum (k *. high) f.h in
  s.h +. (s.l +. (f.l +. (k *. low)))

let log2 x = if x >. 0. && x <. infinity then in_base x (D.make 0x1.71547652b82fep+0 0x1.777d0ffda0d24p-56) 1. 0. else special x

let log10 x =
  if x >. 0. && x <. infinity then in_base x (D.make 0x1.bcb7b1526e50ep-2 0x1.95355baaafad3p-57) 0x1.34413509f8p-2 (-0x1.80433b83b532ap-44)
  else special x

let log1p x =
  if abs_float x <. 0x1p-54 || x <>. x then x
  else if x >. -1. && x <. infinity then begin
    let s = D.sum 1. x in
    D.to_float (ln s.h s.l)
  end
  else special (1. +. x)

(* {1 Inverse hyperbolic functions} *)

let acosh x =
  if x >=. 0x1p28 then if x =. infinity then x else D.to_float (D.add (ln x 0.) (D.make 0x1.62e42fefa39efp-1 0x1.abc9e3b39803fp-56))
  else if x >. 1. then begin
    (* x^2 - 1 as (x - 1) (x + 1), the first factor exact below 2. *)
    let root = D.sqrt (D.mul (D.sum x (-1.)) (D.sum x 1.)) in
    let y = D.add_float root x in
    D.to_float (ln y.h y.l)
  end
  else if x =. 1. then 0.
  else (x -. x) /. (x -. x)

(* x - x^3/6 + 3 x^5/40 - 15 x^7/336 ... *)
let small_asinh x =
  let z = x *. x in
  let cube = D.mul (D.mul_float (D.make (-0x1.5555555555555p-3) (-0x1.5555555555555p-57)) x) (D.product x x) in
  let tail = x *. z *. z *. (0x1.3333333333333p-4 +. (z *. (-0x1.6db6db6db6db7p-5 +. (z *. (0x1.f1c71c71c71c7p-6 +. (z *. -0x1.6e8ba2e8ba2e9p-6)))))) in
  let s = D.quick_sum x cube.h in
  s.h +. (s.l +. (cube.l +. tail))

let asinh x =
  let a = abs_float x in
  if a <. 0x1p-28 || x <>. x || a =. infinity then x
  else if a <. 0x1p-5 then small_asinh x
  else begin
    let y =
      if a >=. 0x1p28 then D.add (ln a 0.) (D.make 0x1.62e42fefa39efp-1 0x1.abc9e3b39803fp-56)
      else begin
        let y = D.add_float (D.sqrt (D.add_float (D.product a a) 1.)) a in
        ln y.h y.l
      end
    in
    Primitives_float.copysign (D.to_float y) x
  end

let small_atanh x =
  let z = x *. x in
  let cube = D.mul (D.mul_float (D.make 0x1.5555555555555p-2 0x1.5555555555555p-56) x) (D.product x x) in
  let tail = x *. z *. z *. (0x1.999999999999ap-3 +. (z *. (0x1.2492492492492p-3 +. (z *. (0x1.c71c71c71c71cp-4 +. (z *. 0x1.745d1745d1746p-4)))))) in
  let s = D.quick_sum x cube.h in
  s.h +. (s.l +. (cube.l +. tail))

let atanh x =
  let a = abs_float x in
  if a <. 0x1p-28 || x <>. x then x
  else if a <. 0x1p-5 then small_atanh x
  else if a <. 1. then begin
    let q = D.div (D.sum 1. a) (D.sum 1. (-.a)) in
    Primitives_float.copysign (0.5 *. D.to_float (ln q.h q.l)) x
  end
  else if a =. 1. then x /. 0.
  else (x -. x) /. (x -. x)

let caml_log_float x = log x [@@primitive "caml_log_float"]
let caml_log2_float x = log2 x [@@primitive "caml_log2_float"]
let caml_log10_float x = log10 x [@@primitive "caml_log10_float"]
let caml_log1p_float x = log1p x [@@primitive "caml_log1p_float"]
let caml_acosh_float x = acosh x [@@primitive "caml_acosh_float"]
let caml_asinh_float x = asinh x [@@primitive "caml_asinh_float"]
let caml_atanh_float x = atanh x [@@primitive "caml_atanh_float"]
