/** x86-64 as a target of the code generator. */
import { allocate } from "../allocate.ts";
import { Instruction, type Move } from "../machine.ts";
import type { SequencedMove } from "../moves.ts";
import type { CodeFragment } from "../object.ts";
import type { Target } from "../target.ts";
import { ANY } from "../machine.ts";
import { R10, R11, R12, R13, R14, R8, R9, RAX, RBP, RBX, RCX, RDI, RDX, RSI, type Assembler } from "./assembler.ts";
import { Emitter } from "./emit.ts";
import { OP, XMM } from "./opcodes.ts";
import { select } from "./select.ts";
import { makeStubs } from "./stubs.ts";

const GENERAL = [RAX, RBX, RDI, RSI, RDX, RCX, R8, R9, R12, R13, R10, R11, RBP, R14];
const FLOATS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14].map((n) => XMM + n);
const SCRATCH = XMM + 15;

function move(m: Move): Instruction {
  if (typeof m.from === "number") return new Instruction(OP.MOVE, [m.to], [ANY], [m.from], [ANY]);
  const v = m.from;
  const i = new Instruction(v.op === "const" ? OP.CONST : v.op === "symbol" ? OP.SYMBOL : OP.FCONST, [m.to], [ANY], [], []);
  i.immediate = v.bits;
  i.symbol = v.symbol;
  i.offset = v.offset;
  return i;
}

function sequenced(s: SequencedMove): Instruction {
  if (s.exchange) return new Instruction(OP.EXCHANGE, [s.move.to], [ANY], [s.move.from as number], [ANY]);
  return move(s.move);
}

function listing(code: CodeFragment, a: Assembler): string {
  const lines = [`${code.symbol}:`];
  const notes = a.listing ?? [];
  notes.forEach((line, i) => {
    const next = notes[i + 1]?.offset ?? code.bytes.length;
    const bytes = [...code.bytes.subarray(line.offset, next)].map((b) => b.toString(16).padStart(2, "0")).join(" ");
    lines.push(line.text.endsWith(":") ? `${line.text}` : `  ${line.offset.toString(16).padStart(4, " ")}  ${bytes.padEnd(32)}  ${line.text}`);
  });
  return lines.join("\n");
}

export const x8664: Target = {
  name: "x86-64",
  registers: { general: GENERAL, floats: FLOATS, count: 32, scratch: SCRATCH },
  exceptionRegister: RAX,
  move,
  sequenced,
  compile(f, listed) {
    const m = select(f);
    allocate(m, x8664);
    const { code, assembler } = new Emitter(m, listed !== undefined).run();
    listed?.(listing(code, assembler));
    return code;
  },
  stubs: makeStubs,
};
