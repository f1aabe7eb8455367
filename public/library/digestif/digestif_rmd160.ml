(* RIPEMD-160 (Dobbertin, Bosselaers and Preneel, "RIPEMD-160: a strengthened version of RIPEMD", 1996). *)

let block_size = 64
let digest_size = 20

type state = int array

let initial () = [| 0x67452301; 0xefcdab89; 0x98badcfe; 0x10325476; 0xc3d2e1f0 |]
let copy = Array.copy
let mask = 0xffffffff

(* Of each of the two lines: the words' order and the rotations, round by round, and the rounds' constants. *)
let left_words =
  [|
    0; 1; 2; 3; 4; 5; 6; 7; 8; 9; 10; 11; 12; 13; 14; 15; 7; 4; 13; 1; 10; 6; 15; 3; 12; 0; 9; 5; 2; 14; 11; 8; 3; 10; 14; 4; 9; 15; 8; 1;
    2; 7; 0; 6; 13; 11; 5; 12; 1; 9; 11; 10; 0; 8; 12; 4; 13; 3; 7; 15; 14; 5; 6; 2; 4; 0; 5; 9; 7; 12; 2; 10; 14; 1; 3; 8; 11; 6; 15; 13;
  |]

let right_words =
  [|
    5; 14; 7; 0; 9; 2; 11; 4; 13; 6; 15; 8; 1; 10; 3; 12; 6; 11; 3; 7; 0; 13; 5; 10; 14; 15; 8; 12; 4; 9; 1; 2; 15; 5; 1; 3; 7; 14; 6; 9;
    11; 8; 12; 2; 10; 0; 4; 13; 8; 6; 4; 1; 3; 11; 15; 0; 5; 12; 2; 13; 9; 7; 10; 14; 12; 15; 10; 4; 1; 5; 8; 7; 6; 2; 13; 14; 0; 3; 9; 11;
  |]

let left_rotations =
  [|
    11; 14; 15; 12; 5; 8; 7; 9; 11; 13; 14; 15; 6; 7; 9; 8; 7; 6; 8; 13; 11; 9; 7; 15; 7; 12; 15; 9; 11; 7; 13; 12; 11; 13; 6; 7; 14; 9; 13;
    15; 14; 8; 13; 6; 5; 12; 7; 5; 11; 12; 14; 15; 14; 15; 9; 8; 9; 14; 5; 6; 8; 6; 5; 12; 9; 15; 5; 11; 6; 8; 13; 12; 5; 12; 13; 14; 11; 8;
    5; 6;
  |]

let right_rotations =
  [|
    8; 9; 9; 11; 13; 15; 15; 5; 7; 7; 8; 11; 14; 14; 12; 6; 9; 13; 15; 7; 12; 8; 9; 11; 7; 7; 12; 7; 6; 15; 13; 11; 9; 7; 15; 11; 8; 6; 6; 14;
    12; 13; 5; 14; 13; 13; 7; 5; 15; 5; 8; 11; 14; 14; 6; 14; 6; 9; 12; 9; 12; 5; 15; 8; 8; 5; 12; 9; 12; 5; 14; 6; 8; 13; 6; 5; 15; 13; 11;
    11;
  |]

let left_constants = [| 0; 0x5a827999; 0x6ed9eba1; 0x8f1bbcdc; 0xa953fd4e |]
let right_constants = [| 0x50a28be6; 0x5c4dd124; 0x6d703ef3; 0x7a6d76e9; 0 |]

let mix round x y z =
  match round with
  | 0 -> x lxor y lxor z
  | 1 -> (x land y) lor (lnot x land z)
  | 2 -> (x lor lnot y) lxor z
  | 3 -> (x land z) lor (y land lnot z)
  | _ -> x lxor (y lor lnot z)

let rotate_left x n = ((x lsl n) lor (x lsr (32 - n))) land mask

let compress state data off _ =
  let word i = Int32.to_int (String.get_int32_le data (off + (4 * i))) land mask in
  let line words rotations constants round_of =
    let rec go i a b c d e =
      if i = 80 then (a, b, c, d, e)
      else
        let sum = (a + (mix (round_of (i / 16)) b c d land mask) + word words.(i) + constants.(i / 16)) land mask in
        go (i + 1) e ((rotate_left sum rotations.(i) + e) land mask) b (rotate_left c 10) d
    in
    go 0 state.(0) state.(1) state.(2) state.(3) state.(4)
  in
  let a, b, c, d, e = line left_words left_rotations left_constants Fun.id in
  let a', b', c', d', e' = line right_words right_rotations right_constants (fun round -> 4 - round) in
  let sum x y z = (x + y + z) land mask in
  let first = sum state.(1) c d' in
  state.(1) <- sum state.(2) d e';
  state.(2) <- sum state.(3) e a';
  state.(3) <- sum state.(4) a b';
  state.(4) <- sum state.(0) b c';
  state.(0) <- first

let finish state rest used total =
  Hash_functions.Engine.pad_with_length ~block_size ~length_size:8 ~big_endian:false ~compress:(compress state) rest used total;
  let digest = Bytes.create digest_size in
  Array.iteri (fun i v -> Bytes.set_int32_le digest (4 * i) (Int32.of_int v)) state;
  Bytes.unsafe_to_string digest
