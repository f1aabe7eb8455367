/** Module types: strengthening, and types without a local module. */
import { newConstr } from "./btype.ts";
import { scrape, tryFindModule, type Env } from "./env.ts";
import { pdot } from "./path.ts";
import type { ModuleType, Path, Signature, SignatureItem, TypeDeclaration } from "./types.ts";

/**
 * The module type whose abstract types are known to be those of the module at `path` (Leroy, "Manifest types, modules, and separate compilation", 1994).
 * With `aliasable`, modules inside become aliases of those at `path`.
 */
export function strengthen(env: Env, type: ModuleType, path: Path, aliasable = false): ModuleType {
  const t = scrape(env, type);
  if (t.kind === "signature") return { kind: "signature", items: strengthenSignature(env, t.items, path, aliasable) };
  if (t.kind === "functor" && t.parameter.kind === "named" && t.parameter.id !== undefined) {
    const applied: Path = { kind: "apply", functor: path, argument: { kind: "ident", id: t.parameter.id } };
    return { kind: "functor", parameter: t.parameter, result: strengthen(env, t.result, applied) };
  }
  return t.kind === "ident" || t.kind === "alias" ? type : t;
}

function strengthenSignature(env: Env, items: Signature, path: Path, aliasable: boolean): Signature {
  return items.map((item): SignatureItem => {
    switch (item.kind) {
      case "type":
        return { ...item, declaration: strengthenDeclaration(item.declaration, pdot(path, item.id.name)) };
      case "module":
        if (item.declaration.type.kind === "alias") return item;
        if (aliasable) return { ...item, declaration: { ...item.declaration, type: { kind: "alias", path: pdot(path, item.id.name) } } };
        return { ...item, declaration: { ...item.declaration, type: strengthen(env, item.declaration.type, pdot(path, item.id.name)) } };
      case "modtype":
        if (item.declaration.type !== undefined) return item;
        return { ...item, declaration: { ...item.declaration, type: { kind: "ident", path: pdot(path, item.id.name) } } };
      default:
        return item;
    }
  });
}

function strengthenDeclaration(d: TypeDeclaration, path: Path): TypeDeclaration {
  if (d.manifest !== undefined && !(d.private === "private" && d.kind.kind === "abstract")) return d;
  const manifest = newConstr(path, d.parameters);
  manifest.level = 100000000;
  if (d.kind.kind === "abstract" && d.manifest !== undefined) return { ...d, private: "public", manifest };
  return { ...d, manifest };
}

/** The signature of a module type, or undefined when it is no structure. */
export function signatureOf(env: Env, type: ModuleType): Signature | undefined {
  const t = scrape(env, type);
  if (t.kind === "alias") {
    const data = tryFindModule(t.path, env);
    return data === undefined ? undefined : signatureOf(env, data.declaration.type);
  }
  return t.kind === "signature" ? t.items : undefined;
}
