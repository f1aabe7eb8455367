(* Whirlpool (ISO/IEC 10118-3; P. Barreto and V. Rijmen, 2003): a block cipher of 512 bits in the mode of Miyaguchi and Preneel.

   Rows of the 8 by 8 matrices are 64-bit words, their first byte the highest. *)

external get64 : Bytes.t -> int -> int64 = "%caml_bytes_get64u"
external set64 : Bytes.t -> int -> int64 -> unit = "%caml_bytes_set64u"

let block_size = 64
let digest_size = 64
let rounds = 10
let[@inline] ( ^ ) a b = Int64.logxor a b

(* {1 Tables} *)

(* The substitution box is made of two boxes of four bits. *)
let box =
  lazy
    (let e = "\x01\x0b\x09\x0c\x0d\x06\x0f\x03\x0e\x08\x07\x04\x0a\x02\x05\x00" in
     let r = "\x07\x0c\x0b\x0d\x0e\x04\x09\x0f\x06\x03\x08\x0a\x02\x05\x01\x00" in
     let at table i = Char.code table.[i] in
     let inverse v = String.index e (Char.chr v) in
     String.init 256 (fun x ->
         let u = at e (x lsr 4) and v = inverse (x land 15) in
         let w = at r (u lxor v) in
         Char.chr ((at e (u lxor w) lsl 4) lor inverse (v lxor w))))

(* Doubling in the field of 256 elements with the polynomial x^8 + x^4 + x^3 + x^2 + 1. *)
let double x = if x land 0x80 = 0 then x lsl 1 else (x lsl 1) lxor 0x11d

(* What the byte x in the first column adds to its row: its substitute times (1 1 4 1 8 5 2 9). In the other columns the same, rotated. *)
let table =
  lazy
    (let t = Bytes.create 2048 in
     String.iteri
       (fun i c ->
         let s = Char.code c in
         let s2 = double s in
         let s4 = double s2 in
         let s8 = double s4 in
         let row = List.fold_left (fun row byte -> Int64.logor (Int64.shift_left row 8) (Int64.of_int byte)) 0L [ s; s; s4; s; s8; s4 lxor s; s2; s8 lxor s ] in
         set64 t (8 * i) row)
       (Lazy.force box);
     t)

(* {1 The cipher} *)

type state = Bytes.t

let initial () = Bytes.make 64 '\000'
let copy = Bytes.copy
let[@inline] rotate_right x n = if n = 0 then x else Int64.logor (Int64.shift_right_logical x n) (Int64.shift_left x (64 - n))

(* Substitution, the columns' shifts and the rows' products. *)
let round table source target =
  for i = 0 to 7 do
    let row = ref 0L in
    for t = 0 to 7 do
      let from = get64 source (8 * ((i - t) land 7)) in
      let byte = Int64.to_int (Int64.shift_right_logical from (56 - (8 * t))) land 255 in
      row := !row ^ rotate_right (get64 table (8 * byte)) (8 * t)
    done;
    set64 target (8 * i) !row
  done

let xor_into target source =
  for i = 0 to 7 do
    set64 target (8 * i) (get64 target (8 * i) ^ get64 source (8 * i))
  done

let compress (state : state) data off _ =
  let table = Lazy.force table and box = Lazy.force box in
  let key = ref (Bytes.copy state) and next = ref (Bytes.create 64) in
  let block = Bytes.create 64 in
  for i = 0 to 7 do
    set64 block (8 * i) (String.get_int64_be data (off + (8 * i)))
  done;
  xor_into state block;
  (* Here [state] is the chaining value with the block, as the mode needs it in the end; the cipher works on a copy. *)
  let text = ref (Bytes.copy state) in
  for r = 0 to rounds - 1 do
    round table !key !next;
    set64 !next 0 (get64 !next 0 ^ String.get_int64_be box (8 * r));
    let old = !key in
    key := !next;
    next := old;
    round table !text !next;
    xor_into !next !key;
    let old = !text in
    text := !next;
    next := old
  done;
  xor_into state !text

let finish state rest used total =
  Hash_functions.Engine.pad_with_length ~block_size ~length_size:32 ~big_endian:true ~compress:(compress state) rest used total;
  let digest = Bytes.create 64 in
  for i = 0 to 7 do
    Bytes.set_int64_be digest (8 * i) (get64 state (8 * i))
  done;
  Bytes.unsafe_to_string digest
