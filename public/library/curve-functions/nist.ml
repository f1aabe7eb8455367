(* The prime fields of the NIST curves and the numbers modulo their orders (SP 800-186, 3.2.1), each made when it is first used. *)

type t = {
  bytes : int;  (** of a number as it is written *)
  field : Montgomery.t Lazy.t;
  order : Montgomery.t Lazy.t;
  curve : Weierstrass.curve Lazy.t;
}

let make ~bytes ~limbs p n =
  let field = lazy (Montgomery.create ~limbs p) in
  { bytes; field; order = lazy (Montgomery.create ~limbs n); curve = lazy (Weierstrass.curve (Lazy.force field)) }

let p224 =
  make ~bytes:28 ~limbs:4 "ffffffffffffffffffffffffffffffff000000000000000000000001" "ffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3d"

let p256 =
  make ~bytes:32 ~limbs:4 "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"
    "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"

let p384 =
  make ~bytes:48 ~limbs:6 "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff"
    "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973"

let p521 =
  make ~bytes:66 ~limbs:9 ("01ff" ^ String.make 128 'f')
    "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409"
