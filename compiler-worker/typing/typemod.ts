/** Typing of module expressions and structures. */
import type * as Ast from "../syntax/ast.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { beforeRefusing, isStackOverflow } from "../syntax/host-stack.ts";
import { backToLevel, beginDef, beginScope, endDef, getLevel, markLevel, newConstr } from "./btype.ts";
import { addExtension, addModule, addModuleDeclaration, addModtype, addSignature, addType, addValue, findModule, findType, freshUid, lookupAliasedModule, normalizeModulePath, openModule, scrape, setApplicationChecker, type Env } from "./env.ts";
import { deferBindings, deferNoMore, isDeferred } from "./deferral.ts";
import { expandHead } from "./expand.ts";
import { explainApplication, explainArgument, type FunctorArgument } from "./functor-errors.ts";
import { createBound, createLocal, OUTERMOST_LEVEL } from "./ident.ts";
import { checkExceptionAttributes, checkModuleAttributes } from "./attribute-places.ts";
import { separateState } from "./isolation.ts";
import { explainInclusion, includeModuleTypes, InclusionError, isIncludedAsIs } from "./includemod.ts";
import { generalize, generalizeKnown, isClosed, lowerVariables, withOwnNodes } from "./levels.ts";
import { definesTypes, signatureOf, strengthen } from "./mtype.ts";
import { openMark } from "./opens.ts";
import { isAliasable, LONGEST, pathName, pdot, pident } from "./path.ts";
import { withoutModule } from "./nondep.ts";
import { printType } from "./print-type.ts";
import { printModuleType } from "./print-signature.ts";
import { cycleError, evaluationOrder } from "./recursive-order.ts";
import { hideShadowed, ItemList, OwnNames, refuseSecond } from "./shadowing.ts";
import { knownAs, moduleKnownAs } from "./recursive-modules.ts";
import * as subst from "./subst.ts";
import { addUnknownException, addUnknownModule, addUnknownTypes, addUnknownValue } from "./stand-ins.ts";
import { CannotErase, Subst } from "./subst.ts";
import { setModuleHooks, typeExpression } from "./typecore.ts";
import { typeLet } from "./typecore-let.ts";
import { checkUnpackedType, setPackageModuleType } from "./typecore-patterns.ts";
import { classItems, typeClassDeclarations, typeClassTypeDeclarations, typedDeclaration } from "./typeclass.ts";
import { translateDeclarations, translateException, translateTypeExtension } from "./typedecl.ts";
import { checkBuiltin, freshen, recStatus, setModuleExpressionTyper, translateFunctorParameter, translateDefinedModuleType, translateModuleType, translateRecursiveDeclarations, translateValueDescription } from "./typemod-signatures.ts";
import type * as T from "./typedtree.ts";
import { resetTypeVariables, setPackageChecker, withTypeVariables } from "./typetexp.ts";
import { setPackageInclusion, UnifyError, updateLevel } from "./unify.ts";
import { watchType } from "./unused-definitions.ts";
import { watch, watchConstructor } from "./usage.ts";
import { addDelayedCheck, reportDiagnostic, scopedWarnings, setWarnings, warn, warningSpec, withWarnings } from "./warnings.ts";
import type { Ident, ModuleType, Path, Signature, SignatureItem, TypeDeclaration, TypeExpr } from "./types.ts";

const fail = (loc: Location, message: string): never => {
  throw new CompileError(errorAt(loc, message));
};

function inclusionFailure(loc: Location, e: InclusionError, intro: string): never {
  throw new CompileError(errorAt(loc, `${intro}\n${explainInclusion(e.problems)}`));
}

// ---------------------------------------------------------------- module expressions

/** Whether what is typed belongs to the body of an applicative functor, whose applications to one module all have the same types. */
let isApplicativeBody = false;
separateState(() => {
  const saved = isApplicativeBody;
  isApplicativeBody = false;
  return () => {
    isApplicativeBody = saved;
  };
});
function withApplicativeBody<R>(isApplicative: boolean, run: () => R): R {
  const saved = isApplicativeBody;
  isApplicativeBody = isApplicative;
  try {
    return run();
  } finally {
    isApplicativeBody = saved;
  }
}
/** Types a module that is made anew whenever an expression is evaluated. */
const outsideOfFunctors = <R>(run: () => R): R => withApplicativeBody(false, run);

function checkFreshTypes(env: Env, loc: Location, type: ModuleType): void {
  if (isApplicativeBody && definesTypes(env, type)) fail(loc, "This expression creates fresh types.\n       It is not allowed inside applicative functors.");
}

/** An application whose functor is being typed: where the outermost one stands, and the arguments that come after. */
interface Application {
  readonly loc: Location;
  readonly later: readonly FunctorArgument[];
}

const asArgument = (module: T.ModuleExpr): FunctorArgument => ({ path: pathOfModule(module), type: module.type });

/** Refuses an argument, or what is applied although it is no functor: with several arguments, all are told. */
function refuseApplication(env: Env, { loc, later }: Application, functor: T.ModuleExpr, argument: FunctorArgument, simple: () => string): never {
  const args = [argument, ...later];
  let head = functor;
  for (; head.desc.kind === "apply" || head.desc.kind === "applyunit"; head = head.desc.functor) args.unshift(head.desc.kind === "apply" ? asArgument(head.desc.argument) : "unit");
  return fail(loc, args.length > 1 && scrape(env, head.type).kind === "functor" ? explainApplication(env, head.type, args) : simple());
}
const notAFunctor = (type: ModuleType): string => (type.kind === "signature" ? `This module is not a functor; it has type\n       ${printModuleType(type).slice(0, 400)}` : "This module is not a functor");

/**
 * Types a module expression. `strong`: the types of a functor's results are known to be those of its applications. What is wrong
 * with one of several arguments is told of the `whole` application. `anchor`: the recursive module whose body it is, or belongs to.
 */
export function typeModule(env: Env, source: Ast.ModuleExpr, strong = true, whole: Application | undefined = undefined, anchor: Path | undefined = undefined): T.ModuleExpr {
  const { desc, loc } = source;
  const make = (d: T.ModuleExprDesc, type: ModuleType): T.ModuleExpr => ({ desc: d, loc, type, env, attributes: source.attributes });
  switch (desc.kind) {
    case "ident": {
      const path = lookupAliasedModule(desc.ident.loc, desc.ident.value, env);
      const alias: ModuleType = { kind: "alias", path };
      if (!strong) return make({ kind: "ident", path, ident: desc.ident }, unnamed(env, alias));
      return make({ kind: "ident", path, ident: desc.ident }, isAliasable(path) ? alias : scrape(env, alias));
    }
    case "structure": {
      const structure = scopedWarnings(() => typeStructure(env, desc.items, true, anchor));
      return make({ kind: "structure", structure }, { kind: "signature", items: structure.type });
    }
    case "functor": {
      const { parameter, env: inner, uid } = translateFunctorParameter(env, desc.parameter);
      if (parameter.kind === "named" && parameter.id !== undefined && desc.parameter.kind === "named") watch(uid, parameter.id.name, desc.parameter.name.loc, 60, "unused module");
      const body = withApplicativeBody(parameter.kind === "named", () => typeModule(inner, desc.body));
      const typed: T.FunctorParameter = parameter.kind === "unit" || desc.parameter.kind === "unit" ? { kind: "unit" } : { kind: "named", id: parameter.id, name: desc.parameter.name, type: parameter.type };
      return make({ kind: "functor", parameter: typed, body }, { kind: "functor", parameter, result: resultType(inner, body.type) });
    }
    case "apply": {
      const argument = typeModule(env, desc.argument);
      const path = pathOfModule(argument);
      const applied = whole ?? { loc, later: [] };
      const given = asArgument(argument);
      const functor = typeModule(env, desc.functor, strong && path !== undefined, { loc: applied.loc, later: [given, ...applied.later] });
      const type = scrape(env, functor.type);
      if (type.kind !== "functor") return refuseApplication(env, applied, functor, given, () => notAFunctor(type));
      if (type.parameter.kind === "unit") {
        if (desc.argument.desc.kind !== "structure" || desc.argument.desc.items.length > 0) return fail(desc.functor.loc, "This is a generative functor. It can only be applied to ()");
        withWarnings(warningSpec(desc.argument.attributes), () => { warn(desc.argument.loc, 73, "A generative functor\nshould be applied to '()'; using '(struct end)' is deprecated."); });
        checkFreshTypes(env, loc, type);
        return make({ kind: "applyunit", functor }, generated(env, type.result));
      }
      const provided = resultType(env, argument.type);
      const required = type.parameter.type;
      let coercion: T.ModuleCoercion;
      try {
        coercion = includeModuleTypes(env, provided, required, desc.argument.loc);
      } catch (e) {
        if (!(e instanceof InclusionError)) throw e;
        return refuseApplication(env, applied, functor, given, () => explainArgument(env, argument.type, required, e.problems));
      }
      if (path === undefined) return make({ kind: "apply", functor, argument, coercion }, anonymousResult(env, loc, type, provided));
      const { id } = type.parameter;
      let result = type.result;
      if (id !== undefined) {
        result = subst.moduleType(new Subst().addModule(id, path), result);
        // Applicative functors: what is abstract in the result is the same for equal arguments.
        const functorPath = strong ? pathOfModule(functor) : undefined;
        if (functorPath !== undefined) result = strengthen(env, result, { kind: "apply", functor: normalizeModulePath(functorPath, env), argument: path });
      }
      return make({ kind: "apply", functor, argument, coercion }, result);
    }
    case "applyunit": {
      const applied = whole ?? { loc, later: [] };
      const functor = typeModule(env, desc.functor, true, { loc: applied.loc, later: ["unit", ...applied.later] });
      const type = scrape(env, functor.type);
      if (type.kind !== "functor") return refuseApplication(env, applied, functor, "unit", () => notAFunctor(type));
      const { parameter } = type;
      if (parameter.kind !== "unit") return refuseApplication(env, applied, functor, "unit", () => `The functor was expected to be applicative at this position:\n       its parameter is a module${parameter.id === undefined ? "" : ` ${parameter.id.name}`}; it cannot be applied to ()\nHint: give it (struct end) if it asks nothing of the module.`);
      checkFreshTypes(env, loc, type);
      return make({ kind: "applyunit", functor }, generated(env, type.result));
    }
    case "constraint": {
      const module = typeModule(env, desc.module);
      const type = translateModuleType(env, desc.type);
      return make({ kind: "constraint", module, type, coercion: coerce(env, desc.module.loc, module, type), explicit: true }, type);
    }
    case "unpack": {
      beginDef();
      const expression = typeExpression(env, desc.expression);
      endDef();
      generalize(expression.type);
      const t = expandHead(env, expression.type);
      if (t.desc.kind === "var") return fail(loc, "The signature for this packaged module couldn't be inferred.");
      if (t.desc.kind !== "package") return fail(loc, `This expression is not a packed module. It has type ${printType(expression.type)}`);
      checkUnpackedType(env, t, loc);
      const type = packageType(env, t.desc.path, t.desc.constraints);
      checkFreshTypes(env, loc, type);
      return make({ kind: "unpack", expression, type }, type);
    }
    case "extension":
      return fail(desc.extension.name.loc, `Uninterpreted extension '${desc.extension.name.value}'.`);
    case "error":
      return make({ kind: "structure", structure: { items: [], type: [], finalEnv: env } }, { kind: "signature", items: [] });
  }
}

/** The type that a module has apart from its name: an alias becomes its strengthened type. */
function resultType(env: Env, type: ModuleType): ModuleType {
  return type.kind === "alias" ? scrape(env, type) : type;
}

/** What an alias stands for, where its types are not known to be those of the module that it names. */
function unnamed(env: Env, type: ModuleType): ModuleType {
  let t = type;
  for (let i = 0; i < LONGEST && t.kind === "alias"; i++) t = findModule(t.path, env).type;
  return t;
}

/** The type of an application of a generative functor: its types are new. */
function generated(env: Env, type: ModuleType): ModuleType {
  if (type.kind === "ident") return type;
  const result = scrape(env, type);
  return result.kind === "signature" ? { kind: "signature", items: freshen(result.items) } : type;
}

/** The path of a module expression that has one: names and applications of names. */
function pathOfModule(m: T.ModuleExpr): Path | undefined {
  switch (m.desc.kind) {
    case "ident":
      return m.desc.path;
    case "apply": {
      const functor = pathOfModule(m.desc.functor);
      const argument = pathOfModule(m.desc.argument);
      return functor === undefined || argument === undefined ? undefined : { kind: "apply", functor, argument };
    }
    case "constraint":
      return pathOfModule(m.desc.module);
    default:
      return undefined;
  }
}

/** The result of a functor applied to a module without a name. */
function anonymousResult(env: Env, loc: Location, functor: ModuleType & { readonly kind: "functor" }, argument: ModuleType): ModuleType {
  if (functor.parameter.kind === "unit" || functor.parameter.id === undefined) return functor.result;
  try {
    return withoutModule(addModule(functor.parameter.id, argument, env), functor.parameter.id, functor.result);
  } catch (e) {
    if (!(e instanceof CannotErase)) throw e;
    return fail(loc, `This functor has type\n       ${printModuleType(functor)}\n       The parameter cannot be eliminated in the result type.\n       Please bind the argument to a module identifier.`);
  }
}

function coerce(env: Env, loc: Location, module: T.ModuleExpr, type: ModuleType): T.ModuleCoercion {
  try {
    return includeModuleTypes(env, resultType(env, module.type), type, loc);
  } catch (e) {
    if (!(e instanceof InclusionError)) throw e;
    return inclusionFailure(loc, e, "Signature mismatch:");
  }
}

// ---------------------------------------------------------------- packages

/** The module type `S with type t = …` of a package type. */
export function packageType(env: Env, path: Path, constraints: readonly { readonly path: readonly string[]; readonly type: TypeExpr }[]): ModuleType {
  const base: ModuleType = { kind: "ident", path };
  if (constraints.length === 0) return base;
  const items = signatureOf(env, base);
  if (items === undefined) return base;
  const apply = (list: Signature, names: readonly string[], type: TypeExpr): Signature =>
    list.map((item): SignatureItem => {
      if (item.id.name !== names[0]) return item;
      if (names.length === 1 && item.kind === "type") return { ...item, declaration: { ...item.declaration, manifest: type } satisfies TypeDeclaration };
      if (names.length > 1 && item.kind === "module") {
        const inner = signatureOf(env, item.declaration.type);
        if (inner !== undefined) return { ...item, declaration: { ...item.declaration, type: { kind: "signature", items: apply(inner, names.slice(1), type) } } };
      }
      return item;
    });
  let result = freshen(items);
  for (const c of constraints) result = apply(result, c.path, withOwnNodes(c.type));
  return { kind: "signature", items: result };
}

/**
 * `(module M)`, expected to be of the package type `path` with `constraints`: gives the module and what its types are outside of it.
 * What it lacks is told at the module, as is a type that has no name outside.
 */
function packModule(env: Env, module: T.ModuleExpr, path: Path, constraints: readonly { readonly path: readonly string[]; readonly type: TypeExpr }[], level: number): { readonly module: T.ModuleExpr; readonly types: readonly TypeExpr[] } {
  let inner = env;
  let own = module.desc.kind === "ident" ? module.desc.path : undefined;
  if (own === undefined && constraints.length > 0) {
    const id = createBound("M", beginScope());
    inner = addModule(id, module.type, env);
    own = pident(id);
  }
  const types = constraints.map((c) => newConstr(c.path.reduce(pdot, own!), []));
  types.forEach((type, i) => {
    const { path: names } = constraints[i]!;
    const declaration = findType(names.reduce(pdot, own!), inner);
    if (declaration?.arity !== 0) return;
    try {
      updateLevel(inner, type, level);
    } catch (e) {
      if (!(e instanceof UnifyError)) throw e;
      fail(module.loc, `The type ${names.join(".")} in this module cannot be exported.\n       Its type contains local dependencies: ${printType(type)}`);
    }
  });
  const type = packageType(env, path, constraints.map((c, i) => ({ path: c.path, type: types[i]! })));
  const coercion = coerce(env, module.loc, module, type);
  return { module: { desc: { kind: "constraint", module, type, coercion, explicit: false }, loc: module.loc, type, env, attributes: [] }, types };
}

// ---------------------------------------------------------------- open

function openDeclaration(env: Env, source: Ast.OpenDeclaration): { declaration: T.OpenDeclaration; env: Env } {
  const module = typeModule(env, source.module);
  if (module.desc.kind === "ident") {
    const inner = openModule(module.desc.path, env, openMark(module.desc.path, source.override, source.loc));
    if (inner === undefined) return fail(source.module.loc, `The module ${pathName(module.desc.path)} is not a structure; it cannot be opened`);
    return { declaration: { module, bound: [], override: source.override, env, loc: source.loc }, env: inner };
  }
  const items = signatureOf(env, module.type);
  if (items === undefined) return fail(source.module.loc, "This module is not a structure; it cannot be opened");
  const bound = freshen(items);
  return { declaration: { module, bound, override: source.override, env, loc: source.loc }, env: addSignature(bound, env) };
}

setApplicationChecker((loc, env, argument, parameter) => {
  try {
    includeModuleTypes(env, scrape(env, { kind: "alias", path: argument }), parameter);
  } catch (e) {
    if (!(e instanceof InclusionError)) throw e;
    fail(loc, explainArgument(env, { kind: "alias", path: argument }, parameter, e.problems));
  }
});
setModuleHooks({
  typeModule: (env, source) => outsideOfFunctors(() => typeModule(env, source)),
  typeLocalModule: (env, source, outer) => outsideOfFunctors(() => withOpenTypesOutside(outer, () => typeModule(env, source))),
  packModule,
  openDeclaration: (env, source) => outsideOfFunctors(() => openDeclaration(env, source)),
});
setModuleExpressionTyper((env, source) => {
  const m = outsideOfFunctors(() => typeModule(env, source));
  return resultType(env, m.type);
});
setPackageInclusion((env, left, right) => isIncludedAsIs(env, packageType(env, left.path, left.constraints), packageType(env, right.path, right.constraints)));
setPackageModuleType((env, _loc, path, constraints) => packageType(env, path, constraints));
setPackageChecker((env, loc, path, names) => {
  if (names.length > 0 && signatureOf(env, { kind: "ident", path }) === undefined) fail(loc, "This module type is not a signature");
  for (const [index, name] of names.entries()) {
    let items = signatureOf(env, { kind: "ident", path });
    for (const part of name.slice(0, -1)) {
      const inner = items?.find((i) => i.kind === "module" && i.id.name === part);
      items = inner?.kind === "module" ? signatureOf(env, inner.declaration.type) : [];
    }
    const last = name[name.length - 1]!;
    const constrained = items?.find((i) => i.kind === "type" && i.id.name === last);
    if (constrained?.kind === "type" && (constrained.declaration.manifest !== undefined || constrained.declaration.kind.kind !== "abstract")) fail(loc, `In the constrained signature, type ${last} is defined.\n       Package \`with' constraints may only be used on abstract types.`);
    if (constrained?.kind === "type" && constrained.declaration.arity !== 0) fail(loc, `In this \`with' constraint, the new definition of ${last}\n       does not match its original definition in the constrained signature:\n       They have different arities.`);
    if (items !== undefined && constrained === undefined) fail(loc, `The signature constrained by \`with' has no component named ${name.join(".")}`);
    if (names.findIndex((n) => n.join(".") === name.join(".")) !== index) fail(loc, `Multiple definition of ${name.join(".")} in this package type`);
  }
});

// ---------------------------------------------------------------- structures

/** Where a definition gives a name. */
function nameLocation({ desc, loc }: Ast.StructureItem, item: SignatureItem): Location {
  switch (desc.kind) {
    case "class":
    case "classtype": {
      const named: readonly { readonly name: Ast.Loc<string> }[] = desc.declarations;
      return named.findLast((d) => d.name.value === item.id.name)?.name.loc ?? loc;
    }
    case "recmodule":
      return desc.bindings.findLast((b) => b.name.value === item.id.name)?.loc ?? loc;
    case "type":
      return item.kind === "type" ? item.declaration.loc : loc;
    case "typext":
      return item.kind === "typext" ? item.constructor.loc : loc;
    default:
      return loc;
  }
}

/** Types a structure; without `keepsItems` only its signature is wanted. `anchor` as of `typeModule`. */
export function typeStructure(env: Env, sources: Ast.Structure, keepsItems = true, anchor: Path | undefined = undefined): T.Structure {
  return withTypeVariables(() => typeItems(env, sources, keepsItems, anchor));
}

function typeItems(env: Env, sources: Ast.Structure, keepsItems: boolean, anchor: Path | undefined): T.Structure {
  const names = new OwnNames("structure");
  const items: T.StructureItem[] = [];
  const list = new ItemList();
  const signature = list.items;
  let current = env;
  for (const source of sources) {
    const at = current;
    const push = (desc: T.StructureItemDesc): void => {
      if (keepsItems) items.push({ desc, loc: source.loc, env: at });
    };
    const mark = markLevel();
    if (DEFINES_TYPES.has(source.desc.kind)) beginScope();
    try {
      const before = signature.length;
      current = structureItem(current, source, push, signature, mark.level, anchor);
      const { kind } = source.desc;
      if (kind !== "open") names.add(signature.slice(before), kind === "include" ? "include" : "definition", (item) => nameLocation(source, item));
    } catch (e) {
      // Input that would take too much of the host's stack is an error of the input.
      if (isStackOverflow(e)) {
        beforeRefusing();
        reportDiagnostic(errorAt(source.loc, "This phrase is nested too deeply"));
      } else if (e instanceof CompileError) reportDiagnostic(e.diagnostic);
      else throw e;
      // The next items are still looked at; what this one would have defined is given any type.
      backToLevel(mark);
      current = withUnknowns(current, source, signature);
    }
    list.endPhrase(source.loc);
  }
  for (const item of signature) if (item.kind === "value" && !isDeferred(item.description)) generalizeKnown(item.description.type);
  return { items, type: hideShadowed(current, list, "structure", reportDiagnostic), finalEnv: current };
}

/** Types of values of structures that their definitions left open. */
let openTypes: TypeExpr[] = [];
separateState(() => {
  const saved = openTypes;
  openTypes = [];
  return () => {
    openTypes = saved;
  };
});

/** Types a module; what it leaves open can become only what is known at the level `outer`, where its own types are not. */
function withOpenTypesOutside(outer: number, type: () => T.ModuleExpr): T.ModuleExpr {
  const before = openTypes.length;
  const module = type();
  for (let i = before; i < openTypes.length; i++) lowerVariables(openTypes[i]!, outer);
  return module;
}

/** Names that an erroneous item would have bound, as far as it can be told what they are the names of. */
function withUnknowns(env: Env, { desc }: Ast.StructureItem, signature: SignatureItem[]): Env {
  switch (desc.kind) {
    case "value":
      for (const { pattern, loc } of desc.bindings) if (pattern.desc.kind === "var") env = addUnknownValue(env, pattern.desc.name.value, loc, signature);
      return env;
    case "type":
      return addUnknownTypes(env, desc.declarations.filter((d) => !signature.some((i) => i.kind === "type" && i.id.name === d.name.value)), signature);
    case "exception":
      return addUnknownException(env, desc.exception, signature);
    case "module":
      return addUnknownModule(env, desc.binding, translateModuleType, signature);
    default:
      return env;
  }
}
/** Items after which there are types that were not there before. */
const DEFINES_TYPES: ReadonlySet<Ast.StructureItemDesc["kind"]> = new Set(["type", "module", "recmodule", "modtype", "class", "classtype", "include", "open"]);

/** `outer` is the level before the item, `anchor` as of `typeModule`. */
function structureItem(env: Env, source: Ast.StructureItem, push: (desc: T.StructureItemDesc) => void, signature: SignatureItem[], outer: number, anchor: Path | undefined): Env {
  const { desc } = source;
  resetTypeVariables();
  switch (desc.kind) {
    case "eval": {
      beginDef();
      const expression = typeExpression(env, desc.expression);
      endDef();
      push({ kind: "eval", expression });
      return env;
    }
    case "value": {
      const deferred = getLevel() > OUTERMOST_LEVEL ? undefined : deferBindings(desc.rec, desc.bindings, source.loc, (ids) => {
        resetTypeVariables();
        const typed = typeLet(env, desc.rec, desc.bindings, true, ids);
        return { bindings: typed.bindings, types: typed.variables.map((v) => v.type) };
      });
      if (deferred !== undefined) {
        push(deferred.item);
        let inner = env;
        for (const { id, description } of deferred.values) {
          signature.push({ kind: "value", id, description, visibility: "exported" });
          inner = addValue(id, description, inner);
        }
        return inner;
      }
      const { bindings, env: inner, variables } = typeLet(env, desc.rec, desc.bindings);
      // The uses of a value whose type is open must be seen in their order.
      const closed = variables.every((v) => isClosed(v.type));
      if (!closed) {
        openTypes.push(...variables.map((v) => v.type));
        deferNoMore();
      }
      push({ kind: "value", rec: desc.rec, bindings, isClosed: closed });
      for (const v of variables) {
        if (v.module !== undefined) fail(v.module.loc, "Modules are not allowed in this pattern.");
        signature.push({ kind: "value", id: v.id, description: { type: v.type, valueKind: { kind: "regular" }, loc: v.loc, attributes: [], uid: v.uid }, visibility: "exported" });
        // All bindings of a group are under the first one's warnings; with several patterns this is what most of them say.
        withWarnings(warningSpec(desc.bindings[0]!.attributes), () => watch(v.uid, v.id.name, v.loc, 32, "unused value"));
      }
      return inner;
    }
    case "primitive": {
      const id = createLocal(desc.description.name.value);
      const description = translateValueDescription(env, desc.description);
      const { valueKind } = description;
      if (valueKind.kind === "primitive") addDelayedCheck(() => checkBuiltin(source.loc, valueKind.primitive));
      push({ kind: "primitive", id, description });
      withWarnings(warningSpec(desc.description.attributes), () => watch(description.uid, id.name, description.loc, 32, "unused value"));
      signature.push({ kind: "value", id, description, visibility: "exported" });
      return addValue(id, description, env);
    }
    case "type": {
      const { declared, env: inner } = translateDeclarations(env, desc.rec, desc.declarations);
      push({ kind: "type", declarations: declared });
      desc.declarations.forEach((source, i) => withWarnings(warningSpec(source.attributes), () => watchType(declared[i]!.id.name, declared[i]!.declaration)));
      declared.forEach((d, i) => signature.push({ kind: "type", id: d.id, declaration: d.declaration, rec: recStatus(desc.rec, i), visibility: "exported" }));
      if (anchor === undefined) return inner;
      return declared.reduce((result, { id, declaration }) => addType(id, knownAs(env, declaration, pdot(anchor, id.name)), result), inner);
    }
    case "typext": {
      const constructors = translateTypeExtension(env, desc.extension, true);
      push({ kind: "typext", constructors: constructors.map((c) => ({ id: c.id, name: c.id.name, type: c.constructor, definition: c.rebind === undefined ? { kind: "declaration" } : { kind: "rebind", path: c.rebind }, loc: c.loc })) });
      constructors.forEach((c, i) => {
        signature.push({ kind: "typext", id: c.id, constructor: c.constructor, status: i === 0 ? "first" : "next", visibility: "exported" });
        watchConstructor(c.constructor.uid, c.id.name, c.constructor.loc, c.constructor.private === "private", 38, "extension constructor");
        env = addExtension(c.id, c.constructor, env);
      });
      return env;
    }
    case "exception": {
      checkExceptionAttributes(desc.exception.attributes);
      const { id, constructor, rebind } = translateException(env, desc.exception);
      push({ kind: "exception", constructor: { id, name: id.name, type: constructor, definition: rebind === undefined ? { kind: "declaration" } : { kind: "rebind", path: rebind }, loc: desc.exception.loc } });
      signature.push({ kind: "typext", id, constructor, status: "exception", visibility: "exported" });
      withWarnings(warningSpec(desc.exception.attributes), () => watchConstructor(constructor.uid, id.name, constructor.loc, false, 38, "exception"));
      return addExtension(id, constructor, env);
    }
    case "module": {
      const { binding } = desc;
      const scope = getLevel();
      const at = anchor === undefined || binding.name.value === undefined ? undefined : pdot(anchor, binding.name.value);
      const module = withOpenTypesOutside(outer, () => typeModule(env, binding.expression, true, undefined, at));
      if (binding.name.value === undefined) {
        push({ kind: "module", binding: { id: undefined, name: binding.name, presence: "present", module, loc: binding.loc } });
        return env;
      }
      if (binding.attributes.length > 0) checkModuleAttributes(binding.attributes, scrape(env, module.type).kind === "functor", binding.loc);
      const id = createBound(binding.name.value, scope);
      const presence = module.type.kind === "alias" ? "absent" : "present";
      const declaration = { type: module.type, attributes: binding.attributes, loc: binding.loc, uid: freshUid() };
      push({ kind: "module", binding: { id, name: binding.name, presence, module, loc: binding.loc } });
      signature.push({ kind: "module", id, presence, declaration, rec: "not", visibility: "exported" });
      withWarnings(warningSpec(binding.attributes), () => watch(declaration.uid, id.name, binding.loc, 60, "unused module"));
      return addModuleDeclaration(id, at === undefined ? declaration : { ...declaration, type: moduleKnownAs(env, declaration.type, at) }, env);
    }
    case "recmodule": {
      const sources = desc.bindings.map((b) => {
        const e = b.expression.desc;
        if (e.kind !== "constraint") return fail(b.expression.loc, "Recursive modules require an explicit module type.");
        return { name: b.name, type: e.type, loc: b.loc };
      });
      const { declarations, env: inner } = translateRecursiveDeclarations(env, sources);
      // Told before the bodies, in which the name would be that of the last one.
      sources.forEach(({ name, loc }, i) => name.value !== undefined && sources.findIndex((s) => s.name.value === name.value) < i && refuseSecond("module", name.value, loc));
      const bodies = desc.bindings.map((b, i) => {
        const e = b.expression.desc;
        if (e.kind !== "constraint") throw new Error("unreachable");
        return typeModule(inner, e.module, true, undefined, pident(declarations[i]!.id));
      });
      const coercions = coerceRecursive(inner, declarations.map(({ id, type }, i) => ({ id, declared: type, actual: resultType(inner, bodies[i]!.type), loc: bodies[i]!.loc })));
      const bindings = desc.bindings.map((b, i): T.ModuleBinding => {
        const { type, id } = declarations[i]!;
        return { id, name: b.name, presence: "present", module: { desc: { kind: "constraint", module: bodies[i]!, type, coercion: coercions[i]!, explicit: true }, loc: b.expression.loc, type, env: inner, attributes: [] }, loc: b.loc };
      });
      addDelayedCheck(() => {
        const order = evaluationOrder(bindings);
        if ("kind" in order) reportDiagnostic(cycleError(order));
      });
      push({ kind: "recmodule", bindings });
      declarations.forEach((d, i) => signature.push({ kind: "module", id: d.id, presence: "present", declaration: { type: d.type, attributes: [], loc: d.loc, uid: d.uid }, rec: i === 0 ? "first" : "next", visibility: "exported" }));
      declarations.forEach((d, i) => watch(d.uid, d.id.name, desc.bindings[i]!.loc, 60, "unused module"));
      return inner;
    }
    case "modtype": {
      const id = createBound(desc.declaration.name.value, getLevel());
      const type = desc.declaration.type === undefined ? undefined : translateDefinedModuleType(env, desc.declaration.type);
      const declaration = { type, attributes: desc.declaration.attributes, loc: desc.declaration.loc, uid: freshUid() };
      push({ kind: "modtype", id, loc: source.loc });
      signature.push({ kind: "modtype", id, declaration, visibility: "exported" });
      return addModtype(id, declaration, env);
    }
    case "open": {
      const { declaration, env: inner } = openDeclaration(env, desc.declaration);
      push({ kind: "open", declaration });
      for (const item of declaration.bound) signature.push({ ...item, visibility: "hidden" });
      return inner;
    }
    case "include": {
      const module = typeModule(env, desc.module);
      const items = signatureOf(env, module.type);
      if (items === undefined) return fail(desc.module.loc, "This module is not a structure; it cannot be included");
      const bound = freshen(items);
      push({ kind: "include", module, bound });
      signature.push(...bound);
      return addSignature(bound, env);
    }
    case "class": {
      const { declared, env: inner } = typeClassDeclarations(env, desc.declarations);
      push({ kind: "class", declarations: declared.map(typedDeclaration) });
      signature.push(...classItems(declared));
      return inner;
    }
    case "classtype": {
      const { declared, env: inner } = typeClassTypeDeclarations(env, desc.declarations);
      push({ kind: "classtype", ids: declared.map((d) => d.typeId) });
      signature.push(...classItems(declared));
      return inner;
    }
    case "attribute": {
      const said = warningSpec([desc.attribute]);
      if (said !== undefined) setWarnings(said);
      push({ kind: "attribute", name: desc.attribute.name.value });
      return env;
    }
    case "extension":
      return fail(desc.extension.name.loc, `Uninterpreted extension '${desc.extension.name.value}'.`);
  }
}

/**
 * The bodies of recursive modules against their signatures. That `A` has its signature is to be told while `A` stands for its
 * body; but a definition of the body may lead back to itself through `A`. So the modules are unrolled: other names stand for the
 * bodies, in which still others stand for the modules, once for each of the modules; none of their definitions leads further.
 */
function coerceRecursive(env: Env, modules: readonly { readonly id: Ident; readonly declared: ModuleType; readonly actual: ModuleType; readonly loc: Location }[]): T.ModuleCoercion[] {
  const strengthened = (inner: Env, s: Subst, id: Ident, type: ModuleType): ModuleType => strengthen(inner, subst.moduleType(s, type), subst.modulePath(s, pident(id)));
  let inner = env;
  let s = new Subst();
  for (let round = 0; round < modules.length; round++) {
    const names = modules.map(({ id }) => createLocal(id.name));
    const unrolled = modules.map(({ id, actual }) => (round === 0 ? actual : strengthened(inner, s, id, actual)));
    s = new Subst();
    modules.forEach(({ id, loc }, i) => {
      inner = addModuleDeclaration(names[i]!, { type: unrolled[i]!, attributes: [], loc, uid: freshUid() }, inner);
      s.addModule(id, pident(names[i]!));
    });
  }
  return modules.map(({ id, declared, actual, loc }) => {
    try {
      return includeModuleTypes(inner, strengthened(inner, s, id, actual), subst.moduleType(s, declared));
    } catch (e) {
      if (!(e instanceof InclusionError)) throw e;
      return inclusionFailure(loc, e, "Signature mismatch:");
    }
  });
}
