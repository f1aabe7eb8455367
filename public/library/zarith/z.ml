(* Integers of any size: Zarith_integer with the rest of zarith's interface. *)

module I = Zarith_integer

type t = I.t

exception Overflow = I.Overflow

external of_int : int -> t = "%identity"

let zero = of_int 0
let one = of_int 1
let minus_one = of_int (-1)
let of_int32 = I.of_int32
let of_int64 = I.of_int64
let of_nativeint = I.of_nativeint
let of_float = I.of_float
let of_substring_base base text ~pos ~len = I.of_substring_base base text pos len
let of_substring text ~pos ~len = I.of_substring_base 0 text pos len
let of_string text = of_substring text ~pos:0 ~len:(String.length text)
let of_string_base base text = I.of_substring_base base text 0 (String.length text)
let succ = I.succ
let pred = I.pred
let abs = I.abs
let neg = I.neg
let add = I.add
let sub = I.sub
let mul = I.mul
let div = I.div
let rem = I.rem
let div_rem = I.div_rem
let cdiv = I.cdiv
let fdiv = I.fdiv
let sign = I.sign

let ediv_rem a b =
  let ((q, r) as truncated) = div_rem a b in
  if sign r >= 0 then truncated else if sign b > 0 then (pred q, add r b) else (succ q, sub r b)

let ediv a b = fst (ediv_rem a b)
let erem a b = snd (ediv_rem a b)
let divexact = I.divexact
let divisible = I.divisible
let congruent = I.congruent
let logand = I.logand
let logor = I.logor
let logxor = I.logxor
let lognot = I.lognot
let shift_left = I.shift_left
let shift_right = I.shift_right
let shift_right_trunc = I.shift_right_trunc
let numbits = I.numbits
let trailing_zeros = I.trailing_zeros
let testbit = I.testbit
let popcount = I.popcount
let hamdist = I.hamdist
let to_int = I.to_int
let to_int32 = I.to_int32
let to_int64 = I.to_int64
let to_nativeint = I.to_nativeint
let to_float = I.to_float
let to_string = I.to_string
let format = I.format
let fits_int = I.fits_int
let fits_int32 = I.fits_int32
let fits_int64 = I.fits_int64
let fits_nativeint = I.fits_nativeint

(* {1 Without sign} *)

let fits_unsigned bits t = sign t >= 0 && numbits t <= bits
let fits_int32_unsigned t = fits_unsigned 32 t
let fits_int64_unsigned t = fits_unsigned 64 t
let fits_nativeint_unsigned = fits_int64_unsigned
let unsigned bits t = if sign t >= 0 then t else add t (shift_left one bits)
let of_int32_unsigned n = unsigned 32 (of_int32 n)
let of_int64_unsigned n = unsigned 64 (of_int64 n)
let of_nativeint_unsigned n = unsigned 64 (of_nativeint n)
let signed bits t = if testbit t (bits - 1) then sub t (shift_left one bits) else t
let to_int32_unsigned t = if fits_int32_unsigned t then to_int32 (signed 32 t) else raise Overflow
let to_int64_unsigned t = if fits_int64_unsigned t then to_int64 (signed 64 t) else raise Overflow
let to_nativeint_unsigned t = if fits_nativeint_unsigned t then to_nativeint (signed 64 t) else raise Overflow

(* {1 Printing} *)

let print t = print_string (to_string t)
let output channel t = output_string channel (to_string t)
let sprint () t = to_string t
let bprint buffer t = Buffer.add_string buffer (to_string t)
let pp_print ppf t = Format.pp_print_string ppf (to_string t)

(* {1 Ordering} *)

let compare = I.compare
let equal = I.equal
let leq a b = compare a b <= 0
let geq a b = compare a b >= 0
let lt a b = compare a b < 0
let gt a b = compare a b > 0
let min a b = if compare a b <= 0 then a else b
let max a b = if compare a b >= 0 then a else b
let is_odd t = testbit t 0
let is_even t = not (is_odd t)
let hash = I.hash
let seeded_hash = (Hashtbl.seeded_hash : int -> t -> int)

(* {1 Number theory} *)

let gcd = I.gcd

let gcdext a b =
  let g, s, of_first = I.gcdext_intern a b in
  if not of_first then (g, zero, if sign b < 0 then minus_one else if sign b = 0 then zero else one)
  else if sign b = 0 then (g, s, zero)
  else (g, s, divexact (sub g (mul a s)) b)

let lcm a b = if sign a = 0 || sign b = 0 then zero else abs (mul a (divexact b (gcd a b)))
let powm = I.powm
let powm_sec = I.powm_sec
let invert = I.invert
let probab_prime = I.probab_prime
let nextprime = I.nextprime
let jacobi = I.jacobi
let legendre = I.legendre
let kronecker = I.kronecker
let remove = I.remove
let fac = I.fac
let fac2 = I.fac2
let facM = I.facm
let primorial = I.primorial
let bin = I.bin
let fib = I.fib
let lucnum = I.lucnum
let pow = I.pow
let sqrt = I.sqrt
let sqrt_rem = I.sqrt_rem
let root = I.root
let rootrem = I.rootrem
let perfect_power = I.perfect_power
let perfect_square = I.perfect_square
let log2 t = if sign t <= 0 then invalid_arg "Z.log2" else numbits t - 1
let log2up t = if sign t <= 0 then invalid_arg "Z.log2up" else numbits (pred t)

(* {1 Representation} *)

let size = I.size
let extract = I.extract

let signed_extract t offset length =
  let bits = extract t offset length in
  if testbit bits (length - 1) then sub bits (shift_left one length) else bits

let to_bits = I.to_bits
let of_bits = I.of_bits

(* {1 Operators} *)

let ( ~- ) = neg
let ( ~+ ) t = t
let ( + ) = add
let ( - ) = sub
let ( * ) = mul
let ( / ) = div
let ( /> ) = cdiv
let ( /< ) = fdiv
let ( /| ) = divexact
let ( mod ) = rem
let ( land ) = logand
let ( lor ) = logor
let ( lxor ) = logxor
let ( ~! ) = lognot
let ( lsl ) = shift_left
let ( asr ) = shift_right

external ( ~$ ) : int -> t = "%identity"

let ( ** ) = pow

module Compare = struct
  let ( = ) = equal
  let ( < ) = lt
  let ( > ) = gt
  let ( <= ) = leq
  let ( >= ) = geq
  let ( <> ) a b = not (equal a b)
end

(* {1 Random numbers} *)

let random_bits_gen ~fill n =
  if Stdlib.( < ) n 0 then invalid_arg "Z.random_bits: number of bits must be >= 0";
  if Stdlib.( = ) n 0 then zero
  else begin
    let length = Stdlib.( / ) (Stdlib.( + ) n 7) 8 in
    let b = Bytes.create length in
    fill b 0 length;
    extract (of_bits (Bytes.unsafe_to_string b)) 0 n
  end

(* What is too large is drawn again: that happens less than every other time. *)
let random_int_gen ~fill bound =
  if Stdlib.( <= ) (sign bound) 0 then invalid_arg "Z.random_int: bound must be > 0";
  let n = numbits (pred bound) in
  let rec draw () =
    let t = random_bits_gen ~fill n in
    if lt t bound then t else draw ()
  in
  draw ()

let filling rng b offset length =
  let draw = match rng with None -> fun () -> Random.bits () | Some state -> fun () -> Random.State.bits state in
  for i = offset to Stdlib.( - ) (Stdlib.( + ) offset length) 1 do
    Bytes.set_uint8 b i (Stdlib.( land ) (draw ()) 255)
  done

let random_bits ?rng n = random_bits_gen ~fill:(filling rng) n
let random_int ?rng bound = random_int_gen ~fill:(filling rng) bound
let version = "1.12"

(* A number of at most 53 bits more than its rest is rounded only here: where something is left out, the lowest bit says so. *)
let round_to_float t exact =
  let magnitude = abs t in
  let t' = if exact || is_odd magnitude then magnitude else succ magnitude in
  if sign t < 0 then -.to_float t' else to_float t'
