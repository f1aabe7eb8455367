(* Random numbers for cryptography. *)

include Rng
let entropy_test = Entropy.test

module Entropy = Entropy
module Fortuna = Fortuna
module Hmac_drbg = Hmac_drbg.Make
