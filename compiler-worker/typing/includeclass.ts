/** Inclusion of class types and class declarations. */
import { backtrack, commit, snapshot } from "./btype.ts";
import { copyClassType, isPublic, scrapeClassType, signatureOfClassType } from "./class-signatures.ts";
import type { Env } from "./env.ts";
import { copyGeneric, rigidInstance, rigidVariable } from "./levels.ts";
import { Names, printType } from "./print-type.ts";
import { unify, UnifyError } from "./unify.ts";
import type { ClassDeclaration, ClassSignature, ClassType, ClassTypeDeclaration, TypeExpr } from "./types.ts";

/** Why the methods and variables that there are do not do, apart from their types. `strict`: privacy must be the same. */
function shapeMismatch(provided: ClassSignature, required: ClassSignature, strict: boolean): string | undefined {
  for (const [name, r] of required.methods) {
    const p = provided.methods.get(name);
    if (p === undefined) return `The first class type has no method ${name}`;
    if (isPublic(p) && !isPublic(r)) return `The public method ${name} cannot become private`;
    if (strict && !isPublic(p) && isPublic(r)) return `The private method ${name} cannot become public`;
    if (p.virtual === "virtual" && r.virtual === "concrete") return `The virtual method ${name} cannot become concrete`;
  }
  for (const [name, p] of provided.methods) {
    if (required.methods.has(name)) continue;
    if (isPublic(p)) return `The public method ${name} cannot be hidden`;
    if (p.virtual === "virtual") return `The virtual method ${name} cannot be hidden`;
  }
  for (const [name, r] of required.variables) {
    const p = provided.variables.get(name);
    if (p === undefined) return `The first class type has no instance variable ${name}`;
    if (r.mutable === "mutable" && p.mutable === "immutable") return `The non-mutable instance variable ${name} cannot become mutable`;
    if (r.virtual === "concrete" && p.virtual === "virtual") return `The virtual instance variable ${name} cannot become concrete`;
  }
  for (const [name, p] of provided.variables) if (p.virtual === "virtual" && !required.variables.has(name)) return `The virtual instance variable ${name} cannot be hidden`;
  return undefined;
}

/** Types of what both have; `provided` may be instantiated. */
function unifySignatures(env: Env, provided: ClassSignature, required: ClassSignature): string | undefined {
  const compare = (what: string, name: string, p: TypeExpr, r: TypeExpr): string | undefined => {
    const names = new Names();
    const shown = `The ${what} ${name}\nhas type ${printType(p, names)}\nbut is expected to have type ${printType(r, names)}`;
    return unifies(env, p, r) ? undefined : shown;
  };
  for (const [name, r] of required.methods) {
    const p = provided.methods.get(name);
    const reason = p === undefined ? undefined : compare("method", name, p.type, r.type);
    if (reason !== undefined) return reason;
  }
  for (const [name, r] of required.variables) {
    const p = provided.variables.get(name);
    const reason = p === undefined ? undefined : compare("instance variable", name, p.type, r.type);
    if (reason !== undefined) return reason;
  }
  if (!unifies(env, provided.self, required.self)) return "The types of their objects are different";
  return undefined;
}

function unifies(env: Env, a: TypeExpr, b: TypeExpr): boolean {
  try {
    unify(env, a, b);
    return true;
  } catch (e) {
    if (!(e instanceof UnifyError)) throw e;
    return false;
  }
}

/** Parameters (of the class as a function) and signatures. */
function unifyClassTypes(env: Env, provided: ClassType, required: ClassType): string | undefined {
  let p = scrapeClassType(provided);
  let r = scrapeClassType(required);
  while (p.kind === "arrow" && r.kind === "arrow") {
    const same = p.label.kind === r.label.kind && (p.label.kind === "nolabel" || (r.label.kind !== "nolabel" && p.label.name === r.label.name));
    if (!same) return "Their parameters have different labels";
    const names = new Names();
    const shown = `A parameter has type ${printType(p.parameter, names)}\nbut is expected to have type ${printType(r.parameter, names)}`;
    if (!unifies(env, p.parameter, r.parameter)) return shown;
    p = scrapeClassType(p.result);
    r = scrapeClassType(r.result);
  }
  if (p.kind !== "signature" || r.kind !== "signature") return "They do not have the same number of parameters";
  return unifySignatures(env, p.signature, r.signature);
}

function undoing(check: () => string | undefined): string | undefined {
  const s = snapshot();
  const reason = check();
  if (reason === undefined) commit(s);
  else backtrack(s);
  return reason;
}

/** Why a class type is no instance of what is required; undefined if it is. */
export function classTypeMismatch(env: Env, provided: ClassType, required: ClassType): string | undefined {
  const shape = shapeMismatch(signatureOfClassType(provided), signatureOfClassType(required), false);
  if (shape !== undefined) return shape;
  return undoing(() => unifyClassTypes(env, copyClassType(provided, new Map()), copyClassType(required, new Map(), (t) => rigidVariable(t))));
}

function declarationsMismatch(env: Env, leftParameters: readonly TypeExpr[], left: ClassType, rightParameters: readonly TypeExpr[], right: ClassType): string | undefined {
  if (leftParameters.length !== rightParameters.length) return "The classes do not have the same number of type parameters";
  const shape = shapeMismatch(signatureOfClassType(left), signatureOfClassType(right), true);
  if (shape !== undefined) return shape;
  const parameters = (l: readonly TypeExpr[], r: readonly TypeExpr[]): string | undefined => {
    for (let i = 0; i < l.length; i++) {
      const names = new Names();
      const shown = `A type parameter has type ${printType(l[i]!, names)}\nbut is expected to have type ${printType(r[i]!, names)}`;
      if (!unifies(env, l[i]!, r[i]!)) return shown;
    }
    return undefined;
  };
  return undoing(() => {
    const l = new Map<TypeExpr, TypeExpr>();
    const r = new Map<TypeExpr, TypeExpr>();
    const formal = rightParameters.map((p) => rigidInstance(p, r));
    const wanted = copyClassType(right, r, (t) => rigidVariable(t));
    const actual = leftParameters.map((p) => copyGeneric(p, l));
    return parameters(actual, formal) ?? unifyClassTypes(env, copyClassType(left, l), wanted);
  }) ?? undoing(() => {
    // The required class must not be less general in what depends on the type parameters.
    const l = new Map<TypeExpr, TypeExpr>();
    const r = new Map<TypeExpr, TypeExpr>();
    const formal = leftParameters.map((p) => rigidInstance(p, l));
    const wanted: ClassType = { kind: "signature", signature: signatureOfClassType(copyClassType(left, l, (t) => rigidVariable(t))) };
    const actual = rightParameters.map((p) => copyGeneric(p, r));
    return parameters(actual, formal) ?? unifyClassTypes(env, { kind: "signature", signature: signatureOfClassType(copyClassType(right, r)) }, wanted);
  });
}

/** Why a class does not do for a required one; undefined if it does. */
export function classDeclarationMismatch(env: Env, provided: ClassDeclaration, required: ClassDeclaration): string | undefined {
  if (provided.new === undefined && required.new !== undefined) return "A class cannot be changed from virtual to concrete";
  return declarationsMismatch(env, provided.parameters, provided.type, required.parameters, required.type);
}

export function classTypeDeclarationMismatch(env: Env, provided: ClassTypeDeclaration, required: ClassTypeDeclaration): string | undefined {
  return declarationsMismatch(env, provided.parameters, provided.type, required.parameters, required.type);
}
