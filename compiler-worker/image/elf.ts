/** ELF64 executables (System V ABI, generic part, chapters 4 and 5), as far as loaders look at them: header, program headers, contents. */

export const ELF_HEADER_BYTES = 64;
export const PROGRAM_HEADER_BYTES = 56;

export const PT_LOAD = 1;
export const PT_NOTE = 4;
export const PT_GNU_STACK = 0x6474e551;
export const PF_X = 1;
export const PF_W = 2;
export const PF_R = 4;
const ET_EXEC = 2;
export const EM_X86_64 = 62;

export interface ProgramHeader {
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly address: number;
  readonly fileBytes: number;
  readonly memoryBytes: number;
  readonly align: number;
}

export interface ElfContents {
  readonly machine: number;
  readonly entry: number;
  readonly headers: readonly ProgramHeader[];
  readonly parts: readonly { readonly offset: number; readonly bytes: Uint8Array }[];
}

export function headerBytes(programHeaders: number): number {
  return ELF_HEADER_BYTES + PROGRAM_HEADER_BYTES * programHeaders;
}

export function writeElf(elf: ElfContents): Uint8Array {
  let size = headerBytes(elf.headers.length);
  for (const part of elf.parts) size = Math.max(size, part.offset + part.bytes.length);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  // Magic, 64 bits, little-endian, version 1.
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  view.setUint16(16, ET_EXEC, true);
  view.setUint16(18, elf.machine, true);
  view.setUint32(20, 1, true);
  view.setBigUint64(24, BigInt(elf.entry), true);
  view.setBigUint64(32, BigInt(ELF_HEADER_BYTES), true);
  view.setUint16(52, ELF_HEADER_BYTES, true);
  view.setUint16(54, PROGRAM_HEADER_BYTES, true);
  view.setUint16(56, elf.headers.length, true);
  elf.headers.forEach((h, i) => {
    const at = ELF_HEADER_BYTES + PROGRAM_HEADER_BYTES * i;
    view.setUint32(at, h.type, true);
    view.setUint32(at + 4, h.flags, true);
    view.setBigUint64(at + 8, BigInt(h.offset), true);
    view.setBigUint64(at + 16, BigInt(h.address), true);
    view.setBigUint64(at + 24, BigInt(h.address), true);
    view.setBigUint64(at + 32, BigInt(h.fileBytes), true);
    view.setBigUint64(at + 40, BigInt(h.memoryBytes), true);
    view.setBigUint64(at + 48, BigInt(h.align), true);
  });
  for (const part of elf.parts) bytes.set(part.bytes, part.offset);
  return bytes;
}
