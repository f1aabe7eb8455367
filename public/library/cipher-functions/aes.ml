(* The block cipher AES (FIPS 197), with tables of what SubBytes and MixColumns make of a byte in each row of a column. Lookups depend on keys
   and data: where others share the processor's caches, their timing tells of them. *)

open Words

let block_size = 16
let key_sizes = [| 16; 24; 32 |]

(* {1 Tables} made when the first key is *)

let double x = ((x lsl 1) lxor if x land 0x80 <> 0 then 0x11b else 0) land 0xff

(* The S-box (FIPS 197, 5.1.1): inverses in GF(2^8), found by running through the powers of 3 and of its inverse side by side, and the
   affine transformation. *)
let make_s_box () =
  let box = Array.make 256 0x63 in
  let rotate x n = ((x lsl n) lor (x lsr (8 - n))) land 0xff in
  let rec go p q =
    box.(p) <- q lxor rotate q 1 lxor rotate q 2 lxor rotate q 3 lxor rotate q 4 lxor 0x63;
    let p = p lxor double p in
    let q = q lxor (q lsl 1) in
    let q = q lxor (q lsl 2) in
    let q = (q lxor (q lsl 4)) land 0xff in
    let q = if q land 0x80 <> 0 then q lxor 0x09 else q in
    if p <> 1 then go p q
  in
  go 1 1;
  box

(* The box, and columns for a byte in the first to the fourth row. *)
type tables = { box : int array; row0 : int array; row1 : int array; row2 : int array; row3 : int array }

let with_columns box column =
  let row0 = Array.init 256 (fun x -> column box.(x)) in
  let rotated n = Array.map (fun w -> rotate_right w n) row0 in
  { box; row0; row1 = rotated 8; row2 = rotated 16; row3 = rotated 24 }

let encryption =
  lazy
    (with_columns (make_s_box ()) (fun s ->
         let s2 = double s in
         (s2 lsl 24) lor (s lsl 16) lor (s lsl 8) lor (s lxor s2)))

(* MixColumns inverted: 14, 9, 13, 11. *)
let inverse_column s =
  let s2 = double s in
  let s4 = double s2 in
  let s8 = double s4 in
  ((s8 lxor s4 lxor s2) lsl 24) lor ((s8 lxor s) lsl 16) lor ((s8 lxor s4 lxor s) lsl 8) lor (s8 lxor s2 lxor s)

let decryption =
  lazy
    (let box = (Lazy.force encryption).box in
     let inverse = Array.make 256 0 in
     Array.iteri (fun x s -> inverse.(s) <- x) box;
     with_columns inverse inverse_column)

(* {1 Keys} (FIPS 197, 5.2): words of round keys in their order of use *)

type key = { forward : int array; backward : int array Lazy.t }

let sub_word box w = (box.(w lsr 24) lsl 24) lor (box.((w lsr 16) land 255) lsl 16) lor (box.((w lsr 8) land 255) lsl 8) lor box.(w land 255)

let expand secret =
  let { box; _ } = Lazy.force encryption in
  let n = String.length secret / 4 in
  let rounds = n + 6 in
  let w = Array.make (4 * (rounds + 1)) 0 in
  for i = 0 to n - 1 do
    w.(i) <- get32_be secret (4 * i)
  done;
  let constant = ref 1 in
  for i = n to Array.length w - 1 do
    let t = w.(i - 1) in
    let t =
      if i mod n = 0 then begin
        let c = !constant in
        constant := double c;
        sub_word box (rotate_left t 8) lxor (c lsl 24)
      end
      else if n > 6 && i mod n = 4 then sub_word box t
      else t
    in
    w.(i) <- w.(i - n) lxor t
  done;
  (rounds, w)

(* For the equivalent inverse cipher (5.3.5): the rounds backwards, and MixColumns inverted on the keys between. *)
let backwards rounds w =
  let column word =
    let byte shift = rotate_right (inverse_column ((word lsr (24 - shift)) land 255)) shift in
    byte 0 lxor byte 8 lxor byte 16 lxor byte 24
  in
  Array.init (Array.length w) (fun i ->
      let round = rounds - (i / 4) in
      let word = w.((4 * round) + (i land 3)) in
      if round = 0 || round = rounds then word else column word)

let of_secret secret =
  if not (Array.mem (String.length secret) key_sizes) then
    invalid "Mirage_crypto.AES: a key has 16, 24 or 32 bytes, not %d" (String.length secret);
  let rounds, forward = expand secret in
  { forward; backward = lazy (backwards rounds forward) }

(* {1 Blocks} *)

let[@inline] at table i = Array.unsafe_get table i
let[@inline] byte0 w = w lsr 24
let[@inline] byte1 w = (w lsr 16) land 255
let[@inline] byte2 w = (w lsr 8) land 255
let[@inline] byte3 w = w land 255

let[@inline] column { row0; row1; row2; row3; _ } a b c d key = at row0 (byte0 a) lxor at row1 (byte1 b) lxor at row2 (byte2 c) lxor at row3 (byte3 d) lxor key

let[@inline] last_column { box; _ } a b c d key =
  ((at box (byte0 a) lsl 24) lor (at box (byte1 b) lsl 16) lor (at box (byte2 c) lsl 8) lor at box (byte3 d)) lxor key

(* Encryption takes its bytes from columns to the right, decryption from columns to the left: it does the same when the second and the fourth
   column change places. [b] is the column numbered [right], [d] the one numbered [left]. *)
let crypt tables k right src src_off dst dst_off blocks =
  let left = 4 - right and last = Array.length k - 4 in
  for block = 0 to blocks - 1 do
    let from = src_off + (16 * block) and into = dst_off + (16 * block) in
    let a = ref (get32_be src from lxor at k 0) and b = ref (get32_be src (from + (4 * right)) lxor at k right) in
    let c = ref (get32_be src (from + 8) lxor at k 2) and d = ref (get32_be src (from + (4 * left)) lxor at k left) in
    let i = ref 4 in
    while !i < last do
      let w = column tables !a !b !c !d (at k !i) and x = column tables !b !c !d !a (at k (!i + right)) in
      let y = column tables !c !d !a !b (at k (!i + 2)) and z = column tables !d !a !b !c (at k (!i + left)) in
      a := w;
      b := x;
      c := y;
      d := z;
      i := !i + 4
    done;
    set32_be dst into (last_column tables !a !b !c !d (at k last));
    set32_be dst (into + (4 * right)) (last_column tables !b !c !d !a (at k (last + right)));
    set32_be dst (into + 8) (last_column tables !c !d !a !b (at k (last + 2)));
    set32_be dst (into + (4 * left)) (last_column tables !d !a !b !c (at k (last + left)))
  done

let encrypt key = crypt (Lazy.force encryption) key.forward 1
let decrypt key = crypt (Lazy.force decryption) (Lazy.force key.backward) 3
