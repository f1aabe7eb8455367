(* The monotonic clock. *)

external monotonic_ns : unit -> int64 = "morgana_monotonic_ns"

let elapsed_ns () = match !Mirage_mtime_mocked.clock with None -> monotonic_ns () | Some now -> !now
let period_ns () = None
