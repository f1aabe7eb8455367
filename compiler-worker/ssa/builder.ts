/**
 * Building SSA: appends operations to a block, folding them as they come (constants, tags and untags, nested offsets).
 * Both the translation from core and the passes that rebuild blocks use it.
 */
import type { Kind, Width } from "../core/core.ts";
import { foldBinary, foldCompare, foldUnary } from "./fold.ts";
import { Value, type BinaryOp, type Block, type Condition, type ConvertOp, type FloatComparison, type FloatOp, type SsaFunction, type UnaryOp } from "./ssa.ts";

/** An address: `base + index * scale + offset`. */
export interface Address {
  readonly base: Value;
  readonly index: Value | undefined;
  readonly scale: number;
  readonly offset: number;
}

export function at(base: Value, offset: number): Address {
  return { base, index: undefined, scale: 1, offset };
}

export class Builder {
  readonly f: SsaFunction;
  block: Block;
  readonly #constants = new Map<bigint, Value>();
  readonly #tagged = new Map<bigint, Value>();

  constructor(f: SsaFunction, block: Block) {
    this.f = f;
    this.block = block;
  }

  constant(bits: bigint): Value {
    return this.#pooled(this.#constants, bits, "word");
  }

  number(n: number): Value {
    return this.#pooled(this.#constants, BigInt(n), "word");
  }

  /** The tagged integer `n`. */
  tagged(n: bigint): Value {
    return this.#pooled(this.#tagged, BigInt.asIntN(64, 2n * n + 1n), "immediate");
  }

  #pooled(pool: Map<bigint, Value>, bits: bigint, kind: Kind): Value {
    const key = BigInt.asIntN(64, bits);
    let v = pool.get(key);
    if (v === undefined) {
      v = this.f.constant(key, kind);
      pool.set(key, v);
    }
    return v;
  }

  float(bits: bigint): Value {
    const v = this.f.value("fconst", "float", []);
    v.bits = BigInt.asUintN(64, bits);
    return v;
  }

  append(v: Value): Value {
    v.block = this.block;
    this.block.instructions.push(v);
    return v;
  }

  binary(op: BinaryOp, kind: Kind, a: Value, b: Value): Value {
    const folded = foldBinary(this, op, kind, a, b);
    return folded ?? this.append(this.f.value(op, kind, [a, b]));
  }

  add(a: Value, b: Value, kind: Kind = "word"): Value {
    return this.binary("add", kind, a, b);
  }

  addNumber(a: Value, n: number, kind: Kind = "word"): Value {
    return this.binary("add", kind, a, this.number(n));
  }

  unary(op: UnaryOp, kind: Kind, a: Value): Value {
    const folded = foldUnary(this, op, kind, a);
    return folded ?? this.append(this.f.value(op, kind, [a]));
  }

  /** 2n+1. */
  tag(n: Value): Value {
    return this.addNumber(this.binary("shl", "word", n, this.number(1)), 1, "immediate");
  }

  untag(i: Value): Value {
    return this.binary("asr", "word", i, this.number(1));
  }

  compare(condition: Condition, a: Value, b: Value): Value {
    const folded = foldCompare(this, condition, a, b);
    if (folded !== undefined) return folded;
    const v = this.f.value("compare", "word", [a, b]);
    v.condition = condition;
    return this.append(v);
  }

  fcompare(condition: FloatComparison, a: Value, b: Value): Value {
    const v = this.f.value("fcompare", "word", [a, b]);
    v.condition = condition;
    return this.append(v);
  }

  /** Whether a tagged boolean is true, as a word that is zero or not. */
  truth(v: Value): Value {
    return this.compare("ne", v, this.tagged(0n));
  }

  floating(op: FloatOp, args: Value[]): Value {
    return this.append(this.f.value(op, "float", args));
  }

  convert(op: ConvertOp, kind: Kind, a: Value): Value {
    if ((op === "floatOfBits" && a.op === "bitsOfFloat") || (op === "bitsOfFloat" && a.op === "floatOfBits")) return a.args[0]!;
    if (op === "floatOfBits" && a.op === "load" && a.width === 64 && a === this.block.instructions.at(-1)) return this.#loadedAgain(a, "float");
    return this.append(this.f.value(op, kind, [a]));
  }

  cast(kind: Kind, a: Value): Value {
    if (a.kind === kind) return a;
    // Back to where it came from; but not from a value to the word that it was: a collection in between may have moved the block, and
    // the word alone would not keep it alive.
    if (a.op === "cast" && a.args[0]!.kind === kind && !(a.kind === "value" && kind === "word")) return a.args[0]!;
    if (a.op === "const") return kind === "immediate" && (a.bits & 1n) === 1n ? this.tagged(a.bits >> 1n) : kind === "word" ? this.constant(a.bits) : this.#plainCast(kind, a);
    if (a.op === "symbol") return this.f.symbol(a.symbol, kind, a.offset);
    return this.#plainCast(kind, a);
  }

  #plainCast(kind: Kind, a: Value): Value {
    return this.append(this.f.value("cast", kind, [a]));
  }

  load(kind: Kind, address: Address, mutable: boolean, width: Width = 64, signed = false): Value {
    const v = this.#memory("load", kind, address, []);
    v.mutable = mutable;
    v.width = width;
    v.signed = signed;
    return this.append(v);
  }

  /** What was just loaded, as another kind; the first load goes when nothing else uses it. */
  #loadedAgain(load: Value, kind: Kind): Value {
    const v = this.f.value("load", kind, [...load.args]);
    v.offset = load.offset;
    v.scale = load.scale;
    v.mutable = load.mutable;
    return this.append(v);
  }

  store(address: Address, value: Value, width: Width = 64): Value {
    const v = this.#memory("store", "immediate", address, [value.op === "bitsOfFloat" && width === 64 ? value.args[0]! : value]);
    v.width = width;
    return this.append(v);
  }

  storeBarrier(address: Address, value: Value): Value {
    return this.append(this.#memory("storeBarrier", "immediate", address, [value]));
  }

  #memory(op: "load" | "store" | "storeBarrier", kind: Kind, address: Address, rest: Value[]): Value {
    let { base, index, scale, offset } = address;
    // Constant parts of the index and, for raw addresses, of the base go into the offset.
    for (;;) {
      if (index !== undefined && index.op === "const" && fitsOffset(BigInt(offset) + index.bits * BigInt(scale))) {
        offset += Number(index.bits) * scale;
        index = undefined;
      } else if (index !== undefined && index.op === "add" && index.args[1]!.op === "const" && fitsOffset(BigInt(offset) + index.args[1]!.bits * BigInt(scale))) {
        offset += Number(index.args[1]!.bits) * scale;
        index = index.args[0]!;
      } else if (index !== undefined && index.op === "shl" && index.args[1]!.op === "const" && index.args[1]!.bits <= 3n && scale << Number(index.args[1]!.bits) <= 8) {
        scale <<= Number(index.args[1]!.bits);
        index = index.args[0]!;
      } else if (base.op === "add" && base.kind === "word" && base.args[1]!.op === "const" && fitsOffset(BigInt(offset) + base.args[1]!.bits)) {
        offset += Number(base.args[1]!.bits);
        base = base.args[0]!;
      } else if (base.op === "add" && base.kind === "word" && index === undefined && base.args[0]!.kind !== "value" && base.args[1]!.kind !== "value") {
        index = base.args[1]!;
        base = base.args[0]!;
        scale = 1;
      } else if (base.op === "symbol" && base.offset !== 0 && fitsOffset(BigInt(offset) + BigInt(base.offset))) {
        offset += base.offset;
        base = this.f.symbol(base.symbol, base.kind, 0);
      } else break;
    }
    const v = this.f.value(op, kind, index === undefined ? [base, ...rest] : [base, index, ...rest]);
    v.offset = offset;
    v.scale = index === undefined ? 0 : scale;
    return v;
  }

  alloc(header: bigint, fields: Value[]): Value {
    const v = this.f.value("alloc", "value", fields);
    v.bits = header;
    return this.append(v);
  }
}

/** Offsets that every target's addressing modes take, with room for a header before. */
function fitsOffset(n: bigint): boolean {
  return n >= -0x4000_0000n && n < 0x4000_0000n;
}

/** A memory operation's arguments. `scale` 0 says that there is no index. */
export function baseOf(v: Value): Value {
  return v.args[0]!;
}

export function indexOf(v: Value): Value | undefined {
  return v.scale === 0 ? undefined : v.args[1]!;
}

export function storedOf(v: Value): Value {
  return v.args[v.args.length - 1]!;
}
