/**
 * Encoding of allocated machine code: frames, block layout, jumps, slow paths.
 *
 * The frame, from the stack pointer up: trap frames (two words each), memory variables, spill slots; then the return address.
 */
import { foldBlocks } from "../fold-blocks.ts";
import type { CodeFragment } from "../object.ts";
import { slotOf, type Instruction, type MachineBlock, type MachineFunction } from "../machine.ts";
import { absolute, ALU, Assembler, CC, fitsInt32, indexed, memory, R14, R15, RAX, RDX, RSP, type Memory, type Width } from "./assembler.ts";
import { layoutBlocks, threadJumps } from "./layout.ts";
import { encodeMachine } from "./machine-operations.ts";
import { FLOAT_EQUAL, FORM, OP, SMALL_OVERFLOW, XMM } from "./opcodes.ts";

/** Leaf functions with frames up to this many bytes do not check the stack: it fits in the reserve. */
const UNCHECKED_FRAME = 256;
/** Larger frames are tested after the stack pointer has moved. */
const LARGE_FRAME = SMALL_OVERFLOW;
/** Code that is seldom run may come this far behind the jump to it, so that the jump is short. */
const NEAR = 80;
/** Functions with loops begin at multiples of this. */
const LOOP_ALIGNMENT = 16;
const SCRATCH_XMM = 15;
/** Constants of 16 bytes, aligned, for sign operations on doubles. */
export const SIGN_MASK = "float.sign";
export const ABSOLUTE_MASK = "float.absolute";

export class Emitter {
  readonly #f: MachineFunction;
  readonly #a: Assembler;
  readonly #frameWords: number;
  readonly #labels: number[] = [];
  /** Written where no code falls through, with the offset of the jump. */
  #slowPaths: { readonly from: number; readonly write: () => void }[] = [];
  /** Written after the function. */
  readonly #tables: (() => void)[] = [];
  #next: MachineBlock | undefined;
  #startLabel = 0;

  constructor(f: MachineFunction, listing: boolean) {
    this.#f = f;
    this.#a = new Assembler(listing);
    this.#frameWords = 2 * f.trapDepth + f.variables.length + f.spillSlots;
  }

  run(): { readonly code: CodeFragment; readonly assembler: Assembler } {
    threadJumps(this.#f);
    foldBlocks(this.#f);
    const blocks = layoutBlocks(this.#f);
    const a = this.#a;
    for (let i = 0; i < this.#f.blocks.length; i++) this.#labels.push(-1);
    for (const b of blocks) this.#labels[b.id] = a.label();
    this.#prologue();
    blocks.forEach((b, i) => {
      const next = blocks[i + 1];
      this.#next = next;
      a.bind(this.#labels[b.id]!);
      if (b.landing) this.#landing(b);
      for (const instruction of b.instructions) this.#instruction(instruction, b);
      // Not between the blocks of a loop: they had better lie close together.
      const first = this.#slowPaths[0];
      if (first !== undefined && a.length - first.from > NEAR && b.loopDepth === 0 && (next === undefined || next.loopDepth === 0) && !this.#fallsThrough(b, next)) this.#writeSlowPaths();
    });
    this.#writeSlowPaths();
    for (const table of this.#tables) table();
    const loops = this.#f.blocks.some((b) => b.isLoopHeader);
    return { code: a.finish(this.#f.name, loops ? LOOP_ALIGNMENT : 1, this.#f.loc, this.#startLabel), assembler: a };
  }

  #writeSlowPaths(): void {
    const paths = this.#slowPaths;
    this.#slowPaths = [];
    for (const path of paths) path.write();
  }

  #slow(write: () => void): void {
    this.#slowPaths.push({ from: this.#a.length, write });
  }

  #fallsThrough(b: MachineBlock, next: MachineBlock | undefined): boolean {
    return b.edges.some((edge) => edge.target === next);
  }

  get #frameBytes(): number {
    return 8 * this.#frameWords;
  }

  #prologue(): void {
    const a = this.#a;
    const bytes = this.#frameBytes;
    const checks = !this.#f.dialect && (this.#f.hasCalls || bytes > UNCHECKED_FRAME);
    if (checks) {
      const slow = a.label();
      if (bytes > LARGE_FRAME) {
        this.#startLabel = a.here();
        a.aluImmediate(ALU.sub, RSP, bytes);
        a.aluMemory(ALU.cmp, RSP, absolute("stack_limit"));
        a.jumpIf(CC.b, slow);
        this.#slow(() => {
          a.bind(slow);
          a.aluImmediate(ALU.add, RSP, bytes);
          // The stub takes the number of bytes from the stack.
          a.pushImmediate(bytes);
          a.callSymbol("stub.stack_overflow");
          a.jump(this.#startLabel);
        });
      } else {
        // In front of the function: the stub returns into it.
        a.bind(slow);
        a.callSymbol("stub.small_stack_overflow");
        this.#startLabel = a.here();
        a.aluMemory(ALU.cmp, RSP, absolute("stack_limit"));
        a.jumpIf(CC.b, slow);
        if (bytes > 0) a.aluImmediate(ALU.sub, RSP, bytes);
      }
    } else {
      this.#startLabel = a.here();
      if (bytes > 0) a.aluImmediate(ALU.sub, RSP, bytes);
    }
    this.#f.variables.forEach((kind, i) => {
      if (kind === "value") a.storeImmediate(this.#variable(i), 1);
    });
  }

  /** Where an exception arrives: the stack pointer is two words above the trap frame. */
  #landing(b: MachineBlock): void {
    const depth = b.predecessors[0]!.instructions.find((i) => i.op === OP.PUSH_TRAP)!.offset;
    this.#a.aluImmediate(ALU.sub, RSP, 16 + 16 * depth);
  }

  #leave(): void {
    if (this.#frameWords > 0) this.#a.aluImmediate(ALU.add, RSP, this.#frameBytes);
  }

  // ---------------------------------------------------------------- operands

  #slot(location: number): Memory {
    return memory(RSP, 8 * (2 * this.#f.trapDepth + this.#f.variables.length + slotOf(location)));
  }

  #variable(n: number): Memory {
    return memory(RSP, 8 * (2 * this.#f.trapDepth + n));
  }

  #trap(depth: number): Memory {
    return memory(RSP, 16 * depth);
  }

  #address(i: Instruction, scale = i.scale): Memory {
    const n = i.uses.length;
    // A stored symbol is no part of the address.
    const symbol = i.op === OP.STORE_SYMBOL ? "" : i.symbol;
    if (i.addressUses === 0) return symbol === "" ? memory(R15, i.offset) : absolute(symbol, i.offset);
    if (i.addressUses === 1) {
      const r = i.uses[n - 1]!;
      return scale === 0 ? indexed(r, -1, 1, i.offset, symbol) : indexed(-1, r, scale, i.offset, symbol);
    }
    let base = i.uses[n - 2]!;
    let index = i.uses[n - 1]!;
    // rsp is no index, and rbp or r13 as base cost a byte.
    if (scale === 1 && (base & 7) === 5 && (index & 7) !== 5) [base, index] = [index, base];
    return indexed(base, index, scale, i.offset, symbol);
  }

  // ---------------------------------------------------------------- comparisons

  /** Sets the flags. */
  #compare(i: Instruction): void {
    const a = this.#a;
    const [x, y] = i.uses as [number, number];
    const n = Number(i.immediate);
    const address = (): Memory => this.#address(i, i.width >> 10);
    const width = (i.width & 1023) as Width;
    switch (i.scale) {
      case FORM.REGISTERS:
        if (y < 0) a.aluMemory(ALU.cmp, x, this.#slot(y));
        else a.alu(ALU.cmp, x, y);
        break;
      case FORM.IMMEDIATE:
        if (x < 0) a.aluMemoryImmediate(ALU.cmp, this.#slot(x), n);
        else a.aluImmediate(ALU.cmp, x, n);
        break;
      case FORM.REGISTER_MEMORY:
        a.aluMemory(ALU.cmp, x, address());
        break;
      case FORM.MEMORY_REGISTER:
        a.aluToMemory(ALU.cmp, address(), x);
        break;
      case FORM.MEMORY_IMMEDIATE:
        a.aluMemoryImmediate(ALU.cmp, address(), n, width);
        break;
      case FORM.TEST:
        a.test(x, x);
        break;
      case FORM.TEST_IMMEDIATE:
        a.testImmediate(x, n);
        break;
      case FORM.TEST_MEMORY_BYTE:
        a.testMemoryByte(address(), n);
        break;
      case FORM.SYMBOL:
        a.aluSymbol(ALU.cmp, x, i.symbol, i.offset);
        break;
      case FORM.FLOATS:
        if (y < 0) a.sseMemory("ucomisd", 0x2e, x - XMM, this.#slot(y), 0x66);
        else a.sse("ucomisd", 0x2e, x - XMM, y - XMM, 0x66);
        break;
    }
  }

  #set(i: Instruction): void {
    const a = this.#a;
    const to = i.defs[0]!;
    if (i.detail >= FLOAT_EQUAL) {
      // Equality of doubles needs two flags: a mask instead (cmpsd with predicate 0 or 4).
      const [x, y] = i.uses as [number, number];
      a.moveDouble(SCRATCH_XMM, x - XMM);
      if (y < 0) a.sseMemory("cmpsd", 0xc2, SCRATCH_XMM, this.#slot(y));
      else a.sse("cmpsd", 0xc2, SCRATCH_XMM, y - XMM);
      a.byte(i.detail === FLOAT_EQUAL ? 0 : 4);
      a.moveFromDouble(to, SCRATCH_XMM);
      a.aluImmediate(ALU.and, to, 1);
      return;
    }
    // Zeroing first breaks the dependence on the old contents, when the register is not an operand.
    const zeroed = !i.uses.includes(to);
    if (zeroed) a.zero(to);
    this.#compare(i);
    a.setCondition(i.detail, to);
    if (!zeroed) a.extend(to, to, 8, false);
  }

  #branch(i: Instruction, b: MachineBlock): void {
    const a = this.#a;
    const [yes, no] = [b.edges[0]!.target, b.edges[1]!.target];
    if (yes === no) {
      if (yes !== this.#next) a.jump(this.#labels[yes.id]!);
      return;
    }
    this.#compare(i);
    const label = (t: MachineBlock): number => this.#labels[t.id]!;
    if (i.detail >= FLOAT_EQUAL) {
      const [equal, different] = i.detail === FLOAT_EQUAL ? [yes, no] : [no, yes];
      a.jumpIf(CC.ne, label(different));
      a.jumpIf(CC.p, label(different));
      if (equal !== this.#next) a.jump(label(equal));
      return;
    }
    if (yes === this.#next) a.jumpIf(i.detail ^ 1, label(no));
    else {
      a.jumpIf(i.detail, label(yes));
      if (no !== this.#next) a.jump(label(no));
    }
  }

  #switch(i: Instruction, b: MachineBlock): void {
    const a = this.#a;
    const table = a.label();
    const low = Number(i.immediate);
    const edges = b.edges;
    const hasDefault = i.detail === 1;
    const count = edges.length - (hasDefault ? 1 : 0);
    const temporary = i.defs[0]!;
    let index = i.uses[0]!;
    let bias = low;
    if (hasDefault) {
      if (low !== 0) {
        a.lea(temporary, memory(index, -low));
        index = temporary;
        bias = 0;
      }
      a.aluImmediate(ALU.cmp, index, count);
      a.jumpIf(CC.ae, this.#labels[edges[count]!.target.id]!);
    }
    // Entries of 32 bits: images lie in the low 2 GiB.
    a.note(`mov r, [table+r*4]; jmp r`);
    this.#loadTable(temporary, index, table, -4 * bias);
    a.jumpRegister(temporary);
    this.#tables.push(() => {
      while (a.length % 4 !== 0) a.byte(0xcc);
      a.bind(table);
      for (let k = 0; k < count; k++) a.labelAddress(this.#labels[edges[k]!.target.id]!);
    });
  }

  /** mov r32, [table + index*4 + offset], with the table in this fragment. */
  #loadTable(to: number, index: number, table: number, offset: number): void {
    const a = this.#a;
    const rex = (to >= 8 ? 4 : 0) | (index >= 8 ? 2 : 0);
    if (rex !== 0) a.byte(0x40 | rex);
    a.byte(0x8b);
    a.byte(0x04 | ((to & 7) << 3));
    a.byte(0x80 | ((index & 7) << 3) | 5);
    a.labelAddress(table, "absolute32", offset);
  }

  // ---------------------------------------------------------------- safe points

  #safePoint(i: Instruction): void {
    const point = i.safePoint;
    if (point === undefined) return;
    const base = 2 * this.#f.trapDepth;
    const slots: number[] = [];
    this.#f.variables.forEach((kind, k) => {
      if (kind === "value") slots.push(base + k);
    });
    let last = -1;
    for (const s of point.slots) if (s !== last) slots.push(base + this.#f.variables.length + (last = s));
    this.#a.safePoint({ frameWords: this.#frameWords, slots, registers: point.registers, special: undefined, loc: i.loc });
  }

  #allocate(i: Instruction): void {
    const a = this.#a;
    const bytes = Number(i.immediate);
    const slow = a.label();
    const back = a.label();
    if (bytes > 0) a.aluImmediate(ALU.sub, R15, bytes);
    a.aluMemory(ALU.cmp, R15, absolute("young_limit"));
    a.jumpIf(CC.b, slow);
    a.bind(back);
    this.#slow(() => {
      a.bind(slow);
      a.callSymbol(`stub.call_gc_${bytes / 8}`);
      this.#safePoint(i);
      a.jump(back);
    });
  }

  // ---------------------------------------------------------------- instructions

  #move(to: number, from: number): void {
    const a = this.#a;
    if (to === from) return;
    const toFloat = to >= XMM;
    const fromFloat = from >= XMM;
    if (to < 0 && from < 0) {
      // push takes its address before, pop after the stack pointer moves.
      a.pushMemory(this.#slot(from));
      a.popMemory(this.#slot(to));
    } else if (to < 0) {
      if (fromFloat) a.storeDouble(this.#slot(to), from - XMM);
      else a.store(this.#slot(to), from);
    } else if (from < 0) {
      if (toFloat) a.loadDouble(to - XMM, this.#slot(from));
      else a.load(to, this.#slot(from));
    } else if (toFloat) {
      if (fromFloat) a.moveDouble(to - XMM, from - XMM);
      else a.moveToDouble(to - XMM, from);
    } else if (fromFloat) a.moveFromDouble(to, from - XMM);
    else a.movRegReg(to, from);
  }

  #constant(to: number, n: bigint): void {
    const a = this.#a;
    if (to >= XMM) {
      // A double or, in the scratch register, anything.
      if (n === 0n) a.zeroDouble(to - XMM);
      else a.loadDouble(to - XMM, absolute(floatConstantSymbol(n)));
    } else if (to >= 0) {
      if (n === 0n) a.zero(to);
      else a.movImmediate(to, n);
    } else if (fitsInt32(BigInt.asIntN(64, n))) a.storeImmediate(this.#slot(to), Number(BigInt.asIntN(64, n)));
    else {
      a.loadDouble(SCRATCH_XMM, absolute(floatConstantSymbol(n)));
      a.storeDouble(this.#slot(to), SCRATCH_XMM);
    }
  }

  #instruction(i: Instruction, b: MachineBlock): void {
    const a = this.#a;
    const def = i.defs[0]!;
    const [x, y] = i.uses as [number, number];
    const n = Number(i.immediate);
    switch (i.op) {
      case OP.MOVE:
        this.#move(def, x);
        break;
      case OP.EXCHANGE:
        a.exchange(def, x);
        break;
      case OP.CONST:
      case OP.FCONST:
        this.#constant(def, i.immediate);
        break;
      case OP.SYMBOL:
        if (def < 0) a.storeSymbol(this.#slot(def), i.symbol, i.offset);
        else a.movSymbol(def, i.symbol, i.offset);
        break;
      case OP.ADD:
        if (def === x) a.alu(ALU.add, def, y);
        else if (def === y) a.alu(ALU.add, def, x);
        else a.lea(def, (x & 7) === 5 ? indexed(y, x, 1) : indexed(x, y, 1));
        break;
      case OP.ADD_IMMEDIATE:
        if (def !== x) a.lea(def, memory(x, n));
        else if (n === 128) a.aluImmediate(ALU.sub, def, -128);
        else a.aluImmediate(ALU.add, def, n);
        break;
      case OP.LEA:
        this.#lea(i, def);
        break;
      case OP.ALU:
        if (y < 0) a.aluMemory(i.detail, def, this.#slot(y));
        else a.alu(i.detail, def, y);
        break;
      case OP.ALU_IMMEDIATE:
        // A mask of 32 bits or less needs no 64-bit operation.
        if (i.detail === ALU.and && n >= 0) a.aluImmediate(i.detail, def, n, 32);
        else a.aluImmediate(i.detail, def, n);
        break;
      case OP.ALU_MEMORY:
        a.aluMemory(i.detail, def, this.#address(i));
        break;
      case OP.MUL:
        if (y < 0) a.multiplyMemory(def, this.#slot(y));
        else a.multiply(def, y);
        break;
      case OP.MUL_IMMEDIATE:
        a.multiplyImmediate(def, x, n);
        break;
      case OP.MUL_MEMORY:
        a.multiplyMemory(def, this.#address(i));
        break;
      case OP.UNARY:
        a.unary(i.detail, def);
        break;
      case OP.BSWAP:
        a.byteSwap(def);
        break;
      case OP.SHIFT_IMMEDIATE:
        a.shiftImmediate(i.detail, def, n);
        break;
      case OP.SHIFT:
        a.shiftByCl(i.detail, def);
        break;
      case OP.DIVIDE:
        this.#divide(i, y);
        break;
      case OP.MULTIPLY_HIGH:
        a.unary(4, y);
        break;
      case OP.EXTEND:
        a.extend(def, x, i.width as 8 | 16 | 32, i.detail === 1);
        break;
      case OP.BIT_SCAN:
        a.bitScan(def, def, i.detail === 1);
        a.conditionalMove(CC.e, def, y);
        if (i.detail === 1) a.aluImmediate(ALU.xor, def, 63);
        break;
      case OP.LOAD:
        a.load(def, this.#address(i), i.width as Width, i.detail === 1);
        break;
      case OP.FLOAD:
        a.loadDouble(def - XMM, this.#address(i));
        break;
      case OP.STORE:
        a.store(this.#address(i), x, i.width as Width);
        break;
      case OP.STORE_IMMEDIATE:
        a.storeImmediate(this.#address(i), n, i.width as Width);
        break;
      case OP.STORE_SYMBOL:
        a.storeSymbol(this.#address(i), i.symbol, n);
        break;
      case OP.FSTORE:
        a.storeDouble(this.#address(i), x - XMM);
        break;
      case OP.RMW:
        a.aluToMemory(i.detail, this.#address(i), x);
        break;
      case OP.RMW_IMMEDIATE:
        a.aluMemoryImmediate(i.detail, this.#address(i), n);
        break;
      case OP.SET:
        this.#set(i);
        break;
      case OP.BRANCH:
        this.#branch(i, b);
        break;
      case OP.JUMP:
        if (b.edges[0]!.target !== this.#next) a.jump(this.#labels[b.edges[0]!.target.id]!);
        break;
      case OP.SWITCH:
        this.#switch(i, b);
        break;
      case OP.RETURN:
        this.#leave();
        a.ret();
        break;
      case OP.CALL:
        a.callSymbol(i.symbol);
        this.#safePoint(i);
        break;
      case OP.CALL_REGISTER:
        a.callRegister(x);
        this.#safePoint(i);
        break;
      case OP.CALL_CLOSURE:
        a.callMemory(memory(R14, i.offset));
        this.#safePoint(i);
        break;
      case OP.TAIL_CALL:
        this.#leave();
        if (i.symbol === this.#f.name && this.#frameWords === 0) a.jump(this.#startLabel);
        else a.jumpSymbol(i.symbol);
        break;
      case OP.TAIL_CALL_REGISTER:
        this.#leave();
        a.jumpRegister(x);
        break;
      case OP.TAIL_CALL_CLOSURE:
        this.#leave();
        a.jumpMemory(memory(R14, i.offset));
        break;
      case OP.RAISE:
        if (i.detail === 2) a.jumpSymbol("stub.raise_notrace");
        else {
          // A call, so that a backtrace finds this place.
          a.callSymbol(i.detail === 0 ? "stub.raise" : "stub.reraise");
          a.safePoint({ frameWords: this.#frameWords, slots: [], registers: 0, special: undefined, loc: i.loc });
        }
        break;
      case OP.PUSH_TRAP:
        this.#pushTrap(i, b);
        break;
      case OP.POP_TRAP:
        a.pushMemory(memory(RSP, 16 * i.offset + 8));
        a.popMemory(absolute("exception_handler"));
        break;
      case OP.UNREACHABLE:
        a.plain("ud2", 0x0f, 0x0b);
        break;
      case OP.LOAD_VARIABLE:
        if (def >= XMM) a.loadDouble(def - XMM, this.#variable(i.offset));
        else a.load(def, this.#variable(i.offset));
        break;
      case OP.STORE_VARIABLE:
        if (x >= XMM) a.storeDouble(this.#variable(i.offset), x - XMM);
        else a.store(this.#variable(i.offset), x);
        break;
      case OP.FALU:
        if (y < 0) a.sseMemory("fop", i.detail, def - XMM, this.#slot(y));
        else a.sse("fop", i.detail, def - XMM, y - XMM);
        break;
      case OP.FALU_MEMORY:
        a.sseMemory("fop", i.detail, def - XMM, this.#address(i));
        break;
      case OP.FSQRT:
        if (x < 0) a.sseMemory("sqrtsd", 0x51, def - XMM, this.#slot(x));
        else a.sse("sqrtsd", 0x51, def - XMM, x - XMM);
        break;
      case OP.FSIGN:
        if (i.detail === 0) a.sseMemory("xorpd", 0x57, def - XMM, absolute(SIGN_MASK), 0x66);
        else a.sseMemory("andpd", 0x54, def - XMM, absolute(ABSOLUTE_MASK), 0x66);
        break;
      case OP.FROM_INT:
        // cvtsi2sd leaves the upper half: cleared, so that it does not wait for it.
        a.zeroDouble(def - XMM);
        if (x < 0) a.sseMemory("cvtsi2sd", 0x2a, def - XMM, this.#slot(x), 0xf2, true);
        else a.sse("cvtsi2sd", 0x2a, def - XMM, x, 0xf2, true);
        break;
      case OP.TO_INT:
        a.truncate(def, x - XMM);
        break;
      case OP.BITS_OF_FLOAT:
        a.moveFromDouble(def, x - XMM);
        break;
      case OP.FLOAT_OF_BITS:
        a.moveToDouble(def - XMM, x);
        break;
      case OP.ROUND32:
        a.sse("cvtsd2ss", 0x5a, def - XMM, x - XMM, 0xf2);
        a.sse("cvtss2sd", 0x5a, def - XMM, def - XMM, 0xf3);
        break;
      case OP.BITS32_OF_FLOAT:
        a.sse("cvtsd2ss", 0x5a, SCRATCH_XMM, x - XMM, 0xf2);
        a.moveFromSingle(def, SCRATCH_XMM);
        break;
      case OP.FLOAT_OF_BITS32:
        a.moveToSingle(SCRATCH_XMM, x);
        a.sse("cvtss2sd", 0x5a, def - XMM, SCRATCH_XMM, 0xf3);
        break;
      case OP.ALLOCATE:
        this.#allocate(i);
        break;
      case OP.BARRIER:
        a.callSymbol("stub.modify");
        break;
      case OP.MACHINE:
        encodeMachine(a, i);
        break;
      default:
        throw new Error(`no encoding for machine instruction ${i.op}`);
    }
  }

  #lea(i: Instruction, def: number): void {
    const a = this.#a;
    const m = this.#address(i);
    if (m.symbol === "" && m.base >= 0 && m.index >= 0 && m.scale === 1 && m.disp === 0 && (def === m.base || def === m.index)) a.alu(ALU.add, def, def === m.base ? m.index : m.base);
    else if (m.symbol === "" && m.base >= 0 && m.index < 0 && m.base === def) a.aluImmediate(ALU.add, def, m.disp);
    else if (m.symbol === "" && m.base >= 0 && m.index < 0 && m.disp === 0) a.movRegReg(def, m.base);
    else if (m.symbol !== "" && m.base < 0 && m.index < 0) a.movSymbol(def, m.symbol, m.disp);
    else a.lea(def, m);
  }

  #divide(i: Instruction, divisor: number): void {
    const a = this.#a;
    if (i.detail === 7) a.cqo();
    else a.zero(RDX);
    a.unary(i.detail, divisor);
  }

  #pushTrap(i: Instruction, b: MachineBlock): void {
    const a = this.#a;
    const frame = this.#trap(i.offset);
    const [body, landing] = [b.edges[0]!.target, b.edges[1]!.target];
    a.storeLabel(frame, this.#labels[landing.id]!);
    a.pushMemory(absolute("exception_handler"));
    a.popMemory(memory(RSP, frame.disp + 8));
    if (frame.disp === 0) a.store(absolute("exception_handler"), RSP);
    else {
      a.lea(RAX, frame);
      a.store(absolute("exception_handler"), RAX);
    }
    if (body !== this.#next) a.jump(this.#labels[body.id]!);
  }
}

/** The symbol of a double (or any 64-bit constant) in read-only data. */
export function floatConstantSymbol(bits: bigint): string {
  return `float.${BigInt.asUintN(64, bits).toString(16)}`;
}
