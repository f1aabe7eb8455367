/**
 * Static evaluation of modules: structures become tables from names to meanings, functors applied to known arguments
 * are instantiated. What remains at run time are the values.
 */
import * as b from "../core/build.ts";
import type { Kind, TopBinding, Variable } from "../core/core.ts";
import type { RecFlag } from "../syntax/ast.ts";
import type { Location } from "../syntax/diagnostics.ts";
import type { ModuleCoercion, ModuleExpr, Structure, StructureItem, ValueBinding } from "../typing/typedtree.ts";
import type { Ident, Path, Signature } from "../typing/types.ts";
import { blockOf, moduleOfBlock, runtimeNamespace } from "./blocks.ts";
import { declareClasses } from "./classes.ts";
import { coerceModule, coercionKey, compose, evaluatedModule, inScope, lazyModule } from "./coercions.ts";
import type { Compilation } from "./context.ts";
import { bindExtensionConstructor } from "./exceptions.ts";
import { translateRecursive } from "./letrec.ts";
import { inside, Scope, StaticFunctor, StaticModule, type Component, type DialectSignature, type FunctorSource, type Home, type Meaning, type ModuleMeaning, type Place } from "./meanings.ts";
import { componentOf, resolve, resolveModule } from "./paths.ts";
import { isShareableBody, isSimplePattern, purityOf, worst, type Purity } from "./purity.ts";
import { bindRecursiveModules } from "./recursive-modules.ts";
import type { FactsOfGroup, KeptScope, RecordPlace, ValueFacts } from "./memo.ts";
import type { Sink } from "./sinks.ts";
import { Translator } from "./translate.ts";

/** Where a structure is evaluated. */
export interface Site {
  readonly scope: Scope;
  /** Whose code it is. */
  readonly home: Home;
  /** Where its bindings go. */
  readonly sink: Sink;
  readonly place: Place;
}

export function evaluateModule(c: Compilation, m: ModuleExpr, site: Site): ModuleMeaning {
  c.opaque();
  switch (m.desc.kind) {
    case "ident":
      return resolveModule(c, site.scope, m.desc.path);
    case "structure":
      return evaluateStructure(c, m.desc.structure, site);
    case "functor": {
      const parameter = m.desc.parameter;
      const source: FunctorSource = {
        parameter: parameter.kind === "named" ? parameter.id : undefined,
        parameterType: parameter.kind === "named" ? parameter.type : undefined,
        body: m.desc.body,
        scope: site.scope,
        home: site.home,
        // As OCaml's `translmod` has it, the path ends at `()`.
        place: { name: site.place.name, exceptionPath: parameter.kind === "named" && site.place.exceptionPath !== undefined ? `${site.place.exceptionPath}(${parameter.id?.name ?? "_"})` : undefined },
        isGlobal: site.sink.schedule.isGlobal,
        instances: new Map(),
      };
      return new StaticFunctor(source, NONE, NONE);
    }
    case "apply": {
      const functor = evaluateModule(c, m.desc.functor, { ...site, place: { name: `${site.place.name}.functor`, exceptionPath: undefined } });
      const argument = evaluateModule(c, m.desc.argument, { ...site, place: { name: `${site.place.name}.argument`, exceptionPath: undefined } });
      return applyFunctor(c, functor, argument, inScope(m.desc.coercion, site.scope), site, m);
    }
    case "applyunit": {
      const functor = evaluateModule(c, m.desc.functor, site);
      return applyFunctor(c, functor, undefined, NONE, site, m);
    }
    case "constraint":
      return coerceModule(c, evaluateModule(c, m.desc.module, site), inScope(m.desc.coercion, site.scope));
    case "unpack": {
      const expression = m.desc.expression;
      const variable = c.fresh.variable("module");
      c.declare(variable, site.sink);
      const group = site.sink.add(purityOf(expression) === "pure" ? "pure" : "effectful", () => [{ kind: "let", variable, value: new Translator(c, site.scope, site.home, site.place.name).expr(expression) }]);
      const value = (): ReturnType<typeof b.variable> => {
        c.use(group);
        return b.variable(variable);
      };
      return moduleOfBlock(value, m.type, m.env, site.scope);
    }
  }
}

const NONE: ModuleCoercion = { kind: "none" };

// ---------------------------------------------------------------- functors

function applyFunctor(c: Compilation, functor: ModuleMeaning, argument: ModuleMeaning | undefined, coercion: ModuleCoercion, site: Site, m: ModuleExpr): ModuleMeaning {
  switch (functor.kind) {
    case "functor": {
      const { source } = functor;
      c.link(source.home);
      const argumentCoercion = compose(coercion, functor.argumentCoercion);
      const key = coercionKey(argumentCoercion);
      const shareable = key !== undefined && source.isGlobal && argument !== undefined && "isGlobal" in argument && argument.isGlobal && isShareableBody(source.body);
      let instances: Map<string, ModuleMeaning> | undefined;
      let instance: ModuleMeaning | undefined;
      if (shareable) {
        instances = source.instances.get(argument);
        if (instances === undefined) source.instances.set(argument, (instances = new Map()));
        instance = instances.get(key);
      }
      if (instance === undefined) {
        const coerced = argument === undefined ? undefined : coerceModule(c, argument, argumentCoercion);
        const place = shareable ? source.place : { name: site.place.name, exceptionPath: source.place.exceptionPath };
        const kept = keptAt(site)?.instance(m, `${place.name} ${place.exceptionPath ?? ""}`);
        instance = instantiate(c, source, coerced, NONE, shareable ? c.shared.child() : site.sink.child(), place, kept);
        if (shareable) instances!.set(key, instance);
      }
      return coerceModule(c, instance, functor.resultCoercion);
    }
    case "blockFunctor": {
      const coerced = argument === undefined ? undefined : coerceModule(c, argument, coercion);
      const variable = c.fresh.variable("module");
      c.declare(variable, site.sink);
      const group = site.sink.add("effectful", () => [{ kind: "let", variable, value: b.apply(functor.value(), [coerced === undefined ? b.unit : blockOf(c, coerced)]) }]);
      return moduleOfBlock(
        () => {
          c.use(group);
          return b.variable(variable);
        },
        m.type,
        m.env,
        site.scope,
      );
    }
    case "structure":
    case "block":
      throw new Error("a structure is applied");
  }
}

/** The functor's body with this argument. */
export function instantiate(c: Compilation, source: FunctorSource, argument: ModuleMeaning | undefined, resultCoercion: ModuleCoercion, sink: Sink, place: Place, kept?: KeptScope): ModuleMeaning {
  const scope = new Scope(source.scope, kept);
  if (source.parameter !== undefined && argument !== undefined) scope.set(source.parameter, { kind: "module", module: () => argument });
  return coerceModule(c, evaluateModule(c, source.body, { scope, home: source.home, sink, place }), resultCoercion);
}

// ---------------------------------------------------------------- structures

export function evaluateStructure(c: Compilation, structure: Structure, site: Site): StaticModule {
  for (const item of structure.items) evaluateItem(c, item, site);
  const components: Component[] = [];
  const aliases = new Map<string, Meaning>();
  for (const item of structure.type) {
    const namespace = runtimeNamespace(item);
    if (namespace !== undefined) {
      const meaning = site.scope.find(item.id);
      if (meaning === undefined) throw new Error(`${item.id.name}/${item.id.stamp} of ${site.place.name} has no meaning`);
      components.push({ namespace, name: item.id.name, meaning });
    } else if (item.kind === "module") {
      const meaning = site.scope.find(item.id);
      if (meaning !== undefined) aliases.set(item.id.name, meaning);
    }
  }
  return new StaticModule(components, aliases, site.sink.schedule.isGlobal);
}

function evaluateItem(c: Compilation, item: StructureItem, site: Site): void {
  const { scope, sink, place } = site;
  const desc = item.desc;
  switch (desc.kind) {
    case "eval":
      if (purityOf(desc.expression) === "effectful") sink.add("effectful", keeping(c, site, desc.expression, () => [{ kind: "effect", value: translator(c, site).expr(desc.expression) }]));
      return;
    case "value":
      bindValues(c, desc.rec, desc.bindings, desc.isClosed && desc.bindings.every(({ pattern }) => pattern.desc.kind === "var") ? item.loc : undefined, site);
      return;
    case "deferred":
      bindDeferred(c, desc, item.loc, site);
      return;
    case "primitive": {
      const kind = desc.description.valueKind;
      if (kind.kind === "primitive") scope.set(desc.id, { kind: "primitive", primitive: kind.primitive, type: desc.description.type, env: item.env });
      return;
    }
    case "typext":
      for (const constructor of desc.constructors) bindExtensionConstructor(c, constructor, site);
      return;
    case "exception":
      bindExtensionConstructor(c, desc.constructor, site);
      return;
    case "module": {
      const { id, module, name } = desc.binding;
      const inner: Site = { scope, home: site.home, sink: sink.child(), place: inside(place, name.value ?? "_") };
      if (module.desc.kind === "ident") {
        const path = module.desc.path;
        if (id !== undefined) scope.set(id, lazyModule(() => resolveModule(c, scope, path)));
        return;
      }
      const meaning = evaluatedModule(c, () => evaluateModule(c, module, inner));
      if (id !== undefined) scope.set(id, meaning);
      // Structures and functors are cheap to look at; applications may load units, and wait until their effects matter.
      if (meaning.kind === "module") {
        if (isImmediate(module)) meaning.module();
        else sink.whenLinked(() => void meaning.module());
      }
      return;
    }
    case "recmodule":
      bindRecursiveModules(c, desc.bindings, site);
      return;
    case "include":
      bindIncluded(c, evaluateModule(c, desc.module, { scope, home: site.home, sink: sink.child(), place }), desc.bound, scope);
      return;
    case "open":
      if (desc.declaration.module.desc.kind === "ident") return;
      bindIncluded(c, evaluateModule(c, desc.declaration.module, { scope, home: site.home, sink: sink.child(), place }), desc.declaration.bound, scope);
      return;
    case "class":
      declareClasses(c, desc.declarations, site);
      return;
    case "type":
    case "modtype":
    case "classtype":
    case "attribute":
      return;
  }
}

function isImmediate(m: ModuleExpr): boolean {
  return m.desc.kind === "structure" || m.desc.kind === "functor" || (m.desc.kind === "constraint" && isImmediate(m.desc.module));
}

/** Gives a module's items the identifiers that an `include` or `open` binds. */
export function bindIncluded(c: Compilation, module: ModuleMeaning, bound: Signature, scope: Scope): void {
  for (const item of bound) {
    const namespace = runtimeNamespace(item) ?? (item.kind === "module" ? "module" : undefined);
    if (namespace === undefined) continue;
    const meaning = componentOf(c, module, namespace, item.id.name);
    if (meaning !== undefined) scope.set(item.id, meaning);
  }
}

function keptAt(site: Site): KeptScope | undefined {
  return site.sink.schedule.isGlobal ? site.scope.kept : undefined;
}

/** The variable of something bound at a site. */
export function variableAt(c: Compilation, site: Site, id: Ident, kind: Kind): Variable {
  const variable = keptAt(site)?.global(id, kind) ?? c.fresh.variable(id.name, kind);
  c.declare(variable, site.sink);
  return variable;
}

/** A translation of the part `key` of the typed tree, which is kept for later compilations. */
export function keeping(c: Compilation, site: Site, key: object, translate: () => readonly TopBinding[], place?: RecordPlace): () => readonly TopBinding[] {
  const kept = keptAt(site);
  return kept === undefined ? translate : () => c.memoized(key, site.scope, kept, kept.unit === undefined ? undefined : place, translate);
}

function translator(c: Compilation, site: Site): Translator {
  return new Translator(c, site.scope, site.home, site.place.name);
}

// ---------------------------------------------------------------- values

/** The variable of a pattern that is one, through aliases of variables. */
function soleVariable(binding: ValueBinding): Ident | undefined {
  const desc = binding.pattern.desc;
  return desc.kind === "var" ? desc.id : undefined;
}

/** `at`: where the item begins, of variables whose types are closed: what they are found to be may be shipped. */
function bindValues(c: Compilation, rec: RecFlag, bindings: readonly ValueBinding[], at: Location | undefined, site: Site): void {
  if (rec === "recursive") bindRecursive(c, bindings, at, site);
  else for (const binding of bindings) bindValue(c, binding, bindings.length === 1 ? at : undefined, site);
}

function bindValue(c: Compilation, binding: ValueBinding, at: Location | undefined, site: Site): void {
  const { scope, sink } = site;
  const { pattern, expression } = binding;
  const id = soleVariable(binding);
  if (id !== undefined) {
    const desc = expression.desc;
    if (desc.kind === "ident" && desc.description.valueKind.kind === "regular" && isStatic(desc.path)) {
      bindAlias(c, id, desc.path, scope);
      noteFacts(site, at, { kind: "alias", path: desc.path });
      return;
    }
    const t = translator(c, site);
    const constant = t.constantOf(expression);
    if (constant !== undefined) {
      scope.set(id, { kind: "constant", constant });
      noteFacts(site, at, { kind: "constant", constant });
      return;
    }
    const variable = variableAt(c, site, id, t.kindOf(expression.env, expression.type));
    const purity = purityOf(expression);
    const group = sink.add(purity, keeping(c, site, expression, () => [{ kind: "let", variable, value: t.named(id.name, expression, binding.attributes) }], placeOf(at, () => [variable])));
    const signature = t.signatureOf(expression);
    scope.set(id, { kind: "group", group, variable, signature });
    noteFacts(site, at, { kind: "group", purity, values: [{ kind: variable.kind, signature }] });
    return;
  }
  if (pattern.desc.kind === "any") {
    if (purityOf(expression) === "effectful") sink.add("effectful", keeping(c, site, expression, () => [{ kind: "effect", value: translator(c, site).expr(expression) }]));
    return;
  }
  bindPattern(c, [binding], undefined, site, isSimplePattern(pattern) ? purityOf(expression) : "effectful", (t, bindings) => t.destructureTop(pattern, expression, bindings));
}

function isStatic(path: Path): boolean {
  return path.kind === "ident" || (path.kind === "dot" && isStatic(path.prefix));
}

/** Another name for what a path means. */
function bindAlias(c: Compilation, id: Ident, path: Path, scope: Scope): void {
  let memo: Meaning | undefined;
  scope.set(id, { kind: "alias", resolve: () => (memo ??= resolve(c, scope, "value", path)) });
}

function placeOf(at: Location | undefined, globals: () => readonly Variable[]): RecordPlace | undefined {
  return at === undefined ? undefined : { at, globals };
}

function noteFacts(site: Site, at: Location | undefined, facts: ValueFacts): void {
  if (at !== undefined) keptAt(site)?.noteFacts(at, facts);
}

function bindRecursive(c: Compilation, bindings: readonly ValueBinding[], at: Location | undefined, site: Site): void {
  let purity: Purity = "pure";
  for (const binding of bindings) purity = worst(purity, purityOf(binding.expression));
  bindPattern(c, bindings, at, site, purity, (t, out) => translateRecursive(t, bindings, out));
}

/** What is known without their types of the functions of ordinary code. */
const FUNCTION: FactsOfGroup["values"][number] = { kind: "value", signature: undefined };

/** Variables that are typed when they are translated, as far as what they are is known before. */
function bindDeferred(c: Compilation, item: Extract<StructureItem["desc"], { kind: "deferred" }>, at: Location, site: Site): void {
  const { scope } = site;
  const facts = keptAt(site)?.unit === undefined ? undefined : c.factsOf(at, () => keptAt(site)!.idents());
  switch (facts?.kind) {
    case "constant":
      scope.set(item.ids[0]!, facts);
      return;
    case "alias":
      bindAlias(c, item.ids[0]!, facts.path, scope);
      return;
    case "group":
      bindGroup(c, item, at, facts, site);
      return;
    case undefined:
      if (item.areFunctions && !site.home.runtimeDialect) bindGroup(c, item, at, { kind: "group", purity: "pure", values: item.ids.map(() => FUNCTION) }, site);
      else bindValues(c, item.rec, item.bindings(), at, site);
      return;
  }
}

function bindGroup(c: Compilation, item: Extract<StructureItem["desc"], { kind: "deferred" }>, at: Location, facts: FactsOfGroup, site: Site): void {
  const group = site.sink.add(
    facts.purity,
    keeping(c, site, item, () => {
      const t = translator(c, site);
      const bindings = item.bindings();
      const out: TopBinding[] = [];
      if (item.rec === "recursive") translateRecursive(t, bindings, out);
      else bindings.forEach(({ expression, attributes }, i) => out.push({ kind: "let", variable: variables[i]!, value: t.named(item.ids[i]!.name, expression, attributes) }));
      return out;
    }, { at, globals: () => variables }),
  );
  const variables = item.ids.map((id, i) => variableAt(c, site, id, facts.values[i]!.kind));
  item.ids.forEach((id, i) => site.scope.set(id, { kind: "group", group, variable: variables[i]!, signature: facts.values[i]!.signature }));
}

/** One group for all variables of these bindings. */
function bindPattern(c: Compilation, bindings: readonly ValueBinding[], at: Location | undefined, site: Site, purity: Purity, translate: (t: Translator, out: TopBinding[]) => void): void {
  const t = translator(c, site);
  const group = site.sink.add(
    purity,
    keeping(c, site, bindings[0]!.expression, () => {
      const out: TopBinding[] = [];
      translate(t, out);
      return out;
    }, placeOf(at, () => variables)),
  );
  const variables: Variable[] = [];
  const values: { kind: Kind; signature: DialectSignature | undefined }[] = [];
  for (const binding of bindings) {
    for (const { id, kind } of t.patternVariables(binding.pattern)) {
      const variable = variableAt(c, site, id, kind);
      const isFunction = binding.pattern.desc.kind === "var" && binding.pattern.desc.id === id;
      const signature = isFunction ? t.signatureOf(binding.expression) : undefined;
      site.scope.set(id, { kind: "group", group, variable, signature });
      variables.push(variable);
      values.push({ kind: variable.kind, signature });
    }
  }
  noteFacts(site, at, { kind: "group", purity, values });
}
