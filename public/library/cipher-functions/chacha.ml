(* The block function of ChaCha20 (RFC 8439, 2.3), on sixteen words. *)

open Words

let[@inline] get w i = Array.unsafe_get w i
let[@inline] set (w : int array) i v = Array.unsafe_set w i v

let[@inline] quarter_round w a b c d =
  let wa = (get w a + get w b) land mask in
  let wd = rotate_left (get w d lxor wa) 16 in
  let wc = (get w c + wd) land mask in
  let wb = rotate_left (get w b lxor wc) 12 in
  let wa = (wa + wb) land mask in
  let wd = rotate_left (wd lxor wa) 8 in
  let wc = (wc + wd) land mask in
  set w a wa;
  set w d wd;
  set w c wc;
  set w b (rotate_left (wb lxor wc) 7)

(** The words of [state] through so many double rounds (ten in ChaCha20), added to themselves, as 64 bytes. [w] is room for sixteen words. *)
let block ~rounds state w dst off =
  Array.blit state 0 w 0 16;
  for _ = 1 to rounds do
    quarter_round w 0 4 8 12;
    quarter_round w 1 5 9 13;
    quarter_round w 2 6 10 14;
    quarter_round w 3 7 11 15;
    quarter_round w 0 5 10 15;
    quarter_round w 1 6 11 12;
    quarter_round w 2 7 8 13;
    quarter_round w 3 4 9 14
  done;
  for i = 0 to 15 do
    set32_le dst (off + (4 * i)) (get w i + get state i)
  done
