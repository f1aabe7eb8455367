/** Exhaustiveness and redundancy of pattern matching (Maranget, "Warnings for pattern matching", JFP 2007). */
import type { Location } from "../syntax/diagnostics.ts";
import { repr, rowFieldState, rowRepr } from "./btype.ts";
import { findTypeData, type Env } from "./env.ts";
import { expandHeadPrivate, extractConcrete } from "./expand.ts";
import { copyGeneric } from "./levels.ts";
import type * as T from "./typedtree.ts";
import { compatible } from "./unify.ts";
import { warn } from "./warnings.ts";
import type { ConstructorDescription, TypeExpr } from "./types.ts";

/** Patterns reduced to what decides matching. */
type Simple =
  | { readonly kind: "any" }
  | { readonly kind: "constructor"; readonly key: string; readonly show: (args: readonly string[]) => string; readonly args: readonly Simple[]; readonly family: Family }
  | { readonly kind: "or"; readonly left: Simple; readonly right: Simple };
/** All heads that values of the type may have; undefined when there are too many to list. */
interface Family {
  readonly all: () => readonly Head[] | undefined;
}
interface Head {
  readonly key: string;
  readonly arity: number;
  readonly show: (args: readonly string[]) => string;
}
const ANY: Simple = { kind: "any" };
const INFINITE: Family = { all: () => undefined };

function constantKey(c: T.Constant): { key: string; text: string } {
  switch (c.kind) {
    case "int":
      return { key: `i${c.value}`, text: String(c.value) };
    case "char": {
      const ch = String.fromCharCode(c.value);
      return { key: `c${c.value}`, text: c.value >= 32 && c.value < 127 && ch !== "'" && ch !== "\\" ? `'${ch}'` : `'\\${String(c.value).padStart(3, "0")}'` };
    }
    case "string":
      return { key: `s${c.value}`, text: JSON.stringify(c.value) };
    case "float":
      return { key: `f${Number(c.value)}`, text: c.value };
    case "int32":
      return { key: `l${c.value}`, text: `${c.value}l` };
    case "int64":
      return { key: `L${c.value}`, text: `${c.value}L` };
    case "nativeint":
      return { key: `n${c.value}`, text: `${c.value}n` };
  }
}

function constructorHead(c: ConstructorDescription): Head {
  const key = c.tag.kind === "extension" ? `x${c.uid}/${c.name}` : c.name;
  return {
    key, arity: c.arity,
    show: (args) => {
      if (c.name === "::") return `${args[0]}::${args[1]}`;
      if (args.length === 0) return c.name;
      const list = args.every((a) => a === "_") && args.length > 1 ? "_" : args.length === 1 ? wrap(args[0]!) : `(${args.join(", ")})`;
      return `${c.name} ${list}`;
    },
  };
}
const wrap = (s: string): string => (/^[A-Z`].* |::/.test(s) && !s.startsWith("(") ? `(${s})` : s);

/** The constructors that values of this type may have; those of a GADT whose result cannot be the type are left out. */
function constructorFamily(env: Env, type: TypeExpr, sample: ConstructorDescription): Family {
  return {
    all: () => {
      if (sample.tag.kind === "extension") return undefined;
      const owner = repr(sample.result);
      if (owner.desc.kind !== "constr") return undefined;
      const all = findTypeData(owner.desc.path, env)?.constructors.get() ?? [];
      return all.filter((c) => !c.generalized || compatible(env, copyGeneric(c.result, new Map()), type)).map(constructorHead);
    },
  };
}

function simplify(p: T.Pattern): Simple {
  const { desc } = p;
  switch (desc.kind) {
    case "any":
    case "var":
      return ANY;
    case "alias":
      return simplify(desc.pattern);
    case "constant": {
      const { key, text } = constantKey(desc.constant);
      const family: Family = desc.constant.kind === "char" ? { all: () => Array.from({ length: 256 }, (_, i) => ({ key: `c${i}`, arity: 0, show: () => constantKey({ kind: "char", value: i }).text })) } : INFINITE;
      return { kind: "constructor", key, show: () => text, args: [], family };
    }
    case "tuple": {
      const head: Head = { key: "tuple", arity: desc.components.length, show: (args) => `(${args.join(", ")})` };
      return { kind: "constructor", key: "tuple", show: head.show, args: desc.components.map(simplify), family: { all: () => [head] } };
    }
    case "construct": {
      const head = constructorHead(desc.constructor);
      return { kind: "constructor", key: head.key, show: head.show, args: desc.args.map(simplify), family: constructorFamily(p.env, p.type, desc.constructor) };
    }
    case "variant": {
      const show = (label: string) => (args: readonly string[]): string => (args.length === 0 ? `\`${label}` : `\`${label} ${wrap(args[0]!)}`);
      const family: Family = {
        all: () => {
          const t = expandHeadPrivate(p.env, p.type);
          if (t.desc.kind !== "variant") return undefined;
          const row = rowRepr(t.desc.row);
          if (!row.closed) return undefined;
          return row.fields.flatMap((f): Head[] => {
            const state = rowFieldState(f.field);
            if (state.kind === "absent") return [];
            const hasArgument = state.kind === "present" ? state.argument !== undefined : state.kind === "either" && state.args.length > 0;
            return [{ key: `\`${f.label}`, arity: hasArgument ? 1 : 0, show: show(f.label) }];
          });
        },
      };
      return { kind: "constructor", key: `\`${desc.label}`, show: show(desc.label), args: desc.argument === undefined ? [] : [simplify(desc.argument)], family };
    }
    case "record": {
      const all = desc.fields[0]?.label.all ?? [];
      const given = new Map(desc.fields.map((f) => [f.label.name, f.pattern]));
      const head: Head = { key: "record", arity: all.length, show: (args) => `{${all.map((l, i) => `${l.name}=${args[i]}`).filter((_, i) => args[i] !== "_").join("; ") || all[0]!.name + "=_"}; _ }`.replace("; _ }", all.every((_, i) => args[i] !== "_") ? "}" : "; _ }") };
      return { kind: "constructor", key: "record", show: head.show, args: all.map((l) => (given.has(l.name) ? simplify(given.get(l.name)!) : ANY)), family: { all: () => [head] } };
    }
    case "array": {
      const show = (args: readonly string[]): string => `[|${args.join("; ")}|]`;
      return { kind: "constructor", key: `array${desc.elements.length}`, show, args: desc.elements.map(simplify), family: INFINITE };
    }
    case "or":
      return { kind: "or", left: simplify(desc.left), right: simplify(desc.right) };
    case "lazy": {
      const head: Head = { key: "lazy", arity: 1, show: (args) => `lazy ${wrap(args[0]!)}` };
      return { kind: "constructor", key: "lazy", show: head.show, args: [simplify(desc.pattern)], family: { all: () => [head] } };
    }
  }
}

type Row = readonly Simple[];
/** Bounds the work on adversarial matches; past it a match counts as exhaustive and every case as useful. */
const FUEL = 100_000;
let fuel = FUEL;

function specialize(rows: readonly Row[], key: string, arity: number): Row[] {
  const result: Row[] = [];
  for (const row of rows) {
    const first = row[0]!;
    if (first.kind === "or") result.push(...specialize([[first.left, ...row.slice(1)], [first.right, ...row.slice(1)]], key, arity));
    else if (first.kind === "any") result.push([...Array.from({ length: arity }, () => ANY), ...row.slice(1)]);
    else if (first.key === key) result.push([...first.args, ...row.slice(1)]);
  }
  return result;
}
function defaults(rows: readonly Row[]): Row[] {
  const result: Row[] = [];
  for (const row of rows) {
    const first = row[0]!;
    if (first.kind === "or") result.push(...defaults([[first.left, ...row.slice(1)], [first.right, ...row.slice(1)]]));
    else if (first.kind === "any") result.push(row.slice(1));
  }
  return result;
}
function heads(rows: readonly Row[]): Map<string, Extract<Simple, { kind: "constructor" }>> {
  const found = new Map<string, Extract<Simple, { kind: "constructor" }>>();
  const visit = (s: Simple): void => {
    if (s.kind === "or") {
      visit(s.left);
      visit(s.right);
    } else if (s.kind === "constructor" && !found.has(s.key)) found.set(s.key, s);
  };
  for (const row of rows) visit(row[0]!);
  return found;
}

/** A vector of values (as text) that no row matches, or undefined. */
function counterExample(rows: readonly Row[], width: number): string[] | undefined {
  if (fuel-- <= 0) return undefined;
  if (width === 0) return rows.length === 0 ? [] : undefined;
  const present = heads(rows);
  const sample = [...present.values()][0];
  const all = sample?.family.all();
  if (sample !== undefined) {
    const complete = all !== undefined && all.every((h) => present.has(h.key));
    const candidates = all === undefined ? [...present.values()].map((c): Head => ({ key: c.key, arity: c.args.length, show: c.show })) : all.filter((h) => present.has(h.key));
    if (complete || all === undefined) {
      for (const h of candidates) {
        const inner = counterExample(specialize(rows, h.key, h.arity), h.arity + width - 1);
        if (inner !== undefined) return [h.show(inner.slice(0, h.arity)), ...inner.slice(h.arity)];
        if (complete) continue;
      }
      if (complete) return undefined;
    }
    const rest = counterExample(defaults(rows), width - 1);
    if (rest !== undefined) {
      const missing = all?.find((h) => !present.has(h.key));
      return [missing === undefined ? "_" : missing.show(Array.from({ length: missing.arity }, () => "_")), ...rest];
    }
    if (all !== undefined)
      for (const h of candidates) {
        const inner = counterExample(specialize(rows, h.key, h.arity), h.arity + width - 1);
        if (inner !== undefined) return [h.show(inner.slice(0, h.arity)), ...inner.slice(h.arity)];
      }
    return undefined;
  }
  const rest = counterExample(defaults(rows), width - 1);
  return rest === undefined ? undefined : ["_", ...rest];
}

/** Whether some value matches `row` and none of `rows`. */
function isUseful(rows: readonly Row[], row: Row): boolean {
  if (fuel-- <= 0) return true;
  if (row.length === 0) return rows.length === 0;
  const first = row[0]!;
  if (first.kind === "or") return isUseful(rows, [first.left, ...row.slice(1)]) || isUseful([...rows, [first.left, ...row.slice(1)]], [first.right, ...row.slice(1)]);
  if (first.kind === "constructor") return isUseful(specialize(rows, first.key, first.args.length), [...first.args, ...row.slice(1)]);
  const present = heads(rows);
  const sample = [...present.values()][0];
  const all = sample?.family.all();
  if (all !== undefined && all.every((h) => present.has(h.key))) return all.some((h) => isUseful(specialize(rows, h.key, h.arity), [...Array.from({ length: h.arity }, () => ANY), ...row.slice(1)]));
  return isUseful(defaults(rows), row.slice(1));
}

/**
 * Whether values may fail to match; reports warnings 8 (with an example) and 11. `cases` are tried in order; a guard may
 * always fail.
 */
export function isPartial(env: Env, type: TypeExpr, cases: readonly { readonly pattern: T.Pattern; readonly guard: T.Expression | undefined; readonly body?: T.Expression }[], loc: Location): boolean {
  fuel = FUEL;
  const rows: Row[] = [];
  for (const c of cases) {
    const row: Row = [simplify(c.pattern)];
    if (rows.length > 0 && !isUseful(rows, row) && c.body?.desc.kind !== "unreachable") warn(c.pattern.loc, 11, "this match case is unused.");
    if (c.guard === undefined) rows.push(row);
  }
  if (cases.length === 0) return !isEmptyType(env, type);
  const example = counterExample(rows, 1);
  if (example === undefined) return false;
  const guarded = cases.some((c) => c.guard !== undefined) ? "\n(However, some guarded clause may match this value.)" : "";
  warn(loc, 8, `this pattern-matching is not exhaustive.\nHere is an example of a case that is not matched:\n${example[0]}${guarded}`);
  return true;
}

function isEmptyType(env: Env, type: TypeExpr): boolean {
  const concrete = extractConcrete(env, type);
  return concrete !== undefined && concrete.declaration.kind.kind === "variant" && concrete.declaration.kind.constructors.length === 0;
}
