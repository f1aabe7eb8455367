/** Uses of primitives: intrinsics applied and as values, specialised by the types of the use. */
import * as b from "../core/build.ts";
import type { ArrayKind, BoxedInteger, Expr, Kind, StoreKind } from "../core/core.ts";
import { expandRaw, findIntrinsic, type BigarrayType, type ComparisonType, type IntrinsicContext } from "../core/primitives.ts";
import type { Location } from "../syntax/diagnostics.ts";
import type { Env } from "../typing/env.ts";
import type { Expression } from "../typing/typedtree.ts";
import type { PrimitiveDescription, TypeExpr } from "../typing/types.ts";
import { callMeaning, dialectWrapper } from "./apply.ts";
import type { Compilation } from "./context.ts";
import { valueOfMeaning } from "./context.ts";
import { forceLazy } from "./lazy.ts";
import { positionOf } from "../syntax/positions.ts";
import type { Meaning } from "./meanings.ts";
import { sendIntrinsic } from "./objects.ts";
import { resolve } from "./paths.ts";
import { arrayKind, bigarrayType, comparisonType, shapeOf, storeKind } from "./representation.ts";
import type { Translator } from "./translate.ts";
import { expandHead } from "./typing-view.ts";

/** A type with the environment in which it is read. */
export interface TypeIn {
  readonly env: Env;
  readonly type: TypeExpr;
}

/** What is known of a use: types of arguments and result, from the use and perhaps from a coercion. */
export interface UseTypes {
  readonly args: readonly (TypeIn | undefined)[];
  readonly result: TypeIn | undefined;
  /** The primitive's own type, when it was made a value by a coercion to a signature with more abstract types. */
  readonly declared: TypeIn | undefined;
}

/** Argument types and result of a function type, as far as it is one. */
export function arrows(t: TypeIn, n: number): { args: TypeIn[]; result: TypeIn } {
  const args: TypeIn[] = [];
  let type = t.type;
  while (args.length < n) {
    const desc = expandHead(t.env, type).desc;
    if (desc.kind === "poly") {
      type = desc.body;
      continue;
    }
    if (desc.kind !== "arrow") break;
    args.push({ env: t.env, type: desc.parameter });
    type = desc.result;
  }
  return { args, result: { env: t.env, type } };
}

/** External functions that are one instruction or two. */
const INTRINSIC_EXTERNALS: Readonly<Record<string, string>> = {
  caml_sqrt_float: "%morgana_sqrt",
  caml_int64_bits_of_float: "%morgana_float_bits",
  caml_int64_float_of_bits: "%morgana_float_of_bits",
  caml_int32_bits_of_float: "%morgana_float_bits32",
  caml_int32_float_of_bits: "%morgana_float_of_bits32",
  caml_int64_of_float: "%morgana_int64_of_float",
  caml_int64_to_float: "%morgana_int64_to_float",
  caml_int32_of_float: "%morgana_int32_of_float",
  caml_int32_to_float: "%morgana_int32_to_float",
  caml_nativeint_of_float: "%morgana_nativeint_of_float",
  caml_nativeint_to_float: "%morgana_nativeint_to_float",
};

class Use implements IntrinsicContext {
  readonly fresh: b.Fresh;
  readonly loc: Location;
  readonly #c: Compilation;
  readonly #t: Translator | undefined;
  readonly #types: UseTypes;
  readonly #args: readonly Expression[];

  constructor(c: Compilation, t: Translator | undefined, types: UseTypes, args: readonly Expression[], loc: Location) {
    this.fresh = c.fresh;
    this.loc = loc;
    this.#c = c;
    this.#t = t;
    this.#types = types;
    this.#args = args;
  }

  get #dialect(): boolean {
    return this.#t?.dialect ?? false;
  }

  /** The first answer that says something, from the use's type or from the declared one. */
  #argument<T>(i: number, nothing: T, look: (env: Env, type: TypeExpr) => T): T {
    const here = this.#types.args[i];
    if (here !== undefined) {
      const found = look(here.env, here.type);
      if (found !== nothing) return found;
    }
    if (this.#types.declared !== undefined) {
      const declared = arrows(this.#types.declared, i + 1).args[i];
      if (declared !== undefined) return look(declared.env, declared.type);
    }
    return nothing;
  }

  readonly external = (name: string, args: readonly Expr[]): Expr => this.#c.externals.call(name, args, this.loc);
  readonly boundError = (): Expr => this.#c.boundError(this.loc);
  readonly divisionByZero = (): Expr => this.#c.divisionByZero(this.loc);
  readonly raisesCaught = (): boolean => {
    const desc = this.#args[0]?.desc;
    return desc?.kind === "ident" && desc.path.kind === "ident" && this.#c.caught.has(desc.path.id);
  };
  readonly box = (type: BoxedInteger, word: Expr): Expr => (type === "nativeint" && this.#dialect ? word : b.box(type, word));
  readonly unbox = (type: BoxedInteger, value: Expr): Expr => {
    if (type === "nativeint" && this.#dialect) return value;
    if (value.kind === "const" && value.constant.kind === "boxedInt") return b.word(value.constant.value);
    return b.unbox(type, value);
  };
  readonly comparisonType = (): ComparisonType => this.#argument<ComparisonType>(0, "any", comparisonType);
  readonly comparesConstant = (): boolean =>
    this.#args.some((arg) => (arg.desc.kind === "construct" && arg.desc.constructor.tag.kind === "constant") || (arg.desc.kind === "variant" && arg.desc.argument === undefined));
  readonly arrayKind = (): ArrayKind => this.#argument<ArrayKind>(0, "any", arrayKind);
  readonly bigarray = (): BigarrayType => {
    const here = this.#types.args[0];
    return here === undefined ? { element: undefined, layout: undefined } : bigarrayType(here.env, here.type);
  };
  readonly storeKind = (): StoreKind => this.#argument<StoreKind>(this.#types.args.length - 1, "pointer", storeKind);
  readonly apply = (f: Expr, args: readonly Expr[]): Expr => (this.#t === undefined ? b.apply(f, args, this.loc) : this.#t.applyValue(f, args, this.loc));
  readonly forceLazy = (value: Expr): Expr => forceLazy(this.#c, value);
  readonly send = (kind: "public" | "self" | "cache", args: readonly Expr[]): Expr => sendIntrinsic(this.#c, kind, args);
  readonly staticId = (): number => this.#c.staticId();

  readonly literalInt = (arg: Expr): number => {
    if (arg.kind === "const" && arg.constant.kind === "int") return Number(arg.constant.value);
    this.#c.error(this.loc, "this primitive takes a literal integer");
    return 8;
  };
  readonly literalString = (arg: Expr): string => {
    if (arg.kind === "const" && arg.constant.kind === "string") return arg.constant.value;
    this.#c.error(this.loc, "this primitive takes a literal string");
    return "";
  };

  readonly location = (what: "LOC" | "FILE" | "LINE" | "POS" | "MODULE" | "FUNCTION"): Expr => {
    const { loc } = this;
    const start = positionOf(loc.file, loc.start);
    const endColumn = start.column + loc.end - loc.start;
    switch (what) {
      case "LOC":
        return b.string(`File "${start.file}", line ${start.line}, characters ${start.column}-${endColumn}`);
      case "FILE":
        return b.string(start.file);
      case "LINE":
        return b.int(start.line);
      case "POS":
        return b.constant({
          kind: "block",
          tag: 0,
          fields: [{ kind: "string", value: start.file }, b.intConstant(start.line), b.intConstant(start.column), b.intConstant(endColumn)],
        });
      case "MODULE":
        return b.string(this.#t?.home.name ?? "");
      case "FUNCTION":
        return b.string(this.#t?.name ?? "");
    }
  };
}

/** An intrinsic or external function with all its arguments. `t` is undefined where no source surrounds the use. */
export function expandPrimitive(c: Compilation, t: Translator | undefined, primitive: PrimitiveDescription, args: readonly Expr[], types: UseTypes, sources: readonly Expression[], loc: Location): Expr {
  const name = INTRINSIC_EXTERNALS[primitive.name] ?? primitive.name;
  if (!name.startsWith("%")) {
    const external = c.externals.find(name, loc);
    if (external.kind !== "function") return c.externals.call(name, args, loc);
    return callMeaning(c, t, external.meaning, args, types.args, loc);
  }
  const use = new Use(c, t, types, sources, loc);
  const intrinsic = findIntrinsic(name);
  if (intrinsic !== undefined) return intrinsic.expand(args, use);
  const isWord = (type: TypeIn | undefined): boolean => type !== undefined && shapeOf(type.env, type.type) === "nativeint";
  const result = types.result;
  const kind = isWord(result) ? "word" : result !== undefined && shapeOf(result.env, result.type) === "int" ? "immediate" : "value";
  const raw = expandRaw(name, args, use, kind, (i) => isWord(types.args[i]));
  if (raw !== undefined) return raw;
  c.error(loc, `Unknown primitive "${name}"`);
  return b.unit;
}

/** A primitive as a function value: itself when it is written in OCaml, else an eta expansion. */
export function primitiveAsValue(c: Compilation, p: { readonly primitive: PrimitiveDescription; readonly type: TypeExpr; readonly env: Env }, t?: Translator, loc?: Location): Expr {
  const { primitive } = p;
  const where = loc ?? UNKNOWN_LOCATION;
  const name = INTRINSIC_EXTERNALS[primitive.name] ?? primitive.name;
  if (!name.startsWith("%")) {
    const external = c.externals.find(name, where);
    if (external.kind === "function") return dialectWrapper(c, external.meaning);
  }
  const { args, result } = arrows({ env: p.env, type: p.type }, primitive.arity);
  if (primitive.arity === 0) return expandPrimitive(c, t, primitive, [], { args: [], result, declared: undefined }, [], where);
  const types: UseTypes = { args, result, declared: undefined };
  const specialization = args[0] === undefined ? "" : `${comparisonType(args[0].env, args[0].type)}/${arrayKind(args[0].env, args[0].type)}`;
  const isLocal = name.startsWith("%loc_") || name.startsWith("%raw_") || name.startsWith("%caml_ba_");
  const make = (): Expr => {
    const parameters = Array.from({ length: primitive.arity }, (_, i) => c.fresh.variable(`x${i}`));
    const body = expandPrimitive(c, undefined, primitive, parameters.map(b.variable), types, [], where);
    return b.lambda(b.makeFunction(name, parameters, body, { inline: "always" }));
  };
  if (isLocal) return make();
  return c.helper(`${name}/${primitive.arity}/${specialization}`, (variable) => ({ kind: "let", variable, value: make() }));
}

const UNKNOWN_LOCATION: Location = { file: { name: "", text: "" }, start: 0, end: 0, ghost: true };

/** The value of an identifier. */
export function identifierValue(t: Translator, e: Expression, desc: Extract<Expression["desc"], { kind: "ident" }>, type: TypeExpr = e.type): Expr {
  const kind = desc.description.valueKind;
  if (kind.kind === "primitive") return primitiveAsValue(t.c, { primitive: kind.primitive, type, env: e.env }, t, e.loc);
  const meaning = resolve(t.c, t.scope, "value", desc.path);
  if (meaning.kind === "primitive") return primitiveAsValue(t.c, meaning, t, e.loc);
  if (meaning.kind === "reference") {
    t.c.error(e.loc, "a reference of the runtime dialect can only be read with ! and assigned with :=");
    return b.unit;
  }
  if (hasWords(meaning)) return dialectWrapper(t.c, meaning);
  // A raw word of the runtime dialect, seen from ordinary code.
  const value = valueOfMeaning(t.c, meaning);
  if (!t.dialect && value.kind === "var" && value.variable.kind === "word") return b.box("nativeint", value);
  return value;
}

export function hasWords(meaning: Meaning): boolean {
  if (meaning.kind !== "group" && meaning.kind !== "variable") return false;
  const s = meaning.signature;
  const isWord = (kind: Kind): boolean => kind === "word";
  return s !== undefined && (isWord(s.result) || s.parameters.some(isWord));
}
