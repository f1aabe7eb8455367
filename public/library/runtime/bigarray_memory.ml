(* The blocks of bigarrays. The data lies in an abstract block of the old space, which does not move; a bigarray is a custom block
   with the data's address, kind, layout and dimensions as raw words, and the data's block as its last field (see Special). All of it is code of the dialect: ordinary code might allocate a box for a word before the
   fields are set. *)
[@@@runtime]

open Raw

let header_words = 5
let data_field = 8n
let dimensions_field = 16n
let flags_field = 24n
let owner_field = 32n
let slot block (i : int) = address block + (of_int i lsl 3)

(* A block for so many words, zeroed. *)
let data_block (words : int) : 'a =
  let block = Old_alloc.large (of_int words) 251n in
  fill_words block 0n (of_int words);
  value block

(* The block is young, so that its fields can be set without write barrier. *)
let block_for (owner : 'a) base (flags : int) (dimensions : int) : 'b =
  let block : 'b = value (Old_alloc.block (of_int (add_int (add_int header_words dimensions) 1)) 255n) in
  store (address block) Special.bigarray_operations;
  store (address block + data_field) base;
  store (address block + dimensions_field) (of_int dimensions);
  store (address block + flags_field) (of_int flags);
  store (address block + owner_field) 0n;
  let i = ref 0 in
  while !i < dimensions do
    store (slot block (add_int header_words !i)) 0n;
    i := add_int !i 1
  done;
  store (slot block (add_int header_words dimensions)) (address owner);
  block

(** A new bigarray with [words] words of data, with the given flags and number of dimensions, which are still to be set. *)
let make (words : int) (flags : int) (dimensions : int) : 'a =
  let owner = data_block words in
  block_for owner (address owner) flags dimensions
[@@primitive "morgana_ba_make"]

(** A bigarray with the data of another one from an offset in bytes on. *)
let view (array : 'a) (offset : int) (flags : int) (dimensions : int) : 'b =
  let owner : 'o = value (load (slot array (to_int (Special.owner_index (address array))))) in
  block_for owner (load (address array + data_field) + of_int offset) flags dimensions
[@@primitive "morgana_ba_view"]

(** Copies bytes of data; the ranges may overlap. *)
let blit (source : 'a) (target : 'b) (bytes : int) : unit =
  Old_alloc.move_bytes (load (address target + data_field)) (load (address source + data_field)) (of_int bytes)
[@@primitive "morgana_ba_blit"]

(** Copies bytes of a string or byte sequence into the data, and back. *)
let of_bytes (source : 'a) (from : int) (target : 'b) (to_ : int) (bytes : int) : unit =
  Old_alloc.move_bytes (load (address target + data_field) + of_int to_) (address source + of_int from) (of_int bytes)
[@@primitive "morgana_ba_of_bytes"]

let to_bytes (source : 'a) (from : int) (target : bytes) (to_ : int) (bytes : int) : unit =
  Old_alloc.move_bytes (address target + of_int to_) (load (address source + data_field) + of_int from) (of_int bytes)
[@@primitive "morgana_ba_to_bytes"]

(** A bigarray whose data lies at an address outside of the heap. The block that stands for the data tells by its end that the memory is no longer used. *)
let at (base : int) (flags : int) (dimensions : int) : 'a = block_for (data_block 1) (of_int base) flags dimensions [@@primitive "morgana_ba_at"]

let set_dimension (array : 'a) (i : int) (n : int) : unit = store (slot array (add_int header_words i)) (of_int n) [@@primitive "morgana_ba_set_dimension"]

(** The block that stands for a bigarray's data. *)
let owner (array : 'a) : 'o = value (load (slot array (to_int (Special.owner_index (address array))))) [@@primitive "morgana_ba_owner"]
