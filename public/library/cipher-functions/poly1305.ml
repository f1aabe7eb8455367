(* The message authentication code Poly1305 (RFC 8439, 2.5): a polynomial over the field of 2^130 - 5 elements. Numbers are five limbs of 26
   bits, so that sums of products fit into integers. *)

open Words

type 'a iter = ('a -> unit) -> unit

let mac_size = 16
let key_size = 32
let limb = 0x3ff_ffff

(* The clamped multiplier and its multiples by 5, and what is added in the end. *)
type key = { r0 : int; r1 : int; r2 : int; r3 : int; r4 : int; s1 : int; s2 : int; s3 : int; s4 : int; pad : string }

type state = {
  key : key;
  mutable h0 : int;
  mutable h1 : int;
  mutable h2 : int;
  mutable h3 : int;
  mutable h4 : int;
  rest : bytes;  (** less than a block *)
  mutable used : int;
}

let key_of_secret secret =
  if String.length secret <> key_size then invalid "Mirage_crypto.Poly1305: a key has %d bytes, not %d" key_size (String.length secret);
  let w0 = get32_le secret 0 and w1 = get32_le secret 4 and w2 = get32_le secret 8 and w3 = get32_le secret 12 in
  let r0 = w0 land 0x3ff_ffff in
  let r1 = ((w0 lsr 26) lor (w1 lsl 6)) land 0x3ff_ff03 in
  let r2 = ((w1 lsr 20) lor (w2 lsl 12)) land 0x3ff_c0ff in
  let r3 = ((w2 lsr 14) lor (w3 lsl 18)) land 0x3f0_3fff in
  let r4 = (w3 lsr 8) land 0x00f_ffff in
  { r0; r1; r2; r3; r4; s1 = 5 * r1; s2 = 5 * r2; s3 = 5 * r3; s4 = 5 * r4; pad = String.sub secret 16 16 }

let create secret = { key = key_of_secret secret; h0 = 0; h1 = 0; h2 = 0; h3 = 0; h4 = 0; rest = Bytes.create 16; used = 0 }

(* Blocks of 16 bytes: with each the sum is multiplied. [top] is the bit above the block, none in a last one that was filled up. *)
let blocks state data off count top =
  let { r0; r1; r2; r3; r4; s1; s2; s3; s4; _ } = state.key in
  let h0 = ref state.h0 and h1 = ref state.h1 and h2 = ref state.h2 and h3 = ref state.h3 and h4 = ref state.h4 in
  for i = 0 to count - 1 do
    let at = off + (16 * i) in
    let w0 = get32_le data at and w1 = get32_le data (at + 4) and w2 = get32_le data (at + 8) and w3 = get32_le data (at + 12) in
    let a0 = !h0 + (w0 land limb) in
    let a1 = !h1 + (((w0 lsr 26) lor (w1 lsl 6)) land limb) in
    let a2 = !h2 + (((w1 lsr 20) lor (w2 lsl 12)) land limb) in
    let a3 = !h3 + (((w2 lsr 14) lor (w3 lsl 18)) land limb) in
    let a4 = !h4 + ((w3 lsr 8) lor top) in
    let d0 = (a0 * r0) + (a1 * s4) + (a2 * s3) + (a3 * s2) + (a4 * s1) in
    let d1 = (a0 * r1) + (a1 * r0) + (a2 * s4) + (a3 * s3) + (a4 * s2) + (d0 lsr 26) in
    let d2 = (a0 * r2) + (a1 * r1) + (a2 * r0) + (a3 * s4) + (a4 * s3) + (d1 lsr 26) in
    let d3 = (a0 * r3) + (a1 * r2) + (a2 * r1) + (a3 * r0) + (a4 * s4) + (d2 lsr 26) in
    let d4 = (a0 * r4) + (a1 * r3) + (a2 * r2) + (a3 * r1) + (a4 * r0) + (d3 lsr 26) in
    let low = (d0 land limb) + (5 * (d4 lsr 26)) in
    h0 := low land limb;
    h1 := (d1 land limb) + (low lsr 26);
    h2 := d2 land limb;
    h3 := d3 land limb;
    h4 := d4 land limb
  done;
  state.h0 <- !h0;
  state.h1 <- !h1;
  state.h2 <- !h2;
  state.h3 <- !h3;
  state.h4 <- !h4

let full = 1 lsl 24

let add state data off len =
  let off = ref off and len = ref len in
  if state.used > 0 then begin
    let part = min !len (16 - state.used) in
    Bytes.blit_string data !off state.rest state.used part;
    state.used <- state.used + part;
    off := !off + part;
    len := !len - part;
    if state.used = 16 then begin
      blocks state (Bytes.unsafe_to_string state.rest) 0 1 full;
      state.used <- 0
    end
  end;
  if !len > 0 then begin
    let count = !len / 16 in
    blocks state data !off count full;
    let left = !len land 15 in
    if left > 0 then begin
      Bytes.blit_string data (!off + (16 * count)) state.rest 0 left;
      state.used <- left
    end
  end

(* Spoils the state. *)
let finish state dst off =
  if state.used > 0 then begin
    Bytes.set state.rest state.used '\001';
    Bytes.fill state.rest (state.used + 1) (15 - state.used) '\000';
    blocks state (Bytes.unsafe_to_string state.rest) 0 1 0
  end;
  (* Carries until each limb has 26 bits. *)
  let carry h = (h land limb, h lsr 26) in
  let h1, c = carry state.h1 in
  let h2, c = carry (state.h2 + c) in
  let h3, c = carry (state.h3 + c) in
  let h4, c = carry (state.h4 + c) in
  let h0, c = carry (state.h0 + (5 * c)) in
  let h1 = h1 + c in
  (* Less the prime, where that is not negative; without a branch on it. *)
  let g0, c = carry (h0 + 5) in
  let g1, c = carry (h1 + c) in
  let g2, c = carry (h2 + c) in
  let g3, c = carry (h3 + c) in
  let g4 = h4 + c - (1 lsl 26) in
  let keep = g4 asr 62 in
  let choose h g = (h land keep) lor (g land lnot keep) in
  let h0 = choose h0 g0 and h1 = choose h1 g1 and h2 = choose h2 g2 and h3 = choose h3 g3 and h4 = choose h4 g4 in
  let w0 = (h0 lor (h1 lsl 26)) land mask in
  let w1 = ((h1 lsr 6) lor (h2 lsl 20)) land mask in
  let w2 = ((h2 lsr 12) lor (h3 lsl 14)) land mask in
  let w3 = ((h3 lsr 18) lor (h4 lsl 8)) land mask in
  let { pad; _ } = state.key in
  let t = w0 + get32_le pad 0 in
  set32_le dst off t;
  let t = w1 + get32_le pad 4 + (t lsr 32) in
  set32_le dst (off + 4) t;
  let t = w2 + get32_le pad 8 + (t lsr 32) in
  set32_le dst (off + 8) t;
  set32_le dst (off + 12) (w3 + get32_le pad 12 + (t lsr 32))

(* {1 The interface} Contexts do not change: they are copied. *)

type t = state

let copy state = { state with rest = Bytes.copy state.rest }
let empty ~key = create key

let feed t data =
  let t = copy t in
  add t data 0 (String.length data);
  t

let feedi t iter =
  let t = copy t in
  iter (fun data -> add t data 0 (String.length data));
  t

let result state =
  let dst = Bytes.create mac_size in
  finish state dst 0;
  Bytes.unsafe_to_string dst

let get t = result (copy t)

let maci ~key iter =
  let state = create key in
  iter (fun data -> add state data 0 (String.length data));
  result state

let mac ~key data = maci ~key (fun f -> f data)

let unsafe_mac_into ~key parts dst ~dst_off =
  let state = create key in
  List.iter (fun (data, off, len) -> add state data off len) parts;
  finish state dst dst_off

let mac_into ~key parts dst ~dst_off =
  List.iter (fun (data, off, len) -> check_source "Poly1305" data off len) parts;
  check_target "Poly1305" dst dst_off mac_size;
  unsafe_mac_into ~key parts dst ~dst_off
