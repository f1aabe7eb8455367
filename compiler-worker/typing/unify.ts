/** Unification with levels, rows, objects, polymorphic types, and equations on locally abstract types (GADTs). */
import { commit, backtrack, fieldKindRepr, getLevel, isCommutable, iterChildren, labelName, linkCommutable, linkType, newConstr, newTypeAt, newVarAt, repr, rowFieldRepr, rowFieldState, rowRepr, sameLabel, setCommutable, setDesc, setFieldKind, setObjectName, setRowField, setTypeLevel, snapshot } from "./btype.ts";
import { addLocalType, findType, freshUid, tryFindModtype, type Env } from "./env.ts";
import { expandHead, expandOnce, setParameterUnifier } from "./expand.ts";
import { createScoped } from "./ident.ts";
import { normalizeTypePath } from "./env.ts";
import { pathScope, pident, samePath } from "./path.ts";
import { GENERIC_LEVEL, type FieldKind, type Path, type RowDesc, type RowFieldCell, type TypeDeclaration, type TypeExpr } from "./types.ts";

/** One step of why two types differ: from the outermost pair inwards. */
export interface Difference {
  readonly left: TypeExpr;
  readonly right: TypeExpr;
}
export type Reason =
  | { readonly kind: "mismatch" }
  | { readonly kind: "occurs"; readonly variable: TypeExpr; readonly type: TypeExpr }
  | { readonly kind: "escape"; readonly path: Path }
  | { readonly kind: "univar"; readonly variable: TypeExpr }
  | { readonly kind: "missingTag"; readonly tags: readonly string[]; readonly side: "left" | "right" }
  | { readonly kind: "missingMethod"; readonly method: string; readonly side: "left" | "right" }
  | { readonly kind: "label"; readonly left: string; readonly right: string }
  /** The type of self would leave its class. */
  | { readonly kind: "selfEscape" }
  /** The type of self is no closed object type. */
  | { readonly kind: "selfClosed" };

/** A method that no program can name: while a class is typed it keeps self's type open, and in its class (by its level). */
export const DUMMY_METHOD = "*dummy method*";

export class UnifyError extends Error {
  readonly differences: readonly Difference[];
  readonly reason: Reason;
  constructor(differences: readonly Difference[], reason: Reason) {
    super("unification failed");
    this.differences = differences;
    this.reason = reason;
  }
}

/** In patterns: the environment that collects equations. */
export interface Equations {
  env: Env;
  /** Level of the abstract types made for existential variables. */
  readonly level: number;
}

let equations: Equations | undefined;
let pairs: Difference[] = [];
/** Pairs of object and variant types that are being compared under equations: equal by assumption. */
let assumed: [TypeExpr, TypeExpr][] = [];
/** Corresponding bound variables of the polymorphic types being compared. */
const univarPairs: { readonly left: readonly TypeExpr[]; readonly right: readonly TypeExpr[] }[] = [];

function fail(reason: Reason = { kind: "mismatch" }): never {
  throw new UnifyError([...pairs], reason);
}

/** Makes two types equal; throws `UnifyError`, and what was changed until then stays changed. */
export function unify(env: Env, left: TypeExpr, right: TypeExpr): void {
  const savedPairs = pairs;
  const savedEquations = equations;
  pairs = [];
  equations = undefined;
  try {
    unifyTypes(env, left, right);
  } finally {
    pairs = savedPairs;
    equations = savedEquations;
  }
}

/** As `unify`, where abstract types that a `match` may refine get equations. */
export function unifyGadt(target: Equations, left: TypeExpr, right: TypeExpr): void {
  const savedPairs = pairs;
  const savedEquations = equations;
  const savedAssumed = assumed;
  pairs = [];
  assumed = [];
  equations = target;
  try {
    unifyTypes(target.env, left, right);
  } finally {
    assumed = savedAssumed;
    pairs = savedPairs;
    equations = savedEquations;
  }
}

/** Whether the types can be made equal; they stay as they are. */
export function unifiable(env: Env, left: TypeExpr, right: TypeExpr): boolean {
  const s = snapshot();
  try {
    unify(env, left, right);
    return true;
  } catch (error) {
    if (!(error instanceof UnifyError)) throw error;
    return false;
  } finally {
    backtrack(s);
  }
}

/** Unifies, or changes nothing and says no. */
export function tryUnify(env: Env, left: TypeExpr, right: TypeExpr): boolean {
  const s = snapshot();
  try {
    unify(env, left, right);
    commit(s);
    return true;
  } catch (error) {
    backtrack(s);
    if (!(error instanceof UnifyError)) throw error;
    return false;
  }
}

const currentEnv = (env: Env): Env => equations?.env ?? env;

// ---------------------------------------------------------------- occurs and levels

/** Lowers the levels of a type to be put where `level` is; the variable must not occur in it. */
function updateLevel(env: Env, variable: TypeExpr, type: TypeExpr, level: number): void {
  const seen = new Set<TypeExpr>();
  const visit = (x: TypeExpr, guarded: boolean): void => {
    let t = repr(x);
    if (t === variable) {
      if (guarded) return;
      fail({ kind: "occurs", variable, type });
    }
    if (seen.has(t)) return;
    seen.add(t);
    if (t.desc.kind === "constr" && pathScope(t.desc.path) > level) {
      // The type is bound deeper than where it would go: its abbreviation may do.
      const expanded = expandOnce(currentEnv(env), t);
      if (expanded === undefined) return fail({ kind: "escape", path: t.desc.path });
      linkType(t, expanded);
      t = repr(expanded);
      visit(t, guarded);
      return;
    }
    if (t.desc.kind === "univar") return;
    if (t.desc.kind === "field" && t.desc.name === DUMMY_METHOD && repr(t.desc.type).level > level && t.level !== GENERIC_LEVEL) fail({ kind: "selfEscape" });
    if (t.level > level && t.level !== GENERIC_LEVEL) setTypeLevel(t, level);
    else if (t.level !== GENERIC_LEVEL && t.desc.kind === "var") return;
    const childGuarded = guarded || t.desc.kind === "object" || t.desc.kind === "variant";
    if (t.desc.kind === "constr" && t.desc.args.length > 0) {
      // An abbreviation may not use all its arguments.
      const { args } = t.desc;
      try {
        for (const arg of args) visit(arg, childGuarded);
      } catch (error) {
        if (!(error instanceof UnifyError)) throw error;
        const expanded = expandOnce(currentEnv(env), t);
        if (expanded === undefined) throw error;
        linkType(t, expanded);
        seen.delete(t);
        visit(expanded, guarded);
      }
      return;
    }
    iterChildren((child) => visit(child, childGuarded), t);
  };
  visit(type, false);
}

/** Univars that are not bound inside the type may only be put where their binder is. */
function checkUnivars(type: TypeExpr): void {
  if (univarPairs.length === 0) return;
  const bound = new Set<TypeExpr>();
  const seen = new Set<TypeExpr>();
  const visit = (x: TypeExpr): void => {
    const t = repr(x);
    if (seen.has(t)) return;
    seen.add(t);
    if (t.desc.kind === "univar" && !bound.has(t)) {
      for (const pair of univarPairs) if (pair.left.includes(t) || pair.right.includes(t)) fail({ kind: "univar", variable: t });
    }
    if (t.desc.kind === "poly") for (const v of t.desc.variables) bound.add(repr(v));
    iterChildren(visit, t);
  };
  visit(type);
}

function bindVariable(env: Env, variable: TypeExpr, type: TypeExpr): void {
  updateLevel(env, variable, type, variable.level);
  checkUnivars(type);
  linkType(variable, type);
}

// ---------------------------------------------------------------- types

function unifyTypes(env: Env, left: TypeExpr, right: TypeExpr): void {
  const a = repr(left);
  const b = repr(right);
  if (a === b) return;
  pairs.push({ left: a, right: b });
  unifyNodes(env, a, b);
  pairs.pop();
}

function unifyNodes(env: Env, a: TypeExpr, b: TypeExpr): void {
  if (a.desc.kind === "var" && b.desc.kind === "var") {
    // The younger becomes the older.
    if (a.level < b.level) return bindVariable(env, b, a);
    return bindVariable(env, a, b);
  }
  if (a.desc.kind === "var") return bindVariable(env, a, b);
  if (b.desc.kind === "var") return bindVariable(env, b, a);
  if (a.desc.kind === "constr" && b.desc.kind === "constr" && a.desc.args.length === 0 && b.desc.args.length === 0 && samePath(a.desc.path, b.desc.path)) return;
  const here = currentEnv(env);
  const x = expandHead(here, a);
  const y = expandHead(here, b);
  if (x === y) return;
  if (x.desc.kind === "var") return bindVariable(env, x, y);
  if (y.desc.kind === "var") return bindVariable(env, y, x);
  // Equal abbreviations with arguments that can be unified spare the expansion.
  if (a.desc.kind === "constr" && b.desc.kind === "constr" && a.desc.args.length > 0 && samePath(a.desc.path, b.desc.path) && (x !== a || y !== b)) {
    const s = snapshot();
    const saved = pairs.length;
    try {
      unifyLists(env, a.desc.args, b.desc.args);
      commit(s);
      return;
    } catch (error) {
      if (!(error instanceof UnifyError)) throw error;
      backtrack(s);
      pairs.length = saved;
    }
  }
  if (x !== a || y !== b) {
    pairs[pairs.length - 1] = { left: a, right: b };
  }
  unifyStructures(env, x, y);
}

function unifyLists(env: Env, left: readonly TypeExpr[], right: readonly TypeExpr[]): void {
  if (left.length !== right.length) fail();
  for (let i = 0; i < left.length; i++) unifyTypes(env, left[i]!, right[i]!);
}

function unifyStructures(env: Env, a: TypeExpr, b: TypeExpr): void {
  const x = a.desc;
  const y = b.desc;
  if (x.kind === "univar" || y.kind === "univar") {
    if (x.kind === "univar" && y.kind === "univar") return unifyUnivars(a, b);
    return fail();
  }
  if (x.kind === "constr" && y.kind === "constr") {
    const here = currentEnv(env);
    if (samePath(x.path, y.path) || samePath(normalizeTypePath(x.path, here), normalizeTypePath(y.path, here))) {
      if (equations === undefined) return unifyLists(env, x.args, y.args);
      return unifyInjective(env, x.path, x.args, y.args);
    }
  }
  if (equations !== undefined && (x.kind === "constr" || y.kind === "constr")) {
    if (tryEquation(env, a, b)) return;
  }
  if (x.kind === "arrow" && y.kind === "arrow") {
    if (!sameLabel(x.label, y.label)) {
      fail({ kind: "label", left: labelName(x.label), right: labelName(y.label) });
    }
    unifyTypes(env, x.parameter, y.parameter);
    unifyTypes(env, x.result, y.result);
    if (isCommutable(x.commutable) !== isCommutable(y.commutable)) {
      if (isCommutable(x.commutable)) setCommutable(y.commutable, "ok");
      else setCommutable(x.commutable, "ok");
    } else linkCommutable(x.commutable, y.commutable);
    return;
  }
  if (x.kind === "tuple" && y.kind === "tuple") return unifyLists(env, x.components, y.components);
  if (x.kind === "object" && y.kind === "object") {
    return unifyRecursive(a, b, () => {
      unifyFields(env, x.fields, y.fields);
      unifyObjectNames(x.name, y.name);
    });
  }
  if (x.kind === "variant" && y.kind === "variant") return unifyRecursive(a, b, () => unifyRows(env, a, x.row, b, y.row));
  if (x.kind === "nil" && y.kind === "nil") return;
  if (x.kind === "field" || y.kind === "field") return unifyFields(env, a, b);
  if (x.kind === "poly" && y.kind === "poly") {
    if (x.variables.length !== y.variables.length) fail();
    if (x.variables.length === 0) return unifyTypes(env, x.body, y.body);
    univarPairs.push({ left: x.variables.map(repr), right: y.variables.map(repr) });
    try {
      unifyTypes(env, x.body, y.body);
    } finally {
      univarPairs.pop();
    }
    return;
  }
  if (x.kind === "poly" && x.variables.length === 0) return unifyTypes(env, x.body, b);
  if (y.kind === "poly" && y.variables.length === 0) return unifyTypes(env, a, y.body);
  if (x.kind === "package" && y.kind === "package") return unifyPackages(env, x, y);
  fail();
}

/** Unifies types that may contain themselves: they are equal while their parts are compared, by links or by assumption. */
function unifyRecursive(a: TypeExpr, b: TypeExpr, parts: () => void): void {
  if (equations !== undefined) {
    if (assumed.some(([p, q]) => p === a && q === b)) return;
    assumed.push([a, b]);
    return parts();
  }
  const before = a.desc;
  if (a.level < b.level) setTypeLevel(b, a.level);
  linkType(a, b);
  try {
    parts();
  } catch (error) {
    // Messages show both types as they were.
    setDesc(a, before);
    throw error;
  }
}

/** After two object types have become one, the class abbreviation of either is the name of both. */
function unifyObjectNames(x: Extract<TypeExpr["desc"], { kind: "object" }>["name"], y: Extract<TypeExpr["desc"], { kind: "object" }>["name"]): void {
  const row = y.value?.args[0];
  if (row !== undefined) {
    const kind = repr(row).desc.kind;
    if (kind === "var" || kind === "univar" || kind === "nil") return;
  }
  setObjectName(y, x.value);
}

function unifyUnivars(a: TypeExpr, b: TypeExpr): void {
  for (let i = univarPairs.length - 1; i >= 0; i--) {
    const { left, right } = univarPairs[i]!;
    const l = left.indexOf(a);
    const r = right.indexOf(b);
    if (l >= 0 || r >= 0) {
      if (l === r) return;
      fail();
    }
    const l2 = right.indexOf(a);
    const r2 = left.indexOf(b);
    if (l2 >= 0 || r2 >= 0) {
      if (l2 === r2) return;
      fail();
    }
  }
  fail();
}

function unifyPackages(env: Env, x: Extract<TypeExpr["desc"], { kind: "package" }>, y: Extract<TypeExpr["desc"], { kind: "package" }>): void {
  const here = currentEnv(env);
  if (!samePath(resolveModtype(here, x.path), resolveModtype(here, y.path))) fail();
  if (x.constraints.length !== y.constraints.length) fail();
  const key = (p: readonly string[]): string => p.join(".");
  for (const c of x.constraints) {
    const other = y.constraints.find((d) => key(d.path) === key(c.path));
    if (other === undefined) return fail();
    unifyTypes(env, c.type, other.type);
  }
}

/** A module type's path with abbreviations `module type S = T` followed. */
export function resolveModtype(env: Env, path: Path): Path {
  let p = path;
  for (let i = 0; i < 100; i++) {
    const declaration = tryFindModtype(p, env);
    if (declaration?.type?.kind === "ident") p = declaration.type.path;
    else return normalizeTypePath(p, env);
  }
  return p;
}

// ---------------------------------------------------------------- GADT equations

/** Whether the path is a locally abstract type that may get an equation. */
function isRefinable(env: Env, type: TypeExpr): boolean {
  if (type.desc.kind !== "constr" || type.desc.args.length > 0 || type.desc.path.kind !== "ident") return false;
  const declaration = findType(type.desc.path, env);
  return declaration !== undefined && declaration.isNewtype && declaration.manifest === undefined;
}

function tryEquation(env: Env, a: TypeExpr, b: TypeExpr): boolean {
  const target = equations!;
  const here = target.env;
  const first = isRefinable(here, a);
  const second = isRefinable(here, b);
  if (first && second) {
    // The younger is defined by the older.
    const pa = a.desc.kind === "constr" ? pathScope(a.desc.path) : 0;
    const pb = b.desc.kind === "constr" ? pathScope(b.desc.path) : 0;
    if (pa >= pb) addEquation(target, a, b);
    else addEquation(target, b, a);
    return true;
  }
  if (first) {
    addEquation(target, a, b);
    return true;
  }
  if (second) {
    addEquation(target, b, a);
    return true;
  }
  // An abstract type of another module may be equal to anything compatible.
  return compatible(env, a, b);
}

function addEquation(target: Equations, abstract: TypeExpr, type: TypeExpr): void {
  if (abstract.desc.kind !== "constr") return;
  const { path } = abstract.desc;
  // A recursive equation cannot hold.
  if (mentionsPath(target.env, path, type)) fail({ kind: "mismatch" });
  const old = findType(path, target.env)!;
  const manifest = reified(target, type);
  const declaration: TypeDeclaration = { ...old, manifest, expansionScope: getLevel() };
  target.env = addLocalType(path, declaration, target.env);
}

function mentionsPath(env: Env, path: Path, type: TypeExpr): boolean {
  const seen = new Set<TypeExpr>();
  const visit = (x: TypeExpr): boolean => {
    const t = expandHead(env, x);
    if (seen.has(t)) return false;
    seen.add(t);
    if (t.desc.kind === "constr" && samePath(t.desc.path, path)) return true;
    let found = false;
    iterChildren((child) => {
      if (!found && visit(child)) found = true;
    }, t);
    return found;
  };
  return visit(type);
}

/** Equations mention no unification variables: those become abstract types of their own. */
function reified(target: Equations, type: TypeExpr): TypeExpr {
  const seen = new Set<TypeExpr>();
  const visit = (x: TypeExpr): void => {
    const t = repr(x);
    if (seen.has(t)) return;
    seen.add(t);
    if (t.desc.kind === "var") {
      if (t.level === GENERIC_LEVEL) return;
      linkType(t, newExistential(target, t.desc.name ?? "0"));
      return;
    }
    iterChildren(visit, t);
  };
  visit(type);
  return type;
}

/** A new abstract type `$name` in the environment of the equations. */
export function newExistential(target: Equations, name: string): TypeExpr {
  const id = createScoped(name.startsWith("$") ? name : `$${name}`, target.level);
  const declaration: TypeDeclaration = {
    parameters: [], arity: 0, kind: { kind: "abstract", origin: "existential" }, private: "public", manifest: undefined, variance: [], separability: [], isNewtype: true, expansionScope: 0,
    loc: { file: { name: "_none_", text: "" }, start: 0, end: 0, ghost: true }, attributes: [], immediate: "unknown", unboxed: false, uid: freshUid(),
  };
  target.env = addLocalType(pident(id), declaration, target.env);
  return newConstr(pident(id), []);
}

/** Arguments of one constructor: those of injective parameters must be equal, others may be anything. */
function unifyInjective(env: Env, path: Path, left: readonly TypeExpr[], right: readonly TypeExpr[]): void {
  const declaration = findType(path, currentEnv(env));
  if (left.length !== right.length) fail();
  left.forEach((l, i) => {
    const injective = declaration === undefined || declaration.kind.kind !== "abstract" || ((declaration.variance[i] ?? 127) & 8) !== 0;
    if (injective) unifyTypes(env, l, right[i]!);
    else {
      const s = snapshot();
      const saved = pairs.length;
      try {
        unifyTypes(env, l, right[i]!);
        commit(s);
      } catch (error) {
        if (!(error instanceof UnifyError)) throw error;
        backtrack(s);
        pairs.length = saved;
      }
    }
  });
}

/** Whether two different heads might still be the same type (OCaml's `mcomp`): abstract types of elsewhere may be anything. */
export function compatible(env: Env, a: TypeExpr, b: TypeExpr): boolean {
  const here = currentEnv(env);
  const seen: [TypeExpr, TypeExpr][] = [];
  const visit = (l: TypeExpr, r: TypeExpr): boolean => {
    const x = expandHead(here, l);
    const y = expandHead(here, r);
    if (x === y || x.desc.kind === "var" || y.desc.kind === "var" || x.desc.kind === "univar" || y.desc.kind === "univar") return true;
    if (seen.some(([p, q]) => p === x && q === y)) return true;
    seen.push([x, y]);
    const abstract = (t: TypeExpr): boolean => {
      if (t.desc.kind !== "constr") return false;
      const d = findType(t.desc.path, here);
      if (d === undefined) return true;
      // Predefined abstract types (int, string, …) are what they are.
      return d.kind.kind === "abstract" && d.manifest === undefined && !isPredefined(t.desc.path);
    };
    if (abstract(x) || abstract(y)) {
      if (x.desc.kind === "constr" && y.desc.kind === "constr" && samePath(x.desc.path, y.desc.path)) return true;
      return true;
    }
    if (x.desc.kind === "constr" && y.desc.kind === "constr") {
      if (samePath(x.desc.path, y.desc.path)) {
        const { args } = y.desc;
        return x.desc.args.every((t, i) => visit(t, args[i]!));
      }
      return false;
    }
    if (x.desc.kind !== y.desc.kind) return false;
    if (x.desc.kind === "arrow" && y.desc.kind === "arrow") return sameLabel(x.desc.label, y.desc.label) && visit(x.desc.parameter, y.desc.parameter) && visit(x.desc.result, y.desc.result);
    if (x.desc.kind === "tuple" && y.desc.kind === "tuple") {
      const { components } = y.desc;
      return x.desc.components.length === components.length && x.desc.components.every((t, i) => visit(t, components[i]!));
    }
    return true;
  };
  return visit(a, b);
}

const isPredefined = (path: Path): boolean => path.kind === "ident" && path.id.kind === "predef";

// ---------------------------------------------------------------- objects

interface FlatFields {
  readonly fields: Map<string, Extract<TypeExpr["desc"], { kind: "field" }>>;
  readonly rest: TypeExpr;
}
/** The methods of an object type that are not hidden, and what comes after them. */
export function flattenFields(type: TypeExpr): FlatFields {
  const fields = new Map<string, Extract<TypeExpr["desc"], { kind: "field" }>>();
  let t = repr(type);
  while (t.desc.kind === "field") {
    if (!fields.has(t.desc.name) && fieldKindRepr(t.desc.fieldKind).state !== "absent") fields.set(t.desc.name, t.desc);
    t = repr(t.desc.rest);
  }
  return { fields, rest: t };
}

type Field = Extract<TypeExpr["desc"], { kind: "field" }>;

function unifyFields(env: Env, left: TypeExpr, right: TypeExpr): void {
  const a = flattenFields(left);
  const b = flattenFields(right);
  if (a.rest === b.rest && a.rest.desc.kind === "var" && a.fields.size !== b.fields.size) fail();
  const level = Math.min(a.rest.level, b.rest.level);
  const onlyLeft = [...a.fields.values()].filter((f) => !b.fields.has(f.name));
  const onlyRight = [...b.fields.values()].filter((f) => !a.fields.has(f.name));
  const build = (list: readonly Field[], rest: TypeExpr): TypeExpr => {
    let t = rest;
    for (let i = list.length - 1; i >= 0; i--) t = newTypeAt(level, { ...list[i]!, rest: t });
    return t;
  };
  const common = [...a.fields.values()].filter((f) => b.fields.has(f.name));
  const shared = onlyLeft.length === 0 ? b.rest : onlyRight.length === 0 ? a.rest : newVarAt(level);
  unifyRest(env, a.rest, build(onlyRight, shared), onlyRight, "left");
  unifyRest(env, b.rest, build(onlyLeft, shared), onlyLeft, "right");
  for (const f of common) {
    const g = b.fields.get(f.name)!;
    unifyKinds(f.fieldKind, g.fieldKind);
    unifyTypes(env, f.type, g.type);
  }
}

function unifyRest(env: Env, rest: TypeExpr, type: TypeExpr, missing: readonly Field[], side: "left" | "right"): void {
  const r = repr(rest);
  const t = repr(type);
  if (r === t) return;
  if (r.desc.kind !== "var" && missing.length > 0) {
    if (missing.some((f) => f.name === DUMMY_METHOD)) fail({ kind: "selfClosed" });
    fail({ kind: "missingMethod", method: missing[0]!.name, side });
  }
  unifyTypes(env, r, t);
}

function unifyKinds(a: FieldKind, b: FieldKind): void {
  const x = fieldKindRepr(a);
  const y = fieldKindRepr(b);
  if (x === y) return;
  if (x.state === "private" && y.state !== "absent") setFieldKind(x, { link: y });
  else if (y.state === "private" && x.state !== "absent") setFieldKind(y, { link: x });
  else if (x.state !== y.state) fail();
}

setParameterUnifier((env, args, parameters) => {
  args.forEach((arg, i) => unifyTypes(env, arg, parameters[i]!));
});

// ---------------------------------------------------------------- polymorphic variants

function unifyRows(env: Env, leftType: TypeExpr, left: RowDesc, rightType: TypeExpr, right: RowDesc): void {
  const a = rowRepr(left);
  const b = rowRepr(right);
  const moreA = repr(a.more);
  const moreB = repr(b.more);
  if (moreA === moreB) return;
  const fieldsB = new Map(b.fields.map((f) => [f.label, f.field]));
  const fieldsA = new Map(a.fields.map((f) => [f.label, f.field]));
  const onlyA = a.fields.filter((f) => !fieldsB.has(f.label));
  const onlyB = b.fields.filter((f) => !fieldsA.has(f.label));
  const closed = a.closed || b.closed;
  const fixedA = a.fixed;
  const fixedB = b.fixed;
  const present = (list: readonly { label: string; field: RowFieldCell }[]): string[] => list.filter((f) => rowFieldState(f.field).kind === "present").map((f) => f.label);
  const notAbsent = (list: readonly { label: string; field: RowFieldCell }[]): { label: string; field: RowFieldCell }[] => list.filter((f) => rowFieldState(f.field).kind !== "absent");
  const missing = (labels: readonly string[], side: "left" | "right"): never => fail({ kind: "missingTag", tags: labels, side });
  // What only one side has must be admitted by the other.
  if (a.closed && present(onlyB).length > 0) missing(present(onlyB), "left");
  if (b.closed && present(onlyA).length > 0) missing(present(onlyA), "right");
  if (fixedA !== undefined && !a.closed && notAbsent(onlyB).length > 0) missing(notAbsent(onlyB).map((f) => f.label), "left");
  if (fixedB !== undefined && !b.closed && notAbsent(onlyA).length > 0) missing(notAbsent(onlyA).map((f) => f.label), "right");
  if (fixedA !== undefined && fixedB !== undefined) {
    if (a.closed !== b.closed) fail();
    unifyTypes(env, moreA, moreB);
  } else if (fixedA !== undefined && a.closed !== closed) fail();
  else if (fixedB !== undefined && b.closed !== closed) fail();
  // Tags of one side that the closed other one lacks can never occur.
  if (a.closed) for (const { field } of onlyB) makeAbsent(field);
  if (b.closed) for (const { field } of onlyA) makeAbsent(field);
  for (const { label, field } of a.fields) {
    const other = fieldsB.get(label);
    if (other !== undefined) unifyRowField(env, field, other, fixedA !== undefined, fixedB !== undefined, label);
  }
  if (fixedA !== undefined && fixedB !== undefined) {
    linkType(leftType, rightType);
    return;
  }
  const level = Math.min(leftType.level, rightType.level, moreA.level, moreB.level);
  const more = fixedA !== undefined ? moreA : fixedB !== undefined ? moreB : newVarAt(Math.min(moreA.level, moreB.level));
  const fields = [...a.fields, ...onlyB].filter((f) => !closed || rowFieldState(f.field).kind !== "absent" || fixedA !== undefined || fixedB !== undefined);
  const name = a.name !== undefined && onlyB.length === 0 && (b.name === undefined || onlyA.length === 0) ? a.name : b.name !== undefined && onlyA.length === 0 ? b.name : undefined;
  const row: RowDesc = { fields, more, closed, fixed: fixedA ?? fixedB, name };
  const merged = newTypeAt(level, { kind: "variant", row });
  const link = (type: TypeExpr, variable: TypeExpr, fixed: boolean): void => {
    if (!fixed && variable.desc.kind === "var") {
      // Everything that the new row has must live at the row variable's level.
      for (const f of fields) {
        const state = rowFieldState(f.field);
        const types = state.kind === "present" ? (state.argument === undefined ? [] : [state.argument]) : state.kind === "either" ? state.args : [];
        for (const t of types) updateLevel(env, variable, t, variable.level);
      }
      if (more !== variable) linkType(variable, merged);
    }
    if (repr(type) !== repr(merged)) linkType(type, merged);
  };
  link(leftType, moreA, fixedA !== undefined);
  link(rightType, moreB, fixedB !== undefined);
}

function makeAbsent(field: RowFieldCell): void {
  const state = rowFieldState(field);
  if (state.kind === "either") setRowField(field, { kind: "absent" });
}

function unifyRowField(env: Env, left: RowFieldCell, right: RowFieldCell, fixedLeft: boolean, fixedRight: boolean, label: string): void {
  const a = rowFieldRepr(left);
  const b = rowFieldRepr(right);
  if (a === b) return;
  const x = a.state;
  const y = b.state;
  if (x.kind === "present" && y.kind === "present") {
    if (x.argument === undefined && y.argument === undefined) return;
    if (x.argument === undefined || y.argument === undefined) return fail();
    return unifyTypes(env, x.argument, y.argument);
  }
  if (x.kind === "absent" && y.kind === "absent") return;
  if (x.kind === "either" && y.kind === "either") {
    const noArgument = x.noArgument || y.noArgument;
    const matched = x.matched || y.matched;
    const types = [...x.args];
    for (const t of y.args) if (!types.some((u) => repr(u) === repr(t))) types.push(t);
    // Once matched, a tag has one argument type.
    if ((matched || types.length > 1) && types.length > 1) for (let i = 1; i < types.length; i++) unifyTypes(env, types[0]!, types[i]!);
    setRowField(a, { kind: "link", to: b });
    setRowField(b, { kind: "either", noArgument, args: types.slice(0, 1), matched });
    return;
  }
  if (x.kind === "either" && y.kind === "present") return refine(env, a, x, b, y, fixedLeft);
  if (x.kind === "present" && y.kind === "either") return refine(env, b, y, a, x, fixedRight);
  if (x.kind === "either" && y.kind === "absent") {
    if (fixedLeft) fail({ kind: "missingTag", tags: [label], side: "right" });
    return setRowField(a, { kind: "link", to: b });
  }
  if (x.kind === "absent" && y.kind === "either") {
    if (fixedRight) fail({ kind: "missingTag", tags: [label], side: "left" });
    return setRowField(b, { kind: "link", to: a });
  }
  fail({ kind: "missingTag", tags: [label], side: x.kind === "absent" ? "left" : "right" });
}

function refine(env: Env, cell: RowFieldCell, either: Extract<RowFieldCell["state"], { kind: "either" }>, target: RowFieldCell, present: Extract<RowFieldCell["state"], { kind: "present" }>, fixed: boolean): void {
  if (fixed) fail();
  if (present.argument === undefined) {
    if (!either.noArgument && either.args.length > 0) fail();
    if (either.args.length > 0 && either.noArgument) fail();
  } else {
    if (either.noArgument) fail();
    for (const t of either.args) unifyTypes(env, t, present.argument);
  }
  setRowField(cell, { kind: "link", to: target });
}

// ---------------------------------------------------------------- functions and methods

/** The parameter and result of a function type; makes it one when it is a variable. Undefined when it is something else. */
export function filterArrow(env: Env, type: TypeExpr, label: Extract<TypeExpr["desc"], { kind: "arrow" }>["label"]): { parameter: TypeExpr; result: TypeExpr } | undefined {
  const t = expandHead(env, type);
  if (t.desc.kind === "var") {
    const parameter = newVarAt(t.level);
    const result = newVarAt(t.level);
    linkType(t, newTypeAt(t.level, { kind: "arrow", label, parameter: label.kind === "optional" ? parameter : parameter, result, commutable: { state: "ok" } }));
    return { parameter, result };
  }
  if (t.desc.kind === "arrow" && sameLabel(t.desc.label, label)) return { parameter: t.desc.parameter, result: t.desc.result };
  return undefined;
}

/** The type of a method of an object; an open object type gets it. */
export function filterMethod(env: Env, type: TypeExpr, name: string): TypeExpr | undefined {
  const t = expandHead(env, type);
  if (t.desc.kind === "var") {
    const fieldType = newVarAt(t.level);
    const fields = newTypeAt(t.level, { kind: "field", name, fieldKind: { state: "public" }, type: fieldType, rest: newVarAt(t.level) });
    linkType(t, newTypeAt(t.level, { kind: "object", fields, name: { value: undefined } }));
    return fieldType;
  }
  if (t.desc.kind !== "object") return undefined;
  const { fields, rest } = flattenFields(t.desc.fields);
  const found = fields.get(name);
  if (found !== undefined) {
    const kind = fieldKindRepr(found.fieldKind);
    if (kind.state === "private") setFieldKind(kind, "public");
    return found.type;
  }
  if (rest.desc.kind !== "var") return undefined;
  const fieldType = newVarAt(rest.level);
  linkType(rest, newTypeAt(rest.level, { kind: "field", name, fieldKind: { state: "public" }, type: fieldType, rest: newVarAt(rest.level) }));
  return fieldType;
}
