(* Authenticated encryption (RFC 5116): its functions made of the two that work in place of others. *)

open Cipher_functions
open Words

module type CIPHER = sig
  type key

  (** For messages. *)
  val name : string

  val tag_size : int

  (** Raises [Invalid_argument] when the nonce has no right size; does not check ranges. *)
  val encrypt_into :
    key:key -> nonce:string -> adata:string -> string -> src_off:int -> bytes -> dst_off:int -> tag_off:int -> int -> unit

  (** Where the tag is wrong, nothing of the plaintext is left in the target. *)
  val decrypt_into :
    key:key -> nonce:string -> adata:string -> string -> src_off:int -> tag_off:int -> bytes -> dst_off:int -> int -> bool
end

module Make (C : CIPHER) = struct
  let tag_size = C.tag_size

  let unsafe_authenticate_encrypt_into ~key ~nonce ?(adata = "") src ~src_off dst ~dst_off ~tag_off len =
    C.encrypt_into ~key ~nonce ~adata src ~src_off dst ~dst_off ~tag_off len

  let unsafe_authenticate_decrypt_into ~key ~nonce ?(adata = "") src ~src_off ~tag_off dst ~dst_off len =
    C.decrypt_into ~key ~nonce ~adata src ~src_off ~tag_off dst ~dst_off len

  let authenticate_encrypt_into ~key ~nonce ?adata src ~src_off dst ~dst_off ~tag_off len =
    check_source C.name src src_off len;
    check_target C.name dst dst_off len;
    check_target C.name dst tag_off tag_size;
    unsafe_authenticate_encrypt_into ~key ~nonce ?adata src ~src_off dst ~dst_off ~tag_off len

  let authenticate_decrypt_into ~key ~nonce ?adata src ~src_off ~tag_off dst ~dst_off len =
    check_source C.name src src_off len;
    check_source C.name src tag_off tag_size;
    check_target C.name dst dst_off len;
    unsafe_authenticate_decrypt_into ~key ~nonce ?adata src ~src_off ~tag_off dst ~dst_off len

  let authenticate_encrypt ~key ~nonce ?adata message =
    let len = String.length message in
    let dst = Bytes.create (len + tag_size) in
    unsafe_authenticate_encrypt_into ~key ~nonce ?adata message ~src_off:0 dst ~dst_off:0 ~tag_off:len len;
    Bytes.unsafe_to_string dst

  let authenticate_encrypt_tag ~key ~nonce ?adata message =
    let whole = authenticate_encrypt ~key ~nonce ?adata message in
    let len = String.length message in
    (String.sub whole 0 len, String.sub whole len tag_size)

  let authenticate_decrypt ~key ~nonce ?adata whole =
    let len = String.length whole - tag_size in
    if len < 0 then None
    else begin
      let dst = Bytes.create len in
      if unsafe_authenticate_decrypt_into ~key ~nonce ?adata whole ~src_off:0 ~tag_off:len dst ~dst_off:0 len then
        Some (Bytes.unsafe_to_string dst)
      else None
    end

  let authenticate_decrypt_tag ~key ~nonce ?adata ~tag ciphertext =
    if String.length tag <> tag_size then None else authenticate_decrypt ~key ~nonce ?adata (ciphertext ^ tag)
end

(* Whether the tags are the same, in a time that does not tell where they differ. *)
let same_tag computed src off =
  let difference = ref 0 in
  for i = 0 to Bytes.length computed - 1 do
    difference := !difference lor (Char.code (Bytes.get computed i) lxor Char.code src.[off + i])
  done;
  !difference = 0
