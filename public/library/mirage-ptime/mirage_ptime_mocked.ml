(* The wall clock of a program that sets it itself: [Mirage_ptime_set] puts it here, and only it does. *)

type t = { now : (int * int64) ref; zone : int option ref; period : (int * int64) option ref }

let clock : t option ref = ref None
