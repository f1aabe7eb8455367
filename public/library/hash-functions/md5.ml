(* MD5 (RFC 1321). *)

let block_size = 64
let digest_size = 16

type state = int array

let initial () = [| 0x67452301; 0xefcdab89; 0x98badcfe; 0x10325476 |]
let copy = Array.copy

(* The integer parts of 2^32 times the sines of 1 to 64. *)
let sines =
  [|
    0xd76aa478; 0xe8c7b756; 0x242070db; 0xc1bdceee; 0xf57c0faf; 0x4787c62a; 0xa8304613; 0xfd469501;
    0x698098d8; 0x8b44f7af; 0xffff5bb1; 0x895cd7be; 0x6b901122; 0xfd987193; 0xa679438e; 0x49b40821;
    0xf61e2562; 0xc040b340; 0x265e5a51; 0xe9b6c7aa; 0xd62f105d; 0x02441453; 0xd8a1e681; 0xe7d3fbc8;
    0x21e1cde6; 0xc33707d6; 0xf4d50d87; 0x455a14ed; 0xa9e3e905; 0xfcefa3f8; 0x676f02d9; 0x8d2a4c8a;
    0xfffa3942; 0x8771f681; 0x6d9d6122; 0xfde5380c; 0xa4beea44; 0x4bdecfa9; 0xf6bb4b60; 0xbebfbc70;
    0x289b7ec6; 0xeaa127fa; 0xd4ef3085; 0x04881d05; 0xd9d4d039; 0xe6db99e5; 0x1fa27cf8; 0xc4ac5665;
    0xf4292244; 0x432aff97; 0xab9423a7; 0xfc93a039; 0x655b59c3; 0x8f0ccc92; 0xffeff47d; 0x85845dd1;
    0x6fa87e4f; 0xfe2ce6e0; 0xa3014314; 0x4e0811a1; 0xf7537e82; 0xbd3af235; 0x2ad7d2bb; 0xeb86d391;
  |]

let rotations = [| 7; 12; 17; 22; 5; 9; 14; 20; 4; 11; 16; 23; 6; 10; 15; 21 |]
let mask = 0xffffffff

let compress state data off _ =
  let word i = Int32.to_int (String.get_int32_le data (off + (4 * i))) land mask in
  let a = ref state.(0) and b = ref state.(1) and c = ref state.(2) and d = ref state.(3) in
  for i = 0 to 63 do
    let round = i lsr 4 in
    let f, k =
      match round with
      | 0 -> ((!b land !c) lor (lnot !b land !d), i)
      | 1 -> ((!d land !b) lor (lnot !d land !c), ((5 * i) + 1) land 15)
      | 2 -> (!b lxor !c lxor !d, ((3 * i) + 5) land 15)
      | _ -> (!c lxor (!b lor (lnot !d land mask)), (7 * i) land 15)
    in
    let sum = (!a + (f land mask) + sines.(i) + word k) land mask in
    let n = rotations.((4 * round) + (i land 3)) in
    let rotated = ((sum lsl n) lor (sum lsr (32 - n))) land mask in
    a := !d;
    d := !c;
    c := !b;
    b := (!b + rotated) land mask
  done;
  state.(0) <- (state.(0) + !a) land mask;
  state.(1) <- (state.(1) + !b) land mask;
  state.(2) <- (state.(2) + !c) land mask;
  state.(3) <- (state.(3) + !d) land mask

let finish state rest used total =
  Engine.pad_with_length ~block_size ~length_size:8 ~big_endian:false ~compress:(compress state) rest used total;
  let digest = Bytes.create digest_size in
  Array.iteri (fun i v -> Bytes.set_int32_le digest (4 * i) (Int32.of_int v)) state;
  Bytes.unsafe_to_string digest
