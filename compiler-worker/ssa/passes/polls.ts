/**
 * Polls: a loop that allocates nothing looks whether the collector is wanted, so that signals are handled in it (Feeley, "Polling
 * efficiently on stock hardware", 1993). Heads of loops and blocks that end in a tail call begin with one, unless an allocation in the block, or
 * on every way through the loop, looks anyway. Code of the dialect polls nowhere, nor does that of the run-time system, which nothing shall interrupt.
 */
import { dominates, dominators, forEachEdge, orderBlocks, type Block, type SsaFunction, type Value } from "../ssa.ts";

export function insertPolls(f: SsaFunction): void {
  if (f.dialect || isRuntime(f) || keepsAddress(f)) return;
  orderBlocks(f);
  const idom = dominators(f);
  const landings = new Set<Block>();
  for (const b of f.blocks) if (b.terminator.kind === "pushTrap") landings.add(b.terminator.handler.target);
  for (const b of f.blocks) {
    const loops = b.predecessors.some((latch) => latch.order >= b.order && dominates(idom, b.order, latch.order) && !allocatesBetween(f, idom, b, latch));
    if (landings.has(b) || !(loops || (b.terminator.kind === "tailCall" && !allocates(b)))) continue;
    const poll = f.value("poll", "immediate", []);
    poll.block = b;
    b.instructions.unshift(poll);
  }
}

function isRuntime(f: SsaFunction): boolean {
  return /^(?:runtime|primitives|platform-[a-z]+)\//.test(f.loc?.file.name ?? "");
}

function allocates(b: Block): boolean {
  return b.instructions.some((v) => v.op === "alloc");
}

/** Whether a block that every round of the loop passes allocates. */
function allocatesBetween(f: SsaFunction, idom: Int32Array, header: Block, latch: Block): boolean {
  for (let at = latch.order; at > header.order; at = idom[at]!) if (allocates(f.blocks[at]!)) return true;
  return allocates(header);
}

/** Whether the address of a block is kept as a word from block to block: nothing may be moved then. */
function keepsAddress(f: SsaFunction): boolean {
  const isAddress = (v: Value): boolean => v.op === "cast" && v.kind === "word" && v.args[0]!.kind === "value";
  for (const b of f.blocks) {
    for (const v of b.instructions) if (v.args.some((arg) => isAddress(arg) && arg.block !== b)) return true;
    let found = false;
    forEachEdge(b.terminator, (edge) => {
      if (edge.args.some(isAddress)) found = true;
    });
    if (found) return true;
  }
  return false;
}
