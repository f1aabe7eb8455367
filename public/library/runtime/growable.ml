(* Growable stacks of words in pages of their own: the mark stack, the remembered set, lists of weak blocks. *)
[@@@runtime]

open Raw

(* A stack is four static words: base, next free slot, limit, and whether an element was lost for want of memory. *)

let base s = load s
let top s = load (s + 8n)
let limit s = load (s + 16n)
let is_empty s = top s = base s

(** Whether a push failed since [clear_lost]. *)
let lost s = load (s + 24n) <> 0n

let clear_lost s = store (s + 24n) 0n
let clear s = store (s + 8n) (base s)
let length_bytes s = top s - base s

let grow s =
  let used = length_bytes s in
  let old = base s in
  let pages = Pages.pages_for ((used * 2n) + 16384n) in
  let fresh = Pages.allocate pages in
  if fresh = 0n then false
  else begin
    let i = ref 0n in
    while !i < used do
      store (fresh + !i) (load (old + !i));
      i := !i + 8n
    done;
    if old <> 0n then Pages.free old;
    store s fresh;
    store (s + 8n) (fresh + used);
    store (s + 16n) (fresh + (pages lsl Pages.page_bits));
    true
  end

(** Pushes a word; when there is no memory to grow, the element is lost, which is noted. *)
let push s word =
  if top s < limit s || grow s then begin
    store (top s) word;
    store (s + 8n) (top s + 8n)
  end
  else store (s + 24n) 1n

(** Pushes a pair: both or neither, so that pairs stay aligned. *)
let push2 s first second =
  if top s + 8n < limit s || grow s then begin
    store (top s) first;
    store (top s + 8n) second;
    store (s + 8n) (top s + 16n)
  end
  else store (s + 24n) 1n

(** The last word pushed, removed. The stack must not be empty. *)
let pop s =
  store (s + 8n) (top s - 8n);
  load (top s)
