/** Module types: strengthening, and types without a local module. */
import { newConstr } from "./btype.ts";
import { declarationWith } from "./copies.ts";
import { addModtype, addModule, addModuleDeclaration, addSignature, scrape, tryFindModule, type Env } from "./env.ts";
import { createFunctorParameter } from "./ident.ts";
import { pdot } from "./path.ts";
import type { ModuleType, Path, Signature, SignatureItem, TypeDeclaration } from "./types.ts";

/**
 * The module type whose abstract types are known to be those of the module at `path` (Leroy, "Manifest types, modules, and
 * separate compilation", 1994). `aliasable`: its submodules are known to be those of the module, too.
 */
export function strengthen(env: Env, type: ModuleType, path: Path, aliasable = false): ModuleType {
  const t = scrape(env, type);
  if (t.kind === "signature") return { kind: "signature", items: strengthenSignature(env, t.items, path, aliasable) };
  if (t.kind === "functor" && t.parameter.kind === "named") {
    const id = t.parameter.id ?? createFunctorParameter("Arg");
    const applied: Path = { kind: "apply", functor: path, argument: { kind: "ident", id } };
    return { kind: "functor", parameter: { ...t.parameter, id }, result: strengthen(addModule(id, t.parameter.type, env), t.result, applied) };
  }
  return t.kind === "ident" || t.kind === "alias" ? type : t;
}

function strengthenSignature(env: Env, items: Signature, path: Path, aliasable: boolean): Signature {
  let inner = env;
  return items.map((item): SignatureItem => {
    switch (item.kind) {
      case "type":
        return { ...item, declaration: strengthenDeclaration(item.declaration, pdot(path, item.id.name)) };
      case "module": {
        const at = pdot(path, item.id.name);
        const { type } = item.declaration;
        if (type.kind === "alias") return item;
        const strong: ModuleType = aliasable ? { kind: "alias", path: at } : strengthen(inner, type, at);
        inner = addModuleDeclaration(item.id, item.declaration, inner);
        return { ...item, declaration: { ...item.declaration, type: strong } };
      }
      case "modtype": {
        inner = addModtype(item.id, item.declaration, inner);
        if (item.declaration.type !== undefined) return item;
        return { ...item, declaration: { ...item.declaration, type: { kind: "ident", path: pdot(path, item.id.name) } } };
      }
      default:
        return item;
    }
  });
}

function strengthenDeclaration(d: TypeDeclaration, path: Path): TypeDeclaration {
  if (d.manifest !== undefined && !(d.private === "private" && d.kind.kind === "abstract")) return d;
  const manifest = newConstr(path, d.parameters);
  manifest.level = 100000000;
  if (d.kind.kind === "abstract" && d.manifest !== undefined) return declarationWith(d, { private: "public", manifest });
  return declarationWith(d, { manifest });
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

/** Whether modules of the type have types of their own, which are others for each of them. */
export function definesTypes(env: Env, type: ModuleType): boolean {
  const t = scrape(env, type);
  switch (t.kind) {
    case "ident":
      return true;
    case "alias":
      return false;
    case "functor":
      return definesTypes(env, t.result);
    case "signature": {
      const inner = addSignature(t.items, env);
      return t.items.some((item) => {
        switch (item.kind) {
          case "type":
            return item.declaration.manifest === undefined || (item.declaration.kind.kind === "abstract" && item.declaration.private === "private");
          case "modtype":
            return true;
          case "typext":
            return item.constructor.args.kind === "record";
          case "module":
            return definesTypes(inner, item.declaration.type);
          default:
            return false;
        }
      });
    }
  }
}
