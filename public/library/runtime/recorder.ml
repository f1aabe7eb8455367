(* Recording of backtraces: the return addresses on the stack between where an exception is raised and its handler, and what the
   image's debug information says of them (ARCHITECTURE.md, sections 7.3, 7.6 and 7.8). *)
[@@@runtime]

open Raw

let capacity = 1024n

(* Two lists, of the last exception and of a stack that was asked for: the number of entries, then the entries: offset of the return
   address from the text's start, shifted left by one; bit 0 is set at the place of a raise. Code of several functions, inlined into one
   another, has as many frames at one address: what a program is given has an entry for each, with bit 38 set and the number of the
   frame from bit 40 on. *)

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
    let point = Stack_map.find ra in
    if point < 0n then left := 0n
    else begin
      store cursor (Stack_map.descriptor point);
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

(** Records so many frames of the running stack. *)
let record_stack sp most =
  clear stack_entries;
  walk stack_entries sp nowhere most 0n

(** What the collector calls with the stack pointer it was given. *)
let serve sp =
  if load wanted_frames > 0n then begin
    record_stack sp (load wanted_frames);
    store wanted_frames 0n
  end

let is_active () = load (symbol "backtrace_active") <> 0n

let activate on =
  if on <> is_active () then begin
    clear exception_entries;
    store (symbol "backtrace_active") (if on then 1n else 0n)
  end


(** {1 Names} *)

(* What was found of an entry: line, characters, and the address of the scope. *)
let line = static 8

let first_character = static 8
let last_character = static 8
let scope = static 8
let entries_in_group = 32n
let pool () = symbol "debug_entries" + load32 (symbol "debug_entries")

let read_signed () =
  let n = read_varint () in
  if n land 1n = 0n then n lsr 1 else -1n - (n lsr 1)

(* What may be known of an entry, beside a place. *)

let nothing = 2n
let in_primitive = 3n

(** Whether what was found is called inlined. *)
let inlined = static 8

(** The number of frames of an entry. *)
let frame_count = static 8

(* Reads what follows the head of a place, if anything is known of it. *)
let read_place head =
  if head <> nothing then begin
    let difference = head lsr 2 in
    store line (load line + if difference land 1n = 0n then difference lsr 1 else -1n - (difference lsr 1));
    if head land 1n <> 0n then store scope (load scope + read_signed ());
    store inlined (if head land 3n = 3n then 1n else 0n);
    store first_character (read_varint ());
    store last_character (load first_character + read_varint ())
  end

let rec read_places count kind =
  if count = 0n then kind
  else begin
    let head = read_varint () in
    read_place head;
    read_places (count - 1n) (head land 3n)
  end

(* Reads entries, each by its difference from the one before: what is known of the last of them, of which the frame of the number is read. *)
let rec read_entries count number =
  let head = read_varint () in
  let kind = head land 3n in
  let frames = if kind = in_primitive then head lsr 2 else 0n in
  if kind < nothing then read_place head;
  if count > 1n then begin
    ignore (read_places frames 0n);
    read_entries (count - 1n) number
  end
  else if frames > 0n then begin
    store frame_count frames;
    let kind = read_places (number + 1n) 0n in
    if kind = nothing then nothing else 0n
  end
  else kind

let look_up entry =
  let debug = symbol "debug_entries" in
  store frame_count 1n;
  if debug = 0n then nothing
  else begin
    let point = Stack_map.find (((entry land 0x3f_ffff_ffffn) lsr 1) + symbol "text_start") in
    if point < 0n then nothing
    else begin
      store cursor (debug + load32 (debug + 4n + ((point / entries_in_group) lsl 2)));
      store line 0n;
      store scope 0n;
      read_entries ((point mod entries_in_group) + 1n) (entry lsr 40)
    end
  end

(** Looks up where an entry is: false when it is not known. *)
let describe entry = look_up entry < nothing

(** Whether an entry lies in what is C code under the real OCaml. *)
let is_primitive entry = look_up entry = in_primitive

let is_unknown entry = look_up entry = nothing

(** The number of frames that an entry of the lists stands for. *)
let frames entry =
  let kind = look_up entry in
  if kind = in_primitive then 0n else if entry land 0x40_0000_0000n <> 0n then 1n else load frame_count

(** One of them. *)
let frame entry number =
  if entry land 0x40_0000_0000n <> 0n then entry
  else (if number = 0n then entry else entry land 0x3f_ffff_fffen) lor 0x40_0000_0000n lor (number lsl 40)

(** The address of the name of the file, of what was described last. *)
let file () =
  store cursor (pool () + load scope);
  pool () + read_varint ()

(* A name is a node: what is around (0: nothing) and its own part, in place or as a reference. *)

(** The node of the function's name, of what was described last. *)
let function_name () =
  store cursor (pool () + load scope);
  ignore (read_varint ());
  read_varint ()

(** The node around a node, or 0. *)
let around node =
  store cursor (pool () + node - 1n);
  read_varint () lsr 1

(** The address of a node's own part. *)
let part node =
  store cursor (pool () + node - 1n);
  if read_varint () land 1n = 0n then load cursor else pool () + read_varint ()
