open Mirage

let htdocs_key = Key.(value @@ kv_ro ~group:"htdocs" ())
let htdocs = generic_kv_ro ~key:htdocs_key "htdocs"
let certificates = crunch "./tls"
let main = main "Dispatch.Make" (kv_ro @-> kv_ro @-> job) ~packages:[ package "magic-mime" ]
let () = register "files" [ main $ htdocs $ certificates ]
