/** What recursive modules are asked besides their signatures (reference manual, section 12.2): their types are no abbreviations of themselves. */
import { iterChildren, repr } from "./btype.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { signatureOf } from "./mtype.ts";
import type { Env } from "./env.ts";
import { headOf, pathKey, pathName, pdot, pident } from "./path.ts";
import type { Ident, ModuleType, Path, TypeExpr } from "./types.ts";

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
