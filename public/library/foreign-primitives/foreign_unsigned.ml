(* What integers has in C: unsigned integers. Those of 32 bits are integers here. Those of 64 bits are strings of 8 bytes, the most significant one
   first, which comparison and hashing treat as they should. *)

let ignore_unit () = () [@@primitive "integers_unsigned_init"]

(* {1 Reading} A sign of plus, a base as OCaml has them, digits and underscores. *)

let parse name largest s =
  let fail () = failwith (name ^ ".of_string") in
  let length = String.length s in
  let start = if length > 0 && s.[0] = '+' then 1 else 0 in
  let base, start =
    if start + 1 < length && s.[start] = '0' then
      match s.[start + 1] with
      | 'x' | 'X' -> (16, start + 2)
      | 'o' | 'O' -> (8, start + 2)
      | 'b' | 'B' -> (2, start + 2)
      | 'u' | 'U' -> (10, start + 2)
      | _ -> (10, start)
    else (10, start)
  in
  let wide = Int64.of_int base in
  let limit = Int64.unsigned_div largest wide in
  let digit c =
    let d = match c with '0' .. '9' -> Char.code c - 48 | 'a' .. 'f' -> Char.code c - 87 | 'A' .. 'F' -> Char.code c - 55 | _ -> 99 in
    if d < base then d else fail ()
  in
  let rec read i n =
    if i = length then n
    else if s.[i] = '_' then read (i + 1) n
    else begin
      if Int64.unsigned_compare n limit > 0 then fail ();
      let shifted = Int64.mul n wide in
      let sum = Int64.add shifted (Int64.of_int (digit s.[i])) in
      if Int64.unsigned_compare sum shifted < 0 || Int64.unsigned_compare sum largest > 0 then fail ();
      read (i + 1) sum
    end
  in
  if start >= length then fail () else read (start + 1) (let d = Int64.of_int (digit s.[start]) in if Int64.unsigned_compare d largest > 0 then fail () else d)

let of_string8 s = Int64.to_int (parse "UInt8" 0xffL s) [@@primitive "integers_uint8_of_string"]
let of_string16 s = Int64.to_int (parse "UInt16" 0xffffL s) [@@primitive "integers_uint16_of_string"]

(* {1 32 bits} *)

let mask = 0xffff_ffff
let add a b = (a + b) land mask [@@primitive "integers_uint32_add"]
let sub a b = (a - b) land mask [@@primitive "integers_uint32_sub"]
let mul a b = a * b land mask [@@primitive "integers_uint32_mul"]
let div a b : int = a / b [@@primitive "integers_uint32_div"]
let rem a b : int = a mod b [@@primitive "integers_uint32_rem"]
let logand a b : int = a land b [@@primitive "integers_uint32_logand"]
let logor a b : int = a lor b [@@primitive "integers_uint32_logor"]
let logxor a b : int = a lxor b [@@primitive "integers_uint32_logxor"]

(* Counts are taken modulo the width, as the processor does. *)
let shift_left a n = (a lsl (n land 31)) land mask [@@primitive "integers_uint32_shift_left"]
let shift_right a n = a lsr (n land 31) [@@primitive "integers_uint32_shift_right"]
let of_string s = Int64.to_int (parse "UInt32" 0xffff_ffffL s) [@@primitive "integers_uint32_of_string"]
let to_string (n : int) = string_of_int n [@@primitive "integers_uint32_to_string"]
let to_hexstring n = Printf.sprintf "%x" n [@@primitive "integers_uint32_to_hexstring"]
let of_int n = n land mask [@@primitive "integers_uint32_of_int"]
let to_int (n : int) = n [@@primitive "integers_uint32_to_int"]
let of_int32 n = Int32.to_int n land mask [@@primitive "integers_uint32_of_int32"]
let to_int32 n = Int32.of_int n [@@primitive "integers_int32_of_uint32"]
let of_int64 n = Int64.to_int n land mask [@@primitive "integers_uint32_of_int64"]
let to_int64 n = Int64.of_int n [@@primitive "integers_uint32_to_int64"]
let largest () = mask [@@primitive "integers_uint32_max"]

(* {1 64 bits} *)

let wide s = String.get_int64_be s 0

let narrow n =
  let b = Bytes.create 8 in
  Bytes.set_int64_be b 0 n;
  Bytes.unsafe_to_string b

let add64 a b = narrow (Int64.add (wide a) (wide b)) [@@primitive "integers_uint64_add"]
let sub64 a b = narrow (Int64.sub (wide a) (wide b)) [@@primitive "integers_uint64_sub"]
let mul64 a b = narrow (Int64.mul (wide a) (wide b)) [@@primitive "integers_uint64_mul"]
let div64 a b = narrow (Int64.unsigned_div (wide a) (wide b)) [@@primitive "integers_uint64_div"]
let rem64 a b = narrow (Int64.unsigned_rem (wide a) (wide b)) [@@primitive "integers_uint64_rem"]
let logand64 a b = narrow (Int64.logand (wide a) (wide b)) [@@primitive "integers_uint64_logand"]
let logor64 a b = narrow (Int64.logor (wide a) (wide b)) [@@primitive "integers_uint64_logor"]
let logxor64 a b = narrow (Int64.logxor (wide a) (wide b)) [@@primitive "integers_uint64_logxor"]
let shift_left64 a n = narrow (Int64.shift_left (wide a) (n land 63)) [@@primitive "integers_uint64_shift_left"]
let shift_right64 a n = narrow (Int64.shift_right_logical (wide a) (n land 63)) [@@primitive "integers_uint64_shift_right"]
let of_int_64 n = narrow (Int64.of_int n) [@@primitive "integers_uint64_of_int"]
let to_int_64 a = Int64.to_int (wide a) [@@primitive "integers_uint64_to_int"]
let of_string64 s = narrow (parse "UInt64" (-1L) s) [@@primitive "integers_uint64_of_string"]
let to_string64 a = Printf.sprintf "%Lu" (wide a) [@@primitive "integers_uint64_to_string"]
let to_hexstring64 a = Printf.sprintf "%Lx" (wide a) [@@primitive "integers_uint64_to_hexstring"]
let of_int64_64 n = narrow n [@@primitive "integers_uint64_of_int64"]
let to_int64_64 a = wide a [@@primitive "integers_uint64_to_int64"]
let of_uint32 n = narrow (Int64.of_int n) [@@primitive "integers_uint64_of_uint32"]
let to_uint32 a = Int64.to_int (wide a) land mask [@@primitive "integers_uint32_of_uint64"]
let largest64 () = narrow (-1L) [@@primitive "integers_uint64_max"]

(* {1 Sizes} Of C's types, in bytes. *)

let size_t () = 8 [@@primitive "integers_size_t_size"]
let ushort () = 2 [@@primitive "integers_ushort_size"]
let uint () = 4 [@@primitive "integers_uint_size"]
let ulong () = 8 [@@primitive "integers_ulong_size"]
let ulonglong () = 8 [@@primitive "integers_ulonglong_size"]
