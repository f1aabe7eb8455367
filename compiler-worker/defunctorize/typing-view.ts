/** What defunctorization asks of the type checker: heads of types, declarations, shapes of module types. */
import { Env } from "../typing/env.ts";
import { expandHead as expandHeadOf } from "../typing/ctype.ts";
import type { ModuleType, Path, Signature, TypeDeclaration, TypeExpr } from "../typing/types.ts";

/** The type with links followed and abbreviations expanded at its head. */
export function expandHead(env: Env, type: TypeExpr): TypeExpr {
  return expandHeadOf(env, type);
}
