(* The processor's last resorts. *)
[@@@runtime]

open Morgana_runtime.Raw

external read_cr2 : unit -> word = "%raw_machine_readcr2"
external load_interrupt_table : word -> unit = "%raw_machine_lidt"
external undefined_instruction : unit -> unit = "%raw_machine_ud2"

(** The address that the last page fault was about. *)
let fault_address () = read_cr2 ()

let empty_table = static 16

(** Resets the machine: by the keyboard controller, then, where there is none, by a triple fault (an exception without an
    interrupt table). *)
let reset () =
  Ports.disable_interrupts ();
  Ports.out8 0x64n 0xfen;
  load_interrupt_table empty_table;
  undefined_instruction ();
  while true do
    Ports.halt ()
  done
