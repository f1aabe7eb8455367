(* Bytes outside the heap that the collector moves. *)

type t = (char, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t

let create n : t = Bigarray.Array1.create Bigarray.char Bigarray.c_layout n
let empty = create 0

external length : t -> int = "%caml_ba_dim_1"
external get : t -> int -> char = "%caml_ba_ref_1"
external set : t -> int -> char -> unit = "%caml_ba_set_1"
external unsafe_get : t -> int -> char = "%caml_ba_unsafe_ref_1"
external unsafe_set : t -> int -> char -> unit = "%caml_ba_unsafe_set_1"

(* {1 Numbers} The machine's order is that of the lower byte first. *)

external swap16 : int -> int = "%bswap16"
external swap32 : int32 -> int32 = "%bswap_int32"
external swap64 : int64 -> int64 = "%bswap_int64"

external get_int16_le : t -> int -> int = "%caml_bigstring_get16"
external set_int16_le : t -> int -> int -> unit = "%caml_bigstring_set16"
external get_int32_le : t -> int -> int32 = "%caml_bigstring_get32"
external set_int32_le : t -> int -> int32 -> unit = "%caml_bigstring_set32"
external get_int64_le : t -> int -> int64 = "%caml_bigstring_get64"
external set_int64_le : t -> int -> int64 -> unit = "%caml_bigstring_set64"

external unsafe_get_int16_le : t -> int -> int = "%caml_bigstring_get16u"
external unsafe_set_int16_le : t -> int -> int -> unit = "%caml_bigstring_set16u"
external unsafe_get_int32_le : t -> int -> int32 = "%caml_bigstring_get32u"
external unsafe_set_int32_le : t -> int -> int32 -> unit = "%caml_bigstring_set32u"
external unsafe_get_int64_le : t -> int -> int64 = "%caml_bigstring_get64u"
external unsafe_set_int64_le : t -> int -> int64 -> unit = "%caml_bigstring_set64u"

(* The sign of 16 bits. *)
let[@inline] signed n = (n lsl (Sys.int_size - 16)) asr (Sys.int_size - 16)
let get_int16_be t i = swap16 (get_int16_le t i)
let set_int16_be t i v = set_int16_le t i (swap16 v)
let get_int16_sign_extended_le t i = signed (get_int16_le t i)
let get_int16_sign_extended_be t i = signed (get_int16_be t i)
let get_int32_be t i = swap32 (get_int32_le t i)
let set_int32_be t i v = set_int32_le t i (swap32 v)
let get_int64_be t i = swap64 (get_int64_le t i)
let set_int64_be t i v = set_int64_le t i (swap64 v)
let unsafe_get_int16_be t i = swap16 (unsafe_get_int16_le t i)
let unsafe_set_int16_be t i v = unsafe_set_int16_le t i (swap16 v)
let unsafe_get_int16_sign_extended_le t i = signed (unsafe_get_int16_le t i)
let unsafe_get_int16_sign_extended_be t i = signed (unsafe_get_int16_be t i)
let unsafe_get_int32_be t i = swap32 (unsafe_get_int32_le t i)
let unsafe_set_int32_be t i v = unsafe_set_int32_le t i (swap32 v)
let unsafe_get_int64_be t i = swap64 (unsafe_get_int64_le t i)
let unsafe_set_int64_be t i v = unsafe_set_int64_le t i (swap64 v)

(* {1 Parts} The package [foreign-primitives] has what works on memory. *)

external raw_blit : t -> int -> t -> int -> int -> unit = "bigstringaf_blit_to_bigstring"
external raw_to_bytes : t -> int -> Bytes.t -> int -> int -> unit = "bigstringaf_blit_to_bytes"
external raw_from_string : string -> int -> t -> int -> int -> unit = "bigstringaf_blit_from_bytes"
external unsafe_memcmp : t -> int -> t -> int -> int -> int = "bigstringaf_memcmp_bigstring"
external unsafe_memcmp_string : t -> int -> string -> int -> int -> int = "bigstringaf_memcmp_string"
external unsafe_memchr : t -> int -> char -> int -> int = "bigstringaf_memchr"

let unsafe_blit src ~src_off dst ~dst_off ~len = raw_blit src src_off dst dst_off len
let unsafe_blit_from_string src ~src_off dst ~dst_off ~len = raw_from_string src src_off dst dst_off len
let unsafe_blit_from_bytes src ~src_off dst ~dst_off ~len = raw_from_string (Bytes.unsafe_to_string src) src_off dst dst_off len
let unsafe_blit_to_bytes src ~src_off dst ~dst_off ~len = raw_to_bytes src src_off dst dst_off len

(* [what] is of the function, and the part is one of [size] bytes. *)
let check what size off len =
  if off < 0 || len < 0 || off > size - len then invalid_arg (Printf.sprintf "Bigstringaf.%s: %d bytes from %d on are not in %d" what len off size)

let blit src ~src_off dst ~dst_off ~len =
  check "blit" (length src) src_off len;
  check "blit" (length dst) dst_off len;
  unsafe_blit src ~src_off dst ~dst_off ~len

let blit_from_string src ~src_off dst ~dst_off ~len =
  check "blit_from_string" (String.length src) src_off len;
  check "blit_from_string" (length dst) dst_off len;
  unsafe_blit_from_string src ~src_off dst ~dst_off ~len

let blit_from_bytes src ~src_off dst ~dst_off ~len =
  check "blit_from_bytes" (Bytes.length src) src_off len;
  check "blit_from_bytes" (length dst) dst_off len;
  unsafe_blit_from_bytes src ~src_off dst ~dst_off ~len

let blit_to_bytes src ~src_off dst ~dst_off ~len =
  check "blit_to_bytes" (length src) src_off len;
  check "blit_to_bytes" (Bytes.length dst) dst_off len;
  unsafe_blit_to_bytes src ~src_off dst ~dst_off ~len

let memcmp a i b j len =
  check "memcmp" (length a) i len;
  check "memcmp" (length b) j len;
  unsafe_memcmp a i b j len

let memcmp_string a i b j len =
  check "memcmp_string" (length a) i len;
  check "memcmp_string" (String.length b) j len;
  unsafe_memcmp_string a i b j len

let memchr t off c len =
  check "memchr" (length t) off len;
  unsafe_memchr t off c len

let sub t ~off ~len = Bigarray.Array1.sub t off len

let copy t ~off ~len =
  check "copy" (length t) off len;
  let copy = create len in
  unsafe_blit t ~src_off:off copy ~dst_off:0 ~len;
  copy

let substring t ~off ~len =
  check "substring" (length t) off len;
  let b = Bytes.create len in
  unsafe_blit_to_bytes t ~src_off:off b ~dst_off:0 ~len;
  Bytes.unsafe_to_string b

let to_string t = substring t ~off:0 ~len:(length t)

let of_string ~off ~len s =
  check "of_string" (String.length s) off len;
  let t = create len in
  unsafe_blit_from_string s ~src_off:off t ~dst_off:0 ~len;
  t
