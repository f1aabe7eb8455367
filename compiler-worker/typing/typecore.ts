/** Typing of expressions: Hindley–Milner with levels, types pushed inwards where they are known. */
import type * as Ast from "../syntax/ast.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { beginDef, beginScope, endDef, fieldKindRepr, getLevel, newType, newVar, repr, rowFieldState } from "./btype.ts";
import { addMethod } from "./class-signatures.ts";
import { expressionWith, ghostly } from "./copies.ts";
import { addExtension, addModuleDeclaration, addType, addValue, findValueByName, freshUid, lookupClass, lookupValue, valueNames, type Env } from "./env.ts";
import { chooseConstructor, levelled } from "./disambiguate.ts";
import { expandHead } from "./expand.ts";
import { isNonexpansive } from "./expansive.ts";
import { createScoped } from "./ident.ts";
import { languageFlags } from "./language-flags.ts";
import { duplicate, generalize, generalizeStructure, instance, instancePoly, isInstanceTooLarge, limitGeneralization } from "./levels.ts";
import { lastOf, longidentName, pathName } from "./path.ts";
import { typeArray, typeBool, typeExn, typeExtensionConstructor, typeInt, typeLazy, typeUnit } from "./predef.ts";
import { printType } from "./print-type.ts";
import * as subst from "./subst.ts";
import { Subst } from "./subst.ts";
import { coerceTypes } from "./typecore-coerce.ts";
import { typeApplication, typeArgument, typePolyArgument, typeStatement } from "./typecore-apply.ts";
import { splitEffects, typeCases, typeComputationCases, typeEffectCase, typeFunction } from "./typecore-cases.ts";
import { formatExpression } from "./typecore-format.ts";
import { typeLetExpression, typeLetop } from "./typecore-let.ts";
import { translateConstant, typeOfConstant } from "./typecore-patterns.ts";
import { typeConstruct, typeFieldAccess, typeRecord, typeSetField } from "./typecore-records.ts";
import { spellingHint } from "./spelling.ts";
import { translateException } from "./typedecl.ts";
import { checkExpressionAttributes } from "./attribute-places.ts";
import { explainMismatch, literalHint } from "./type-errors.ts";
import type * as T from "./typedtree.ts";
import { translateType } from "./typetexp.ts";
import { filterMethod, flattenFields, unify, UnifyError, updateLevel } from "./unify.ts";
import { addTag } from "./unify-rows.ts";
import { watch, watchConstructor } from "./usage.ts";
import { addDelayedCheck, reportDiagnostic, warn, warningSpec, withWarnings } from "./warnings.ts";
import type { Ident, Path, RowDesc, RowFieldCell, TypeDeclaration, TypeExpr, ValueKind } from "./types.ts";

const fail = (loc: Location, message: string): never => {
  throw new CompileError(errorAt(loc, message));
};

// ---------------------------------------------------------------- what the module checker provides

export interface ModuleHooks {
  readonly typeModule: (env: Env, source: Ast.ModuleExpr) => T.ModuleExpr;
  /** Types a module of an expression that is typed at the level `outer`. */
  readonly typeLocalModule: (env: Env, source: Ast.ModuleExpr, outer: number) => T.ModuleExpr;
  /** Checks `module` against a package type; gives the coerced module and the types that the constraints name, as they are at the level `level`. */
  readonly packModule: (env: Env, module: T.ModuleExpr, path: Path, constraints: readonly { readonly path: readonly string[]; readonly type: TypeExpr }[], level: number) => { readonly module: T.ModuleExpr; readonly types: readonly TypeExpr[] };
  readonly openDeclaration: (env: Env, source: Ast.OpenDeclaration) => { declaration: T.OpenDeclaration; env: Env };
}
let hooks: ModuleHooks | undefined;
export function setModuleHooks(h: ModuleHooks): void {
  hooks = h;
}
/** What the class checker provides. */
export interface ClassHooks {
  readonly typeObject: (env: Env, loc: Location, source: Ast.ClassStructure) => { structure: T.ClassStructure; methods: string[]; type: TypeExpr };
  /** The value that is self in the methods of a class. */
  readonly selfPath: (env: Env, classKey: string) => Path;
  /** Notes a coercion of self to the type of the class being defined; false when it is another type. */
  readonly selfCoercion: (path: Path, loc: Location) => boolean;
  /** Self of the innermost class around a method's body. */
  readonly selfValue: (env: Env) => ValueKind | undefined;
}
let classes: ClassHooks | undefined;
export function setClassHooks(h: ClassHooks): void {
  classes = h;
}
export const classHooks = (): ClassHooks => {
  if (classes === undefined) throw new Error("the class checker is not set up");
  return classes;
};
const moduleHooks = (): ModuleHooks => {
  if (hooks === undefined) throw new Error("the module checker is not set up");
  return hooks;
};

// ---------------------------------------------------------------- unification with messages

export function unifyExpression(env: Env, loc: Location, actual: TypeExpr, expected: TypeExpr, explanation = "", literal?: T.Constant): void {
  if (actual === expected) return;
  try {
    unify(env, actual, expected);
  } catch (e) {
    if (!(e instanceof UnifyError)) throw e;
    fail(loc, explainMismatch(env, e, actual, expected, "This expression has type", "but an expression was expected of type") + explanation + (literal === undefined ? "" : literalHint(env, literal, expected)));
  }
}

// ---------------------------------------------------------------- expressions

/** Whether an expression may be the record of an inline constructor: such a value must not get around by itself. */
export type InlineRecord = "allowed" | "required" | "rejected";

export function typeExpression(env: Env, source: Ast.Expression, inline: InlineRecord = "rejected"): T.Expression {
  return typeExpect(env, source, newVar(), "", inline);
}

/** Types an expression where a value of the expected type is wanted. The expected type may have generic structure. */
export function typeExpect(env: Env, source: Ast.Expression, expected: TypeExpr, explanation = "", inline: InlineRecord = "rejected", outer?: FunctionContext): T.Expression {
  return source.attributes.length === 0 ? typeDesc(env, source, expected, explanation, inline, outer) : typeAttributed(env, source, expected, explanation, inline, outer);
}
function typeAttributed(env: Env, source: Ast.Expression, expected: TypeExpr, explanation: string, inline: InlineRecord, outer: FunctionContext | undefined): T.Expression {
  return withWarnings(warningSpec(source.attributes), () => {
    checkExpressionAttributes(source);
    return typeDesc(env, source, expected, explanation, inline, outer);
  });
}

/** The function that an expression is the body of: where too many parameters are reported. */
export interface FunctionContext {
  readonly loc: Location;
  readonly type: TypeExpr;
}

// What `typeDesc` does for each kind makes no closures that need its variables: they would be allocated for every expression.

function make(env: Env, source: Ast.Expression, desc: T.ExpressionDesc, type: TypeExpr): T.Expression {
  return { desc, loc: source.loc, type, env, attributes: source.attributes, extra: NO_EXTRA };
}
const NO_EXTRA: readonly T.ExpressionExtra[] = [];
/** For a node whose type is known: it must be the expected one. */
function known(env: Env, source: Ast.Expression, expected: TypeExpr, explanation: string, desc: T.ExpressionDesc, type: TypeExpr): T.Expression {
  unifyExpression(env, source.loc, type, instance(expected), explanation);
  return make(env, source, desc, type);
}

function typeDesc(env: Env, source: Ast.Expression, expected: TypeExpr, explanation: string, inline: InlineRecord, outer: FunctionContext | undefined): T.Expression {
  const { desc, loc } = source;
  switch (desc.kind) {
    case "ident": {
      const { path, data } = lookupValue(desc.ident.loc, desc.ident.value, env);
      // In a branch with equations the types of variables get nodes of their own, which the equations may mark.
      const type = instance(env.localEquations && path.kind === "ident" ? duplicate(data.type) : data.type);
      if (isInstanceTooLarge()) fail(desc.ident.loc, "The type of this value is too large");
      if (inline !== "allowed") {
        const t = repr(type);
        const isInline = t.desc.kind === "constr" && t.desc.path.kind === "inlineRecord";
        if (isInline ? inline === "rejected" : inline === "required" && (t.desc.kind === "var" || t.desc.kind === "constr")) fail(desc.ident.loc, "This form is not allowed as the type of the inlined record could escape its scope");
      }
      const { valueKind } = data;
      switch (valueKind.kind) {
        case "instanceVariable":
          return known(env, source, expected, explanation, { kind: "instvar", self: classHooks().selfPath(env, valueKind.classKey), variable: path, name: longidentName(desc.ident.value) }, type);
        case "self":
          return known(env, source, expected, explanation, { kind: "ident", path: classHooks().selfPath(env, valueKind.classKey), ident: desc.ident, description: data }, type);
        case "unbound": {
          const name = longidentName(desc.ident.value);
          if (valueKind.what === "instance variable") return fail(desc.ident.loc, `The instance variable ${name}\ncannot be accessed from the definition of another instance variable`);
          return fail(desc.ident.loc, `The ${valueKind.what} variable ${name}\ncannot be accessed from the definition of an instance variable`);
        }
        case "ancestor":
          addDelayedCheck(() => {
            if (!selecting.has(source)) reportDiagnostic(errorAt(source.loc, "Ancestor names can only be used to select inherited methods"));
          });
          return known(env, source, expected, explanation, { kind: "ident", path, ident: desc.ident, description: data }, type);
        default:
          return known(env, source, expected, explanation, { kind: "ident", path, ident: desc.ident, description: data }, type);
      }
    }
    case "constant": {
      if (desc.constant.kind === "string") {
        const wanted = expandHead(env, expected);
        if (wanted.desc.kind === "constr" && lastOf(wanted.desc.path) === "format6" && pathName(wanted.desc.path).startsWith("CamlinternalFormatBasics")) {
          const format = typeExpect(env, formatExpression(desc.constant.value, loc), expected);
          return expressionWith(format, { loc });
        }
      }
      const constant = translateConstant(desc.constant, loc);
      const type = typeOfConstant(constant);
      unifyExpression(env, loc, type, instance(expected), explanation, constant);
      return make(env, source, { kind: "constant", constant }, type);
    }
    case "let":
      return typeLetExpression(env, source, desc, expected, explanation, inline);
    case "function":
      return typeFunction(env, source, desc, expected, outer);
    case "apply":
      return typeApplication(env, source, desc, expected, explanation);
    case "match":
      return typeMatchExpression(env, source, desc, expected, explanation);
    case "try":
      return typeTry(env, source, desc, expected, explanation);
    case "tuple":
      return typeTuple(env, source, desc, expected, explanation);
    case "construct":
      return typeConstruct(env, source, desc, expected, explanation);
    case "variant":
      return typeVariant(env, source, desc, expected, explanation);
    case "record":
      return typeRecord(env, source, desc, expected, explanation);
    case "field": {
      const { record, label, type } = typeFieldAccess(env, desc.record, desc.ident);
      return known(env, source, expected, explanation, { kind: "field", record, ident: desc.ident, label }, type);
    }
    case "setfield":
      return known(env, source, expected, explanation, typeSetField(env, source, desc), typeUnit());
    case "array":
      return typeArrayLiteral(env, source, desc, expected, explanation);
    case "ifthenelse":
      return typeConditional(env, source, desc, expected, explanation);
    case "sequence":
      return typeSequence(env, source, desc, expected, explanation);
    case "while": {
      const condition = typeExpect(env, desc.condition, typeBool(), "\n       because it is in the condition of a while-loop");
      const body = typeStatement(env, desc.body);
      return known(env, source, expected, explanation, { kind: "while", condition, body }, typeUnit());
    }
    case "for":
      return typeFor(env, source, desc, expected, explanation);
    case "constraint": {
      beginDef();
      const annotated = translateType(env, desc.type);
      endDef();
      generalizeStructure(annotated);
      const target = repr(annotated);
      if (target.desc.kind === "poly") {
        const expression = typePolyArgument(env, desc.expression, target, "definition");
        unifyExpression(env, loc, instancePoly(target.desc.variables, target.desc.body).body, instance(expected), explanation);
        return expression;
      }
      const expression = typeArgument(env, desc.expression, annotated, instance(annotated));
      const type = instance(annotated);
      unifyExpression(env, loc, type, instance(expected), explanation);
      return expressionWith(expression, { type, extra: [...expression.extra, { kind: "constraint", type: desc.type, loc }] });
    }
    case "coerce": {
      const { expression, to } = coerceTypes(env, loc, desc);
      unifyExpression(env, loc, to, instance(expected), explanation);
      return expressionWith(expression, { type: to, extra: [...expression.extra, { kind: "coerce", from: desc.from, to: desc.to, loc }] });
    }
    case "send":
      return typeSend(env, source, desc, expected, explanation);
    case "new": {
      const { path, data } = lookupClass(desc.ident.loc, desc.ident.value, env);
      if (data.new === undefined) return fail(loc, `Cannot instantiate the virtual class ${longidentName(desc.ident.value)}`);
      return known(env, source, expected, explanation, { kind: "new", path, ident: desc.ident }, instance(data.new));
    }
    case "setinstvar": {
      const name = desc.name.value;
      const found = findValueByName(name, env);
      if (found === undefined) return fail(loc, `Unbound instance variable ${name}${spellingHint(name, instanceVariables(env))}`);
      const { valueKind } = found.data;
      if (valueKind.kind === "unbound") return fail(loc, `The instance variable ${name}\ncannot be accessed from the definition of another instance variable`);
      if (valueKind.kind !== "instanceVariable") return fail(loc, `The value ${name} is not an instance variable`);
      if (valueKind.mutable === "immutable") return fail(loc, `The instance variable ${name} is not mutable`);
      const value = typeExpect(env, desc.value, instance(found.data.type));
      return known(env, source, expected, explanation, { kind: "setinstvar", self: classHooks().selfPath(env, valueKind.classKey), variable: found.path, name, value }, typeUnit());
    }
    case "override":
      return typeOverride(env, source, desc, expected, explanation);
    case "letmodule":
      return typeLetModule(env, source, desc, expected, explanation);
    case "letexception":
      return typeLetException(env, source, desc, expected, explanation);
    case "assert": {
      const { condition } = desc;
      const typed = typeExpect(env, condition, typeBool(), "\n       because it is in the condition of an assertion");
      // `assert false` has every type.
      if (typed.desc.kind === "construct" && typed.desc.constructor.name === "false") return make(env, source, { kind: "assert", condition: typed, loc }, instance(expected));
      if (languageFlags.withoutAssertions) return typeExpect(env, { ...source, desc: { kind: "construct", ident: { value: { kind: "ident", name: "()" }, loc }, argument: undefined } }, expected, explanation);
      return known(env, source, expected, explanation, { kind: "assert", condition: typed, loc }, typeUnit());
    }
    case "lazy": {
      const inner = newVar();
      const type = levelled(typeLazy(inner));
      unifyExpression(env, loc, type, instance(expected), explanation);
      return make(env, source, { kind: "lazy", expression: typeExpect(env, desc.expression, inner) }, type);
    }
    case "poly":
      return typeExpect(env, desc.expression, expected);
    case "object": {
      const { structure, methods, type } = classHooks().typeObject(env, loc, desc.structure);
      return known(env, source, expected, explanation, { kind: "object", structure, methods }, type);
    }
    case "newtype":
      return typeNewtypeFunction(env, source, desc, expected, outer);
    case "pack": {
      const wanted = expandHead(env, expected);
      if (wanted.desc.kind !== "package") {
        if (wanted.desc.kind === "var") return fail(loc, "The signature for this packaged module couldn't be inferred.");
        return fail(loc, `This expression is packed module, but the expected type is\n       ${printType(expected)}`);
      }
      const { path, constraints } = wanted.desc;
      const level = getLevel();
      // The module's own types may not leave it: where they would, they are expanded.
      beginDef();
      const module = moduleHooks().typeModule(env, desc.module);
      const packed = moduleHooks().packModule(env, module, path, constraints, level);
      endDef();
      const type = newType({ kind: "package", path, constraints: constraints.map((c, i) => ({ path: c.path, type: packed.types[i]! })) });
      return known(env, source, expected, explanation, { kind: "pack", module: packed.module }, type);
    }
    case "open": {
      const structure = desc.declaration.module.desc.kind !== "ident";
      // Types of a structure that is opened may not leave the expression.
      const type = structure ? newVar() : expected;
      if (structure) beginDef();
      const { declaration, env: inner } = moduleHooks().openDeclaration(env, desc.declaration);
      const body = typeExpect(inner, desc.body, expected, explanation);
      if (structure) {
        endDef();
        unifyExpression(inner, loc, body.type, type);
      }
      return make(env, source, { kind: "open", declaration, body }, body.type);
    }
    case "letop":
      return typeLetop(env, source, desc, expected);
    case "extension": {
      const name = desc.extension.name.value;
      if (name === "ocaml.extension_constructor" || name === "extension_constructor") {
        const { payload } = desc.extension;
        const item = payload.kind === "structure" ? payload.items[0] : undefined;
        if (item?.desc.kind === "eval" && item.desc.expression.desc.kind === "construct") {
          const { ident } = item.desc.expression.desc;
          const c = chooseConstructor(env, ident, undefined, "build");
          if (c.tag.kind !== "extension") return fail(ident.loc, "This constructor is not an extension constructor.");
          if (c.tag.kind === "extension") return known(env, source, expected, explanation, { kind: "extensionConstructor", path: c.tag.path }, typeExtensionConstructor());
        }
        return fail(loc, "Invalid [%extension_constructor] payload, a constructor is expected.");
      }
      return fail(desc.extension.name.loc, `Uninterpreted extension '${name}'.`);
    }
    case "unreachable":
      return make(env, source, { kind: "unreachable" }, instance(expected));
    case "error":
      return make(env, source, { kind: "unreachable" }, instance(expected));
  }
}

function typeMatchExpression(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "match" }>, expected: TypeExpr, explanation: string): T.Expression {
  const { loc } = source;
  beginDef();
  const scrutinee = typeExpression(env, desc.scrutinee);
  endDef();
  if (!isNonexpansive(scrutinee)) limitGeneralization(env, scrutinee.type);
  generalize(scrutinee.type);
  const { values, effects } = splitEffects(desc.cases);
  const { cases, partial } = typeComputationCases(env, values, scrutinee.type, expected, loc, explanation);
  const typedEffects = effects.map((c) => typeEffectCase(env, c, expected));
  return make(env, source, { kind: "match", scrutinee, cases, effects: typedEffects, partial }, instance(expected));
}

function typeTry(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "try" }>, expected: TypeExpr, explanation: string): T.Expression {
  const { loc } = source;
  const body = typeExpect(env, desc.body, expected, explanation);
  const { values, effects } = splitEffects(desc.cases);
  const { cases } = typeCases(env, values, typeExn(), expected, { loc, total: false }, explanation);
  return make(env, source, { kind: "try", body, cases, effects: effects.map((c) => typeEffectCase(env, c, expected)) }, body.type);
}

function typeTuple(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "tuple" }>, expected: TypeExpr, explanation: string): T.Expression {
  const { loc } = source;
  const types = desc.components.map(() => newVar());
  const tuple = newType({ kind: "tuple", components: types });
  unifyExpression(env, loc, tuple, instance(expected), explanation);
  return make(env, source, { kind: "tuple", components: desc.components.map((c, i) => typeExpect(env, c, types[i]!)) }, tuple);
}

function typeVariant(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "variant" }>, expected: TypeExpr, explanation: string): T.Expression {
  // The argument's type may be known from the expected one.
  const wanted = expandHead(env, expected);
  if (desc.argument !== undefined && wanted.desc.kind === "variant") {
    const field = findTag(wanted.desc.row, desc.label);
    const state = field === undefined ? undefined : rowFieldState(field);
    if (state?.kind === "present" && state.argument !== undefined) {
      const argument = typeArgument(env, desc.argument, state.argument, instance(state.argument));
      return make(env, source, { kind: "variant", label: desc.label, argument }, instance(expected));
    }
  }
  if (desc.argument === undefined) {
    const type = instance(expected);
    if (addTag(env, type, desc.label, { state: { kind: "present", argument: undefined } }) !== undefined) return make(env, source, { kind: "variant", label: desc.label, argument: undefined }, type);
  }
  const argument = desc.argument === undefined ? undefined : typeExpression(env, desc.argument);
  if (argument !== undefined) {
    const type = instance(expected);
    if (addsTag(env, type, desc.label, argument.type)) return make(env, source, { kind: "variant", label: desc.label, argument }, type);
  }
  const row = { fields: [{ label: desc.label, field: { state: { kind: "present" as const, argument: argument?.type } } }], more: newVar(), closed: false, fixed: undefined, name: undefined };
  return known(env, source, expected, explanation, { kind: "variant", label: desc.label, argument }, newType({ kind: "variant", row }));
}

/** A tag of a row, which may go on in other rows: those of thousands of tags are not put together for each. */
function findTag(row: RowDesc, label: string): RowFieldCell | undefined {
  for (let r = row; ; ) {
    for (const f of r.fields) if (f.label === label) return f.field;
    const more = repr(r.more);
    if (more.desc.kind !== "variant") return undefined;
    r = more.desc.row;
  }
}

/** Adds a tag with an argument at the end of an open row. What the row cannot take is left to unification, which tells why. */
function addsTag(env: Env, type: TypeExpr, label: string, argument: TypeExpr): boolean {
  try {
    return addTag(env, type, label, { state: { kind: "present", argument } }) !== undefined;
  } catch (e) {
    if (e instanceof UnifyError) return false;
    throw e;
  }
}

function typeArrayLiteral(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "array" }>, expected: TypeExpr, explanation: string): T.Expression {
  const { loc } = source;
  const element = newVar();
  const type = levelled(typeArray(element));
  unifyExpression(env, loc, type, instance(expected), explanation);
  return make(env, source, { kind: "array", elements: desc.elements.map((e) => typeExpect(env, e, element)) }, type);
}

function typeSequence(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "sequence" }>, expected: TypeExpr, explanation: string): T.Expression {
  const last = desc.expressions.length - 1;
  const before = desc.expressions.slice(0, last).map((e) => typeStatement(env, e));
  const final = typeExpect(env, desc.expressions[last]!, expected, explanation);
  return make(env, source, { kind: "sequence", expressions: [...before, final] }, final.type);
}

function typeFor(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "for" }>, expected: TypeExpr, explanation: string): T.Expression {
  const { loc } = source;
  const from = typeExpect(env, desc.from, typeInt(), "\n       because it is in a for-loop start index");
  const to = typeExpect(env, desc.to, typeInt(), "\n       because it is in a for-loop stop index");
  const name = desc.pattern.desc.kind === "var" ? desc.pattern.desc.name.value : desc.pattern.desc.kind === "any" ? "_for" : fail(desc.pattern.loc, "for-loop index must be a variable or _");
  const id = createScoped(name, 0);
  const inner = addValue(id, { type: typeInt(), valueKind: { kind: "regular" }, loc: desc.pattern.desc.kind === "any" ? ghostly(loc) : loc, attributes: [], uid: freshUid() }, env, { unused: 35 });
  const body = typeStatement(inner, desc.body);
  return known(env, source, expected, explanation, { kind: "for", id, from, to, direction: desc.direction, body }, typeUnit());
}

function typeOverride(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "override" }>, expected: TypeExpr, explanation: string): T.Expression {
  const { loc } = source;
  const self = classHooks().selfValue(env);
  if (self?.kind !== "self") return fail(loc, "This object duplication occurs outside a method definition");
  const seen = new Set<string>();
  for (const f of desc.fields) {
    if (seen.has(f.name.value)) fail(loc, `The instance variable ${f.name.value} is overridden several times`);
    seen.add(f.name.value);
  }
  const fields = desc.fields.map((f) => {
    const name = f.name.value;
    const id = self.variables.get(name);
    const variable = self.signature.variables.get(name);
    if (id === undefined || variable === undefined) return fail(loc, `Unbound instance variable ${name}${spellingHint(name, self.variables.keys())}`);
    return { id, name, expression: typeExpect(env, f.expression, instance(variable.type)) };
  });
  return known(env, source, expected, explanation, { kind: "override", self: classHooks().selfPath(env, self.classKey), fields }, self.signature.self);
}

function typeLetModule(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "letmodule" }>, expected: TypeExpr, explanation: string): T.Expression {
  const { loc } = source;
  const type = newVar();
  const outer = getLevel();
  beginDef();
  const module = moduleHooks().typeLocalModule(env, desc.module, outer);
  const id = desc.name.value === undefined ? undefined : createScoped(desc.name.value, beginScope());
  const uid = freshUid();
  if (id !== undefined) watch(uid, id.name, desc.name.loc, 60, "unused module");
  const inner = id === undefined ? env : addModuleDeclaration(id, { type: module.type, attributes: [], loc: desc.name.loc, uid }, env);
  const body = typeExpect(inner, desc.body, expected, explanation);
  endDef();
  // Types of the local module may not leave it.
  try {
    unify(inner, body.type, type);
  } catch (e) {
    if (!(e instanceof UnifyError)) throw e;
    fail(loc, explainMismatch(inner, e, body.type, type, "This expression has type", "but an expression was expected of type"));
  }
  return make(env, source, { kind: "letmodule", id, presence: "present", module, body }, type);
}

function typeLetException(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "letexception" }>, expected: TypeExpr, explanation: string): T.Expression {
  const { id, constructor, rebind } = translateException(env, { constructor: desc.constructor, loc: desc.constructor.loc, attributes: [] });
  watchConstructor(constructor.uid, id.name, constructor.loc, false, 38, "exception");
  const inner = addExtension(id, constructor, env);
  const body = typeExpect(inner, desc.body, expected, explanation);
  const definition = rebind === undefined ? ({ kind: "declaration" } as const) : ({ kind: "rebind", path: rebind } as const);
  return make(env, source, { kind: "letexception", constructor: { id, name: id.name, type: constructor, definition, loc: desc.constructor.loc }, body }, body.type);
}

function typeNewtypeFunction(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "newtype" }>, expected: TypeExpr, outer: FunctionContext | undefined): T.Expression {
  return typeNewtype(env, source.loc, desc.name, expected, (inner, type) => typeExpect(inner, desc.body, type, "", "rejected", outer));
}

function typeConditional(env: Env, source: Ast.Expression, first: Extract<Ast.ExpressionDesc, { kind: "ifthenelse" }>, expected: TypeExpr, explanation: string): T.Expression {
  // `if … else if …` can be long: a loop.
  const frames: { source: Ast.Expression; condition: T.Expression; then: T.Expression }[] = [];
  let here = source;
  let desc = first;
  let last: T.Expression;
  for (;;) {
    const condition = typeExpect(env, desc.condition, typeBool(), "\n       because it is in the condition of an if-statement");
    if (desc.else === undefined) {
      const then = typeExpect(env, desc.then, typeUnit(), "\n       because it is in the result of a conditional with no else branch");
      unifyExpression(env, here.loc, then.type, instance(expected), explanation);
      last = { desc: { kind: "ifthenelse", condition, then, else: undefined }, loc: here.loc, type: then.type, env, attributes: here.attributes, extra: [] };
      break;
    }
    const then = typeExpect(env, desc.then, expected, explanation);
    frames.push({ source: here, condition, then });
    if (desc.else.desc.kind === "ifthenelse" && desc.else.attributes.length === 0) {
      here = desc.else;
      desc = desc.else.desc;
      continue;
    }
    last = typeExpect(env, desc.else, expected, explanation);
    break;
  }
  while (frames.length > 0) {
    const { source: at, condition, then } = frames.pop()!;
    // The branches have one type even when the expected one has variables of its own for each.
    unifyExpression(env, last.loc, last.type, then.type, explanation);
    last = { desc: { kind: "ifthenelse", condition, then, else: last }, loc: at.loc, type: then.type, env, attributes: at.attributes, extra: [] };
  }
  return last;
}

/** `fun (type a) -> e`: a is abstract in e, and a variable in the type of the whole. */
export function typeNewtype(env: Env, loc: Location, name: Ast.Loc<string>, expected: TypeExpr, body: (env: Env, type: TypeExpr) => T.Expression): T.Expression {
  const result = newVar();
  beginDef();
  const id = createScoped(name.value, getLevel());
  const declaration = newtypeDeclaration(name.loc);
  watch(declaration.uid, name.value, loc, 34, "unused type");
  const inner = addType(id, declaration, env);
  const typed = body(inner, newVar());
  const replaced = replaceNewtypes(typed.type, [id], [newVar(name.value)]);
  endDef();
  try {
    updateLevel(inner, replaced, getLevel());
  } catch (e) {
    if (!(e instanceof UnifyError)) throw e;
    fail(typed.loc, explainMismatch(inner, e, replaced, result, "This expression has type", "but an expression was expected of type"));
  }
  unifyExpression(env, loc, replaced, instance(expected));
  return expressionWith(typed, { type: replaced, extra: [...typed.extra, { kind: "newtype", name: name.value, loc: name.loc }] });
}

export function newtypeDeclaration(loc: Location): TypeDeclaration {
  return { parameters: [], arity: 0, kind: { kind: "abstract", origin: "definition" }, private: "public", manifest: undefined, variance: [], separability: [], isNewtype: true, expansionScope: 0, loc, attributes: [], immediate: "unknown", unboxed: false, uid: freshUid() };
}

export function replaceNewtypes(type: TypeExpr, ids: readonly Ident[], variables: readonly TypeExpr[]): TypeExpr {
  const s = new Subst();
  ids.forEach((id, i) => s.addTypeFunction(id, [], variables[i]!));
  return subst.typeExpr(s, type);
}

function* instanceVariables(env: Env): Generator<string> {
  for (const name of valueNames(env)) if (findValueByName(name, env)?.data.valueKind.kind === "instanceVariable") yield name;
}

/** Names of ancestors that stand before a method. */
const selecting = new WeakSet<Ast.Expression>();

/** `e#m`: a method of self is known by identifier, one of an ancestor is called directly, others are looked up in the object. */
function typeSend(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "send" }>, expected: TypeExpr, explanation: string): T.Expression {
  const { loc } = source;
  const name = desc.method.value;
  const object = typeExpression(env, desc.object);
  const kind = object.desc.kind === "ident" ? object.desc.description.valueKind : undefined;
  let method: T.Method;
  let type: TypeExpr;
  if (kind?.kind === "self") {
    let id = kind.methods.get(name);
    if (id === undefined) {
      const unknown = (): string => `This expression has type ${printType(object.type)}\n       It has no method ${name}`;
      if (!kind.open) return fail(desc.object.loc, unknown() + spellingHint(name, kind.methods.keys()));
      const failure = addMethod(env, name, "private", "virtual", newVar(), kind.signature);
      if (failure !== undefined) return fail(desc.object.loc, unknown());
      id = createScoped(name, 0);
      kind.methods.set(name, id);
      warn(loc, 17, `the virtual method ${name} is not declared.`);
    }
    method = { kind: "self", id, name };
    type = kind.signature.methods.get(name)!.type;
  } else if (kind?.kind === "ancestor") {
    selecting.add(desc.object);
    const id = kind.methods.get(name);
    const known = kind.signature.methods.get(name);
    if (id === undefined || known === undefined) return fail(desc.object.loc, `This expression has no method ${name}${spellingHint(name, kind.methods.keys())}`);
    method = { kind: "ancestor", id, self: classHooks().selfPath(env, kind.classKey), name };
    type = known.type;
  } else {
    const found = filterMethod(env, object.type, name);
    if (found === undefined) {
      const head = expandHead(env, object.type);
      const known = head.desc.kind === "object" ? [...flattenFields(head.desc.fields).fields.values()].filter((f) => fieldKindRepr(f.fieldKind).state === "public").map((f) => f.name) : [];
      const second = head.desc.kind === "object" ? `It has no method ${name}${spellingHint(name, known)}` : `It is not an object; it has no method ${name}`;
      return fail(desc.object.loc, `This expression has type ${printType(object.type)}\n       ${second}`);
    }
    method = { kind: "name", name };
    type = found;
  }
  const m = repr(type);
  let result: TypeExpr;
  if (m.desc.kind === "poly") result = instancePoly(m.desc.variables, m.desc.body, false, false).body;
  else if (m.desc.kind === "var") {
    result = newVar();
    unify(env, m, newType({ kind: "poly", body: result, variables: [] }));
  } else result = m;
  unifyExpression(env, loc, result, instance(expected), explanation);
  return { desc: { kind: "send", object, method }, loc, type: result, env, attributes: source.attributes, extra: [] };
}

