(* The size of everything that can be reached from a value (Obj.reachable_words). Visited blocks are remembered in a table of raw
   memory: the collector does not run meanwhile, so addresses stay what they are. *)
[@@@runtime]

open Raw

(* Open addressing; 0 is an empty slot. *)
let table = static 8

(** Number of slots, a power of two. *)
let slots = static 8

let entries = static 8
let pending = static 32

let slot_of table slots block = table + (((block * 0x9e37_79b9_7f4a_7c15n) lsr 3 land (slots - 1n)) lsl 3)
let next_slot table slots slot = if slot + 8n = table + (slots lsl 3) then table else slot + 8n

(* Whether [block] was not in the table; then it is now. *)
let add table slots block =
  let slot = ref (slot_of table slots block) in
  while load !slot <> 0n && load !slot <> block do
    slot := next_slot table slots !slot
  done;
  if load !slot = block then false
  else begin
    store !slot block;
    true
  end

let allocate_table count =
  let start = Pages.allocate (Pages.pages_for (count lsl 3)) in
  if start <> 0n then fill_words start 0n count;
  start

let grow () =
  let old = load table and count = load slots in
  let fresh = allocate_table (count lsl 1) in
  if fresh = 0n then false
  else begin
    let i = ref 0n in
    while !i < count do
      let block = load (old + (!i lsl 3)) in
      if block <> 0n then ignore (add fresh (count lsl 1) block);
      i := !i + 1n
    done;
    Pages.free old;
    store table fresh;
    store slots (count lsl 1);
    true
  end

(* Notes a value that has been found; false when there is no memory. Static data belongs to the program, not to the value. *)
let visit word =
  if not (Block.is_block word) then true
  else begin
    let block = if Block.tag word = Block.infix_tag then word - (Block.wosize word lsl 3) else word in
    if Block.colour block = Block.static_colour && not (Young.contains block) then true
    else if (load entries lsl 1) >= load slots && not (grow ()) then false
    else begin
      if add (load table) (load slots) block then begin
        store entries (load entries + 1n);
        Growable.push pending block
      end;
      not (Growable.lost pending)
    end
  end

let initial_slots = 4096n

(** Words of the blocks reachable from [v], headers included; -1 when there is no memory to find out. *)
let words (v : 'a) : int =
  let start = allocate_table initial_slots in
  if start = 0n then -1
  else begin
    store table start;
    store slots initial_slots;
    store entries 0n;
    Growable.clear pending;
    Growable.clear_lost pending;
    let total = ref 0n in
    let complete = ref (visit (address v)) in
    while !complete && not (Growable.is_empty pending) do
      let block = Growable.pop pending in
      let size = Block.wosize block and tag = Block.tag block in
      total := !total + size + 1n;
      if tag < Block.no_scan_tag then begin
        let i = ref (if tag = Block.closure_tag then Block.closure_environment_start block else 0n) in
        while !complete && !i < size do
          complete := visit (load (block + (!i lsl 3)));
          i := !i + 1n
        done
      end
    done;
    Pages.free (load table);
    if !complete then to_int !total else -1
  end
[@@primitive "morgana_reachable_words"]
