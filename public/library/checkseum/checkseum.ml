(* Checksums against errors. *)

type bigstring = (char, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t

module type S = sig
  type t = Optint.t

  val pp : Format.formatter -> t -> unit
  val equal : t -> t -> bool
  val default : t
  val digest_bigstring : bigstring -> int -> int -> t -> t
  val digest_string : string -> int -> int -> t -> t
  val digest_bytes : Bytes.t -> int -> int -> t -> t
  val unsafe_digest_bigstring : bigstring -> int -> int -> t -> t
  val unsafe_digest_string : string -> int -> int -> t -> t
  val unsafe_digest_bytes : Bytes.t -> int -> int -> t -> t
  val of_int32 : int32 -> t
  val to_int32 : t -> int32
end

(* What a kind of checksum must tell: how the bytes from one index up to another, which [get] gives, change a sum. *)
module type SUM = sig
  val default : int
  val update : (int -> int) -> int -> int -> int -> int
end

module Make (Sum : SUM) = struct
  type t = Optint.t

  let of_int32 = Optint.of_unsigned_int32
  let to_int32 = Optint.to_unsigned_int32
  let pp ppf t = Format.fprintf ppf "0x%08lx" (to_int32 t)
  let equal a b = Int32.equal (to_int32 a) (to_int32 b)
  let default = Optint.of_unsigned_int Sum.default

  let[@inline] update get off len sum =
    Optint.of_unsigned_int (Sum.update get off (off + len) (Optint.to_unsigned_int sum land 0xffffffff))

  let unsafe_digest_string s off len sum = update (fun i -> Char.code (String.unsafe_get s i)) off len sum
  let unsafe_digest_bytes b off len sum = update (fun i -> Char.code (Bytes.unsafe_get b i)) off len sum
  let unsafe_digest_bigstring (b : bigstring) off len sum = update (fun i -> Char.code (Bigarray.Array1.unsafe_get b i)) off len sum
  let check length off len = if off < 0 || len < 0 || off > length - len then invalid_arg "index out of bounds"

  let digest_string s off len sum =
    check (String.length s) off len;
    unsafe_digest_string s off len sum

  let digest_bytes b off len sum =
    check (Bytes.length b) off len;
    unsafe_digest_bytes b off len sum

  let digest_bigstring b off len sum =
    check (Bigarray.Array1.dim b) off len;
    unsafe_digest_bigstring b off len sum
end

(* Cyclic redundancy checks with the bits reflected: a table of the changes that a byte makes (Sarwate, 1988). *)
let reflected_table polynomial =
  Array.init 256 (fun byte ->
      let rec shift n v = if n = 0 then v else shift (n - 1) (if v land 1 = 1 then (v lsr 1) lxor polynomial else v lsr 1) in
      shift 8 byte)

let update_reflected table get start stop sum =
  let v = ref (sum lxor 0xffffffff) in
  for i = start to stop - 1 do
    v := table.((!v lxor get i) land 0xff) lxor (!v lsr 8)
  done;
  !v lxor 0xffffffff

module Crc32 = Make (struct
  let default = 0
  let table = reflected_table 0xedb88320
  let update get start stop sum = update_reflected table get start stop sum
end)

module Crc32c = Make (struct
  let default = 0
  let table = reflected_table 0x82f63b78
  let update get start stop sum = update_reflected table get start stop sum
end)

module Crc24 = Make (struct
  let default = 0xb704ce
  let polynomial = 0x1864cfb

  let table =
    Array.init 256 (fun byte ->
        let rec shift n v = if n = 0 then v else shift (n - 1) (if v land 0x800000 <> 0 then (v lsl 1) lxor polynomial else v lsl 1) in
        shift 8 (byte lsl 16) land 0xffffff)

  let update get start stop sum =
    let v = ref sum in
    for i = start to stop - 1 do
      v := table.(((!v lsr 16) lxor get i) land 0xff) lxor ((!v lsl 8) land 0xffffff)
    done;
    !v
end)

module Adler32 = Make (struct
  let default = 1

  (* The largest prime below 2^16. *)
  let modulus = 65521

  (* So many bytes cannot make the sums overflow 63 bits by far. *)
  let chunk = 65536

  let update get start stop sum =
    let a = ref (sum land 0xffff) and b = ref (sum lsr 16) in
    let at = ref start in
    while !at < stop do
      let until = min stop (!at + chunk) in
      for i = !at to until - 1 do
        a := !a + get i;
        b := !b + !a
      done;
      a := !a mod modulus;
      b := !b mod modulus;
      at := until
    done;
    (!b lsl 16) lor !a
end)
