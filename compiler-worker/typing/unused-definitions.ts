/** Definitions that nothing uses (warnings 32, 34, 37, 38, 60, 69). What a signature shows to others counts as used. */
import { markExported, markUsed, watch, watchConstructor, watchField } from "./usage.ts";
import type { ModuleType, Signature, SignatureItem, TypeDeclaration } from "./types.ts";

/** Watches a type with its constructors or fields. Those of a type that is meant not to be used are none to speak of. */
export function watchType(name: string, declaration: TypeDeclaration): void {
  watch(declaration.uid, name, declaration.loc, 34, "unused type");
  // The constructors or fields of a type that is declared again are those of the other one.
  if (name.startsWith("_") || declaration.manifest !== undefined) return;
  const isPrivate = declaration.private === "private";
  if (declaration.kind.kind === "variant") for (const c of declaration.kind.constructors) watchConstructor(c.uid, c.id.name, c.loc, isPrivate, 37, "constructor");
  else if (declaration.kind.kind === "record") for (const l of declaration.kind.labels) watchField(l.uid, l.id.name, l.loc, isPrivate, l.mutable === "mutable");
}

/** Marks an item that is there, given what others see of it: constructors and fields of a type that is abstract there are not seen. */
export function markShown(provided: SignatureItem, required: SignatureItem): void {
  switch (provided.kind) {
    case "value":
      return markUsed(provided.description.uid);
    case "type":
      markUsed(provided.declaration.uid);
      if (required.kind === "type") markRepresentation(provided.declaration, required.declaration);
      return;
    case "typext":
      return markExported(provided.constructor.uid, required.kind === "typext" && required.constructor.private === "private");
    case "module":
    case "class":
    case "classtype":
      return markUsed(provided.declaration.uid);
    default:
  }
}

/** Marks the constructors or fields of a type that another declaration shows. */
export function markRepresentation({ kind }: TypeDeclaration, required: TypeDeclaration): void {
  const isPrivate = required.private === "private";
  if (kind.kind === "variant" && required.kind.kind === "variant") for (const c of kind.constructors) markExported(c.uid, isPrivate);
  else if (kind.kind === "record" && required.kind.kind === "record") for (const l of kind.labels) markExported(l.uid, isPrivate);
}

/**
 * What of a signature that is exported counts as used: all in module types and in interfaces; in an implementation what it gives,
 * and what the parameters of its functors' parameters ask for, but not what the parameters have: it is for the functors to use that.
 */
export type Exported = "everything" | "given" | "asked";

/** Marks what a signature exports. */
export function markAllExported(items: Signature, exported: Exported): void {
  for (const item of items) {
    if (item.visibility === "hidden") continue;
    if (exported !== "asked") markShown(item, item);
    if (item.kind === "module") markModuleType(item.declaration.type, exported);
    else if (item.kind === "modtype" && item.declaration.type !== undefined) markModuleType(item.declaration.type, "everything");
  }
}

function markModuleType(type: ModuleType, exported: Exported): void {
  if (type.kind === "signature") return markAllExported(type.items, exported);
  if (type.kind !== "functor") return;
  if (type.parameter.kind === "named") markModuleType(type.parameter.type, exported === "everything" ? exported : exported === "given" ? "asked" : "given");
  markModuleType(type.result, exported);
}
