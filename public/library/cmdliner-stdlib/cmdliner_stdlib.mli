(** Command-line arguments for the OCaml runtime: backtraces, hash tables, the garbage collector. *)

(** A term with the arguments [--backtrace], [--randomize-hashtables] and those of the garbage collector; its evaluation puts their values
    into effect. Each parameter is the arguments' default, [None] to leave them out. The defaults are true, true and the collector's
    present settings. *)
val setup :
  ?backtrace:bool option ->
  ?randomize_hashtables:bool option ->
  ?gc_control:Gc.control option ->
  unit ->
  unit Cmdliner.Term.t
