/** Typing of matches and functions: patterns first, then the bodies with what the patterns taught. */
import type * as Ast from "../syntax/ast.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { atLevel, beginDef, endDef, getLevel, newArrow, newConstr, newVar, prefixedLabel } from "./btype.ts";
import { addType, addValue, freshUid, type Env } from "./env.ts";
import { noteTails } from "./attribute-places.ts";
import { ghostly } from "./copies.ts";
import { levelled } from "./disambiguate.ts";
import { expandHead } from "./expand.ts";
import { createScoped } from "./ident.ts";
import { duplicate, generalize, instance } from "./levels.ts";
import { pident } from "./path.ts";
import { checkAmbiguousGuards, checkPartial, checkUnused, closeVariants } from "./parmatch.ts";
import { PATHS, typeBool, typeExn, typeOption } from "./predef.ts";
import { printType } from "./print-type.ts";
import { newtypeDeclaration, typeExpect, typeNewtype, unifyExpression, type FunctionContext } from "./typecore.ts";
import { listLabels } from "./typecore-apply.ts";
import { addPatternVariables, agreeingVariables, mentionsGadt, patternExists, renamePattern, typePattern, unifyPatternTypes, type PatternState, type PatternVariable } from "./typecore-patterns.ts";
import type * as T from "./typedtree.ts";
import { comesAfterDefault, noteAfterDefault, tellMutableCase, tellMutableState } from "./mutable-patterns.ts";
import { translateType } from "./typetexp.ts";
import { withUndecidedTagsOpen } from "./undecided-tags.ts";
import { filterArrow, lower, unify, UnifyError, type Equations } from "./unify.ts";
import { explainMismatch } from "./type-errors.ts";
import { addDelayedCheck, warn, warningSpec, withWarnings } from "./warnings.ts";
import type { Ident, TypeExpr } from "./types.ts";

const fail = (loc: Location, message: string): never => {
  throw new CompileError(errorAt(loc, message));
};

export function splitEffects(cases: readonly Ast.Case[]): { values: Ast.Case[]; effects: Ast.Case[] } {
  return { values: cases.filter((c) => c.pattern.desc.kind !== "effect"), effects: cases.filter((c) => c.pattern.desc.kind === "effect") };
}

/** A case whose pattern is typed. */
interface HalfTyped<P> {
  readonly pattern: P;
  readonly source: Ast.Pattern;
  readonly argument: TypeExpr;
  readonly env: Env;
  readonly variables: readonly PatternVariable[];
  readonly gadt: boolean;
}

export interface MatchOptions {
  readonly loc: Location;
  /** Whether all values should be matched. */
  readonly total: boolean;
}

/**
 * Types the patterns of all cases (so that their order does not matter), then runs `body` for each, then checks that the
 * cases are exhaustive and all useful.
 */
function typeMatch<P, B extends { readonly guard: T.Expression | undefined; readonly body: T.Expression | undefined }>(
  env: Env, sources: readonly Ast.Pattern[], argument: TypeExpr, result: TypeExpr, options: MatchOptions, typeOne: (state: PatternState, source: Ast.Pattern, type: TypeExpr) => P, valuesOf: (p: P) => T.Pattern[], exceptionsOf: (p: P) => T.Pattern[],
  body: (index: number, pattern: P, env: Env, result: TypeExpr) => B,
): { typed: { pattern: P; body: B }[]; partial: boolean } {
  const gadts = sources.some((p) => mentionsGadt(env, p));
  if (gadts) beginDef();
  const level = getLevel();
  const hasVariants = sources.some((s) => patternExists(s, (p) => p.desc.kind === "variant" || p.desc.kind === "type"));
  beginDef();
  const opened = hasVariants && withUndecidedTagsOpen(env, argument) !== undefined;
  const half = sources.map((source): HalfTyped<P> => {
    const own = instance(gadts ? duplicate(argument) : argument);
    const type = opened ? (withUndecidedTagsOpen(env, own) ?? own) : own;
    const equations: Equations = { env, level };
    const state: PatternState = { equations, gadts, variables: [] };
    const pattern = typeOne(state, source, type);
    return { pattern, source, argument: type, env: equations.env, variables: state.variables, gadt: gadts && mentionsGadt(env, source) };
  });
  const gadtResult = half.some((h) => h.gadt);
  const common = newVar();
  for (const h of half) unifyPatternTypes(env, h.source.loc, h.argument, common);
  if (hasVariants) closeVariants(env, half.flatMap((h) => valuesOf(h.pattern)));
  if (opened) for (const h of half) unifyPatternTypes(env, h.source.loc, h.argument, instance(argument));
  for (const h of half) for (const v of h.variables) lower(h.env, v.type);
  endDef();
  generalize(common);
  for (const h of half) for (const v of h.variables) generalize(v.type);
  const copy = (type: TypeExpr): TypeExpr => (gadtResult ? duplicate(type) : type);
  const wanted = copy(result);
  const typed = half.map((h, i) => {
    const inner = addPatternVariables(h.env, h.variables, "strict");
    const target = h.gadt ? copy(wanted) : wanted;
    const b = withUnpacked(inner, h.variables, () => body(i, h.pattern, inner, target));
    return { pattern: h.pattern, body: b, target };
  });
  if (gadtResult) {
    const outside = instance(wanted);
    for (const t of typed) if (t.body.body !== undefined) unifyExpression(env, t.body.body.loc, instance(t.target), outside);
  }
  const values = typed.flatMap((t) => valuesOf(t.pattern).map((pattern) => ({ pattern, guard: t.body.guard, body: t.body.body })));
  const exceptions = typed.flatMap((t) => exceptionsOf(t.pattern).map((pattern) => ({ pattern, guard: t.body.guard, body: t.body.body })));
  if (values.length === 0 && exceptions.length > 0 && options.total) fail(options.loc, "None of the patterns in this 'match' expression match values.");
  const checked = { env, level, type: common };
  const partial = options.total && values.length > 0 ? checkPartial(checked, values, options.loc) : !options.total || sources.length > 0;
  const checkUseless = (): void => {
    checkUnused(checked, values);
    checkUnused({ ...checked, type: typeExn() }, exceptions);
    checkAmbiguousGuards(values);
    checkAmbiguousGuards(exceptions);
  };
  // What follows may yet decide that a tag cannot occur.
  if (hasVariants) addDelayedCheck(() => { atLevel(level, checkUseless); });
  else checkUseless();
  if (gadts) {
    endDef();
    // Existential types of the patterns must not be in the result.
    try {
      unify(env, instance(wanted), newVar());
    } catch (e) {
      if (!(e instanceof UnifyError)) throw e;
      fail(options.loc, explainMismatch(env, e, wanted, result, "This expression has type", "but an expression was expected of type"));
    }
    if (wanted !== result) for (const t of typed) if (t.body.body !== undefined) unifyExpression(env, t.body.body.loc, instance(wanted), instance(result));
  }
  return { typed, partial };
}

/** A pattern by itself, with its variables added to the environment. */
export function typeOnePattern(env: Env, source: Ast.Pattern, type: TypeExpr): { pattern: T.Pattern; env: Env; variables: PatternVariable[] } {
  const equations: Equations = { env, level: getLevel() };
  const state: PatternState = { equations, gadts: mentionsGadt(env, source), variables: [] };
  const pattern = typePattern(state, source, type);
  if (patternExists(source, (p) => p.desc.kind === "variant" || p.desc.kind === "type")) closeVariants(env, [pattern]);
  return { pattern, env: addPatternVariables(equations.env, state.variables), variables: state.variables };
}

/** Types what stands in the scope of unpacked modules: their types must not leave it. */
export function withUnpacked<B extends { readonly body: T.Expression | undefined }>(env: Env, variables: readonly PatternVariable[], run: () => B): B {
  if (variables.every((v) => v.module === undefined)) return run();
  beginDef();
  const result = run();
  endDef();
  if (result.body !== undefined) unifyExpression(env, result.body.loc, result.body.type, newVar());
  return result;
}

function typeCaseBody(env: Env, source: Ast.Case, result: TypeExpr, explanation: string, outer?: FunctionContext): { guard: T.Expression | undefined; body: T.Expression } {
  const guard = source.guard === undefined ? undefined : typeExpect(env, source.guard, typeBool(), "\n       because it is in a when-guard");
  const body = typeExpect(env, source.body, result, explanation, "rejected", outer);
  return { guard, body };
}

/** Cases whose patterns match values. */
export function typeCases(env: Env, sources: readonly Ast.Case[], argument: TypeExpr, result: TypeExpr, options: MatchOptions, explanation = "", outer?: FunctionContext): { cases: T.Case[]; partial: boolean } {
  const context = sources.length === 1 ? outer : undefined;
  const { typed, partial } = typeMatch(env, sources.map((s) => s.pattern), argument, result, options, typePattern, (p) => [p], () => [], (i, _pattern, inner, target) => typeCaseBody(inner, sources[i]!, target, explanation, context));
  return { cases: typed.map((t) => ({ pattern: t.pattern, ...t.body })), partial };
}

/** Cases of a `match`: values and exceptions. */
export function typeComputationCases(env: Env, sources: readonly Ast.Case[], argument: TypeExpr, result: TypeExpr, loc: Location, explanation: string): { cases: T.ComputationCase[]; partial: boolean } {
  const { typed, partial } = typeMatch(env, sources.map((s) => s.pattern), argument, result, { loc, total: true }, typeComputationPattern, valuesIn, exceptionsIn, (i, _pattern, inner, target) => typeCaseBody(inner, sources[i]!, target, explanation));
  return { cases: typed.map((t) => ({ pattern: t.pattern, ...t.body })), partial };
}

function valuesIn(p: T.ComputationPattern): T.Pattern[] {
  if (p.kind === "value") return [p.pattern];
  if (p.kind === "exception") return [];
  return [...valuesIn(p.left), ...valuesIn(p.right)];
}
function exceptionsIn(p: T.ComputationPattern): T.Pattern[] {
  if (p.kind === "value") return [];
  if (p.kind === "exception") return [p.pattern];
  return [...exceptionsIn(p.left), ...exceptionsIn(p.right)];
}

function typeComputationPattern(state: PatternState, source: Ast.Pattern, argument: TypeExpr): T.ComputationPattern {
  if (source.desc.kind === "exception") return { kind: "exception", pattern: typePattern(state, source.desc.pattern, typeExn()) };
  if (source.desc.kind === "or" && hasException(source)) {
    // Variables in such alternatives must agree; the left side's are used.
    const before = state.variables;
    state.variables = before.slice();
    const left = typeComputationPattern(state, source.desc.left, argument);
    const mine = state.variables.slice(before.length);
    state.variables = before.slice();
    const right = typeComputationPattern(state, source.desc.right, argument);
    const renaming = agreeingVariables(state.equations.env, source.loc, mine, state.variables.slice(before.length));
    state.variables = [...before, ...mine];
    return { kind: "or", left, right: renameComputation(right, renaming) };
  }
  return { kind: "value", pattern: typePattern(state, source, argument) };
}
function renameComputation(p: T.ComputationPattern, renaming: ReadonlyMap<Ident, Ident>): T.ComputationPattern {
  if (p.kind === "or") return { kind: "or", left: renameComputation(p.left, renaming), right: renameComputation(p.right, renaming) };
  return { kind: p.kind, pattern: renamePattern(p.pattern, renaming) };
}
function hasException(p: Ast.Pattern): boolean {
  return p.desc.kind === "exception" || (p.desc.kind === "or" && (hasException(p.desc.left) || hasException(p.desc.right)));
}

/** `effect E x, k -> body`. */
export function typeEffectCase(env: Env, source: Ast.Case, result: TypeExpr): T.EffectCase {
  const { desc } = source.pattern;
  if (desc.kind !== "effect") throw new Error("an effect case is expected");
  beginDef();
  const level = getLevel();
  const id = createScoped("$eff", level);
  const equations: Equations = { env: addType(id, newtypeDeclaration(source.pattern.loc), env), level };
  const answer = newConstr(pident(id), []);
  const state: PatternState = { equations, gadts: true, variables: [] };
  beginDef();
  const pattern = typePattern(state, desc.effect, newConstr(PATHS.eff, [answer]));
  endDef();
  const { desc: continuation } = desc.continuation;
  let k: Ident | undefined;
  let inner = addPatternVariables(equations.env, state.variables);
  if (continuation.kind === "var") {
    k = createScoped(continuation.name.value, 0);
    inner = addValue(k, { type: newConstr(PATHS.continuation, [answer, result]), valueKind: { kind: "regular" }, loc: desc.continuation.loc, attributes: [], uid: freshUid() }, inner);
  } else if (continuation.kind !== "any") fail(desc.continuation.loc, "Invalid continuation pattern: only variables and _ are allowed .");
  const typed = typeCaseBody(inner, source, result, "");
  endDef();
  return { pattern, continuation: k, ...typed };
}

// ---------------------------------------------------------------- functions

export function typeFunction(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "function" }>, expected: TypeExpr, outer: FunctionContext | undefined): T.Expression {
  const context = outer ?? { loc: source.loc, type: instance(expected) };
  const { type, parameters, body } = typeParameters(env, source, desc, 0, expected, context);
  if (parameters.length === 0 && body.kind === "body") return body.expression;
  return { desc: { kind: "function", parameters: parameters.reverse(), body }, loc: source.loc, type, env, attributes: source.attributes, extra: [] };
}

interface TypedFunction {
  readonly type: TypeExpr;
  /** The last one first: each call adds its own. */
  readonly parameters: T.FunctionParameter[];
  readonly body: T.FunctionBody;
}

function typeParameters(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "function" }>, index: number, expected: TypeExpr, context: FunctionContext): TypedFunction {
  const p = desc.parameters[index];
  const loc: Location = { file: source.loc.file, start: index === 0 ? source.loc.start : (p?.loc.start ?? source.loc.start), end: source.loc.end, ghost: false };
  if (p === undefined) return typeBody(env, source, desc, expected, context);
  if (p.kind === "newtype") {
    let inner: TypedFunction | undefined;
    const typed = typeNewtype(env, loc, p.name, expected, (innerEnv, type) => {
      inner = typeParameters(innerEnv, source, desc, index + 1, type, { loc: context.loc, type });
      return { desc: { kind: "function", parameters: [...inner.parameters].reverse(), body: inner.body }, loc, type: inner.type, env: innerEnv, attributes: [], extra: [] };
    });
    return { type: typed.type, parameters: inner!.parameters, body: inner!.body };
  }
  const { parameter, result } = splitFunction(env, expected, p.label, context, index === 0 && context.loc === source.loc, index === 0 ? loc : { ...loc, end: desc.body.kind === "body" ? desc.body.expression.loc.end : desc.body.loc.end });
  let argument = parameter;
  let defaultValue: T.Expression | undefined;
  if (p.label.kind === "optional") {
    const wanted = newVar();
    const option = levelled(typeOption(wanted));
    unifyExpression(env, p.loc, instance(parameter), option);
    argument = option;
    if (p.default !== undefined) {
      defaultValue = typeExpect(env, ofPatternType(p.default, p.pattern), wanted);
      argument = wanted;
    }
  }
  const simple = p.pattern.desc.kind === "var" || p.pattern.desc.kind === "any";
  const { pattern, partial, rest } = simple ? typeSimpleParameter(env, p.pattern, argument, (inner) => typeParameters(inner, source, desc, index + 1, result, context)) : typeMatchedParameter(env, p.pattern, argument, result, loc, source, bodyStart(desc, index + 1), (inner, target) => typeParameters(inner, source, desc, index + 1, target, context));
  if (p.label.kind === "optional") {
    const { labels, open } = listLabels(env, rest.type);
    if (!open && labels.every((l) => l.kind !== "nolabel")) warn(p.default === undefined ? p.pattern.loc : { ...p.pattern.loc, end: p.default.loc.end }, 16, "this optional argument cannot be erased.");
  }
  if (!simple && p.default === undefined && !comesAfterDefault(source, desc, index)) tellMutableState(pattern, partial, rest.parameters.length > 0 || rest.body.kind === "cases" || rest.body.expression.desc.kind === "function");
  const type = newArrow(p.label, instance(parameter), instance(result));
  const name = p.pattern.desc.kind === "var" ? p.pattern.desc.name.value : "param";
  const id = pattern.desc.kind === "var" && pattern.extra.every((e) => e.kind !== "unpack") ? pattern.desc.id : createScoped(name, 0);
  const first: T.FunctionParameter = { label: p.label, id, pattern, default: defaultValue, partial, newtypes: [], loc: p.loc };
  rest.parameters.push(first);
  return { type, parameters: rest.parameters, body: rest.body };
}

/** The default of `?(x : t = e)` is of type t. */
function ofPatternType(expression: Ast.Expression, { desc }: Ast.Pattern): Ast.Expression {
  return desc.kind === "constraint" ? { desc: { kind: "constraint", expression, type: desc.type }, loc: ghostly(expression.loc), attributes: [] } : expression;
}

/** Where a function's parameter begins, or its body when there is no such parameter. */
const bodyStart = (desc: Extract<Ast.ExpressionDesc, { kind: "function" }>, index: number): number => desc.parameters[index]?.loc.start ?? (desc.body.kind === "body" ? desc.body.expression.loc.start : desc.body.loc.start);

interface TypedParameter {
  readonly pattern: T.Pattern;
  readonly partial: boolean;
  /** The function that remains. */
  readonly rest: TypedFunction;
}

/** A parameter that is a variable or `_`: a match that needs no checks. */
function typeSimpleParameter(env: Env, source: Ast.Pattern, argument: TypeExpr, body: (env: Env) => TypedFunction): TypedParameter {
  const state: PatternState = { equations: { env, level: getLevel() }, gadts: false, variables: [] };
  beginDef();
  const type = instance(argument);
  const pattern = typePattern(state, source, type);
  endDef();
  generalize(type);
  return { pattern, partial: false, rest: body(addPatternVariables(env, state.variables, "strict")) };
}

function typeMatchedParameter(env: Env, source: Ast.Pattern, argument: TypeExpr, result: TypeExpr, loc: Location, whole: Ast.Expression, start: number, body: (env: Env, result: TypeExpr) => TypedFunction): TypedParameter {
  let rest: TypedFunction | undefined;
  const { typed, partial } = typeMatch(env, [source], argument, result, { loc, total: true }, typePattern, (q) => [q], () => [], (_i, _pattern, inner, target) => {
    rest = body(inner, target);
    const last: T.Expression = { desc: { kind: "function", parameters: [...rest.parameters].reverse(), body: rest.body }, loc: { file: whole.loc.file, start, end: whole.loc.end, ghost: whole.loc.ghost }, type: rest.type, env: inner, attributes: [], extra: [] };
    return { guard: undefined, body: last };
  });
  return { pattern: typed[0]!.pattern, partial, rest: rest! };
}

/** The types of a function's parameter and result. `rest`: the function from that parameter on, at which a wrong label is told. */
function splitFunction(env: Env, expected: TypeExpr, label: Ast.ArgLabel, context: FunctionContext, first: boolean, rest: Location): { parameter: TypeExpr; result: TypeExpr } {
  const type = instance(expected);
  const arrow = filterArrow(env, type, label);
  if (arrow !== undefined) return arrow;
  const t = expandHead(env, type);
  if (t.desc.kind === "arrow") {
    const shown = label.kind === "nolabel" ? "but its first argument is not labelled" : `but its first argument is labelled ${prefixedLabel(label)}`;
    return fail(rest, `This function should have type ${printType(t)}\n       ${shown}${t.desc.label.kind === "nolabel" ? "" : ` instead of ${prefixedLabel(t.desc.label)}`}`);
  }
  if (first) return fail(context.loc, `This expression should not be a function, the expected type is\n       ${printType(context.type)}`);
  return fail(context.loc, `This function expects too many arguments, it should have type\n       ${printType(context.type)}`);
}

function typeBody(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "function" }>, expected: TypeExpr, context: FunctionContext): TypedFunction {
  noteAfterDefault(source, desc);
  if (desc.body.kind === "cases") {
    let target = expected;
    const { constraint } = desc;
    if (constraint !== undefined) {
      beginDef();
      target = translateType(env, constraint.kind === "constraint" ? constraint.type : constraint.to);
      endDef();
      unifyExpression(env, constraint.kind === "constraint" ? constraint.type.loc : constraint.to.loc, target, instance(expected));
    }
    const { parameter, result } = splitFunction(env, target, { kind: "nolabel" }, context, desc.parameters.length === 0 && context.loc === source.loc, desc.parameters.length === 0 ? source.loc : desc.body.loc);
    const loc = desc.parameters.length === 0 ? source.loc : desc.body.loc;
    const { cases: sources, attributes } = desc.body;
    for (const c of sources) noteTails(c.body);
    const { cases, partial } = withWarnings(warningSpec(attributes), () => typeCases(env, sources, parameter, result, { loc, total: true }, "", context));
    if (!comesAfterDefault(source, desc, desc.parameters.length)) tellMutableCase(cases, partial);
    const type = newArrow({ kind: "nolabel" }, instance(parameter), instance(result));
    return { type, parameters: [], body: { kind: "cases", parameter: createScoped("param", 0), cases, partial, loc: desc.body.loc } };
  }
  let { expression } = desc.body;
  noteTails(expression);
  if (desc.constraint !== undefined) {
    const c = desc.constraint;
    const d: Ast.ExpressionDesc = c.kind === "constraint" ? { kind: "constraint", expression, type: c.type } : { kind: "coerce", expression, from: c.from, to: c.to };
    const end = c.kind === "constraint" ? c.type.loc : c.to.loc;
    expression = { desc: d, loc: end.start < expression.loc.start ? expression.loc : { ...expression.loc, end: end.end }, attributes: [] };
  }
  const typed = typeExpect(env, expression, expected, "", "rejected", context);
  return { type: typed.type, parameters: [], body: { kind: "body", expression: typed } };
}
