(* The monotonic clock of a program that moves it itself: [Mirage_mtime_set] puts it here, and only it does. *)

let clock : int64 ref option ref = ref None
