/**
 * The beginning of an image that unpacks itself, and the format that it reads: sequences of literal bytes and of copies of earlier ones (Ziv and
 * Lempel, "A Universal Algorithm for Sequential Data Compression", 1977), such that few instructions read them, because the number of instructions
 * until a unikernel's first line counts as well as its size. A sequence is
 * - a byte: the number of literals in the upper half (15: a length follows), the length of the copy less 4 in the lower half (1 to 12; 0: a length follows);
 * - two bytes: 65536 less the distance of the copy, which is at least 16, so that 16 bytes can be copied at once;
 * - where it follows, the number of literals; the literals; where it follows, the length of the copy.
 * Such a length is a byte, or 255 and then four bytes. A copy of length 0 is the end.
 */
import type { CodeFragment } from "../object.ts";
import { ALU, Assembler, CC, indexed, memory, RAX, RCX, RDI, RDX, RSI, SHIFT } from "./assembler.ts";

/** What is copied at once. Nothing nearer is referred to, and up to so many bytes after the end are overwritten. */
export const PACK_STEP = 16;
export const PACK_LITERALS_FOLLOW = 15;
export const PACK_COPY_BIAS = 4;
export const PACK_LONG_LENGTH = 255;
export const PACK_WINDOW = 0x1_0000;

const CR4_OSFXSR = 1 << 9;
const BYTE = 8;
const STEP_REGISTER = 0;

function loadStep(a: Assembler, base: number, disp: number): void {
  a.sseMemory("movups", 0x10, STEP_REGISTER, memory(base, disp), 0);
}

function loadCopied(a: Assembler): void {
  a.sseMemory("movups", 0x10, STEP_REGISTER, indexed(RDI, RDX, 1, -PACK_WINDOW), 0);
}

function storeStep(a: Assembler): void {
  a.sseMemory("movups", 0x11, STEP_REGISTER, memory(RDI), 0);
}

/** ecx := the length at esi, which moves on. */
function readLength(a: Assembler): void {
  const short = a.label();
  a.load(RCX, memory(RSI), BYTE);
  a.aluImmediate(ALU.add, RSI, 1, 32);
  a.aluImmediate(ALU.cmp, RCX, PACK_LONG_LENGTH, 32);
  a.jumpIf(CC.ne, short);
  a.load(RCX, memory(RSI), 32);
  a.aluImmediate(ALU.add, RSI, 4, 32);
  a.bind(short);
}

/**
 * 32-bit code that is entered as PVH enters a kernel, unpacks what is at `from` to `to` and jumps to `entry`. It keeps ebx, needs no stack, and runs
 * where nothing is unpacked to.
 */
export function unpacker(from: number, to: number, entry: number): CodeFragment {
  const a = new Assembler();
  a.mode = 32;
  const manyLiterals = a.label();
  const copy = a.label();
  const longCopy = a.label();
  const end = a.label();
  // Instructions of SSE are allowed from here on.
  a.readControl(RAX, 4);
  a.aluImmediate(ALU.or, RAX, CR4_OSFXSR, 32);
  a.writeControl(4, RAX);
  a.movImmediate(RSI, BigInt(from));
  a.movImmediate(RDI, BigInt(to));
  const next = a.here();
  a.load(RAX, memory(RSI), BYTE);
  a.load(RDX, memory(RSI, 1), 16);
  loadStep(a, RSI, 3);
  storeStep(a);
  a.movRegReg(RCX, RAX, 32);
  a.shiftImmediate(SHIFT.shr, RCX, 4, 32);
  a.aluImmediate(ALU.cmp, RCX, PACK_LITERALS_FOLLOW, 32);
  a.jumpIf(CC.e, manyLiterals);
  a.lea(RSI, indexed(RSI, RCX, 1, 3));
  a.alu(ALU.add, RDI, RCX, 32);
  a.bind(copy);
  loadCopied(a);
  storeStep(a);
  a.aluImmediate(ALU.and, RAX, 15, 32);
  a.jumpIf(CC.e, longCopy);
  a.lea(RDI, indexed(RDI, RAX, 1, PACK_COPY_BIAS));
  a.jump(next);

  a.bind(manyLiterals);
  a.aluImmediate(ALU.add, RSI, 3, 32);
  readLength(a);
  const literals = a.here();
  loadStep(a, RSI, 0);
  storeStep(a);
  a.aluImmediate(ALU.add, RSI, PACK_STEP, 32);
  a.aluImmediate(ALU.add, RDI, PACK_STEP, 32);
  a.aluImmediate(ALU.sub, RCX, PACK_STEP, 32);
  a.jumpIf(CC.a, literals);
  // What was too much of the last step: ecx is 0 or negative.
  a.alu(ALU.add, RSI, RCX, 32);
  a.alu(ALU.add, RDI, RCX, 32);
  a.jump(copy);

  a.bind(longCopy);
  readLength(a);
  a.aluImmediate(ALU.cmp, RCX, 0, 32);
  a.jumpIf(CC.e, end);
  const copied = a.here();
  loadCopied(a);
  storeStep(a);
  a.aluImmediate(ALU.add, RDI, PACK_STEP, 32);
  a.aluImmediate(ALU.sub, RCX, PACK_STEP, 32);
  a.jumpIf(CC.a, copied);
  a.alu(ALU.add, RDI, RCX, 32);
  a.jump(next);

  a.bind(end);
  // What the last steps wrote after the end.
  a.zeroDouble(STEP_REGISTER);
  storeStep(a);
  a.movImmediate(RAX, BigInt(entry));
  a.jumpRegister(RAX);
  const fragment = a.finish("unpacker", 1, undefined);
  if (fragment.relocations.length > 0) throw new Error("the unpacker refers to symbols");
  return fragment;
}
