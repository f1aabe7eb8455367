/** From an item of an interface to what implements it. */
import type * as ast from "../syntax/ast.ts";
import type { Loc, Longident } from "../syntax/ast.ts";
import type { Location, SourceFile } from "../syntax/diagnostics.ts";
import { parseInterface } from "../syntax/parser.ts";
import { meaningsOf, namePlaceOf, type Meaning } from "./names.ts";
import type { TypedSource } from "./sources.ts";

interface Member {
  /** Modules around the item, from the outermost. */
  readonly modules: readonly string[];
  readonly name: string;
  readonly kind: Meaning["kind"];
}

/** The item of a signature that is at the offset. */
function memberAt(items: ast.Signature, offset: number, modules: readonly string[] = []): Member | undefined {
  const item = items.find(({ loc }) => loc.start <= offset && offset <= loc.end);
  if (item === undefined) return undefined;
  const { desc } = item;
  const at = ({ loc }: { readonly loc: Location }): boolean => loc.start <= offset && offset <= loc.end;
  switch (desc.kind) {
    case "value":
      return { modules, name: desc.description.name.value, kind: "value" };
    case "type": {
      const declaration = desc.declarations.find(at);
      return declaration === undefined ? undefined : { modules, name: declaration.name.value, kind: "type" };
    }
    case "modtype":
      return { modules, name: desc.declaration.name.value, kind: "moduleType" };
    case "exception":
      return { modules, name: desc.exception.constructor.name.value, kind: "constructor" };
    case "module":
    case "recmodule": {
      const declaration = desc.kind === "module" ? desc.declaration : desc.declarations.find(at);
      const name = declaration?.name.value;
      if (declaration === undefined || name === undefined) return undefined;
      const inner = declaration.type.desc.kind === "signature" && at(declaration.type) ? memberAt(declaration.type.desc.items, offset, [...modules, name]) : undefined;
      return inner ?? { modules, name, kind: "module" };
    }
    default:
      return undefined;
  }
}

/** Where the item of the interface at the offset is implemented. */
export function memberIn(implementation: TypedSource, file: SourceFile, offset: number): Location | undefined {
  const member = memberAt(parseInterface(file).tree.items, offset);
  if (member === undefined) return undefined;
  const longident = [...member.modules, member.name].reduce<Longident | undefined>((prefix, name) => (prefix === undefined ? { kind: "ident", name } : { kind: "dot", prefix, name }), undefined)!;
  const end = implementation.file.text.length;
  const loc: Location = { file: implementation.file, start: end, end, ghost: true };
  const name: Loc<Longident> = { value: longident, loc };
  const meaning = meaningsOf({ longident: name.value, loc, last: loc, isPrefix: false }, implementation.envAt(end)).find((m) => m.kind === member.kind);
  const found = meaning === undefined ? undefined : namePlaceOf(meaning);
  return found?.file === file ? undefined : found;
}
