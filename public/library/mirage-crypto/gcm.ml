(* Galois/Counter mode (SP 800-38D), for ciphers with blocks of 16 bytes. *)

open Cipher_functions
open Words

module Make (C : Modes.CIPHER) = struct
  module CTR = Modes.CTR (C) (Modes.Counter32)

  type key = { cipher : C.key; hash : Ghash.key }

  let key_sizes = C.key_sizes
  let block_size = C.block_size

  let of_secret secret =
    let cipher = C.of_secret secret in
    let h = Bytes.make 16 '\000' in
    C.encrypt cipher (Bytes.unsafe_to_string h) 0 h 0 1;
    { cipher; hash = Ghash.of_block (Bytes.unsafe_to_string h) }

  let name = C.name ^ ".GCM"
  let tag_size = 16

  (* The counter's first value (7.1, step 2). *)
  let first_counter key nonce =
    let n = String.length nonce in
    if n = 0 then invalid "Mirage_crypto: %s: a nonce has at least one byte" name;
    let block = Bytes.make 16 '\000' in
    if n = 12 then begin
      Bytes.blit_string nonce 0 block 0 12;
      Bytes.set block 15 '\001'
    end
    else begin
      let hash = Ghash.create () in
      Ghash.add key.hash hash nonce 0 n;
      Ghash.add_lengths key.hash hash 0 n;
      Ghash.get_into hash block
    end;
    Modes.Counter32.of_octets (Bytes.unsafe_to_string block)

  let tag key ctr adata ciphertext off len =
    let hash = Ghash.create () and tag = Bytes.create 16 in
    Ghash.add key.hash hash adata 0 (String.length adata);
    Ghash.add key.hash hash ciphertext off len;
    Ghash.add_lengths key.hash hash (String.length adata) len;
    Ghash.get_into hash tag;
    xor_into (CTR.stream ~key:key.cipher ~ctr 16) 0 tag 0 16;
    tag

  let encrypt_into ~key ~nonce ~adata src ~src_off dst ~dst_off ~tag_off len =
    let ctr = first_counter key nonce in
    CTR.unsafe_encrypt_into ~key:key.cipher ~ctr:(CTR.add_ctr ctr 1L) src ~src_off dst ~dst_off len;
    Bytes.blit (tag key ctr adata (Bytes.unsafe_to_string dst) dst_off len) 0 dst tag_off 16

  (* The tag first: what is not authentic is not decrypted. *)
  let decrypt_into ~key ~nonce ~adata src ~src_off ~tag_off dst ~dst_off len =
    let ctr = first_counter key nonce in
    let authentic = Aead.same_tag (tag key ctr adata src src_off len) src tag_off in
    if authentic then CTR.unsafe_decrypt_into ~key:key.cipher ~ctr:(CTR.add_ctr ctr 1L) src ~src_off dst ~dst_off len;
    authentic
end
