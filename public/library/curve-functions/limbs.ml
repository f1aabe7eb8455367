(* Numbers as limbs of 64 bits in bytes, the lowest limb first, without checks of bounds. Places are offsets in bytes. Time depends on
   how many limbs there are, not on what they are. *)

(** The bit of a number, the lowest being 0. *)
let bit_at b i = (Char.code (Bytes.unsafe_get b (i lsr 3)) lsr (i land 7)) land 1

(** A number in hexadecimal digits, the highest first, filled up to [size] bytes. *)
let of_hex size digits =
  let b = Bytes.make size '\000' and n = String.length digits / 2 in
  for i = 0 to n - 1 do
    Bytes.set_uint8 b (n - 1 - i) (int_of_string ("0x" ^ String.sub digits (2 * i) 2))
  done;
  b

external get : bytes -> int -> int64 = "%caml_bytes_get64u"
external set : bytes -> int -> int64 -> unit = "%caml_bytes_set64u"
external ( + ) : int64 -> int64 -> int64 = "%int64_add"
external ( - ) : int64 -> int64 -> int64 = "%int64_sub"
external ( * ) : int64 -> int64 -> int64 = "%int64_mul"
external ( land ) : int64 -> int64 -> int64 = "%int64_and"
external ( lor ) : int64 -> int64 -> int64 = "%int64_or"
external ( lxor ) : int64 -> int64 -> int64 = "%int64_xor"
external ( lsl ) : int64 -> int -> int64 = "%int64_lsl"
external ( lsr ) : int64 -> int -> int64 = "%int64_lsr"
external high_product : int64 -> int64 -> int64 = "%morgana_int64_mulhu"
external below : int64 -> int64 -> bool = "%morgana_int64_ult"
external plus : int -> int -> int = "%addint"
external minus : int -> int -> int = "%subint"
external times : int -> int -> int = "%mulint"

external to_int : bool -> int = "%identity"
external of_int : int -> int64 = "%int64_of_int"

(** 1 if the condition holds, else 0, without a branch. *)
let[@inline] bit condition = of_int (to_int condition)

(** [r] becomes [a] where [mask] is all ones, and [b] where it is zeros; [size] bytes each. *)
let select r mask a b size =
  let other = Int64.lognot mask in
  let i = ref 0 in
  while !i < size do
    set r !i ((get a !i land mask) lor (get b !i land other));
    i := plus !i 8
  done

(** All ones if some limb of [size] bytes is not 0, else 0. *)
let not_zero a size =
  let all = ref 0L and i = ref 0 in
  while !i < size do
    all := !all lor get a !i;
    i := plus !i 8
  done;
  0L - ((!all lor (0L - !all)) lsr 63)

(** [r = a + b], of [size] bytes each; the carry is given. *)
let[@inline] add_limbs r a b size =
  let carry = ref 0L and i = ref 0 in
  while !i < size do
    let x = get a !i in
    let s = x + get b !i in
    let t = s + !carry in
    carry := bit (below s x) + bit (below t s);
    set r !i t;
    i := plus !i 8
  done;
  !carry

(** [r = a - b], of [size] bytes each; the borrow is given. *)
let[@inline] sub_limbs r a b size =
  let borrow = ref 0L and i = ref 0 in
  while !i < size do
    let x = get a !i and y = get b !i in
    let d = x - y in
    set r !i (d - !borrow);
    borrow := bit (below x y) + bit (below d !borrow);
    i := plus !i 8
  done;
  !borrow

(** [r = r + n], of [size] bytes, for one limb; the carry is given. *)
let[@inline] add_limb r n size =
  let carry = ref n and i = ref 0 in
  while !i < size do
    let s = get r !i + !carry in
    carry := bit (below s !carry);
    set r !i s;
    i := plus !i 8
  done;
  !carry
