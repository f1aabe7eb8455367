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

let collect words registers sp =
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
  end;
  Young.reset_limit ();
  (* Looked at after the limit was set, so that none is missed. Code of the dialect does not call [morgana_pending]: the next inline
     allocation does. *)
  let signals = Signals.any () in
  let finalisers = load Finalise.running = 0n && not (Growable.is_empty Finalise.ready) in
  if (signals || finalisers) && registers = 0n then Young.exhaust ();
  if load out_of_memory <> 0n || signals || finalisers then 1 else 0
[@@export "morgana_collect"]
