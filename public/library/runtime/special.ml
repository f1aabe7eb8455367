(* Blocks that the collector looks at in their own way: continuations, and custom blocks that own memory. *)
[@@@runtime]

open Raw

(* The custom-operations block of bigarrays, in the shape of those of boxed integers (ARCHITECTURE.md, section 7.2): header, identifier,
   number. *)
let bigarray_operations_memory = static 24

let bigarray_operations = bigarray_operations_memory + 8n

let initialize () =
  store bigarray_operations_memory (Block.make_header 2n Block.static_colour 0n);
  store bigarray_operations (address "_bigarr02");
  store (bigarray_operations + 8n) 7n

(** Bigarrays: the last field of the block is the block that holds the data, which does not move. *)
let has_owner block tag = tag = Block.custom_tag && load block = bigarray_operations

let owner_index block = Block.wosize block - 1n

(** The number, as an integer's word, that the operations of integers of any size carry; who defines these integers has the operations. *)
let large_integer_number = 9n

(** The number in the operations of a custom block: 0, 1, 2 for int32, int64, nativeint, 3 for bigarrays, 4 for integers of any size. *)
let custom_number (block : 'a) : int = to_int (load (load (address block) + 8n) lsr 1) [@@primitive "morgana_custom_number"]

(** The closure block that a pointer to one of its functions lies in. *)
let enclosing_closure (f : 'a) : 'a = value (address f - (Block.wosize (address f) lsl 3)) [@@primitive "morgana_enclosing_closure"]

let set_tag (block : 'a) (tag : int) : unit =
  let block = address block in
  Block.set_header block ((Block.header block land 0xffff_ffff_ffff_ff00n) lor of_int tag)
[@@primitive "morgana_set_tag"]

(** What lies so many bytes behind a value. *)
let offset_value (v : 'a) (bytes : int) : 'b = value (address v + of_int bytes) [@@primitive "morgana_offset_value"]
