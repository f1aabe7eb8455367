(* Small functions that the packages around this one use. *)

let ( // ) x y =
  if y < 1 then raise Division_by_zero;
  if x <= 0 then 0 else ((x - 1) / y) + 1

let imin (a : int) (b : int) = if a < b then a else b
let imax (a : int) (b : int) = if a > b then a else b

let iter2 a b f =
  f a;
  f b

let iter3 a b c f =
  f a;
  f b;
  f c

let unsafe_xor_into src ~src_off dst ~dst_off len = Cipher_functions.Words.xor_into src src_off dst dst_off len

let xor a b =
  let len = imin (String.length a) (String.length b) in
  let dst = Bytes.of_string (String.sub b 0 len) in
  Cipher_functions.Words.xor_into a 0 dst 0 len;
  Bytes.unsafe_to_string dst

let invalid_arg fmt = Format.kasprintf invalid_arg ("Mirage_crypto: " ^^ fmt)
