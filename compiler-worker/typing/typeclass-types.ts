/** Class types of the source → class types. */
import type * as Ast from "../syntax/ast.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { getLevel, newType, newVar, repr } from "./btype.ts";
import { addDummyMethod, addInstanceVariable, addMethod, hidePrivateMethods, inheritSignature, instanceClass, isPublic, newClassSignature, signatureOfClassType, updateSignature, virtualMethods, virtualVariables, type InheritFailure, type MethodFailure, type VariableFailure } from "./class-signatures.ts";
import { lookupClassType, type Env } from "./env.ts";
import { createLocal } from "./ident.ts";
import { openIn } from "./opens.ts";
import { longidentName, pident, samePath } from "./path.ts";
import { typeOption } from "./predef.ts";
import { Names, printType } from "./print-type.ts";
import { explainDetails, explainMismatch } from "./type-errors.ts";
import { translateMethodType, translateType } from "./typetexp.ts";
import { unify, UnifyError } from "./unify.ts";
import { warn } from "./warnings.ts";
import type { ClassSignature, ClassType, Path, TypeExpr } from "./types.ts";

export const fail = (loc: Location, message: string): never => {
  throw new CompileError(errorAt(loc, message));
};

/** The path of a class that is not complete yet. */
export const UNFINISHED: Path = pident(createLocal("*undef*"));

export type ClassKind = "class" | "class type" | "object";

const names = (list: readonly string[]): string => list.join(" ");

/** What is not virtual must have all its methods and variables. */
export function checkVirtual(loc: Location, virtual: Ast.VirtualFlag, kind: ClassKind, sign: ClassSignature): void {
  if (virtual === "virtual") return;
  const methods = virtualMethods(sign);
  const variables = virtualVariables(sign);
  if (methods.length === 0 && variables.length === 0) return;
  const what = methods.length === 0 ? "variables" : variables.length === 0 ? "methods" : "methods and variables";
  const undefinedItems = `The following ${what} are undefined : ${names([...methods, ...variables])}`;
  fail(loc, kind === "object" ? `This object has virtual ${what}.\n       ${undefinedItems}` : `This ${kind} should be virtual.\n       ${undefinedItems}`);
}

/** Enters methods that are there by inference: they are declared, or the class is virtual. */
export function completeImplicit(loc: Location, virtual: Ast.VirtualFlag, kind: ClassKind, sign: ClassSignature, privateBefore?: ReadonlySet<string>): void {
  const { undeclared, published } = updateSignature(sign, privateBefore ?? new Set());
  if (undeclared.length > 0 && virtual === "concrete") {
    const undefinedItems = `The following methods are undefined : ${names(undeclared)}`;
    fail(loc, kind === "object" ? `This object has undeclared virtual methods.\n       ${undefinedItems}` : `This ${kind} should be virtual.\n       ${undefinedItems}`);
  }
  if (published.length > 0) warn(loc, 15, `the following private methods were made public implicitly:\n ${names(published)}.`);
}

/** Names of the methods that are private so far. */
export function privateMethods(sign: ClassSignature): Set<string> {
  return new Set([...sign.methods].filter(([, m]) => !isPublic(m)).map(([name]) => name));
}

export function completeClassType(loc: Location, virtual: Ast.VirtualFlag, kind: ClassKind, type: ClassType, isParent = false): void {
  const sign = signatureOfClassType(type);
  checkVirtual(loc, virtual, kind, sign);
  completeImplicit(loc, virtual, kind, sign);
  hidePrivateMethods(sign, isParent);
}

// ---------------------------------------------------------------- failures

function mismatch(env: Env, loc: Location, what: string, name: string, error: UnifyError): never {
  const first = error.differences[0];
  const text = first === undefined ? "" : explainMismatch(env, error, first.left, first.right, "", "but is expected to have type").trimStart();
  return fail(loc, `The ${what} ${name}\nhas type ${text}`);
}

export function methodFailure(env: Env, loc: Location, name: string, failure: MethodFailure): never {
  if (failure.kind === "unexpected") return fail(loc, `This object is expected to have type : the method ${name} is not in it`);
  return mismatch(env, loc, "method", name, failure.error);
}

export function variableFailure(env: Env, loc: Location, name: string, failure: VariableFailure): never {
  if (failure.kind === "mutability") return fail(loc, `The instance variable is ${failure.mutable};\nit cannot be redefined as ${failure.mutable === "mutable" ? "immutable" : "mutable"}`);
  return mismatch(env, loc, "instance variable", name, failure.error);
}

function inheritFailure(env: Env, loc: Location, parent: ClassSignature, failure: InheritFailure): never {
  switch (failure.kind) {
    case "self": {
      return fail(loc, `This pattern cannot match self: it only matches values of type\n       ${printType(parent.self)}${explainDetails(env, failure.error, new Names())}`);
    }
    case "method":
      return methodFailure(env, loc, failure.name, failure.failure);
    case "variable":
      return variableFailure(env, loc, failure.name, failure.failure);
  }
}

/** Adds what the parent has to the signature. */
export function inheritType(env: Env, loc: Location, sign: ClassSignature, parent: ClassType): void {
  if (parent.kind === "arrow") fail(loc, "This class expression is not a class structure; it has type\n       " + "a class that takes an argument");
  const inherited = signatureOfClassType(parent);
  const failure = inheritSignature(env, sign, inherited);
  if (failure !== undefined) inheritFailure(env, loc, inherited, failure);
}

// ---------------------------------------------------------------- types of methods

let delayed: (() => void)[] = [];

/** Runs, then translates the method types that may bind variables of their own: after all others, which may name these variables. */
export function withDelayedMethods<T>(run: () => T): T {
  const saved = delayed;
  delayed = [];
  try {
    const result = run();
    const now = delayed;
    delayed = [];
    for (const translate of now) translate();
    return result;
  } finally {
    delayed = saved;
  }
}

/** `method m : t`. */
export function declareMethod(env: Env, loc: Location, name: string, isPrivate: Ast.PrivateFlag, source: Ast.CoreType, sign: ClassSignature): void {
  const type = newVar();
  const failure = addMethod(env, name, isPrivate, "virtual", type, sign);
  if (failure !== undefined) methodFailure(env, loc, name, failure);
  const found = sign.methods.get(name)!;
  const unifyWith = (t: TypeExpr): void => {
    try {
      unify(env, t, found.type);
    } catch (e) {
      if (!(e instanceof UnifyError)) throw e;
      methodFailure(env, loc, name, { kind: "mismatch", error: e });
    }
  };
  const body = source.desc.kind === "poly" ? source.desc : undefined;
  if ((body === undefined || body.variables.length === 0) && isPrivate === "public") delayed.push(() => unifyWith(translateMethodType(env, body === undefined ? source : body.body)));
  else unifyWith(forcePoly(translateType(env, source)));
}

/** Types of methods are polymorphic types, be it without variables. */
export function forcePoly(type: TypeExpr): TypeExpr {
  return repr(type).desc.kind === "poly" ? type : newType({ kind: "poly", body: type, variables: [] });
}

export function translateConstraint(env: Env, loc: Location, left: Ast.CoreType, right: Ast.CoreType): void {
  const l = translateType(env, left);
  const r = translateType(env, right);
  try {
    unify(env, l, r);
  } catch (e) {
    if (!(e instanceof UnifyError)) throw e;
    fail(loc, explainMismatch(env, e, l, r, "The class constraints are not consistent.\nType", "is not compatible with type"));
  }
}

// ---------------------------------------------------------------- class types

/** Arguments of a class or class type against its parameters. */
export function applyClassArguments(env: Env, loc: Location, ident: Ast.Longident, parameters: readonly TypeExpr[], sources: readonly Ast.CoreType[]): TypeExpr[] {
  if (parameters.length !== sources.length) {
    fail(loc, `The class constructor ${longidentName(ident)}\nexpects ${parameters.length} type argument(s),\nbut is here applied to ${sources.length} type argument(s)`);
  }
  return sources.map((source, i) => {
    const type = translateType(env, source);
    try {
      unify(env, type, parameters[i]!);
    } catch (e) {
      if (!(e instanceof UnifyError)) throw e;
      fail(source.loc, explainMismatch(env, e, type, parameters[i]!, "The type parameter", "does not meet its constraint: it should be"));
    }
    return type;
  });
}

export function translateClassType(env: Env, virtual: Ast.VirtualFlag, source: Ast.ClassType): ClassType {
  return withDelayedMethods(() => translate(env, virtual, source));
}

function translate(env: Env, virtual: Ast.VirtualFlag, source: Ast.ClassType): ClassType {
  const { desc, loc } = source;
  switch (desc.kind) {
    case "constr": {
      const { path, data } = lookupClassType(desc.ident.loc, desc.ident.value, env);
      if (samePath(data.path, UNFINISHED)) fail(loc, `The class type ${longidentName(desc.ident.value)} is not yet completely defined`);
      const { parameters, type } = instanceClass(data.parameters, data.type);
      addDummyMethod(signatureOfClassType(type));
      const args = applyClassArguments(env, loc, desc.ident.value, parameters, desc.args);
      return { kind: "constr", path, args, type };
    }
    case "signature":
      return { kind: "signature", signature: translateClassSignature(env, loc, virtual, desc.signature) };
    case "arrow": {
      let parameter = translateType(env, desc.parameter);
      if (desc.label.kind === "optional") {
        parameter = typeOption(parameter);
        parameter.level = getLevel();
      }
      return { kind: "arrow", label: desc.label, parameter, result: translate(env, virtual, desc.result) };
    }
    case "open":
      return translate(openIn(env, desc.description).env, virtual, desc.body);
    case "extension":
      return fail(desc.extension.name.loc, `Uninterpreted extension '${desc.extension.name.value}'.`);
    case "error":
      return { kind: "signature", signature: newClassSignature() };
  }
}

function translateClassSignature(env: Env, loc: Location, virtual: Ast.VirtualFlag, source: Ast.ClassSignature): ClassSignature {
  const sign = newClassSignature();
  addDummyMethod(sign);
  const self = translateType(env, source.self);
  try {
    unify(env, self, sign.self);
  } catch (e) {
    if (!(e instanceof UnifyError)) throw e;
    fail(source.self.loc, `This pattern cannot match self: it only matches values of type\n       ${printType(self)}`);
  }
  for (const field of source.fields) {
    const { desc } = field;
    switch (desc.kind) {
      case "inherit": {
        const parent = translate(env, "virtual", desc.type);
        completeClassType(desc.type.loc, "virtual", "class type", parent, true);
        inheritType(env, field.loc, sign, parent);
        break;
      }
      case "val": {
        const type = translateType(env, desc.type);
        const failure = addInstanceVariable(env, desc.name.value, desc.mutable, desc.virtual, type, sign);
        if (failure !== undefined) variableFailure(env, field.loc, desc.name.value, failure);
        break;
      }
      case "method": {
        declareMethod(env, field.loc, desc.name.value, desc.private, desc.type, sign);
        if (desc.virtual === "concrete") {
          const m = sign.methods.get(desc.name.value)!;
          sign.methods.set(desc.name.value, { ...m, virtual: "concrete" });
        }
        break;
      }
      case "constraint":
        translateConstraint(env, field.loc, desc.left, desc.right);
        break;
      case "attribute":
        break;
      case "extension":
        fail(desc.extension.name.loc, `Uninterpreted extension '${desc.extension.name.value}'.`);
    }
  }
  checkVirtual(loc, virtual, "class type", sign);
  completeImplicit(loc, virtual, "class type", sign);
  return sign;
}
