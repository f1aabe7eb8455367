/** Variables of alternatives under a guard: those that different alternatives bind to different parts of one value. */
import { printConstantValue } from "./constants-print.ts";
import { alternativesOf, ANY, areCompatible, isWild, strip, type Witness } from "./parmatch-matrix.ts";
import type * as T from "./typedtree.ts";
import type { Ident } from "./types.ts";

/** Whether a value like the example may match the pattern: of a case whose guard may hold. */
export function mayMatch(w: Witness, pattern: T.Pattern): boolean {
  const p = strip(pattern);
  const { desc } = p;
  if (w.kind === "any" || isWild(p)) return true;
  if (w.kind === "or") return w.alternatives.some((a) => mayMatch(a, p));
  const all = (parts: readonly Witness[], patterns: readonly T.Pattern[]): boolean => parts.length === patterns.length && parts.every((part, i) => mayMatch(part, patterns[i]!));
  switch (desc.kind) {
    case "or":
      return alternativesOf(p).some((q) => mayMatch(w, q));
    case "constant":
      return w.kind === "constant" && printConstantValue(w.constant) === printConstantValue(desc.constant);
    case "tuple":
      return w.kind === "tuple" && all(w.components, desc.components);
    case "construct":
      return w.kind === "construct" && w.constructor.name === desc.constructor.name && all(w.args, desc.args);
    case "variant":
      return w.kind === "variant" && w.label === desc.label && (w.argument === undefined || desc.argument === undefined || mayMatch(w.argument, desc.argument));
    case "record":
      return w.kind === "record" && desc.fields.every((f) => mayMatch(w.fields[w.labels.findIndex((l) => l.position === f.label.position)] ?? ANY, f.pattern));
    case "array":
      return w.kind === "array" && all(w.elements, desc.elements);
    case "lazy":
      return w.kind === "lazy" && mayMatch(w.value, desc.pattern);
    default:
      return true;
  }
}

/** Where in the value each variable is bound, as a path of positions. */
type Places = ReadonlyMap<Ident, string>;

/** One choice of alternatives: the pattern without `|`, and where its variables are. */
interface Expansion {
  readonly pattern: T.Pattern;
  readonly places: Places;
}

/** Expansions past this number are not looked at. */
const LIMIT = 64;

/** All choices of alternatives of the pattern. */
function expand(p: T.Pattern, place: string): Expansion[] {
  const { desc } = p;
  const product = (list: readonly { readonly part: T.Pattern; readonly at: string }[], rebuild: (parts: T.Pattern[]) => T.Pattern): Expansion[] => {
    let result: { parts: T.Pattern[]; places: Map<Ident, string> }[] = [{ parts: [], places: new Map() }];
    for (const { part, at } of list) {
      const next: typeof result = [];
      for (const r of result) for (const e of expand(part, at)) if (next.length < LIMIT) next.push({ parts: [...r.parts, e.pattern], places: new Map([...r.places, ...e.places]) });
      result = next;
    }
    return result.map((r) => ({ pattern: rebuild(r.parts), places: r.places }));
  };
  switch (desc.kind) {
    case "var":
      return [{ pattern: p, places: new Map([[desc.id, place]]) }];
    case "alias":
      return expand(desc.pattern, place).map((e) => ({ pattern: e.pattern, places: new Map([...e.places, [desc.id, place]]) }));
    case "or":
      return [...expand(desc.left, place), ...expand(desc.right, place)].slice(0, LIMIT);
    case "tuple":
      return product(desc.components.map((part, i) => ({ part, at: `${place}.${i}` })), (components) => ({ ...p, desc: { ...desc, components } }));
    case "construct":
      return product(desc.args.map((part, i) => ({ part, at: `${place}.${desc.constructor.name}${i}` })), (args) => ({ ...p, desc: { ...desc, args } }));
    case "variant":
      return desc.argument === undefined ? [{ pattern: p, places: new Map() }] : product([{ part: desc.argument, at: `${place}.\`${desc.label}` }], ([argument]) => ({ ...p, desc: { ...desc, argument } }));
    case "record":
      return product(desc.fields.map((f) => ({ part: f.pattern, at: `${place}.${f.label.position}` })), (parts) => ({ ...p, desc: { ...desc, fields: desc.fields.map((f, i) => ({ ...f, pattern: parts[i]! })) } }));
    case "array":
      return product(desc.elements.map((part, i) => ({ part, at: `${place}.${i}` })), (elements) => ({ ...p, desc: { ...desc, elements } }));
    case "lazy":
      return product([{ part: desc.pattern, at: `${place}.l` }], ([pattern]) => ({ ...p, desc: { ...desc, pattern: pattern! } }));
    default:
      return [{ pattern: p, places: new Map() }];
  }
}

/** Names of variables that the guard uses and whose meaning depends on which of several matching alternatives is taken. */
export function ambiguousVariables(pattern: T.Pattern, guard: T.Expression): string[] {
  const used = variablesOf(guard);
  const expansions = expand(strip(pattern) === pattern ? pattern : pattern, "");
  const ambiguous = new Set<Ident>();
  for (let i = 0; i < expansions.length; i++)
    for (let j = i + 1; j < expansions.length; j++) {
      const a = expansions[i]!;
      const b = expansions[j]!;
      if (!areCompatible(a.pattern, b.pattern)) continue;
      for (const [id, place] of a.places) if (used.has(id) && b.places.has(id) && b.places.get(id) !== place) ambiguous.add(id);
    }
  return [...ambiguous].map((id) => id.name).sort();
}

/** Identifiers of local values that an expression mentions. */
function variablesOf(e: T.Expression): Set<Ident> {
  const found = new Set<Ident>();
  const seen = new Set<object>();
  const work: unknown[] = [e.desc];
  while (work.length > 0) {
    const x = work.pop();
    if (typeof x !== "object" || x === null || seen.has(x)) continue;
    seen.add(x);
    if (Array.isArray(x)) {
      for (const y of x as unknown[]) work.push(y);
      continue;
    }
    const record = x as Readonly<Record<string, unknown>>;
    if (record["kind"] === "ident" && isPathIdent(record["path"])) found.add(record["path"].id);
    for (const [key, value] of Object.entries(record)) if (key !== "type" && key !== "env" && key !== "loc" && key !== "description" && key !== "constructor" && key !== "label") work.push(value);
  }
  return found;
}
function isPathIdent(x: unknown): x is { readonly kind: "ident"; readonly id: Ident } {
  return typeof x === "object" && x !== null && (x as { kind?: unknown }).kind === "ident" && "id" in x;
}
