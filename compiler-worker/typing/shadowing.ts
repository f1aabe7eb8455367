/**
 * Items of a structure or signature that later items of the same name hide. What still mentions a hidden type or module means
 * what it was equal to (reference manual, section 12.17, "Overriding in include").
 */
import * as subst from "./subst.ts";
import { Subst } from "./subst.ts";
import type { Signature, SignatureItem } from "./types.ts";

/** Hidden items of a structure stay, out of sight, since they have a place in the module's block; those of a signature go. */
export function hideShadowed(items: readonly SignatureItem[], of: "structure" | "signature"): Signature {
  const seen = new Set<string>();
  const hidden = new Set<SignatureItem>();
  for (let i = items.length - 1; i >= 0; i--) {
    const item = items[i]!;
    const key = `${item.kind} ${item.id.name}`;
    if (seen.has(key)) hidden.add(item);
    else seen.add(key);
  }
  if (hidden.size === 0) return items;
  const s = new Subst();
  for (const item of items) if (hidden.has(item)) addDefinition(s, item);
  const result: SignatureItem[] = [];
  for (const item of items) {
    if (!hidden.has(item)) result.push(subst.signatureItem(s, item));
    else if (item.kind !== "value" && item.kind !== "typext" && (of === "structure" || !isDefined(item))) result.push({ ...item, visibility: "hidden" });
  }
  return result;
}

function isDefined(item: SignatureItem): boolean {
  switch (item.kind) {
    case "type":
      return item.declaration.manifest !== undefined;
    case "modtype":
      return item.declaration.type !== undefined;
    case "module":
      return true;
    default:
      return false;
  }
}

/** What the item's name stands for, in terms of what is not hidden before it. */
function addDefinition(s: Subst, original: SignatureItem): void {
  const item = subst.signatureItem(s, original);
  if (item.kind === "type" && item.declaration.manifest !== undefined) s.addTypeFunction(item.id, item.declaration.parameters, item.declaration.manifest);
  else if (item.kind === "module" && item.declaration.type.kind === "alias") s.addModule(item.id, item.declaration.type.path);
  else if (item.kind === "modtype" && item.declaration.type !== undefined) s.addModuleType(item.id, item.declaration.type);
}
