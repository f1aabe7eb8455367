(* The primitives of the module Gc. *)

open Raw

type stat = {
  minor_words : float;
  promoted_words : float;
  major_words : float;
  minor_collections : int;
  major_collections : int;
  heap_words : int;
  heap_chunks : int;
  live_words : int;
  live_blocks : int;
  free_words : int;
  free_blocks : int;
  largest_free : int;
  fragments : int;
  compactions : int;
  top_heap_words : int;
  stack_size : int;
  forced_major_collections : int;
}

type control = {
  minor_heap_size : int;
  major_heap_increment : int;
  space_overhead : int;
  verbose : int;
  max_overhead : int;
  stack_limit : int;
  allocation_policy : int;
  window_size : int;
  custom_major_ratio : int;
  custom_minor_ratio : int;
  custom_minor_max_size : int;
}

external float_of_int : int -> float = "%floatofint"
external ( +. ) : float -> float -> float = "%addfloat"
external ( *. ) : float -> float -> float = "%mulfloat"

let words_of word = float_of_int (to_int word)

let minor_words (_ : unit) : float =
  words_of ((load Collector.young_bytes + Young.finish () - allocation_pointer ()) lsr 3)
[@@primitive "caml_gc_minor_words"]

(** Words left in the young space. *)
let minor_free (_ : unit) : int = to_int ((allocation_pointer () - Young.start ()) lsr 3) [@@primitive "caml_get_minor_free"]

let words_in pages = to_int (pages lsl sub_int Pages.page_bits 3)

(** Cycles that the program asked for. *)
let forced_cycles = static 8

(* The counts of blocks are 0 unless a census was taken. *)
let statistics (taken : bool) : stat =
  let heap_words = words_in (load Pages.used_pages) in
  let census cell = if taken then to_int (load cell) else 0 in
  {
    minor_words = minor_words ();
    promoted_words = words_of (load Minor.promoted_total);
    major_words = words_of (load Old_space.allocated_total + load Old_space.allocated_words);
    minor_collections = to_int (load Minor.collections);
    major_collections = to_int (load Major.cycles);
    heap_words;
    heap_chunks = 1;
    live_words = to_int (load Old_space.live_words);
    live_blocks = census Census.live_blocks;
    free_words = sub_int heap_words (to_int (load Old_space.live_words));
    free_blocks = census Census.free_blocks;
    largest_free = census Census.largest_free;
    fragments = 0;
    compactions = 0;
    top_heap_words = words_in (load Pages.most_used_pages);
    stack_size = to_int ((Fiber.top (Fiber.current ()) - stack_pointer ()) lsr 3);
    forced_major_collections = to_int (load forced_cycles);
  }

let stat (_ : unit) : stat =
  Census.take ();
  statistics true
[@@primitive "caml_gc_stat"]

let quick_stat (_ : unit) : stat = statistics false [@@primitive "caml_gc_quick_stat"]

let counters (_ : unit) : float * float * float =
  (minor_words (), words_of (load Minor.promoted_total), words_of (load Old_space.allocated_total + load Old_space.allocated_words))
[@@primitive "caml_gc_counters"]

(* Settings that change nothing here, but are remembered. *)
let inert =
  ref
    {
      minor_heap_size = 0;
      major_heap_increment = 15;
      space_overhead = 0;
      verbose = 0;
      max_overhead = 500;
      stack_limit = 0;
      allocation_policy = 2;
      window_size = 1;
      custom_major_ratio = 44;
      custom_minor_ratio = 100;
      custom_minor_max_size = 70_000;
    }

let get (_ : unit) : control =
  {
    !inert with
    minor_heap_size = to_int ((Young.finish () - Young.start ()) lsr 3);
    space_overhead = to_int (load Major.space_overhead);
    stack_limit = to_int (load Fiber.largest_stack lsr 3);
  }
[@@primitive "caml_gc_get"]

let set (control : control) : unit =
  inert := control;
  if control.space_overhead > 0 then store Major.space_overhead (of_int control.space_overhead);
  if control.stack_limit > 0 then store Fiber.largest_stack (of_int control.stack_limit lsl 3);
  Young_size.set (of_int control.minor_heap_size)
[@@primitive "caml_gc_set"]

external raise : exn -> 'a = "%raise"
external reraise : exn -> 'a = "%reraise"

(** Handles signals that have come; set when a program asks for one. *)
type hook = Nothing | Call of (unit -> unit)

let on_signals = ref Nothing
let handle_signals_by (f : unit -> unit) : unit = on_signals := Call f [@@primitive "morgana_handle_signals_by"]

(** Handles the signals that have come, where a call of the system may have been interrupted by them. *)
let handle_signals (_ : unit) : unit = if Signals.any () then match !on_signals with Nothing -> () | Call f -> f () [@@inline never] [@@primitive "morgana_handle_signals"]

(** Calls the finalisers whose turn has come, last registered first as OCaml does, and handles signals, or raises [Out_of_memory]: what remains to be
    done after a collection. *)
let after_collection (_ : unit) : unit =
  if load Collector.out_of_memory <> 0n then begin
    store Collector.out_of_memory 0n;
    raise Out_of_memory
  end;
  while load Finalise.running = 0n && not (Growable.is_empty Finalise.ready) do
    let f : 'a -> unit = value (Growable.pop Finalise.ready) in
    let v = value (Growable.pop Finalise.ready) in
    Finalise.forget_popped ();
    store Finalise.running 1n;
    (try f v
     with e ->
       store Finalise.running 0n;
       (* The others are called at the next allocation. *)
       if not (Growable.is_empty Finalise.ready) then Young.exhaust ();
       reraise e);
    store Finalise.running 0n
  done;
  handle_signals ()

(** Tells of sampled allocations; set when a program asks for samples. *)
let on_samples = ref Nothing

let tell_of_samples_by (f : unit -> unit) : unit = on_samples := Call f [@@primitive "morgana_tell_of_samples_by"]

let pending (_ : unit) : unit =
  if load Sample_table.active <> 0n then begin
    let asked = to_int (load Sampler.asked) in
    after_collection ();
    if Sampler.has_news () then (match !on_samples with Nothing -> () | Call f -> f ());
    Sampler.prepare (of_int asked)
  end
  else after_collection ()
[@@export "morgana_pending"]

(* What the program asks for includes the finalisers. *)
let minor (_ : unit) : unit =
  collect 0n;
  pending ()
[@@primitive "caml_gc_minor"]

let cycles n =
  store forced_cycles (load forced_cycles + n);
  store Collector.wanted_cycles n;
  collect 0n;
  pending ()

let major (_ : unit) : unit = cycles 1n [@@primitive "caml_gc_major"]

(* Finalisers may make more garbage: once more after they have run. *)
let full_major (_ : unit) : unit =
  cycles 1n;
  cycles 2n
[@@primitive "caml_gc_full_major"]

let compaction (u : unit) : unit = full_major u [@@primitive "caml_gc_compaction"]

let major_slice (_ : int) : int =
  collect 0n;
  pending ();
  0
[@@primitive "caml_gc_major_slice"]

(* The value must lie in the heap: Gc.finalise's documentation. *)
let check (v : 'a) =
  if not (Block.is_block (address v)) then raise (Invalid_argument "Gc.finalise")

let add list (v : 'a) (f : 'b) =
  check v;
  Growable.push2 list (address v) (address f);
  if Growable.lost list then raise Out_of_memory

let finalise (f : 'a -> unit) (v : 'a) : unit = add Finalise.first v f [@@primitive "caml_final_register"]
let finalise_last (f : unit -> unit) (v : 'a) : unit = add Finalise.last v f [@@primitive "caml_final_register_called_without_value"]

let release (_ : unit) : unit = () [@@primitive "caml_final_release"]
