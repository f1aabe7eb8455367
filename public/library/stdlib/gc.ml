(* The collector's settings, statistics and finalisers. *)

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

external stat : unit -> stat = "caml_gc_stat"
external quick_stat : unit -> stat = "caml_gc_quick_stat"
external counters : unit -> float * float * float = "caml_gc_counters"
external minor_words : unit -> (float[@unboxed]) = "caml_gc_minor_words" "caml_gc_minor_words_unboxed"
external get : unit -> control = "caml_gc_get"
external set : control -> unit = "caml_gc_set"
external minor : unit -> unit = "caml_gc_minor"
external major_slice : int -> int = "caml_gc_major_slice"
external major : unit -> unit = "caml_gc_major"
external full_major : unit -> unit = "caml_gc_full_major"
external compact : unit -> unit = "caml_gc_compaction"
external get_minor_free : unit -> int = "caml_get_minor_free"
external finalise : ('a -> unit) -> 'a -> unit = "caml_final_register"
external finalise_last : (unit -> unit) -> 'a -> unit = "caml_final_register_called_without_value"
external finalise_release : unit -> unit = "caml_final_release"

let print_stat channel =
  let s = stat () in
  Printf.fprintf channel "minor_collections:      %d\n" s.minor_collections;
  Printf.fprintf channel "major_collections:      %d\n" s.major_collections;
  Printf.fprintf channel "compactions:            %d\n" s.compactions;
  Printf.fprintf channel "forced_major_collections: %d\n" s.forced_major_collections;
  Printf.fprintf channel "\n";
  let width = String.length (Printf.sprintf "%.0f" s.minor_words) in
  let words name x = Printf.fprintf channel "%-16s%*.0f\n" (name ^ ":") width x in
  words "minor_words" s.minor_words;
  words "promoted_words" s.promoted_words;
  words "major_words" s.major_words;
  Printf.fprintf channel "\n";
  let width = String.length (string_of_int s.top_heap_words) in
  let heap name n = Printf.fprintf channel "%-16s%*d\n" (name ^ ":") width n in
  heap "top_heap_words" s.top_heap_words;
  heap "heap_words" s.heap_words;
  heap "live_words" s.live_words;
  heap "free_words" s.free_words;
  heap "largest_free" s.largest_free;
  heap "fragments" s.fragments;
  Printf.fprintf channel "\n";
  Printf.fprintf channel "live_blocks: %d\n" s.live_blocks;
  Printf.fprintf channel "free_blocks: %d\n" s.free_blocks;
  Printf.fprintf channel "heap_chunks: %d\n" s.heap_chunks

let allocated_bytes () =
  let minor, promoted, major = counters () in
  (minor +. major -. promoted) *. float_of_int (Sys.word_size / 8)

(* {1 Alarms} A value that is garbage from the beginning, whose finaliser makes it again. *)

type alarm = bool ref
type ring = { active : alarm; f : unit -> unit }

let rec call_alarm ring =
  if !(ring.active) then begin
    finalise call_alarm ring;
    ring.f ()
  end

let create_alarm f =
  let active = ref true in
  at_exit (fun () -> active := false);
  finalise call_alarm { active; f };
  active

let delete_alarm alarm = alarm := false

let eventlog_pause () = ()
let eventlog_resume () = ()

module Memprof = struct
  (* No allocation is ever sampled: a sample is of random allocations, and may hold none. What callers can be sure of is that profiles
     follow each other. *)
  type state = Sampling | Stopped | Discarded
  type t = state ref

  type allocation_source = Normal | Marshal | Custom

  type allocation = {
    n_samples : int;
    size : int;
    source : allocation_source;
    callstack : Printexc.raw_backtrace;
  }

  type ('minor, 'major) tracker = {
    alloc_minor : allocation -> 'minor option;
    alloc_major : allocation -> 'major option;
    promote : 'minor -> 'major option;
    dealloc_minor : 'minor -> unit;
    dealloc_major : 'major -> unit;
  }

  let null_tracker =
    {
      alloc_minor = (fun _ -> None);
      alloc_major = (fun _ -> None);
      promote = (fun _ -> None);
      dealloc_minor = ignore;
      dealloc_major = ignore;
    }

  let running : t option ref = ref None

  let start ~sampling_rate ?callstack_size:_ (_ : ('minor, 'major) tracker) =
    if !running <> None then failwith "Gc.Memprof.start: already started.";
    if not (sampling_rate >= 0. && sampling_rate <= 1.) then invalid_arg "Gc.Memprof.start: the sampling rate must be between 0 and 1.";
    let profile = ref Sampling in
    running := Some profile;
    profile

  let stop () =
    match !running with
    | None -> failwith "Gc.Memprof.stop: no profile running."
    | Some profile ->
        profile := Stopped;
        running := None

  let discard profile =
    match !profile with
    | Sampling -> failwith "Gc.Memprof.discard: profile not stopped."
    | Discarded -> failwith "Gc.Memprof.discard: profile already discarded."
    | Stopped -> profile := Discarded
end
