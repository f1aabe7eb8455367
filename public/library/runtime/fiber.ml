(* Fibers: stacks that effects switch between (ARCHITECTURE.md, section 7.7). A descriptor has ten words of the contract and six of
   the runtime's; all descriptors are in one list, so that those that nothing can resume any more are found. *)
[@@@runtime]

open Raw

let stack_pointer_of fiber = load fiber
let parent fiber = load (fiber + 16n)
let set_parent fiber parent = store (fiber + 16n) parent

(** Address of the first of the three handlers. *)
let handlers fiber = fiber + 24n

let limit fiber = load (fiber + 48n)
let set_limit fiber limit = store (fiber + 48n) limit
let top fiber = load (fiber + 56n)
let set_top fiber top = store (fiber + 56n) top

(* Words 8 and 9 are the runtime's own in every fiber, the following ones in those that it made. *)

(** The major cycle that saw the fiber last. *)
let seen fiber = load (fiber + 64n)

let set_seen fiber cycle = store (fiber + 64n) cycle

(* Next and previous in the list of all. *)
let next fiber = load (fiber + 80n)
let set_next fiber next = store (fiber + 80n) next
let previous fiber = load (fiber + 88n)
let set_previous fiber previous = store (fiber + 88n) previous
let descriptor_bytes = 128n

(** Bytes that stay free below the limit: what code that does not check may use. *)
let stack_reserve = 4096n

(** The lowest address of the stack's memory. *)
let base fiber = limit fiber - stack_reserve

let current () = load (symbol "current_fiber")

(** All fibers with a stack of their own. *)
let all = static 8

(* Descriptors that are not in use, linked by their first word; and those that still have a small stack. *)
let free_descriptors = static 8

let free_small = static 8
let small_pages = 2n

let new_descriptor () =
  if load free_descriptors = 0n then begin
    let page = Pages.allocate 1n in
    if page <> 0n then begin
      let d = ref page in
      while !d < page + Pages.page_size do
        store !d (load free_descriptors);
        store free_descriptors !d;
        d := !d + descriptor_bytes
      done
    end
  end;
  let d = load free_descriptors in
  if d <> 0n then store free_descriptors (load d);
  d

let set_stack fiber stack bytes =
  set_limit fiber (stack + stack_reserve);
  set_top fiber (stack + bytes)

let enlist fiber =
  let first = load all in
  set_next fiber first;
  set_previous fiber 0n;
  if first <> 0n then set_previous first fiber;
  store all fiber

(** A fiber with a small stack, or 0 when there is no memory. *)
let create cycle =
  let small = load free_small in
  let fiber =
    if small <> 0n then begin
      store free_small (load small);
      small
    end
    else begin
      let stack = Pages.allocate small_pages in
      if stack = 0n then 0n
      else begin
        let fiber = new_descriptor () in
        if fiber = 0n then Pages.free stack else set_stack fiber stack (small_pages lsl Pages.page_bits);
        fiber
      end
    end
  in
  if fiber <> 0n then begin
    set_parent fiber 0n;
    set_seen fiber cycle;
    enlist fiber
  end;
  fiber

(** Takes a fiber out of use. A small stack is kept for the next one. *)
let free fiber =
  let after = next fiber and before = previous fiber in
  if before = 0n then store all after else set_next before after;
  if after <> 0n then set_previous after before;
  if top fiber - base fiber = small_pages lsl Pages.page_bits then begin
    store fiber (load free_small);
    store free_small fiber
  end
  else begin
    Pages.free (base fiber);
    store fiber (load free_descriptors);
    store free_descriptors fiber
  end

(* {1 Growing} *)

(** The largest stack in bytes: OCaml's default of 128 Mi words, or half of a small machine's memory. *)
let largest_stack = static 8

(* Moves the chain of trap frames that lie in [from, to_) by [delta]; [cell] is the address of the word that points at the first. *)
let relocate_traps cell from to_ delta =
  let cell = ref cell in
  while load !cell >= from && load !cell < to_ do
    let frame = load !cell + delta in
    store !cell frame;
    cell := frame + 8n
  done

(** The export of section 7.5: makes room for [bytes] more below [sp] by moving the stack to one twice as large. *)
let overflow sp bytes =
  let fiber = current () in
  let old_base = base fiber and old_top = top fiber in
  let used = old_top - sp in
  let size = old_top - old_base in
  let needed = used + bytes + stack_reserve + stack_reserve in
  let wanted = if needed > size * 2n then needed else size * 2n in
  let largest = load largest_stack in
  let wanted = if wanted > largest && needed <= largest then largest else wanted in
  if wanted > largest then 0n
  else begin
    let pages = Pages.pages_for wanted in
    let stack = Pages.allocate pages in
    if stack = 0n then 0n
    else begin
      let new_top = stack + (pages lsl Pages.page_bits) in
      let new_sp = new_top - used in
      copy_words new_sp sp (used lsr 3);
      let delta = new_top - old_top in
      relocate_traps (symbol "exception_handler") sp old_top delta;
      set_stack fiber stack (pages lsl Pages.page_bits);
      store (symbol "stack_limit") (limit fiber);
      Pages.free old_base;
      new_sp
    end
  end
[@@export "morgana_stack_overflow"]

let freed fiber =
  free fiber;
  0n
[@@export "morgana_free_fiber"]
