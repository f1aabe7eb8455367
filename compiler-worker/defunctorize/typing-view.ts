/** What defunctorization asks of the type checker: heads of types, declarations, shapes of module types. */
import { addSignature as addSignatureTo, findType, scrape, type Env } from "../typing/env.ts";
import { expandHeadPrivate } from "../typing/ctype.ts";
import type { ModuleType, Path, Signature, TypeDeclaration, TypeExpr } from "../typing/types.ts";

/** The type with links followed and abbreviations, private ones too, expanded at its head. */
export function expandHead(env: Env, type: TypeExpr): TypeExpr {
  return expandHeadPrivate(env, type);
}

export function typeDeclaration(env: Env, path: Path): TypeDeclaration | undefined {
  return findType(path, env);
}

/** A module type with names and aliases at its head replaced by what they stand for. */
export function scrapeModuleType(env: Env, type: ModuleType): ModuleType {
  return scrape(env, type);
}

export function addSignature(env: Env, items: Signature): Env {
  return addSignatureTo(items, env);
}
