/** Target `unix`: a static Linux executable without libc, at 0x400000, with text, read-only data and data in pages of their own. */
import type { ObjectCode } from "../codegen/object.ts";
import { EM_X86_64, headerBytes, PF_R, PF_W, PF_X, PT_GNU_STACK, PT_LOAD, writeElf, type ProgramHeader } from "./elf.ts";
import type { Image, ImageOptions } from "./image.ts";
import { link, PAGE, type Segment } from "./link.ts";

const BASE = 0x40_0000;
const HEADERS = 4;

export function linkUnix(object: ObjectCode, options: ImageOptions): Image {
  const headers = headerBytes(HEADERS);
  const linked = link(object, { base: BASE, headerBytes: headers, debugInfo: options.debugInfo });
  const load = (s: Segment, flags: number, from: number): ProgramHeader => ({
    type: PT_LOAD,
    flags,
    offset: s.fileOffset - from,
    address: s.address - from,
    fileBytes: s.bytes.length + from,
    memoryBytes: s.bytes.length + s.zeroes + from,
    align: PAGE,
  });
  const [rodata, text, data] = linked.segments as [Segment, Segment, Segment];
  const bytes = writeElf({
    machine: EM_X86_64,
    entry: linked.symbols.get("stub.start")!,
    headers: [
      load(rodata, PF_R, headers),
      load(text, PF_R | PF_X, 0),
      load(data, PF_R | PF_W, 0),
      { type: PT_GNU_STACK, flags: PF_R | PF_W, offset: 0, address: 0, fileBytes: 0, memoryBytes: 0, align: 16 },
    ],
    parts: linked.segments.map((s) => ({ offset: s.fileOffset, bytes: s.bytes })),
  });
  return { bytes, unpackedBytes: bytes.length, sizes: linked.sizes, symbols: linked.symbols, headerBytes: headers };
}
