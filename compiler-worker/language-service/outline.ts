/** The definitions of a file as a tree, for finding one's way in it. */
import type * as ast from "../syntax/ast.ts";
import type { Loc } from "../syntax/ast.ts";
import type { Location, SourceFile } from "../syntax/diagnostics.ts";
import { parseImplementation, parseInterface } from "../syntax/parser.ts";

export type OutlineKind = "module" | "functor" | "moduleType" | "value" | "function" | "type" | "constructor" | "field" | "exception" | "class" | "method";

export interface OutlineEntry {
  readonly name: string;
  readonly kind: OutlineKind;
  /** The whole definition, and the name in it. */
  readonly loc: Location;
  readonly nameLoc: Location;
  readonly children: readonly OutlineEntry[];
}

export function outlineOf(file: SourceFile): OutlineEntry[] {
  return file.name.endsWith(".mli") ? ofSignature(parseInterface(file).tree.items) : ofStructure(parseImplementation(file).tree.items);
}

const entry = (kind: OutlineKind, { value, loc: nameLoc }: Loc<string | undefined>, loc: Location, children: readonly OutlineEntry[] = []): OutlineEntry[] => (value === undefined ? [] : [{ name: value, kind, loc, nameLoc, children }]);

function ofType({ name, definition, loc }: ast.TypeDeclaration): OutlineEntry[] {
  const children = definition.kind === "variant" ? definition.constructors.flatMap((c) => entry("constructor", c.name, c.loc)) : definition.kind === "record" ? definition.labels.flatMap((l) => entry("field", l.name, l.loc)) : [];
  return entry("type", name, loc, children);
}

function variablesOf({ desc, loc }: ast.Pattern): Loc<string>[] {
  switch (desc.kind) {
    case "var":
      return [{ value: desc.name.value, loc }];
    case "alias":
      return [...variablesOf(desc.pattern), desc.name];
    case "constraint":
    case "lazy":
      return variablesOf(desc.pattern);
    case "tuple":
      return desc.components.flatMap(variablesOf);
    case "record":
      return desc.fields.flatMap((f) => variablesOf(f.pattern));
    case "construct":
      return desc.argument === undefined ? [] : variablesOf(desc.argument.pattern);
    default:
      return [];
  }
}

function ofBinding({ pattern, expression, loc }: ast.ValueBinding): OutlineEntry[] {
  const kind = expression.desc.kind === "function" ? "function" : "value";
  return variablesOf(pattern).flatMap((name) => entry(kind, name, loc));
}

function ofModuleType({ desc }: ast.ModuleType): OutlineEntry[] {
  return desc.kind === "signature" ? ofSignature(desc.items) : desc.kind === "with" ? ofModuleType(desc.type) : desc.kind === "functor" ? ofModuleType(desc.result) : [];
}

function ofModule({ desc }: ast.ModuleExpr): OutlineEntry[] {
  return desc.kind === "structure" ? ofStructure(desc.items) : desc.kind === "functor" ? ofModule(desc.body) : desc.kind === "constraint" ? ofModule(desc.module) : [];
}

const moduleKind = (desc: ast.ModuleExpr["desc"] | ast.ModuleType["desc"]): OutlineKind => (desc.kind === "functor" ? "functor" : "module");

function ofClass({ name, expression, loc }: ast.ClassDeclaration): OutlineEntry[] {
  let inner = expression;
  while (inner.desc.kind === "fun" || inner.desc.kind === "let") inner = inner.desc.body;
  const methods = inner.desc.kind === "structure" ? inner.desc.structure.fields.flatMap(({ desc, loc: at }) => (desc.kind === "method" ? entry("method", desc.name, at) : desc.kind === "val" ? entry("field", desc.name, at) : [])) : [];
  return entry("class", name, loc, methods);
}

function ofStructure(items: ast.Structure): OutlineEntry[] {
  return items.flatMap(({ desc, loc }): OutlineEntry[] => {
    switch (desc.kind) {
      case "value":
        return desc.bindings.flatMap(ofBinding);
      case "primitive":
        return entry("function", desc.description.name, loc);
      case "type":
        return desc.declarations.flatMap(ofType);
      case "exception":
        return entry("exception", desc.exception.constructor.name, loc);
      case "module":
        return entry(moduleKind(desc.binding.expression.desc), desc.binding.name, loc, ofModule(desc.binding.expression));
      case "recmodule":
        return desc.bindings.flatMap((b) => entry("module", b.name, b.loc, ofModule(b.expression)));
      case "modtype":
        return entry("moduleType", desc.declaration.name, loc, desc.declaration.type === undefined ? [] : ofModuleType(desc.declaration.type));
      case "class":
        return desc.declarations.flatMap(ofClass);
      case "classtype":
        return desc.declarations.flatMap((d) => entry("class", d.name, d.loc));
      default:
        return [];
    }
  });
}

function ofSignature(items: ast.Signature): OutlineEntry[] {
  return items.flatMap(({ desc, loc }): OutlineEntry[] => {
    switch (desc.kind) {
      case "value":
        return entry(desc.description.type.desc.kind === "arrow" ? "function" : "value", desc.description.name, loc);
      case "type":
      case "typesubst":
        return desc.declarations.flatMap(ofType);
      case "exception":
        return entry("exception", desc.exception.constructor.name, loc);
      case "module":
        return entry(moduleKind(desc.declaration.type.desc), desc.declaration.name, loc, ofModuleType(desc.declaration.type));
      case "recmodule":
        return desc.declarations.flatMap((d) => entry("module", d.name, d.loc, ofModuleType(d.type)));
      case "modtype":
        return entry("moduleType", desc.declaration.name, loc, desc.declaration.type === undefined ? [] : ofModuleType(desc.declaration.type));
      case "class":
        return desc.descriptions.flatMap((d) => entry("class", d.name, d.loc));
      case "classtype":
        return desc.declarations.flatMap((d) => entry("class", d.name, d.loc));
      default:
        return [];
    }
  });
}
