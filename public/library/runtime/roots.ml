(* Finding the roots on stacks by the compiler's stack maps (ARCHITECTURE.md, sections 7.3 and 7.7). *)
[@@@runtime]

open Raw

(** What to do with a word that holds a value: the minor collector evacuates, the major one marks. *)
type visitor = int

let evacuating : visitor = 0
let marking : visitor = 1

external evacuate_slot : word -> unit = "runtime_evacuate_slot"
external darken_slot : word -> unit = "runtime_darken_slot"

let visit (visitor : visitor) slot = if visitor = evacuating then evacuate_slot slot else darken_slot slot

(* The descriptor of the safe point that returns to [ra]; the machine stops if there is none, as then memory is not what
   the compiler made it. *)
let find_descriptor ra =
  let point = Stack_map.find ra in
  if point < 0n then Fatal.stop_with_address "no stack map for return address " ra;
  Stack_map.descriptor point

(* Visits the frames of one stack from [sp] to the bottom of its fiber. [registers]: the register area for the first frame, or 0. *)
let scan_stack visitor sp registers =
  let sp = ref sp and registers = ref registers in
  let going = ref true in
  while !going do
    let p = ref (find_descriptor (load !sp)) in
    let frame = !sp + 8n in
    let varint = ref 0n and shift = ref 0 in
    while load8 !p >= 128n do
      varint := !varint lor ((load8 !p land 127n) lsl !shift);
      shift := add_int !shift 7;
      p := !p + 1n
    done;
    varint := !varint lor (load8 !p lsl !shift);
    p := !p + 1n;
    let words = !varint lsr 2 in
    if !varint land 1n <> 0n then begin
      let mask = ref (load16 !p) and register = ref !registers in
      p := !p + 2n;
      while !mask <> 0n do
        if !mask land 1n <> 0n then visit visitor !register;
        mask := !mask lsr 1;
        register := !register + 8n
      done
    end;
    if !varint land 2n <> 0n then begin
      if load8 !p = 0n then going := false else registers := frame
    end
    else begin
      let i = ref 0n in
      while !i < words do
        let bits = ref (load8 !p) and slot = ref (frame + (!i lsl 3)) in
        p := !p + 1n;
        while !bits <> 0n do
          if !bits land 1n <> 0n then visit visitor !slot;
          bits := !bits lsr 1;
          slot := !slot + 8n
        done;
        i := !i + 8n
      done
    end;
    sp := frame + (words lsl 3)
  done

let scan_handlers visitor fiber =
  let h = Fiber.handlers fiber in
  visit visitor h;
  visit visitor (h + 8n);
  visit visitor (h + 16n)

(** Visits a suspended fiber and its parents; [cycle] is noted as the major cycle that saw them. *)
let scan_suspended visitor fiber cycle =
  let f = ref fiber in
  while !f <> 0n do
    Fiber.set_seen !f cycle;
    scan_handlers visitor !f;
    scan_stack visitor (Fiber.stack_pointer_of !f) 0n;
    f := Fiber.parent !f
  done

(** Visits the running fiber from [sp], and those below it. *)
let scan_running visitor sp registers cycle =
  (* A fiber that has been made and not begun is known to nobody else. *)
  let fresh = load (symbol "fresh_fiber") in
  if fresh <> 0n then begin
    Fiber.set_seen fresh cycle;
    scan_handlers visitor fresh
  end;
  let fiber = Fiber.current () in
  Fiber.set_seen fiber cycle;
  scan_handlers visitor fiber;
  scan_stack visitor sp registers;
  scan_suspended visitor (Fiber.parent fiber) cycle

(** Visits the fibers of a continuation's block, if it has not been resumed. *)
let scan_continuation visitor block cycle =
  let fiber = load block in
  if fiber <> 1n then scan_suspended visitor (fiber - 1n) cycle
