(* The primitives of Gc.Memprof over the samples of Sampler. Entries are known by their numbers, which stay what they are until
   {!compact}. *)

open Raw

(** Begins to note samples, which go on after {!resume}; the rate as {!Sampler} has it, and how many calls are noted. *)
let start (factor : int) (scale : int) (most : int) : unit = Sampler.start (of_int factor) (of_int scale) (of_int most) [@@primitive "morgana_sampler_start"]

let pause (_ : unit) : unit = Sampler.pause () [@@primitive "morgana_sampler_pause"]
let resume (_ : unit) : unit = Sampler.resume () [@@primitive "morgana_sampler_resume"]

(** Whether the program is being told of samples: then it is not told again. *)
let tell (on : bool) : unit = store Sampler.telling (if on then 1n else 0n) [@@primitive "morgana_sampler_tell"]

let count (_ : unit) : int = to_int (Sample_table.entry_count ()) [@@primitive "morgana_sampler_count"]

(** The first entry to look at: all when something has happened to blocks that were seen before, else the new ones. Afterwards all are seen. *)
let first_news (_ : unit) : int =
  let first = if load Sample_table.changed <> 0n then 0n else load Sample_table.first_fresh in
  store Sample_table.changed 0n;
  store Sample_table.first_fresh (Sample_table.entry_count ());
  to_int first
[@@primitive "morgana_sampler_news"]

(** Has the program be told of everything again. *)
let again (_ : unit) : unit = store Sample_table.changed 1n [@@primitive "morgana_sampler_again"]

let field (i : int) (k : int) : int = to_int (load (Sample_table.entry (of_int i) + (of_int k lsl 3)))

(** What has happened: 1 allocated in the old space, 2 promoted, 4 gone, 8 removed. *)
let events (i : int) : int = field i 2 [@@primitive "morgana_sampler_events"]

let samples (i : int) : int = field i 3 [@@primitive "morgana_sampler_samples"]
let size (i : int) : int = field i 4 [@@primitive "morgana_sampler_size"]
let source (i : int) : int = field i 6 [@@primitive "morgana_sampler_source"]

(** At most so many of the calls. *)
let callstack (i : int) (most : int) : int array =
  Sampler.recall_stack (load (Sample_table.entry (of_int i) + 40n));
  Backtrace.first_of_stack most
[@@primitive "morgana_sampler_callstack"]

(** The value that belongs to an entry: the immediate 0 for new ones. *)
let data (i : int) : 'a = value (load (Sample_table.entry (of_int i) + 8n)) [@@inline never] [@@primitive "morgana_sampler_data"]

let set_data (i : int) (v : 'a) : unit =
  if of_int i < load Sample_table.first_young_value then store Sample_table.first_young_value (of_int i);
  let slot = Sample_table.entry (of_int i) + 8n in
  store slot (address v);
  if load (symbol "gc_marking") <> 0n then Major.darken (address v)
[@@inline never] [@@primitive "morgana_sampler_set_data"]

let remove (i : int) : unit = Sample_table.remove (of_int i) [@@primitive "morgana_sampler_remove"]

(** Forgets removed entries, and the calls of all that have been seen. *)
let compact (_ : unit) : unit =
  if load Sample_table.first_fresh = Sample_table.entry_count () && load Sampler.open_base = 0n then Growable.clear Sampler.stacks;
  Sample_table.compact ()
[@@primitive "morgana_sampler_compact"]

(** Where blocks come from that are made now: 0 the program, 1 unmarshalling. *)
let set_source (source : int) : unit = store Sampler.source (of_int source) [@@primitive "morgana_sampler_set_source"]

(** Whether that matters. *)
let is_active (_ : unit) : bool = load Sample_table.active <> 0n [@@primitive "morgana_sampler_is_active"]
