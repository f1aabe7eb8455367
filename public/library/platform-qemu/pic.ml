(* The interrupt controller: two 8259A (Intel 8259A data sheet), vectors 32 to 47. *)
[@@@runtime]

open Morgana_runtime.Raw

let command_1 = 0x20n
let data_1 = 0x21n
let command_2 = 0xa0n
let data_2 = 0xa1n

(** First vector of IRQ 0. *)
let vector_base = 32n

(* Lines that are masked: all but the cascade at first. *)
let mask = static 8

let write_mask () =
  Ports.out8 data_1 (load mask land 0xffn);
  Ports.out8 data_2 (load mask lsr 8)

let initialize () =
  Ports.out8 command_1 0x11n;
  Ports.out8 command_2 0x11n;
  Ports.out8 data_1 vector_base;
  Ports.out8 data_2 (vector_base + 8n);
  Ports.out8 data_1 4n;
  Ports.out8 data_2 2n;
  Ports.out8 data_1 1n;
  Ports.out8 data_2 1n;
  store mask 0xfffbn;
  write_mask ()

(** Whether there is such a controller: its mask can be read back. *)
let is_present () = Ports.in8 data_1 = load mask land 0xffn

let enable (line : int) =
  store mask (load mask land (1n lsl line lxor -1n));
  write_mask ()

(** Tells the controllers that the interrupt of [line] has been handled. *)
let end_of_interrupt line =
  if line >= 8n then Ports.out8 command_2 0x20n;
  Ports.out8 command_1 0x20n
