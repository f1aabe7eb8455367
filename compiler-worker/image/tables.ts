/** Read-only tables of an image. */
import type { DataFragment } from "../codegen/object.ts";

export function fragment(symbol: string, bytes: Uint8Array, align: number): DataFragment {
  return { symbol, section: "rodata", start: 0, bytes, size: bytes.length, relocations: [], align };
}

/** Appends a number in groups of seven bits, the lowest first (LEB128). */
export function varint(out: number[], n: number): void {
  let rest = n;
  while (rest >= 0x80) {
    out.push((rest & 0x7f) | 0x80);
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
}
