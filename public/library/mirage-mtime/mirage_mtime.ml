(* The monotonic clock. *)

external monotonic_ns : unit -> int64 = "morgana_monotonic_ns"

let elapsed_ns () = monotonic_ns ()
let period_ns () = None
