(* What mirage-crypto 0.10 has in C of hash functions. A context is the state, how many bytes have come, and those that are no block yet. *)

open Hash_functions

external get64 : bytes -> int -> int64 = "%caml_bytes_get64u"
external set64 : bytes -> int -> int64 -> unit = "%caml_bytes_set64u"

(* States as eight words of 64 bits. *)
module type FUNCTION = sig
  include Engine.COMPRESSION

  val save : state -> bytes -> unit
  val load : bytes -> state
end

module Context (F : FUNCTION) = struct
  let total_at = 64
  let rest_at = 72
  let size = rest_at + F.block_size

  let init context =
    F.save (F.initial ()) context;
    set64 context total_at 0L

  let update context buffer length =
    let state = F.load context and total = ref (Int64.to_int (get64 context total_at)) in
    Crypto_memory.iter buffer 0 length (fun piece n ->
        let at = ref 0 in
        while !at < n do
          let used = !total mod F.block_size in
          let part = min (F.block_size - used) (n - !at) in
          total := !total + part;
          if part = F.block_size then F.compress state piece !at !total
          else begin
            Bytes.blit_string piece !at context (rest_at + used) part;
            if used + part = F.block_size then F.compress state (Bytes.unsafe_to_string context) rest_at !total
          end;
          at := !at + part
        done);
    F.save state context;
    set64 context total_at (Int64.of_int !total)

  let finalize context buffer =
    let total = Int64.to_int (get64 context total_at) in
    let digest = F.finish (F.load context) (Bytes.sub context rest_at F.block_size) (total mod F.block_size) total in
    Foreign_bigstrings.of_string digest 0 buffer 0 F.digest_size
end

(* States of 32-bit words. *)
module Of_words (F : Engine.COMPRESSION with type state = int array) = Context (struct
  include F

  let words = Array.length (F.initial ())
  let save state b = Array.iteri (fun i w -> set64 b (8 * i) (Int64.of_int w)) state
  let load b = Array.init words (fun i -> Int64.to_int (get64 b (8 * i)))
end)

module Of_bytes (F : Engine.COMPRESSION with type state = bytes) = Context (struct
  include F

  let save state b = Bytes.blit state 0 b 0 64
  let load b = Bytes.sub b 0 64
end)

module Md5_context = Of_words (Md5)
module Sha1_context = Of_words (Sha1)
module Sha224_context = Of_words (Sha256.Sha224)
module Sha256_context = Of_words (Sha256.Sha256)
module Sha384_context = Of_bytes (Sha512.Sha384)
module Sha512_context = Of_bytes (Sha512.Sha512)

let md5_init context = Md5_context.init context [@@primitive "mc_md5_init"]
let md5_update context buffer length = Md5_context.update context buffer length [@@primitive "mc_md5_update"]
let md5_finalize context buffer = Md5_context.finalize context buffer [@@primitive "mc_md5_finalize"]
let md5_size () = Md5_context.size [@@primitive "mc_md5_ctx_size"]
let sha1_init context = Sha1_context.init context [@@primitive "mc_sha1_init"]
let sha1_update context buffer length = Sha1_context.update context buffer length [@@primitive "mc_sha1_update"]
let sha1_finalize context buffer = Sha1_context.finalize context buffer [@@primitive "mc_sha1_finalize"]
let sha1_size () = Sha1_context.size [@@primitive "mc_sha1_ctx_size"]
let sha224_init context = Sha224_context.init context [@@primitive "mc_sha224_init"]
let sha224_update context buffer length = Sha224_context.update context buffer length [@@primitive "mc_sha224_update"]
let sha224_finalize context buffer = Sha224_context.finalize context buffer [@@primitive "mc_sha224_finalize"]
let sha224_size () = Sha224_context.size [@@primitive "mc_sha224_ctx_size"]
let sha256_init context = Sha256_context.init context [@@primitive "mc_sha256_init"]
let sha256_update context buffer length = Sha256_context.update context buffer length [@@primitive "mc_sha256_update"]
let sha256_finalize context buffer = Sha256_context.finalize context buffer [@@primitive "mc_sha256_finalize"]
let sha256_size () = Sha256_context.size [@@primitive "mc_sha256_ctx_size"]
let sha384_init context = Sha384_context.init context [@@primitive "mc_sha384_init"]
let sha384_update context buffer length = Sha384_context.update context buffer length [@@primitive "mc_sha384_update"]
let sha384_finalize context buffer = Sha384_context.finalize context buffer [@@primitive "mc_sha384_finalize"]
let sha384_size () = Sha384_context.size [@@primitive "mc_sha384_ctx_size"]
let sha512_init context = Sha512_context.init context [@@primitive "mc_sha512_init"]
let sha512_update context buffer length = Sha512_context.update context buffer length [@@primitive "mc_sha512_update"]
let sha512_finalize context buffer = Sha512_context.finalize context buffer [@@primitive "mc_sha512_finalize"]
let sha512_size () = Sha512_context.size [@@primitive "mc_sha512_ctx_size"]
