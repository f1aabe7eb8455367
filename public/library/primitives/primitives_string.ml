(* Strings and byte sequences: copying, filling, comparing. Lengths and positions are checked by the callers, as the standard
   library's modules do.

   A string's block is padded to words with zeros whose last byte tells their number, so that equal strings have equal words. *)

open Primitives_base

external words : 'a -> int = "%morgana_size"
external word : 'a -> int -> nativeint = "%morgana_raw_field"
external same_word : nativeint -> nativeint -> bool = "%equal"
external swap : nativeint -> nativeint = "%bswap_native"
external shift_right : nativeint -> int -> nativeint = "%nativeint_lsr"
external unsigned_less : nativeint -> nativeint -> bool = "%morgana_nativeint_ult"
external long_blit : bytes -> int -> bytes -> int -> int -> unit = "morgana_blit_bytes"
external long_fill : bytes -> int -> int -> int -> unit = "morgana_fill_bytes"

(* {1 Comparison} *)

let rec same_words a b i n = i = n || (same_word (word a i) (word b i) && same_words a b (i + 1) n)

let caml_string_equal (a : string) (b : string) =
  a == b
  ||
  let n = words a in
  n = words b && same_words a b 0 n
[@@primitive "caml_string_equal"]

let caml_bytes_equal (a : bytes) (b : bytes) = caml_string_equal (to_string a) (to_string b) [@@primitive "caml_bytes_equal"]
let caml_string_notequal (a : string) (b : string) = not (caml_string_equal a b) [@@primitive "caml_string_notequal"]
let caml_bytes_notequal (a : bytes) (b : bytes) = not (caml_bytes_equal a b) [@@primitive "caml_bytes_notequal"]

(* The index of the first of [n] words that differs, or [n]. *)
let rec first_difference a b i n = if i < n && same_word (word a i) (word b i) then first_difference a b (i + 1) n else i

(* Bytes compare as numbers do when the first one is the most significant. *)
let caml_string_compare (a : string) (b : string) =
  if a == b then 0
  else begin
    let la = string_length a and lb = string_length b in
    let common = if la < lb then la else lb in
    let whole = common lsr 3 in
    let i = first_difference a b 0 whole in
    let rest = if i < whole then 8 else common land 7 in
    let by_length = if la < lb then -1 else if la > lb then 1 else 0 in
    if rest = 0 then by_length
    else begin
      let shift = 64 - (8 * rest) in
      let x = shift_right (swap (word a i)) shift and y = shift_right (swap (word b i)) shift in
      if same_word x y then by_length else if unsigned_less x y then -1 else 1
    end
  end
[@@primitive "caml_string_compare"]

let caml_bytes_compare (a : bytes) (b : bytes) = caml_string_compare (to_string a) (to_string b) [@@primitive "caml_bytes_compare"]
let caml_string_lessthan (a : string) (b : string) = caml_string_compare a b < 0 [@@primitive "caml_string_lessthan"]
let caml_string_lessequal (a : string) (b : string) = caml_string_compare a b <= 0 [@@primitive "caml_string_lessequal"]
let caml_string_greaterthan (a : string) (b : string) = caml_string_compare a b > 0 [@@primitive "caml_string_greaterthan"]
let caml_string_greaterequal (a : string) (b : string) = caml_string_compare a b >= 0 [@@primitive "caml_string_greaterequal"]
let caml_bytes_lessthan (a : bytes) (b : bytes) = caml_bytes_compare a b < 0 [@@primitive "caml_bytes_lessthan"]
let caml_bytes_lessequal (a : bytes) (b : bytes) = caml_bytes_compare a b <= 0 [@@primitive "caml_bytes_lessequal"]
let caml_bytes_greaterthan (a : bytes) (b : bytes) = caml_bytes_compare a b > 0 [@@primitive "caml_bytes_greaterthan"]
let caml_bytes_greaterequal (a : bytes) (b : bytes) = caml_bytes_compare a b >= 0 [@@primitive "caml_bytes_greaterequal"]

(* {1 Copying} All loads come before the stores, so the ranges may overlap. Long ranges are the machine's. *)

let longest_inline = 32

let caml_blit_bytes source from target to_ count =
  if count <= longest_inline then begin
    if count >= 8 then begin
      let last = count - 8 in
      let a = bytes_get64 source from and d = bytes_get64 source (from + last) in
      if count > 16 then begin
        let b = bytes_get64 source (from + 8) and c = bytes_get64 source (from + last - 8) in
        bytes_set64 target (to_ + 8) b;
        bytes_set64 target (to_ + last - 8) c
      end;
      bytes_set64 target to_ a;
      bytes_set64 target (to_ + last) d
    end
    else if count >= 4 then begin
      let last = count - 4 in
      let a = bytes_get32 source from and b = bytes_get32 source (from + last) in
      bytes_set32 target to_ a;
      bytes_set32 target (to_ + last) b
    end
    else if count > 0 then begin
      let middle = count lsr 1 and last = count - 1 in
      let a = bytes_get source from and b = bytes_get source (from + middle) and c = bytes_get source (from + last) in
      bytes_set target to_ a;
      bytes_set target (to_ + middle) b;
      bytes_set target (to_ + last) c
    end
  end
  else long_blit source from target to_ count
[@@primitive "caml_blit_bytes"]

let caml_blit_string source from target to_ count = caml_blit_bytes (of_string source) from target to_ count
[@@primitive "caml_blit_string"]

let rec fill_short target i stop c =
  if i < stop then begin
    bytes_set target i c;
    fill_short target (i + 1) stop c
  end

(* Up to here eight bytes at a time are faster than the machine's instruction for long ranges. *)
let longest_fill = 400

let caml_fill_bytes target from count c =
  if count < 8 then fill_short target from (from + count) c
  else if count <= longest_fill then begin
    let word = I64.(of_int (code c) * 0x0101_0101_0101_0101L) in
    let last = from + count - 8 in
    let i = ref from in
    while !i < last do
      bytes_set64 target !i word;
      i := !i + 8
    done;
    bytes_set64 target last word
  end
  else long_fill target from count (code c)
[@@primitive "caml_fill_bytes"]
