/**
 * Blocks of a function with the same code become one, after register allocation: copies of small handlers, cases that do the same, the same way out.
 * A block stays in its loop.
 */
import type { Instruction, MachineBlock, MachineFunction } from "./machine.ts";

/** A block of one instruction is as small as the jump that may have to take its place. */
const FEWEST_INSTRUCTIONS = 2;

export function foldBlocks(f: MachineFunction): void {
  const { blocks } = f;
  const entry = blocks[0]!;
  const sameAs = new Map<MachineBlock, MachineBlock>();
  // What follows a block comes later as a rule, and when that has become one, the block may be like another too.
  for (let changed = true; changed; ) {
    changed = false;
    const seen = new Map<number, MachineBlock[]>();
    for (let k = 0; k < blocks.length; k++) {
      const b = blocks[k]!;
      if (b === entry || b.landing || b.instructions.length < FEWEST_INSTRUCTIONS || sameAs.has(b)) continue;
      const hash = hashOf(b);
      const others = seen.get(hash);
      if (others === undefined) {
        seen.set(hash, [b]);
        continue;
      }
      const first = others.find((other) => sameBlock(other, b));
      if (first === undefined) others.push(b);
      else {
        sameAs.set(b, first);
        changed = true;
      }
    }
    if (!changed) return;
    for (let k = 0; k < blocks.length; k++) {
      const { edges } = blocks[k]!;
      for (let e = 0; e < edges.length; e++) {
        const to = sameAs.get(edges[e]!.target);
        if (to !== undefined) edges[e]!.target = to;
      }
    }
  }
}

function hashOf(b: MachineBlock): number {
  let hash = b.cold ? 1 : 0;
  const add = (n: number): void => {
    hash = (Math.imul(hash, 31) + n) | 0;
  };
  for (let k = 0; k < b.edges.length; k++) add(b.edges[k]!.target.id);
  for (let k = 0; k < b.instructions.length; k++) {
    const i = b.instructions[k]!;
    add(i.op);
    for (let n = 0; n < i.defs.length; n++) add(i.defs[n]!);
    for (let n = 0; n < i.uses.length; n++) add(i.uses[n]!);
    // Blocks of one shape may be many, for instance the results of a match: what they differ in counts.
    add(Number(i.immediate));
    add(i.offset);
    if (i.symbol !== undefined) for (let n = 0; n < i.symbol.length; n++) add(i.symbol.charCodeAt(n));
  }
  return hash;
}

function sameBlock(a: MachineBlock, b: MachineBlock): boolean {
  return (
    a.cold === b.cold && a.loop === b.loop && a.instructions.length === b.instructions.length && a.edges.length === b.edges.length &&
    a.edges.every((edge, k) => edge.target === b.edges[k]!.target) && a.instructions.every((i, k) => sameInstruction(i, b.instructions[k]!))
  );
}

function sameInstruction(a: Instruction, b: Instruction): boolean {
  return (
    a.op === b.op && a.immediate === b.immediate && a.symbol === b.symbol && a.offset === b.offset && a.scale === b.scale && a.width === b.width && a.detail === b.detail &&
    a.addressUses === b.addressUses && a.loc === b.loc && sameNumbers(a.defs, b.defs) && sameNumbers(a.uses, b.uses) && sameSafePoint(a, b)
  );
}

/** What is called, or allocates, or raises, has its place in backtraces (`loc`): those of two places are two. */
function sameSafePoint(a: Instruction, b: Instruction): boolean {
  const [p, q] = [a.safePoint, b.safePoint];
  if (p === undefined || q === undefined) return p === q;
  return p.call === q.call && p.registers === q.registers && sameNumbers(p.slots, q.slots);
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i]);
}
