/** Abbreviations: what a type constructor stands for. */
import { constantExpansion, getLevel, newTypeAt, newVarAt, rememberConstant, repr, rowFieldState, rowRepr } from "./btype.ts";
import { findType, normalizeTypePath, type Env } from "./env.ts";
import { createScoped } from "./ident.ts";
import { copyDesc, NO_KINDS, replaceUnivars } from "./levels.ts";
import { LONGEST, pdot, pident, samePath } from "./path.ts";
import { constrDesc, linkDesc, varDesc } from "./type-nodes.ts";
import { unifyTypes, updateScope, UnifyError } from "./unify.ts";
import { GENERIC_LEVEL, type AbbreviationExpansion, type FieldKind, type Ident, type Path, type TypeDeclaration, type TypeExpr } from "./types.ts";

/** The declaration's manifest with arguments for parameters. */
export function applyParameters(declaration: TypeDeclaration, body: TypeExpr, args: readonly TypeExpr[]): TypeExpr {
  const memo = new Map<TypeExpr, TypeExpr>();
  declaration.parameters.forEach((p, i) => memo.set(repr(p), args[i] ?? newVarAt(getLevel())));
  return replaceUnivars(body, memo);
}

export const isAbbreviation = (declaration: TypeDeclaration | undefined): declaration is TypeDeclaration & { readonly manifest: TypeExpr } => declaration?.manifest !== undefined;

/**
 * The expansion of a constructor. Where the body mentions an abbreviation within which it stands, the copy refers back
 * to that node: recursive abbreviations are regular, so expansions are finite graphs.
 */
function instantiate(env: Env, t: TypeExpr, path: Path, args: readonly TypeExpr[], enclosing: AbbreviationExpansion | undefined, declaration: TypeDeclaration & { readonly manifest: TypeExpr }): TypeExpr {
  const body = repr(declaration.manifest);
  if (body.level !== GENERIC_LEVEL) {
    // The class that defines the abbreviation is being typed: recursion is monomorphic.
    args.forEach((arg, i) => unifyTypes(env, arg, declaration.parameters[i]!));
    return body;
  }
  const memo = new Map<TypeExpr, TypeExpr>();
  declaration.parameters.forEach((p, i) => memo.set(repr(p), args[i] ?? newVarAt(t.level)));
  const row = declaration.private === "private" ? openRowOf(body) : undefined;
  if (row !== undefined) memo.set(row, newTypeAt(t.level, constrDesc(rowPath(path), args, { expansion: undefined })));
  let kinds: Map<FieldKind, FieldKind> | undefined;
  const result = newTypeAt(t.level, { kind: "nil" });
  const known: AbbreviationExpansion = { path, declaration, type: t, expanded: result, next: enclosing };
  const go = (x: TypeExpr): TypeExpr => {
    const node = repr(x);
    const copied = memo.get(node);
    if (copied !== undefined) return copied;
    if (node.level !== GENERIC_LEVEL || node.desc.kind === "univar" || node.desc.kind === "nil") return node;
    const fresh = newTypeAt(t.level, { kind: "nil" });
    memo.set(node, fresh);
    if (node.desc.kind === "constr" && node.desc.args.length > 0) {
      for (let e: AbbreviationExpansion | undefined = known; e !== undefined; e = e.next) {
        if (!samePath(e.path, node.desc.path)) continue;
        linkTo(fresh, e.type);
        return e.type;
      }
      fresh.desc = constrDesc(node.desc.path, node.desc.args.map(go), { expansion: known });
      return fresh;
    }
    fresh.desc = node.desc.kind === "var" ? varDesc(node.desc.name) : copyDesc(node.desc, go, node.desc.kind === "field" ? (kinds ??= new Map()) : NO_KINDS);
    return fresh;
  };
  const expanded = go(body);
  linkTo(result, expanded);
  return expanded;
}

/** `private [> …]` and `private < … >` with an open row: their values may be looked into as far as is said. */
export function isPrivateRow(manifest: TypeExpr): boolean {
  const t = repr(manifest);
  return (t.desc.kind === "variant" && rowRepr(t.desc.row).fixed?.kind === "private") || openRowOf(t) !== undefined;
}

/** The row variable of an object type. */
function openRowOf(type: TypeExpr): TypeExpr | undefined {
  if (type.desc.kind !== "object") return undefined;
  let t = repr(type.desc.fields);
  while (t.desc.kind === "field") t = repr(t.desc.rest);
  return t.desc.kind === "var" ? t : undefined;
}

const rows = new WeakMap<Ident, Ident>();

/** The type that stands for the methods which `type t = private < …; .. >` does not tell of: nothing else is equal to it. */
function rowPath(path: Path): Path {
  if (path.kind === "dot") return pdot(path.prefix, `${path.name}#row`);
  if (path.kind !== "ident") return path;
  let row = rows.get(path.id);
  if (row === undefined) rows.set(path.id, (row = createScoped(`${path.id.name}#row`, path.id.scope)));
  return pident(row);
}

/** Links a node that nobody has seen yet. */
function linkTo(node: TypeExpr, to: TypeExpr): void {
  if (node !== to) node.desc = linkDesc(to);
}

/**
 * One step: the expansion of a constructor that is an abbreviation (private ones stay unless asked for). `scoped`: nodes
 * are marked when an equation is used; otherwise the result is only to be looked at.
 */
export function expandOnce(env: Env, type: TypeExpr, privateToo = false, scoped = true): TypeExpr | undefined {
  const t = repr(type);
  if (t.desc.kind !== "constr") return undefined;
  const { path, args, abbreviations } = t.desc;
  const declaration = findType(path, env);
  if (!isAbbreviation(declaration)) return undefined;
  if (declaration.private === "private" && !privateToo && declaration.kind.kind === "abstract" && !isPrivateRow(declaration.manifest)) return undefined;
  if (declaration.isNewtype) return scoped ? expandEquation(t, declaration) : declaration.manifest;
  if (args.length === 0) {
    const body = repr(declaration.manifest);
    if (body.level !== GENERIC_LEVEL) return body;
    // In a branch with equations the nodes may become one with types that are the same only there.
    if (env.localEquations) return instantiate(env, t, path, args, undefined, declaration);
    const before = constantExpansion(declaration);
    if (before !== undefined) return before;
    const expanded = instantiate(env, t, path, args, undefined, declaration);
    rememberConstant(declaration, expanded);
    return expanded;
  }
  if (t.level === GENERIC_LEVEL) return instantiate(env, t, path, args, undefined, declaration);
  for (let e = abbreviations.expansion; e !== undefined; e = e.next) if (e.declaration === declaration && samePath(e.path, path)) return e.expanded;
  const expanded = instantiate(env, t, path, args, abbreviations.expansion, declaration);
  abbreviations.expansion = { path, declaration, type: t, expanded, next: abbreviations.expansion };
  return expanded;
}

/**
 * What an equation of a branch says of an abstract type. Both nodes get the equation's scope: they must not leave the
 * branch (Garrigue and Rémy, "Ambivalent types for principal type inference with GADTs", 2013).
 */
function expandEquation(t: TypeExpr, declaration: TypeDeclaration & { readonly manifest: TypeExpr }): TypeExpr {
  const scope = Math.max(declaration.expansionScope, t.scope);
  const body = repr(declaration.manifest);
  if (scope === 0) return body;
  updateScope(t, scope);
  if (body.desc.kind === "var" || body.desc.kind === "univar") return body;
  // A node of its own, so that the scope does not spread to other uses.
  const copy = newTypeAt(getLevel(), body.desc);
  updateScope(copy, scope);
  return copy;
}

/** The type until its head is no abbreviation; an equation that may not be used here is not. */
export function expandHead(env: Env, type: TypeExpr): TypeExpr {
  if (!env.localEquations) return expandHeadUnifying(env, type);
  let t = repr(type);
  for (let i = 0; i < LONGEST; i++) {
    let next: TypeExpr | undefined;
    try {
      next = expandOnce(env, t);
    } catch (error) {
      if (!(error instanceof UnifyError)) throw error;
    }
    if (next === undefined) return t;
    t = repr(next);
  }
  return t;
}

/** As `expandHead`; fails where an equation would be used outside its scope. */
export function expandHeadUnifying(env: Env, type: TypeExpr): TypeExpr {
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
    const next = expandOnce(env, t, true, false);
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
    const next = expandOnce(env, t, true, false);
    if (next === undefined) return { path: t.desc.path, declaration, type: t };
    t = repr(next);
  }
  return undefined;
}

/** The path with module aliases and abbreviations without parameters of its own followed. */
export function canonicalPath(env: Env, path: Path): Path {
  return normalizeTypePath(path, env);
}

/** Whether values of the type are known to be immediate. */
export function isImmediate(env: Env, type: TypeExpr): boolean {
  let t = repr(type);
  for (let i = 0; i < LONGEST && t.desc.kind === "constr"; i++) {
    // Of most abbreviations it is known.
    if (findType(t.desc.path, env)?.immediate === "always") return true;
    const next = expandOnce(env, t, true, false);
    if (next === undefined) return false;
    t = repr(next);
  }
  if (t.desc.kind !== "variant") return false;
  const row = rowRepr(t.desc.row);
  return row.closed && row.fields.every(({ field }) => {
    const state = rowFieldState(field);
    if (state.kind === "either") return state.noArgument;
    return state.kind === "absent" || (state.kind === "present" && state.argument === undefined);
  });
}
