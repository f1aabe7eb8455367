/** Application: arguments matched with parameters by label and position (manual, section 11.7.2). */
import type * as Ast from "../syntax/ast.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { beginDef, compatibleLabels, endDef, getLevel, isCommutable, newArrow, newType, newVar, prefixedLabel, repr, sameLabel } from "./btype.ts";
import { checkTailcall, noteCallee } from "./attribute-places.ts";
import { expressionWith, ghostly } from "./copies.ts";
import { freshUid, type Env } from "./env.ts";
import { chooseConstructor, levelled } from "./disambiguate.ts";
import { expandHead } from "./expand.ts";
import { isNonexpansive } from "./expansive.ts";
import { createScoped } from "./ident.ts";
import { languageFlags } from "./language-flags.ts";
import { generalize, instance, instancePoly, limitGeneralization } from "./levels.ts";
import { pident, samePath } from "./path.ts";
import { PATHS, typeOption } from "./predef.ts";
import { printPath, printType } from "./print-type.ts";
import { typeExpect, typeExpression, unifyExpression } from "./typecore.ts";
import { checkPolymorphic } from "./typecore-let.ts";
import type * as T from "./typedtree.ts";
import { filterArrow, lower, unify } from "./unify.ts";
import { addDelayedCheck, warn } from "./warnings.ts";
import type { Ident, TypeExpr } from "./types.ts";

const fail = (loc: Location, message: string): never => {
  throw new CompileError(errorAt(loc, message));
};

interface SourceArgument {
  readonly label: Ast.ArgLabel;
  readonly argument: Ast.Expression;
}
export type TypedArgument = { readonly label: Ast.ArgLabel; readonly argument: T.ApplyArgument };
type Arrow = Extract<TypeExpr["desc"], { kind: "arrow" }>;

/** A parameter and what is given for it. */
type Collected =
  | { readonly kind: "given"; readonly label: Ast.ArgLabel; readonly type: TypeExpr; readonly argument: Ast.Expression; readonly wrapped: boolean }
  /** Given to something that is not known to be a function. */
  | { readonly kind: "unknown"; readonly label: Ast.ArgLabel; readonly type: TypeExpr; readonly argument: Ast.Expression }
  | { readonly kind: "default"; readonly label: Ast.ArgLabel; readonly type: TypeExpr }
  | { readonly kind: "omitted"; readonly label: Ast.ArgLabel; readonly type: TypeExpr };

const nameOf = (l: Ast.ArgLabel): string => (l.kind === "nolabel" ? "" : l.name);

/** The labels of a function type's parameters, and whether its result is not known. */
export function listLabels(env: Env, type: TypeExpr): { labels: Ast.ArgLabel[]; open: boolean } {
  const labels: Ast.ArgLabel[] = [];
  let t = expandHead(env, type);
  let cycle: TypeExpr | undefined;
  while (t.desc.kind === "arrow" && t !== cycle) {
    labels.push(t.desc.label);
    // Brent's detection of cycles: a node that stays behind longer and longer.
    if ((labels.length & (labels.length - 1)) === 0) cycle = t;
    t = expandHead(env, t.desc.result);
  }
  return { labels, open: t.desc.kind === "var" };
}

/** `e a1 … an`. */
export function typeApplication(env: Env, source: Ast.Expression, desc: ApplyDesc, expected: TypeExpr, explanation: string): T.Expression {
  // `a + b + c + …` nests on the left, `a ^ b ^ c ^ …` on the right: a loop goes down along arguments and comes back up.
  interface Frame {
    /** The argument that is an application itself, and those before it. */
    readonly index: number;
    readonly before: readonly TypedArgument[];
    readonly source: Ast.Expression;
    readonly callee: T.Expression;
    readonly collected: readonly Collected[];
    readonly result: TypeExpr;
    readonly expected: TypeExpr;
  }
  const frames: Frame[] = [];
  let here = source;
  let d = desc;
  let wanted = expected;
  for (;;) {
    const { callee, sources, piped } = typeCallee(env, here, d);
    lowerParameters(env, instance(callee.type));
    beginDef();
    const special = typeIgnore(env, callee, sources);
    const { collected, result } = special === undefined ? collectArguments(env, callee, sources, piped) : { collected: [], result: special.result };
    const index = nestedApplication(env, collected);
    const nested = index === undefined ? undefined : collected[index];
    if (index !== undefined && nested?.kind === "given" && nested.argument.desc.kind === "apply") {
      const before = typeAll(env, callee, collected, 0, index);
      frames.push({ index, before, source: here, callee, collected, result, expected: wanted });
      here = nested.argument;
      d = nested.argument.desc;
      wanted = nested.type;
      continue;
    }
    const args = special?.args ?? typeAll(env, callee, collected, 0, collected.length);
    let typed = finishApplication(env, here, callee, collected, args, result, wanted, frames.length === 0 ? explanation : "");
    while (frames.length > 0) {
      const f = frames.pop()!;
      const c = f.collected[f.index]!;
      unifyExpression(env, typed.loc, typed.type, instance(c.type));
      const inner: TypedArgument = { label: c.label, argument: { kind: "expression", expression: typed } };
      const after = typeAll(env, f.callee, f.collected, f.index + 1, f.collected.length);
      typed = finishApplication(env, f.source, f.callee, f.collected, [...f.before, inner, ...after], f.result, f.expected, frames.length === 0 ? explanation : "");
    }
    return typed;
  }
}

/** The first or the last argument, when it is an application whose type is no function and is not known to be polymorphic. */
function nestedApplication(env: Env, collected: readonly Collected[]): number | undefined {
  const last = collected.length - 1;
  if (last < 0) return undefined;
  if (nests(env, collected[0]!)) return 0;
  return last > 0 && nests(env, collected[last]!) ? last : undefined;
}
function nests(env: Env, c: Collected): boolean {
  if (c.kind !== "given" || c.wrapped || c.argument.desc.kind !== "apply" || c.argument.attributes.length > 0) return false;
  const { kind } = expandHead(env, c.type).desc;
  return kind !== "poly" && kind !== "arrow";
}
type ApplyDesc = Extract<Ast.ExpressionDesc, { kind: "apply" }>;

interface Callee {
  readonly callee: T.Expression;
  readonly sources: readonly SourceArgument[];
  /** Where the f of `x |> f` is an application itself: that one, of whose result x, the last argument, is the argument. */
  readonly piped: Ast.Expression | undefined;
}

/** The function that is applied, and the arguments: those of `x |> f` are f's. */
function typeCallee(env: Env, source: Ast.Expression, desc: ApplyDesc): Callee {
  noteCallee(desc.function);
  checkTailcall(source, desc.function);
  const callee = typeFunctionPart(env, desc.function);
  let sources: readonly SourceArgument[] = desc.args;
  const swapped = isPrimitive(callee, "%revapply");
  if (!(swapped || isPrimitive(callee, "%apply")) || sources.length !== 2 || sources.some((a) => a.label.kind !== "nolabel")) return { callee, sources, piped: undefined };
  let f = sources[swapped ? 1 : 0]!.argument;
  const x = sources[swapped ? 0 : 1]!;
  if (!isInferred(f) || f.attributes.length > 0) return { callee, sources, piped: undefined };
  const piped = f.desc.kind === "apply" ? f : undefined;
  sources = [x];
  while (f.desc.kind === "apply" && f.attributes.length === 0) {
    sources = [...f.desc.args, ...sources];
    f = f.desc.function;
  }
  return { callee: typeFunctionPart(env, f), sources, piped };
}
function typeFunctionPart(env: Env, source: Ast.Expression): T.Expression {
  beginDef();
  const typed = typeExpression(env, source);
  endDef();
  return typed;
}

function finishApplication(env: Env, source: Ast.Expression, callee: T.Expression, collected: readonly Collected[], args: readonly TypedArgument[], result: TypeExpr, expected: TypeExpr, explanation: string): T.Expression {
  let type = result;
  for (let i = collected.length - 1; i >= 0; i--) {
    const c = collected[i]!;
    if (c.kind === "omitted") type = newArrow(c.label, c.type, type);
  }
  endDef();
  lower(env, callee.type);
  unifyExpression(env, source.loc, type, instance(expected), explanation);
  return { desc: { kind: "apply", function: callee, args }, loc: source.loc, type, env, attributes: source.attributes, extra: [] };
}

/** The parameters' types are outside the application, its result may be inside: so a result that is any type shows that the call never returns. */
function lowerParameters(env: Env, type: TypeExpr): void {
  let t = expandHead(env, type);
  let cycle: TypeExpr | undefined;
  for (let n = 1; t.desc.kind === "arrow" && t !== cycle; n++) {
    lower(env, t.desc.parameter);
    if ((n & (n - 1)) === 0) cycle = t;
    t = expandHead(env, t.desc.result);
  }
}

/** `ignore e`: what is ignored should be no function that waits for arguments. */
function typeIgnore(env: Env, callee: T.Expression, sources: readonly SourceArgument[]): { args: TypedArgument[]; result: TypeExpr } | undefined {
  if (sources.length !== 1 || sources[0]!.label.kind !== "nolabel" || !isIgnore(callee)) return undefined;
  const arrow = filterArrow(env, instance(callee.type), NO_LABEL);
  if (arrow === undefined) return undefined;
  const expression = typeExpect(env, sources[0]!.argument, arrow.parameter);
  checkPartialApplication(false, expression);
  return { args: [{ label: NO_LABEL, argument: { kind: "expression", expression } }], result: arrow.result };
}

/** Matches arguments with parameters. */
function collectArguments(env: Env, callee: T.Expression, sources: readonly SourceArgument[], piped: Ast.Expression | undefined): { collected: Collected[]; result: TypeExpr } {
  if (sources.every(isUnlabelled) && hasPlainParameters(env, callee.type, sources.length)) return collect(env, callee, sources, piped, false);
  const { labels, open } = listLabels(env, callee.type);
  const required = labels.filter((l) => l.kind !== "optional");
  if (languageFlags.ignoresLabels) return collect(env, callee, sources, piped, true);
  const ignoreLabels = !open && required.length === sources.length && sources.every((a) => a.label.kind === "nolabel") && required.some((l) => l.kind !== "nolabel");
  if (ignoreLabels) {
    const omitted = required.filter((l) => l.kind !== "nolabel").map(nameOf);
    warn(callee.loc, 6, omitted.length === 1 ? `label ${omitted[0]} was omitted in the application of this function.` : `labels ${omitted.join(", ")} were omitted in the application of this function.`);
  }
  return collect(env, callee, sources, piped, ignoreLabels);
}
const NO_LABEL: Ast.ArgLabel = { kind: "nolabel" };
const isUnlabelled = (a: SourceArgument): boolean => a.label.kind === "nolabel";
/** Whether the function has at least that many parameters, the first of them without labels: as most. */
function hasPlainParameters(env: Env, type: TypeExpr, count: number): boolean {
  let t = expandHead(env, type);
  for (let i = 0; i < count; i++) {
    if (t.desc.kind !== "arrow" || t.desc.label.kind !== "nolabel") return false;
    t = expandHead(env, t.desc.result);
  }
  return true;
}

function isIgnore(callee: T.Expression): boolean {
  return callee.desc.kind === "ident" && callee.desc.description.valueKind.kind === "primitive" && callee.desc.description.valueKind.primitive.name === "%ignore";
}

function collect(env: Env, callee: T.Expression, sources: readonly SourceArgument[], piped: Ast.Expression | undefined, ignoreLabels: boolean): { collected: Collected[]; result: TypeExpr } {
  const collected: Collected[] = [];
  // What is left of the arguments: those from `from` on.
  let remaining: readonly SourceArgument[] = sources;
  let from = 0;
  let type = instance(callee.type);
  while (from < remaining.length) {
    const t = expandHead(env, type);
    if (t.desc.kind !== "arrow" || !isCommutable(t.desc.commutable)) break;
    const { label, parameter, result } = t.desc;
    const optional = label.kind === "optional";
    const name = nameOf(label);
    let index = ignoreLabels ? -1 : indexOfLabel(remaining, from, name);
    if (ignoreLabels) {
      const first = remaining[from]!;
      if (name === nameOf(first.label) || (!optional && first.label.kind === "nolabel")) index = from;
      else if (!optional || indexOfLabel(remaining, from + 1, name) >= 0 || indexOfLabel(remaining, from, "") < 0) wrongLabel(first, t, env, optional);
    }
    if (index >= 0) {
      const found = remaining[index]!;
      if (index === from) from++;
      else {
        remaining = without(remaining, from, index);
        from = 0;
      }
      if (!ignoreLabels && !optional && found.label.kind === "optional") warn(found.argument.loc, 43, `the label ${nameOf(label)} is not optional.`);
      collected.push({ kind: "given", label, type: parameter, argument: found.argument, wrapped: optional && found.label.kind !== "optional" });
    } else if (optional && (ignoreLabels || (indexOfLabel(remaining, from, "") >= 0 && mayTakePlain(env, result)))) collected.push({ kind: "default", label, type: parameter });
    else collected.push({ kind: "omitted", label, type: parameter });
    type = result;
  }
  // What is applied now is not known to be a function.
  for (let i = from; i < remaining.length; i++) {
    const a = remaining[i]!;
    const t = expandHead(env, type);
    if (t.desc.kind === "var") {
      const parameter = newVar();
      const result = newVar();
      if (t.level >= parameter.level && !isPrimitive(callee, "%identity")) warn(a.argument.loc, 20, "this argument will not be used by the function.");
      unify(env, t, newType({ kind: "arrow", label: a.label, parameter, result, commutable: { state: "unknown" } }));
      collected.push({ kind: "unknown", label: a.label, type: parameter, argument: a.argument });
      type = result;
    } else if (t.desc.kind === "arrow" && compatibleLabels(t.desc.label, a.label)) {
      collected.push({ kind: "unknown", label: a.label, type: t.desc.parameter, argument: a.argument });
      type = t.desc.result;
    } else {
      let rest: TypeExpr = t;
      for (let k = collected.length - 1; k >= 0; k--) {
        const c = collected[k]!;
        if (c.kind === "omitted" || c.kind === "default") rest = newArrow(c.label, c.type, rest);
      }
      if (rest.desc.kind === "arrow") {
        const { labels, open } = listLabels(env, t);
        if (!open && !labels.some((l) => sameLabel(l, a.label))) wrongLabel(a, rest, env, false);
        fail(callee.loc, "This function is applied to arguments\nin an order different from other calls.\nThis is only allowed when the real type is known.");
      }
      if (piped !== undefined && i === remaining.length - 1) fail(piped.loc, `This expression has type ${printType(rest)}\n       This is not a function; it cannot be applied.`);
      notFunction(env, callee, a);
    }
  }
  return { collected, result: type };
}

/** Whether a function of that type has a parameter without a label, or is not known well enough. */
function mayTakePlain(env: Env, type: TypeExpr): boolean {
  const { labels, open } = listLabels(env, type);
  return open || labels.some((l) => l.kind === "nolabel");
}

/** The first argument with that label (none: "") from an index on, or -1. */
function indexOfLabel(args: readonly SourceArgument[], from: number, name: string): number {
  for (let i = from; i < args.length; i++) if (nameOf(args[i]!.label) === name) return i;
  return -1;
}
const without = (args: readonly SourceArgument[], from: number, index: number): readonly SourceArgument[] => args.filter((_, i) => i >= from && i !== index);

function wrongLabel(a: SourceArgument, type: TypeExpr, env: Env, optional: boolean): never {
  const shown = a.label.kind === "nolabel" ? "without label" : `with label ${prefixedLabel(a.label)}`;
  const { labels } = listLabels(env, type);
  const known = labels.filter((l) => l.kind !== "nolabel").map(prefixedLabel);
  const hint = a.label.kind !== "nolabel" && known.length > 0 && !optional ? `\nHint: its labels are ${known.join(", ")}` : "";
  return fail(a.argument.loc, `The function applied to this argument has type\n         ${printType(type)}\nThis argument cannot be applied ${shown}${hint}`);
}

function notFunction(env: Env, callee: T.Expression, extra: SourceArgument): never {
  const t = expandHead(env, callee.type);
  if (t.desc.kind !== "arrow") return fail(callee.loc, `This expression has type ${printType(callee.type)}\n       This is not a function; it cannot be applied.`);
  const name = callee.desc.kind === "ident" ? `'${printPath(callee.desc.path)}' ` : "";
  throw new CompileError(errorAt(callee.loc, `${name === "" ? "This" : "The"} function ${name}has type ${printType(callee.type)}\n       It is applied to too many arguments; maybe you forgot a \`;'.`, [{ location: extra.argument.loc, message: "This extra argument is not expected." }]));
}

export function isPrimitive(e: T.Expression, name: string): boolean {
  return e.desc.kind === "ident" && e.desc.description.valueKind.kind === "primitive" && e.desc.description.valueKind.primitive.name === name;
}

function typeAll(env: Env, callee: T.Expression, collected: readonly Collected[], from: number, to: number): TypedArgument[] {
  const args: TypedArgument[] = [];
  for (let i = from; i < to; i++) args.push({ label: collected[i]!.label, argument: typeCollected(env, callee, collected[i]!) });
  return args;
}

function typeCollected(env: Env, callee: T.Expression, c: Collected): T.ApplyArgument {
  switch (c.kind) {
    case "omitted":
      return { kind: "omitted" };
    case "default":
      return { kind: "expression", expression: noneExpression(env, callee.loc, c.type) };
    case "unknown": {
      const expression = typeExpect(env, c.argument, c.type);
      if (c.label.kind === "optional") unifyExpression(env, c.argument.loc, expression.type, levelled(typeOption(newVar())));
      return { kind: "expression", expression };
    }
    case "given": {
      if (!c.wrapped) return { kind: "expression", expression: typeArgument(env, c.argument, c.type, instance(c.type)) };
      const inner = optionArgument(env, c.type);
      return { kind: "expression", expression: someExpression(env, typeArgument(env, c.argument, inner, instance(inner)), c.type) };
    }
  }
}

/** The t of `t option`. */
function optionArgument(env: Env, type: TypeExpr): TypeExpr {
  const t = expandHead(env, type);
  if (t.desc.kind === "constr" && samePath(t.desc.path, PATHS.option)) return t.desc.args[0]!;
  const inner = newVar();
  unify(env, t, levelled(typeOption(inner)));
  return inner;
}

const NOWHERE: Location = { file: { name: "_none_", text: "" }, start: 0, end: 0, ghost: true };
export function noneExpression(env: Env, loc: Location, type: TypeExpr): T.Expression {
  unify(env, instance(type), levelled(typeOption(newVar())));
  const ident = { value: { kind: "ident", name: "None" } as const, loc: ghostly(loc) };
  return { desc: { kind: "construct", ident, constructor: optionConstructor(env, "None"), args: [] }, loc: ghostly(loc), type, env, attributes: [], extra: [] };
}
export function someExpression(env: Env, argument: T.Expression, type: TypeExpr): T.Expression {
  const ident = { value: { kind: "ident", name: "Some" } as const, loc: ghostly(argument.loc) };
  return { desc: { kind: "construct", ident, constructor: optionConstructor(env, "Some"), args: [argument] }, loc: argument.loc, type, env, attributes: [], extra: [] };
}
function optionConstructor(env: Env, name: "None" | "Some"): ReturnType<typeof chooseConstructor> {
  return chooseConstructor(env, { value: { kind: "ident", name }, loc: NOWHERE }, { written: PATHS.option, path: PATHS.option, intro: "", type: typeOption(newVar()) }, "build");
}

/** Whether the expression's type needs no context: identifiers, applications, annotations. */
function isInferred(source: Ast.Expression): boolean {
  let e = source;
  for (;;) {
    switch (e.desc.kind) {
      case "ident": case "apply": case "field": case "constraint": case "coerce": case "send": case "new":
        return true;
      case "sequence":
        e = e.desc.expressions[e.desc.expressions.length - 1]!;
        break;
      case "open":
        e = e.desc.body;
        break;
      case "ifthenelse":
        if (e.desc.else === undefined || !isInferred(e.desc.then)) return false;
        e = e.desc.else;
        break;
      default:
        return false;
    }
  }
}

/** An argument; a function with optional parameters may stand where one without is wanted. `expected` is an instance of `generic`. */
export function typeArgument(env: Env, source: Ast.Expression, generic: TypeExpr, expected: TypeExpr = instance(generic), explanation = ""): T.Expression {
  // Equations mark the types that they expand: looking must not mark the generic type.
  const g = expandHead(env, env.localEquations && repr(generic).desc.kind === "constr" ? instance(generic) : generic);
  if (g.desc.kind === "poly") return typePolyArgument(env, source, g);
  const wanted = expandHead(env, expected);
  if (wanted.desc.kind !== "arrow" || wanted.desc.label.kind !== "nolabel" || !isInferred(source)) {
    const typed = typeExpect(env, source, generic, explanation);
    unifyExpression(env, typed.loc, typed.type, expected, explanation);
    return typed;
  }
  beginDef();
  const typed = typeExpression(env, source);
  endDef();
  const defaults: { label: Ast.ArgLabel; type: TypeExpr }[] = [];
  let t = expandHead(env, instance(typed.type));
  while (t.desc.kind === "arrow" && t.desc.label.kind === "optional") {
    defaults.push({ label: t.desc.label, type: t.desc.parameter });
    t = expandHead(env, t.desc.result);
  }
  // Optional parameters in front are left out where the parameter wanted comes after them, and what follows is plain.
  const plain = t.desc.kind === "arrow" && t.desc.label.kind === "nolabel" ? onlyPlain(env, t.desc.result) || onlyPlain(env, wanted.desc.result) : t.desc.kind === "var" && onlyPlain(env, wanted.desc.result);
  if (defaults.length === 0 || !plain) {
    unifyExpression(env, typed.loc, typed.type, expected, explanation);
    return typed;
  }
  for (const d of defaults) unify(env, d.type, levelled(typeOption(newVar())));
  unifyExpression(env, typed.loc, t, expected, explanation);
  warn(typed.loc, 48, `implicit elimination of optional argument${defaults.length > 1 ? "s" : ""} ${defaults.map((d) => nameOf(d.label)).join(", ")}`);
  return eliminateOptional(env, typed, defaults, t, expected);
}

/** Whether a function's parameters have no labels, up to a result that is known. */
function onlyPlain(env: Env, type: TypeExpr): boolean {
  const { labels, open } = listLabels(env, type);
  return !open && labels.every((l) => l.kind === "nolabel");
}

/** `let f = e in fun x -> f ?a:None … x`. */
function eliminateOptional(env: Env, callee: T.Expression, defaults: readonly { label: Ast.ArgLabel; type: TypeExpr }[], arrow: TypeExpr, expected: TypeExpr): T.Expression {
  const { desc } = arrow.desc.kind === "arrow" ? { desc: arrow.desc } : { desc: expandHead(env, expected).desc as Arrow };
  const { loc } = callee;
  const base = { loc, env, attributes: [], extra: [] };
  const makeVar = (name: string, type: TypeExpr): { pattern: T.Pattern; expression: T.Expression; id: Ident } => {
    const id = createScoped(name, 0);
    const description = { type, valueKind: { kind: "regular" } as const, loc, attributes: [], uid: freshUid() };
    return {
      id,
      pattern: { desc: { kind: "var", id, name: { value: name, loc } }, type, ...base },
      expression: { desc: { kind: "ident", path: pident(id), ident: { value: { kind: "ident", name }, loc }, description }, type, ...base },
    };
  };
  const f = makeVar("func", callee.type);
  const parameter = makeVar("eta", desc.parameter);
  const args: TypedArgument[] = [
    ...defaults.map((d): TypedArgument => ({ label: d.label, argument: { kind: "expression", expression: noneExpression(env, loc, d.type) } })),
    { label: desc.label, argument: { kind: "expression", expression: parameter.expression } },
  ];
  const application: T.Expression = { desc: { kind: "apply", function: f.expression, args }, type: desc.result, ...base };
  const fn: T.Expression = {
    desc: { kind: "function", parameters: [{ label: desc.label, id: parameter.id, pattern: parameter.pattern, default: undefined, partial: false, newtypes: [], loc }], body: { kind: "body", expression: application } }, type: expected, ...base,
  };
  return { desc: { kind: "let", rec: "nonrecursive", bindings: [{ pattern: f.pattern, expression: callee, attributes: [], loc }], body: fn }, type: expected, ...base };
}

/** An argument that must be polymorphic: a method, a record's field. */
export function typePolyArgument(env: Env, source: Ast.Expression, poly: TypeExpr, kind = "argument"): T.Expression {
  const t = repr(poly);
  if (t.desc.kind !== "poly") return typeExpect(env, source, t);
  if (t.desc.variables.length === 0) return typeExpect(env, source, t.desc.body);
  beginDef();
  const { variables, body } = instancePoly(t.desc.variables, t.desc.body, true);
  const typed = typeExpect(env, source, body);
  endDef();
  // A method's body is evaluated anew at each call.
  if (kind !== "method" && !isNonexpansive(typed)) limitGeneralization(env, typed.type);
  generalize(typed.type);
  checkPolymorphic(env, kind, typed, t, variables);
  return expressionWith(typed, { type: instance(typed.type) });
}

/** Warnings about values that are thrown away: 5 for functions that wait for arguments, 10 for what is not unit. */
export function checkPartialApplication(statement: boolean, e: T.Expression): void {
  const run = (delay: boolean): void => {
    const t = expandHead(e.env, e.type);
    const checkStatement = (): void => {
      if (!statement || (t.desc.kind === "constr" && samePath(t.desc.path, PATHS.unit))) return;
      let final = e;
      for (;;) {
        const d: T.ExpressionDesc = final.desc;
        if (d.kind === "let" || d.kind === "letexception" || d.kind === "letmodule") final = d.body;
        else if (d.kind === "sequence") final = d.expressions[d.expressions.length - 1]!;
        else break;
      }
      const constraint = final.extra.find((x) => x.kind === "constraint");
      warn(constraint?.loc ?? final.loc, 10, "this expression should have type unit.");
    };
    if (t.desc.kind === "var") {
      if (delay) addDelayedCheck(() => run(false));
      return;
    }
    if (t.desc.kind !== "arrow") return checkStatement();
    const check = (x: T.Expression): void => {
      if (x.extra.some((y) => y.kind === "constraint")) return checkStatement();
      const { desc } = x;
      switch (desc.kind) {
        case "match":
          for (const c of desc.cases) check(c.body);
          break;
        case "try":
          check(desc.body);
          for (const c of desc.cases) check(c.body);
          break;
        case "ifthenelse":
          if (desc.else === undefined) return checkStatement();
          check(desc.then);
          check(desc.else);
          break;
        case "let": case "open": case "letexception": case "letmodule":
          check(desc.body);
          break;
        case "sequence":
          check(desc.expressions[desc.expressions.length - 1]!);
          break;
        case "apply": case "send": case "new": case "letop":
          warn(x.loc, 5, "this function application is partial,\nmaybe some arguments are missing.");
          break;
        default:
          checkStatement();
      }
    };
    check(e);
  };
  run(true);
}

/** An expression whose value is thrown away. */
export function typeStatement(env: Env, source: Ast.Expression): T.Expression {
  let final = source;
  for (;;) {
    const d: Ast.ExpressionDesc = final.desc;
    if (d.kind === "let" || d.kind === "letexception" || d.kind === "letmodule" || d.kind === "open") final = d.body;
    else if (d.kind === "sequence") final = d.expressions[d.expressions.length - 1]!;
    else if (d.kind === "ifthenelse") final = d.then;
    else if (d.kind === "try") final = d.body;
    else if (d.kind === "match" && d.cases.length > 0) final = d.cases[0]!.body;
    else break;
  }
  beginDef();
  const e = typeExpression(env, source);
  endDef();
  const t = expandHead(env, e.type);
  if (t.desc.kind === "var" && t.level > getLevel()) warn(final.loc, 21, "this statement never returns (or has an unsound type.)");
  checkPartialApplication(true, e);
  lower(env, t);
  return e;
}
