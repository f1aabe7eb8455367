(* The old space: blocks that survived a minor collection, and large ones. Non-moving, swept.

   Blocks of up to [largest_cell] words with their header lie in cells of segregated sizes (Wilson et al., "Dynamic storage
   allocation: a survey and critical review", 1995, section 3.4): a span is a run of pages cut into cells of one size. Larger blocks have a run of pages
   each. A block is live or dead by the colour in its header; [mark] is the colour of blocks that are live or new. *)
[@@@runtime]

open Raw

(** The colour of reached and of new blocks in this cycle; the other of 0 and 1 means not reached yet. *)
let mark_cell = static 8

let mark () = load mark_cell

(** Words (headers included) given to blocks since the last reset, for pacing. *)
let allocated_words = static 8

(** Words given to blocks before that. *)
let allocated_total = static 8

(** Words held by blocks, headers and rounding included. *)
let live_words = static 8

(* Size classes by words with header: 2, 3, … 16, then four to each doubling up to 256: class 30. Those above, up to 1024, have a cache
   line more: 41, 49, 57, … lines, an odd number, so that equal cells do not meet in the same few sets of a cache. *)

let line_words = 8n
let last_small_class = 30
let largest_cell = 1032n
let class_count = 39

let class_of_words words =
  if words <= 16n then sub_int (to_int words) 2
  else begin
    let words = if words <= 256n then words else if words <= 256n + line_words then 257n else words - line_words in
    (* words - 1 in [2^k, 2^(k+1)); the next two bits choose the quarter. *)
    let rest = ref ((words - 1n) lsr 5) in
    let doubling = ref 0 in
    while !rest > 0n do
      rest := !rest lsr 1;
      doubling := add_int !doubling 1
    done;
    let quarter = ((words - 1n) lsr add_int !doubling 2) land 3n in
    add_int 15 (to_int (of_int !doubling * 4n + quarter))
  end

let words_of_class c =
  if c <= 14 then of_int c + 2n
  else begin
    let k = of_int (sub_int c 15) in
    let doubling = to_int (k lsr 2) and quarter = k land 3n in
    let words = (quarter + 5n) lsl add_int doubling 2 in
    if c <= last_small_class then words else words + line_words
  end

(* Spans of large cells are longer, so that little is left at their ends. *)
let span_pages c = if c <= last_small_class then 4n else 16n

(* A span: next span of its class, class, then the cells from [span_header]. *)
let span_header = 16n
let free_lists = static 320
let unswept_spans = static 320
let swept_spans = static 320
let slot table c = table + of_int c * 8n

(* A large run: next run, where in the run the block is, … the block's header. Blocks of runs begin at changing lines of the page, as far as the last page has
   room: rows of a matrix would share a few sets of the cache otherwise. *)
let large_header = 16n
let unswept_large = static 8
let swept_large = static 8

(** Cuts a new span into free cells. Returns whether there was memory for it. *)
let add_span c =
  let span = Pages.allocate (span_pages c) in
  if span = 0n then false
  else begin
    store span (load (slot swept_spans c));
    store (span + 8n) (of_int c);
    store (slot swept_spans c) span;
    let size = words_of_class c lsl 3 in
    let header = Block.make_header (words_of_class c - 1n) Block.free_colour Block.abstract_tag in
    let limit = span + (span_pages c lsl Pages.page_bits) - size in
    let cell = ref (span + span_header) in
    let list = ref (load (slot free_lists c)) in
    while !cell <= limit do
      store !cell header;
      store (!cell + 8n) !list;
      list := !cell + 8n;
      cell := !cell + size
    done;
    store (slot free_lists c) !list;
    true
  end

(** Frees the dead cells of one span; gives the whole span back when none is live. Called once a cycle for each span. *)
let sweep_span c span =
  let words = words_of_class c in
  let size = words lsl 3 in
  let limit = span + (span_pages c lsl Pages.page_bits) - size in
  let live = mark () in
  let free_header = Block.make_header (words - 1n) Block.free_colour Block.abstract_tag in
  let survivors = ref 0n and dead = ref 0n in
  let cell = ref (span + span_header) in
  while !cell <= limit do
    let colour = Block.colour_of_header (load !cell) in
    if colour = live then survivors := !survivors + 1n else if colour <> Block.free_colour then dead := !dead + 1n;
    cell := !cell + size
  done;
  store live_words (load live_words - (!dead * words));
  if !survivors = 0n then Pages.free span
  else begin
    let list = ref (load (slot free_lists c)) in
    let cell = ref (span + span_header) in
    while !cell <= limit do
      if Block.colour_of_header (load !cell) <> live then begin
        store !cell free_header;
        store (!cell + 8n) !list;
        list := !cell + 8n
      end;
      cell := !cell + size
    done;
    store (slot free_lists c) !list;
    store span (load (slot swept_spans c));
    store (slot swept_spans c) span
  end

(** Sweeps one unswept span of class [c]; returns whether there was one. *)
let sweep_one c =
  let span = load (slot unswept_spans c) in
  if span = 0n then false
  else begin
    store (slot unswept_spans c) (load span);
    sweep_span c span;
    true
  end

(** The block of a large run. *)
let large_block run = run + load (run + 8n)

let large_words run = Block.wosize (large_block run) + 1n

let line_bytes = line_words lsl 3

(** The line of the page at which the next large block begins, if there is room. *)
let next_line = static 8

(* Bytes that a large block may be moved by in its run. *)
let shift room =
  let line = load next_line in
  let bytes = line * line_bytes in
  if bytes <= room then begin
    store next_line (line + 1n);
    bytes
  end
  else begin
    store next_line 1n;
    0n
  end

(** Sweeps one large block; returns whether there was one. *)
let sweep_one_large () =
  let run = load unswept_large in
  if run = 0n then false
  else begin
    store unswept_large (load run);
    if Block.colour (large_block run) = mark () then begin
      store run (load swept_large);
      store swept_large run
    end
    else begin
      store live_words (load live_words - large_words run);
      Pages.free run
    end;
    true
  end

(** Declares everything unswept and all free lists empty: at the end of marking, when sweeping begins. *)
let begin_sweep () =
  let c = ref 0 in
  while !c < class_count do
    store (slot free_lists !c) 0n;
    store (slot unswept_spans !c) (load (slot swept_spans !c));
    store (slot swept_spans !c) 0n;
    c := add_int !c 1
  done;
  store unswept_large (load swept_large);
  store swept_large 0n

let rec allocate_cell c =
  let list = slot free_lists c in
  let cell = load list in
  if cell <> 0n then begin
    store list (load cell);
    cell
  end
  else if sweep_one c then allocate_cell c
  else if add_span c then allocate_cell c
  else 0n

let allocate_large words =
  let pages = Pages.pages_for (large_header + (words lsl 3)) in
  let run = ref (Pages.allocate pages) in
  while !run = 0n && sweep_one_large () do
    run := Pages.allocate pages
  done;
  if !run = 0n then 0n
  else begin
    store !run (load swept_large);
    store (!run + 8n) (large_header + 8n + shift ((pages lsl Pages.page_bits) - large_header - (words lsl 3)));
    store swept_large !run;
    large_block !run
  end

(** [allocate wosize tag] is the address of a new block with arbitrary fields, coloured as live, or 0 when there is no memory.
    [wosize] is at least 1. Nothing moves. *)
let allocate wosize tag =
  let words = wosize + 1n in
  let block = if words <= largest_cell then allocate_cell (class_of_words words) else allocate_large words in
  if block <> 0n then begin
    let held = if words <= largest_cell then words_of_class (class_of_words words) else words in
    store live_words (load live_words + held);
    store allocated_words (load allocated_words + held);
    Block.set_header block (Block.make_header wosize (mark ()) tag)
  end;
  block

(** The class of the largest blocks that are born in the young space ({!Old_alloc.max_young}). *)
let last_young_class = 31

(** Pages that a minor collection may need in the worst case, so that promotion never fails: cells are larger than their blocks by up
    to 28 %, and of each class a span may be begun. *)
let spare_pages young_bytes =
  Pages.pages_for (young_bytes + (young_bytes lsr 2) + (young_bytes lsr 4)) + (of_int last_young_class * span_pages 0) + span_pages last_young_class + 16n
