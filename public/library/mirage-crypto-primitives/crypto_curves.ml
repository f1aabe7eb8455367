(* What mirage-crypto-ec 0.10 has in C for the NIST curves: numbers modulo the field's prime (mc_p), modulo the order (mc_np), points. *)

open Curve_functions
open Crypto_fields

(* {1 P-224} *)

module P224 = Make (struct
  let curve = Nist.p224
  let modulus = curve.field
end)

module N224 = Make (struct
  let curve = Nist.p224
  let modulus = curve.order
end)

let p224_mul target a b = P224.mul target a b [@@primitive "mc_p224_mul"]
let p224_sub target a b = P224.sub target a b [@@primitive "mc_p224_sub"]
let p224_add target a b = P224.add target a b [@@primitive "mc_p224_add"]
let p224_sqr target a = P224.sqr target a [@@primitive "mc_p224_sqr"]
let p224_inv target a = P224.inv target a [@@primitive "mc_p224_inv"]
let p224_to_montgomery a = P224.to_montgomery a a [@@primitive "mc_p224_to_montgomery"]
let p224_from_montgomery a = P224.from_montgomery a a [@@primitive "mc_p224_from_montgomery"]
let p224_from_bytes target bytes = P224.from_bytes target bytes [@@primitive "mc_p224_from_bytes"]
let p224_to_bytes target a = P224.to_bytes target a [@@primitive "mc_p224_to_bytes"]
let p224_set_one target = P224.set_one target [@@primitive "mc_p224_set_one"]
let p224_nz a = P224.nz a [@@primitive "mc_p224_nz"]
let p224_select target condition a b = P224.select target condition a b [@@primitive "mc_p224_select"]
let p224_double target p = P224.double target p [@@primitive "mc_p224_point_double"]
let p224_sum target p q = P224.sum target p q [@@primitive "mc_p224_point_add"]
let n224_mul target a b = N224.mul target a b [@@primitive "mc_np224_mul"]
let n224_add target a b = N224.add target a b [@@primitive "mc_np224_add"]
let n224_inv target a = N224.inv target a [@@primitive "mc_np224_inv"]
let n224_one target = N224.set_one target [@@primitive "mc_np224_one"]
let n224_from_bytes target bytes = N224.from_bytes target bytes [@@primitive "mc_np224_from_bytes"]
let n224_to_bytes target a = N224.to_bytes target a [@@primitive "mc_np224_to_bytes"]
let n224_from_montgomery target a = N224.from_montgomery target a [@@primitive "mc_np224_from_montgomery"]
let n224_to_montgomery target a = N224.to_montgomery target a [@@primitive "mc_np224_to_montgomery"]

(* {1 P-256} *)

module P256 = Make (struct
  let curve = Nist.p256
  let modulus = curve.field
end)

module N256 = Make (struct
  let curve = Nist.p256
  let modulus = curve.order
end)

let p256_mul target a b = P256.mul target a b [@@primitive "mc_p256_mul"]
let p256_sub target a b = P256.sub target a b [@@primitive "mc_p256_sub"]
let p256_add target a b = P256.add target a b [@@primitive "mc_p256_add"]
let p256_sqr target a = P256.sqr target a [@@primitive "mc_p256_sqr"]
let p256_inv target a = P256.inv target a [@@primitive "mc_p256_inv"]
let p256_to_montgomery a = P256.to_montgomery a a [@@primitive "mc_p256_to_montgomery"]
let p256_from_montgomery a = P256.from_montgomery a a [@@primitive "mc_p256_from_montgomery"]
let p256_from_bytes target bytes = P256.from_bytes target bytes [@@primitive "mc_p256_from_bytes"]
let p256_to_bytes target a = P256.to_bytes target a [@@primitive "mc_p256_to_bytes"]
let p256_set_one target = P256.set_one target [@@primitive "mc_p256_set_one"]
let p256_nz a = P256.nz a [@@primitive "mc_p256_nz"]
let p256_select target condition a b = P256.select target condition a b [@@primitive "mc_p256_select"]
let p256_double target p = P256.double target p [@@primitive "mc_p256_point_double"]
let p256_sum target p q = P256.sum target p q [@@primitive "mc_p256_point_add"]
let n256_mul target a b = N256.mul target a b [@@primitive "mc_np256_mul"]
let n256_add target a b = N256.add target a b [@@primitive "mc_np256_add"]
let n256_inv target a = N256.inv target a [@@primitive "mc_np256_inv"]
let n256_one target = N256.set_one target [@@primitive "mc_np256_one"]
let n256_from_bytes target bytes = N256.from_bytes target bytes [@@primitive "mc_np256_from_bytes"]
let n256_to_bytes target a = N256.to_bytes target a [@@primitive "mc_np256_to_bytes"]
let n256_from_montgomery target a = N256.from_montgomery target a [@@primitive "mc_np256_from_montgomery"]
let n256_to_montgomery target a = N256.to_montgomery target a [@@primitive "mc_np256_to_montgomery"]

(* {1 P-384} *)

module P384 = Make (struct
  let curve = Nist.p384
  let modulus = curve.field
end)

module N384 = Make (struct
  let curve = Nist.p384
  let modulus = curve.order
end)

let p384_mul target a b = P384.mul target a b [@@primitive "mc_p384_mul"]
let p384_sub target a b = P384.sub target a b [@@primitive "mc_p384_sub"]
let p384_add target a b = P384.add target a b [@@primitive "mc_p384_add"]
let p384_sqr target a = P384.sqr target a [@@primitive "mc_p384_sqr"]
let p384_inv target a = P384.inv target a [@@primitive "mc_p384_inv"]
let p384_to_montgomery a = P384.to_montgomery a a [@@primitive "mc_p384_to_montgomery"]
let p384_from_montgomery a = P384.from_montgomery a a [@@primitive "mc_p384_from_montgomery"]
let p384_from_bytes target bytes = P384.from_bytes target bytes [@@primitive "mc_p384_from_bytes"]
let p384_to_bytes target a = P384.to_bytes target a [@@primitive "mc_p384_to_bytes"]
let p384_set_one target = P384.set_one target [@@primitive "mc_p384_set_one"]
let p384_nz a = P384.nz a [@@primitive "mc_p384_nz"]
let p384_select target condition a b = P384.select target condition a b [@@primitive "mc_p384_select"]
let p384_double target p = P384.double target p [@@primitive "mc_p384_point_double"]
let p384_sum target p q = P384.sum target p q [@@primitive "mc_p384_point_add"]
let n384_mul target a b = N384.mul target a b [@@primitive "mc_np384_mul"]
let n384_add target a b = N384.add target a b [@@primitive "mc_np384_add"]
let n384_inv target a = N384.inv target a [@@primitive "mc_np384_inv"]
let n384_one target = N384.set_one target [@@primitive "mc_np384_one"]
let n384_from_bytes target bytes = N384.from_bytes target bytes [@@primitive "mc_np384_from_bytes"]
let n384_to_bytes target a = N384.to_bytes target a [@@primitive "mc_np384_to_bytes"]
let n384_from_montgomery target a = N384.from_montgomery target a [@@primitive "mc_np384_from_montgomery"]
let n384_to_montgomery target a = N384.to_montgomery target a [@@primitive "mc_np384_to_montgomery"]

(* {1 P-521} *)

module P521 = Make (struct
  let curve = Nist.p521
  let modulus = curve.field
end)

module N521 = Make (struct
  let curve = Nist.p521
  let modulus = curve.order
end)

let p521_mul target a b = P521.mul target a b [@@primitive "mc_p521_mul"]
let p521_sub target a b = P521.sub target a b [@@primitive "mc_p521_sub"]
let p521_add target a b = P521.add target a b [@@primitive "mc_p521_add"]
let p521_sqr target a = P521.sqr target a [@@primitive "mc_p521_sqr"]
let p521_inv target a = P521.inv target a [@@primitive "mc_p521_inv"]
let p521_to_montgomery a = P521.to_montgomery a a [@@primitive "mc_p521_to_montgomery"]
let p521_from_montgomery a = P521.from_montgomery a a [@@primitive "mc_p521_from_montgomery"]
let p521_from_bytes target bytes = P521.from_bytes target bytes [@@primitive "mc_p521_from_bytes"]
let p521_to_bytes target a = P521.to_bytes target a [@@primitive "mc_p521_to_bytes"]
let p521_set_one target = P521.set_one target [@@primitive "mc_p521_set_one"]
let p521_nz a = P521.nz a [@@primitive "mc_p521_nz"]
let p521_select target condition a b = P521.select target condition a b [@@primitive "mc_p521_select"]
let p521_double target p = P521.double target p [@@primitive "mc_p521_point_double"]
let p521_sum target p q = P521.sum target p q [@@primitive "mc_p521_point_add"]
let n521_mul target a b = N521.mul target a b [@@primitive "mc_np521_mul"]
let n521_add target a b = N521.add target a b [@@primitive "mc_np521_add"]
let n521_inv target a = N521.inv target a [@@primitive "mc_np521_inv"]
let n521_one target = N521.set_one target [@@primitive "mc_np521_one"]
let n521_from_bytes target bytes = N521.from_bytes target bytes [@@primitive "mc_np521_from_bytes"]
let n521_to_bytes target a = N521.to_bytes target a [@@primitive "mc_np521_to_bytes"]
let n521_from_montgomery target a = N521.from_montgomery target a [@@primitive "mc_np521_from_montgomery"]
let n521_to_montgomery target a = N521.to_montgomery target a [@@primitive "mc_np521_to_montgomery"]
