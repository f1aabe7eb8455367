(* A library of the project's own beside it, wrapped, with a module of its own, and several modules of the unikernel. *)
open Mirage

let () = register "library" [ main ~local_libs:[ "shelf" ] "Unikernel" job ]
