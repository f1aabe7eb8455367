/** `let`: generalization, recursion, annotations, and `let` operators. */
import type * as Ast from "../syntax/ast.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { beginDef, endDef, getLevel, newArrow, newType, newVar, repr } from "./btype.ts";
import { addType, freshUid, lookupType, lookupValue, whileDefining, type Env } from "./env.ts";
import { checkBindingAttributes } from "./attribute-places.ts";
import { levelled } from "./disambiguate.ts";
import { expandHead } from "./expand.ts";
import { isNonexpansive } from "./expansive.ts";
import { createScoped } from "./ident.ts";
import { generalize, generalizeStructure, generalizeVariables, instance, instancePoly, limitGeneralization } from "./levels.ts";
import { checkPartial, closeVariants } from "./parmatch.ts";
import { typeOption } from "./predef.ts";
import { Names, printType } from "./print-type.ts";
import { checkRecursiveBindings } from "./rec-check.ts";
import { newtypeDeclaration, replaceNewtypes, typeExpect, unifyExpression, type InlineRecord } from "./typecore.ts";
import { checkPartialApplication } from "./typecore-apply.ts";
import { typeCases, withUnpacked } from "./typecore-cases.ts";
import { addPatternVariables, patternExists, typePattern, unifyPatternTypes, type PatternState, type PatternVariable } from "./typecore-patterns.ts";
import type * as T from "./typedtree.ts";
import { translatePoly, translateType, withLocalAliases } from "./typetexp.ts";
import { newConstr } from "./btype.ts";
import { tellMutableCase } from "./mutable-patterns.ts";
import { explainMismatch } from "./type-errors.ts";
import { expressionWith, patternWith } from "./copies.ts";
import { unify, UnifyError, type Equations } from "./unify.ts";
import { inRecursiveGroup, watch, watchLetPattern } from "./usage.ts";
import { warn, warningSpec, withWarnings } from "./warnings.ts";
import { GENERIC_LEVEL, type Ident, type Path, type TypeExpr } from "./types.ts";

const fail = (loc: Location, message: string): never => {
  throw new CompileError(errorAt(loc, message));
};

export function typeLetExpression(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "let" }>, expected: TypeExpr, explanation: string, inline: InlineRecord): T.Expression {
  // A chain of lets is typed by a loop: it may be as long as a file.
  const heads: { source: Ast.Expression; env: Env; rec: Ast.RecFlag; bindings: T.ValueBinding[] }[] = [];
  let here = source;
  let inner = env;
  let d: Ast.ExpressionDesc = desc;
  let result: T.Expression | undefined;
  while (d.kind === "let" && (here === source || here.attributes.length === 0)) {
    const only = d.bindings[0]!;
    if (d.rec === "nonrecursive" && d.bindings.length === 1 && only.attributes.length === 0 && only.constraint === undefined && patternExists(only.pattern, (p) => p.desc.kind === "construct" && p.desc.ident.value.kind !== "apply" && p.desc.ident.value.name !== "()")) {
      // A pattern that may refine types works in the body only: as the case of a match.
      const match: Ast.Expression = { desc: { kind: "match", scrutinee: only.expression, cases: [{ pattern: only.pattern, guard: undefined, body: d.body }] }, loc: here.loc, attributes: here.attributes };
      result = typeExpect(inner, match, expected, explanation, inline);
      break;
    }
    const { bindings, env: next, variables } = typeLet(inner, d.rec, d.bindings, false);
    heads.push({ source: here, env: inner, rec: d.rec, bindings });
    inner = next;
    here = d.body;
    if (variables.some((v) => v.module !== undefined)) {
      const { body } = d;
      result = withUnpacked(next, variables, () => ({ body: typeExpect(next, body, expected, explanation, inline) })).body;
      break;
    }
    d = here.desc;
  }
  result ??= typeExpect(inner, here, expected, explanation, inline);
  for (let i = heads.length - 1; i >= 0; i--) {
    const h = heads[i]!;
    if (h.rec === "recursive") checkRecursiveBindings(h.bindings);
    result = { desc: { kind: "let", rec: h.rec, bindings: h.bindings, body: result }, loc: h.source.loc, type: result.type, env: h.env, attributes: h.source.attributes, extra: [] };
  }
  return result;
}

/** What is known of a binding before its expression is typed. */
interface BindingPlan {
  readonly source: Ast.ValueBinding;
  readonly pattern: T.Pattern;
  readonly type: TypeExpr;
  /** `let f : 'a. t`: the type with bound variables. */
  readonly poly: Extract<TypeExpr["desc"], { kind: "poly" }> | undefined;
  readonly polyType: TypeExpr | undefined;
  /** The type annotation, with generic structure. */
  readonly annotated: TypeExpr | undefined;
  /** `let f : type a. t`. */
  readonly newtypes: readonly Ast.Loc<string>[];
  readonly annotation: Ast.CoreType | undefined;
  readonly coercion: { readonly from: Ast.CoreType | undefined; readonly to: Ast.CoreType } | undefined;
}

/** Whether an expression is written as a function. */
function isFunction(source: Ast.Expression): boolean {
  let e = source;
  for (;;) {
    const { desc } = e;
    if (desc.kind === "function") return true;
    if (desc.kind === "constraint") e = desc.expression;
    else if (desc.kind === "newtype") e = desc.body;
    else return false;
  }
}

/** Types the bindings of a `let` and adds their variables, generalized, to the environment; `ids` are the variables, if they have been made. Recursion is checked by the caller when `check` is false. */
export function typeLet(env: Env, rec: Ast.RecFlag, sources: readonly Ast.ValueBinding[], check = true, ids?: readonly Ident[]): { bindings: T.ValueBinding[]; env: Env; variables: PatternVariable[] } {
  beginDef();
  const equations: Equations = { env, level: getLevel() };
  const state: PatternState = { equations, gadts: false, variables: [], ids };
  /** For every binding, the index of its first variable. */
  const firstVariables: number[] = [];
  const plans = sources.map((source) => {
    firstVariables.push(state.variables.length);
    return planBinding(env, state, source);
  });
  if (rec === "recursive") {
    // What functions look like is known to each other: parameters and labels.
    plans.forEach((p) => {
      const approximation = approximate(env, p.source.expression);
      const type = p.poly === undefined ? p.pattern.type : instancePoly(p.poly.variables, p.poly.body).body;
      if (p.newtypes.length === 0) unifyPatternTypes(env, p.pattern.loc, type, approximation);
    });
  }
  if (sources.some((s) => patternExists(s.pattern, (p) => p.desc.kind === "variant" || p.desc.kind === "type"))) for (const p of plans) closeVariants(env, [p.pattern]);
  // `let f : 'a. 'a -> 'b`: its type is generic but for variables such as 'b, which become so after the bodies.
  const isAnnotated = (v: PatternVariable): boolean => repr(v.type).level === GENERIC_LEVEL && plans.some((p) => p.poly !== undefined);
  const bodyEnv = rec === "recursive" ? addPatternVariables(env, state.variables, check ? "item" : "none") : env;
  const typeBodies = (): { result: T.Expression[]; selfUsed: boolean } => inRecursiveGroup(rec === "recursive" ? state.variables.map((v) => v.uid) : [], (enter) =>
    plans.map((p) => {
      const { desc } = p.pattern;
      enter(desc.kind === "var" ? state.variables.find((v) => v.id === desc.id)?.uid : undefined);
      return withWarnings(warningSpec(p.source.attributes), () => typeBindingBody(bodyEnv, p));
    }),
  );
  const forgotten = rec === "nonrecursive" && sources.every((s) => isFunction(s.expression)) ? state.variables.map((v) => v.id.name) : [];
  const { result: expressions, selfUsed } = forgotten.length === 0 ? typeBodies() : whileDefining(forgotten, sources[0]!.pattern.loc, typeBodies);
  if (rec === "recursive" && !selfUsed) warn(annotatedPattern(sources[0]!), 39, "unused rec flag.");
  plans.forEach((p, i) => {
    withWarnings(warningSpec(p.source.attributes), () => checkPartial({ env, level: getLevel(), type: p.pattern.type }, [{ pattern: p.pattern, guard: undefined, body: expressions[i]! }], p.pattern.loc));
  });
  const variables = state.variables.map((v) => (isAnnotated(v) ? v : { id: v.id, type: instance(v.type), loc: v.loc, module: v.module, alias: v.alias, attributes: v.attributes, uid: v.uid }));
  endDef();
  plans.forEach((p, i) => {
    if (!isNonexpansive(expressions[i]!)) limitGeneralization(env, p.pattern.type);
  });
  for (const v of variables) (isAnnotated(v) ? generalizeVariables : generalize)(v.type);
  for (const [i, p] of plans.entries()) {
    if (p.pattern.desc.kind === "any") generalize(expressions[i]!.type);
    if (p.source.pattern.desc.kind === "any" && p.source.constraint === undefined) withWarnings(warningSpec(p.source.attributes), () => checkPartialApplication(false, expressions[i]!));
    if (p.source.attributes.length > 0) withWarnings(warningSpec(p.source.attributes), () => checkBindingAttributes(p.source));
  }
  if (rec === "recursive") for (const p of plans) if (p.pattern.desc.kind !== "var" && !(p.pattern.desc.kind === "alias" && p.pattern.desc.pattern.desc.kind === "any")) fail(p.pattern.loc, "Only variables are allowed as left-hand side of `let rec'");
  const bindings = plans.map((p, i): T.ValueBinding => ({ pattern: p.pattern, expression: expressions[i]!, attributes: p.source.attributes, loc: p.source.loc }));
  if (rec === "recursive" && check) checkRecursiveBindings(bindings);
  if (check) return { bindings, env: addPatternVariables(env, variables, "item"), variables };
  for (const [i, p] of plans.entries()) {
    const own = variables.slice(firstVariables[i], firstVariables[i + 1]);
    const modules = own.filter((v) => v.module !== undefined);
    withWarnings(warningSpec(p.source.attributes), () => {
      watchLetPattern(own.filter((v) => v.module === undefined).map((v) => ({ uid: v.uid, name: v.id.name, loc: v.loc })));
      for (const v of modules) watch(v.uid, v.id.name, v.loc, 60, "unused module");
    });
  }
  const inner = addPatternVariables(env, variables);
  return { bindings, env: inner, variables };
}

/** A pattern with the type that is written after it. */
function annotatedPattern({ pattern: { loc }, constraint }: Ast.ValueBinding): Location {
  return constraint?.kind === "constraint" ? { ...loc, end: constraint.type.loc.end } : loc;
}

function planBinding(env: Env, state: PatternState, source: Ast.ValueBinding): BindingPlan {
  const { constraint } = source;
  const type = newVar();
  let polyType: TypeExpr | undefined;
  let annotated: TypeExpr | undefined;
  let annotation: Ast.CoreType | undefined;
  let newtypes: readonly Ast.Loc<string>[] = [];
  let coercion: BindingPlan["coercion"];
  let patternSource = source.pattern;
  beginDef();
  if (constraint?.kind === "constraint") {
    annotation = constraint.type;
    if (constraint.locallyAbstract.length > 0) {
      newtypes = constraint.locallyAbstract;
      polyType = newtypesAsPoly(env, constraint.locallyAbstract, constraint.type);
    } else {
      annotated = translateType(env, constraint.type);
      if (repr(annotated).desc.kind === "poly") {
        polyType = annotated;
        annotated = undefined;
      }
    }
  } else if (constraint?.kind === "coercion") {
    coercion = { from: constraint.from, to: constraint.to };
    annotated = translateType(env, constraint.to);
  } else if (source.pattern.desc.kind === "constraint" && source.pattern.desc.type.desc.kind === "poly" && source.pattern.desc.pattern.desc.kind === "var") {
    polyType = translateType(env, source.pattern.desc.type);
    patternSource = source.pattern.desc.pattern;
    if (repr(polyType).desc.kind !== "poly") {
      annotated = polyType;
      polyType = undefined;
    }
  }
  endDef();
  const poly = polyType === undefined ? undefined : repr(polyType);
  if (poly?.desc.kind === "poly") {
    generalizeStructure(poly);
    beginDef();
    const { body } = instancePoly(poly.desc.variables, poly.desc.body);
    endDef();
    generalize(body);
    if (patternSource.desc.kind !== "var") fail(patternSource.loc, "Only variables can have a polymorphic type");
    const pattern = typePattern({ ...state, variables: [] }, patternSource, poly);
    if (pattern.desc.kind !== "var") throw new Error("a variable is expected");
    const { id, name } = pattern.desc;
    if (state.variables.some((v) => v.id.name === id.name)) fail(patternSource.loc, `Variable ${id.name} is bound several times in this matching`);
    state.variables.push({ id, type: body, loc: name.loc, module: undefined, alias: false, attributes: source.pattern.attributes, uid: freshUid() });
    return { source, pattern: patternWith(pattern, { type: poly }), type, poly: poly.desc, polyType: poly, annotated: undefined, newtypes, annotation, coercion };
  }
  if (annotated !== undefined) {
    generalizeStructure(annotated);
    unify(env, instance(annotated), type);
    annotated = newtypes.length === 0 ? annotated : undefined;
  }
  const pattern = typePattern(state, patternSource, type);
  return { source, pattern, type, poly: undefined, polyType: undefined, annotated: coercion === undefined ? annotated : undefined, newtypes, annotation, coercion };
}

function typeBindingBody(env: Env, p: BindingPlan): T.Expression {
  const { source } = p;
  if (p.poly !== undefined && p.polyType !== undefined) {
    beginDef();
    const { variables, body } = instancePoly(p.poly.variables, p.poly.body, true);
    const e = p.newtypes.length > 0 && p.annotation !== undefined ? typeLocallyAbstract(env, p, p.annotation, body) : typeExpect(env, source.expression, body);
    endDef();
    if (!isNonexpansive(e)) limitGeneralization(env, e.type);
    generalize(e.type);
    checkPolymorphic(env, "definition", e, p.polyType, variables);
    return expressionWith(e, { type: instance(e.type) });
  }
  if (p.coercion !== undefined) {
    const coerced: Ast.Expression = { desc: { kind: "coerce", expression: source.expression, from: p.coercion.from, to: p.coercion.to }, loc: source.expression.loc, attributes: [] };
    return typeExpect(env, coerced, p.type);
  }
  if (p.annotated !== undefined && p.annotation !== undefined) {
    const constrained: Ast.Expression = { desc: { kind: "constraint", expression: source.expression, type: p.annotation }, loc: source.expression.loc, attributes: [] };
    return typeExpect(env, constrained, p.type);
  }
  return typeExpect(env, source.expression, p.type);
}

/** `let f : type a. t = e`: in e, a is abstract; for everyone else it is a bound variable. */
function typeLocallyAbstract(env: Env, p: BindingPlan, annotation: Ast.CoreType, expected: TypeExpr): T.Expression {
  beginDef();
  let inner = env;
  const loc = { ...p.source.pattern.loc, end: p.source.expression.loc.end };
  const ids = p.newtypes.map((n) => {
    const id = createScoped(n.value, getLevel());
    const declaration = newtypeDeclaration(n.loc);
    watch(declaration.uid, n.value, loc, 34, "unused type");
    inner = addType(id, declaration, inner);
    return id;
  });
  const constrained: Ast.Expression = { desc: { kind: "constraint", expression: p.source.expression, type: annotation }, loc: p.source.expression.loc, attributes: [] };
  const e = withLocalAliases(() => typeExpect(inner, constrained, newVar()));
  const replaced = replaceNewtypes(e.type, ids, ids.map((id) => newVar(id.name)));
  endDef();
  unifyExpression(inner, p.source.expression.loc, replaced, expected);
  return expressionWith(e, { type: replaced, extra: [...e.extra, ...p.newtypes.map((n) => ({ kind: "newtype" as const, name: n.value, loc: n.loc }))] });
}

/** The expression's type must be as general as the annotation says: its bound variables stay distinct and unknown. */
export function checkPolymorphic(env: Env, kind: string, e: T.Expression, wanted: TypeExpr, variables: readonly TypeExpr[]): void {
  const seen = new Set<TypeExpr>();
  for (const v of variables) {
    const t = expandHead(env, v);
    generalize(t);
    if (t.desc.kind === "var" && t.level === GENERIC_LEVEL && !seen.has(t)) {
      seen.add(t);
      continue;
    }
    const names = new Names();
    const bound = [...seen].map((s) => `'${names.nameOf(s)}`).join(" ");
    fail(e.loc, `This ${kind} has type\n         ${bound === "" ? "" : `${bound}. `}${printType(e.type, names)}\n       which is less general than\n         ${printType(wanted, new Names())}`);
  }
}

function newtypesAsPoly(env: Env, names: readonly Ast.Loc<string>[], type: Ast.CoreType): TypeExpr {
  refuseArguments(env, new Set(names.map((n) => n.value)), type);
  let inner = env;
  const ids = names.map((n) => {
    const id = createScoped(n.value, 0);
    inner = addType(id, newtypeDeclaration(n.loc), inner);
    return id;
  });
  return translatePoly(names.map((n) => n.value), () => {
    const translated = withLocalAliases(() => translateType(inner, type));
    // The names stand for the bound variables.
    const variables = names.map((n) => translateType(env, { desc: { kind: "var", name: n.value }, loc: n.loc, attributes: [] }));
    return replaceNewtypes(translated, ids, variables);
  });
}

/** The types of `type a.` have no parameters: where `a` is given arguments, another type is meant. */
function refuseArguments(env: Env, names: ReadonlySet<string>, type: Ast.CoreType): void {
  const visit = (t: Ast.CoreType): void => {
    const { desc } = t;
    if (desc.kind === "arrow") {
      visit(desc.parameter);
      visit(desc.result);
    } else if (desc.kind === "tuple") desc.components.forEach(visit);
    else if (desc.kind === "alias") visit(desc.type);
    else if (desc.kind === "constr") {
      if (desc.args.length > 0 && desc.ident.value.kind === "ident" && names.has(desc.ident.value.name)) lookupType(desc.ident.loc, desc.ident.value, env);
      desc.args.forEach(visit);
    }
  };
  visit(type);
}

// ---------------------------------------------------------------- approximation of recursive functions

/** The shape of an expression's type as far as its syntax tells. */
function approximate(env: Env, source: Ast.Expression): TypeExpr {
  const { desc } = source;
  switch (desc.kind) {
    case "let":
    case "letmodule":
    case "letexception":
    case "open":
    case "newtype":
      return desc.kind === "let" ? approximate(env, desc.body) : desc.kind === "newtype" ? newVar() : newVar();
    case "function": {
      if (desc.parameters.some((p) => p.kind === "newtype")) return newVar();
      let result: TypeExpr;
      if (desc.body.kind === "cases") result = newArrow({ kind: "nolabel" }, newVar(), desc.body.cases[0] === undefined ? newVar() : approximate(env, desc.body.cases[0].body));
      else {
        result = approximate(env, desc.body.expression);
        if (desc.constraint?.kind === "constraint") {
          const annotated = approximateType(env, desc.constraint.type);
          try {
            unify(env, result, annotated);
          } catch (e) {
            if (!(e instanceof UnifyError)) throw e;
          }
          result = annotated;
        } else if (desc.constraint !== undefined) result = newVar();
      }
      for (let i = desc.parameters.length - 1; i >= 0; i--) {
        const p = desc.parameters[i]!;
        if (p.kind === "value") result = newArrow(p.label, p.label.kind === "optional" ? levelled(typeOption(newVar())) : newVar(), result);
      }
      return result;
    }
    case "match":
      return desc.cases[0] === undefined ? newVar() : approximate(env, desc.cases[0].body);
    case "try":
      return approximate(env, desc.body);
    case "tuple":
      return newType({ kind: "tuple", components: desc.components.map((c) => approximate(env, c)) });
    case "ifthenelse":
      return approximate(env, desc.then);
    case "sequence":
      return approximate(env, desc.expressions[desc.expressions.length - 1]!);
    case "constraint": {
      const type = approximate(env, desc.expression);
      const annotated = approximateType(env, desc.type);
      unifyExpression(env, source.loc, type, annotated);
      return annotated;
    }
    default:
      return newVar();
  }
}

function approximateType(env: Env, source: Ast.CoreType): TypeExpr {
  const { desc } = source;
  switch (desc.kind) {
    case "arrow":
      return newArrow(desc.label, desc.label.kind === "optional" ? levelled(typeOption(newVar())) : newVar(), approximateType(env, desc.result));
    case "tuple":
      return newType({ kind: "tuple", components: desc.components.map((c) => approximateType(env, c)) });
    case "constr": {
      const { path, data } = lookupType(desc.ident.loc, desc.ident.value, env);
      if (data.arity !== desc.args.length) return newVar();
      return newConstr(path, desc.args.map((a) => approximateType(env, a)));
    }
    case "poly":
      return approximateType(env, desc.body);
    default:
      return newVar();
  }
}

// ---------------------------------------------------------------- let operators

export function typeLetop(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "letop" }>, expected: TypeExpr): T.Expression {
  const { loc } = source;
  const lookupOp = (op: Ast.Loc<string>): { path: Path; description: ReturnType<typeof lookupValue>["data"]; type: TypeExpr } => {
    const { path, data } = lookupValue(op.loc, { kind: "ident", name: op.value }, env);
    return { path, description: data, type: instance(data.type) };
  };
  const nolabel: Ast.ArgLabel = { kind: "nolabel" };
  const letOp = lookupOp(desc.let.op);
  // The operator's type is  bound -> (parameter -> body) -> result.
  const boundType = newVar();
  // One variable a binding: ((a, b), c).
  const parameterType = desc.ands.reduce((before) => newType({ kind: "tuple", components: [before, newVar()] }), newVar());
  const bodyType = newVar();
  const resultType = newVar();
  const wanted = newArrow(nolabel, boundType, newArrow(nolabel, newArrow(nolabel, parameterType, bodyType), resultType));
  try {
    unify(env, letOp.type, wanted);
  } catch (e) {
    if (!(e instanceof UnifyError)) throw e;
    fail(desc.let.op.loc, `The operator ${desc.let.op.value} has type ${printType(letOp.type)}\n       but it was expected to have type ${printType(wanted)}`);
  }
  // The last `and` gives what the operator takes; each takes what those before it give. So their operands are expected to be of known types.
  let expectedOfRest = boundType;
  const operators = desc.ands.map((and) => ({ and, op: lookupOp(and.op), operand: newVar(), result: newVar(), wanted: newVar() }));
  for (const o of [...operators].reverse()) {
    const rest = newVar();
    const andWanted = newArrow(nolabel, rest, newArrow(nolabel, o.operand, o.result));
    try {
      unify(env, o.op.type, andWanted);
    } catch (e) {
      if (!(e instanceof UnifyError)) throw e;
      fail(o.and.op.loc, `The operator ${o.and.op.value} has type ${printType(o.op.type)}\n       but it was expected to have type ${printType(andWanted)}`);
    }
    unify(env, o.wanted, expectedOfRest);
    expectedOfRest = rest;
  }
  const first = typeExpect(env, desc.let.expression, expectedOfRest);
  let pattern = desc.let.pattern;
  const ands: T.BindingOp[] = [];
  for (const { and, op, operand, result, wanted: expectedHere } of operators) {
    const e = typeExpect(env, and.expression, operand);
    try {
      unify(env, result, expectedHere);
    } catch (error) {
      if (!(error instanceof UnifyError)) throw error;
      fail({ ...desc.let.pattern.loc, end: and.loc.end }, explainMismatch(env, error, result, expectedHere, "These bindings have type", "but bindings were expected of type"));
    }
    ands.push({ path: op.path, name: and.op, description: op.description, type: op.type, expression: e, loc: and.loc });
    pattern = { desc: { kind: "tuple", components: [pattern, and.pattern] }, loc: { ...pattern.loc, end: and.pattern.loc.end, ghost: true }, attributes: [] };
  }
  const { cases, partial } = typeCases(env, [{ pattern, guard: undefined, body: desc.body }], parameterType, bodyType, { loc, total: true });
  tellMutableCase(cases, partial);
  unifyExpression(env, loc, resultType, instance(expected));
  return {
    desc: { kind: "letop", let: { path: letOp.path, name: desc.let.op, description: letOp.description, type: letOp.type, expression: first, loc: desc.let.loc }, ands, parameter: createScoped("param", 0), body: cases[0]!, partial },
    loc, type: resultType, env, attributes: source.attributes, extra: [],
  };
}
