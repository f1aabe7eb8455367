(* Characters: the bytes 0 to 255. *)

external code : char -> int = "%identity"
external unsafe_chr : int -> char = "%identity"

let chr n = if n < 0 || n > 255 then invalid_arg "Char.chr" else unsafe_chr n

external bytes_create : int -> bytes = "caml_create_bytes"
external bytes_unsafe_set : bytes -> int -> char -> unit = "%bytes_unsafe_set"
external unsafe_to_string : bytes -> string = "%bytes_to_string"

let backslash c =
  let b = bytes_create 2 in
  bytes_unsafe_set b 0 '\\';
  bytes_unsafe_set b 1 c;
  unsafe_to_string b

let escaped = function
  | '\'' -> "\\'"
  | '\\' -> "\\\\"
  | '\n' -> backslash 'n'
  | '\t' -> backslash 't'
  | '\r' -> backslash 'r'
  | '\b' -> backslash 'b'
  | ' ' .. '~' as c ->
      let b = bytes_create 1 in
      bytes_unsafe_set b 0 c;
      unsafe_to_string b
  | c ->
      let n = code c in
      let b = bytes_create 4 in
      bytes_unsafe_set b 0 '\\';
      bytes_unsafe_set b 1 (unsafe_chr (48 + (n / 100)));
      bytes_unsafe_set b 2 (unsafe_chr (48 + (n / 10 mod 10)));
      bytes_unsafe_set b 3 (unsafe_chr (48 + (n mod 10)));
      unsafe_to_string b

let lowercase_ascii = function 'A' .. 'Z' as c -> unsafe_chr (code c + 32) | c -> c
let uppercase_ascii = function 'a' .. 'z' as c -> unsafe_chr (code c - 32) | c -> c

type t = char

let compare a b = code a - code b
let equal (a : char) b = a = b

external hash_with : int -> int -> int -> 'a -> int = "caml_hash" [@@noalloc]

let seeded_hash seed (c : char) = hash_with 10 100 seed c
let hash (c : char) = hash_with 10 100 0 c
