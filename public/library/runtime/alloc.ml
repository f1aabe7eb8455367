(* Allocation by ordinary code: blocks whose size is known only at run time. *)

open Raw

external raise : exn -> 'a = "%raise"
(** A block whose fields are the immediate 0; for tags below 251. *)
let alloc (tag : int) (size : int) : 'a =
  if size = 0 then value (Old_alloc.atom (of_int tag))
  else begin
    value (Old_alloc.zeroed (of_int size) (of_int tag))
  end
[@@primitive "morgana_alloc"]

(** A block that the collector does not look into, for tags from 251; its words are not initialised. *)
let alloc_raw (tag : int) (size : int) : 'a =
  if size = 0 then value (Old_alloc.atom (of_int tag)) else value (Old_alloc.block (of_int size) (of_int tag))
[@@primitive "morgana_alloc_raw"]

(** The longest string (OCaml's [Sys.max_string_length] on 64-bit machines). *)
let max_string_length = 144_115_188_075_855_863

let create_bytes (length : int) : bytes =
  if length < 0 || length > max_string_length then raise (Invalid_argument "Bytes.create");
  value (Old_alloc.string (of_int length))
[@@primitive "caml_create_bytes"]

let blit_bytes (source : bytes) (from : int) (target : bytes) (to_ : int) (count : int) : unit =
  Old_alloc.move_bytes (address target + of_int to_) (address source + of_int from) (of_int count)
[@@primitive "morgana_blit_bytes"]

let fill (target : bytes) (from : int) (count : int) (byte : int) : unit =
  fill_bytes (address target + of_int from) (of_int byte) (of_int count)
[@@primitive "morgana_fill_bytes"]

let blit_words (source : 'a) (from : int) (target : 'b) (to_ : int) (count : int) : unit =
  Old_alloc.blit_words (address source) (of_int from) (address target) (of_int to_) (of_int count)
[@@primitive "morgana_blit_words"]

(** From how many fields on a young block that is stored in all of them is better promoted first. *)
let many = 64

(** Stores [v] in [count] fields of a block that holds values. *)
let fill_values (target : 'a array) (from : int) (count : int) (v : 'a) : unit =
  if count > many && Old_alloc.is_young (address v) && not (Old_alloc.is_young (address target)) then collect 0n;
  Old_alloc.fill_values (address target + (of_int from lsl 3)) (of_int count) (address v)
[@@primitive "morgana_fill_values"]

(** The tag of a value as [Obj.tag] tells it: 1000 for immediates. *)
let obj_tag (v : 'a) : int =
  let word = address v in
  if not (Block.is_block word) then 1000 else to_int (Block.tag word)
[@@primitive "caml_obj_tag"]

let obj_dup (v : 'a) : 'a =
  let size = to_int (Block.wosize (address v)) and tag = to_int (Block.tag (address v)) in
  if size = 0 then v
  else begin
    let copy = if tag < 251 then alloc tag size else alloc_raw tag size in
    Old_alloc.blit_words (address v) 0n (address copy) 0n (of_int size);
    copy
  end
[@@primitive "caml_obj_dup"]

let fresh_id (_ : 'a) : int =
  let id = load Old_alloc.last_id in
  store Old_alloc.last_id (id + 1n);
  to_int id
[@@primitive "caml_fresh_oo_id"]
