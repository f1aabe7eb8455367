(* The major collector: incremental mark and sweep of the old space.

   Marking keeps the snapshot of the heap at the beginning of a cycle (Yuasa, "Real-time garbage collection on general-purpose
   machines", 1990): the write barrier marks the value that a store overwrites, new blocks are born marked. The colours of
   live and dead swap at the start of each cycle, so nothing is repainted. Slices run after minor collections, when the young
   space is empty. *)
[@@@runtime]

open Raw

let phase_idle = 0n
let phase_marking = 1n
let phase_sweeping = 2n
let phase = static 8
let is_marking () = load phase = phase_marking

(* Pairs (block, index of the next field to look at). *)
let stack = static 32

(** The young space, [young_start, young_end): set by {!Minor}. *)
let young_start = static 8

let young_end = static 8
let is_young word = word >= load young_start && word < load young_end

(** Number of finished cycles. *)
let cycles = static 8

(** The block that [block] is a part of: for a pointer into a closure block, the closure block. *)
let enclosing block = if Block.tag block = Block.infix_tag then block - (Block.wosize block lsl 3) else block

(** The first field that the collector looks at. *)
let first_scanned block tag = if tag = Block.closure_tag then Block.closure_environment_start block else 0n

(* Marks the value [word]; pushes it when it has fields to look at. *)
let darken word =
  if Block.is_block word && not (is_young word) then begin
    let block = enclosing word in
    let colour = Block.colour block in
    if colour <> Block.static_colour && colour <> Old_space.mark () then begin
      Block.set_colour block (Old_space.mark ());
      let tag = Block.tag block in
      if tag < Block.no_scan_tag then Growable.push2 stack block (first_scanned block tag)
      else if Special.has_owner block tag then Growable.push2 stack block (Special.owner_index block)
    end
  end

(** Marks from a root: the contents of the word at [slot]. *)
let darken_slot slot = darken (load slot)

(* Looks at fields until [budget] words are used up or the stack is empty; returns the rest of the budget. *)
let mark_some budget =
  let left = ref budget in
  while !left > 0n && not (Growable.is_empty stack) do
    let index = Growable.pop stack in
    let block = Growable.pop stack in
    let size = Block.wosize block in
    if Block.tag block = Block.continuation_tag then begin
      Special.scan_continuation block;
      left := !left - size
    end
    else begin
      (* A slice of at most 256 fields, so that a large array does not make a long pause. *)
      let stop = if size - index > 256n then index + 256n else size in
      if stop < size then Growable.push2 stack block stop;
      let i = ref index in
      while !i < stop do
        darken (load (block + (!i lsl 3)));
        i := !i + 1n
      done;
      left := !left - (stop - index) - 1n
    end
  done;
  !left
