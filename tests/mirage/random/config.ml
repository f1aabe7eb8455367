open Mirage

let main = main "Unikernel" job ~packages:[ package "mirage-crypto-rng"; package "randomconv" ~min:"0.2.0" ]
let () = register "random" [ main ]
