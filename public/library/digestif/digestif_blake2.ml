(* BLAKE2b and BLAKE2s (RFC 7693). *)

external get64 : Bytes.t -> int -> int64 = "%caml_bytes_get64u"
external set64 : Bytes.t -> int -> int64 -> unit = "%caml_bytes_set64u"

(* In which order the words of a block are used, round by round; BLAKE2b's rounds 10 and 11 are as 0 and 1. *)
let sigma =
  [|
    [| 0; 1; 2; 3; 4; 5; 6; 7; 8; 9; 10; 11; 12; 13; 14; 15 |];
    [| 14; 10; 4; 8; 9; 15; 13; 6; 1; 12; 0; 2; 11; 7; 5; 3 |];
    [| 11; 8; 12; 0; 5; 2; 15; 13; 10; 14; 3; 6; 7; 1; 9; 4 |];
    [| 7; 9; 3; 1; 13; 12; 11; 14; 2; 6; 5; 10; 4; 0; 15; 8 |];
    [| 9; 0; 5; 7; 2; 4; 10; 15; 14; 1; 11; 12; 6; 8; 3; 13 |];
    [| 2; 12; 6; 10; 0; 11; 8; 3; 4; 13; 7; 5; 15; 14; 1; 9 |];
    [| 12; 5; 1; 15; 14; 13; 4; 10; 0; 7; 6; 3; 9; 2; 8; 11 |];
    [| 13; 11; 7; 14; 12; 1; 3; 9; 5; 0; 15; 4; 8; 6; 2; 10 |];
    [| 6; 15; 14; 9; 11; 3; 0; 8; 12; 2; 13; 7; 1; 4; 10; 5 |];
    [| 10; 2; 8; 4; 7; 6; 1; 5; 15; 11; 9; 14; 3; 12; 13; 0 |];
  |]

(* Which words of the state each of the eight mixings of a round works on. *)
let mixings = [| (0, 4, 8, 12); (1, 5, 9, 13); (2, 6, 10, 14); (3, 7, 11, 15); (0, 5, 10, 15); (1, 6, 11, 12); (2, 7, 8, 13); (3, 4, 9, 14) |]

(* The first word of the parameters: the sizes of digest and key, fan-out and depth 1. *)
let parameters ~digest_size ~key_size = 0x01010000 lor (key_size lsl 8) lor digest_size

(* A key is a block of its own before the message. *)
let key_block ~block_size key =
  let b = Bytes.make block_size '\000' in
  Bytes.blit_string key 0 b 0 (String.length key);
  Bytes.unsafe_to_string b

module B = struct
  let block_size = 128
  let max_size = 64

  type state = Bytes.t

  let iv =
    [|
      0x6a09e667f3bcc908L; 0xbb67ae8584caa73bL; 0x3c6ef372fe94f82bL; 0xa54ff53a5f1d36f1L; 0x510e527fade682d1L; 0x9b05688c2b3e6c1fL;
      0x1f83d9abfb41bd6bL; 0x5be0cd19137e2179L;
    |]

  let initial ~digest_size ~key_size =
    let state = Bytes.create 64 in
    Array.iteri (fun i v -> set64 state (8 * i) v) iv;
    set64 state 0 (Int64.logxor iv.(0) (Int64.of_int (parameters ~digest_size ~key_size)));
    state

  let[@inline] rotate_right x n = Int64.logor (Int64.shift_right_logical x n) (Int64.shift_left x (64 - n))
  let work = Bytes.create 128

  let compress_block state data off total ~last =
    let v = work in
    Bytes.blit state 0 v 0 64;
    Array.iteri (fun i w -> set64 v (64 + (8 * i)) w) iv;
    set64 v 96 (Int64.logxor (get64 v 96) (Int64.of_int total));
    if last then set64 v 112 (Int64.lognot (get64 v 112));
    for round = 0 to 11 do
      let order = sigma.(round mod 10) in
      for m = 0 to 7 do
        let a, b, c, d = mixings.(m) in
        let a = 8 * a and b = 8 * b and c = 8 * c and d = 8 * d in
        let word k = String.get_int64_le data (off + (8 * order.(k))) in
        let va = Int64.add (get64 v a) (Int64.add (get64 v b) (word (2 * m))) in
        let vd = rotate_right (Int64.logxor (get64 v d) va) 32 in
        let vc = Int64.add (get64 v c) vd in
        let vb = rotate_right (Int64.logxor (get64 v b) vc) 24 in
        let va = Int64.add va (Int64.add vb (word ((2 * m) + 1))) in
        let vd = rotate_right (Int64.logxor vd va) 16 in
        let vc = Int64.add vc vd in
        let vb = rotate_right (Int64.logxor vb vc) 63 in
        set64 v a va;
        set64 v b vb;
        set64 v c vc;
        set64 v d vd
      done
    done;
    for i = 0 to 7 do
      set64 state (8 * i) (Int64.logxor (get64 state (8 * i)) (Int64.logxor (get64 v (8 * i)) (get64 v (64 + (8 * i)))))
    done

  let digest state =
    let b = Bytes.create 64 in
    for i = 0 to 7 do
      Bytes.set_int64_le b (8 * i) (get64 state (8 * i))
    done;
    b
end

module S = struct
  let block_size = 64
  let max_size = 32

  (* Eight words of 32 bits, eight bytes apart. *)
  type state = Bytes.t

  let iv = [| 0x6a09e667; 0xbb67ae85; 0x3c6ef372; 0xa54ff53a; 0x510e527f; 0x9b05688c; 0x1f83d9ab; 0x5be0cd19 |]
  let mask = 0xffffffff
  let get b i = Int64.to_int (get64 b (8 * i))
  let set b i v = set64 b (8 * i) (Int64.of_int (v land mask))

  let initial ~digest_size ~key_size =
    let state = Bytes.create 64 in
    Array.iteri (fun i v -> set state i v) iv;
    set state 0 (iv.(0) lxor parameters ~digest_size ~key_size);
    state

  let[@inline] rotate_right x n = (x lsr n) lor ((x lsl (32 - n)) land mask)
  let work = Array.make 16 0

  let compress_block state data off total ~last =
    let v = work in
    for i = 0 to 7 do
      v.(i) <- get state i;
      v.(8 + i) <- iv.(i)
    done;
    v.(12) <- v.(12) lxor (total land mask);
    v.(13) <- v.(13) lxor ((total lsr 32) land mask);
    if last then v.(14) <- lnot v.(14) land mask;
    for round = 0 to 9 do
      let order = sigma.(round) in
      for m = 0 to 7 do
        let a, b, c, d = mixings.(m) in
        let word k = Int32.to_int (String.get_int32_le data (off + (4 * order.(k)))) land mask in
        let va = (v.(a) + v.(b) + word (2 * m)) land mask in
        let vd = rotate_right (v.(d) lxor va) 16 in
        let vc = (v.(c) + vd) land mask in
        let vb = rotate_right (v.(b) lxor vc) 12 in
        let va = (va + vb + word ((2 * m) + 1)) land mask in
        let vd = rotate_right (vd lxor va) 8 in
        let vc = (vc + vd) land mask in
        let vb = rotate_right (vb lxor vc) 7 in
        v.(a) <- va;
        v.(b) <- vb;
        v.(c) <- vc;
        v.(d) <- vd
      done
    done;
    for i = 0 to 7 do
      set state i (get state i lxor v.(i) lxor v.(8 + i))
    done

  let digest state =
    let b = Bytes.create 32 in
    for i = 0 to 7 do
      Bytes.set_int32_le b (4 * i) (Int32.of_int (get state i))
    done;
    b
end

module type FUNCTION = sig
  val block_size : int
  val max_size : int

  type state = Bytes.t

  val initial : digest_size:int -> key_size:int -> state
  val compress_block : state -> string -> int -> int -> last:bool -> unit
  val digest : state -> Bytes.t
end

module Make (F : FUNCTION) (Size : sig
  val digest_size : int
  val key_size : int
end) =
struct
  let block_size = F.block_size
  let digest_size = Size.digest_size

  type state = F.state

  let initial () = F.initial ~digest_size ~key_size:Size.key_size
  let copy = Bytes.copy
  let compress state data off total = F.compress_block state data off total ~last:false

  let finish state rest used total =
    Bytes.fill rest used (block_size - used) '\000';
    F.compress_block state (Bytes.unsafe_to_string rest) 0 total ~last:true;
    Bytes.sub_string (F.digest state) 0 digest_size
end
