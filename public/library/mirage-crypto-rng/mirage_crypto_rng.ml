(* Random numbers for cryptography. *)

include Rng
module Entropy = Entropy
module Fortuna = Fortuna
module Hmac_drbg = Hmac_drbg.Make
