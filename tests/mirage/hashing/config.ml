open Mirage

let () =
  let packages = [ package "digestif" ~sublibs:[ "ocaml" ]; package "base64"; package "checkseum"; package "ohex" ] in
  let input = runtime_arg ~pos:__POS__ {|Hash.input|} in
  register "hashing" [ main ~pos:__POS__ ~packages ~runtime_args:[ input ] "Hash" job ]
