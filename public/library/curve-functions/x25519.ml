(* The function X25519 (RFC 7748, 5): Montgomery's ladder on the x coordinates of Curve25519. *)

module F = Field25519

let swap mask a b t =
  Limbs.select t mask b a F.size;
  Limbs.select b mask a b F.size;
  F.copy a t

(** 32 bytes: the product of a scalar and a coordinate, 32 bytes each, the lowest first. *)
let scalar_mult scalar coordinate =
  let k = Bytes.copy scalar in
  Bytes.set_uint8 k 0 (Bytes.get_uint8 k 0 land 248);
  Bytes.set_uint8 k 31 (Bytes.get_uint8 k 31 land 127 lor 64);
  let x1 = Bytes.copy coordinate in
  Bytes.set_uint8 x1 31 (Bytes.get_uint8 x1 31 land 127);
  let x2 = F.of_small 1L and z2 = F.create () and x3 = Bytes.copy x1 and z3 = F.of_small 1L in
  let a = F.create () and b = F.create () and c = F.create () and d = F.create () in
  let swapped = ref 0 in
  for t = 254 downto 0 do
    let bit = Limbs.bit_at k t in
    let mask = Int64.of_int (- (bit lxor !swapped)) in
    swap mask x2 x3 a;
    swap mask z2 z3 a;
    swapped := bit;
    F.add a x2 z2;
    F.sub b x2 z2;
    F.add c x3 z3;
    F.sub d x3 z3;
    F.mul d d a;
    F.mul c c b;
    F.add x3 d c;
    F.sqr x3 x3;
    F.sub z3 d c;
    F.sqr z3 z3;
    F.mul z3 z3 x1;
    F.sqr a a;
    F.sqr b b;
    F.mul x2 a b;
    F.sub b a b;
    (* (486662 - 2) / 4 *)
    F.mul_small c b 121665L;
    F.add a a c;
    F.mul z2 b a
  done;
  let mask = Int64.of_int (- !swapped) in
  swap mask x2 x3 a;
  swap mask z2 z3 a;
  F.invert z2 z2;
  F.mul x2 x2 z2;
  F.canonical x2
