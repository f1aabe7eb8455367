(* Triple DES (FIPS 46-3, SP 800-67): for old protocols. Bits are numbered as the standard has them, from the highest, 1. *)

open Words

let block_size = 8
let key_sizes = [| 24 |]

(* The bits of [x], a number of [width] bits, that the table names. *)
let permute table width x =
  let result = ref 0L in
  String.iter (fun c -> result := Int64.logor (Int64.shift_left !result 1) (Int64.logand (Int64.shift_right_logical x (width - Char.code c)) 1L)) table;
  !result

(* {1 Tables} *)

let initial_permutation = lazy (String.init 64 (fun i -> Char.chr ([| 58; 60; 62; 64; 57; 59; 61; 63 |].(i / 8) - (8 * (i mod 8)))))

let final_permutation =
  lazy
    (let forward = Lazy.force initial_permutation in
     String.init 64 (fun i -> Char.chr (String.index forward (Char.chr (i + 1)) + 1)))

(* Permuted choices 1 and 2. *)
let choice1 =
  "\057\049\041\033\025\017\009\001\058\050\042\034\026\018\010\002\059\051\043\035\027\019\011\003\060\052\044\036\
   \063\055\047\039\031\023\015\007\062\054\046\038\030\022\014\006\061\053\045\037\029\021\013\005\028\020\012\004"

let choice2 =
  "\014\017\011\024\001\005\003\028\015\006\021\010\023\019\012\004\026\008\016\007\027\020\013\002\
   \041\052\031\037\047\055\030\040\051\045\033\048\044\049\039\056\034\053\046\042\050\036\029\032"

(* The permutation P. *)
let round_permutation =
  "\016\007\020\021\029\012\028\017\001\015\023\026\005\018\031\010\
   \002\008\024\014\032\027\003\009\019\013\030\006\022\011\004\025"

(* The substitutions S1 to S8, four rows of sixteen each, in hexadecimal digits. *)
let substitutions =
  [|
    "e4d12fb83a6c59070f74e2d1a6cb953841e8d62bfc973a50fc8249175b3ea06d";
    "f18e6b34972dc05a3d47f28ec01a69b50e7ba4d158c6932fd8a13f42b67c05e9";
    "a09e63f51dc7b428d709346a285ecbf1d6498f30b12c5ae71ad069874fe3b52c";
    "7de3069a1285bc4fd8b56f03472c1ae9a690cb7df13e52843f06a1d8945bc72e";
    "2c417ab6853fd0e9eb2c47d150fa3986421bad78f9c5630eb8c71e2d6f09a453";
    "c1af92680d34e75baf427c9561de0b389ef528c3704a1db6432c95fabe17608d";
    "4b2ef08d3c975a61d0b7491ae35c2f8614bdc37eaf6805926bd814a7950fe23c";
    "d2846fb1a93e50c71fd8a374c56b0e927b419ce206adf35821e74a8dfc90356b";
  |]

(* What the permutation P makes of each substitution's outputs, by the six bits that go in: the outer two are the row. *)
let boxes =
  lazy
    (Array.mapi
       (fun box digits ->
         Array.init 64 (fun x ->
             let row = ((x lsr 4) land 2) lor (x land 1) and column = (x lsr 1) land 15 in
             let digit = int_of_string ("0x" ^ String.sub digits ((16 * row) + column) 1) in
             Int64.to_int (permute round_permutation 32 (Int64.of_int (digit lsl (28 - (4 * box)))))))
       substitutions)

(* {1 Keys} sixteen round keys of 48 bits for each of the three ciphers *)

type key = { forward : int array array; backward : int array array }

let shifts = [| 1; 1; 2; 2; 2; 2; 2; 2; 1; 2; 2; 2; 2; 2; 2; 1 |]

let schedule secret off =
  let chosen = Int64.to_int (permute choice1 64 (get64_be secret off)) in
  let half = 0xfff_ffff in
  let rotate x n = ((x lsl n) lor (x lsr (28 - n))) land half in
  let c = ref (chosen lsr 28) and d = ref (chosen land half) in
  Array.map
    (fun n ->
      c := rotate !c n;
      d := rotate !d n;
      Int64.to_int (permute choice2 56 (Int64.of_int ((!c lsl 28) lor !d))))
    shifts

let reverse keys = Array.init 16 (fun i -> keys.(15 - i))

let of_secret secret =
  if String.length secret <> 24 then invalid "Mirage_crypto.DES: a key has 24 bytes, not %d" (String.length secret);
  let k0 = schedule secret 0 and k1 = schedule secret 8 and k2 = schedule secret 16 in
  { forward = [| k0; reverse k1; k2 |]; backward = [| reverse k2; k1; reverse k0 |] }

(* {1 Blocks} *)

(* The bits of the right half, each group of four with its neighbours, with the round's key through the boxes. *)
let[@inline] round boxes r key =
  let result = ref 0 in
  (* The last bit before the first, and the first behind the last. *)
  let spread = ((r land 1) lsl 33) lor (r lsl 1) lor (r lsr 31) in
  for i = 0 to 7 do
    let group = ((spread lsr (28 - (4 * i))) land 63) lxor ((key lsr (42 - (6 * i))) land 63) in
    result := !result lxor Array.unsafe_get (Array.unsafe_get boxes i) group
  done;
  !result

let crypt keys src src_off dst dst_off blocks =
  let boxes = Lazy.force boxes and initial = Lazy.force initial_permutation and final = Lazy.force final_permutation in
  for block = 0 to blocks - 1 do
    let x = permute initial 64 (get64_be src (src_off + (8 * block))) in
    let l = ref (Int64.to_int (Int64.shift_right_logical x 32)) and r = ref (Int64.to_int x land mask) in
    Array.iter
      (fun cipher ->
        Array.iter
          (fun key ->
            let next = !l lxor round boxes !r key in
            l := !r;
            r := next)
          cipher;
        (* The halves are not exchanged after the last round. *)
        let last = !l in
        l := !r;
        r := last)
      keys;
    set64_be dst (dst_off + (8 * block)) (permute final 64 (Int64.logor (Int64.shift_left (Int64.of_int !l) 32) (Int64.of_int !r)))
  done

let encrypt key src src_off dst dst_off blocks = crypt key.forward src src_off dst dst_off blocks
let decrypt key src src_off dst dst_off blocks = crypt key.backward src src_off dst dst_off blocks
