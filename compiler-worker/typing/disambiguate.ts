/** Which constructor or label a name means: by the expected type where it is known, else by scope. */
import type * as Ast from "../syntax/ast.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { tellAlerts } from "./alerts.ts";
import { getLevel, newTypeAt, repr } from "./btype.ts";
import { findTypeData, lookupAllConstructors, lookupAllLabels, noteConstructor, noteLabel, unboundConstructor, unboundLabel, type Env } from "./env.ts";
import { expandHead, extractConcrete } from "./expand.ts";
import { LONGEST, longidentName, samePath } from "./path.ts";
import { printPath, printType } from "./print-type.ts";
import { spellingHint } from "./spelling.ts";
import { markUse, markUsed, watchesTypes, type ConstructorUse, type FieldUse } from "./usage.ts";
import { isWarningOn, warn } from "./warnings.ts";
import type { ConstructorDescription, LabelDescription, Path, RecordRepresentation, TypeDeclaration, TypeExpr, Uid } from "./types.ts";

const error = (loc: Location, message: string): never => {
  throw new CompileError(errorAt(loc, message));
};

/** What is known of a type by its head. */
export type Head =
  /** The declaration: of the type itself, or where it is an abbreviation of what it stands for. */
  | { readonly kind: "declared"; readonly written: Path; readonly path: Path; readonly declaration: TypeDeclaration }
  /** A variable, or a type that is not there. */
  | { readonly kind: "unknown" }
  /** A function, a tuple, … */
  | { readonly kind: "none" };

export function headOfType(env: Env, type: TypeExpr): Head {
  let t = repr(type);
  if (t.desc.kind === "poly") t = repr(t.desc.body);
  if (t.desc.kind === "var") return { kind: "unknown" };
  const written = t.desc.kind === "constr" ? t.desc.path : undefined;
  const concrete = extractConcrete(env, t);
  if (concrete !== undefined) return { kind: "declared", written: written ?? concrete.path, path: concrete.path, declaration: concrete.declaration };
  const expanded = expandHead(env, t);
  return expanded.desc.kind === "constr" || expanded.desc.kind === "var" ? { kind: "unknown" } : { kind: "none" };
}

/** The type whose constructors or labels are expected; undefined when nothing is known. */
export interface ExpectedOwner {
  readonly written: Path;
  readonly path: Path;
  /** "This variant expression is expected to have", for messages. */
  readonly intro: string;
  readonly type: TypeExpr;
}

function ownerOf(result: TypeExpr): Path | undefined {
  const r = repr(result);
  return r.desc.kind === "constr" ? r.desc.path : undefined;
}
/** The datatype that a constructor's or label's type is, when it was declared again as `type u = t = …`. */
function sameOwner(env: Env, result: TypeExpr, owner: Path): boolean {
  const path = ownerOf(result);
  if (path === undefined) return false;
  if (samePath(path, owner)) return true;
  return samePath(canonical(env, path), canonical(env, owner));
}
function canonical(env: Env, path: Path): Path {
  let p = path;
  for (let i = 0; i < LONGEST; i++) {
    const declaration = findTypeData(p, env)?.declaration;
    const manifest = declaration?.manifest === undefined ? undefined : repr(declaration.manifest);
    if (manifest?.desc.kind !== "constr") return p;
    p = manifest.desc.path;
  }
  return p;
}

interface Named {
  readonly name: string;
  readonly result: TypeExpr;
  /** Of labels. */
  readonly representation?: RecordRepresentation;
}
/** Labels of inline records are in scope nowhere. */
const isScoped = ({ representation }: Named): boolean => representation === undefined || representation.kind === "regular" || representation.kind === "float" || (representation.kind === "unboxed" && !representation.inlined);

/** `outOfScope` takes names that are found by the type only, to be told of together. */
function choose<T extends Named>(env: Env, ident: Ast.Loc<Ast.Longident>, expected: ExpectedOwner | undefined, candidates: readonly T[], what: "constructor" | "field", ofType: (path: Path) => readonly T[], unbound: () => never, filter: (list: readonly T[]) => readonly T[], outOfScope?: string[]): T {
  const lid = ident.value;
  const name = lid.kind === "apply" ? "" : lid.name;
  if (expected === undefined) {
    const list = candidates.length === 0 ? candidates : filter(candidates);
    const first = list[0] ?? unbound();
    if (list.length > 1 && isWarningOn(41)) {
      const others = list.slice(1).filter((c) => !sameOwner(env, c.result, ownerOf(first.result)!));
      if (others.length > 0) warn(ident.loc, 41, `${name} belongs to several types: ${list.map((c) => printPath(ownerOf(c.result)!)).join(" ")}\nThe first one was selected. Please disambiguate if this is wrong.`);
    }
    return first;
  }
  const tellDisambiguated = (): void => {
    if (isWarningOn(42)) warn(ident.loc, 42, `this use of ${name} relies on type-directed disambiguation,\nit will not compile with OCaml 4.00 or earlier.`);
  };
  const found = candidates.find((c) => sameOwner(env, c.result, expected.path));
  if (found !== undefined) {
    if (lid.kind === "ident" && candidates[0] !== found) tellDisambiguated();
    return found;
  }
  if (lid.kind !== "ident") {
    if (candidates.length === 0) return unbound();
    const kind = what === "field" ? "field" : "constructor";
    return error(ident.loc, `The ${kind} ${longidentName(lid)} belongs to the ${what === "field" ? "record" : "variant"} type ${printPath(ownerOf(candidates[0]!.result)!)}\n       but a ${kind} was expected belonging to the ${what === "field" ? "record" : "variant"} type ${printPath(expected.written)}`);
  }
  const hidden = ofType(expected.path).find((c) => c.name === name);
  if (hidden !== undefined) {
    if (isScoped(hidden)) {
      if (outOfScope === undefined) warn(ident.loc, 40, `${name} was selected from type ${printPath(expected.path)}.\nIt is not visible in the current scope, and will not \nbe selected if the type becomes unknown.`);
      else outOfScope.push(name);
      tellDisambiguated();
    }
    return hidden;
  }
  return error(ident.loc, `${expected.intro} type ${printType(expected.type)}\n       There is no ${what} ${name} within type ${printPath(expected.path)}${spellingHint(name, ofType(expected.path).map((c) => c.name))}`);
}

/** What is built or taken apart uses the type, too. */
function noteUse(env: Env, uid: Uid, result: TypeExpr, use: ConstructorUse | FieldUse): void {
  if (!watchesTypes()) return;
  markUse(uid, use);
  const owner = ownerOf(result);
  const declaration = owner === undefined ? undefined : findTypeData(owner, env)?.declaration;
  if (declaration !== undefined) markUsed(declaration.uid);
}

/** The constructor that a name means where a value of the expected type is wanted (type-directed disambiguation), for a use. */
export function chooseConstructor(env: Env, ident: Ast.Loc<Ast.Longident>, expected: ExpectedOwner | undefined, use: ConstructorUse): ConstructorDescription {
  const candidates = lookupAllConstructors(ident, env);
  const found = choose(env, ident, expected, candidates, "constructor", (path) => findTypeData(path, env)?.constructors.get() ?? [], () => unboundConstructor(ident, env), (list) => list);
  noteConstructor(ident, env, found);
  noteUse(env, found.uid, found.result, use);
  tellAlerts(ident.loc, found.attributes, () => found.name);
  return found;
}

/** One label, as in `e.l`. */
export function chooseLabel(env: Env, ident: Ast.Loc<Ast.Longident>, expected: ExpectedOwner | undefined, use: FieldUse): LabelDescription {
  const label = chooseAmong(env, ident, expected, (list) => list);
  noteUse(env, label.uid, label.result, use);
  tellAlerts(ident.loc, label.attributes, () => label.name);
  return label;
}
function chooseAmong(env: Env, ident: Ast.Loc<Ast.Longident>, expected: ExpectedOwner | undefined, filter: (list: readonly LabelDescription[]) => readonly LabelDescription[], outOfScope?: string[]): LabelDescription {
  const candidates = lookupAllLabels(ident, env);
  const found = choose(env, ident, expected, candidates, "field", (path) => findTypeData(path, env)?.labels.get() ?? [], () => unboundLabel(ident, env), filter, outOfScope);
  noteLabel(ident, env, found);
  return found;
}

/** The labels that the fields of a record expression or pattern, at `loc`, mean. `closed`: no others may be missing. */
export function chooseLabels(env: Env, loc: Location, idents: readonly Ast.Loc<Ast.Longident>[], expected: ExpectedOwner | undefined, closed: boolean, use: FieldUse): LabelDescription[] {
  const outOfScope: string[] = [];
  const labels = chooseAllLabels(env, idents, expected, closed, outOfScope);
  if (outOfScope.length > 0 && expected !== undefined) warn(loc, 40, `this record of type ${printPath(expected.path)} contains fields that are \nnot visible in the current scope: ${outOfScope.join(" ")}.\nThey will not be selected if the type becomes unknown.`);
  labels.forEach((label, i) => {
    noteUse(env, label.uid, label.result, use);
    tellAlerts(idents[i]!.loc, label.attributes, () => label.name);
  });
  return labels;
}
function chooseAllLabels(env: Env, idents: readonly Ast.Loc<Ast.Longident>[], expected: ExpectedOwner | undefined, closed: boolean, outOfScope: string[]): LabelDescription[] {
  const names = idents.map((i) => (i.value.kind === "apply" ? "" : i.value.name));
  // Labels of one record share the array of all: whether it has all the names is found out once.
  const complete = new Map<readonly LabelDescription[], boolean>();
  const hasAll = (all: readonly LabelDescription[]): boolean => {
    let known = complete.get(all);
    if (known === undefined) {
      const present = new Set(all.map((m) => m.name));
      complete.set(all, (known = names.every((n) => present.has(n))));
    }
    return known;
  };
  const filter = (list: readonly LabelDescription[]): readonly LabelDescription[] => {
    const having = list.filter((l) => hasAll(l.all));
    if (having.length === 0) return list;
    if (!closed) return having;
    const exact = having.filter((l) => l.all.length === names.length);
    return exact.length > 0 ? exact : having;
  };
  // A qualified field tells the module for all.
  const qualified = idents.find((i) => i.value.kind === "dot")?.value;
  return idents.map((i) => {
    if (i.value.kind === "ident" && qualified?.kind === "dot") {
      const inside = { value: { kind: "dot" as const, prefix: qualified.prefix, name: i.value.name }, loc: i.loc };
      if (expected === undefined || lookupAllLabels(inside, env).length > 0) return chooseAmong(env, inside, expected, filter, outOfScope);
    }
    return chooseAmong(env, i, expected, filter, outOfScope);
  });
}

/** The owner that an expected type gives; undefined where it is no record or variant type, which unification will report. */
export function expectedOwner(env: Env, type: TypeExpr, kind: "record" | "variant", intro: string): ExpectedOwner | undefined {
  const head = headOfType(env, type);
  if (head.kind !== "declared") return undefined;
  const found = head.declaration.kind.kind;
  const fits = kind === "record" ? found === "record" : found === "variant" || found === "open";
  return fits ? { written: head.written, path: head.path, intro, type } : undefined;
}

/** A node of a predefined constructor at the current level. */
export function levelled(type: TypeExpr): TypeExpr {
  return newTypeAt(getLevel(), type.desc);
}
