/** Core's primitives on the evaluator's values. Arguments are evaluated from right to left. */
import type { Comparison, Primitive, UnsignedComparison } from "../core/core.ts";
import { printPrimitive } from "../core/print.ts";
import type { Eval } from "./code.ts";
import * as v from "./values.ts";
import { Block, BoxedFloat, BoxedInt, Bytes, Closure, EvaluatorError, Fiber, FloatArray, Partial, RawBlock, emptyBlock, Raised, SymbolAddress, type Integer, type Value } from "./values.ts";

/** What primitives need from the machine: stubs by name, symbols, static memory. */
export interface PrimitiveEnvironment {
  readonly stub: (name: string) => (...args: Value[]) => Value;
  readonly symbolValue: (name: string) => Value;
}

const symbols = new Map<string, SymbolAddress>();
export function symbolAddress(name: string): SymbolAddress {
  let symbol = symbols.get(name);
  if (symbol === undefined) symbols.set(name, (symbol = new SymbolAddress(name)));
  return symbol;
}

export function tagOf(x: Value): number {
  if (x instanceof Block) return x.tag;
  if (x instanceof Closure || x instanceof Partial) return 247;
  if (x instanceof Bytes) return 252;
  if (x instanceof BoxedFloat) return 253;
  if (x instanceof FloatArray) return 254;
  if (x instanceof BoxedInt) return 255;
  if (x instanceof RawBlock) return x.tag;
  if (x instanceof Fiber) return 251;
  throw new EvaluatorError("the tag of an integer was asked for");
}

export function sizeOf(x: Value): number {
  if (x instanceof Block) return x.fields.length;
  if (x instanceof Bytes) return x.data.length / 8;
  if (x instanceof FloatArray) return x.values.length;
  if (x instanceof BoxedFloat) return 1;
  if (x instanceof BoxedInt) return 2;
  if (x instanceof RawBlock) return x.words.length;
  if (x instanceof Closure) return x.captured.length + 3;
  if (x instanceof Partial) return x.args.length + 4;
  throw new EvaluatorError("the size of an integer was asked for");
}

function block(x: Value): Block {
  if (x instanceof Block) return x;
  throw new EvaluatorError(`a block was expected, not ${describe(x)}`);
}

function describe(x: Value): string {
  return typeof x === "object" ? x.constructor.name : String(x);
}

export function fieldOf(x: Value, i: number): Value {
  const field = block(x).fields[i];
  if (field === undefined) throw new EvaluatorError(`field ${i} of a block of size ${block(x).fields.length}`);
  return field;
}

function floats(x: Value): Float64Array {
  if (x instanceof FloatArray) return x.values;
  throw new EvaluatorError(`a float array was expected, not ${describe(x)}`);
}

const scratch = new DataView(new ArrayBuffer(8));

export function bitsOf(x: number): Integer {
  scratch.setFloat64(0, x);
  return v.normalize(scratch.getBigInt64(0));
}
export function floatOfWord(x: Integer): number {
  scratch.setBigInt64(0, BigInt(x));
  return scratch.getFloat64(0);
}

export function wordAt(x: Value, i: number): Integer | SymbolAddress {
  if (x instanceof Bytes) return v.normalize(x.view.getBigInt64(i * 8, true));
  if (x instanceof BoxedInt) return i === 0 ? (symbolAddress(`custom.${x.type}`) as Integer | SymbolAddress) : x.value;
  if (x instanceof BoxedFloat) return bitsOf(x.value);
  if (x instanceof FloatArray) return bitsOf(x.values[i]!);
  if (x instanceof RawBlock) return x.words[i] ?? 0;
  // A closure's information: where its captured values begin. None of them is shown here.
  if ((x instanceof Closure || x instanceof Partial) && i === 1) return 2 * sizeOf(x) + 1;
  throw new EvaluatorError(`a raw word of ${describe(x)}`);
}

function setWordAt(x: Value, i: number, word: Integer): void {
  if (x instanceof Bytes) x.view.setBigInt64(i * 8, BigInt(word), true);
  else if (x instanceof BoxedInt) x.value = word;
  else if (x instanceof BoxedFloat) x.value = floatOfWord(word);
  else if (x instanceof FloatArray) x.values[i] = floatOfWord(word);
  else if (x instanceof RawBlock) x.words[i] = word;
  else throw new EvaluatorError(`storing a raw word in ${describe(x)}`);
}

function bigarrayData(x: Value): DataView {
  if (x instanceof RawBlock && x.data !== undefined) return x.data;
  throw new EvaluatorError("a bigarray was expected");
}

export function loadWidth(data: DataView, width: number, i: number): Integer {
  switch (width) {
    case 8:
      return data.getUint8(i);
    case 16:
      return data.getUint16(i, true);
    case 32:
      return data.getUint32(i, true);
    default:
      return v.normalize(data.getBigInt64(i, true));
  }
}
export function storeWidth(data: DataView, width: number, i: number, word: Integer): void {
  switch (width) {
    case 8:
      data.setUint8(i, typeof word === "number" ? word : Number(BigInt.asUintN(8, word)));
      break;
    case 16:
      data.setUint16(i, typeof word === "number" ? word : Number(BigInt.asUintN(16, word)), true);
      break;
    case 32:
      data.setUint32(i, typeof word === "number" ? word : Number(BigInt.asUintN(32, word)), true);
      break;
    default:
      data.setBigInt64(i, BigInt(word), true);
  }
}

const b = (x: boolean): Value => (x ? 1 : 0);

type Test = (x: Integer, y: Integer) => boolean;
const COMPARE: { readonly [K in Comparison | UnsignedComparison]: Test } = {
  eq: (x, y) => x === y,
  ne: (x, y) => x !== y,
  lt: (x, y) => x < y,
  le: (x, y) => x <= y,
  gt: (x, y) => x > y,
  ge: (x, y) => x >= y,
  ult: (x, y) => v.unsignedLess(x, y),
  ule: (x, y) => !v.unsignedLess(y, x),
  ugt: (x, y) => v.unsignedLess(y, x),
  uge: (x, y) => !v.unsignedLess(x, y),
};

function compareIntegers(comparison: Comparison | UnsignedComparison, x: Eval, y: Eval): Eval {
  // The common ones without the second call.
  switch (comparison) {
    case "eq":
      return (r) => {
        const right = y(r);
        return x(r) === right ? 1 : 0;
      };
    case "lt":
      return (r) => {
        const right = y(r) as number;
        return (x(r) as number) < right ? 1 : 0;
      };
    default: {
      const test = COMPARE[comparison];
      return (r) => {
        const right = y(r) as Integer;
        return b(test(x(r) as Integer, right));
      };
    }
  }
}

function binary(f: (x: Integer, y: Integer) => Integer): (x: Eval, y: Eval) => Eval {
  return (x, y) => (r) => {
    const right = y(r) as Integer;
    return f(x(r) as Integer, right);
  };
}
function unary(f: (x: Integer) => Integer): (x: Eval) => Eval {
  return (x) => (r) => f(x(r) as Integer);
}
function floatBinary(f: (x: number, y: number) => number): (x: Eval, y: Eval) => Eval {
  return (x, y) => (r) => {
    const right = y(r) as number;
    return f(x(r) as number, right);
  };
}
function floatUnary(f: (x: number) => number): (x: Eval) => Eval {
  return (x) => (r) => f(x(r) as number);
}

function bitCount(x: bigint): number {
  let n = 0;
  for (let rest = x; rest !== 0n; rest &= rest - 1n) n++;
  return n;
}
function leadingZeros(x: bigint, bits: number): number {
  return x === 0n ? bits : bits - x.toString(2).length;
}
function trailingZeros(x: bigint, bits: number): number {
  return x === 0n ? bits : bitCount((x & -x) - 1n);
}
const u63 = (x: Integer): bigint => BigInt.asUintN(63, BigInt(x));

export function byteSwap64(x: Integer): Integer {
  scratch.setBigInt64(0, BigInt(x));
  return v.normalize(scratch.getBigInt64(0, true));
}

/** Truncates as the machine's conversion does: out of range gives the most negative number. */
export function truncate(x: number): bigint {
  if (!(x > -9223372036854775809 && x < 9223372036854775808)) return -(1n << 63n);
  return BigInt(Math.trunc(x));
}

const SIMPLE_BINARY: { readonly [op: string]: (x: Eval, y: Eval) => Eval } = {
  "int.add": binary((x, y) => v.add(x, y, v.int63)),
  "int.sub": binary((x, y) => v.sub(x, y, v.int63)),
  "int.mul": binary((x, y) => v.mul(x, y, v.int63)),
  "int.div": binary((x, y) => v.div(x, y, v.int63)),
  "int.mod": binary((x, y) => v.mod(x, y, v.int63)),
  "int.and": binary(v.and),
  "int.or": binary(v.or),
  "int.xor": binary(v.xor),
  "int.shl": binary((x, y) => v.shl(x, y, v.int63)),
  "int.lsr": binary((x, y) => v.lsr(x, y, 63)),
  "int.asr": binary(v.asr),
  "int.compare3": binary((x, y) => (x < y ? -1 : x > y ? 1 : 0)),
  "word.add": binary((x, y) => v.add(x, y, v.word64)),
  "word.sub": binary((x, y) => v.sub(x, y, v.word64)),
  "word.mul": binary((x, y) => v.mul(x, y, v.word64)),
  "word.div": binary((x, y) => v.div(x, y, v.word64)),
  "word.mod": binary((x, y) => v.mod(x, y, v.word64)),
  "word.udiv": binary((x, y) => v.word64(v.unsigned64(x) / v.unsigned64(y))),
  "word.umod": binary((x, y) => v.word64(v.unsigned64(x) % v.unsigned64(y))),
  "word.mulhu": binary((x, y) => v.word64((v.unsigned64(x) * v.unsigned64(y)) >> 64n)),
  "word.and": binary(v.and),
  "word.or": binary(v.or),
  "word.xor": binary(v.xor),
  "word.shl": binary((x, y) => v.shl(x, y, v.word64)),
  "word.lsr": binary((x, y) => v.lsr(x, y, 64)),
  "word.asr": binary(v.asr),
  "word.compare3": binary((x, y) => (x < y ? -1 : x > y ? 1 : 0)),
  "float.add": floatBinary((x, y) => x + y),
  "float.sub": floatBinary((x, y) => x - y),
  "float.mul": floatBinary((x, y) => x * y),
  "float.div": floatBinary((x, y) => x / y),
  // NaN equals itself and is less than every other number.
  "float.compare3": floatBinary((x, y) => (x < y ? -1 : x > y ? 1 : x === y ? 0 : Number.isNaN(x) ? (Number.isNaN(y) ? 0 : -1) : 1)),
};

const SIMPLE_UNARY: { readonly [op: string]: (x: Eval) => Eval } = {
  "int.neg": unary((x) => v.sub(0, x, v.int63)),
  "int.not": unary((x) => (x === 0 ? 1 : 0)),
  "int.bswap16": unary((x) => ((Number(x) & 0xff) << 8) | ((Number(x) >> 8) & 0xff)),
  "int.popcount": unary((x) => bitCount(u63(x))),
  "int.clz": unary((x) => leadingZeros(u63(x), 63)),
  "int.ctz": unary((x) => trailingZeros(u63(x), 63)),
  "word.neg": unary((x) => v.sub(0, x, v.word64)),
  "word.sext8": unary((x) => Number(BigInt.asIntN(8, BigInt(x)))),
  "word.sext16": unary((x) => Number(BigInt.asIntN(16, BigInt(x)))),
  "word.sext32": unary((x) => (typeof x === "number" && (x | 0) === x ? x : Number(BigInt.asIntN(32, BigInt(x))))),
  "word.zext8": unary((x) => Number(BigInt.asUintN(8, BigInt(x)))),
  "word.zext16": unary((x) => Number(BigInt.asUintN(16, BigInt(x)))),
  "word.zext32": unary((x) => (typeof x === "number" && (x | 0) === x ? x >>> 0 : Number(BigInt.asUintN(32, BigInt(x))))),
  "word.bswap": unary(byteSwap64),
  "word.popcount": unary((x) => bitCount(v.unsigned64(x))),
  "word.clz": unary((x) => leadingZeros(v.unsigned64(x), 64)),
  "word.ctz": unary((x) => trailingZeros(v.unsigned64(x), 64)),
  "word.ofInt": (x) => x,
  "word.toInt": unary((x) => (typeof x === "number" ? x : v.int63(x))),
  "float.neg": floatUnary((x) => -x),
  "float.abs": floatUnary(Math.abs),
  "float.sqrt": floatUnary(Math.sqrt),
  "float.round32": floatUnary(Math.fround),
  "float.ofInt": floatUnary(Number),
  "float.ofWord": floatUnary(Number),
  "float.toInt": (x) => (r) => v.int63(truncate(x(r) as number)),
  "float.toWord": (x) => (r) => v.word64(truncate(x(r) as number)),
  "float.bits": (x) => (r) => bitsOf(x(r) as number),
  "float.ofBits": (x) => (r) => floatOfWord(x(r) as Integer),
  "float.bits32": (x) => (r) => {
    scratch.setFloat32(0, x(r) as number);
    return scratch.getUint32(0);
  },
  "float.ofBits32": (x) => (r) => {
    scratch.setUint32(0, Number(BigInt.asUintN(32, BigInt(x(r) as Integer))));
    return scratch.getFloat32(0);
  },
  "float.box": (x) => (r) => new BoxedFloat(x(r) as number),
  "float.unbox": (x) => (r) => {
    const boxed = x(r);
    if (boxed instanceof BoxedFloat) return boxed.value;
    throw new EvaluatorError(`a float was expected, not ${describe(boxed)}`);
  },
  "value.isInt": (x) => (r) => (typeof x(r) === "object" ? 0 : 1),
  "value.opaque": (x) => x,
  "block.tag": (x) => (r) => tagOf(x(r)),
  "block.size": (x) => (r) => sizeOf(x(r)),
  "bytes.length": (x) => (r) => v.asBytes(x(r)).length,
};

export function copyBlock(x: Value): Value {
  if (x instanceof Block) return new Block(x.tag, x.fields.slice());
  if (x instanceof FloatArray) return new FloatArray(x.values.slice());
  if (x instanceof Bytes) return new Bytes(x.data.slice());
  if (x instanceof BoxedFloat) return new BoxedFloat(x.value);
  if (x instanceof BoxedInt) return new BoxedInt(x.type, x.value);
  if (x instanceof RawBlock) return new RawBlock(x.tag, x.words.slice());
  throw new EvaluatorError(`a copy of ${describe(x)}`);
}

/** The operation as a function of its evaluated operands' evaluators. */
export function compilePrimitive(p: Primitive, args: readonly Eval[], environment: PrimitiveEnvironment): Eval {
  const simple2 = SIMPLE_BINARY[p.op];
  if (simple2 !== undefined) return simple2(args[0]!, args[1]!);
  const simple1 = SIMPLE_UNARY[p.op];
  if (simple1 !== undefined) return simple1(args[0]!);
  const [x, y, z] = args as [Eval, Eval, Eval];
  switch (p.op) {
    case "int.compare":
    case "word.compare":
      return compareIntegers(p.comparison, x, y);
    case "value.eq":
      return compareIntegers("eq", x, y);
    case "value.ne":
      return compareIntegers("ne", x, y);
    case "float.compare": {
      const negated = p.comparison.startsWith("n") && p.comparison !== "ne";
      const test = COMPARE[(negated ? p.comparison.slice(1) : p.comparison) as Comparison];
      return (r) => {
        const right = y(r) as number;
        return b(test(x(r) as number, right) !== negated);
      };
    }
    case "float.fma":
      throw new EvaluatorError("float.fma");
    case "word.box": {
      const type = p.type;
      return (r) => new BoxedInt(type, x(r) as Integer);
    }
    case "word.unbox":
      return (r) => {
        const boxed = x(r);
        if (boxed instanceof BoxedInt) return boxed.value;
        throw new EvaluatorError(`a boxed integer was expected, not ${describe(boxed)}`);
      };
    case "block.make": {
      const tag = p.tag;
      const n = args.length;
      if (n === 0) return () => emptyBlock(tag);
      if (n === 2)
        return (r) => {
          const second = y(r);
          return new Block(tag, [x(r), second]);
        };
      return (r) => {
        const fields: Value[] = new Array<Value>(n);
        for (let i = n - 1; i >= 0; i--) fields[i] = args[i]!(r);
        return new Block(tag, fields);
      };
    }
    case "block.makeFloats":
      return (r) => {
        const values = new Float64Array(args.length);
        for (let i = args.length - 1; i >= 0; i--) values[i] = args[i]!(r) as number;
        return new FloatArray(values);
      };
    case "block.field": {
      const i = p.index;
      return (r) => fieldOf(x(r), i);
    }
    case "block.setField": {
      const i = p.index;
      return (r) => {
        const value = y(r);
        block(x(r)).fields[i] = value;
        return 0;
      };
    }
    case "block.floatField": {
      const i = p.index;
      return (r) => floats(x(r))[i]!;
    }
    case "block.setFloatField": {
      const i = p.index;
      return (r) => {
        const value = y(r) as number;
        floats(x(r))[i] = value;
        return 0;
      };
    }
    case "block.fieldAt":
      return (r) => {
        const i = v.asNumber(y(r));
        return fieldOf(x(r), i);
      };
    case "block.setFieldAt":
      return (r) => {
        const value = z(r);
        const i = v.asNumber(y(r));
        block(x(r)).fields[i] = value;
        return 0;
      };
    case "block.copy":
      return (r) => copyBlock(x(r));
    case "block.wordAt":
      return (r) => {
        const i = v.asNumber(y(r));
        return wordAt(x(r), i);
      };
    case "block.setWordAt":
      return (r) => {
        const word = z(r) as Integer;
        const i = v.asNumber(y(r));
        setWordAt(x(r), i, word);
        return 0;
      };
    case "block.floatAt":
      return (r) => {
        const i = v.asNumber(y(r));
        const values = floats(x(r));
        if (!(i < values.length)) throw new EvaluatorError("float array access out of bounds");
        return values[i]!;
      };
    case "block.setFloatAt":
      return (r) => {
        const value = z(r) as number;
        const i = v.asNumber(y(r));
        floats(x(r))[i] = value;
        return 0;
      };
    case "alloc.small": {
      const { tag, size } = p;
      return () => (tag < 251 ? size === 0 ? emptyBlock(tag) : new Block(tag, new Array<Value>(size).fill(0)) : new RawBlock(tag, new Array<Integer>(size).fill(0)));
    }
    case "array.length":
      return (r) => sizeOf(x(r));
    case "bytes.load": {
      const width = p.width;
      if (width === 8)
        return (r) => {
          const i = y(r) as number;
          const byte = v.asBytes(x(r)).data[i];
          if (byte === undefined) throw new EvaluatorError("string access out of bounds");
          return byte;
        };
      return (r) => {
        const i = v.asNumber(y(r));
        return loadWidth(v.asBytes(x(r)).view, width, i);
      };
    }
    case "bytes.store": {
      const width = p.width;
      return (r) => {
        const word = z(r) as Integer;
        const i = v.asNumber(y(r));
        storeWidth(v.asBytes(x(r)).view, width, i, word);
        return 0;
      };
    }
    case "bigarray.load": {
      const width = p.width;
      const scale = p.index === "byte" ? 1 : width / 8;
      return (r) => {
        const i = scale * v.asNumber(y(r));
        return loadWidth(bigarrayData(x(r)), width, i);
      };
    }
    case "bigarray.store": {
      const width = p.width;
      const scale = p.index === "byte" ? 1 : width / 8;
      return (r) => {
        const word = z(r) as Integer;
        const i = scale * v.asNumber(y(r));
        storeWidth(bigarrayData(x(r)), width, i, word);
        return 0;
      };
    }
    case "raise":
      return (r) => {
        throw new Raised(x(r));
      };
    case "raw.symbol": {
      const symbol = symbolAddress(p.name);
      return () => symbol;
    }
    case "raw.value":
      return (r) => {
        const address = x(r);
        if (address instanceof SymbolAddress) return environment.symbolValue(address.name);
        throw new EvaluatorError("raw memory is not evaluated");
      };
    case "stub": {
      const f = environment.stub(p.name);
      if (args.length === 1) return (r) => f(x(r));
      return (r) => {
        const operands: Value[] = new Array<Value>(args.length);
        for (let i = args.length - 1; i >= 0; i--) operands[i] = args[i]!(r);
        return f(...operands);
      };
    }
    default: {
      // A remark to the optimiser.
      if (p.op === "raw.machine" && p.name === "any_tag") return () => 0;
      const name = printPrimitive(p);
      return () => {
        throw new EvaluatorError(`${name} is not evaluated`);
      };
    }
  }
}
