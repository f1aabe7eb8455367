/**
 * Liveness of virtual registers in machine code. A value that a trap handler needs is live in all of the region.
 *
 * Besides the usual sets, `near`: live and used before the next call on some path. Calls destroy all registers, so that is
 * what makes a register worth having.
 */
import type { MachineBlock, MachineFunction } from "./machine.ts";

/** A set of small numbers, as bits in a part of an array. */
export class BitSet {
  readonly #words: Uint32Array;
  readonly #start: number;
  readonly #end: number;

  /** `words` from `start` on; an array of its own when not given. */
  constructor(size: number, words: Uint32Array = new Uint32Array((size + 31) >> 5), start = 0) {
    this.#words = words;
    this.#start = start;
    this.#end = start + ((size + 31) >> 5);
  }

  has(i: number): boolean {
    return (this.#words[this.#start + (i >> 5)]! & (1 << (i & 31))) !== 0;
  }

  add(i: number): void {
    this.#words[this.#start + (i >> 5)]! |= 1 << (i & 31);
  }

  fill(): void {
    this.#words.fill(0xffffffff, this.#start, this.#end);
  }

  /** this := use ∪ (out − def); whether it changed. All are of one size. */
  transfer(use: BitSet, out: BitSet, def: BitSet): boolean {
    let changed = false;
    for (let i = this.#start, u = use.#start, o = out.#start, d = def.#start; i < this.#end; i++, u++, o++, d++) {
      const next = (use.#words[u]! | (out.#words[o]! & ~def.#words[d]!)) >>> 0;
      if (next !== this.#words[i]) {
        this.#words[i] = next;
        changed = true;
      }
    }
    return changed;
  }

  union(other: BitSet): void {
    for (let i = this.#start, o = other.#start; i < this.#end; i++, o++) this.#words[i]! |= other.#words[o]!;
  }

  forEach(visit: (i: number) => void): void {
    for (let w = this.#start; w < this.#end; w++) {
      let bits = this.#words[w]!;
      while (bits !== 0) {
        const low = bits & -bits;
        visit(((w - this.#start) << 5) + (31 - Math.clz32(low)));
        bits ^= low;
      }
    }
  }
}

/**
 * The registers that are live from one block to another. Most are not: functions of many thousand blocks have few such
 * registers, and these are numbered anew for the sets.
 */
class Shared {
  /** The registers, ascending. */
  readonly registers: number[] = [];
  readonly numbers: Int32Array;

  constructor(f: MachineFunction) {
    const { blocks } = f;
    /** The block that defines a register last, plus one. */
    const definedIn = new Int32Array(f.kinds.length);
    const shared = new Uint8Array(f.kinds.length);
    blocks.forEach((b, k) => {
      const use = (r: number): void => {
        if (definedIn[r] !== k + 1) shared[r] = 1;
      };
      for (const p of b.params) definedIn[p] = k + 1;
      for (const i of b.instructions) {
        for (const u of i.uses) use(u);
        for (const d of i.defs) definedIn[d] = k + 1;
      }
      for (const edge of b.edges) for (const arg of edge.args) if (arg.kind === "register") use(arg.register);
    });
    this.numbers = new Int32Array(f.kinds.length).fill(-1);
    for (let r = 0; r < shared.length; r++) {
      if (shared[r] !== 1) continue;
      this.numbers[r] = this.registers.length;
      this.registers.push(r);
    }
  }

  /** A set for each block. */
  sets(blocks: number): BitSet[] {
    const size = this.registers.length;
    const words = (size + 31) >> 5;
    const all = new Uint32Array(words * blocks);
    return Array.from({ length: blocks }, (_, k) => new BitSet(size, all, words * k));
  }
}

/** Registers that are live somewhere. */
export class LiveSet {
  readonly #shared: Shared;
  readonly #bits: BitSet;

  constructor(shared: Shared, bits: BitSet) {
    this.#shared = shared;
    this.#bits = bits;
  }

  has(register: number): boolean {
    const n = this.#shared.numbers[register]!;
    return n >= 0 && this.#bits.has(n);
  }

  forEach(visit: (register: number) => void): void {
    const { registers } = this.#shared;
    this.#bits.forEach((n) => visit(registers[n]!));
  }
}

export interface Liveness {
  readonly liveIn: readonly LiveSet[];
  readonly liveOut: readonly LiveSet[];
  readonly nearIn: readonly LiveSet[];
  readonly nearOut: readonly LiveSet[];
}

export function isCall(clobbers: number): boolean {
  return clobbers === -1;
}

export function computeLiveness(f: MachineFunction): Liveness {
  const { blocks } = f;
  const shared = new Shared(f);
  const { numbers } = shared;
  const make = (): BitSet[] => shared.sets(blocks.length);
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
    const uses = (register: number): void => {
      const n = numbers[register]!;
      if (n < 0 || def[k]!.has(n)) return;
      use[k]!.add(n);
      if (!called) nearUse[k]!.add(n);
    };
    const defines = (register: number): void => {
      const n = numbers[register]!;
      if (n < 0) return;
      def[k]!.add(n);
      if (!called) nearDef[k]!.add(n);
    };
    for (const p of b.params) defines(p);
    for (const i of b.instructions) {
      for (const u of i.uses) uses(u);
      for (const d of i.defs) defines(d);
      if (isCall(i.clobbers)) called = true;
    }
    for (const edge of b.edges) for (const arg of edge.args) if (arg.kind === "register") uses(arg.register);
    // Nothing is near across a call: as if the block defined everything.
    if (called) nearDef[k]!.fill();
  });
  const successors = blocks.map((b) => b.edges.map((e) => e.target));
  iterate(blocks, successors, use, def, liveIn, liveOut, true);
  iterate(blocks, successors, nearUse, nearDef, nearIn, nearOut, false);
  const live = (sets: readonly BitSet[]): LiveSet[] => sets.map((bits) => new LiveSet(shared, bits));
  return { liveIn: live(liveIn), liveOut: live(liveOut), nearIn: live(nearIn), nearOut: live(nearOut) };
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
