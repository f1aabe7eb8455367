/** Selection and encoding of the machine operations of ARCHITECTURE section 7.9. */
import type { Value } from "../../ssa/ssa.ts";
import { ANY, Instruction, SAME_AS_FIRST } from "../machine.ts";
import { ALU, CC, memory, R8, R9, R10, R11, R15, RAX, RBX, RCX, RDI, RDX, RSI, RSP, SHIFT, type Assembler } from "./assembler.ts";
import { OP } from "./opcodes.ts";

interface Operation {
  /** Constraints of the arguments. */
  readonly uses: readonly number[];
  /** Constraint of the result; undefined when there is none. */
  readonly def: number | undefined;
  readonly clobbers: readonly number[];
  readonly encode: (a: Assembler, i: Instruction) => void;
}

const SYSCALL_ARGUMENTS = [RAX, RDI, RSI, RDX, R10, R8, R9];

function joinHalves(a: Assembler): void {
  a.shiftImmediate(SHIFT.shl, RDX, 32);
  a.alu(ALU.or, RAX, RDX);
}

function plain(...bytes: number[]): Operation {
  return { uses: [], def: undefined, clobbers: [], encode: (a, i) => a.plain(i.symbol, ...bytes) };
}

function input(width: 8 | 16 | 32): Operation {
  return {
    uses: [RDX],
    def: RAX,
    clobbers: [RAX],
    encode: (a) => {
      if (width === 16) a.plain("in ax, dx", 0x66, 0xed);
      else a.plain(width === 8 ? "in al, dx" : "in eax, dx", width === 8 ? 0xec : 0xed);
      if (width !== 32) a.extend(RAX, RAX, width, false);
    },
  };
}

function output(width: 8 | 16 | 32): Operation {
  return {
    uses: [RDX, RAX],
    def: undefined,
    clobbers: [],
    encode: (a) => {
      if (width === 16) a.plain("out dx, ax", 0x66, 0xef);
      else a.plain(width === 8 ? "out dx, al" : "out dx, eax", width === 8 ? 0xee : 0xef);
    },
  };
}

/** rdrand /6, rdseed /7 of 0F C7. */
function random(n: number, ok: boolean): Operation {
  return {
    uses: [],
    def: RAX,
    clobbers: [RAX],
    encode: (a, i) => {
      a.systemRegister(i.symbol, 0x0fc7, n, RAX, 64);
      if (ok) {
        a.setCondition(CC.b, RAX);
        a.extend(RAX, RAX, 8, false);
      }
    },
  };
}

function copy(words: boolean, back: boolean): Operation {
  const repMovs = words ? [0xf3, 0x48, 0xa5] : [0xf3, 0xa4];
  return {
    uses: [RDI, RSI, RCX],
    def: undefined,
    clobbers: [RDI, RSI, RCX],
    encode: (a, i) => {
      if (back) {
        // From the last element down.
        const scale = words ? 8 : 1;
        a.lea(RDI, { base: RDI, index: RCX, scale, disp: -scale, symbol: "" });
        a.lea(RSI, { base: RSI, index: RCX, scale, disp: -scale, symbol: "" });
        a.plain("std", 0xfd);
        a.plain(`rep ${i.symbol}`, ...repMovs);
        a.plain("cld", 0xfc);
      } else a.plain(`rep ${i.symbol}`, ...repMovs);
    },
  };
}

function fill(words: boolean): Operation {
  return { uses: [RDI, RAX, RCX], def: undefined, clobbers: [RDI, RCX], encode: (a, i) => a.plain(`rep ${i.symbol}`, ...(words ? [0xf3, 0x48, 0xab] : [0xf3, 0xaa])) };
}

function control(n: number, write: boolean): Operation {
  if (write) return { uses: [ANY], def: undefined, clobbers: [], encode: (a, i) => a.writeControl(n, i.uses[0]!) };
  return { uses: [], def: ANY, clobbers: [], encode: (a, i) => a.readControl(i.defs[0]!, n) };
}

function atAddress(opcode: number, n: number): Operation {
  return { uses: [ANY], def: undefined, clobbers: [], encode: (a, i) => a.system(i.symbol, opcode, n, memory(i.uses[0]!)) };
}

const OPERATIONS: { readonly [name: string]: Operation } = {
  any_tag: {
    uses: [],
    def: undefined,
    clobbers: [],
    encode: () => {
      // Only the optimiser listens to it.
    },
  },
  in8: input(8),
  in16: input(16),
  in32: input(32),
  out8: output(8),
  out16: output(16),
  out32: output(32),
  rdtsc: {
    uses: [],
    def: RAX,
    clobbers: [RAX, RDX],
    encode: (a) => {
      a.plain("rdtsc", 0x0f, 0x31);
      joinHalves(a);
    },
  },
  cpuid: {
    uses: [RAX, RCX, RSI],
    def: RAX,
    clobbers: [RAX, RBX, RCX, RDX],
    encode: (a) => {
      a.plain("cpuid", 0x0f, 0xa2);
      [RBX, RCX, RDX].forEach((r, k) => {
        a.aluImmediate(ALU.cmp, RSI, k + 1, 32);
        a.conditionalMove(CC.e, RAX, r);
      });
      a.extend(RAX, RAX, 32, false);
    },
  },
  rdmsr: {
    uses: [RCX],
    def: RAX,
    clobbers: [RAX, RDX],
    encode: (a) => {
      a.plain("rdmsr", 0x0f, 0x32);
      joinHalves(a);
    },
  },
  wrmsr: {
    uses: [RCX, RAX],
    def: undefined,
    clobbers: [RDX],
    encode: (a) => {
      a.movRegReg(RDX, RAX);
      a.shiftImmediate(SHIFT.shr, RDX, 32);
      a.plain("wrmsr", 0x0f, 0x30);
    },
  },
  hlt: plain(0xf4),
  cli: plain(0xfa),
  sti: plain(0xfb),
  pause: plain(0xf3, 0x90),
  mfence: plain(0x0f, 0xae, 0xf0),
  fence: plain(0x0f, 0xae, 0xf0),
  ud2: plain(0x0f, 0x0b),
  // sti takes effect after the next instruction, so no interrupt comes between it and hlt.
  sti_hlt: plain(0xfb, 0xf4, 0xfa),
  sti_hlt_cli: plain(0xfb, 0xf4, 0xfa),
  lgdt: atAddress(0x0f01, 2),
  lidt: atAddress(0x0f01, 3),
  invlpg: atAddress(0x0f01, 7),
  ltr: { uses: [ANY], def: undefined, clobbers: [], encode: (a, i) => a.systemRegister("ltr", 0x0f00, 3, i.uses[0]!) },
  readcr0: control(0, false),
  readcr2: control(2, false),
  readcr3: control(3, false),
  readcr4: control(4, false),
  writecr0: control(0, true),
  writecr3: control(3, true),
  writecr4: control(4, true),
  rdrand: random(6, false),
  rdseed: random(7, false),
  rdrand_ok: random(6, true),
  rdseed_ok: random(7, true),
  exchange: { uses: [ANY, ANY], def: SAME_AS_FIRST, clobbers: [], encode: (a, i) => a.exchangeMemory(memory(i.uses[1]!), i.defs[0]!) },
  compare_exchange: { uses: [ANY, RAX, ANY], def: RAX, clobbers: [RAX], encode: (a, i) => a.compareExchange(memory(i.uses[0]!), i.uses[2]!) },
  copy_bytes: copy(false, false),
  copy_words: copy(true, false),
  copy_bytes_back: copy(false, true),
  copy_words_back: copy(true, true),
  fill_bytes: fill(false),
  fill_words: fill(true),
  stack_pointer: { uses: [], def: ANY, clobbers: [], encode: (a, i) => a.movRegReg(i.defs[0]!, RSP) },
  allocation_pointer: { uses: [], def: ANY, clobbers: [], encode: (a, i) => a.movRegReg(i.defs[0]!, R15) },
  set_allocation_pointer: { uses: [ANY], def: undefined, clobbers: [], encode: (a, i) => a.movRegReg(R15, i.uses[0]!) },
};

function operation(name: string, args: number): Operation {
  if (name === "syscall") return { uses: SYSCALL_ARGUMENTS.slice(0, args), def: RAX, clobbers: [RAX, RCX, R11], encode: (a) => a.plain("syscall", 0x0f, 0x05) };
  const found = OPERATIONS[name];
  if (found === undefined) throw new Error(`machine operation ${name} is not known`);
  return found;
}

/** The names, for whoever checks `raw.machine` early. */
export function isMachineOperation(name: string): boolean {
  return name === "syscall" || name === "call" || OPERATIONS[name] !== undefined;
}

interface OperandSupply {
  readonly m: { register(kind: "word"): number };
  register(v: Value): number;
  operand(v: Value, pending: Instruction[]): number;
  finish(i: Instruction, pending: readonly Instruction[]): void;
}

export function selectMachine(s: OperandSupply, v: Value, used: boolean): void {
  const op = operation(v.symbol, v.args.length);
  const pending: Instruction[] = [];
  if (v.args.length < op.uses.length) throw new Error(`machine operation ${v.symbol} has ${v.args.length} arguments, not ${op.uses.length}`);
  const uses: number[] = [];
  op.uses.forEach((_, k) => uses.push(s.operand(v.args[k]!, pending)));
  // The exchanged word comes first, since the result takes its place.
  const ordered = v.symbol === "exchange" ? [uses[1]!, uses[0]!] : uses;
  const i = new Instruction(OP.MACHINE, [], [], ordered, [...op.uses]);
  i.symbol = v.symbol;
  i.offset = v.args.length;
  for (const r of op.clobbers) i.clobbers |= 1 << r;
  // A result that nothing uses still needs its register.
  const result = op.def ?? ANY;
  if (op.def !== undefined && (used || result === ANY || result === SAME_AS_FIRST)) {
    i.defs.push(used ? s.register(v) : s.m.register("word"));
    i.defConstraints.push(result);
  }
  if (op.def === undefined && used) {
    // The operation has no result: 0.
    const zero = new Instruction(OP.CONST, [s.register(v)], [ANY], [], []);
    s.finish(zero, []);
  }
  s.finish(i, pending);
}

export function encodeMachine(a: Assembler, i: Instruction): void {
  operation(i.symbol, i.offset).encode(a, i);
}
