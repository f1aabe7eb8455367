/**
 * Kernels that hypervisors with direct boot (PVH) load: an ELF file with Xen's note. What it puts into memory is packed: the loader reserves the memory
 * that it is unpacked to, and the packed bytes lie behind, in memory that is free once they have been read.
 */
import { unpacker } from "../codegen/x86-64/unpacker.ts";
import { EM_X86_64, headerBytes, PF_R, PF_W, PF_X, PT_LOAD, PT_NOTE, writeElf } from "./elf.ts";
import { PAGE } from "./link.ts";
import { pack } from "./pack.ts";

const HEADERS = 3;
/** xen/include/public/elfnote.h */
const XEN_ELFNOTE_PHYS32_ENTRY = 18;
const NOTE_BYTES = 12 + 4 + 8;

/** Note: sizes of name and descriptor, type, name, descriptor. QEMU reads a descriptor of 8 bytes. */
function note(entry: number): Uint8Array {
  const bytes = new Uint8Array(NOTE_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 4, true);
  view.setUint32(4, 8, true);
  view.setUint32(8, XEN_ELFNOTE_PHYS32_ENTRY, true);
  bytes.set([0x58, 0x65, 0x6e, 0], 12);
  view.setUint32(16, entry, true);
  return bytes;
}

export interface Kernel {
  /** What is in memory from `address` on; zeroes follow up to `end`, a multiple of the page size. */
  readonly memory: Uint8Array;
  readonly address: number;
  readonly end: number;
  /** Where its 32-bit code begins. */
  readonly entry: number;
}

export function packedKernel(kernel: Kernel): Uint8Array {
  const { address, end } = kernel;
  const packed = pack(kernel.memory);
  const noteOffset = headerBytes(HEADERS);
  const packedOffset = noteOffset + NOTE_BYTES;
  const unpackerOffset = packedOffset + packed.length;
  const code = unpacker(end + packedOffset, address, kernel.entry).bytes;
  const entry = end + unpackerOffset;
  const fileBytes = unpackerOffset + code.length;
  return writeElf({
    machine: EM_X86_64,
    entry,
    headers: [
      { type: PT_LOAD, flags: PF_R | PF_W, offset: 0, address, fileBytes: 0, memoryBytes: end - address, align: PAGE },
      { type: PT_LOAD, flags: PF_R | PF_X, offset: 0, address: end, fileBytes, memoryBytes: fileBytes, align: PAGE },
      { type: PT_NOTE, flags: PF_R, offset: noteOffset, address: end + noteOffset, fileBytes: NOTE_BYTES, memoryBytes: NOTE_BYTES, align: 4 },
    ],
    parts: [
      { offset: noteOffset, bytes: note(entry) },
      { offset: packedOffset, bytes: packed },
      { offset: unpackerOffset, bytes: code },
    ],
  });
}
