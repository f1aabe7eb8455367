/**
 * The order in which recursive modules are evaluated (reference manual, section 12.2). A module is safe when what it must
 * have before it is evaluated can be made up: functions, lazy values and classes that raise `Undefined_recursive_module`. The
 * others are evaluated before the modules that mention them, which is impossible when they mention each other.
 */
import { errorAt, type Diagnostic, type Location } from "../syntax/diagnostics.ts";
import { expandHeadPrivate } from "./ctype.ts";
import { addSignature, scrape, type Env } from "./env.ts";
import { headOf } from "./path.ts";
import { children, type TypedNode } from "./typed-nodes.ts";
import type { ModuleBinding, ModuleCoercion } from "./typedtree.ts";
import type { Ident, ModuleType, Path, SignatureItem } from "./types.ts";

/** What stands for a module's component, or for a module, until it is evaluated. */
export type Placeholder =
  | { readonly kind: "function" | "lazy" | "class" }
  | { readonly kind: "module"; readonly components: readonly Placeholder[] };
/** The first component for which nothing can stand. */
export interface UnsafeComponent {
  readonly kind: "unsafe";
  readonly what: "value" | "module" | "functor" | "extension constructor";
  readonly name: string;
  readonly loc: Location;
}

/** What stands for a module of this type until it is evaluated; `name` and `loc` are those of the module. */
export function placeholderOf(env: Env, type: ModuleType, name: string, loc: Location): Placeholder | UnsafeComponent {
  const scraped = scrape(env, type);
  if (scraped.kind !== "signature") return { kind: "unsafe", what: scraped.kind === "functor" ? "functor" : "module", name, loc };
  const inner = addSignature(scraped.items, env);
  const components: Placeholder[] = [];
  for (const item of scraped.items) {
    const component = componentOf(inner, item);
    if (component === undefined) continue;
    if (component.kind === "unsafe") return component;
    components.push(component);
  }
  return { kind: "module", components };
}

function componentOf(env: Env, item: SignatureItem): Placeholder | UnsafeComponent | undefined {
  const { name } = item.id;
  switch (item.kind) {
    case "value": {
      if (item.description.valueKind.kind === "primitive") return undefined;
      const { desc } = expandHeadPrivate(env, item.description.type);
      if (desc.kind === "arrow") return { kind: "function" };
      if (desc.kind === "constr" && desc.path.kind === "ident" && desc.path.id.kind === "predef" && desc.path.id.name === "lazy_t") return { kind: "lazy" };
      return { kind: "unsafe", what: "value", name, loc: item.description.loc };
    }
    case "typext":
      return { kind: "unsafe", what: "extension constructor", name, loc: item.constructor.loc };
    case "module":
      return item.presence === "present" ? placeholderOf(env, item.declaration.type, name, item.declaration.loc) : undefined;
    case "class":
      return { kind: "class" };
    case "type":
    case "modtype":
    case "classtype":
      return undefined;
  }
}

export interface OrderedModule {
  readonly binding: ModuleBinding;
  readonly placeholder: Placeholder | UnsafeComponent;
}
/** Modules that are not safe and mention each other: each mentions the next, the last one the first. */
export interface UnsafeCycle {
  readonly kind: "cycle";
  readonly modules: readonly OrderedModule[];
}

/** The modules in the order of their evaluation: what a module that is not safe mentions goes before it. */
export function evaluationOrder(bindings: readonly ModuleBinding[]): readonly OrderedModule[] | UnsafeCycle {
  const modules = bindings.map((binding): OrderedModule => ({ binding, placeholder: placeholderOf(binding.module.env, binding.module.type, binding.name.value ?? "_", binding.name.loc) }));
  const ordered: OrderedModule[] = [];
  const done = new Set<OrderedModule>();
  const open: OrderedModule[] = [];
  const visit = (module: OrderedModule): UnsafeCycle | undefined => {
    if (done.has(module)) return undefined;
    if (module.placeholder.kind === "unsafe") {
      const start = open.indexOf(module);
      if (start >= 0) return { kind: "cycle", modules: open.slice(start) };
      open.push(module);
      const mentioned = mentionedModules(module.binding);
      for (const other of modules) {
        const cycle = other.binding.id !== undefined && mentioned.has(other.binding.id) ? visit(other) : undefined;
        if (cycle !== undefined) return cycle;
      }
      open.pop();
    }
    ordered.push(module);
    done.add(module);
    return undefined;
  };
  for (const module of modules) {
    const cycle = visit(module);
    if (cycle !== undefined) return cycle;
  }
  return ordered;
}

/** The error that a cycle is, told at the module that was being evaluated when it was needed. */
export function cycleError({ modules }: UnsafeCycle): Diagnostic {
  const names = modules.map(({ binding }) => binding.name.value ?? "_");
  const { desc, loc } = modules[0]!.binding.module;
  const message = `Cannot safely evaluate the definition of the following cycle\nof recursively-defined modules: ${[...names, names[0]!].join(" -> ")}.\nThere are no safe modules in this cycle (see manual section 12.2).`;
  const related = modules.flatMap(({ placeholder }, i) =>
    placeholder.kind === "unsafe" ? [{ location: placeholder.loc, message: `Module ${names[i]!} defines an unsafe ${placeholder.what}, ${placeholder.name} .` }] : [],
  );
  return errorAt(desc.kind === "constraint" ? desc.module.loc : loc, message, related);
}

/** Modules by identifier that the evaluation of a module, or a function in it, looks into. Types are not evaluated. */
function mentionedModules(binding: ModuleBinding): Set<Ident> {
  const found = new Set<Ident>();
  const mention = (path: Path): void => {
    if (path.kind === "apply") return;
    found.add(headOf(path));
  };
  const pending: TypedNode[] = [{ kind: "module", node: binding.module }];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    mentionedHere(node, mention);
    for (const child of evaluatedBelow(node)) pending.push(child);
  }
  return found;
}

/** What is evaluated below a node: what is opened is not, unless it is a structure. Another name for one of the modules is a copy of it. */
function evaluatedBelow(node: TypedNode): TypedNode[] {
  if (node.kind === "expression" && node.node.desc.kind === "open" && node.node.desc.declaration.module.desc.kind === "ident") return [{ kind: "expression", node: node.node.desc.body }];
  if (node.kind === "item" && node.node.desc.kind === "open" && node.node.desc.declaration.module.desc.kind === "ident") return [];
  return children(node);
}

function mentionedHere(node: TypedNode, mention: (path: Path) => void): void {
  switch (node.kind) {
    case "expression": {
      const { desc } = node.node;
      if (desc.kind === "ident" && desc.description.valueKind.kind !== "primitive") mention(desc.path);
      else if (desc.kind === "construct" && desc.constructor.tag.kind === "extension") mention(desc.constructor.tag.path);
      else if (desc.kind === "new" || desc.kind === "extensionConstructor") mention(desc.path);
      else if (desc.kind === "letop") for (const op of [desc.let, ...desc.ands]) mention(op.path);
      else if (desc.kind === "letexception" && desc.constructor.definition.kind === "rebind") mention(desc.constructor.definition.path);
      return;
    }
    case "pattern": {
      const { desc } = node.node;
      if (desc.kind === "construct" && desc.constructor.tag.kind === "extension") mention(desc.constructor.tag.path);
      return;
    }
    case "class": {
      if (node.node.desc.kind === "ident") mention(node.node.desc.path);
      return;
    }
    case "module": {
      const { desc } = node.node;
      if (desc.kind === "ident") mention(desc.path);
      else if (desc.kind === "constraint" || desc.kind === "apply") mentionedBy(desc.coercion, mention);
      return;
    }
    case "item": {
      const { desc } = node.node;
      const constructors = desc.kind === "exception" ? [desc.constructor] : desc.kind === "typext" ? desc.constructors : [];
      for (const { definition } of constructors) if (definition.kind === "rebind") mention(definition.path);
    }
  }
}

function mentionedBy(coercion: ModuleCoercion, mention: (path: Path) => void): void {
  if (coercion.kind === "alias") mention(coercion.path);
  else if (coercion.kind === "structure") for (const c of coercion.components) mentionedBy(c.coercion, mention);
  else if (coercion.kind === "functor") {
    mentionedBy(coercion.argument, mention);
    mentionedBy(coercion.result, mention);
  }
}
