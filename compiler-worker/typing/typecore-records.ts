/** Records and constructors in expressions. */
import type * as Ast from "../syntax/ast.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { beginDef, commit, backtrack, endDef, newConstr, newVar, snapshot } from "./btype.ts";
import { expressionWith } from "./copies.ts";
import { findType, type Env } from "./env.ts";
import { chooseConstructor, chooseLabel, chooseLabels, expectedOwner, type ExpectedOwner } from "./disambiguate.ts";
import { expandHead } from "./expand.ts";
import { isNonexpansive } from "./expansive.ts";
import { generalize, generalizeStructure, instance, instances, limitGeneralization } from "./levels.ts";
import { longidentName } from "./path.ts";
import { printType } from "./print-type.ts";
import { typeExpect, typeExpression, unifyExpression, type InlineRecord } from "./typecore.ts";
import { typeArgument } from "./typecore-apply.ts";
import { checkPolymorphic } from "./typecore-let.ts";
import { instanceConstructor, instanceLabel, labelMismatch } from "./typecore-patterns.ts";
import type * as T from "./typedtree.ts";
import { unify, UnifyError } from "./unify.ts";
import type { FieldUse } from "./usage.ts";
import { warn } from "./warnings.ts";
import type { ConstructorDescription, LabelDescription, TypeExpr } from "./types.ts";

const fail = (loc: Location, message: string): never => {
  throw new CompileError(errorAt(loc, message));
};

// ---------------------------------------------------------------- constructors

type ConstructDesc = Extract<Ast.ExpressionDesc, { kind: "construct" }>;

export function typeConstruct(env: Env, source: Ast.Expression, first: ConstructDesc, expected: TypeExpr, explanation: string): T.Expression {
  // A chain of applications to a last argument (`a :: b :: …`) is followed by a loop.
  interface Frame {
    readonly source: Ast.Expression;
    readonly desc: ConstructDesc;
    readonly constructor: ConstructorDescription;
    readonly before: T.Expression[];
    readonly type: TypeExpr;
    readonly argument: TypeExpr;
  }
  const frames: Frame[] = [];
  let here = source;
  let desc = first;
  let wanted = expected;
  let result: T.Expression;
  for (;;) {
    const { constructor, given, args, type, inline } = startConstruct(env, here, desc, wanted, frames.length === 0 ? explanation : "");
    const last = given[given.length - 1];
    if (last !== undefined && last.desc.kind === "construct" && last.attributes.length === 0 && inline === "rejected") {
      const before = given.slice(0, -1).map((e, i) => typeArgument(env, e, args[i]!, instance(args[i]!)));
      const argument = instance(args[args.length - 1]!);
      frames.push({ source: here, desc, constructor, before, type, argument });
      here = last;
      desc = last.desc;
      wanted = args[args.length - 1]!;
      continue;
    }
    const typed = given.map((e, i) => (inline === "rejected" ? typeArgument(env, e, args[i]!, instance(args[i]!)) : typeExpect(env, e, args[i]!, "", inline)));
    checkPrivate(env, here, constructor, type);
    result = { desc: { kind: "construct", ident: desc.ident, constructor, args: typed }, loc: here.loc, type, env, attributes: here.attributes, extra: [] };
    break;
  }
  while (frames.length > 0) {
    const f = frames.pop()!;
    unifyExpression(env, result.loc, result.type, f.argument);
    checkPrivate(env, f.source, f.constructor, f.type);
    result = { desc: { kind: "construct", ident: f.desc.ident, constructor: f.constructor, args: [...f.before, result] }, loc: f.source.loc, type: f.type, env, attributes: f.source.attributes, extra: [] };
  }
  return result;
}

function checkPrivate(env: Env, source: Ast.Expression, constructor: ConstructorDescription, type: TypeExpr): void {
  if (constructor.private !== "private") return;
  if (constructor.tag.kind === "extension") fail(source.loc, `Cannot use private constructor ${constructor.name} to create values of type ${printType(type)}`);
  fail(source.loc, `Cannot create values of the private type ${printType(expandHead(env, type))}`);
}

function startConstruct(env: Env, source: Ast.Expression, desc: ConstructDesc, expected: TypeExpr, explanation: string): { constructor: ConstructorDescription; given: readonly Ast.Expression[]; args: readonly TypeExpr[]; type: TypeExpr; inline: InlineRecord } {
  const { loc } = source;
  const owner = expectedOwner(env, expected, "variant", "This variant expression is expected to have");
  const constructor = chooseConstructor(env, desc.ident, owner, "build");
  const { argument } = desc;
  const given = argument === undefined ? [] : argument.desc.kind === "tuple" && argument.attributes.length === 0 && (constructor.arity > 1 || constructor.arity === 0) ? argument.desc.components : [argument];
  if (given.length !== constructor.arity) fail(loc, `The constructor ${longidentName(desc.ident.value)} expects ${constructor.arity} argument(s),\n       but is applied here to ${given.length} argument(s)`);
  beginDef();
  const { args, result } = instanceConstructor(constructor);
  endDef();
  generalizeStructure(result);
  for (const a of args) generalizeStructure(a);
  const [type, ...instantiated] = instances([result, ...args]) as [TypeExpr, ...TypeExpr[]];
  unifyExpression(env, loc, type, instance(expected), explanation);
  let inline: InlineRecord = "rejected";
  if (constructor.inlined !== undefined) {
    const kind = given[0]!.desc;
    if (kind.kind === "ident" || (kind.kind === "record" && (kind.base === undefined || kind.base.desc.kind === "ident"))) inline = "required";
    else fail(loc, "This constructor expects an inlined record argument.");
  }
  return { constructor, given, args: instantiated, type, inline };
}

// ---------------------------------------------------------------- records

const EXPRESSION = "This record expression is expected to have";

function labelAccess(env: Env, source: Ast.Expression, ident: Ast.Loc<Ast.Longident>, use: FieldUse): { record: T.Expression; label: LabelDescription } {
  const record = typeExpression(env, source, "allowed");
  const owner = expectedOwner(env, record.type, "record", "This expression has");
  return { record, label: chooseLabel(env, ident, owner, use) };
}

/** `e.l`. */
export function typeFieldAccess(env: Env, source: Ast.Expression, ident: Ast.Loc<Ast.Longident>): { record: T.Expression; label: LabelDescription; type: TypeExpr } {
  const { record, label } = labelAccess(env, source, ident, "read");
  const { field, record: recordType } = instanceLabel(label);
  unifyExpression(env, record.loc, record.type, recordType);
  return { record, label, type: field };
}

/** `e.l <- e'`. */
export function typeSetField(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "setfield" }>): T.ExpressionDesc {
  const { record, label } = labelAccess(env, desc.record, desc.ident, "change");
  const value = typeLabelValue(env, source.loc, desc.ident, label, record.type, desc.value, false);
  unifyExpression(env, record.loc, record.type, instanceLabel(label).record);
  if (label.mutable === "immutable") fail(source.loc, `The record field ${longidentName(desc.ident.value)} is not mutable`);
  return { kind: "setfield", record, ident: desc.ident, label, value };
}

/** The value of a field of a record of a known type. */
function typeLabelValue(env: Env, loc: Location, ident: Ast.Loc<Ast.Longident>, label: LabelDescription, recordType: TypeExpr, source: Ast.Expression, create: boolean): T.Expression {
  beginDef();
  const { field, record, variables } = instanceLabel(label, true);
  try {
    unify(env, record, instance(recordType));
  } catch (e) {
    if (!(e instanceof UnifyError)) throw e;
    fail(ident.loc, labelMismatch(env, e, ident, record, recordType));
  }
  if (label.private === "private") {
    if (create) fail(loc, `Cannot create values of the private type ${printType(recordType)}`);
    else fail(ident.loc, `Cannot assign field ${longidentName(ident.value)} of the private type ${printType(recordType)}`);
  }
  if (variables.length === 0) {
    const typed = typeArgument(env, source, field, instance(field));
    endDef();
    return typed;
  }
  const s = snapshot();
  let first: unknown;
  let typed: T.Expression;
  try {
    typed = typeArgument(env, source, field, instance(field));
    endDef();
    if (!isNonexpansive(typed)) limitGeneralization(env, typed.type);
    generalize(typed.type);
    checkPolymorphic(env, "field value", typed, label.type, variables);
    commit(s);
    return expressionWith(typed, { type: instance(typed.type) });
  } catch (e) {
    if (!(e instanceof CompileError) || typed! === undefined || isNonexpansive(typed)) {
      commit(s);
      throw e;
    }
    first = e;
  }
  // Without the expected type pushed inwards an expansive expression may be general enough.
  backtrack(s);
  try {
    beginDef();
    beginDef();
    const again = typeExpression(env, source);
    endDef();
    limitGeneralization(env, again.type);
    generalize(again.type);
    const value = expressionWith(again, { type: instance(again.type) });
    unifyExpression(env, value.loc, value.type, instance(field));
    endDef();
    generalize(value.type);
    checkPolymorphic(env, "field value", value, label.type, variables);
    return expressionWith(value, { type: instance(value.type) });
  } catch (e) {
    if (!(e instanceof CompileError)) throw e;
    throw e.diagnostic.message.includes("less general") ? e : first;
  }
}

export function typeRecord(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "record" }>, expected: TypeExpr, explanation: string): T.Expression {
  const { loc } = source;
  const base = desc.base === undefined ? undefined : typeExpression(env, desc.base, "allowed");
  const wanted = expectedOwner(env, expected, "record", EXPRESSION);
  let owner: ExpectedOwner | undefined = wanted;
  let type = wanted === undefined ? newVar() : expected;
  if (base !== undefined) {
    const known = expectedOwner(env, base.type, "record", EXPRESSION);
    if (wanted === undefined && known !== undefined) {
      owner = known;
      beginDef();
      type = newConstr(known.path, instances(findType(known.path, env)?.parameters ?? []));
      endDef();
      generalizeStructure(type);
      owner = { ...known, type };
    }
  }
  const labels = chooseLabels(env, loc, desc.fields.map((f) => f.ident), owner, desc.base === undefined, "build");
  const fields = desc.fields.map((f, i) => ({ ident: f.ident, source: f.expression, label: labels[i]! })).sort((a, b) => a.label.position - b.label.position);
  const given = new Map<number, T.RecordField>();
  let duplicate: string | undefined;
  for (const f of fields) {
    const expression = typeLabelValue(env, loc, f.ident, f.label, type, f.source, true);
    if (given.has(f.label.position)) duplicate ??= f.label.name;
    given.set(f.label.position, { kind: "overridden", label: f.label, ident: f.ident, expression });
  }
  unifyExpression(env, loc, instance(type), instance(expected), explanation);
  if (duplicate !== undefined) fail(loc, `The record field label ${duplicate} is defined several times`);
  const { all } = fields[0]!.label;
  if (base !== undefined) {
    const baseType = instance(base.type);
    for (const label of all) {
      const there = instanceLabel(label);
      unifyExpression(env, base.loc, baseType, there.record);
      if (given.has(label.position)) continue;
      const here = instanceLabel(label);
      unifyExpression(env, loc, there.field, here.field);
      unifyExpression(env, loc, instance(expected), here.record);
      given.set(label.position, { kind: "kept", label, type: there.field });
    }
    if (fields.length === all.length) warn(loc, 23, "all the fields are explicitly listed in this record:\nthe 'with' clause is useless.");
  } else {
    const missing = all.filter((l) => !given.has(l.position)).map((l) => l.name);
    if (missing.length > 0) fail(loc, `Some record fields are undefined: ${missing.join(" ")}`);
  }
  return { desc: { kind: "record", fields: all.map((l) => given.get(l.position)!), representation: fields[0]!.label.representation, base }, loc, type: instance(expected), env, attributes: source.attributes, extra: [] };
}
