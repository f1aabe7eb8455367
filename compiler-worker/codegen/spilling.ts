/**
 * Where values are stored: a value in SSA form is computed once, so storing it once, somewhere between its definition and
 * the first place that wants it in memory, makes its slot right for ever after.
 *
 * Every value that lives across a call needs its slot there. The store goes to the nearest common dominator of these
 * calls, moved out of loops that the definition is not in: paths without a call then do not store.
 */
import { commonDominator } from "../ssa/ssa.ts";
import { computeLiveness, isCall, type Liveness } from "./liveness.ts";
import type { MachineFunction } from "./machine.ts";

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
  const want = (v: number, block: number): void => {
    store[v] = store[v] === NOT_STORED ? block : commonDominator(idom, store[v]!, block);
  };
  blocks.forEach((b, k) => {
    const current = new Set<number>();
    live.liveOut[k]!.forEach((v) => current.add(v));
    for (const edge of b.edges) for (const arg of edge.args) if (arg.kind === "register") current.add(arg.register);
    const wants = b.instructions.some((i) => isCall(i.clobbers));
    // All that a trap handler uses has to be in memory when the region begins.
    for (const edge of b.edges) if (edge.target.landing) live.liveIn[edge.target.id]!.forEach((v) => want(v, k));
    if (!wants) return;
    for (let n = b.instructions.length - 1; n >= 0; n--) {
      const i = b.instructions[n]!;
      for (const d of i.defs) current.delete(d);
      if (isCall(i.clobbers)) for (const v of current) want(v, k);
      for (const u of i.uses) current.add(u);
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
  return { store, definition, atStart, idom };
}

export { computeLiveness };
