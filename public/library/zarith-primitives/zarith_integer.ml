(* Integers of any size: immediate where 63 bits suffice, else blocks (Zarith_block) with a sign and the absolute value. The functions are those that
   zarith's Z has in C, under the names of its externals. *)

module L = Zarith_limbs
module N = Zarith_natural

type t

external is_immediate : t -> bool = "%obj_is_int"
external of_int : int -> t = "%identity"
external to_int_unsafe : t -> int = "%identity"
external block : t -> N.t = "%identity"
external of_block : N.t -> t = "%identity"

exception Overflow

let zero = of_int 0
let one = of_int 1

(* {1 Between integers and natural numbers} *)

let sign t = if is_immediate t then compare (to_int_unsafe t) 0 else if Nativeint.compare (L.get (block t) 1) 0n < 0 then -1 else 1 [@@primitive "ml_z_sign"]
let[@inline] is_negative t = if is_immediate t then to_int_unsafe t < 0 else Nativeint.compare (L.get (block t) 1) 0n < 0

(** The absolute value, to be read only: a block that others may have. *)
let magnitude t =
  if is_immediate t then
    let n = Nativeint.of_int (to_int_unsafe t) in
    N.of_word (if Nativeint.compare n 0n < 0 then Nativeint.neg n else n)
  else block t

(* A number of one limb that is immediate, if it is. *)
let fits_immediate w negative = L.below w 0x4000_0000_0000_0000n || (negative && Nativeint.equal w 0x4000_0000_0000_0000n)

let immediate_of n negative =
  if N.size n = 0 then zero
  else
    let w = Nativeint.to_int (N.limb n 0) in
    of_int (if negative then -w else w)

let is_small n negative = match N.size n with 0 -> true | 1 -> fits_immediate (N.limb n 0) negative | _ -> false

(** Of a natural number that nobody else has. *)
let of_fresh n negative =
  if is_small n negative then immediate_of n negative
  else begin
    L.set n 1 (let size = Nativeint.of_int (N.size n) in if negative then Nativeint.logor size Nativeint.min_int else size);
    of_block n
  end

(** Of one that may be another integer's. *)
let of_shared n negative =
  if is_small n negative then immediate_of n negative
  else if is_negative (of_block n) = negative then of_block n
  else begin
    let size = N.size n in
    let copy = N.make size in
    L.copy copy N.first n N.first size;
    of_fresh copy negative
  end

(* {1 Sums} *)

let neg t =
  if is_immediate t && to_int_unsafe t <> min_int then of_int (-to_int_unsafe t) else of_shared (magnitude t) (not (is_negative t))
[@@primitive "ml_z_neg"]

let abs t = if is_negative t then neg t else t [@@primitive "ml_z_abs"]

(* Of numbers with signs, not both immediate or out of range. *)
let add_large a b b_negative =
  let a_negative = is_negative a in
  let x = magnitude a and y = magnitude b in
  if a_negative = b_negative then of_fresh (N.add x y) a_negative
  else
    let order = N.compare x y in
    if order = 0 then zero else if order > 0 then of_fresh (N.sub x y) a_negative else of_fresh (N.sub y x) b_negative

let add a b =
  if is_immediate a && is_immediate b then begin
    let x = to_int_unsafe a and y = to_int_unsafe b in
    let sum = x + y in
    if (x lxor sum) land (y lxor sum) >= 0 then of_int sum else add_large a b (y < 0)
  end
  else add_large a b (is_negative b)
[@@primitive "ml_z_add"]

let sub a b =
  if is_immediate a && is_immediate b then begin
    let x = to_int_unsafe a and y = to_int_unsafe b in
    let difference = x - y in
    if (x lxor y) land (x lxor difference) >= 0 then of_int difference else add_large a b (y >= 0)
  end
  else if is_immediate b && to_int_unsafe b = 0 then a
  else add_large a b (not (is_negative b))
[@@primitive "ml_z_sub"]

let succ t = add t one [@@primitive "ml_z_succ"]
let pred t = sub t one [@@primitive "ml_z_pred"]

(* {1 Products} *)

let mul_large a b = of_fresh (N.mul (magnitude a) (magnitude b)) (is_negative a <> is_negative b)

let mul a b =
  if is_immediate a && is_immediate b then begin
    let x = to_int_unsafe a and y = to_int_unsafe b in
    let limit = 0x4000_0000 in
    if x < limit && x > -limit && y < limit && y > -limit then of_int (x * y)
    else if x = 0 || y = 0 then zero
    else
      (* The product's upper half tells whether 63 bits suffice. *)
      let u = Nativeint.abs (Nativeint.of_int x) and v = Nativeint.abs (Nativeint.of_int y) in
      if Nativeint.equal (L.high_product u v) 0n && L.below (Nativeint.mul u v) 0x4000_0000_0000_0000n then of_int (x * y) else mul_large a b
  end
  else if (is_immediate a && to_int_unsafe a = 0) || (is_immediate b && to_int_unsafe b = 0) then zero
  else mul_large a b
[@@primitive "ml_z_mul"]

(* {1 Division} *)

let division_by_zero b = if is_immediate b && to_int_unsafe b = 0 then raise Division_by_zero

(** Towards zero; the remainder has the dividend's sign. *)
let div_rem a b =
  division_by_zero b;
  if is_immediate a && is_immediate b && not (to_int_unsafe b = -1) then (of_int (to_int_unsafe a / to_int_unsafe b), of_int (to_int_unsafe a mod to_int_unsafe b))
  else begin
    let x = magnitude a and y = magnitude b in
    if N.compare x y < 0 then (zero, a)
    else
      let q, r = N.div_rem x y in
      (of_fresh q (is_negative a <> is_negative b), of_fresh r (is_negative a))
  end
[@@primitive "ml_z_div_rem"]

let div a b =
  if is_immediate a && is_immediate b && to_int_unsafe b <> 0 && to_int_unsafe b <> -1 then of_int (to_int_unsafe a / to_int_unsafe b) else fst (div_rem a b)
[@@primitive "ml_z_div"]

let rem a b =
  if is_immediate a && is_immediate b && to_int_unsafe b <> 0 && to_int_unsafe b <> -1 then of_int (to_int_unsafe a mod to_int_unsafe b) else snd (div_rem a b)
[@@primitive "ml_z_rem"]

let cdiv a b =
  let q, r = div_rem a b in
  if sign r <> 0 && is_negative r = is_negative b then succ q else q
[@@primitive "ml_z_cdiv"]

let fdiv a b =
  let q, r = div_rem a b in
  if sign r <> 0 && is_negative r <> is_negative b then pred q else q
[@@primitive "ml_z_fdiv"]

let divexact a b = div a b [@@primitive "ml_z_divexact"]
let divisible a b = if sign b = 0 then sign a = 0 else sign (rem a b) = 0 [@@primitive "ml_z_divisible"]

(* {1 Comparison} *)

let compare a b =
  if is_immediate a && is_immediate b then compare (to_int_unsafe a) (to_int_unsafe b)
  else
    let a_negative = is_negative a in
    if a_negative <> is_negative b then if a_negative then -1 else 1
    else
      let order = N.compare (magnitude a) (magnitude b) in
      if a_negative then -order else order
[@@primitive "ml_z_compare"]

let equal a b = a == b || ((not (is_immediate a)) && (not (is_immediate b)) && compare a b = 0) [@@primitive "ml_z_equal"]
let congruent a b c = if sign c = 0 then equal a b else divisible (sub a b) c [@@primitive "ml_z_congruent"]

(* {1 Bits} In two's complement of any length. *)

(** As the custom operations hash it. *)
let hash t =
  let n = magnitude t in
  let mask = 0xffff_ffff in
  let rec go i h =
    if i = N.size n then h
    else
      let w = N.limb n i in
      let h = Primitives_hash.mix h (Nativeint.to_int w land mask) in
      go (i + 1) (Primitives_hash.mix h (Nativeint.to_int (Nativeint.shift_right_logical w 32) land mask))
  in
  let h = go 0 0 in
  (if is_negative t then h + 1 else h) land mask
[@@primitive "ml_z_hash"]

(* Limb by limb; [f] must give for signs, taken as limbs of equal bits, what it gives for limbs. *)
let bitwise f a b =
  let x = magnitude a and y = magnitude b in
  let xn = N.size x and yn = N.size y in
  let n = 1 + if xn > yn then xn else yn in
  let word negative = if negative then -1n else 0n in
  let x_sign = word (is_negative a) and y_sign = word (is_negative b) in
  let negative = Nativeint.equal (f x_sign y_sign) (-1n) in
  let r = N.make n in
  (* A negative number's limbs are those of the absolute value less one, inverted. *)
  let x_borrow = ref (Nativeint.neg x_sign) and y_borrow = ref (Nativeint.neg y_sign) and carry = ref (if negative then 1n else 0n) in
  let limb m size borrow sign i =
    let w = if i < size then N.limb m i else 0n in
    let v = Nativeint.sub w !borrow in
    borrow := L.bit (L.below w !borrow);
    Nativeint.logxor v sign
  in
  for i = 0 to n - 1 do
    let u = limb x xn x_borrow x_sign i in
    let v = limb y yn y_borrow y_sign i in
    let w = f u v in
    let w = if negative then Nativeint.lognot w else w in
    let s = Nativeint.add w !carry in
    carry := L.bit (L.below s w);
    L.set r (N.first + i) s
  done;
  of_fresh (N.finish r n) negative

let logand a b =
  if is_immediate a && is_immediate b then of_int (to_int_unsafe a land to_int_unsafe b) else bitwise Nativeint.logand a b
[@@primitive "ml_z_logand"]

let logor a b = if is_immediate a && is_immediate b then of_int (to_int_unsafe a lor to_int_unsafe b) else bitwise Nativeint.logor a b [@@primitive "ml_z_logor"]

let logxor a b =
  if is_immediate a && is_immediate b then of_int (to_int_unsafe a lxor to_int_unsafe b) else bitwise Nativeint.logxor a b
[@@primitive "ml_z_logxor"]

let lognot t = if is_immediate t then of_int (lnot (to_int_unsafe t)) else pred (neg t) [@@primitive "ml_z_lognot"]

let shift_left t count =
  if count < 0 then invalid_arg "Z.shift_left: count argument must be positive";
  if count = 0 || sign t = 0 then t
  else if is_immediate t && count < 62 && (to_int_unsafe t lsl count) asr count = to_int_unsafe t then of_int (to_int_unsafe t lsl count)
  else of_fresh (N.shift_left (magnitude t) count) (is_negative t)
[@@primitive "ml_z_shift_left"]

let shift_right_trunc t count =
  if count < 0 then invalid_arg "Z.shift_right_trunc: count argument must be positive";
  if count = 0 then t else of_fresh (N.shift_right (magnitude t) count) (is_negative t)
[@@primitive "ml_z_shift_right_trunc"]

let shift_right t count =
  if count < 0 then invalid_arg "Z.shift_right: count argument must be positive";
  if count = 0 then t
  else if is_immediate t then of_int (to_int_unsafe t asr if count > 62 then 62 else count)
  else begin
    let n = magnitude t in
    let q = of_fresh (N.shift_right n count) (is_negative t) in
    if is_negative t && N.any_below n count then pred q else q
  end
[@@primitive "ml_z_shift_right"]

let numbits t = N.bits (magnitude t) [@@primitive "ml_z_numbits"]
let trailing_zeros t = if sign t = 0 then max_int else N.trailing_zeros (magnitude t) [@@primitive "ml_z_trailing_zeros"]

(** Of bits of a natural number's negation: those of the number less one, inverted. *)
let testbit t i =
  if i < 0 then invalid_arg "Z.testbit"
  else if is_negative t then not (N.test_bit (magnitude (lognot t)) i)
  else N.test_bit (magnitude t) i
[@@primitive "ml_z_testbit"]

let popcount t = if is_negative t then raise Overflow else N.population (magnitude t) [@@primitive "ml_z_popcount"]

let hamdist a b =
  if is_negative a <> is_negative b then raise Overflow;
  if is_negative a && not (is_immediate a && is_immediate b) then invalid_arg "Z.hamdist: negative arguments";
  N.population (magnitude (logxor a b))
[@@primitive "ml_z_hamdist"]

let extract t offset length =
  if offset < 0 then invalid_arg "Z.extract: negative bit offset";
  if length <= 0 then invalid_arg "Z.extract: nonpositive bit length";
  let shifted = shift_right t offset in
  if is_negative shifted then
    (* 2^length - (|t| mod 2^length), below 2^length. *)
    let low = N.low_bits (magnitude shifted) length in
    if N.is_zero low then zero else of_fresh (N.sub (N.shift_left (N.of_word 1n) length) low) false
  else of_shared (N.low_bits (magnitude shifted) length) false
[@@primitive "ml_z_extract"]

let size t = if is_immediate t then 1 else N.size (block t) [@@primitive "ml_z_size"]

let to_bits t =
  let n = magnitude t in
  let size = N.size n in
  let b = Bytes.create (8 * size) in
  for i = 0 to size - 1 do
    Bytes.set_int64_le b (8 * i) (Int64.of_nativeint (N.limb n i))
  done;
  Bytes.unsafe_to_string b
[@@primitive "ml_z_to_bits"]

let of_bits s =
  let length = String.length s in
  let size = (length + 7) / 8 in
  let padded = Bytes.make (8 * size) '\000' in
  Bytes.blit_string s 0 padded 0 length;
  let n = N.make size in
  for i = 0 to size - 1 do
    L.set n (N.first + i) (Int64.to_nativeint (Bytes.get_int64_le padded (8 * i)))
  done;
  of_fresh (N.finish n size) false
[@@primitive "ml_z_of_bits"]

(* {1 Conversions} *)

let of_nativeint n = of_fresh (N.of_word (if Nativeint.compare n 0n < 0 then Nativeint.neg n else n)) (Nativeint.compare n 0n < 0) [@@primitive "ml_z_of_nativeint"]
let of_int64 n = of_nativeint (Int64.to_nativeint n) [@@primitive "ml_z_of_int64"]
let of_int32 n = of_int (Int32.to_int n) [@@primitive "ml_z_of_int32"]
let fits_int t = is_immediate t [@@primitive "ml_z_fits_int"]
let to_int t = if is_immediate t then to_int_unsafe t else raise Overflow [@@primitive "ml_z_to_int"]

let fits_nativeint t =
  is_immediate t
  || N.size (block t) = 1
     &&
     let w = N.limb (block t) 0 in
     L.below w Nativeint.min_int || (is_negative t && Nativeint.equal w Nativeint.min_int)
[@@primitive "ml_z_fits_nativeint"]

let fits_int64 t = fits_nativeint t [@@primitive "ml_z_fits_int64"]
let fits_int32 t = is_immediate t && to_int_unsafe t <= 0x7fff_ffff && to_int_unsafe t >= -0x8000_0000 [@@primitive "ml_z_fits_int32"]

(* The lowest 64 bits. *)
let low_word t = if is_immediate t then Nativeint.of_int (to_int_unsafe t) else if is_negative t then Nativeint.neg (N.limb (block t) 0) else N.limb (block t) 0
let to_nativeint t = if fits_nativeint t then low_word t else raise Overflow [@@primitive "ml_z_to_nativeint"]
let to_int64 t = Int64.of_nativeint (to_nativeint t) [@@primitive "ml_z_to_int64"]
let to_int32 t = if fits_int32 t then Int32.of_int (to_int_unsafe t) else raise Overflow [@@primitive "ml_z_to_int32"]

(** Towards zero. *)
let of_float f =
  match classify_float f with
  | FP_nan | FP_infinite -> raise Overflow
  | FP_zero | FP_subnormal -> zero
  | FP_normal ->
    let mantissa, exponent = Float.frexp f in
    let m = int_of_float (Float.ldexp mantissa 53) in
    if exponent >= 53 then shift_left (of_int m) (exponent - 53) else shift_right_trunc (of_int m) (53 - exponent)
[@@primitive "ml_z_of_float"]

(* {1 Text} *)

let of_substring_base base text pos len =
  let invalid () = invalid_arg "Z.of_substring_base: invalid digit" in
  if pos < 0 || len < 0 || pos > String.length text - len then invalid_arg "Z.of_substring_base: invalid offset or length";
  let stop = pos + len in
  let char i = if i < stop then text.[i] else '\000' in
  let at = ref pos in
  let negative = char !at = '-' in
  if negative || char !at = '+' then incr at;
  let base =
    if base <> 0 then base
    else if char !at = '0' && !at + 1 < stop then begin
      let prefixed base = at := !at + 2; base in
      match char (!at + 1) with 'o' | 'O' -> prefixed 8 | 'x' | 'X' -> prefixed 16 | 'b' | 'B' -> prefixed 2 | _ -> 10
    end
    else 10
  in
  if base < 2 || base > 16 then invalid_arg "Z.of_substring_base: base must be between 2 and 16";
  match N.of_digits base text !at (stop - !at) with None -> invalid () | Some n -> of_fresh n negative
[@@primitive "ml_z_of_substring_base"]

let to_string t =
  if is_immediate t then string_of_int (to_int_unsafe t)
  else
    let digits = N.to_string 10 (magnitude t) in
    if is_negative t then "-" ^ digits else digits

(* %[flags][width]type; what is no part of it counts for nothing. *)
let format specification t =
  let base = ref 10 and upper = ref false and prefix = ref "" and plus = ref "" and left = ref false and pad = ref ' ' and alternate = ref false and width = ref 0 in
  let length = String.length specification in
  let rec flags i =
    if i < length then
      match specification.[i] with
      | '%' -> flags (i + 1)
      | '#' -> alternate := true; flags (i + 1)
      | '0' -> pad := '0'; flags (i + 1)
      | '-' -> left := true; flags (i + 1)
      | ' ' -> plus := " "; flags (i + 1)
      | '+' -> plus := "+"; flags (i + 1)
      | _ -> digits i
  and digits i =
    if i < length && specification.[i] >= '0' && specification.[i] <= '9' then begin
      width := (!width * 10) + Char.code specification.[i] - 48;
      digits (i + 1)
    end
    else kind i
  and kind i =
    match if i < length then specification.[i] else '\000' with
    | 'i' | 'd' | 'u' -> ()
    | 'b' -> base := 2; prefix := "0b"
    | 'o' -> base := 8; prefix := "0o"
    | 'x' -> base := 16; prefix := "0x"
    | 'X' -> base := 16; prefix := "0X"; upper := true
    | _ -> invalid_arg "Z.format: invalid format"
  in
  flags 0;
  let body = N.to_string !base (magnitude t) in
  let body = if !upper then String.uppercase_ascii body else body in
  let head = (if is_negative t then "-" else !plus) ^ if !alternate then !prefix else "" in
  let missing = !width - String.length head - String.length body in
  if missing <= 0 then head ^ body
  else if !left then head ^ body ^ String.make missing ' '
  else if !pad = '0' then head ^ String.make missing '0' ^ body
  else String.make missing ' ' ^ head ^ body
[@@primitive "ml_z_format"]

(* {1 Divisors} *)

let gcd a b =
  if sign a = 0 then abs b
  else if sign b = 0 then abs a
  else of_shared (N.gcd (magnitude a) (magnitude b)) false
[@@primitive "ml_z_gcd"]

(* Euclid's algorithm with one of the cofactors; the other one follows. *)
let rec bezout r r' s s' = if sign r' = 0 then (r, s) else let q, rest = div_rem r r' in bezout r' rest s' (sub s (mul q s'))

(** The greatest common divisor and a cofactor of the first number, the smaller one of two that are as good. *)
let gcd_cofactor a b =
  let g, s = bezout (abs a) (abs b) one zero in
  (g, if is_negative a then neg s else s)

let gcdext_intern a b =
  if sign a = 0 then (abs b, zero, false)
  else if sign b = 0 then (abs a, of_int (sign a), true)
  else
    let g, s = gcd_cofactor a b in
    (g, s, true)
[@@primitive "ml_z_gcdext_intern"]

let invert base modulus =
  let g, s = gcd_cofactor base modulus in
  if not (equal g one) then raise Division_by_zero;
  if sign modulus = 0 then base
  else
    let m = abs modulus in
    let s = rem s m in
    if is_negative s then add s m else s
[@@primitive "ml_z_invert"]

let rec powm base exponent modulus =
  if sign modulus = 0 then raise Division_by_zero;
  if is_negative exponent then powm (invert base modulus) (neg exponent) modulus
  else begin
    let m = magnitude modulus in
    let r = N.power_mod (magnitude base) (magnitude exponent) m in
    if is_negative base && testbit exponent 0 && not (N.is_zero r) then of_fresh (N.sub m r) false else of_shared r false
  end
[@@primitive "ml_z_powm"]

(** Not in constant time: the multiplications are, the reductions are not. *)
let powm_sec base exponent modulus =
  if sign exponent <= 0 then invalid_arg "Z.powm_sec: exponent must be positive";
  if not (testbit modulus 0) then invalid_arg "Z.powm_sec: modulus must be odd";
  powm base exponent modulus
[@@primitive "ml_z_powm_sec"]

(** The Kronecker symbol (Cohen, A Course in Computational Algebraic Number Theory, algorithm 1.4.10). *)
let kronecker a b =
  if sign b = 0 then if equal (abs a) one then 1 else 0
  else if (not (testbit a 0)) && not (testbit b 0) then 0
  else begin
    (* (2/a) for an odd a, by its lowest three bits. *)
    let two_over a = match to_int_unsafe (extract a 0 3) with 1 | 7 -> 1 | _ -> -1 in
    let v = trailing_zeros b in
    let b = shift_right b v in
    let k = if v land 1 = 1 then two_over a else 1 in
    let k = if is_negative b && is_negative a then -k else k in
    let rec go a b k =
      if sign a = 0 then if equal b one then k else 0
      else begin
        let v = trailing_zeros a in
        let a = shift_right a v in
        let k = if v land 1 = 1 then k * two_over b else k in
        (* Reciprocity. *)
        let k = if testbit a 1 && testbit b 1 then -k else k in
        let r = abs a in
        go (rem b r) r k
      end
    in
    let b = abs b in
    let a = let r = rem a b in if is_negative r then add r b else r in
    go a b k
  end
[@@primitive "ml_z_kronecker"]

let jacobi a b = kronecker a b [@@primitive "ml_z_jacobi"]
let legendre a b = kronecker a b [@@primitive "ml_z_legendre"]

let remove a b =
  if sign b = 0 then raise Division_by_zero;
  if sign a = 0 || equal (abs b) one then (a, 0)
  else
    let rec go a count =
      let q, r = div_rem a b in
      if sign r = 0 then go q (count + 1) else (a, count)
    in
    go a 0
[@@primitive "ml_z_remove"]

(* {1 Powers and roots} *)

let pow base exponent =
  if exponent < 0 then invalid_arg "Z.pow: exponent must be nonnegative";
  if exponent = 0 then one
  else if is_immediate base && (to_int_unsafe base = 0 || to_int_unsafe base = 1) then base
  else if equal base (of_int 2) then shift_left one exponent
  else of_shared (N.power (magnitude base) exponent) (is_negative base && exponent land 1 = 1)
[@@primitive "ml_z_pow"]

let rootrem t degree =
  if degree <= 0 then invalid_arg "Z.rootrem: exponent must be positive";
  if is_negative t && degree land 1 = 0 then invalid_arg "Z.rootrem: even root of a negative number";
  let root, rest = N.root_rem (magnitude t) degree in
  (of_shared root (is_negative t), of_shared rest (is_negative t))
[@@primitive "ml_z_rootrem"]

let root t degree =
  if degree <= 0 then invalid_arg "Z.root: exponent must be positive";
  if is_negative t && degree land 1 = 0 then invalid_arg "Z.root: even root of a negative number";
  fst (rootrem t degree)
[@@primitive "ml_z_root"]

let sqrt_rem t =
  if is_negative t then invalid_arg "Z.sqrt_rem: square root of a negative number";
  rootrem t 2
[@@primitive "ml_z_sqrt_rem"]

let sqrt t =
  if is_negative t then invalid_arg "Z.sqrt: square root of a negative number";
  root t 2
[@@primitive "ml_z_sqrt"]

let perfect_square t = (not (is_negative t)) && sign (snd (rootrem t 2)) = 0 [@@primitive "ml_z_perfect_square"]

let perfect_power t =
  let rec go degree limit = degree <= limit && ((not (is_negative t && degree land 1 = 0)) && sign (snd (rootrem t degree)) = 0 || go (degree + 1) limit) in
  (is_immediate t && let n = to_int_unsafe t in n >= -1 && n <= 1) || go 2 (numbits t)
[@@primitive "ml_z_perfect_power"]

(* {1 Primes} *)

let small_primes =
  lazy
    (let limit = 1000 in
     let composite = Bytes.make limit '\000' in
     let primes = ref [] in
     for i = 2 to limit - 1 do
       if Bytes.get composite i = '\000' then begin
         primes := i :: !primes;
         let j = ref (i * i) in
         while !j < limit do
           Bytes.set composite !j '\001';
           j := !j + i
         done
       end
     done;
     List.rev !primes)

(* Whether a number passes Miller and Rabin's test to a base (The Art of Computer Programming, volume 2, 4.5.4, algorithm P). *)
let passes n less odd twos base =
  let x = powm base odd n in
  let rec squares x i = i < twos && (equal x less || squares (rem (mul x x) n) (i + 1)) in
  equal x one || squares x 0

(* Bases that decide for all numbers of 64 bits (Sorenson and Webster, 2015, the first thirteen primes); beyond these the bases are
   taken from the number itself. *)
let strong_pseudoprime n repetitions =
  let less = pred n in
  let twos = trailing_zeros less in
  let odd = shift_right less twos in
  let primes = Lazy.force small_primes in
  let rec first count primes = count = 0 || match primes with [] -> true | p :: rest -> passes n less odd twos (of_int p) && first (count - 1) rest in
  let rec more i seed =
    i = 0
    ||
    let seed = rem (add (mul seed seed) (of_int 0x3779)) less in
    (compare seed one <= 0 || passes n less odd twos seed) && more (i - 1) seed
  in
  first 13 primes && (numbits n <= 64 || more repetitions (shift_right n (numbits n / 2)))

let probab_prime t repetitions =
  let n = abs t in
  if compare n (of_int 2) < 0 then 0
  else
    let rec trial = function
      | [] -> None
      | p :: rest -> if compare (of_int (p * p)) n > 0 then Some 2 else if divisible n (of_int p) then Some (if equal n (of_int p) then 2 else 0) else trial rest
    in
    match trial (Lazy.force small_primes) with
    | Some answer -> answer
    | None -> if strong_pseudoprime n repetitions then if numbits n <= 64 then 2 else 1 else 0
[@@primitive "ml_z_probab_prime"]

let nextprime t =
  if compare t (of_int 2) < 0 then of_int 2
  else
    let rec go n = if probab_prime n 25 > 0 then n else go (add n (of_int 2)) in
    let n = succ t in
    go (if testbit n 0 then n else succ n)
[@@primitive "ml_z_nextprime"]

(* {1 Combinatorics} *)

(* The product of a range with a step, by halves, so that the factors are of about one size. *)
let rec product low high step =
  if low > high then one
  else if low = high then of_int low
  else
    let middle = low + ((high - low) / step / 2 * step) in
    mul (product low middle step) (product (middle + step) high step)

let fac n = if n < 0 then invalid_arg "Z.fac: non-positive argument" else product 1 n 1 [@@primitive "ml_z_fac"]
let fac2 n = if n < 0 then invalid_arg "Z.fac2: non-positive argument" else product (if n land 1 = 1 then 1 else 2) n 2 [@@primitive "ml_z_fac2"]

let facm n m =
  if n < 0 || m < 0 then invalid_arg "Z.facM: non-positive argument"
  else if n = 0 || m = 0 then one
  else product (let r = n mod m in if r = 0 then m else r) n m
[@@primitive "ml_z_facM"]

let primorial n =
  if n < 0 then invalid_arg "Z.primorial: non-positive argument";
  let rec go p result = if compare p (of_int n) > 0 then result else go (nextprime p) (mul result p) in
  go (of_int 2) one
[@@primitive "ml_z_primorial"]

(** n (n - 1) ... (n - k + 1) / k!, also of a negative n; every step from below is a binomial coefficient itself. *)
let bin n k =
  if k < 0 then invalid_arg "Z.bin: non-positive argument";
  let low = sub n (of_int k) in
  if is_negative low && not (is_negative n) then zero
  else
    let rec go i result = if i > k then result else go (i + 1) (divexact (mul result (add low (of_int i))) (of_int i)) in
    go 1 one
[@@primitive "ml_z_bin"]

(* F(n) and F(n + 1), by doubling. *)
let rec fibonacci n =
  if n = 0 then (zero, one)
  else
    let a, b = fibonacci (n / 2) in
    let c = mul a (sub (shift_left b 1) a) and d = add (mul a a) (mul b b) in
    if n land 1 = 0 then (c, d) else (d, add c d)

let fib n = if n < 0 then invalid_arg "Z.fib: non-positive argument" else fst (fibonacci n) [@@primitive "ml_z_fib"]

let lucnum n =
  if n < 0 then invalid_arg "Z.lucnum: non-positive argument";
  let a, b = fibonacci n in
  sub (shift_left b 1) a
[@@primitive "ml_z_lucnum"]

(* {1 Floating-point numbers} *)

(* Of a natural number of at most 62 bits, whose lowest bit also stands for all that was left out below it, times a power of two: the conversion
   rounds to the nearest, ties to even. *)
let to_float t =
  let n = magnitude t in
  let bits = N.bits n in
  let magnitude =
    if bits <= 62 then Int64.to_float (Int64.of_nativeint (if bits = 0 then 0n else N.limb n 0))
    else begin
      let shift = bits - 62 in
      let top = Int64.of_nativeint (N.limb (N.shift_right n shift) 0) in
      let top = if N.any_below n shift then Int64.logor top 1L else top in
      Float.ldexp (Int64.to_float top) shift
    end
  in
  if is_negative t then -.magnitude else magnitude
[@@primitive "ml_z_to_float"]

external custom : Primitives_custom.block -> t = "%identity"
external of_integer : t -> Primitives_custom.block = "%identity"

let () =
  Primitives_custom.register_large_integers
    { Primitives_custom.compare = (fun a b _ -> compare (custom a) (custom b)); hash = (fun a -> hash (custom a)) }
    (fun negative bytes -> of_integer (let t = of_bits bytes in if negative then neg t else t))
