(** The collector: statistics, settings, finalisers. *)

(** Statistics. Words are of 8 bytes and include headers. What this collector has no such thing for is 0. *)
type stat = {
  minor_words : float;  (** allocated in the young space since the beginning *)
  promoted_words : float;  (** moved from the young space to the old one *)
  major_words : float;  (** allocated in the old space, with those moved *)
  minor_collections : int;
  major_collections : int;  (** finished cycles *)
  heap_words : int;  (** size of the old space *)
  heap_chunks : int;
  live_words : int;  (** reached in the last cycle *)
  live_blocks : int;
  free_words : int;
  free_blocks : int;
  largest_free : int;
  fragments : int;
  compactions : int;
  top_heap_words : int;  (** largest size of the old space *)
  stack_size : int;  (** of the running stack *)
  forced_major_collections : int;  (** @since 4.12 *)
}

(** Settings. Those that this collector has no such thing for are kept at their default. *)
type control = {
  minor_heap_size : int;  (** words of the young space *)
  major_heap_increment : int;
  space_overhead : int;  (** percentage of memory that may be lost to values not collected yet; 120 *)
  verbose : int;
  max_overhead : int;
  stack_limit : int;  (** words that a stack may have *)
  allocation_policy : int;
  window_size : int;  (** @since 4.03 *)
  custom_major_ratio : int;  (** @since 4.08 *)
  custom_minor_ratio : int;  (** @since 4.08 *)
  custom_minor_max_size : int;  (** @since 4.08 *)
}

(** Statistics. *)
external stat : unit -> stat = "caml_gc_stat"

(** Statistics that cost nothing to make. *)
external quick_stat : unit -> stat = "caml_gc_quick_stat"

(** [minor_words], [promoted_words] and [major_words]. *)
external counters : unit -> float * float * float = "caml_gc_counters"

(** Words allocated in the young space.
    @since 4.04 *)
external minor_words : unit -> (float[@unboxed]) = "caml_gc_minor_words" "caml_gc_minor_words_unboxed"

(** The settings. *)
external get : unit -> control = "caml_gc_get"
[@@alert unsynchronized_access "GC parameters are a mutable global state."]

(** Changes the settings. *)
external set : control -> unit = "caml_gc_set"
[@@alert unsynchronized_access "GC parameters are a mutable global state."]

(** Collects the young space. *)
external minor : unit -> unit = "caml_gc_minor"

(** Does a part of the work of a cycle; the argument says how much, 0 lets the collector decide. The result is 0. *)
external major_slice : int -> int = "caml_gc_major_slice"

(** Collects the young space and finishes the cycle. *)
external major : unit -> unit = "caml_gc_major"

(** Collects all that is garbage, also what becomes so by finalisers. *)
external full_major : unit -> unit = "caml_gc_full_major"

(** {!full_major}, and gives free memory back. *)
external compact : unit -> unit = "caml_gc_compaction"

(** Prints the statistics. *)
val print_stat : out_channel -> unit

(** Bytes allocated since the beginning. *)
val allocated_bytes : unit -> float

(** Words left in the young space.
    @since 4.03 *)
external get_minor_free : unit -> int = "caml_get_minor_free"

(** [finalise f v]: [f v] is called when [v] has become unreachable, the first time. [v] may become reachable again thereby.
    Those registered last are called first. Raises [Invalid_argument] if [v] is not allocated in the
    heap: constants never become unreachable. *)
val finalise : ('a -> unit) -> 'a -> unit

(** [finalise_last f v]: [f ()] is called when [v] is unreachable for ever.
    @since 4.04 *)
val finalise_last : (unit -> unit) -> 'a -> unit

(** To be called in a finaliser that does not end: lets others run. *)
val finalise_release : unit -> unit

(** An alarm. *)
type alarm

(** The function is called at the end of each cycle. *)
val create_alarm : (unit -> unit) -> alarm

(** The function is not called any more. *)
val delete_alarm : alarm -> unit

(** Does nothing.
    @since 4.11 *)
val eventlog_pause : unit -> unit
[@@ocaml.deprecated "Use Runtime_events.pause instead."]

(** Does nothing.
    @since 4.11 *)
val eventlog_resume : unit -> unit
[@@ocaml.deprecated "Use Runtime_events.resume instead."]

(** Samples of allocated words: every word, headers included, is sampled with the same probability, and its block then tracked: the program is
    told when it has been allocated, promoted and freed. What a program does not sample costs it nothing. Blocks are told of a little later than things
    happen to them, at the next allocation. Locations of the innermost call, which allocates, are not recorded. The evaluator samples nothing. *)
module Memprof : sig
  (** A profile. *)
  type t

  (** Where a block comes from: [Marshal] is reading a marshalled value; [Custom] is not told here. *)
  type allocation_source = Normal | Marshal | Custom

  (** A sampled block: how many of its words were (at least one), words without header, source, and the calls at that time. *)
  type allocation = private {
    n_samples : int;
    size : int;
    source : allocation_source;
    callstack : Printexc.raw_backtrace;
  }

  (** Functions that are called for sampled blocks, in this order for each. They give what the next is to be given; a block for which one gives
      [None], or raises an exception, is no longer tracked. The exception comes out of the allocation at which the function was called. Nothing is sampled
      meanwhile. *)
  type ('minor, 'major) tracker = {
    alloc_minor : allocation -> 'minor option;  (** allocated in the young space *)
    alloc_major : allocation -> 'major option;  (** allocated in the old space: large blocks *)
    promote : 'minor -> 'major option;  (** has survived a minor collection *)
    dealloc_minor : 'minor -> unit;  (** has not *)
    dealloc_major : 'major -> unit;  (** freed in the old space *)
  }

  (** Tracks nothing. *)
  val null_tracker : ('minor, 'major) tracker

  (** [start ~sampling_rate tracker] begins a profile. [sampling_rate]: samples for a word, from 0 to 1. [callstack_size]: how many calls are
      recorded (of at most 1024; all if not given). Raises [Invalid_argument] when one of them is out of its bounds, [Failure] when a profile runs. *)
  val start : sampling_rate:float -> ?callstack_size:int -> ('minor, 'major) tracker -> t

  (** Ends sampling for the profile that runs; its functions are first called for what has been sampled. What becomes of tracked blocks is told until the profile is
      discarded. Raises [Failure] if no profile runs. *)
  val stop : unit -> unit

  (** Forgets the blocks of a profile that has been stopped. Raises [Failure] if it has not, or was discarded before. *)
  val discard : t -> unit
end
