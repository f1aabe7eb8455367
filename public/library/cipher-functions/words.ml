(* Words in strings and bytes, without checks of bounds, and what is made of them. The machine's order is that of the lower byte first. *)

external get16_native : string -> int -> int = "%caml_string_get16u"
external get32_native : string -> int -> int32 = "%caml_string_get32u"
external get64_native : string -> int -> int64 = "%caml_string_get64u"
external set32_native : bytes -> int -> int32 -> unit = "%caml_bytes_set32u"
external set64_native : bytes -> int -> int64 -> unit = "%caml_bytes_set64u"
external swap32 : int32 -> int32 = "%bswap_int32"
external swap64 : int64 -> int64 = "%bswap_int64"

let mask = 0xffff_ffff

(* {1 Words of 32 bits, as integers} *)

let[@inline] get32_le s i = Int32.to_int (get32_native s i) land mask
let[@inline] get32_be s i = Int32.to_int (swap32 (get32_native s i)) land mask
let[@inline] set32_le b i v = set32_native b i (Int32.of_int v)
let[@inline] set32_be b i v = set32_native b i (swap32 (Int32.of_int v))
let[@inline] rotate_left w n = ((w lsl n) lor (w lsr (32 - n))) land mask
let[@inline] rotate_right w n = ((w lsr n) lor (w lsl (32 - n))) land mask

(* {1 Words of 64 bits} *)

let[@inline] get64_be s i = swap64 (get64_native s i)
let[@inline] set64_be b i v = set64_native b i (swap64 v)

(* {1 Exclusive or} *)

(* Of so many bytes, into [dst]. *)
let xor_into src src_off dst dst_off len =
  let words = len lsr 3 in
  for i = 0 to words - 1 do
    let at = dst_off + (8 * i) in
    set64_native dst at (Int64.logxor (get64_native src (src_off + (8 * i))) (get64_native (Bytes.unsafe_to_string dst) at))
  done;
  for i = 8 * words to len - 1 do
    let c = Char.code (String.unsafe_get src (src_off + i)) lxor Char.code (Bytes.unsafe_get dst (dst_off + i)) in
    Bytes.unsafe_set dst (dst_off + i) (Char.unsafe_chr c)
  done

(* {1 Checks} *)

let invalid fmt = Printf.ksprintf invalid_arg fmt

(* [what] is the function, for the message. *)
let check_source what src off len =
  if off < 0 || len < 0 || off > String.length src - len then
    invalid "Mirage_crypto: %s: %d bytes from %d on are not in a source of %d" what len off (String.length src)

let check_target what dst off len =
  if off < 0 || len < 0 || off > Bytes.length dst - len then
    invalid "Mirage_crypto: %s: %d bytes from %d on are not in a target of %d" what len off (Bytes.length dst)
