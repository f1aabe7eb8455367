(* The first code after the entry stub. *)
[@@@runtime]

open Raw

(** Fills the supply of pages and sets the machine up; returns the bytes of memory that the program may come to use. *)
external platform_initialize : word -> word = "morgana_platform_initialize"

let start boot_information =
  let total = platform_initialize boot_information in
  if not (Memory.initialize total) then Fatal.stop "not enough memory to start\n";
  Memory.run (symbol "morgana_main");
  Fatal.stop "the program returned to the boot code";
  0n
[@@export "morgana_start"]
