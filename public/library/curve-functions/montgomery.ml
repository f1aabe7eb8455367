(* Numbers modulo an odd number of any size in Montgomery's form (P. L. Montgomery, Modular multiplication without trial division, 1985):
   x is kept as xR modulo m, where R = 2{^64n} for n limbs. *)

open Limbs

type t = {
  size : int;  (** of numbers, in bytes: 8n *)
  modulus : bytes;
  first : int64;  (** the modulus' lowest limb *)
  inverse : int64;  (** -1/m modulo 2{^64} *)
  one : bytes;  (** R modulo m *)
  square : bytes;  (** R{^2} modulo m *)
  unit : bytes;  (** 1 *)
  sum : bytes;  (** room for n + 1 limbs *)
}

(* [r] becomes what is in [sum], which is below 2m, less m where that is not negative. *)
let reduce { size; modulus; sum; _ } r =
  let borrow = sub_limbs r sum modulus size in
  select r (get sum size - borrow) sum r size

(** [r = a + b], of numbers below m. *)
let add ({ size; sum; _ } as m) r a b =
  set sum size (add_limbs sum a b size);
  reduce m r

(** [r = a - b], of numbers below m. *)
let sub { size; modulus; _ } r a b =
  let mask = 0L - sub_limbs r a b size and carry = ref 0L and i = ref 0 in
  while !i < size do
    let x = get r !i in
    let s = x + (get modulus !i land mask) in
    let t = s + !carry in
    carry := bit (below s x) + bit (below t s);
    set r !i t;
    i := plus !i 8
  done

(** [r = ab/R]; [b] is below m, [a] below R. Row by row, a multiple of m being added with each that makes the lowest limb 0. *)
let mul ({ size; modulus; first; inverse; sum; _ } as m) r a b =
  Bytes.unsafe_fill sum 0 (plus size 8) '\000';
  let a0 = get a 0 and i = ref 0 in
  while !i < size do
    let w = get b !i in
    let p = a0 * w in
    let s = p + get sum 0 in
    let carry = ref (high_product a0 w + bit (below s p)) in
    let q = s * inverse in
    (* The lowest limbs add up to 0: with a carry, but where both are 0. *)
    let over = ref (high_product q first + bit (below 0L s)) in
    let j = ref 8 in
    while !j < size do
      let x = get a !j in
      let p = x * w in
      let s = p + !carry in
      let t = s + get sum !j in
      carry := high_product x w + bit (below s p) + bit (below t s);
      let y = get modulus !j in
      let p = y * q in
      let s = p + !over in
      let t' = t + s in
      over := high_product y q + bit (below s p) + bit (below t' t);
      set sum (minus !j 8) t';
      j := plus !j 8
    done;
    let s = get sum size + !carry in
    let t = s + !over in
    set sum (minus size 8) t;
    set sum size (bit (below s !carry) + bit (below t s));
    i := plus !i 8
  done;
  reduce m r

let sqr m r a = mul m r a a

(** Into Montgomery's form, of numbers below R. *)
let to_montgomery m r a = mul m r a m.square

let from_montgomery m r a = mul m r a m.unit

(** [r = R/a] for a prime modulus, by Fermat's little theorem: 0 for 0. So what is in Montgomery's form gives its inverse out of the form, and the
    other way round. *)
let inverse m r a =
  let x = Bytes.copy a and y = Bytes.copy m.one and exponent = Bytes.copy m.modulus in
  (* m - 2, where the second limb is not 0 if the first is less than 2. *)
  set exponent 0 (m.first - 2L);
  if below m.first 2L then set exponent 8 (get exponent 8 - 1L);
  for i = minus (times 8 m.size) 1 downto 0 do
    sqr m y y;
    if bit_at exponent i = 1 then mul m y y x
  done;
  from_montgomery m r y

(** Numbers modulo an odd one, given by its hexadecimal digits, with [limbs] limbs. *)
let create ~limbs digits =
  let size = times 8 limbs in
  let modulus = of_hex size digits in
  let first = get modulus 0 in
  (* Newton's iteration doubles the number of bits that are right, of 1 at first. *)
  let inverse = ref 1L in
  for _ = 1 to 6 do
    inverse := !inverse * (2L - (first * !inverse))
  done;
  let unit = Bytes.make size '\000' in
  set unit 0 1L;
  let sum = Bytes.make (plus size 8) '\000' in
  let m = { size; modulus; first; inverse = 0L - !inverse; one = Bytes.copy unit; square = Bytes.create size; unit; sum } in
  let double_often x =
    for _ = 1 to times 64 limbs do
      add m x x x
    done
  in
  double_often m.one;
  Bytes.blit m.one 0 m.square 0 size;
  double_often m.square;
  m
