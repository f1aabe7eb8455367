/**
 * The checker of SSA, run after each pass under `--check-ir`: every use is dominated by its definition, edges fit their
 * targets' parameters, operations have the arguments and kinds that they need.
 */
import { printFunction, printInstruction } from "./print.ts";
import { dominates, dominators, forEachEdge, orderBlocks, terminatorOperands, type Block, type SsaFunction, type Value } from "./ssa.ts";

export class SsaError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SsaError";
  }
}

export function checkFunction(f: SsaFunction, after: string): void {
  const fail = (message: string): never => {
    throw new SsaError(`${f.name} after ${after}: ${message}\n${printFunction(f)}`);
  };
  orderBlocks(f);
  const idom = dominators(f);
  const position = new Map<Value, number>();
  for (const b of f.blocks) {
    for (const p of b.params) {
      if (position.has(p)) fail(`v${p.id} is defined twice`);
      if (p.block !== b) fail(`parameter v${p.id} does not know its block`);
      position.set(p, -1);
    }
    b.instructions.forEach((v, i) => {
      if (position.has(v)) fail(`v${v.id} is defined twice`);
      if (v.block !== b) fail(`v${v.id} does not know its block`);
      position.set(v, i);
    });
  }
  const use = (v: Value, b: Block, at: number, user: string): void => {
    if (v.op === "const" || v.op === "symbol" || v.op === "fconst") return;
    const defined = position.get(v);
    if (defined === undefined || v.block === undefined) return fail(`${user} uses v${v.id}, which is in no block`);
    if (v.block === b ? defined >= at : !dominates(idom, v.block.order, b.order)) fail(`${user} uses v${v.id} before it is defined`);
  };
  for (const b of f.blocks) {
    b.instructions.forEach((v, i) => {
      for (const arg of v.args) use(arg, b, i, printInstruction(v));
      checkOperation(v, fail);
    });
    const end = b.instructions.length;
    for (const v of terminatorOperands(b.terminator)) use(v, b, end, `the end of b${b.id}`);
    if (b.terminator.kind === "return" && (b.terminator.value.kind === "float") !== (f.result === "float")) fail("the result has the wrong kind");
    const landing = b.terminator.kind === "pushTrap" ? b.terminator.handler : undefined;
    forEachEdge(b.terminator, (edge) => {
      const params = edge.target.params;
      if (edge === landing) {
        if (params.length !== 1 || edge.args.length !== 0 || edge.target.predecessors.length !== 1) fail(`b${edge.target.id} is no landing block`);
        return;
      }
      if (params.length !== edge.args.length) fail(`edge from b${b.id} to b${edge.target.id} has ${edge.args.length} arguments for ${params.length} parameters`);
      edge.args.forEach((arg, i) => {
        use(arg, b, end, `the edge from b${b.id} to b${edge.target.id}`);
        if ((arg.kind === "float") !== (params[i]!.kind === "float")) fail(`argument v${arg.id} of the edge from b${b.id} to b${edge.target.id} has kind ${arg.kind}, not ${params[i]!.kind}`);
        if (arg.kind === "value" && params[i]!.kind === "word") fail(`value v${arg.id} becomes a word on the edge from b${b.id} to b${edge.target.id}`);
      });
    });
  }
}

const FLOAT_ARGUMENTS = new Set(["fadd", "fsub", "fmul", "fdiv", "fneg", "fabs", "fsqrt", "round32", "fma", "fcompare", "intOfFloat", "bitsOfFloat", "bits32OfFloat"]);
const ANY_ARGUMENTS = new Set(["store", "alloc", "call", "slotStore"]);

function checkOperation(v: Value, fail: (message: string) => never): void {
  if (ANY_ARGUMENTS.has(v.op)) return;
  const wantsFloat = FLOAT_ARGUMENTS.has(v.op);
  for (const arg of v.args) if ((arg.kind === "float") !== wantsFloat) fail(`${printInstruction(v)} has an argument of kind ${arg.kind}`);
  const memory = v.op === "load" || v.op === "storeBarrier";
  if (memory && v.args.length !== 1 + (v.scale === 0 ? 0 : 1) + (v.op === "load" ? 0 : 1)) fail(`${printInstruction(v)} has ${v.args.length} arguments`);
}
