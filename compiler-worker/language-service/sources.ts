/** A typed file as questions about its places see it: the typed nodes there, and what names mean there. */
import type * as ast from "../syntax/ast.ts";
import type { Location, SourceFile } from "../syntax/diagnostics.ts";
import { parseInterface } from "../syntax/parser.ts";
import { addModule, addSignature, scrape, type Env } from "../typing/env.ts";
import type { TypedNode } from "../typing/typed-nodes.ts";
import type { TypedUnit } from "../typing/typedtree.ts";
import type { ModuleType, Signature } from "../typing/types.ts";
import { envAt, nodesAt } from "./typed-nodes.ts";

export interface TypedSource {
  readonly file: SourceFile;
  /** The nodes whose text contains the offset, from the outermost to the innermost. */
  nodesAt(offset: number): readonly TypedNode[];
  envAt(offset: number): Env;
}

export function implementationSource(file: SourceFile, { structure }: TypedUnit, initial: Env): TypedSource {
  return { file, nodesAt: (offset) => nodesAt(structure, offset), envAt: (offset) => envAt(structure, offset, initial) };
}

/** Of an interface there is no tree, only what it comes to: a place knows all items of the signatures around it, also those that follow. */
export function interfaceSource(file: SourceFile, signature: Signature, initial: Env): TypedSource {
  const { items } = parseInterface(file).tree;
  return { file, nodesAt: () => [], envAt: (offset) => inSignature(items, signature, offset, initial) };
}

const contains = ({ start, end }: Location, offset: number): boolean => start <= offset && offset <= end;

function inSignature(items: ast.Signature, typed: Signature, offset: number, outer: Env): Env {
  const env = addSignature(typed, outer);
  const item = items.find(({ loc }) => contains(loc, offset));
  if (item === undefined) return env;
  switch (item.desc.kind) {
    case "module":
    case "recmodule": {
      const declarations = item.desc.kind === "module" ? [item.desc.declaration] : item.desc.declarations;
      const declaration = declarations.find(({ loc }) => contains(loc, offset));
      const found = typed.find((t) => t.kind === "module" && t.id.name === declaration?.name.value);
      return declaration === undefined || found?.kind !== "module" ? env : inModuleType(declaration.type, found.declaration.type, offset, env);
    }
    case "modtype": {
      const { declaration } = item.desc;
      const found = typed.find((t) => t.kind === "modtype" && t.id.name === declaration.name.value);
      const type = found?.kind === "modtype" ? found.declaration.type : undefined;
      return declaration.type === undefined || type === undefined ? env : inModuleType(declaration.type, type, offset, env);
    }
    default:
      return env;
  }
}

/** The environment at a place in a module type as written, given what it was typed as. */
export function inModuleType(written: ast.ModuleType, typed: ModuleType, offset: number, env: Env): Env {
  const { desc } = written;
  const type = typed.kind === "alias" ? typed : scrape(env, typed);
  switch (desc.kind) {
    case "signature":
      return type.kind === "signature" ? inSignature(desc.items, type.items, offset, env) : env;
    case "with":
      return inModuleType(desc.type, typed, offset, env);
    case "functor": {
      if (type.kind !== "functor") return env;
      const [parameter, typedParameter] = [desc.parameter, type.parameter];
      if (parameter.kind === "unit" || typedParameter.kind === "unit") return inModuleType(desc.result, type.result, offset, env);
      if (contains(parameter.type.loc, offset)) return inModuleType(parameter.type, typedParameter.type, offset, env);
      const inner = typedParameter.id === undefined ? env : addModule(typedParameter.id, typedParameter.type, env);
      return inModuleType(desc.result, type.result, offset, inner);
    }
    default:
      return env;
  }
}
