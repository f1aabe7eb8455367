(* Floating-point numbers taken apart and put together: exponents, signs, integral parts, remainders, the fused multiply-add. All exact. *)

open Primitives_base

let fraction_mask = 0xf_ffff_ffff_ffff
let hidden_bit = 0x10_0000_0000_0000

(** The biased exponent: 0 for zero and subnormal numbers, 2047 for infinity and NaN. *)
let biased x = I64.to_int I64.(float_bits x lsr 52) land 0x7ff

let fraction x = I64.to_int (float_bits x) land fraction_mask
let is_negative x = I64.(float_bits x < 0L)
let sign_mask = 0x8000_0000_0000_0000L

let caml_signbit_float x = is_negative x [@@primitive "caml_signbit_float"]
let caml_signbit x = is_negative x [@@primitive "caml_signbit"]

let copysign x y = float_of_bits I64.((float_bits x land 0x7fff_ffff_ffff_ffffL) lor (float_bits y land sign_mask))
let caml_copysign_float x y = copysign x y [@@primitive "caml_copysign_float"]

type fpclass = Normal | Subnormal | Zero | Infinite | Nan

let caml_classify_float x =
  let exponent = biased x in
  if exponent = 0x7ff then if fraction x = 0 then Infinite else Nan
  else if exponent > 0 then Normal
  else if fraction x = 0 then Zero
  else Subnormal
[@@primitive "caml_classify_float"]

let two_54 = 18014398509481984.
let two_minus_54 = 5.5511151231257827e-17
let with_exponent bits exponent = float_of_bits I64.((bits land 0x800f_ffff_ffff_ffffL) lor (of_int exponent lsl 52))

let rec caml_frexp_float x =
  let exponent = biased x in
  if exponent = 0x7ff || x =. 0. then (x, 0)
  else if exponent = 0 then begin
    let m, e = caml_frexp_float (x *. two_54) in
    (m, e - 54)
  end
  else (with_exponent (float_bits x) 1022, exponent - 1022)
[@@primitive "caml_frexp_float"]

(** x * 2^n, rounded once. *)
let rec ldexp x n =
  let exponent = biased x in
  if exponent = 0x7ff || x =. 0. then x
  else if exponent = 0 then
    (* So large an n is out of the question below. *)
    ldexp (x *. two_54) ((if n < -4000 then -4000 else n) - 54)
  else begin
    let n = if n > 4000 then 4000 else if n < -4000 then -4000 else n in
    let result = exponent + n in
    if result >= 0x7ff then copysign infinity x
    else if result > 0 then with_exponent (float_bits x) result
    else if result < -53 then copysign 0. x
    else with_exponent (float_bits x) (result + 54) *. two_minus_54
  end

(* OCaml hands the exponent to C as an [int] of 32 bits. *)
let caml_ldexp_float x n = ldexp x (((n land 0xffff_ffff) lxor 0x8000_0000) - 0x8000_0000) [@@primitive "caml_ldexp_float"]

(* {1 Integral parts} *)

(** From here on every number is integral. *)
let two_52 = 4503599627370496.

(* The sign of a zero result is that of the argument. *)
let trunc x = if abs_float x <. two_52 then copysign (float_of_int (int_of_float x)) x else x

let floor x =
  if abs_float x <. two_52 then begin
    let t = float_of_int (int_of_float x) in
    if t >. x then t -. 1. else copysign t x
  end
  else x

let ceil x =
  if abs_float x <. two_52 then begin
    let t = float_of_int (int_of_float x) in
    if t <. x then t +. 1. else copysign t x
  end
  else x

(* Halves away from zero. *)
let round x =
  let a = abs_float x in
  if a <. two_52 then begin
    let t = float_of_int (int_of_float a) in
    copysign (if a -. t >=. 0.5 then t +. 1. else t) x
  end
  else x

let caml_trunc_float x = trunc x [@@primitive "caml_trunc_float"]
let caml_floor_float x = floor x [@@primitive "caml_floor_float"]
let caml_ceil_float x = ceil x [@@primitive "caml_ceil_float"]
let caml_round_float x = round x [@@primitive "caml_round_float"]

let caml_modf_float x =
  let whole = trunc x in
  if abs_float x =. infinity then (copysign 0. x, x) else (copysign (x -. whole) x, whole)
[@@primitive "caml_modf_float"]

(* {1 Neighbours, remainders} *)

external same_truth : bool -> bool -> bool = "%equal"

let caml_nextafter_float x y =
  if x <>. x || y <>. y then x +. y
  else if x =. y then y
  else if x =. 0. then copysign (float_of_bits 1L) y
  else begin
    let away = same_truth (x <. y) (x >. 0.) in
    float_of_bits I64.(float_bits x + if away then 1L else -1L)
  end
[@@primitive "caml_nextafter_float"]

let rec normalize m e = if m < hidden_bit then normalize (m lsl 1) (e - 1) else (m, e)

(** Mantissa (53 bits, the top one set) and exponent of a finite number other than zero: |x| = m * 2^e. *)
let decompose x =
  let exponent = biased x in
  if exponent = 0 then normalize (fraction x) (-1074) else (fraction x lor hidden_bit, exponent - 1075)

(* Nine bits of the quotient at a time: the remainder has 53 bits. *)
let rec remainder r m steps =
  if steps >= 9 then remainder ((r lsl 9) mod m) m (steps - 9) else if steps > 0 then (r lsl steps) mod m else r

let caml_fmod_float x y =
  let ax = abs_float x and ay = abs_float y in
  if ax <. infinity && ay >. 0. then
    if ax <. ay then x
    else if ay =. infinity then x
    else begin
      let mx, ex = decompose x and my, ey = decompose y in
      let r = remainder (mx mod my) my (ex - ey) in
      copysign (ldexp (float_of_int r) ey) x
    end
  else (x *. y) /. (x *. y)
[@@primitive "caml_fmod_float"]

(* {1 Fused multiply-add} In 128-bit integers: the exact sum, rounded once. *)

let rec bit_length n count = if n >= 256 then bit_length (n lsr 8) (count + 8) else if n > 0 then bit_length (n lsr 1) (count + 1) else count

(** The double nearest to m * 2^e, ties to even; 0 < m < 2^62. *)
let nearest m e =
  let excess = bit_length m 0 - 53 and below = -1074 - e in
  let shift = if excess > below then excess else below in
  if shift <= 0 then ldexp (float_of_int m) e
  else if shift > 62 then 0.
  else begin
    let q = if shift > 61 then 0 else m lsr shift in
    let rest = if shift > 61 then m else m land ((1 lsl shift) - 1) and half = 1 lsl (shift - 1) in
    let q = if rest > half || (rest = half && (q land 1) = 1) then q + 1 else q in
    ldexp (float_of_int q) (e + shift)
  end

(* Numbers of 128 bits without sign. *)
type wide = { high : int64; low : int64 }

let shift_left w n =
  if n = 0 then w
  else begin
    let rest = 64 - n in
    if rest <= 0 then { high = I64.(w.low lsl ~-rest); low = 0L }
    else { high = I64.((w.high lsl n) lor (w.low lsr rest)); low = I64.(w.low lsl n) }
  end


let jam lost low = if I64.(lost <> 0L) then I64.(low lor 1L) else low

(* The last bit of the result tells also of the bits that are lost. *)
let shift_right w n =
  if n = 0 then w
  else if n >= 128 then { high = 0L; low = jam I64.(w.high lor w.low) 0L }
  else if n = 64 then { high = 0L; low = jam w.low w.high }
  else begin
    let rest = 64 - n in
    let left = rest + 64 in
    if rest < 0 then { high = 0L; low = jam I64.((w.high lsl left) lor w.low) I64.(w.high lsr ~-rest) }
    else { high = I64.(w.high lsr n); low = jam I64.(w.low lsl rest) I64.((w.low lsr n) lor (w.high lsl rest)) }
  end

let less a b = I64.ult a.high b.high || (I64.(a.high = b.high) && I64.ult a.low b.low)

let add a b =
  let low = I64.(a.low + b.low) in
  { high = I64.(a.high + b.high + if ult low a.low then 1L else 0L); low }

let subtract a b = { high = I64.(a.high - b.high - if ult a.low b.low then 1L else 0L); low = I64.(a.low - b.low) }
let is_zero w = I64.(w.high lor w.low = 0L)

(* m * 2^e for a number of 128 bits. *)
let nearest_wide w e =
  let zeros = if I64.(w.high = 0L) then 64 + I64.clz w.low else I64.clz w.high in
  let w = shift_left w zeros in
  (* The upper 62 bits of 128. *)
  let top = shift_right w 66 in
  nearest (I64.to_int top.low) (e - zeros + 66)

let fma x y z =
  let finite = biased x < 0x7ff && biased y < 0x7ff in
  if (not finite) || x =. 0. || y =. 0. then (x *. y) +. z
  else if (biased z) = 0x7ff then z +. z
  else if z =. 0. then x *. y
  else begin
    let mx, ex = decompose x and my, ey = decompose y and mz, ez = decompose z in
    let a = I64.of_int mx and b = I64.of_int my in
    (* Of 104 to 106 bits, moved up by 20. *)
    let product = shift_left { high = I64.mulhu a b; low = I64.(a * b) } 20 in
    let e = ex + ey - 20 in
    let addend = { high = 0L; low = I64.of_int mz } in
    let distance = ez - e in
    let product, addend, e =
      if distance > 74 then (shift_right product (distance - 74), shift_left addend 74, ez - 74)
      else if distance >= 0 then (product, shift_left addend distance, e)
      else (product, shift_right addend (if distance < -128 then 128 else -distance), e)
    in
    let negative = not (same_truth (is_negative x) (is_negative y)) in
    if same_truth negative (is_negative z) then begin
      let result = nearest_wide (add product addend) e in
      if negative then -.result else result
    end
    else begin
      let addend_larger = less product addend in
      let difference = if addend_larger then subtract addend product else subtract product addend in
      if is_zero difference then 0.
      else begin
        let result = nearest_wide difference e in
        if (if addend_larger then is_negative z else negative) then -.result else result
      end
    end
  end

let caml_fma_float x y z = fma x y z [@@primitive "caml_fma_float"]
