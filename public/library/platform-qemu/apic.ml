(* The local interrupt controller of the processor (Intel SDM, volume 3, chapter 11): set up to let the 8259A's interrupts through.
   Firmware usually does that, but not where a kernel is entered directly, as on QEMU's microvm. Where there is no 8259A, the I/O
   interrupt controller (Intel 82093AA data sheet) passes on the console's interrupt, and where there is no 8254, the local
   controller's own timer wakes the processor. *)
[@@@runtime]

open Morgana_runtime.Raw

let apic_base_msr = 0x1bn
let globally_enabled = 0x800n
let identification = 0x20n
let end_register = 0xb0n
let spurious_interrupt_vector = 0xf0n
let lvt_timer = 0x320n
let lvt_lint0 = 0x350n
let initial_count = 0x380n
let current_count = 0x390n
let divide_configuration = 0x3e0n
let software_enabled = 0x100n
let masked = 0x1_0000n
let divide_by_1 = 0xbn

(** Delivery mode ExtINT, not masked: the vector comes from the 8259A. *)
let external_interrupts = 0x700n

(** A vector that nothing else uses: a spurious interrupt is served by doing nothing. *)
let spurious_vector = 63n

(** Vectors of interrupts that end with [end_of_interrupt]. *)
let timer_vector = 62n

let console_vector = 61n

(** The address of the registers; 0 where there are none. *)
let base = static 8

let initialize () =
  if Ports.cpuid 1n 0n 3n land 0x200n <> 0n then begin
    let msr = Ports.rdmsr apic_base_msr in
    if msr land globally_enabled <> 0n then begin
      store base (msr land 0xffff_f000n);
      store32 (load base + spurious_interrupt_vector) (software_enabled lor spurious_vector);
      store32 (load base + lvt_lint0) external_interrupts
    end
  end

let is_present () = load base <> 0n
let end_of_interrupt () = store32 (load base + end_register) 0n

(** {1 The timer} It counts down to 0 once. *)

let start vector_or_mask count =
  store32 (load base + divide_configuration) divide_by_1;
  store32 (load base + lvt_timer) vector_or_mask;
  store32 (load base + initial_count) count

(** Counts down from the largest count without interrupting. *)
let count_down () = start masked 0xffff_ffffn

(** How much has been counted since [count_down]: all of it when it has come to its end. *)
let counted () = 0xffff_ffffn - load32 (load base + current_count)

(** Interrupts after so many counts. *)
let arm count = start timer_vector count

(** {1 The I/O controller} *)

let io_base = 0xfec0_0000n

let io_read register =
  store32 io_base register;
  load32 (io_base + 0x10n)

let io_write register value =
  store32 io_base register;
  store32 (io_base + 0x10n) value

(** Has the I/O controller pass on a line as [console_vector], at its rising edge, if there is one. *)
let route line =
  let entries = (io_read 1n lsr 16) land 0xffn in
  if is_present () && entries <> 0xffn && line <= entries then begin
    io_write (0x11n + (line * 2n)) (load32 (load base + identification) land 0xff00_0000n);
    io_write (0x10n + (line * 2n)) console_vector
  end
