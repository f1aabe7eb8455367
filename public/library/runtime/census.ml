(* Counting what the heap holds, for Gc.stat: walks over all spans, large blocks and free runs. *)
[@@@runtime]

open Raw

(** Blocks that are live or not swept yet, and cells and runs that are free; the largest free one in words. Set by {!take}. *)
let live_blocks = static 8

let free_blocks = static 8
let largest_free = static 8
let count cell = store cell (load cell + 1n)

let note_free words =
  count free_blocks;
  if words > load largest_free then store largest_free words

let walk_spans c first =
  let words = Old_space.words_of_class c in
  let size = words lsl 3 in
  let span = ref first in
  while !span <> 0n do
    let limit = !span + (Old_space.span_pages c lsl Pages.page_bits) - size in
    let cell = ref (!span + Old_space.span_header) in
    while !cell <= limit do
      if Block.colour_of_header (load !cell) = Block.free_colour then note_free words else count live_blocks;
      cell := !cell + size
    done;
    span := load !span
  done

let walk_large first =
  let run = ref first in
  while !run <> 0n do
    count live_blocks;
    run := load !run
  done

let walk_free_runs () =
  let i = ref 0 in
  while !i < Pages.bucket_count do
    let run = ref (load (Pages.bucket !i)) in
    while !run <> 0n do
      note_free (Pages.free_run_pages !run lsl sub_int Pages.page_bits 3);
      run := load !run
    done;
    i := add_int !i 1
  done

let take () =
  store live_blocks 0n;
  store free_blocks 0n;
  store largest_free 0n;
  let c = ref 0 in
  while !c < Old_space.class_count do
    walk_spans !c (load (Old_space.slot Old_space.swept_spans !c));
    walk_spans !c (load (Old_space.slot Old_space.unswept_spans !c));
    c := add_int !c 1
  done;
  walk_large (load Old_space.swept_large);
  walk_large (load Old_space.unswept_large);
  walk_free_runs ()
