/** Core's primitives as SSA: headers, tags and addresses written out. */
import type { Primitive, Width } from "../core/core.ts";
import { at, type Address, type Builder } from "./builder.ts";
import type { BinaryOp, Value } from "./ssa.ts";
import { header, TAG, type StaticPool } from "./static-data.ts";

/** What lowering needs from its surroundings. */
export interface PrimitiveContext {
  readonly builder: Builder;
  readonly pool: Pick<StaticPool, "block" | "customOperations" | "zeroed">;
  /** A call of an exported function or stub by symbol. */
  call(symbol: string, args: Value[], kind: "value" | "immediate" | "word" | "float"): Value;
  /** The code or data address behind `raw.symbol`. */
  symbol(name: string): Value;
}

/** Larger blocks are not allocated inline (ARCHITECTURE section 7.5, `morgana_alloc`). */
export const MAX_INLINE_WORDS = 256;

const INT_BITWISE: { readonly [op: string]: BinaryOp } = { "int.and": "and", "int.or": "or", "word.add": "add", "word.sub": "sub", "word.mul": "mul", "word.and": "and", "word.or": "or", "word.xor": "xor", "word.mulhu": "mulhu", "word.udiv": "udiv", "word.umod": "umod" };

/** `raise` and the effects are not here: they are no plain operations. */
export function lowerPrimitive(c: PrimitiveContext, p: Primitive, args: Value[]): Value {
  const b = c.builder;
  const [x, y, z] = args as [Value, Value, Value];
  switch (p.op) {
    // Immediates.
    case "int.add":
      return b.addNumber(b.add(x, y), -1, "immediate");
    case "int.sub":
      return b.addNumber(b.binary("sub", "word", x, y), 1, "immediate");
    case "int.mul":
      return b.addNumber(multiply(b, x, y), 1, "immediate");
    case "int.div":
      return b.tag(b.binary("div", "word", b.untag(x), b.untag(y)));
    case "int.mod":
      return b.tag(b.binary("mod", "word", b.untag(x), b.untag(y)));
    case "int.xor":
      return b.binary("or", "immediate", b.binary("xor", "word", x, y), b.number(1));
    case "int.shl":
      return b.addNumber(b.binary("shl", "word", b.addNumber(x, -1), b.untag(y)), 1, "immediate");
    case "int.lsr":
      return b.binary("or", "immediate", b.binary("lsr", "word", x, b.untag(y)), b.number(1));
    case "int.asr":
      return b.binary("or", "immediate", b.binary("asr", "word", x, b.untag(y)), b.number(1));
    case "int.neg":
      return b.binary("sub", "immediate", b.number(2), x);
    case "int.not":
      return b.binary("xor", "immediate", x, b.number(2));
    case "int.bswap16": {
      const n = b.unary("zext16", "word", b.untag(x));
      return b.tag(b.unary("zext16", "word", b.binary("or", "word", b.binary("lsr", "word", n, b.number(8)), b.binary("shl", "word", n, b.number(8)))));
    }
    case "int.popcount":
      // The tag is one bit more.
      return b.tag(b.addNumber(b.unary("popcount", "word", x), -1));
    case "int.clz":
      // Of 63 bits: the tag takes the place of the end.
      return b.tag(b.unary("clz", "word", x));
    case "int.ctz": {
      // 0 has 63: the tag moved to the end stops the search.
      const shifted = b.binary("or", "word", b.untag(x), b.constant(1n << 63n));
      return b.tag(b.unary("ctz", "word", shifted));
    }
    case "int.compare":
    case "word.compare":
      return b.tag(b.compare(p.comparison, x, y));
    case "int.compare3":
    case "word.compare3":
      return b.tag(b.binary("sub", "word", b.compare("gt", x, y), b.compare("lt", x, y)));
    case "int.and":
    case "int.or":
      return b.binary(INT_BITWISE[p.op]!, "immediate", x, y);
    // Words.
    case "word.add":
    case "word.sub":
    case "word.mul":
    case "word.and":
    case "word.or":
    case "word.xor":
    case "word.mulhu":
    case "word.udiv":
    case "word.umod":
      return b.binary(INT_BITWISE[p.op]!, "word", x, y);
    case "word.div":
      return b.binary("div", "word", x, y);
    case "word.mod":
      return b.binary("mod", "word", x, y);
    case "word.shl":
      return b.binary("shl", "word", x, b.untag(y));
    case "word.lsr":
      return b.binary("lsr", "word", x, b.untag(y));
    case "word.asr":
      return b.binary("asr", "word", x, b.untag(y));
    case "word.neg":
      return b.unary("neg", "word", x);
    case "word.sext8":
    case "word.sext16":
    case "word.sext32":
    case "word.zext8":
    case "word.zext16":
    case "word.zext32":
    case "word.bswap":
    case "word.popcount":
    case "word.clz":
    case "word.ctz":
      return b.unary(p.op.slice(5) as "sext8", "word", x);
    case "word.ofInt":
      return b.untag(x);
    case "word.toInt":
      return b.tag(x);
    case "word.box":
      c.pool.customOperations(p.type);
      return b.alloc(header(2, TAG.custom), [b.f.symbol(`custom.${p.type}`, "word"), x]);
    case "word.unbox":
      return b.load("word", at(x, 8), false);
    // Floats.
    case "float.add":
      return b.floating("fadd", args);
    case "float.sub":
      return b.floating("fsub", args);
    case "float.mul":
      return b.floating("fmul", args);
    case "float.div":
      return b.floating("fdiv", args);
    case "float.neg":
      return b.floating("fneg", args);
    case "float.abs":
      return b.floating("fabs", args);
    case "float.sqrt":
      return b.floating("fsqrt", args);
    case "float.round32":
      return b.floating("round32", args);
    case "float.fma":
      return b.floating("fma", args);
    case "float.compare":
      return b.tag(b.fcompare(p.comparison, x, y));
    case "float.compare3": {
      const order = b.binary("sub", "word", b.fcompare("gt", x, y), b.fcompare("lt", x, y));
      return b.tag(b.add(order, b.binary("sub", "word", b.fcompare("eq", x, x), b.fcompare("eq", y, y))));
    }
    case "float.ofInt":
      return b.convert("floatOfInt", "float", b.untag(x));
    case "float.toInt":
      return b.tag(b.convert("intOfFloat", "word", x));
    case "float.ofWord":
      return b.convert("floatOfInt", "float", x);
    case "float.toWord":
      return b.convert("intOfFloat", "word", x);
    case "float.bits":
      return b.convert("bitsOfFloat", "word", x);
    case "float.ofBits":
      return b.convert("floatOfBits", "float", x);
    case "float.bits32":
      return b.convert("bits32OfFloat", "word", x);
    case "float.ofBits32":
      return b.convert("floatOfBits32", "float", x);
    case "float.box":
      return b.alloc(header(1, TAG.double), [x]);
    case "float.unbox":
      return b.load("float", at(x, 0), false);
    // Values and blocks.
    case "value.eq":
      return b.tag(b.compare("eq", x, y));
    case "value.ne":
      return b.tag(b.compare("ne", x, y));
    case "value.isInt":
      return b.tag(b.binary("and", "word", x, b.number(1)));
    case "value.opaque":
      return b.append(b.f.value("opaque", "value", [x]));
    case "block.make":
      return makeBlock(c, p.tag, p.mutable, args);
    case "block.makeFloats":
      if (args.length === 0) return makeBlock(c, 0, false, []);
      return args.length > MAX_INLINE_WORDS ? largeBlock(c, TAG.doubleArray, args) : b.alloc(header(args.length, TAG.doubleArray), args);
    case "block.field":
      return b.load("value", at(x, 8 * p.index), p.mutable);
    case "block.setField":
      return unit(b, p.store === "pointer" ? b.storeBarrier(at(x, 8 * p.index), y) : b.store(at(x, 8 * p.index), y));
    case "block.floatField":
      return b.load("float", at(x, 8 * p.index), p.mutable);
    case "block.setFloatField":
      return unit(b, b.store(at(x, 8 * p.index), y));
    case "block.tag":
      return b.tag(b.load("word", at(x, -8), true, 8));
    case "block.size":
      return b.tag(b.binary("lsr", "word", b.load("word", at(x, -8), false), b.number(10)));
    case "block.fieldAt":
      return b.load("value", element(x, y), true);
    case "block.setFieldAt":
      return unit(b, p.store === "pointer" ? b.storeBarrier(element(x, y), z) : b.store(element(x, y), z));
    case "block.copy":
      return c.call("morgana_copy", [x], "value");
    case "block.wordAt":
      return b.load("word", element(x, y), true);
    case "block.setWordAt":
      return unit(b, b.store(element(x, y), z));
    case "block.floatAt":
      return b.load("float", element(x, y), true);
    case "block.setFloatAt":
      return unit(b, b.store(element(x, y), z));
    case "alloc.small":
      return allocateSmall(c, p.tag, p.size);
    case "array.length":
      // 2·words + 1 is the header shifted by one bit less than the size field lies, with the low bit (the colour's) set.
      return b.binary("or", "immediate", b.binary("lsr", "word", b.load("word", at(x, -8), false), b.number(9)), b.number(1));
    case "bytes.length": {
      // The last byte tells how far it is from the end of the string.
      const last = b.addNumber(b.binary("or", "word", b.binary("lsr", "word", b.load("word", at(x, -8), false), b.number(7)), b.number(7)), -8);
      return b.tag(b.binary("sub", "word", last, b.load("word", { base: x, index: last, scale: 1, offset: 0 }, true, 8)));
    }
    case "bytes.load":
      return b.load("word", byteAt(b, x, y), true, p.width);
    case "bytes.store":
      return unit(b, b.store(byteAt(b, x, y), z, p.width));
    case "bigarray.load":
      return b.load("word", inBigarray(b, x, y, p.width, p.index), true, p.width);
    case "bigarray.store":
      return unit(b, b.store(inBigarray(b, x, y, p.width, p.index), z, p.width));
    // Effects.
    case "perform":
    case "runstack":
    case "resume":
    case "reperform":
      return c.call(`stub.${p.op}`, args, "value");
    // Raw memory and machine.
    case "raw.load":
      return b.load("word", at(x, 0), true, p.width, p.signed);
    case "raw.store":
      return unit(b, b.store(at(x, 0), y, p.width));
    case "raw.address":
      return b.cast("word", x);
    case "raw.value":
      return b.cast("value", x);
    case "raw.static": {
      const symbol = `static.${p.id}`;
      c.pool.zeroed(symbol, p.bytes, p.align);
      return b.f.symbol(symbol, "word");
    }
    case "raw.symbol":
      return c.symbol(p.name);
    case "raw.machine":
      return machine(c, p.name, args);
    case "stub":
      return c.call(`stub.${p.name}`, args, p.result);
    case "raise":
      throw new Error("raise is no plain operation");
  }
}

function unit(b: Builder, _done: Value): Value {
  return b.tagged(0n);
}

/** 2·(x·y) of tagged numbers. */
function multiply(b: Builder, x: Value, y: Value): Value {
  const [p, q] = x.op === "const" ? [y, x] : [x, y];
  if (q.op === "const") return b.binary("mul", "word", b.addNumber(p, -1), b.constant(q.bits >> 1n));
  return b.binary("mul", "word", b.addNumber(p, -1), b.untag(q));
}

/** Field number `i`, a tagged index: base + 4·i − 4. */
function element(base: Value, i: Value): Address {
  if (i.op === "const") return at(base, Number((i.bits >> 1n) * 8n));
  return { base, index: i, scale: 4, offset: -4 };
}

function byteAt(b: Builder, base: Value, i: Value): Address {
  return { base, index: b.untag(i), scale: 1, offset: 0 };
}

function inBigarray(b: Builder, array: Value, i: Value, width: Width, index: "element" | "byte"): Address {
  const data = b.load("word", at(array, 8), true);
  if (index === "byte" || width === 8) return byteAt(b, data, i);
  if (i.op === "const") return at(data, Number((i.bits >> 1n) * BigInt(width / 8)));
  // A tagged index is 2i + 1.
  const scale = width / 16;
  return { base: data, index: i, scale, offset: -scale };
}

function makeBlock(c: PrimitiveContext, tag: number, mutable: boolean, args: Value[]): Value {
  const b = c.builder;
  const constant = args.every((v) => v.op === "const" || v.op === "symbol");
  if (args.length === 0 || (!mutable && constant)) {
    const word = c.pool.block(
      tag,
      args.map((v) => (v.op === "const" ? v.bits : { symbol: v.symbol, offset: v.offset })),
    );
    if (typeof word === "bigint") throw new Error("a block is a symbol");
    return b.f.symbol(word.symbol, "value");
  }
  return args.length > MAX_INLINE_WORDS ? largeBlock(c, tag, args) : b.alloc(header(args.length, tag), args);
}

function largeBlock(c: PrimitiveContext, tag: number, args: Value[]): Value {
  const b = c.builder;
  const block = c.call("morgana_alloc", [b.number(args.length), b.number(tag)], "value");
  args.forEach((v, i) => {
    if (v.kind === "value") b.storeBarrier(at(block, 8 * i), v);
    else b.store(at(block, 8 * i), v);
  });
  return block;
}

function allocateSmall(c: PrimitiveContext, tag: number, size: number): Value {
  const b = c.builder;
  if (size === 0) return makeBlock(c, tag, false, []);
  if (size > MAX_INLINE_WORDS) return c.call("morgana_alloc", [b.number(size), b.number(tag)], "value");
  const fill = b.tagged(0n);
  const fields: Value[] = new Array<Value>(size).fill(fill);
  return b.alloc(header(size, tag), fields);
}

function machine(c: PrimitiveContext, name: string, args: Value[]): Value {
  const b = c.builder;
  // A call: the code address comes first, as in an indirect call.
  if (name === "call") {
    const v = b.f.value("call", "word", args);
    return b.append(v);
  }
  const v = b.f.value("machine", "word", args);
  v.symbol = name;
  return b.append(v);
}
