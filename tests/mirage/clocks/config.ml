open Mirage

let main = main "Unikernel" ~packages:[ package "ptime"; package "duration" ] job
let () = register "clocks" [ main ] ~random:no_random ~src:`None
