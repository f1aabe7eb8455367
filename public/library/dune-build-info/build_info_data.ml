(* What is known of the program: who compiles one replaces this by what was brought along. *)

let libraries : (string * string option) list = []
