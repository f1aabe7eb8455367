(* Finalisers: functions that are called when a value has become unreachable (Gc.finalise, Gc.finalise_last), and the weak blocks
   (weak arrays and ephemerons: Hayes, "Ephemerons: a new finalization mechanism", 1997). *)
[@@@runtime]

open Raw

(* Pairs (value, function) with Gc.finalise; pairs with Gc.finalise_last; pairs whose turn to be called has come. *)
let first = static 32

let last = static 32
let ready = static 32

(* How many bytes of the first two hold no young values. *)
let first_old = static 8

let last_old = static 8
let ready_old = static 8

(** Not 0 while a finaliser runs: others wait until it has returned. *)
let running = static 8

let visit_range visitor from stop =
  let p = ref from in
  while !p < stop do
    Roots.visit visitor !p;
    p := !p + 8n
  done

let visit_new visitor list old =
  visit_range visitor (Growable.base list + load old) (Growable.top list);
  store old (Growable.length_bytes list)

(** Minor collections keep all finalised values alive. *)
let visit_young visitor =
  visit_new visitor first first_old;
  visit_new visitor last last_old;
  visit_new visitor ready ready_old

(* Functions are roots, values are not. *)
let visit_functions visitor list =
  let p = ref (Growable.base list) in
  while !p < Growable.top list do
    Roots.visit visitor (!p + 8n);
    p := !p + 16n
  done

let visit_roots visitor =
  visit_functions visitor first;
  visit_functions visitor last;
  visit_range visitor (Growable.base ready) (Growable.top ready)

(* Whether the collector has reached the value in this cycle; values outside the old space always are. *)
let is_live word =
  if not (Block.is_block word) then true
  else begin
    let block = if Block.tag word = Block.infix_tag then word - (Block.wosize word lsl 3) else word in
    let colour = Block.colour block in
    colour = Block.static_colour || colour = Old_space.mark ()
  end

(* Takes the pairs with dead values out of [list] and puts them into [ready]; with [resurrect], their values are marked. Returns
   whether there were any. *)
let move_dead list old resurrect =
  let kept = ref (Growable.base list) and p = ref (Growable.base list) in
  let moved = ref false in
  let before = Growable.length_bytes ready in
  while !p < Growable.top list do
    let value = load !p and f = load (!p + 8n) in
    if is_live value then begin
      store !kept value;
      store (!kept + 8n) f;
      kept := !kept + 16n
    end
    else begin
      moved := true;
      Growable.push2 ready (if resurrect then value else 1n) f
    end;
    p := !p + 16n
  done;
  store (list + 8n) !kept;
  store old (Growable.length_bytes list);
  (* Only now: a value may have several finalisers. *)
  if resurrect then begin
    let slot = ref (Growable.base ready + before) in
    while !slot < Growable.top ready do
      Roots.darken_slot !slot;
      slot := !slot + 16n
    done
  end;
  !moved

(* {1 Weak blocks}

   A weak block has the abstract tag, lies in the old space, and is: next weak block, data, keys… An empty slot is 0. *)

let weak_blocks = static 8
let none = 0n

let keys_live block =
  let size = Block.wosize block in
  let i = ref 2n in
  let live = ref true in
  while !live && !i < size do
    let key = load (block + (!i lsl 3)) in
    if key <> none && not (is_live key) then live := false;
    i := !i + 1n
  done;
  !live

(** Marks the data of ephemerons whose keys are all live; returns whether any was marked that was not. *)
let mark_ephemerons () =
  let changed = ref false in
  let block = ref (load weak_blocks) in
  while !block <> 0n do
    let data = load (!block + 8n) in
    if is_live !block && data <> none && (not (is_live data)) && keys_live !block then begin
      Roots.darken_slot (!block + 8n);
      changed := true
    end;
    block := load !block
  done;
  !changed

(** Empties slots with dead keys, and drops dead weak blocks from the list. *)
let clean_weak_blocks () =
  let cell = ref weak_blocks in
  while load !cell <> 0n do
    let block = load !cell in
    if is_live block then begin
      let size = Block.wosize block in
      let i = ref 2n in
      while !i < size do
        let slot = block + (!i lsl 3) in
        let key = load slot in
        if key <> none && not (is_live key) then begin
          store slot none;
          store (block + 8n) none
        end;
        i := !i + 1n
      done;
      cell := block
    end
    else store !cell (load block)
  done

(** After pairs have been taken from the end of [ready]. *)
let forget_popped () = if load ready_old > Growable.length_bytes ready then store ready_old (Growable.length_bytes ready)
