(* The hash of GCM (SP 800-38D, 6.4): a polynomial over GF(2^128), evaluated by Horner's rule.

   Elements are two 64-bit words, the first bit of the standard the highest. Products go by four bits, with a table of the key's multiples
   (V. Shoup, "On fast and provably secure message authentication based on universal hashing", 1996). *)

open Words

external shift_right : int64 -> int -> int64 = "%int64_lsr"

(* The key's products with the sixteen elements of degree below 4, the element's first bit the highest; each of them 16 bytes. *)
type key = bytes

let[@inline] ( ^ ) a b = Int64.logxor a b
let[@inline] get table i = get64_native (Bytes.unsafe_to_string table) i

let of_block h : key =
  let table = Bytes.make 256 '\000' in
  let set i high low =
    set64_native table (16 * i) high;
    set64_native table ((16 * i) + 8) low
  in
  (* 8 is the element 1, 4 the element x, and so on: each is the one before times x, reduced. *)
  let high = ref (get64_be h 0) and low = ref (get64_be h 8) in
  List.iter
    (fun i ->
      set i !high !low;
      let carry = Int64.logand !low 1L in
      low := Int64.logor (shift_right !low 1) (Int64.shift_left !high 63);
      high := shift_right !high 1;
      if Int64.equal carry 1L then high := !high ^ 0xe100_0000_0000_0000L)
    [ 8; 4; 2; 1 ];
  for i = 3 to 15 do
    let lowest = i land -i in
    if lowest <> i then set i (get table (16 * lowest) ^ get table (16 * (i - lowest))) (get table ((16 * lowest) + 8) ^ get table ((16 * (i - lowest)) + 8))
  done;
  table

(* What four bits that leave at the end add at the beginning, in the highest 16 bits. *)
let reductions =
  "\x00\x00\x1c\x20\x38\x40\x24\x60\x70\x80\x6c\xa0\x48\xc0\x54\xe0\xe1\x00\xfd\x20\xd9\x40\xc5\x60\x91\x80\x8d\xa0\xa9\xc0\xb5\xe0"

let[@inline] reduction i =
  let at = 2 * i in
  Int64.shift_left (Int64.of_int ((Char.code (String.unsafe_get reductions at) lsl 8) lor Char.code (String.unsafe_get reductions (at + 1)))) 48

(** A hash under way: 16 bytes. *)
type t = bytes

let create () : t = Bytes.make 16 '\000'

(* The sum's next value: with a block, times the key. *)
let add_block (key : key) (t : t) block off =
  let high = get t 0 ^ get64_be block off and low = get t 8 ^ get64_be block (off + 8) in
  let zh = ref 0L and zl = ref 0L in
  for step = 0 to 31 do
    (* The last four bits first. *)
    let word = if step < 16 then low else high in
    let digit = Int64.to_int (shift_right word (4 * (step land 15))) land 15 in
    if step > 0 then begin
      let out = Int64.to_int !zl land 15 in
      zl := Int64.logor (shift_right !zl 4) (Int64.shift_left !zh 60);
      zh := shift_right !zh 4 ^ reduction out
    end;
    zh := !zh ^ get key (16 * digit);
    zl := !zl ^ get key ((16 * digit) + 8)
  done;
  set64_native t 0 !zh;
  set64_native t 8 !zl

(* Data, filled up with zeros to whole blocks. *)
let add key t data off len =
  let whole = len / 16 in
  for i = 0 to whole - 1 do
    add_block key t data (off + (16 * i))
  done;
  let rest = len land 15 in
  if rest > 0 then begin
    let last = Bytes.make 16 '\000' in
    Bytes.blit_string data (off + len - rest) last 0 rest;
    add_block key t (Bytes.unsafe_to_string last) 0
  end

(* The lengths in bits. *)
let add_lengths key t a b =
  let block = Bytes.create 16 in
  set64_be block 0 (Int64.of_int (8 * a));
  set64_be block 8 (Int64.of_int (8 * b));
  add_block key t (Bytes.unsafe_to_string block) 0

let get_into t dst =
  set64_be dst 0 (get t 0);
  set64_be dst 8 (get t 8)
