(* Pseudo-random numbers: the generator L64X128 (Steele, Vigna, "LXM: Better Splittable Pseudorandom Number Generators
   (and Almost as Fast)", 2021), seeded through MD5. *)

external get64 : bytes -> int -> int64 = "%caml_bytes_get64u"
external set64 : bytes -> int -> int64 -> unit = "%caml_bytes_set64u"
external random_seed : unit -> int array = "caml_sys_random_seed"

module State = struct
  (* Four words: the increment [a] and the state [s] of a linear congruential generator, the state [x0], [x1] of a
     xorshift one. [a] is odd; [x0] and [x1] are not both 0. *)
  type t = bytes

  let assign state a s x0 x1 =
    set64 state 0 (Int64.logor a 1L);
    set64 state 8 s;
    set64 state 16 (if x0 <> 0L then x0 else 1L);
    set64 state 24 (if x1 <> 0L then x1 else 2L)

  let of_words a s x0 x1 =
    let state = Bytes.create 32 in
    assign state a s x0 x1;
    state

  let multiplier = 0xd134_2543_de82_ef95L
  let mixing_multiplier = 0xdaba_0b6e_b093_22e3L
  let rotate_left x n = Int64.logor (Int64.shift_left x n) (Int64.shift_right_logical x (64 - n))

  (* The finalizer [lea64]. *)
  let mix z =
    let z = Int64.mul (Int64.logxor z (Int64.shift_right_logical z 32)) mixing_multiplier in
    let z = Int64.mul (Int64.logxor z (Int64.shift_right_logical z 32)) mixing_multiplier in
    Int64.logxor z (Int64.shift_right_logical z 32)

  let bits64 state =
    let a = get64 state 0 and s = get64 state 8 and x0 = get64 state 16 and x1 = get64 state 24 in
    set64 state 8 (Int64.add (Int64.mul s multiplier) a);
    let y = Int64.logxor x1 x0 in
    set64 state 16 (Int64.logxor (Int64.logxor (rotate_left x0 24) y) (Int64.shift_left y 16));
    set64 state 24 (rotate_left y 37);
    mix (Int64.add s x0)

  let reseed state seed =
    let count = Array.length seed in
    let text = Bytes.create ((8 * count) + 1) in
    Array.iteri (fun i n -> Bytes.set_int64_le text (8 * i) (Int64.of_int n)) seed;
    let digest n =
      Bytes.set text (8 * count) (Char.chr n);
      Digest.bytes text
    in
    let first = digest 1 and second = digest 2 in
    assign state (String.get_int64_le first 0) (String.get_int64_le first 8) (String.get_int64_le second 0)
      (String.get_int64_le second 8)

  let make seed =
    let state = Bytes.create 32 in
    reseed state seed;
    state

  let make_self_init () = make (random_seed ())
  let copy = Bytes.copy

  let split state =
    let a = bits64 state in
    let s = bits64 state in
    let x0 = bits64 state in
    let x1 = bits64 state in
    of_words a s x0 x1

  let prefix = "lxm1:"

  let to_binary_string state =
    let words = Bytes.create 32 in
    for i = 0 to 3 do
      Bytes.set_int64_le words (8 * i) (get64 state (8 * i))
    done;
    prefix ^ Bytes.unsafe_to_string words

  let of_binary_string text =
    if String.length text <> String.length prefix + 32 || not (String.starts_with ~prefix text) then
      failwith ("Random.State.of_binary_string: expected a format compatible with OCaml " ^ Sys.ocaml_version);
    let word i = String.get_int64_le text (String.length prefix + (8 * i)) in
    of_words (word 0) (word 1) (word 2) (word 3)

  (* {2 Integers} Each drawing takes the low bits of one word. *)

  let max_31 = (1 lsl 30) - 1
  let max_32 = (1 lsl 31) - 1
  let bits state = Int64.to_int (bits64 state) land max_31

  (* Uniform in 0..n-1, for 0 < n <= mask + 1: what lies above the last whole multiple of [n] is drawn again. *)
  let rec below state n mask =
    let drawn = Int64.to_int (bits64 state) land mask in
    let result = drawn mod n in
    if drawn - result > mask - n + 1 then below state n mask else result

  let int state n = if n <= 0 || n > max_31 then invalid_arg "Random.int" else below state n max_31

  let full_int state n =
    if n <= 0 then invalid_arg "Random.full_int"
    else below state n (if n <= max_31 then max_31 else if n <= max_32 then max_32 else max_int)

  (* The low [bits] bits with their sign, drawn until they lie in the range. *)
  let rec within state min max bits =
    let unused = Sys.int_size - bits in
    let drawn = (Int64.to_int (bits64 state) lsl unused) asr unused in
    if drawn < min || drawn > max then within state min max bits else drawn

  let in_range state min max mask bits =
    let span = max - min + 1 in
    if span > 0 && span <= mask then min + below state span mask else within state min max bits

  let int_in_range state ~min ~max =
    if min > max then invalid_arg "Random.int_in_range"
    else if min >= -max_31 - 1 && max <= max_31 then in_range state min max max_31 31
    else if min >= -max_32 - 1 && max <= max_32 then in_range state min max max_32 32
    else in_range state min max max_int Sys.int_size

  let bits32 state = Int64.to_int32 (bits64 state)

  let rec int32_below state n =
    let drawn = Int32.shift_right_logical (bits32 state) 1 in
    let result = Int32.rem drawn n in
    if Int32.sub drawn result > Int32.add (Int32.sub Int32.max_int n) 1l then int32_below state n else result

  let int32 state n = if n <= 0l then invalid_arg "Random.int32" else int32_below state n

  let rec int32_within state min max =
    let drawn = bits32 state in
    if drawn < min || drawn > max then int32_within state min max else drawn

  let int32_in_range state ~min ~max =
    if min > max then invalid_arg "Random.int32_in_range"
    else begin
      let span = Int32.succ (Int32.sub max min) in
      if span <= 0l then int32_within state min max else Int32.add min (int32_below state span)
    end

  let rec int64_below state n =
    let drawn = Int64.shift_right_logical (bits64 state) 1 in
    let result = Int64.rem drawn n in
    if Int64.sub drawn result > Int64.add (Int64.sub Int64.max_int n) 1L then int64_below state n else result

  let int64 state n = if n <= 0L then invalid_arg "Random.int64" else int64_below state n

  let rec int64_within state min max =
    let drawn = bits64 state in
    if drawn < min || drawn > max then int64_within state min max else drawn

  let int64_in_range state ~min ~max =
    if min > max then invalid_arg "Random.int64_in_range"
    else begin
      let span = Int64.succ (Int64.sub max min) in
      if span <= 0L then int64_within state min max else Int64.add min (int64_below state span)
    end

  let nativebits state = Int64.to_nativeint (bits64 state)
  let nativeint state n = Int64.to_nativeint (int64 state (Int64.of_nativeint n))

  let nativeint_in_range state ~min ~max =
    Int64.to_nativeint (int64_in_range state ~min:(Int64.of_nativeint min) ~max:(Int64.of_nativeint max))

  (* {2 Floats and booleans} *)

  (* Strictly between 0 and 1. *)
  let rec unit_float state =
    let drawn = Int64.shift_right_logical (bits64 state) 11 in
    if drawn = 0L then unit_float state else Int64.to_float drawn *. 0x1p-53

  let float state bound = unit_float state *. bound
  let bool state = bits64 state < 0L
end

(* The state that [init 314159265] makes. *)
let state =
  State.of_words 0xaa00_47aa_8490_d7f7L 0x0823_ed43_4f15_be25L 0x88c5_ae8a_97ba_9e31L 0x58a8_ea37_93db_4c0cL

let full_init seed = State.reseed state seed
let init seed = full_init [| seed |]
let self_init () = full_init (random_seed ())
let get_state () = State.copy state
let set_state from = Bytes.blit from 0 state 0 32
let split () = State.split state
let bits () = State.bits state
let int n = State.int state n
let full_int n = State.full_int state n
let int_in_range ~min ~max = State.int_in_range state ~min ~max
let int32 n = State.int32 state n
let int32_in_range ~min ~max = State.int32_in_range state ~min ~max
let int64 n = State.int64 state n
let int64_in_range ~min ~max = State.int64_in_range state ~min ~max
let nativeint n = State.nativeint state n
let nativeint_in_range ~min ~max = State.nativeint_in_range state ~min ~max
let float bound = State.float state bound
let bool () = State.bool state
let bits32 () = State.bits32 state
let bits64 () = State.bits64 state
let nativebits () = State.nativebits state
