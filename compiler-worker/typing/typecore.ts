/** Typing of expressions: Hindley–Milner with levels, types pushed inwards where they are known. */
import type * as Ast from "../syntax/ast.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { beginDef, endDef, fieldKindRepr, getLevel, isCommutable, labelName, newArrow, newConstr, newType, newVar, prefixedLabel, repr, rowFieldState, rowRepr, sameLabel } from "./btype.ts";
import { addMethod } from "./class-signatures.ts";
import { addExtension, addModuleDeclaration, addType, addValue, findValueByName, freshUid, lookupClass, lookupValue, valueNames, type Env } from "./env.ts";
import { expandHead, extractConcrete } from "./expand.ts";
import { isNonexpansive } from "./expansive.ts";
import { createScoped } from "./ident.ts";
import { generalize, generalizeExpansive, instance, instancePoly } from "./levels.ts";
import { longidentName, lastOf, pathName, pident, samePath } from "./path.ts";
import { isPartial } from "./parmatch.ts";
import { PATHS, typeArray, typeBool, typeExn, typeExtensionConstructor, typeInt, typeLazy, typeOption, typeUnit } from "./predef.ts";
import { printPath, printType } from "./print-type.ts";
import * as subst from "./subst.ts";
import { Subst } from "./subst.ts";
import { formatExpression } from "./typecore-format.ts";
import { addPatternVariables, chooseConstructor, chooseLabels, instanceConstructor, instanceLabel, mentionsGadt, translateConstant, typeOfConstant, typePattern, type PatternState, type PatternVariable } from "./typecore-patterns.ts";
import { spellingHint } from "./spelling.ts";
import { subtype } from "./subtype.ts";
import { translateException } from "./typedecl.ts";
import { explainMismatch } from "./type-errors.ts";
import type * as T from "./typedtree.ts";
import { translatePoly, translateType } from "./typetexp.ts";
import { filterArrow, filterMethod, flattenFields, tryUnify, unify, UnifyError, type Equations } from "./unify.ts";
import { warn, withWarnings } from "./warnings.ts";
import type { Ident, LabelDescription, Path, TypeDeclaration, TypeExpr, ValueKind } from "./types.ts";

const fail = (loc: Location, message: string): never => {
  throw new CompileError(errorAt(loc, message));
};

// ---------------------------------------------------------------- what the module checker provides

export interface ModuleHooks {
  readonly typeModule: (env: Env, source: Ast.ModuleExpr) => T.ModuleExpr;
  /** Checks `module` against a package type and gives the coerced module. */
  readonly packModule: (env: Env, loc: Location, module: T.ModuleExpr, path: Path, constraints: readonly { readonly path: readonly string[]; readonly type: TypeExpr }[]) => T.ModuleExpr;
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
  /** Self of the innermost class around a method's body. */
  readonly selfValue: (env: Env) => ValueKind | undefined;
}
let classes: ClassHooks | undefined;
export function setClassHooks(h: ClassHooks): void {
  classes = h;
}
const classHooks = (): ClassHooks => {
  if (classes === undefined) throw new Error("the class checker is not set up");
  return classes;
};
const moduleHooks = (): ModuleHooks => {
  if (hooks === undefined) throw new Error("the module checker is not set up");
  return hooks;
};

// ---------------------------------------------------------------- unification with messages

function unifyExpression(env: Env, loc: Location, actual: TypeExpr, expected: TypeExpr, explanation = ""): void {
  try {
    unify(env, actual, expected);
  } catch (e) {
    if (!(e instanceof UnifyError)) throw e;
    fail(loc, explainMismatch(env, e, actual, expected, "This expression has type", "but an expression was expected of type") + explanation);
  }
}

function levelled(type: TypeExpr): TypeExpr {
  type.level = getLevel();
  return type;
}

function warningSpec(attributes: Ast.Attributes): string | undefined {
  for (const a of attributes) {
    if (a.name.value !== "warning" && a.name.value !== "ocaml.warning") continue;
    if (a.payload.kind === "structure" && a.payload.items.length === 1) {
      const item = a.payload.items[0]!;
      if (item.desc.kind === "eval" && item.desc.expression.desc.kind === "constant" && item.desc.expression.desc.constant.kind === "string") return item.desc.expression.desc.constant.value;
    }
  }
  return undefined;
}

// ---------------------------------------------------------------- expressions

export function typeExpression(env: Env, source: Ast.Expression): T.Expression {
  return typeExpect(env, source, newVar());
}

/** Types an expression where a value of the expected type is wanted. */
export function typeExpect(env: Env, source: Ast.Expression, expected: TypeExpr, explanation = ""): T.Expression {
  const spec = source.attributes.length === 0 ? undefined : warningSpec(source.attributes);
  return spec === undefined ? typeDesc(env, source, expected, explanation) : withWarnings(spec, () => typeDesc(env, source, expected, explanation));
}

function typeDesc(env: Env, source: Ast.Expression, expected: TypeExpr, explanation: string): T.Expression {
  const { desc, loc } = source;
  const make = (d: T.ExpressionDesc, type: TypeExpr): T.Expression => ({ desc: d, loc, type, env, attributes: source.attributes, extra: [] });
  /** For a node whose type is known: it must be the expected one. */
  const known = (d: T.ExpressionDesc, type: TypeExpr): T.Expression => {
    unifyExpression(env, loc, type, expected, explanation);
    return make(d, expected);
  };
  switch (desc.kind) {
    case "ident": {
      const { path, data } = lookupValue(desc.ident.loc, desc.ident.value, env);
      const type = instance(data.type);
      const { valueKind } = data;
      switch (valueKind.kind) {
        case "instanceVariable":
          return known({ kind: "instvar", self: classHooks().selfPath(env, valueKind.classKey), variable: path, name: longidentName(desc.ident.value) }, type);
        case "self":
          return known({ kind: "ident", path: classHooks().selfPath(env, valueKind.classKey), ident: desc.ident, description: data }, type);
        case "unbound": {
          const name = longidentName(desc.ident.value);
          if (valueKind.what === "instance variable") return fail(desc.ident.loc, `The instance variable ${name}\ncannot be accessed from the definition of another instance variable`);
          return fail(desc.ident.loc, `The ${valueKind.what} variable ${name}\ncannot be accessed from the definition of an instance variable`);
        }
        default:
          return known({ kind: "ident", path, ident: desc.ident, description: data }, type);
      }
    }
    case "constant": {
      if (desc.constant.kind === "string") {
        const wanted = expandHead(env, expected);
        if (wanted.desc.kind === "constr" && lastOf(wanted.desc.path) === "format6" && pathName(wanted.desc.path).startsWith("CamlinternalFormatBasics")) {
          const format = typeExpect(env, formatExpression(desc.constant.value, loc), expected);
          return { ...format, loc };
        }
      }
      const constant = translateConstant(desc.constant, loc);
      return known({ kind: "constant", constant }, typeOfConstant(constant));
    }
    case "let":
      return typeLetExpression(env, source, desc, expected);
    case "function":
      return typeFunction(env, source, desc, expected);
    case "apply":
      return typeApply(env, source, desc, expected, explanation);
    case "match": {
      beginDef();
      const scrutinee = typeExpression(env, desc.scrutinee);
      endDef();
      if (isNonexpansive(scrutinee)) generalizeStructureOf(scrutinee.type);
      const { values, effects } = splitEffects(desc.cases);
      const cases = typeComputationCases(env, values, scrutinee.type, expected);
      const typedEffects = effects.map((c) => typeEffectCase(env, c, expected));
      const valueCases = cases.flatMap((c) => (c.pattern.kind === "value" ? [{ pattern: c.pattern.pattern, guard: c.guard }] : orValues(c.pattern).map((pattern) => ({ pattern, guard: c.guard }))));
      const partial = isPartial(env, scrutinee.type, valueCases, loc);
      return make({ kind: "match", scrutinee, cases, effects: typedEffects, partial }, expected);
    }
    case "try": {
      const body = typeExpect(env, desc.body, expected);
      const { values, effects } = splitEffects(desc.cases);
      const cases = typeCases(env, values, typeExn(), expected);
      return make({ kind: "try", body, cases, effects: effects.map((c) => typeEffectCase(env, c, expected)) }, expected);
    }
    case "tuple": {
      const types = desc.components.map(() => newVar());
      const wanted = expandHead(env, expected);
      if (wanted.desc.kind === "tuple" && wanted.desc.components.length === types.length) wanted.desc.components.forEach((c, i) => (types[i] = c));
      else unifyExpression(env, loc, newType({ kind: "tuple", components: types }), expected, explanation);
      return make({ kind: "tuple", components: desc.components.map((c, i) => typeExpect(env, c, types[i]!)) }, expected);
    }
    case "construct":
      return typeConstruct(env, source, desc, expected, explanation);
    case "variant": {
      const wanted = expandHead(env, expected);
      if (wanted.desc.kind === "variant") {
        const field = rowRepr(wanted.desc.row).fields.find((f) => f.label === desc.label);
        const state = field === undefined ? undefined : rowFieldState(field.field);
        if (desc.argument !== undefined && state?.kind === "present" && state.argument !== undefined) {
          const argument = typeExpect(env, desc.argument, state.argument);
          return make({ kind: "variant", label: desc.label, argument }, expected);
        }
      }
      const argument = desc.argument === undefined ? undefined : typeExpression(env, desc.argument);
      const row = { fields: [{ label: desc.label, field: { state: { kind: "present" as const, argument: argument?.type } } }], more: newVar(), closed: false, fixed: undefined, name: undefined };
      return known({ kind: "variant", label: desc.label, argument }, newType({ kind: "variant", row }));
    }
    case "record":
      return typeRecord(env, source, desc, expected, explanation);
    case "field": {
      const { record, label } = typeLabelAccess(env, desc.record, desc.ident);
      const { field, record: recordType } = instanceLabel(label);
      unifyExpression(env, desc.record.loc, record.type, recordType);
      const type = openPoly(field);
      return known({ kind: "field", record, ident: desc.ident, label }, type);
    }
    case "setfield": {
      const { record, label } = typeLabelAccess(env, desc.record, desc.ident);
      const { field, record: recordType } = instanceLabel(label);
      unifyExpression(env, desc.record.loc, record.type, recordType);
      if (label.mutable === "immutable") fail(loc, `The record field ${label.name} is not mutable`);
      const value = typePolyArgument(env, desc.value, field);
      return known({ kind: "setfield", record, ident: desc.ident, label, value }, typeUnit());
    }
    case "array": {
      const element = newVar();
      unifyExpression(env, loc, levelled(typeArray(element)), expected, explanation);
      return make({ kind: "array", elements: desc.elements.map((e) => typeExpect(env, e, element)) }, expected);
    }
    case "ifthenelse": {
      const condition = typeExpect(env, desc.condition, typeBool(), "\n       because it is in the condition of an if-statement");
      if (desc.else === undefined) {
        const then = typeExpect(env, desc.then, typeUnit(), "\n       because it is in the result of a conditional with no else branch");
        return known({ kind: "ifthenelse", condition, then, else: undefined }, typeUnit());
      }
      const then = typeExpect(env, desc.then, expected);
      const otherwise = typeExpect(env, desc.else, expected);
      return make({ kind: "ifthenelse", condition, then, else: otherwise }, expected);
    }
    case "sequence": {
      const expressions = desc.expressions.map((e, i) => (i === desc.expressions.length - 1 ? typeExpect(env, e, expected, explanation) : typeStatement(env, e)));
      return make({ kind: "sequence", expressions }, expected);
    }
    case "while": {
      const condition = typeExpect(env, desc.condition, typeBool(), "\n       because it is in the condition of a while-loop");
      const body = typeStatement(env, desc.body);
      return known({ kind: "while", condition, body }, typeUnit());
    }
    case "for": {
      const from = typeExpect(env, desc.from, typeInt(), "\n       because it is in a for-loop start index");
      const to = typeExpect(env, desc.to, typeInt(), "\n       because it is in a for-loop stop index");
      const name = desc.pattern.desc.kind === "var" ? desc.pattern.desc.name.value : desc.pattern.desc.kind === "any" ? "_for" : fail(desc.pattern.loc, "for-loop index must be a variable or _");
      const id = createScoped(name, 0);
      const inner = addValue(id, { type: typeInt(), valueKind: { kind: "regular" }, loc: desc.pattern.loc, attributes: [], uid: freshUid() }, env);
      const body = typeStatement(inner, desc.body);
      return known({ kind: "for", id, from, to, direction: desc.direction, body }, typeUnit());
    }
    case "constraint": {
      beginDef();
      const annotated = translateType(env, desc.type);
      endDef();
      const target = repr(annotated);
      if (target.desc.kind === "poly") {
        const expression = typePolyArgument(env, desc.expression, annotated);
        unifyExpression(env, loc, instancePoly(target.desc.variables, target.desc.body).body, expected, explanation);
        return { ...expression, type: expected };
      }
      generalizeStructureOf(annotated);
      const expression = typeExpect(env, desc.expression, annotated, explanation);
      unifyExpression(env, loc, annotated, expected, explanation);
      return { ...expression, loc: expression.loc, type: expected, extra: [...expression.extra, { kind: "constraint", type: desc.type, loc }] };
    }
    case "coerce": {
      const to = translateType(env, desc.to);
      let expression: T.Expression;
      if (desc.from === undefined) {
        expression = typeExpression(env, desc.expression);
        coerceType(env, loc, expression.type, to);
      } else {
        const from = translateType(env, desc.from);
        expression = typeExpect(env, desc.expression, from);
        coerceType(env, loc, from, to);
      }
      unifyExpression(env, loc, to, expected, explanation);
      return { ...expression, type: expected, extra: [...expression.extra, { kind: "coerce", from: desc.from, to: desc.to, loc }] };
    }
    case "send":
      return typeSend(env, source, desc, expected, explanation);
    case "new": {
      const { path, data } = lookupClass(desc.ident.loc, desc.ident.value, env);
      if (data.new === undefined) return fail(loc, `Cannot instantiate the virtual class ${longidentName(desc.ident.value)}`);
      return known({ kind: "new", path, ident: desc.ident }, instance(data.new));
    }
    case "setinstvar": {
      const name = desc.name.value;
      const found = findValueByName(name, env);
      if (found === undefined) return fail(desc.name.loc, `Unbound instance variable ${name}${spellingHint(name, instanceVariables(env))}`);
      const { valueKind } = found.data;
      if (valueKind.kind === "unbound") return fail(desc.name.loc, `The instance variable ${name}\ncannot be accessed from the definition of another instance variable`);
      if (valueKind.kind !== "instanceVariable") return fail(desc.name.loc, `The value ${name} is not an instance variable`);
      if (valueKind.mutable === "immutable") return fail(loc, `The instance variable ${name} is not mutable`);
      const value = typeExpect(env, desc.value, instance(found.data.type));
      return known({ kind: "setinstvar", self: classHooks().selfPath(env, valueKind.classKey), variable: found.path, name, value }, typeUnit());
    }
    case "override": {
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
      return known({ kind: "override", self: classHooks().selfPath(env, self.classKey), fields }, self.signature.self);
    }
    case "letmodule": {
      beginDef();
      const module = moduleHooks().typeModule(env, desc.module);
      const id = desc.name.value === undefined ? undefined : createScoped(desc.name.value, getLevel());
      const inner = id === undefined ? env : addModuleDeclaration(id, { type: module.type, attributes: [], loc: desc.name.loc, uid: freshUid() }, env);
      const type = newVar();
      const body = typeExpect(inner, desc.body, type);
      endDef();
      // Types of the local module may not leave it: unification with what is outside checks.
      unifyExpression(inner, desc.body.loc, type, expected, explanation);
      return make({ kind: "letmodule", id, presence: "present", module, body }, expected);
    }
    case "letexception": {
      const { id, constructor, rebind } = translateException(env, { constructor: desc.constructor, loc: desc.constructor.loc, attributes: [] });
      const inner = addExtension(id, constructor, env);
      const body = typeExpect(inner, desc.body, expected, explanation);
      const definition = rebind === undefined ? ({ kind: "declaration" } as const) : ({ kind: "rebind", path: rebind } as const);
      return make({ kind: "letexception", constructor: { id, name: id.name, type: constructor, definition, loc: desc.constructor.loc }, body }, expected);
    }
    case "assert": {
      const { condition } = desc;
      // `assert false` has every type.
      const never = condition.desc.kind === "construct" && condition.desc.ident.value.kind === "ident" && condition.desc.ident.value.name === "false";
      const typed = typeExpect(env, condition, typeBool(), "\n       because it is in the condition of an assertion");
      if (never) return make({ kind: "assert", condition: typed, loc }, expected);
      return known({ kind: "assert", condition: typed, loc }, typeUnit());
    }
    case "lazy": {
      const inner = newVar();
      unifyExpression(env, loc, levelled(typeLazy(inner)), expected, explanation);
      return make({ kind: "lazy", expression: typeExpect(env, desc.expression, inner) }, expected);
    }
    case "poly":
      return typeExpect(env, desc.expression, expected);
    case "object": {
      const { structure, methods, type } = classHooks().typeObject(env, loc, desc.structure);
      return known({ kind: "object", structure, methods }, type);
    }
    case "newtype":
      return typeNewtype(env, source, desc.name, expected, (inner, type) => typeExpect(inner, desc.body, type));
    case "pack": {
      const wanted = expandHead(env, expected);
      if (wanted.desc.kind !== "package") {
        if (wanted.desc.kind === "var") return fail(loc, "The signature for this packaged module couldn't be inferred.");
        return fail(loc, `This expression is packed module, but the expected type is\n       ${printType(expected)}`);
      }
      const module = moduleHooks().typeModule(env, desc.module);
      const packed = moduleHooks().packModule(env, loc, module, wanted.desc.path, wanted.desc.constraints);
      return make({ kind: "pack", module: packed }, expected);
    }
    case "open": {
      const { declaration, env: inner } = moduleHooks().openDeclaration(env, desc.declaration);
      const body = typeExpect(inner, desc.body, expected, explanation);
      return make({ kind: "open", declaration, body }, expected);
    }
    case "letop":
      return typeLetop(env, source, desc, expected);
    case "extension": {
      const name = desc.extension.name.value;
      if (name === "ocaml.extension_constructor" || name === "extension_constructor") {
        const { payload } = desc.extension;
        const item = payload.kind === "structure" ? payload.items[0] : undefined;
        if (item?.desc.kind === "eval" && item.desc.expression.desc.kind === "construct") {
          const c = chooseConstructor(env, item.desc.expression.desc.ident, undefined);
          if (c.tag.kind === "extension") return known({ kind: "extensionConstructor", path: c.tag.path }, typeExtensionConstructor());
        }
        return fail(loc, "Invalid [%extension_constructor] payload, a constructor is expected.");
      }
      return fail(desc.extension.name.loc, `Uninterpreted extension '${name}'.`);
    }
    case "unreachable":
      return fail(loc, "This match case could not be refuted.");
    case "error":
      return make({ kind: "unreachable" }, expected);
  }
}

/** A known structure may be instantiated again where it is used: types of annotations and scrutinees. */
function generalizeStructureOf(type: TypeExpr): void {
  // Variables stay where they are: they go to the current level, so that later uses can refine them.
  const seen = new Set<TypeExpr>();
  const level = getLevel();
  const visit = (x: TypeExpr): void => {
    const t = repr(x);
    if (seen.has(t)) return;
    seen.add(t);
    if (t.level > level && t.level < 100000000) t.level = level;
    const d = t.desc;
    if (d.kind === "constr") d.args.forEach(visit);
    else if (d.kind === "arrow") {
      visit(d.parameter);
      visit(d.result);
    } else if (d.kind === "tuple") d.components.forEach(visit);
    else if (d.kind === "poly") visit(d.body);
    else if (d.kind === "object") visit(d.fields);
    else if (d.kind === "field") {
      visit(d.type);
      visit(d.rest);
    } else if (d.kind === "package") for (const c of d.constraints) visit(c.type);
    else if (d.kind === "variant") {
      const row = rowRepr(d.row);
      for (const f of row.fields) {
        const s = rowFieldState(f.field);
        if (s.kind === "present" && s.argument !== undefined) visit(s.argument);
        else if (s.kind === "either") s.args.forEach(visit);
      }
      visit(row.more);
    }
  };
  visit(type);
}

function openPoly(type: TypeExpr): TypeExpr {
  const t = repr(type);
  return t.desc.kind === "poly" ? instancePoly(t.desc.variables, t.desc.body).body : t;
}

/** An argument that must be polymorphic: a record's field, a method. */
function typePolyArgument(env: Env, source: Ast.Expression, type: TypeExpr): T.Expression {
  const t = repr(type);
  if (t.desc.kind !== "poly") return typeExpect(env, source, type);
  return typePolymorphic(env, source, t, "definition");
}

/** Types an expression against `'a b. t`: it must work whatever the variables are. */
export function typePolymorphic(env: Env, source: Ast.Expression, type: TypeExpr, what: string): T.Expression {
  const t = repr(type);
  if (t.desc.kind !== "poly") throw new Error("a polymorphic type is expected");
  if (t.desc.variables.length === 0) return typeExpect(env, source, t.desc.body);
  beginDef();
  const { variables, body } = instancePoly(t.desc.variables, t.desc.body);
  const expression = typeExpect(env, source, body);
  endDef();
  // The variables must still be that, each for itself, and nothing outside may know them.
  const after = new Set(variables.map(repr));
  const free = [...after].every((v) => v.desc.kind === "var" && v.level > getLevel());
  if (after.size !== variables.length || !free) fail(source.loc, `This ${what} has type ${printType(body)} which is less general than\n         ${printType(type)}`);
  return { ...expression, type };
}

function* instanceVariables(env: Env): Generator<string> {
  for (const name of valueNames(env)) if (findValueByName(name, env)?.data.valueKind.kind === "instanceVariable") yield name;
}

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
      if (!kind.open) return fail(desc.method.loc, `This expression has no method ${name}${spellingHint(name, kind.methods.keys())}`);
      const failure = addMethod(env, name, "private", "virtual", newVar(), kind.signature);
      if (failure !== undefined) return fail(desc.method.loc, `This expression has no method ${name}`);
      id = createScoped(name, 0);
      kind.methods.set(name, id);
      warn(desc.method.loc, 17, `the virtual method ${name} is not declared.`);
    }
    method = { kind: "self", id, name };
    type = kind.signature.methods.get(name)!.type;
  } else if (kind?.kind === "ancestor") {
    const id = kind.methods.get(name);
    const known = kind.signature.methods.get(name);
    if (id === undefined || known === undefined) return fail(desc.method.loc, `This expression has no method ${name}${spellingHint(name, kind.methods.keys())}`);
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
  if (m.desc.kind === "poly") result = instancePoly(m.desc.variables, m.desc.body).body;
  else if (m.desc.kind === "var") {
    result = newVar();
    unify(env, m, newType({ kind: "poly", body: result, variables: [] }));
  } else result = m;
  unifyExpression(env, loc, result, expected, explanation);
  return { desc: { kind: "send", object, method }, loc, type: expected, env, attributes: source.attributes, extra: [] };
}

function coerceType(env: Env, loc: Location, from: TypeExpr, to: TypeExpr): void {
  if (tryUnify(env, from, to)) return;
  const problem = subtype(env, from, to);
  if (problem !== undefined) fail(loc, `Type ${printType(from)} is not a subtype of ${printType(to)}${problem}`);
}

/** An expression whose value is thrown away. */
function typeStatement(env: Env, source: Ast.Expression): T.Expression {
  beginDef();
  const e = typeExpression(env, source);
  endDef();
  const t = expandHead(env, e.type);
  if (t.desc.kind === "arrow") warn(source.loc, 5, "this function application is partial,\nmaybe some arguments are missing.");
  else if (t.desc.kind === "constr" && samePath(t.desc.path, PATHS.unit)) return e;
  else if (t.desc.kind === "var") {
    if (t.level > getLevel()) warn(source.loc, 21, "this statement never returns (or has an unsound type.)");
    else tryUnify(env, t, typeUnit());
  } else warn(source.loc, 10, "this expression should have type unit.");
  return e;
}

// ---------------------------------------------------------------- constructors and records

function typeConstruct(env: Env, source: Ast.Expression, first: Extract<Ast.ExpressionDesc, { kind: "construct" }>, expected: TypeExpr, explanation: string): T.Expression {
  // A chain of applications to a last argument (`a :: b :: …`) is followed by a loop.
  interface Frame {
    readonly source: Ast.Expression;
    readonly desc: Extract<Ast.ExpressionDesc, { kind: "construct" }>;
    readonly constructor: ReturnType<typeof chooseConstructor>;
    readonly before: T.Expression[];
    readonly type: TypeExpr;
  }
  const frames: Frame[] = [];
  let current: { source: Ast.Expression; desc: Extract<Ast.ExpressionDesc, { kind: "construct" }>; type: TypeExpr } = { source, desc: first, type: expected };
  let result: T.Expression;
  for (;;) {
    const { source: here, desc, type } = current;
    const constructor = chooseConstructor(env, desc.ident, type);
    if (constructor.private === "private") fail(here.loc, `Cannot create values of the private type ${printPath(repr(constructor.result).desc.kind === "constr" ? (repr(constructor.result).desc as { path: Path }).path : PATHS.unit)}`);
    const given = constructor.arity === 0 ? (desc.argument === undefined ? [] : [desc.argument]) : desc.argument === undefined ? [] : constructor.arity > 1 && desc.argument.desc.kind === "tuple" ? [...desc.argument.desc.components] : [desc.argument];
    if (given.length !== constructor.arity) fail(here.loc, `The constructor ${longidentName(desc.ident.value)} expects ${constructor.arity} argument(s),\nbut is applied here to ${given.length} argument(s)`);
    const { args, result: resultType } = instanceConstructor(constructor);
    unifyExpression(env, here.loc, resultType, type, frames.length === 0 ? explanation : "");
    const last = given[given.length - 1];
    if (last !== undefined && last.desc.kind === "construct" && last.attributes.length === 0) {
      const before = given.slice(0, -1).map((e, i) => typeExpect(env, e, args[i]!));
      frames.push({ source: here, desc, constructor, before, type });
      current = { source: last, desc: last.desc, type: args[args.length - 1]! };
      continue;
    }
    result = { desc: { kind: "construct", ident: desc.ident, constructor, args: given.map((e, i) => typeExpect(env, e, args[i]!)) }, loc: here.loc, type, env, attributes: here.attributes, extra: [] };
    break;
  }
  while (frames.length > 0) {
    const { source: here, desc, constructor, before, type } = frames.pop()!;
    result = { desc: { kind: "construct", ident: desc.ident, constructor, args: [...before, result] }, loc: here.loc, type, env, attributes: here.attributes, extra: [] };
  }
  return result;
}

function typeLabelAccess(env: Env, source: Ast.Expression, ident: Ast.Loc<Ast.Longident>): { record: T.Expression; label: LabelDescription } {
  beginDef();
  const record = typeExpression(env, source);
  endDef();
  generalizeStructureOf(record.type);
  const head = expandHead(env, record.type);
  const label = chooseLabels(env, [ident], head.desc.kind === "constr" && extractConcrete(env, head)?.declaration.kind.kind === "record" ? record.type : undefined)[0]!;
  return { record, label };
}

function typeRecord(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "record" }>, expected: TypeExpr, explanation: string): T.Expression {
  const { loc } = source;
  let base: T.Expression | undefined;
  let hint: TypeExpr | undefined = extractConcrete(env, expected)?.declaration.kind.kind === "record" ? expected : undefined;
  if (desc.base !== undefined) {
    base = typeExpression(env, desc.base);
    if (hint === undefined && extractConcrete(env, base.type)?.declaration.kind.kind === "record") hint = base.type;
  }
  const labels = chooseLabels(env, desc.fields.map((f) => f.ident), hint);
  const seen = new Set<string>();
  desc.fields.forEach((f, i) => {
    const { name } = labels[i]!;
    if (seen.has(name)) fail(f.ident.loc, `The record field label ${name} is defined several times`);
    seen.add(name);
  });
  const all = labels[0]!.all;
  if (labels[0]!.private === "private") fail(loc, `Cannot create values of the private type ${printType(labels[0]!.result)}`);
  const given = new Map<string, T.RecordField>();
  // The record's type first, so that the fields' expressions know what is wanted.
  unifyExpression(env, loc, instanceLabel(labels[0]!).record, expected, explanation);
  desc.fields.forEach((f, i) => {
    const label = labels[i]!;
    const { field, record } = instanceLabel(label);
    unifyExpression(env, f.ident.loc, record, expected);
    given.set(label.name, { kind: "overridden", label, ident: f.ident, expression: typePolyArgument(env, f.expression, field) });
  });
  if (base !== undefined) {
    const baseType = base.type;
    // Fields that are kept have one type in both records.
    const whole = instanceLabel(all[0]!).record;
    for (const label of all) {
      if (given.has(label.name)) continue;
      const there = instanceLabel(label);
      unifyExpression(env, desc.base!.loc, baseType, there.record);
      const here = instanceLabel(label);
      unifyExpression(env, loc, here.record, expected);
      unifyExpression(env, loc, there.field, here.field);
      given.set(label.name, { kind: "kept", label, type: there.field });
    }
    unifyExpression(env, desc.base!.loc, baseType, whole);
    if (desc.fields.length === all.length) warn(loc, 23, "all the fields are explicitly listed in this record:\nthe 'with' clause is useless.");
  } else {
    const missing = all.filter((l) => !given.has(l.name)).map((l) => l.name);
    if (missing.length > 0) fail(loc, `Some record fields are undefined: ${missing.join(" ")}`);
  }
  return { desc: { kind: "record", fields: all.map((l) => given.get(l.name)!), representation: labels[0]!.representation, base }, loc, type: expected, env, attributes: source.attributes, extra: [] };
}

// ---------------------------------------------------------------- functions

function typeFunction(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "function" }>, expected: TypeExpr): T.Expression {
  const { loc } = source;
  const at = desc.parameters.findIndex((p) => p.kind === "newtype");
  if (at >= 0) {
    const newtype = desc.parameters[at]!;
    if (newtype.kind !== "newtype") throw new Error("unreachable");
    const rest = desc.parameters.slice(at + 1);
    const inner: Ast.Expression = rest.length === 0 && desc.body.kind === "body" && desc.constraint === undefined ? desc.body.expression : { desc: { kind: "function", parameters: rest, constraint: desc.constraint, body: desc.body }, loc, attributes: source.attributes };
    const wrapped: Ast.Expression = { desc: { kind: "newtype", name: newtype.name, body: inner }, loc, attributes: [] };
    if (at === 0) return typeExpect(env, wrapped, expected);
    return typeFunction(env, source, { kind: "function", parameters: desc.parameters.slice(0, at), constraint: undefined, body: { kind: "body", expression: wrapped } }, expected);
  }
  const parameters: T.FunctionParameter[] = [];
  let inner = env;
  let type = expected;
  const split = (label: Ast.ArgLabel): { parameter: TypeExpr; result: TypeExpr } => {
    const arrow = filterArrow(inner, type, label);
    if (arrow !== undefined) return arrow;
    const t = expandHead(inner, type);
    if (t.desc.kind === "arrow") {
      const shown = label.kind === "nolabel" ? "but its first argument is not labelled" : `but its first argument is labelled ${prefixedLabel(label)}`;
      return fail(loc, `This function should have type ${printType(type)}\n       ${shown}${t.desc.label.kind === "nolabel" ? "" : ` instead of ${prefixedLabel(t.desc.label)}`}`);
    }
    if (parameters.length === 0) return fail(loc, `This expression should not be a function, the expected type is\n${printType(expected)}`);
    return fail(loc, `This function expects too many arguments, it should have type\n       ${printType(expected)}`);
  };
  for (const p of desc.parameters) {
    if (p.kind !== "value") continue;
    const { parameter, result } = split(p.label);
    let argument = parameter;
    let defaultValue: T.Expression | undefined;
    if (p.label.kind === "optional") {
      const wanted = newVar();
      unifyExpression(inner, p.loc, parameter, levelled(typeOption(wanted)));
      if (p.default !== undefined) {
        defaultValue = typeExpect(inner, p.default, wanted);
        argument = wanted;
      }
    }
    const typed = typeOnePattern(inner, p.pattern, argument);
    inner = typed.env;
    const name = p.pattern.desc.kind === "var" ? p.pattern.desc.name.value : "param";
    const id = typed.pattern.desc.kind === "var" && typed.pattern.extra.every((e) => e.kind !== "unpack") ? typed.pattern.desc.id : createScoped(name, 0);
    parameters.push({ label: p.label, id, pattern: typed.pattern, default: defaultValue, partial: isPartial(env, argument, [{ pattern: typed.pattern, guard: undefined }], p.loc), newtypes: [], loc: p.loc });
    type = result;
  }
  let body: T.FunctionBody;
  if (desc.body.kind === "cases") {
    const { parameter, result } = split({ kind: "nolabel" });
    let target = result;
    if (desc.constraint !== undefined) target = constrainResult(inner, desc.constraint, type);
    const cases = typeCases(inner, desc.body.cases, parameter, target);
    const partial = isPartial(inner, parameter, cases, loc);
    body = { kind: "cases", parameter: createScoped("param", 0), cases, partial, loc: desc.body.loc };
  } else {
    let { expression } = desc.body;
    if (desc.constraint !== undefined) {
      const c = desc.constraint;
      const d: Ast.ExpressionDesc = c.kind === "constraint" ? { kind: "constraint", expression, type: c.type } : { kind: "coerce", expression, from: c.from, to: c.to };
      expression = { desc: d, loc: expression.loc, attributes: [] };
    }
    body = { kind: "body", expression: typeExpect(inner, expression, type) };
  }
  return { desc: { kind: "function", parameters, body }, loc, type: expected, env, attributes: source.attributes, extra: [] };
}

function constrainResult(env: Env, constraint: Ast.TypeConstraint, type: TypeExpr): TypeExpr {
  const annotated = translateType(env, constraint.kind === "constraint" ? constraint.type : constraint.to);
  unifyExpression(env, constraint.kind === "constraint" ? constraint.type.loc : constraint.to.loc, annotated, type);
  const arrow = filterArrow(env, annotated, { kind: "nolabel" });
  return arrow?.result ?? annotated;
}

/** A pattern with its variables added to the environment. */
export function typeOnePattern(env: Env, source: Ast.Pattern, type: TypeExpr): { pattern: T.Pattern; env: Env; variables: PatternVariable[] } {
  const equations: Equations = { env, level: getLevel() };
  const state: PatternState = { equations, gadts: mentionsGadt(env, source), variables: [] };
  const pattern = typePattern(state, source, type);
  return { pattern, env: addPatternVariables(equations.env, state.variables), variables: state.variables };
}

/** `fun (type a) -> e`: a is abstract in e, and a variable in the type of the whole. */
function typeNewtype(env: Env, source: Ast.Expression, name: Ast.Loc<string>, expected: TypeExpr, body: (env: Env, type: TypeExpr) => T.Expression): T.Expression {
  beginDef();
  const id = createScoped(name.value, getLevel());
  const inner = addType(id, newtypeDeclaration(name.loc), env);
  const type = newVar();
  const typed = body(inner, type);
  endDef();
  const replaced = replaceNewtypes(type, [id], [newVar()]);
  unifyExpression(env, source.loc, replaced, expected);
  return { ...typed, type: expected, extra: [...typed.extra, { kind: "newtype", name: name.value, loc: name.loc }] };
}

function newtypeDeclaration(loc: Location): TypeDeclaration {
  return { parameters: [], arity: 0, kind: { kind: "abstract", origin: "definition" }, private: "public", manifest: undefined, variance: [], separability: [], isNewtype: true, expansionScope: 0, loc, attributes: [], immediate: "unknown", unboxed: false, uid: freshUid() };
}

function replaceNewtypes(type: TypeExpr, ids: readonly Ident[], variables: readonly TypeExpr[]): TypeExpr {
  const s = new Subst();
  ids.forEach((id, i) => s.addTypeFunction(id, [], variables[i]!));
  return subst.typeExpr(s, type);
}

// ---------------------------------------------------------------- application

interface SourceArgument {
  readonly label: Ast.ArgLabel;
  readonly argument: Ast.Expression;
}

function typeApply(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "apply" }>, expected: TypeExpr, explanation: string): T.Expression {
  const { loc } = source;
  // Chains of operators nest on the left: they are typed from the inside by this recursion, bounded by the parser's depth.
  beginDef();
  const callee = typeExpression(env, desc.function);
  endDef();
  generalizeStructureOf(callee.type);
  const { args, result } = typeArguments(env, callee, callee.type, desc.args, loc, expected);
  unifyExpression(env, loc, result, expected, explanation);
  return { desc: { kind: "apply", function: callee, args }, loc, type: expected, env, attributes: source.attributes, extra: [] };
}

type TypedArgument = { readonly label: Ast.ArgLabel; readonly argument: T.ApplyArgument };

/** Matches arguments with parameters by label and position; types them; gives the type of the application. */
function typeArguments(env: Env, callee: T.Expression, calleeType: TypeExpr, sources: readonly SourceArgument[], loc: Location, expected: TypeExpr): { args: TypedArgument[]; result: TypeExpr } {
  const remaining = [...sources];
  const pending: { label: Ast.ArgLabel; type: TypeExpr; make: (() => T.Expression) | undefined }[] = [];
  let type = calleeType;
  // Without labels a full application may leave them all out.
  const ignoreLabels = sources.every((a) => a.label.kind === "nolabel") && fullArity(env, calleeType, sources.length);
  let warned = false;
  while (remaining.length > 0) {
    const t = expandHead(env, type);
    if (t.desc.kind === "var") {
      const { label, argument } = remaining.shift()!;
      const parameter = newVar();
      const result = newVar();
      if (label.kind === "optional") fail(argument.loc, `This optional argument ?${label.name} is applied to a function whose type is not known`);
      unify(env, t, newArrow(label, parameter, result));
      pending.push({ label, type: parameter, make: () => typeArgument(env, argument, parameter) });
      type = result;
      continue;
    }
    if (t.desc.kind !== "arrow") break;
    const { label, parameter, result } = t.desc;
    let found: SourceArgument | undefined;
    if (ignoreLabels && label.kind !== "optional") {
      found = remaining.shift();
      if (label.kind === "labelled" && !warned) {
        warned = true;
        warn(callee.loc, 6, `label ${label.name} was omitted in the application of this function.`);
      }
    } else {
      const index = remaining.findIndex((a) => (label.kind === "nolabel" ? a.label.kind === "nolabel" : a.label.kind !== "nolabel" && a.label.name === label.name));
      if (index >= 0) found = remaining.splice(index, 1)[0];
    }
    if (found === undefined) {
      if (label.kind === "optional" && remaining.some((a) => a.label.kind === "nolabel")) {
        // Not given, and a later argument is: the default.
        pending.push({ label, type: parameter, make: () => noneExpression(env, loc, parameter) });
      } else {
        if (remaining.every((a) => !hasLabel(env, result, a.label))) break;
        pending.push({ label, type: parameter, make: undefined });
      }
      type = result;
      continue;
    }
    const { argument, label: given } = found;
    if (label.kind === "optional") {
      if (given.kind === "optional") pending.push({ label, type: parameter, make: () => typeArgument(env, argument, parameter) });
      else {
        pending.push({
          label, type: parameter,
          make: () => {
            const inner = newVar();
            unifyExpression(env, argument.loc, parameter, levelled(typeOption(inner)));
            return someExpression(env, typeArgument(env, argument, inner), parameter);
          },
        });
      }
    } else {
      if (given.kind === "optional") fail(argument.loc, `The function applied to this argument has type ${printType(calleeType)}\nThis argument cannot be applied with label ?${given.name}`);
      pending.push({ label, type: parameter, make: () => typeArgument(env, argument, parameter) });
    }
    type = result;
  }
  if (remaining.length > 0) {
    const extra = remaining[0]!;
    const t = expandHead(env, type);
    if (t.desc.kind === "arrow" || pending.length === 0 && expandHead(env, calleeType).desc.kind === "arrow") {
      const shown = extra.label.kind === "nolabel" ? "This argument cannot be applied without label" : `This argument cannot be applied with label ${prefixedLabel(extra.label)}`;
      fail(extra.argument.loc, `The function applied to this argument has type ${printType(calleeType)}\n${shown}`);
    }
    if (expandHead(env, calleeType).desc.kind !== "arrow") fail(callee.loc, `This expression has type ${printType(calleeType)}\n       This is not a function; it cannot be applied.`);
    fail(callee.loc, `The function ${calleeName(callee)}has type ${printType(calleeType)}\n       It is applied to too many arguments`);
  }
  // The result's type tells about the arguments' when nothing is left over.
  if (pending.every((p) => p.make !== undefined)) tryUnify(env, type, expected);
  const args = pending.map((p): TypedArgument => ({ label: p.label, argument: p.make === undefined ? { kind: "omitted" } : { kind: "expression", expression: p.make() } }));
  let result = type;
  for (let i = pending.length - 1; i >= 0; i--) {
    const p = pending[i]!;
    if (p.make === undefined) result = newArrow(p.label, p.type, result);
  }
  return { args, result };
}

function calleeName(callee: T.Expression): string {
  return callee.desc.kind === "ident" ? `'${printPath(callee.desc.path)}' ` : "";
}

function hasLabel(env: Env, type: TypeExpr, label: Ast.ArgLabel): boolean {
  let t = expandHead(env, type);
  for (let i = 0; i < 1000 && t.desc.kind === "arrow"; i++) {
    if (labelName(t.desc.label) === labelName(label) && (t.desc.label.kind === "nolabel") === (label.kind === "nolabel")) return true;
    t = expandHead(env, t.desc.result);
  }
  return t.desc.kind === "var";
}

/** Whether a function takes exactly so many parameters that are not optional, some of them labelled. */
function fullArity(env: Env, type: TypeExpr, count: number): boolean {
  let n = 0;
  let labelled = false;
  let t = expandHead(env, type);
  while (t.desc.kind === "arrow" && isCommutable(t.desc.commutable)) {
    if (t.desc.label.kind !== "optional") n++;
    if (t.desc.label.kind === "labelled") labelled = true;
    t = expandHead(env, t.desc.result);
  }
  return labelled && n === count && t.desc.kind !== "var";
}

export function noneExpression(env: Env, loc: Location, type: TypeExpr): T.Expression {
  unify(env, type, levelled(typeOption(newVar())));
  const ident = { value: { kind: "ident", name: "None" } as const, loc: { ...loc, ghost: true } };
  return { desc: { kind: "construct", ident, constructor: optionConstructor(env, "None"), args: [] }, loc: { ...loc, ghost: true }, type, env, attributes: [], extra: [] };
}
export function someExpression(env: Env, argument: T.Expression, type: TypeExpr): T.Expression {
  const ident = { value: { kind: "ident", name: "Some" } as const, loc: { ...argument.loc, ghost: true } };
  return { desc: { kind: "construct", ident, constructor: optionConstructor(env, "Some"), args: [argument] }, loc: argument.loc, type, env, attributes: [], extra: [] };
}
function optionConstructor(env: Env, name: "None" | "Some"): ReturnType<typeof chooseConstructor> {
  return chooseConstructor(env, { value: { kind: "ident", name }, loc: NOWHERE }, typeOption(newVar()));
}
const NOWHERE: Location = { file: { name: "_none_", text: "" }, start: 0, end: 0, ghost: true };

/** An argument; a function with optional parameters may stand where one without is wanted. */
export function typeArgument(env: Env, source: Ast.Expression, expected: TypeExpr): T.Expression {
  const wanted = expandHead(env, expected);
  if (wanted.desc.kind === "poly") return typePolyArgument(env, source, expected);
  if (wanted.desc.kind === "arrow" && wanted.desc.label.kind !== "optional" && isInferred(source)) {
    beginDef();
    const typed = typeExpression(env, source);
    endDef();
    generalizeStructureOf(typed.type);
    const defaults: { label: Ast.ArgLabel; type: TypeExpr }[] = [];
    let t = expandHead(env, typed.type);
    while (t.desc.kind === "arrow" && t.desc.label.kind === "optional") {
      defaults.push({ label: t.desc.label, type: t.desc.parameter });
      t = expandHead(env, t.desc.result);
    }
    if (defaults.length > 0 && t.desc.kind === "arrow" && sameLabel(t.desc.label, wanted.desc.label)) {
      unifyExpression(env, source.loc, t, expected);
      return eliminateOptional(env, typed, defaults, wanted, expected);
    }
    unifyExpression(env, source.loc, typed.type, expected);
    return { ...typed, type: expected };
  }
  return typeExpect(env, source, expected);
}

/** Whether the expression's type needs no context: identifiers, applications, annotations. */
function isInferred(source: Ast.Expression): boolean {
  switch (source.desc.kind) {
    case "ident": case "apply": case "field": case "constraint": case "coerce": case "send": case "new":
      return true;
    case "sequence":
      return isInferred(source.desc.expressions[source.desc.expressions.length - 1]!);
    case "open": case "let":
      return isInferred(source.desc.body);
    case "ifthenelse":
      return isInferred(source.desc.then) && source.desc.else !== undefined && isInferred(source.desc.else);
    default:
      return false;
  }
}

/** `let f = e in fun x -> f ?a:None … x`. */
function eliminateOptional(env: Env, callee: T.Expression, defaults: readonly { label: Ast.ArgLabel; type: TypeExpr }[], arrow: TypeExpr, expected: TypeExpr): T.Expression {
  if (arrow.desc.kind !== "arrow") throw new Error("unreachable");
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
  const parameter = makeVar("eta", arrow.desc.parameter);
  const args: TypedArgument[] = [
    ...defaults.map((d): TypedArgument => ({ label: d.label, argument: { kind: "expression", expression: noneExpression(env, loc, d.type) } })),
    { label: arrow.desc.label, argument: { kind: "expression", expression: parameter.expression } },
  ];
  const application: T.Expression = { desc: { kind: "apply", function: f.expression, args }, type: arrow.desc.result, ...base };
  const fn: T.Expression = {
    desc: { kind: "function", parameters: [{ label: arrow.desc.label, id: parameter.id, pattern: parameter.pattern, default: undefined, partial: false, newtypes: [], loc }], body: { kind: "body", expression: application } }, type: expected, ...base,
  };
  return { desc: { kind: "let", rec: "nonrecursive", bindings: [{ pattern: f.pattern, expression: callee, attributes: [], loc }], body: fn }, type: expected, ...base };
}

// ---------------------------------------------------------------- cases

function splitEffects(cases: readonly Ast.Case[]): { values: Ast.Case[]; effects: Ast.Case[] } {
  return { values: cases.filter((c) => c.pattern.desc.kind !== "effect"), effects: cases.filter((c) => c.pattern.desc.kind === "effect") };
}

function orValues(p: T.ComputationPattern): T.Pattern[] {
  if (p.kind === "value") return [p.pattern];
  if (p.kind === "exception") return [];
  return [...orValues(p.left), ...orValues(p.right)];
}

function typeCaseBody(env: Env, source: Ast.Case, result: TypeExpr): { guard: T.Expression | undefined; body: T.Expression } {
  const guard = source.guard === undefined ? undefined : typeExpect(env, source.guard, typeBool(), "\n       because it is in a when-guard");
  const body: T.Expression = source.body.desc.kind === "unreachable" ? { desc: { kind: "unreachable" }, loc: source.body.loc, type: result, env, attributes: [], extra: [] } : typeExpect(env, source.body, result);
  return { guard, body };
}

/** Types one case: existential types of its pattern live in it only. */
function inCase<R>(env: Env, patterns: readonly Ast.Pattern[], run: (state: PatternState) => R): R {
  beginDef();
  const equations: Equations = { env, level: getLevel() };
  const state: PatternState = { equations, gadts: patterns.some((p) => mentionsGadt(env, p)), variables: [] };
  try {
    return run(state);
  } finally {
    endDef();
  }
}

export function typeCases(env: Env, sources: readonly Ast.Case[], argument: TypeExpr, result: TypeExpr): T.Case[] {
  return sources.map((source) =>
    inCase(env, [source.pattern], (state): T.Case => {
      const pattern = typePattern(state, source.pattern, argument);
      const inner = addPatternVariables(state.equations.env, state.variables);
      return { pattern, ...typeCaseBody(inner, source, result) };
    }),
  );
}

function typeComputationCases(env: Env, sources: readonly Ast.Case[], argument: TypeExpr, result: TypeExpr): T.ComputationCase[] {
  return sources.map((source) =>
    inCase(env, [source.pattern], (state): T.ComputationCase => {
      const pattern = typeComputationPattern(state, source.pattern, argument);
      const inner = addPatternVariables(state.equations.env, state.variables);
      return { pattern, ...typeCaseBody(inner, source, result) };
    }),
  );
}

function typeComputationPattern(state: PatternState, source: Ast.Pattern, argument: TypeExpr): T.ComputationPattern {
  if (source.desc.kind === "exception") return { kind: "exception", pattern: typePattern(state, source.desc.pattern, typeExn()) };
  if (source.desc.kind === "or" && hasException(source)) {
    // Variables in such alternatives must agree; the left side's are used.
    const left = typeComputationPattern(state, source.desc.left, argument);
    const before = state.variables;
    state.variables = [];
    const right = typeComputationPattern(state, source.desc.right, argument);
    if (state.variables.length > 0 || before.length > 0) {
      const missing = [...state.variables, ...before][0]!;
      fail(source.loc, `Variable ${missing.id.name} must occur on both sides of this | pattern`);
    }
    state.variables = before;
    return { kind: "or", left, right };
  }
  return { kind: "value", pattern: typePattern(state, source, argument) };
}
function hasException(p: Ast.Pattern): boolean {
  return p.desc.kind === "exception" || (p.desc.kind === "or" && (hasException(p.desc.left) || hasException(p.desc.right)));
}

/** `effect E x, k -> body`. */
function typeEffectCase(env: Env, source: Ast.Case, result: TypeExpr): T.EffectCase {
  const { desc } = source.pattern;
  if (desc.kind !== "effect") throw new Error("an effect case is expected");
  return inCase(env, [source.pattern], (state): T.EffectCase => {
    const id = createScoped("$eff", state.equations.level);
    state.equations.env = addType(id, newtypeDeclaration(source.pattern.loc), state.equations.env);
    const answer = newConstr(pident(id), []);
    const pattern = typePattern({ ...state, gadts: true, variables: state.variables }, desc.effect, newConstr(PATHS.eff, [answer]));
    const continuation = desc.continuation.desc;
    let k: Ident | undefined;
    let inner = addPatternVariables(state.equations.env, state.variables);
    if (continuation.kind === "var") {
      k = createScoped(continuation.name.value, 0);
      inner = addValue(k, { type: newConstr(PATHS.continuation, [answer, result]), valueKind: { kind: "regular" }, loc: desc.continuation.loc, attributes: [], uid: freshUid() }, inner);
    } else if (continuation.kind !== "any") fail(desc.continuation.loc, "Invalid continuation pattern: only variables and _ are allowed .");
    return { pattern, continuation: k, ...typeCaseBody(inner, source, result) };
  });
}

// ---------------------------------------------------------------- let

function typeLetExpression(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "let" }>, expected: TypeExpr): T.Expression {
  // A chain of lets is typed by a loop: it may be as long as a file.
  const heads: { source: Ast.Expression; env: Env; rec: Ast.RecFlag; bindings: T.ValueBinding[] }[] = [];
  let here = source;
  let inner = env;
  let d: Ast.ExpressionDesc = desc;
  while (d.kind === "let" && (here === source || here.attributes.length === 0)) {
    const match = letAsMatch(inner, d);
    if (match !== undefined) {
      here = { ...here, desc: match };
      break;
    }
    const { bindings, env: next } = typeLet(inner, d.rec, d.bindings);
    heads.push({ source: here, env: inner, rec: d.rec, bindings });
    inner = next;
    here = d.body;
    d = here.desc;
  }
  let result = typeExpect(inner, here, expected);
  for (let i = heads.length - 1; i >= 0; i--) {
    const h = heads[i]!;
    result = { desc: { kind: "let", rec: h.rec, bindings: h.bindings, body: result }, loc: h.source.loc, type: expected, env: h.env, attributes: h.source.attributes, extra: [] };
  }
  return result;
}

/** `let p = e in body` where p has constructors of GADTs: what p makes known holds in the body, as in `match e with p -> body`. */
function letAsMatch(env: Env, desc: Extract<Ast.ExpressionDesc, { kind: "let" }>): Ast.ExpressionDesc | undefined {
  const [binding, ...others] = desc.bindings;
  if (desc.rec === "recursive" || binding === undefined || others.length > 0 || binding.attributes.length > 0) return undefined;
  const { constraint } = binding;
  if (constraint !== undefined && (constraint.kind !== "constraint" || constraint.locallyAbstract.length > 0 || constraint.type.desc.kind === "poly")) return undefined;
  if (!mentionsGadt(env, binding.pattern)) return undefined;
  const { pattern: p } = binding;
  const pattern: Ast.Pattern = constraint === undefined ? p : { desc: { kind: "constraint", pattern: p, type: constraint.type }, loc: p.loc, attributes: [] };
  return { kind: "match", scrutinee: binding.expression, cases: [{ pattern, guard: undefined, body: desc.body }] };
}

/** What is known of a binding before its expression is typed. */
interface BindingPlan {
  readonly source: Ast.ValueBinding;
  readonly pattern: T.Pattern;
  readonly type: TypeExpr;
  /** `let f : 'a. t`: the type with bound variables. */
  readonly poly: TypeExpr | undefined;
  /** `let f : type a. t`. */
  readonly newtypes: readonly Ast.Loc<string>[];
  readonly annotation: Ast.CoreType | undefined;
  readonly coercion: { readonly from: Ast.CoreType | undefined; readonly to: Ast.CoreType } | undefined;
}

/** Types the bindings of a `let` and adds their variables, generalized, to the environment. */
export function typeLet(env: Env, rec: Ast.RecFlag, sources: readonly Ast.ValueBinding[]): { bindings: T.ValueBinding[]; env: Env; variables: PatternVariable[] } {
  beginDef();
  const equations: Equations = { env, level: getLevel() };
  const state: PatternState = { equations, gadts: false, variables: [] };
  const plans = sources.map((source): BindingPlan => {
    const { constraint } = source;
    const type = newVar();
    let poly: TypeExpr | undefined;
    let annotation: Ast.CoreType | undefined;
    let newtypes: readonly Ast.Loc<string>[] = [];
    let coercion: BindingPlan["coercion"];
    if (constraint?.kind === "constraint") {
      annotation = constraint.type;
      if (constraint.locallyAbstract.length > 0) {
        newtypes = constraint.locallyAbstract;
        poly = newtypesAsPoly(env, constraint.locallyAbstract, constraint.type);
      } else {
        const translated = translateType(env, constraint.type);
        if (repr(translated).desc.kind === "poly") poly = translated;
        else unifyExpression(env, constraint.type.loc, translated, type);
      }
    } else if (constraint?.kind === "coercion") {
      coercion = { from: constraint.from, to: constraint.to };
      unifyExpression(env, constraint.to.loc, translateType(env, constraint.to), type);
    }
    if (poly === undefined && source.pattern.desc.kind === "constraint") {
      // let (x : 'a. t) = …
      const inner = source.pattern.desc;
      if (inner.type.desc.kind === "poly" && inner.pattern.desc.kind === "var") poly = translateType(env, inner.type);
    }
    const target = poly === undefined ? type : openPoly(poly);
    const patternSource = poly !== undefined && source.pattern.desc.kind === "constraint" ? source.pattern.desc.pattern : source.pattern;
    state.equations.env = env;
    const gadtState: PatternState = { equations, gadts: mentionsGadt(env, patternSource), variables: state.variables };
    const pattern = typePattern(gadtState, patternSource, target);
    state.variables = gadtState.variables;
    return { source, pattern, type: target, poly, newtypes, annotation, coercion };
  });
  const patternEnv = equations.env;
  if (rec === "recursive") for (const p of plans) if (p.pattern.desc.kind !== "var" && p.pattern.desc.kind !== "any" && p.pattern.desc.kind !== "alias") fail(p.pattern.loc, "Only variables are allowed as left-hand side of `let rec'");
  let bodyEnv = env;
  if (rec === "recursive") {
    for (const v of state.variables) {
      // A variable with a polymorphic annotation is polymorphic in the definitions too.
      const plan = plans.find((p) => p.pattern.desc.kind === "var" && p.pattern.desc.id === v.id);
      const type = plan?.poly === undefined ? v.type : generalizedPoly(plan.poly);
      bodyEnv = addValue(v.id, { type, valueKind: { kind: "regular" }, loc: v.loc, attributes: [], uid: freshUid() }, bodyEnv);
    }
  }
  const expressions = plans.map((p) => {
    const spec = warningSpec(p.source.attributes);
    return withWarnings(spec, () => typeBindingBody(bodyEnv, p));
  });
  endDef();
  plans.forEach((p, i) => {
    isPartial(env, p.type, [{ pattern: p.pattern, guard: undefined }], p.pattern.loc);
    const e = expressions[i]!;
    if (p.poly !== undefined) return;
    if (isNonexpansive(e)) generalize(p.pattern.type);
    else generalizeExpansive(env, p.pattern.type);
  });
  plans.forEach((p, i) => {
    for (const v of variablesOf(p.pattern, state.variables)) {
      if (p.poly !== undefined) continue;
      if (isNonexpansive(expressions[i]!)) generalize(v.type);
      else generalizeExpansive(env, v.type);
    }
  });
  let result = patternEnv;
  const variables = state.variables.map((v): PatternVariable => {
    const plan = plans.find((p) => p.pattern.desc.kind === "var" && p.pattern.desc.id === v.id);
    return plan?.poly === undefined ? v : { ...v, type: generalizedPoly(plan.poly) };
  });
  result = addPatternVariables(result, variables);
  const bindings = plans.map((p, i): T.ValueBinding => ({ pattern: p.pattern, expression: expressions[i]!, attributes: p.source.attributes, loc: p.source.loc }));
  return { bindings, env: result, variables };
}

function variablesOf(pattern: T.Pattern, all: readonly PatternVariable[]): PatternVariable[] {
  const ids = new Set<Ident>();
  const visit = (p: T.Pattern): void => {
    const { desc } = p;
    switch (desc.kind) {
      case "var": ids.add(desc.id); break;
      case "alias": ids.add(desc.id); visit(desc.pattern); break;
      case "tuple": desc.components.forEach(visit); break;
      case "construct": desc.args.forEach(visit); break;
      case "variant": if (desc.argument !== undefined) visit(desc.argument); break;
      case "record": for (const f of desc.fields) visit(f.pattern); break;
      case "array": desc.elements.forEach(visit); break;
      case "or": visit(desc.left); visit(desc.right); break;
      case "lazy": visit(desc.pattern); break;
    }
  };
  visit(pattern);
  return all.filter((v) => ids.has(v.id));
}

/** The scheme of `'a. t`. */
function generalizedPoly(poly: TypeExpr): TypeExpr {
  const t = repr(poly);
  if (t.desc.kind !== "poly") return t;
  beginDef();
  const { body } = instancePoly(t.desc.variables, t.desc.body);
  endDef();
  generalize(body);
  return body;
}

function newtypesAsPoly(env: Env, names: readonly Ast.Loc<string>[], type: Ast.CoreType): TypeExpr {
  let inner = env;
  const ids = names.map((n) => {
    const id = createScoped(n.value, 0);
    inner = addType(id, newtypeDeclaration(n.loc), inner);
    return id;
  });
  return translatePoly(names.map((n) => n.value), () => {
    const translated = translateType(inner, type);
    // The names stand for the bound variables.
    const variables = names.map((n) => translateType(env, { desc: { kind: "var", name: n.value }, loc: n.loc, attributes: [] }));
    return replaceNewtypes(translated, ids, variables);
  });
}

function typeBindingBody(env: Env, p: BindingPlan): T.Expression {
  const { source } = p;
  if (p.newtypes.length > 0 && p.annotation !== undefined) {
    beginDef();
    let inner = env;
    for (const n of p.newtypes) inner = addType(createScoped(n.value, getLevel()), newtypeDeclaration(n.loc), inner);
    const wanted = translateType(inner, p.annotation);
    const e = typeExpect(inner, source.expression, wanted);
    endDef();
    return { ...e, extra: [...e.extra, ...p.newtypes.map((n) => ({ kind: "newtype" as const, name: n.value, loc: n.loc }))] };
  }
  if (p.poly !== undefined) {
    const e = typePolyArgument(env, source.expression, p.poly);
    return { ...e, type: p.type };
  }
  if (p.coercion !== undefined) {
    const coerced: Ast.Expression = { desc: { kind: "coerce", expression: source.expression, from: p.coercion.from, to: p.coercion.to }, loc: source.expression.loc, attributes: [] };
    return typeExpect(env, coerced, p.type);
  }
  return typeExpect(env, source.expression, p.type);
}

// ---------------------------------------------------------------- let operators

function typeLetop(env: Env, source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "letop" }>, expected: TypeExpr): T.Expression {
  const { loc } = source;
  const lookupOp = (op: Ast.Loc<string>): { path: Path; description: ReturnType<typeof lookupValue>["data"]; type: TypeExpr } => {
    const { path, data } = lookupValue(op.loc, { kind: "ident", name: op.value }, env);
    return { path, description: data, type: instance(data.type) };
  };
  const nolabel: Ast.ArgLabel = { kind: "nolabel" };
  const letOp = lookupOp(desc.let.op);
  // The operator's type is  bound -> (parameter -> body) -> result.
  const boundType = newVar();
  const parameterType = newVar();
  const bodyType = newVar();
  const resultType = newVar();
  const wanted = newArrow(nolabel, boundType, newArrow(nolabel, newArrow(nolabel, parameterType, bodyType), resultType));
  try {
    unify(env, letOp.type, wanted);
  } catch (e) {
    if (!(e instanceof UnifyError)) throw e;
    fail(desc.let.op.loc, `The operator ${desc.let.op.value} has type ${printType(letOp.type)}\n       but it was expected to have type ${printType(wanted)}`);
  }
  unifyExpression(env, loc, resultType, expected);
  const first = typeExpression(env, desc.let.expression);
  let accumulated = first.type;
  let pattern = desc.let.pattern;
  const ands: T.BindingOp[] = [];
  for (const and of desc.ands) {
    const op = lookupOp(and.op);
    const e = typeExpression(env, and.expression);
    const combined = newVar();
    const andWanted = newArrow(nolabel, accumulated, newArrow(nolabel, e.type, combined));
    try {
      unify(env, op.type, andWanted);
    } catch (error) {
      if (!(error instanceof UnifyError)) throw error;
      fail(and.op.loc, `The operator ${and.op.value} has type ${printType(op.type)}\n       but it was expected to have type ${printType(andWanted)}`);
    }
    accumulated = combined;
    ands.push({ path: op.path, name: and.op, description: op.description, type: op.type, expression: e, loc: and.loc });
    pattern = { desc: { kind: "tuple", components: [pattern, and.pattern] }, loc: { ...pattern.loc, end: and.pattern.loc.end, ghost: true }, attributes: [] };
  }
  unifyExpression(env, desc.let.expression.loc, accumulated, boundType);
  const cases = typeCases(env, [{ pattern, guard: undefined, body: desc.body }], parameterType, bodyType);
  const partial = isPartial(env, parameterType, cases, loc);
  return {
    desc: { kind: "letop", let: { path: letOp.path, name: desc.let.op, description: letOp.description, type: letOp.type, expression: first, loc: desc.let.loc }, ands, parameter: createScoped("param", 0), body: cases[0]!, partial },
    loc, type: expected, env, attributes: source.attributes, extra: [],
  };
}
