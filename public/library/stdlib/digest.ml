(* Message digests: MD5 (RFC 1321) and BLAKE2b (RFC 7693). *)

type t = string

let compare : t -> t -> int = String.compare
let equal : t -> t -> bool = String.equal

(* {1 What all digests share} *)

external get32 : bytes -> int -> int32 = "%caml_bytes_get32u"
external set32 : bytes -> int -> int32 -> unit = "%caml_bytes_set32u"
external get64 : bytes -> int -> int64 = "%caml_bytes_get64u"
external set64 : bytes -> int -> int64 -> unit = "%caml_bytes_set64u"

let hex_digits = "0123456789abcdef"

let hex_of_string s =
  let n = String.length s in
  let result = Bytes.create (2 * n) in
  for i = 0 to n - 1 do
    let c = Char.code (String.unsafe_get s i) in
    Bytes.unsafe_set result (2 * i) hex_digits.[c lsr 4];
    Bytes.unsafe_set result ((2 * i) + 1) hex_digits.[c land 15]
  done;
  Bytes.unsafe_to_string result

let digit_value = function
  | '0' .. '9' as c -> Char.code c - Char.code '0'
  | 'a' .. 'f' as c -> Char.code c - Char.code 'a' + 10
  | 'A' .. 'F' as c -> Char.code c - Char.code 'A' + 10
  | _ -> invalid_arg "Digest.of_hex"

let string_of_hex name length s =
  if String.length s <> 2 * length then invalid_arg name;
  String.init length (fun i -> Char.chr ((digit_value s.[2 * i] lsl 4) + digit_value s.[(2 * i) + 1]))

(* A digest that is being computed. Bytes are collected in [block]; a full block is compressed when more is to come, or, for
   [eager] functions, at once. *)
type context = {
  state : bytes;
  block : bytes;
  mutable filled : int;  (** bytes in the block *)
  mutable total : int;  (** bytes before the block *)
  compress : context -> bytes -> int -> unit;  (** the block at an offset of some bytes *)
}

let flush_block c =
  c.total <- c.total + Bytes.length c.block;
  c.filled <- 0;
  c.compress c c.block 0

let rec feed c b offset length =
  let size = Bytes.length c.block in
  if length > 0 then
    if c.filled = size then begin
      flush_block c;
      feed c b offset length
    end
    else if c.filled = 0 && length > size then begin
      (* Straight from the data. *)
      c.total <- c.total + size;
      c.compress c b offset;
      feed c b (offset + size) (length - size)
    end
    else begin
      let n = min length (size - c.filled) in
      Bytes.blit b offset c.block c.filled n;
      c.filled <- c.filled + n;
      feed c b (offset + n) (length - n)
    end

let feed_channel c channel count =
  let buffer = Bytes.create 4096 in
  let rec from left =
    if left <> 0 then begin
      let n = input channel buffer 0 (if left < 0 then 4096 else min left 4096) in
      if n > 0 then begin
        feed c buffer 0 n;
        from (if left < 0 then left else left - n)
      end
      else if left > 0 then raise End_of_file
    end
  in
  from count

(* {1 MD5} *)

let md5_shifts = [| 7; 12; 17; 22; 5; 9; 14; 20; 4; 11; 16; 23; 6; 10; 15; 21 |]

(* The integer parts of 2{^32} |sin(i + 1)|. *)
let md5_constants =
  [|
    0xd76aa478; 0xe8c7b756; 0x242070db; 0xc1bdceee; 0xf57c0faf; 0x4787c62a; 0xa8304613; 0xfd469501; 0x698098d8; 0x8b44f7af;
    0xffff5bb1; 0x895cd7be; 0x6b901122; 0xfd987193; 0xa679438e; 0x49b40821; 0xf61e2562; 0xc040b340; 0x265e5a51; 0xe9b6c7aa;
    0xd62f105d; 0x02441453; 0xd8a1e681; 0xe7d3fbc8; 0x21e1cde6; 0xc33707d6; 0xf4d50d87; 0x455a14ed; 0xa9e3e905; 0xfcefa3f8;
    0x676f02d9; 0x8d2a4c8a; 0xfffa3942; 0x8771f681; 0x6d9d6122; 0xfde5380c; 0xa4beea44; 0x4bdecfa9; 0xf6bb4b60; 0xbebfbc70;
    0x289b7ec6; 0xeaa127fa; 0xd4ef3085; 0x04881d05; 0xd9d4d039; 0xe6db99e5; 0x1fa27cf8; 0xc4ac5665; 0xf4292244; 0x432aff97;
    0xab9423a7; 0xfc93a039; 0x655b59c3; 0x8f0ccc92; 0xffeff47d; 0x85845dd1; 0x6fa87e4f; 0xfe2ce6e0; 0xa3014314; 0x4e0811a1;
    0xf7537e82; 0xbd3af235; 0x2ad7d2bb; 0xeb86d391;
  |]
[@@ocamlformat "disable"]

let mask = 0xffff_ffff
let word b offset = Int32.to_int (get32 b offset) land mask
let add_word state offset n = set32 state offset (Int32.of_int (word state offset + n))

(* Step [i] of 64, the four words rotating through the parameters. *)
let rec md5_steps c b offset i w x y z =
  if i = 64 then begin
    add_word c.state 0 w;
    add_word c.state 4 x;
    add_word c.state 8 y;
    add_word c.state 12 z
  end
  else begin
    let round = i lsr 4 in
    let f =
      if round = 0 then x land y lor (lnot x land z)
      else if round = 1 then x land z lor (y land lnot z)
      else if round = 2 then x lxor y lxor z
      else y lxor (x lor (lnot z land mask))
    in
    let k =
      (if round = 0 then i else if round = 1 then (5 * i) + 1 else if round = 2 then (3 * i) + 5 else 7 * i) land 15
    in
    let sum = (w + f + word b (offset + (4 * k)) + Array.unsafe_get md5_constants i) land mask in
    let shift = Array.unsafe_get md5_shifts ((round lsl 2) lor (i land 3)) in
    let rotated = (sum lsl shift) lor (sum lsr (32 - shift)) in
    md5_steps c b offset (i + 1) z ((x + rotated) land mask) x y
  end

let md5_compress c b offset = md5_steps c b offset 0 (word c.state 0) (word c.state 4) (word c.state 8) (word c.state 12)

let md5_start () =
  let state = Bytes.create 16 in
  set32 state 0 0x6745_2301l;
  set32 state 4 0xefcd_ab89l;
  set32 state 8 0x98ba_dcfel;
  set32 state 12 0x1032_5476l;
  { state; block = Bytes.create 64; filled = 0; total = 0; compress = md5_compress }

let md5_finish c =
  let bits = 8 * (c.total + c.filled) in
  if c.filled = 64 then flush_block c;
  Bytes.set c.block c.filled '\x80';
  let next = c.filled + 1 in
  Bytes.fill c.block next (64 - next) '\000';
  if next > 56 then begin
    flush_block c;
    Bytes.fill c.block 0 56 '\000'
  end;
  set64 c.block 56 (Int64.of_int bits);
  flush_block c;
  Bytes.unsafe_to_string c.state

(* {1 BLAKE2b} *)

let blake2_initial =
  [|
    0x6a09_e667_f3bc_c908L; 0xbb67_ae85_84ca_a73bL; 0x3c6e_f372_fe94_f82bL; 0xa54f_f53a_5f1d_36f1L; 0x510e_527f_ade6_82d1L;
    0x9b05_688c_2b3e_6c1fL; 0x1f83_d9ab_fb41_bd6bL; 0x5be0_cd19_137e_2179L;
  |]
[@@ocamlformat "disable"]

(* Ten permutations of the sixteen message words: a byte each, the word's offset in the block. *)
let blake2_schedule =
  let permutations =
    "\000\001\002\003\004\005\006\007\008\009\010\011\012\013\014\015\
     \014\010\004\008\009\015\013\006\001\012\000\002\011\007\005\003\
     \011\008\012\000\005\002\015\013\010\014\003\006\007\001\009\004\
     \007\009\003\001\013\012\011\014\002\006\005\010\004\000\015\008\
     \009\000\005\007\002\004\010\015\014\001\011\012\006\008\003\013\
     \002\012\006\010\000\011\008\003\004\013\007\005\015\014\001\009\
     \012\005\001\015\014\013\004\010\000\007\006\003\009\002\008\011\
     \013\011\007\014\012\001\003\009\005\000\015\004\008\006\002\010\
     \006\015\014\009\011\003\000\008\012\002\013\007\001\004\010\005\
     \010\002\008\004\007\006\001\005\015\011\009\014\003\012\013\000"
  in
  String.map (fun c -> Char.chr (8 * Char.code c)) permutations

let rotate_right x n = Int64.logor (Int64.shift_right_logical x n) (Int64.shift_left x (64 - n))

(* The function G on four words of [v] (at the given offsets) and two of the message. *)
let blake2_mix v a b c d mx my =
  let va = get64 v a and vb = get64 v b and vc = get64 v c and vd = get64 v d in
  let va = Int64.add (Int64.add va vb) mx in
  let vd = rotate_right (Int64.logxor vd va) 32 in
  let vc = Int64.add vc vd in
  let vb = rotate_right (Int64.logxor vb vc) 24 in
  let va = Int64.add (Int64.add va vb) my in
  let vd = rotate_right (Int64.logxor vd va) 16 in
  let vc = Int64.add vc vd in
  let vb = rotate_right (Int64.logxor vb vc) 63 in
  set64 v a va;
  set64 v b vb;
  set64 v c vc;
  set64 v d vd
[@@inline]

(* State: the chaining value, 64 bytes, then the working vector, 128 bytes. *)
let blake2_compress_last last c block offset =
  let h = c.state in
  let v = 64 in
  Bytes.blit h 0 h v 64;
  for i = 0 to 7 do
    set64 h (v + 64 + (8 * i)) (Array.unsafe_get blake2_initial i)
  done;
  set64 h (v + 96) (Int64.logxor (get64 h (v + 96)) (Int64.of_int c.total));
  if last then set64 h (v + 112) (Int64.lognot (get64 h (v + 112)));
  for round = 0 to 11 do
    let schedule = (if round < 10 then round else round - 10) * 16 in
    let m i = get64 block (offset + Char.code (String.unsafe_get blake2_schedule (schedule + i))) in
    blake2_mix h v (v + 32) (v + 64) (v + 96) (m 0) (m 1);
    blake2_mix h (v + 8) (v + 40) (v + 72) (v + 104) (m 2) (m 3);
    blake2_mix h (v + 16) (v + 48) (v + 80) (v + 112) (m 4) (m 5);
    blake2_mix h (v + 24) (v + 56) (v + 88) (v + 120) (m 6) (m 7);
    blake2_mix h v (v + 40) (v + 80) (v + 120) (m 8) (m 9);
    blake2_mix h (v + 8) (v + 48) (v + 88) (v + 96) (m 10) (m 11);
    blake2_mix h (v + 16) (v + 56) (v + 64) (v + 104) (m 12) (m 13);
    blake2_mix h (v + 24) (v + 32) (v + 72) (v + 112) (m 14) (m 15)
  done;
  for i = 0 to 7 do
    let i = 8 * i in
    set64 h i (Int64.logxor (get64 h i) (Int64.logxor (get64 h (v + i)) (get64 h (v + 64 + i))))
  done

let blake2_compress c block offset = blake2_compress_last false c block offset

let blake2_start length =
  let state = Bytes.create 192 in
  Array.iteri (fun i word -> set64 state (8 * i) word) blake2_initial;
  (* Parameters: digest length, no key, fan-out 1, depth 1. *)
  set64 state 0 (Int64.logxor (get64 state 0) (Int64.of_int (0x0101_0000 lor length)));
  { state; block = Bytes.create 128; filled = 0; total = 0; compress = blake2_compress }

let blake2_finish length c =
  Bytes.fill c.block c.filled (128 - c.filled) '\000';
  c.total <- c.total + c.filled;
  blake2_compress_last true c c.block 0;
  Bytes.sub_string c.state 0 length

(* {1 The interface, once for each digest} *)

module type S = sig
  type t = string

  val hash_length : int
  val compare : t -> t -> int
  val equal : t -> t -> bool
  val string : string -> t
  val bytes : bytes -> t
  val substring : string -> int -> int -> t
  val subbytes : bytes -> int -> int -> t
  val channel : in_channel -> int -> t
  val file : string -> t
  val output : out_channel -> t -> unit
  val input : in_channel -> t
  val to_hex : t -> string
  val of_hex : string -> t
end

module type Function = sig
  val hash_length : int
  val start : unit -> context
  val finish : context -> string

  (** What [Invalid_argument] says of a hexadecimal string of another length *)
  val of_hex_name : string
end

module Make (F : Function) = struct
  type t = string

  let hash_length = F.hash_length
  let compare = compare
  let equal = equal

  let of_range b offset length =
    let c = F.start () in
    feed c b offset length;
    F.finish c

  let bytes b = of_range b 0 (Bytes.length b)
  let string s = bytes (Bytes.unsafe_of_string s)

  let subbytes b offset length =
    if offset < 0 || length < 0 || offset > Bytes.length b - length then invalid_arg "Digest.subbytes";
    of_range b offset length

  let substring s offset length =
    if offset < 0 || length < 0 || offset > String.length s - length then invalid_arg "Digest.substring";
    of_range (Bytes.unsafe_of_string s) offset length

  let channel ic count =
    let c = F.start () in
    feed_channel c ic count;
    F.finish c

  let file name =
    let ic = open_in_bin name in
    Fun.protect ~finally:(fun () -> close_in ic) (fun () -> channel ic (-1))

  let output channel digest = output_string channel digest
  let input channel = really_input_string channel hash_length

  let to_hex digest =
    if String.length digest <> hash_length then invalid_arg "Digest.to_hex";
    hex_of_string digest

  let of_hex s = string_of_hex F.of_hex_name hash_length s
end

module Blake2 (Length : sig
  val bytes : int
end) =
Make (struct
  let hash_length = Length.bytes
  let start () = blake2_start Length.bytes
  let finish c = blake2_finish Length.bytes c
  let of_hex_name = "Digest.of_hex"
end)

module BLAKE128 = Blake2 (struct let bytes = 16 end)
module BLAKE256 = Blake2 (struct let bytes = 32 end)
module BLAKE512 = Blake2 (struct let bytes = 64 end)

module MD5 = Make (struct
  let hash_length = 16
  let start = md5_start
  let finish = md5_finish
  let of_hex_name = "Digest.from_hex"
end)

(* As C code of the real run-time system has it. *)
let md5_string s from count = MD5.substring s from count [@@primitive "caml_md5_string"]
let md5_bytes b from count = MD5.subbytes b from count [@@primitive "caml_md5_bytes"]
let string = MD5.string
let bytes = MD5.bytes
let substring = MD5.substring
let subbytes = MD5.subbytes
let channel = MD5.channel
let file = MD5.file
let output = MD5.output
let input = MD5.input
let to_hex = MD5.to_hex
let of_hex = MD5.of_hex
let from_hex = of_hex
