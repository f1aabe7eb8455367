/** Applications: primitives, known functions of the runtime dialect, methods, labels left out. */
import * as b from "../core/build.ts";
import type { Expr, InlineAttribute, Variable } from "../core/core.ts";
import type { Attributes } from "../syntax/ast.ts";
import type { Location } from "../syntax/diagnostics.ts";
import type { Expression } from "../typing/typedtree.ts";
import type { PrimitiveDescription } from "../typing/types.ts";
import type { Compilation } from "./context.ts";
import { valueOfMeaning } from "./context.ts";
import { inlineAttribute } from "./functions.ts";
import { followAliases, type Meaning } from "./meanings.ts";
import { translateSend } from "./objects.ts";
import { resolve } from "./paths.ts";
import { expandPrimitive, hasWords, primitiveAsValue, type TypeIn } from "./primitive-use.ts";
import { shapeOf } from "./representation.ts";
import { referenceOperation } from "./runtime-dialect.ts";
import { applyWrappers, type Translator, type Wrapper } from "./translate.ts";

type ApplyDesc = Extract<Expression["desc"], { kind: "apply" }>;

export function translateApply(t: Translator, e: Expression, desc: ApplyDesc): Expr {
  const given: Expression[] = [];
  for (const { argument } of desc.args) {
    if (argument.kind === "omitted") return withOmitted(t, e, desc);
    given.push(argument.expression);
  }
  return application(t, e, desc.function, given, e.attributes);
}

function tailcallAttribute(attributes: Attributes): boolean | undefined {
  return attributes.some((a) => a.name.value === "tailcall" || a.name.value === "ocaml.tailcall") ? true : undefined;
}

function application(t: Translator, e: Expression, f: Expression, args: readonly Expression[], attributes: Attributes): Expr {
  if (args.length === 0) return t.expr(f);
  const inline = inlineAttribute(f.attributes);
  if (f.desc.kind === "ident") {
    const kind = f.desc.description.valueKind;
    if (kind.kind === "primitive") return applyPrimitive(t, e, f, kind.primitive, undefined, args);
    const meaning = resolve(t.c, t.scope, "value", f.desc.path);
    if (meaning.kind === "primitive") return applyPrimitive(t, e, f, meaning.primitive, meaning, args);
    if (meaning.kind === "variable" || meaning.kind === "group") {
      const values = args.map((arg) => t.expr(arg));
      const result = callMeaning(t.c, t, meaning, values, args, e.loc, inline, tailcallAttribute(attributes));
      checkResult(t, meaning, args.length, e);
      return result;
    }
  }
  if (f.desc.kind === "send") return translateSend(t, e, f.desc.object, f.desc.method, args);
  const values = args.map((arg) => t.value(arg));
  // Arguments that are given one after the other are given at once.
  return isCall(t, f) ? t.applyValue(t.expr(f), values, e.loc) : applyRead(t, t.expr(f), values, e.loc);
}

/** Applies a function that an expression computes, or that a reference holds. */
function applyRead(t: Translator, f: Expr, args: readonly Expr[], loc: Location): Expr {
  const early = t.applyComputed(f, args, loc);
  const reference = f.kind === "primitive" && f.primitive.op === "block.field" && f.primitive.mutable ? f.args[0]! : undefined;
  if (reference?.kind === "var") t.c.lateReads.add(reference.variable, early, t.applyValue(f, args, loc));
  return early;
}

/** Whether an expression calls a function: not when it applies a primitive to all its arguments. */
function isCall(t: Translator, f: Expression): boolean {
  if (f.desc.kind !== "apply") return false;
  const { function: head, args } = f.desc;
  if (head.desc.kind !== "ident") return true;
  const kind = head.desc.description.valueKind;
  const meaning = kind.kind === "primitive" ? undefined : resolve(t.c, t.scope, "value", head.desc.path);
  const primitive = kind.kind === "primitive" ? kind.primitive : meaning?.kind === "primitive" ? meaning.primitive : undefined;
  if (primitive === undefined || args.length !== primitive.arity) return true;
  return primitive.name === "%apply" || primitive.name === "%revapply";
}

/** In the runtime dialect a word must come from a function that is known to give one. */
function checkResult(t: Translator, meaning: Meaning, count: number, e: Expression): void {
  if (!t.dialect || shapeOf(e.env, e.type) !== "nativeint") return;
  const s = meaning.kind === "variable" || meaning.kind === "group" ? meaning.signature : undefined;
  if (s === undefined || s.parameters.length !== count || s.result !== "word") t.c.error(e.loc, "in the runtime dialect a nativeint is a machine word: only a function of the dialect, with all its arguments, can give one");
}

/** Calls a known meaning; `types` are the arguments' types, which tell where words are boxed on this side. */
export function callMeaning(
  c: Compilation,
  t: Translator | undefined,
  meaning: Meaning,
  args: readonly Expr[],
  types: readonly (TypeIn | undefined)[],
  loc: Location,
  inline: InlineAttribute = "default",
  tailcall?: boolean,
): Expr {
  const dialect = t?.dialect ?? false;
  const m = followAliases(meaning);
  const s = m.kind === "variable" || m.kind === "group" ? m.signature : undefined;
  if (s !== undefined && s.parameters.length === args.length) {
    const coerced = args.map((arg, i) => {
      const isWord = dialect && types[i] !== undefined && shapeOf(types[i].env, types[i].type) === "nativeint";
      if (s.parameters[i] === "word") return isWord || dialect ? arg : b.unbox("nativeint", arg);
      if (isWord) c.error(loc, "in the runtime dialect a nativeint is a machine word and cannot be passed where any value is expected");
      return arg;
    });
    const call = b.apply(valueOfMeaning(c, m), coerced, loc, inline, tailcall);
    return s.result === "word" && !dialect ? b.box("nativeint", call) : call;
  }
  if (hasWords(m)) return b.apply(dialectWrapper(c, m), args, loc);
  const f = m.kind === "primitive" ? primitiveAsValue(c, m, t, loc) : valueOfMeaning(c, m);
  if (b.isAtom(f)) return b.apply(f, args, loc, inline, tailcall);
  return t === undefined ? b.apply(f, args, loc) : t.applyValue(f, args, loc);
}

/** A function of the runtime dialect as a value: a closure that takes and gives boxed words. */
export function dialectWrapper(c: Compilation, meaning: Meaning): Expr {
  const m = followAliases(meaning);
  const value = valueOfMeaning(c, m);
  if (!hasWords(m) || value.kind !== "var" || (m.kind !== "variable" && m.kind !== "group")) return value;
  const s = m.signature!;
  const make = (): Expr => {
    const parameters = s.parameters.map((_, i) => c.fresh.variable(`x${i}`));
    const args = parameters.map((p, i) => (s.parameters[i] === "word" ? b.unbox("nativeint", b.variable(p)) : b.variable(p)));
    const call = b.apply(value, args);
    return b.lambda(b.makeFunction(`${value.variable.name}.boxed`, parameters, s.result === "word" ? b.box("nativeint", call) : call));
  };
  if (m.kind === "variable") return make();
  return c.helper(`boxed/${value.variable.id}`, (variable) => {
    // The helper's group must come after the function it calls.
    valueOfMeaning(c, m);
    return { kind: "let", variable, value: make() };
  });
}

// ---------------------------------------------------------------- primitives

function applyPrimitive(t: Translator, e: Expression, f: Expression, primitive: PrimitiveDescription, declared: TypeIn | undefined, args: readonly Expression[]): Expr {
  const { arity, name } = primitive;
  if (args.length < arity) {
    const value = primitiveAsValue(t.c, { primitive, type: declared?.type ?? f.type, env: declared?.env ?? f.env }, t, f.loc);
    return t.applyValue(value, args.map((arg) => t.value(arg)), e.loc);
  }
  if (args.length > arity && arity > 0) {
    const rest = args.slice(arity).map((arg) => t.value(arg));
    const head = exactPrimitive(t, e.loc, undefined, primitive, declared, args.slice(0, arity));
    return name === "%apply" || name === "%revapply" ? t.applyValue(head, rest, e.loc) : applyRead(t, head, rest, e.loc);
  }
  if (arity === 0) return t.applyValue(exactPrimitive(t, e.loc, undefined, primitive, declared, []), args.map((arg) => t.value(arg)), e.loc);
  // `f @@ x` and `x |> f` are applications; with `f` a partial application, one of all arguments.
  if (name === "%apply") return applyThrough(t, e, args[0]!, args[1]!);
  if (name === "%revapply") return applyThrough(t, e, args[1]!, args[0]!);
  if (t.dialect) {
    const reference = referenceOperation(t, name, args);
    if (reference !== undefined) return reference;
  }
  return exactPrimitive(t, e.loc, e, primitive, declared, args);
}

function applyThrough(t: Translator, e: Expression, f: Expression, x: Expression): Expr {
  if (f.desc.kind === "apply" && f.attributes.length === 0 && isCall(t, f)) {
    const args: Expression[] = [];
    for (const { argument } of f.desc.args) if (argument.kind === "expression") args.push(argument.expression);
    if (args.length === f.desc.args.length) return application(t, e, f.desc.function, [...args, x], e.attributes);
  }
  return application(t, e, f, [x], e.attributes);
}

function exactPrimitive(t: Translator, loc: Location, result: TypeIn | undefined, primitive: PrimitiveDescription, declared: TypeIn | undefined, args: readonly Expression[]): Expr {
  const flattened = operatorSpine(t, loc, primitive, declared, args);
  if (flattened !== undefined) return flattened;
  const values = args.map((arg) => t.expr(arg));
  return expandPrimitive(t.c, t, primitive, values, { args, result, declared }, args, loc);
}

const LONG_SPINE = 100;

/** The first arguments of nested applications of two-argument primitives: `a + b + c + …` is as deep as it is long. */
function operatorSpine(t: Translator, loc: Location, primitive: PrimitiveDescription, declared: TypeIn | undefined, args: readonly Expression[]): Expr | undefined {
  if (args.length !== 2 || primitive.name === "%sequand" || primitive.name === "%sequor") return undefined;
  interface Step {
    readonly primitive: PrimitiveDescription;
    readonly args: readonly Expression[];
    readonly loc: Location;
    readonly result: TypeIn | undefined;
  }
  const steps: Step[] = [{ primitive, args, loc, result: undefined }];
  let left = args[0]!;
  for (;;) {
    if (left.desc.kind !== "apply" || left.desc.function.desc.kind !== "ident" || left.desc.args.length !== 2) break;
    const kind = left.desc.function.desc.description.valueKind;
    if (kind.kind !== "primitive" || kind.primitive.arity !== 2 || kind.primitive.name === "%sequand" || kind.primitive.name === "%sequor") break;
    const inner: Expression[] = [];
    for (const { argument } of left.desc.args) if (argument.kind === "expression") inner.push(argument.expression);
    if (inner.length !== 2) break;
    steps.push({ primitive: kind.primitive, args: inner, loc: left.loc, result: left });
    left = inner[0]!;
  }
  if (steps.length < LONG_SPINE) return undefined;
  const wrappers: Wrapper[] = [];
  const bind = (e: Expression, value: Expr): Expr => {
    if (value.kind === "const") return value;
    const v: Variable = t.fresh.variable("x", t.kindOf(e.env, e.type));
    wrappers.push((body) => b.letIn(v, value, body));
    return b.variable(v);
  };
  // Right operands are evaluated first, the last one foremost.
  const rights = steps.map((step) => bind(step.args[1]!, t.expr(step.args[1]!)));
  let value = t.expr(left);
  let from = left;
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i]!;
    const operand = bind(from, value);
    value = expandPrimitive(t.c, t, step.primitive, [operand, rights[i]!], { args: step.args, result: step.result, declared: i === 0 ? declared : undefined }, step.args, step.loc);
    if (i > 0) from = steps[i - 1]!.args[0]!;
  }
  return applyWrappers(wrappers, value);
}

// ---------------------------------------------------------------- labels left out

/** `f ~b:x` with earlier parameters missing: evaluates what is given, then waits for the rest. */
function withOmitted(t: Translator, e: Expression, desc: ApplyDesc): Expr {
  const wrappers: Wrapper[] = [];
  const parameters: Variable[] = [];
  const args: Expr[] = new Array<Expr>(desc.args.length);
  for (let i = desc.args.length - 1; i >= 0; i--) {
    const { argument, label } = desc.args[i]!;
    if (argument.kind === "omitted") {
      const p = t.fresh.variable(label.kind === "nolabel" ? "x" : label.name);
      parameters.unshift(p);
      args[i] = b.variable(p);
      continue;
    }
    const value = t.value(argument.expression);
    if (value.kind === "const" || (value.kind === "var" && !value.variable.mutable)) args[i] = value;
    else {
      const v = t.fresh.variable("arg");
      wrappers.push((body) => b.letIn(v, value, body));
      args[i] = b.variable(v);
    }
  }
  let f = t.expr(desc.function);
  if (!b.isAtom(f)) {
    const v = t.fresh.variable("f");
    const value = f;
    wrappers.push((body) => b.letIn(v, value, body));
    f = b.variable(v);
  }
  return applyWrappers(wrappers, b.lambda(b.makeFunction(`${t.name}.partial`, parameters, b.apply(f, args, e.loc), { loc: e.loc })));
}
