/** Unification with levels, scopes, polymorphic types, and equations on abstract types (GADTs). */
import { commit, backtrack, compatibleLabels, getLevel, isCommutable, iterChildren, labelName, linkCommutable, linkType, newConstr, newMark, newTypeAt, newVarAt, repr, rowFieldState, rowRepr, sameLabel, setCommutable, setDesc, setTypeLevel, setTypeScope, snapshot } from "./btype.ts";
import { declarationWith } from "./copies.ts";
import { addLocalType, findType, freshUid, normalizeTypePath, tryFindModtype, type Env } from "./env.ts";
import { expandHead, expandHeadUnifying, expandOnce } from "./expand.ts";
import { createScoped } from "./ident.ts";
import { separateState } from "./isolation.ts";
import { languageFlags } from "./language-flags.ts";
import { duplicate, instance } from "./levels.ts";
import { signatureOf } from "./mtype.ts";
import { LONGEST, pathScope, pident, samePath } from "./path.ts";
import { arrowDesc, linkDesc } from "./type-nodes.ts";
import { GENERIC_LEVEL, type ModuleType, type Path, type RowDesc, type SignatureItem, type TypeDeclaration, type TypeExpr } from "./types.ts";
import { normalizeModulePath } from "./env.ts";
import { DUMMY_METHOD, findField, unifyFields, unifyObjectNames, unifyRows } from "./unify-rows.ts";

/** One step of why two types differ: from the outermost pair inwards. */
export interface Difference {
  readonly left: TypeExpr;
  readonly right: TypeExpr;
}
export type Reason =
  | { readonly kind: "mismatch" }
  | { readonly kind: "occurs"; readonly variable: TypeExpr; readonly type: TypeExpr }
  | { readonly kind: "escape"; readonly path: Path }
  /** A type that is only known by an equation of a branch. */
  | { readonly kind: "equation"; readonly type: TypeExpr }
  | { readonly kind: "univar"; readonly variable: TypeExpr }
  | { readonly kind: "missingTag"; readonly tags: readonly string[]; readonly side: "left" | "right" }
  | { readonly kind: "incompatibleTag"; readonly tag: string }
  | { readonly kind: "noIntersection" }
  | { readonly kind: "closedRow"; readonly side: "left" | "right" }
  | { readonly kind: "missingMethod"; readonly method: string; readonly side: "left" | "right" }
  | { readonly kind: "label"; readonly left: string; readonly right: string }
  /** The type of self would leave its class. */
  | { readonly kind: "selfEscape" }
  /** The type of self is no closed object type. */
  | { readonly kind: "selfClosed" };

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
  /** Level of the abstract types made for existential variables, and of the equations. */
  readonly level: number;
}

/** How a pattern's types are unified; undefined where there are no equations to be had. */
interface PatternMode {
  readonly equations: Equations;
  /** Whether equations may be added; otherwise what would need one is passed over. */
  readonly generate: boolean;
  /** Whether every type constructor counts as injective. */
  readonly injective: boolean;
}

let mode: PatternMode | undefined;
/** The pairs of types that are being unified, the innermost last: from `pairsStart` those of this unification, up to `pairsEnd`. */
const pairsLeft: TypeExpr[] = [];
const pairsRight: TypeExpr[] = [];
let pairsStart = 0;
let pairsEnd = 0;
/** Pairs of types that a pattern's unification has made equal without linking them. */
let assumed: Map<TypeExpr, Set<TypeExpr>> | undefined;
/** Corresponding bound variables of the polymorphic types being compared. */
let univarPairs: BoundPair[] = [];
separateState(() => {
  const saved = { mode, pairsStart, pairsEnd, assumed, univarPairs };
  mode = undefined;
  pairsStart = pairsEnd;
  assumed = undefined;
  univarPairs = [];
  return () => ({ mode, pairsStart, pairsEnd, assumed, univarPairs } = saved);
});

/** Bound variables of two polymorphic types; which is which is found out where they are used. */
export interface BoundPair {
  readonly left: readonly TypeExpr[];
  readonly right: readonly TypeExpr[];
  readonly same: Map<TypeExpr, TypeExpr>;
}
export function boundPair(left: readonly TypeExpr[], right: readonly TypeExpr[]): BoundPair {
  return { left: left.map(repr), right: right.map(repr), same: new Map() };
}

export function fail(reason: Reason = { kind: "mismatch" }): never {
  const differences: Difference[] = [];
  for (let i = pairsStart; i < pairsEnd; i++) differences.push({ left: pairsLeft[i]!, right: pairsRight[i]! });
  throw new UnifyError(differences, reason);
}
export const isPatternMode = (): boolean => mode !== undefined;

function withMode(target: PatternMode | undefined, run: () => void, bound: readonly BoundPair[] = []): void {
  const saved = { mode, pairsStart, pairsEnd, assumed, univarPairs };
  mode = target;
  pairsStart = pairsEnd;
  assumed = undefined;
  univarPairs = [...bound];
  try {
    run();
  } finally {
    ({ mode, pairsStart, pairsEnd, assumed, univarPairs } = saved);
  }
}

/** Makes two types equal; throws `UnifyError`, and what was changed until then stays changed. */
export function unify(env: Env, left: TypeExpr, right: TypeExpr): void {
  if (left === right) return;
  // The same as `withMode` does, without a closure: this is where typing spends its time.
  const savedMode = mode;
  const savedStart = pairsStart;
  const savedEnd = pairsEnd;
  const savedAssumed = assumed;
  const savedUnivars = univarPairs;
  mode = undefined;
  pairsStart = savedEnd;
  assumed = undefined;
  if (univarPairs.length > 0) univarPairs = [];
  try {
    unifyTypes(env, left, right);
  } finally {
    mode = savedMode;
    pairsStart = savedStart;
    pairsEnd = savedEnd;
    assumed = savedAssumed;
    univarPairs = savedUnivars;
  }
}

/** As `unify`, for types inside polymorphic types whose bound variables correspond. */
export function unifyBound(env: Env, left: TypeExpr, right: TypeExpr, bound: readonly BoundPair[]): void {
  withMode(undefined, () => unifyTypes(env, left, right), bound);
}

/** As `unify`, where abstract types that a `match` may refine get equations. */
export function unifyGadt(target: Equations, left: TypeExpr, right: TypeExpr): void {
  withMode({ equations: target, generate: true, injective: true }, () => unifyTypes(target.env, left, right));
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

const currentEnv = (env: Env): Env => mode?.equations.env ?? env;

// ---------------------------------------------------------------- occurs, levels, scopes

/** Raises the scope of a node: fails when it is already visible outside. */
export function updateScope(type: TypeExpr, scope: number): void {
  const t = repr(type);
  if (t.scope >= scope) return;
  if (t.level < scope) fail({ kind: "equation", type: t });
  setTypeScope(t, scope);
}

/**
 * Lowers the levels of a type to be put where `level` is. Types bound deeper must not get there, unless they are
 * abbreviations of others. Nodes at or below the level have children that are.
 */
export function updateLevel(env: Env, type: TypeExpr, level: number): void {
  let t = repr(type);
  for (;;) {
    if (t.level <= level) return;
    if (t.scope > level) return fail({ kind: "equation", type: t });
    const { desc } = t;
    switch (desc.kind) {
      case "var":
      case "univar":
      case "nil":
        return setTypeLevel(t, level);
      case "constr": {
        if (pathScope(desc.path) > level) {
          // The type is bound deeper than where it would go: its abbreviation may do.
          const expanded = expandOnce(currentEnv(env), t);
          if (expanded === undefined) return fail({ kind: "escape", path: desc.path });
          linkType(t, expanded);
          t = repr(expanded);
          continue;
        }
        if (desc.args.length === 0) return setTypeLevel(t, level);
        const depth = pairsEnd;
        try {
          setTypeLevel(t, level);
          for (let i = 0; i < desc.args.length; i++) updateLevel(env, desc.args[i]!, level);
          return;
        } catch (error) {
          if (!(error instanceof UnifyError)) throw error;
          pairsEnd = depth;
          // An abbreviation may not use all its arguments.
          const expanded = expandOnce(currentEnv(env), t);
          if (expanded === undefined) throw error;
          linkType(t, expanded);
          t = repr(expanded);
          continue;
        }
      }
      case "package": {
        if (pathScope(desc.path) > level) {
          const path = resolveModtype(currentEnv(env), desc.path);
          if (pathScope(path) > level) return fail({ kind: "escape", path: desc.path });
          setDesc(t, { kind: "package", path, constraints: desc.constraints });
          continue;
        }
        break;
      }
      case "object":
        if (desc.name.value !== undefined && pathScope(desc.name.value.path) > level) {
          setDesc(t, { kind: "object", fields: desc.fields, name: { value: undefined } });
          continue;
        }
        break;
      case "variant":
        if (desc.row.name !== undefined && pathScope(desc.row.name.path) > level) {
          setDesc(t, { kind: "variant", row: { ...desc.row, name: undefined } });
          continue;
        }
        break;
      case "field":
        if (desc.name === DUMMY_METHOD && repr(desc.type).level > level) return fail({ kind: "selfEscape" });
        break;
      case "arrow":
        setTypeLevel(t, level);
        updateLevel(env, desc.parameter, level);
        t = repr(desc.result);
        continue;
    }
    setTypeLevel(t, level);
    return updateChildren(env, t, level);
  }
}
/** Apart from `updateLevel`, so that only what is neither function nor constructor costs a closure. */
function updateChildren(env: Env, t: TypeExpr, level: number): void {
  iterChildren((child) => updateLevel(env, child, level), t);
}

/** Makes a type one of the current level: as it becomes when it is unified with a new variable. */
export function lower(env: Env, type: TypeExpr): void {
  updateLevel(env, type, getLevel());
}

/** Whether the variable is in the type, not counting what objects and variants contain unless `deep`. */
function occurs(variable: TypeExpr, type: TypeExpr, mark: number, deep: boolean): boolean {
  let t = repr(type);
  for (;;) {
    if (t === variable) return true;
    if (t.level < variable.level || t.mark === mark) return false;
    const { desc } = t;
    switch (desc.kind) {
      case "var":
      case "univar":
      case "nil":
        return false;
      case "arrow":
        t.mark = mark;
        if (occurs(variable, desc.parameter, mark, deep)) return true;
        t = repr(desc.result);
        continue;
      case "constr":
        t.mark = mark;
        return occursInOne(variable, desc.args, mark, deep);
      case "tuple":
        t.mark = mark;
        return occursInOne(variable, desc.components, mark, deep);
      case "object":
      case "variant":
        if (!deep) return false;
    }
    t.mark = mark;
    return occursInChild(variable, t, mark, deep);
  }
}
function occursInOne(variable: TypeExpr, types: readonly TypeExpr[], mark: number, deep: boolean): boolean {
  for (let i = 0; i < types.length; i++) if (occurs(variable, types[i]!, mark, deep)) return true;
  return false;
}
function occursInChild(variable: TypeExpr, t: TypeExpr, mark: number, deep: boolean): boolean {
  let found = false;
  iterChildren((child) => {
    if (!found && occurs(variable, child, mark, deep)) found = true;
  }, t);
  return found;
}

/** The variable must not occur in the type: abbreviations that only mention it are expanded. */
function occurCheck(env: Env, variable: TypeExpr, type: TypeExpr): void {
  if (languageFlags.recursiveTypes) return contractiveCheck(env, variable, type);
  if (occurs(variable, type, newMark(), false)) removeOccurrences(env, variable, type);
}
/** With recursive types the variable may be inside of all that is no abbreviation or abstract type: those could be the variable itself. */
function contractiveCheck(env: Env, variable: TypeExpr, type: TypeExpr): void {
  const visit = (x: TypeExpr, seen: ReadonlySet<TypeExpr>): void => {
    const t = repr(x);
    if (t === variable || seen.has(t)) fail({ kind: "occurs", variable, type });
    if (t.desc.kind !== "constr" || !occurs(variable, t, newMark(), false) || isContractive(findType(t.desc.path, currentEnv(env)), t.desc.path)) return;
    const inside = new Set([...seen, t]);
    const expanded = expandOnce(currentEnv(env), t);
    if (expanded === undefined) return t.desc.args.forEach((arg) => visit(arg, inside));
    visit(expanded, inside);
  };
  visit(type, new Set());
}
/** Whether types that a constructor makes of others are never one of these. */
export function isContractive(declaration: TypeDeclaration | undefined, path: Path): boolean {
  if (declaration === undefined) return false;
  return declaration.kind.kind !== "abstract" || (declaration.manifest === undefined && path.kind === "ident" && path.id.kind === "predef");
}
function removeOccurrences(env: Env, variable: TypeExpr, type: TypeExpr): void {
  const visit = (x: TypeExpr, inside: readonly TypeExpr[]): void => {
    const t = repr(x);
    if (t === variable) fail({ kind: "occurs", variable, type });
    if (t.desc.kind === "object" || t.desc.kind === "variant") return;
    if (t.desc.kind === "constr") {
      if (!occurs(variable, t, newMark(), false)) return;
      const expanded = inside.includes(t) ? undefined : expandOnce(currentEnv(env), t);
      if (expanded === undefined) return fail({ kind: "occurs", variable, type });
      visit(expanded, [...inside, t]);
      // What it stands for is without the variable: that is used from now on.
      linkType(t, expanded);
      return;
    }
    iterChildren((child) => visit(child, inside), t);
  };
  visit(type, []);
}

/** Whether `part` is in the type, objects and variants included. */
const deepOccurs = (part: TypeExpr, type: TypeExpr): boolean => occurs(part, type, newMark(), true);

/** Bound variables of the polymorphic types being compared must not get out of them. */
export function checkUnivars(type: TypeExpr): void {
  if (univarPairs.length > 0) checkBoundVariables(type);
}
function checkBoundVariables(type: TypeExpr): void {
  const visit = (x: TypeExpr, bound: ReadonlySet<TypeExpr>, seen: Set<TypeExpr>): void => {
    const t = repr(x);
    if (seen.has(t)) return;
    seen.add(t);
    if (t.desc.kind === "univar" && !bound.has(t)) fail({ kind: "univar", variable: t });
    if (t.desc.kind === "poly") return visit(t.desc.body, new Set([...bound, ...t.desc.variables.map(repr)]), new Set(seen));
    iterChildren((child) => visit(child, bound, seen), t);
  };
  visit(type, new Set(), new Set());
}

function bindVariable(env: Env, variable: TypeExpr, type: TypeExpr): void {
  occurCheck(env, variable, type);
  checkUnivars(type);
  const t = repr(type);
  updateLevel(env, t, variable.level);
  updateScope(t, variable.scope);
  const target = repr(t);
  if (target === variable) return;
  linkType(variable, target);
}

// ---------------------------------------------------------------- types

export function unifyTypes(env: Env, left: TypeExpr, right: TypeExpr): void {
  let a = repr(left);
  let b = repr(right);
  let pushed = 0;
  // Functions with many parameters: a loop along the results.
  for (;;) {
    if (a === b) break;
    pairsLeft[pairsEnd] = a;
    pairsRight[pairsEnd] = b;
    pairsEnd++;
    pushed++;
    const next = unifyNodes(env, a, b);
    if (next === undefined) break;
    a = repr(next.left);
    b = repr(next.right);
  }
  pairsEnd -= pushed;
}

/** Unifies; what remains to be done in tail position is returned. */
function unifyNodes(env: Env, a: TypeExpr, b: TypeExpr): Difference | undefined {
  if (a.desc.kind === "var" && b.desc.kind === "var") {
    // The younger becomes the older.
    if (a.level < b.level) bindVariable(env, b, a);
    else bindVariable(env, a, b);
    return undefined;
  }
  if (a.desc.kind === "var" && !(b.desc.kind === "constr" && deepOccurs(a, b))) {
    bindVariable(env, a, b);
    return undefined;
  }
  if (b.desc.kind === "var" && !(a.desc.kind === "constr" && deepOccurs(b, a))) {
    bindVariable(env, b, a);
    return undefined;
  }
  if (a.desc.kind === "univar" && b.desc.kind === "univar") {
    unifyUnivars(a, b);
    return undefined;
  }
  const here = currentEnv(env);
  if (a.desc.kind === "constr" && b.desc.kind === "constr" && a.desc.args.length === 0 && b.desc.args.length === 0) {
    if (samePath(a.desc.path, b.desc.path)) {
      sameLevels(env, a, b);
      if (mode === undefined) linkType(a, b);
      return undefined;
    }
    if (here.localEquations) {
      // Local equations are not used more than is needed: the younger of two abstract types is expanded first.
      const first = newtypeScope(here, a.desc.path);
      const second = newtypeScope(here, b.desc.path);
      if (first !== undefined && second !== undefined) {
        const expanded = first < second ? expandOnce(here, b) : expandOnce(here, a);
        if (expanded !== undefined) return first < second ? { left: a, right: expanded } : { left: expanded, right: b };
      }
    }
  }
  const x = expandHeadUnifying(here, a);
  const y = expandHeadUnifying(here, b);
  sameLevels(env, a, b);
  if (x === y) return undefined;
  if (x !== a || y !== b) {
    // Equal abbreviations with arguments that can be unified spare the expansion.
    const ra = repr(a);
    const rb = repr(b);
    if (ra === rb) return undefined;
    if (mode === undefined && ra.desc.kind === "constr" && rb.desc.kind === "constr" && samePath(ra.desc.path, rb.desc.path) && ra.desc.args.length > 0) {
      const left = ra.desc.args;
      const right = rb.desc.args;
      if (left.every((t, i) => repr(t) === repr(right[i]!))) return undefined;
      // Objects and variants may be recursive through the abbreviation: its arguments come first.
      if (x.desc.kind === "object" || x.desc.kind === "variant") {
        const s = snapshot();
        const depth = pairsEnd;
        try {
          unifyLists(env, left, right);
          commit(s);
          return undefined;
        } catch (error) {
          if (!(error instanceof UnifyError)) throw error;
          backtrack(s);
          pairsEnd = depth;
        }
      }
    }
  }
  a = repr(a);
  b = repr(b);
  const left = repr(x);
  const right = repr(y);
  // What is linked is an expansion or a type that is none: an abbreviation on either side is what both are called from now on.
  if (a === left || b !== right) return unifyStructures(env, a, left, b, right);
  unifySwapped(env, b, right, a, left);
  return undefined;
}

/** `unifyStructures` with the sides the other way round; differences are told as they were given. */
function unifySwapped(env: Env, a: TypeExpr, x: TypeExpr, b: TypeExpr, y: TypeExpr): void {
  const outer = pairsEnd - pairsStart;
  try {
    const rest = unifyStructures(env, a, x, b, y);
    if (rest !== undefined) unifyTypes(env, rest.left, rest.right);
  } catch (error) {
    if (!(error instanceof UnifyError)) throw error;
    throw new UnifyError(error.differences.map((p, i) => (i < outer ? p : { left: p.right, right: p.left })), otherSide(error.reason));
  }
}

function otherSide(reason: Reason): Reason {
  switch (reason.kind) {
    case "missingTag":
    case "closedRow":
    case "missingMethod":
      return { ...reason, side: reason.side === "left" ? "right" : "left" };
    case "label":
      return { ...reason, left: reason.right, right: reason.left };
    default:
      return reason;
  }
}

function newtypeScope(env: Env, path: Path): number | undefined {
  const declaration = findType(path, env);
  return declaration?.isNewtype === true ? pathScope(path) : undefined;
}

/** Both nodes will be one: they get the lower level and the higher scope. */
function sameLevels(env: Env, a: TypeExpr, b: TypeExpr): void {
  if (a.level !== b.level) {
    const level = Math.min(a.level, b.level);
    if (a.desc.kind === "object" && b.desc.kind === "object") {
      // Self's type keeps its class's level inside; what else is in objects gets the lower level when their fields are compared.
      setTypeLevel(a, level);
      setTypeLevel(b, level);
    } else {
      updateLevel(env, a, level);
      updateLevel(env, b, level);
    }
  }
  if (a.scope !== b.scope) {
    const scope = Math.max(a.scope, b.scope);
    updateScope(a, scope);
    updateScope(b, scope);
  }
}

function unifyLists(env: Env, left: readonly TypeExpr[], right: readonly TypeExpr[]): void {
  if (left.length !== right.length) fail();
  for (let i = 0; i < left.length; i++) unifyTypes(env, left[i]!, right[i]!);
}

/** `a` and `b` are the types; `x` and `y` the same with their heads expanded. */
function unifyStructures(env: Env, a: TypeExpr, x: TypeExpr, b: TypeExpr, y: TypeExpr): Difference | undefined {
  if (x === y) return undefined;
  if (x.desc.kind === "var") {
    bindVariable(env, x, b);
    return undefined;
  }
  if (y.desc.kind === "var") {
    bindVariable(env, y, a);
    return undefined;
  }
  const dx = x.desc;
  const dy = y.desc;
  if (dx.kind === "univar" && dy.kind === "univar") {
    unifyUnivars(x, y);
    return undefined;
  }
  if (mode !== undefined) {
    assumed ??= new Map();
    const known = assumed.get(x);
    if (known?.has(y) === true) return undefined;
    if (known === undefined) assumed.set(x, new Set([y]));
    else known.add(y);
    unifyDescriptions(env, x, y);
    return undefined;
  }
  // Linking must not make an abbreviation contain itself.
  const recursive = y !== b && deepOccurs(x, b);
  if (dx.kind === "variant" && dy.kind === "variant") {
    // Rows whose tags are all known have no variable that becomes one first: without the link a recursive type has no end.
    setDesc(x, linkDesc(recursive ? y : b));
    try {
      unifyRows(env, dx.row, dy.row);
    } catch (error) {
      setDesc(x, dx);
      throw error;
    }
    return undefined;
  }
  if (recursive || dx.kind === "field" || dx.kind === "nil" || dy.kind === "field" || dy.kind === "nil") {
    unifyDescriptions(env, x, y);
    return undefined;
  }
  // The nodes become one before their parts are compared, so that cyclic types come to an end. Self's type is not abbreviated.
  const target = dx.kind === "object" && findField(dx.fields, DUMMY_METHOD) !== undefined ? y : b;
  checkLinkOccurs(env, x, target);
  setDesc(x, linkDesc(target));
  try {
    return unifyDescs(env, x, dx, y, dy);
  } catch (error) {
    setDesc(x, dx);
    throw error;
  }
}

function checkLinkOccurs(env: Env, x: TypeExpr, target: TypeExpr): void {
  // x is not a variable: it can be in the other type only through an abbreviation.
  if (target.level >= x.level && occurs(x, target, newMark(), false)) occurCheck(env, x, target);
}

function unifyDescriptions(env: Env, x: TypeExpr, y: TypeExpr): void {
  const rest = unifyDescs(env, x, x.desc, y, y.desc);
  if (rest !== undefined) unifyTypes(env, rest.left, rest.right);
}

function unifyDescs(env: Env, a: TypeExpr, x: TypeExpr["desc"], b: TypeExpr, y: TypeExpr["desc"]): Difference | undefined {
  const here = currentEnv(env);
  if (x.kind === "constr" && y.kind === "constr" && (samePath(x.path, y.path) || samePath(normalizeTypePath(x.path, here), normalizeTypePath(y.path, here)))) {
    if (mode === undefined || !mode.generate) unifyLists(env, x.args, y.args);
    else unifyArguments(env, x.path, x.args, y.args);
    return undefined;
  }
  if (mode !== undefined && mode.generate) {
    const first = x.kind === "constr" && isRefinable(here, x.path, x.args.length);
    const second = y.kind === "constr" && isRefinable(here, y.path, y.args.length);
    if (first && second) {
      // The younger is defined by the older.
      if (pathScope(x.path) > pathScope(y.path)) addEquation(mode.equations, x.path, b);
      else addEquation(mode.equations, y.path, a);
      return undefined;
    }
    if (first) {
      reify(mode.equations, b);
      addEquation(mode.equations, x.path, b);
      return undefined;
    }
    if (second) {
      reify(mode.equations, a);
      addEquation(mode.equations, y.path, a);
      return undefined;
    }
  }
  if (mode !== undefined && (x.kind === "constr" || y.kind === "constr")) {
    reify(mode.equations, a);
    reify(mode.equations, b);
    if (mode.generate && !compatible(env, a, b)) fail();
    return undefined;
  }
  if (x.kind === "arrow" && y.kind === "arrow") {
    if (!compatibleLabels(x.label, y.label) && !(mode !== undefined && x.label.kind !== "optional" && y.label.kind !== "optional")) fail({ kind: "label", left: labelName(x.label), right: labelName(y.label) });
    unifyTypes(env, x.parameter, y.parameter);
    if (isCommutable(x.commutable) !== isCommutable(y.commutable)) {
      if (isCommutable(x.commutable)) setCommutable(y.commutable, "ok");
      else setCommutable(x.commutable, "ok");
    } else linkCommutable(x.commutable, y.commutable);
    return { left: x.result, right: y.result };
  }
  if (x.kind === "tuple" && y.kind === "tuple") {
    unifyLists(env, x.components, y.components);
    return undefined;
  }
  if (x.kind === "object" && y.kind === "object") {
    unifyFields(env, x.fields, y.fields);
    unifyObjectNames(x.name, y.name);
    return undefined;
  }
  if (x.kind === "variant" && y.kind === "variant") {
    if (mode === undefined) unifyRows(env, x.row, y.row);
    else {
      const s = snapshot();
      const depth = pairsEnd;
      try {
        unifyRows(env, x.row, y.row);
        commit(s);
      } catch (error) {
        if (!(error instanceof UnifyError)) throw error;
        backtrack(s);
        pairsEnd = depth;
        reify(mode.equations, a);
        reify(mode.equations, b);
        if (mode.generate && !compatible(env, a, b)) fail();
      }
    }
    return undefined;
  }
  if (x.kind === "nil" && y.kind === "nil") return undefined;
  if (x.kind === "field" || y.kind === "field") {
    unifyFields(env, a, b);
    return undefined;
  }
  if (x.kind === "poly" && y.kind === "poly") {
    if (x.variables.length !== y.variables.length) fail();
    if (x.variables.length === 0) return { left: x.body, right: y.body };
    univarPairs.push(boundPair(x.variables, y.variables));
    try {
      unifyTypes(env, x.body, y.body);
    } finally {
      univarPairs.pop();
    }
    return undefined;
  }
  if (x.kind === "poly" && x.variables.length === 0) return { left: x.body, right: b };
  if (y.kind === "poly" && y.variables.length === 0) return { left: a, right: y.body };
  if (x.kind === "package" && y.kind === "package") {
    unifyPackages(env, x, y);
    return undefined;
  }
  return fail();
}

function unifyUnivars(a: TypeExpr, b: TypeExpr): void {
  for (let i = univarPairs.length - 1; i >= 0; i--) {
    const { left, right, same } = univarPairs[i]!;
    const found = (left.includes(a) && right.includes(b)) || (left.includes(b) && right.includes(a));
    if (!found) {
      if (left.includes(a) || right.includes(a) || left.includes(b) || right.includes(b)) fail();
      continue;
    }
    const known = same.get(a);
    if (known === b) return;
    if (known !== undefined || same.has(b)) fail();
    same.set(a, b);
    same.set(b, a);
    return;
  }
  fail();
}

type PackageDesc = Extract<TypeExpr["desc"], { kind: "package" }>;
type PackageConstraint = PackageDesc["constraints"][number];

/** Whether a module of the one package type has the other as it is; set by typemod.ts. */
let includesPackage: (env: Env, left: PackageDesc, right: PackageDesc) => boolean = () => false;
export function setPackageInclusion(f: (env: Env, left: PackageDesc, right: PackageDesc) => boolean): void {
  includesPackage = f;
}

/**
 * What a package type says of the types that its constraints or the `other` ones name: its module type may define them. Undefined when
 * it leaves one open, unless that is `allowed`.
 */
function completedConstraints(env: Env, own: PackageDesc, other: readonly PackageConstraint[], allowed: boolean): PackageConstraint[] | undefined {
  const all = [...own.constraints];
  for (const { path } of other) {
    if (own.constraints.some((c) => sameNames(c.path, path))) continue;
    const declaration = typeOfSignature(env, own.path, path);
    if (declaration?.arity !== 0) return undefined;
    if (declaration.manifest !== undefined && declaration.private === "public") all.push({ path, type: instance(declaration.manifest) });
    else if (declaration.kind.kind !== "abstract" || !allowed) return undefined;
  }
  return all.sort((x, y) => (x.path.join(".") < y.path.join(".") ? -1 : 1));
}
const sameNames = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((name, i) => name === b[i]);

function typeOfSignature(env: Env, path: Path, names: readonly string[]): TypeDeclaration | undefined {
  let type: ModuleType = { kind: "ident", path };
  for (const name of names.slice(0, -1)) {
    const module: SignatureItem | undefined = signatureOf(env, type)?.find((item) => item.kind === "module" && item.id.name === name);
    if (module?.kind !== "module") return undefined;
    ({ type } = module.declaration);
  }
  const item = signatureOf(env, type)?.find((i) => i.kind === "type" && i.id.name === names[names.length - 1]);
  return item?.kind === "type" ? item.declaration : undefined;
}

function unifyPackages(env: Env, x: PackageDesc, y: PackageDesc): void {
  const here = currentEnv(env);
  const left = completedConstraints(here, x, y.constraints, false);
  const right = completedConstraints(here, y, x.constraints, false);
  if (left === undefined || right === undefined) return fail();
  left.forEach((c, i) => {
    unifyTypes(env, c.type, right[i]!.type);
  });
  if (!isSamePackagePath(here, x.path, y.path) && !(includesPackage(here, x, y) && includesPackage(here, y, x))) fail();
}
const isSamePackagePath = (env: Env, left: Path, right: Path): boolean => samePath(resolveModtype(env, left), resolveModtype(env, right));

/** The types that must be equal for modules of the one package type to be ones of the other; undefined when they cannot be. */
export function packageCoercion(env: Env, x: PackageDesc, y: PackageDesc): (readonly [TypeExpr, TypeExpr])[] | undefined {
  const left = completedConstraints(env, x, y.constraints, false);
  const right = completedConstraints(env, y, x.constraints, true);
  if (left === undefined || right === undefined) return undefined;
  const pairs = right.map((c) => [left.find((d) => sameNames(c.path, d.path))!.type, c.type] as const);
  if (isSamePackagePath(env, x.path, y.path)) return pairs;
  const s = snapshot();
  try {
    for (const [a, b] of pairs) unify(env, a, b);
    return includesPackage(env, x, y) ? pairs : undefined;
  } catch (error) {
    if (!(error instanceof UnifyError)) throw error;
    return undefined;
  } finally {
    backtrack(s);
  }
}

/** A module type's path with abbreviations `module type S = T` followed. */
export function resolveModtype(env: Env, path: Path): Path {
  let p = path;
  for (let i = 0; i < LONGEST; i++) {
    const declaration = tryFindModtype(p, env);
    if (declaration?.type?.kind === "ident") p = declaration.type.path;
    else break;
  }
  return p.kind === "dot" ? { kind: "dot", prefix: normalizeModulePath(p.prefix, env), name: p.name } : p;
}

// ---------------------------------------------------------------- GADT equations

/** A type of this unit that is no parameter of a function: it is what its declaration says, and different from all others. */
function isNonAliasable(path: Path, declaration: TypeDeclaration): boolean {
  return path.kind === "ident" && !declaration.isNewtype;
}

/** Whether the path is an abstract type that may get an equation. */
function isRefinable(env: Env, path: Path, arity: number): boolean {
  if (arity > 0) return false;
  const declaration = findType(path, env);
  return declaration !== undefined && declaration.kind.kind === "abstract" && declaration.private === "public" && declaration.arity === 0 && declaration.manifest === undefined && !isNonAliasable(path, declaration);
}

function addEquation(target: Equations, path: Path, type: TypeExpr): void {
  // A recursive equation tells nothing: there may be such types elsewhere.
  if (mentionsPath(target.env, path, type)) return;
  const old = findType(path, target.env)!;
  const manifest = duplicate(type);
  const declaration: TypeDeclaration = declarationWith(old, { manifest, expansionScope: target.level, isNewtype: true });
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
function reify(target: Equations, type: TypeExpr): void {
  const seen = new Set<TypeExpr>();
  const visit = (x: TypeExpr): void => {
    const t = repr(x);
    if (seen.has(t)) return;
    seen.add(t);
    if (t.desc.kind === "var") {
      if (t.level === GENERIC_LEVEL) return;
      const fresh = newExistential(target, t.desc.name ?? "0");
      if (pathScope(fresh.desc.kind === "constr" ? fresh.desc.path : NO_PATH) > t.level) fail({ kind: "mismatch" });
      linkType(t, fresh);
      return;
    }
    if (t.desc.kind === "variant") {
      const more = repr(t.desc.row.more);
      iterChildren((child) => {
        if (repr(child) !== more) visit(child);
      }, t);
      return;
    }
    iterChildren(visit, t);
  };
  visit(type);
}
const NO_PATH: Path = { kind: "ident", id: { name: "", kind: "predef", stamp: 0, scope: 0 } };

/** A new abstract type `$name` in the environment of the equations. */
export function newExistential(target: Equations, name: string, visibleName?: string): TypeExpr {
  const id = createScoped(visibleName ?? (name.startsWith("$") ? name : `$${name}`), target.level);
  const declaration: TypeDeclaration = {
    parameters: [], arity: 0, kind: { kind: "abstract", origin: "existential" }, private: "public", manifest: undefined, variance: [], separability: [], isNewtype: true, expansionScope: 0,
    loc: { file: { name: "_none_", text: "" }, start: 0, end: 0, ghost: true }, attributes: [], immediate: "unknown", unboxed: false, uid: freshUid(),
  };
  target.env = addLocalType(pident(id), declaration, target.env);
  return newConstr(pident(id), []);
}

/** Arguments of one constructor: those of injective parameters must be equal, others may be anything. */
function unifyArguments(env: Env, path: Path, left: readonly TypeExpr[], right: readonly TypeExpr[]): void {
  const outer = mode!;
  if (left.length !== right.length) fail();
  const nested = (m: PatternMode, run: () => void): void => {
    mode = m;
    try {
      run();
    } finally {
      mode = outer;
    }
  };
  if (outer.injective) {
    // What a constructor's declaration says of its own result is no equation of unknown functions.
    nested({ ...outer, injective: false }, () => unifyLists(env, left, right));
    return;
  }
  const declaration = findType(path, currentEnv(env));
  if (path.kind === "ident" || (declaration !== undefined && declaration.kind.kind !== "abstract")) return unifyLists(env, left, right);
  left.forEach((l, i) => {
    const injective = declaration !== undefined && ((declaration.variance[i] ?? 0) & 8) !== 0;
    if (injective) return unifyTypes(env, l, right[i]!);
    nested({ ...outer, generate: false }, () => {
      const s = snapshot();
      const saved = pairsEnd;
      try {
        unifyTypes(env, l, right[i]!);
        commit(s);
      } catch (error) {
        if (!(error instanceof UnifyError)) throw error;
        backtrack(s);
        pairsEnd = saved;
        reify(outer.equations, l);
        reify(outer.equations, right[i]!);
      }
    });
  });
}

/** Whether two types might be the same, whatever the abstract types of elsewhere are. */
export function compatible(env: Env, a: TypeExpr, b: TypeExpr): boolean {
  const here = currentEnv(env);
  const seen: [TypeExpr, TypeExpr][] = [];
  const all = (left: readonly TypeExpr[], right: readonly TypeExpr[]): boolean => left.length === right.length && left.every((t, i) => visit(t, right[i]!));
  const isDatatype = (d: TypeDeclaration): boolean => d.kind.kind !== "abstract";
  const visit = (l: TypeExpr, r: TypeExpr): boolean => {
    const x = expandHead(here, l);
    const y = expandHead(here, r);
    if (x === y || x.desc.kind === "var" || y.desc.kind === "var" || x.desc.kind === "univar" || y.desc.kind === "univar") return true;
    if (x.desc.kind === "constr" && y.desc.kind === "constr" && x.desc.args.length === 0 && samePath(x.desc.path, y.desc.path)) return true;
    if (seen.some(([p, q]) => p === x && q === y)) return true;
    seen.push([x, y]);
    const dx = x.desc;
    const dy = y.desc;
    if (dx.kind === "arrow" && dy.kind === "arrow") return (sameLabel(dx.label, dy.label) || (dx.label.kind !== "optional" && dy.label.kind !== "optional")) && visit(dx.parameter, dy.parameter) && visit(dx.result, dy.result);
    if (dx.kind === "tuple" && dy.kind === "tuple") return all(dx.components, dy.components);
    if (dx.kind === "constr" && dy.kind === "constr") return constructors(dx.path, dx.args, dy.path, dy.args);
    if (dx.kind === "constr" || dy.kind === "constr") {
      const path = dx.kind === "constr" ? dx.path : dy.kind === "constr" ? dy.path : NO_PATH;
      const d = findType(path, here);
      return d === undefined || !(isNonAliasable(path, d) || isDatatype(d));
    }
    if (dx.kind === "variant" && dy.kind === "variant") return rows(rowRepr(dx.row), rowRepr(dy.row));
    if (dx.kind === "poly" && dy.kind === "poly") return dx.variables.length === dy.variables.length && visit(dx.body, dy.body);
    return dx.kind === dy.kind;
  };
  /** Whether some value may have both variant types: a tag that one must have is not excluded by the other. */
  const rows = (left: RowDesc, right: RowDesc): boolean => {
    const excluded = (from: RowDesc, other: RowDesc): boolean => other.closed && from.fields.some((f) => rowFieldState(f.field).kind === "present" && !other.fields.some((g) => g.label === f.label));
    if (excluded(left, right) || excluded(right, left)) return false;
    return left.fields.every((f) => {
      const g = right.fields.find((x) => x.label === f.label);
      const s = rowFieldState(f.field);
      const t = g === undefined ? undefined : rowFieldState(g.field);
      if (t === undefined) return true;
      if ((s.kind === "present" && t.kind === "absent") || (s.kind === "absent" && t.kind === "present")) return false;
      if (s.kind !== "present" || t.kind !== "present") return true;
      if (s.argument === undefined || t.argument === undefined) return s.argument === t.argument;
      return visit(s.argument, t.argument);
    });
  };
  const constructors = (p: Path, left: readonly TypeExpr[], q: Path, right: readonly TypeExpr[]): boolean => {
    const d = findType(p, here);
    const e = findType(q, here);
    if (d === undefined || e === undefined) return true;
    if (samePath(p, q)) return left.every((t, i) => ((d.variance[i] ?? 0) & 8) === 0 || visit(t, right[i]!));
    if (isNonAliasable(p, d) && isNonAliasable(q, e)) return false;
    if (d.kind.kind === "record" && e.kind.kind === "record") {
      const second = e.kind.labels;
      return all(left, right) && d.kind.labels.length === second.length && d.kind.labels.every((f, i) => f.id.name === second[i]!.id.name && f.mutable === second[i]!.mutable);
    }
    if (d.kind.kind === "variant" && e.kind.kind === "variant") {
      const second = e.kind.constructors;
      return all(left, right) && d.kind.constructors.length === second.length && d.kind.constructors.every((f, i) => f.id.name === second[i]!.id.name);
    }
    if (d.kind.kind === "open" && e.kind.kind === "open") return all(left, right);
    if (d.kind.kind === "abstract" && e.kind.kind === "abstract") return true;
    if (d.kind.kind === "abstract") return !isNonAliasable(p, d);
    if (e.kind.kind === "abstract") return !isNonAliasable(q, e);
    return false;
  };
  return visit(a, b);
}

// ---------------------------------------------------------------- functions

/** The parameter and result of a function type; makes it one when it is a variable. Undefined when it is something else. */
export function filterArrow(env: Env, type: TypeExpr, label: Extract<TypeExpr["desc"], { kind: "arrow" }>["label"]): { parameter: TypeExpr; result: TypeExpr } | undefined {
  const t = expandHead(env, type);
  if (t.desc.kind === "var") {
    const parameter = newVarAt(t.level);
    const result = newVarAt(t.level);
    linkType(t, newTypeAt(t.level, arrowDesc(label, parameter, result, { state: "ok" })));
    return { parameter, result };
  }
  if (t.desc.kind === "arrow" && (label.kind === "nolabel" ? compatibleLabels(t.desc.label, label) : sameLabel(t.desc.label, label))) return { parameter: t.desc.parameter, result: t.desc.result };
  return undefined;
}

export { DUMMY_METHOD, fieldsEnd, filterMethod, findField, flattenFields } from "./unify-rows.ts";
