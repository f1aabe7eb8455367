/**
 * What is particular to recursive modules (reference manual, section 12.2): the types that they promise are no abbreviations of
 * themselves, and those that they define are known in their bodies to be the ones of their signatures.
 */
import { iterChildren, newConstr, repr } from "./btype.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { declarationWith } from "./copies.ts";
import { signatureOf } from "./mtype.ts";
import { findType, type Env } from "./env.ts";
import { headOf, pathKey, pathName, pdot, pident } from "./path.ts";
import { GENERIC_LEVEL, type Ident, type ModuleType, type Path, type SignatureItem, type TypeDeclaration, type TypeExpr, type TypeKind } from "./types.ts";

interface Abbreviation {
  readonly path: Path;
  readonly manifest: TypeExpr;
  readonly loc: Location;
}

export interface RecursiveModule {
  readonly id: Ident;
  readonly type: ModuleType;
  readonly loc: Location;
}

/** Throws `CompileError` at the module whose type is an abbreviation of itself, by whatever way through the others. */
export function checkRecursiveAbbreviations(env: Env, modules: readonly RecursiveModule[]): void {
  const abbreviations = new Map<string, Abbreviation>();
  /** Items as signatures call them: by identifier. */
  const ofItem = new Map<Ident, string>();
  const collect = (path: Path, type: ModuleType, loc: Location): void => {
    for (const item of signatureOf(env, type) ?? []) {
      const at = pdot(path, item.id.name);
      if (item.kind === "module" && item.declaration.type.kind !== "alias") collect(at, item.declaration.type, loc);
      if (item.kind !== "type") continue;
      ofItem.set(item.id, pathKey(at));
      if (item.declaration.manifest !== undefined && item.declaration.kind.kind === "abstract") abbreviations.set(pathKey(at), { path: at, manifest: item.declaration.manifest, loc });
    }
  };
  for (const { id, type, loc } of modules) collect(pident(id), type, loc);
  const state = new Map<string, "open" | "done">();
  const visit = (key: string): void => {
    const abbreviation = abbreviations.get(key);
    if (abbreviation === undefined || state.get(key) === "done") return;
    if (state.get(key) === "open") throw new CompileError(errorAt(abbreviation.loc, `The type abbreviation ${pathName(abbreviation.path)} is cyclic`));
    state.set(key, "open");
    for (const path of constructorsOf(abbreviation.manifest)) visit((path.kind === "ident" ? ofItem.get(headOf(path)) : undefined) ?? pathKey(path));
    state.set(key, "done");
  };
  for (const key of abbreviations.keys()) visit(key);
}

/** Type constructors in a type, those inside of objects and variants excepted: these may be recursive. */
function constructorsOf(type: TypeExpr): Path[] {
  const paths: Path[] = [];
  const seen = new Set<TypeExpr>();
  const stack = [type];
  for (let t = stack.pop(); t !== undefined; t = stack.pop()) {
    t = repr(t);
    if (seen.has(t)) continue;
    seen.add(t);
    if (t.desc.kind === "object" || t.desc.kind === "variant" || t.desc.kind === "package") continue;
    if (t.desc.kind === "constr") paths.push(t.desc.path);
    iterChildren((child) => stack.push(child), t);
  }
  return paths;
}

/**
 * In the body of a recursive module, a type that it defines is known to be the one of its signature, so that values of both can be
 * used together: `path` is the name by which the signature has it. One whose definitions have not the same form stays as it is.
 */
export function knownAs(env: Env, declaration: TypeDeclaration, path: Path): TypeDeclaration {
  const promised = declaration.manifest === undefined ? findType(path, env) : undefined;
  if (promised === undefined || promised.arity !== declaration.arity || !sameForm(declaration.kind, promised.kind)) return declaration;
  const manifest = newConstr(path, declaration.parameters);
  manifest.level = GENERIC_LEVEL;
  return declarationWith(declaration, { manifest });
}

/** `knownAs` for all types of a module in the body. */
export function moduleKnownAs(env: Env, type: ModuleType, path: Path): ModuleType {
  if (type.kind !== "signature") return type;
  const items = type.items.map((item): SignatureItem => {
    const at = pdot(path, item.id.name);
    if (item.kind === "type") return { ...item, declaration: knownAs(env, item.declaration, at) };
    if (item.kind === "module") return { ...item, declaration: { ...item.declaration, type: moduleKnownAs(env, item.declaration.type, at) } };
    return item;
  });
  return { kind: "signature", items };
}

function sameForm(a: TypeKind, b: TypeKind): boolean {
  if (a.kind === "abstract" || b.kind === "abstract") return true;
  if (a.kind === "variant" && b.kind === "variant") return sameNames(a.constructors, b.constructors);
  if (a.kind === "record" && b.kind === "record") return sameNames(a.labels, b.labels);
  return a.kind === b.kind;
}

function sameNames(a: readonly { readonly id: Ident }[], b: readonly { readonly id: Ident }[]): boolean {
  return a.length === b.length && a.every((x, i) => x.id.name === b[i]!.id.name);
}
