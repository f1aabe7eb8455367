(* What the module Obj does with blocks, and the states of lazy values. *)

open Primitives_base
type block

external is_int : block -> bool = "%obj_is_int"
external tag : block -> int = "%morgana_tag"
external size : block -> int = "%morgana_size"
external set_tag : block -> int -> unit = "morgana_set_tag"
external alloc : int -> int -> block = "%morgana_alloc"
external alloc_raw : int -> int -> block = "%morgana_alloc_raw"
external blit_words : block -> int -> block -> int -> int -> unit = "%morgana_blit_words"
external raw_field : block -> int -> nativeint = "%morgana_raw_field"
external set_raw_field : block -> int -> nativeint -> unit = "%morgana_set_raw_field"
external offset_value : block -> int -> block = "morgana_offset_value"
external word_of_int : int -> nativeint = "%nativeint_of_int"
external any_tag : unit -> unit = "%raw_machine_any_tag"

(** From this tag on, blocks hold no values. *)
let no_scan_tag = 251

let string_tag = 252

let rec clear block i n =
  if i < n then begin
    set_raw_field block i (word_of_int 0);
    clear block (i + 1) n
  end

(** A block whose fields are the integer 0, or bytes of zeros where there are no values. *)
let caml_obj_block tag size =
  if tag < 0 || tag > 255 || size < 0 then raise (Invalid_argument "Obj.new_block");
  any_tag ();
  if tag < no_scan_tag then alloc tag size
  else begin
    if tag = string_tag && size = 0 then raise (Invalid_argument "Obj.new_block");
    let block = alloc_raw tag size in
    clear block 0 size;
    (* The last byte of a string tells how many bytes of the last word are none of the string's. *)
    if tag = string_tag then bytes_set (magic block) ((8 * size) - 1) '\007';
    block
  end
[@@primitive "caml_obj_block"]

let caml_obj_with_tag new_tag block =
  any_tag ();
  let n = size block in
  let copy = if new_tag < no_scan_tag then alloc new_tag n else alloc_raw new_tag n in
  if n > 0 then blit_words block 0 copy 0 n;
  copy
[@@primitive "caml_obj_with_tag"]

(* As OCaml 4 had it. *)
let caml_obj_set_tag block new_tag =
  any_tag ();
  set_tag block new_tag
[@@primitive "caml_obj_set_tag"]

let caml_obj_raw_field block i = raw_field block i [@@primitive "caml_obj_raw_field"]
let caml_obj_set_raw_field block i word = set_raw_field block i word [@@primitive "caml_obj_set_raw_field"]

external int_of_int32 : int32 -> int = "%int32_to_int"

let caml_obj_add_offset block (offset : int32) = offset_value block (int_of_int32 offset) [@@primitive "caml_obj_add_offset"]

external reachable : block -> int = "morgana_reachable_words"

let caml_obj_reachable_words block =
  let words = reachable block in
  if words < 0 then raise Out_of_memory else words
[@@primitive "caml_obj_reachable_words"]

(* {1 Lazy values} *)

let forcing_tag = 244
let lazy_tag = 246
let forward_tag = 250

(** Marks a suspended value as being evaluated: 0. Any other one stays what it is: 1. *)
let caml_lazy_update_to_forcing block =
  if (not (is_int block)) && tag block = lazy_tag then begin
    set_tag block forcing_tag;
    0
  end
  else 1
[@@primitive "caml_lazy_update_to_forcing"]

let caml_lazy_reset_to_lazy block = set_tag block lazy_tag [@@primitive "caml_lazy_reset_to_lazy"]
let caml_lazy_update_to_forward block = set_tag block forward_tag [@@primitive "caml_lazy_update_to_forward"]

type cell = { content : block }

let caml_lazy_make_forward v : block =
  let block : block = magic { content = v } in
  set_tag block forward_tag;
  block
[@@primitive "caml_lazy_make_forward"]

(** The result of a lazy value that has been forced, else the value itself. *)
let caml_lazy_read_result block =
  if (not (is_int block)) && tag block = forward_tag then (magic block : cell).content else block
[@@primitive "caml_lazy_read_result"]

(* {1 Atomic references and fields} There is one processor, and nothing comes between two instructions of OCaml's. *)

let caml_obj_compare_and_swap (a : block array) i seen v =
  array_get a i == seen
  && begin
       array_set a i v;
       true
     end
[@@primitive "caml_obj_compare_and_swap"]

let caml_obj_is_shared (_ : block) = true [@@primitive "caml_obj_is_shared"]
let caml_atomic_make_contended (v : block) = ref v [@@primitive "caml_atomic_make_contended"]
let caml_atomic_load (r : block ref) = !r [@@primitive "caml_atomic_load"]

let caml_atomic_exchange (r : block ref) v =
  let old = !r in
  r := v;
  old
[@@primitive "caml_atomic_exchange"]

let caml_atomic_cas (r : block ref) seen v =
  !r == seen
  && begin
       r := v;
       true
     end
[@@primitive "caml_atomic_cas"]

let caml_atomic_fetch_add (r : int ref) n =
  let old = !r in
  r := old + n;
  old
[@@primitive "caml_atomic_fetch_add"]
