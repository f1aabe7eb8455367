/**
 * Target `qemu`: an ELF file with Xen's note for direct boot (PVH), linked at 1 MiB, for QEMU's machines pc, q35 and microvm. The same file
 * boots under every hypervisor with PVH.
 */
import type { DataFragment, ObjectCode } from "../codegen/object.ts";
import { BOOT, COMMAND_LINE_BYTES, GDT, IDT_BYTES, INFO_BYTES, INTERRUPT_STACK_BYTES, MAP_BYTES, TSS_BYTES } from "../codegen/x86-64/boot.ts";
import { EM_X86_64, headerBytes, PF_R, PF_W, PF_X, PT_LOAD, PT_NOTE, writeElf, type ProgramHeader } from "./elf.ts";
import type { Image, ImageOptions } from "./image.ts";
import { link, PAGE, type Segment } from "./link.ts";

const BASE = 0x10_0000;
const LARGE_PAGE = 0x20_0000;
const HEADERS = 4;
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

function bss(symbol: string, size: number, align: number): DataFragment {
  return { symbol, section: "bss", start: 0, bytes: new Uint8Array(0), size, relocations: [], align };
}

/** A pointer operand of lgdt and lidt: limit, then address. */
function descriptorPointer(symbol: string, limit: number, table: string): DataFragment {
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setUint16(0, limit, true);
  return { symbol, section: "rodata", start: 0, bytes, size: 16, relocations: [{ offset: 2, kind: "absolute64", symbol: table, addend: 0 }], align: 8 };
}

function tables(small: number): DataFragment[] {
  const gdt = new Uint8Array(8 * GDT.length);
  const view = new DataView(gdt.buffer);
  GDT.forEach((d, i) => view.setBigUint64(8 * i, d, true));
  return [
    bss(BOOT.pml4, PAGE, PAGE),
    bss(BOOT.pdpt, PAGE, PAGE),
    bss(BOOT.pd, 4 * PAGE, PAGE),
    bss(BOOT.pt, small * PAGE, PAGE),
    bss(BOOT.idt, IDT_BYTES, 16),
    bss(BOOT.tss, TSS_BYTES, 16),
    bss(BOOT.interruptStack, INTERRUPT_STACK_BYTES, 16),
    bss(BOOT.info, INFO_BYTES, 8),
    bss(BOOT.map, MAP_BYTES, 8),
    bss(BOOT.commandLine, COMMAND_LINE_BYTES, 8),
    { symbol: BOOT.gdt, section: "data", start: 0, bytes: gdt, size: gdt.length, relocations: [], align: 8 },
    descriptorPointer(BOOT.gdtPointer, gdt.length - 1, BOOT.gdt),
    descriptorPointer(BOOT.idtPointer, IDT_BYTES - 1, BOOT.idt),
  ];
}

export function linkQemu(object: ObjectCode, options: ImageOptions): Image {
  const headers = headerBytes(HEADERS) + NOTE_BYTES;
  // The boot stack comes first in bss, so that the pages with rights of their own end there.
  const isStack = (d: DataFragment): boolean => d.symbol === "boot_stack_guard";
  const data = [...object.data.filter(isStack), ...object.data.filter((d) => !isStack(d))];
  let upTo = BASE + 64 * PAGE;
  for (const c of object.code) upTo += c.bytes.length + c.align + 16 * c.safePoints.length;
  for (const d of data) if (d.section !== "bss" || isStack(d)) upTo += d.size + d.align;
  const small = Math.ceil(upTo / LARGE_PAGE);
  const linked = link({ ...object, data: [...data, ...tables(small)] }, { base: BASE, headerBytes: headers, debugInfo: options.debugInfo, symbols: new Map([[BOOT.ptCount, small]]) });
  if (linked.symbols.get("boot_stack_top")! > small * LARGE_PAGE) throw new Error("the boot stack lies beyond the small pages");
  const load = (s: Segment, flags: number, from: number): ProgramHeader => ({
    type: PT_LOAD,
    flags,
    offset: s.fileOffset - from,
    address: s.address - from,
    fileBytes: s.bytes.length + from,
    memoryBytes: s.bytes.length + s.zeroes + from,
    align: PAGE,
  });
  const [rodata, text, words] = linked.segments as [Segment, Segment, Segment];
  const noteOffset = headerBytes(HEADERS);
  const entry = linked.symbols.get("stub.start")!;
  const bytes = writeElf({
    machine: EM_X86_64,
    entry,
    headers: [
      load(rodata, PF_R, headers),
      load(text, PF_R | PF_X, 0),
      load(words, PF_R | PF_W, 0),
      { type: PT_NOTE, flags: PF_R, offset: noteOffset, address: BASE + noteOffset, fileBytes: NOTE_BYTES, memoryBytes: NOTE_BYTES, align: 4 },
    ],
    parts: [{ offset: noteOffset, bytes: note(entry) }, ...linked.segments.map((s) => ({ offset: s.fileOffset, bytes: s.bytes }))],
  });
  return { bytes, sizes: linked.sizes, symbols: linked.symbols, headerBytes: headers };
}
