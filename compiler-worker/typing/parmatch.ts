/**
 * Exhaustiveness and redundancy of pattern matching (Maranget, "Warnings for pattern matching", JFP 2007), with types
 * deciding which values exist (Garrigue and Le Normand, "GADTs and exhaustiveness: looking for the impossible", 2015).
 */
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { backtrack, beginDef, endDef, fixedExplanation, getLevel, newGenericType, repr, rowFieldState, rowRepr, setRowField, snapshot } from "./btype.ts";
import type { Env } from "./env.ts";
import { findTypeData } from "./env.ts";
import { expandHead, extractConcrete } from "./expand.ts";
import { copyGeneric, instance } from "./levels.ts";
import { pathKey } from "./path.ts";
import { alternativesOf, ANY, areCompatible, cellOfTag, defaultRows, headKey, headsOf, isAbsent, isComplete, isUseful, isWild, OMEGA, pushArguments, rowOfPattern, satisfying, specialize, specializeAll, strip, type Budget, type Row, type Vector, type Witness } from "./parmatch-matrix.ts";
import { ambiguousVariables, mayMatch } from "./parmatch-guards.ts";
import { PATHS } from "./predef.ts";
import { printPath } from "./print-type.ts";
import { showWitness } from "./parmatch-print.ts";
import type * as T from "./typedtree.ts";
import { newExistential, unify, unifyGadt, UnifyError, type Equations } from "./unify.ts";
import { isWarningOn, warn } from "./warnings.ts";
import { instanceLabel } from "./typecore-patterns.ts";
import { samePath } from "./path.ts";
import type { ConstructorDescription, Path, TypeExpr } from "./types.ts";

/** Where a match stands: the environment, the level of its equations, and the generic type of what is matched. */
export interface MatchContext {
  readonly env: Env;
  readonly level: number;
  readonly type: TypeExpr;
}
export interface MatchCase {
  readonly pattern: T.Pattern;
  readonly guard: T.Expression | undefined;
  readonly body: T.Expression | undefined;
}

const STEPS = 200_000;
/** How deep wildcards are looked into for types without values. */
const EXPLOSION = 5;
/** How many wildcards are looked into for one witness. */
const SHAPES = 5_000;

// ---------------------------------------------------------------- which witnesses exist

/** The witness as far as values of the type exist that look so; undefined when there are none. */
function existing(context: MatchContext, witness: Witness, explosion: number): Witness | undefined {
  if (explosion === 0 && !needsTypes(witness)) return witness;
  const s = snapshot();
  beginDef();
  const search: Search = { equations: { env: context.env, level: getLevel() }, steps: SHAPES };
  beginDef();
  try {
    // The constructors that are there say most; what wildcards stand for is looked into after them.
    return refine(search, witness, instance(context.type), explosion, [], (w, wildcards) => (lookInto(search, wildcards) ? w : undefined));
  } finally {
    endDef();
    endDef();
    backtrack(s);
  }
}

function needsTypes(w: Witness): boolean {
  switch (w.kind) {
    case "construct":
      return w.constructor.generalized || w.constructor.existentials.length > 0 || w.args.some(needsTypes);
    case "tuple":
      return w.components.some(needsTypes);
    case "record":
      return w.fields.some(needsTypes);
    case "array":
      return w.elements.some(needsTypes);
    case "lazy":
      return needsTypes(w.value);
    case "variant":
      return w.argument !== undefined && needsTypes(w.argument);
    case "or":
      return w.alternatives.some(needsTypes);
    default:
      return false;
  }
}

/** Equations met so far, and how many shapes of wildcards may still be tried: past these, values are believed to exist. */
interface Search {
  readonly equations: Equations;
  steps: number;
}
/** A wildcard to be looked into. */
interface Wildcard {
  readonly type: TypeExpr;
  readonly explosion: number;
}
type Wildcards = readonly Wildcard[];
type Continue<W> = (witness: W, wildcards: Wildcards) => Witness | undefined;

/** Tries what the witness may be under the equations met so far, from left to right, taking back what fails; adds its wildcards to those to be looked into. */
function refine(search: Search, witness: Witness, type: TypeExpr, explosion: number, wildcards: Wildcards, next: Continue<Witness>): Witness | undefined {
  const { equations } = search;
  switch (witness.kind) {
    case "any":
      return next(witness, explosion <= 0 ? wildcards : [...wildcards, { type, explosion }]);
    case "or":
      return attempt(equations, witness.alternatives, (w) => refine(search, w, type, explosion, wildcards, next));
    case "construct": {
      const c = witness.constructor;
      const memo = new Map<TypeExpr, TypeExpr>();
      for (const e of c.existentials) memo.set(repr(e), newExistential(equations, c.name));
      const args = c.args.map((a) => copyGeneric(a, memo));
      const result = copyGeneric(c.result, memo);
      try {
        if (c.generalized) unifyGadt(equations, result, type);
        else unify(equations.env, result, type);
      } catch (error) {
        if (!(error instanceof UnifyError)) throw error;
        return undefined;
      }
      return refineAll(search, witness.args, args, explosion, wildcards, (list, later) => next({ kind: "construct", constructor: c, args: list }, later));
    }
    case "tuple": {
      const t = expandHead(equations.env, type);
      if (t.desc.kind !== "tuple") return next(witness, wildcards);
      return refineAll(search, witness.components, t.desc.components, explosion, wildcards, (list, later) => next({ kind: "tuple", components: list }, later));
    }
    case "record": {
      const types: TypeExpr[] = [];
      for (const label of witness.labels) {
        const { field, record } = instanceLabel(label);
        try {
          unify(equations.env, record, type);
        } catch (error) {
          if (!(error instanceof UnifyError)) throw error;
          return undefined;
        }
        types.push(field);
      }
      return refineAll(search, witness.fields, types, explosion, wildcards, (list, later) => next({ kind: "record", labels: witness.labels, fields: list }, later));
    }
    case "variant": {
      if (witness.argument === undefined) return next(witness, wildcards);
      const t = expandHead(equations.env, type);
      const field = t.desc.kind === "variant" ? rowRepr(t.desc.row).fields.find((f) => f.label === witness.label) : undefined;
      const state = field === undefined ? undefined : rowFieldState(field.field);
      const argument = state?.kind === "present" ? state.argument : state?.kind === "either" ? state.args[0] : undefined;
      if (argument === undefined) return next(witness, wildcards);
      return refine(search, witness.argument, argument, explosion, wildcards, (w, later) => next({ kind: "variant", label: witness.label, argument: w }, later));
    }
    case "lazy": {
      const t = expandHead(equations.env, type);
      if (t.desc.kind !== "constr" || t.desc.args.length !== 1) return next(witness, wildcards);
      // What is suspended may never be computed.
      return refine(search, witness.value, t.desc.args[0]!, 0, wildcards, (w, later) => next({ kind: "lazy", value: w }, later));
    }
    case "array": {
      const t = expandHead(equations.env, type);
      if (t.desc.kind !== "constr" || t.desc.args.length !== 1) return next(witness, wildcards);
      const element = t.desc.args[0]!;
      return refineAll(search, witness.elements, witness.elements.map(() => element), explosion, wildcards, (list, later) => next({ kind: "array", elements: list }, later));
    }
    default:
      return next(witness, wildcards);
  }
}

function refineAll(search: Search, witnesses: readonly Witness[], types: readonly TypeExpr[], explosion: number, wildcards: Wildcards, next: Continue<readonly Witness[]>): Witness | undefined {
  const go = (i: number, done: readonly Witness[], later: Wildcards): Witness | undefined => {
    if (i >= witnesses.length) return next(done, later);
    return refine(search, witnesses[i]!, types[i] ?? newGenericType({ kind: "var", name: undefined }), explosion, later, (w, more) => go(i + 1, [...done, w], more));
  };
  return go(0, [], wildcards);
}

/** Whether there are values for all the wildcards; the outer ones are looked into first. */
function lookInto(search: Search, wildcards: Wildcards): boolean {
  const [first, ...others] = wildcards;
  if (first === undefined || search.steps <= 0) return true;
  const shapes = shapesOf(search.equations.env, first.type);
  if (shapes === undefined) return lookInto(search, others);
  search.steps--;
  return attempt(search.equations, shapes, (w) => refine(search, w, first.type, w.kind === "tuple" ? first.explosion : first.explosion - 1, others, (found, later) => (lookInto(search, later) ? found : undefined))) !== undefined;
}

/** The first alternative that works; what the others did is undone. */
function attempt(equations: Equations, alternatives: readonly Witness[], run: (w: Witness) => Witness | undefined): Witness | undefined {
  for (const w of alternatives) {
    const s = snapshot();
    const { env } = equations;
    const found = run(w);
    if (found !== undefined) return found;
    backtrack(s);
    equations.env = env;
  }
  return undefined;
}

/** What values of the type look like, where that is worth knowing; undefined for anything. */
function shapesOf(env: Env, type: TypeExpr): Witness[] | undefined {
  const t = expandHead(env, type);
  if (t.desc.kind === "tuple") return [{ kind: "tuple", components: t.desc.components.map(() => ANY) }];
  if (t.desc.kind !== "constr") return undefined;
  const data = findTypeData(t.desc.path, env);
  if (data === undefined) return undefined;
  const { kind } = data.declaration;
  if (kind.kind === "record") {
    const labels = data.labels.get();
    return [{ kind: "record", labels, fields: labels.map(() => ANY) }];
  }
  if (kind.kind !== "variant") return undefined;
  if (kind.constructors.length > 1 && !kind.constructors.every((c) => c.result !== undefined)) return undefined;
  return data.constructors.get().map((constructor: ConstructorDescription): Witness => ({ kind: "construct", constructor, args: constructor.args.map(() => ANY) }));
}

// ---------------------------------------------------------------- exhaustiveness

const rowOf = (p: T.Pattern): Vector => ({ head: p, tail: undefined });

/** Whether values may fail to match; then warning 8 shows one. Guards may always fail. */
export function checkPartial(context: MatchContext, cases: readonly MatchCase[], loc: Location): boolean {
  // A refutation case matches what has no values: it takes part like the others.
  const rows = cases.filter((c) => c.guard === undefined).map((c) => rowOf(c.pattern));
  if (rows.length === 0) {
    if (cases.length > 0) warn(loc, 8, "this pattern-matching is not exhaustive.\nAll clauses in this pattern-matching are guarded.");
    return true;
  }
  if (rows.length === 1 && isWild(strip(rows[0]!.head))) return false;
  const explosion = cases.length === 1 ? EXPLOSION : 0;
  const budget: Budget = { steps: STEPS };
  for (const [witness] of satisfying(rows, { head: OMEGA, tail: undefined }, 1, budget)) {
    const found = existing(context, witness!, explosion);
    if (found === undefined) continue;
    const guarded = cases.some((c) => c.guard !== undefined && mayMatch(found, c.pattern)) ? "\n(However, some guarded clause may match this value.)" : "";
    const extensible = mentionsExtension(found) ? "\nMatching over values of extensible variant types (the *extension* above)\nmust include a wild card pattern in order to be exhaustive." : "";
    warn(loc, 8, `this pattern-matching is not exhaustive.\nHere is an example of a case that is not matched:\n${showWitness(found)}${extensible}${guarded}`);
    return true;
  }
  if (isWarningOn(4)) checkFragile(cases, rows, loc);
  return false;
}

/** As `checkPartial`, where no equations are about. */
export function isPartial(env: Env, type: TypeExpr, cases: readonly { readonly pattern: T.Pattern; readonly guard: T.Expression | undefined }[], loc: Location): boolean {
  return checkPartial({ env, level: getLevel(), type }, cases.map((c) => ({ pattern: c.pattern, guard: c.guard, body: undefined })), loc);
}

function mentionsExtension(w: Witness): boolean {
  switch (w.kind) {
    case "extension":
      return true;
    case "construct":
      return w.args.some(mentionsExtension);
    case "tuple":
      return w.components.some(mentionsExtension);
    case "record":
      return w.fields.some(mentionsExtension);
    case "array":
      return w.elements.some(mentionsExtension);
    case "lazy":
      return mentionsExtension(w.value);
    case "variant":
      return w.argument !== undefined && mentionsExtension(w.argument);
    case "or":
      return w.alternatives.some(mentionsExtension);
    default:
      return false;
  }
}

/** Warning 4: the match would stay exhaustive if a type got more constructors. */
function checkFragile(cases: readonly MatchCase[], rows: readonly Vector[], loc: Location): void {
  const types = new Map<string, Path>();
  const visit = (p: T.Pattern): void => {
    const { desc } = strip(p);
    switch (desc.kind) {
      case "construct": {
        const owner = repr(desc.constructor.result);
        if (desc.constructor.tag.kind !== "extension" && owner.desc.kind === "constr") {
          const { path } = owner.desc;
          if (![PATHS.bool, PATHS.list, PATHS.unit, PATHS.option].some((q) => samePath(q, path))) types.set(pathKey(path), path);
        }
        desc.args.forEach(visit);
        break;
      }
      case "tuple": desc.components.forEach(visit); break;
      case "array": desc.elements.forEach(visit); break;
      case "record": for (const f of desc.fields) visit(f.pattern); break;
      case "or": visit(desc.left); visit(desc.right); break;
      case "lazy": visit(desc.pattern); break;
      case "variant": if (desc.argument !== undefined) visit(desc.argument); break;
    }
  };
  for (const c of cases) visit(c.pattern);
  for (const path of types.values()) {
    const found = satisfying(rows, { head: OMEGA, tail: undefined }, 1, { steps: STEPS }, path).next();
    if (found.done === true) warn(loc, 4, `this pattern-matching is fragile.\nIt will remain exhaustive when constructors are added to type ${printPath(path)}.`);
  }
}

// ---------------------------------------------------------------- redundancy

type Usefulness = { readonly kind: "used" } | { readonly kind: "unused" } | { readonly kind: "partly"; readonly unused: readonly T.Pattern[] };
const USED: Usefulness = { kind: "used" };
const UNUSED: Usefulness = { kind: "unused" };

/** A row whose columns are sorted out: those decided, the alternatives put off, and those to be looked at. */
interface SplitRow {
  readonly decided: readonly T.Pattern[];
  readonly alternatives: readonly T.Pattern[];
  readonly active: Row;
}

function vector(patterns: readonly T.Pattern[], rest: Row = undefined): Row {
  let r = rest;
  for (let i = patterns.length - 1; i >= 0; i--) r = { head: patterns[i]!, tail: r };
  return r;
}

/** Which alternatives of the last row's patterns are useful after the rows. */
function usefulness(rows: readonly SplitRow[], q: SplitRow): Usefulness {
  let matrix = rows;
  let row = q;
  while (row.active !== undefined) {
    const { head, tail } = row.active;
    const p = strip(head);
    if (isWild(p)) {
      if (matrix.every((r) => isWild(strip(r.active!.head)))) {
        matrix = matrix.map((r) => ({ ...r, active: r.active!.tail }));
        row = { ...row, active: tail };
      } else {
        matrix = matrix.map((r) => ({ decided: [...r.decided, r.active!.head], alternatives: r.alternatives, active: r.active!.tail }));
        row = { decided: [...row.decided, p], alternatives: row.alternatives, active: tail };
      }
    } else if (p.desc.kind === "or") {
      const generated = p.desc.left.loc.ghost && p.desc.right.loc.ghost;
      const push = (r: SplitRow, x: T.Pattern): SplitRow => (generated ? { decided: [...r.decided, x], alternatives: r.alternatives, active: r.active!.tail } : { decided: r.decided, alternatives: [...r.alternatives, x], active: r.active!.tail });
      matrix = matrix.map((r) => push(r, r.active!.head));
      row = push(row, p);
    } else {
      if (isAbsent(p)) return UNUSED;

      const next: SplitRow[] = [];
      for (const r of matrix) for (const active of specialize([r.active!], p)) next.push({ ...r, active });
      matrix = next;
      row = { ...row, active: p.desc.kind === "record" && p.desc.fields.length === 0 ? tail : pushArguments(p, tail) };

    }
  }
  if (row.alternatives.length === 0) return isUseful(matrix.map((r) => vector([...r.decided, ...r.alternatives])), vector(row.decided)) ? USED : UNUSED;
  let result: Usefulness = USED;
  for (let i = row.alternatives.length - 1; i >= 0; i--) {
    const others = (r: SplitRow): SplitRow => ({ decided: [...r.decided, ...r.alternatives.filter((_, j) => j !== i)], alternatives: [], active: { head: r.alternatives[i]!, tail: undefined } });
    const p = strip(row.alternatives[i]!);
    if (p.desc.kind !== "or") throw new Error("alternatives are expected");
    const local = eitherUseful(matrix.map(others), others(row), p.desc.left, p.desc.right);
    if (local.kind === "unused") return UNUSED;
    if (local.kind === "partly") result = result.kind === "partly" ? { kind: "partly", unused: [...local.unused, ...result.unused] } : local;
  }
  return result;
}

function eitherUseful(rows: readonly SplitRow[], row: SplitRow, left: T.Pattern, right: T.Pattern): Usefulness {
  const first = { ...row, active: { head: left, tail: undefined } };
  const a = usefulness(rows, first);
  const b = usefulness(areCompatible(left, right) ? [...rows, first] : rows, { ...row, active: { head: right, tail: undefined } });
  const unusedOf = (u: Usefulness, p: T.Pattern): readonly T.Pattern[] => (u.kind === "unused" ? [p] : u.kind === "partly" ? u.unused : []);
  if (a.kind === "unused" && b.kind === "unused") return UNUSED;
  const unused = [...unusedOf(a, left), ...unusedOf(b, right)];
  return unused.length === 0 ? USED : { kind: "partly", unused };
}

function alternativesCount(p: T.Pattern): number {
  let n = 0;
  let q = strip(p);
  while (q.desc.kind === "or") {
    n++;
    q = strip(q.desc.left);
  }
  return n;
}
/** Alternatives past this number are not looked at one by one. */
const MANY_ALTERNATIVES = 300;

/** The rows before a case, found by their heads: matches have thousands of cases. */
class Earlier {
  readonly #byHead = new Map<string, { readonly order: number; readonly row: Vector }[]>();
  readonly #others: { readonly order: number; readonly row: Vector }[] = [];
  #count = 0;

  get isEmpty(): boolean {
    return this.#count === 0;
  }
  add(row: Vector): void {
    const p = strip(row.head);
    const entry = { order: this.#count++, row };
    if (isWild(p) || p.desc.kind === "or" || p.desc.kind === "record") this.#others.push(entry);
    else {
      const key = headKey(p);
      const list = this.#byHead.get(key);
      if (list === undefined) this.#byHead.set(key, [entry]);
      else list.push(entry);
    }
  }
  /** The rows that match values that the pattern matches. */
  compatibleWith(q: T.Pattern): Vector[] {
    const keys = new Set<string>();
    let all = false;
    for (const p of alternativesOf(q)) {
      if (isWild(p)) all = true;
      else keys.add(headKey(p));
    }
    const found = [...this.#others];
    if (all) for (const list of this.#byHead.values()) found.push(...list);
    else for (const key of keys) found.push(...(this.#byHead.get(key) ?? []));
    return found.filter((e) => areCompatible(e.row.head, q)).sort((a, b) => a.order - b.order).map((e) => e.row);
  }
}

/** Warnings 11, 12 and 56 for cases that never match, and the error for refutation cases that may. */
export function checkUnused(context: MatchContext, cases: readonly MatchCase[]): void {
  const before = new Earlier();
  const refutes = cases.some((c) => c.body?.desc.kind === "unreachable");
  if (!refutes && !isWarningOn(11) && !isWarningOn(12)) return;
  for (const c of cases) {
    const q = c.pattern;
    const refute = c.body?.desc.kind === "unreachable";
    const rows = before.compatibleWith(q);
    let result: Usefulness;
    if (rows.length === 0 && strip(q).desc.kind !== "or" && !hasAlternatives(q)) result = isUseful([], rowOf(q)) ? USED : UNUSED;
    else if (alternativesCount(q) > MANY_ALTERNATIVES) result = isUseful(rows, rowOf(q)) ? USED : UNUSED;
    else result = usefulness(rows.map((r): SplitRow => ({ decided: [], alternatives: [], active: r })), { decided: [], alternatives: [], active: rowOf(q) });
    if (!(result.kind === "unused" && refute)) {
      const skip = result.kind === "unused" || (!refute && before.isEmpty) || !(refute || isWarningOn(56));
      if (!skip) {
        let any = false;
        let possible: Witness | undefined;
        const budget: Budget = { steps: STEPS };
        for (const [witness] of satisfying(rows, rowOf(q), 1, budget)) {
          any = true;
          possible = existing(context, witness!, refute || needsTypes(witness!) ? EXPLOSION : 0);
          if (possible !== undefined) break;
        }
        if (!any) result = refute ? result : budget.steps < 0 ? result : UNUSED;
        else if (possible !== undefined && refute) throw new CompileError(errorAt(q.loc, `This match case could not be refuted.\nHere is an example of a value that would reach it: ${showWitness(possible)}`));
        else if (possible === undefined && !refute && budget.steps >= 0) {
          warn(q.loc, 56, "this match case is unreachable.\nConsider replacing it with a refutation case '<pat> -> .'");
          result = USED;
        }
      }
      if (result.kind === "unused" && !refute) warn(q.loc, 11, "this match case is unused.");
      else if (result.kind === "partly") for (const p of result.unused) warn(p.loc, 12, "this sub-pattern is unused.");
    }
    if (c.guard === undefined) before.add(rowOf(q));
  }
}

function hasAlternatives(pattern: T.Pattern): boolean {
  const p = strip(pattern);
  const { desc } = p;
  switch (desc.kind) {
    case "or":
      return true;
    case "tuple":
      return desc.components.some(hasAlternatives);
    case "construct":
      return desc.args.some(hasAlternatives);
    case "array":
      return desc.elements.some(hasAlternatives);
    case "record":
      return desc.fields.some((f) => hasAlternatives(f.pattern));
    case "lazy":
      return hasAlternatives(desc.pattern);
    case "variant":
      return desc.argument !== undefined && hasAlternatives(desc.argument);
    default:
      return false;
  }
}

/** Warning 57: a guard uses a variable that several alternatives bind to different parts of the value. */
export function checkAmbiguousGuards(cases: readonly MatchCase[]): void {
  if (!isWarningOn(57)) return;
  cases.forEach((c) => {
    if (c.guard === undefined || !hasAlternatives(c.pattern)) return;
    const names = ambiguousVariables(c.pattern, c.guard);
    if (names.length === 1) warn(c.pattern.loc, 57, `Ambiguous or-pattern variables under guard;\nvariable ${names[0]} may match different arguments. (See manual section 11.5)`);
    else if (names.length > 1) warn(c.pattern.loc, 57, `Ambiguous or-pattern variables under guard;\nvariables ${names.join(",")} may match different arguments. (See manual section 11.5)`);
  });
}

// ---------------------------------------------------------------- closing polymorphic variants

/** Closes the rows of variants whose matched tags leave nothing for others: `function `A -> … | `B -> …` takes only these. */
export function closeVariants(env: Env, patterns: readonly T.Pattern[]): void {
  pressure(env, patterns.map((p): Row => ({ head: p, tail: { head: OMEGA, tail: undefined } })));
  for (const p of patterns) finalize(p);
}

const ZERO: T.Pattern = { ...OMEGA, desc: { kind: "constant", constant: { kind: "int", value: 0n } } };

function markPartial(row: Vector): Vector {
  const setLast = (r: Row): Row => (r === undefined ? undefined : r.tail === undefined ? { head: ZERO, tail: undefined } : { head: r.head, tail: setLast(r.tail) });
  const p = strip(row.head);
  return isWild(p) || p.desc.kind === "or" ? row : { head: row.head, tail: setLast(row.tail) };
}

/** Rows with alternatives in the first column split. */
function splitFirst(rows: readonly Vector[]): Vector[] {
  const result: Vector[] = [];
  for (const row of rows) {
    const work = [row.head];
    while (work.length > 0) {
      const p = strip(work.pop()!);
      if (p.desc.kind === "or") work.push(p.desc.right, p.desc.left);
      else result.push({ head: p, tail: row.tail });
    }
  }
  return result;
}

/** Whether the matrix matches everything when variants are closed as far as possible; with `env`, closes them. */
function pressure(env: Env | undefined, rows: readonly Row[]): boolean {
  if (rows.length === 0) return false;
  if (rows[0] === undefined) return true;
  const matrix = splitFirst(rows as readonly Vector[]);
  const heads = headsOf(matrix);
  if (heads.size === 0) return pressure(env, defaultRows(matrix));
  const all = (from: readonly Vector[]): boolean => {
    let ok = true;
    const { rowsOf } = specializeAll(from);
    for (const key of heads.keys()) if (!pressure(env, rowsOf(key))) ok = false;
    return ok;
  };
  if (isComplete(heads, env === undefined)) return all(matrix);
  if (env === undefined) return pressure(undefined, defaultRows(matrix));
  const ok = isComplete(heads, true) ? all(matrix) : all(matrix.map(markPartial));
  const first = heads.values().next().value as T.Pattern;
  if (first.desc.kind === "variant") {
    const row = rowOfPattern(first);
    if (row !== undefined && fixedExplanation(row) === undefined && !pressure(undefined, defaultRows(matrix))) closeRow(env, first);
  }
  return ok;
}

function closeRow(env: Env, p: T.Pattern): void {
  const row = rowOfPattern(p);
  if (row === undefined) return;
  let { name } = row;
  let decided = true;
  for (const { field } of row.fields) {
    const state = rowFieldState(field);
    if (state.kind !== "either") continue;
    if (state.matched) decided = false;
    else {
      setRowField(field, { kind: "absent" });
      name = undefined;
    }
  }
  if (row.closed && name === row.name) return;
  // Where all tags are there or not there, no variable is left.
  const closed = newGenericType({ kind: "variant", row: { fields: [], more: newGenericType(decided ? { kind: "nil" } : { kind: "var", name: undefined }), closed: true, fixed: undefined, name } });
  unify(env, row.more, instance(closed));
}

/** Tags of open rows that were matched are there; those of closed ones may be there. */
function finalize(pattern: T.Pattern): void {
  const work = [pattern];
  while (work.length > 0) {
    const p = work.pop()!;
    const { desc } = p;
    switch (desc.kind) {
      case "variant": {
        if (desc.argument !== undefined) work.push(desc.argument);
        const row = rowOfPattern(p);
        if (row === undefined) break;
        desc.row.value = row;
        const cell = cellOfTag(p, desc.label);
        const state = cell === undefined ? undefined : rowFieldState(cell);
        if (cell === undefined || state?.kind !== "either") break;
        if (!row.closed && state.noArgument && state.args.length === 0) setRowField(cell, { kind: "present", argument: undefined });
        else if (!row.closed && !state.noArgument && state.args.length > 0) {
          setRowField(cell, { kind: "present", argument: state.args[0] });
          for (const t of state.args.slice(1)) unify(p.env, state.args[0]!, t);
        } else if (state.matched && fixedExplanation(row) === undefined) setRowField(cell, { ...state, matched: false });
        break;
      }
      case "alias": case "lazy": work.push(desc.pattern); break;
      case "tuple": work.push(...desc.components); break;
      case "construct": work.push(...desc.args); break;
      case "array": for (const e of desc.elements) work.push(e); break;
      case "record": for (const f of desc.fields) work.push(f.pattern); break;
      case "or": work.push(desc.left, desc.right); break;
    }
  }
}

/** Whether no value of the type exists, as far as its declaration tells. */
export function isEmptyType(env: Env, type: TypeExpr): boolean {
  const concrete = extractConcrete(env, type);
  return concrete !== undefined && concrete.declaration.kind.kind === "variant" && concrete.declaration.kind.constructors.length === 0;
}
