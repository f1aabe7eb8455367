(* Recording of backtraces: the return addresses on the stack between where an exception is raised and its handler, and what the
   image's debug information says of them (ARCHITECTURE.md, sections 7.3, 7.6 and 7.8). *)
[@@@runtime]

open Raw

let capacity = 1024n

(* Two lists, of the last exception and of a stack that was asked for: the number of entries, then the entries: offset of the return
   address from the text's start, shifted left by one; bit 0 is set at the place of a raise. *)

let exception_entries = static 8200
let stack_entries = static 8200

(** The exception that was recorded, and the number of minor collections then: afterwards its address may be another. *)
let last = static 8

let collections = static 8

let clear list = store list 0n
let count list = load list
let entry list i = load (list + 8n + (i lsl 3))

(** Adds an entry. *)
let put list entry =
  if count list < capacity then begin
    store (list + 8n + (count list lsl 3)) entry;
    store list (count list + 1n)
  end

let add list ra flag = put list (((ra - symbol "text_start") lsl 1) lor flag)

(* The number of the safe point that returns to [ra]: -1 when there is none. *)
let find ra =
  let text = symbol "text_start" in
  if ra < text || ra >= symbol "text_end" then -1n
  else begin
    let block = (ra - text) lsr 7 in
    let low = ra land 127n in
    let index = symbol "stack_map_index" + (block lsl 2) in
    let points = symbol "stack_map_entries" in
    let i = ref (load32 index) in
    let stop = load32 (index + 4n) in
    let found = ref (-1n) in
    while !found < 0n && !i < stop do
      if load32 (points + (!i lsl 2)) land 127n = low then found := !i else i := !i + 1n
    done;
    !found
  end

(* A number in groups of seven bits at the address in the word at [cursor], which is moved behind it. *)
let cursor = static 8

let read_varint () =
  let p = ref (load cursor) and value = ref 0n and shift = ref 0 in
  while load8 !p >= 128n do
    value := !value lor ((load8 !p land 127n) lsl !shift);
    shift := add_int !shift 7;
    p := !p + 1n
  done;
  value := !value lor (load8 !p lsl !shift);
  store cursor (!p + 1n);
  !value

(** Records the frames from [sp], which points at a return address, to the one that contains the address [limit], at most [most]. *)
let walk list sp limit most flag =
  let sp = ref sp and left = ref most and flag = ref flag in
  while !left > 0n do
    let ra = load !sp in
    let point = find ra in
    if point < 0n then left := 0n
    else begin
      let entry = load32 (symbol "stack_map_entries" + (point lsl 2)) in
      store cursor (symbol "stack_map_pool" + (entry lsr 7));
      let head = read_varint () in
      if head land 2n = 0n then begin
        add list ra !flag;
        flag := 0n;
        left := !left - 1n
      end
      else begin
        (* The byte after the mask of registers tells which special frame this is: 0 ends the fiber. *)
        let kind = load8 (load cursor + if head land 1n <> 0n then 2n else 0n) in
        if kind = 0n then left := 0n
      end;
      sp := !sp + 8n + ((head lsr 2) lsl 3);
      if !sp > limit then left := 0n
    end
  done

let nowhere = 0x7fff_ffff_ffff_ffffn

(** Records the frames of a suspended fiber, given as a value's word. *)
let walk_fiber fiber most =
  clear stack_entries;
  walk stack_entries (Fiber.stack_pointer_of (fiber - 1n)) nowhere most 0n

(* Whether the exception is the one recorded last, as far as can be known: a collection may have moved it. *)
let is_last (e : exn) = address e = load last || (load collections <> load Minor.collections && Young.contains (load last))

let note (e : exn) =
  store last (address e);
  store collections (load Minor.collections)

let out_of_bounds = "index out of bounds"

let same_string block (text : string) =
  let n = Block.wosize (address text) in
  let i = ref 0n in
  if Block.wosize block = n then
    while !i < n && load (block + (!i lsl 3)) = load (address text + (!i lsl 3)) do
      i := !i + 1n
    done;
  !i = n

(* An index out of bounds is found by a primitive operation, not raised by the program. *)
let is_bound_error (e : exn) =
  let block = address e in
  Block.tag block = 0n && Block.wosize block = 2n
  && load block = symbol "exn.Invalid_argument"
  && Block.colour block = Block.static_colour
  && same_string (load (block + 8n)) out_of_bounds

let record (e : exn) (sp : word) (reraise : int) : int =
  if reraise = 0 || not (is_last e) then clear exception_entries;
  note e;
  walk exception_entries sp (load (symbol "exception_handler")) capacity (if is_bound_error e then 0n else 1n);
  0
[@@export "morgana_record_backtrace"]

(** Not 0: the next call of the collector records so many frames of the stack. *)
let wanted_frames = static 8

(** What the collector calls with the stack pointer it was given. *)
let serve sp =
  if load wanted_frames > 0n then begin
    clear stack_entries;
    walk stack_entries sp nowhere (load wanted_frames) 0n;
    store wanted_frames 0n
  end

let is_active () = load (symbol "backtrace_active") <> 0n

let activate on =
  if on <> is_active () then begin
    clear exception_entries;
    store (symbol "backtrace_active") (if on then 1n else 0n)
  end


(** {1 Names} *)

(** The address of an entry's description, or 0. *)
let description entry =
  let debug = symbol "debug_entries" in
  if debug = 0n then 0n
  else begin
    let point = find ((entry lsr 1) + symbol "text_start") in
    if point < 0n then 0n
    else begin
      let offset = load32 (debug + (point lsl 2)) in
      if offset = 0n then 0n else debug + offset
    end
  end

let field_file = 0
let field_line = 1
let field_first = 2
let field_last = 3
let field_function = 4

(** A number of a description; for file and function, the address of the name. *)
let detail description (field : int) =
  store cursor description;
  let i = ref 0 and value = ref (read_varint ()) in
  while !i < field do
    value := read_varint ();
    i := add_int !i 1
  done;
  if field = field_file || field = field_function then symbol "debug_entries" + !value else !value

(* Whether the text at [text] begins with the words. *)
let begins text (prefix : string) =
  let n = Fatal.length prefix in
  let i = ref 0n in
  while !i < n && load8 (text + !i) = load8 (address prefix + !i) do
    i := !i + 1n
  done;
  !i = n

(** Whether an entry lies in what is C code under the real OCaml. *)
let is_primitive entry =
  let d = description entry in
  d <> 0n && (begins (detail d field_function) "Primitives_" || begins (detail d field_function) "Runtime__")

let is_unknown entry = description entry = 0n
