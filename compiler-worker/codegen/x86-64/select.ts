/**
 * Instruction selection for x86-64: each block from its end to its beginning, so that an operation is seen by its user
 * first, which may take it in (addresses, memory operands, comparisons into branches, immediates).
 */
import { baseOf, indexOf, storedOf } from "../../ssa/builder.ts";
import { dominators, forEachEdge, hasEffect, loopDepths, orderBlocks, type Block, type Condition, type Edge, type FloatComparison, type SsaFunction, type Terminator, type Value } from "../../ssa/ssa.ts";
import { ANY, ANY_OR_STACK, Instruction, MachineBlock, MachineFunction, SAME_AS_FIRST, type EdgeArgument } from "../machine.ts";
import { ALU, CC, fitsInt32, RAX, RCX, RDI, RDX, RSI, SHIFT } from "./assembler.ts";
import { selectMachine } from "./machine-operations.ts";
import { ARGUMENT_REGISTERS, ENVIRONMENT_REGISTER, EXTRA_ARGUMENTS, FLOAT_ARGUMENTS, FLOAT_EQUAL, FLOAT_NOT_EQUAL, FORM, MAX_EXTRA_ARGUMENTS, OP, XMM } from "./opcodes.ts";

const CONDITIONS: { readonly [K in Condition]: number } = { eq: CC.e, ne: CC.ne, lt: CC.l, le: CC.le, gt: CC.g, ge: CC.ge, ult: CC.b, ule: CC.be, ugt: CC.a, uge: CC.ae };
/** Code and whether the operands are exchanged: unordered operands set CF, ZF and PF. */
const FLOAT_CONDITIONS: { readonly [K in FloatComparison]: readonly [number, boolean] } = {
  eq: [FLOAT_EQUAL, false],
  ne: [FLOAT_NOT_EQUAL, false],
  gt: [CC.a, false],
  ge: [CC.ae, false],
  lt: [CC.a, true],
  le: [CC.ae, true],
  ngt: [CC.be, false],
  nge: [CC.b, false],
  nlt: [CC.be, true],
  nle: [CC.b, true],
};
const ALU_OPS: { readonly [op: string]: number } = { and: ALU.and, or: ALU.or, xor: ALU.xor, sub: ALU.sub, add: ALU.add };
const SHIFTS: { readonly [op: string]: number } = { shl: SHIFT.shl, lsr: SHIFT.shr, asr: SHIFT.sar };
const FLOAT_ALU: { readonly [op: string]: number } = { fadd: 0x58, fmul: 0x59, fsub: 0x5c, fdiv: 0x5e };

export class Selector {
  readonly #f: SsaFunction;
  readonly m: MachineFunction;
  /** Virtual registers by value. */
  readonly #registers: Int32Array;
  readonly #useCounts: Int32Array;
  /** Taken in by its only user. */
  readonly #folded: Uint8Array;
  /** Number of memory effects before the instruction in its block. */
  readonly #epochs: Int32Array;
  /** Instructions of the current block, in reverse. */
  #out: Instruction[] = [];
  #block: Block;
  /** The epoch at the instruction being selected. */
  #epoch = 0;
  /** Offset from the allocation pointer of each allocation, and the bytes that the first one of a group takes. */
  readonly #allocationOffset = new Map<Value, number>();
  readonly #groupBytes = new Map<Value, number>();

  constructor(f: SsaFunction) {
    this.#f = f;
    this.#block = f.entry;
    this.m = new MachineFunction(f.name, f.trapDepth, f.slots.map((s) => s.kind), f.dialect, f.loc);
    this.#registers = new Int32Array(f.valueCount).fill(-1);
    this.#useCounts = new Int32Array(f.valueCount);
    this.#folded = new Uint8Array(f.valueCount);
    this.#epochs = new Int32Array(f.valueCount);
  }

  run(): MachineFunction {
    splitCriticalEdges(this.#f);
    orderBlocks(this.#f);
    const idom = dominators(this.#f);
    const loops = loopDepths(this.#f, idom);
    this.#prepare();
    const blocks = this.#f.blocks;
    const machineBlocks = blocks.map((b, i) => {
      const m = new MachineBlock(i);
      m.cold = b.cold;
      m.idom = idom[i]!;
      m.loopDepth = loops.depth[i]!;
      m.isLoopHeader = loops.headers[i]!;
      m.loop = loops.innermost[i]!;
      m.outerLoop = loops.parent[i]!;
      return m;
    });
    this.m.blocks = machineBlocks;
    blocks.forEach((b, i) => {
      const m = machineBlocks[i]!;
      for (const p of b.params) m.params.push(this.register(p));
      if (b.params.length > 0 && b.predecessors.length === 1 && b.predecessors[0]!.terminator.kind !== "pushTrap") throw new Error(`${this.#f.name}: a block with one predecessor has parameters`);
      if (b.handler !== undefined && b.handler.order >= 0) m.handler = machineBlocks[b.handler.order]!;
      forEachEdge(b.terminator, (edge) => machineBlocks[edge.target.order]!.predecessors.push(m));
      if (b.terminator.kind === "pushTrap") machineBlocks[b.terminator.handler.target.order]!.landing = true;
    });
    for (let i = blocks.length - 1; i >= 0; i--) this.#selectBlock(blocks[i]!, machineBlocks[i]!, machineBlocks);
    this.#entry(machineBlocks[0]!);
    return this.m;
  }

  /** Use counts, epochs, groups of allocations. */
  #prepare(): void {
    const count = (v: Value): void => {
      this.#useCounts[v.id]!++;
    };
    for (const b of this.#f.blocks) {
      let epoch = 0;
      let group: Value | undefined;
      for (const v of b.instructions) {
        for (const arg of v.args) count(arg);
        this.#epochs[v.id] = epoch;
        if (hasEffect(v) || v.op === "alloc") epoch++;
        if (v.op === "alloc") {
          const bytes = 8 * (v.args.length + 1);
          const before = group === undefined ? 0 : this.#groupBytes.get(group)!;
          if (group === undefined || before + bytes > 8 * 512) {
            group = v;
            this.#groupBytes.set(v, bytes);
            this.#allocationOffset.set(v, 0);
          } else {
            this.#groupBytes.set(group, before + bytes);
            this.#allocationOffset.set(v, before);
          }
        } else if (v.op === "poll" || (v.op === "call" && !v.leaf) || (v.op === "machine" && v.symbol.endsWith("allocation_pointer"))) group = undefined;
      }
      const t = b.terminator;
      for (const v of terminatorUses(t)) count(v);
      forEachEdge(t, (edge) => edge.args.forEach(count));
    }
  }

  /** The entry block's parameters arrive in registers; what does not fit is loaded from the static area. */
  #entry(entry: MachineBlock): void {
    const params = this.#f.entry.params;
    const loads: Instruction[] = [];
    const kept: number[] = [];
    const passed = assignArguments(params, this.#f.environment);
    params.forEach((p, i) => {
      const where = passed[i]!;
      const register = this.register(p);
      if (where.register >= 0) {
        kept.push(register);
        this.m.entryRegisters.push(where.register);
      } else if (this.#useCounts[p.id]! > 0) {
        const load = new Instruction(p.kind === "float" ? OP.FLOAD : OP.LOAD, [register], [ANY], [], []);
        load.symbol = EXTRA_ARGUMENTS;
        load.offset = 8 * where.extra;
        loads.push(load);
      }
    });
    entry.params = kept;
    entry.instructions.unshift(...loads);
  }

  // ---------------------------------------------------------------- helpers

  register(v: Value): number {
    let r = this.#registers[v.id]!;
    if (r < 0) {
      r = this.m.register(v.kind);
      this.#registers[v.id] = r;
    }
    return r;
  }

  push(i: Instruction): Instruction {
    this.#out.push(i);
    return i;
  }

  /** The register of an operand; constants are put into one right before the instruction that is being made: into `place`, if it is to be there. */
  operand(v: Value, pending: Instruction[], place = ANY): number {
    if (v.op === "const" || v.op === "symbol" || v.op === "fconst") {
      const r = this.m.register(v.kind === "value" ? "word" : v.kind);
      const i = new Instruction(v.op === "const" ? OP.CONST : v.op === "symbol" ? OP.SYMBOL : OP.FCONST, [r], [place], [], []);
      i.immediate = v.bits;
      i.symbol = v.symbol;
      i.offset = v.offset;
      pending.push(i);
      return r;
    }
    return this.register(v);
  }

  /** Appends `i` and, before it, what loads its constants. */
  finish(i: Instruction, pending: readonly Instruction[]): void {
    this.push(i);
    for (const p of pending) this.push(p);
  }

  #make(op: number, def: Value | undefined, defConstraint: number, uses: readonly Value[], constraints: readonly number[]): { readonly i: Instruction; readonly pending: Instruction[] } {
    const pending: Instruction[] = [];
    const i = new Instruction(op, def === undefined ? [] : [this.register(def)], def === undefined ? [] : [defConstraint], uses.map((v) => this.operand(v, pending)), [...constraints]);
    return { i, pending };
  }

  #simple(op: number, def: Value, defConstraint: number, uses: readonly Value[], constraints: readonly number[], detail = 0, immediate = 0n): Instruction {
    const { i, pending } = this.#make(op, def, defConstraint, uses, constraints);
    i.detail = detail;
    i.immediate = immediate;
    this.finish(i, pending);
    return i;
  }

  /** Adds the address of a memory operation to the uses of `i`. */
  address(i: Instruction, pending: Instruction[], base: Value, index: Value | undefined, scale: number, offset: number): void {
    i.offset = offset;
    if (base.op === "symbol") {
      i.symbol = base.symbol;
      i.offset += base.offset;
    } else {
      i.uses.push(this.operand(base, pending));
      i.useConstraints.push(ANY);
      i.addressUses++;
    }
    if (index !== undefined) {
      i.uses.push(this.operand(index, pending));
      i.useConstraints.push(ANY);
      i.addressUses++;
      i.scale = scale;
    }
  }

  #addressOf(i: Instruction, pending: Instruction[], v: Value): void {
    this.address(i, pending, baseOf(v), indexOf(v), v.scale, v.offset);
  }

  /** Whether `v`, a load of a whole word, can be an operand in memory of the instruction being selected. */
  #foldableLoad(v: Value, width = 64): boolean {
    return v.op === "load" && v.kind !== "float" && v.width === width && this.#mayFold(v) && this.#epochs[v.id] === this.#epoch;
  }

  #foldableFloatLoad(v: Value): boolean {
    return v.op === "load" && v.kind === "float" && this.#mayFold(v) && this.#epochs[v.id] === this.#epoch;
  }

  #mayFold(v: Value): boolean {
    return v.block === this.#block && this.#useCounts[v.id] === 1;
  }

  #fold(v: Value): void {
    this.#folded[v.id] = 1;
  }

  // ---------------------------------------------------------------- blocks

  #selectBlock(b: Block, m: MachineBlock, blocks: readonly MachineBlock[]): void {
    this.#block = b;
    this.#out = [];
    const last = b.instructions[b.instructions.length - 1];
    this.#epoch = last === undefined ? 0 : this.#epochs[last.id]! + (hasEffect(last) || last.op === "alloc" ? 1 : 0);
    this.#terminator(b.terminator, m, blocks);
    for (let k = b.instructions.length - 1; k >= 0; k--) {
      const v = b.instructions[k]!;
      if (this.#folded[v.id] === 1) continue;
      if (this.#useCounts[v.id] === 0 && !hasEffect(v) && v.op !== "alloc") {
        for (const arg of v.args) this.#useCounts[arg.id]!--;
        continue;
      }
      this.#epoch = this.#epochs[v.id]!;
      this.#instruction(v);
    }
    m.instructions = this.#out.reverse();
  }

  #edge(edge: Edge, blocks: readonly MachineBlock[]): { target: MachineBlock; args: EdgeArgument[] } {
    const args = edge.args.map((v): EdgeArgument => (v.op === "const" || v.op === "symbol" || v.op === "fconst" ? { kind: "constant", value: v } : { kind: "register", register: this.register(v) }));
    return { target: blocks[edge.target.order]!, args };
  }

  #terminator(t: Terminator, m: MachineBlock, blocks: readonly MachineBlock[]): void {
    switch (t.kind) {
      case "jump":
        m.edges = [this.#edge(t.edge, blocks)];
        this.push(new Instruction(OP.JUMP, [], [], [], []));
        break;
      case "branch":
        m.edges = [this.#edge(t.then, blocks), this.#edge(t.else, blocks)];
        this.#condition(OP.BRANCH, undefined, t.condition);
        break;
      case "switch": {
        m.edges = t.edges.map((e) => this.#edge(e, blocks));
        const i = new Instruction(OP.SWITCH, [], [], [], []);
        i.detail = t.default === undefined ? 0 : 1;
        if (t.default !== undefined) m.edges.push(this.#edge(t.default, blocks));
        i.immediate = BigInt(t.low);
        const pending: Instruction[] = [];
        i.uses.push(this.operand(t.value, pending));
        i.useConstraints.push(ANY);
        // The subtraction of the lowest case overwrites a register of its own.
        i.defs.push(this.m.register("word"));
        i.defConstraints.push(ANY);
        this.finish(i, pending);
        break;
      }
      case "return": {
        const pending: Instruction[] = [];
        const i = new Instruction(OP.RETURN, [], [], [this.operand(t.value, pending)], [t.value.kind === "float" ? XMM : RAX]);
        this.finish(i, pending);
        break;
      }
      case "raise": {
        const pending: Instruction[] = [];
        const i = new Instruction(OP.RAISE, [], [], [this.operand(t.value, pending)], [RAX]);
        i.detail = t.raise === "regular" ? 0 : t.raise === "reraise" ? 1 : 2;
        i.loc = t.loc;
        if (i.detail !== 2) this.m.hasCalls = true;
        this.finish(i, pending);
        break;
      }
      case "tailCall":
        this.#call(t.call, true);
        break;
      case "pushTrap": {
        m.edges = [this.#edge(t.body, blocks), this.#edge(t.handler, blocks)];
        const i = new Instruction(OP.PUSH_TRAP, [], [], [], []);
        i.offset = t.depth;
        i.clobbers = 1 << RAX;
        this.push(i);
        break;
      }
      case "unreachable":
        this.push(new Instruction(OP.UNREACHABLE, [], [], [], []));
        break;
    }
  }

  // ---------------------------------------------------------------- comparisons

  /** A branch or a SET on `condition` being non-zero. */
  #condition(op: number, def: Value | undefined, condition: Value): void {
    const i = new Instruction(op, def === undefined ? [] : [this.register(def)], def === undefined ? [] : [ANY], [], []);
    const pending: Instruction[] = [];
    const usable = def !== undefined || (condition.block === this.#block ? true : this.#useCounts[condition.id] === 1);
    if (condition.op === "compare" && usable) {
      this.#releaseCondition(def, condition);
      this.#compare(i, pending, condition.condition as Condition, condition.args[0]!, condition.args[1]!);
    } else if (condition.op === "fcompare" && usable) {
      this.#releaseCondition(def, condition);
      const [code, exchanged] = FLOAT_CONDITIONS[condition.condition as FloatComparison];
      const [a, b] = exchanged ? [condition.args[1]!, condition.args[0]!] : [condition.args[0]!, condition.args[1]!];
      i.detail = code;
      i.scale = FORM.FLOATS;
      i.uses.push(this.operand(a, pending), this.operand(b, pending));
      i.useConstraints.push(ANY, ANY_OR_STACK);
    } else if (condition.op === "and" && condition.args[1]!.op === "const" && this.#mayFold(condition) && fitsInt32(condition.args[1]!.bits)) {
      this.#fold(condition);
      this.#testImmediate(i, pending, CC.ne, condition);
    } else {
      i.detail = CC.ne;
      i.scale = FORM.TEST;
      i.uses.push(this.operand(condition, pending));
      i.useConstraints.push(ANY);
    }
    this.finish(i, pending);
  }

  /** The comparison is taken into the branch: it is needed no more unless others use it, and its operands have one use more. */
  #releaseCondition(def: Value | undefined, condition: Value): void {
    if (def !== undefined) return;
    if (--this.#useCounts[condition.id]! === 0) this.#folded[condition.id] = 1;
    else for (const arg of condition.args) this.#useCounts[arg.id]!++;
  }

  #testImmediate(i: Instruction, pending: Instruction[], code: number, and: Value): void {
    i.detail = code;
    const [x, mask] = and.args as [Value, Value];
    i.immediate = mask.bits;
    if (mask.bits >= 0n && mask.bits < 0x80n && this.#foldableLoad(x)) {
      this.#fold(x);
      i.scale = FORM.TEST_MEMORY_BYTE;
      this.#compareAddress(i, pending, x);
      return;
    }
    i.scale = FORM.TEST_IMMEDIATE;
    i.uses.push(this.operand(x, pending));
    i.useConstraints.push(ANY);
  }

  /** A comparison has its form in `scale`, so an address in it keeps its scale in `width`'s upper part. */
  #compareAddress(i: Instruction, pending: Instruction[], load: Value): void {
    const form = i.scale;
    i.scale = 0;
    this.#addressOf(i, pending, load);
    i.width = load.width + 1024 * i.scale;
    i.scale = form;
  }

  #compare(i: Instruction, pending: Instruction[], condition: Condition, x: Value, y: Value): void {
    i.detail = CONDITIONS[condition];
    const equality = condition === "eq" || condition === "ne";
    const unsignedOrEqual = equality || condition.startsWith("u");
    if (y.op === "const" && fitsInt32(y.bits)) {
      if (y.bits === 0n && equality && x.op === "and" && x.args[1]!.op === "const" && fitsInt32(x.args[1]!.bits) && this.#mayFold(x)) {
        this.#fold(x);
        this.#testImmediate(i, pending, i.detail, x);
        return;
      }
      i.immediate = y.bits;
      if (x.op === "load" && x.kind !== "float" && !x.signed && this.#foldableLoad(x, x.width) && (x.width === 64 || (unsignedOrEqual && y.bits >= 0n && y.bits < 1n << BigInt(x.width - 1)))) {
        this.#fold(x);
        i.scale = FORM.MEMORY_IMMEDIATE;
        this.#compareAddress(i, pending, x);
        return;
      }
      if (y.bits === 0n && !condition.startsWith("u") && condition !== "gt" && condition !== "le") {
        i.scale = FORM.TEST;
        i.detail = condition === "lt" ? CC.s : condition === "ge" ? CC.ns : i.detail;
        i.uses.push(this.operand(x, pending));
        i.useConstraints.push(ANY);
        return;
      }
      i.scale = FORM.IMMEDIATE;
      i.uses.push(this.operand(x, pending));
      i.useConstraints.push(ANY_OR_STACK);
      return;
    }
    if (y.op === "symbol") {
      i.scale = FORM.SYMBOL;
      i.symbol = y.symbol;
      i.offset = y.offset;
      i.uses.push(this.operand(x, pending));
      i.useConstraints.push(ANY);
      return;
    }
    if (this.#foldableLoad(y)) {
      this.#fold(y);
      i.scale = FORM.REGISTER_MEMORY;
      i.uses.push(this.operand(x, pending));
      i.useConstraints.push(ANY);
      this.#compareAddress(i, pending, y);
      return;
    }
    if (this.#foldableLoad(x)) {
      this.#fold(x);
      i.scale = FORM.MEMORY_REGISTER;
      i.uses.push(this.operand(y, pending));
      i.useConstraints.push(ANY);
      this.#compareAddress(i, pending, x);
      return;
    }
    i.scale = FORM.REGISTERS;
    i.uses.push(this.operand(x, pending), this.operand(y, pending));
    i.useConstraints.push(ANY, ANY_OR_STACK);
  }

  // ---------------------------------------------------------------- calls

  #call(v: Value, tail: boolean): void {
    let args = v.args;
    let code: Value | undefined;
    if (v.symbol === "") {
      code = args[0]!;
      args = args.slice(1);
    }
    const passed = assignArguments(args, v.environment);
    const isFloat = v.kind === "float";
    // Through a closure that is passed anyway: the processor reads the code's address from it.
    const closure = v.environment ? args[args.length - 1]! : undefined;
    const throughClosure = code !== undefined && code.op === "load" && code.scale === 0 && closure !== undefined && baseOf(code) === closure && this.#mayFold(code) && this.#epochs[code.id] === this.#epoch;
    let op: number;
    if (throughClosure) op = tail ? OP.TAIL_CALL_CLOSURE : OP.CALL_CLOSURE;
    else if (code !== undefined) op = tail ? OP.TAIL_CALL_REGISTER : OP.CALL_REGISTER;
    else op = tail ? OP.TAIL_CALL : OP.CALL;
    const i = new Instruction(op, [], [], [], []);
    const pending: Instruction[] = [];
    i.symbol = v.symbol;
    i.loc = v.loc;
    if (throughClosure && code !== undefined) {
      this.#fold(code);
      this.#useCounts[closure!.id]!--;
      i.offset = code.offset;
    } else if (code !== undefined) {
      i.uses.push(this.operand(code, pending));
      i.useConstraints.push(ANY);
    }
    const extra: Instruction[] = [];
    args.forEach((arg, k) => {
      const where = passed[k]!;
      if (where.register >= 0) {
        i.uses.push(this.operand(arg, pending, where.register));
        i.useConstraints.push(where.register);
      } else extra.push(...this.#storeInstruction(arg, (store) => {
        store.symbol = EXTRA_ARGUMENTS;
        store.offset = 8 * where.extra;
      }));
    });
    if (!tail) {
      i.clobbers = -1;
      this.m.hasCalls = true;
      i.safePoint = { call: true, registers: 0, slots: [] };
      if (this.#useCounts[v.id]! > 0) {
        i.defs.push(this.register(v));
        i.defConstraints.push(isFloat ? XMM : RAX);
      }
    }
    this.finish(i, pending);
    for (let k = extra.length - 1; k >= 0; k--) this.push(extra[k]!);
  }

  /** Instructions, in order, that store `v` at an address which `place` fills in. */
  #storeInstruction(v: Value, place: (i: Instruction, pending: Instruction[]) => void): Instruction[] {
    const pending: Instruction[] = [];
    let i: Instruction;
    if (v.op === "const" && fitsInt32(v.bits)) {
      i = new Instruction(OP.STORE_IMMEDIATE, [], [], [], []);
      i.immediate = v.bits;
    } else if (v.op === "fconst" && fitsInt32(BigInt.asIntN(64, v.bits))) {
      i = new Instruction(OP.STORE_IMMEDIATE, [], [], [], []);
      i.immediate = BigInt.asIntN(64, v.bits);
    } else i = new Instruction(v.kind === "float" ? OP.FSTORE : OP.STORE, [], [], [this.operand(v, pending)], [ANY]);
    place(i, pending);
    return [...pending.reverse(), i];
  }

  // ---------------------------------------------------------------- instructions

  #instruction(v: Value): void {
    const [x, y] = v.args as [Value, Value];
    switch (v.op) {
      case "add":
        this.#add(v, x, y);
        break;
      case "sub":
      case "and":
      case "or":
      case "xor":
        this.#alu(v, x, y);
        break;
      case "mul":
        this.#multiply(v, x, y);
        break;
      case "shl":
      case "lsr":
      case "asr":
        if (y.op === "const") {
          const n = Number(y.bits & 63n);
          if (v.op === "shl" && n === 1) this.#addressValue(v, x, x, 1, 0);
          else this.#simple(OP.SHIFT_IMMEDIATE, v, SAME_AS_FIRST, [x], [ANY], SHIFTS[v.op], BigInt(n));
        } else this.#simple(OP.SHIFT, v, SAME_AS_FIRST, [x, y], [ANY, RCX], SHIFTS[v.op]);
        break;
      case "div":
      case "mod":
      case "udiv":
      case "umod": {
        const remainder = v.op === "mod" || v.op === "umod";
        const i = this.#simple(OP.DIVIDE, v, remainder ? RDX : RAX, [x, y], [RAX, ANY], v.op === "div" || v.op === "mod" ? 7 : 6);
        i.clobbers = (1 << RAX) | (1 << RDX);
        break;
      }
      case "mulhu": {
        const i = this.#simple(OP.MULTIPLY_HIGH, v, RDX, [x, y], [RAX, ANY]);
        i.clobbers = (1 << RAX) | (1 << RDX);
        break;
      }
      case "neg":
        this.#simple(OP.UNARY, v, SAME_AS_FIRST, [x], [ANY], 3);
        break;
      case "sext8":
      case "sext16":
      case "sext32":
      case "zext8":
      case "zext16":
      case "zext32": {
        const i = this.#simple(OP.EXTEND, v, ANY, [x], [ANY], v.op[0] === "s" ? 1 : 0);
        i.width = Number(v.op.slice(4));
        break;
      }
      case "bswap":
        this.#simple(OP.BSWAP, v, SAME_AS_FIRST, [x], [ANY]);
        break;
      case "clz":
      case "ctz": {
        // bsr leaves 63 − clz; for 0, 127 becomes 64 by the same correction.
        const none = this.m.register("word");
        const pending: Instruction[] = [];
        const i = new Instruction(OP.BIT_SCAN, [this.register(v)], [SAME_AS_FIRST], [this.operand(x, pending), none], [ANY, ANY]);
        i.detail = v.op === "clz" ? 1 : 0;
        const c = new Instruction(OP.CONST, [none], [ANY], [], []);
        c.immediate = v.op === "clz" ? 127n : 64n;
        pending.push(c);
        this.finish(i, pending);
        break;
      }
      case "popcount":
        throw new Error("popcount is expanded before selection");
      case "compare":
      case "fcompare":
        this.#condition(OP.SET, v, v);
        break;
      case "cast":
      case "opaque":
        this.#simple(OP.MOVE, v, ANY, [x], [ANY_OR_STACK]);
        break;
      case "load": {
        const i = new Instruction(v.kind === "float" ? OP.FLOAD : OP.LOAD, [this.register(v)], [ANY], [], []);
        const pending: Instruction[] = [];
        this.#addressOf(i, pending, v);
        i.width = v.width;
        i.detail = v.signed ? 1 : 0;
        this.finish(i, pending);
        break;
      }
      case "store":
        this.#store(v);
        break;
      case "storeBarrier": {
        const target = this.m.register("word");
        const pending: Instruction[] = [];
        const i = new Instruction(OP.BARRIER, [], [], [target, this.operand(storedOf(v), pending)], [RDI, RSI]);
        i.clobbers = (1 << RDI) | (1 << RSI) | (1 << RAX);
        const lea = new Instruction(OP.LEA, [target], [ANY], [], []);
        this.#addressOf(lea, pending, v);
        this.push(i);
        // The address is computed last, so that nothing comes between.
        this.push(lea);
        for (const p of pending) this.push(p);
        break;
      }
      case "alloc":
        this.#allocate(v);
        break;
      case "poll":
        this.#room(0);
        break;
      case "call":
        this.#call(v, false);
        break;
      case "machine":
        selectMachine(this, v, this.#useCounts[v.id]! > 0);
        break;
      case "slotLoad": {
        const i = new Instruction(OP.LOAD_VARIABLE, [this.register(v)], [ANY], [], []);
        i.offset = v.offset;
        this.push(i);
        break;
      }
      case "slotStore": {
        const { i, pending } = this.#make(OP.STORE_VARIABLE, undefined, ANY, [x], [ANY]);
        i.offset = v.offset;
        this.finish(i, pending);
        break;
      }
      case "popTrap": {
        const i = new Instruction(OP.POP_TRAP, [], [], [], []);
        i.offset = v.offset;
        this.push(i);
        break;
      }
      case "fadd":
      case "fsub":
      case "fmul":
      case "fdiv":
        if (this.#foldableFloatLoad(y)) {
          this.#fold(y);
          const { i, pending } = this.#make(OP.FALU_MEMORY, v, SAME_AS_FIRST, [x], [ANY]);
          i.detail = FLOAT_ALU[v.op]!;
          this.#addressOf(i, pending, y);
          this.finish(i, pending);
        } else {
          const i = this.#simple(OP.FALU, v, SAME_AS_FIRST, [x, y], [ANY, ANY_OR_STACK], FLOAT_ALU[v.op]);
          i.commutative = v.op === "fadd" || v.op === "fmul";
        }
        break;
      case "fsqrt":
        this.#simple(OP.FSQRT, v, ANY, [x], [ANY_OR_STACK]);
        break;
      case "fneg":
      case "fabs":
        this.#simple(OP.FSIGN, v, SAME_AS_FIRST, [x], [ANY], v.op === "fneg" ? 0 : 1);
        break;
      case "round32":
        this.#simple(OP.ROUND32, v, ANY, [x], [ANY]);
        break;
      case "fma":
        throw new Error("this processor's baseline has no fused multiply-add");
      case "floatOfInt":
        this.#simple(OP.FROM_INT, v, ANY, [x], [ANY_OR_STACK]);
        break;
      case "intOfFloat":
        this.#simple(OP.TO_INT, v, ANY, [x], [ANY]);
        break;
      case "bitsOfFloat":
        this.#simple(OP.BITS_OF_FLOAT, v, ANY, [x], [ANY]);
        break;
      case "floatOfBits":
        this.#simple(OP.FLOAT_OF_BITS, v, ANY, [x], [ANY]);
        break;
      case "bits32OfFloat":
        this.#simple(OP.BITS32_OF_FLOAT, v, ANY, [x], [ANY]);
        break;
      case "floatOfBits32":
        this.#simple(OP.FLOAT_OF_BITS32, v, ANY, [x], [ANY]);
        break;
      case "param":
      case "const":
      case "symbol":
      case "fconst":
        throw new Error(`${v.op} is no instruction`);
    }
  }

  /** base + index*scale + offset as a value. */
  #addressValue(v: Value, base: Value, index: Value | undefined, scale: number, offset: number): void {
    const i = new Instruction(OP.LEA, [this.register(v)], [ANY], [], []);
    const pending: Instruction[] = [];
    this.address(i, pending, base, index, scale, offset);
    this.finish(i, pending);
  }

  #shiftScale(v: Value): number {
    return v.op === "shl" && v.args[1]!.op === "const" && v.args[1]!.bits <= 3n && this.#mayFold(v) ? 1 << Number(v.args[1]!.bits) : 0;
  }

  #add(v: Value, x: Value, y: Value): void {
    if (y.op === "const" && fitsInt32(y.bits)) {
      const offset = Number(y.bits);
      const scale = this.#shiftScale(x);
      if (scale > 0) {
        this.#fold(x);
        const z = x.args[0]!;
        if (scale === 2) this.#addressValue(v, z, z, 1, offset);
        else {
          const i = new Instruction(OP.LEA, [this.register(v)], [ANY], [], []);
          const pending: Instruction[] = [];
          i.uses.push(this.operand(z, pending));
          i.useConstraints.push(ANY);
          i.addressUses = 1;
          i.scale = scale;
          i.offset = offset;
          this.finish(i, pending);
        }
        return;
      }
      if (x.op === "add" && this.#mayFold(x) && x.args[1]!.op !== "const" && x.args[1]!.op !== "symbol") {
        this.#fold(x);
        this.#sum(v, x.args[0]!, x.args[1]!, offset);
        return;
      }
      if (x.op !== "symbol") {
        const i = this.#simple(OP.ADD_IMMEDIATE, v, ANY, [x], [ANY]);
        i.immediate = y.bits;
        return;
      }
    }
    this.#sum(v, x, y, 0);
  }

  #sum(v: Value, x: Value, y: Value, offset: number): void {
    const scale = this.#shiftScale(y);
    if (scale > 0) {
      this.#fold(y);
      this.#addressValue(v, x, y.args[0]!, scale, offset);
      return;
    }
    const leftScale = this.#shiftScale(x);
    if (leftScale > 0) {
      this.#fold(x);
      this.#addressValue(v, y, x.args[0]!, leftScale, offset);
      return;
    }
    if (offset !== 0 || x.op === "symbol") {
      this.#addressValue(v, x, y, 1, offset);
      return;
    }
    if (y.op === "symbol") {
      this.#addressValue(v, y, x, 1, 0);
      return;
    }
    if (this.#foldableLoad(y)) {
      this.#aluMemory(v, x, y);
      return;
    }
    if (this.#foldableLoad(x)) {
      this.#aluMemory(v, y, x);
      return;
    }
    this.#simple(OP.ADD, v, ANY, [x, y], [ANY, ANY]);
  }

  #aluMemory(v: Value, x: Value, load: Value): void {
    this.#fold(load);
    const { i, pending } = this.#make(OP.ALU_MEMORY, v, SAME_AS_FIRST, [x], [ANY]);
    i.detail = ALU_OPS[v.op]!;
    this.#addressOf(i, pending, load);
    this.finish(i, pending);
  }

  #alu(v: Value, x: Value, y: Value): void {
    if (y.op === "const" && fitsInt32(y.bits)) {
      this.#simple(OP.ALU_IMMEDIATE, v, SAME_AS_FIRST, [x], [ANY], ALU_OPS[v.op], y.bits);
      return;
    }
    if (this.#foldableLoad(y)) {
      this.#aluMemory(v, x, y);
      return;
    }
    if (v.op !== "sub" && this.#foldableLoad(x)) {
      this.#aluMemory(v, y, x);
      return;
    }
    const i = this.#simple(OP.ALU, v, SAME_AS_FIRST, [x, y], [ANY, ANY_OR_STACK], ALU_OPS[v.op]);
    i.commutative = v.op !== "sub";
  }

  #multiply(v: Value, x: Value, y: Value): void {
    if (y.op === "const" && fitsInt32(y.bits)) {
      if (y.bits === 3n || y.bits === 5n || y.bits === 9n) this.#addressValue(v, x, x, Number(y.bits) - 1, 0);
      else this.#simple(OP.MUL_IMMEDIATE, v, ANY, [x], [ANY], 0, y.bits);
      return;
    }
    if (this.#foldableLoad(y)) {
      this.#fold(y);
      const { i, pending } = this.#make(OP.MUL_MEMORY, v, SAME_AS_FIRST, [x], [ANY]);
      this.#addressOf(i, pending, y);
      this.finish(i, pending);
      return;
    }
    const i = this.#simple(OP.MUL, v, SAME_AS_FIRST, [x, y], [ANY, ANY_OR_STACK]);
    i.commutative = true;
  }

  #store(v: Value): void {
    const stored = storedOf(v);
    if (v.width === 64 && this.#readModifyWrite(v, stored)) return;
    if (stored.op === "symbol" && v.width === 64) {
      const i = new Instruction(OP.STORE_SYMBOL, [], [], [], []);
      const pending: Instruction[] = [];
      this.#addressOf(i, pending, v);
      // The stored symbol takes the place of an address symbol; there may be only one.
      if (i.symbol === "") {
        i.symbol = stored.symbol;
        i.immediate = BigInt(stored.offset);
        this.finish(i, pending);
        return;
      }
    }
    const made = this.#storeInstruction(v.width === 64 ? stored : narrowed(stored, v.width), (i, pending) => {
      this.#addressOf(i, pending, v);
      i.width = v.width;
    });
    for (let k = made.length - 1; k >= 0; k--) this.push(made[k]!);
  }

  /** `[m] := [m] op y` in one instruction. */
  #readModifyWrite(v: Value, stored: Value): boolean {
    const op = ALU_OPS[stored.op];
    if (op === undefined || !this.#mayFold(stored)) return false;
    const load = stored.args[0]!;
    const y = stored.args[1]!;
    if (!this.#foldableLoad(load) || baseOf(load) !== baseOf(v) || indexOf(load) !== indexOf(v) || load.scale !== v.scale || load.offset !== v.offset || y.op === "symbol") return false;
    const immediate = y.op === "const" && fitsInt32(y.bits);
    this.#fold(stored);
    this.#fold(load);
    // The base and index of the load are not used apart.
    for (const arg of load.args) this.#useCounts[arg.id]!--;
    const { i, pending } = immediate ? this.#make(OP.RMW_IMMEDIATE, undefined, ANY, [], []) : this.#make(OP.RMW, undefined, ANY, [y], [ANY]);
    i.detail = op;
    if (immediate) i.immediate = y.bits;
    this.#addressOf(i, pending, v);
    this.finish(i, pending);
    return true;
  }

  #allocate(v: Value): void {
    const offset = this.#allocationOffset.get(v)!;
    // In reverse: the result, the fields, the header, the allocation itself.
    if (this.#useCounts[v.id]! > 0) {
      const result = new Instruction(OP.LEA, [this.register(v)], [ANY], [], []);
      result.offset = offset + 8;
      this.push(result);
    }
    for (let k = v.args.length - 1; k >= 0; k--) {
      const field = v.args[k]!;
      const at = offset + 8 + 8 * k;
      if (field.op === "symbol") {
        const i = new Instruction(OP.STORE_SYMBOL, [], [], [], []);
        i.symbol = field.symbol;
        i.immediate = BigInt(field.offset);
        i.offset = at;
        this.push(i);
        continue;
      }
      const made = this.#storeInstruction(field, (i) => {
        i.offset = at;
      });
      for (let j = made.length - 1; j >= 0; j--) this.push(made[j]!);
    }
    const head = this.#storeInstruction(headerValue(this.#f, v.bits), (i) => {
      i.offset = offset;
    });
    for (let j = head.length - 1; j >= 0; j--) this.push(head[j]!);
    const bytes = this.#groupBytes.get(v);
    if (bytes !== undefined) this.#room(bytes);
  }

  #room(bytes: number): void {
    const i = new Instruction(OP.ALLOCATE, [], [], [], []);
    i.immediate = BigInt(bytes);
    i.safePoint = { call: false, registers: 0, slots: [] };
    this.push(i);
  }
}

function headerValue(f: SsaFunction, bits: bigint): Value {
  return f.constant(bits);
}

/** A constant cut to the width that is stored. */
function narrowed(v: Value, width: 8 | 16 | 32 | 64): Value {
  if (v.op === "const" && !fitsInt32(v.bits)) v = Object.assign(Object.create(Object.getPrototypeOf(v) as object) as Value, v, { bits: BigInt.asIntN(width, v.bits) });
  return v;
}

function terminatorUses(t: Terminator): readonly Value[] {
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

export interface PassedArgument {
  /** −1 when it goes to word `extra` of the static area. */
  readonly register: number;
  readonly extra: number;
}

/** Where arguments go (ARCHITECTURE section 7.1). `environment`: the last one is the closure. */
export function assignArguments(args: readonly Value[], environment: boolean): PassedArgument[] {
  let general = 0;
  let floats = 0;
  let extra = 0;
  const out: PassedArgument[] = [];
  args.forEach((arg, i) => {
    if (environment && i === args.length - 1) out.push({ register: ENVIRONMENT_REGISTER, extra: 0 });
    else if (arg.kind === "float" ? floats < FLOAT_ARGUMENTS : general < ARGUMENT_REGISTERS.length) out.push({ register: arg.kind === "float" ? XMM + floats++ : ARGUMENT_REGISTERS[general++]!, extra: 0 });
    else out.push({ register: -1, extra: extra++ });
  });
  if (extra > MAX_EXTRA_ARGUMENTS) throw new Error("a function has too many parameters");
  return out;
}

/** Gives every edge that leaves a branch and enters a meeting point a block of its own, where moves can go. */
function splitCriticalEdges(f: SsaFunction): void {
  orderBlocks(f);
  for (const b of [...f.blocks]) {
    const t = b.terminator;
    if (t.kind === "jump" || t.kind === "return" || t.kind === "tailCall" || t.kind === "raise" || t.kind === "unreachable") continue;
    const split = new Map<Block, Block>();
    forEachEdge(t, (edge) => {
      if (edge.target.predecessors.length < 2) return;
      // Edges of one switch to the same block without arguments share the block.
      let between = edge.args.length === 0 ? split.get(edge.target) : undefined;
      if (between === undefined) {
        between = f.block(b.handler);
        between.cold = edge.target.cold;
        between.terminator = { kind: "jump", edge: { target: edge.target, args: edge.args } };
        if (edge.args.length === 0) split.set(edge.target, between);
      }
      edge.target = between;
      edge.args = [];
    });
  }
}

export function select(f: SsaFunction): MachineFunction {
  return new Selector(f).run();
}
