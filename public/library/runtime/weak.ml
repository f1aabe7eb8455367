(* The primitives of weak arrays and ephemerons over the weak blocks of Finalise. None is inlined: the address that two of them compute
   would be kept across a collection in place of the block, which nothing would then hold. *)

open Raw

external raise : exn -> 'a = "%raise"

(* Key [i] of a weak block. *)
let key_slot block (i : int) = address block + ((of_int i + 2n) lsl 3)
let data_slot block = address block + 8n

let create (keys : int) : 'a =
  if keys < 0 || keys > 1_000_000_000 then raise (Invalid_argument "Weak.create");
  let size = add_int keys 2 in
  let block = Old_alloc.large (of_int size) 251n in
  fill_words block 0n (of_int size);
  store block (load Finalise.weak_blocks);
  store Finalise.weak_blocks block;
  value block
[@@primitive "caml_ephe_create"]

let weak_create (keys : int) : 'a = create keys [@@primitive "caml_weak_create"]

let[@inline never] set_key (block : 'a) (i : int) (v : 'b) : unit = Weak_slot.set (key_slot block i) (address v) [@@primitive "caml_ephe_set_key"]
let[@inline never] unset_key (block : 'a) (i : int) : unit = store (key_slot block i) 0n [@@primitive "caml_ephe_unset_key"]

let[@inline never] get_key (block : 'a) (i : int) : 'b option =
  let word = Weak_slot.get (key_slot block i) in
  if word = 0n then None else Some (value word)
[@@primitive "caml_ephe_get_key"]

let[@inline never] check_key (block : 'a) (i : int) : bool = load (key_slot block i) <> 0n [@@primitive "caml_ephe_check_key"]
let[@inline never] set_data (block : 'a) (v : 'b) : unit = Weak_slot.set (data_slot block) (address v) [@@primitive "caml_ephe_set_data"]
let[@inline never] unset_data (block : 'a) : unit = store (data_slot block) 0n [@@primitive "caml_ephe_unset_data"]

let[@inline never] get_data (block : 'a) : 'b option =
  let word = Weak_slot.get (data_slot block) in
  if word = 0n then None else Some (value word)
[@@primitive "caml_ephe_get_data"]

let[@inline never] check_data (block : 'a) : bool = load (data_slot block) <> 0n [@@primitive "caml_ephe_check_data"]

(* A shallow copy, so that the collector may still take the original; custom blocks are not copied. *)
let copied (v : 'a option) : 'a option =
  match v with
  | None -> None
  | Some x -> if (not (Block.is_block (address x))) || Block.tag (address x) = 255n then v else Some (Alloc.obj_dup x)

let[@inline never] get_key_copy (block : 'a) (i : int) : 'b option = copied (get_key block i) [@@primitive "caml_ephe_get_key_copy"]
let[@inline never] get_data_copy (block : 'a) : 'b option = copied (get_data block) [@@primitive "caml_ephe_get_data_copy"]

let[@inline never] blit_key (source : 'a) (from : int) (target : 'b) (to_ : int) (count : int) : unit =
  let backwards = address source = address target && from < to_ in
  let i = ref 0 in
  while !i < count do
    let k = if backwards then sub_int (sub_int count 1) !i else !i in
    let word = Weak_slot.get (key_slot source (add_int from k)) in
    Weak_slot.set (key_slot target (add_int to_ k)) word;
    i := add_int !i 1
  done
[@@primitive "caml_ephe_blit_key"]

let[@inline never] blit_data (source : 'a) (target : 'b) : unit = Weak_slot.set (data_slot target) (Weak_slot.get (data_slot source)) [@@primitive "caml_ephe_blit_data"]

let[@inline never] weak_set (block : 'a) (i : int) (v : 'b option) : unit =
  match v with None -> unset_key block i | Some v -> set_key block i v
[@@primitive "caml_weak_set"]

let[@inline never] weak_get (block : 'a) (i : int) : 'b option = get_key block i [@@primitive "caml_weak_get"]
let[@inline never] weak_get_copy (block : 'a) (i : int) : 'b option = get_key_copy block i [@@primitive "caml_weak_get_copy"]
let[@inline never] weak_check (block : 'a) (i : int) : bool = check_key block i [@@primitive "caml_weak_check"]
let[@inline never] weak_blit (source : 'a) (from : int) (target : 'b) (to_ : int) (count : int) : unit = blit_key source from target to_ count [@@primitive "caml_weak_blit"]
