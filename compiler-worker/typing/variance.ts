/**
 * Variance and injectivity of type parameters (Abel's and Garrigue's account of OCaml's): what is written must hold of the definitions,
 * and what a constructor's arguments mention must be told by its result.
 */
import type * as Ast from "../syntax/ast.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { iterChildren, repr, rowFieldState, rowRepr } from "./btype.ts";
import { declarationWith } from "./copies.ts";
import { freeVariables } from "./datarepr.ts";
import { addType, findType, type Env } from "./env.ts";
import { isPrivateRow } from "./expand.ts";
import { createLocal } from "./ident.ts";
import { samePath } from "./path.ts";
import type { DeclaredType } from "./typedecl.ts";
import type { ConstructorArguments, ExtensionConstructor, TypeDeclaration, TypeExpr } from "./types.ts";

const error = (loc: Location, message: string): never => {
  throw new CompileError(errorAt(loc, message));
};

const MAY_POS = 1;
const MAY_NEG = 2;
const INJ = 8;
/** That it does vary so, of definitions that are known. */
const POS = 16;
const NEG = 32;
/** What is mentioned where it can be changed: as a whole it is the same everywhere, whatever of it is used. */
const INV = 64;
const FULL = 127;
const COVARIANT = MAY_POS | POS | INJ;
const CONTRAVARIANT = MAY_NEG | NEG | INJ;
const INVARIANT = MAY_POS | MAY_NEG | INJ | POS | NEG | INV;
/** An abstract type's parameter without a sign: anything is possible, nothing is known. */
const NOT_SAID = 7;
const NONE: Map<TypeExpr, number> = new Map();

export function declaredVariance(parameters: readonly Ast.TypeParameter[]): number[] {
  return parameters.map((p) => {
    let v = NOT_SAID;
    if (p.variance === "covariant") v = MAY_POS;
    else if (p.variance === "contravariant") v = MAY_NEG;
    else if (p.variance === "bivariant") v = 0;
    return p.injectivity === "injective" ? v | INJ : v;
  });
}

/** Variances of the parameters as the least fixed point over the definitions (Abel's and Garrigue's account of OCaml's). */
export function computeVariances(env: Env, declared: readonly DeclaredType[]): DeclaredType[] {
  let current: DeclaredType[] = declared.map((d) => ({ ...d, declaration: declarationWith(d.declaration, { variance: d.declaration.parameters.map(() => (isAbstract(d.declaration) ? FULL : 0)) }) }));
  for (let round = 0; round < 20; round++) {
    let inner = env;
    for (const { id, declaration } of current) inner = addType(id, declaration, inner);
    const next = current.map((d, i) => ({ ...d, declaration: declarationWith(d.declaration, { variance: isAbstract(d.declaration) ? declared[i]!.declaration.variance : asWritten(d.declaration, declared[i]!.declaration.variance, varianceOf(inner, d.declaration)) }) }));
    const same = next.every((d, i) => d.declaration.variance.every((v, j) => v === current[i]!.declaration.variance[j]));
    current = next;
    if (same) break;
  }
  /** The environment with the definitions, once it is needed. */
  let known: Env | undefined;
  const knownEnv = (): Env => (known ??= current.reduce((inner, { id, declaration }) => addType(id, declaration, inner), env));
  return current.map((d, i) => {
    // What was written must hold, and is what is known from outside.
    const written = declared[i]!.declaration.variance;
    checkConstrained(knownEnv, d, written);
    const isPrivateAbbreviation = d.declaration.private === "private" && d.declaration.manifest !== undefined && d.declaration.kind.kind === "abstract" && !isPrivateRow(d.declaration.manifest);
    const mentioned = isPrivateAbbreviation && written.some((w) => (w & INJ) !== 0) ? varianceOf(knownEnv(), d.declaration) : d.declaration.variance;
    if (d.declaration.kind.kind === "variant") for (const c of d.declaration.kind.constructors) if (c.result !== undefined) checkDetermined(knownEnv(), d.loc, c.args, c.result);
    d.declaration.variance.forEach((v, j) => {
      const w = written[j]!;
      const abstract = isAbstract(declared[i]!.declaration);
      if (!abstract && (w & INJ) !== 0 && (mentioned[j]! & INJ) === 0) {
        error(d.loc, `In this definition, expected parameter variances are not satisfied.\n       The ${ordinal(j + 1)} type parameter was expected to be injective${(w & NOT_SAID) === NOT_SAID ? " invariant" : (w & MAY_POS) !== 0 ? " covariant" : " contravariant"},\n       but it is ${describeVariance(mentioned[j]!)}.`);
      }
      if ((w & NOT_SAID) === NOT_SAID) return;
      if (((v & MAY_POS) !== 0 && (w & MAY_POS) === 0) || ((v & MAY_NEG) !== 0 && (w & MAY_NEG) === 0)) {
        const expected = w === 0 ? "bivariant" : (w & MAY_POS) !== 0 ? "covariant" : "contravariant";
        error(d.loc, `In this definition, expected parameter variances are not satisfied.\n       The ${ordinal(j + 1)} type parameter was expected to be ${expected},\n       but it is ${describeVariance(v)}.`);
      }
    });
    return d;
  });
}
/**
 * Where not all of the definition shows, a parameter without a sign counts as invariant. A parameter that is constrained to be
 * more than a variable varies as is written.
 */
function asWritten(d: TypeDeclaration, written: readonly number[], computed: readonly number[]): number[] {
  const hides = d.private === "private" || (d.kind.kind === "variant" && d.kind.constructors.some((c) => c.result !== undefined));
  const isRow = d.private === "private" && d.manifest !== undefined && isPrivateRow(d.manifest);
  const generative = d.kind.kind !== "abstract" ? INJ : 0;
  return computed.map((v, i) => {
    const w = written[i]!;
    const signed = (w & NOT_SAID) !== NOT_SAID;
    if (signed && repr(d.parameters[i]!).desc.kind !== "var") return (w & (MAY_POS | MAY_NEG | INJ)) | generative | ((w & MAY_POS) !== 0 ? 16 : 0) | ((w & MAY_NEG) !== 0 ? 32 : 0);
    // A private row depends on all parameters.
    if (isRow) return INJ | (signed ? v : MAY_POS | MAY_NEG);
    // What a private abbreviation does not mention is injective only where that is written.
    if (hides && !signed) return d.manifest === undefined || (w & INJ) !== 0 ? FULL : (FULL & ~INJ) | (v & INJ);
    return hides ? v | (w & INJ) : v;
  });
}

/**
 * Variables inside constrained parameters may occur in the definition only as the parameters' variances surely have them, or within
 * a type that is a part of a parameter as a whole.
 */
function checkConstrained(knownEnv: () => Env, d: DeclaredType, written: readonly number[]): void {
  const { parameters } = d.declaration;
  const constrained = parameters.filter((p) => repr(p).desc.kind !== "var");
  if (constrained.length === 0) return;
  const own = new Set(parameters.map(repr));
  const inside = new Set(freeVariables(constrained).map(repr).filter((v) => !own.has(v)));
  if (inside.size === 0) return;
  const env = knownEnv();
  const inParameters = new Map<TypeExpr, number>();
  parameters.forEach((p, i) => {
    const w = written[i]!;
    const both = (w & MAY_POS) === 0 ? CONTRAVARIANT : COVARIANT;
    if (repr(p).desc.kind !== "var") occurrences(env, NONE, p, (w & NOT_SAID) === NOT_SAID ? FULL : both, inParameters);
  });
  const inDefinition = new Map<TypeExpr, number>();
  definitionOccurrences(env, d.declaration, NONE, inDefinition);
  const seen = new Set<TypeExpr>();
  const check = (x: TypeExpr): void => {
    const t = repr(x);
    if (seen.has(t)) return;
    seen.add(t);
    const found = inDefinition.get(t) ?? 0;
    if ((found & (MAY_POS | MAY_NEG)) === 0) return;
    let sure = inParameters.get(t) ?? 0;
    if (t.desc.kind === "constr") for (const [part, v] of inParameters) if (isSameApplication(part, t)) sure |= v;
    if (((found & MAY_POS) === 0 || (sure & POS) !== 0) && ((found & MAY_NEG) === 0 || (sure & NEG) !== 0)) return;
    if (!inside.has(t)) return iterChildren(check, t);
    if ((sure & INJ) === 0) error(d.loc, "In this definition, a type variable cannot be deduced\n       from the type parameters.");
    error(d.loc, (sure & (POS | NEG)) !== 0 ? "In this definition, a type variable has a variance that\n       is not reflected by its occurrence in type parameters." : "In this definition, a type variable has a variance that\n       cannot be deduced from the type parameters.");
  };
  if (d.declaration.manifest !== undefined) check(d.declaration.manifest);
  const { kind } = d.declaration;
  if (kind.kind === "record") for (const l of kind.labels) check(l.type);
  if (kind.kind === "variant") for (const { result, args } of kind.constructors) if (result === undefined) for (const type of args.kind === "tuple" ? args.types : args.labels.map((l) => l.type)) check(type);
}

/**
 * The variables of constructors with a result type of their own that are parts of its arguments can be told from these: no type
 * constructor around them forgets its parameter.
 */
export function checkDetermined(env: Env, loc: Location, args: ConstructorArguments, result: TypeExpr | undefined): void {
  const r = result === undefined ? undefined : repr(result);
  if (r?.desc.kind !== "constr") return;
  const determined = new Set<TypeExpr>();
  const visit = (x: TypeExpr): void => {
    const t = repr(x);
    if (determined.has(t)) return;
    determined.add(t);
    if (t.desc.kind !== "constr") return iterChildren(visit, t);
    const variance = findType(t.desc.path, env)?.variance;
    t.desc.args.forEach((arg, i) => {
      if (((variance?.[i] ?? INJ) & INJ) !== 0) visit(arg);
    });
  };
  r.desc.args.forEach(visit);
  const forgotten = new Set(freeVariables(r.desc.args).map(repr).filter((v) => !determined.has(v)));
  if (forgotten.size === 0) return;
  const seen = new Set<TypeExpr>();
  const look = (x: TypeExpr): void => {
    const t = repr(x);
    if (seen.has(t)) return;
    seen.add(t);
    if (forgotten.has(t)) error(loc, "In this definition, a type variable cannot be deduced\n       from the type parameters.");
    if (t.desc.kind !== "constr") return iterChildren(look, t);
    // As a whole it can be told.
    if ([...determined].some((known) => isSameApplication(known, t))) return;
    const variance = findType(t.desc.path, env)?.variance;
    t.desc.args.forEach((arg, i) => {
      if (((variance?.[i] ?? FULL) & (MAY_POS | MAY_NEG)) !== 0) look(arg);
    });
  };
  for (const type of args.kind === "tuple" ? args.types : args.labels.map((l) => l.type)) look(type);
}
function isSameApplication(left: TypeExpr, right: TypeExpr): boolean {
  const a = repr(left);
  const b = repr(right);
  if (a === b) return true;
  if (a.desc.kind !== "constr" || b.desc.kind !== "constr" || !samePath(a.desc.path, b.desc.path)) return false;
  const { args } = b.desc;
  return a.desc.args.every((arg, i) => isSameApplication(arg, args[i]!));
}

function describeVariance(v: number): string {
  const injective = (v & INJ) !== 0 ? "injective " : "";
  if ((v & MAY_POS) !== 0 && (v & MAY_NEG) !== 0) return `${injective}invariant`;
  if ((v & MAY_POS) !== 0) return `${injective}covariant`;
  if ((v & MAY_NEG) !== 0) return `${injective}contravariant`;
  return "unrestricted";
}
const isAbstract = (d: TypeDeclaration): boolean => d.kind.kind === "open" || (d.kind.kind === "abstract" && d.manifest === undefined);
function ordinal(n: number): string {
  const suffix = n % 100 >= 11 && n % 100 <= 13 ? "th" : n % 10 === 1 ? "st" : n % 10 === 2 ? "nd" : n % 10 === 3 ? "rd" : "th";
  return `${n}${suffix}`;
}

/** Adds to `result`, for the variables that are its keys, where they occur in a type that itself occurs as `variance` says. */
function occurrences(env: Env, result: Map<TypeExpr, number>, type: TypeExpr, variance: number, seen = new Map<TypeExpr, number>()): void {
  const add = (t: TypeExpr, v: number): void => {
    const known = result.get(t);
    if (known !== undefined) result.set(t, known | v);
  };
  const flip = (v: number): number => ((v & MAY_POS) !== 0 ? MAY_NEG : 0) | ((v & MAY_NEG) !== 0 ? MAY_POS : 0) | ((v & POS) !== 0 ? NEG : 0) | ((v & NEG) !== 0 ? POS : 0) | (v & (INJ | INV));
  const visit = (x: TypeExpr, v: number): void => {
    const t = repr(x);
    const before = seen.get(t) ?? 0;
    if ((before | v) === before && seen.has(t)) return;
    seen.set(t, before | v);
    const { desc } = t;
    switch (desc.kind) {
      case "var":
        add(t, v);
        break;
      case "arrow":
        visit(desc.parameter, flip(v));
        visit(desc.result, v);
        break;
      case "constr": {
        const c = findType(desc.path, env);
        desc.args.forEach((a, i) => {
          const w = c?.variance[i] ?? FULL;
          if (((v & INV) !== 0 && (w & INJ) !== 0) || ((v & (POS | NEG)) !== 0 && (w & INV) !== 0)) return visit(a, INVARIANT);
          let combined = 0;
          if ((w & MAY_POS) !== 0) combined |= v & (MAY_POS | MAY_NEG);
          if ((w & MAY_NEG) !== 0) combined |= flip(v) & (MAY_POS | MAY_NEG);
          if ((w & POS) !== 0) combined |= v & (POS | NEG);
          if ((w & NEG) !== 0) combined |= flip(v) & (POS | NEG);
          if ((w & INJ) !== 0) combined |= v & INJ;
          if (combined !== 0) visit(a, combined);
        });
        break;
      }
      case "package":
        for (const c of desc.constraints) visit(c.type, (v & (POS | NEG)) !== 0 ? FULL : MAY_POS | MAY_NEG | INJ);
        break;
      case "object":
        visit(desc.fields, v);
        break;
      case "variant": {
        const row = rowRepr(desc.row);
        for (const { field } of row.fields) {
          const state = rowFieldState(field);
          if (state.kind === "present" && state.argument !== undefined) visit(state.argument, v);
          else if (state.kind === "either") for (const a of state.args) visit(a, MAY_POS | MAY_NEG | INJ);
        }
        visit(row.more, v);
        break;
      }
      default:
        iterChildren((child) => visit(child, v), t);
    }
  };
  visit(type, variance);
}

function definitionOccurrences(env: Env, d: TypeDeclaration, result: Map<TypeExpr, number>, seen = new Map<TypeExpr, number>()): void {
  const data = COVARIANT;
  const visit = (type: TypeExpr, v: number): void => occurrences(env, result, type, v, seen);
  const add = (t: TypeExpr, v: number): void => {
    const known = result.get(t);
    if (known !== undefined) result.set(t, known | v);
  };
  if (d.manifest !== undefined) visit(d.manifest, data);
  if (d.kind.kind === "record") for (const l of d.kind.labels) visit(l.type, l.mutable === "mutable" ? INVARIANT : data);
  if (d.kind.kind === "variant")
    for (const c of d.kind.constructors) {
      if (c.result !== undefined) {
        // Indices of a GADT may not vary.
        const r = repr(c.result);
        if (r.desc.kind === "constr")
          r.desc.args.forEach((a, i) => {
            const p = repr(d.parameters[i]!);
            const isOwnVariable = repr(a).desc.kind === "var";
            const used = isOwnVariable ? argumentVariance(env, c.args, repr(a)) : MAY_POS | MAY_NEG;
            const elsewhere = isOwnVariable && r.desc.kind === "constr" && r.desc.args.some((b, j) => j !== i && freeVariables([b]).includes(repr(a)));
            add(p, INJ | (isOwnVariable && !elsewhere ? used : MAY_POS | MAY_NEG));
          });
        continue;
      }
      if (c.args.kind === "tuple") for (const t of c.args.types) visit(t, data);
      else for (const l of c.args.labels) visit(l.type, l.mutable === "mutable" ? INVARIANT : data);
    }
}

function varianceOf(env: Env, d: TypeDeclaration): number[] {
  const result = new Map<TypeExpr, number>();
  for (const p of d.parameters) for (const v of freeVariables([p])) result.set(v, 0);
  definitionOccurrences(env, d, result);
  return d.parameters.map((p) => {
    const t = repr(p);
    const v = t.desc.kind === "var" ? (result.get(t) ?? 0) : FULL;
    return v | (d.kind.kind !== "abstract" ? INJ : 0);
  });
}

function argumentVariance(env: Env, args: ConstructorArguments, variable: TypeExpr): number {
  const types = args.kind === "tuple" ? args.types : args.labels.map((l) => l.type);
  const fake: TypeDeclaration = {
    parameters: [variable], arity: 1, kind: { kind: "variant", constructors: [{ id: createLocal("_"), args: { kind: "tuple", types }, result: undefined, loc: NOWHERE, attributes: [], uid: 0 }], representation: "regular" }, private: "public", manifest: undefined,
    variance: [0], separability: ["independent"], isNewtype: false, expansionScope: 0, loc: NOWHERE, attributes: [], immediate: "unknown", unboxed: false, uid: 0,
  };
  return varianceOf(env, fake)[0]! & (MAY_POS | MAY_NEG);
}
const NOWHERE: Location = { file: { name: "_none_", text: "" }, start: 0, end: 0, ghost: true };

/** A constructor that is added later must agree with the variances that were declared. */
export function checkExtensionVariance(env: Env, loc: Location, type: TypeDeclaration, e: ExtensionConstructor): void {
  e.typeParameters.forEach((p, i) => {
    const w = type.variance[i]!;
    if ((w & 3) === 3 || repr(p).desc.kind !== "var") return;
    const v = argumentVariance(env, e.args, repr(p));
    if (((v & MAY_POS) !== 0 && (w & MAY_POS) === 0) || ((v & MAY_NEG) !== 0 && (w & MAY_NEG) === 0)) {
      error(loc, `In this definition, expected parameter variances are not satisfied.\n       The ${ordinal(i + 1)} type parameter was expected to be ${(w & MAY_POS) !== 0 ? "covariant" : "contravariant"},\n       but it is ${describeVariance(v | INJ)}.`);
    }
  });
}
