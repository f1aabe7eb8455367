/** Signature inclusion: whether a module of one type may be used as one of another, and how it becomes one. */
import type { Location } from "../syntax/diagnostics.ts";
import { describeLocation } from "../syntax/positions.ts";
import { tellLostAlerts } from "./alerts.ts";
import { backtrack, beginDef, commit, endDef, forgetConstantExpansions, getLevel, newConstr, repr, rowRepr, setDesc, snapshot } from "./btype.ts";
import { addModule, addSignature, normalizeModulePath, scrape, tryFindModtype, type Env } from "./env.ts";
import { isTrusted } from "./deferral.ts";
import { expandHeadPrivate, isImmediate } from "./expand.ts";
import { createFunctorParameter, createScoped } from "./ident.ts";
import { classDeclarationMismatch, classTypeDeclarationMismatch } from "./includeclass.ts";
import { copyGeneric, instance, rigidInstance } from "./levels.ts";
import { strengthen } from "./mtype.ts";
import { LONGEST, pident, samePath } from "./path.ts";
import { Names, printPath, printType } from "./print-type.ts";
import { printSignatureItem } from "./print-signature.ts";
import { tellingSameNames } from "./same-names.ts";
import * as subst from "./subst.ts";
import { Subst } from "./subst.ts";
import { markShown } from "./unused-definitions.ts";
import type { ModuleCoercion } from "./typedtree.ts";
import { unify, UnifyError } from "./unify.ts";
import { fieldsEnd } from "./unify-rows.ts";
import type { ConstructorArguments, ConstructorDeclaration, ExtensionConstructor, Ident, LabelDeclaration, ModuleType, Path, PrimitiveDescription, Signature, SignatureItem, TypeDeclaration, TypeExpr, ValueDescription } from "./types.ts";

/** One item by which a module fails what is required of it. */
export interface InclusionProblem {
  /** Modules on the way to the item. */
  readonly path: readonly string[];
  readonly itemKind: string;
  readonly name: string;
  readonly required: string;
  /** Undefined when the item is missing. */
  readonly provided: string | undefined;
  readonly reason: string;
  /** Where the item that is required is declared, and the one that is provided. */
  readonly requiredAt: Location | undefined;
  readonly providedAt: Location | undefined;
  /** The items themselves, for who wants to look further. */
  readonly items: { readonly required: SignatureItem; readonly provided: SignatureItem | undefined } | undefined;
}

export class InclusionError extends Error {
  readonly problems: readonly InclusionProblem[];
  constructor(problems: readonly InclusionProblem[]) {
    super("inclusion failed");
    this.problems = problems;
  }
}

type ItemOf<K extends SignatureItem["kind"]> = Extract<SignatureItem, { kind: K }>;

/** Whether the item exists at run time, and so has a position in the module's block. */
export function isRuntimeItem(item: SignatureItem): boolean {
  switch (item.kind) {
    case "value":
      return item.description.valueKind.kind !== "primitive";
    case "typext":
    case "class":
      return true;
    case "module":
      return item.presence === "present";
    default:
      return false;
  }
}

const KIND_NAMES: Readonly<Record<SignatureItem["kind"], string>> = { value: "value", type: "type", typext: "extension constructor", module: "module", modtype: "module type", class: "class", classtype: "class type" };

/** Items that need no coercion. */
const STATIC: ReadonlySet<SignatureItem["kind"]> = new Set(["type", "typext", "modtype", "class", "classtype"]);

const itemKey = (item: SignatureItem): string => `${item.kind} ${item.id.name}`;

class Checker {
  readonly problems: InclusionProblem[] = [];
  /** Where alerts are told that items had and are not to have any more. */
  readonly #loc: Location | undefined;
  readonly #trusts: boolean;

  /** `trusts`: what is asked was asked before, with success. */
  constructor(loc: Location | undefined, trusts = false) {
    this.#loc = loc;
    this.#trusts = trusts;
  }

  #problem(path: readonly string[], item: SignatureItem, provided: SignatureItem | undefined, reason: string): void {
    const kind = item.kind === "typext" && item.status === "exception" ? "exception" : KIND_NAMES[item.kind];
    this.problems.push({ path, itemKind: kind, name: item.id.name, required: printSignatureItem(item), provided: provided === undefined ? undefined : printSignatureItem(provided), reason, requiredAt: locationOf(item), providedAt: provided === undefined ? undefined : locationOf(provided), items: { required: item, provided } });
  }

  /** `provided` must be included in `required`. */
  moduleTypes(env: Env, path: readonly string[], provided: ModuleType, required: ModuleType): ModuleCoercion {
    if (provided.kind === "ident" && required.kind === "ident" && samePath(resolve(env, provided.path), resolve(env, required.path))) return { kind: "none" };
    if (provided.kind === "alias" && required.kind === "alias") {
      if (!samePath(normalizeModulePath(provided.path, env), normalizeModulePath(required.path, env))) this.#moduleProblem(path, `an alias of ${printPath(required.path)} is required, ${printPath(provided.path)} is provided`);
      return { kind: "none" };
    }
    if (provided.kind === "alias") {
      const target = scrape(env, provided);
      const inner = this.moduleTypes(env, path, target, required);
      return { kind: "alias", env, path: provided.path, coercion: inner };
    }
    if (required.kind === "alias") {
      this.#moduleProblem(path, `the module ${printPath(required.path)} itself is required here`);
      return { kind: "none" };
    }
    const p = scrape(env, provided);
    const r = scrape(env, required);
    if (r.kind === "ident" || p.kind === "ident") {
      if (p.kind === "ident" && r.kind === "ident" && samePath(resolve(env, p.path), resolve(env, r.path))) return { kind: "none" };
      this.#moduleProblem(path, "the module types are abstract and different");
      return { kind: "none" };
    }
    if (p.kind === "signature" && r.kind === "signature") return this.signatures(env, path, p.items, r.items);
    if (p.kind === "functor" && r.kind === "functor") {
      if (p.parameter.kind === "unit" || r.parameter.kind === "unit") {
        if (p.parameter.kind !== r.parameter.kind) this.#moduleProblem(path, "one functor is generative, the other is not");
        return functorCoercion({ kind: "none" }, this.moduleTypes(env, path, p.result, r.result));
      }
      // Parameters the other way round.
      const argument = this.moduleTypes(env, path, r.parameter.type, p.parameter.type);
      const id = r.parameter.id ?? createFunctorParameter("Arg");
      const inner = addModule(id, r.parameter.type, env);
      const result = p.parameter.id === undefined ? p.result : subst.moduleType(new Subst().addModule(p.parameter.id, pident(id)), p.result);
      return functorCoercion(argument, this.moduleTypes(inner, path, result, r.result));
    }
    this.#moduleProblem(path, p.kind === "functor" ? "a structure is required, a functor is provided" : "a functor is required, a structure is provided");
    return { kind: "none" };
  }

  #moduleProblem(path: readonly string[], reason: string): void {
    const name = path[path.length - 1] ?? "";
    this.problems.push({ path: path.slice(0, -1), itemKind: "module", name, required: "", provided: "", reason, requiredAt: undefined, providedAt: undefined, items: undefined });
  }

  signatures(env: Env, path: readonly string[], provided: Signature, required: Signature): ModuleCoercion {
    // The provided items by name, with their positions at run time.
    const byName = new Map<string, { item: SignatureItem; position: number }>();
    let position = 0;
    for (const item of provided) {
      if (item.visibility === "exported") byName.set(itemKey(item), { item, position });
      if (isRuntimeItem(item)) position++;
    }
    const inner = addSignature(provided, env);
    // Required identifiers stand for the provided ones.
    const s = new Subst();
    for (const item of required) {
      const found = item.visibility === "exported" ? byName.get(itemKey(item)) : undefined;
      if (found === undefined) continue;
      const to = pident(found.item.id);
      if (item.kind === "type" || item.kind === "class" || item.kind === "classtype") s.addType(item.id, to);
      else if (item.kind === "module") s.addModule(item.id, to);
      else if (item.kind === "modtype") s.addModuleType(item.id, { kind: "ident", path: to });
    }
    const components: { position: number; name: string; coercion: ModuleCoercion }[] = [];
    for (const original of required) {
      if (original.visibility === "hidden") continue;
      const found = byName.get(itemKey(original));
      if (found !== undefined && this.#trusts && STATIC.has(original.kind)) {
        if (isRuntimeItem(original)) components.push({ position: found.position, name: original.id.name, coercion: { kind: "none" } });
        continue;
      }
      const item = subst.signatureItem(s, original);
      if (found === undefined) {
        this.#problem(path, item, undefined, `The ${KIND_NAMES[item.kind]} \`${item.id.name}' is required but not provided`);
        continue;
      }
      const coercion = this.item(inner, path, found.item, item);
      if (isRuntimeItem(original)) components.push({ position: found.position, name: original.id.name, coercion });
    }
    const identity = components.length === position && components.every((c, i) => c.position === i && c.coercion.kind === "none");
    return identity ? { kind: "none" } : { kind: "structure", components };
  }

  item(env: Env, path: readonly string[], provided: SignatureItem, required: SignatureItem): ModuleCoercion {
    markShown(provided, required);
    if (this.#loc !== undefined) tellLostAlerts(this.#loc, provided, required);
    switch (required.kind) {
      case "value":
        return this.#value(env, path, provided as ItemOf<"value">, required);
      case "type": {
        if (provided.kind !== "type") break;
        const reason = typeDeclarationMismatch(env, provided.declaration, required.declaration, provided.id);
        if (reason !== undefined) this.#problem(path, required, provided, reason);
        return { kind: "none" };
      }
      case "typext": {
        if (provided.kind !== "typext") break;
        const reason = extensionMismatch(env, provided.constructor, required.constructor);
        if (reason !== undefined) this.#problem(path, required, provided, reason);
        return { kind: "none" };
      }
      case "module": {
        if (provided.kind !== "module") break;
        return this.#module(env, [...path, required.id.name], provided, required);
      }
      case "modtype": {
        if (provided.kind !== "modtype") break;
        const a = provided.declaration.type;
        const b = required.declaration.type;
        if (b === undefined) return { kind: "none" };
        const target: ModuleType = a ?? { kind: "ident", path: pident(provided.id) };
        if (!isIncludedAsIs(env, target, b) || !isIncludedAsIs(env, b, target)) this.#problem(path, required, provided, "The module types are not equal");
        return { kind: "none" };
      }
      case "class": {
        if (provided.kind !== "class") break;
        const reason = classDeclarationMismatch(env, provided.declaration, required.declaration);
        if (reason !== undefined) this.#problem(path, required, provided, reason);
        return { kind: "none" };
      }
      case "classtype": {
        if (provided.kind !== "classtype") break;
        const reason = classTypeDeclarationMismatch(env, provided.declaration, required.declaration);
        if (reason !== undefined) this.#problem(path, required, provided, reason);
        return { kind: "none" };
      }
    }
    return { kind: "none" };
  }

  #module(env: Env, path: readonly string[], provided: ItemOf<"module">, required: ItemOf<"module">): ModuleCoercion {
    const own = pident(provided.id);
    let type = provided.declaration.type;
    if (type.kind !== "alias") type = required.declaration.type.kind === "alias" ? { kind: "alias", path: own } : strengthen(env, type, own, true);
    const coercion = this.moduleTypes(env, path, type, required.declaration.type);
    if (provided.presence === "absent") {
      // A module that is only another name is made where one is required.
      if (required.presence === "present" && coercion.kind === "none" && type.kind === "alias") return { kind: "alias", env, path: type.path, coercion };
      return coercion;
    }
    return coercion.kind === "alias" ? coercion.coercion : coercion;
  }

  #value(env: Env, path: readonly string[], provided: ItemOf<"value">, required: ItemOf<"value">): ModuleCoercion {
    const a: ValueDescription = provided.description;
    const b: ValueDescription = required.description;
    // Its unit was checked when its package was published.
    if (isTrusted(a) && b.valueKind.kind !== "primitive") return { kind: "none" };
    const error = instanceMismatch(env, a.type, b.type);
    if (error !== undefined) {
      tellingSameNames(env, [a.type, b.type], (withMeanings) => {
        const names = new Names();
        this.#problem(path, required, provided, withMeanings(`The type ${printType(a.type, names)} is not compatible with the type ${printType(b.type, names)}${lastDifference(error)}`));
      });
      return { kind: "none" };
    }
    if (b.valueKind.kind === "primitive") {
      const reason = a.valueKind.kind === "primitive" ? primitiveMismatch(a.valueKind.primitive, b.valueKind.primitive) : "The implementation is not a primitive.";
      if (reason !== undefined) this.#problem(path, required, provided, reason);
      return { kind: "none" };
    }
    if (a.valueKind.kind === "primitive") return { kind: "primitive", primitive: a.valueKind.primitive, type: b.type, env, loc: a.loc };
    return { kind: "none" };
  }
}

function functorCoercion(argument: ModuleCoercion, result: ModuleCoercion): ModuleCoercion {
  return argument.kind === "none" && result.kind === "none" ? { kind: "none" } : { kind: "functor", argument, result };
}

function locationOf(item: SignatureItem): Location | undefined {
  switch (item.kind) {
    case "value":
      return item.description.loc;
    case "typext":
      return item.constructor.loc;
    default:
      return item.declaration.loc;
  }
}

function resolve(env: Env, path: Path): Path {
  let p = path;
  for (let i = 0; i < LONGEST; i++) {
    const d = tryFindModtype(p, env);
    if (d?.type?.kind !== "ident") break;
    p = d.type.path;
  }
  return p.kind === "dot" ? { kind: "dot", prefix: normalizeModulePath(p.prefix, env), name: p.name } : p;
}

function primitiveMismatch(a: PrimitiveDescription, b: PrimitiveDescription): string | undefined {
  if (a.name !== b.name) return "The names of the primitives are not the same";
  if (a.nativeName !== b.nativeName) return "The native names of the primitives are not the same";
  const isNoalloc = ({ attributes }: PrimitiveDescription): boolean => attributes.includes("noalloc") || attributes.includes("ocaml.noalloc");
  if (isNoalloc(a) !== isNoalloc(b)) return `${isNoalloc(a) ? "The first" : "The second"} primitive is [@@noalloc] but ${isNoalloc(a) ? "the second" : "the first"} is not`;
  if (a.representations.length !== b.representations.length) return "The primitives have different arities";
  const index = a.representations.findIndex((r, i) => r !== b.representations[i]);
  return index < 0 ? undefined : `The two primitives' ${index === a.representations.length - 1 ? "results" : "arguments"} have different representations`;
}

function lastDifference(error: UnifyError): string {
  const last = error.differences[error.differences.length - 1];
  if (error.differences.length < 2 || last === undefined) return "";
  const names = new Names();
  return `\nType ${printType(last.left, names)} is not compatible with type ${printType(last.right, names)}`;
}

/** Whether every instance of `required` is one of `provided`: undefined if so. */
export function instanceMismatch(env: Env, provided: TypeExpr, required: TypeExpr): UnifyError | undefined {
  const s = snapshot();
  // Expansions that become one with types of this inclusion must not be met elsewhere.
  forgetConstantExpansions();
  // What the provided type leaves open is of an outer level: it may not become a variable of the required type.
  beginDef();
  try {
    unify(env, instance(provided), rigidInstance(required, new Map(), getLevel()));
    commit(s);
    return undefined;
  } catch (e) {
    backtrack(s);
    if (!(e instanceof UnifyError)) throw e;
    return e;
  } finally {
    endDef();
    forgetConstantExpansions();
  }
}

/** Whether two types with corresponding parameters are equal. */
function equalTypes(env: Env, leftParameters: readonly TypeExpr[], left: readonly TypeExpr[], rightParameters: readonly TypeExpr[], right: readonly TypeExpr[]): boolean {
  if (left.length !== right.length || leftParameters.length !== rightParameters.length) return false;
  const l = new Map<TypeExpr, TypeExpr>();
  const r = new Map<TypeExpr, TypeExpr>();
  leftParameters.forEach((p, i) => {
    const a = repr(p);
    const b = repr(rightParameters[i]!);
    if (a.desc.kind === "var" && b.desc.kind === "var") {
      const shared = newConstr(pident(createScoped(`'${a.desc.name ?? "a"}`, 0)), []);
      l.set(a, shared);
      r.set(b, shared);
    }
  });
  const s = snapshot();
  forgetConstantExpansions();
  try {
    // Variables that are no parameters (of GADT constructors) correspond by position: one side is made rigid, the other matched.
    for (let i = 0; i < left.length; i++) unify(env, copyGeneric(left[i]!, l), rigidInstance(right[i]!, r));
    commit(s);
    return true;
  } catch (e) {
    backtrack(s);
    if (!(e instanceof UnifyError)) throw e;
    return false;
  } finally {
    forgetConstantExpansions();
  }
}

/** Whether what declarations ask of their parameters is the same. */
function sameConstraints(env: Env, left: readonly TypeExpr[], right: readonly TypeExpr[]): boolean {
  const isVariable = (t: TypeExpr): boolean => repr(t).desc.kind === "var";
  if (left.every(isVariable) && right.every(isVariable)) return true;
  return equalTypes(env, [], left, [], right) && equalTypes(env, [], right, [], left);
}

function argumentsOf(args: ConstructorArguments): TypeExpr[] {
  return args.kind === "tuple" ? [...args.types] : args.labels.map((l) => l.type);
}

function labelsMismatch(env: Env, leftParameters: readonly TypeExpr[], left: readonly LabelDeclaration[], rightParameters: readonly TypeExpr[], right: readonly LabelDeclaration[]): string | undefined {
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const a = left[i];
    const b = right[i];
    if (a === undefined) return `The field ${b!.id.name} is missing in the provided declaration.`;
    if (b === undefined) return `An extra field, ${a.id.name}, is provided.`;
    if (a.id.name !== b.id.name) return `Fields number ${i + 1} have different names, ${a.id.name} and ${b.id.name}.`;
    if (a.mutable !== b.mutable) return `Fields do not match: the ${a.mutable === "mutable" ? "first" : "second"} is mutable and the other is not (field ${a.id.name}).`;
    if (!equalTypes(env, leftParameters, [a.type], rightParameters, [b.type])) return `Fields do not match:\n  ${a.id.name} : ${printType(a.type)};\nis not the same as:\n  ${b.id.name} : ${printType(b.type)};`;
  }
  return undefined;
}

function constructorMismatch(env: Env, left: TypeDeclaration, a: ConstructorDeclaration, right: TypeDeclaration, b: ConstructorDeclaration): string | undefined {
  if ((a.result === undefined) !== (b.result === undefined)) return `Constructors do not match: ${a.id.name} has an explicit return type in one declaration only.`;
  if (a.args.kind !== b.args.kind || argumentsOf(a.args).length !== argumentsOf(b.args).length) return `Constructors do not match: ${a.id.name} has different numbers of arguments.`;
  const l = [...argumentsOf(a.args), ...(a.result === undefined ? [] : [a.result])];
  const r = [...argumentsOf(b.args), ...(b.result === undefined ? [] : [b.result])];
  const parametersL = a.result === undefined ? left.parameters : [];
  const parametersR = b.result === undefined ? right.parameters : [];
  if (!equalTypes(env, parametersL, l, parametersR, r)) return `Constructors do not match: the arguments of ${a.id.name} have different types.`;
  if (a.args.kind === "record" && b.args.kind === "record") return labelsMismatch(env, parametersL, a.args.labels, parametersR, b.args.labels);
  return undefined;
}

/** Why a provided declaration does not do for a required one; undefined if it does. */
export function typeDeclarationMismatch(env: Env, provided: TypeDeclaration, required: TypeDeclaration, id: Ident): string | undefined {
  if (provided.arity !== required.arity) return "They have different arities.";
  const revealed = privacyMismatch(env, provided, required);
  if (revealed !== undefined) return revealed;
  const { parameters } = required;
  if (!sameConstraints(env, provided.parameters, parameters)) return "Their constraints differ.";
  switch (required.kind.kind) {
    case "variant": {
      if (provided.kind.kind !== "variant") return `The first is ${kindName(provided)}, but the second is a variant.`;
      const left = provided.kind.constructors;
      const right = required.kind.constructors;
      for (let i = 0; i < Math.max(left.length, right.length); i++) {
        const a = left[i];
        const b = right[i];
        if (a === undefined) return `A constructor, ${b!.id.name}, is missing.`;
        if (b === undefined) return `An extra constructor, ${a.id.name}, is provided.`;
        if (a.id.name !== b.id.name) return `Constructors number ${i + 1} have different names, ${a.id.name} and ${b.id.name}.`;
        const reason = constructorMismatch(env, provided, a, required, b);
        if (reason !== undefined) return reason;
      }
      if (provided.kind.representation !== required.kind.representation) return "Their internal representations differ:\none declaration uses unboxed representation.";
      break;
    }
    case "record": {
      if (provided.kind.kind !== "record") return `The first is ${kindName(provided)}, but the second is a record.`;
      const reason = labelsMismatch(env, provided.parameters, provided.kind.labels, parameters, required.kind.labels);
      if (reason !== undefined) return reason;
      if (provided.kind.representation.kind !== required.kind.representation.kind) return "Their internal representations differ.";
      break;
    }
    case "open":
      if (provided.kind.kind !== "open") return `The first is ${kindName(provided)}, but the second is an extensible variant.`;
      break;
    case "abstract":
      break;
  }
  if (required.manifest !== undefined) {
    const self = newConstr(pident(id), provided.parameters);
    const own = provided.manifest ?? self;
    let equal = equalTypes(env, provided.parameters, [own], parameters, [required.manifest]);
    // A private abbreviation may be a row that is open: the provided type must fit it.
    if (!equal && required.private === "private") equal = fitsPrivate(env, provided, required);
    if (!equal) {
      const names = new Names();
      return provided.manifest === undefined && provided.kind.kind === "abstract" ? `The type is abstract, but ${printType(required.manifest, names)} is required.` : `The type ${printType(own, names)} is not equal to the type ${printType(required.manifest, names)}`;
    }
  }
  for (let i = 0; i < required.variance.length; i++) {
    const want = required.variance[i]!;
    const have = provided.variance[i]!;
    if (required.kind.kind !== "abstract" || (required.manifest !== undefined && required.private === "public")) break;
    const isInjective = (want & INJECTIVE) === 0 || (have & INJECTIVE) !== 0;
    if (!isInjective || ((have & 1) !== 0 && (want & 1) === 0) || ((have & 2) !== 0 && (want & 2) === 0)) return "Their variances do not agree.";
  }
  if (isImmediate64(required) && !isImmediate64(provided) && provided.immediate !== "always" && !(provided.manifest !== undefined && isImmediate(env, provided.manifest))) return "The first is not a type that is always immediate on 64 bit platforms.";
  if (required.immediate === "always" && provided.immediate !== "always" && !(provided.manifest !== undefined && isImmediate(env, provided.manifest))) return "The first is not an immediate type.";
  return undefined;
}

const isImmediate64 = ({ attributes }: TypeDeclaration): boolean => attributes.some((a) => a.name.value === "immediate64" || a.name.value === "ocaml.immediate64");

/** What a private declaration hides stays hidden. */
function privacyMismatch(env: Env, provided: TypeDeclaration, required: TypeDeclaration): string | undefined {
  if (provided.private !== "private" || required.private !== "public") return undefined;
  if (required.kind.kind !== "abstract") return "A private type constructor would be revealed.";
  if (required.manifest === undefined || provided.manifest === undefined || provided.kind.kind !== "abstract") return undefined;
  const { desc } = expandHeadPrivate(env, provided.manifest);
  const isRow = desc.kind === "variant" ? rowRepr(desc.row).fixed?.kind === "private" : desc.kind === "object" && fieldsEnd(desc.fields).desc.kind === "var";
  return isRow ? "A private row type would be revealed." : "A private type abbreviation would be revealed.";
}

/** Of the sets of `TypeDeclaration.variance`. */
const INJECTIVE = 8;

function kindName(d: TypeDeclaration): string {
  switch (d.kind.kind) {
    case "variant":
      return "a variant";
    case "record":
      return "a record";
    case "open":
      return "an extensible variant";
    case "abstract":
      return d.manifest === undefined ? "abstract" : "an alias";
  }
}

/** `type t = private [> …]` or `private u`: the provided type, seen through, must be an instance. */
function fitsPrivate(env: Env, provided: TypeDeclaration, required: TypeDeclaration): boolean {
  if (required.manifest === undefined) return false;
  const l = new Map<TypeExpr, TypeExpr>();
  const r = new Map<TypeExpr, TypeExpr>();
  provided.parameters.forEach((p, i) => {
    const shared = newConstr(pident(createScoped("'p", 0)), []);
    l.set(repr(p), shared);
    r.set(repr(required.parameters[i]!), shared);
  });
  const s = snapshot();
  try {
    const mine = provided.manifest === undefined ? undefined : expandHeadPrivate(env, rigidInstance(provided.manifest, l));
    if (mine === undefined) return false;
    // The required row's variable is free here: it stands for what the provided type adds.
    const wanted = repr(copyGeneric(required.manifest, r));
    if (wanted.desc.kind === "variant") setDesc(wanted, { kind: "variant", row: { ...rowRepr(wanted.desc.row), fixed: undefined } });
    unify(env, wanted, mine);
    commit(s);
    return true;
  } catch (e) {
    backtrack(s);
    if (!(e instanceof UnifyError)) throw e;
    return false;
  }
}

function extensionMismatch(env: Env, provided: ExtensionConstructor, required: ExtensionConstructor): string | undefined {
  const l = [newConstr(provided.typePath, provided.typeParameters), ...argumentsOf(provided.args), ...(provided.result === undefined ? [] : [provided.result])];
  const r = [newConstr(required.typePath, required.typeParameters), ...argumentsOf(required.args), ...(required.result === undefined ? [] : [required.result])];
  if (provided.args.kind !== required.args.kind || l.length !== r.length) return "They have different arguments.";
  if (!equalTypes(env, provided.typeParameters, l, required.typeParameters, r)) return "Their arguments have different types.";
  if (provided.args.kind === "record" && required.args.kind === "record") {
    const ofResult = provided.result !== undefined;
    const reason = labelsMismatch(env, ofResult ? [] : provided.typeParameters, provided.args.labels, ofResult ? [] : required.typeParameters, required.args.labels);
    if (reason !== undefined) return reason;
  }
  if (provided.private === "private" && required.private === "public") return "A private constructor would be revealed.";
  return undefined;
}

/** The coercion from one module type to another; throws `InclusionError` with every problem. Alerts that are lost are told at `loc`, if that is given. */
export function includeModuleTypes(env: Env, provided: ModuleType, required: ModuleType, loc?: Location): ModuleCoercion {
  const checker = new Checker(loc);
  const coercion = checker.moduleTypes(env, [], provided, required);
  if (checker.problems.length > 0) throw new InclusionError(checker.problems);
  return coercion;
}

/** As `includeModuleTypes`. */
export function includeSignatures(env: Env, provided: Signature, required: Signature, loc?: Location): ModuleCoercion {
  const checker = new Checker(loc);
  const coercion = checker.signatures(env, [], provided, required);
  if (checker.problems.length > 0) throw new InclusionError(checker.problems);
  return coercion;
}

/** As `includeSignatures`, of a unit that was checked against its interface before it was published: items that need no coercion are not compared again. */
export function includePublished(env: Env, provided: Signature, required: Signature): ModuleCoercion {
  return new Checker(undefined, true).signatures(env, [], provided, required);
}

/** Whether a module of the one type is one of the other as it is, item for item. */
export function isIncludedAsIs(env: Env, provided: ModuleType, required: ModuleType): boolean {
  const checker = new Checker(undefined);
  const coercion = checker.moduleTypes(env, [], provided, required);
  return checker.problems.length === 0 && coercion.kind === "none";
}

/** Kinds of items of which it is told where they are declared, as OCaml does. */
const PLACED = new Set(["value", "type", "exception", "extension constructor"]);

/** Where the declarations of a problem stand, a line each. */
function placesOf({ itemKind, requiredAt, providedAt }: InclusionProblem): string {
  if (!PLACED.has(itemKind)) return "";
  const line = (at: Location | undefined, what: string): string => (at === undefined || at.ghost ? "" : `\n${describeLocation(at)}: ${what} declaration`);
  return line(requiredAt, "Expected") + line(providedAt, "Actual");
}

/** OCaml's text for the problems; `tellsPlaces`: with the places of the declarations. */
export function explainInclusion(problems: readonly InclusionProblem[], tellsPlaces = true): string {
  return problems
    .map((p) => {
      const where = p.path.length === 0 ? "" : `In module ${p.path.join(".")}:\n`;
      const places = tellsPlaces ? placesOf(p) : "";
      if (p.provided === undefined) return `${where}${p.reason}${p.required === "" ? "" : `\n  ${p.required.replace(/\n/g, "\n  ")}`}${places}`;
      if (p.itemKind === "module") return `${where}${p.name === "" ? "" : `In module ${p.name}: `}${p.reason}`;
      const header = p.itemKind === "type" ? "Type declarations do not match:" : p.itemKind === "value" ? "Values do not match:" : p.itemKind === "module type" ? "Module type declarations do not match:" : p.itemKind === "class" ? "Class declarations do not match:" : p.itemKind === "class type" ? "Class type declarations do not match:" : p.itemKind === "exception" ? "Exception declarations do not match:" : "Extension declarations do not match:";
      return `${where}${header}\n  ${p.provided.replace(/\n/g, "\n  ")}\nis not included in\n  ${p.required.replace(/\n/g, "\n  ")}\n${p.reason}${places}`;
    })
    .join("\n");
}

/** How a structure becomes what it exports of itself: nothing need be compared. */
export function exportCoercion(items: Signature): ModuleCoercion {
  const components: { position: number; name: string; coercion: ModuleCoercion }[] = [];
  let position = 0;
  for (const item of items) {
    if (!isRuntimeItem(item)) continue;
    if (item.visibility === "exported") components.push({ position, name: item.id.name, coercion: { kind: "none" } });
    position++;
  }
  return components.length === position ? { kind: "none" } : { kind: "structure", components };
}
