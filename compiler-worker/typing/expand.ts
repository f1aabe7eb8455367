/** Abbreviations: what a type constructor stands for. */
import { getLevel, newVarAt, repr } from "./btype.ts";
import { findType, normalizeTypePath, type Env } from "./env.ts";
import { replaceUnivars } from "./levels.ts";
import type { Path, TypeDeclaration, TypeExpr } from "./types.ts";

/** The declaration's manifest with arguments for parameters. */
export function applyParameters(declaration: TypeDeclaration, body: TypeExpr, args: readonly TypeExpr[]): TypeExpr {
  const memo = new Map<TypeExpr, TypeExpr>();
  declaration.parameters.forEach((p, i) => memo.set(repr(p), args[i] ?? newVarAt(getLevel())));
  return replaceUnivars(body, memo);
}

export const isAbbreviation = (declaration: TypeDeclaration | undefined): declaration is TypeDeclaration & { readonly manifest: TypeExpr } => declaration?.manifest !== undefined;

/** One step: the expansion of a constructor that is an abbreviation (private ones stay unless asked for). */
export function expandOnce(env: Env, type: TypeExpr, privateToo = false): TypeExpr | undefined {
  const t = repr(type);
  if (t.desc.kind !== "constr") return undefined;
  const declaration = findType(t.desc.path, env);
  if (!isAbbreviation(declaration)) return undefined;
  if (declaration.private === "private" && !privateToo && declaration.kind.kind === "abstract") return undefined;
  return applyParameters(declaration, declaration.manifest, t.desc.args);
}

const LONGEST = 1000;

/** The type until its head is no abbreviation. */
export function expandHead(env: Env, type: TypeExpr): TypeExpr {
  let t = repr(type);
  for (let i = 0; i < LONGEST; i++) {
    const next = expandOnce(env, t);
    if (next === undefined) return t;
    t = repr(next);
  }
  return t;
}

/** As `expandHead`, through private abbreviations too: for representations and subtyping. */
export function expandHeadPrivate(env: Env, type: TypeExpr): TypeExpr {
  let t = repr(type);
  for (let i = 0; i < LONGEST; i++) {
    const next = expandOnce(env, t, true);
    if (next === undefined) return t;
    t = repr(next);
  }
  return t;
}

/** The path of the type's head and its declaration, through abbreviations up to one with constructors or labels. */
export function extractConcrete(env: Env, type: TypeExpr): { path: Path; declaration: TypeDeclaration; type: TypeExpr } | undefined {
  let t = repr(type);
  for (let i = 0; i < LONGEST; i++) {
    if (t.desc.kind === "poly") t = repr(t.desc.body);
    if (t.desc.kind !== "constr") return undefined;
    const declaration = findType(t.desc.path, env);
    if (declaration === undefined) return undefined;
    if (declaration.kind.kind !== "abstract") return { path: t.desc.path, declaration, type: t };
    const next = expandOnce(env, t, true);
    if (next === undefined) return { path: t.desc.path, declaration, type: t };
    t = repr(next);
  }
  return undefined;
}

/** The path with module aliases and abbreviations without parameters of its own followed. */
export function canonicalPath(env: Env, path: Path): Path {
  return normalizeTypePath(path, env);
}
