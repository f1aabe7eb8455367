/**
 * Dead code: operations without effect whose results nothing uses, and block parameters that only feed themselves, unless a block that
 * is allocated is on the way
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
  /** What a value is made of: its operands, or the arguments of all edges to its block. */
  const sources = (v: Value): readonly Value[] => {
    if (v.op !== "param") return v.args;
    const { block, index } = params.get(v)!;
    return (incoming.get(block) ?? []).flatMap((args) => (index < args.length ? [args[index]!] : []));
  };
  const mark = (): void => {
    for (let v = work.pop(); v !== undefined; v = work.pop()) for (const source of sources(v)) need(source);
  };
  for (const p of f.entry.params) need(p);
  mark();
  // A structure that grows from round to round stays, though nothing looks at it: a program that fills the memory must see it full.
  if (f.blocks.some((b) => b.instructions.some((v) => v.op === "alloc" && needed[v.id] === 0))) {
    for (const p of params.keys()) if (needed[p.id] === 0 && growsItself(p, sources)) need(p);
    mark();
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

/** Whether `p` is made of a block that is allocated with `p` in it. */
function growsItself(p: Value, sources: (v: Value) => readonly Value[]): boolean {
  const seen = new Set<Value>([p]);
  const work: Value[] = [...sources(p)];
  for (let v = work.pop(); v !== undefined; v = work.pop()) {
    if (seen.has(v)) continue;
    seen.add(v);
    if (v.op === "alloc" && reaches(v, p, sources)) return true;
    work.push(...sources(v));
  }
  return false;
}

function reaches(from: Value, to: Value, sources: (v: Value) => readonly Value[]): boolean {
  const seen = new Set<Value>();
  const work: Value[] = [from];
  for (let v = work.pop(); v !== undefined; v = work.pop()) {
    if (v === to) return true;
    if (seen.has(v)) continue;
    seen.add(v);
    work.push(...sources(v));
  }
  return false;
}
