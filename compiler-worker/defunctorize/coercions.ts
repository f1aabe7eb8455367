/** Coercions between signatures, for modules known at compile time: renamings that cost nothing at run time. */
import type { ModuleCoercion } from "../typing/typedtree.ts";
import { blockComponents, coerceBlock } from "./blocks.ts";
import type { Compilation } from "./context.ts";
import { BlockFunctor, StaticFunctor, StaticModule, type Component, type Meaning, type ModuleMeaning, type Scope } from "./meanings.ts";
import { moduleOfMeaning, resolveModule } from "./paths.ts";

type AliasCoercion = Extract<ModuleCoercion, { kind: "alias" }>;

/** Where the paths of alias coercions have their meaning. */
const aliasScopes = new WeakMap<AliasCoercion, Scope>();

/** The coercion with the paths of its aliases tied to `scope`; most have none and are given back as they are. */
export function inScope(coercion: ModuleCoercion, scope: Scope): ModuleCoercion {
  switch (coercion.kind) {
    case "none":
    case "primitive":
      return coercion;
    case "alias": {
      const copy: AliasCoercion = { kind: "alias", env: coercion.env, path: coercion.path, coercion: inScope(coercion.coercion, scope) };
      aliasScopes.set(copy, scope);
      return copy;
    }
    case "functor": {
      const argument = inScope(coercion.argument, scope);
      const result = inScope(coercion.result, scope);
      return argument === coercion.argument && result === coercion.result ? coercion : { kind: "functor", argument, result };
    }
    case "structure": {
      let changed = false;
      const components = coercion.components.map((component) => {
        const inner = inScope(component.coercion, scope);
        if (inner === component.coercion) return component;
        changed = true;
        return { position: component.position, name: component.name, coercion: inner };
      });
      return changed ? { kind: "structure", components } : coercion;
    }
  }
}

export function aliasedModule(c: Compilation, coercion: AliasCoercion): ModuleMeaning {
  const scope = aliasScopes.get(coercion);
  if (scope === undefined) throw new Error("an alias coercion without a scope");
  return coerceModule(c, resolveModule(c, scope, coercion.path), coercion.coercion);
}

/** First `first`, then `second`. */
export function compose(first: ModuleCoercion, second: ModuleCoercion): ModuleCoercion {
  if (first.kind === "none") return second;
  if (second.kind === "none") return first;
  if (second.kind === "alias" || second.kind === "primitive") return second;
  if (first.kind === "alias") {
    const copy: AliasCoercion = { kind: "alias", env: first.env, path: first.path, coercion: compose(first.coercion, second) };
    const scope = aliasScopes.get(first);
    if (scope !== undefined) aliasScopes.set(copy, scope);
    return copy;
  }
  if (first.kind === "structure" && second.kind === "structure") {
    return {
      kind: "structure",
      components: second.components.map((component) => {
        if (component.coercion.kind === "primitive" || component.coercion.kind === "alias") return component;
        const source = first.components[component.position]!;
        return { position: source.position, name: component.name, coercion: compose(source.coercion, component.coercion) };
      }),
    };
  }
  if (first.kind === "functor" && second.kind === "functor") return { kind: "functor", argument: compose(second.argument, first.argument), result: compose(first.result, second.result) };
  throw new Error(`coercions ${first.kind} and ${second.kind} do not compose`);
}

/** Equal for coercions that do the same; undefined when that cannot be told. */
export function coercionKey(coercion: ModuleCoercion): string | undefined {
  switch (coercion.kind) {
    case "none":
      return "-";
    case "primitive":
    case "alias":
      return undefined;
    case "functor": {
      const argument = coercionKey(coercion.argument);
      const result = coercionKey(coercion.result);
      return argument === undefined || result === undefined ? undefined : `(${argument}>${result})`;
    }
    case "structure": {
      let key = "[";
      for (const component of coercion.components) {
        const inner = coercionKey(component.coercion);
        if (inner === undefined) return undefined;
        key += `${component.position}${inner}`;
      }
      return `${key}]`;
    }
  }
}

/** A module as one of another signature. */
export function coerceModule(c: Compilation, module: ModuleMeaning, coercion: ModuleCoercion): ModuleMeaning {
  switch (coercion.kind) {
    case "none":
      return module;
    case "alias":
      return aliasedModule(c, coercion);
    case "functor":
      if (module.kind === "functor") return new StaticFunctor(module.source, compose(coercion.argument, module.argumentCoercion), compose(module.resultCoercion, coercion.result));
      if (module.kind === "blockFunctor") return new BlockFunctor(() => coerceBlock(c, module.value(), coercion));
      break;
    case "structure": {
      if (module.kind !== "structure" && module.kind !== "block") break;
      const source: readonly Component[] = module.kind === "structure" ? module.components : blockComponents(c, module);
      const components = coercion.components.map((component): Component => {
        const inner = component.coercion;
        if (inner.kind === "primitive") return { namespace: "value", name: component.name, meaning: { kind: "primitive", primitive: inner.primitive, type: inner.type, env: inner.env } };
        if (inner.kind === "alias") return { namespace: "module", name: component.name, meaning: lazyModule(() => aliasedModule(c, inner)) };
        const from = source[component.position];
        if (from === undefined) throw new Error(`a coercion refers to component ${component.position}, ${component.name}`);
        if (from.namespace !== "module" || inner.kind === "none") return { namespace: from.namespace, name: component.name, meaning: from.meaning };
        return { namespace: "module", name: component.name, meaning: lazyModule(() => coerceModule(c, moduleOfMeaning(from.meaning), inner)) };
      });
      return new StaticModule(components, module.kind === "structure" ? module.aliases : new Map(), module.kind === "structure" && module.isGlobal);
    }
    case "primitive":
      break;
  }
  throw new Error(`a ${module.kind} cannot be coerced by a ${coercion.kind} coercion`);
}

/** A module that is looked at when it is first needed. */
export function lazyModule(make: () => ModuleMeaning): Meaning {
  let memo: ModuleMeaning | undefined;
  return { kind: "module", module: () => (memo ??= make()) };
}

/** A module of a structure, which is evaluated when it is first needed. */
export function evaluatedModule(c: Compilation, evaluate: () => ModuleMeaning): Meaning {
  let memo: ModuleMeaning | undefined;
  const module = (): ModuleMeaning => {
    if (memo === undefined) c.evaluating(() => (memo = evaluate()));
    return memo!;
  };
  return { kind: "module", module };
}
