(* The wall clock. *)

include Mirage_ptime
