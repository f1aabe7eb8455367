/**
 * Folding of single operations: constant arithmetic, neutral elements, tags against untags. Rules are local and
 * always make the program no larger; reassociation moves constants to the right and outwards, where addressing modes take them.
 */
import type { Kind } from "../core/core.ts";
import type { Builder } from "./builder.ts";
import type { BinaryOp, Condition, FloatComparison, UnaryOp, Value } from "./ssa.ts";

const signed = (n: bigint): bigint => BigInt.asIntN(64, n);
const unsigned = (n: bigint): bigint => BigInt.asUintN(64, n);

function constantOf(v: Value): bigint | undefined {
  return v.op === "const" ? v.bits : undefined;
}

export function evaluateBinary(op: BinaryOp, a: bigint, b: bigint): bigint | undefined {
  switch (op) {
    case "add":
      return signed(a + b);
    case "sub":
      return signed(a - b);
    case "mul":
      return signed(a * b);
    case "and":
      return a & b;
    case "or":
      return a | b;
    case "xor":
      return a ^ b;
    case "shl":
      return signed(a << (b & 63n));
    case "lsr":
      return signed(unsigned(a) >> (b & 63n));
    case "asr":
      return a >> (b & 63n);
    case "div":
      return b === 0n ? undefined : signed(a / b);
    case "mod":
      return b === 0n ? undefined : signed(a % b);
    case "udiv":
      return b === 0n ? undefined : signed(unsigned(a) / unsigned(b));
    case "umod":
      return b === 0n ? undefined : signed(unsigned(a) % unsigned(b));
    case "mulhu":
      return signed((unsigned(a) * unsigned(b)) >> 64n);
  }
}

export function evaluateCompare(condition: Condition, a: bigint, b: bigint): boolean {
  switch (condition) {
    case "eq":
      return a === b;
    case "ne":
      return a !== b;
    case "lt":
      return a < b;
    case "le":
      return a <= b;
    case "gt":
      return a > b;
    case "ge":
      return a >= b;
    case "ult":
      return unsigned(a) < unsigned(b);
    case "ule":
      return unsigned(a) <= unsigned(b);
    case "ugt":
      return unsigned(a) > unsigned(b);
    case "uge":
      return unsigned(a) >= unsigned(b);
  }
}

export function evaluateUnary(op: UnaryOp, a: bigint): bigint {
  switch (op) {
    case "neg":
      return signed(-a);
    case "sext8":
      return BigInt.asIntN(8, a);
    case "sext16":
      return BigInt.asIntN(16, a);
    case "sext32":
      return BigInt.asIntN(32, a);
    case "zext8":
      return a & 0xffn;
    case "zext16":
      return a & 0xffffn;
    case "zext32":
      return a & 0xffff_ffffn;
    case "bswap": {
      let out = 0n;
      for (let i = 0n; i < 64n; i += 8n) out = (out << 8n) | ((a >> i) & 0xffn);
      return signed(out);
    }
    case "popcount": {
      let n = 0n;
      for (let rest = unsigned(a); rest !== 0n; rest >>= 1n) n += rest & 1n;
      return n;
    }
    case "clz": {
      let n = 64n;
      for (let rest = unsigned(a); rest !== 0n; rest >>= 1n) n--;
      return n;
    }
    case "ctz": {
      if (a === 0n) return 64n;
      let n = 0n;
      for (let rest = unsigned(a); (rest & 1n) === 0n; rest >>= 1n) n++;
      return n;
    }
  }
}

/** An upper bound of the number of bits (as an unsigned number) that `v` needs; 64 when nothing is known. */
function significantBits(v: Value): number {
  switch (v.op) {
    case "const":
      return v.bits < 0n ? 64 : v.bits.toString(2).length;
    case "compare":
    case "fcompare":
      return 1;
    case "zext8":
      return 8;
    case "zext16":
      return 16;
    case "zext32":
      return 32;
    case "popcount":
    case "clz":
    case "ctz":
      return 7;
    case "load":
      return v.signed || v.kind === "float" ? 64 : v.width;
    case "lsr": {
      const n = constantOf(v.args[1]!);
      return n === undefined ? 64 : 64 - Number(n & 63n);
    }
    case "and": {
      const n = constantOf(v.args[1]!);
      return n === undefined || n < 0n ? 64 : n.toString(2).length;
    }
    default:
      return 64;
  }
}

/** Whether bits 62 and 63 are equal, so that tagging loses nothing. */
function fitsImmediate(v: Value): boolean {
  if (v.op === "asr" || v.op === "sext8" || v.op === "sext16" || v.op === "sext32") {
    if (v.op !== "asr") return true;
    const n = constantOf(v.args[1]!);
    return n !== undefined && (n & 63n) >= 1n;
  }
  if (v.op === "load" && v.signed && v.width < 64) return true;
  if (v.op === "const") return v.bits >= -(1n << 62n) && v.bits < 1n << 62n;
  return significantBits(v) <= 62;
}

/** The low bit is known to be set. */
function isOdd(v: Value): boolean {
  if (v.kind === "immediate") return true;
  if (v.op === "const") return (v.bits & 1n) === 1n;
  return v.op === "or" && v.args[1]!.op === "const" && (v.args[1]!.bits & 1n) === 1n;
}

/** x when `v` is x + c with a constant c. */
function addParts(v: Value): { readonly base: Value; readonly constant: bigint } | undefined {
  if (v.op === "add" && v.args[1]!.op === "const") return { base: v.args[0]!, constant: v.args[1]!.bits };
  return undefined;
}

const COMMUTATIVE = new Set<BinaryOp>(["add", "mul", "and", "or", "xor", "mulhu"]);

export function foldBinary(b: Builder, op: BinaryOp, kind: Kind, x: Value, y: Value): Value | undefined {
  const xc = constantOf(x);
  const yc = constantOf(y);
  if (xc !== undefined && yc !== undefined) {
    const result = evaluateBinary(op, xc, yc);
    if (result !== undefined) return kind === "immediate" && (result & 1n) === 1n ? b.tagged(result >> 1n) : b.constant(result);
  }
  if (xc !== undefined && COMMUTATIVE.has(op)) return b.binary(op, kind, y, x);
  switch (op) {
    case "add":
      return foldAdd(b, kind, x, y, yc);
    case "sub":
      return foldSub(b, kind, x, y, xc, yc);
    case "mul":
      if (yc === 0n) return b.constant(0n);
      if (yc === 1n) return x;
      if (yc !== undefined && yc > 0n && (yc & (yc - 1n)) === 0n) return b.binary("shl", kind, x, b.number(yc.toString(2).length - 1));
      return undefined;
    case "and":
      return foldAnd(b, kind, x, y, yc);
    case "or":
      if (yc === 0n || x === y) return x;
      if (yc === 1n && isOdd(x)) return x;
      if (yc === -1n) return b.constant(-1n);
      if (yc !== undefined && x.op === "or" && x.args[1]!.op === "const") return b.binary("or", kind, x.args[0]!, b.constant(yc | x.args[1]!.bits));
      // Tagging what is even anyway.
      return undefined;
    case "xor":
      if (yc === 0n) return x;
      if (x === y) return b.constant(0n);
      if (yc !== undefined && x.op === "xor" && x.args[1]!.op === "const") return b.binary("xor", kind, x.args[0]!, b.constant(yc ^ x.args[1]!.bits));
      // not of a boolean
      if (yc === 1n && (x.op === "compare" || x.op === "fcompare")) return inverted(b, x);
      if (yc === 2n) {
        const inner = tagOperand(x);
        if (inner !== undefined && (inner.op === "compare" || inner.op === "fcompare")) return b.tag(inverted(b, inner));
      }
      return undefined;
    case "shl":
    case "lsr":
    case "asr":
      return foldShift(b, op, kind, x, yc);
    case "div":
    case "udiv":
      if (yc === 1n) return x;
      if (op === "udiv" && yc !== undefined && yc > 0n && (yc & (yc - 1n)) === 0n) return b.binary("lsr", kind, x, b.number(yc.toString(2).length - 1));
      return undefined;
    case "umod":
      if (yc !== undefined && yc > 0n && (yc & (yc - 1n)) === 0n) return b.binary("and", kind, x, b.constant(yc - 1n));
      return undefined;
    case "mod":
      if (yc === 1n || yc === -1n) return b.constant(0n);
      return undefined;
    case "mulhu":
      if (yc === 0n) return b.constant(0n);
      return undefined;
  }
}

/** n when `v` is 2n+1 by construction. */
function tagOperand(v: Value): Value | undefined {
  if (v.op !== "add" || v.args[1]!.op !== "const" || v.args[1]!.bits !== 1n) return undefined;
  const shifted = v.args[0]!;
  return shifted.op === "shl" && shifted.args[1]!.op === "const" && shifted.args[1]!.bits === 1n ? shifted.args[0]! : undefined;
}

function foldAdd(b: Builder, kind: Kind, x: Value, y: Value, yc: bigint | undefined): Value | undefined {
  if (yc === 0n) return x;
  const left = addParts(x);
  if (yc !== undefined) {
    if (left !== undefined) return b.binary("add", kind, left.base, b.constant(left.constant + yc));
    if (x.op === "symbol" && yc >= -0x4000_0000n && yc < 0x4000_0000n) return b.f.symbol(x.symbol, kind, x.offset + Number(yc));
    // ((x or 1) - 1): the untagged double of an immediate that was just tagged by `or`.
    return undefined;
  }
  // Constants outwards: (p + c) + q = (p + q) + c.
  if (left !== undefined && x.op === "add") return b.binary("add", kind, b.binary("add", "word", left.base, y), b.constant(left.constant));
  const right = addParts(y);
  if (right !== undefined) return b.binary("add", kind, b.binary("add", "word", x, right.base), b.constant(right.constant));
  if (y.op === "neg") return b.binary("sub", kind, x, y.args[0]!);
  return undefined;
}

function foldSub(b: Builder, kind: Kind, x: Value, y: Value, xc: bigint | undefined, yc: bigint | undefined): Value | undefined {
  if (yc !== undefined) return b.binary("add", kind, x, b.constant(-yc));
  if (x === y) return b.constant(0n);
  if (xc === 0n) return b.unary("neg", kind, y);
  const left = addParts(x);
  const right = addParts(y);
  if (left !== undefined && right !== undefined) return b.binary("add", kind, b.binary("sub", "word", left.base, right.base), b.constant(left.constant - right.constant));
  if (left !== undefined) return b.binary("add", kind, b.binary("sub", "word", left.base, y), b.constant(left.constant));
  if (right !== undefined) {
    if (xc !== undefined) return b.binary("sub", kind, b.constant(xc - right.constant), right.base);
    return b.binary("add", kind, b.binary("sub", "word", x, right.base), b.constant(-right.constant));
  }
  return undefined;
}

function foldAnd(b: Builder, kind: Kind, x: Value, y: Value, yc: bigint | undefined): Value | undefined {
  if (x === y || yc === -1n) return x;
  if (yc === 0n) return b.constant(0n);
  if (yc === 1n && isOdd(x)) return b.constant(1n);
  if (yc === undefined) return undefined;
  if (x.op === "and" && x.args[1]!.op === "const") return b.binary("and", kind, x.args[0]!, b.constant(yc & x.args[1]!.bits));
  // A mask that keeps all that there is.
  const bits = significantBits(x);
  if (bits < 64 && (yc & ((1n << BigInt(bits)) - 1n)) === (1n << BigInt(bits)) - 1n) return x;
  if (yc === 0xffn) return b.unary("zext8", kind, x);
  if (yc === 0xffffn) return b.unary("zext16", kind, x);
  if (yc === 0xffff_ffffn) return b.unary("zext32", kind, x);
  return undefined;
}

function foldShift(b: Builder, op: "shl" | "lsr" | "asr", kind: Kind, x: Value, yc: bigint | undefined): Value | undefined {
  if (yc === undefined) return undefined;
  const n = yc & 63n;
  if (n === 0n) return x;
  if (n !== yc) return b.binary(op, kind, x, b.constant(n));
  const inner = x.op === "shl" || x.op === "lsr" || x.op === "asr" ? constantOf(x.args[1]!) : undefined;
  if (op === "shl") {
    if (inner !== undefined) {
      if (x.op === "shl") return inner + n > 63n ? b.constant(0n) : b.binary("shl", kind, x.args[0]!, b.constant(inner + n));
      if (inner === n) {
        const source = x.args[0]!;
        // 2·(i asr 1) of a tagged i is i − 1.
        if (n === 1n && isOdd(source)) return b.binary("add", kind, source, b.constant(-1n));
        return b.binary("and", kind, source, b.constant(-(1n << n)));
      }
    }
    // Shifts distribute over additions of constants: keeps the constant outermost, where addressing takes it.
    const parts = addParts(x);
    if (parts !== undefined) return b.binary("add", kind, b.binary("shl", "word", parts.base, b.constant(n)), b.constant(signed(parts.constant << n)));
    return undefined;
  }
  if (inner !== undefined && x.op === op) {
    if (inner + n <= 63n) return b.binary(op, kind, x.args[0]!, b.constant(inner + n));
    return op === "lsr" ? b.constant(0n) : b.binary("asr", kind, x.args[0]!, b.constant(63n));
  }
  // (x or c) >> n when c lies in the bits shifted out.
  if (x.op === "or" && x.args[1]!.op === "const" && x.args[1]!.bits >= 0n && x.args[1]!.bits < 1n << n) return b.binary(op, kind, x.args[0]!, b.constant(n));
  if (op === "asr") {
    const operand = n === 1n ? tagOperand(x) : undefined;
    if (operand !== undefined && fitsImmediate(operand)) return operand;
    if (significantBits(x) < 64) return b.binary("lsr", kind, x, b.constant(n));
    // (2·x + c) asr 1 with an odd c: what additions of tagged numbers leave.
    if (n === 1n && x.op === "add" && x.kind === "immediate") return undefined;
  } else if (significantBits(x) <= Number(n)) return b.constant(0n);
  return undefined;
}

export function foldUnary(b: Builder, op: UnaryOp, kind: Kind, x: Value): Value | undefined {
  const c = constantOf(x);
  if (c !== undefined) return b.constant(evaluateUnary(op, c));
  const bits = significantBits(x);
  switch (op) {
    case "neg":
      return x.op === "neg" ? x.args[0]! : undefined;
    case "bswap":
      return x.op === "bswap" ? x.args[0]! : undefined;
    case "zext8":
      if (bits <= 8) return x;
      return x.op === "sext8" || x.op === "zext16" || x.op === "zext32" || x.op === "sext16" || x.op === "sext32" ? b.unary(op, kind, x.args[0]!) : undefined;
    case "zext16":
      if (bits <= 16) return x;
      return x.op === "sext16" || x.op === "zext32" || x.op === "sext32" ? b.unary(op, kind, x.args[0]!) : undefined;
    case "zext32":
      if (bits <= 32) return x;
      return x.op === "sext32" ? b.unary(op, kind, x.args[0]!) : undefined;
    case "sext8":
      return x.op === "sext8" || bits <= 7 ? x : undefined;
    case "sext16":
      return x.op === "sext8" || x.op === "sext16" || bits <= 15 ? x : undefined;
    case "sext32":
      if (x.op === "zext32") return b.unary(op, kind, x.args[0]!);
      return x.op === "sext8" || x.op === "sext16" || x.op === "sext32" || bits <= 31 || (x.op === "load" && x.signed && x.width <= 32) ? x : undefined;
    default:
      return undefined;
  }
}

export const INVERSE: { readonly [K in Condition | FloatComparison]: Condition | FloatComparison } = {
  eq: "ne",
  ne: "eq",
  lt: "ge",
  le: "gt",
  gt: "le",
  ge: "lt",
  ult: "uge",
  ule: "ugt",
  ugt: "ule",
  uge: "ult",
  nlt: "lt",
  nle: "le",
  ngt: "gt",
  nge: "ge",
};

const FLOAT_INVERSE: { readonly [K in FloatComparison]: FloatComparison } = { eq: "ne", ne: "eq", lt: "nlt", le: "nle", gt: "ngt", ge: "nge", nlt: "lt", nle: "le", ngt: "gt", nge: "ge" };

/** The condition with the operands exchanged. */
export const MIRRORED: { readonly [K in Condition]: Condition } = { eq: "eq", ne: "ne", lt: "gt", le: "ge", gt: "lt", ge: "le", ult: "ugt", ule: "uge", ugt: "ult", uge: "ule" };

/** The comparison with the opposite outcome. */
export function inverted(b: Builder, v: Value): Value {
  if (v.op === "compare") return b.compare(INVERSE[v.condition] as Condition, v.args[0]!, v.args[1]!);
  return b.fcompare(FLOAT_INVERSE[v.condition as FloatComparison], v.args[0]!, v.args[1]!);
}

export function foldCompare(b: Builder, condition: Condition, x: Value, y: Value): Value | undefined {
  const xc = constantOf(x);
  const yc = constantOf(y);
  if (xc !== undefined && yc !== undefined) return b.number(evaluateCompare(condition, xc, yc) ? 1 : 0);
  if (xc !== undefined) return b.compare(MIRRORED[condition], y, x);
  if (x === y) return b.number(condition === "eq" || condition === "le" || condition === "ge" || condition === "ule" || condition === "uge" ? 1 : 0);
  const equality = condition === "eq" || condition === "ne";
  if (yc !== undefined) {
    if (equality && yc === 0n && (x.op === "compare" || x.op === "fcompare")) return condition === "ne" ? x : inverted(b, x);
    if (equality && yc === 1n && (x.op === "compare" || x.op === "fcompare")) return condition === "eq" ? x : inverted(b, x);
    if (equality) {
      const operand = tagOperand(x);
      if (operand !== undefined && fitsImmediate(operand) && (yc & 1n) === 1n) return b.compare(condition, operand, b.constant(yc >> 1n));
      const parts = addParts(x);
      if (parts !== undefined) return b.compare(condition, parts.base, b.constant(yc - parts.constant));
      // Of a tagged number against an even constant.
      if (isOdd(x) && (yc & 1n) === 0n) return b.number(condition === "ne" ? 1 : 0);
    }
    // (x asr 1) against n, x tagged: x against 2n+1.
    if (x.op === "asr" && x.args[1]!.op === "const" && x.args[1]!.bits === 1n && isOdd(x.args[0]!) && yc >= -(1n << 62n) && yc < 1n << 62n) return b.compare(condition, x.args[0]!, b.constant(2n * yc + 1n));
    if (condition === "uge" && yc === 0n) return b.number(1);
    if (condition === "ult" && yc === 0n) return b.number(0);
    return undefined;
  }
  // i < (n or 1) for an odd i: i < n. What a bounds check leaves.
  if (condition === "ult" && isOdd(x) && y.op === "or" && y.args[1]!.op === "const" && y.args[1]!.bits === 1n) return b.compare("ult", x, y.args[0]!);
  if (condition === "ugt" && isOdd(y) && x.op === "or" && x.args[1]!.op === "const" && x.args[1]!.bits === 1n) return b.compare("ugt", x.args[0]!, y);
  return undefined;
}
