(* The compiler's stack maps (ARCHITECTURE.md, section 7.3). *)
[@@@runtime]

open Raw

let entry_bytes = symbol "stack_map_entry_bytes"

(** The number of the safe point that returns to [ra]: -1 when there is none. *)
let find ra =
  let at = ra - symbol "text_start" in
  if ra < symbol "text_start" || ra >= symbol "text_end" then -1n
  else begin
    let record = symbol "stack_map_index" + ((at lsr 10) lsl 3) in
    let part = (at lsr 8) land 3n in
    let first = load32 record in
    let i = ref (first + load8 (record + 4n + part)) in
    let stop = if part = 3n then load32 (record + 8n) else first + load8 (record + 5n + part) in
    let entry = ref (symbol "stack_map_entries" + (!i * entry_bytes)) in
    let low = at land 255n in
    while !i < stop && load8 !entry <> low do
      i := !i + 1n;
      entry := !entry + entry_bytes
    done;
    if !i < stop then !i else -1n
  end

(** The address of a safe point's descriptor. *)
let descriptor point =
  let entry = load32 (symbol "stack_map_entries" + (point * entry_bytes)) in
  symbol "stack_map_pool" + ((entry lsr 8) land if entry_bytes = 3n then 0xffffn else 0xffffffn)
