/** Extension constructors: exceptions and constructors of extensible types, as blocks of tag 248 with a name and an id. */
import * as b from "../core/build.ts";
import type { Expr, Variable } from "../core/core.ts";
import type { ExtensionConstructor } from "../typing/typedtree.ts";
import type { Compilation } from "./context.ts";
import { valueOfMeaning } from "./context.ts";
import type { Scope } from "./meanings.ts";
import { keeping, variableAt, type Site } from "./modules.ts";
import { resolve } from "./paths.ts";

const OBJECT_TAG = 248;

/** Variables that hold a constructor of their own, not another name of one. */
const declared = new WeakSet<Variable>();

/** Whether the constructor is surely different from all other such ones. */
export function isDeclared(c: Compilation, identity: Expr): boolean {
  void c;
  if (identity.kind === "var") return declared.has(identity.variable);
  return identity.kind === "primitive" && identity.primitive.op === "raw.value";
}

/** The constructor's block. One made for the whole program gets its id now, others when they are made. */
export function makeExtensionConstructor(c: Compilation, constructor: ExtensionConstructor, scope: Scope, name: string, isGlobal: boolean): Expr {
  if (constructor.definition.kind === "rebind") return valueOfMeaning(c, resolve(c, scope, "exception", constructor.definition.path));
  const id = isGlobal ? b.int(c.exceptionId()) : c.externals.call("caml_fresh_oo_id", [b.unit], constructor.loc);
  return b.makeBlock(OBJECT_TAG, [b.string(name), id], true);
}

export function bindExtensionConstructor(c: Compilation, constructor: ExtensionConstructor, site: Site): void {
  const { scope, sink, place } = site;
  if (constructor.definition.kind === "rebind") {
    const path = constructor.definition.path;
    scope.set(constructor.id, { kind: "alias", resolve: () => resolve(c, scope, "exception", path) });
    return;
  }
  const variable = variableAt(c, site, constructor.id, "value");
  declared.add(variable);
  const isGlobal = sink.schedule.isGlobal;
  const name = place.exceptionPath === undefined ? constructor.name : `${place.exceptionPath}.${constructor.name}`;
  const group = sink.add("generative", keeping(c, site, constructor, () => [{ kind: "let", variable, value: makeExtensionConstructor(c, constructor, scope, name, isGlobal) }]));
  scope.set(constructor.id, { kind: "group", group, variable, signature: undefined });
}
