(* The blocks of which Gc.Memprof samples words. *)
[@@@runtime]

open Raw

(** Not 0 from the first start of sampling on. *)
let active = static 8

(* An entry for each sampled block: its address (0 when it is gone), a value of the program's, what has happened to it, number
   of samples, size, where its calls are noted (Sampler), source. *)

let entries = static 32
let entry_bytes = 56n
let old = 1n
let promoted = 2n
let dead = 4n
let removed = 8n
let entry i = Growable.base entries + (i * entry_bytes)
let entry_count () = Growable.length_bytes entries / entry_bytes

(** The first entry that the program has not seen, and the first whose value may be young. *)
let first_fresh = static 8

let first_young_value = static 8

(** Not 0 when something has happened to blocks that the program has seen. *)
let changed = static 8

(** Whether there is something that the program was not told. *)
let has_news () = load changed <> 0n || load first_fresh < entry_count ()

(** A new entry; without memory there is none. *)
let add block flags samples size stack source =
  let before = Growable.length_bytes entries in
  Growable.push2 entries block 1n;
  Growable.push2 entries flags samples;
  Growable.push2 entries size stack;
  Growable.push entries source;
  if Growable.lost entries then begin
    Growable.clear_lost entries;
    store (entries + 8n) (Growable.base entries + before)
  end

let visit_values visitor from =
  let i = ref from and n = entry_count () in
  while !i < n do
    Roots.visit visitor (entry !i + 8n);
    i := !i + 1n
  done

let visit_young_values visitor =
  visit_values visitor (load first_young_value);
  store first_young_value (entry_count ())

(* The first entry whose block may be young. *)
let first_young = static 8

let happens entry what =
  store (entry + 16n) (load (entry + 16n) lor what);
  store changed 1n

(** After the young space's live blocks have been copied. *)
let after_copying () =
  let i = ref (load first_young) and n = entry_count () in
  while !i < n do
    let entry = entry !i in
    let block = load entry in
    if block <> 0n && Young.contains block then
      if Block.header block = 0n then begin
        store entry (load block);
        happens entry promoted
      end
      else begin
        store entry 0n;
        happens entry dead
      end;
    i := !i + 1n
  done;
  store first_young n

(** After live blocks have been marked, all in the old space. *)
let after_marking () =
  let i = ref 0n and n = entry_count () in
  while !i < n do
    let entry = entry !i in
    let block = load entry in
    if block <> 0n && not (Finalise.is_live block) then begin
      store entry 0n;
      happens entry dead
    end;
    i := !i + 1n
  done

(* Whether entries were removed, and the first of them. *)
let any_removed = static 8
let first_removed = static 8

let remove i =
  let entry = entry i in
  store entry 0n;
  store (entry + 8n) 1n;
  store (entry + 16n) removed;
  if load any_removed = 0n || i < load first_removed then store first_removed i;
  store any_removed 1n

let least cell i = if load cell > i then store cell i

(** Forgets the entries that were removed. *)
let compact () =
  if load any_removed <> 0n then begin
    let first = load first_removed and n = entry_count () and fresh = load first_fresh in
    let to_ = ref first and from = ref first in
    while !from < n do
      if !from = fresh then store first_fresh !to_;
      if load (entry !from + 16n) <> removed then begin
        if !to_ < !from then copy_words (entry !to_) (entry !from) (entry_bytes lsr 3);
        to_ := !to_ + 1n
      end;
      from := !from + 1n
    done;
    if n = fresh then store first_fresh !to_;
    store (entries + 8n) (entry !to_);
    (* More may be looked at than need be. *)
    least first_young first;
    least first_young_value first;
    store any_removed 0n
  end
