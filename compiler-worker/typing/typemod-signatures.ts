/** Module types of the source → module types: signatures, `with` constraints, `module type of`. */
import type * as Ast from "../syntax/ast.ts";
import { findIntrinsic } from "../core/primitives.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { beforeRefusing, isStackOverflow } from "../syntax/host-stack.ts";
import { backToLevel, beginDef, beginScope, endDef, getLevel, markLevel, newVar, repr } from "./btype.ts";
import { addExtension, addModuleDeclaration, addModtype, addSignature, addType, addUndecidedModule, addValue, findModule, freshUid, lookupAliasedModule, lookupModtype, lookupModule, normalizeModulePath, type Env } from "./env.ts";
import { deferDeclared } from "./deferral.ts";
import { expandHead } from "./expand.ts";
import { createBound, createFunctorParameter, createLocal, OUTERMOST_LEVEL } from "./ident.ts";
import { explainInclusion, includeModuleTypes, InclusionError, isIncludedAsIs, typeDeclarationMismatch } from "./includemod.ts";
import { generalize, instances } from "./levels.ts";
import { signatureOf, strengthen } from "./mtype.ts";
import { openIn } from "./opens.ts";
import { isAliasable, longidentName, pdot, pident } from "./path.ts";
import { checkRecursiveAbbreviations } from "./recursive-modules.ts";
import { hideShadowed, ItemList, OwnNames } from "./shadowing.ts";
import { addUnknownException, addUnknownTypes } from "./stand-ins.ts";
import * as subst from "./subst.ts";
import { Subst } from "./subst.ts";
import { approximateClass, classItems, typeClassDescriptions, typeClassTypeDeclarations } from "./typeclass.ts";
import { checkManifestKind, translateDeclarations, unifyConstraint, translateException, translateTypeExtension } from "./typedecl.ts";
import { getTypeVariable, resetTypeVariables, setTypeVariable, translateScheme, translateType, withTypeVariables } from "./typetexp.ts";
import { unify, UnifyError } from "./unify.ts";
import { markUsed, watch } from "./usage.ts";
import { weakModuleError } from "./weak-variables.ts";
import { discardingDiagnostics, reportAlert, reportDiagnostic, scopedWarnings, setWarnings, warningSpec, withWarnings } from "./warnings.ts";
import type { FunctorParameter, Ident, ModuleType, Path, PrimitiveDescription, PrimitiveRepresentation, RecStatus, Signature, SignatureItem, TypeDeclaration, TypeExpr, Uid, ValueDescription } from "./types.ts";

const fail = (loc: Location, message: string): never => {
  throw new CompileError(errorAt(loc, message));
};

/** Types a module expression; set by typemod.ts. */
let typeModuleExpression: (env: Env, source: Ast.ModuleExpr) => ModuleType = (_e, s) => fail(s.loc, "modules are not available here");
export function setModuleExpressionTyper(f: (env: Env, source: Ast.ModuleExpr) => ModuleType): void {
  typeModuleExpression = f;
}

export function translateModuleType(env: Env, source: Ast.ModuleType): ModuleType {
  const { desc, loc } = source;
  switch (desc.kind) {
    case "ident":
      return { kind: "ident", path: lookupModtype(desc.ident.loc, desc.ident.value, env).path };
    case "alias":
      return { kind: "alias", path: lookupAliasedModule(desc.ident.loc, desc.ident.value, env) };
    case "signature":
      return { kind: "signature", items: inSignature(() => scopedWarnings(() => translateSignature(env, desc.items).items)) };
    case "functor": {
      const { parameter, env: inner, uid } = translateFunctorParameter(env, desc.parameter);
      if (parameter.kind === "named" && parameter.id !== undefined && desc.parameter.kind === "named") watchParameter(uid, parameter.id.name, desc.parameter.name.loc);
      return { kind: "functor", parameter, result: translateModuleType(inner, desc.result) };
    }
    case "with": {
      const base = translateModuleType(env, desc.type);
      const items = signatureOf(env, base);
      if (items === undefined) return fail(desc.type.loc, "This module type is not a signature");
      let current: Signature = freshen(items);
      for (const c of desc.constraints) current = applyConstraint(env, current, c, loc);
      return { kind: "signature", items: current };
    }
    case "typeof": {
      const type = typeOfModule(env, desc.module);
      const weak = weakModuleError(env, desc.module.loc, type);
      if (weak !== undefined) throw new CompileError(weak);
      return type;
    }
    case "extension":
      return fail(desc.extension.name.loc, `Uninterpreted extension '${desc.extension.name.value}'.`);
    case "error":
      return { kind: "signature", items: [] };
  }
}

/** How many signatures and definitions of module types the source being translated lies in. */
let signatureDepth = 0;
function inSignature<T>(translate: () => T): T {
  signatureDepth++;
  try {
    return translate();
  } finally {
    signatureDepth--;
  }
}
/** The module type that a definition `module type S = source` gives to its name. */
export const translateDefinedModuleType = (env: Env, source: Ast.ModuleType): ModuleType => inSignature(() => translateModuleType(env, source));
/** The parameter of a functor type: one that is no part of a signature is a module like others, as OCaml has it. */
function watchParameter(uid: Uid, name: string, loc: Location): void {
  if (signatureDepth > 0) watch(uid, name, loc, 67, "unused functor parameter");
  else watch(uid, name, loc, 60, "unused module");
}

function typeOfModule(env: Env, source: Ast.ModuleExpr): ModuleType {
  if (source.desc.kind !== "ident") return typeModuleExpression(env, source);
  const { data } = lookupModule(source.loc, source.desc.ident.value, env);
  let type = data.declaration.type;
  // The types of a module that has two names are those of the module behind.
  if (type.kind === "alias") {
    const path = normalizeModulePath(type.path, env);
    type = strengthen(env, findModule(path, env).type, path);
  }
  return type.kind === "signature" ? { kind: "signature", items: freshen(type.items) } : type;
}

export function translateFunctorParameter(env: Env, source: Ast.FunctorParameter): { parameter: FunctorParameter; env: Env; uid: Uid } {
  const uid = freshUid();
  if (source.kind === "unit") return { parameter: { kind: "unit" }, env, uid };
  const type = translateModuleType(env, source.type);
  if (source.name.value === undefined) return { parameter: { kind: "named", id: undefined, type }, env, uid };
  const id = createFunctorParameter(source.name.value, beginScope());
  return { parameter: { kind: "named", id, type }, env: addModuleDeclaration(id, { type, attributes: [], loc: source.name.loc, uid }, env), uid };
}

/** A copy whose bound identifiers are new: so that one signature may stand twice in a program. */
export function freshen(items: Signature): Signature {
  const s = new Subst();
  const ids = new Map<Ident, Ident>();
  for (const item of items) {
    const id = createBound(item.id.name, getLevel());
    ids.set(item.id, id);
    switch (item.kind) {
      case "type": case "class": case "classtype": s.addType(item.id, pident(id)); break;
      case "module": s.addModule(item.id, pident(id)); break;
      case "modtype": s.addModuleType(item.id, { kind: "ident", path: pident(id) }); break;
    }
  }
  return items.map((item): SignatureItem => ({ ...subst.signatureItem(s, item), id: ids.get(item.id)! }));
}

/** The strings of an `external`: names, with the words that meant attributes before OCaml 4.03. */
function primitiveNames([name, ...rest]: readonly string[]): { readonly name: string; readonly nativeName: string; readonly noalloc: boolean; readonly float: boolean } {
  const noalloc = rest[0] === "noalloc";
  const [nativeName = "", float] = noalloc ? rest.slice(1) : rest;
  return { name: name!, nativeName, noalloc: noalloc || (nativeName !== "" && float === "float"), float: nativeName !== "" && float === "float" };
}

export function primitiveDescription(source: Ast.ValueDescription, type: TypeExpr): PrimitiveDescription {
  let arity = 0;
  for (let t = repr(type); t.desc.kind === "arrow" || t.desc.kind === "poly"; t = repr(t.desc.kind === "arrow" ? t.desc.result : t.desc.body)) if (t.desc.kind === "arrow") arity++;
  const all = representationOf(source.attributes);
  const representations: PrimitiveRepresentation[] = [];
  let written = source.type;
  for (; written.desc.kind === "arrow"; written = written.desc.result) representations.push(all ?? representationOf(written.desc.parameter.attributes) ?? "value");
  representations.push(all ?? representationOf(written.attributes) ?? "value");
  const { name, nativeName, noalloc, float } = primitiveNames(source.primitive);
  const attributes = source.attributes.map((a) => a.name.value);
  return { name, nativeName, arity, attributes: noalloc ? [...attributes, "noalloc"] : attributes, representations: float ? representations.map(() => "unboxed") : representations };
}
function representationOf(attributes: Ast.Attributes): PrimitiveRepresentation | undefined {
  for (const { name } of attributes) {
    if (name.value === "unboxed" || name.value === "ocaml.unboxed") return "unboxed";
    if (name.value === "untagged" || name.value === "ocaml.untagged") return "untagged";
  }
  return undefined;
}

/** Whether an attribute is there, at most once and with nothing after its name. */
function isMarked(attributes: Ast.Attributes, name: string): boolean {
  const found = attributes.filter((a) => a.name.value === name || a.name.value === `ocaml.${name}`);
  if (found.length > 1) fail(found[1]!.name.loc, `Too many \`${name}' attributes`);
  const [only] = found;
  if (only !== undefined && (only.payload.kind !== "structure" || only.payload.items.length > 0)) fail(only.name.loc, `Attribute \`${only.name.value}' does not accept a payload`);
  return only !== undefined;
}
/** How one value is passed is said once. */
function checkBoth(attributes: Ast.Attributes, saidOfAll: boolean): void {
  const found = attributes.filter((a) => ["unboxed", "untagged", "ocaml.unboxed", "ocaml.untagged"].includes(a.name.value));
  if (found.length > (saidOfAll ? 0 : 1)) fail(found[0]!.name.loc, "Too many [@unboxed]/[@untagged] attributes");
}

/** A value of the type can be passed without its tag, or without its box. */
function checkWithoutBox(env: Env, loc: Location, type: TypeExpr, how: "untagged" | "unboxed"): void {
  const head = expandHead(env, type);
  const named = head.desc.kind === "constr" && head.desc.path.kind === "ident" && head.desc.path.id.kind === "predef" ? head.desc.path.id.name : "";
  if (how === "untagged" && named !== "int") fail(loc, "Don't know how to untag this type. Only int can be untagged.");
  if (how === "unboxed" && !["float", "int32", "int64", "nativeint"].includes(named)) fail(loc, "Don't know how to unbox this type.\n       Only float, int32, int64 and nativeint can be unboxed.");
}

/** `[@@unboxed]` and `[@@untagged]` are said of all arguments and of the result. */
function checkAllUnboxed(env: Env, source: Ast.ValueDescription, type: TypeExpr): void {
  const how = source.attributes.some((a) => a.name.value === "untagged" || a.name.value === "ocaml.untagged") ? "untagged" : "unboxed";
  let written = source.type;
  let t = repr(type);
  for (; written.desc.kind === "arrow" && t.desc.kind === "arrow"; written = written.desc.result, t = repr(t.desc.result)) checkWithoutBox(env, written.desc.parameter.loc, t.desc.parameter, how);
  checkWithoutBox(env, written.loc, t, how);
}

/** An `external` of the compiler's own must be one that it knows, with as many arguments as it takes. */
export function checkBuiltin(loc: Location, { name, arity }: PrimitiveDescription): void {
  // The runtime's dialect has names of its own, which are looked at when they are used.
  if (!name.startsWith("%") || name.startsWith("%raw_")) return;
  const known = findIntrinsic(name);
  if (known === undefined) reportDiagnostic(errorAt(loc, `Unknown builtin primitive "${name}"`));
  else if (arity !== known.arity && !(name.startsWith("%loc_") && arity === 1)) reportDiagnostic(errorAt(loc, `Wrong arity for builtin primitive "${name}"`));
}

/** What `external` asks: a function, and names for both compilers where values are passed unboxed. */
function checkExternal(env: Env, source: Ast.ValueDescription, type: TypeExpr): void {
  const name = source.primitive[0]!;
  const arrow = expandHead(env, type).desc.kind === "arrow";
  if (!arrow && !(name.startsWith("%") || name.startsWith("#"))) fail(source.type.loc, "External identifiers must be functions");
  let unboxed = false;
  const all = isMarked(source.attributes, "unboxed") || isMarked(source.attributes, "untagged");
  checkBoth(source.attributes, false);
  isMarked(source.attributes, "noalloc");
  const visit = (t: Ast.CoreType): void => {
    const untagged = isMarked(t.attributes, "untagged");
    const boxedToo = isMarked(t.attributes, "unboxed");
    if (!untagged && !boxedToo) return;
    checkBoth(t.attributes, all);
    unboxed = true;
    checkWithoutBox(env, t.loc, translateScheme(env, { ...t, attributes: [] }), untagged ? "untagged" : "unboxed");
  };
  let t = source.type;
  while (t.desc.kind === "arrow") {
    visit(t.desc.parameter);
    t = t.desc.result;
  }
  visit(t);
  const { float, noalloc } = primitiveNames(source.primitive);
  if (float && (all || unboxed)) fail(source.loc, 'Cannot use "float" in conjunction with [@unboxed]/[@untagged].');
  if (source.primitive[1] === "noalloc" && source.attributes.some((a) => a.name.value === "noalloc" || a.name.value === "ocaml.noalloc")) fail(source.loc, 'Cannot use "noalloc" in conjunction with [@@noalloc].');
  if (noalloc) reportAlert(source.loc, "deprecated", float ? '[@@unboxed] + [@@noalloc] should be used\ninstead of "float"' : '[@@noalloc] should be used instead of "noalloc"');
  if (all) checkAllUnboxed(env, source, type);
  if ((unboxed || all) && source.primitive.length < 2) fail(source.loc, "[@The native code version of the primitive is mandatory\n       when attributes [@untagged] or [@unboxed] are present.");
}

/** The scheme of a declared value; `val x : 'a. t` is one as any other. */
function translateDeclaredType(env: Env, source: Ast.CoreType): TypeExpr {
  const t = repr(translateScheme(env, source));
  if (t.desc.kind !== "poly") return t;
  beginDef();
  const memo = t.desc.variables.map(() => newVar());
  const s = subst.applyFunction(t.desc.variables, t.desc.body, memo);
  endDef();
  generalize(s);
  return s;
}

export function translateValueDescription(env: Env, source: Ast.ValueDescription): ValueDescription {
  const deferred = source.primitive.length > 0 || getLevel() > OUTERMOST_LEVEL ? undefined : deferDeclared(source, () => translateDeclaredType(env, source.type));
  if (deferred !== undefined) return deferred;
  const type = translateDeclaredType(env, source.type);
  if (source.primitive.length > 0) checkExternal(env, source, type);
  return { type, valueKind: source.primitive.length > 0 ? { kind: "primitive", primitive: primitiveDescription(source, type) } : { kind: "regular" }, loc: source.loc, attributes: source.attributes, uid: freshUid() };
}

export function translateSignature(env: Env, sources: Ast.Signature): { items: Signature; env: Env } {
  const list = new ItemList();
  const { items } = list;
  const names = new OwnNames("signature");
  const locals = new Subst();
  for (const source of sources) {
    const mark = markLevel();
    const before = items.length;
    try {
      env = signatureItem(env, source, items, locals);
      names.add(items.slice(before), source.desc.kind === "include" ? "include" : "definition", (item) => nameLocation(source, item));
    } catch (e) {
      if (isStackOverflow(e)) {
        beforeRefusing();
        reportDiagnostic(errorAt(source.loc, "This phrase is nested too deeply"));
      } else if (e instanceof CompileError) reportDiagnostic(e.diagnostic);
      else throw e;
      // The next items are still looked at, and those of other modules of a recursive group.
      backToLevel(mark);
      if (source.desc.kind === "type") env = addUnknownTypes(env, source.desc.declarations.filter((d) => !names.has("type", d.name.value)), items);
      else if (source.desc.kind === "exception") env = addUnknownException(env, source.desc.exception, items);
    }
    list.endPhrase(source.loc);
  }
  return { items: subst.signature(locals, hideShadowed(env, list, "signature", reportDiagnostic)), env };
}

/** Where an item of a signature gives a name. */
function nameLocation({ desc, loc }: Ast.SignatureItem, item: SignatureItem): Location {
  const { id } = item;
  switch (desc.kind) {
    case "type":
      return item.kind === "type" ? item.declaration.loc : loc;
    case "typext":
      return item.kind === "typext" ? item.constructor.loc : loc;
    case "module":
      return desc.declaration.name.loc;
    case "recmodule":
      return desc.declarations.findLast((d) => d.name.value === id.name)?.loc ?? loc;
    case "classtype":
      return desc.declarations.findLast((d) => d.name.value === id.name)?.name.loc ?? loc;
    case "class":
      return desc.descriptions.findLast((d) => d.name.value === id.name)?.name.loc ?? loc;
    default:
      return loc;
  }
}

export const recStatus = (rec: Ast.RecFlag, index: number): RecStatus => (rec === "nonrecursive" ? (index === 0 ? "not" : "next") : index === 0 ? "first" : "next");

function signatureItem(env: Env, source: Ast.SignatureItem, items: SignatureItem[], locals: Subst): Env {
  const { desc, loc } = source;
  switch (desc.kind) {
    case "value": {
      const id = createLocal(desc.description.name.value);
      const description = translateValueDescription(env, desc.description);
      items.push({ kind: "value", id, description, visibility: "exported" });
      withWarnings(warningSpec(desc.description.attributes), () => watch(description.uid, id.name, description.loc, 32, "unused value"));
      return addValue(id, description, env);
    }
    case "type": {
      const { declared, env: inner } = translateDeclarations(env, desc.rec, desc.declarations);
      desc.declarations.forEach((d, i) => withWarnings(warningSpec(d.attributes), () => watch(declared[i]!.declaration.uid, declared[i]!.id.name, declared[i]!.declaration.loc, 34, "unused type")));
      declared.forEach((d, i) => items.push({ kind: "type", id: d.id, declaration: d.declaration, rec: recStatus(desc.rec, i), visibility: "exported" }));
      return inner;
    }
    case "typesubst": {
      const { declared, env: inner } = translateDeclarations(env, "nonrecursive", desc.declarations);
      const other = desc.declarations.find((d) => d.manifest === undefined || d.definition.kind !== "abstract" || d.private === "private");
      if (other !== undefined) return fail(other.loc, "Only type synonyms are allowed on the right of :=");
      // Local names: they are replaced in what follows, and do not stay.
      desc.declarations.forEach((d, i) => withWarnings(warningSpec(d.attributes), () => watch(declared[i]!.declaration.uid, declared[i]!.id.name, declared[i]!.declaration.loc, 34, "unused type")));
      for (const d of declared) if (d.declaration.manifest !== undefined) locals.addTypeFunction(d.id, d.declaration.parameters, d.declaration.manifest);
      return inner;
    }
    case "typext":
      translateTypeExtension(env, desc.extension, false).forEach((c, i) => {
        items.push({ kind: "typext", id: c.id, constructor: c.constructor, status: i === 0 ? "first" : "next", visibility: "exported" });
        env = addExtension(c.id, c.constructor, env);
      });
      return env;
    case "exception": {
      const { id, constructor } = translateException(env, desc.exception);
      items.push({ kind: "typext", id, constructor, status: "exception", visibility: "exported" });
      return addExtension(id, constructor, env);
    }
    case "module": {
      const { declaration } = desc;
      const type = translateModuleType(env, declaration.type);
      if (declaration.name.value === undefined) return env;
      const id = createBound(declaration.name.value, getLevel());
      const data = { type, attributes: declaration.attributes, loc: declaration.loc, uid: freshUid() };
      items.push({ kind: "module", id, presence: type.kind === "alias" && isAliasable(type.path) ? "absent" : "present", declaration: data, rec: "not", visibility: "exported" });
      withWarnings(warningSpec(declaration.attributes), () => watch(data.uid, id.name, declaration.loc, 60, "unused module"));
      return addModuleDeclaration(id, data, env);
    }
    case "modsubst": {
      const { path, data } = lookupModule(desc.ident.loc, desc.ident.value, env);
      const id = createLocal(desc.name.value);
      locals.addModule(id, path);
      const uid = freshUid();
      watch(uid, id.name, loc, 60, "unused module");
      return addModuleDeclaration(id, { ...data.declaration, type: { kind: "alias", path }, uid }, env);
    }
    case "recmodule": {
      const { declarations, env: inner } = translateRecursiveDeclarations(env, desc.declarations);
      declarations.forEach((d, i) => items.push({ kind: "module", id: d.id, presence: "present", declaration: { type: d.type, attributes: [], loc: d.loc, uid: d.uid }, rec: i === 0 ? "first" : "next", visibility: "exported" }));
      return inner;
    }
    case "modtype": {
      const id = createLocal(desc.declaration.name.value);
      const type = desc.declaration.type === undefined ? undefined : translateModuleType(env, desc.declaration.type);
      const declaration = { type, attributes: desc.declaration.attributes, loc: desc.declaration.loc, uid: freshUid() };
      items.push({ kind: "modtype", id, declaration, visibility: "exported" });
      return addModtype(id, declaration, env);
    }
    case "modtypesubst": {
      const id = createLocal(desc.declaration.name.value);
      const type = translateModuleType(env, desc.declaration.type!);
      locals.addModuleType(id, type);
      return addModtype(id, { type, attributes: [], loc, uid: freshUid() }, env);
    }
    case "open": {
      return openIn(env, desc.description).env;
    }
    case "include": {
      const type = translateModuleType(env, desc.type);
      const included = signatureOf(env, type);
      if (included === undefined) return fail(desc.loc, "This module type is not a signature");
      const fresh = freshen(included);
      items.push(...fresh);
      return addSignature(fresh, env);
    }
    case "class": {
      const { declared, env: inner } = typeClassDescriptions(env, desc.descriptions);
      items.push(...classItems(declared));
      return inner;
    }
    case "classtype": {
      const { declared, env: inner } = typeClassTypeDeclarations(env, desc.declarations);
      items.push(...classItems(declared));
      return inner;
    }
    case "attribute": {
      const said = warningSpec([desc.attribute]);
      if (said !== undefined) setWarnings(said);
      return env;
    }
    case "extension":
      return fail(desc.extension.name.loc, `Uninterpreted extension '${desc.extension.name.value}'.`);
  }
}

export interface RecursiveDeclaration {
  readonly id: Ident;
  readonly type: ModuleType;
  readonly loc: Location;
  readonly uid: Uid;
}
/** `module rec A : S and B : T`: the signatures may mention all the modules. */
export function translateRecursiveDeclarations(env: Env, sources: readonly { readonly name: Ast.Loc<string | undefined>; readonly type: Ast.ModuleType; readonly loc: Location }[]): { declarations: RecursiveDeclaration[]; env: Env } {
  const ids = sources.map((s) => createBound(s.name.value ?? "_", getLevel()));
  const uids = sources.map(() => freshUid());
  // First what each has, as far as it can be told without the others; then with them, until it stays.
  let types = approximateAll(env, ids, sources);
  for (let round = 0; round < 2; round++) {
    let inner = env;
    ids.forEach((id, i) => (inner = addModuleDeclaration(id, { type: types[i]!, attributes: [], loc: sources[i]!.loc, uid: freshUid() }, inner)));
    const translate = (): ModuleType[] => sources.map((s) => translateModuleType(inner, s.type));
    // The last round is what counts.
    types = round === 0 ? discardingDiagnostics(translate) : translate();
  }
  let result = env;
  ids.forEach((id, i) => (result = addModuleDeclaration(id, { type: types[i]!, attributes: [], loc: sources[i]!.loc, uid: uids[i]! }, result)));
  const declarations = ids.map((id, i) => ({ id, type: types[i]!, loc: sources[i]!.loc, uid: uids[i]! }));
  checkRecursiveAbbreviations(result, declarations);
  return { declarations, env: result };
}

/** `approximate` for modules that are declared together: what they have is not known before. */
function approximateAll(env: Env, ids: readonly Ident[], sources: readonly { readonly type: Ast.ModuleType }[]): ModuleType[] {
  const inner = ids.reduce((result, id) => addUndecidedModule(id, result), env);
  return sources.map((s) => approximate(inner, s.type));
}

/** The names of types and modules in a signature, without their definitions. */
function approximate(env: Env, source: Ast.ModuleType): ModuleType {
  const { desc } = source;
  switch (desc.kind) {
    case "signature": {
      const items: SignatureItem[] = [];
      let inner = env;
      for (const item of desc.items) {
        if (item.desc.kind === "type") {
          for (const d of item.desc.declarations) {
            const parameters = d.parameters.map(() => newVar());
            parameters.forEach((p) => (p.level = 100000000));
            const declaration: TypeDeclaration = {
              parameters, arity: parameters.length, kind: { kind: "abstract", origin: "definition" }, private: "public", manifest: undefined, variance: parameters.map(() => 127), separability: parameters.map(() => "independent"),
              isNewtype: false, expansionScope: 0, loc: d.loc, attributes: [], immediate: "unknown", unboxed: false, uid: freshUid(),
            };
            const id = createLocal(d.name.value);
            items.push({ kind: "type", id, declaration, rec: "first", visibility: "exported" });
            inner = addType(id, declaration, inner);
          }
        } else if (item.desc.kind === "class" || item.desc.kind === "classtype") {
          for (const d of item.desc.kind === "class" ? item.desc.descriptions : item.desc.declarations) {
            const added = classItems(approximateClass(d)).filter((i) => i.kind !== "class");
            items.push(...added);
            inner = addSignature(added, inner);
          }
        } else if (item.desc.kind === "module" && item.desc.declaration.name.value !== undefined) {
          const type = approximate(inner, item.desc.declaration.type);
          const id = createLocal(item.desc.declaration.name.value);
          const declaration = { type, attributes: [], loc: item.loc, uid: freshUid() };
          items.push({ kind: "module", id, presence: "present", declaration, rec: "not", visibility: "exported" });
          inner = addModuleDeclaration(id, declaration, inner);
        } else if (item.desc.kind === "modtype" || item.desc.kind === "modtypesubst") {
          // Its values may mention the modules that are being declared.
          const source = item.desc.declaration.type;
          const type = source === undefined ? undefined : approximate(inner, source);
          const id = createLocal(item.desc.declaration.name.value);
          const declaration = { type, attributes: [], loc: item.loc, uid: freshUid() };
          if (item.desc.kind === "modtype") items.push({ kind: "modtype", id, declaration, visibility: "exported" });
          inner = addModtype(id, declaration, inner);
        } else if (item.desc.kind === "include") {
          const fresh = freshen(signatureOf(inner, approximate(inner, item.desc.type)) ?? []);
          items.push(...fresh);
          inner = addSignature(fresh, inner);
        } else if (item.desc.kind === "recmodule") {
          const { declarations } = item.desc;
          const ids = declarations.map((d) => createLocal(d.name.value ?? "_"));
          for (const [i, type] of approximateAll(inner, ids, declarations).entries()) {
            const declaration = { type, attributes: [], loc: item.loc, uid: freshUid() };
            items.push({ kind: "module", id: ids[i]!, presence: "present", declaration, rec: i === 0 ? "first" : "next", visibility: "exported" });
            inner = addModuleDeclaration(ids[i]!, declaration, inner);
          }
        } else if (item.desc.kind === "open" || item.desc.kind === "modsubst") inner = discardingDiagnostics(() => signatureItem(inner, item, items, new Subst()));
      }
      return { kind: "signature", items };
    }
    case "with": {
      // What is substituted away is not there any more.
      const removed = new Set(desc.constraints.filter((c) => c.kind.endsWith("subst")).map((c) => namesOf(c.ident.value)).filter((names) => names.length === 1).map(([name]) => name!));
      const type = approximate(env, desc.type);
      const items = removed.size === 0 ? undefined : signatureOf(env, type);
      return items === undefined ? type : { kind: "signature", items: items.filter((i) => !removed.has(i.id.name) || i.kind === "value") };
    }
    case "ident":
      return { kind: "ident", path: lookupModtype(desc.ident.loc, desc.ident.value, env).path };
    case "functor": {
      if (desc.parameter.kind === "unit") return { kind: "functor", parameter: { kind: "unit" }, result: approximate(env, desc.result) };
      const { name } = desc.parameter;
      const type = approximate(env, desc.parameter.type);
      const id = name.value === undefined ? undefined : createFunctorParameter(name.value);
      const inner = id === undefined ? env : addModuleDeclaration(id, { type, attributes: [], loc: name.loc, uid: freshUid() }, env);
      return { kind: "functor", parameter: { kind: "named", id, type }, result: approximate(inner, desc.result) };
    }
    case "typeof":
    case "alias":
      return translateModuleType(env, source);
    default:
      return { kind: "signature", items: [] };
  }
}

// ---------------------------------------------------------------- with constraints

function namesOf(lid: Ast.Longident): string[] {
  return lid.kind === "dot" ? [...namesOf(lid.prefix), lid.name] : lid.kind === "ident" ? [lid.name] : [];
}

function applyConstraint(env: Env, items: Signature, constraint: Ast.WithConstraint, loc: Location): Signature {
  const names = namesOf(constraint.ident.value);
  return constrain(env, env, items, names, constraint, loc);
}

function missing(constraint: Ast.WithConstraint, loc: Location): never {
  return fail(loc, `The signature constrained by \`with' has no component named ${longidentName(constraint.ident.value)}`);
}

/** `outer` is where the constraint stands: what is on its right means nothing of the signature. */
function constrain(outer: Env, env: Env, items: Signature, names: readonly string[], constraint: Ast.WithConstraint, loc: Location): Signature {
  const [name, ...rest] = names;
  const inside = addSignature(items, env);
  if (rest.length > 0) {
    let found = false;
    let changed: Ident | undefined;
    const result = items.map((item): SignatureItem => {
      if (item.kind !== "module" || item.id.name !== name) return item;
      const inner = signatureOf(inside, item.declaration.type);
      if (inner === undefined) return fail(constraint.ident.loc, `The module ${name} is not a structure`);
      found = true;
      const fresh = freshen(inner);
      changed = item.id;
      // A module that is only another name cannot be refined: the constraint must hold already.
      if (item.declaration.type.kind === "alias" && (constraint.kind === "type" || constraint.kind === "module")) {
        constrain(outer, inside, fresh, rest, constraint, loc);
        return item;
      }
      return { ...item, presence: "present", declaration: { ...item.declaration, type: { kind: "signature", items: constrain(outer, inside, fresh, rest, constraint, loc) } } };
    });
    if (!found) missing(constraint, loc);
    if ((constraint.kind === "typesubst" || constraint.kind === "modsubst") && changed !== undefined) return substituteDeep(env, result, changed, rest, constraint);
    return result;
  }
  switch (constraint.kind) {
    case "type":
    case "typesubst": {
      const index = items.findIndex((i) => i.kind === "type" && i.id.name === name);
      const item = items[index];
      if (item === undefined || item.kind !== "type") return missing(constraint, loc);
      markUsed(item.declaration.uid);
      const declaration = constrainedType(outer, constraint.declaration, item.declaration);
      checkManifestKind(inside, { id: item.id, declaration, loc: constraint.declaration.loc });
      const reason = typeDeclarationMismatch(inside, declaration, item.declaration, item.id);
      if (reason !== undefined) fail(loc, `In this \`with' constraint, the new definition of ${longidentName(constraint.ident.value)}\n       does not match its original definition in the constrained signature:\n       ${reason}`);
      if (constraint.kind === "type") return items.map((i, k) => (k === index ? { ...item, declaration } : i));
      if (declaration.manifest === undefined) return fail(loc, "Only type synonyms are allowed on the right of :=");
      if (declaration.parameters.some((p) => repr(p).desc.kind !== "var") && !isSameParameters(declaration.parameters, declaration.manifest)) fail(loc, "Destructive substitutions are not supported for constrained\n       types (other than when replacing a type constructor with\n       a type constructor with the same arguments).");
      const s = new Subst().addTypeFunction(item.id, declaration.parameters, declaration.manifest);
      return subst.signature(s, items.filter((_, k) => k !== index));
    }
    case "module":
    case "modsubst": {
      const index = items.findIndex((i) => i.kind === "module" && i.id.name === name);
      const item = items[index];
      if (item === undefined || item.kind !== "module") return missing(constraint, loc);
      const { path } = lookupModule(constraint.target.loc, constraint.target.value, outer);
      const normalized = normalizeModulePath(path, env);
      const provided: ModuleType = constraint.kind === "modsubst" && isAliasable(normalized) ? { kind: "alias", path: normalized } : strengthen(env, findModule(normalized, env).type, normalized);
      try {
        includeModuleTypes(inside, provided, item.declaration.type);
      } catch (e) {
        if (!(e instanceof InclusionError)) throw e;
        fail(loc, `In this \`with' constraint, the new definition of ${longidentName(constraint.ident.value)}\n       does not match its original definition in the constrained signature:\n${explainInclusion(e.problems)}`);
      }
      if (constraint.kind === "module") return items.map((i, k) => (k === index ? { ...item, presence: "present", declaration: { ...item.declaration, type: provided } } : i));
      const s = new Subst().addModule(item.id, normalized);
      return subst.signature(s, items.filter((_, k) => k !== index));
    }
    case "modtype":
    case "modtypesubst": {
      const index = items.findIndex((i) => i.kind === "modtype" && i.id.name === name);
      const item = items[index];
      if (item === undefined || item.kind !== "modtype") return missing(constraint, loc);
      const type = translateModuleType(outer, constraint.type);
      const original = item.declaration.type;
      if (original !== undefined && !(isIncludedAsIs(inside, type, original) && isIncludedAsIs(inside, original, type))) fail(loc, `In this \`with' constraint, the new definition of ${longidentName(constraint.ident.value)}\n       does not match its original definition in the constrained signature:\n       The module types are not equal.`);
      if (constraint.kind === "modtype") return items.map((i, k) => (k === index ? { ...item, declaration: { ...item.declaration, type } } : i));
      const s = new Subst().addModuleType(item.id, type);
      return subst.signature(s, items.filter((_, k) => k !== index));
    }
  }
}

/** `with type M.t := u`: t is gone from M; uses of `M.t` elsewhere become u. */
function substituteDeep(env: Env, items: Signature, id: Ident, rest: readonly string[], constraint: Ast.WithConstraint): Signature {
  const s = new Subst();
  let path: Path = pident(id);
  for (const name of rest) path = pdot(path, name);
  if (constraint.kind === "typesubst") {
    const declaration = constrainedType(env, constraint.declaration, undefined);
    if (declaration.manifest !== undefined) s.typePaths.push({ path, replacement: { kind: "function", parameters: declaration.parameters, body: declaration.manifest } });
  }
  return subst.signature(s, items);
}

/** The declaration that a constraint gives, in the environment outside the signature. */
function constrainedType(env: Env, source: Ast.TypeDeclaration, original: TypeDeclaration | undefined): TypeDeclaration {
  return withTypeVariables(() => {
    resetTypeVariables();
    beginDef();
    const parameters = source.parameters.map((p) => {
      const v = newVar(p.type.desc.kind === "var" ? p.type.desc.name : undefined);
      if (p.type.desc.kind !== "var") return v;
      if (getTypeVariable(p.type.desc.name) !== undefined) fail(p.type.loc, "A type parameter occurs several times");
      setTypeVariable(p.type.desc.name, v);
      return v;
    });
    // What the original asks of its parameters is asked of these; where they cannot be so, the comparison tells.
    if (original !== undefined && original.parameters.length === parameters.length) instances(original.parameters).forEach((p, i) => { unifyIfPossible(env, parameters[i]!, p); });
    for (const c of source.constraints) unifyConstraint(env, c);
    const manifest = source.manifest === undefined ? undefined : translateType(env, source.manifest);
    endDef();
    parameters.forEach(generalize);
    if (manifest !== undefined) generalize(manifest);
    const kind = original?.kind ?? { kind: "abstract" as const, origin: "definition" as const };
    // The constructors of a datatype stay; only what it is equal to becomes known.
    return {
      parameters, arity: parameters.length, kind: kind.kind === "abstract" || original === undefined ? { kind: "abstract", origin: "definition" } : renamedKind(original, parameters), private: kind.kind !== "abstract" && original?.private === "private" ? "private" : source.private, manifest,
      variance: original?.variance ?? parameters.map(() => 127), separability: parameters.map(() => "independent"), isNewtype: false, expansionScope: 0, loc: source.loc, attributes: source.attributes, immediate: original?.immediate ?? "unknown", unboxed: original?.unboxed ?? false, uid: freshUid(),
    };
  });
}

/** Whether a type is a type constructor with just these parameters. */
function isSameParameters(parameters: readonly TypeExpr[], type: TypeExpr): boolean {
  const { desc } = repr(type);
  return desc.kind === "constr" && desc.args.length === parameters.length && desc.args.every((a, i) => repr(a) === repr(parameters[i]!));
}

function unifyIfPossible(env: Env, left: TypeExpr, right: TypeExpr): void {
  try {
    unify(env, left, right);
  } catch (e) {
    if (!(e instanceof UnifyError)) throw e;
  }
}

function renamedKind(original: TypeDeclaration, parameters: readonly TypeExpr[]): TypeDeclaration["kind"] {
  const replace = (t: TypeExpr): TypeExpr => subst.applyFunction(original.parameters, t, parameters);
  const { kind } = original;
  if (kind.kind === "record") return { ...kind, labels: kind.labels.map((l) => ({ ...l, type: replace(l.type) })) };
  if (kind.kind === "variant")
    return {
      ...kind,
      constructors: kind.constructors.map((c) => ({
        ...c,
        args: c.args.kind === "tuple" ? { kind: "tuple" as const, types: c.args.types.map(replace) } : { kind: "record" as const, labels: c.args.labels.map((l) => ({ ...l, type: replace(l.type) })) },
        result: c.result === undefined ? undefined : replace(c.result),
      })),
    };
  return kind;
}
