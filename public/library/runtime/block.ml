(* Blocks: headers, tags, colours (ARCHITECTURE.md, section 2). *)
[@@@runtime]

open Raw

(** A header is [wosize << 10 | colour << 8 | tag]. *)
let make_header wosize colour tag = (wosize lsl 10) lor (colour lsl 8) lor tag

(** [block] is the address of a block's first field; its header is the word before. *)
let header block = load (block - 8n)

let set_header block header = store (block - 8n) header
let wosize_of_header header = header lsr 10
let colour_of_header header = (header lsr 8) land 3n
let tag_of_header header = header land 0xffn
let wosize block = wosize_of_header (header block)
let tag block = tag_of_header (header block)
let colour block = colour_of_header (header block)

let set_colour block colour =
  let h = header block in
  set_header block (h land 0xffff_ffff_ffff_fcffn lor (colour lsl 8))

let is_block word = word land 1n = 0n

(** Blocks with this tag or a higher one hold no values. *)
let no_scan_tag = 251n

let forcing_tag = 244n
let continuation_tag = 245n
let lazy_tag = 246n
let closure_tag = 247n
let object_tag = 248n
let infix_tag = 249n
let forward_tag = 250n
let abstract_tag = 251n
let string_tag = 252n
let double_tag = 253n
let double_array_tag = 254n
let custom_tag = 255n

(** Colours in the old space: live blocks carry the current mark of {!Major} (0 or 1) or, when not reached yet in this
    cycle, the other one; 2 is a free cell; 3 is static data, which is neither marked nor moved. *)

let free_colour = 2n

let static_colour = 3n

(** The number of fields of a closure block before its captured values is in bits 1 to 55 of its second field (OCaml's
    closure information: arity in the top byte, then the start of the environment). *)
let closure_environment_start block = (load (block + 8n) lsl 8) lsr 9
