/** The stack maps, in the format of ARCHITECTURE section 7.3. */
import type { CodeFragment, DataFragment, SafePoint } from "../codegen/object.ts";
import { fragment, varint } from "./tables.ts";

/** A record of the index stands for so many bytes of text, in parts. */
const BLOCK = 1024;
const PART = 256;
const PARTS = BLOCK / PART;

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

/** The safe points in the order of the entries. */
export type SafePointOrder = readonly { readonly point: SafePoint; readonly code: CodeFragment }[];

export interface StackMaps {
  readonly index: DataFragment;
  readonly entries: DataFragment;
  readonly pool: DataFragment;
  readonly order: SafePointOrder;
  readonly entryBytes: number;
}

/** `offsets`: where each fragment lies in the text. */
export function stackMaps(code: readonly CodeFragment[], offsets: readonly number[], textBytes: number): StackMaps {
  const order: { readonly point: SafePoint; readonly code: CodeFragment; readonly at: number }[] = [];
  code.forEach((c, i) => {
    for (const point of c.safePoints) order.push({ point, code: c, at: offsets[i]! + point.offset });
  });
  order.sort((a, b) => a.at - b.at);
  const pool: number[] = [];
  const known = new Map<string, number>();
  const descriptors = order.map(({ point }) => {
    const bytes = descriptor(point);
    const key = String.fromCharCode(...bytes);
    let offset = known.get(key);
    if (offset === undefined) {
      offset = pool.length;
      known.set(key, offset);
      for (const byte of bytes) pool.push(byte);
    }
    return offset;
  });
  const entryBytes = pool.length <= 0x1_0000 ? 3 : 4;
  const entries = new Uint8Array(entryBytes * order.length);
  order.forEach(({ at }, i) => {
    const to = entryBytes * i;
    const offset = descriptors[i]!;
    entries[to] = at % PART;
    entries[to + 1] = offset & 0xff;
    entries[to + 2] = (offset >> 8) & 0xff;
    if (entryBytes === 4) entries[to + 3] = offset >> 16;
  });
  return { index: fragment("stack_map_index", index(order, textBytes), 4), entries: fragment("stack_map_entries", entries, 1), pool: fragment("stack_map_pool", Uint8Array.from(pool), 1), order, entryBytes };
}

function index(order: readonly { readonly at: number }[], textBytes: number): Uint8Array {
  // A return address may lie right behind the last byte; the record after the last one ends it.
  const records = Math.floor(textBytes / BLOCK) + 2;
  const bytes = new Uint8Array(2 * PARTS * records);
  const view = new DataView(bytes.buffer);
  let next = 0;
  for (let record = 0; record < records; record++) {
    const first = next;
    view.setUint32(8 * record, first, true);
    for (let part = 0; part < PARTS; part++) {
      if (next - first > 0xff) throw new Error("too many safe points in a block of text");
      bytes[8 * record + 4 + part] = next - first;
      const end = record * BLOCK + (part + 1) * PART;
      while (next < order.length && order[next]!.at < end) next++;
    }
  }
  return bytes;
}
