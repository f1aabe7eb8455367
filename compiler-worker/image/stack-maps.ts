/** The stack maps and the table of locations, in the format of ARCHITECTURE sections 7.3 and 7.8. */
import type { CodeFragment, DataFragment, SafePoint } from "../codegen/object.ts";
import type { SourceFile } from "../syntax/diagnostics.ts";

const BLOCK = 128;

function fragment(symbol: string, bytes: Uint8Array, align: number): DataFragment {
  return { symbol, section: "rodata", start: 0, bytes, size: bytes.length, relocations: [], align };
}

function fromWords(words: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * words.length);
  const view = new DataView(bytes.buffer);
  words.forEach((w, i) => view.setUint32(4 * i, w, true));
  return bytes;
}

function varint(out: number[], n: number): void {
  let rest = n;
  while (rest >= 0x80) {
    out.push((rest & 0x7f) | 0x80);
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
}

function descriptor(p: SafePoint): number[] {
  const out: number[] = [];
  varint(out, p.frameWords * 4 + (p.registers !== 0 ? 1 : 0) + (p.special !== undefined ? 2 : 0));
  if (p.registers !== 0) out.push(p.registers & 0xff, (p.registers >> 8) & 0xff);
  if (p.special !== undefined) {
    out.push(p.special === "bottom" ? 0 : 1);
    return out;
  }
  const bitmap = new Array<number>(Math.ceil(p.frameWords / 8)).fill(0);
  for (const s of p.slots) bitmap[s >> 3]! |= 1 << (s & 7);
  out.push(...bitmap);
  return out;
}

export interface StackMaps {
  readonly index: DataFragment;
  readonly entries: DataFragment;
  readonly pool: DataFragment;
  /** The safe points in the order of the entries. */
  readonly order: readonly { readonly point: SafePoint; readonly code: CodeFragment }[];
}

/** `offsets`: where each fragment lies in the text, whose start is aligned to a block. */
export function stackMaps(code: readonly CodeFragment[], offsets: readonly number[], textBytes: number): StackMaps {
  const order: { readonly point: SafePoint; readonly code: CodeFragment; readonly at: number }[] = [];
  code.forEach((c, i) => {
    for (const point of c.safePoints) order.push({ point, code: c, at: offsets[i]! + point.offset });
  });
  order.sort((a, b) => a.at - b.at);
  const pool: number[] = [];
  const known = new Map<string, number>();
  const entries: number[] = [];
  const index: number[] = [];
  for (const { point, at } of order) {
    const bytes = descriptor(point);
    const key = bytes.join(",");
    let offset = known.get(key);
    if (offset === undefined) {
      offset = pool.length;
      known.set(key, offset);
      pool.push(...bytes);
    }
    while (index.length <= Math.floor(at / BLOCK)) index.push(entries.length);
    entries.push(offset * BLOCK + (at % BLOCK));
  }
  // A return address may lie right behind the last byte.
  while (index.length <= Math.floor(textBytes / BLOCK) + 1) index.push(entries.length);
  return { index: fragment("stack_map_index", fromWords(index), 4), entries: fragment("stack_map_entries", fromWords(entries), 4), pool: fragment("stack_map_pool", Uint8Array.from(pool), 1), order };
}

/** Line and column (from 0) of an offset, with a table of line starts per file. */
class Lines {
  readonly #starts = new Map<SourceFile, number[]>();

  position(file: SourceFile, offset: number): { readonly line: number; readonly column: number } {
    let starts = this.#starts.get(file);
    if (starts === undefined) {
      starts = [0];
      for (let i = file.text.indexOf("\n"); i >= 0; i = file.text.indexOf("\n", i + 1)) starts.push(i + 1);
      this.#starts.set(file, starts);
    }
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! };
  }
}

/** A function's name as OCaml's backtraces have it: top-level code by its module, functions without a name as `(fun)`. */
function functionName(symbol: string, file: string): string {
  if (/^init\.\d+$/.test(symbol)) {
    const base = file.slice(file.lastIndexOf("/") + 1).replace(/\.ml$/, "");
    return base.charAt(0).toUpperCase() + base.slice(1);
  }
  return symbol.replace(/(?:\.fun)+(?:\.\d+)?$/, ".(fun)").replace(/\.\d+$/, "");
}

export function debugTable(_code: readonly CodeFragment[], order: StackMaps["order"]): DataFragment {
  const lines = new Lines();
  const head = 4 * order.length;
  const body: number[] = [];
  const names = new Map<string, number>();
  const name = (text: string): number => {
    let at = names.get(text);
    if (at === undefined) {
      at = head + body.length;
      names.set(text, at);
      for (let i = 0; i < text.length; i++) body.push(text.charCodeAt(i) & 0xff);
      body.push(0);
    }
    return at;
  };
  const known = new Map<string, number>();
  const entries = order.map(({ point, code }) => {
    const loc = point.loc;
    if (loc === undefined) return 0;
    const { line, column } = lines.position(loc.file, loc.start);
    const bytes: number[] = [];
    varint(bytes, name(loc.file.name));
    varint(bytes, line);
    varint(bytes, column);
    varint(bytes, column + Math.max(0, loc.end - loc.start));
    varint(bytes, name(functionName(code.symbol, loc.file.name)));
    const key = bytes.join(",");
    let at = known.get(key);
    if (at === undefined) {
      at = head + body.length;
      known.set(key, at);
      body.push(...bytes);
    }
    return at;
  });
  const bytes = new Uint8Array(head + body.length);
  bytes.set(fromWords(entries));
  bytes.set(Uint8Array.from(body), head);
  return fragment("debug_entries", bytes, 4);
}
