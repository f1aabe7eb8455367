/** Type declarations: translation, checks, representation. */
import type * as Ast from "../syntax/ast.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { getLevel, beginDef, endDef, iterChildren, linkType, newConstr, newType, newVar, repr, rowRepr, setDesc } from "./btype.ts";
import { declarationWith } from "./copies.ts";
import { freeVariables } from "./datarepr.ts";
import { addType, findType, freshUid, lookupAllConstructors, lookupType, noteConstructor, unboundConstructor, type Env } from "./env.ts";
import { isImmediate, applyParameters, expandHeadPrivate, expandOnce } from "./expand.ts";
import { typeDeclarationMismatch } from "./includemod.ts";
import { withSeparability } from "./separability.ts";
import * as subst from "./subst.ts";
import { createBound, createLocal } from "./ident.ts";
import { languageFlags } from "./language-flags.ts";
import { generalize, instances, rigidInstance } from "./levels.ts";
import { longidentName, pident, samePath } from "./path.ts";
import { PATHS } from "./predef.ts";
import { Names, printType } from "./print-type.ts";
import { getTypeVariable, resetTypeVariables, setTypeVariable, translateType, withPolicy, withTypeVariables, withUnsettledConstraints } from "./typetexp.ts";
import { isContractive, tryUnify, unify, UnifyError } from "./unify.ts";
import { markRepresentation } from "./unused-definitions.ts";
import { inRecursiveGroup, markUse } from "./usage.ts";
import { checkDetermined, checkExtensionVariance, computeVariances, declaredVariance } from "./variance.ts";
import { warn } from "./warnings.ts";
import type { ConstructorArguments, ConstructorDeclaration, ExtensionConstructor, Ident, LabelDeclaration, Path, RecordRepresentation, TypeDeclaration, TypeExpr, TypeKind, Uid } from "./types.ts";

const error = (loc: Location, message: string): never => {
  throw new CompileError(errorAt(loc, message));
};

export function hasAttribute(attributes: Ast.Attributes, ...names: readonly string[]): boolean {
  return attributes.some((a) => names.includes(a.name.value));
}

/** A declaration that says nothing yet, so that recursive ones can name each other. */
function placeholder(source: Ast.TypeDeclaration, parameters: TypeExpr[], uid: Uid): TypeDeclaration {
  return {
    parameters, arity: parameters.length, kind: { kind: "abstract", origin: "recursionChecking" }, private: "public", manifest: undefined, variance: parameters.map(() => 127), separability: parameters.map(() => "independent"),
    isNewtype: false, expansionScope: 0, loc: source.loc, attributes: source.attributes, immediate: "unknown", unboxed: false, uid,
  };
}

export interface DeclaredType {
  readonly id: Ident;
  readonly declaration: TypeDeclaration;
  readonly loc: Location;
}

/** Makes the two types of a `constraint` phrase one. */
export function unifyConstraint(env: Env, c: Ast.TypeDeclaration["constraints"][number]): void {
  const left = withPolicy("extensible", () => translateType(env, c.left));
  const right = withPolicy("extensible", () => translateType(env, c.right));
  try {
    unify(env, left, right);
  } catch (e) {
    if (!(e instanceof UnifyError)) throw e;
    error(c.loc, "The type constraints are not consistent.\n       " + `Type ${printType(left)} is not compatible with type ${printType(right)}`);
  }
}

/** `type t = … and u = …`. */
export function translateDeclarations(env: Env, rec: Ast.RecFlag, sources: readonly Ast.TypeDeclaration[]): { declared: readonly DeclaredType[]; env: Env } {
  const ids = sources.map((s) => createBound(s.name.value, getLevel()));
  const uids = sources.map(() => freshUid());
  beginDef();
  let inner = env;
  if (rec === "recursive") {
    sources.forEach((source, i) => {
      const parameters = source.parameters.map(() => newVar());
      inner = addType(ids[i]!, placeholder(source, parameters, uids[i]!), inner);
    });
  }
  const translate = (): DeclaredType[] =>
    inRecursiveGroup(rec === "recursive" ? uids : [], (enter) =>
      sources.map((source, i): DeclaredType => {
        enter(uids[i]);
        return { id: ids[i]!, declaration: translateOne(inner, source, ids[i]!, uids[i]!), loc: source.loc };
      }),
    ).result;
  const { result: declared, settle } = withUnsettledConstraints(translate);
  tellSharedNames(sources);
  endDef();
  for (const { declaration } of declared) generalizeDeclaration(declaration);
  let result = env;
  for (const { id, declaration } of declared) result = addType(id, declaration, result);
  checkCycles(result, declared);
  settle(result, ({ desc }) => {
    if (desc.kind !== "constr" || desc.path.kind !== "ident") return undefined;
    const { id } = desc.path;
    return declared.find((d) => d.id === id && d.declaration.manifest !== undefined)?.loc;
  });
  if (sources.some((s) => s.constraints.length > 0)) declared.forEach((d, i) => { checkMentions(result, declared, d, sources[i]!); });
  for (const d of declared) checkRegularity(result, declared, d);
  for (const d of declared) checkManifestKind(result, d);
  declared.forEach((d, i) => {
    checkClosed(d, sources[i]!);
  });
  const finished = withSeparability(env, computeVariances(result, declared).map((d): DeclaredType => ({ ...d, declaration: withRepresentation(result, d.declaration) })));
  // The last that is added hides fields and constructors of the others: in what follows of the structure it is the first (`List.fold_right` in
  // the compiler's `add_types_to_env`); who opens or names the module sees those of the last.
  result = finished.reduceRight((env, { id, declaration }) => addType(id, declaration, env), env);
  for (const d of finished) checkImmediate(d, isAlwaysImmediate(result, d.declaration));
  return { declared: finished, env: result };
}

/** Types that are defined together should not share names of constructors or labels. */
function tellSharedNames(sources: readonly Ast.TypeDeclaration[]): void {
  if (sources.length < 2) return;
  const constructors = new Map<string, string>();
  const labels = new Map<string, string>();
  const look = (what: string, owners: Map<string, string>, owner: string, { name, loc }: { readonly name: Ast.Loc<string>; readonly loc: Location }): void => {
    const other = owners.get(name.value);
    if (other === undefined) owners.set(name.value, owner);
    else warn(loc, 30, `the ${what} ${name.value} is defined in both types ${other} and ${owner}.`);
  };
  for (const { name, definition } of sources) {
    if (definition.kind === "variant") for (const c of definition.constructors) look("constructor", constructors, name.value, c);
    else if (definition.kind === "record") for (const l of definition.labels) look("label", labels, name.value, l);
  }
}

function translateOne(env: Env, source: Ast.TypeDeclaration, id: Ident, uid: Uid): TypeDeclaration {
  return withTypeVariables(() => {
    resetTypeVariables();
    const parameters = source.parameters.map((p): TypeExpr => {
      const v = newVar(p.type.desc.kind === "var" ? p.type.desc.name : "_");
      if (p.type.desc.kind === "var") {
        if (getTypeVariable(p.type.desc.name) !== undefined) error(p.type.loc, "A type parameter occurs several times");
        setTypeVariable(p.type.desc.name, v);
      }
      return v;
    });
    for (const c of source.constraints) unifyConstraint(env, c);
    if (source.definition.kind === "variant" && source.definition.constructors.some((c) => c.result !== undefined)) for (const c of source.constraints) warn(c.loc, 62, "Type constraints do not apply to GADT cases of variant types.");
    const unboxed = hasAttribute(source.attributes, "unboxed", "ocaml.unboxed");
    const kind = withPolicy("fixed", () => translateKind(env, source, id, parameters, unboxed));
    const open = source.manifest !== undefined && source.private === "private" && isOpenRow(source.manifest);
    let manifest = source.manifest === undefined ? undefined : withPolicy("fixed", () => (open ? withPolicy("extensible", () => translateType(env, source.manifest!)) : translateType(env, source.manifest!)));
    if (open && manifest !== undefined) {
      // The row of a private type is the type's own: no parameter can stand for it.
      const row = repr(manifest);
      if (parameters.some((p) => repr(p) === row)) error(source.loc, `The private row type ${source.name.value} is named by the type's own parameter:\n       there would be a constraint on the parameter that mentions ${source.name.value} itself.\nHint: Name it by a variable that is no parameter.`);
      fixPrivateRow(manifest);
      manifest = withRecursionNamed(manifest, id, parameters);
    }
    if (unboxed) checkUnboxed(source);
    return {
      parameters, arity: parameters.length, kind, private: source.private, manifest, variance: declaredVariance(source.parameters), separability: parameters.map(() => "independent"), isNewtype: false, expansionScope: 0, loc: source.loc,
      attributes: source.attributes, immediate: hasAttribute(source.attributes, "immediate", "ocaml.immediate") ? "always" : "unknown", unboxed, uid,
    };
  });
}

/** `private [> …]`: the row variable stands for what is not said. */
function isOpenRow(type: Ast.CoreType): boolean {
  if (type.desc.kind === "alias") return isOpenRow(type.desc.type);
  return (type.desc.kind === "variant" && (type.desc.closed === "open" || type.desc.labels !== undefined)) || (type.desc.kind === "object" && type.desc.closed === "open");
}

function fixPrivateRow(manifest: TypeExpr): void {
  const t = repr(manifest);
  if (t.desc.kind === "variant") setDesc(t, { kind: "variant", row: { ...rowRepr(t.desc.row), fixed: { kind: "private" } } });
}

/** A private row that occurs in itself does so by the name that is being defined. */
function withRecursionNamed(manifest: TypeExpr, id: Ident, parameters: readonly TypeExpr[]): TypeExpr {
  const t = repr(manifest);
  if (t.desc.kind !== "variant" && t.desc.kind !== "object") return manifest;
  const top = newType(t.desc);
  if (!occursIn(t, top)) return manifest;
  linkType(t, newConstr(pident(id), parameters));
  return top;
}

function occursIn(part: TypeExpr, whole: TypeExpr): boolean {
  const seen = new Set<TypeExpr>();
  const stack = [whole];
  for (let t = stack.pop(); t !== undefined; t = stack.pop()) {
    t = repr(t);
    if (t === part) return true;
    if (seen.has(t)) continue;
    seen.add(t);
    iterChildren((child) => stack.push(child), t);
  }
  return false;
}

function checkUnboxed(source: Ast.TypeDeclaration): void {
  const { definition } = source;
  if (hasAttribute(source.attributes, "boxed", "ocaml.boxed")) error(source.loc, "A type cannot be boxed and unboxed at the same time.");
  const bad = (message: string): never => error(source.loc, `This type cannot be unboxed because\n       ${message}.`);
  if (definition.kind === "variant") {
    if (definition.constructors.length !== 1) bad("it has more than one constructor");
    const { args } = definition.constructors[0]!;
    if (args.kind === "record" && args.labels.length === 1 && args.labels[0]!.mutable === "mutable") bad("it is mutable");
    const count = args.kind === "tuple" ? args.types.length : args.labels.length;
    if (count === 0) bad("its constructor has no argument");
    if (count > 1) bad("its constructor has more than one argument");
  } else if (definition.kind === "record") {
    if (definition.labels.length !== 1) bad("it has more than one field");
    if (definition.labels[0]!.mutable === "mutable") bad("it is mutable");
  } else bad("it is abstract");
}

/** A constructor's own result type is the type that is being defined. */
function checkResult(loc: Location, id: Ident, parameters: readonly TypeExpr[], result: TypeExpr): void {
  const r = repr(result);
  if (r.desc.kind === "constr" && samePath(r.desc.path, pident(id))) return;
  error(loc, `Constraints are not satisfied in this type.\n       Type ${printType(result)} should be an instance of ${printType(newConstr(pident(id), parameters))}`);
}

function translateKind(env: Env, source: Ast.TypeDeclaration, id: Ident, parameters: readonly TypeExpr[], unboxed: boolean): TypeKind {
  const { definition } = source;
  switch (definition.kind) {
    case "abstract":
      return { kind: "abstract", origin: "definition" };
    case "open":
      return { kind: "open" };
    case "record": {
      const labels = translateLabels(env, definition.labels);
      const representation: RecordRepresentation = unboxed ? { kind: "unboxed", inlined: false } : { kind: "regular" };
      return { kind: "record", labels, representation };
    }
    case "variant": {
      const names = new Set<string>();
      for (const c of definition.constructors) {
        if (c.name.value === "()") warn(source.loc, 65, "This type declaration is defining a new '()' constructor\nwhich shadows the existing one.\nHint: Did you mean 'type t = unit'?");
        if (names.has(c.name.value)) error(source.loc, `Two constructors are named ${c.name.value}`);
        names.add(c.name.value);
      }
      const constructors = definition.constructors.map((c): ConstructorDeclaration => {
        const { args, result } = translateConstructor(env, c.variables, c.args, c.result);
        if (result !== undefined) checkResult(c.result!.loc, id, parameters, result);
        return { id: createLocal(c.name.value), args, result, loc: c.loc, attributes: c.attributes, uid: freshUid() };
      });
      return { kind: "variant", constructors, representation: unboxed ? "unboxed" : "regular" };
    }
  }
}

function translateLabels(env: Env, sources: readonly Ast.LabelDeclaration[]): LabelDeclaration[] {
  const names = new Set<string>();
  return sources.map((l) => {
    if (names.has(l.name.value)) error(l.name.loc, `Two labels are named ${l.name.value}`);
    names.add(l.name.value);
    return { id: createLocal(l.name.value), mutable: l.mutable, type: translateType(env, l.type), loc: l.loc, attributes: l.attributes, uid: freshUid() };
  });
}

/** Arguments and result; a constructor with a result type of its own has its own variables. */
function translateConstructor(env: Env, variables: readonly Ast.Loc<string>[], args: Ast.ConstructorArguments, result: Ast.CoreType | undefined): { args: ConstructorArguments; result: TypeExpr | undefined } {
  const translateArguments = (): ConstructorArguments =>
    args.kind === "tuple" ? { kind: "tuple", types: args.types.map((t) => translateType(env, t)) } : { kind: "record", labels: translateLabels(env, args.labels) };
  if (result === undefined) return { args: translateArguments(), result: undefined };
  return withTypeVariables(() => {
    resetTypeVariables();
    for (const v of variables) {
      if (getTypeVariable(v.value) !== undefined) error(v.loc, `The type variable '${v.value} is bound several times`);
      setTypeVariable(v.value, newVar(v.value));
    }
    // Where variables are bound, all are.
    return withPolicy(variables.length > 0 ? "fixed" : "extensible", () => {
      const translated = translateArguments();
      return { args: translated, result: translateType(env, result) };
    });
  });
}

export function generalizeDeclaration(d: TypeDeclaration): void {
  d.parameters.forEach(generalize);
  if (d.manifest !== undefined) generalize(d.manifest);
  if (d.kind.kind === "record") for (const l of d.kind.labels) generalize(l.type);
  if (d.kind.kind === "variant")
    for (const c of d.kind.constructors) {
      generalizeArguments(c.args);
      if (c.result !== undefined) generalize(c.result);
    }
}
function generalizeArguments(args: ConstructorArguments): void {
  if (args.kind === "tuple") args.types.forEach(generalize);
  else for (const l of args.labels) generalize(l.type);
}

/** What the types defined together ask of their parameters holds where they mention each other; told at the part of the definition. */
function checkMentions(env: Env, declared: readonly DeclaredType[], { declaration }: DeclaredType, { parameters, definition, manifest }: Ast.TypeDeclaration): void {
  const { kind } = declaration;
  const parts = declaration.parameters.map((type, i): readonly [TypeExpr, Location] => [type, parameters[i]!.type.loc]);
  const labels = (types: readonly LabelDeclaration[], sources: readonly Ast.LabelDeclaration[]): void => types.forEach((l, i) => parts.push([l.type, sources[i]!.type.loc]));
  if (kind.kind === "record" && definition.kind === "record") labels(kind.labels, definition.labels);
  if (kind.kind === "variant" && definition.kind === "variant") for (const [i, c] of kind.constructors.entries()) {
    const source = definition.constructors[i]!;
    if (c.args.kind === "record" && source.args.kind === "record") labels(c.args.labels, source.args.labels);
    else if (c.args.kind === "tuple" && source.args.kind === "tuple") for (const [j, type] of c.args.types.entries()) parts.push([type, source.args.types[j]!.loc]);
    if (c.result !== undefined && source.result !== undefined) parts.push([c.result, source.result.loc]);
  }
  if (declaration.manifest !== undefined && manifest !== undefined) parts.push([declaration.manifest, manifest.loc]);
  const seen = new Set<TypeExpr>();
  const visit = (type: TypeExpr, loc: Location): void => {
    const t = repr(type);
    if (seen.has(t)) return;
    seen.add(t);
    const { desc } = t;
    const own = desc.kind === "constr" ? declared.find((d) => samePath(desc.path, pident(d.id))) : undefined;
    if (desc.kind === "constr" && own !== undefined && !areInstances(env, desc.args, own.declaration.parameters)) {
      const names = new Names();
      error(loc, `Constraints are not satisfied in this type.\n       Type ${printType(t, names)} should be an instance of ${printType(newConstr(desc.path, own.declaration.parameters), names)}`);
    }
    iterChildren((child) => { visit(child, loc); }, t);
  };
  for (const [type, loc] of parts) visit(type, loc);
}
function areInstances(env: Env, args: readonly TypeExpr[], parameters: readonly TypeExpr[]): boolean {
  if (parameters.every((p) => repr(p).desc.kind === "var") && new Set(parameters.map(repr)).size === parameters.length) return true;
  const memo = new Map<TypeExpr, TypeExpr>();
  const formal = instances(parameters);
  return args.every((arg, i) => tryUnify(env, formal[i]!, rigidInstance(arg, memo)));
}

/** An abbreviation must not contain itself, save through a datatype, an object or a variant. */
function checkCycles(env: Env, declared: readonly DeclaredType[]): void {
  for (const { id, declaration, loc } of declared) {
    if (declaration.manifest === undefined) continue;
    const self = pident(id);
    const visit = (type: TypeExpr, inside: readonly Path[], seen: Set<TypeExpr>): void => {
      const t = repr(type);
      const { desc } = t;
      if (desc.kind === "object" || desc.kind === "variant" || desc.kind === "var" || desc.kind === "univar" || seen.has(t)) return;
      seen.add(t);
      if (desc.kind === "constr") {
        if (samePath(desc.path, self)) {
          const names = new Names();
          if (inside.length === 0) error(loc, `The type abbreviation ${id.name} is cyclic:\n         ${printType(newSelf(declaration, self), names)} = ${printType(declaration.manifest!, names)}`);
          error(loc, `The definition of ${id.name} contains a cycle:\n       ${printType(t, names)}`);
        }
        const own = declared.find((d) => samePath(desc.path, pident(d.id)));
        const d = own?.declaration;
        if (d?.manifest !== undefined && d.kind.kind === "abstract" && !inside.some((p) => samePath(p, desc.path))) visit(applyParameters(d, d.manifest, desc.args), [...inside, desc.path], new Set());
        else if (languageFlags.recursiveTypes && isContractive(d ?? findType(desc.path, env), desc.path)) return;
        else if (own === undefined) {
          // What was defined before mentions the definitions only by its arguments.
          if (!mentionsAny(desc.args, declared)) return;
          const other = expandOnce(env, t);
          if (other !== undefined) return visit(other, inside, seen);
        }
      } else if (languageFlags.recursiveTypes) return;
      iterChildren((child) => visit(child, inside, seen), t);
    };
    visit(declaration.manifest, [], new Set());
  }
}
/** Whether one of the declared types is written in one of the types. */
function mentionsAny(types: readonly TypeExpr[], declared: readonly DeclaredType[]): boolean {
  const seen = new Set<TypeExpr>();
  const mentions = (type: TypeExpr): boolean => {
    const t = repr(type);
    if (seen.has(t)) return false;
    seen.add(t);
    const { desc } = t;
    if (desc.kind === "constr" && declared.some((d) => samePath(desc.path, pident(d.id)))) return true;
    let found = false;
    iterChildren((child) => {
      found ||= mentions(child);
    }, t);
    return found;
  };
  return types.some(mentions);
}
const newSelf = (d: TypeDeclaration, path: Path): TypeExpr => newConstr(path, d.parameters);

/** All variables of a definition are parameters; the row of `private [> …]` is not written. */
function checkClosed({ declaration, loc }: DeclaredType, source: Ast.TypeDeclaration): void {
  const bound = new Set(freeVariables(declaration.parameters));
  const types: TypeExpr[] = [];
  const { kind, manifest } = declaration;
  const isPrivateRow = source.private === "private" && source.manifest !== undefined && isOpenRow(source.manifest);
  if (manifest !== undefined && !isPrivateRow) types.push(manifest);
  if (kind.kind === "record") types.push(...kind.labels.map((l) => l.type));
  if (kind.kind === "variant") for (const c of kind.constructors) if (c.result === undefined) types.push(...(c.args.kind === "tuple" ? c.args.types : c.args.labels.map((l) => l.type)));
  for (const type of types) {
    const unbound = freeVariables([type]).find((v) => !bound.has(v));
    if (unbound === undefined) continue;
    const names = new Names();
    names.alias(type);
    const shown = printType(type, names);
    error(loc, `A type variable is unbound in this type declaration.\n       In type ${shown} the variable ${printType(unbound, names)} is unbound`);
  }
}

/** Within its definition a recursive abbreviation is used with its own parameters only, so that expansions are finite graphs. */
function checkRegularity(env: Env, declared: readonly DeclaredType[], { id, declaration, loc }: DeclaredType): void {
  if (declaration.manifest === undefined || declaration.kind.kind !== "abstract" || declaration.parameters.length === 0) return;
  const self = pident(id);
  const isOwn = (path: Path): boolean => declared.some((d) => samePath(path, pident(d.id)));
  const seen = new Set<TypeExpr>();
  const visit = (type: TypeExpr, expanded: readonly Path[]): void => {
    const t = repr(type);
    if (seen.has(t)) return;
    seen.add(t);
    const { desc } = t;
    if (desc.kind === "constr") {
      if (samePath(desc.path, self)) {
        if (!desc.args.every((a, i) => repr(a) === repr(declaration.parameters[i]!))) {
          const names = new Names();
          error(loc, `This recursive type is not regular.\n       The type constructor ${id.name} is defined as\n         type ${printType(newSelf(declaration, self), names)}\n       but it is used as\n         ${printType(t, names)}.\n       All uses need to match the definition for the recursive type to be regular.`);
        }
      } else if (isOwn(desc.path) && !expanded.some((p) => samePath(p, desc.path))) {
        const d = findType(desc.path, env);
        if (d?.manifest !== undefined && d.kind.kind === "abstract") visit(applyParameters(d, d.manifest, desc.args), [...expanded, desc.path]);
      }
    }
    iterChildren((child) => visit(child, expanded), t);
  };
  visit(declaration.manifest, []);
}

/** `type t = u = A | B`: the definition must be that of `u`. */
export function checkManifestKind(env: Env, { id, declaration, loc }: DeclaredType): void {
  if (declaration.manifest === undefined || declaration.kind.kind === "abstract") return;
  const manifest = repr(declaration.manifest);
  const mismatch = (why: string): never => error(loc, `This variant or record definition does not match that of type\n         ${printType(declaration.manifest!)}${why === "" ? "" : `\n       ${why}`}`);
  if (manifest.desc.kind !== "constr") return mismatch("");
  const original = findType(manifest.desc.path, env);
  if (original === undefined) return mismatch("");
  const { args, path } = manifest.desc;
  if (args.length !== declaration.parameters.length) return mismatch("They have different arities.");
  if (!args.every((a, i) => repr(a) === repr(declaration.parameters[i]!))) return mismatch("Their parameters differ.");
  // The declaration's own name is another name of the original here.
  const renamed = subst.typeDeclaration(new subst.Subst().addType(id, path), declarationWith(declaration, { manifest: undefined }));
  const provided = declarationWith(original, { manifest: undefined });
  const why = typeDeclarationMismatch(env, withRepresentation(env, provided), withRepresentation(env, renamed), id);
  if (why !== undefined) mismatch(why);
  markRepresentation(original, declaration);
}

// ---------------------------------------------------------------- representation

function withRepresentation(env: Env, d: TypeDeclaration): TypeDeclaration {
  let { kind, immediate } = d;
  if (kind.kind === "record" && kind.representation.kind === "regular" && kind.labels.length > 0 && kind.labels.every((l) => isFloat(env, l.type))) kind = { ...kind, representation: { kind: "float" } };
  if (isAlwaysImmediate(env, d)) immediate = "always";
  return declarationWith(d, { kind, immediate });
}

function isAlwaysImmediate(env: Env, { kind, manifest }: TypeDeclaration): boolean {
  switch (kind.kind) {
    case "abstract":
      return manifest !== undefined && isImmediate(env, manifest);
    case "record":
      return kind.representation.kind === "unboxed" && isImmediate(env, kind.labels[0]!.type);
    case "variant": {
      if (kind.representation === "regular") return kind.constructors.length > 0 && kind.constructors.every((c) => c.args.kind === "tuple" && c.args.types.length === 0);
      const [only] = kind.constructors;
      return only !== undefined && isImmediate(env, only.args.kind === "tuple" ? only.args.types[0]! : only.args.labels[0]!.type);
    }
    case "open":
      return false;
  }
}

export function isFloat(env: Env, type: TypeExpr): boolean {
  const t = expandHeadPrivate(env, type);
  return t.desc.kind === "constr" && samePath(t.desc.path, PATHS.float);
}
/** `[@@immediate]` holds of what the type is. */
function checkImmediate({ declaration, loc }: DeclaredType, isKnown: boolean): void {
  if (!hasAttribute(declaration.attributes, "immediate", "ocaml.immediate", "immediate64", "ocaml.immediate64")) return;
  if (declaration.kind.kind === "abstract" && declaration.manifest === undefined) return;
  if (!isKnown) error(loc, "Types marked with the immediate attribute must be non-pointer types like int or bool.");
}

// ---------------------------------------------------------------- extension constructors

/** `exception E of t`, `type t += C of u`. */
export function translateExtensionConstructor(env: Env, typePath: Path, parameters: readonly TypeExpr[], source: Ast.ExtensionConstructor, isPrivate: Ast.PrivateFlag): { id: Ident; constructor: ExtensionConstructor; rebind: Path | undefined } {
  const id = createLocal(source.name.value);
  const { definition } = source;
  if (definition.kind === "rebind") {
    const found = lookupAllConstructors(definition.ident, env)[0] ?? unboundConstructor(definition.ident, env);
    noteConstructor(definition.ident, env, found);
    markUse(found.uid, "build");
    if (found.tag.kind !== "extension") return error(definition.ident.loc, `The constructor ${longidentName(definition.ident.value)} is not an extension constructor`);
    const result = repr(found.result);
    const owner = result.desc.kind === "constr" ? result.desc.path : typePath;
    if (!samePath(owner, typePath)) error(definition.ident.loc, `The constructor ${longidentName(definition.ident.value)} has type ${printType(found.result)}\n       but was expected to be of type ${printType(newConstr(typePath, parameters))}`);
    const args: ConstructorArguments = found.inlined !== undefined && found.inlined.kind.kind === "record" ? { kind: "record", labels: found.inlined.kind.labels } : { kind: "tuple", types: found.args };
    const constructor: ExtensionConstructor = { typePath: owner, typeParameters: result.desc.kind === "constr" ? result.desc.args : [], args, result: found.generalized ? found.result : undefined, private: found.private, loc: source.loc, attributes: source.attributes, uid: freshUid() };
    return { id, constructor, rebind: found.tag.path };
  }
  beginDef();
  const { args, result } = withPolicy(definition.result === undefined ? "fixed" : "extensible", () => translateConstructor(env, definition.variables, definition.args, definition.result));
  endDef();
  generalizeArguments(args);
  if (result !== undefined) generalize(result);
  parameters.forEach(generalize);
  return { id, constructor: { typePath, typeParameters: parameters, args, result, private: isPrivate, loc: source.loc, attributes: source.attributes, uid: freshUid() }, rebind: undefined };
}

/** `type 'a t += …`. A type that is `private ..` is extended in signatures only (`isDefinition` is false there). */
export function translateTypeExtension(env: Env, source: Ast.TypeExtension, isDefinition: boolean): { id: Ident; constructor: ExtensionConstructor; rebind: Path | undefined; loc: Location }[] {
  const { path, data } = lookupType(source.path.loc, source.path.value, env);
  if (data.kind.kind !== "open") error(source.loc, `Type definition ${longidentName(source.path.value)} is not extensible`);
  const added = source.constructors.find((c) => c.definition.kind === "declaration");
  if (isDefinition && data.private === "private" && added !== undefined) error(added.loc, `Cannot extend private type definition ${longidentName(source.path.value)}`);
  if (data.arity !== source.parameters.length) error(source.loc, `This extension does not match the definition of type ${longidentName(source.path.value)}\n       They have different arities.`);
  const result = withTypeVariables(() =>
    source.constructors.map((c) => {
      resetTypeVariables();
      beginDef();
      const parameters = source.parameters.map((p) => {
        const v = newVar(p.type.desc.kind === "var" ? p.type.desc.name : "_");
        if (p.type.desc.kind === "var") setTypeVariable(p.type.desc.name, v);
        return v;
      });
      endDef();
      return { ...translateExtensionConstructor(env, path, parameters, c, source.private), loc: c.loc };
    }),
  );
  for (const { constructor, rebind } of result) {
    if (constructor.result === undefined) checkExtensionVariance(env, source.loc, data, constructor);
    else if (rebind === undefined) checkDetermined(env, source.loc, constructor.args, constructor.result);
  }
  return result;
}

export function translateException(env: Env, source: Ast.TypeException): { id: Ident; constructor: ExtensionConstructor; rebind: Path | undefined } {
  return withTypeVariables(() => {
    resetTypeVariables();
    return translateExtensionConstructor(env, PATHS.exn, [], source.constructor, "public");
  });
}
