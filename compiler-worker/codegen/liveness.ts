/**
 * Liveness of virtual registers in machine code. A value that a trap handler needs is live in all of the region.
 *
 * Besides the usual sets, `near`: live and used before the next call on some path. Calls destroy all registers, so that is
 * what makes a register worth having.
 */
import type { MachineBlock, MachineFunction } from "./machine.ts";

export class BitSet {
  readonly words: Uint32Array;

  constructor(size: number) {
    this.words = new Uint32Array((size + 31) >> 5);
  }

  has(i: number): boolean {
    return (this.words[i >> 5]! & (1 << (i & 31))) !== 0;
  }

  add(i: number): void {
    this.words[i >> 5]! |= 1 << (i & 31);
  }

  delete(i: number): void {
    this.words[i >> 5]! &= ~(1 << (i & 31));
  }

  /** this := use ∪ (out − def); whether it changed. */
  transfer(use: BitSet, out: BitSet, def: BitSet): boolean {
    let changed = false;
    const { words } = this;
    for (let i = 0; i < words.length; i++) {
      const next = (use.words[i]! | (out.words[i]! & ~def.words[i]!)) >>> 0;
      if (next !== words[i]) {
        words[i] = next;
        changed = true;
      }
    }
    return changed;
  }

  union(other: BitSet): void {
    const { words } = this;
    for (let i = 0; i < words.length; i++) words[i]! |= other.words[i]!;
  }

  forEach(visit: (i: number) => void): void {
    const { words } = this;
    for (let w = 0; w < words.length; w++) {
      let bits = words[w]!;
      while (bits !== 0) {
        const low = bits & -bits;
        visit((w << 5) + (31 - Math.clz32(low)));
        bits ^= low;
      }
    }
  }
}

export interface Liveness {
  readonly liveIn: readonly BitSet[];
  readonly liveOut: readonly BitSet[];
  readonly nearIn: readonly BitSet[];
  readonly nearOut: readonly BitSet[];
}

export function isCall(clobbers: number): boolean {
  return clobbers === -1;
}

export function computeLiveness(f: MachineFunction): Liveness {
  const size = f.kinds.length;
  const { blocks } = f;
  const make = (): BitSet[] => blocks.map(() => new BitSet(size));
  const use = make();
  const def = make();
  const nearUse = make();
  const nearDef = make();
  const liveIn = make();
  const liveOut = make();
  const nearIn = make();
  const nearOut = make();
  blocks.forEach((b, k) => {
    let called = false;
    for (const p of b.params) {
      def[k]!.add(p);
      nearDef[k]!.add(p);
    }
    for (const i of b.instructions) {
      for (const u of i.uses) {
        if (def[k]!.has(u)) continue;
        use[k]!.add(u);
        if (!called) nearUse[k]!.add(u);
      }
      for (const d of i.defs) {
        def[k]!.add(d);
        if (!called) nearDef[k]!.add(d);
      }
      if (isCall(i.clobbers)) called = true;
    }
    for (const edge of b.edges) {
      for (const arg of edge.args) {
        if (arg.kind !== "register" || def[k]!.has(arg.register)) continue;
        use[k]!.add(arg.register);
        if (!called) nearUse[k]!.add(arg.register);
      }
    }
    // Nothing is near across a call: as if the block defined everything.
    if (called) nearDef[k]!.words.fill(0xffffffff);
  });
  const successors = blocks.map((b) => b.edges.map((e) => e.target));
  iterate(blocks, successors, use, def, liveIn, liveOut, true);
  iterate(blocks, successors, nearUse, nearDef, nearIn, nearOut, false);
  return { liveIn, liveOut, nearIn, nearOut };
}

function iterate(blocks: readonly MachineBlock[], successors: readonly (readonly MachineBlock[])[], use: readonly BitSet[], def: readonly BitSet[], into: readonly BitSet[], out: readonly BitSet[], handlers: boolean): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (let k = blocks.length - 1; k >= 0; k--) {
      const o = out[k]!;
      // Parameters are defined in their block, so they are not among what is live into it.
      for (const s of successors[k]!) o.union(into[s.id]!);
      const handler = blocks[k]!.handler;
      if (handlers && handler !== undefined) o.union(into[handler.id]!);
      if (into[k]!.transfer(use[k]!, o, def[k]!)) changed = true;
    }
  }
}
