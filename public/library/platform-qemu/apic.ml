(* The local interrupt controller of the processor (Intel SDM, volume 3, chapter 11): set up to let the 8259A's interrupts through.
   Firmware usually does that, but not where a kernel is entered directly, as on QEMU's microvm. *)
[@@@runtime]

open Runtime.Raw

let apic_base_msr = 0x1bn
let globally_enabled = 0x800n
let spurious_interrupt_vector = 0xf0n
let lvt_lint0 = 0x350n
let software_enabled = 0x100n

(** Delivery mode ExtINT, not masked: the vector comes from the 8259A. *)
let external_interrupts = 0x700n

(** A vector that nothing else uses: a spurious interrupt is served by doing nothing. *)
let spurious_vector = 63n

let initialize () =
  if Ports.cpuid 1n 0n 3n land 0x200n <> 0n then begin
    let msr = Ports.rdmsr apic_base_msr in
    if msr land globally_enabled <> 0n then begin
      let base = msr land 0xffff_f000n in
      store32 (base + spurious_interrupt_vector) (software_enabled lor spurious_vector);
      store32 (base + lvt_lint0) external_interrupts
    end
  end
