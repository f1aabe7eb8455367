(* Points of the curve of Ed25519 (RFC 8032, 5.1), in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z. Formulas: 5.1.4. *)

module F = Field25519

type point = { x : bytes; y : bytes; z : bytes; t : bytes }

let neutral () = { x = F.create (); y = F.of_small 1L; z = F.of_small 1L; t = F.create () }

(* -121665/121666, and twice that. *)
let d =
  lazy
    (let r = F.of_small 121666L in
     F.invert r r;
     F.mul_small r r 121665L;
     F.negate r r;
     r)

let d2 =
  lazy
    (let r = Bytes.copy (Lazy.force d) in
     F.add r r r;
     r)

(* 2{^(p-1)/4}, from (p-1)/4 = 2 (p-5)/8 + 1. *)
let root_of_minus_one =
  lazy
    (let two = F.of_small 2L and r = F.create () in
     F.power_of_root r two;
     F.sqr r r;
     F.mul r r two;
     r)

(* {1 Sums} *)

let a = F.create ()
let b = F.create ()
let c = F.create ()
let e = F.create ()

(* What sums and products by two end with: E, F, G, H. *)
let[@inline] finish r e f g h =
  F.mul r.x e f;
  F.mul r.y g h;
  F.mul r.t e h;
  F.mul r.z f g

(** [r = 2p]; they may be one. *)
let double r p =
  F.add e p.x p.y;
  F.sqr e e;
  F.sqr a p.x;
  F.sqr b p.y;
  F.sqr c p.z;
  F.add c c c;
  (* H = A + B, E = H - (X + Y)^2, G = A - B, F = C + G *)
  let g = r.t in
  F.sub g a b;
  F.add b a b;
  F.sub e b e;
  F.add c c g;
  F.copy a g;
  finish r e c a b

(* A point as it is added: Y + X, Y - X, 2Z, 2dT, one behind the other. *)
let term_size = 4 * F.size

let write_term p target at =
  let put i f =
    let r = F.create () in
    f r;
    Bytes.blit r 0 target (at + (i * F.size)) F.size
  in
  put 0 (fun r -> F.add r p.y p.x);
  put 1 (fun r -> F.sub r p.y p.x);
  put 2 (fun r -> F.add r p.z p.z);
  put 3 (fun r -> F.mul r p.t (Lazy.force d2))

type term = { sum : bytes; difference : bytes; z2 : bytes; t2d : bytes }

let term () = { sum = F.create (); difference = F.create (); z2 = F.create (); t2d = F.create () }

let read_term term source at =
  let get r i = Bytes.blit source (at + (i * F.size)) r 0 F.size in
  get term.sum 0;
  get term.difference 1;
  get term.z2 2;
  get term.t2d 3

(** [r = p + q]; [r] may be [p]. *)
let add r p q =
  F.sub a p.y p.x;
  F.mul a a q.difference;
  F.add b p.y p.x;
  F.mul b b q.sum;
  F.mul c p.t q.t2d;
  let z = r.z in
  F.mul z p.z q.z2;
  F.sub e b a;
  F.add b b a;
  F.sub a z c;
  F.add c z c;
  (* E, F = D - C in a, G = D + C in c, H in b *)
  finish r e a c b

(* {1 Bytes} (5.1.2, 5.1.3) *)

let encode p =
  let z = F.create () and x = F.create () and y = F.create () in
  F.invert z p.z;
  F.mul x p.x z;
  F.mul y p.y z;
  let r = F.canonical y in
  if F.is_odd x then Bytes.set_uint8 r 31 (Bytes.get_uint8 r 31 lor 128);
  r

(** The point of a y coordinate and the lowest bit of x, if there is one. A y from the prime on is taken for what it is modulo it. *)
let decode s =
  let sign = Bytes.get_uint8 s 31 lsr 7 = 1 in
  let y = Bytes.copy s in
  Bytes.set_uint8 y 31 (Bytes.get_uint8 y 31 land 127);
  let u = F.create () and v = F.create () and x = F.create () and t = F.create () in
  F.sqr t y;
  F.sub u t F.one;
  F.mul v t (Lazy.force d);
  F.add v v F.one;
  (* x = u v^3 (u v^7)^((p-5)/8) *)
  let v3 = F.create () in
  F.sqr v3 v;
  F.mul v3 v3 v;
  F.sqr t v3;
  F.mul t t v;
  F.mul t t u;
  F.power_of_root t t;
  F.mul x u v3;
  F.mul x x t;
  F.sqr t x;
  F.mul t t v;
  let found =
    F.equal t u
    || begin
         F.negate u u;
         F.equal t u
         && begin
              F.mul x x (Lazy.force root_of_minus_one);
              true
            end
       end
  in
  if not found then None
  else begin
    if F.is_odd x <> sign then F.negate x x;
    let t = F.create () in
    F.mul t x y;
    Some { x; y; z = F.of_small 1L; t }
  end

(* {1 Products} Scalars are 32 bytes, the lowest first, below 2{^255}. *)

(* The digits to the base 16, from -8 to 7 but for the last. *)
let digits scalar =
  let digit = Array.init 64 (fun i -> (Bytes.get_uint8 scalar (i / 2) lsr (4 * (i land 1))) land 15) in
  for i = 0 to 62 do
    let carry = (digit.(i) + 8) asr 4 in
    digit.(i) <- digit.(i) - (carry lsl 4);
    digit.(i + 1) <- digit.(i + 1) + carry
  done;
  digit

(* Writes p, 2p, ..., 8p as terms. *)
let write_multiples p table at =
  let one = term () and multiple = { x = Bytes.copy p.x; y = Bytes.copy p.y; z = Bytes.copy p.z; t = Bytes.copy p.t } in
  write_term p table at;
  read_term one table at;
  for i = 1 to 7 do
    add multiple multiple one;
    write_term multiple table (at + (i * term_size))
  done

(* Reads the term for a digit from eight multiples; all of them are looked at, whatever the digit is. *)
let neutral_term =
  lazy
    (let b = Bytes.create term_size in
     write_term (neutral ()) b 0;
     b)

let chosen = Bytes.create term_size

let choose term table at digit =
  let sign = digit asr 62 in
  let size = (digit lxor sign) - sign in
  Bytes.blit (Lazy.force neutral_term) 0 chosen 0 term_size;
  for i = 0 to 7 do
    (* All ones if the multiple is this one. *)
    let mask = Int64.of_int (((size lxor (i + 1)) - 1) asr 62) in
    let other = Int64.lognot mask and from = at + (i * term_size) in
    let j = ref 0 in
    while !j < term_size do
      Limbs.set chosen !j (Int64.logor (Int64.logand (Limbs.get table (from + !j)) mask) (Int64.logand (Limbs.get chosen !j) other));
      j := !j + 8
    done
  done;
  read_term term chosen 0;
  (* The opposite point has sum and difference exchanged, and T negated. *)
  let mask = Int64.of_int sign in
  X25519.swap mask term.sum term.difference a;
  F.negate a term.t2d;
  Limbs.select term.t2d mask a term.t2d F.size

(* The base point: y = 4/5, x even. *)
let base =
  lazy
    (let y = F.of_small 5L in
     F.invert y y;
     F.mul_small y y 4L;
     match decode (F.canonical y) with Some p -> p | None -> assert false)

(* The multiples 1 to 8 of 256{^i} times the base point, for i from 0 to 31. *)
let base_multiples =
  lazy
    (let table = Bytes.create (32 * 8 * term_size) and p = Lazy.force base in
     let p = { x = Bytes.copy p.x; y = Bytes.copy p.y; z = Bytes.copy p.z; t = Bytes.copy p.t } in
     for i = 0 to 31 do
       write_multiples p table (i * 8 * term_size);
       for _ = 1 to 8 do
         double p p
       done
     done;
     table)

(** A scalar times the base point; its time does not depend on the scalar. *)
let base_mult scalar =
  let table = Lazy.force base_multiples and digit = digits scalar and r = neutral () and q = term () in
  let add_digits first =
    for i = 0 to 31 do
      choose q table (i * 8 * term_size) digit.((2 * i) + first);
      add r r q
    done
  in
  add_digits 1;
  for _ = 1 to 4 do
    double r r
  done;
  add_digits 0;
  r

(** A scalar times a point. *)
let mult scalar p =
  let table = Bytes.create (8 * term_size) and digit = digits scalar and r = neutral () and q = term () in
  write_multiples p table 0;
  for i = 63 downto 0 do
    for _ = 1 to 4 do
      double r r
    done;
    choose q table 0 digit.(i);
    add r r q
  done;
  r

let negate p =
  let x = F.create () and t = F.create () in
  F.negate x p.x;
  F.negate t p.t;
  { p with x; t }

(** The sum of two points. *)
let sum p q =
  let b = Bytes.create term_size and term = term () and r = neutral () in
  write_term q b 0;
  read_term term b 0;
  add r p term;
  r

(* {1 Scalars} modulo the group's order (5.1) *)

let order = lazy (Montgomery.create ~limbs:4 "1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed")

(** Of 64 bytes, the lowest first. *)
let reduce wide =
  let m = Lazy.force order in
  let low = Bytes.sub wide 0 32 and high = Bytes.sub wide 32 32 in
  Montgomery.to_montgomery m low low;
  Montgomery.to_montgomery m high high;
  Montgomery.to_montgomery m high high;
  Montgomery.add m low low high;
  Montgomery.from_montgomery m low low;
  low

(** ab + c. *)
let mul_add a b c =
  let m = Lazy.force order in
  let r = Bytes.copy a and c' = Bytes.copy c in
  Montgomery.to_montgomery m r r;
  (* The second factor is the one that must be below the order. *)
  Montgomery.mul m r b r;
  Montgomery.to_montgomery m c' c';
  Montgomery.from_montgomery m c' c';
  Montgomery.add m r r c';
  r
