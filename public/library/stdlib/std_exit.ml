(* Linked after the last unit of a program. *)

let () = do_at_exit ()
