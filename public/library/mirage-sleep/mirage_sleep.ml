(* Sleeping: the main loop of Morgana_os keeps the sleepers by deadline and wakes them. *)

type t = Morgana_os.Time.sleeper = { time : int64; mutable canceled : bool; thread : unit Lwt.u }

let new_sleepers = Morgana_os.Time.new_sleepers
let ns = Morgana_os.Time.sleep_ns
