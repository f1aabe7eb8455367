(* The collector's entry: what compiled code calls when the young space is used up (ARCHITECTURE.md, section 7.5). *)
[@@@runtime]

open Raw

(* What [morgana_pending] is to do. *)
let out_of_memory = static 8

(** Set by [Gc.full_major] and the like: the next collection finishes so many cycles. *)
let wanted_cycles = static 8

(** Whether, after taking so many pages, the memory is left that a minor collection may need in the worst case. *)
let has_spare_beyond pages =
  let needed = Old_space.spare_pages (Young.finish () - Young.start ()) + pages in
  let available = load Pages.total_pages - load Pages.used_pages in
  available >= needed || Pages.reserve needed

let has_spare () = has_spare_beyond 0n

(** Bytes that were allocated in young spaces which have been emptied. *)
let young_bytes = static 8

(* Compiled code has taken the words already that it asks for; code of the dialect has not. *)
let count words registers =
  let asked = if registers = 0n then 0n else words lsl 3 in
  store young_bytes (load young_bytes + Young.finish () - load (symbol "young_pointer") - asked)

(* Empties the young space and goes on with the old one. *)
let clean_up words registers sp =
  Recorder.serve sp;
  count words registers;
  Minor.collect sp registers;
  if load wanted_cycles > 0n then begin
    while load wanted_cycles > 0n do
      Major.full_cycle sp registers;
      store wanted_cycles (load wanted_cycles - 1n)
    done
  end
  else Major.slice sp registers;
  if not (has_spare ()) then begin
    Major.full_cycle sp registers;
    if not (has_spare ()) then store out_of_memory 1n
  end

(* Sets the limit of allocation; 1 when there is something for [morgana_pending]. *)
let finish registers =
  Young.reset_limit ();
  (* Looked at after the limit was set, so that none is missed. Code of the dialect does not call [morgana_pending]: the next inline
     allocation does. *)
  let signals = Signals.any () in
  let finalisers = load Finalise.running = 0n && not (Growable.is_empty Finalise.ready) in
  if (signals || finalisers) && registers = 0n then Young.exhaust ();
  if load out_of_memory <> 0n || signals || finalisers then 1 else 0

(* The same when allocations may be sampled. An allocation that has room comes here for its sample only. What compiled code asked for is
   sampled at the end of [morgana_pending], as what that does moves the allocation pointer. *)
let collect_sampling words registers sp =
  let bytes = words lsl 3 in
  let pointer = load (symbol "young_pointer") + if registers = 0n then 0n else bytes in
  Sampler.count pointer;
  let explicit = words = 0n && registers = 0n in
  if explicit || load Young.stress <> 0n || load wanted_cycles > 0n || pointer - bytes < Young.start () then clean_up words registers sp
  else store (symbol "young_pointer") pointer;
  let pointer = load (symbol "young_pointer") in
  Sampler.moved pointer;
  let pending = finish registers in
  if registers = 0n then begin
    if Sampler.is_hit words then begin
      Recorder.record_stack sp (load Sampler.frames);
      Sampler.sample words
    end;
    if load (symbol "young_limit") <> -1n then Sampler.set_limit pointer;
    pending
  end
  else begin
    store Sampler.asked words;
    Sampler.set_limit pointer;
    if Sampler.is_hit words || Sampler.has_news () then 1 else pending
  end

let collect words registers sp =
  if load Sample_table.active <> 0n then begin
    if load Sampler.capturing <> 0n then begin
      store Sampler.capturing 0n;
      Recorder.record_stack sp (load Sampler.frames);
      0
    end
    else collect_sampling words registers sp
  end
  else begin
    clean_up words registers sp;
    finish registers
  end
[@@export "morgana_collect"]
