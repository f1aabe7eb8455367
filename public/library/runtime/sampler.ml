(* Samples of the words that a program allocates, for Gc.Memprof: each word is one with the same probability, independently. The allocation limit
   stands at the next sampled word, so what lies between two costs nothing. A program that does not ask for samples has none of this
   code: [active] is then never stored into. *)
[@@@runtime]

open Raw

(** Not 0 while allocations are sampled. *)
let sampling = static 8

(** {1 Distances} The number of words that are not sampled between two that are has a geometric distribution. *)

(* [-1 / log2 (1 - rate)], times two to the power of [scale]; 0 when every word is sampled, less when none is. *)
let factor = static 8

let scale = static 8
let state = static 8
let no_word = 0x0fff_ffff_ffff_ffffn

(* Marsaglia's xorshift generator with Vigna's multiplication ("An experimental exploration of Marsaglia's xorshift generators", 2016). *)
let random () =
  let x = load state in
  let x = x lxor (x lsr 12) in
  let x = x lxor (x lsl 25) in
  let x = x lxor (x lsr 27) in
  store state x;
  x * 0x2545_f491_4f6c_dd1dn

let fraction_bits = 26n

(* [- log2] of a random number between 0 and 1, with so many bits behind the point: the number's leading zeroes, then a bit for each
   squaring of the rest. *)
let logarithm () =
  let u = ref ((random () lsr 1) lor 1n) and zeroes = ref 0n in
  while !u < 0x4000_0000_0000_0000n do
    u := !u lsl 1;
    zeroes := !zeroes + 1n
  done;
  let m = ref (!u lsr 32) and fraction = ref 0n and i = ref 0n in
  while !i < fraction_bits do
    let square = (!m * !m) lsr 30 in
    let carry = square lsr 31 in
    m := if carry <> 0n then square lsr 1 else square;
    fraction := (!fraction lsl 1) lor carry;
    i := !i + 1n
  done;
  ((!zeroes + 1n) lsl 26) - !fraction

let gap () =
  let factor = load factor in
  if factor = 0n then 0n else if factor < 0n then no_word else (logarithm () * factor) lsr to_int (load scale + fraction_bits)

(** {1 Words of the young space} *)

(* Words from [counted_to], a place of the allocation pointer, to the next that is sampled. *)
let distance = static 8

let counted_to = static 8

(* Sampled words (addresses) of an allocation that compiled code is about to make, and where it will lie; 0 when there is none. Which of
   its blocks they are in can be told afterwards, when headers have been written. *)
let hits = static 32

let open_base = static 8
let open_words = static 8
let open_stack = static 8
let open_source = static 8

(** What compiled code asked for when [morgana_pending] was called. *)
let asked = static 8

(** Not 0 while the program is told; then it is not told again. *)
let telling = static 8

(** Where blocks come from that are sampled now, as the program numbers it. *)
let source = static 8

(** Calls: for each sample their number, then what Recorder has noted of them. *)
let stacks = static 32

(** How many calls are noted. *)
let frames = static 8

let note_stack () =
  let at = Growable.length_bytes stacks in
  let n = Recorder.count Recorder.stack_entries in
  Growable.push stacks n;
  let i = ref 0n in
  while !i < n do
    Growable.push stacks (Recorder.entry Recorder.stack_entries !i);
    i := !i + 1n
  done;
  if Growable.lost stacks then begin
    (* Without memory there are no calls. *)
    Growable.clear_lost stacks;
    store (stacks + 8n) (Growable.base stacks + at);
    -1n
  end
  else at

(** Puts what was noted where {!Recorder} has it. *)
let recall_stack at =
  Recorder.clear Recorder.stack_entries;
  if at >= 0n then begin
    let p = Growable.base stacks + at in
    let i = ref 0n in
    while !i < load p do
      Recorder.put Recorder.stack_entries (load (p + 8n + (!i lsl 3)));
      i := !i + 1n
    done
  end

(* The blocks of the last allocation that was sampled, now that it has been made: compiled code makes several blocks at once. *)
let close pointer =
  let base = load open_base in
  if base <> 0n then begin
    store open_base 0n;
    if pointer <= base then begin
      let stop = base + (load open_words lsl 3) in
      let p = ref base in
      while !p < stop do
        let size = Block.wosize (!p + 8n) in
        let next = !p + ((size + 1n) lsl 3) in
        let samples = ref 0n and hit = ref (Growable.base hits) in
        while !hit < Growable.top hits do
          if load !hit >= !p && load !hit < next then samples := !samples + 1n;
          hit := !hit + 8n
        done;
        if !samples > 0n then Sample_table.add (!p + 8n) 0n !samples size (load open_stack) (load open_source);
        p := next
      done
    end;
    Growable.clear hits
  end

(** Counts the words that have been allocated down to [pointer]. *)
let count pointer =
  close pointer;
  if load sampling <> 0n then begin
    store distance (load distance - ((load counted_to - pointer) lsr 3));
    store counted_to pointer
  end

(** The young space has been emptied: the allocation pointer has moved. *)
let moved pointer = store counted_to pointer

(** Whether the program is to be told of samples. *)
let has_news () = load telling = 0n && Sample_table.has_news ()

(** Sets the limit of allocation to the next sampled word. [pointer] is counted to. *)
let set_limit pointer =
  let start = Young.start () in
  let limit =
    if load Young.stress <> 0n || load open_base <> 0n || has_news () then -1n
    else if load sampling = 0n || load distance > (pointer - start) lsr 3 then start
    else pointer - (load distance lsl 3)
  in
  store (symbol "young_limit") limit;
  if Signals.any () then Young.exhaust ()

(** Whether so many words, to be allocated at the place counted to, hold one that is sampled. *)
let is_hit words = load sampling <> 0n && load distance < words

(** Samples them; {!Recorder} has the calls. *)
let sample words =
  let top = load counted_to in
  let d = ref (load distance) in
  while !d < words do
    Growable.push hits (top - ((!d + 1n) lsl 3));
    d := !d + 1n + gap ()
  done;
  Growable.clear_lost hits;
  store distance !d;
  store open_words words;
  store open_stack (note_stack ());
  store open_source (load source);
  store open_base (top - (words lsl 3))

(** Not 0: the collector is only to record the stack. *)
let capturing = static 8

let capture () =
  store capturing 1n;
  collect 0n

(** What is to be done before compiled code goes on with an allocation of so many words, as the last thing. *)
let prepare words =
  if load sampling <> 0n && words > 0n then begin
    let pointer = allocation_pointer () in
    if pointer - (words lsl 3) < Young.start () then collect words
    else begin
      count pointer;
      if is_hit words then begin
        capture ();
        sample words
      end;
      set_limit pointer
    end
  end

(** {1 Large blocks} *)

let old_distance = static 8
let large_samples = static 8
let large_stack = static 8

(** Samples a block of so many words with its header that is to be allocated in the old space. *)
let before_large words =
  store large_samples 0n;
  if load sampling <> 0n then begin
    let d = ref (load old_distance) and n = ref 0n in
    while !d < words do
      n := !n + 1n;
      d := !d + 1n + gap ()
    done;
    store old_distance (!d - words);
    if !n > 0n then begin
      capture ();
      store large_stack (note_stack ());
      store large_samples !n
    end
  end

let after_large block size =
  if load large_samples > 0n then begin
    Sample_table.add block Sample_table.old (load large_samples) size (load large_stack) (load source);
    Young.exhaust ()
  end

(** {1 What the program asks for} *)

(** Stops sampling for a while. *)
let pause () =
  if load sampling <> 0n then begin
    count (allocation_pointer ());
    store sampling 0n;
    set_limit (allocation_pointer ())
  end

let resume () =
  store counted_to (allocation_pointer ());
  store sampling 1n;
  set_limit (allocation_pointer ())

let start rate_factor rate_scale most =
  store Sample_table.active 1n;
  store factor rate_factor;
  store scale rate_scale;
  if load state = 0n then store state 0x9e37_79b9_7f4a_7c15n;
  (* Frames of the run-time system are left out afterwards. *)
  let own = 24n in
  store frames (if most > Recorder.capacity - own then Recorder.capacity else if most = 0n then 0n else most + own);
  store distance (gap ());
  store old_distance (gap ())
