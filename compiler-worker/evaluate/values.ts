/**
 * Values of the evaluator. An immediate or a raw word is a JavaScript number while it is a safe integer and a bigint
 * beyond (normalised, so that `===` is equality); a block is an object of one of the classes below. Strings keep
 * OCaml's layout (padded to words, the last byte tells the padding), so that reading their words gives the same bits.
 */
import type { BoxedInteger } from "../core/core.ts";
import type { Location } from "../syntax/diagnostics.ts";
import type { Code } from "./code.ts";

export type Integer = number | bigint;
export type Value = Integer | Block | Bytes | BoxedFloat | FloatArray | BoxedInt | RawBlock | Closure | Partial | Fiber | SymbolAddress;

/** Tags 0 to 250 except closures. */
export class Block {
  tag: number;
  readonly fields: Value[];
  constructor(tag: number, fields: Value[]) {
    this.tag = tag;
    this.fields = fields;
  }
}

const empty: (Block | undefined)[] = [];

/** The only block of a tag without fields. */
export function emptyBlock(tag: number): Block {
  return (empty[tag] ??= new Block(tag, []));
}

/** Tag 252. `data` is a multiple of eight bytes long. */
export class Bytes {
  readonly data: Uint8Array;
  #view: DataView | undefined;
  constructor(data: Uint8Array) {
    this.data = data;
    this.#view = undefined;
  }
  get length(): number {
    return this.data.length - 1 - this.data[this.data.length - 1]!;
  }
  get view(): DataView {
    return (this.#view ??= new DataView(this.data.buffer, this.data.byteOffset, this.data.byteLength));
  }
}

/** Tag 253. */
export class BoxedFloat {
  value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** Tag 254. */
export class FloatArray {
  readonly values: Float64Array;
  constructor(values: Float64Array) {
    this.values = values;
  }
}

/** Tag 255: a boxed int32, int64 or nativeint. */
export class BoxedInt {
  readonly type: BoxedInteger;
  value: Integer;
  constructor(type: BoxedInteger, value: Integer) {
    this.type = type;
    this.value = value;
  }
}

/** Tags 251 and 255: words that nothing scans. `data` is what field 1 of a bigarray stands for, `owner` its last field. */
export class RawBlock {
  readonly tag: number;
  readonly words: Integer[];
  data: DataView | undefined;
  owner: RawBlock | undefined;
  constructor(tag: number, words: Integer[]) {
    this.tag = tag;
    this.words = words;
    this.data = undefined;
    this.owner = undefined;
  }
}

export class Closure {
  readonly code: Code;
  readonly captured: Value[];
  constructor(code: Code, captured: Value[]) {
    this.code = code;
    this.captured = captured;
  }
}

/** A closure with fewer arguments than it takes. */
export class Partial {
  readonly closure: Closure;
  readonly args: readonly Value[];
  constructor(closure: Closure, args: readonly Value[]) {
    this.closure = closure;
    this.args = args;
  }
}

/** The address of a linker symbol, which only `raw.value` may look at. */
export class SymbolAddress {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** An activation. `destination` is the register of this frame that the call in progress fills. */
export class Frame {
  readonly code: Code;
  readonly registers: Value[];
  pc: number;
  destination: number;
  readonly parent: Frame | undefined;
  readonly depth: number;
  constructor(code: Code, registers: Value[], parent: Frame | undefined) {
    this.code = code;
    this.registers = registers;
    this.pc = 0;
    this.destination = 0;
    this.parent = parent;
    this.depth = parent === undefined ? 0 : parent.depth + 1;
  }
}

/** An exception handler. */
export class Trap {
  readonly frame: Frame;
  readonly pc: number;
  readonly register: number;
  readonly previous: Trap | undefined;
  constructor(frame: Frame, pc: number, register: number, previous: Trap | undefined) {
    this.frame = frame;
    this.pc = pc;
    this.register = register;
    this.previous = previous;
  }
}

/** A stack segment with its effect handler (Sivaramakrishnan et al., "Retrofitting effect handlers onto OCaml", PLDI 2021). */
export class Fiber {
  frame: Frame | undefined;
  trap: Trap | undefined;
  parent: Fiber | undefined;
  valueHandler: Value;
  exceptionHandler: Value;
  effectHandler: Value;
  constructor(valueHandler: Value, exceptionHandler: Value, effectHandler: Value) {
    this.frame = undefined;
    this.trap = undefined;
    this.parent = undefined;
    this.valueHandler = valueHandler;
    this.exceptionHandler = exceptionHandler;
    this.effectHandler = effectHandler;
  }
}

/** An OCaml exception on its way through JavaScript code. */
export class Raised extends Error {
  readonly value: Value;
  constructor(value: Value) {
    super("OCaml exception");
    this.value = value;
  }
}

/** What the evaluator cannot do (raw memory, machine instructions) or a broken program. */
export class EvaluatorError extends Error {
  /** The places of the calls that were under way, the innermost first. */
  trace: readonly Location[] | undefined;
  constructor(message: string) {
    super(message);
    this.name = "EvaluatorError";
    this.trace = undefined;
  }
}

// ---------------------------------------------------------------- strings

const CHUNK = 8192;

export function makeBytes(length: number): Bytes {
  const data = new Uint8Array((Math.floor(length / 8) + 1) * 8);
  data[data.length - 1] = data.length - 1 - length;
  return new Bytes(data);
}

/** From one code unit a byte. */
export function bytesOfString(text: string): Bytes {
  const bytes = makeBytes(text.length);
  for (let i = 0; i < text.length; i++) bytes.data[i] = text.charCodeAt(i);
  return bytes;
}

export function stringOfBytes(bytes: Bytes, start = 0, end = bytes.length): string {
  let out = "";
  for (let i = start; i < end; i += CHUNK) out += String.fromCharCode(...bytes.data.subarray(i, Math.min(end, i + CHUNK)));
  return out;
}

// ---------------------------------------------------------------- integers: 63 bits (immediates) and 64 bits (words)

const MAX = Number.MAX_SAFE_INTEGER;

export function normalize(x: bigint): Integer {
  return x >= -9007199254740991n && x <= 9007199254740991n ? Number(x) : x;
}
export function int63(x: bigint): Integer {
  return normalize(BigInt.asIntN(63, x));
}
export function word64(x: bigint): Integer {
  return normalize(BigInt.asIntN(64, x));
}

function isSmall(x: number): boolean {
  return x >= -MAX && x <= MAX;
}
const fitsInt32 = (x: Integer): x is number => typeof x === "number" && (x | 0) === x;

type Wrap = (x: bigint) => Integer;

/** Arithmetic modulo 2⁶³ or 2⁶⁴, by `wrap`; exact in doubles wherever the result is a safe integer. */
export function add(x: Integer, y: Integer, wrap: Wrap): Integer {
  if (typeof x === "number" && typeof y === "number") {
    const r = x + y;
    if (isSmall(r)) return r;
  }
  return wrap(BigInt(x) + BigInt(y));
}
export function sub(x: Integer, y: Integer, wrap: Wrap): Integer {
  if (typeof x === "number" && typeof y === "number") {
    const r = x - y;
    if (isSmall(r)) return r;
  }
  return wrap(BigInt(x) - BigInt(y));
}
export function mul(x: Integer, y: Integer, wrap: Wrap): Integer {
  if (typeof x === "number" && typeof y === "number") {
    const r = x * y;
    // + 0 turns −0 into 0.
    if (isSmall(r)) return r + 0;
  }
  return wrap(BigInt(x) * BigInt(y));
}
export function div(x: Integer, y: Integer, wrap: Wrap): Integer {
  if (typeof x === "number" && typeof y === "number") return exactQuotient(x, y);
  return wrap(BigInt(x) / BigInt(y));
}
/** Correct even where x / y rounds up to an integer: x − x mod y is a multiple of y, and the quotient of such is exact. */
function exactQuotient(x: number, y: number): number {
  return (x - (x % y)) / y + 0;
}
export function mod(x: Integer, y: Integer, wrap: Wrap): Integer {
  if (typeof x === "number" && typeof y === "number") return (x % y) + 0;
  return wrap(BigInt(x) % BigInt(y));
}
export function and(x: Integer, y: Integer): Integer {
  return fitsInt32(x) && fitsInt32(y) ? x & y : normalize(BigInt(x) & BigInt(y));
}
export function or(x: Integer, y: Integer): Integer {
  return fitsInt32(x) && fitsInt32(y) ? x | y : normalize(BigInt(x) | BigInt(y));
}
export function xor(x: Integer, y: Integer): Integer {
  return fitsInt32(x) && fitsInt32(y) ? x ^ y : normalize(BigInt(x) ^ BigInt(y));
}
/** Shift counts outside of the word's size are unspecified in OCaml; as on x86-64 the low six bits count. */
export function shl(x: Integer, n: Integer, wrap: Wrap): Integer {
  const count = Number(n) & 63;
  if (typeof x === "number") {
    const r = x * 2 ** count;
    if (isSmall(r)) return r + 0;
  }
  return wrap(BigInt(x) << BigInt(count));
}
export function asr(x: Integer, n: Integer): Integer {
  const count = Number(n) & 63;
  if (fitsInt32(x)) return count > 31 ? (x < 0 ? -1 : 0) : x >> count;
  if (typeof x === "number") return Math.floor(x / 2 ** count) + 0;
  return normalize(x >> BigInt(count));
}
export function lsr(x: Integer, n: Integer, bits: 63 | 64): Integer {
  const count = Number(n) & 63;
  if (typeof x === "number" && x >= 0) return Math.floor(x / 2 ** count);
  const shifted = BigInt.asUintN(bits, BigInt(x)) >> BigInt(count);
  return bits === 63 ? int63(shifted) : word64(shifted);
}
export function unsigned64(x: Integer): bigint {
  return BigInt.asUintN(64, BigInt(x));
}
export function unsignedLess(x: Integer, y: Integer): boolean {
  if (x >= 0) return y >= 0 ? x < y : true;
  return y >= 0 ? false : x < y;
}
export function asNumber(x: Value): number {
  if (typeof x === "number") return x;
  if (typeof x === "bigint") return Number(x);
  throw new EvaluatorError("an integer was expected");
}

export function asBytes(x: Value): Bytes {
  if (x instanceof Bytes) return x;
  throw new EvaluatorError("a string was expected");
}
