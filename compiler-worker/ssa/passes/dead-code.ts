/**
 * Dead code: operations without effect whose results nothing uses, and block parameters that only feed themselves
 * (Cytron et al. 1991, section 7.1: marks what is needed, from effects back to operands).
 */
import { forEachEdge, hasEffect, orderBlocks, terminatorOperands, type Block, type SsaFunction, type Value } from "../ssa.ts";

export function removeDeadCode(f: SsaFunction): void {
  orderBlocks(f);
  const needed = new Uint8Array(f.valueCount);
  const work: Value[] = [];
  const need = (v: Value): void => {
    if (needed[v.id] === 1) return;
    needed[v.id] = 1;
    work.push(v);
  };
  const params = new Map<Value, { readonly block: Block; readonly index: number }>();
  const incoming = new Map<Block, Value[][]>();
  for (const b of f.blocks) {
    b.params.forEach((p, index) => params.set(p, { block: b, index }));
    for (const v of b.instructions) if (hasEffect(v)) need(v);
    for (const v of terminatorOperands(b.terminator)) need(v);
    forEachEdge(b.terminator, (edge) => {
      const list = incoming.get(edge.target);
      if (list === undefined) incoming.set(edge.target, [edge.args]);
      else list.push(edge.args);
    });
  }
  for (const p of f.entry.params) need(p);
  for (let v = work.pop(); v !== undefined; v = work.pop()) {
    if (v.op === "param") {
      const { block, index } = params.get(v)!;
      for (const args of incoming.get(block) ?? []) if (index < args.length) need(args[index]!);
    } else for (const arg of v.args) need(arg);
  }
  for (const b of f.blocks) {
    b.instructions = b.instructions.filter((v) => needed[v.id] === 1);
    const t = b.terminator;
    const landing = t.kind === "pushTrap" ? t.handler : undefined;
    forEachEdge(t, (edge) => {
      if (edge !== landing) edge.args = edge.args.filter((_, i) => needed[edge.target.params[i]!.id] === 1);
    });
  }
  const landings = new Set<Block>();
  for (const b of f.blocks) if (b.terminator.kind === "pushTrap") landings.add(b.terminator.handler.target);
  for (const b of f.blocks) if (b !== f.entry && !landings.has(b)) b.params = b.params.filter((p) => needed[p.id] === 1);
}
