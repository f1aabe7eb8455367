(* What bitstring has in C: numbers at an offset in bytes, which its callers have checked. The native order is that of the processor: the lowest byte first. *)

let unsigned16_be b at = Bytes.get_uint16_be b at [@@primitive "ocaml_bitstring_extract_fastpath_int16_be_unsigned"]
let signed16_be b at = Bytes.get_int16_be b at [@@primitive "ocaml_bitstring_extract_fastpath_int16_be_signed"]
let unsigned16_le b at = Bytes.get_uint16_le b at [@@primitive "ocaml_bitstring_extract_fastpath_int16_le_unsigned"]
let signed16_le b at = Bytes.get_int16_le b at [@@primitive "ocaml_bitstring_extract_fastpath_int16_le_signed"]
let unsigned16_ne b at = Bytes.get_uint16_le b at [@@primitive "ocaml_bitstring_extract_fastpath_int16_ne_unsigned"]
let signed16_ne b at = Bytes.get_int16_le b at [@@primitive "ocaml_bitstring_extract_fastpath_int16_ne_signed"]
let unsigned32_be b at = Bytes.get_int32_be b at [@@primitive "ocaml_bitstring_extract_fastpath_int32_be_unsigned"]
let signed32_be b at = Bytes.get_int32_be b at [@@primitive "ocaml_bitstring_extract_fastpath_int32_be_signed"]
let unsigned32_le b at = Bytes.get_int32_le b at [@@primitive "ocaml_bitstring_extract_fastpath_int32_le_unsigned"]
let signed32_le b at = Bytes.get_int32_le b at [@@primitive "ocaml_bitstring_extract_fastpath_int32_le_signed"]
let unsigned32_ne b at = Bytes.get_int32_le b at [@@primitive "ocaml_bitstring_extract_fastpath_int32_ne_unsigned"]
let signed32_ne b at = Bytes.get_int32_le b at [@@primitive "ocaml_bitstring_extract_fastpath_int32_ne_signed"]
let unsigned64_be b at = Bytes.get_int64_be b at [@@primitive "ocaml_bitstring_extract_fastpath_int64_be_unsigned"]
let signed64_be b at = Bytes.get_int64_be b at [@@primitive "ocaml_bitstring_extract_fastpath_int64_be_signed"]
let unsigned64_le b at = Bytes.get_int64_le b at [@@primitive "ocaml_bitstring_extract_fastpath_int64_le_unsigned"]
let signed64_le b at = Bytes.get_int64_le b at [@@primitive "ocaml_bitstring_extract_fastpath_int64_le_signed"]
let unsigned64_ne b at = Bytes.get_int64_le b at [@@primitive "ocaml_bitstring_extract_fastpath_int64_ne_unsigned"]
let signed64_ne b at = Bytes.get_int64_le b at [@@primitive "ocaml_bitstring_extract_fastpath_int64_ne_signed"]

(** Whether the bits of [b] from [o1] on begin with the [count] bits of [prefix] from [o2] on. Both offsets, in bits, have the same place in their bytes. *)
let is_prefix b o1 prefix o2 count =
  let first = o1 lsr 3 and first' = o2 lsr 3 and skipped = o1 land 7 in
  let bits = skipped + count in
  let differ i = Char.code (Bytes.get b (first + i)) lxor Char.code (Bytes.get prefix (first' + i)) in
  let rec agree i =
    let here = if i = 0 then 0xff lsr skipped else 0xff in
    let rest = bits - (i lsl 3) in
    if rest <= 0 then true
    else if rest < 8 then differ i land here land (0xff lsl (8 - rest)) = 0
    else differ i land here = 0 && agree (i + 1)
  in
  agree 0
[@@primitive "ocaml_bitstring_is_prefix_fastpath"]
