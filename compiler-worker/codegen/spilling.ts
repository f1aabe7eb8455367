/**
 * Where values are stored: a value in SSA form is computed once, so storing it once, somewhere between its definition and
 * the first place that wants it in memory, makes its slot right for ever after.
 *
 * Every value that lives across a call needs its slot there. The store goes to the nearest common dominator of these
 * calls, moved out of loops that the definition is not in: paths without a call then do not store.
 */
import { commonDominator } from "../ssa/ssa.ts";
import { isCall, type Liveness } from "./liveness.ts";
import type { Instruction, MachineFunction } from "./machine.ts";

export const NOT_STORED = -1;
/** Stored right after the definition. */
export const AT_DEFINITION = -2;

export interface SpillPlan {
  /** For each virtual register: NOT_STORED, AT_DEFINITION, or the block at whose start it is stored. */
  readonly store: Int32Array;
  readonly definition: Int32Array;
  /** Per block, the registers to store at its start. */
  readonly atStart: readonly number[][];
  readonly idom: Int32Array;
  /** The values that live across each safe point. */
  readonly across: ReadonlyMap<Instruction, readonly number[]>;
  /** First and last position, in block order, at which each virtual register is live. */
  readonly start: Int32Array;
  readonly end: Int32Array;
}

export function dominatesBlock(idom: Int32Array, a: number, b: number): boolean {
  while (b > a) b = idom[b]!;
  return a === b;
}

export function planSpills(f: MachineFunction, live: Liveness): SpillPlan {
  const size = f.kinds.length;
  const { blocks } = f;
  const idom = Int32Array.from(blocks, (b) => b.idom);
  const definition = new Int32Array(size).fill(0);
  blocks.forEach((b, k) => {
    for (const p of b.params) definition[p] = k;
    for (const i of b.instructions) for (const d of i.defs) definition[d] = k;
  });
  const store = new Int32Array(size).fill(NOT_STORED);
  const across = new Map<Instruction, readonly number[]>();
  const start = new Int32Array(size).fill(0x7fff_ffff);
  const end = new Int32Array(size).fill(-1);
  const want = (v: number, block: number): void => {
    store[v] = store[v] === NOT_STORED ? block : commonDominator(idom, store[v]!, block);
  };
  const extend = (v: number, position: number): void => {
    if (position < start[v]!) start[v] = position;
    if (position > end[v]!) end[v] = position;
  };
  let base = 0;
  blocks.forEach((b, k) => {
    const first = base;
    base += b.instructions.length + 2;
    const last = base - 1;
    const current = new Set<number>();
    live.liveOut[k]!.forEach((v) => {
      current.add(v);
      extend(v, last);
    });
    live.liveIn[k]!.forEach((v) => extend(v, first));
    for (const p of b.params) extend(p, first);
    for (const edge of b.edges) {
      for (const arg of edge.args) {
        if (arg.kind !== "register") continue;
        current.add(arg.register);
        extend(arg.register, last);
      }
    }
    // All that a trap handler uses has to be in memory when the region begins.
    for (const edge of b.edges) if (edge.target.landing) live.liveIn[edge.target.id]!.forEach((v) => want(v, k));
    for (let n = b.instructions.length - 1; n >= 0; n--) {
      const i = b.instructions[n]!;
      for (const d of i.defs) {
        current.delete(d);
        extend(d, first + 1 + n);
      }
      if (isCall(i.clobbers)) for (const v of current) want(v, k);
      if (i.safePoint !== undefined) across.set(i, [...current].filter((v) => f.kinds[v] === "value"));
      for (const u of i.uses) {
        current.add(u);
        extend(u, first + 1 + n);
      }
    }
  });
  const atStart: number[][] = blocks.map(() => []);
  for (let v = 0; v < size; v++) {
    let block = store[v]!;
    if (block === NOT_STORED) continue;
    const defined = definition[v]!;
    while (block !== defined && blocks[block]!.loopDepth > blocks[defined]!.loopDepth) {
      // Out of the innermost loop: to the block that dominates its header.
      const header = blocks[block]!.loop;
      if (header < 0 || !dominatesBlock(idom, defined, idom[header]!) || header === 0) break;
      block = idom[header]!;
    }
    if (block === defined || blocks[block]!.landing) store[v] = AT_DEFINITION;
    else {
      store[v] = block;
      atStart[block]!.push(v);
    }
  }
  return { store, definition, atStart, idom, across, start, end };
}
