(* What sha has in C: SHA-1, SHA-256 and SHA-512 by digestif's functions. A digest is its bytes. *)

type buffer = (int, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t

let to_hex digest = String.concat "" (List.map (fun c -> Printf.sprintf "%02x" (Char.code c)) (List.of_seq (String.to_seq digest)))

let of_hex size text =
  let digit i =
    match text.[i] with
    | '0' .. '9' as c -> Char.code c - 48
    | 'a' .. 'f' as c -> Char.code c - 87
    | 'A' .. 'F' as c -> Char.code c - 55
    | _ -> invalid_arg "of_hex"
  in
  if String.length text <> 2 * size then invalid_arg "of_hex";
  String.init size (fun i -> Char.chr ((16 * digit (2 * i)) + digit ((2 * i) + 1)))

let of_bytes size b = if Bytes.length b < size then invalid_arg "of_bin" else Bytes.sub_string b 0 size

module type Hash = sig
  type ctx
  type t

  val empty : ctx
  val feed_bytes : ctx -> ?off:int -> ?len:int -> bytes -> ctx
  val feed_string : ctx -> ?off:int -> ?len:int -> string -> ctx
  val get : ctx -> t
  val to_raw_string : t -> string
end

module Functions (H : Hash) = struct
  type context = { mutable state : H.ctx }

  let init () = { state = H.empty }
  let update context s off len = context.state <- H.feed_string context.state ~off ~len s

  let update_buffer context (b : buffer) =
    context.state <- H.feed_bytes context.state (Bytes.init (Bigarray.Array1.dim b) (fun i -> Char.unsafe_chr b.{i}))

  let finalize context = H.to_raw_string (H.get context.state)
  let copy context = { state = context.state }

  let file path =
    match open_in_bin path with
    | exception Sys_error _ -> failwith "file error"
    | channel ->
        let context = init () and part = Bytes.create 65536 in
        let rec read () =
          let n = input channel part 0 65536 in
          if n > 0 then begin
            context.state <- H.feed_bytes context.state ~off:0 ~len:n part;
            read ()
          end
        in
        Fun.protect ~finally:(fun () -> close_in channel) read;
        finalize context
end

module Sha1 = Functions (Digestif.SHA1)
module Sha256 = Functions (Digestif.SHA256)
module Sha512 = Functions (Digestif.SHA512)

(* {1 SHA-1} *)

let init_1 () = Sha1.init () [@@primitive "stub_sha1_init"]
let update_1 context s off len = Sha1.update context s off len [@@primitive "stub_sha1_update"]
let update_buffer_1 context b = Sha1.update_buffer context b [@@primitive "stub_sha1_update_bigarray"]
let finalize_1 context = Sha1.finalize context [@@primitive "stub_sha1_finalize"]
let copy_1 context = Sha1.copy context [@@primitive "stub_sha1_copy"]
let file_1 path = Sha1.file path [@@primitive "stub_sha1_file"]
let to_bin_1 (digest : string) = digest [@@primitive "stub_sha1_to_bin"]
let to_hex_1 digest = to_hex digest [@@primitive "stub_sha1_to_hex"]
let equal_1 (a : string) b = a = b [@@primitive "stub_sha1_equal"]
let of_bin_1 b = of_bytes 20 b [@@primitive "stub_sha1_of_bin"]
let of_hex_1 text = of_hex 20 text [@@primitive "stub_sha1_of_hex"]

(* {1 SHA-256} *)

let init_256 () = Sha256.init () [@@primitive "stub_sha256_init"]
let update_256 context s off len = Sha256.update context s off len [@@primitive "stub_sha256_update"]
let update_buffer_256 context b = Sha256.update_buffer context b [@@primitive "stub_sha256_update_bigarray"]
let finalize_256 context = Sha256.finalize context [@@primitive "stub_sha256_finalize"]
let copy_256 context = Sha256.copy context [@@primitive "stub_sha256_copy"]
let file_256 path = Sha256.file path [@@primitive "stub_sha256_file"]
let to_bin_256 (digest : string) = digest [@@primitive "stub_sha256_to_bin"]
let to_hex_256 digest = to_hex digest [@@primitive "stub_sha256_to_hex"]
let equal_256 (a : string) b = a = b [@@primitive "stub_sha256_equal"]
let of_bin_256 b = of_bytes 32 b [@@primitive "stub_sha256_of_bin"]
let of_hex_256 text = of_hex 32 text [@@primitive "stub_sha256_of_hex"]

(* {1 SHA-512} *)

let init_512 () = Sha512.init () [@@primitive "stub_sha512_init"]
let update_512 context s off len = Sha512.update context s off len [@@primitive "stub_sha512_update"]
let update_buffer_512 context b = Sha512.update_buffer context b [@@primitive "stub_sha512_update_bigarray"]
let finalize_512 context = Sha512.finalize context [@@primitive "stub_sha512_finalize"]
let copy_512 context = Sha512.copy context [@@primitive "stub_sha512_copy"]
let file_512 path = Sha512.file path [@@primitive "stub_sha512_file"]
let to_bin_512 (digest : string) = digest [@@primitive "stub_sha512_to_bin"]
let to_hex_512 digest = to_hex digest [@@primitive "stub_sha512_to_hex"]
let equal_512 (a : string) b = a = b [@@primitive "stub_sha512_equal"]
