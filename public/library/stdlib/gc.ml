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

  type state = Sampling | Stopped | Discarded

  (* Blocks of several profiles are tracked at the same time: what the program keeps for them is of types that only its tracker knows. *)
  type data = Obj.t
  type t = { mutable state : state; tracker : (data, data) tracker; most_calls : int }

  (* A sampled block: what its profile's tracker has been told, and has given. *)
  type step = Fresh of allocation | In_minor of data | In_major of data
  type block = { profile : t; mutable step : step }

  (* The runtime's entries for sampled blocks, by number (package runtime, memprof.ml). *)
  external sampler_start : int -> int -> int -> unit = "morgana_sampler_start"
  external pause : unit -> unit = "morgana_sampler_pause"
  external resume : unit -> unit = "morgana_sampler_resume"
  external tell : bool -> unit = "morgana_sampler_tell"
  external tell_by : (unit -> unit) -> unit = "morgana_tell_of_samples_by"
  external count : unit -> int = "morgana_sampler_count"
  external first_news : unit -> int = "morgana_sampler_news"
  external again : unit -> unit = "morgana_sampler_again"
  external events : int -> int = "morgana_sampler_events"
  external samples : int -> int = "morgana_sampler_samples"
  external size : int -> int = "morgana_sampler_size"
  external source : int -> int = "morgana_sampler_source"
  external callstack : int -> int -> Printexc.raw_backtrace = "morgana_sampler_callstack"
  external data : int -> Obj.t = "morgana_sampler_data"
  external set_data : int -> block -> unit = "morgana_sampler_set_data"
  external remove : int -> unit = "morgana_sampler_remove"
  external compact : unit -> unit = "morgana_sampler_compact"

  let in_old_space = 1
  let promoted = 2
  let gone = 4

  (* The profile that samples. *)
  let running : t option ref = ref None

  (* Whether a callback runs, or may. *)
  let calling = ref false

  let block i : block option =
    let d = data i in
    if Obj.is_int d then None else Some (Obj.obj d : block)

  (* New entries are of the profile that runs. *)
  let note_new profile from =
    for i = from to count () - 1 do
      if Obj.is_int (data i) then begin
        let source = match source i with 0 -> Normal | 1 -> Marshal | _ -> Custom in
        let allocation = { n_samples = samples i; size = size i; source; callstack = callstack i profile.most_calls } in
        set_data i { profile; step = Fresh allocation }
      end
    done

  (* Tells the tracker what has happened to a block, in order; whether it is still to be tracked. *)
  let rec advance i block =
    let { tracker; state; _ } = block.profile in
    if state = Discarded then false
    else
      let e = events i in
      match block.step with
      | Fresh allocation when e land in_old_space <> 0 -> (
          match tracker.alloc_major allocation with
          | None -> false
          | Some d ->
              block.step <- In_major d;
              advance i block)
      | Fresh allocation -> (
          match tracker.alloc_minor allocation with
          | None -> false
          | Some d ->
              block.step <- In_minor d;
              advance i block)
      | In_minor d when e land promoted <> 0 -> (
          match tracker.promote d with
          | None -> false
          | Some d ->
              block.step <- In_major d;
              advance i block)
      | In_minor d ->
          if e land gone <> 0 then tracker.dealloc_minor d;
          e land gone = 0
      | In_major d ->
          if e land gone <> 0 then tracker.dealloc_major d;
          e land gone = 0

  (* A block whose callback has raised an exception is no longer tracked. *)
  let tell_of i =
    match block i with
    | None -> ()
    | Some block -> (
        match advance i block with
        | true -> ()
        | false -> remove i
        | exception e ->
            let trace = Printexc.get_raw_backtrace () in
            remove i;
            again ();
            Printexc.raise_with_backtrace e trace)

  let tell_news () =
    let first = first_news () in
    Option.iter (fun profile -> note_new profile first) !running;
    for i = first to count () - 1 do
      tell_of i
    done

  (* Nothing is sampled meanwhile. *)
  let run () =
    if not !calling then begin
      calling := true;
      tell true;
      pause ();
      let finally () =
        compact ();
        tell false;
        calling := false;
        match !running with Some _ -> resume () | None -> ()
      in
      match tell_news () with
      | () -> finally ()
      | exception e ->
          let trace = Printexc.get_raw_backtrace () in
          finally ();
          Printexc.raise_with_backtrace e trace
    end

  (* A rate as the runtime has it: [-1 / log2 (1 - rate)], times a power of two, in 30 bits. *)
  let runtime_rate rate =
    if rate <= 0. then (-1, 0)
    else if rate >= 1. then (0, 0)
    else
      let mean = -.Float.log 2. /. Float.log1p (-.rate) in
      let limit = 0x3fff_ffff in
      let rec scaled scale = if scale < 30 && Float.ldexp mean (scale + 1) < float_of_int limit then scaled (scale + 1) else scale in
      let scale = scaled 0 in
      (Int.max 1 (Int.min limit (int_of_float (Float.min (float_of_int limit) (Float.ldexp mean scale)))), scale)

  let start ~sampling_rate ?(callstack_size = max_int) tracker =
    if callstack_size < 0 || not (sampling_rate >= 0. && sampling_rate <= 1.) then invalid_arg "Gc.Memprof.start";
    if Option.is_some !running then failwith "Gc.Memprof.start: already started.";
    let profile = { state = Sampling; tracker = Obj.magic tracker; most_calls = callstack_size } in
    let factor, scale = runtime_rate sampling_rate in
    tell_by run;
    running := Some profile;
    sampler_start factor scale callstack_size;
    if not !calling then resume ();
    profile

  let stop () =
    match !running with
    | None -> failwith "Gc.Memprof.stop: no profile running."
    | Some profile ->
        let finally () =
          pause ();
          note_new profile 0;
          profile.state <- Stopped;
          running := None
        in
        (match run () with
        | () -> finally ()
        | exception e ->
            let trace = Printexc.get_raw_backtrace () in
            finally ();
            Printexc.raise_with_backtrace e trace)

  let discard profile =
    match profile.state with
    | Sampling -> failwith "Gc.Memprof.discard: profile not stopped."
    | Discarded -> failwith "Gc.Memprof.discard: profile already discarded."
    | Stopped ->
        profile.state <- Discarded;
        for i = 0 to count () - 1 do
          match block i with Some block when block.profile == profile -> remove i | _ -> ()
        done;
        if not !calling then compact ()
end
