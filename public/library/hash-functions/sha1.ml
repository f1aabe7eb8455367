(* SHA-1 (FIPS 180-4, 6.1). *)

let block_size = 64
let digest_size = 20

type state = int array

let initial () = [| 0x67452301; 0xefcdab89; 0x98badcfe; 0x10325476; 0xc3d2e1f0 |]
let copy = Array.copy
let mask = 0xffffffff
let rotate_left x n = ((x lsl n) lor (x lsr (32 - n))) land mask

(* The message schedule; filled anew for each block. *)
let schedule = Array.make 80 0

let compress state data off _ =
  let w = schedule in
  for i = 0 to 15 do
    w.(i) <- Int32.to_int (String.get_int32_be data (off + (4 * i))) land mask
  done;
  for i = 16 to 79 do
    w.(i) <- rotate_left (w.(i - 3) lxor w.(i - 8) lxor w.(i - 14) lxor w.(i - 16)) 1
  done;
  let a = ref state.(0) and b = ref state.(1) and c = ref state.(2) and d = ref state.(3) and e = ref state.(4) in
  for i = 0 to 79 do
    let f, k =
      if i < 20 then ((!b land !c) lor (lnot !b land !d), 0x5a827999)
      else if i < 40 then (!b lxor !c lxor !d, 0x6ed9eba1)
      else if i < 60 then ((!b land !c) lor (!b land !d) lor (!c land !d), 0x8f1bbcdc)
      else (!b lxor !c lxor !d, 0xca62c1d6)
    in
    let t = (rotate_left !a 5 + (f land mask) + !e + k + w.(i)) land mask in
    e := !d;
    d := !c;
    c := rotate_left !b 30;
    b := !a;
    a := t
  done;
  state.(0) <- (state.(0) + !a) land mask;
  state.(1) <- (state.(1) + !b) land mask;
  state.(2) <- (state.(2) + !c) land mask;
  state.(3) <- (state.(3) + !d) land mask;
  state.(4) <- (state.(4) + !e) land mask

let finish state rest used total =
  Engine.pad_with_length ~block_size ~length_size:8 ~big_endian:true ~compress:(compress state) rest used total;
  let digest = Bytes.create digest_size in
  Array.iteri (fun i v -> Bytes.set_int32_be digest (4 * i) (Int32.of_int v)) state;
  Bytes.unsafe_to_string digest
