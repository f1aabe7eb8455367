(* The young space: where blocks are born, by moving a pointer downwards. Its bounds are known to the write barrier. *)
[@@@runtime]

open Raw

let start () = load (symbol "young_start")
let finish () = load (symbol "young_end")
let contains word = word >= start () && word < finish ()

(** Whether every allocation collects: for testing the collector and the stack maps. *)
let stress = static 8

(** Sets the limit below which allocation calls the collector. *)
let reset_limit () = store (symbol "young_limit") (if load stress <> 0n then -1n else start ())

(** Has every allocation from here on collect. *)
let collect_always (_ : unit) : unit =
  store stress 1n;
  reset_limit ()
[@@primitive "morgana_collect_always"]

(** Has the next allocation call the collector. *)
let exhaust () = store (symbol "young_limit") (-1n)

let initialize base bytes =
  store (symbol "young_start") base;
  store (symbol "young_end") (base + bytes);
  store (symbol "young_pointer") (base + bytes);
  reset_limit ()

(** Fields that may hold a pointer from outside into the young space (addresses). *)
let remembered = static 32
