(* The minor collector: copies what is reachable in the young space into the old one (Cheney, "A nonrecursive list compacting
   algorithm", 1970, with the list of copied blocks threaded through the space that is left). Every survivor is promoted. *)
[@@@runtime]

open Raw

(* A block that has been copied has header 0 and the copy's address in its first field; while its fields are still to be
   looked at, its second field links it into [todo]. *)
let todo = static 8

(** Words promoted by the last collection. *)
let promoted_words = static 8

(** Words promoted by all. *)
let promoted_total = static 8

(** Number of collections. *)
let collections = static 8

let closure_offset block = if Block.tag block = Block.infix_tag then Block.wosize block lsl 3 else 0n

(* The string instructions of processors take longer to begin than most blocks to copy. *)
let few_words = 12n

let copy_fields fresh block size =
  if size > few_words then copy_words fresh block size
  else begin
    let stop = size lsl 3 in
    let i = ref 0n in
    while !i < stop do
      store (fresh + !i) (load (block + !i));
      i := !i + 8n
    done
  end

(* Copies one block whose header is [header]; returns the copy. Memory was made sure of before the collection. *)
let copy block header =
  let size = Block.wosize_of_header header and tag = Block.tag_of_header header in
  let fresh = Old_space.allocate size tag in
  if fresh = 0n then Fatal.stop "out of memory during a minor collection";
  copy_fields fresh block size;
  Block.set_header block 0n;
  store block fresh;
  store promoted_words (load promoted_words + size + 1n);
  fresh

(** Replaces the young pointer at [slot], if it is one, by that of the block's copy. *)
let evacuate_slot slot =
  let slot = ref slot in
  while !slot <> 0n do
    let word = load !slot in
    if Block.is_block word && Young.contains word then begin
      let header = Block.header word in
      if header = 0n then begin
        store !slot (load word);
        slot := 0n
      end
      else begin
        let offset = closure_offset word in
        let block = word - offset in
        let header = Block.header block in
        if header = 0n then begin
          store !slot (load block + offset);
          slot := 0n
        end
        else begin
          let fresh = copy block header in
          store !slot (fresh + offset);
          let tag = Block.tag_of_header header in
          if tag < Block.no_scan_tag || Special.has_owner fresh tag then begin
            if Block.wosize_of_header header >= 2n then begin
              store (block + 8n) (load todo);
              store todo block;
              slot := 0n
            end
            else slot := fresh
          end
          else slot := 0n
        end
      end
    end
    else slot := 0n
  done
[@@primitive "runtime_evacuate_slot"]

let evacuate_fields block =
  let tag = Block.tag block in
  let size = Block.wosize block in
  if tag = Block.continuation_tag then Roots.scan_continuation Roots.evacuating block (load Major.cycles)
  else begin
    let i =
      ref
        (if tag = Block.closure_tag then Block.closure_environment_start block
        else if tag = Block.custom_tag then Special.owner_index block
        else 0n)
    in
    while !i < size do
      let word = load (block + (!i lsl 3)) in
      if Block.is_block word && Young.contains word then evacuate_slot (block + (!i lsl 3));
      i := !i + 1n
    done
  end

let evacuate_todo () =
  while load todo <> 0n do
    let block = load todo in
    store todo (load (block + 8n));
    evacuate_fields (load block)
  done

(** Empties the young space. [sp] and [registers] are where the stack walk begins. *)
let collect sp registers =
  store promoted_words 0n;
  store collections (load collections + 1n);
  Roots.scan_running Roots.evacuating sp registers (load Major.cycles);
  let uncaught = symbol "uncaught_exception" in
  if load uncaught <> 0n then evacuate_slot uncaught;
  let entry = ref (Growable.base Young.remembered) in
  let stop = Growable.top Young.remembered in
  while !entry < stop do
    evacuate_slot (load !entry);
    entry := !entry + 8n
  done;
  Growable.clear Young.remembered;
  Finalise.visit_young Roots.evacuating;
  if load Sample_table.active <> 0n then Sample_table.visit_young_values Roots.evacuating;
  evacuate_todo ();
  if load Sample_table.active <> 0n then Sample_table.after_copying ();
  store promoted_total (load promoted_total + load promoted_words);
  store (symbol "young_pointer") (Young.finish ())
