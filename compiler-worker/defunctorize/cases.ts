/** `match` and `try`, with exception and effect cases, on top of the match compiler. */
import * as b from "../core/build.ts";
import type { Expr, Label, Variable } from "../core/core.ts";
import type { Location } from "../syntax/diagnostics.ts";
import type { Case, ComputationCase, ComputationPattern, EffectCase, Expression, Pattern } from "../typing/typedtree.ts";
import type { Ident } from "../typing/types.ts";
import { valueOfMeaning } from "./context.ts";
import { isDeclared } from "./exceptions.ts";
import { forceLazy } from "./lazy.ts";
import { decide, type Row } from "./match.ts";
import { emitMatch } from "./match-emit.ts";
import { PatternConverter, type Pat } from "./patterns.ts";
import { resolve } from "./paths.ts";
import { arrayKind } from "./representation.ts";
import type { Translator } from "./translate.ts";

export interface CaseSource {
  /** One for each root; alternatives for the same root are given as a list of patterns. */
  readonly patterns: readonly (Pattern | readonly Pattern[])[];
  readonly guard: Expression | undefined;
  /** Translated after the pattern's variables are bound; undefined when the caller gives the body at the end. */
  readonly body: (() => Expr) | undefined;
}

/**
 * Compiles cases against atoms. Patterns are bound, guards and bodies translated at once; the result takes the bodies
 * that were left open. `fail` is what happens when nothing matches; undefined when something always does.
 */
export function compileCases(t: Translator, roots: readonly Expr[], cases: readonly CaseSource[], fail: Expr | undefined): (bodies: readonly Expr[]) => Expr {
  let ids = 0;
  const nextId = (): number => ids++;
  const prepared = cases.map((source) => {
    const variables = new Map<Ident, Variable>();
    const converter = converterFor(t, variables, nextId);
    return { source, variables, patterns: source.patterns.map((p) => convertAll(converter, p)) };
  });
  const translated = prepared.map(({ source, variables, patterns }) => {
    const guard = source.guard === undefined ? undefined : t.expr(source.guard);
    return { patterns, guard, variables: [...variables.values()], body: source.body?.() };
  });
  return (bodies) => {
    let open = 0;
    const rows: Row[] = translated.map(({ patterns, guard, variables, body }) => ({ patterns, guard, action: { variables, body: body ?? bodies[open++]! } }));
    const graph = decide(rows, roots.length, fail !== undefined);
    return emitMatch({ fresh: t.fresh, forceLazy: (value) => forceLazy(t.c, value), fail }, graph, roots);
  };
}

function converterFor(t: Translator, variables: Map<Ident, Variable>, nextId: () => number): PatternConverter {
  return new PatternConverter(
    {
      variable: (id, pattern) => {
        let v = variables.get(id);
        if (v === undefined) variables.set(id, (v = t.bindPatternVariable(id, pattern, t.kindOf(pattern.env, pattern.type))));
        return v;
      },
      extension: (path) => {
        const meaning = resolve(t.c, t.scope, "exception", path);
        const identity = valueOfMeaning(t.c, meaning);
        return { identity, key: identity.kind === "var" ? `v${identity.variable.id}` : exceptionKey(identity, nextId), certain: isDeclared(t.c, identity) };
      },
      arrayKind: (pattern) => arrayKind(pattern.env, pattern.type),
    },
    nextId,
  );
}

/** Equal for constructors that are surely the same. */
function exceptionKey(identity: Expr, nextId: () => number): string {
  const inner = identity.kind === "primitive" && identity.primitive.op === "raw.value" ? identity.args[0] : undefined;
  if (inner?.kind === "primitive" && inner.primitive.op === "raw.symbol") return inner.primitive.name;
  return `?${nextId()}`;
}

function convertAll(converter: PatternConverter, p: Pattern | readonly Pattern[]): Pat {
  return isList(p) ? converter.alternatives(p) : converter.convert(p);
}

function isList(p: Pattern | readonly Pattern[]): p is readonly Pattern[] {
  return Array.isArray(p);
}

/** Refuted cases (`-> .`) are never reached. */
function reachable<T extends { readonly body: Expression }>(cases: readonly T[]): T[] {
  return cases.filter((c) => c.body.desc.kind !== "unreachable");
}

/** Cases on one value. */
export function translateCases(t: Translator, atom: Expr, cases: readonly Case[], fail: Expr | undefined): Expr {
  const sources = reachable(cases).map((c): CaseSource => ({ patterns: [c.pattern], guard: c.guard, body: () => t.expr(c.body) }));
  if (sources.length === 0) return fail ?? b.int(0);
  return compileCases(t, [atom], sources, fail)([]);
}

// ---------------------------------------------------------------- match

type MatchDesc = Extract<Expression["desc"], { kind: "match" }>;

export function translateMatch(t: Translator, e: Expression, desc: MatchDesc): Expr {
  const fail = desc.partial ? t.raisePlace("Match_failure", e.loc) : undefined;
  const cases = reachable(desc.cases);
  if (desc.effects.length > 0) return matchWithEffects(t, desc.scrutinee, cases, desc.effects, fail);
  if (cases.some((c) => hasException(c.pattern))) {
    const body = t.expr(desc.scrutinee);
    return matchWithExceptions(t, body, t.kindOf(desc.scrutinee.env, desc.scrutinee.type), cases, fail);
  }
  const sources = cases.map((c): CaseSource => ({ patterns: [valuePattern(c.pattern)], guard: c.guard, body: () => t.expr(c.body) }));
  return matchValue(t, desc.scrutinee, sources, fail);
}

function valuePattern(p: ComputationPattern): Pattern {
  if (p.kind === "value") return p.pattern;
  throw new Error("a value case was expected");
}

function hasException(p: ComputationPattern): boolean {
  return p.kind === "exception" || (p.kind === "or" && (hasException(p.left) || hasException(p.right)));
}

/** The columns of a matched tuple expression: no tuple is made when all patterns look inside. */
function columnsOf(p: Pattern, n: number): Pattern[] | undefined {
  if (p.desc.kind === "tuple") return p.desc.components.slice();
  if (p.desc.kind === "any") return new Array<Pattern>(n).fill(p);
  return undefined;
}

function matchValue(t: Translator, scrutinee: Expression, sources: readonly CaseSource[], fail: Expr | undefined): Expr {
  if (sources.length === 0) return b.sequence(t.expr(scrutinee), fail ?? b.int(0));
  if (scrutinee.desc.kind === "tuple") {
    const components = scrutinee.desc.components;
    const columns = sources.map((s) => columnsOf(s.patterns[0] as Pattern, components.length));
    if (columns.every((c) => c !== undefined)) {
      // From left to right, unlike all other tuples.
      const bindings: { v: Variable; value: Expr }[] = [];
      const roots = components.map((component) => {
        const value = t.expr(component);
        if (value.kind === "const" || (value.kind === "var" && !value.variable.mutable)) return value;
        const v = t.fresh.variable("scrutinee", t.kindOf(component.env, component.type));
        bindings.push({ v, value });
        return b.variable(v);
      });
      let result = compileCases(t, roots, sources.map((s, i) => ({ patterns: columns[i]!, guard: s.guard, body: s.body })), fail)([]);
      for (let i = bindings.length - 1; i >= 0; i--) result = b.letIn(bindings[i]!.v, bindings[i]!.value, result);
      return result;
    }
    const atoms: { v: Variable; value: Expr }[] = components.map((component) => ({ v: t.fresh.variable("component", t.kindOf(component.env, component.type)), value: t.value(component) }));
    const tuple = t.fresh.variable("scrutinee");
    let result = b.letIn(tuple, b.makeBlock(0, atoms.map(({ v }) => b.variable(v))), compileCases(t, [b.variable(tuple)], sources, fail)([]));
    for (let i = atoms.length - 1; i >= 0; i--) result = b.letIn(atoms[i]!.v, atoms[i]!.value, result);
    return result;
  }
  const value = t.expr(scrutinee);
  return b.bind(t.fresh, "scrutinee", t.kindOf(scrutinee.env, scrutinee.type), value, (atom) => compileCases(t, [atom], sources, fail)([]));
}

/** The value patterns and the exception patterns of a case. */
function split(p: ComputationPattern, values: Pattern[], exceptions: Pattern[]): void {
  switch (p.kind) {
    case "value":
      values.push(p.pattern);
      return;
    case "exception":
      exceptions.push(p.pattern);
      return;
    case "or":
      split(p.left, values, exceptions);
      split(p.right, values, exceptions);
      return;
  }
}

interface SplitCases {
  readonly values: CaseSource[];
  readonly exceptions: CaseSource[];
  /** Join points of cases that have both kinds of patterns. */
  readonly joins: { readonly label: Label; readonly parameters: readonly Variable[]; readonly handler: Expr }[];
}

function splitCases(t: Translator, cases: readonly ComputationCase[]): SplitCases {
  const result: SplitCases = { values: [], exceptions: [], joins: [] };
  for (const c of cases) {
    const values: Pattern[] = [];
    const exceptions: Pattern[] = [];
    split(c.pattern, values, exceptions);
    for (const p of exceptions) noteCaught(t, p);
    if (values.length === 0 || exceptions.length === 0) {
      const source: CaseSource = { patterns: [values.length === 0 ? exceptions : values], guard: c.guard, body: () => t.expr(c.body) };
      (values.length === 0 ? result.exceptions : result.values).push(source);
      continue;
    }
    // The body becomes a join point of the pattern's variables; each side binds variables of its own.
    const label = t.fresh.label("case");
    const ids = new Map<Ident, Variable>();
    for (const p of [values[0]!]) for (const { id, kind } of t.patternVariables(p)) ids.set(id, t.fresh.variable(id.name, kind));
    for (const [id, variable] of ids) t.scope.set(id, { kind: "variable", variable, signature: undefined });
    result.joins.push({ label, parameters: [...ids.values()], handler: t.expr(c.body) });
    const toBody = (): Expr =>
      b.jump(
        label,
        [...ids.keys()].map((id) => valueOfMeaning(t.c, t.scope.find(id)!)),
      );
    result.values.push({ patterns: [values], guard: c.guard, body: toBody });
    result.exceptions.push({ patterns: [exceptions], guard: c.guard, body: toBody });
  }
  return result;
}

/** Remembers the names that a handler's pattern gives to the whole exception. */
function noteCaught(t: Translator, pattern: Pattern): void {
  let p = pattern;
  for (;;) {
    if (p.desc.kind === "var") t.c.caught.add(p.desc.id);
    if (p.desc.kind !== "alias") return;
    t.c.caught.add(p.desc.id);
    p = p.desc.pattern;
  }
}

function matchWithExceptions(t: Translator, body: Expr, kind: Variable["kind"], cases: readonly ComputationCase[], fail: Expr | undefined): Expr {
  const { values, exceptions, joins } = splitCases(t, cases);
  const label = t.fresh.label("value");
  const v = t.fresh.variable("scrutinee", kind);
  const result = t.fresh.variable("result", kind);
  const exception = t.fresh.variable("exn");
  const onValue = values.length === 0 ? (fail ?? b.int(0)) : compileCases(t, [b.variable(v)], values, fail)([]);
  const onException = compileCases(t, [b.variable(exception)], exceptions, b.raise("reraise", b.variable(exception)))([]);
  const attempt = b.tryWith(b.letIn(result, body, b.jump(label, [b.variable(result)])), exception, onException);
  let code = b.join(label, [v], onValue, attempt);
  for (const { label: l, parameters, handler } of joins) code = b.join(l, parameters, handler, code);
  return code;
}

// ---------------------------------------------------------------- try

type TryDesc = Extract<Expression["desc"], { kind: "try" }>;

export function translateTry(t: Translator, e: Expression, desc: TryDesc): Expr {
  if (desc.effects.length > 0) {
    const cases = desc.cases.map((c): ComputationCase => ({ pattern: { kind: "exception", pattern: c.pattern }, guard: c.guard, body: c.body }));
    return matchWithEffects(t, desc.body, reachable(cases), desc.effects, undefined);
  }
  void e;
  const exception = t.fresh.variable("exn");
  const body = t.expr(desc.body);
  for (const c of desc.cases) noteCaught(t, c.pattern);
  return b.tryWith(body, exception, translateCases(t, b.variable(exception), desc.cases, b.raise("reraise", b.variable(exception))));
}

// ---------------------------------------------------------------- effects

/**
 * A computation with effect cases runs on a fiber of its own, whose handler is made of the three kinds of cases (as
 * `Effect.Deep.match_with`).
 */
function matchWithEffects(t: Translator, computation: Expression, cases: readonly ComputationCase[], effects: readonly EffectCase[], fail: Expr | undefined): Expr {
  const closure = (name: string, parameters: readonly Variable[], make: (t: Translator) => Expr): Expr => {
    const inner = t.inFunction(`${t.name}.${name}`);
    return b.lambda(b.makeFunction(inner.name, parameters, make(inner), { loc: computation.loc }));
  };
  const value = t.fresh.variable("value");
  const exception = t.fresh.variable("exn");
  // A case with both kinds of patterns is translated for each.
  const valueFunction = closure("value", [value], (inner) => {
    const sources = cases.flatMap((c): CaseSource[] => {
      const values: Pattern[] = [];
      split(c.pattern, values, []);
      return values.length === 0 ? [] : [{ patterns: [values], guard: c.guard, body: () => inner.expr(c.body) }];
    });
    if (sources.length === 0) return fail ?? b.variable(value);
    return compileCases(inner, [b.variable(value)], sources, fail)([]);
  });
  const exceptionFunction = closure("exception", [exception], (inner) => {
    const reraise = b.raise("reraise", b.variable(exception));
    const sources = cases.flatMap((c): CaseSource[] => {
      const exceptions: Pattern[] = [];
      split(c.pattern, [], exceptions);
      return exceptions.length === 0 ? [] : [{ patterns: [exceptions], guard: c.guard, body: () => inner.expr(c.body) }];
    });
    return sources.length === 0 ? reraise : compileCases(inner, [b.variable(exception)], sources, reraise)([]);
  });
  const effect = t.fresh.variable("effect");
  const continuation = t.fresh.variable("continuation");
  const last = t.fresh.variable("last_fiber");
  const effectFunction = closure("effect", [effect, continuation, last], (inner) => {
    const reperform = b.primitive(b.plain("reperform"), [b.variable(effect), b.variable(continuation), b.variable(last)]);
    const sources = reachable(effects).map((c): CaseSource => {
      if (c.continuation !== undefined) inner.scope.set(c.continuation, { kind: "variable", variable: continuation, signature: undefined });
      return { patterns: [c.pattern], guard: c.guard, body: () => b.sequence(b.setField(b.variable(continuation), 1, "pointer", b.variable(last)), inner.expr(c.body)) };
    });
    return sources.length === 0 ? reperform : compileCases(inner, [b.variable(effect)], sources, reperform)([]);
  });
  const unit = t.fresh.variable("unit");
  const body = closure("body", [unit], (inner) => inner.expr(computation));
  const loc: Location = computation.loc;
  const stack = t.fresh.variable("stack");
  return b.letIn(
    stack,
    t.c.externals.call("caml_alloc_stack", [valueFunction, exceptionFunction, effectFunction], loc),
    b.primitive(b.plain("runstack"), [b.variable(stack), body, b.unit], loc),
  );
}
