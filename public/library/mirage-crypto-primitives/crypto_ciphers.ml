(* What mirage-crypto 0.10 has in C of ciphers: blocks of AES, triple DES and ChaCha20, counters, exclusive or. *)

open Cipher_functions
open Bigarray

type buffer = Crypto_memory.buffer

external get32 : buffer -> int -> int32 = "%caml_bigstring_get32u"
external set32 : buffer -> int -> int32 -> unit = "%caml_bigstring_set32u"
external get64 : buffer -> int -> int64 = "%caml_bigstring_get64u"
external set64 : buffer -> int -> int64 -> unit = "%caml_bigstring_set64u"
external swap32 : int32 -> int32 = "%bswap_int32"
external swap64 : int64 -> int64 = "%bswap_int64"

(* {1 AES} A key in a buffer is its words in their order of use, 32 bits each. *)

let key_size rounds = 16 * (rounds + 1) [@@primitive "mc_aes_rk_size"]

let store (key : buffer) words = Array.iteri (fun i w -> set32 key (4 * i) (Int32.of_int w)) words
let secret buffer at rounds = Bytes.unsafe_to_string (Crypto_memory.sub buffer at (4 * (rounds - 6)))
let derive_encryption from at key rounds = store key (Aes.of_secret (secret from at rounds)).forward [@@primitive "mc_aes_derive_e_key"]

(* The key for encryption is given where there is one already. *)
let derive_decryption from at key rounds (_ : buffer option) = store key (Lazy.force (Aes.of_secret (secret from at rounds)).backward)
[@@primitive "mc_aes_derive_d_key"]

(* Where the words are when they are used. *)
let words = Array.init 3 (fun i -> Array.make (4 * (11 + (2 * i))) 0)

let load (key : buffer) rounds =
  let words = words.((rounds - 10) / 2) in
  for i = 0 to (4 * (rounds + 1)) - 1 do
    Array.unsafe_set words i (Int32.to_int (get32 key (4 * i)) land Words.mask)
  done;
  words

let encrypt source at target position key rounds blocks =
  let key = { Aes.forward = load key rounds; backward = lazy [||] } in
  Crypto_memory.map source at target position (16 * blocks) (fun piece n -> Aes.encrypt key (Bytes.unsafe_to_string piece) 0 piece 0 (n / 16))
[@@primitive "mc_aes_enc_bc"]

let decrypt source at target position key rounds blocks =
  let key = { Aes.forward = [||]; backward = Lazy.from_val (load key rounds) } in
  Crypto_memory.map source at target position (16 * blocks) (fun piece n -> Aes.decrypt key (Bytes.unsafe_to_string piece) 0 piece 0 (n / 16))
[@@primitive "mc_aes_dec_bc"]

(* Nothing is done by the processor's own instructions. *)
let aes_mode () = 0 [@@primitive "mc_aes_mode"]
let misc_mode () = 0 [@@primitive "mc_misc_mode"]
let detect_features () = () [@@primitive "mc_detect_cpu_features"]

(* {1 Triple DES} One key is in use: three times sixteen round keys of 48 bits. It is taken out and put back as words of 64 bits. *)

let current = Array.init 3 (fun _ -> Array.make 16 0)
let des_key_size () = 8 * 48 [@@primitive "mc_des_key_size"]

let des_use key = Array.iteri (fun i round_keys -> Array.iteri (fun j _ -> round_keys.(j) <- Int64.to_int (get64 key (8 * ((16 * i) + j)))) round_keys) current
[@@primitive "mc_des_use3key"]

let des_copy key = Array.iteri (fun i round_keys -> Array.iteri (fun j k -> set64 key (8 * ((16 * i) + j)) (Int64.of_int k)) round_keys) current
[@@primitive "mc_des_cp3key"]

let des_key from at direction =
  let key = Des.of_secret (Bytes.unsafe_to_string (Crypto_memory.sub from at 24)) in
  Array.iteri (fun i round_keys -> Array.blit round_keys 0 current.(i) 0 16) (if direction = 0 then key.forward else key.backward)
[@@primitive "mc_des_des3key"]

let des_crypt source at target position blocks =
  Crypto_memory.map source at target position (8 * blocks) (fun piece n -> Des.crypt current (Bytes.unsafe_to_string piece) 0 piece 0 (n / 8))
[@@primitive "mc_des_ddes"]

(* {1 ChaCha20} *)

let state = Array.make 16 0
let room = Array.make 16 0
let stream = Bytes.create 64

let chacha_block rounds from at target position =
  for i = 0 to 15 do
    state.(i) <- Int32.to_int (get32 from (at + (4 * i))) land Words.mask
  done;
  Chacha.block ~rounds state room stream 0;
  Crypto_memory.write stream 0 target position 64
[@@primitive "mc_chacha_round"]

(* {1 Poly1305} A context is the secret of 32 bytes, the sum's five limbs, how many bytes wait to be a block, and these. *)

let poly1305_size () = 32 + 40 + 8 + 16 [@@primitive "mc_poly1305_ctx_size"]
let poly1305_mac_size () = Poly1305.mac_size [@@primitive "mc_poly1305_mac_size"]

let poly1305_init context secret at =
  Bytes.fill context 0 (Bytes.length context) '\000';
  Crypto_memory.read secret at context 0 32
[@@primitive "mc_poly1305_init"]

let poly1305_load context =
  let limb i = Int64.to_int (Bytes.get_int64_ne context (32 + (8 * i))) in
  let state = Poly1305.create (Bytes.sub_string context 0 32) in
  state.h0 <- limb 0;
  state.h1 <- limb 1;
  state.h2 <- limb 2;
  state.h3 <- limb 3;
  state.h4 <- limb 4;
  state.used <- limb 5;
  Bytes.blit context 80 state.rest 0 16;
  state

let poly1305_save context (state : Poly1305.state) =
  let set i n = Bytes.set_int64_ne context (32 + (8 * i)) (Int64.of_int n) in
  set 0 state.h0;
  set 1 state.h1;
  set 2 state.h2;
  set 3 state.h3;
  set 4 state.h4;
  set 5 state.used;
  Bytes.blit state.rest 0 context 80 16

let poly1305_update context buffer at length =
  let state = poly1305_load context in
  Crypto_memory.iter buffer at length (fun piece n -> Poly1305.add state piece 0 n);
  poly1305_save context state
[@@primitive "mc_poly1305_update"]

let poly1305_finalize context target position =
  let mac = Bytes.create Poly1305.mac_size in
  Poly1305.finish (poly1305_load context) mac 0;
  Crypto_memory.write mac 0 target position Poly1305.mac_size
[@@primitive "mc_poly1305_finalize"]

(* {1 GHASH} A key is the table of the element's products. The sum is in the standard's order between calls. *)

let ghash_key_size () = 256 [@@primitive "mc_ghash_key_size"]
let ghash_mode () = 0 [@@primitive "mc_ghash_mode"]

let ghash_key from at key = Bytes.blit (Ghash.of_block (Bytes.unsafe_to_string (Crypto_memory.sub from at 16))) 0 key 0 256
[@@primitive "mc_ghash_init_key"]

let ghash key sum buffer at length =
  let swap () =
    Bytes.set_int64_ne sum 0 (Bytes.get_int64_be sum 0);
    Bytes.set_int64_ne sum 8 (Bytes.get_int64_be sum 8)
  in
  swap ();
  (* Pieces are whole blocks, but for the last. *)
  Crypto_memory.iter buffer at length (fun piece n -> Ghash.add key sum piece 0 n);
  swap ()
[@@primitive "mc_ghash"]

(* {1 Counters} The first is given in the standard's order; so are those that are written, one a block. *)

let count_64 first (target : buffer) position blocks =
  let n = Bytes.get_int64_be first 0 in
  for i = 0 to blocks - 1 do
    set64 target (position + (8 * i)) (swap64 (Int64.add n (Int64.of_int i)))
  done
[@@primitive "mc_count_8_be"]

let count_128 first (target : buffer) position blocks =
  let high = ref (Bytes.get_int64_be first 0) and low = ref (Bytes.get_int64_be first 8) in
  for i = 0 to blocks - 1 do
    set64 target (position + (16 * i)) (swap64 !high);
    set64 target (position + (16 * i) + 8) (swap64 !low);
    low := Int64.succ !low;
    if Int64.equal !low 0L then high := Int64.succ !high
  done
[@@primitive "mc_count_16_be"]

(* Only the last four bytes count. *)
let count_32 first (target : buffer) position blocks =
  let high = Bytes.get_int64_ne first 0 and middle = Bytes.get_int32_ne first 8 and low = Bytes.get_int32_be first 12 in
  for i = 0 to blocks - 1 do
    let at = position + (16 * i) in
    set64 target at high;
    set32 target (at + 8) middle;
    set32 target (at + 12) (swap32 (Int32.add low (Int32.of_int i)))
  done
[@@primitive "mc_count_16_be_4"]

(* {1 Exclusive or} *)

let xor_into (from : buffer) at (target : buffer) position length =
  let words = length lsr 3 in
  for i = 0 to words - 1 do
    let p = position + (8 * i) in
    set64 target p (Int64.logxor (get64 from (at + (8 * i))) (get64 target p))
  done;
  for i = 8 * words to length - 1 do
    let byte = Char.code (Array1.unsafe_get from (at + i)) lxor Char.code (Array1.unsafe_get target (position + i)) in
    Array1.unsafe_set target (position + i) (Char.unsafe_chr byte)
  done
[@@primitive "mc_xor_into"]
