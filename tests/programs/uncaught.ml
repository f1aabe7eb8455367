(* An exception that nobody handles: at_exit functions run, the message goes to stderr, the code is 2. *)
exception Custom of int * string
let () = at_exit (fun () -> print_endline "at_exit")
let () = print_endline "before"
let () = if Sys.opaque_identity true then raise (Custom (3, "why"))
let () = print_endline "never"
