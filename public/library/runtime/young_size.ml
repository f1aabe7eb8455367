(* Another size of the young space, for Gc.set. *)
[@@@runtime]

open Raw

(* As in OCaml: whole pages, within these bounds. *)
let least_words = 4096n
let most_words = 0x1000_0000n

(** Makes the young space one of so many words. Leaves it as it is if there is not the memory for it and for what survives its collections. *)
let set words =
  let words = if words < least_words then least_words else if words > most_words then most_words else words in
  let pages = Pages.pages_for (words lsl 3) in
  let bytes = pages lsl Pages.page_bits in
  if bytes <> Young.finish () - Young.start () && Collector.has_spare_beyond (pages + pages + pages) then begin
    let fresh = Pages.allocate pages in
    if fresh <> 0n then begin
      collect 0n;
      Pages.free (Young.start ());
      Young.initialize fresh bytes;
      set_allocation_pointer (Young.finish ());
      if load Sample_table.active <> 0n then Sampler.moved (Young.finish ())
    end
  end
