(* A monotonic clock that stands until it is moved. *)

let now = ref 0L
let () = Mirage_mtime_mocked.clock := Some now
let tick_for ns = now := Int64.add !now ns
let tick () = tick_for 1L
let reset () = now := 0L
