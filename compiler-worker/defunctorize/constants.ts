/** Literals, and blocks of literals: data that needs no code. */
import * as b from "../core/build.ts";
import type { Constant, Expr } from "../core/core.ts";
import type { Constant as TypedConstant, Expression } from "../typing/typedtree.ts";
import { floatLiteralBits } from "./patterns.ts";

export function literalConstant(c: TypedConstant, runtimeDialect: boolean): Constant {
  switch (c.kind) {
    case "int":
      return b.intConstant(c.value);
    case "char":
      return b.intConstant(c.value);
    case "string":
      return { kind: "string", value: c.value };
    case "float":
      return { kind: "boxedFloat", bits: floatLiteralBits(c.value) };
    case "int32":
      return { kind: "boxedInt", type: "int32", value: BigInt.asIntN(32, c.value) };
    case "int64":
      return { kind: "boxedInt", type: "int64", value: BigInt.asIntN(64, c.value) };
    case "nativeint":
      if (runtimeDialect) return { kind: "word", value: BigInt.asIntN(64, c.value) };
      return { kind: "boxedInt", type: "nativeint", value: BigInt.asIntN(64, c.value) };
  }
}

export function literal(c: TypedConstant, runtimeDialect: boolean): Expr {
  return b.constant(literalConstant(c, runtimeDialect));
}

/** The constant that an expression is as it stands, without folding. */
export function constantOf(e: Expression, runtimeDialect: boolean): Constant | undefined {
  if (e.desc.kind === "constant") return literalConstant(e.desc.constant, runtimeDialect);
  if (e.desc.kind === "construct" && e.desc.constructor.tag.kind === "constant") return b.intConstant(e.desc.constructor.tag.index);
  return undefined;
}

/** An immutable block of constants is a constant. */
export function fold(e: Expr): Expr {
  if (e.kind !== "primitive") return e;
  const p = e.primitive;
  if (p.op === "block.make" && !p.mutable) {
    const fields: Constant[] = [];
    for (const arg of e.args) {
      if (arg.kind !== "const" || arg.constant.kind === "word" || arg.constant.kind === "float") return e;
      fields.push(arg.constant);
    }
    return b.constant({ kind: "block", tag: p.tag, fields });
  }
  if (p.op === "block.makeFloats" && !p.mutable) {
    const bits: bigint[] = [];
    for (const arg of e.args) {
      if (arg.kind !== "primitive" || arg.primitive.op !== "float.unbox") return e;
      const boxed = arg.args[0]!;
      if (boxed.kind !== "const" || boxed.constant.kind !== "boxedFloat") return e;
      bits.push(boxed.constant.bits);
    }
    return b.constant({ kind: "floatArray", bits });
  }
  return e;
}
