/** Abbreviations: what a type constructor stands for. */
import { constantExpansion, getLevel, newTypeAt, newVarAt, rememberConstant, repr } from "./btype.ts";
import { findType, normalizeTypePath, type Env } from "./env.ts";
import { copyDesc, replaceUnivars } from "./levels.ts";
import { samePath } from "./path.ts";
import { GENERIC_LEVEL, type AbbreviationExpansion, type FieldKind, type Path, type TypeDeclaration, type TypeExpr } from "./types.ts";

/** The declaration's manifest with arguments for parameters. */
export function applyParameters(declaration: TypeDeclaration, body: TypeExpr, args: readonly TypeExpr[]): TypeExpr {
  const memo = new Map<TypeExpr, TypeExpr>();
  declaration.parameters.forEach((p, i) => memo.set(repr(p), args[i] ?? newVarAt(getLevel())));
  return replaceUnivars(body, memo);
}

export const isAbbreviation = (declaration: TypeDeclaration | undefined): declaration is TypeDeclaration & { readonly manifest: TypeExpr } => declaration?.manifest !== undefined;

/** Unifies arguments with the parameters of an abbreviation that is still being defined (a class); set by unify.ts. */
let unifyParameters: (env: Env, args: readonly TypeExpr[], parameters: readonly TypeExpr[]) => void = () => undefined;
export function setParameterUnifier(f: typeof unifyParameters): void {
  unifyParameters = f;
}

/**
 * The expansion of a constructor. Where the body mentions an abbreviation within which it stands, the copy refers back
 * to that node: recursive abbreviations are regular, so expansions are finite graphs.
 */
function instantiate(env: Env, t: TypeExpr, path: Path, args: readonly TypeExpr[], enclosing: AbbreviationExpansion | undefined, declaration: TypeDeclaration & { readonly manifest: TypeExpr }): TypeExpr {
  const body = repr(declaration.manifest);
  if (body.level !== GENERIC_LEVEL) {
    // The class that defines the abbreviation is being typed: recursion is monomorphic.
    if (args.length > 0) unifyParameters(env, args, declaration.parameters);
    return body;
  }
  const memo = new Map<TypeExpr, TypeExpr>();
  declaration.parameters.forEach((p, i) => memo.set(repr(p), args[i] ?? newVarAt(t.level)));
  const kinds = new Map<FieldKind, FieldKind>();
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
      fresh.desc = { kind: "constr", path: node.desc.path, args: node.desc.args.map(go), abbreviations: { expansion: known } };
      return fresh;
    }
    if (node.desc.kind === "constr") {
      memo.set(node, node);
      return node;
    }
    fresh.desc = node.desc.kind === "var" ? { kind: "var", name: node.desc.name } : copyDesc(node.desc, go, kinds);
    return fresh;
  };
  const expanded = go(body);
  linkTo(result, expanded);
  return expanded;
}

/** Links a node that nobody has seen yet. */
function linkTo(node: TypeExpr, to: TypeExpr): void {
  if (node !== to) node.desc = { kind: "link", to };
}

/** One step: the expansion of a constructor that is an abbreviation (private ones stay unless asked for). */
export function expandOnce(env: Env, type: TypeExpr, privateToo = false): TypeExpr | undefined {
  const t = repr(type);
  if (t.desc.kind !== "constr") return undefined;
  const { path, args, abbreviations } = t.desc;
  const declaration = findType(path, env);
  if (!isAbbreviation(declaration)) return undefined;
  if (declaration.private === "private" && !privateToo && declaration.kind.kind === "abstract") return undefined;
  if (args.length === 0) {
    const body = repr(declaration.manifest);
    if (body.level !== GENERIC_LEVEL || (body.desc.kind === "constr" && body.desc.args.length === 0)) return body;
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
