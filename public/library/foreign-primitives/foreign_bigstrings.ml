(* Bytes in bigarrays, as cstruct, bigstringaf and bin_prot have them in C. The callers have checked the bounds. *)

open Bigarray

type bigstring = (char, int8_unsigned_elt, c_layout) Array1.t

external get64 : bigstring -> int -> int64 = "%caml_bigstring_get64u"
external set64 : bigstring -> int -> int64 -> unit = "%caml_bigstring_set64u"
external string_get64 : string -> int -> int64 = "%caml_string_get64u"
external bytes_set64 : bytes -> int -> int64 -> unit = "%caml_bytes_set64u"

(** The parts may be of one memory and overlap. *)
let copy (from : bigstring) at (target : bigstring) position length = if length > 0 then Array1.blit (Array1.sub from at length) (Array1.sub target position length)

let to_bytes (from : bigstring) at target position length =
  let words = length lsr 3 in
  for i = 0 to words - 1 do
    bytes_set64 target (position + (i lsl 3)) (get64 from (at + (i lsl 3)))
  done;
  for i = words lsl 3 to length - 1 do
    Bytes.unsafe_set target (position + i) (Array1.unsafe_get from (at + i))
  done

let of_string from at (target : bigstring) position length =
  let words = length lsr 3 in
  for i = 0 to words - 1 do
    set64 target (position + (i lsl 3)) (string_get64 from (at + (i lsl 3)))
  done;
  for i = words lsl 3 to length - 1 do
    Array1.unsafe_set target (position + i) (String.unsafe_get from (at + i))
  done

(* The order of the first bytes that differ, as memcmp has it. *)
let rec compare_bigstrings (a : bigstring) i (b : bigstring) j length =
  if length <= 0 then 0
  else
    let x = Char.code (Array1.unsafe_get a i) and y = Char.code (Array1.unsafe_get b j) in
    if x <> y then x - y else compare_bigstrings a (i + 1) b (j + 1) (length - 1)

let rec compare_string (a : bigstring) i b j length =
  if length <= 0 then 0
  else
    let x = Char.code (Array1.unsafe_get a i) and y = Char.code (String.unsafe_get b j) in
    if x <> y then x - y else compare_string a (i + 1) b (j + 1) (length - 1)

(* {1 cstruct} *)

let cstruct_blit from at target position length = copy from at target position length [@@primitive "caml_blit_bigstring_to_bigstring"]
let cstruct_of_string from at target position length = of_string from at target position length [@@primitive "caml_blit_string_to_bigstring"]
let cstruct_to_bytes from at target position length = to_bytes from at target position length [@@primitive "caml_blit_bigstring_to_string"]
let cstruct_compare a i b j length = compare_bigstrings a i b j length [@@primitive "caml_compare_bigstring"]

let cstruct_fill (target : bigstring) position length byte = if length > 0 then Array1.fill (Array1.sub target position length) (Char.unsafe_chr (byte land 255))
[@@primitive "caml_fill_bigstring"]

(** Memory comes in whole words; nothing more is promised of where a part begins. *)
let cstruct_aligned (_ : bigstring) position alignment = alignment > 0 && alignment <= 8 && position land (alignment - 1) = 0
[@@primitive "caml_check_alignment_bigstring"]

(* {1 bigstringaf} *)

let blit_to_bigstring from at target position length = copy from at target position length [@@primitive "bigstringaf_blit_to_bigstring"]
let blit_to_bytes from at target position length = to_bytes from at target position length [@@primitive "bigstringaf_blit_to_bytes"]
let blit_from_bytes from at target position length = of_string from at target position length [@@primitive "bigstringaf_blit_from_bytes"]
let memcmp a i b j length = compare_bigstrings a i b j length [@@primitive "bigstringaf_memcmp_bigstring"]
let memcmp_string a i b j length = compare_string a i b j length [@@primitive "bigstringaf_memcmp_string"]

let rec find (a : bigstring) i byte stop = if i >= stop then -1 else if Array1.unsafe_get a i = byte then i else find a (i + 1) byte stop

(** Where a byte first is, or -1. *)
let memchr a i byte length = find a i byte (i + length) [@@primitive "bigstringaf_memchr"]

(* {1 bin_prot} *)

let bin_prot_of_string at from position target length = of_string from at target position length [@@primitive "bin_prot_blit_string_buf_stub"]
let bin_prot_of_bytes at from position target length = of_string (Bytes.unsafe_to_string from) at target position length [@@primitive "bin_prot_blit_bytes_buf_stub"]
let bin_prot_to_bytes at from position target length = to_bytes from at target position length [@@primitive "bin_prot_blit_buf_bytes_stub"]
let bin_prot_blit at from position target length = copy from at target position length [@@primitive "bin_prot_blit_buf_stub"]

let bin_prot_of_floats at (from : float array) position target length =
  for i = 0 to length - 1 do
    set64 target (position + (8 * i)) (Int64.bits_of_float (Array.unsafe_get from (at + i)))
  done
[@@primitive "bin_prot_blit_float_array_buf_stub"]

let bin_prot_to_floats at from position (target : float array) length =
  for i = 0 to length - 1 do
    Array.unsafe_set target (position + i) (Int64.float_of_bits (get64 from (at + (8 * i))))
  done
[@@primitive "bin_prot_blit_buf_float_array_stub"]
