(* packages: mirage-crypto *)
(* Hashes, authentication codes and ciphers, in one piece and in parts that do not fit blocks, of data that begins anywhere. *)
open Mirage_crypto

let state = ref 7

let data n =
  (* Not from the beginning of its memory. *)
  let b = Cstruct.shift (Cstruct.create (n + 3)) 3 in
  for i = 0 to n - 1 do
    state := ((!state * 1103515245) + 12345) land 0x3fffffff;
    Cstruct.set_uint8 b i (!state lsr 16)
  done;
  b

let hex c = String.concat "" (List.map (fun ch -> Printf.sprintf "%02x" (Char.code ch)) (List.of_seq (String.to_seq (Cstruct.to_string c))))
let short c = if Cstruct.length c <= 48 then hex c else Printf.sprintf "%d:%s" (Cstruct.length c) (hex (Hash.SHA256.digest c))
let say name c = Printf.printf "%s %s\n" name (short c)
let verdict name ok = Printf.printf "%s %b\n" name ok

let rec parts f c =
  let n = Cstruct.length c in
  if n > 0 then begin
    let k = min n (1 + (n * 7 mod 61)) in
    f (Cstruct.sub c 0 k);
    parts f (Cstruct.shift c k)
  end

let names = [ (`MD5, "md5"); (`SHA1, "sha1"); (`SHA224, "sha224"); (`SHA256, "sha256"); (`SHA384, "sha384"); (`SHA512, "sha512") ]

let () =
  List.iter
    (fun (h, name) ->
      let module H = (val Hash.module_of h) in
      List.iter
        (fun n ->
          let d = data n in
          let one = H.digest d in
          say (Printf.sprintf "%s/%d" name n) one;
          if not (Cstruct.equal one (H.digesti (fun f -> parts f d))) then print_endline "parts differ";
          let half = H.feed H.empty (Cstruct.sub d 0 (n / 2)) in
          let whole = H.feed half (Cstruct.shift d (n / 2)) in
          (* Contexts stay what they were. *)
          say "half" (H.get half);
          if not (Cstruct.equal one (H.get whole)) then print_endline "halves differ";
          let key = data (n mod 150) in
          say "hmac" (H.hmac ~key d);
          if not (Cstruct.equal (H.hmac ~key d) H.(hmac_get (hmac_feed (hmac_feed (hmac_empty ~key) (Cstruct.sub d 0 (n / 3))) (Cstruct.shift d (n / 3))))) then print_endline "hmac differs")
        [ 0; 1; 55; 56; 63; 64; 65; 111; 112; 127; 128; 129; 1000; 9000 ])
    names

let () =
  List.iter
    (fun n ->
      let key = data 32 and d = data n in
      say (Printf.sprintf "poly1305/%d" n) (Poly1305.mac ~key d);
      if not (Cstruct.equal (Poly1305.mac ~key d) (Poly1305.maci ~key (fun f -> parts f d))) then print_endline "parts differ")
    [ 0; 1; 15; 16; 17; 31; 32; 33; 100; 5000 ];
  say "poly1305/ones" (Poly1305.mac ~key:(Cstruct.of_string (String.make 32 '\xff')) (Cstruct.of_string (String.make 64 '\xff')));
  try ignore (Poly1305.empty ~key:(data 31)) with Invalid_argument m -> print_endline m

module Modes (C : sig
  val name : string

  module ECB : Cipher_block.S.ECB
  module CBC : Cipher_block.S.CBC
  module CTR : Cipher_block.S.CTR
end) =
struct
  let () =
    Array.iter
      (fun key_size ->
        let secret = data key_size and block = C.ECB.block_size in
        let name mode n = Printf.sprintf "%s-%d/%s/%d" C.name (8 * key_size) mode n in
        List.iter
          (fun blocks ->
            let d = data (blocks * block) and iv = data block in
            let key = C.ECB.of_secret secret in
            let e = C.ECB.encrypt ~key d in
            say (name "ecb" blocks) e;
            if not (Cstruct.equal d (C.ECB.decrypt ~key e)) then print_endline "ecb differs";
            say "back" (C.ECB.decrypt ~key d);
            let key = C.CBC.of_secret secret in
            let e = C.CBC.encrypt ~key ~iv d in
            say (name "cbc" blocks) e;
            say "next" (C.CBC.next_iv ~iv e);
            if not (Cstruct.equal d (C.CBC.decrypt ~key ~iv e)) then print_endline "cbc differs")
          [ 0; 1; 2; 7; 600 ];
        List.iter
          (fun n ->
            let d = data n and key = C.CTR.of_secret secret in
            let ctr = C.CTR.ctr_of_cstruct (data block) in
            say (name "ctr" n) (C.CTR.encrypt ~key ~ctr d);
            let ctr = C.CTR.ctr_of_cstruct (Cstruct.of_string (String.make (block - 1) '\xff' ^ "\xfe")) in
            say "over" (C.CTR.stream ~key ~ctr n);
            say "later" (C.CTR.stream ~key ~ctr:(C.CTR.next_ctr ~ctr d) n))
          [ 0; 1; 16; 17; 100; 5000 ];
        try ignore (C.CBC.encrypt ~key:(C.CBC.of_secret secret) ~iv:(data block) (data (block + 1))) with Invalid_argument m -> print_endline m)
      C.ECB.key_sizes
end

module Aes_modes = Modes (struct
  include Cipher_block.AES

  let name = "aes"
end)

module Des_modes = Modes (struct
  include Cipher_block.DES

  let name = "3des"
end)

module type AEAD = sig
  type key

  val authenticate_encrypt : key:key -> nonce:Cstruct.t -> ?adata:Cstruct.t -> Cstruct.t -> Cstruct.t
  val authenticate_decrypt : key:key -> nonce:Cstruct.t -> ?adata:Cstruct.t -> Cstruct.t -> Cstruct.t option
end

let aead (type k) (module A : AEAD with type key = k) name (key : k) nonce_size sizes =
  List.iter
    (fun (n, a) ->
      let nonce = data nonce_size and adata = data a and d = data n in
      let e = A.authenticate_encrypt ~key ~nonce ~adata d in
      say (Printf.sprintf "%s/%d/%d" name n a) e;
      verdict "opens" (match A.authenticate_decrypt ~key ~nonce ~adata e with Some p -> Cstruct.equal p d | None -> false);
      let forged = Cstruct.of_string (Cstruct.to_string e) in
      Cstruct.set_uint8 forged (n / 2) (Cstruct.get_uint8 forged (n / 2) lxor 4);
      verdict "forged" (A.authenticate_decrypt ~key ~nonce ~adata forged <> None);
      verdict "other data" (A.authenticate_decrypt ~key ~nonce ~adata:(data (a + 1)) e <> None);
      say "none" (A.authenticate_encrypt ~key ~nonce d))
    sizes

let nonempty = [ (1, 0); (16, 20); (17, 16); (100, 13); (5000, 300) ]
let sizes = (0, 0) :: nonempty

let () =
  Array.iter
    (fun n ->
      let open Cipher_block.AES in
      let secret = data n in
      List.iter (fun nonce -> aead (module GCM) (Printf.sprintf "gcm-%d-%d" n nonce) (GCM.of_secret secret) nonce sizes) [ 12; 8; 16; 60 ];
      Array.iter (fun maclen -> aead (module CCM) (Printf.sprintf "ccm-%d-%d" n maclen) (CCM.of_secret ~maclen secret) 12 nonempty) CCM.mac_sizes)
    [| 16; 24; 32 |];
  aead (module Chacha20) "chacha" (Chacha20.of_secret (data 32)) 12 nonempty;
  List.iter
    (fun (k, n, ctr, size) -> say (Printf.sprintf "chacha/%d/%d/%Ld/%d" k n ctr size) (Chacha20.crypt ~key:(Chacha20.of_secret (data k)) ~nonce:(data n) ~ctr (data size)))
    [ (32, 12, 0xffff_ffffL, 200); (32, 8, 0xffff_ffffL, 200); (16, 8, -1L, 300); (32, 8, 5L, 5000) ];
  try ignore (Chacha20.crypt ~key:(Chacha20.of_secret (data 16)) ~nonce:(data 12) (data 1)) with Invalid_argument m -> print_endline m

let () =
  let key = Cipher_stream.ARC4.of_secret (data 16) in
  say "arc4" (Cipher_stream.ARC4.encrypt ~key (data 100)).message

let () =
  List.iter
    (fun n ->
      let a = data n and b = data (n + 5) in
      say (Printf.sprintf "xor/%d" n) (Uncommon.Cs.xor a b);
      Uncommon.Cs.xor_into a b n;
      say "into" b)
    [ 0; 1; 7; 8; 9; 40 ]
