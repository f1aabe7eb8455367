(* Elements of fields in bigarrays, as mirage-crypto-ec 0.10 has them, and the functions of Montgomery's form on them. *)

open Curve_functions

type buffer = Crypto_memory.buffer
type point = { x : buffer; y : buffer; z : buffer }

module Make (C : sig
  val curve : Nist.t
  val modulus : Montgomery.t Lazy.t
end) =
struct
  let load (m : Montgomery.t) buffer r = Crypto_memory.read buffer 0 r 0 m.size
  let store (m : Montgomery.t) buffer r = Crypto_memory.write r 0 buffer 0 m.size

  (* Operands and results while they are bytes. *)
  let room = lazy (Array.init 2 (fun _ -> Bytes.create (Lazy.force C.modulus).size))

  let unary f target a =
    let m = Lazy.force C.modulus and x = (Lazy.force room).(0) in
    load m a x;
    f m x x;
    store m target x

  let binary f target a b =
    let m = Lazy.force C.modulus and x = (Lazy.force room).(0) and y = (Lazy.force room).(1) in
    load m a x;
    load m b y;
    f m x x y;
    store m target x

  let mul target a b = binary Montgomery.mul target a b
  let sub target a b = binary Montgomery.sub target a b
  let add target a b = binary Montgomery.add target a b
  let sqr target a = unary Montgomery.sqr target a
  let inv target a = unary Montgomery.inverse target a
  let to_montgomery target a = unary Montgomery.to_montgomery target a
  let from_montgomery target a = unary Montgomery.from_montgomery target a

  let set_one target =
    let m = Lazy.force C.modulus in
    store m target m.one

  (* The lowest byte first; what is in front of the limbs' last bytes are zeros. *)
  let from_bytes target bytes =
    let m = Lazy.force C.modulus and x = (Lazy.force room).(0) in
    Bytes.fill x 0 m.size '\000';
    Crypto_memory.read bytes 0 x 0 C.curve.bytes;
    store m target x

  let to_bytes target a =
    let m = Lazy.force C.modulus and x = (Lazy.force room).(0) in
    load m a x;
    Crypto_memory.write x 0 target 0 C.curve.bytes

  let nz a =
    let m = Lazy.force C.modulus and x = (Lazy.force room).(0) in
    load m a x;
    not (Int64.equal (Limbs.not_zero x m.size) 0L)

  let select target condition a b =
    let m = Lazy.force C.modulus and x = (Lazy.force room).(0) and y = (Lazy.force room).(1) in
    load m a x;
    load m b y;
    Limbs.select x (Int64.neg (Int64.of_int (Bool.to_int condition))) x y m.size;
    store m target x

  (* {1 Points} *)

  let points = lazy (Array.init 2 (fun _ -> Weierstrass.create (Lazy.force C.modulus)))

  let load_point m p (r : Weierstrass.point) =
    load m p.x r.x;
    load m p.y r.y;
    load m p.z r.z

  let store_point m p (r : Weierstrass.point) =
    store m p.x r.x;
    store m p.y r.y;
    store m p.z r.z

  let double target p =
    let m = Lazy.force C.modulus and r = (Lazy.force points).(0) in
    load_point m p r;
    Weierstrass.double (Lazy.force C.curve.curve) r r;
    store_point m target r

  let sum target p q =
    let m = Lazy.force C.modulus and a = (Lazy.force points).(0) and b = (Lazy.force points).(1) in
    load_point m p a;
    load_point m q b;
    Weierstrass.add (Lazy.force C.curve.curve) a a b;
    store_point m target a
end
