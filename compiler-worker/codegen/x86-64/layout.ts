/**
 * Block layout: jumps to blocks that only jump are led on, blocks are put after the predecessor that falls into them, and
 * cold blocks go to the end.
 */
import type { MachineBlock, MachineFunction } from "../machine.ts";
import { OP } from "./opcodes.ts";

/** Where a jump to `b` ends up. */
function finalTarget(b: MachineBlock): MachineBlock {
  let target = b;
  for (let steps = 0; steps < 8; steps++) {
    if (target.instructions.length !== 1 || target.instructions[0]!.op !== OP.JUMP || target.landing) return target;
    const next = target.edges[0]!.target;
    if (next === target) return target;
    target = next;
  }
  return target;
}

export function threadJumps(f: MachineFunction): void {
  for (const b of f.blocks) {
    for (const edge of b.edges) edge.target = finalTarget(edge.target);
  }
}

export function layoutBlocks(f: MachineFunction): MachineBlock[] {
  const reached = new Set<MachineBlock>();
  const work = [f.blocks[0]!];
  while (work.length > 0) {
    const b = work.pop()!;
    if (reached.has(b)) continue;
    reached.add(b);
    for (const edge of b.edges) work.push(edge.target);
  }
  const placed = new Set<MachineBlock>();
  const hot: MachineBlock[] = [];
  const cold: MachineBlock[] = [];
  for (const start of f.blocks) {
    if (!reached.has(start)) continue;
    // A chain: each block followed by a successor that is not placed yet.
    let b: MachineBlock | undefined = start;
    while (b !== undefined && !placed.has(b)) {
      placed.add(b);
      (b.cold && b !== f.blocks[0] ? cold : hot).push(b);
      b = nextInChain(b, placed);
    }
  }
  return [...hot, ...cold];
}

function nextInChain(b: MachineBlock, placed: ReadonlySet<MachineBlock>): MachineBlock | undefined {
  const last = b.instructions[b.instructions.length - 1]!;
  if (last.op === OP.SWITCH) return undefined;
  let best: MachineBlock | undefined;
  for (const edge of b.edges) {
    const t = edge.target;
    if (placed.has(t) || t.landing || (t.cold && !b.cold)) continue;
    if (best === undefined || t.loopDepth > best.loopDepth || (t.loopDepth === best.loopDepth && t.id === b.id + 1)) best = t;
  }
  return best;
}
