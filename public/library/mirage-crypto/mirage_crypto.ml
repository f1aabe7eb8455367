(* Ciphers and message authentication codes. *)

open Cipher_functions
module Uncommon = Uncommon
module Poly1305 = Poly1305

module type AEAD = Interfaces.AEAD
module type Stream = Interfaces.Stream

module Block = Interfaces.Block

(* A block cipher with an AEAD of it. *)
module Named_aes = struct
  include Aes

  let name = "AES"
end

module AES = struct
  module ECB = Modes.ECB (Named_aes)
  module CBC = Modes.CBC (Named_aes)
  module CTR = Modes.CTR (Named_aes) (Modes.Counter128)

  module GCM = struct
    module G = Gcm.Make (Named_aes)
    include G
    include Aead.Make (G)
  end

  module CCM16 = struct
    module M = Ccm.Make (Named_aes)
    include M
    include Aead.Make (M)
  end
end

module Named_des = struct
  include Des

  let name = "DES"
end

module DES = struct
  module ECB = Modes.ECB (Named_des)
  module CBC = Modes.CBC (Named_des)
  module CTR = Modes.CTR (Named_des) (Modes.Counter64)
end

let accelerated = []

module Chacha20 = Chacha20
module ARC4 = Arc4
