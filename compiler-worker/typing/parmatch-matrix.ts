/**
 * Pattern matrices: specialization, and the values that a vector of patterns matches but no row of a matrix does
 * (Maranget, "Warnings for pattern matching", Journal of Functional Programming 17(3), 2007).
 */
import { repr, rowFieldState, rowRepr } from "./btype.ts";
import { findTypeData, type Env } from "./env.ts";
import { expandHead } from "./expand.ts";
import { pathKey, samePath } from "./path.ts";
import type { Constant, Pattern } from "./typedtree.ts";
import type { ConstructorDescription, ConstructorTag, LabelDescription, Path, RowDesc, RowFieldCell, TypeExpr } from "./types.ts";

/** A set of values, as an example is printed: patterns without variables. */
export type Witness =
  | { readonly kind: "any" }
  | { readonly kind: "construct"; readonly constructor: ConstructorDescription; readonly args: readonly Witness[] }
  | { readonly kind: "constant"; readonly constant: Constant }
  | { readonly kind: "tuple"; readonly components: readonly Witness[] }
  | { readonly kind: "record"; readonly labels: readonly LabelDescription[]; readonly fields: readonly Witness[] }
  | { readonly kind: "variant"; readonly label: string; readonly argument: Witness | undefined }
  | { readonly kind: "array"; readonly elements: readonly Witness[] }
  | { readonly kind: "lazy"; readonly value: Witness }
  /** Some constructor of an extensible type that is not named. */
  | { readonly kind: "extension" }
  | { readonly kind: "or"; readonly alternatives: readonly Witness[] };

export const ANY: Witness = { kind: "any" };

/** Rows and vectors are lists, so that specialization shares tails. */
export interface Vector {
  readonly head: Pattern;
  readonly tail: Vector | undefined;
}
export type Row = Vector | undefined;

/** The wildcard that stands for missing sub-patterns; its type and environment are never looked at. */
export const OMEGA: Pattern = { desc: { kind: "any" }, loc: { file: { name: "_none_", text: "" }, start: 0, end: 0, ghost: true }, type: undefined as never, env: undefined as never, attributes: [], extra: [] };

/** The pattern without names: what decides which values match. */
export function strip(pattern: Pattern): Pattern {
  let p = pattern;
  while (p.desc.kind === "alias") p = p.desc.pattern;
  return p;
}

/** The alternatives of a pattern, from left to right; long ones nest on the left. */
export function alternativesOf(pattern: Pattern): Pattern[] {
  const first = strip(pattern);
  if (first.desc.kind !== "or") return [first];
  const result: Pattern[] = [];
  const work = [first];
  while (work.length > 0) {
    const p = strip(work.pop()!);
    if (p.desc.kind === "or") work.push(p.desc.right, p.desc.left);
    else result.push(p);
  }
  return result;
}

export function isWild(p: Pattern): boolean {
  return p.desc.kind === "any" || p.desc.kind === "var";
}

function tagKey(tag: ConstructorTag): string {
  switch (tag.kind) {
    case "constant":
      return `c${tag.index}`;
    case "block":
      return `b${tag.tag}`;
    case "unboxed":
      return "u";
    case "extension":
      return `e${pathKey(tag.path)}`;
  }
}
export function constantKey(c: Constant): string {
  switch (c.kind) {
    case "float":
      return `f${Number(c.value.replace(/_/g, ""))}${c.value.startsWith("0x") || c.value.startsWith("-0x") ? c.value : ""}`;
    case "string":
      return `s${c.value}`;
    default:
      return `${c.kind}${c.value}`;
  }
}

/** Patterns with equal keys have the same head constructor. Not for wildcards and alternatives. */
export function headKey(p: Pattern): string {
  const { desc } = p;
  switch (desc.kind) {
    case "construct":
      return tagKey(desc.constructor.tag);
    case "constant":
      return constantKey(desc.constant);
    case "variant":
      return `\`${desc.label}`;
    case "array":
      return `a${desc.elements.length}`;
    case "tuple":
      return "t";
    case "record":
      return "r";
    case "lazy":
      return "l";
    default:
      return "_";
  }
}

/** How many sub-patterns the head has. */
export function headArity(p: Pattern): number {
  const { desc } = p;
  switch (desc.kind) {
    case "construct":
      return desc.constructor.arity;
    case "tuple":
      return desc.components.length;
    case "record":
      return desc.fields.length === 0 ? 0 : desc.fields[0]!.label.all.length;
    case "variant":
      return desc.argument === undefined ? 0 : 1;
    case "array":
      return desc.elements.length;
    case "lazy":
      return 1;
    default:
      return 0;
  }
}

/** The sub-patterns in front of a row's rest; a record's in the order of declaration. */
export function pushArguments(p: Pattern, rest: Row): Row {
  const { desc } = p;
  const push = (list: readonly Pattern[]): Row => {
    let r = rest;
    for (let i = list.length - 1; i >= 0; i--) r = { head: list[i]!, tail: r };
    return r;
  };
  switch (desc.kind) {
    case "construct":
      return desc.args.length === desc.constructor.arity ? push(desc.args) : pushWild(desc.constructor.arity, rest);
    case "tuple":
      return push(desc.components);
    case "record": {
      if (desc.fields.length === 0) return rest;
      const fields: Pattern[] = new Array<Pattern>(desc.fields[0]!.label.all.length).fill(OMEGA);
      for (const f of desc.fields) fields[f.label.position] = f.pattern;
      return push(fields);
    }
    case "variant":
      return desc.argument === undefined ? rest : { head: desc.argument, tail: rest };
    case "array":
      return push(desc.elements);
    case "lazy":
      return { head: desc.pattern, tail: rest };
    default:
      return rest;
  }
}
function pushWild(count: number, rest: Row): Row {
  let r = rest;
  for (let i = 0; i < count; i++) r = { head: OMEGA, tail: r };
  return r;
}

/** The rows that begin with `head`'s constructor or match anything, with its sub-patterns in front. */
export function specialize(rows: readonly Vector[], head: Pattern, key: string = headKey(head)): Row[] {
  const arity = headArity(head);
  const result: Row[] = [];
  for (const row of rows)
    for (const p of alternativesOf(row.head)) {
      if (isWild(p) || (p.desc.kind === "record" && p.desc.fields.length === 0)) result.push(pushWild(arity, row.tail));
      else if (headKey(p) === key) result.push(pushArguments(p, row.tail));
    }
  return result;
}

/** The rests of the rows that match anything first. */
export function defaultRows(rows: readonly Vector[]): Row[] {
  const result: Row[] = [];
  for (const row of rows) for (const p of alternativesOf(row.head)) if (isWild(p)) result.push(row.tail);
  return result;
}

/** The different head constructors of the first column, in order of appearance. */
export function headsOf(rows: readonly Vector[]): Map<string, Pattern> {
  const heads = new Map<string, Pattern>();
  for (const row of rows)
    for (const p of alternativesOf(row.head)) {
      if (isWild(p)) continue;
      const key = headKey(p);
      const known = heads.get(key);
      if (known === undefined || (p.desc.kind === "record" && known.desc.kind === "record" && known.desc.fields.length === 0)) heads.set(key, p);
    }
  return heads;
}

/** The specializations of the rows by each head of the first column at once: rows are looked at once, not once a head. */
export function specializeAll(rows: readonly Vector[]): { heads: Map<string, Pattern>; rowsOf: (key: string) => Row[] } {
  const heads = headsOf(rows);
  const groups = new Map<string, Row[]>();
  for (const key of heads.keys()) groups.set(key, []);
  for (const row of rows)
    for (const p of alternativesOf(row.head)) {
      if (isWild(p) || (p.desc.kind === "record" && p.desc.fields.length === 0)) for (const [key, h] of heads) groups.get(key)!.push(pushWild(headArity(h), row.tail));
      else groups.get(headKey(p))!.push(pushArguments(p, row.tail));
    }
  return { heads, rowsOf: (key) => groups.get(key) ?? [] };
}

interface FlatRow {
  readonly row: RowDesc;
  readonly cells: ReadonlyMap<string, RowFieldCell>;
  /** What the row went on with. */
  readonly next: TypeExpr;
  readonly nextDesc: TypeExpr["desc"];
}
/** Rows that go on in other rows, put together: patterns for thousands of tags have one row of as many parts. */
const flatRows = new WeakMap<RowDesc, FlatRow>();
function flatten(row: RowDesc): FlatRow {
  const known = flatRows.get(row);
  const next = repr(row.more);
  if (known !== undefined && known.next === next && known.nextDesc === next.desc && repr(known.row.more) === known.row.more && known.row.more.desc.kind !== "variant") return known;
  const whole = rowRepr(row);
  const flat: FlatRow = { row: whole, cells: new Map(whole.fields.map((f) => [f.label, f.field])), next, nextDesc: next.desc };
  flatRows.set(row, flat);
  return flat;
}
function flatRowOf(p: Pattern): FlatRow | undefined {
  const t = expandHead(p.env, p.type);
  if (t.desc.kind === "variant") return flatten(t.desc.row);
  return p.desc.kind === "variant" ? flatten(p.desc.row.value) : undefined;
}

/** The row of a variant pattern's type as it is now. */
export function rowOfPattern(p: Pattern): RowDesc | undefined {
  return flatRowOf(p)?.row;
}
/** What the row of a variant pattern's type says of the pattern's own tag. */
export function cellOfTag(p: Pattern, label: string): RowFieldCell | undefined {
  return flatRowOf(p)?.cells.get(label);
}

/** Whether every value's head is among these heads. `closing`: variants count as closed when they may be. */
export function isComplete(heads: ReadonlyMap<string, Pattern>, closing: boolean): boolean {
  const first = heads.values().next();
  if (first.done === true) return false;
  const p = first.value;
  switch (p.desc.kind) {
    case "construct": {
      const c = p.desc.constructor;
      return c.constants < 0 ? false : heads.size === c.constants + c.nonConstants;
    }
    case "constant":
      return p.desc.constant.kind === "char" && heads.size === 256;
    case "variant": {
      const row = rowOfPattern(p);
      if (row === undefined) return false;
      if (closing && row.fixed === undefined) {
        return row.fields.every(({ label, field }) => {
          const state = rowFieldState(field);
          return state.kind === "absent" || (state.kind === "either" && !state.matched) || heads.has(`\`${label}`);
        });
      }
      return row.closed && row.fields.every(({ label, field }) => rowFieldState(field).kind === "absent" || heads.has(`\`${label}`));
    }
    case "array":
      return false;
    default:
      return true;
  }
}

/** All constructors of the type that a constructor belongs to. */
export function siblings(env: Env, c: ConstructorDescription): readonly ConstructorDescription[] {
  const r = repr(c.result);
  const t = r.desc.kind === "constr" ? r : undefined;
  return t === undefined || t.desc.kind !== "constr" ? [] : (findTypeData(t.desc.path, env)?.constructors.get() ?? []);
}

const wilds = (count: number): Witness[] => Array.from({ length: count }, () => ANY);

/** What none of the heads is; the first of them tells the type. */
export function otherThan(heads: ReadonlyMap<string, Pattern>): Witness {
  const p = heads.values().next().value as Pattern;
  switch (p.desc.kind) {
    case "construct": {
      const c = p.desc.constructor;
      if (c.tag.kind === "extension") return { kind: "extension" };
      const missing = siblings(p.env, c).filter((s) => !heads.has(tagKey(s.tag)));
      const ordered = [...missing.filter((s) => s.arity === 0), ...missing.filter((s) => s.arity > 0)];
      const alternatives = ordered.map((s): Witness => ({ kind: "construct", constructor: s, args: wilds(s.arity) }));
      return alternatives.length === 1 ? alternatives[0]! : alternatives.length === 0 ? ANY : { kind: "or", alternatives };
    }
    case "variant": {
      const row = rowOfPattern(p);
      const alternatives: Witness[] = [];
      for (const { label, field } of row?.fields ?? []) {
        if (heads.has(`\`${label}`)) continue;
        const state = rowFieldState(field);
        if (state.kind === "absent" || state.kind === "link") continue;
        const constant = state.kind === "either" ? state.noArgument : state.argument === undefined;
        alternatives.push({ kind: "variant", label, argument: constant ? undefined : ANY });
      }
      if (alternatives.length === 0) {
        let label = row?.fixed !== undefined ? "<some private tag>" : "AnyOtherTag";
        while (heads.has(`\`${label}`)) label += "'";
        return { kind: "variant", label, argument: undefined };
      }
      return alternatives.length === 1 ? alternatives[0]! : { kind: "or", alternatives };
    }
    case "array": {
      let n = 0;
      while (heads.has(`a${n}`)) n++;
      return { kind: "array", elements: wilds(n) };
    }
    case "constant":
      return { kind: "constant", constant: otherConstant(p.desc.constant, heads) };
    default:
      return ANY;
  }
}

function otherConstant(like: Constant, heads: ReadonlyMap<string, Pattern>): Constant {
  const first = <T extends Constant>(candidates: Iterable<T>): T | undefined => {
    for (const c of candidates) if (!heads.has(constantKey(c))) return c;
    return undefined;
  };
  switch (like.kind) {
    case "char": {
      const range = function* (): Generator<Constant> {
        for (const [low, high] of ["az", "AZ", "09", " ~"] as const) for (let c = low!.charCodeAt(0); c <= high!.charCodeAt(0); c++) yield { kind: "char", value: c };
        for (let c = 0; c < 256; c++) yield { kind: "char", value: c };
      };
      return first(range()) ?? like;
    }
    case "string": {
      const range = function* (): Generator<Constant> {
        for (let n = 0; ; n++) yield { kind: "string", value: "*".repeat(n), loc: like.loc };
      };
      return first(range())!;
    }
    case "float": {
      const range = function* (): Generator<Constant> {
        for (let n = 0; ; n++) yield { kind: "float", value: `${n}.0` };
      };
      return first(range())!;
    }
    default: {
      const { kind } = like;
      const range = function* (): Generator<Constant> {
        for (let n = 0n; ; n++) yield { kind, value: n };
      };
      return first(range())!;
    }
  }
}

/** A witness of a pattern's head with these arguments. */
export function rebuild(p: Pattern, args: readonly Witness[]): Witness {
  const { desc } = p;
  switch (desc.kind) {
    case "construct":
      return { kind: "construct", constructor: desc.constructor, args };
    case "constant":
      return { kind: "constant", constant: desc.constant };
    case "tuple":
      return { kind: "tuple", components: args };
    case "record":
      return { kind: "record", labels: desc.fields[0]?.label.all ?? [], fields: args };
    case "variant":
      return { kind: "variant", label: desc.label, argument: args[0] };
    case "array":
      return { kind: "array", elements: args };
    case "lazy":
      return { kind: "lazy", value: args[0]! };
    default:
      return ANY;
  }
}

/** A variant's tag that its type says cannot occur. */
export function isAbsent(p: Pattern): boolean {
  if (p.desc.kind !== "variant") return false;
  const flat = flatRowOf(p);
  const cell = flat?.cells.get(p.desc.label);
  return cell === undefined ? flat !== undefined && flat.row.closed : rowFieldState(cell).kind === "absent";
}

/** Whether a value exists that `q` matches and no row does. */
export function isUseful(rows: readonly Row[], q: Row): boolean {
  let currentRows = rows;
  let current = q;
  for (;;) {
    if (current === undefined) return currentRows.length === 0;
    if (currentRows.length === 0) return vectorHasValue(current);
    const matrix = currentRows as readonly Vector[];
    const head = strip(current.head);
    if (head.desc.kind === "or") {
      const { tail } = current;
      return alternativesOf(head).some((alternative) => isUseful(matrix, { head: alternative, tail }));
    }
    if (isWild(head)) {
      const { heads, rowsOf } = specializeAll(matrix);
      if (heads.size === 0 || !isComplete(heads, false)) {
        currentRows = defaultRows(matrix);
        current = current.tail;
        continue;
      }
      for (const [key, h] of heads) {
        if (isAbsent(h)) continue;
        if (isUseful(rowsOf(key), pushWild(headArity(h), current.tail))) return true;
      }
      return false;
    }
    if (isAbsent(head)) return false;
    const shape = head.desc.kind === "record" && head.desc.fields.length === 0 ? (headsOf(matrix).values().next().value ?? head) : head;
    currentRows = specialize(matrix, shape);
    current = shape === head ? pushArguments(head, current.tail) : pushWild(headArity(shape), current.tail);
  }
}

/** Without rows against it a vector is useful unless it has an absent tag in it. */
function vectorHasValue(v: Row): boolean {
  for (let r = v; r !== undefined; r = r.tail) if (!hasValue(r.head)) return false;
  return true;
}
function hasValue(pattern: Pattern): boolean {
  const p = strip(pattern);
  if (isWild(p)) return true;
  if (p.desc.kind === "or") return alternativesOf(p).some(hasValue);
  return !isAbsent(p) && vectorHasValue(pushArguments(p, undefined));
}

function isExtended(heads: ReadonlyMap<string, Pattern>, extended: Path | undefined): boolean {
  const p = heads.values().next().value as Pattern;
  if (extended === undefined || p.desc.kind !== "construct" || p.desc.constructor.tag.kind === "extension") return false;
  const owner = repr(p.desc.constructor.result);
  return owner.desc.kind === "constr" && samePath(owner.desc.path, extended);
}

/** How much work looking for examples may do: beyond it the search ends as if there were no more. */
export interface Budget {
  steps: number;
}

/** The values (as vectors of `width` witnesses) that `q` matches and no row does. `extended`: a type taken to have a constructor more than it has. */
export function* satisfying(rows: readonly Row[], q: Row, width: number, budget: Budget, extended?: Path): Generator<Witness[]> {
  if (--budget.steps < 0) return;
  if (width === 0 || q === undefined) {
    if (rows.length === 0) yield [];
    return;
  }
  const matrix = rows as readonly Vector[];
  const head = strip(q.head);
  if (head.desc.kind === "or") {
    for (const alternative of alternativesOf(head)) yield* satisfying(rows, { head: alternative, tail: q.tail }, width, budget, extended);
    return;
  }
  if (isWild(head)) {
    const { heads, rowsOf } = specializeAll(matrix);
    if (heads.size === 0) {
      for (const rest of satisfying(defaultRows(matrix), q.tail, width - 1, budget, extended)) yield [ANY, ...rest];
      return;
    }
    for (const [key, h] of heads) {
      if (isAbsent(h)) continue;
      const arity = headArity(h);
      for (const v of satisfying(rowsOf(key), pushWild(arity, q.tail), width - 1 + arity, budget, extended)) yield [rebuild(h, v.slice(0, arity)), ...v.slice(arity)];
    }
    if (!isComplete(heads, false) || isExtended(heads, extended)) {
      // Made when there is something to show: of thousands of constructors there are as many others for each.
      let other: Witness | undefined;
      for (const rest of satisfying(defaultRows(matrix), q.tail, width - 1, budget, extended)) yield [(other ??= otherThan(heads)), ...rest];
    }
    return;
  }
  if (isAbsent(head)) return;
  const emptyRecord = head.desc.kind === "record" && head.desc.fields.length === 0;
  const shape = emptyRecord ? (headsOf(matrix).values().next().value ?? head) : head;
  const arity = headArity(shape);
  const next = emptyRecord ? pushWild(arity, q.tail) : pushArguments(head, q.tail);
  for (const v of satisfying(specialize(matrix, shape), next, width - 1 + arity, budget, extended)) yield [rebuild(shape, v.slice(0, arity)), ...v.slice(arity)];
}

/** Of as many as both have: `C _` has no argument for any number of them. */
function areAllCompatible(left: readonly Pattern[], right: readonly Pattern[]): boolean {
  const count = Math.min(left.length, right.length);
  for (let i = 0; i < count; i++) if (!areCompatible(left[i]!, right[i]!)) return false;
  return true;
}

/** Whether some value matches both. */
export function areCompatible(left: Pattern, right: Pattern): boolean {
  const p = strip(left);
  const q = strip(right);
  if (isWild(p) || isWild(q)) return true;
  if (p.desc.kind === "or") return alternativesOf(p).some((x) => areCompatible(x, q));
  if (q.desc.kind === "or") return alternativesOf(q).some((x) => areCompatible(p, x));
  if (p.desc.kind === "tuple" && q.desc.kind === "tuple") return areAllCompatible(p.desc.components, q.desc.components);
  if (p.desc.kind === "record" && q.desc.kind === "record") {
    for (const f of p.desc.fields) {
      const other = q.desc.fields.find((g) => g.label.position === f.label.position);
      if (other !== undefined && !areCompatible(f.pattern, other.pattern)) return false;
    }
    return true;
  }
  if (p.desc.kind === "construct" && q.desc.kind === "construct" && p.desc.constructor.tag.kind === "extension" && q.desc.constructor.tag.kind === "extension") {
    // Two names may be rebindings of one constructor.
    if (headKey(p) !== headKey(q)) return p.desc.constructor.arity === q.desc.constructor.arity;
  } else if (headKey(p) !== headKey(q)) return false;
  if (p.desc.kind === "construct" && q.desc.kind === "construct") return areAllCompatible(p.desc.args, q.desc.args);
  let a = pushArguments(p, undefined);
  let b = pushArguments(q, undefined);
  while (a !== undefined && b !== undefined) {
    if (!areCompatible(a.head, b.head)) return false;
    a = a.tail;
    b = b.tail;
  }
  return true;
}
