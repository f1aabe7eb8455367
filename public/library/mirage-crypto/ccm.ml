(* Counter mode with CBC-MAC (SP 800-38C, RFC 3610), for ciphers with blocks of 16 bytes, with tags of 16 bytes. *)

open Cipher_functions
open Words

module Make (C : Modes.CIPHER) = struct
  module CTR = Modes.CTR (C) (Modes.Counter128)

  type key = C.key

  let key_sizes = C.key_sizes
  let block_size = C.block_size
  let of_secret = C.of_secret
  let name = C.name ^ ".CCM16"
  let tag_size = 16

  (* How many bytes the length of a message has: a block without the nonce and a byte of flags. *)
  let length_size nonce len =
    let n = String.length nonce in
    if n < 7 || n > 13 then invalid "Mirage_crypto: %s: a nonce has 7 to 13 bytes, not %d" name n;
    let size = 15 - n in
    if size < 8 && len lsr (8 * size) <> 0 then invalid "Mirage_crypto: %s: with a nonce of %d bytes a message has less than 2^%d" name n (8 * size);
    size

  (* Flags, the nonce, and a number behind it. *)
  let block flags nonce size number =
    let b = Bytes.make 16 '\000' in
    Bytes.set b 0 (Char.chr flags);
    Bytes.blit_string nonce 0 b 1 (String.length nonce);
    for i = 0 to size - 1 do
      Bytes.set b (15 - i) (Char.chr ((number lsr (8 * i)) land 255))
    done;
    b

  (* How long the associated data are (SP 800-38C, A.2.2). *)
  let adata_header n =
    let number size = String.init size (fun i -> Char.chr ((n lsr (8 * (size - 1 - i))) land 255)) in
    if n < 0xff00 then number 2 else if n <= 0xffff_ffff then "\xff\xfe" ^ number 4 else "\xff\xff" ^ number 8

  (* Takes data into the chain, filled up with zeros to whole blocks. *)
  let chain key mac data off len =
    let rec go off len =
      if len > 0 then begin
        let part = min len 16 in
        xor_into data off mac 0 part;
        C.encrypt key (Bytes.unsafe_to_string mac) 0 mac 0 1;
        go (off + part) (len - part)
      end
    in
    go off len

  let tag key nonce adata text off len =
    let size = length_size nonce len in
    let flags = (if adata = "" then 0 else 0x40) lor (((tag_size - 2) / 2) lsl 3) lor (size - 1) in
    let mac = block flags nonce size len in
    C.encrypt key (Bytes.unsafe_to_string mac) 0 mac 0 1;
    if adata <> "" then begin
      let data = adata_header (String.length adata) ^ adata in
      chain key mac data 0 (String.length data)
    end;
    chain key mac text off len;
    mac

  let counter nonce len n =
    let size = length_size nonce len in
    CTR.ctr_of_octets (Bytes.unsafe_to_string (block (size - 1) nonce size n))

  let seal_tag key nonce len tag = xor_into (CTR.stream ~key ~ctr:(counter nonce len 0) 16) 0 tag 0 16

  let encrypt_into ~key ~nonce ~adata src ~src_off dst ~dst_off ~tag_off len =
    let tag = tag key nonce adata src src_off len in
    seal_tag key nonce len tag;
    CTR.unsafe_encrypt_into ~key ~ctr:(counter nonce len 1) src ~src_off dst ~dst_off len;
    Bytes.blit tag 0 dst tag_off 16

  (* The tag is that of the plaintext: it is taken back when it is wrong. *)
  let decrypt_into ~key ~nonce ~adata src ~src_off ~tag_off dst ~dst_off len =
    CTR.unsafe_decrypt_into ~key ~ctr:(counter nonce len 1) src ~src_off dst ~dst_off len;
    let tag = tag key nonce adata (Bytes.unsafe_to_string dst) dst_off len in
    seal_tag key nonce len tag;
    let authentic = Aead.same_tag tag src tag_off in
    if not authentic then Bytes.fill dst dst_off len '\000';
    authentic
end
