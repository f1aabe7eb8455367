/** Levels: generalization and instances (Rémy, "Extension of ML type system with a sorted equational theory on types", 1992). */
import { copyCommutable, fieldKindRepr, forgetConstantExpansions, getLevel, iterChildren, newConstr, newMark, newTypeAt, newVar, newVarAt, repr, rowFieldState, rowRepr, setDesc, setTypeLevel } from "./btype.ts";
import { findType, type Env } from "./env.ts";
import { createScoped } from "./ident.ts";
import { pident } from "./path.ts";
import { arrowDesc, constrDesc, fieldDesc, linkDesc, newNode, NIL_DESC, objectDesc, packageDesc, polyDesc, tupleDesc, variantDesc, varDesc } from "./type-nodes.ts";
import { GENERIC_LEVEL, type FieldKind, type RowDesc, type RowFieldCell, type TypeDesc, type TypeExpr } from "./types.ts";

/** Quantifies what was made above the current level. */
export function generalize(type: TypeExpr): void {
  forgetConstantExpansions();
  const level = getLevel();
  const first = repr(type);
  if (first.level <= level || first.level === GENERIC_LEVEL) return;
  generalizing.push(first);
  while (generalizing.length > 0) {
    const t = repr(generalizing.pop()!);
    if (t.level <= level || t.level === GENERIC_LEVEL) continue;
    setTypeLevel(t, GENERIC_LEVEL);
    iterChildren(generalizeLater, t);
  }
}
const generalizing: TypeExpr[] = [];
const generalizeLater = (t: TypeExpr): void => {
  generalizing.push(t);
};

/** Quantifies the variables of a type whose structure is generic already. */
export function generalizeVariables(type: TypeExpr): void {
  const level = getLevel();
  const mark = newMark();
  const visit = (x: TypeExpr): void => {
    const t = repr(x);
    if (t.mark === mark) return;
    t.mark = mark;
    if (t.level > level && t.level !== GENERIC_LEVEL) generalize(t);
    else iterChildren(visit, t);
  };
  visit(type);
}

/**
 * Makes what is known of a type generic, its variables stay as they are: for values that are not quantified, once all of
 * their structure has been typed. Users then get nodes of their own, and what these are unified with stays theirs.
 */
export function generalizeKnown(type: TypeExpr): void {
  structureMark = newMark();
  generalizeKnownNode(type);
}
function generalizeKnownNode(type: TypeExpr): void {
  const t = repr(type);
  const { desc } = t;
  if (t.mark === structureMark || (desc.kind !== "constr" && desc.kind !== "arrow" && desc.kind !== "tuple")) return;
  t.mark = structureMark;
  setTypeLevel(t, GENERIC_LEVEL);
  iterChildren(generalizeKnownNode, t);
}

/**
 * Makes the structure of a type generic while its variables stay unknown: where it is used again, an instance has nodes of
 * its own, which a branch's equations may mark.
 */
export function generalizeStructure(type: TypeExpr): void {
  forgetConstantExpansions();
  structureMark = newMark();
  structureLevel = getLevel();
  generalizeNode(type);
}
let structureMark = 0;
let structureLevel = 0;
function generalizeNode(type: TypeExpr): void {
  let t = repr(type);
  for (;;) {
    if (t.level === GENERIC_LEVEL || t.mark === structureMark) return;
    t.mark = structureMark;
    if (t.desc.kind === "var") {
      if (t.level > structureLevel) setTypeLevel(t, structureLevel);
      return;
    }
    if (t.level <= structureLevel) return;
    setTypeLevel(t, GENERIC_LEVEL);
    if (t.desc.kind === "arrow") {
      generalizeNode(t.desc.parameter);
      t = repr(t.desc.result);
      continue;
    }
    iterChildren(generalizeNode, t);
    return;
  }
}

/**
 * Quantifies in the type of an expansive expression: variables in positions that are only covariant (Garrigue, "Relaxing
 * the value restriction", 2004); the others stay monomorphic.
 */
export function generalizeExpansive(env: Env, type: TypeExpr): void {
  limitGeneralization(env, type);
  generalize(type);
}
/** Makes monomorphic what must not be quantified in the type of an expansive expression. */
export function limitGeneralization(env: Env, type: TypeExpr): void {
  const t = repr(type);
  if (t.level <= getLevel() || t.level === GENERIC_LEVEL) return;
  lowerContravariant(env, type, false, new Map());
}

function lowerContravariant(env: Env, type: TypeExpr, contravariant: boolean, seen: Map<TypeExpr, boolean>): void {
  const t = repr(type);
  const level = getLevel();
  if (t.level <= level || t.level === GENERIC_LEVEL) return;
  const before = seen.get(t);
  if (before === true || (before === false && !contravariant)) return;
  seen.set(t, contravariant);
  const { desc } = t;
  const go = (child: TypeExpr, flag: boolean): void => lowerContravariant(env, child, flag, seen);
  switch (desc.kind) {
    case "var":
      if (contravariant) setTypeLevel(t, level);
      break;
    case "constr": {
      const declaration = desc.args.length === 0 ? undefined : findType(desc.path, env);
      desc.args.forEach((arg, i) => {
        const variance = declaration?.variance[i] ?? 127;
        // May occur negatively (or weakly): not to be generalized.
        if ((variance & 2) !== 0 || (variance & 4) !== 0) go(arg, true);
        else go(arg, contravariant);
      });
      break;
    }
    case "arrow":
      go(desc.parameter, true);
      go(desc.result, contravariant);
      break;
    case "package":
      for (const c of desc.constraints) go(c.type, true);
      break;
    case "variant":
      if (contravariant) iterChildren((child) => go(child, true), t);
      else iterChildren((child) => go(child, false), t);
      break;
    default:
      iterChildren((child) => go(child, contravariant), t);
  }
}

/** A generic copy of the structure down to the variables, which stay the same: branches of a match may mark nodes of their own. */
export function duplicate(type: TypeExpr): TypeExpr {
  const memo = new Map<TypeExpr, TypeExpr>();
  const go = (x: TypeExpr): TypeExpr => {
    const t = repr(x);
    const known = memo.get(t);
    if (known !== undefined) return known;
    switch (t.desc.kind) {
      case "arrow":
      case "tuple":
      case "constr":
      case "package":
      case "field":
        break;
      case "variant": {
        // A row that takes further tags is one wherever its variable is.
        const end = repr(rowRepr(t.desc.row).more).desc.kind;
        if (end === "var" || end === "univar") return t;
        break;
      }
      case "object":
        if (!isClosedObject(t.desc.fields)) return t;
        break;
      default:
        return t;
    }
    const fresh = newTypeAt(GENERIC_LEVEL, { kind: "nil" });
    fresh.scope = t.scope;
    memo.set(t, fresh);
    fresh.desc = t.desc.kind === "arrow" ? arrowDesc(t.desc.label, go(t.desc.parameter), go(t.desc.result), t.desc.commutable) : copyDesc(t.desc, go, kindsOf(memo));
    return fresh;
  };
  return go(type);
}

function isClosedObject(fields: TypeExpr): boolean {
  let t = repr(fields);
  while (t.desc.kind === "field") t = repr(t.desc.rest);
  return t.desc.kind === "nil";
}

/** Nodes that have a copy in the instance that is being made. */
const copied: TypeExpr[] = [];
/** Copies of private methods' kinds in that instance. */
let copiedKinds: Map<FieldKind, FieldKind> | undefined;
/** Copies of variant types in that instance, by their row variables: types of one row are one type. */
let copiedRows: Map<TypeExpr, TypeExpr> | undefined;

/** Nodes of the instance that was made last. */
let instanceSize = 0;
/** A value's type may have so many nodes: each use copies them, and a definition that uses another twice may have twice as many. */
const LARGEST_INSTANCE = 1 << 17;
/** Whether the instance that was made last is larger than any program needs. */
export const isInstanceTooLarge = (): boolean => instanceSize > LARGEST_INSTANCE;

function forgetCopies(): void {
  instanceSize = copied.length;
  for (const t of copied) t.copy = undefined;
  copied.length = 0;
  copiedKinds = undefined;
  copiedRows = undefined;
}

/** Copies with fresh variables for the quantified ones. */
export function instance(type: TypeExpr): TypeExpr {
  const t = repr(type);
  instanceSize = 0;
  if (t.level !== GENERIC_LEVEL) return t;
  if (t.desc.kind === "var") return newVar();
  try {
    return copyInstance(t);
  } finally {
    forgetCopies();
  }
}
/** Instances of several types that share variables. */
export function instances(types: readonly TypeExpr[]): TypeExpr[] {
  try {
    return types.map((t) => copyInstance(t));
  } finally {
    forgetCopies();
  }
}

/** As `copyGeneric`, with the copies noted in the nodes: what is instantiated most are types of values that are used. */
function copyInstance(type: TypeExpr): TypeExpr {
  const t = repr(type);
  if (t.level !== GENERIC_LEVEL) return t;
  if (t.copy !== undefined) return t.copy;
  const { desc } = t;
  switch (desc.kind) {
    case "univar":
    case "nil":
      return t;
  }
  const row = desc.kind === "variant" ? rowVariable(desc.row) : undefined;
  const same = row === undefined ? undefined : copiedRows?.get(row);
  const fresh = same ?? newNode(desc.kind === "var" ? varDesc(undefined) : NIL_DESC, getLevel());
  t.copy = fresh;
  copied.push(t);
  if (desc.kind === "var" || same !== undefined) return fresh;
  if (row !== undefined) (copiedRows ??= new Map()).set(row, fresh);
  fresh.scope = t.scope;
  switch (desc.kind) {
    case "arrow":
      fresh.desc = arrowDesc(desc.label, copyInstance(desc.parameter), copyInstance(desc.result), copyCommutable(desc.commutable));
      break;
    case "constr":
      // Expansions of constructors without arguments are not noted in their nodes.
      fresh.desc = desc.args.length === 0 ? desc : constrDesc(desc.path, copyInstances(desc.args), { expansion: undefined });
      break;
    case "tuple":
      fresh.desc = tupleDesc(copyInstances(desc.components));
      break;
    default:
      fresh.desc = copyDesc(desc, copyInstance, desc.kind === "field" ? (copiedKinds ??= new Map()) : NO_KINDS);
  }
  return fresh;
}
function copyInstances(types: readonly TypeExpr[]): readonly TypeExpr[] {
  const copies: TypeExpr[] = [];
  for (let i = 0; i < types.length; i++) copies.push(copyInstance(types[i]!));
  return copies;
}

export const freshVariable = (): TypeExpr => newVar();
const namedVariable = (t: TypeExpr): TypeExpr => newVar(t.desc.kind === "var" || t.desc.kind === "univar" ? t.desc.name : undefined);

/** The copy under what `memo` knows already; `variable` gives the copies of quantified variables. */
export function copyGeneric(type: TypeExpr, memo: Map<TypeExpr, TypeExpr>, variable: (t: TypeExpr) => TypeExpr = freshVariable): TypeExpr {
  const t = repr(type);
  if (t.level !== GENERIC_LEVEL) return t;
  const known = memo.get(t);
  if (known !== undefined) return known;
  const { desc } = t;
  if (desc.kind === "var") {
    const fresh = variable(t);
    memo.set(t, fresh);
    return fresh;
  }
  if (desc.kind === "univar" || desc.kind === "nil") return t;
  const row = desc.kind === "variant" ? rowVariable(desc.row) : undefined;
  const same = row === undefined ? undefined : rowCopiesOf(memo).get(row);
  const fresh = same ?? newTypeAt(getLevel(), { kind: "nil" });
  memo.set(t, fresh);
  if (same !== undefined) return same;
  if (row !== undefined) rowCopiesOf(memo).set(row, fresh);
  fresh.scope = t.scope;
  fresh.desc = copyDesc(desc, (child) => copyGeneric(child, memo, variable), desc.kind === "field" ? kindsOf(memo) : NO_KINDS);
  return fresh;
}

/** A distinct unknown type in the place of a quantified variable. */
export const rigidVariable = (t: TypeExpr, scope = 0): TypeExpr => newConstr(pident(createScoped(`'${t.desc.kind === "var" ? (t.desc.name ?? "a") : "a"}`, scope)), []);

/** A copy whose quantified variables are distinct unknown types, of a scope: what must hold of it holds of every instance. */
export function rigidInstance(type: TypeExpr, memo: Map<TypeExpr, TypeExpr>, scope = 0): TypeExpr {
  return copyGeneric(type, memo, (t) => rigidVariable(t, scope));
}

/** Copies of field kinds that belong to copies of types: a private method may become public in one instance only. */
const kindCopies = new WeakMap<Map<TypeExpr, TypeExpr>, Map<FieldKind, FieldKind>>();
export function kindsOf(memo: Map<TypeExpr, TypeExpr>): Map<FieldKind, FieldKind> {
  let kinds = kindCopies.get(memo);
  if (kinds === undefined) kindCopies.set(memo, (kinds = new Map()));
  return kinds;
}
/** Copies of variant types that belong to copies of types, by their row variables: types of one row are one type. */
const rowCopies = new WeakMap<Map<TypeExpr, TypeExpr>, Map<TypeExpr, TypeExpr>>();
export function rowCopiesOf(memo: Map<TypeExpr, TypeExpr>): Map<TypeExpr, TypeExpr> {
  let rows = rowCopies.get(memo);
  if (rows === undefined) rowCopies.set(memo, (rows = new Map()));
  return rows;
}
/** The variable at the end of a row, which all types of that row have. */
export function rowVariable(row: RowDesc): TypeExpr | undefined {
  const more = repr(rowRepr(row).more);
  return more.desc.kind === "var" || more.desc.kind === "univar" ? more : undefined;
}
export function copyKind(kind: FieldKind, kinds: Map<FieldKind, FieldKind>): FieldKind {
  const k = fieldKindRepr(kind);
  if (k.state !== "private") return k;
  let copy = kinds.get(k);
  if (copy === undefined) kinds.set(k, (copy = { state: "private" }));
  return copy;
}

/** For nodes that are no fields of objects. */
export const NO_KINDS = new Map<FieldKind, FieldKind>();

/** The node's description with the children replaced. Absent methods are left out. */
export function copyDesc(desc: TypeDesc, go: (t: TypeExpr) => TypeExpr, kinds: Map<FieldKind, FieldKind>): TypeDesc {
  switch (desc.kind) {
    case "arrow":
      return arrowDesc(desc.label, go(desc.parameter), go(desc.result), copyCommutable(desc.commutable));
    case "tuple":
      return tupleDesc(desc.components.map((c) => go(c)));
    case "constr":
      return desc.args.length === 0 ? desc : constrDesc(desc.path, desc.args.map((a) => go(a)), { expansion: undefined });
    case "object":
      return objectDesc(go(desc.fields), { value: desc.name.value === undefined ? undefined : { path: desc.name.value.path, args: desc.name.value.args.map((a) => go(a)) } });
    case "field":
      if (fieldKindRepr(desc.fieldKind).state === "absent") return linkDesc(go(desc.rest));
      return fieldDesc(desc.name, copyKind(desc.fieldKind, kinds), go(desc.type), go(desc.rest));
    case "poly":
      return polyDesc(go(desc.body), desc.variables);
    case "package":
      return packageDesc(desc.path, desc.constraints.map((c) => ({ path: c.path, type: go(c.type) })));
    case "variant":
      return variantDesc(copyRow(desc.row, go));
    default:
      return desc;
  }
}

export function copyRow(original: RowDesc, go: (t: TypeExpr) => TypeExpr): RowDesc {
  const row = rowRepr(original);
  // A row that is no part of what is copied keeps its fields: what they become is known to both.
  const end0 = repr(row.more);
  const kept = end0.desc.kind === "var" && end0.level !== GENERIC_LEVEL;
  const cell = (field: RowFieldCell): RowFieldCell => {
    const state = rowFieldState(field);
    if (kept && state.kind === "either") return field;
    if (state.kind === "present") return { state: { kind: "present", argument: state.argument === undefined ? undefined : go(state.argument) } };
    if (state.kind === "either") return { state: { ...state, args: state.args.map(go) } };
    return { state };
  };
  const more = go(row.more);
  // A row variable that is a unification variable again makes the row free.
  const end = repr(more).desc;
  const fixed: RowDesc["fixed"] = end.kind === "var" ? (row.fixed?.kind === "rigid" || row.fixed?.kind === "private" ? row.fixed : keepRowsFixed && row.fixed !== undefined ? { kind: "rigid" } : undefined) : end.kind === "constr" ? { kind: "reified", path: end.path } : row.fixed;
  return { fields: row.fields.map((f) => ({ label: f.label, field: cell(f.field) })), more, closed: row.closed, fixed, name: row.name === undefined ? undefined : { path: row.name.path, args: row.name.args.map(go) } };
}

/** Whether copies of rows that end in a bound variable take no more tags, though they end in a variable then. */
let keepRowsFixed = false;

/**
 * An instance of `'a b. t`: fresh variables for the quantified ones. `fixed`: for checking that something is so polymorphic. The variables
 * of a use have no names, unless it `keepsNames`.
 */
export function instancePoly(variables: readonly TypeExpr[], body: TypeExpr, fixed = false, keepsNames = true): { variables: TypeExpr[]; body: TypeExpr } {
  const memo = new Map<TypeExpr, TypeExpr>();
  const fresh = variables.map((v) => {
    const replacement = keepsNames ? namedVariable(repr(v)) : newVar();
    memo.set(repr(v), replacement);
    return replacement;
  });
  const saved = keepRowsFixed;
  keepRowsFixed = fixed;
  try {
    return { variables: fresh, body: replaceUnivars(body, memo) };
  } finally {
    keepRowsFixed = saved;
  }
}

function mentions(type: TypeExpr, keys: ReadonlyMap<TypeExpr, TypeExpr>, seen: Set<TypeExpr>): boolean {
  const t = repr(type);
  if (keys.has(t)) return true;
  if (seen.has(t)) return false;
  seen.add(t);
  // A type can lead back to the one that binds the variables: a method's to the object that has the method.
  if (t.desc.kind === "poly" && t.desc.variables.some((v) => keys.has(repr(v)))) return false;
  let found = false;
  iterChildren((child) => {
    if (!found && mentions(child, keys, seen)) found = true;
  }, t);
  return found;
}

/** Makes variables that are not quantified ones of an outer level. */
export function lowerVariables(type: TypeExpr, level: number): void {
  const seen = new Set<TypeExpr>();
  const visit = (x: TypeExpr): void => {
    const t = repr(x);
    if (seen.has(t)) return;
    seen.add(t);
    if (t.desc.kind === "var" && t.level !== GENERIC_LEVEL && t.level > level) setTypeLevel(t, level);
    iterChildren(visit, t);
  };
  visit(type);
}

/** The type with certain nodes (univars, parameters) replaced; parts without them are shared. */
export function replaceUnivars(type: TypeExpr, memo: Map<TypeExpr, TypeExpr>): TypeExpr {
  const keys = new Map(memo);
  const go = (x: TypeExpr): TypeExpr => {
    const t = repr(x);
    const known = memo.get(t);
    if (known !== undefined) return known;
    if (!mentions(t, keys, new Set())) return t;
    const fresh = newVarAt(getLevel());
    memo.set(t, fresh);
    fresh.desc = copyDesc(t.desc, go, kindsOf(memo));
    return fresh;
  };
  return go(type);
}

/** The same type in nodes of its own, variables excepted: what it is found equal to does not become part of the first. */
export function withOwnNodes(type: TypeExpr): TypeExpr {
  const memo = new Map<TypeExpr, TypeExpr>();
  const go = (x: TypeExpr): TypeExpr => {
    const t = repr(x);
    const known = memo.get(t);
    if (known !== undefined) return known;
    if (t.desc.kind === "var" || t.desc.kind === "univar" || t.desc.kind === "nil") return t;
    const fresh = newTypeAt(t.level, { kind: "nil" });
    memo.set(t, fresh);
    fresh.scope = t.scope;
    fresh.desc = copyDesc(t.desc, go, kindsOf(memo));
    return fresh;
  };
  return go(type);
}

/** Replaces a variable by another node's description, in place. */
export function assign(variable: TypeExpr, desc: TypeDesc): void {
  setDesc(variable, desc);
}

/** Whether the type has no free variable at the current or a deeper level. */
export function isClosed(type: TypeExpr): boolean {
  const seen = new Set<TypeExpr>();
  const visit = (x: TypeExpr): boolean => {
    const t = repr(x);
    if (seen.has(t)) return true;
    seen.add(t);
    if (t.desc.kind === "var") return t.level === GENERIC_LEVEL;
    let ok = true;
    iterChildren((child) => {
      if (ok && !visit(child)) ok = false;
    }, t);
    return ok;
  };
  return visit(type);
}
