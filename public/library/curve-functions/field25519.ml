(* Numbers modulo 2{^255} - 19: four limbs, anything below 2{^256}; what is written is below the prime. 2{^256} is 38 here. *)

open Limbs

let size = 32
let create () = Bytes.make size '\000'

let of_small n =
  let r = create () in
  set r 0 n;
  r

let zero = of_small 0L
let one = of_small 1L

(* Adds [carry], at most 2{^58}, times 2{^256}. *)
let fold r carry =
  let over = add_limb r (38L * carry) size in
  (* A carry out of that leaves a small number. *)
  set r 0 (get r 0 + (38L * over))

let add r a b = fold r (add_limbs r a b size)

let sub r a b =
  (* 2{^256} less is 38 less; twice at most. *)
  let borrow = ref (38L * sub_limbs r a b size) and i = ref 0 in
  while !i < size do
    let x = get r !i in
    set r !i (x - !borrow);
    borrow := bit (below x !borrow);
    i := plus !i 8
  done;
  set r 0 (get r 0 - (38L * !borrow))

(* Room for a product. *)
let product = Bytes.create 64

let mul r a b =
  let t = product in
  Bytes.unsafe_fill t 0 32 '\000';
  let a0 = get a 0 and a1 = get a 8 and a2 = get a 16 and a3 = get a 24 in
  let i = ref 0 in
  while !i < size do
    let at = !i in
    let w = get b at in
    let[@inline] column x offset carry =
      let p = x * w in
      let s = p + carry in
      let u = s + get t (plus at offset) in
      set t (plus at offset) u;
      high_product x w + bit (below s p) + bit (below u s)
    in
    set t (plus at 32) (column a3 24 (column a2 16 (column a1 8 (column a0 0 0L))));
    i := plus at 8
  done;
  let carry = ref 0L and i = ref 0 in
  while !i < size do
    let x = get t (plus !i 32) in
    let p = x * 38L in
    let s = p + !carry in
    let u = s + get t !i in
    carry := high_product x 38L + bit (below s p) + bit (below u s);
    set r !i u;
    i := plus !i 8
  done;
  fold r !carry

let sqr r a = mul r a a

(** Times a number below 2{^50}. *)
let mul_small r a n =
  let carry = ref 0L and i = ref 0 in
  while !i < size do
    let x = get a !i in
    let p = x * n in
    let s = p + !carry in
    carry := high_product x n + bit (below s p);
    set r !i s;
    i := plus !i 8
  done;
  fold r !carry

let negate r a = sub r zero a
let copy r a = Bytes.blit a 0 r 0 size

let sqr_often r a n =
  sqr r a;
  for _ = 2 to n do
    sqr r r
  done

(* a{^2{^250} - 1}, and a{^11}. *)
let power_250 a =
  let a2 = create () and a9 = create () and a11 = create () and t = create () in
  sqr a2 a;
  sqr_often t a2 2;
  mul a9 t a;
  mul a11 a9 a2;
  sqr t a11;
  (* [ones.(n)] is a to the number of n bits that are all ones. *)
  let extend x n y =
    let r = create () in
    sqr_often r x n;
    mul r r y;
    r
  in
  let ones5 = create () in
  mul ones5 t a9;
  let ones10 = extend ones5 5 ones5 in
  let ones20 = extend ones10 10 ones10 in
  let ones40 = extend ones20 20 ones20 in
  let ones50 = extend ones40 10 ones10 in
  let ones100 = extend ones50 50 ones50 in
  let ones200 = extend ones100 100 ones100 in
  (extend ones200 50 ones50, a11)

(** [r = 1/a], 0 for 0: a{^p-2} where p - 2 = 2{^255} - 21. *)
let invert r a =
  let ones, a11 = power_250 a in
  sqr_often ones ones 5;
  mul r ones a11

(** [r] = a{^(p-5)/8}, the exponent being 2{^252} - 3. *)
let power_of_root r a =
  let ones, _ = power_250 a in
  let a = Bytes.copy a in
  sqr_often ones ones 2;
  mul r ones a

(* Of x below 2{^256}: what it is above a multiple of the prime. *)
let canonical a =
  let r = Bytes.copy a in
  let top_cleared () = set r 24 (get r 24 land 0x7fff_ffff_ffff_ffffL) in
  (* Never to more than 2{^256}. *)
  let plus_small n = ignore (add_limb r n size) in
  let high = get r 24 lsr 63 in
  top_cleared ();
  plus_small (19L * high);
  (* Below 2{^255} + 19: one subtraction, if adding 19 reaches 2{^255}. *)
  let probe = Bytes.copy r in
  plus_small 19L;
  let reached = get r 24 lsr 63 in
  Bytes.blit probe 0 r 0 size;
  plus_small (19L * reached);
  top_cleared ();
  r

let equal a b = Bytes.equal (canonical a) (canonical b)

(** The lowest bit of the number below the prime. *)
let is_odd a = bit_at (canonical a) 0 = 1
