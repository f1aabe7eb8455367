/**
 * Simplification of the control-flow graph: branches on constants, parameters that always get the same value, blocks that
 * have one predecessor which has one successor, branches whose ways meet at once.
 */
import { forEachEdge, mapOperands, orderBlocks, resolve, type Block, type Edge, type SsaFunction, type Value } from "../ssa.ts";

export function simplifyControlFlow(f: SsaFunction): void {
  for (let again = true; again; ) {
    again = foldBranches(f);
    orderBlocks(f);
    if (removeTrivialParameters(f)) again = true;
    if (mergeBlocks(f)) again = true;
  }
  orderBlocks(f);
}

function sameConstant(a: Value, b: Value): boolean {
  return a === b || (a.op === b.op && (a.op === "const" || a.op === "fconst") && a.bits === b.bits) || (a.op === "symbol" && b.op === "symbol" && a.symbol === b.symbol && a.offset === b.offset);
}

function foldBranches(f: SsaFunction): boolean {
  let changed = false;
  for (const b of f.blocks) {
    const t = b.terminator;
    let edge: Edge | undefined;
    if (t.kind === "branch") {
      if (t.condition.op === "const") edge = t.condition.bits !== 0n ? t.then : t.else;
      else if (t.then.target === t.else.target && t.then.args.every((a, i) => sameConstant(a, t.else.args[i]!))) edge = t.then;
    } else if (t.kind === "switch" && t.value.op === "const") {
      const index = t.value.bits - BigInt(t.low);
      edge = index >= 0n && index < BigInt(t.edges.length) ? t.edges[Number(index)] : t.default;
    }
    if (edge === undefined) continue;
    b.terminator = { kind: "jump", edge };
    changed = true;
  }
  return changed;
}

/** A parameter all of whose arguments are the same value (or itself) is that value (Braun et al. 2013, section 3.1). */
function removeTrivialParameters(f: SsaFunction): boolean {
  const incoming = new Map<Block, Value[][]>();
  const landings = new Set<Block>();
  for (const b of f.blocks) {
    const t = b.terminator;
    if (t.kind === "pushTrap") landings.add(t.handler.target);
    forEachEdge(t, (edge) => {
      if (edge.target.params.length === 0) return;
      const list = incoming.get(edge.target);
      if (list === undefined) incoming.set(edge.target, [edge.args]);
      else list.push(edge.args);
    });
  }
  let replaced = false;
  for (let again = true; again; ) {
    again = false;
    for (const b of f.blocks) {
      if (b.params.length === 0 || b === f.entry || landings.has(b)) continue;
      const edges = incoming.get(b) ?? [];
      for (let i = b.params.length - 1; i >= 0; i--) {
        const p = b.params[i]!;
        let only: Value | undefined;
        let trivial = true;
        for (const args of edges) {
          const arg = resolve(args[i]!);
          if (arg === p || (only !== undefined && sameConstant(arg, only))) continue;
          if (only !== undefined) {
            trivial = false;
            break;
          }
          only = arg;
        }
        if (!trivial || only === undefined) continue;
        if (p.kind === "value" && only.kind === "word") {
          // A word that becomes a value has to go on being scanned as one.
          const cast = f.value("cast", "value", [only]);
          cast.block = b;
          b.instructions.unshift(cast);
          p.forward = cast;
        } else p.forward = only;
        b.params.splice(i, 1);
        for (const args of edges) args.splice(i, 1);
        again = true;
        replaced = true;
      }
    }
  }
  if (replaced) for (const b of f.blocks) mapOperands(b, resolve);
  return replaced;
}

/** Appends to a block the one that only it jumps to. Empty blocks that only jump on are bypassed. */
function mergeBlocks(f: SsaFunction): boolean {
  let changed = false;
  for (const b of f.blocks) {
    if (b.order < 0) continue;
    for (let t = b.terminator; t.kind === "jump"; t = b.terminator) {
      const next = t.edge.target;
      if (next === b || next === f.entry || next.predecessors.length !== 1 || next.handler !== b.handler || next.params.length > 0) break;
      for (const v of next.instructions) {
        v.block = b;
        b.instructions.push(v);
      }
      b.terminator = next.terminator;
      b.cold ||= next.cold;
      // Successors know the new predecessor.
      forEachEdge(b.terminator, (edge) => {
        const at = edge.target.predecessors.indexOf(next);
        if (at >= 0) edge.target.predecessors[at] = b;
      });
      next.predecessors = [];
      next.instructions = [];
      next.terminator = { kind: "unreachable" };
      next.order = -1;
      changed = true;
    }
  }
  f.blocks = f.blocks.filter((b) => b.order >= 0);
  for (const b of f.blocks) {
    forEachEdge(b.terminator, (edge) => {
      const next = edge.target;
      const t = next.terminator;
      // Leads through an empty block; its parameters must not be used elsewhere, which holds when it has none.
      if (next.instructions.length > 0 || t.kind !== "jump" || t.edge.target === next || next.params.length > 0 || next.handler !== b.handler) return;
      if (b.terminator.kind === "pushTrap") return;
      // Both ways of a branch to one block with different arguments need blocks between anyway.
      if (b.terminator.kind !== "jump" && t.edge.args.length > 0) return;
      edge.target = t.edge.target;
      edge.args = [...t.edge.args];
      changed = true;
    });
  }
  return changed;
}
