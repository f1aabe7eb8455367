(* SHA-256 and SHA-224 (FIPS 180-4, 6.2 and 6.3). *)

let block_size = 64

type state = int array

let copy = Array.copy
let mask = 0xffffffff

(* The first 32 bits after the point of the cube roots of the first 64 primes. *)
let constants =
  [|
    0x428a2f98; 0x71374491; 0xb5c0fbcf; 0xe9b5dba5; 0x3956c25b; 0x59f111f1; 0x923f82a4; 0xab1c5ed5;
    0xd807aa98; 0x12835b01; 0x243185be; 0x550c7dc3; 0x72be5d74; 0x80deb1fe; 0x9bdc06a7; 0xc19bf174;
    0xe49b69c1; 0xefbe4786; 0x0fc19dc6; 0x240ca1cc; 0x2de92c6f; 0x4a7484aa; 0x5cb0a9dc; 0x76f988da;
    0x983e5152; 0xa831c66d; 0xb00327c8; 0xbf597fc7; 0xc6e00bf3; 0xd5a79147; 0x06ca6351; 0x14292967;
    0x27b70a85; 0x2e1b2138; 0x4d2c6dfc; 0x53380d13; 0x650a7354; 0x766a0abb; 0x81c2c92e; 0x92722c85;
    0xa2bfe8a1; 0xa81a664b; 0xc24b8b70; 0xc76c51a3; 0xd192e819; 0xd6990624; 0xf40e3585; 0x106aa070;
    0x19a4c116; 0x1e376c08; 0x2748774c; 0x34b0bcb5; 0x391c0cb3; 0x4ed8aa4a; 0x5b9cca4f; 0x682e6ff3;
    0x748f82ee; 0x78a5636f; 0x84c87814; 0x8cc70208; 0x90befffa; 0xa4506ceb; 0xbef9a3f7; 0xc67178f2;
  |]

let[@inline] rotate_right x n = (x lsr n) lor (x lsl (32 - n))

(* The message schedule; filled anew for each block. *)
let schedule = Array.make 64 0

(* Rotations leave bits above the 32 that count; sums are cut to 32 bits before they are rotated. *)
let compress (state : state) data off _ =
  let w = schedule in
  for i = 0 to 15 do
    w.(i) <- Int32.to_int (String.get_int32_be data (off + (4 * i))) land mask
  done;
  for i = 16 to 63 do
    let x = w.(i - 15) and y = w.(i - 2) in
    let s0 = rotate_right x 7 lxor rotate_right x 18 lxor (x lsr 3) in
    let s1 = rotate_right y 17 lxor rotate_right y 19 lxor (y lsr 10) in
    w.(i) <- (w.(i - 16) + (s0 land mask) + w.(i - 7) + (s1 land mask)) land mask
  done;
  let rec rounds i a b c d e f g h =
    if i = 64 then begin
      let add k v = state.(k) <- (state.(k) + v) land mask in
      add 0 a;
      add 1 b;
      add 2 c;
      add 3 d;
      add 4 e;
      add 5 f;
      add 6 g;
      add 7 h
    end
    else
      let s1 = (rotate_right e 6 lxor rotate_right e 11 lxor rotate_right e 25) land mask in
      let choice = (e land f) lxor (lnot e land g) in
      let t1 = h + s1 + choice + constants.(i) + w.(i) in
      let s0 = (rotate_right a 2 lxor rotate_right a 13 lxor rotate_right a 22) land mask in
      let majority = (a land b) lxor (a land c) lxor (b land c) in
      rounds (i + 1) ((t1 + s0 + majority) land mask) a b c ((d + t1) land mask) e f g
  in
  rounds 0 state.(0) state.(1) state.(2) state.(3) state.(4) state.(5) state.(6) state.(7)

module Make (Variant : sig
  val digest_size : int
  val initial : int array
end) =
struct
  let block_size = block_size
  let digest_size = Variant.digest_size

  type nonrec state = state

  let initial () = Array.copy Variant.initial
  let copy = copy
  let compress = compress

  let finish state rest used total =
    Engine.pad_with_length ~block_size ~length_size:8 ~big_endian:true ~compress:(compress state) rest used total;
    let digest = Bytes.create 32 in
    Array.iteri (fun i v -> Bytes.set_int32_be digest (4 * i) (Int32.of_int v)) state;
    Bytes.sub_string digest 0 digest_size
end

module Sha256 = Make (struct
  let digest_size = 32

  let initial =
    [|
      0x6a09e667; 0xbb67ae85; 0x3c6ef372; 0xa54ff53a; 0x510e527f; 0x9b05688c; 0x1f83d9ab; 0x5be0cd19;
    |]
end)

module Sha224 = Make (struct
  let digest_size = 28

  let initial =
    [|
      0xc1059ed8; 0x367cd507; 0x3070dd17; 0xf70e5939; 0xffc00b31; 0x68581511; 0x64f98fa7; 0xbefa4fa4;
    |]
end)
