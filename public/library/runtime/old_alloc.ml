(* Blocks whose size is known only at run time, made by hand. All of it is code of the dialect: between the making of a block and
   its first use as a value nothing may collect, and ordinary code might box a word in between. *)
[@@@runtime]

open Raw

(** So many words in the old space make a slice due; set when the program starts: a thirty-second of the memory, at most 2 MiB. *)
let poll_words = static 8

(** Whether a slice of the major collection is due though no small block may be allocated for long. *)
let poll_due () = load Old_space.allocated_words - load Major.slice_debt > load poll_words

(** Asks the next collection for a whole major cycle. *)
let want_full_cycle () = if load Collector.wanted_cycles = 0n then store Collector.wanted_cycles 1n

(** A block in the old space with arbitrary fields, or 0. A request that leaves too little for minor collections is refused. *)
let allocate wosize tag =
  if Collector.has_spare_beyond (Pages.pages_for (wosize lsl 3)) then Old_space.allocate wosize tag else 0n

(** Whether the young space has room for a block of so many words. Code that is compiled compares without sign: a limit of -1 says that
    the collector is to be called first. *)
let has_room wosize =
  let limit = load (symbol "young_limit") in
  limit >= 0n && allocation_pointer () - ((wosize + 1n) lsl 3) >= limit

(** A block in the young space, fields arbitrary; there must be room. *)
let young wosize tag =
  let p = allocation_pointer () - ((wosize + 1n) lsl 3) in
  set_allocation_pointer p;
  store p (Block.make_header wosize 0n tag);
  p + 8n

(** Up to so many words a loop is faster than the machine's instructions for long ranges. *)
let short = 32n

let fill target count word =
  if count <= short then begin
    let i = ref 0n and bytes = count lsl 3 in
    while !i < bytes do
      store (target + !i) word;
      i := !i + 8n
    done
  end
  else fill_words target word count

(** Sets all fields to the immediate 0. *)
let filled block wosize =
  fill block wosize 1n;
  block

(** Blocks of at most this many words are born in the young space. *)
let max_young = 256n

(* A block in the old space, with arbitrary fields. *)
let old wosize tag =
  if poll_due () then collect 0n;
  let block = allocate wosize tag in
  if block <> 0n then block
  else begin
    want_full_cycle ();
    collect 0n;
    let block = allocate wosize tag in
    if block = 0n then raise_notrace Out_of_memory;
    block
  end

(** The address of a new block in the old space, with arbitrary fields. *)
let large wosize tag =
  if load Sample_table.active <> 0n then begin
    Sampler.before_large (wosize + 1n);
    let block = old wosize tag in
    Sampler.after_large block wosize;
    block
  end
  else old wosize tag

(** The address of a new block of [wosize] words, at least one, with arbitrary fields. They must be set before anything else is
    allocated, and the address must become a value. *)
let block wosize tag =
  if wosize <= max_young then begin
    if not (has_room wosize) then collect (wosize + 1n);
    young wosize tag
  end
  else large wosize tag

(* The empty blocks, one for each tag: headers only. *)
let atoms = static 2064

let atom tag =
  let p = atoms + (tag lsl 3) in
  store p (Block.make_header 0n Block.static_colour tag);
  p + 8n

(** The padding that ends a string of [length] bytes in a block of [wosize] words. *)
let pad_string block wosize length =
  let last = (wosize lsl 3) - 1n in
  store (block + last - 7n) 0n;
  store8 (block + last) (last - length)

(** A new block whose fields are the immediate 0. *)
let zeroed wosize tag = filled (block wosize tag) wosize

(** A new string of [length] arbitrary bytes. *)
let string length =
  let wosize = (length lsr 3) + 1n in
  let fresh = block wosize 252n in
  pad_string fresh wosize length;
  fresh

(** Bytes between two places that may overlap; [target] and [source] are addresses. *)
let move_bytes target source count =
  if target <= source || target >= source + count then copy_bytes target source count else copy_bytes_back target source count

let copy target source count =
  if count <= short then begin
    let i = ref 0n and bytes = count lsl 3 in
    while !i < bytes do
      store (target + !i) (load (source + !i));
      i := !i + 8n
    done
  end
  else copy_words target source count

let move_words target source count =
  if target <= source || target >= source + (count lsl 3) then copy target source count
  else copy_words_back target source count

(* What [morgana_blit_words] does with fields that hold values: each store as the write barrier wants it. *)
let move_values target source count =
  if Young.contains target then move_words target source count
  else begin
    let marking = load (symbol "gc_marking") <> 0n in
    let forward = target <= source in
    let i = ref (if forward then 0n else count - 1n) in
    let left = ref count in
    while !left > 0n do
      let slot = target + (!i lsl 3) in
      let before = load slot and word = load (source + (!i lsl 3)) in
      store slot word;
      if marking || (Block.is_block word && Young.contains word) then ignore (Barrier.write_barrier slot before word);
      i := if forward then !i + 1n else !i - 1n;
      left := !left - 1n
    done
  end

(** Copies fields of one block into another. *)
let blit_words source from target to_ count =
  let tag = Block.tag target in
  let source = source + (from lsl 3) and destination = target + (to_ lsl 3) in
  if tag >= Block.no_scan_tag then move_words destination source count else move_values destination source count

let is_young word = Block.is_block word && Young.contains word

(** Stores one value in so many fields, from the address of the first one on. *)
let fill_values target count word =
  if Young.contains target then fill target count word
  else begin
    let barrier = load (symbol "gc_marking") <> 0n || is_young word in
    if not barrier then fill target count word
    else begin
      let stop = target + (count lsl 3) in
      let slot = ref target in
      while !slot < stop do
        let before = load !slot in
        store !slot word;
        ignore (Barrier.write_barrier !slot before word);
        slot := !slot + 8n
      done
    end
  end

(** The next identity of an object or an exception constructor. *)
let last_id = static 8
