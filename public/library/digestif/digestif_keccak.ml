(* SHA-3 and Keccak (FIPS 202). *)

external get64 : Bytes.t -> int -> int64 = "%caml_bytes_get64u"
external set64 : Bytes.t -> int -> int64 -> unit = "%caml_bytes_set64u"
external string_get64 : string -> int -> int64 = "%caml_string_get64"

(* The state: 5 by 5 lanes of 64 bits, the least significant byte first, as every target has it; lane (x, y) is number x + 5y. *)
type state = Bytes.t

let round_constants =
  [|
    0x0000000000000001L; 0x0000000000008082L; 0x800000000000808aL; 0x8000000080008000L;
    0x000000000000808bL; 0x0000000080000001L; 0x8000000080008081L; 0x8000000000008009L;
    0x000000000000008aL; 0x0000000000000088L; 0x0000000080008009L; 0x000000008000000aL;
    0x000000008000808bL; 0x800000000000008bL; 0x8000000000008089L; 0x8000000000008003L;
    0x8000000000008002L; 0x8000000000000080L; 0x000000000000800aL; 0x800000008000000aL;
    0x8000000080008081L; 0x8000000000008080L; 0x0000000080000001L; 0x8000000080008008L;
  |]

(* How far each lane is rotated. *)
let rotations =
  [|
    0; 1; 62; 28; 27; 36; 44; 6; 55; 20; 3; 10; 43; 25; 39; 41; 45; 15; 21; 8; 18; 2; 61; 56; 14;
  |]

let[@inline] rotate_left x n = if n = 0 then x else Int64.logor (Int64.shift_left x n) (Int64.shift_right_logical x (64 - n))
let columns = Bytes.create 40
let moved = Bytes.create 200

(* The permutation Keccak-f[1600] (FIPS 202, 3.3). *)
let permute state =
  for round = 0 to 23 do
    (* theta *)
    for x = 0 to 4 do
      let lane y = get64 state (8 * (x + (5 * y))) in
      set64 columns (8 * x) (Int64.logxor (lane 0) (Int64.logxor (lane 1) (Int64.logxor (lane 2) (Int64.logxor (lane 3) (lane 4)))))
    done;
    for x = 0 to 4 do
      let d = Int64.logxor (get64 columns (8 * ((x + 4) mod 5))) (rotate_left (get64 columns (8 * ((x + 1) mod 5))) 1) in
      for y = 0 to 4 do
        let i = 8 * (x + (5 * y)) in
        set64 state i (Int64.logxor (get64 state i) d)
      done
    done;
    (* rho and pi *)
    for x = 0 to 4 do
      for y = 0 to 4 do
        let i = x + (5 * y) in
        set64 moved (8 * (y + (5 * (((2 * x) + (3 * y)) mod 5)))) (rotate_left (get64 state (8 * i)) rotations.(i))
      done
    done;
    (* chi *)
    for y = 0 to 4 do
      for x = 0 to 4 do
        let lane x = get64 moved (8 * ((x mod 5) + (5 * y))) in
        set64 state (8 * (x + (5 * y))) (Int64.logxor (lane x) (Int64.logand (Int64.lognot (lane (x + 1))) (lane (x + 2))))
      done
    done;
    (* iota *)
    set64 state 0 (Int64.logxor (get64 state 0) round_constants.(round))
  done

(* [domain] is what follows the message: the bits of FIPS 202, 6.1 and the first one of the padding. *)
module Make (Variant : sig
  val digest_size : int
  val domain : char
end) =
struct
  let digest_size = Variant.digest_size

  (* The rate: the capacity is twice the digest. *)
  let block_size = 200 - (2 * digest_size)

  type nonrec state = state

  let initial () = Bytes.make 200 '\000'
  let copy = Bytes.copy

  let compress state data off _ =
    for i = 0 to (block_size / 8) - 1 do
      set64 state (8 * i) (Int64.logxor (get64 state (8 * i)) (string_get64 data (off + (8 * i))))
    done;
    permute state

  let finish state rest used total =
    let used =
      if used = block_size then begin
        compress state (Bytes.unsafe_to_string rest) 0 total;
        0
      end
      else used
    in
    Bytes.fill rest used (block_size - used) '\000';
    Bytes.set rest used Variant.domain;
    Bytes.set_uint8 rest (block_size - 1) (Bytes.get_uint8 rest (block_size - 1) lor 0x80);
    compress state (Bytes.unsafe_to_string rest) 0 total;
    Bytes.sub_string state 0 digest_size
end
