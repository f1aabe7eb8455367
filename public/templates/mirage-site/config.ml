(* mirage >= 4.9.0 & < 4.12.0 *)
open Mirage

(* The files of the folder pages, put into the image. *)
let pages = generic_kv_ro "pages"
let packages = [ package "magic-mime"; package "fmt" ]
let main = main ~packages "Unikernel.Main" (kv_ro @-> job)
let () = register "mirage-site" [ main $ pages ]
