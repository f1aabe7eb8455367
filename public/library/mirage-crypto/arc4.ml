(* The stream cipher that is taken for RC4: for old protocols. *)

(* The permutation and the two indices of the next byte. *)
type key = { s : string; i : int; j : int }
type result = { message : string; key : key }

let of_secret secret =
  let n = String.length secret in
  if n < 1 || n > 256 then Cipher_functions.Words.invalid "Mirage_crypto.ARC4: a key has 1 to 256 bytes, not %d" n;
  let s = Bytes.init 256 Char.chr in
  let j = ref 0 in
  for i = 0 to 255 do
    let c = Bytes.get s i in
    j := (!j + Char.code c + Char.code secret.[i mod n]) land 255;
    Bytes.set s i (Bytes.get s !j);
    Bytes.set s !j c
  done;
  { s = Bytes.unsafe_to_string s; i = 0; j = 0 }

let encrypt ~key data =
  let s = Bytes.of_string key.s in
  let i = ref key.i and j = ref key.j in
  let message =
    String.map
      (fun c ->
        i := (!i + 1) land 255;
        let x = Bytes.get s !i in
        j := (!j + Char.code x) land 255;
        let y = Bytes.get s !j in
        Bytes.set s !i y;
        Bytes.set s !j x;
        Char.chr (Char.code c lxor Char.code (Bytes.get s ((Char.code x + Char.code y) land 255))))
      data
  in
  { message; key = { s = Bytes.unsafe_to_string s; i = !i; j = !j } }

let decrypt = encrypt
