/**
 * Linking: gives addresses to fragments, makes the stack maps, resolves relocations. The result is a list of segments with
 * their bytes, from which a target's file writes an image.
 */
import type { CodeFragment, DataFragment, ObjectCode, Relocation, SectionName } from "../codegen/object.ts";
import { debugTable } from "./debug-table.ts";
import { stackMaps } from "./stack-maps.ts";

export const PAGE = 4096;

export interface Segment {
  readonly name: "text" | "rodata" | "data";
  readonly address: number;
  readonly bytes: Uint8Array;
  /** Bytes of zeroes after `bytes`. */
  readonly zeroes: number;
  /** Where in the file; congruent to the address modulo the page size. */
  readonly fileOffset: number;
}

export interface SymbolSize {
  readonly symbol: string;
  readonly section: "text" | SectionName | "maps";
  readonly address: number;
  readonly size: number;
}

export interface LinkOptions {
  /** Address of the first byte of the file. */
  readonly base: number;
  /** Bytes of headers at the beginning of the file; they are part of the read-only segment. */
  readonly headerBytes: number;
  readonly debugInfo: boolean;
  /** Symbols that the target adds, with their addresses given when all else has one. */
  readonly symbols?: ReadonlyMap<string, number>;
}

export interface Linked {
  readonly segments: readonly Segment[];
  readonly symbols: ReadonlyMap<string, number>;
  readonly sizes: readonly SymbolSize[];
  /** End of memory that the image takes. */
  readonly end: number;
}

export class LinkError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "LinkError";
  }
}

function alignUp(n: number, to: number): number {
  return Math.ceil(n / to) * to;
}

interface Placed<F> {
  readonly fragment: F;
  readonly address: number;
}

export function link(object: ObjectCode, options: LinkOptions): Linked {
  const symbols = new Map<string, number>();
  const sizes: SymbolSize[] = [];
  const define = (name: string, address: number): void => {
    if (symbols.has(name)) throw new LinkError(`symbol ${name} is defined twice`);
    symbols.set(name, address);
  };

  // Read-only data first: the headers are in its first page. Its size without the maps is known now.
  const bySection = (section: SectionName): DataFragment[] => object.data.filter((d) => d.section === section);
  const textBytes = codeSize(object.code);
  const maps = stackMaps(object.code, textBytes.offsets, textBytes.size);
  const debug = options.debugInfo ? debugTable(maps.order) : undefined;
  const mapFragments: DataFragment[] = [maps.index, maps.entries, maps.pool];
  if (debug !== undefined) mapFragments.push(debug);
  const rodata = [...bySection("rodata"), ...mapFragments];

  let file = options.headerBytes;
  let address = options.base + file;
  const placeData = (fragments: readonly DataFragment[]): Placed<DataFragment>[] => {
    const placed: Placed<DataFragment>[] = [];
    for (const fragment of fragments) {
      address = alignUp(address, fragment.align);
      placed.push({ fragment, address });
      define(fragment.symbol, address + fragment.start);
      sizes.push({ symbol: fragment.symbol, section: mapFragments.includes(fragment) ? "maps" : fragment.section, address, size: fragment.size });
      address += fragment.size;
    }
    return placed;
  };

  const rodataStart = address;
  define("rodata_start", rodataStart);
  const placedRodata = placeData(rodata);
  define("rodata_end", address);
  if (debug === undefined) define("debug_entries", 0);
  define("stack_map_entry_bytes", maps.entryBytes);
  const rodataFile = options.headerBytes;
  file = rodataFile + (address - rodataStart);

  // Text: a new page, at a place that agrees with the file's.
  file = alignUp(file, 64);
  address = alignUp(address, PAGE) + (file % PAGE);
  const textStart = address;
  const textFile = file;
  define("text_start", textStart);
  const placedCode: Placed<CodeFragment>[] = object.code.map((fragment, i) => {
    const at = textStart + textBytes.offsets[i]!;
    define(fragment.symbol, at + fragment.start);
    for (const [name, offset] of fragment.labels) define(name, at + offset);
    sizes.push({ symbol: fragment.symbol, section: "text", address: at, size: fragment.bytes.length });
    return { fragment, address: at };
  });
  address = textStart + textBytes.size;
  define("text_end", address);
  file = textFile + textBytes.size;

  // Data: mutable blocks, other words, zeroes.
  file = alignUp(file, 16);
  address = alignUp(address, PAGE) + (file % PAGE);
  const dataStart = address;
  const dataFile = file;
  define("data_start", dataStart);
  define("roots_start", dataStart);
  const roots = bySection("roots");
  const placedRoots = placeData(roots);
  define("roots_end", address);
  const placedWords = placeData(bySection("data"));
  define("data_end", address);
  const dataEnd = address;
  address = alignUp(address, 16);
  define("bss_start", address);
  placeData(bySection("bss"));
  define("bss_end", address);
  const end = alignUp(address, PAGE);
  define("image_start", options.base);
  define("image_end", end);
  for (const [name, value] of options.symbols ?? []) define(name, value);
  // The boot stack is the guard page and what follows.
  const guard = symbols.get("boot_stack_guard");
  const stack = sizes.find((s) => s.symbol === "boot_stack_guard");
  if (guard !== undefined && stack !== undefined) define("boot_stack_top", guard + stack.size);
  for (const [alias, symbol] of object.aliases) {
    if (alias === symbol) continue;
    const target = symbols.get(symbol);
    if (target === undefined) throw new LinkError(`export ${alias} names ${symbol}, which does not exist`);
    define(alias, target);
  }

  const resolve = (r: Relocation, bytes: Uint8Array, at: number, place: number, where: string): void => {
    const target = symbols.get(r.symbol);
    if (target === undefined) throw new LinkError(`${where} refers to ${r.symbol}, which does not exist`);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    switch (r.kind) {
      case "absolute32":
        view.setInt32(at + r.offset, (target + r.addend) | 0, true);
        break;
      case "absolute64":
        view.setBigUint64(at + r.offset, BigInt.asUintN(64, BigInt(target + r.addend)), true);
        break;
      case "relative32":
        view.setInt32(at + r.offset, target + r.addend - (place + r.offset), true);
        break;
    }
  };
  const fill = (start: number, size: number, placed: readonly Placed<CodeFragment | DataFragment>[], padding: number): Uint8Array => {
    const bytes = new Uint8Array(size).fill(padding);
    for (const { fragment, address: at } of placed) {
      bytes.set(fragment.bytes, at - start);
      for (const r of fragment.relocations) resolve(r, bytes, at - start, at, fragment.symbol);
    }
    return bytes;
  };
  const segments: Segment[] = [
    { name: "rodata", address: rodataStart, bytes: fill(rodataStart, symbols.get("rodata_end")! - rodataStart, placedRodata, 0), zeroes: 0, fileOffset: rodataFile },
    { name: "text", address: textStart, bytes: fill(textStart, textBytes.size, placedCode, 0xcc), zeroes: 0, fileOffset: textFile },
    { name: "data", address: dataStart, bytes: fill(dataStart, dataEnd - dataStart, [...placedRoots, ...placedWords], 0), zeroes: end - dataEnd, fileOffset: dataFile },
  ];
  return { segments, symbols, sizes, end };
}

function codeSize(code: readonly CodeFragment[]): { readonly offsets: readonly number[]; readonly size: number } {
  let size = 0;
  const offsets: number[] = [];
  for (const c of code) {
    size = alignUp(size, c.align);
    offsets.push(size);
    size += c.bytes.length;
  }
  return { offsets, size };
}
