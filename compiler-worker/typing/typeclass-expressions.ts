/**
 * Class expressions and immediate objects. The fields of a structure are looked at twice: first all that gives the type
 * of self, then the bodies of methods and initializers, which may use all of self.
 */
import type * as Ast from "../syntax/ast.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { beginDef, endDef, getLevel, newArrow, newType, newVar, repr } from "./btype.ts";
import { addDummyMethod, addInstanceVariable, addMethod, closeSelf, concreteMethods, copyClassType, instanceClass, methodNames, newClassSignature, publicMethods, scrapeClassType, signatureOfClassType, typesOfClassType, generalizeRow, selfRow, variableNames, hidePrivateMethods } from "./class-signatures.ts";
import { ghostly } from "./copies.ts";
import { addValue, findValueByName, freshUid, lookupClass, type Env } from "./env.ts";
import { createLocal, createScoped } from "./ident.ts";
import { classTypeMismatch } from "./includeclass.ts";
import { isPartial } from "./parmatch.ts";
import { openNamed } from "./opens.ts";
import { longidentName, pident, samePath } from "./path.ts";
import { typeOption, typeUnit } from "./predef.ts";
import { Names, printType } from "./print-type.ts";
import { printClassType } from "./print-class.ts";
import { typeApprox } from "./typecore-approx.ts";
import { setClassHooks, typeExpression } from "./typecore.ts";
import { noneExpression, someExpression, typeArgument, typePolyArgument } from "./typecore-apply.ts";
import { typeOnePattern } from "./typecore-cases.ts";
import { typeLet } from "./typecore-let.ts";
import { checkRecursiveBindings } from "./rec-check.ts";
import { explainDetails } from "./type-errors.ts";
import type * as T from "./typedtree.ts";
import { applyClassArguments, checkVirtual, completeClassType, completeImplicit, forcePoly, inheritType, methodFailure, privateMethods, translateClassType, translateConstraint, UNFINISHED, variableFailure, withDelayedMethods } from "./typeclass-types.ts";
import { translateType, withTypeVariables } from "./typetexp.ts";
import { unify, UnifyError } from "./unify.ts";
import { watch } from "./usage.ts";
import { warn } from "./warnings.ts";
import type { ClassSignature, ClassType, Ident, Path, TypeExpr, Uid, ValueKind } from "./types.ts";

const fail = (loc: Location, message: string): never => {
  throw new CompileError(errorAt(loc, message));
};

let lastClass = 0;
export const freshClassKey = (): string => String(++lastClass);

const NO_LABEL: Ast.ArgLabel = { kind: "nolabel" };

function bindUnbound(env: Env, name: string, loc: Location, what: Extract<ValueKind, { kind: "unbound" }>["what"]): Env {
  return addValue(createLocal(name), { type: newVar(), valueKind: { kind: "unbound", what }, loc, attributes: [], uid: freshUid() }, env);
}

// ---------------------------------------------------------------- class expressions

/**
 * Types a class expression. In `valEnv` instance variables are initialized; in `methodEnv` its variables are kept in
 * hidden instance variables of the class `key`, for methods to use.
 */
export function typeClassExpr(key: string, valEnv: Env, methodEnv: Env, virtual: Ast.VirtualFlag, source: Ast.ClassExpr): T.ClassExpr {
  const { desc, loc } = source;
  const make = (d: T.ClassExprDesc, type: ClassType): T.ClassExpr => ({ desc: d, loc, type, env: valEnv, attributes: source.attributes });
  switch (desc.kind) {
    case "constr": {
      const { path, data } = lookupClass(loc, desc.ident.value, valEnv);
      if (samePath(data.path, UNFINISHED)) fail(loc, `The class ${longidentName(desc.ident.value)} is not yet completely defined`);
      const { parameters, type } = instanceClass(data.parameters, data.type);
      const args = applyClassArguments(valEnv, loc, desc.ident.value, parameters, desc.args);
      addDummyMethod(signatureOfClassType(type));
      const named = abbreviate(path, args, type);
      return make(visible(make({ kind: "ident", path, args }, named), type), named);
    }
    case "structure": {
      const structure = typeStructure(key, valEnv, methodEnv, virtual, false, loc, desc.structure);
      return make({ kind: "structure", structure }, { kind: "signature", signature: structure.type });
    }
    case "fun":
      if (desc.default !== undefined) return typeClassExpr(key, valEnv, methodEnv, virtual, withDefault(source, desc, desc.default));
      return typeClassFunction(key, valEnv, methodEnv, virtual, source, desc, make);
    case "apply": {
      const applied = typeClassExpr(key, valEnv, methodEnv, virtual, desc.class);
      const { args, type } = typeClassArguments(valEnv, applied, desc.args);
      return make({ kind: "apply", class: applied, args }, type);
    }
    case "let": {
      // The binding that a parameter's default was made to is the parameter.
      const isParameter = desc.bindings[0]!.loc.ghost;
      const { bindings, env, variables } = typeLet(valEnv, desc.rec, desc.bindings, isParameter);
      if (isParameter) for (const v of variables) watch(v.uid, v.id.name, v.loc, 27, "unused variable");
      else if (desc.rec === "recursive") checkRecursiveBindings(bindings);
      const kept = keepVariables(key, env, methodEnv, variables);
      const body = typeClassExpr(key, env, kept.env, virtual, desc.body);
      return make({ kind: "let", rec: desc.rec, bindings, variables: kept.bindings, body }, body.type);
    }
    case "constraint": {
      beginDef();
      const inner = withTypeVariables(() => {
        const c = typeClassExpr(key, valEnv, methodEnv, virtual, desc.class);
        completeClassType(desc.class.loc, virtual, "class type", c.type);
        return c;
      });
      const wanted = withTypeVariables(() => {
        const t = translateClassType(valEnv, virtual, desc.type);
        completeClassType(desc.type.loc, virtual, "class", t);
        return t;
      });
      endDef();
      generalizeRow(selfRow(signatureOfClassType(inner.type)), typesOfClassType(inner.type));
      generalizeRow(selfRow(signatureOfClassType(wanted)), typesOfClassType(wanted));
      const reason = classTypeMismatch(valEnv, inner.type, wanted);
      if (reason !== undefined) fail(desc.class.loc, `The class type\n  ${printClassType(inner.type)}\nis not matched by the class type\n  ${printClassType(wanted)}\n${reason}`);
      const type = copyClassType(wanted, new Map());
      addDummyMethod(signatureOfClassType(type));
      return make(visible(inner, wanted), type);
    }
    case "open": {
      const { path, envs: [env, inMethods] } = openNamed([valEnv, methodEnv] as const, desc.description);
      const body = typeClassExpr(key, env, inMethods, virtual, desc.body);
      return make({ kind: "open", description: { path, env, override: desc.description.override, loc: desc.description.loc }, body }, body.type);
    }
    case "extension":
      return fail(desc.extension.name.loc, `Uninterpreted extension '${desc.extension.name.value}'.`);
    case "error": {
      const sign = newClassSignature();
      return make({ kind: "structure", structure: { self: anySelf(valEnv, loc, sign.self), selfId: createLocal("self"), fields: [], type: sign, methods: new Map() } }, { kind: "signature", signature: sign });
    }
  }
}

/** The class type with its body called by the class's name. */
function abbreviate(path: Path, args: readonly TypeExpr[], type: ClassType): ClassType {
  return type.kind === "arrow" ? { ...type, result: abbreviate(path, args, type.result) } : { kind: "constr", path, args, type };
}

function visible(inner: T.ClassExpr, type: ClassType): T.ClassExprDesc {
  const sign = signatureOfClassType(type);
  return { kind: "constraint", class: inner, visibleVariables: variableNames(sign), visibleMethods: methodNames(sign), concreteMethods: concreteMethods(sign) };
}

function anySelf(env: Env, loc: Location, type: TypeExpr): T.Pattern {
  return { desc: { kind: "any" }, loc, type, env, attributes: [], extra: [] };
}

/** `fun ?(p = e) -> c` is `fun ?opt -> let p = match opt with Some x -> x | None -> e in c`. */
function withDefault(source: Ast.ClassExpr, desc: Extract<Ast.ClassExprDesc, { kind: "fun" }>, value: Ast.Expression): Ast.ClassExpr {
  const loc: Location = ghostly(value.loc);
  const ident = (name: string): Ast.Loc<Ast.Longident> => ({ value: { kind: "ident", name }, loc });
  const pattern = (d: Ast.PatternDesc): Ast.Pattern => ({ desc: d, loc, attributes: [] });
  const variable = (name: string): Ast.Pattern => pattern({ kind: "var", name: { value: name, loc } });
  const expression = (d: Ast.ExpressionDesc): Ast.Expression => ({ desc: d, loc, attributes: [] });
  const choice = expression({
    kind: "match",
    scrutinee: expression({ kind: "ident", ident: ident("*opt*") }),
    cases: [
      { pattern: pattern({ kind: "construct", ident: ident("Some"), argument: { types: [], pattern: variable("*sth*") } }), guard: undefined, body: expression({ kind: "ident", ident: ident("*sth*") }) },
      { pattern: pattern({ kind: "construct", ident: ident("None"), argument: undefined }), guard: undefined, body: value },
    ],
  });
  const binding: Ast.ValueBinding = { pattern: desc.pattern, constraint: undefined, expression: choice, attributes: [], loc };
  const body: Ast.ClassExpr = { desc: { kind: "let", rec: "nonrecursive", bindings: [binding], body: desc.body }, loc: source.loc, attributes: [] };
  return { desc: { kind: "fun", label: desc.label, default: undefined, pattern: variable("*opt*"), body }, loc: source.loc, attributes: source.attributes };
}

function identExpression(env: Env, id: Ident, type: TypeExpr, loc: Location): T.Expression {
  const description = { type, valueKind: { kind: "regular" } as const, loc, attributes: [], uid: freshUid() };
  return { desc: { kind: "ident", path: pident(id), ident: { value: { kind: "ident", name: id.name }, loc }, description }, loc, type, env, attributes: [], extra: [] };
}

/** Variables of class parameters and lets, for methods: hidden instance variables. */
function keepVariables(key: string, valEnv: Env, methodEnv: Env, variables: readonly { readonly id: Ident; readonly type: TypeExpr; readonly loc: Location; readonly uid: Uid }[]): { bindings: { id: Ident; expression: T.Expression }[]; env: Env } {
  let env = methodEnv;
  const bindings = variables.map((v) => {
    const id = createLocal(v.id.name);
    env = addValue(id, { type: v.type, valueKind: { kind: "instanceVariable", mutable: "immutable", classKey: key }, loc: v.loc, attributes: [], uid: v.uid }, env);
    return { id, expression: identExpression(valEnv, v.id, v.type, v.loc) };
  });
  return { bindings, env };
}

function typeClassFunction(key: string, valEnv: Env, methodEnv: Env, virtual: Ast.VirtualFlag, source: Ast.ClassExpr, desc: Extract<Ast.ClassExprDesc, { kind: "fun" }>, make: (d: T.ClassExprDesc, type: ClassType) => T.ClassExpr): T.ClassExpr {
  const type = newVar();
  if (desc.label.kind === "optional") unify(valEnv, type, levelled(typeOption(newVar())));
  const { pattern, env, variables } = typeOnePattern(valEnv, desc.pattern, type);
  const partial = isPartial(valEnv, type, [{ pattern, guard: undefined }], desc.pattern.loc);
  const kept = keepVariables(key, env, methodEnv, variables);
  for (const v of variables) watch(v.uid, v.id.name, v.loc, v.alias ? 26 : 27, "unused variable");
  const body = typeClassExpr(key, env, kept.env, virtual, desc.body);
  if (desc.label.kind === "optional" && !hasUnlabelled(body.type)) warn(source.loc, 16, "this optional argument cannot be erased.");
  return make({ kind: "fun", label: desc.label, pattern, bindings: kept.bindings, body, partial }, { kind: "arrow", label: desc.label, parameter: type, result: body.type });
}

function levelled(type: TypeExpr): TypeExpr {
  type.level = getLevel();
  return type;
}

function hasUnlabelled(type: ClassType): boolean {
  for (let t = scrapeClassType(type); t.kind === "arrow"; t = scrapeClassType(t.result)) if (t.label.kind === "nolabel") return true;
  return false;
}

/** Arguments of a class against its parameters, by label and position as in an application of a function. */
function typeClassArguments(env: Env, applied: T.ClassExpr, sources: readonly { readonly label: Ast.ArgLabel; readonly argument: Ast.Expression }[]): { args: { label: Ast.ArgLabel; argument: T.ApplyArgument }[]; type: ClassType } {
  const remaining = [...sources];
  const args: { label: Ast.ArgLabel; argument: T.ApplyArgument; parameter: TypeExpr }[] = [];
  /** The type that is left, by the name that it has. */
  let named = applied.type;
  let type = scrapeClassType(named);
  const ignoreLabels = sources.every((a) => a.label.kind === "nolabel") && labelsLeftOut(type, sources.length);
  if (ignoreLabels) warn(applied.loc, 6, `label ${firstLabel(type)} was omitted in the application of this function.`);
  while (remaining.length > 0 && type.kind === "arrow") {
    const { label, parameter } = type;
    const index = ignoreLabels && label.kind !== "optional" ? 0 : remaining.findIndex((a) => (label.kind === "nolabel" ? a.label.kind === "nolabel" : a.label.kind !== "nolabel" && a.label.name === label.name));
    const found = index < 0 ? undefined : remaining.splice(index, 1)[0];
    if (found !== undefined) {
      if (label.kind === "optional" && found.label.kind !== "optional") {
        const inner = newVar();
        unify(env, parameter, levelled(typeOption(inner)));
        args.push({ label, parameter, argument: { kind: "expression", expression: someExpression(env, typeArgument(env, found.argument, inner), parameter) } });
      } else {
        if (label.kind === "labelled" && found.label.kind === "optional") warn(found.argument.loc, 43, `the label ${label.name} is not optional.`);
        args.push({ label, parameter, argument: { kind: "expression", expression: typeArgument(env, found.argument, parameter) } });
      }
    } else if (label.kind === "optional" && remaining.some((a) => a.label.kind === "nolabel")) {
      args.push({ label, parameter, argument: { kind: "expression", expression: noneExpression(env, applied.loc, parameter) } });
    } else args.push({ label, parameter, argument: { kind: "omitted" } });
    named = type.result;
    type = scrapeClassType(named);
  }
  const extra = remaining[0];
  if (extra !== undefined) {
    if (type.kind !== "arrow" && args.every((a) => a.argument.kind !== "omitted")) fail(applied.loc, "This class expression is not a class function, it cannot be applied");
    const shown = extra.label.kind === "nolabel" ? "without label" : `with label ${extra.label.kind === "optional" ? "?" : "~"}${extra.label.name}`;
    fail(extra.argument.loc, `This argument cannot be applied ${shown}`);
  }
  // Trailing parameters that were passed over only because nothing was left stay parameters.
  while (args.length > 0 && args[args.length - 1]!.argument.kind === "omitted") {
    const last = args.pop()!;
    named = { kind: "arrow", label: last.label, parameter: last.parameter, result: named };
  }
  let result = named;
  for (let i = args.length - 1; i >= 0; i--) {
    const a = args[i]!;
    if (a.argument.kind === "omitted") result = { kind: "arrow", label: a.label, parameter: a.parameter, result };
  }
  return { args: args.map(({ label, argument }) => ({ label, argument })), type: result };
}

function labelsLeftOut(type: ClassType, count: number): boolean {
  let n = 0;
  let labelled = false;
  for (let t = scrapeClassType(type); t.kind === "arrow"; t = scrapeClassType(t.result)) {
    if (t.label.kind !== "optional") n++;
    if (t.label.kind === "labelled") labelled = true;
  }
  return labelled && n === count;
}
function firstLabel(type: ClassType): string {
  for (let t = scrapeClassType(type); t.kind === "arrow"; t = scrapeClassType(t.result)) if (t.label.kind === "labelled") return t.label.name;
  return "";
}

// ---------------------------------------------------------------- structures

/** A field after the first look. */
type Planned =
  | { readonly kind: "done"; readonly field: T.ClassField; readonly enter: (env: Env) => Env }
  | { readonly kind: "method"; readonly source: Ast.ClassField; readonly name: Ast.Loc<string>; readonly private: Ast.PrivateFlag; readonly override: Ast.OverrideFlag; readonly body: Ast.Expression; readonly annotation: Ast.CoreType | undefined }
  | { readonly kind: "initializer"; readonly source: Ast.ClassField; readonly body: Ast.Expression };

/** Types `object … end`; `isFinal` for an immediate object, whose self has no more methods than are written. */
function typeStructure(key: string, valEnv: Env, methodEnv: Env, virtual: Ast.VirtualFlag, isFinal: boolean, loc: Location, source: Ast.ClassStructure): T.ClassStructure {
  const kind = isFinal ? "object" : "class";
  const sign = newClassSignature();
  if (!isFinal) addDummyMethod(sign);
  // Self.
  const selfType = newVar();
  const { pattern: self, variables: selfVariables } = typeOnePattern(valEnv, source.self, selfType);
  try {
    unify(valEnv, selfType, sign.self);
  } catch (e) {
    if (!(e instanceof UnifyError)) throw e;
    fail(source.self.loc, `This pattern cannot match self: it only matches values of type\n       ${printType(selfType)}${explainDetails(valEnv, e, new Names())}`);
  }
  let initEnv = valEnv;
  let parentEnv = methodEnv;
  for (const v of selfVariables) {
    initEnv = bindUnbound(initEnv, v.id.name, v.loc, "self");
    parentEnv = bindUnbound(parentEnv, v.id.name, v.loc, "self");
  }
  // First look.
  const variables = new Map<string, Ident>();
  const planned = withDelayedMethods(() => planFields(key, initEnv, parentEnv, sign, isFinal, variables, source.fields));
  checkVirtual(loc, virtual, kind, sign);
  completeImplicit(loc, virtual, kind, sign);
  const methods = new Map<string, Ident>();
  for (const name of methodNames(sign)) methods.set(name, createLocal(name));
  if (isFinal && !closeSelf(sign)) fail(loc, `Cannot close type of object literal:\n${printType(sign.self)} it has been unified with the self type of a class that is not yet\ncompletely defined.`);
  // Second look.
  const privateBefore = privateMethods(sign);
  const valueKind: ValueKind = { kind: "self", classKey: key, signature: sign, methods, variables, open: virtual === "virtual" };
  const selfValue = { type: sign.self, valueKind, loc: source.self.loc, attributes: [], uid: freshUid() };
  let bodyEnv = addValue(createLocal(SELF_VALUE), selfValue, methodEnv);
  for (const v of selfVariables) {
    const value = { ...selfValue, loc: v.loc, uid: freshUid() };
    bodyEnv = addValue(v.id, value, bodyEnv);
    watch(value.uid, v.id.name, v.loc, v.alias ? 26 : 27, "unused variable");
  }
  const fields = planned.map((p): T.ClassField => {
    if (p.kind === "done") {
      bodyEnv = p.enter(bodyEnv);
      return p.field;
    }
    const base = { loc: p.source.loc, attributes: p.source.attributes };
    if (p.kind === "initializer") {
      const expression = typeWithSelf(key, bodyEnv, p.source.loc, sign.self, newType({ kind: "poly", body: typeUnit(), variables: [] }), undefined, p.body);
      return { desc: { kind: "initializer", expression }, ...base };
    }
    const type = sign.methods.get(p.name.value)!.type;
    const expression = typeWithSelf(key, bodyEnv, p.source.loc, sign.self, type, p.annotation, p.body);
    return { desc: { kind: "method", name: p.name.value, private: p.private, definition: { kind: "concrete", override: p.override, expression } }, ...base };
  });
  completeImplicit(loc, virtual, kind, sign, privateBefore);
  return { self, selfId: createLocal("self"), fields, type: sign, methods };
}

/** The name under which `{< … >}` finds self. */
const SELF_VALUE = "selfpat-*";
const selfName = (key: string): string => `self-${key}`;

/** A method or initializer: a function whose first parameter is self. */
function typeWithSelf(key: string, env: Env, loc: Location, self: TypeExpr, type: TypeExpr, annotation: Ast.CoreType | undefined, source: Ast.Expression): T.Expression {
  const ghost: Location = ghostly(loc);
  const id = createScoped(selfName(key), 0);
  beginDef();
  const inner = addValue(id, { type: self, valueKind: { kind: "regular" }, loc: ghost, attributes: [], uid: freshUid() }, env);
  const body = typeMethodBody(inner, type, annotation, source);
  endDef();
  const whole = newArrow(NO_LABEL, self, body.type);
  const base = { loc: ghost, env, attributes: [], extra: [] };
  const parameter: T.FunctionParameter = { label: NO_LABEL, id, pattern: { desc: { kind: "var", id, name: { value: id.name, loc: ghost } }, type: self, ...base }, default: undefined, partial: false, newtypes: [], loc: ghost };
  // Self and the parameters of the method are those of one function.
  if (body.desc.kind === "function" && body.attributes.length === 0) return { desc: { kind: "function", parameters: [parameter, ...body.desc.parameters], body: body.desc.body }, type: whole, ...base };
  return { desc: { kind: "function", parameters: [parameter], body: { kind: "body", expression: body } }, type: whole, ...base };
}

function typeMethodBody(env: Env, type: TypeExpr, annotation: Ast.CoreType | undefined, source: Ast.Expression): T.Expression {
  if (annotation !== undefined) {
    const annotated = forcePoly(translateType(env, annotation));
    try {
      unify(env, annotated, type);
    } catch (e) {
      if (!(e instanceof UnifyError)) throw e;
      fail(annotation.loc, `This method has type ${printType(annotated)}\n       but is expected to have type ${printType(type)}${explainDetails(env, e, new Names())}`);
    }
  }
  const t = repr(type);
  if (t.desc.kind === "var") {
    const e = typeExpression(env, source);
    unify(env, newType({ kind: "poly", body: e.type, variables: [] }), t);
    return e;
  }
  return typePolyArgument(env, source, t, "method");
}

function planFields(key: string, valEnv: Env, parentEnv: Env, sign: ClassSignature, isFinal: boolean, variables: Map<string, Ident>, sources: readonly Ast.ClassField[]): Planned[] {
  const localMethods = new Set<string>();
  const localVariables = new Set<string>();
  const concrete = new Set<string>();
  const concreteVariables = new Set<string>();
  let init = valEnv;
  let par = parentEnv;
  const planned: Planned[] = [];
  const hide = (name: string, loc: Location, what: Extract<ValueKind, { kind: "unbound" }>["what"]): void => {
    init = bindUnbound(init, name, loc, what);
    par = bindUnbound(par, name, loc, what);
  };
  const variableValue = (name: string, id: Ident, loc: Location) => (env: Env): Env => {
    const v = sign.variables.get(name)!;
    return addValue(id, { type: v.type, valueKind: { kind: "instanceVariable", mutable: v.mutable, classKey: key }, loc, attributes: [], uid: freshUid() }, env);
  };
  const plan = (source: Ast.ClassField): void => {
    const { desc, loc } = source;
    const base = { loc, attributes: source.attributes };
    switch (desc.kind) {
      case "inherit": {
        const parent = typeClassExpr(key, init, par, "virtual", desc.class);
        completeClassType(desc.class.loc, "virtual", "class", parent.type, !isFinal);
        const type = scrapeClassType(parent.type);
        if (type.kind === "arrow") fail(desc.class.loc, `This class expression is not a class structure; it has type\n       ${printClassType(parent.type)}`);
        inheritType(init, desc.class.loc, sign, type);
        const inherited = signatureOfClassType(type);
        const methods = concreteMethods(inherited);
        const values = variableNames(inherited).filter((name) => inherited.variables.get(name)!.virtual === "concrete");
        const overriddenMethods = methods.filter((m) => concrete.has(m));
        const overriddenVariables = values.filter((v) => concreteVariables.has(v));
        if (desc.override === "fresh") {
          const name = desc.class.desc.kind === "constr" ? longidentName(desc.class.desc.ident.value) : "inherited";
          if (overriddenMethods.length > 0) warn(desc.class.loc, 7, `the following methods are overridden by the class ${name} :\n  ${overriddenMethods.join(" ")}`);
          if (overriddenVariables.length > 0) warn(desc.class.loc, 13, `the following instance variables are overridden by the class ${name} :\n  ${overriddenVariables.join(" ")}\nThe behaviour changed in ocaml 3.10 (previous behaviour was hiding.)`);
        } else if (overriddenMethods.length === 0 && overriddenVariables.length === 0) fail(desc.class.loc, "This inheritance does not override any method or instance variable");
        for (const m of methods) concrete.add(m);
        for (const v of values) concreteVariables.add(v);
        const bound = variableNames(inherited).map((name) => ({ name, id: createLocal(name) }));
        for (const { name, id } of bound) {
          variables.set(name, id);
          hide(name, loc, "instance variable");
        }
        let superMethods: { name: string; id: Ident }[] = [];
        const { alias } = desc;
        if (alias !== undefined) {
          superMethods = methods.map((name) => ({ name, id: createLocal(name) }));
          hide(alias.value, alias.loc, "ancestor");
        }
        const enter = (env: Env): Env => {
          for (const { name, id } of bound) env = variableValue(name, id, loc)(env);
          if (alias === undefined) return env;
          const valueKind: ValueKind = { kind: "ancestor", classKey: key, signature: inherited, methods: new Map(superMethods.map(({ name, id }) => [name, id])) };
          const uid = freshUid();
          watch(uid, alias.value, desc.class.loc, 36, "unused ancestor variable");
          return addValue(createLocal(alias.value), { type: sign.self, valueKind, loc: alias.loc, attributes: [], uid }, env);
        };
        planned.push({ kind: "done", field: { desc: { kind: "inherit", override: desc.override, class: parent, alias: alias?.value, variables: bound, methods: superMethods }, ...base }, enter });
        break;
      }
      case "val": {
        const name = desc.name.value;
        if (desc.definition.kind === "concrete") {
          if (localVariables.has(name)) fail(loc, `The instance variable \`${name}' has multiple definitions in this object`);
          if (desc.definition.override === "override") {
            if (!concreteVariables.has(name)) fail(loc, `The instance variable \`${name}' has no previous definition`);
          } else if (concreteVariables.has(name)) warn(desc.name.loc, 13, `the instance variable ${name} is overridden.\nThe behaviour changed in ocaml 3.10 (previous behaviour was hiding.)`);
        }
        let definition: T.ClassFieldKind;
        let type: TypeExpr;
        if (desc.definition.kind === "virtual") {
          type = translateType(init, desc.definition.type);
          definition = { kind: "virtual" };
        } else {
          const expression = typeExpression(init, desc.definition.expression);
          type = expression.type;
          definition = { kind: "concrete", override: desc.definition.override, expression };
          localVariables.add(name);
          concreteVariables.add(name);
        }
        const override = sign.variables.has(name);
        const failure = addInstanceVariable(init, name, desc.mutable, desc.definition.kind, type, sign);
        if (failure !== undefined) variableFailure(init, loc, name, failure);
        const id = createLocal(name);
        variables.set(name, id);
        hide(name, desc.name.loc, "instance variable");
        planned.push({ kind: "done", field: { desc: { kind: "val", name, mutable: desc.mutable, id, definition, override }, ...base }, enter: variableValue(name, id, desc.name.loc) });
        break;
      }
      case "method": {
        const name = desc.name.value;
        if (desc.definition.kind === "virtual") {
          const failure = addMethod(init, name, desc.private, "virtual", forcePoly(translateType(init, desc.definition.type)), sign);
          if (failure !== undefined) methodFailure(init, loc, name, failure);
          planned.push({ kind: "done", field: { desc: { kind: "method", name, private: desc.private, definition: { kind: "virtual" } }, ...base }, enter: (env) => env });
          break;
        }
        const { override, expression } = desc.definition;
        if (localMethods.has(name)) fail(loc, `The method \`${name}' has multiple definitions in this object`);
        if (concrete.has(name)) {
          if (override === "fresh") warn(loc, 7, `the method ${name} is overridden.`);
        } else if (override === "override") fail(loc, `The method \`${name}' has no previous definition`);
        localMethods.add(name);
        concrete.add(name);
        const body = expression.desc.kind === "poly" ? expression.desc : { expression, type: undefined };
        const type = body.type === undefined ? newVar() : forcePoly(translateType(init, body.type));
        const failure = addMethod(init, name, desc.private, "concrete", type, sign);
        if (failure !== undefined) methodFailure(init, loc, name, failure);
        typeApprox(init, body.expression, type);
        planned.push({ kind: "method", source, name: desc.name, private: desc.private, override, body: body.expression, annotation: body.type });
        break;
      }
      case "constraint":
        translateConstraint(init, loc, desc.left, desc.right);
        planned.push({ kind: "done", field: { desc: { kind: "constraint" }, ...base }, enter: (env) => env });
        break;
      case "initializer":
        planned.push({ kind: "initializer", source, body: desc.expression });
        break;
      case "attribute":
        planned.push({ kind: "done", field: { desc: { kind: "attribute" }, ...base }, enter: (env) => env });
        break;
      case "extension":
        fail(desc.extension.name.loc, `Uninterpreted extension '${desc.extension.name.value}'.`);
    }
  };
  sources.forEach(plan);
  return planned;
}

// ---------------------------------------------------------------- objects

/** `object … end` as an expression. */
function typeObject(env: Env, loc: Location, source: Ast.ClassStructure): { structure: T.ClassStructure; methods: string[]; type: TypeExpr } {
  const structure = typeStructure(freshClassKey(), env, env, "concrete", true, loc, source);
  const sign = structure.type;
  checkVirtual(loc, "concrete", "object", sign);
  completeImplicit(loc, "concrete", "object", sign);
  hidePrivateMethods(sign);
  return { structure, methods: publicMethods(sign), type: sign.self };
}

/** Classes being defined, the innermost last, with the places where self is coerced to the type of their objects. */
const selfCoercions: { readonly objectId: Ident; readonly places: Location[] }[] = [];

/** Runs the typing of a class; gives the places where self is coerced to the class's own type, to be checked when it is known. */
export function collectSelfCoercions<R>(objectId: Ident, run: () => R): { result: R; places: Location[] } {
  const entry = { objectId, places: [] };
  selfCoercions.push(entry);
  try {
    return { result: run(), places: entry.places };
  } finally {
    selfCoercions.pop();
  }
}

setClassHooks({
  selfCoercion(path, loc) {
    const innermost = selfCoercions[selfCoercions.length - 1];
    if (innermost === undefined || path.kind !== "ident" || path.id !== innermost.objectId) return false;
    innermost.places.push(loc);
    return true;
  },
  typeObject,
  /** The value that is self in the methods of a class. */
  selfPath(env, key) {
    const found = findValueByName(selfName(key), env);
    if (found === undefined) throw new Error("a method without self");
    return found.path;
  },
  selfValue: (env) => findValueByName(SELF_VALUE, env)?.data.valueKind,
});
