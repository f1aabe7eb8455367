/** The identifiers that a structure binds, in an order that its text decides: how what is shipped of translations names them. */
import { patternBinders } from "./pattern-binders.ts";
import type { ModuleExpr, Structure, StructureItem } from "../typing/typedtree.ts";
import type { Ident } from "../typing/types.ts";

/** Those of values, extension constructors, modules and classes, of nested structures too; what functors bind inside is left out. Types of what is put off are not asked for. */
export function identsOfStructure(structure: Structure): readonly Ident[] {
  const out: Ident[] = [];
  addStructure(structure, out);
  return out;
}

function addStructure(structure: Structure, out: Ident[]): void {
  for (const item of structure.items) addItem(item, out);
}

function addItem({ desc }: StructureItem, out: Ident[]): void {
  switch (desc.kind) {
    case "value":
      for (const { pattern } of desc.bindings) for (const { id } of patternBinders(pattern)) out.push(id);
      return;
    case "deferred":
      out.push(...desc.ids);
      return;
    case "primitive":
      out.push(desc.id);
      return;
    case "typext":
      for (const { id } of desc.constructors) out.push(id);
      return;
    case "exception":
      out.push(desc.constructor.id);
      return;
    case "module":
      if (desc.binding.id !== undefined) out.push(desc.binding.id);
      addModule(desc.binding.module, out);
      return;
    case "recmodule":
      for (const { id } of desc.bindings) if (id !== undefined) out.push(id);
      for (const { module } of desc.bindings) addModule(module, out);
      return;
    case "open":
      addModule(desc.declaration.module, out);
      for (const { id } of desc.declaration.bound) out.push(id);
      return;
    case "include":
      addModule(desc.module, out);
      for (const { id } of desc.bound) out.push(id);
      return;
    case "class":
    case "eval":
    case "type":
    case "modtype":
    case "classtype":
    case "attribute":
      return;
  }
}

function addModule(m: ModuleExpr, out: Ident[]): void {
  if (m.desc.kind === "structure") addStructure(m.desc.structure, out);
  else if (m.desc.kind === "constraint") addModule(m.desc.module, out);
}
