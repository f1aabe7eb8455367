/** Stubs of the `qemu` target: boot, faults, interrupts. */
import type { Assembler } from "./assembler.ts";

export function qemuStubs(): { readonly symbol: string; readonly make: (a: Assembler) => void }[] {
  return [];
}
