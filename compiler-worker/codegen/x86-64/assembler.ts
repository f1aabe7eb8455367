/**
 * Assembler for x86-64: encodes instructions (Intel SDM volume 2, chapters 2 to 5) into a fragment with labels,
 * relocations and safe points. Jumps to labels are emitted long and shrunk at the end, as far as their distances allow.
 *
 * The mode says which bits the processor is in when it runs the code: 64, or 32 for the first instructions after boot.
 */
import type { Location } from "../../syntax/diagnostics.ts";
import type { CodeFragment, Relocation, RelocationKind, SafePoint } from "../object.ts";

export const RAX = 0;
export const RCX = 1;
export const RDX = 2;
export const RBX = 3;
export const RSP = 4;
export const RBP = 5;
export const RSI = 6;
export const RDI = 7;
export const R8 = 8;
export const R9 = 9;
export const R10 = 10;
export const R11 = 11;
export const R12 = 12;
export const R13 = 13;
export const R14 = 14;
export const R15 = 15;

/** Condition codes (SDM volume 1, appendix B). */
export const CC = { o: 0, no: 1, b: 2, ae: 3, e: 4, ne: 5, be: 6, a: 7, s: 8, ns: 9, p: 10, np: 11, l: 12, ge: 13, le: 14, g: 15 } as const;
const CC_NAMES = ["o", "no", "b", "ae", "e", "ne", "be", "a", "s", "ns", "p", "np", "l", "ge", "le", "g"];

/** The operations that share one encoding scheme, by their number in it. */
export const ALU = { add: 0, or: 1, adc: 2, sbb: 3, and: 4, sub: 5, xor: 6, cmp: 7 } as const;
const ALU_NAMES = ["add", "or", "adc", "sbb", "and", "sub", "xor", "cmp"];
export const SHIFT = { rol: 0, ror: 1, shl: 4, shr: 5, sar: 7 } as const;
const SHIFT_NAMES = ["rol", "ror", "rcl", "rcr", "shl", "shr", "sal", "sar"];
const UNARY_NAMES = ["test", "test", "not", "neg", "mul", "imul", "div", "idiv"];

export type Width = 8 | 16 | 32 | 64;

/** `[symbol + base + index*scale + disp]`; −1 for no register. */
export interface Memory {
  readonly base: number;
  readonly index: number;
  readonly scale: number;
  readonly disp: number;
  readonly symbol: string;
}

export function memory(base: number, disp = 0): Memory {
  return { base, index: -1, scale: 1, disp, symbol: "" };
}

export function indexed(base: number, index: number, scale: number, disp = 0, symbol = ""): Memory {
  return { base, index, scale, disp, symbol };
}

export function absolute(symbol: string, disp = 0): Memory {
  return { base: -1, index: -1, scale: 1, disp, symbol };
}

const NAMES64 = ["rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15"];
const NAMES32 = ["eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi", "r8d", "r9d", "r10d", "r11d", "r12d", "r13d", "r14d", "r15d"];
const NAMES16 = ["ax", "cx", "dx", "bx", "sp", "bp", "si", "di", "r8w", "r9w", "r10w", "r11w", "r12w", "r13w", "r14w", "r15w"];
const NAMES8 = ["al", "cl", "dl", "bl", "spl", "bpl", "sil", "dil", "r8b", "r9b", "r10b", "r11b", "r12b", "r13b", "r14b", "r15b"];

export function registerName(r: number, width: Width = 64): string {
  return (width === 64 ? NAMES64 : width === 32 ? NAMES32 : width === 16 ? NAMES16 : NAMES8)[r]!;
}

export function memoryText(m: Memory): string {
  const parts: string[] = [];
  if (m.symbol !== "") parts.push(m.symbol);
  if (m.base >= 0) parts.push(NAMES64[m.base]!);
  if (m.index >= 0) parts.push(`${NAMES64[m.index]!}*${m.scale}`);
  if (m.disp !== 0 || parts.length === 0) parts.push(String(m.disp));
  return `[${parts.join("+").replaceAll("+-", "-")}]`;
}

interface Jump {
  /** Offset of the first byte. */
  readonly at: number;
  /** Length of the opcode in the long form: 1 for jmp, 2 for jcc. */
  readonly opcodeLength: number;
  readonly label: number;
  short: boolean;
}

interface PendingRelocation {
  offset: number;
  readonly kind: RelocationKind;
  readonly symbol: string;
  readonly addend: number;
}

export function fitsInt8(n: number): boolean {
  return n >= -128 && n <= 127;
}

export function fitsInt32(n: bigint): boolean {
  return n >= -0x8000_0000n && n <= 0x7fff_ffffn;
}

export class Assembler {
  mode: 32 | 64 = 64;
  #bytes = new Uint8Array(256);
  #length = 0;
  readonly #labels: number[] = [];
  readonly #jumps: Jump[] = [];
  readonly #relocations: PendingRelocation[] = [];
  readonly #safePoints: { offset: number; readonly point: Omit<SafePoint, "offset"> }[] = [];
  readonly #names: { readonly name: string; readonly label: number }[] = [];
  /** Fields that hold the address of a label of this fragment. */
  readonly #labelReferences: { readonly offset: number; readonly label: number; readonly kind: RelocationKind; readonly addend: number }[] = [];
  readonly listing: { offset: number; readonly text: string }[] | undefined;

  constructor(listing = false) {
    this.listing = listing ? [] : undefined;
  }

  get length(): number {
    return this.#length;
  }

  // ---------------------------------------------------------------- bytes

  byte(n: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#bytes.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = n;
  }

  int16(n: number): void {
    this.byte(n & 0xff);
    this.byte((n >> 8) & 0xff);
  }

  int32(n: number): void {
    this.byte(n & 0xff);
    this.byte((n >> 8) & 0xff);
    this.byte((n >> 16) & 0xff);
    this.byte((n >> 24) & 0xff);
  }

  int64(n: bigint): void {
    const bits = BigInt.asUintN(64, n);
    this.int32(Number(bits & 0xffff_ffffn) | 0);
    this.int32(Number(bits >> 32n) | 0);
  }

  relocation(kind: RelocationKind, symbol: string, addend: number): void {
    this.#relocations.push({ offset: this.#length, kind, symbol, addend });
    this.int32(0);
    if (kind === "absolute64") this.int32(0);
  }

  /** The address of a label of this fragment as a field. */
  labelAddress(label: number, kind: RelocationKind = "absolute32", addend = 0): void {
    this.#labelReferences.push({ offset: this.#length, label, kind, addend });
    this.int32(0);
    if (kind === "absolute64") this.int32(0);
  }

  note(text: string): void {
    if (this.listing !== undefined) this.listing.push({ offset: this.#length, text });
  }

  // ---------------------------------------------------------------- labels

  label(): number {
    this.#labels.push(-1);
    return this.#labels.length - 1;
  }

  bind(label: number): void {
    this.#labels[label] = this.#length;
    if (this.listing !== undefined) this.note(`L${label}:`);
  }

  here(): number {
    const label = this.label();
    this.bind(label);
    return label;
  }

  /** Gives a label a symbol that other fragments see. */
  name(name: string, label: number): void {
    this.#names.push({ name, label });
  }

  /** The instruction before this point was a call: this is its return address. */
  safePoint(point: Omit<SafePoint, "offset">): void {
    this.#safePoints.push({ offset: this.#length, point });
  }

  // ---------------------------------------------------------------- encoding

  /** Prefixes, opcode, ModRM with a register operand. */
  #registers(prefix: number, wide: boolean, opcode: number, reg: number, rm: number, byteOperands = false): void {
    if (prefix !== 0) this.byte(prefix);
    const rex = (wide ? 8 : 0) | (reg >= 8 ? 4 : 0) | (rm >= 8 ? 1 : 0);
    // spl, bpl, sil, dil need a REX prefix.
    if (rex !== 0 || (byteOperands && (reg >= 4 || rm >= 4))) this.byte(0x40 | rex);
    this.#opcode(opcode);
    this.byte(0xc0 | ((reg & 7) << 3) | (rm & 7));
  }

  #opcode(opcode: number): void {
    if (opcode > 0xffff) this.byte(opcode >> 16);
    if (opcode > 0xff) this.byte((opcode >> 8) & 0xff);
    this.byte(opcode & 0xff);
  }

  /** Prefixes, opcode, ModRM, SIB and displacement of a memory operand. `trailing`: bytes of immediate that follow. */
  #memory(prefix: number, wide: boolean, opcode: number, reg: number, m: Memory, trailing: number, byteOperand = false): void {
    if (prefix !== 0) this.byte(prefix);
    const rex = (wide ? 8 : 0) | (reg >= 8 ? 4 : 0) | (m.index >= 8 ? 2 : 0) | (m.base >= 8 ? 1 : 0);
    if (rex !== 0 || (byteOperand && reg >= 4)) this.byte(0x40 | rex);
    this.#opcode(opcode);
    const r = (reg & 7) << 3;
    if (m.base < 0 && m.index < 0) {
      if (m.symbol !== "" && this.mode === 64) {
        this.byte(0x05 | r);
        this.relocation("relative32", m.symbol, m.disp - 4 - trailing);
      } else if (this.mode === 64) {
        this.byte(0x04 | r);
        this.byte(0x25);
        this.int32(m.disp);
      } else {
        this.byte(0x05 | r);
        this.#displacement32(m);
      }
      return;
    }
    const small = m.symbol === "" && fitsInt8(m.disp);
    if (m.base < 0) {
      // Index without base: a 32-bit displacement always follows.
      this.byte(0x04 | r);
      this.byte(this.#sib(m.scale, m.index, 5));
      this.#displacement32(m);
      return;
    }
    const mod = m.symbol === "" && m.disp === 0 && (m.base & 7) !== 5 ? 0 : small ? 0x40 : 0x80;
    if (m.index >= 0 || (m.base & 7) === 4) {
      this.byte(mod | 0x04 | r);
      this.byte(this.#sib(m.scale, m.index >= 0 ? m.index : 4, m.base));
    } else this.byte(mod | r | (m.base & 7));
    if (mod === 0x40) this.byte(m.disp & 0xff);
    else if (mod === 0x80) this.#displacement32(m);
  }

  #displacement32(m: Memory): void {
    if (m.symbol !== "") this.relocation("absolute32", m.symbol, m.disp);
    else this.int32(m.disp);
  }

  #sib(scale: number, index: number, base: number): number {
    return ((scale === 8 ? 3 : scale === 4 ? 2 : scale === 2 ? 1 : 0) << 6) | ((index & 7) << 3) | (base & 7);
  }

  // ---------------------------------------------------------------- moves

  movRegReg(to: number, from: number, width: 32 | 64 = 64): void {
    if (this.listing !== undefined) this.note(`mov ${registerName(to, width)}, ${registerName(from, width)}`);
    this.#registers(0, width === 64, 0x89, from, to);
  }

  /** The shortest form for the constant. Does not change the flags. */
  movImmediate(to: number, n: bigint): void {
    if (this.listing !== undefined) this.note(`mov ${registerName(to)}, ${n}`);
    const bits = BigInt.asUintN(64, n);
    if (bits <= 0xffff_ffffn || this.mode === 32) {
      if (to >= 8) this.byte(0x41);
      this.byte(0xb8 | (to & 7));
      this.int32(Number(bits & 0xffff_ffffn) | 0);
    } else if (fitsInt32(BigInt.asIntN(64, n))) {
      this.#registers(0, true, 0xc7, 0, to);
      this.int32(Number(BigInt.asIntN(32, n)));
    } else {
      this.byte(0x48 | (to >= 8 ? 1 : 0));
      this.byte(0xb8 | (to & 7));
      this.int64(n);
    }
  }

  zero(to: number): void {
    if (this.listing !== undefined) this.note(`xor ${registerName(to, 32)}, ${registerName(to, 32)}`);
    this.#registers(0, false, 0x31, to, to);
  }

  movSymbol(to: number, symbol: string, addend = 0): void {
    if (this.listing !== undefined) this.note(`mov ${registerName(to, 32)}, ${symbol}${addend === 0 ? "" : `+${addend}`}`);
    if (to >= 8) this.byte(0x41);
    this.byte(0xb8 | (to & 7));
    this.relocation("absolute32", symbol, addend);
  }

  movLabel(to: number, label: number): void {
    if (this.listing !== undefined) this.note(`mov ${registerName(to, 32)}, L${label}`);
    if (to >= 8) this.byte(0x41);
    this.byte(0xb8 | (to & 7));
    this.labelAddress(label);
  }

  /** Loads; widths below 64 extend with zeros or, when `signed`, with the sign. */
  load(to: number, m: Memory, width: Width = 64, signed = false): void {
    if (this.listing !== undefined) this.note(`${width === 64 ? "mov" : signed ? `movsx${width}` : `movzx${width}`} ${registerName(to)}, ${memoryText(m)}`);
    if (width === 64) this.#memory(0, true, 0x8b, to, m, 0);
    else if (width === 32) this.#memory(0, signed, signed ? 0x63 : 0x8b, to, m, 0);
    else this.#memory(0, signed, 0x0f00 | (signed ? 0xbe : 0xb6) | (width === 16 ? 1 : 0), to, m, 0);
  }

  /** Extends a register's low part. */
  extend(to: number, from: number, width: 8 | 16 | 32, signed: boolean): void {
    if (this.listing !== undefined) this.note(`mov${signed ? "s" : "z"}x ${registerName(to)}, ${registerName(from, width)}`);
    if (width === 32) this.#registers(0, signed, signed ? 0x63 : 0x8b, to, from);
    else this.#registers(0, signed, 0x0f00 | (signed ? 0xbe : 0xb6) | (width === 16 ? 1 : 0), to, from, width === 8 && from >= 4);
  }

  store(m: Memory, from: number, width: Width = 64): void {
    if (this.listing !== undefined) this.note(`mov ${memoryText(m)}, ${registerName(from, width)}`);
    this.#memory(width === 16 ? 0x66 : 0, width === 64, width === 8 ? 0x88 : 0x89, from, m, 0, width === 8);
  }

  storeImmediate(m: Memory, n: number, width: Width = 64): void {
    if (this.listing !== undefined) this.note(`mov${width} ${memoryText(m)}, ${n}`);
    this.#memory(width === 16 ? 0x66 : 0, width === 64, width === 8 ? 0xc6 : 0xc7, 0, m, width === 8 ? 1 : width === 16 ? 2 : 4);
    if (width === 8) this.byte(n & 0xff);
    else if (width === 16) this.int16(n);
    else this.int32(n);
  }

  storeSymbol(m: Memory, symbol: string, addend: number): void {
    if (this.listing !== undefined) this.note(`mov ${memoryText(m)}, ${symbol}${addend === 0 ? "" : `+${addend}`}`);
    this.#memory(0, true, 0xc7, 0, m, 4);
    this.relocation("absolute32", symbol, addend);
  }

  storeLabel(m: Memory, label: number): void {
    if (this.listing !== undefined) this.note(`mov ${memoryText(m)}, L${label}`);
    this.#memory(0, true, 0xc7, 0, m, 4);
    this.labelAddress(label);
  }

  lea(to: number, m: Memory): void {
    if (this.listing !== undefined) this.note(`lea ${registerName(to)}, ${memoryText(m)}`);
    this.#memory(0, this.mode === 64, 0x8d, to, m, 0);
  }

  exchange(a: number, b: number): void {
    if (this.listing !== undefined) this.note(`xchg ${registerName(a)}, ${registerName(b)}`);
    if (a === RAX || b === RAX) {
      const other = a === RAX ? b : a;
      this.byte(other >= 8 ? 0x49 : 0x48);
      this.byte(0x90 | (other & 7));
    } else this.#registers(0, true, 0x87, a, b);
  }

  exchangeMemory(m: Memory, r: number): void {
    if (this.listing !== undefined) this.note(`xchg ${memoryText(m)}, ${registerName(r)}`);
    this.#memory(0, true, 0x87, r, m, 0);
  }

  /** rax is compared with the operand, which becomes `r` when equal; rax gets the old contents. */
  compareExchange(m: Memory, r: number): void {
    if (this.listing !== undefined) this.note(`lock cmpxchg ${memoryText(m)}, ${registerName(r)}`);
    this.byte(0xf0);
    this.#memory(0, true, 0x0fb1, r, m, 0);
  }

  push(r: number): void {
    if (this.listing !== undefined) this.note(`push ${registerName(r)}`);
    if (r >= 8) this.byte(0x41);
    this.byte(0x50 | (r & 7));
  }

  pop(r: number): void {
    if (this.listing !== undefined) this.note(`pop ${registerName(r)}`);
    if (r >= 8) this.byte(0x41);
    this.byte(0x58 | (r & 7));
  }

  pushImmediate(n: number): void {
    if (this.listing !== undefined) this.note(`push ${n}`);
    if (fitsInt8(n)) {
      this.byte(0x6a);
      this.byte(n & 0xff);
    } else {
      this.byte(0x68);
      this.int32(n);
    }
  }

  pushMemory(m: Memory): void {
    if (this.listing !== undefined) this.note(`push ${memoryText(m)}`);
    this.#memory(0, false, 0xff, 6, m, 0);
  }

  popMemory(m: Memory): void {
    if (this.listing !== undefined) this.note(`pop ${memoryText(m)}`);
    this.#memory(0, false, 0x8f, 0, m, 0);
  }

  // ---------------------------------------------------------------- arithmetic

  alu(op: number, to: number, from: number, width: 32 | 64 = 64): void {
    if (this.listing !== undefined) this.note(`${ALU_NAMES[op]!} ${registerName(to, width)}, ${registerName(from, width)}`);
    this.#registers(0, width === 64, (op << 3) | 1, from, to);
  }

  aluImmediate(op: number, to: number, n: number, width: 32 | 64 = 64): void {
    if (this.listing !== undefined) this.note(`${ALU_NAMES[op]!} ${registerName(to, width)}, ${n}`);
    if (fitsInt8(n)) {
      this.#registers(0, width === 64, 0x83, op, to);
      this.byte(n & 0xff);
    } else {
      if (to === RAX) {
        if (width === 64) this.byte(0x48);
        this.byte((op << 3) | 5);
      } else this.#registers(0, width === 64, 0x81, op, to);
      this.int32(n);
    }
  }

  /** An immediate that is an address. */
  aluSymbol(op: number, to: number, symbol: string, addend: number): void {
    if (this.listing !== undefined) this.note(`${ALU_NAMES[op]!} ${registerName(to)}, ${symbol}`);
    this.#registers(0, true, 0x81, op, to);
    this.relocation("absolute32", symbol, addend);
  }

  aluMemory(op: number, to: number, m: Memory, width: 32 | 64 = 64): void {
    if (this.listing !== undefined) this.note(`${ALU_NAMES[op]!} ${registerName(to, width)}, ${memoryText(m)}`);
    this.#memory(0, width === 64, (op << 3) | 3, to, m, 0);
  }

  aluToMemory(op: number, m: Memory, from: number): void {
    if (this.listing !== undefined) this.note(`${ALU_NAMES[op]!} ${memoryText(m)}, ${registerName(from)}`);
    this.#memory(0, true, (op << 3) | 1, from, m, 0);
  }

  aluMemoryImmediate(op: number, m: Memory, n: number, width: Width = 64): void {
    if (this.listing !== undefined) this.note(`${ALU_NAMES[op]!}${width} ${memoryText(m)}, ${n}`);
    if (width === 8) {
      this.#memory(0, false, 0x80, op, m, 1);
      this.byte(n & 0xff);
      return;
    }
    const small = fitsInt8(n);
    this.#memory(width === 16 ? 0x66 : 0, width === 64, small ? 0x83 : 0x81, op, m, small ? 1 : width === 16 ? 2 : 4);
    if (small) this.byte(n & 0xff);
    else if (width === 16) this.int16(n);
    else this.int32(n);
  }

  aluMemorySymbol(op: number, m: Memory, symbol: string, addend: number): void {
    if (this.listing !== undefined) this.note(`${ALU_NAMES[op]!} ${memoryText(m)}, ${symbol}`);
    this.#memory(0, true, 0x81, op, m, 4);
    this.relocation("absolute32", symbol, addend);
  }

  test(a: number, b: number): void {
    if (this.listing !== undefined) this.note(`test ${registerName(a)}, ${registerName(b)}`);
    this.#registers(0, true, 0x85, b, a);
  }

  testImmediate(r: number, n: number): void {
    if (this.listing !== undefined) this.note(`test ${registerName(r)}, ${n}`);
    if (n >= 0 && n < 0x80) {
      // The low byte decides; no sign can differ.
      if (r === RAX) this.byte(0xa8);
      else this.#registers(0, false, 0xf6, 0, r, true);
      this.byte(n);
    } else {
      const wide = n < 0;
      if (r === RAX) {
        if (wide) this.byte(0x48);
        this.byte(0xa9);
      } else this.#registers(0, wide, 0xf7, 0, r);
      this.int32(n);
    }
  }

  testMemoryByte(m: Memory, n: number): void {
    if (this.listing !== undefined) this.note(`test8 ${memoryText(m)}, ${n}`);
    this.#memory(0, false, 0xf6, 0, m, 1);
    this.byte(n & 0xff);
  }

  multiply(to: number, from: number): void {
    if (this.listing !== undefined) this.note(`imul ${registerName(to)}, ${registerName(from)}`);
    this.#registers(0, true, 0x0faf, to, from);
  }

  multiplyMemory(to: number, m: Memory): void {
    if (this.listing !== undefined) this.note(`imul ${registerName(to)}, ${memoryText(m)}`);
    this.#memory(0, true, 0x0faf, to, m, 0);
  }

  multiplyImmediate(to: number, from: number, n: number): void {
    if (this.listing !== undefined) this.note(`imul ${registerName(to)}, ${registerName(from)}, ${n}`);
    const small = fitsInt8(n);
    this.#registers(0, true, small ? 0x6b : 0x69, to, from);
    if (small) this.byte(n & 0xff);
    else this.int32(n);
  }

  /** Group 3: not 2, neg 3, mul 4, imul 5, div 6, idiv 7. */
  unary(op: number, r: number, width: 32 | 64 = 64): void {
    if (this.listing !== undefined) this.note(`${UNARY_NAMES[op]!} ${registerName(r, width)}`);
    this.#registers(0, width === 64, 0xf7, op, r);
  }

  unaryMemory(op: number, m: Memory): void {
    if (this.listing !== undefined) this.note(`${UNARY_NAMES[op]!} ${memoryText(m)}`);
    this.#memory(0, true, 0xf7, op, m, 0);
  }

  /** Sign-extends rax into rdx. */
  cqo(): void {
    this.note("cqo");
    this.byte(0x48);
    this.byte(0x99);
  }

  shiftImmediate(op: number, r: number, n: number, width: 32 | 64 = 64): void {
    if (this.listing !== undefined) this.note(`${SHIFT_NAMES[op]!} ${registerName(r, width)}, ${n}`);
    if (n === 1) this.#registers(0, width === 64, 0xd1, op, r);
    else {
      this.#registers(0, width === 64, 0xc1, op, r);
      this.byte(n);
    }
  }

  shiftByCl(op: number, r: number): void {
    if (this.listing !== undefined) this.note(`${SHIFT_NAMES[op]!} ${registerName(r)}, cl`);
    this.#registers(0, true, 0xd3, op, r);
  }

  byteSwap(r: number): void {
    if (this.listing !== undefined) this.note(`bswap ${registerName(r)}`);
    this.byte(0x48 | (r >= 8 ? 1 : 0));
    this.byte(0x0f);
    this.byte(0xc8 | (r & 7));
  }

  /** bsr (reverse) or bsf. */
  bitScan(to: number, from: number, reverse: boolean): void {
    if (this.listing !== undefined) this.note(`${reverse ? "bsr" : "bsf"} ${registerName(to)}, ${registerName(from)}`);
    this.#registers(0, true, reverse ? 0x0fbd : 0x0fbc, to, from);
  }

  conditionalMove(cc: number, to: number, from: number): void {
    if (this.listing !== undefined) this.note(`cmov${CC_NAMES[cc]!} ${registerName(to)}, ${registerName(from)}`);
    this.#registers(0, true, 0x0f40 | cc, to, from);
  }

  setCondition(cc: number, r: number): void {
    if (this.listing !== undefined) this.note(`set${CC_NAMES[cc]!} ${registerName(r, 8)}`);
    this.#registers(0, false, 0x0f90 | cc, 0, r, true);
  }

  // ---------------------------------------------------------------- jumps and calls

  jump(label: number): void {
    if (this.listing !== undefined) this.note(`jmp L${label}`);
    this.#jumps.push({ at: this.#length, opcodeLength: 1, label, short: false });
    this.byte(0xe9);
    this.int32(0);
  }

  jumpIf(cc: number, label: number): void {
    if (this.listing !== undefined) this.note(`j${CC_NAMES[cc]!} L${label}`);
    this.#jumps.push({ at: this.#length, opcodeLength: 2, label, short: false });
    this.byte(0x0f);
    this.byte(0x80 | cc);
    this.int32(0);
  }

  jumpSymbol(symbol: string): void {
    if (this.listing !== undefined) this.note(`jmp ${symbol}`);
    this.byte(0xe9);
    this.relocation("relative32", symbol, -4);
  }

  jumpIfSymbol(cc: number, symbol: string): void {
    if (this.listing !== undefined) this.note(`j${CC_NAMES[cc]!} ${symbol}`);
    this.byte(0x0f);
    this.byte(0x80 | cc);
    this.relocation("relative32", symbol, -4);
  }

  jumpRegister(r: number): void {
    if (this.listing !== undefined) this.note(`jmp ${registerName(r)}`);
    this.#registers(0, false, 0xff, 4, r);
  }

  jumpMemory(m: Memory): void {
    if (this.listing !== undefined) this.note(`jmp ${memoryText(m)}`);
    this.#memory(0, false, 0xff, 4, m, 0);
  }

  /** A far jump to a code segment and a 32-bit address (from 32-bit mode only). */
  jumpFar(selector: number, label: number): void {
    this.note(`ljmp ${selector}:L${label}`);
    this.byte(0xea);
    this.labelAddress(label);
    this.int16(selector);
  }

  callLabel(label: number): void {
    if (this.listing !== undefined) this.note(`call L${label}`);
    this.#jumps.push({ at: this.#length, opcodeLength: -1, label, short: false });
    this.byte(0xe8);
    this.int32(0);
  }

  callSymbol(symbol: string): void {
    if (this.listing !== undefined) this.note(`call ${symbol}`);
    this.byte(0xe8);
    this.relocation("relative32", symbol, -4);
  }

  callRegister(r: number): void {
    if (this.listing !== undefined) this.note(`call ${registerName(r)}`);
    this.#registers(0, false, 0xff, 2, r);
  }

  callMemory(m: Memory): void {
    if (this.listing !== undefined) this.note(`call ${memoryText(m)}`);
    this.#memory(0, false, 0xff, 2, m, 0);
  }

  ret(): void {
    this.note("ret");
    this.byte(0xc3);
  }

  retPop(bytes: number): void {
    this.note(`ret ${bytes}`);
    this.byte(0xc2);
    this.int16(bytes);
  }

  // ---------------------------------------------------------------- SSE2

  /** Scalar double operations: `opcode` after 0F, with prefix F2 (or 66 when `packed`). */
  sse(name: string, opcode: number, to: number, from: number, prefix = 0xf2, wide = false): void {
    if (this.listing !== undefined) this.note(`${name} xmm${to}, ${wide ? registerName(from) : `xmm${from}`}`);
    this.#registers(prefix, wide, 0x0f00 | opcode, to, from);
  }

  sseMemory(name: string, opcode: number, to: number, m: Memory, prefix = 0xf2, wide = false): void {
    if (this.listing !== undefined) this.note(`${name} xmm${to}, ${memoryText(m)}`);
    this.#memory(prefix, wide, 0x0f00 | opcode, to, m, 0);
  }

  loadDouble(to: number, m: Memory): void {
    this.sseMemory("movsd", 0x10, to, m);
  }

  storeDouble(m: Memory, from: number): void {
    if (this.listing !== undefined) this.note(`movsd ${memoryText(m)}, xmm${from}`);
    this.#memory(0xf2, false, 0x0f11, from, m, 0);
  }

  moveDouble(to: number, from: number): void {
    // The whole register: movsd would merge with the old upper half.
    this.sse("movapd", 0x28, to, from, 0x66);
  }

  zeroDouble(to: number): void {
    this.sse("xorps", 0x57, to, to, 0);
  }

  /** Between a general register and an SSE register (movq). */
  moveToDouble(to: number, from: number): void {
    if (this.listing !== undefined) this.note(`movq xmm${to}, ${registerName(from)}`);
    this.#registers(0x66, true, 0x0f6e, to, from);
  }

  moveFromDouble(to: number, from: number): void {
    if (this.listing !== undefined) this.note(`movq ${registerName(to)}, xmm${from}`);
    this.#registers(0x66, true, 0x0f7e, from, to);
  }

  /** The low 32 bits only (movd). */
  moveFromSingle(to: number, from: number): void {
    if (this.listing !== undefined) this.note(`movd ${registerName(to, 32)}, xmm${from}`);
    this.#registers(0x66, false, 0x0f7e, from, to);
  }

  moveToSingle(to: number, from: number): void {
    if (this.listing !== undefined) this.note(`movd xmm${to}, ${registerName(from, 32)}`);
    this.#registers(0x66, false, 0x0f6e, to, from);
  }

  /** cvttsd2si. */
  truncate(to: number, from: number): void {
    if (this.listing !== undefined) this.note(`cvttsd2si ${registerName(to)}, xmm${from}`);
    this.#registers(0xf2, true, 0x0f2c, to, from);
  }

  // ---------------------------------------------------------------- system

  /** Instructions without operands, by their bytes. */
  plain(name: string, ...bytes: number[]): void {
    this.note(name);
    for (const b of bytes) this.byte(b);
  }

  /** Group 7 and its like: opcode 0F xx /n with a memory operand. */
  system(name: string, opcode: number, n: number, m: Memory): void {
    if (this.listing !== undefined) this.note(`${name} ${memoryText(m)}`);
    this.#memory(0, false, opcode, n, m, 0);
  }

  /** Opcode 0F xx /n with a register operand. */
  systemRegister(name: string, opcode: number, n: number, r: number, width: 16 | 32 | 64 = 32): void {
    if (this.listing !== undefined) this.note(`${name} ${registerName(r, width)}`);
    this.#registers(width === 16 ? 0x66 : 0, width === 64, opcode, n, r);
  }

  readControl(to: number, control: number): void {
    if (this.listing !== undefined) this.note(`mov ${registerName(to)}, cr${control}`);
    this.#registers(0, false, 0x0f20, control, to);
  }

  writeControl(control: number, from: number): void {
    if (this.listing !== undefined) this.note(`mov cr${control}, ${registerName(from)}`);
    this.#registers(0, false, 0x0f22, control, from);
  }

  /** mov Sreg, r32: es 0, cs 1, ss 2, ds 3, fs 4, gs 5. */
  writeSegment(segment: number, from: number): void {
    if (this.listing !== undefined) this.note(`mov sreg${segment}, ${registerName(from, 32)}`);
    this.#registers(0, false, 0x8e, segment, from);
  }

  // ---------------------------------------------------------------- finishing

  /** Shrinks jumps, resolves labels. */
  /** `entry`: the label that the symbol stands for, if it is not the first byte. */
  finish(symbol: string, align: number, loc: Location | undefined, entry?: number): CodeFragment {
    const removed = this.#relax();
    // removed: for each jump in order, how many bytes it loses; positions shift by what was lost before them.
    const jumps = this.#jumps;
    const starts = jumps.map((j) => j.at);
    const lost = new Int32Array(jumps.length + 1);
    for (let i = 0; i < jumps.length; i++) lost[i + 1] = lost[i]! + removed[i]!;
    const shifted = (offset: number): number => {
      // The number of jumps that begin before the offset.
      let low = 0;
      let high = starts.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (starts[middle]! < offset) low = middle + 1;
        else high = middle;
      }
      return offset - lost[low]!;
    };
    const total = this.#length - lost[jumps.length]!;
    const bytes = new Uint8Array(total);
    let from = 0;
    let to = 0;
    for (let i = 0; i < jumps.length; i++) {
      const j = jumps[i]!;
      bytes.set(this.#bytes.subarray(from, j.at), to);
      to += j.at - from;
      const target = shifted(this.#labels[j.label]!);
      if (j.short) {
        bytes[to] = j.opcodeLength === 1 ? 0xeb : 0x70 | (this.#bytes[j.at + 1]! & 15);
        bytes[to + 1] = (target - (to + 2)) & 0xff;
        to += 2;
      } else {
        const opcode = j.opcodeLength < 0 ? 1 : j.opcodeLength;
        for (let k = 0; k < opcode; k++) bytes[to + k] = this.#bytes[j.at + k]!;
        const distance = target - (to + opcode + 4);
        for (let k = 0; k < 4; k++) bytes[to + opcode + k] = (distance >> (8 * k)) & 0xff;
        to += opcode + 4;
      }
      from = j.at + (j.opcodeLength < 0 ? 1 : j.opcodeLength) + 4;
    }
    bytes.set(this.#bytes.subarray(from, this.#length), to);
    const start = entry === undefined ? 0 : shifted(this.#labels[entry]!);
    const relocations: Relocation[] = this.#relocations.map((r) => ({ offset: shifted(r.offset), kind: r.kind, symbol: r.symbol, addend: r.addend }));
    for (const r of this.#labelReferences) relocations.push({ offset: shifted(r.offset), kind: r.kind, symbol, addend: shifted(this.#labels[r.label]!) - start + r.addend });
    const labels = new Map<string, number>();
    for (const { name, label } of this.#names) labels.set(name, shifted(this.#labels[label]!));
    if (this.listing !== undefined) for (const line of this.listing) line.offset = shifted(line.offset);
    return {
      symbol,
      start,
      bytes,
      relocations,
      safePoints: this.#safePoints.map((s) => ({ offset: shifted(s.offset), frameWords: s.point.frameWords, slots: s.point.slots, registers: s.point.registers, special: s.point.special, loc: s.point.loc })),
      labels,
      align,
      loc,
    };
  }

  /** Decides which jumps are short: shrinking only brings others nearer, so it is repeated until nothing changes. */
  #relax(): Int32Array {
    const jumps = this.#jumps;
    const removed = new Int32Array(jumps.length);
    // For each label the number of jumps before it.
    const before = new Int32Array(this.#labels.length);
    const order = this.#labels.map((_, i) => i).sort((a, b) => this.#labels[a]! - this.#labels[b]!);
    let j = 0;
    for (const label of order) {
      while (j < jumps.length && jumps[j]!.at < this.#labels[label]!) j++;
      before[label] = j;
    }
    const lost = new Int32Array(jumps.length + 1);
    for (let changed = true; changed; ) {
      changed = false;
      for (let i = 0; i < jumps.length; i++) lost[i + 1] = lost[i]! + removed[i]!;
      for (let i = 0; i < jumps.length; i++) {
        const jump = jumps[i]!;
        if (jump.short || jump.opcodeLength < 0) continue;
        const target = this.#labels[jump.label]!;
        if (target < 0) throw new Error("jump to a label that is not bound");
        const save = jump.opcodeLength + 2;
        const end = jump.at - lost[i]! + 2;
        // When the target lies behind the jump, it comes nearer by what the jump itself loses.
        const distance = target - lost[before[jump.label]!]! - (target > jump.at ? save : 0) - end;
        if (fitsInt8(distance)) {
          jump.short = true;
          removed[i] = save + (jump.opcodeLength === 2 ? 0 : 0);
          changed = true;
        }
      }
    }
    return removed;
  }
}
