(* The block cipher AES with 256-bit keys (FIPS 197), encryption only, in counter mode. *)

let mask = 0xffffffff
let double x = ((x lsl 1) lxor if x land 0x80 <> 0 then 0x11b else 0) land 0xff

(* The S-box (FIPS 197, 5.1.1): inverses in GF(2^8), found by running through the powers of 3 and of its inverse side by side,
   and the affine transformation. *)
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

(* The S-box, and SubBytes and MixColumns of a byte in the first row of a column; made when the first key is. *)
type tables = { s_box : int array; columns : int array }

let tables =
  lazy
    (let s_box = make_s_box () in
     let column s =
       let s2 = double s in
       (s2 lsl 24) lor (s lsl 16) lor (s lsl 8) lor (s lxor s2)
     in
     { s_box; columns = Array.map column s_box })

let rotate_right w n = ((w lsr n) lor (w lsl (32 - n))) land mask

let sub_word { s_box; _ } w =
  (s_box.(w lsr 24) lsl 24) lor (s_box.((w lsr 16) land 255) lsl 16) lor (s_box.((w lsr 8) land 255) lsl 8) lor s_box.(w land 255)

let rounds = 14

type key = {
  words : int array;  (** of the round keys (FIPS 197, 5.2) *)
  tables : tables;
}

let key_of_secret secret : key =
  if String.length secret <> 32 then invalid_arg "Aes256.key_of_secret: a key has 32 bytes";
  let tables = Lazy.force tables in
  let w = Array.make (4 * (rounds + 1)) 0 in
  for i = 0 to 7 do
    w.(i) <- Int32.to_int (String.get_int32_be secret (4 * i)) land mask
  done;
  let constant = ref 1 in
  for i = 8 to Array.length w - 1 do
    let t = w.(i - 1) in
    let t =
      if i land 7 = 0 then begin
        let c = !constant in
        constant := double c;
        sub_word tables (rotate_right t 24) lxor (c lsl 24)
      end
      else if i land 7 = 4 then sub_word tables t
      else t
    in
    w.(i) <- w.(i - 8) lxor t
  done;
  { words = w; tables }

(* Encrypts the block of four words; gives its words to [f]. *)
let encrypt { words = key; tables = { s_box; columns } } a b c d f =
  let column k a b c d =
    columns.(a lsr 24)
    lxor rotate_right columns.((b lsr 16) land 255) 8
    lxor rotate_right columns.((c lsr 8) land 255) 16
    lxor rotate_right columns.(d land 255) 24
    lxor key.(k)
  in
  let last k a b c d =
    ((s_box.(a lsr 24) lsl 24) lor (s_box.((b lsr 16) land 255) lsl 16) lor (s_box.((c lsr 8) land 255) lsl 8) lor s_box.(d land 255))
    lxor key.(k)
  in
  let rec go k a b c d =
    if k = 4 * rounds then f (last k a b c d) (last (k + 1) b c d a) (last (k + 2) c d a b) (last (k + 3) d a b c)
    else go (k + 4) (column k a b c d) (column (k + 1) b c d a) (column (k + 2) c d a b) (column (k + 3) d a b c)
  in
  go 4 (a lxor key.(0)) (b lxor key.(1)) (c lxor key.(2)) (d lxor key.(3))

let block_size = 16

(** A counter of 128 bits: its upper and its lower half. *)
type counter = int64 * int64

let add_counter (high, low) n =
  let sum = Int64.add low n in
  ((if Int64.unsigned_compare sum low < 0 then Int64.succ high else high), sum)

(* The key stream: the counter's values, the most significant byte first, encrypted. *)
let stream key counter blocks =
  let b = Bytes.create (block_size * blocks) in
  let counter = ref counter in
  for i = 0 to blocks - 1 do
    let high, low = !counter in
    let upper v = Int64.to_int (Int64.shift_right_logical v 32) and lower v = Int64.to_int v land mask in
    encrypt key (upper high) (lower high) (upper low) (lower low) (fun x y z w ->
        let set k v = Bytes.set_int32_be b ((block_size * i) + k) (Int32.of_int v) in
        set 0 x;
        set 4 y;
        set 8 z;
        set 12 w);
    counter := add_counter !counter 1L
  done;
  Bytes.unsafe_to_string b
