/**
 * Recursive modules. When all their values are functions, they are known at compile time like any others: the
 * functions refer to each other, and nothing runs before all exist. Otherwise they are blocks that are made with
 * placeholders and filled in (`CamlinternalMod`), so that a use before its time raises `Undefined_recursive_module`.
 */
import * as b from "../core/build.ts";
import type { Constant, Expr, Variable } from "../core/core.ts";
import { CompileError, type Location } from "../syntax/diagnostics.ts";
import { cycleError, evaluationOrder, type Placeholder, type UnsafeComponent } from "../typing/recursive-order.ts";
import type { ModuleBinding, ModuleExpr } from "../typing/typedtree.ts";
import type { Path } from "../typing/types.ts";
import { blockOf, moduleOfBlock } from "./blocks.ts";
import type { Compilation } from "./context.ts";
import { evaluatedModule, lazyModule } from "./coercions.ts";
import { libraryFunction } from "./lazy.ts";
import { startOf } from "../syntax/positions.ts";
import { inside, type Scope } from "./meanings.ts";
import { evaluateModule, type Site } from "./modules.ts";
import { resolveModule } from "./paths.ts";
import { isShareableBody, purityOf } from "./purity.ts";
import type { Group } from "./sinks.ts";

export function bindRecursiveModules(c: Compilation, bindings: readonly ModuleBinding[], site: Site): void {
  if (bindings.every(({ module }) => isFunctional(c, module, site.scope))) {
    for (const { id, module, name } of bindings) {
      const sink = site.sink.child();
      if (id !== undefined) site.scope.set(id, evaluatedModule(c, () => evaluateModule(c, module, { ...site, sink, place: inside(site.place, name.value ?? "_") })));
    }
    return;
  }
  bindBlocks(c, bindings, site);
}

/** Whether a module's values are functions and constants only. */
function isFunctional(c: Compilation, m: ModuleExpr, scope: Scope): boolean {
  switch (m.desc.kind) {
    case "structure":
      return m.desc.structure.items.every(({ desc }) => {
        switch (desc.kind) {
          case "value":
          case "deferred":
            return (desc.kind === "value" ? desc.bindings : desc.areFunctions ? [] : desc.bindings()).every(({ pattern, expression }) => pattern.desc.kind === "var" && (expression.desc.kind === "function" || expression.desc.kind === "constant" || (expression.desc.kind === "construct" && expression.desc.args.length === 0)));
          case "eval":
            return purityOf(desc.expression) === "pure";
          case "module":
            return desc.binding.module.desc.kind !== "ident" && isFunctional(c, desc.binding.module, scope);
          case "type":
          case "modtype":
          case "primitive":
          case "attribute":
          case "classtype":
            return true;
          default:
            return false;
        }
      });
    case "constraint":
      return isFunctional(c, m.desc.module, scope);
    case "functor":
      return true;
    case "apply": {
      // A library functor whose body has functions only, on one of the modules.
      if (m.desc.functor.desc.kind !== "ident" || m.desc.argument.desc.kind !== "ident") return false;
      const path = m.desc.functor.desc.path;
      if (!isOutside(path, scope)) return false;
      const functor = resolveModule(c, scope, path);
      return functor.kind === "functor" && isShareableBody(functor.source.body) && isFunctional(c, functor.source.body, functor.source.scope);
    }
    case "ident":
    case "applyunit":
    case "unpack":
      return false;
  }
}

/** Whether a path begins with something that has a meaning already. */
function isOutside(path: Path, scope: Scope): boolean {
  if (path.kind === "dot") return isOutside(path.prefix, scope);
  return path.kind === "ident" && (path.id.kind === "persistent" || scope.find(path.id) !== undefined);
}

// ---------------------------------------------------------------- modules that are filled in

/** `CamlinternalMod.shape`: Function, Lazy and Class are 0, 1, 2; `Module` is a block of tag 0. */
function shapeOf(placeholder: Placeholder | UnsafeComponent): Constant | undefined {
  switch (placeholder.kind) {
    case "function":
      return b.intConstant(0);
    case "lazy":
      return b.intConstant(1);
    case "class":
      return b.intConstant(2);
    case "unsafe":
      return undefined;
    case "module": {
      const fields = placeholder.components.map((p) => shapeOf(p)!);
      return { kind: "block", tag: 0, fields: [{ kind: "block", tag: 0, fields }] };
    }
  }
}

interface RecursiveModule {
  readonly binding: ModuleBinding;
  readonly variable: Variable;
  /** Undefined for a module that cannot stand for itself before it is evaluated. */
  readonly shape: Constant | undefined;
  group: Group | undefined;
}

/** Where what the module is made of stands: `Undefined_recursive_module` tells it. */
function bodyLocation({ module: { desc, loc } }: ModuleBinding): Location {
  return desc.kind === "constraint" ? desc.module.loc : loc;
}

function bindBlocks(c: Compilation, bindings: readonly ModuleBinding[], site: Site): void {
  const order = evaluationOrder(bindings);
  if ("kind" in order) throw new CompileError(cycleError(order));
  const modules: RecursiveModule[] = order.map(({ binding, placeholder }) => {
    const variable = c.fresh.variable(binding.name.value ?? "_");
    c.declare(variable, site.sink);
    return { binding, variable, shape: shapeOf(placeholder), group: undefined };
  });
  for (const m of modules) {
    const { binding, variable } = m;
    if (binding.id === undefined) continue;
    const value = (): Expr => {
      if (m.group !== undefined) c.use(m.group);
      return b.variable(variable);
    };
    site.scope.set(binding.id, lazyModule(() => moduleOfBlock(value, binding.module.type, binding.module.env, site.scope, true)));
  }
  for (const m of modules) {
    const { shape, binding, variable } = m;
    if (shape === undefined) continue;
    m.group = site.sink.add("effectful", () => {
      const { file, line, column } = startOf(bodyLocation(binding));
      const place: Constant = { kind: "block", tag: 0, fields: [{ kind: "string", value: file }, b.intConstant(line), b.intConstant(column)] };
      return [{ kind: "let", variable, value: b.apply(libraryFunction(c, "CamlinternalMod", "init_mod"), [b.constant(place), b.constant(shape)]) }];
    });
  }
  const evaluate = (m: RecursiveModule): (() => Expr) => {
    const sink = site.sink.child();
    const place = inside(site.place, m.binding.name.value ?? "_");
    const meaning = evaluatedModule(c, () => evaluateModule(c, m.binding.module, { ...site, sink, place }));
    if (meaning.kind !== "module") throw new Error("unreachable");
    sink.whenLinked(() => void meaning.module());
    return () => blockOf(c, meaning.module());
  };
  // Those that cannot have placeholders are evaluated first, then the others replace theirs.
  for (const m of modules) {
    if (m.shape !== undefined) continue;
    const value = evaluate(m);
    m.group = site.sink.add("effectful", () => [{ kind: "let", variable: m.variable, value: value() }]);
  }
  for (const m of modules) {
    const { shape, variable } = m;
    if (shape === undefined) continue;
    const value = evaluate(m);
    site.sink.add("effectful", () => [{ kind: "effect", value: b.apply(libraryFunction(c, "CamlinternalMod", "update_mod"), [b.constant(shape), b.variable(variable), value()]) }]);
  }
}
