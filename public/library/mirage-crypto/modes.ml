(* Modes of operation of block ciphers (SP 800-38A). *)

open Cipher_functions
open Words

module type CIPHER = sig
  (** For messages. *)
  val name : string

  type key

  val of_secret : string -> key
  val key_sizes : int array
  val block_size : int

  (** [encrypt key src src_off dst dst_off blocks]. The source may be the target. *)
  val encrypt : key -> string -> int -> bytes -> int -> int -> unit

  val decrypt : key -> string -> int -> bytes -> int -> int -> unit
end

let check_whole name block_size len =
  if len mod block_size <> 0 then invalid "Mirage_crypto: %s: %d bytes are no whole blocks of %d" name len block_size

module ECB (C : CIPHER) = struct
  type key = C.key

  let of_secret = C.of_secret
  let key_sizes = C.key_sizes
  let block_size = C.block_size
  let name = C.name ^ ".ECB"
  let unsafe_encrypt_into ~key src ~src_off dst ~dst_off len = C.encrypt key src src_off dst dst_off (len / block_size)
  let unsafe_decrypt_into ~key src ~src_off dst ~dst_off len = C.decrypt key src src_off dst dst_off (len / block_size)

  let checked run ~key src ~src_off dst ~dst_off len =
    check_whole name block_size len;
    check_source name src src_off len;
    check_target name dst dst_off len;
    run ~key src ~src_off dst ~dst_off len

  let encrypt_into ~key src ~src_off dst ~dst_off len = checked unsafe_encrypt_into ~key src ~src_off dst ~dst_off len
  let decrypt_into ~key src ~src_off dst ~dst_off len = checked unsafe_decrypt_into ~key src ~src_off dst ~dst_off len

  let whole run ~key src =
    let len = String.length src in
    let dst = Bytes.create len in
    run ~key src ~src_off:0 dst ~dst_off:0 len;
    Bytes.unsafe_to_string dst

  let encrypt ~key src = whole encrypt_into ~key src
  let decrypt ~key src = whole decrypt_into ~key src
end

module CBC (C : CIPHER) = struct
  type key = C.key

  let of_secret = C.of_secret
  let key_sizes = C.key_sizes
  let block_size = C.block_size
  let name = C.name ^ ".CBC"
  let check_iv iv = if String.length iv <> block_size then invalid "Mirage_crypto: %s: an IV has %d bytes, not %d" name block_size (String.length iv)

  (* Each block with the one before it, encrypted in its place. *)
  let unsafe_encrypt_into_inplace ~key ~iv dst ~dst_off len =
    let text = Bytes.unsafe_to_string dst in
    for i = 0 to (len / block_size) - 1 do
      let at = dst_off + (i * block_size) in
      if i = 0 then xor_into iv 0 dst at block_size else xor_into text (at - block_size) dst at block_size;
      C.encrypt key text at dst at 1
    done

  let unsafe_encrypt_into ~key ~iv src ~src_off dst ~dst_off len =
    Bytes.blit_string src src_off dst dst_off len;
    unsafe_encrypt_into_inplace ~key ~iv dst ~dst_off len

  (* From the last block on, so that the source may be the target. *)
  let unsafe_decrypt_into ~key ~iv src ~src_off dst ~dst_off len =
    for i = (len / block_size) - 1 downto 0 do
      let from = src_off + (i * block_size) and into = dst_off + (i * block_size) in
      C.decrypt key src from dst into 1;
      if i = 0 then xor_into iv 0 dst into block_size else xor_into src (from - block_size) dst into block_size
    done

  let checked run ~key ~iv src ~src_off dst ~dst_off len =
    check_iv iv;
    check_whole name block_size len;
    check_source name src src_off len;
    check_target name dst dst_off len;
    run ~key ~iv src ~src_off dst ~dst_off len

  let encrypt_into ~key ~iv src ~src_off dst ~dst_off len = checked unsafe_encrypt_into ~key ~iv src ~src_off dst ~dst_off len
  let decrypt_into ~key ~iv src ~src_off dst ~dst_off len = checked unsafe_decrypt_into ~key ~iv src ~src_off dst ~dst_off len

  let whole run ~key ~iv src =
    let len = String.length src in
    let dst = Bytes.create len in
    run ~key ~iv src ~src_off:0 dst ~dst_off:0 len;
    Bytes.unsafe_to_string dst

  let encrypt ~key ~iv src = whole encrypt_into ~key ~iv src
  let decrypt ~key ~iv src = whole decrypt_into ~key ~iv src

  let next_iv ?(off = 0) ciphertext ~iv =
    check_iv iv;
    let len = String.length ciphertext - off in
    check_source name ciphertext off len;
    check_whole name block_size len;
    if len = 0 then iv else String.sub ciphertext (String.length ciphertext - block_size) block_size
end

module type COUNTER = sig
  type ctr

  val add_ctr : ctr -> int64 -> ctr

  (** From the first bytes of a string that is long enough. *)
  val of_octets : string -> ctr

  val store : ctr -> bytes -> int -> unit
end

(* 128 bits: the upper and the lower half. *)
module Counter128 = struct
  type ctr = int64 * int64

  let add_ctr (high, low) n =
    let sum = Int64.add low n in
    (* [n] is signed. *)
    let carry = Int64.unsigned_compare sum low < 0 and borrow = Int64.unsigned_compare sum low > 0 in
    let high = if Int64.compare n 0L >= 0 then if carry then Int64.succ high else high else if borrow then Int64.pred high else high in
    (high, sum)

  let of_octets s = (get64_be s 0, get64_be s 8)

  let store (high, low) b off =
    set64_be b off high;
    set64_be b (off + 8) low
end

module Counter64 = struct
  type ctr = int64

  let add_ctr = Int64.add
  let of_octets s = get64_be s 0
  let store ctr b off = set64_be b off ctr
end

(* The counter of GCM: only the last 32 bits of the block count (SP 800-38D, 6.2). *)
module Counter32 = struct
  type ctr = int64 * int64

  let add_ctr (high, low) n =
    let upper = Int64.logand low 0xffff_ffff_0000_0000L in
    (high, Int64.logor upper (Int64.logand (Int64.add low n) 0xffff_ffffL))

  let of_octets = Counter128.of_octets
  let store = Counter128.store
end

module CTR (C : CIPHER) (Counter : COUNTER) = struct
  type key = C.key
  type ctr = Counter.ctr

  let of_secret = C.of_secret
  let key_sizes = C.key_sizes
  let block_size = C.block_size
  let name = C.name ^ ".CTR"
  let add_ctr = Counter.add_ctr

  let ctr_of_octets s =
    if String.length s <> block_size then invalid "Mirage_crypto: %s: a counter has %d bytes, not %d" name block_size (String.length s);
    Counter.of_octets s

  let next_ctr ?(off = 0) message ~ctr =
    let len = String.length message - off in
    check_source name message off len;
    add_ctr ctr (Int64.of_int ((len + block_size - 1) / block_size))

  (* The counter's values, encrypted where they are written. *)
  let unsafe_stream_into ~key ~ctr dst ~off len =
    let blocks = len / block_size and rest = len mod block_size in
    let ctr = ref ctr in
    for i = 0 to blocks - 1 do
      Counter.store !ctr dst (off + (i * block_size));
      ctr := add_ctr !ctr 1L
    done;
    C.encrypt key (Bytes.unsafe_to_string dst) off dst off blocks;
    if rest > 0 then begin
      let last = Bytes.create block_size in
      Counter.store !ctr last 0;
      C.encrypt key (Bytes.unsafe_to_string last) 0 last 0 1;
      Bytes.blit last 0 dst (off + len - rest) rest
    end

  let unsafe_encrypt_into ~key ~ctr src ~src_off dst ~dst_off len =
    unsafe_stream_into ~key ~ctr dst ~off:dst_off len;
    xor_into src src_off dst dst_off len

  let unsafe_decrypt_into = unsafe_encrypt_into

  let stream_into ~key ~ctr dst ~off len =
    check_target name dst off len;
    unsafe_stream_into ~key ~ctr dst ~off len

  let encrypt_into ~key ~ctr src ~src_off dst ~dst_off len =
    check_source name src src_off len;
    check_target name dst dst_off len;
    unsafe_encrypt_into ~key ~ctr src ~src_off dst ~dst_off len

  let decrypt_into = encrypt_into

  let stream ~key ~ctr len =
    if len < 0 then invalid "Mirage_crypto: %s: a length is negative" name;
    let dst = Bytes.create len in
    unsafe_stream_into ~key ~ctr dst ~off:0 len;
    Bytes.unsafe_to_string dst

  let encrypt ~key ~ctr message =
    let len = String.length message in
    let dst = Bytes.create len in
    unsafe_encrypt_into ~key ~ctr message ~src_off:0 dst ~dst_off:0 len;
    Bytes.unsafe_to_string dst

  let decrypt = encrypt
end
