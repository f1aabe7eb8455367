(* The major collector: incremental mark and sweep of the old space.

   Marking keeps the snapshot of the heap at the beginning of a cycle (Yuasa, "Real-time garbage collection on general-purpose
   machines", 1990): the write barrier marks the value that a store overwrites, new blocks are born marked. The colours of
   live and dead swap at the start of each cycle, so nothing is repainted. Slices run after minor collections, when the young
   space is empty. *)
[@@@runtime]

open Raw

let idle = 0n
let marking = 1n
let sweeping = 2n
let phase = static 8

(* Pairs (block, index of the next field to look at). *)
let stack = static 32

(** Number of begun cycles. *)
let cycles = static 8

(** Words that may be allocated in the old space, in percent of the live ones, before a cycle is to end: OCaml's
    [space_overhead]. *)
let space_overhead = static 8

(** The block that [block] is a part of: for a pointer into a closure block, the closure block. *)
let enclosing block = if Block.tag block = Block.infix_tag then block - (Block.wosize block lsl 3) else block

(** The first field that the collector looks at. *)
let first_scanned block tag = if tag = Block.closure_tag then Block.closure_environment_start block else 0n

(** Marks the value [word]; its fields are looked at later. Young values are no business of the major collector. *)
let darken word =
  if Block.is_block word && not (Young.contains word) then begin
    let block = enclosing word in
    let colour = Block.colour block in
    if colour <> Block.static_colour && colour <> Old_space.mark () then begin
      Block.set_colour block (Old_space.mark ());
      let tag = Block.tag block in
      if tag < Block.no_scan_tag then Growable.push2 stack block (first_scanned block tag)
      else if Special.has_owner block tag then Growable.push2 stack block (Special.owner_index block)
    end
  end

let darken_slot slot =
  let word = load slot in
  if word <> 0n then darken word
[@@primitive "runtime_darken_slot"]

(* A large array is looked at in pieces, so that it does not make a long pause. *)
let piece = 256n

(* Looks at fields until about [budget] words are used up or the stack is empty; returns the rest of the budget. *)
let mark_some budget =
  let left = ref budget in
  while !left > 0n && not (Growable.is_empty stack) do
    let index = Growable.pop stack in
    let block = Growable.pop stack in
    let size = Block.wosize block in
    if Block.tag block = Block.continuation_tag then begin
      Roots.scan_continuation Roots.marking block (load cycles);
      left := !left - piece
    end
    else begin
      let stop = if size - index > piece then index + piece else size in
      if stop < size then Growable.push2 stack block stop;
      let i = ref index in
      while !i < stop do
        let word = load (block + (!i lsl 3)) in
        if Block.is_block word then darken word;
        i := !i + 1n
      done;
      left := !left - (stop - index) - 1n
    end
  done;
  !left

(* When the mark stack could not grow, marked blocks with unmarked fields are about: they are found by walking the heap. *)

let remark_block block =
  if Block.colour block = Old_space.mark () then begin
    let tag = Block.tag block in
    if tag < Block.no_scan_tag then begin
      Growable.push2 stack block (first_scanned block tag);
      ignore (mark_some 0x3fff_ffff_ffffn)
    end
    else if Special.has_owner block tag then darken (load (block + (Special.owner_index block lsl 3)))
  end

let remark_span c span =
  let size = Old_space.words_of_class c lsl 3 in
  let limit = span + (Old_space.span_pages c lsl Pages.page_bits) - size in
  let cell = ref (span + Old_space.span_header) in
  while !cell <= limit do
    if Block.colour_of_header (load !cell) <> Block.free_colour then remark_block (!cell + 8n);
    cell := !cell + size
  done

let remark_heap () =
  Growable.clear_lost stack;
  let c = ref 0 in
  while !c < Old_space.class_count do
    let span = ref (load (Old_space.slot Old_space.swept_spans !c)) in
    while !span <> 0n do
      remark_span !c !span;
      span := load !span
    done;
    c := add_int !c 1
  done;
  let run = ref (load Old_space.swept_large) in
  while !run <> 0n do
    remark_block (Old_space.large_block !run);
    run := load !run
  done

(* Until nothing is left to look at. *)
let mark_all () =
  ignore (mark_some 0x3fff_ffff_ffffn);
  while Growable.lost stack do
    remark_heap ()
  done

(* The blocks between [roots_start] and [roots_end]: global variables and mutable static data. *)
let darken_static_roots () =
  let p = ref (symbol "roots_start") in
  let stop = symbol "roots_end" in
  while !p < stop do
    let header = load !p in
    let size = Block.wosize_of_header header and tag = Block.tag_of_header header in
    if tag < Block.no_scan_tag then begin
      let i = ref (first_scanned (!p + 8n) tag) in
      while !i < size do
        darken (load (!p + 8n + (!i lsl 3)));
        i := !i + 1n
      done
    end;
    p := !p + 8n + (size lsl 3)
  done

(** Begins a cycle: the young space must be empty. *)
let start sp registers =
  store cycles (load cycles + 1n);
  store Old_space.mark_cell (1n - Old_space.mark ());
  store phase marking;
  store (symbol "gc_marking") 1n;
  store Old_space.allocated_total (load Old_space.allocated_total + load Old_space.allocated_words);
  store Old_space.allocated_words 0n;
  darken_static_roots ();
  Roots.scan_running Roots.marking sp registers (load cycles);
  darken_slot (symbol "uncaught_exception");
  Finalise.visit_roots Roots.marking;
  if load Sample_table.active <> 0n then Sample_table.visit_values Roots.marking 0n

(* Fibers whose continuation was not reached. *)
let free_unreached_fibers () =
  let fiber = ref (load Fiber.all) in
  while !fiber <> 0n do
    let next = Fiber.next !fiber in
    if Fiber.seen !fiber <> load cycles then Fiber.free !fiber;
    fiber := next
  done

(** Ends marking, when the stack is empty: values to be finalised, ephemerons, fibers; then sweeping may begin. *)
let finish_marking () =
  mark_all ();
  while Finalise.mark_ephemerons () do
    mark_all ()
  done;
  if Finalise.move_dead Finalise.first Finalise.first_old true then begin
    mark_all ();
    while Finalise.mark_ephemerons () do
      mark_all ()
    done
  end;
  ignore (Finalise.move_dead Finalise.last Finalise.last_old false);
  Finalise.clean_weak_blocks ();
  if load Sample_table.active <> 0n then Sample_table.after_marking ();
  free_unreached_fibers ();
  store (symbol "gc_marking") 0n;
  Old_space.begin_sweep ();
  store phase sweeping

(* Sweeps about [budget] words; returns whether everything is swept. *)
let sweep_some budget =
  let left = ref budget and c = ref 0 in
  while !left > 0n && !c < Old_space.class_count do
    if Old_space.sweep_one !c then left := !left - (Old_space.span_pages !c lsl sub_int Pages.page_bits 3) else c := add_int !c 1
  done;
  while !left > 0n && Old_space.sweep_one_large () do
    left := !left - 64n
  done;
  !left > 0n

let finish_sweeping () =
  ignore (sweep_some 0x3fff_ffff_ffffn);
  store phase idle

(* Before this many words have been allocated, no cycle begins. *)
let smallest_threshold = 32768n

(* Under stress cycles follow each other closely, so that a root that marking misses is noticed. *)
let stress_threshold = 64n

let threshold () =
  let share = load Old_space.live_words * load space_overhead / 200n in
  let smallest = if load Young.stress <> 0n then stress_threshold else smallest_threshold in
  if share < smallest then smallest else share

(** A slice of work after a minor collection, in proportion to what was allocated in the old space since the last. *)
let slice_debt = static 8

let slice sp registers =
  let allocated = load Old_space.allocated_words - load slice_debt in
  store slice_debt (load Old_space.allocated_words);
  let current = load phase in
  if current = idle then begin
    if load Old_space.allocated_words >= threshold () then begin
      start sp registers;
      store slice_debt 0n
    end
  end
  else begin
    (* Marking all live words while half of the overhead is allocated: 200/overhead words to look at for each allocated, twice
       that for safety; never less than a small piece, so that a cycle always ends. *)
    let budget = (allocated * 400n / load space_overhead) + 4096n in
    if current = marking then begin
      if mark_some budget > 0n then finish_marking ()
    end
    else if sweep_some (budget * 2n) then store phase idle
  end

(** A whole cycle at once, after finishing the one under way. *)
let full_cycle sp registers =
  if load phase = marking then finish_marking ();
  if load phase = sweeping then finish_sweeping ();
  start sp registers;
  finish_marking ();
  finish_sweeping ();
  store slice_debt (load Old_space.allocated_words)
