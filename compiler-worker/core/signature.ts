/** The kinds of a primitive's arguments and result: what `core.ts` writes in brackets, as data. */
import type { Kind, Primitive } from "./core.ts";

/** `never`: it does not return. */
export type ResultKind = Kind | "never";

export interface PrimitiveSignature {
  /** Undefined: any number, of the kind `rest` (of any kind when that is undefined too). */
  readonly args: readonly Kind[] | undefined;
  readonly rest: Kind | undefined;
  readonly result: ResultKind;
}

function signature(args: string, result: ResultKind): PrimitiveSignature {
  const kinds: Kind[] = [];
  for (const letter of args) kinds.push(letter === "v" ? "value" : letter === "i" ? "immediate" : letter === "w" ? "word" : "float");
  return { args: kinds, rest: undefined, result };
}

function variadic(rest: Kind | undefined, result: ResultKind): PrimitiveSignature {
  return { args: undefined, rest, result };
}

const SIGNATURES: { readonly [K in Primitive["op"]]: PrimitiveSignature } = {
  "int.add": signature("ii", "immediate"),
  "int.sub": signature("ii", "immediate"),
  "int.mul": signature("ii", "immediate"),
  "int.div": signature("ii", "immediate"),
  "int.mod": signature("ii", "immediate"),
  "int.and": signature("ii", "immediate"),
  "int.or": signature("ii", "immediate"),
  "int.xor": signature("ii", "immediate"),
  "int.shl": signature("ii", "immediate"),
  "int.lsr": signature("ii", "immediate"),
  "int.asr": signature("ii", "immediate"),
  "int.neg": signature("i", "immediate"),
  "int.not": signature("i", "immediate"),
  "int.bswap16": signature("i", "immediate"),
  "int.popcount": signature("i", "immediate"),
  "int.clz": signature("i", "immediate"),
  "int.ctz": signature("i", "immediate"),
  "int.compare": signature("ii", "immediate"),
  "int.compare3": signature("ii", "immediate"),
  "word.add": signature("ww", "word"),
  "word.sub": signature("ww", "word"),
  "word.mul": signature("ww", "word"),
  "word.div": signature("ww", "word"),
  "word.mod": signature("ww", "word"),
  "word.udiv": signature("ww", "word"),
  "word.umod": signature("ww", "word"),
  "word.and": signature("ww", "word"),
  "word.or": signature("ww", "word"),
  "word.xor": signature("ww", "word"),
  "word.mulhu": signature("ww", "word"),
  "word.shl": signature("wi", "word"),
  "word.lsr": signature("wi", "word"),
  "word.asr": signature("wi", "word"),
  "word.neg": signature("w", "word"),
  "word.sext8": signature("w", "word"),
  "word.sext16": signature("w", "word"),
  "word.sext32": signature("w", "word"),
  "word.zext8": signature("w", "word"),
  "word.zext16": signature("w", "word"),
  "word.zext32": signature("w", "word"),
  "word.bswap": signature("w", "word"),
  "word.popcount": signature("w", "word"),
  "word.clz": signature("w", "word"),
  "word.ctz": signature("w", "word"),
  "word.compare": signature("ww", "immediate"),
  "word.compare3": signature("ww", "immediate"),
  "word.ofInt": signature("i", "word"),
  "word.toInt": signature("w", "immediate"),
  "word.box": signature("w", "value"),
  "word.unbox": signature("v", "word"),
  "float.add": signature("ff", "float"),
  "float.sub": signature("ff", "float"),
  "float.mul": signature("ff", "float"),
  "float.div": signature("ff", "float"),
  "float.neg": signature("f", "float"),
  "float.abs": signature("f", "float"),
  "float.sqrt": signature("f", "float"),
  "float.round32": signature("f", "float"),
  "float.fma": signature("fff", "float"),
  "float.compare": signature("ff", "immediate"),
  "float.compare3": signature("ff", "immediate"),
  "float.ofInt": signature("i", "float"),
  "float.toInt": signature("f", "immediate"),
  "float.ofWord": signature("w", "float"),
  "float.bits": signature("f", "word"),
  "float.toWord": signature("f", "word"),
  "float.ofBits": signature("w", "float"),
  "float.ofBits32": signature("w", "float"),
  "float.bits32": signature("f", "word"),
  "float.box": signature("f", "value"),
  "float.unbox": signature("v", "float"),
  "value.eq": signature("vv", "immediate"),
  "value.ne": signature("vv", "immediate"),
  "value.isInt": signature("v", "immediate"),
  "value.opaque": signature("v", "value"),
  "block.make": variadic("value", "value"),
  "block.makeFloats": variadic("float", "value"),
  "block.field": signature("v", "value"),
  "block.setField": signature("vv", "immediate"),
  "block.floatField": signature("v", "float"),
  "block.setFloatField": signature("vf", "immediate"),
  "block.tag": signature("v", "immediate"),
  "block.size": signature("v", "immediate"),
  "block.fieldAt": signature("vi", "value"),
  "block.setFieldAt": signature("viv", "immediate"),
  "block.copy": signature("v", "value"),
  "block.wordAt": signature("vi", "word"),
  "block.setWordAt": signature("viw", "immediate"),
  "block.floatAt": signature("vi", "float"),
  "block.setFloatAt": signature("vif", "immediate"),
  "alloc.small": signature("", "value"),
  "array.length": signature("v", "immediate"),
  "bytes.length": signature("v", "immediate"),
  "bytes.load": signature("vi", "word"),
  "bytes.store": signature("viw", "immediate"),
  "bigarray.load": signature("vi", "word"),
  "bigarray.store": signature("viw", "immediate"),
  raise: signature("v", "never"),
  perform: signature("v", "value"),
  runstack: signature("vvv", "value"),
  resume: signature("vvvv", "value"),
  reperform: signature("vvv", "value"),
  "raw.load": signature("w", "word"),
  "raw.store": signature("ww", "immediate"),
  "raw.address": signature("v", "word"),
  "raw.value": signature("w", "value"),
  "raw.static": signature("", "word"),
  "raw.symbol": signature("", "word"),
  "raw.machine": variadic("word", "word"),
  stub: variadic(undefined, "value"),
};

export function primitiveSignature(p: Primitive): PrimitiveSignature {
  if (p.op === "stub") return { args: undefined, rest: undefined, result: p.result };
  return SIGNATURES[p.op];
}

export function resultKind(p: Primitive): ResultKind {
  return p.op === "stub" ? p.result : SIGNATURES[p.op].result;
}

/** Values and immediates are the same word; only the collector sees a difference, and it may scan an immediate. */
export function compatible(actual: ResultKind, expected: Kind): boolean {
  if (actual === "never" || actual === expected) return true;
  return (actual === "value" || actual === "immediate") && (expected === "value" || expected === "immediate");
}

/** The kind of a value that is one or the other. */
export function joinKinds(a: ResultKind, b: ResultKind): ResultKind {
  if (a === b || b === "never") return a;
  if (a === "never") return b;
  return "value";
}
