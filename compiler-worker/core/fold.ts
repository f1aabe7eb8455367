/** Primitives on constants and on what is known of their arguments. */
import * as b from "./build.ts";
import type { Comparison, Constant, Expr, Primitive, UnsignedComparison, Variable } from "./core.ts";

/** What the simplifier knows of variables. */
export interface Knowledge {
  /** The primitive application or function that an immutable variable is bound to. */
  definition: (v: Variable) => Expr | undefined;
}

function integer(e: Expr): bigint | undefined {
  return e.kind === "const" && (e.constant.kind === "int" || e.constant.kind === "word") ? e.constant.value : undefined;
}
function double(e: Expr): number | undefined {
  return e.kind === "const" && e.constant.kind === "float" ? e.constant.value : undefined;
}

function definitionOf(k: Knowledge, e: Expr): Expr | undefined {
  return e.kind === "var" ? k.definition(e.variable) : e;
}

function isTrue(comparison: Comparison | UnsignedComparison, x: bigint, y: bigint): boolean {
  const u = (n: bigint): bigint => BigInt.asUintN(64, n);
  switch (comparison) {
    case "eq":
      return x === y;
    case "ne":
      return x !== y;
    case "lt":
      return x < y;
    case "le":
      return x <= y;
    case "gt":
      return x > y;
    case "ge":
      return x >= y;
    case "ult":
      return u(x) < u(y);
    case "ule":
      return u(x) <= u(y);
    case "ugt":
      return u(x) > u(y);
    case "uge":
      return u(x) >= u(y);
  }
}

const NEGATED: { readonly [K in Comparison | UnsignedComparison]: Comparison | UnsignedComparison } = {
  eq: "ne",
  ne: "eq",
  lt: "ge",
  ge: "lt",
  gt: "le",
  le: "gt",
  ult: "uge",
  uge: "ult",
  ugt: "ule",
  ule: "ugt",
};

const NEGATED_FLOAT = { eq: "ne", ne: "eq", lt: "nlt", le: "nle", gt: "ngt", ge: "nge", nlt: "lt", nle: "le", ngt: "gt", nge: "ge" } as const;

/** `not e` when a comparison says it by itself. */
export function negate(e: Expr): Expr {
  if (e.kind === "primitive") {
    const p = e.primitive;
    if (p.op === "int.not") return e.args[0]!;
    if (p.op === "int.compare") return b.primitive({ op: "int.compare", comparison: NEGATED[p.comparison] }, e.args, e.loc);
    if (p.op === "word.compare") return b.primitive({ op: "word.compare", comparison: NEGATED[p.comparison] }, e.args, e.loc);
    if (p.op === "float.compare") return b.primitive({ op: "float.compare", comparison: NEGATED_FLOAT[p.comparison] }, e.args, e.loc);
    if (p.op === "value.eq") return b.primitive(b.plain("value.ne"), e.args, e.loc);
    if (p.op === "value.ne") return b.primitive(b.plain("value.eq"), e.args, e.loc);
  }
  if (e.kind === "const" && e.constant.kind === "int") return b.bool(e.constant.value === 0n);
  return b.not(e);
}

/** Whether an expression's value is 0 or 1. */
export function isBoolean(e: Expr): boolean {
  if (e.kind === "const") return e.constant.kind === "int" && (e.constant.value === 0n || e.constant.value === 1n);
  if (e.kind !== "primitive") return false;
  switch (e.primitive.op) {
    case "int.compare":
    case "word.compare":
    case "float.compare":
    case "value.eq":
    case "value.ne":
    case "value.isInt":
    case "int.not":
      return true;
    default:
      return false;
  }
}

const MIN_WORD = -(1n << 63n);

function foldBinary(op: string, x: bigint, y: bigint): bigint | undefined {
  switch (op) {
    case "add":
      return x + y;
    case "sub":
      return x - y;
    case "mul":
      return x * y;
    case "div":
      return y === 0n ? undefined : x / y;
    case "mod":
      return y === 0n ? undefined : x % y;
    case "and":
      return x & y;
    case "or":
      return x | y;
    case "xor":
      return x ^ y;
    default:
      return undefined;
  }
}

const word = (n: bigint): Expr => b.word(n);

/** A simpler expression of the same value, or undefined. Arguments are simplified already. */
export function foldPrimitive(p: Primitive, args: readonly Expr[], k: Knowledge): Expr | undefined {
  const [x, y] = args as [Expr, Expr];
  switch (p.op) {
    case "int.add":
    case "int.sub":
    case "int.mul":
    case "int.div":
    case "int.mod":
    case "int.and":
    case "int.or":
    case "int.xor": {
      const m = integer(x);
      const n = integer(y);
      if (m !== undefined && n !== undefined) {
        const result = foldBinary(p.op.slice(4), m, n);
        return result === undefined ? undefined : b.int(result);
      }
      return identities(p.op, x, y, m, n);
    }
    case "int.shl":
    case "int.lsr":
    case "int.asr": {
      const m = integer(x);
      const n = integer(y);
      if (n === 0n) return x;
      if (m === undefined || n === undefined || n < 0n || n > 62n) return undefined;
      return b.int(p.op === "int.shl" ? m << n : p.op === "int.asr" ? m >> n : BigInt.asUintN(63, m) >> n);
    }
    case "int.neg": {
      const m = integer(x);
      return m === undefined ? undefined : b.int(-m);
    }
    case "int.not": {
      if (x.kind === "const" || x.kind === "primitive") {
        const negated = negate(x);
        return negated.kind === "primitive" && negated.primitive.op === "int.not" ? undefined : negated;
      }
      const d = definitionOf(k, x);
      if (d !== undefined && d.kind === "primitive" && d.primitive.op === "int.not") return d.args[0]!;
      return undefined;
    }
    case "int.compare": {
      const m = integer(x);
      const n = integer(y);
      if (m !== undefined && n !== undefined) return b.bool(isTrue(p.comparison, m, n));
      if (x.kind === "var" && y.kind === "var" && x.variable === y.variable && !x.variable.mutable) return b.bool(isTrue(p.comparison, 0n, 0n));
      // A boolean compared with 0 or 1.
      if ((n === 0n || n === 1n) && (p.comparison === "eq" || p.comparison === "ne")) {
        const d = x.kind === "primitive" ? x : undefined;
        if (d !== undefined && isBoolean(d)) return (n === 1n) === (p.comparison === "eq") ? x : negate(x);
      }
      return undefined;
    }
    case "int.compare3": {
      const m = integer(x);
      const n = integer(y);
      return m === undefined || n === undefined ? undefined : b.int(m < n ? -1 : m > n ? 1 : 0);
    }
    case "word.add":
    case "word.sub":
    case "word.mul":
    case "word.div":
    case "word.mod":
    case "word.and":
    case "word.or":
    case "word.xor": {
      const m = integer(x);
      const n = integer(y);
      if (m !== undefined && n !== undefined) {
        const op = p.op.slice(5);
        if ((op === "div" || op === "mod") && n === -1n && m === MIN_WORD) return undefined;
        const result = foldBinary(op, m, n);
        return result === undefined ? undefined : word(result);
      }
      return identities(p.op, x, y, m, n);
    }
    case "word.shl":
    case "word.lsr":
    case "word.asr": {
      const m = integer(x);
      const n = integer(y);
      if (n === 0n) return x;
      if (m === undefined || n === undefined || n < 0n || n > 63n) return undefined;
      return word(p.op === "word.shl" ? m << n : p.op === "word.asr" ? m >> n : BigInt.asUintN(64, m) >> n);
    }
    case "word.neg": {
      const m = integer(x);
      return m === undefined ? undefined : word(-m);
    }
    case "word.sext8":
    case "word.sext16":
    case "word.sext32": {
      const m = integer(x);
      const bits = Number(p.op.slice(9));
      if (m !== undefined) return word(BigInt.asIntN(bits, m));
      return x.kind === "primitive" && (x.primitive.op === p.op || (p.op === "word.sext32" && x.primitive.op === "word.unbox" && x.primitive.type === "int32")) ? x : undefined;
    }
    case "word.zext8":
    case "word.zext16":
    case "word.zext32": {
      const m = integer(x);
      return m === undefined ? undefined : word(BigInt.asUintN(Number(p.op.slice(9)), m));
    }
    case "word.compare": {
      const m = integer(x);
      const n = integer(y);
      return m === undefined || n === undefined ? undefined : b.bool(isTrue(p.comparison, m, n));
    }
    case "word.ofInt": {
      const m = integer(x);
      if (m !== undefined) return word(m);
      return undefined;
    }
    case "word.toInt": {
      const m = integer(x);
      if (m !== undefined) return b.int(m);
      if (x.kind === "primitive" && x.primitive.op === "word.ofInt") return x.args[0]!;
      const d = definitionOf(k, x);
      if (d?.kind === "primitive" && d.primitive.op === "word.ofInt" && b.isAtom(d.args[0]!)) return d.args[0]!;
      return undefined;
    }
    case "word.unbox": {
      if (x.kind === "const" && x.constant.kind === "boxedInt") return word(x.constant.value);
      const d = definitionOf(k, x);
      if (d?.kind === "primitive" && d.primitive.op === "word.box" && d.primitive.type === p.type && (d === x || b.isAtom(d.args[0]!))) return d.args[0]!;
      return undefined;
    }
    case "word.box": {
      const m = integer(x);
      if (m !== undefined) return b.constant({ kind: "boxedInt", type: p.type, value: m });
      const d = definitionOf(k, x);
      if (d?.kind === "primitive" && d.primitive.op === "word.unbox" && d.primitive.type === p.type && (d === x || b.isAtom(d.args[0]!))) return d.args[0]!;
      return undefined;
    }
    case "float.unbox": {
      if (x.kind === "const" && x.constant.kind === "boxedFloat") return b.floatBits(x.constant.bits);
      const d = definitionOf(k, x);
      if (d?.kind === "primitive" && d.primitive.op === "float.box" && (d === x || b.isAtom(d.args[0]!))) return d.args[0]!;
      return undefined;
    }
    case "float.box": {
      if (x.kind === "const" && x.constant.kind === "float") return b.constant({ kind: "boxedFloat", bits: x.constant.bits });
      const d = definitionOf(k, x);
      if (d?.kind === "primitive" && d.primitive.op === "float.unbox" && (d === x || b.isAtom(d.args[0]!))) return d.args[0]!;
      return undefined;
    }
    case "float.add":
    case "float.sub":
    case "float.mul":
    case "float.div": {
      const m = double(x);
      const n = double(y);
      if (m === undefined || n === undefined) return undefined;
      const r = p.op === "float.add" ? m + n : p.op === "float.sub" ? m - n : p.op === "float.mul" ? m * n : m / n;
      // Which NaN an operation gives is the machine's affair.
      return Number.isNaN(r) ? undefined : b.float(r);
    }
    case "float.neg": {
      const m = double(x);
      return m === undefined || Number.isNaN(m) ? undefined : b.float(-m);
    }
    case "float.abs": {
      const m = double(x);
      return m === undefined || Number.isNaN(m) ? undefined : b.float(Math.abs(m));
    }
    case "float.ofInt": {
      const m = integer(x);
      return m === undefined ? undefined : b.float(Number(m));
    }
    case "float.ofBits": {
      const m = integer(x);
      return m === undefined ? undefined : b.floatBits(m);
    }
    case "value.eq":
    case "value.ne": {
      const same = physicallyEqual(x, y, k);
      return same === undefined ? undefined : b.bool(same === (p.op === "value.eq"));
    }
    case "value.isInt": {
      const known = isImmediate(x, k);
      return known === undefined ? undefined : b.bool(known);
    }
    case "block.tag": {
      if (x.kind === "const") return b.int(tagOfConstant(x.constant) ?? 0);
      const d = definitionOf(k, x);
      if (d?.kind !== "primitive") return undefined;
      switch (d.primitive.op) {
        case "block.make":
          // The tag of a suspended value changes.
          return d.primitive.tag === 246 || d.primitive.tag === 244 ? undefined : b.int(d.primitive.tag);
        case "block.makeFloats":
          return b.int(254);
        case "float.box":
          return b.int(253);
        case "word.box":
          return b.int(255);
        default:
          return undefined;
      }
    }
    case "block.size":
    case "array.length": {
      if (x.kind === "const") {
        if (x.constant.kind === "block") return b.int(x.constant.fields.length);
        return x.constant.kind === "floatArray" ? b.int(x.constant.bits.length) : undefined;
      }
      const d = definitionOf(k, x);
      if (d?.kind === "primitive" && d !== x && (d.primitive.op === "block.make" || d.primitive.op === "block.makeFloats")) return b.int(d.args.length);
      return undefined;
    }
    case "bytes.length":
      return x.kind === "const" && x.constant.kind === "string" ? b.int(x.constant.value.length) : undefined;
    case "bytes.load": {
      const n = integer(y);
      if (x.kind !== "const" || x.constant.kind !== "string" || n === undefined || p.width !== 8) return undefined;
      const i = Number(n);
      return i >= 0 && i < x.constant.value.length ? word(BigInt(x.constant.value.charCodeAt(i))) : undefined;
    }
    case "block.field": {
      if (x.kind === "const") {
        const field = x.constant.kind === "block" ? x.constant.fields[p.index] : undefined;
        return field === undefined ? undefined : b.constant(field);
      }
      const d = definitionOf(k, x);
      if (d?.kind !== "primitive" || d === x || d.primitive.op !== "block.make" || d.primitive.mutable) return undefined;
      const field = d.args[p.index];
      return field !== undefined && b.isAtom(field) ? field : undefined;
    }
    case "block.floatField": {
      if (x.kind === "const" && x.constant.kind === "floatArray") {
        const bits = x.constant.bits[p.index];
        return bits === undefined ? undefined : b.floatBits(bits);
      }
      const d = definitionOf(k, x);
      if (d?.kind !== "primitive" || d === x || d.primitive.op !== "block.makeFloats" || d.primitive.mutable) return undefined;
      const field = d.args[p.index];
      return field !== undefined && b.isAtom(field) ? field : undefined;
    }
    case "block.make": {
      if (p.mutable) return undefined;
      const fields: Constant[] = [];
      for (const arg of args) {
        if (arg.kind !== "const" || arg.constant.kind === "word" || arg.constant.kind === "float") return undefined;
        fields.push(arg.constant);
      }
      return b.constant({ kind: "block", tag: p.tag, fields });
    }
    default:
      return undefined;
  }
}

/** Neutral elements, and constants gathered on the right. */
function identities(op: string, x: Expr, y: Expr, m: bigint | undefined, n: bigint | undefined): Expr | undefined {
  const name = op.slice(op.indexOf(".") + 1);
  switch (name) {
    case "add":
    case "or":
    case "xor":
      return n === 0n ? x : m === 0n ? y : undefined;
    case "sub":
      return n === 0n ? x : undefined;
    case "mul":
    case "div":
      if (n === 1n) return x;
      return m === 1n && name === "mul" ? y : undefined;
    case "and":
      return n === -1n ? x : m === -1n ? y : undefined;
    default:
      return undefined;
  }
}

function tagOfConstant(c: Constant): number | undefined {
  switch (c.kind) {
    case "block":
      return c.tag;
    case "string":
      return 252;
    case "boxedFloat":
      return 253;
    case "floatArray":
      return c.bits.length === 0 ? 0 : 254;
    case "boxedInt":
      return 255;
    default:
      return undefined;
  }
}

function isImmediate(e: Expr, k: Knowledge): boolean | undefined {
  if (e.kind === "const") return e.constant.kind === "int";
  const d = definitionOf(k, e);
  if (d === undefined) return undefined;
  if (d.kind === "function") return false;
  if (d.kind !== "primitive") return undefined;
  switch (d.primitive.op) {
    case "block.make":
    case "block.makeFloats":
    case "float.box":
    case "word.box":
    case "alloc.small":
      return false;
    default:
      return undefined;
  }
}

function physicallyEqual(x: Expr, y: Expr, k: Knowledge): boolean | undefined {
  const m = integer(x);
  const n = integer(y);
  if (m !== undefined && n !== undefined) return m === n;
  if (x.kind === "var" && y.kind === "var" && x.variable === y.variable && !x.variable.mutable) return true;
  // An immediate is no block.
  if (m !== undefined && isImmediate(y, k) === false) return false;
  if (n !== undefined && isImmediate(x, k) === false) return false;
  return undefined;
}
