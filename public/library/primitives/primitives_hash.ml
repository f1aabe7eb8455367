(* The hash function of Hashtbl: MurmurHash3's mixing of 32-bit words (Appleby, 2011), over the first meaningful parts of a value
   in breadth-first order. The numbers are OCaml's. *)

open Primitives_base
type value

external any : 'a -> value = "%identity"
external is_int : value -> bool = "%obj_is_int"
external to_int : value -> int = "%identity"
external to_float : value -> float = "%identity"
external to_string : value -> string = "%identity"
external to_custom : value -> Primitives_custom.block = "%identity"
external tag : value -> int = "%morgana_tag"
external size : value -> int = "%morgana_size"
external field : value -> int -> value = "%morgana_field"
external float_field : value -> int -> float = "%morgana_float_field"
external word_field : value -> int -> int64 = "%morgana_raw_field"
external enclosing : value -> value = "morgana_enclosing_closure"

let mask = 0xffff_ffff

(* 32-bit words are integers from 0 to 2^32 - 1; products are right modulo 2^63, so also modulo 2^32. *)
let[@inline always] rotate x n = ((x lsl n) lor (x lsr (32 - n))) land mask

let[@inline always] mix h word =
  let word = (word * 0xcc9e2d51) land mask in
  let word = (rotate word 15 * 0x1b873593) land mask in
  ((rotate (h lxor word) 13 * 5) + 0xe6546b64) land mask

let finish h =
  let h = ((h lxor (h lsr 16)) * 0x85ebca6b) land mask in
  let h = ((h lxor (h lsr 13)) * 0xc2b2ae35) land mask in
  (h lxor (h lsr 16)) land 0x3fff_ffff

(* A machine word: its halves and its sign folded into 32 bits. For an integer the word is its tagged form, 2n + 1; the top
   half of that is n's upper bits from bit 31 on. *)
let mix_int h n = mix h (((n asr 31) lxor (n asr 62) lxor ((2 * n) + 1)) land mask)

(* The identity of an object or exception counts as it is, not as its tagged form. *)
let mix_identity h n = mix h (((n asr 32) lxor (n asr 62) lxor n) land mask)

let mix_float h x =
  let bits = float_bits x in
  let low = I64.to_int bits land mask and high = I64.(to_int (bits lsr 32)) in
  if high land 0x7ff0_0000 = 0x7ff0_0000 && (high land 0xf_ffff) lor low <> 0 then mix (mix h 1) 0x7ff0_0000
  else if high = 0x8000_0000 && low = 0 then mix (mix h 0) 0
  else mix (mix h low) high

external int_of_int32 : int32 -> int = "%int32_to_int"

let rec mix_words h s i stop = if i < stop then mix_words (mix h (int_of_int32 (string_get32 s i) land mask)) s (i + 4) stop else h

let mix_string h s =
  let length = string_length s in
  let whole = length land -4 in
  let h = mix_words h s 0 whole in
  let h =
    match length land 3 with
    | 1 -> mix h (byte s whole)
    | 2 -> mix h (string_get16 s whole)
    | 3 -> mix h (string_get16 s whole lor (byte s (whole + 2) lsl 16))
    | _ -> h
  in
  h lxor (length land mask)

let rec mix_floats h a i n left =
  if i < n && left > 0 then mix_floats (mix_float h (float_field a i)) a (i + 1) n (left - 1) else h

let largest_queue = 256

(* How far a chain of forced lazy values is followed. *)
let longest_chain = 1000

(* Blocks whose fields are still to be looked at: those from [next] to before [stop]. *)
type segment = Last | Segment of { block : value; mutable next : int; stop : int; mutable following : segment }

type state = {
  mutable hash : int;
  mutable left : int;  (** meaningful parts that may still be looked at *)
  mutable room : int;  (** values that may still be noted *)
  mutable first : segment;
  mutable last : segment;
}

(* Notes the fields of a block from [from] on, as far as there is room. *)
let enqueue state block from =
  let n = size block in
  let count = n - from in
  let count = if count < state.room then count else state.room in
  if count > 0 then begin
    state.room <- state.room - count;
    let segment = Segment { block; next = from; stop = from + count; following = Last } in
    (match state.last with Last -> state.first <- segment | Segment last -> last.following <- segment);
    state.last <- segment
  end

(* Header of a block, without the colour, as a 32-bit word. *)
let header block = ((size block lsl 10) lor tag block) land mask

let rec visit state v chain =
  if is_int v then begin
    state.hash <- mix_int state.hash (to_int v);
    state.left <- state.left - 1
  end
  else
    match tag v with
    | 252 ->
        state.hash <- mix_string state.hash (to_string v);
        state.left <- state.left - 1
    | 253 ->
        state.hash <- mix_float state.hash (to_float v);
        state.left <- state.left - 1
    | 254 ->
        let n = size v in
        state.hash <- mix_floats state.hash v 0 n state.left;
        state.left <- (if n < state.left then state.left - n else 0)
    | 255 -> (
        let block = to_custom v in
        match Primitives_custom.operations block with
        | Some operations ->
            state.hash <- mix state.hash (operations.hash block land mask);
            state.left <- state.left - 1
        | None -> ())
    | 250 -> if chain < longest_chain then visit state (field v 0) (chain + 1)
    | 248 ->
        state.hash <- mix_identity state.hash (to_int (field v 1));
        state.left <- state.left - 1
    | 249 -> visit state (enclosing v) chain
    | 247 ->
        (* Code has no number that stays the same from build to build: only the shape and the captured values count. *)
        state.hash <- mix state.hash (header v);
        let information = word_field v 1 in
        enqueue state v I64.(to_int ((information lsl 8) lsr 9))
    | 251 | 245 -> ()
    | _ ->
        state.hash <- mix state.hash (header v);
        enqueue state v 0

let rec visit_all state segment =
  match segment with
  | Last -> ()
  | Segment s ->
      while s.next < s.stop && state.left > 0 do
        let v = field s.block s.next in
        s.next <- s.next + 1;
        visit state v 0
      done;
      if state.left > 0 then visit_all state s.following

(** [meaningful]: how many integers, strings, floats and so on are looked at; [total]: how many values altogether. *)
let caml_hash meaningful total seed v =
  let v = any v in
  let h = seed land mask in
  if meaningful <= 0 then finish h
  else if is_int v then finish (mix_int h (to_int v))
  else if tag v = 252 then finish (mix_string h (to_string v))
  else begin
    let limit = if total < 0 || total > largest_queue then largest_queue else total in
    (* The value itself is the first one that is noted. *)
    let state = { hash = h; left = meaningful; room = limit - 1; first = Last; last = Last } in
    if limit > 0 then visit state v 0;
    visit_all state state.first;
    finish state.hash
  end
[@@primitive "caml_hash"]

let caml_string_hash seed s = finish (mix_string (seed land mask) s) [@@primitive "caml_string_hash"]
