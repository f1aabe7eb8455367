/** Resolution of paths to what they mean at compile time. */
import type { Path } from "../typing/types.ts";
import { blockComponent, blockModuleAlias } from "./blocks.ts";
import type { Compilation } from "./context.ts";
import { followAliases, type Meaning, type ModuleMeaning, type Namespace, type Scope } from "./meanings.ts";

function describe(path: Path): string {
  switch (path.kind) {
    case "ident":
      return path.id.name;
    case "dot":
      return `${describe(path.prefix)}.${path.name}`;
    case "apply":
      return `${describe(path.functor)}(${describe(path.argument)})`;
    case "inlineRecord":
      return describe(path.prefix);
  }
}

/** What a path of a value, an extension constructor or a class means, aliases followed. `scope` is not needed for paths that begin with a unit. */
export function resolve(c: Compilation, scope: Scope | undefined, namespace: Namespace, path: Path): Meaning {
  const { recording } = c;
  c.recording = undefined;
  try {
    c.mentioned = undefined;
    const meaning = followAliases(lookup(c, scope, namespace, path));
    // A primitive is no value of the unit that declares it.
    if (meaning.kind !== "primitive") c.linkMentioned();
    recording?.resolved(scope, namespace, path, meaning);
    return meaning;
  } finally {
    c.recording = recording;
  }
}

function lookup(c: Compilation, scope: Scope | undefined, namespace: Namespace, path: Path): Meaning {
  if (path.kind === "ident") {
    const meaning = scope?.find(path.id);
    if (meaning !== undefined) return meaning;
    if (path.id.kind === "predef" && namespace === "exception") return { kind: "predefined", exception: path.id.name };
    throw new Error(`unbound ${namespace} ${path.id.name}/${path.id.stamp}`);
  }
  if (path.kind === "dot") {
    const module = resolveModule(c, scope, path.prefix);
    const meaning = componentOf(c, module, namespace, path.name);
    if (meaning !== undefined) return meaning;
  }
  throw new Error(`unbound ${namespace} ${describe(path)}`);
}

/** The module that a path names. This alone does not link its unit: that takes the use of a value or a functor. */
export function resolveModule(c: Compilation, scope: Scope | undefined, path: Path): ModuleMeaning {
  switch (path.kind) {
    case "ident": {
      if (path.id.kind === "persistent") {
        const module = c.units.module(path.id.name);
        c.mentioned = path.id.name;
        return module;
      }
      const meaning = scope?.find(path.id);
      if (meaning === undefined) throw new Error(`unbound module ${path.id.name}/${path.id.stamp}`);
      return moduleOfMeaning(meaning);
    }
    case "dot": {
      const prefix = resolveModule(c, scope, path.prefix);
      const meaning = componentOf(c, prefix, "module", path.name);
      if (meaning === undefined) throw new Error(`unbound module ${describe(path)}`);
      return moduleOfMeaning(meaning);
    }
    case "apply":
    case "inlineRecord":
      throw new Error(`${describe(path)} is no module`);
  }
}

export function moduleOfMeaning(meaning: Meaning): ModuleMeaning {
  const m = followAliases(meaning);
  if (m.kind !== "module") throw new Error("a value is used as a module");
  return m.module();
}

export function componentOf(c: Compilation, module: ModuleMeaning, namespace: Namespace, name: string): Meaning | undefined {
  switch (module.kind) {
    case "structure":
      return module.find(namespace, name);
    case "block":
      return blockComponent(c, module, namespace, name) ?? (namespace === "module" ? blockModuleAlias(c, module, name) : undefined);
    case "functor":
    case "blockFunctor":
      return undefined;
  }
}
