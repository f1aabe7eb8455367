(* The stream cipher ChaCha20 and the AEAD that it makes with Poly1305 (RFC 8439); also with the nonces of 8 bytes and the counter of 64 bits
   that D. J. Bernstein gave it. *)

open Cipher_functions
open Words

type key = string

let of_secret secret =
  match String.length secret with
  | 16 | 32 -> secret
  | n -> invalid "Mirage_crypto.Chacha20: a key has 32 bytes (or 16, with nonces of 8), not %d" n

(* Constants, key, counter, nonce; the constants say how long the key is. *)
let initial ~key ~nonce ~counter =
  let state = Array.make 16 0 in
  let fill at s off words =
    for i = 0 to words - 1 do
      state.(at + i) <- get32_le s (off + (4 * i))
    done
  in
  let long = String.length key = 32 in
  fill 0 (if long then "expand 32-byte k" else "expand 16-byte k") 0 4;
  fill 4 key 0 4;
  fill 8 key (if long then 16 else 0) 4;
  (match String.length nonce with
  | 12 ->
      if not long then invalid "Mirage_crypto.Chacha20: with a nonce of 12 bytes a key has 32";
      if Int64.unsigned_compare counter 0xffff_ffffL > 0 then invalid "Mirage_crypto.Chacha20: with a nonce of 12 bytes a counter has 32 bits";
      state.(12) <- Int64.to_int counter;
      fill 13 nonce 0 3
  | 8 ->
      state.(12) <- Int64.to_int counter land mask;
      state.(13) <- Int64.to_int (Int64.shift_right_logical counter 32);
      fill 14 nonce 0 2
  | n -> invalid "Mirage_crypto.Chacha20: a nonce has 12 bytes or 8, not %d" n);
  (state, String.length nonce = 8)

let crypt_into ~key ~nonce ~counter src ~src_off dst ~dst_off len =
  let state, wide = initial ~key ~nonce ~counter in
  let w = Array.make 16 0 and stream = Bytes.create 64 in
  let rec go at =
    if at < len then begin
      Chacha.block ~rounds:10 state w stream 0;
      let next = (state.(12) + 1) land mask in
      state.(12) <- next;
      if next = 0 && wide then state.(13) <- (state.(13) + 1) land mask;
      let part = min 64 (len - at) in
      xor_into src (src_off + at) stream 0 part;
      Bytes.blit stream 0 dst (dst_off + at) part;
      go (at + 64)
    end
  in
  go 0

let crypt ~key ~nonce ?(ctr = 0L) data =
  let len = String.length data in
  let dst = Bytes.create len in
  crypt_into ~key ~nonce ~counter:ctr data ~src_off:0 dst ~dst_off:0 len;
  Bytes.unsafe_to_string dst

(* {1 The AEAD} (RFC 8439, 2.8) *)

include Aead.Make (struct
  type nonrec key = key

  let name = "Chacha20"
  let tag_size = Poly1305.mac_size

  (* The first block gives the code's key; the message begins with the second. *)
  let tag ~key ~nonce ~adata ciphertext off len =
    let secret = crypt ~key ~nonce (String.make 32 '\000') in
    let zeros n = (String.make 16 '\000', 0, -n land 15) in
    let lengths = Bytes.create 16 in
    Bytes.set_int64_le lengths 0 (Int64.of_int (String.length adata));
    Bytes.set_int64_le lengths 8 (Int64.of_int len);
    let tag = Bytes.create tag_size in
    let adata_size = String.length adata in
    Poly1305.unsafe_mac_into ~key:secret
      [ (adata, 0, adata_size); zeros adata_size; (ciphertext, off, len); zeros len; (Bytes.unsafe_to_string lengths, 0, 16) ]
      tag ~dst_off:0;
    tag

  let encrypt_into ~key ~nonce ~adata src ~src_off dst ~dst_off ~tag_off len =
    crypt_into ~key ~nonce ~counter:1L src ~src_off dst ~dst_off len;
    Bytes.blit (tag ~key ~nonce ~adata (Bytes.unsafe_to_string dst) dst_off len) 0 dst tag_off tag_size

  let decrypt_into ~key ~nonce ~adata src ~src_off ~tag_off dst ~dst_off len =
    let authentic = Aead.same_tag (tag ~key ~nonce ~adata src src_off len) src tag_off in
    if authentic then crypt_into ~key ~nonce ~counter:1L src ~src_off dst ~dst_off len;
    authentic
end)
