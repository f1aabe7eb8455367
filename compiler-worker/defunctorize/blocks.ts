/**
 * Modules that exist at run time: blocks of their signature's run-time components in order (values that are not
 * primitives, extension constructors, present modules, classes), functors as closures from block to block.
 */
import * as b from "../core/build.ts";
import type { Expr } from "../core/core.ts";
import type { Env } from "../typing/env.ts";
import type { ModuleCoercion } from "../typing/typedtree.ts";
import type { ModuleType, Signature, SignatureItem } from "../typing/types.ts";
import type { Compilation } from "./context.ts";
import { valueOfMeaning } from "./context.ts";
import { aliasedModule } from "./coercions.ts";
import { BlockFunctor, BlockModule, type Component, type Meaning, type ModuleMeaning, type Namespace, type Scope, type StaticFunctor } from "./meanings.ts";
import { instantiate } from "./modules.ts";
import { moduleOfMeaning, resolveModule } from "./paths.ts";
import { primitiveAsValue } from "./primitive-use.ts";
import { Schedule, Sink } from "./sinks.ts";
import { addSignature, scrapeModuleType } from "./typing-view.ts";

/** A run-time component's namespace, or undefined for items that exist only in types. */
export function runtimeNamespace(item: SignatureItem): Namespace | undefined {
  switch (item.kind) {
    case "value":
      return item.description.valueKind.kind === "primitive" ? undefined : "value";
    case "typext":
      return "exception";
    case "module":
      return item.presence === "present" ? "module" : undefined;
    case "class":
      return "class";
    case "type":
    case "modtype":
    case "classtype":
      return undefined;
  }
}

type Layout = NonNullable<BlockModule["layout"]>;

function layoutOf(c: Compilation, module: BlockModule): Layout {
  if (module.layout === undefined) {
    const items = signatureOf(module.env, module.type);
    const inner = addSignature(module.env, items);
    const layout: { namespace: Namespace; name: string; type: ModuleType | undefined }[] = [];
    const aliases = new Map<string, Meaning>();
    for (const item of items) {
      const namespace = runtimeNamespace(item);
      if (namespace !== undefined) layout.push({ namespace, name: item.id.name, type: item.kind === "module" ? item.declaration.type : undefined });
      else if (item.kind === "module" && item.declaration.type.kind === "alias") {
        const path = item.declaration.type.path;
        aliases.set(item.id.name, { kind: "module", module: () => resolveModule(c, module.scope, path) });
      }
    }
    module.layout = layout;
    module.aliases = aliases;
    module.inner = inner;
  }
  return module.layout;
}

function signatureOf(env: Env, type: ModuleType): Signature {
  const scraped = scrapeModuleType(env, type);
  return scraped.kind === "signature" ? scraped.items : [];
}

/** The module that is a value of this module type. */
export function moduleOfBlock(value: () => Expr, type: ModuleType, env: Env, scope: Scope, isMutable = false): ModuleMeaning {
  const scraped = scrapeModuleType(env, type);
  return scraped.kind === "functor" ? new BlockFunctor(value) : new BlockModule(value, scraped, env, scope, isMutable);
}

function componentMeaning(module: BlockModule, layout: Layout, position: number): Meaning {
  const { namespace, type } = layout[position]!;
  const make = (): Expr => b.field(module.value(), position, module.isMutable);
  if (namespace !== "module") return { kind: "expression", make };
  let memo: ModuleMeaning | undefined;
  return { kind: "module", module: () => (memo ??= moduleOfBlock(make, type!, module.inner!, module.scope, module.isMutable)) };
}

export function blockComponent(c: Compilation, module: BlockModule, namespace: Namespace, name: string): Meaning | undefined {
  const layout = layoutOf(c, module);
  for (let i = layout.length - 1; i >= 0; i--) if (layout[i]!.name === name && layout[i]!.namespace === namespace) return componentMeaning(module, layout, i);
  return undefined;
}

export function blockModuleAlias(c: Compilation, module: BlockModule, name: string): Meaning | undefined {
  layoutOf(c, module);
  return module.aliases?.get(name);
}

/** All run-time components, in order. */
export function blockComponents(c: Compilation, module: BlockModule): Component[] {
  const layout = layoutOf(c, module);
  return layout.map(({ namespace, name }, i) => ({ namespace, name, meaning: componentMeaning(module, layout, i) }));
}

// ---------------------------------------------------------------- modules known at compile time as blocks

/** The run-time value of a component. */
export function componentValue(c: Compilation, component: Component): Expr {
  if (component.namespace === "module") return blockOf(c, moduleOfMeaning(component.meaning));
  return meaningValue(c, component.meaning);
}

function meaningValue(c: Compilation, meaning: Meaning): Expr {
  let m = meaning;
  while (m.kind === "alias") m = m.resolve();
  if (m.kind === "primitive") return primitiveAsValue(c, m);
  return valueOfMeaning(c, m);
}

/** The block (or closure) of a module; for a module of the whole program it is made once. */
export function blockOf(c: Compilation, module: ModuleMeaning): Expr {
  c.opaque();
  switch (module.kind) {
    case "block":
      return module.value();
    case "structure": {
      const make = (): Expr => b.makeBlock(0, module.components.map((component) => componentValue(c, component)));
      if (!module.isGlobal) return make();
      if (module.block === undefined) {
        const variable = c.fresh.variable("module");
        c.declare(variable, c.shared);
        const group = c.shared.add("pure", () => [{ kind: "let", variable, value: make() }]);
        module.block = { group, variable };
      }
      c.use(module.block.group);
      return b.variable(module.block.variable);
    }
    case "functor":
      return functorClosure(c, module);
    case "blockFunctor":
      return module.value();
  }
}

/** A functor as a closure from the block of its argument to the block of its result. */
function functorClosure(c: Compilation, functor: StaticFunctor): Expr {
  const { source } = functor;
  const parameter = c.fresh.variable("argument");
  const schedule = new Schedule(false);
  const sink = new Sink(undefined, schedule);
  const argument = c.fresh.variable("argument");
  const module = source.parameterType === undefined ? undefined : moduleOfBlock(() => b.variable(argument), source.parameterType, source.body.env, source.scope);
  const result = blockOf(c, instantiate(c, source, module, functor.resultCoercion, sink, source.place));
  c.drain(schedule);
  const body = b.letIn(argument, coerceBlock(c, b.variable(parameter), functor.argumentCoercion), sink.wrap(result));
  return b.lambda(b.makeFunction(source.place.name, [parameter], body));
}

/** A block of one signature as a block of another. */
export function coerceBlock(c: Compilation, block: Expr, coercion: ModuleCoercion): Expr {
  switch (coercion.kind) {
    case "none":
      return block;
    case "structure":
      return b.bind(c.fresh, "module", "value", block, (atom) => b.makeBlock(0, coercion.components.map((component) => coerceBlockComponent(c, atom, component.position, component.coercion))));
    case "functor":
      return b.bind(c.fresh, "functor", "value", block, (atom) => {
        const parameter = c.fresh.variable("argument");
        const argument = c.fresh.variable("argument");
        const result = c.fresh.variable("result");
        const body = b.letIn(
          argument,
          coerceBlock(c, b.variable(parameter), coercion.argument),
          b.letIn(result, b.apply(atom, [b.variable(argument)]), coerceBlock(c, b.variable(result), coercion.result)),
        );
        return b.lambda(b.makeFunction("functor", [parameter], body));
      });
    case "primitive":
      return primitiveAsValue(c, coercion);
    case "alias":
      return blockOf(c, aliasedModule(c, coercion));
  }
}

function coerceBlockComponent(c: Compilation, block: Expr, position: number, coercion: ModuleCoercion): Expr {
  if (coercion.kind === "primitive" || coercion.kind === "alias") return coerceBlock(c, block, coercion);
  return coerceBlock(c, b.field(block, position), coercion);
}
