/**
 * SSA: the first-order intermediate representation. Functions are graphs of basic blocks with parameters (instead of
 * phi functions: Appel, "SSA is functional programming", 1998); tags, headers and closures are explicit words.
 *
 * - Kinds are core's: only `value` is scanned by the collector. An `immediate` is a tagged integer, known to have its low bit set.
 * - Memory operands are `base + index*scale + offset` inside the load or store, so that no pointer into a block
 *   ever exists as a value, let alone across a safe point.
 * - A safe point is a `call`, an `alloc` or a `poll`; everything else neither moves nor looks at blocks.
 * - A block with a `handler` lies in a trap region: an exception raised in it continues there. All that the handler uses
 *   was computed before the region, or lies in a slot.
 */
import type { Comparison, Kind, RaiseKind, UnsignedComparison, Width } from "../core/core.ts";
import type { Location } from "../syntax/diagnostics.ts";

export type { Kind } from "../core/core.ts";

export type FloatComparison = Comparison | "nlt" | "nle" | "ngt" | "nge";
export type Condition = Comparison | UnsignedComparison;

/** Operations on 64-bit words without effects; shift counts are taken modulo 64. */
export type BinaryOp = "add" | "sub" | "mul" | "and" | "or" | "xor" | "shl" | "lsr" | "asr" | "div" | "mod" | "udiv" | "umod" | "mulhu";
export type UnaryOp = "neg" | "sext8" | "sext16" | "sext32" | "zext8" | "zext16" | "zext32" | "bswap" | "popcount" | "clz" | "ctz";
export type FloatOp = "fadd" | "fsub" | "fmul" | "fdiv" | "fneg" | "fabs" | "fsqrt" | "round32" | "fma";
/** float → word, word → float; `bits…` reinterpret. */
export type ConvertOp = "floatOfInt" | "intOfFloat" | "bitsOfFloat" | "floatOfBits" | "bits32OfFloat" | "floatOfBits32";

export type Op =
  /** Parameter of a block. */
  | "param"
  /** A word known at compile time: `bits`. */
  | "const"
  /** The address `symbol + offset`. */
  | "symbol"
  /** A double known at compile time: `bits`. */
  | "fconst"
  | BinaryOp
  | UnaryOp
  | FloatOp
  | ConvertOp
  /** 1 or 0: `condition`. */
  | "compare"
  | "fcompare"
  /** The same bits with another kind. From a value to a word it may not move over a safe point. */
  | "cast"
  /** The identity, about which nothing is known; its argument is computed even if nothing needs it. */
  | "opaque"
  /** `width`, `signed`, `mutable`, `offset`, `scale`; arguments base, or base and index. Of kind float: a double. */
  | "load"
  /** The same; the last argument is stored. A float argument: a double. */
  | "store"
  /** A store that the collector must know of. */
  | "storeBarrier"
  /** A new block: header `bits`, arguments its fields in order (floats as doubles). */
  | "alloc"
  /** Lets the collector run if it is wanted; the result is nothing. */
  | "poll"
  /** `symbol`, or when that is "" the address in the first argument; `environment`: the last argument is the closure. */
  | "call"
  /** A machine operation by name (`symbol`): ARCHITECTURE section 7.9. */
  | "machine"
  /** A variable that lives in memory because trap handlers see its assignments: `offset` is the slot's number. */
  | "slotLoad"
  | "slotStore"
  /** Leaves the innermost trap region: `offset` is the depth (from 0) of its trap frame in the function. */
  | "popTrap";

/** A value, with the operation that computes it; compared by identity. One class for all, so that passes stay monomorphic. */
export class Value {
  readonly id: number;
  op: Op;
  kind: Kind;
  args: Value[];
  block: Block | undefined;
  bits = 0n;
  symbol = "";
  offset = 0;
  scale = 1;
  width: Width = 64;
  signed = false;
  mutable = true;
  environment = false;
  /** Runs no collector, moves nothing (calls of some stubs): no stack map is made. */
  leaf = false;
  condition: Condition | FloatComparison = "eq";
  loc: Location | undefined = undefined;
  /** Set when a pass has replaced this value; see `resolve`. */
  forward: Value | undefined = undefined;
  /** For passes: a number or count that only has a meaning within one pass. */
  scratch = 0;

  constructor(id: number, op: Op, kind: Kind, args: Value[]) {
    this.id = id;
    this.op = op;
    this.kind = kind;
    this.args = args;
    this.block = undefined;
  }
}

export interface Edge {
  target: Block;
  args: Value[];
}

export type Terminator =
  | { kind: "jump"; edge: Edge }
  /** On a word: not zero is `then`. `likely`: which way the program goes mostly. */
  | { kind: "branch"; condition: Value; then: Edge; else: Edge; likely: boolean | undefined }
  /** Edge `value - low`; outside of the table `default`, which is missing when that cannot be. */
  | { kind: "switch"; value: Value; low: number; edges: Edge[]; default: Edge | undefined }
  | { kind: "return"; value: Value }
  /** `call` describes a call as the instruction does; it is in no block's list. */
  | { kind: "tailCall"; call: Value }
  | { kind: "raise"; value: Value; raise: RaiseKind; loc: Location | undefined }
  /** Begins a trap region; `depth` of the trap frame in the function. `handler`'s first parameter is the exception; its edge has no argument for that one. */
  | { kind: "pushTrap"; body: Edge; handler: Edge; depth: number }
  | { kind: "unreachable" };

export class Block {
  readonly id: number;
  params: Value[] = [];
  instructions: Value[] = [];
  terminator: Terminator = { kind: "unreachable" };
  /** Where exceptions raised in this block go. */
  handler: Block | undefined;
  /** Runs seldom: error paths. */
  cold = false;
  /** Computed by `computePredecessors`. */
  predecessors: Block[] = [];
  /** Position in reverse postorder, −1 when unreachable; set by `orderBlocks`. */
  order = -1;

  constructor(id: number, handler: Block | undefined) {
    this.id = id;
    this.handler = handler;
  }
}

export interface Slot {
  readonly kind: Kind;
  readonly name: string;
}

export class SsaFunction {
  /** The symbol of its code. */
  readonly name: string;
  readonly result: Kind;
  /** The entry block's last parameter is the closure. */
  readonly environment: boolean;
  readonly dialect: boolean;
  readonly loc: Location | undefined;
  blocks: Block[] = [];
  entry: Block;
  readonly slots: Slot[] = [];
  /** Number of trap frames that can be open at once. */
  trapDepth = 0;
  #values = 0;
  #blocks = 0;

  constructor(name: string, result: Kind, environment: boolean, dialect: boolean, loc: Location | undefined) {
    this.name = name;
    this.result = result;
    this.environment = environment;
    this.dialect = dialect;
    this.loc = loc;
    this.entry = this.block(undefined);
  }

  get valueCount(): number {
    return this.#values;
  }

  get blockCount(): number {
    return this.#blocks;
  }

  value(op: Op, kind: Kind, args: Value[]): Value {
    return new Value(this.#values++, op, kind, args);
  }

  block(handler: Block | undefined): Block {
    const b = new Block(this.#blocks++, handler);
    this.blocks.push(b);
    return b;
  }

  param(block: Block, kind: Kind): Value {
    const v = this.value("param", kind, []);
    v.block = block;
    block.params.push(v);
    return v;
  }

  constant(bits: bigint, kind: Kind = "word"): Value {
    const v = this.value("const", kind, []);
    v.bits = BigInt.asIntN(64, bits);
    return v;
  }

  symbol(name: string, kind: Kind, offset = 0): Value {
    const v = this.value("symbol", kind, []);
    v.symbol = name;
    v.offset = offset;
    return v;
  }
}

/** Static data: one symbol. Words are numbers or addresses. */
export type DataWord = bigint | { readonly symbol: string; readonly offset: number };

export interface StaticData {
  readonly symbol: string;
  /** `rodata`; `roots`: mutable blocks that the collector marks from; `data`: other initialised data; `bss`: zeroes. */
  readonly section: "rodata" | "roots" | "data" | "bss";
  /** The word that `symbol` names: 1 for blocks with a header. */
  readonly start: number;
  readonly words: readonly DataWord[];
  /** For bss: the size in bytes, `words` being empty. */
  readonly bytes: number;
  readonly align: number;
}

/** A function to be compiled. */
export interface NewCode<C> {
  readonly kind: "new";
  readonly function: SsaFunction;
  /** Takes what the code generator makes of it, for later builds. */
  readonly keep: ((code: C) => void) | undefined;
}

/** A function that an earlier build compiled: its code, in which names are to be replaced. */
export interface KnownCode<C> {
  readonly kind: "known";
  readonly code: C;
  /** Undefined when all names are the same. */
  readonly rename: ((name: string) => string) | undefined;
}

/** `C`: what the code generator makes of a function. */
export interface SsaProgram<C> {
  readonly code: readonly (NewCode<C> | KnownCode<C>)[];
  readonly data: readonly StaticData[];
  /** Exported names and the symbols of their code. */
  readonly exports: ReadonlyMap<string, string>;
}

/** What a value has been replaced with in the end. */
export function resolve(v: Value): Value {
  let end = v;
  while (end.forward !== undefined) end = end.forward;
  // Path compression.
  while (v.forward !== undefined && v.forward !== end) {
    const next: Value = v.forward;
    v.forward = end;
    v = next;
  }
  return end;
}

export function isConstant(v: Value): boolean {
  return v.op === "const" || v.op === "symbol" || v.op === "fconst";
}

/** Whether the operation does something beside computing its result (so it may not be removed when unused). */
export function hasEffect(v: Value): boolean {
  switch (v.op) {
    case "store":
    case "storeBarrier":
    case "call":
    case "machine":
    case "slotStore":
    case "popTrap":
    case "poll":
    // What asks for this wants the value to be computed, and alive until then.
    case "opaque":
      return true;
    default:
      return false;
  }
}

export function isSafePoint(v: Value): boolean {
  return (v.op === "call" && !v.leaf) || v.op === "alloc" || v.op === "poll";
}

/** Calls `visit` with each edge out of `t`. */
export function forEachEdge(t: Terminator, visit: (edge: Edge) => void): void {
  switch (t.kind) {
    case "jump":
      visit(t.edge);
      break;
    case "branch":
      visit(t.then);
      visit(t.else);
      break;
    case "switch":
      for (const edge of t.edges) visit(edge);
      if (t.default !== undefined) visit(t.default);
      break;
    case "pushTrap":
      visit(t.body);
      visit(t.handler);
      break;
    default:
      break;
  }
}

/** The values that a terminator uses itself, without the arguments of its edges. */
export function terminatorOperands(t: Terminator): readonly Value[] {
  switch (t.kind) {
    case "branch":
      return [t.condition];
    case "switch":
    case "return":
    case "raise":
      return [t.value];
    case "tailCall":
      return t.call.args;
    default:
      return [];
  }
}

/** Replaces every operand by `map` of it. */
export function mapOperands(block: Block, map: (v: Value) => Value): void {
  for (const v of block.instructions) mapArgs(v.args, map);
  const t = block.terminator;
  switch (t.kind) {
    case "branch":
      t.condition = map(t.condition);
      break;
    case "switch":
    case "return":
    case "raise":
      t.value = map(t.value);
      break;
    case "tailCall":
      mapArgs(t.call.args, map);
      break;
    default:
      break;
  }
  forEachEdge(t, (edge) => mapArgs(edge.args, map));
}

function mapArgs(args: Value[], map: (v: Value) => Value): void {
  for (let i = 0; i < args.length; i++) args[i] = map(args[i]!);
}

/**
 * Puts the reachable blocks into reverse postorder, forgets the others, and computes predecessors. Successors are
 * visited such that a loop's body comes before what follows the loop, when the branch says nothing else.
 */
export function orderBlocks(f: SsaFunction): void {
  for (const b of f.blocks) {
    b.order = -1;
    b.predecessors = [];
  }
  const postorder: Block[] = [];
  const stack: { block: Block; successors: Block[]; next: number }[] = [];
  const successorsOf = (b: Block): Block[] => {
    const successors: Block[] = [];
    forEachEdge(b.terminator, (edge) => successors.push(edge.target));
    // The first successor is visited last, so that it comes right after its block.
    return successors.reverse();
  };
  f.entry.order = 0;
  stack.push({ block: f.entry, successors: successorsOf(f.entry), next: 0 });
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!;
    if (top.next < top.successors.length) {
      const b = top.successors[top.next++]!;
      if (b.order < 0) {
        b.order = 0;
        stack.push({ block: b, successors: successorsOf(b), next: 0 });
      }
    } else {
      postorder.push(top.block);
      stack.pop();
    }
  }
  f.blocks = postorder.reverse();
  f.blocks.forEach((b, i) => {
    b.order = i;
  });
  for (const b of f.blocks) forEachEdge(b.terminator, (edge) => edge.target.predecessors.push(b));
}

/** The immediate dominators by block order (Cooper, Harvey, Kennedy, "A simple, fast dominance algorithm", 2001). Blocks must be ordered. */
export function dominators(f: SsaFunction): Int32Array {
  const idom = new Int32Array(f.blocks.length).fill(-1);
  idom[0] = 0;
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = 1; i < f.blocks.length; i++) {
      let best = -1;
      for (const p of f.blocks[i]!.predecessors) {
        if (idom[p.order]! < 0) continue;
        best = best < 0 ? p.order : commonDominator(idom, best, p.order);
      }
      if (best !== idom[i]) {
        idom[i] = best;
        changed = true;
      }
    }
  }
  return idom;
}

export function commonDominator(idom: Int32Array, a: number, b: number): number {
  while (a !== b) {
    while (a > b) a = idom[a]!;
    while (b > a) b = idom[b]!;
  }
  return a;
}

/** Whether block `a` dominates block `b` (by order). */
export function dominates(idom: Int32Array, a: number, b: number): boolean {
  while (b > a) b = idom[b]!;
  return a === b;
}

/** Depth of loop nesting of each block: natural loops of back edges to dominators. */
export function loopDepths(f: SsaFunction, idom: Int32Array): { readonly depth: Int32Array; readonly headers: boolean[]; readonly innermost: Int32Array; readonly parent: Int32Array } {
  const n = f.blocks.length;
  const depth = new Int32Array(n);
  const headers: boolean[] = new Array<boolean>(n).fill(false);
  const innermost = new Int32Array(n).fill(-1);
  /** For headers, the header of the loop around; −1 when there is none. */
  const parent = new Int32Array(n).fill(-1);
  // Outer loops have smaller header numbers, so that going up in order leaves the innermost header last.
  for (let h = 0; h < n; h++) {
    const back: number[] = [];
    for (const p of f.blocks[h]!.predecessors) if (p.order >= h && dominates(idom, h, p.order)) back.push(p.order);
    if (back.length === 0) continue;
    headers[h] = true;
    parent[h] = innermost[h]!;
    const inside = new Set<number>([h]);
    while (back.length > 0) {
      const b = back.pop()!;
      if (inside.has(b)) continue;
      inside.add(b);
      for (const p of f.blocks[b]!.predecessors) back.push(p.order);
    }
    for (const b of inside) {
      depth[b]!++;
      innermost[b] = h;
    }
  }
  return { depth, headers, innermost, parent };
}
