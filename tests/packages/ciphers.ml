(* Ciphers and authenticated encryption: texts of many sizes with Python's cryptography, and the vectors of RFC 8439, RFC 6229 and SP 800-38D. *)
open Mirage_crypto

let hex s = String.concat "" (List.map (fun c -> Printf.sprintf "%02x" (Char.code c)) (List.of_seq (String.to_seq s)))
let bytes n seed = String.init n (fun i -> Char.chr (((i * 7) + (seed * 31) + (i * i / 5)) land 255))
let p name n s = Printf.printf "%s %d %s\n" name n (hex s)
let raises f = match f () with _ -> false | exception Invalid_argument _ -> true

let aead name (module A : AEAD) key_size nonce_size =
  let key = A.of_secret (bytes key_size 1) and nonce = bytes nonce_size 2 in
  List.iter
    (fun (n, m) ->
      let text = bytes n 3 and adata = bytes m 4 in
      let sealed = A.authenticate_encrypt ~key ~nonce ~adata text in
      p (Printf.sprintf "%s %d/%d" name (8 * key_size) nonce_size) n sealed;
      assert (A.authenticate_decrypt ~key ~nonce ~adata sealed = Some text);
      let flip i s = String.mapi (fun j c -> if i = j then Char.chr (Char.code c lxor 1) else c) s in
      assert (A.authenticate_decrypt ~key ~nonce ~adata (flip 0 sealed) = None);
      assert (A.authenticate_decrypt ~key ~nonce ~adata (flip (String.length sealed - 1) sealed) = None);
      assert (A.authenticate_decrypt ~key ~nonce ~adata:(adata ^ "x") sealed = None);
      let text', tag = A.authenticate_encrypt_tag ~key ~nonce ~adata text in
      assert (text' ^ tag = sealed);
      assert (A.authenticate_decrypt_tag ~key ~nonce ~adata ~tag text' = Some text);
      let dst = Bytes.make (n + 40) '.' in
      A.authenticate_encrypt_into ~key ~nonce ~adata ("__" ^ text) ~src_off:2 dst ~dst_off:20 ~tag_off:2 n;
      assert (Bytes.sub_string dst 20 n = text' && Bytes.sub_string dst 2 16 = tag && Bytes.get dst 18 = '.' && Bytes.get dst (n + 20) = '.');
      let back = Bytes.make (n + 1) '.' in
      assert (A.authenticate_decrypt_into ~key ~nonce ~adata (Bytes.to_string dst) ~src_off:20 ~tag_off:2 back ~dst_off:0 n);
      assert (Bytes.to_string back = text ^ ".");
      assert (raises (fun () -> A.authenticate_encrypt_into ~key ~nonce text ~src_off:0 (Bytes.create n) ~dst_off:0 ~tag_off:0 (n + 1))))
    [ (0, 0); (0, 20); (1, 0); (15, 16); (16, 13); (17, 33); (64, 1); (255, 14); (1000, 300) ];
  assert (A.authenticate_decrypt ~key ~nonce "short" = None);
  assert (raises (fun () -> A.of_secret "short"))

let block_modes name (module E : Block.ECB) (module B : Block.CBC) key_size =
  let size = E.block_size in
  let iv = bytes size 5 in
  List.iter
    (fun blocks ->
      let text = bytes (blocks * size) 6 in
      let k = E.of_secret (bytes key_size 1) in
      let c = E.encrypt ~key:k text in
      p (Printf.sprintf "%s ecb %d" name (8 * key_size)) blocks c;
      assert (E.decrypt ~key:k c = text);
      let k = B.of_secret (bytes key_size 1) in
      let c = B.encrypt ~key:k ~iv text in
      p (Printf.sprintf "%s cbc %d" name (8 * key_size)) blocks c;
      assert (B.decrypt ~key:k ~iv c = text);
      let b = Bytes.of_string text in
      B.unsafe_encrypt_into_inplace ~key:k ~iv b ~dst_off:0 (Bytes.length b);
      assert (Bytes.to_string b = c);
      B.decrypt_into ~key:k ~iv (Bytes.unsafe_to_string b) ~src_off:0 b ~dst_off:0 (Bytes.length b);
      assert (Bytes.to_string b = text);
      if blocks > 1 then begin
        let half = blocks / 2 * size in
        let first = B.encrypt ~key:k ~iv (String.sub text 0 half) in
        assert (first ^ B.encrypt ~key:k ~iv:(B.next_iv first ~iv) (String.sub text half (String.length text - half)) = c)
      end)
    [ 0; 1; 2; 7 ];
  assert (raises (fun () -> E.encrypt ~key:(E.of_secret (bytes key_size 1)) "x"));
  assert (raises (fun () -> B.encrypt ~key:(B.of_secret (bytes key_size 1)) ~iv:"x" ""))

let () =
  List.iter (block_modes "aes" (module AES.ECB) (module AES.CBC)) [ 16; 24; 32 ];
  block_modes "3des" (module DES.ECB) (module DES.CBC) 24;
  List.iter
    (fun n ->
      let key = AES.CTR.of_secret (bytes 32 1) in
      (* The lower half overflows within the text. *)
      let ctr = AES.CTR.ctr_of_octets (bytes 8 5 ^ "\xff\xff\xff\xff\xff\xff\xff\xfe") in
      let text = bytes n 6 in
      p "aes ctr" n (AES.CTR.encrypt ~key ~ctr text);
      assert (AES.CTR.next_ctr text ~ctr = AES.CTR.add_ctr ctr (Int64.of_int ((n + 15) / 16)));
      assert (String.length (AES.CTR.stream ~key ~ctr n) = n))
    [ 0; 1; 16; 17; 100 ];
  assert (AES.CTR.add_ctr (1L, 0L) (-1L) = (0L, -1L));
  List.iter (fun k -> aead "gcm" (module AES.GCM) k 12) [ 16; 24; 32 ];
  List.iter (aead "gcm" (module AES.GCM) 16) [ 8; 16; 60 ];
  List.iter (fun k -> aead "ccm" (module AES.CCM16) k 13) [ 16; 24; 32 ];
  List.iter (aead "ccm" (module AES.CCM16) 16) [ 7; 12 ];
  (let key = AES.CCM16.of_secret (bytes 16 1) in
   p "ccm long" 65280 (AES.CCM16.authenticate_encrypt ~key ~nonce:(bytes 12 2) ~adata:(bytes 65280 4) "");
   assert (raises (fun () -> AES.CCM16.authenticate_encrypt ~key ~nonce:(bytes 14 2) "")));
  aead "chacha20" (module Chacha20) 32 12

(* RFC 8439, 2.4.2 and 2.5.2; counters beyond 32 bits with short nonces. *)
let () =
  let text = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it." in
  let key = Chacha20.of_secret (String.init 32 Char.chr) in
  p "rfc8439 2.4.2" 114 (Chacha20.crypt ~key ~nonce:"\000\000\000\000\000\000\000\x4a\000\000\000\000" ~ctr:1L text);
  p "chacha20 long" 130 (Chacha20.crypt ~key ~nonce:"\001\002\003\004\005\006\007\008" ~ctr:0xffffffffL (String.make 130 '\000'));
  assert (raises (fun () -> Chacha20.crypt ~key ~nonce:(bytes 12 0) ~ctr:0x1_0000_0000L "x"));
  assert (raises (fun () -> Chacha20.crypt ~key ~nonce:"short" "x"));
  let key = "\x85\xd6\xbe\x78\x57\x55\x6d\x33\x7f\x44\x52\xfe\x42\xd5\x06\xa8\x01\x03\x80\x8a\xfb\x0d\xb2\xfd\x4a\xbf\xf6\xaf\x41\x49\xf5\x1b" in
  p "rfc8439 2.5.2" 34 (Poly1305.mac ~key "Cryptographic Forum Research Group");
  List.iter
    (fun n ->
      let key = bytes 32 9 and text = bytes n 8 in
      p "poly1305" n (Poly1305.mac ~key text);
      let t = ref (Poly1305.empty ~key) in
      let rec feed at = if at < n then begin let part = min (1 + (at mod 19)) (n - at) in t := Poly1305.feed !t (String.sub text at part); feed (at + part) end in
      feed 0;
      assert (Poly1305.get !t = Poly1305.mac ~key text && Poly1305.get !t = Poly1305.mac ~key text))
    [ 0; 1; 15; 16; 17; 64; 1000 ];
  (* Sums at the edge of the prime (RFC 8439, A.3, 7 to 11). *)
  let r n = String.make 1 (Char.chr n) ^ String.make 31 '\000' in
  List.iter
    (fun (key, text) -> p "poly1305 edge" (String.length text) (Poly1305.mac ~key text))
    [ (r 2, String.make 16 '\xff'); (String.make 1 '\002' ^ String.make 15 '\000' ^ String.make 16 '\xff', "\002" ^ String.make 15 '\000');
      (r 1, String.make 16 '\xff' ^ "\xf0" ^ String.make 15 '\xff' ^ "\x11" ^ String.make 15 '\000');
      (r 1, String.make 16 '\xff' ^ "\xfb" ^ String.make 15 '\xfe' ^ String.make 16 '\x01'); (r 2, "\xfd" ^ String.make 15 '\xff') ]

(* RFC 6229, the key 0102030405 *)
let () =
  let { ARC4.message; key } = ARC4.encrypt ~key:(ARC4.of_secret "\001\002\003\004\005") (String.make 10 '\000') in
  p "arc4" 16 (message ^ (ARC4.decrypt ~key (String.make 6 '\000')).message);
  p "xor" 2 (Uncommon.xor "ab" "abc");
  Printf.printf "%d %d\n" (Uncommon.( // ) 7 2) (Uncommon.( // ) (-1) 2);
  match Uncommon.invalid_arg "%d is none" 3 with () -> () | exception Invalid_argument s -> print_endline s
