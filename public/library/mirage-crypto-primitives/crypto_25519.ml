(* What mirage-crypto-ec 0.10 has in C for X25519 and Ed25519. *)

open Curve_functions

let sub = Crypto_memory.sub
let put target b = Crypto_memory.write b 0 target 0 32

let x25519 target scalar at coordinate position = put target (X25519.scalar_mult (sub scalar at 32) (sub coordinate position 32))
[@@primitive "mc_x25519_scalar_mult_generic"]

let base_mult target scalar = put target (Edwards25519.encode (Edwards25519.base_mult (sub scalar 0 32))) [@@primitive "mc_25519_scalar_mult_base"]

(** In place; the upper 32 bytes stay. *)
let reduce wide = put wide (Edwards25519.reduce (sub wide 0 64)) [@@primitive "mc_25519_reduce_l"]

let mul_add target a b c = put target (Edwards25519.mul_add (sub a 0 32) (sub b 0 32) (sub c 0 32)) [@@primitive "mc_25519_muladd"]

(** What signatures are verified with: the base point times [s], less the key times [k]; false if the key is no point. *)
let double_mult target k key s at =
  match Edwards25519.decode (sub key 0 32) with
  | None -> false
  | Some p ->
      let less = Edwards25519.mult (sub k 0 32) (Edwards25519.negate p) in
      put target (Edwards25519.encode (Edwards25519.sum (Edwards25519.base_mult (sub s at 32)) less));
      true
[@@primitive "mc_25519_double_scalar_mult"]

let is_point key = Option.is_some (Edwards25519.decode (sub key 0 32)) [@@primitive "mc_25519_pub_ok"]
