(* A wall clock that stands until it is set. *)

let now = ref (0, 0L)
let tz_off : int option ref = ref None
let period : (int * int64) option ref = ref None
let () = Mirage_ptime_mocked.clock := Some { now; zone = tz_off; period }
let set v = now := v
let set_tz_offset v = tz_off := v
let set_period v = period := v
