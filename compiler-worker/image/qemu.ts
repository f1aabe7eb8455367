/** Target `qemu`: a kernel for PVH, linked at 1 MiB, for QEMU's machines pc, q35 and microvm. */
import type { DataFragment, ObjectCode } from "../codegen/object.ts";
import { BOOT, COMMAND_LINE_BYTES, GDT, IDT_BYTES, INFO_BYTES, INTERRUPT_STACK_BYTES, MAP_BYTES, TSS_BYTES } from "../codegen/x86-64/boot.ts";
import type { Image, ImageOptions } from "./image.ts";
import { link, PAGE, type Segment } from "./link.ts";
import { packedKernel } from "./pvh.ts";

const BASE = 0x10_0000;
const LARGE_PAGE = 0x20_0000;
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
  // The boot stack comes first in bss, so that the pages with rights of their own end there.
  const isStack = (d: DataFragment): boolean => d.symbol === "boot_stack_guard";
  const data = [...object.data.filter(isStack), ...object.data.filter((d) => !isStack(d))];
  let upTo = BASE + 64 * PAGE;
  for (const c of object.code) upTo += c.bytes.length + c.align + 16 * c.safePoints.length;
  for (const d of data) if (d.section !== "bss" || isStack(d)) upTo += d.size + d.align;
  const small = Math.ceil(upTo / LARGE_PAGE);
  const linked = link({ ...object, data: [...data, ...tables(small)] }, { base: BASE, headerBytes: 0, debugInfo: options.debugInfo, symbols: new Map([[BOOT.ptCount, small]]) });
  if (linked.symbols.get("boot_stack_top")! > small * LARGE_PAGE) throw new Error("the boot stack lies beyond the small pages");
  const memory = asInMemory(linked.segments);
  const bytes = packedKernel({ memory, address: BASE, end: linked.symbols.get("image_end")!, entry: linked.symbols.get("stub.start")! });
  return { bytes, unpackedBytes: memory.length, sizes: linked.sizes, symbols: linked.symbols, headerBytes: 0 };
}

/** The segments as they lie in memory from `BASE` on, up to the end of what is not zero. */
function asInMemory(segments: readonly Segment[]): Uint8Array {
  let size = 0;
  for (const s of segments) size = Math.max(size, s.address + s.bytes.length - BASE);
  const bytes = new Uint8Array(size);
  for (const s of segments) bytes.set(s.bytes, s.address - BASE);
  return bytes;
}
