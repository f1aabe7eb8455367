open Mirage

let store = kv_rw_mem ()
let () = register "store" [ main "Unikernel.Main" (kv_rw @-> job) $ store ]
