/** The identifiers that a structure binds, in an order that its text decides: how what is shipped of translations names them. */
import type { ModuleExpr, Pattern, Structure, StructureItem } from "../typing/typedtree.ts";
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
      for (const { pattern } of desc.bindings) addPattern(pattern, out);
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

function addPattern(pattern: Pattern, out: Ident[]): void {
  const stack: Pattern[] = [pattern];
  for (let p = stack.pop(); p !== undefined; p = stack.pop()) {
    const { desc } = p;
    switch (desc.kind) {
      case "var":
        out.push(desc.id);
        break;
      case "alias":
        out.push(desc.id);
        stack.push(desc.pattern);
        break;
      case "tuple":
        stack.push(...desc.components);
        break;
      case "construct":
        stack.push(...desc.args);
        break;
      case "variant":
        if (desc.argument !== undefined) stack.push(desc.argument);
        break;
      case "record":
        for (const field of desc.fields) stack.push(field.pattern);
        break;
      case "array":
        stack.push(...desc.elements);
        break;
      case "or":
        stack.push(desc.left);
        break;
      case "lazy":
        stack.push(desc.pattern);
        break;
      case "any":
      case "constant":
        break;
    }
  }
}
