/**
 * Regular expressions of lexers and the automata made of them (A. V. Aho, R. Sethi, J. D. Ullman, "Compilers: Principles,
 * Techniques, and Tools", section 3.9: positions and followpos).
 */

/** The code that stands for the end of the input, after those of the bytes. */
export const END_OF_INPUT = 256;
export const SYMBOLS = 257;

/** One entry a symbol: 1 when it is in the set. */
export type SymbolSet = Uint8Array;

export type Regular =
  | { readonly kind: "empty" }
  | { readonly kind: "symbols"; readonly set: SymbolSet }
  | { readonly kind: "sequence"; readonly parts: readonly Regular[] }
  | { readonly kind: "choice"; readonly parts: readonly Regular[] }
  /** Repeated any number of times. */
  | { readonly kind: "star"; readonly body: Regular }
  /** What it matches gets a name. */
  | { readonly kind: "named"; readonly name: string; readonly body: Regular };

/** States of an automaton: what each symbol leads to (−1: nowhere), and the clause that it accepts (−1: none). */
export interface AutomatonState {
  readonly accepts: number;
  /** Undefined when nothing is read on from here. */
  readonly next: Int32Array | undefined;
}

/** Automata with more states than this were not meant to be. */
const MAX_STATES = 32_000;

interface Position {
  readonly set: SymbolSet | undefined;
  /** The clause that ends here. */
  readonly accepts: number;
  follow: Set<number>;
}

/** The deterministic automaton of a rule's clauses, its first state at index 0; undefined when it has too many states. */
export function automatonOf(clauses: readonly Regular[], shortest: boolean): AutomatonState[] | undefined {
  const positions: Position[] = [];
  const newPosition = (set: SymbolSet | undefined, accepts: number): number => positions.push({ set, accepts, follow: new Set() }) - 1;
  interface Ends {
    readonly nullable: boolean;
    readonly first: readonly number[];
    readonly last: readonly number[];
  }
  const link = (from: readonly number[], to: readonly number[]): void => {
    for (const p of from) for (const q of to) positions[p]!.follow.add(q);
  };
  const build = (r: Regular): Ends => {
    switch (r.kind) {
      case "empty":
        return { nullable: true, first: [], last: [] };
      case "symbols": {
        const p = newPosition(r.set, -1);
        return { nullable: false, first: [p], last: [p] };
      }
      case "named":
        return build(r.body);
      case "star": {
        const { first, last } = build(r.body);
        link(last, first);
        return { nullable: true, first, last };
      }
      case "choice": {
        const parts = r.parts.map(build);
        return { nullable: parts.some((p) => p.nullable), first: parts.flatMap((p) => p.first), last: parts.flatMap((p) => p.last) };
      }
      case "sequence": {
        let whole: Ends = { nullable: true, first: [], last: [] };
        for (const part of r.parts) {
          const next = build(part);
          link(whole.last, next.first);
          whole = { nullable: whole.nullable && next.nullable, first: whole.nullable ? [...whole.first, ...next.first] : whole.first, last: next.nullable ? [...whole.last, ...next.last] : next.last };
        }
        return whole;
      }
    }
  };
  const start = new Set<number>();
  clauses.forEach((clause, i) => {
    const { nullable, first, last } = build(clause);
    const end = newPosition(undefined, i);
    link(last, [end]);
    for (const p of first) start.add(p);
    if (nullable) start.add(end);
  });
  const classes = symbolClasses(positions.flatMap((p) => (p.set === undefined ? [] : [p.set])));
  const states: AutomatonState[] = [];
  const numbers = new Map<string, number>();
  const pending: (readonly number[])[] = [];
  const numberOf = (set: ReadonlySet<number>): number => {
    const sorted = [...set].sort((a, b) => a - b);
    const key = sorted.join(",");
    let n = numbers.get(key);
    if (n === undefined) {
      n = pending.push(sorted) - 1;
      numbers.set(key, n);
    }
    return n;
  };
  numberOf(start);
  for (let at = 0; at < pending.length; at++) {
    if (at >= MAX_STATES) return undefined;
    const set = pending[at]!;
    let accepts = -1;
    for (const p of set) {
      const a = positions[p]!.accepts;
      if (a >= 0 && (accepts < 0 || a < accepts)) accepts = a;
    }
    if ((shortest && accepts >= 0) || set.every((p) => positions[p]!.set === undefined)) {
      states.push({ accepts, next: undefined });
      continue;
    }
    const next = new Int32Array(SYMBOLS).fill(-1);
    for (const { representative, members } of classes) {
      const target = new Set<number>();
      for (const p of set) if (positions[p]!.set?.[representative] === 1) for (const q of positions[p]!.follow) target.add(q);
      if (target.size === 0) continue;
      const n = numberOf(target);
      for (const symbol of members) next[symbol] = n;
    }
    states.push({ accepts, next });
  }
  return states;
}

/** Symbols that no set tells apart. */
function symbolClasses(sets: readonly SymbolSet[]): { readonly representative: number; readonly members: readonly number[] }[] {
  let ids = new Int32Array(SYMBOLS);
  for (const set of new Set(sets)) {
    const renamed = new Map<number, number>();
    ids = ids.map((id, symbol) => {
      const key = id * 2 + set[symbol]!;
      let n = renamed.get(key);
      if (n === undefined) renamed.set(key, (n = renamed.size));
      return n;
    });
  }
  const members = new Map<number, number[]>();
  ids.forEach((id, symbol) => {
    const list = members.get(id);
    if (list === undefined) members.set(id, [symbol]);
    else list.push(symbol);
  });
  return [...members.values()].map((list) => ({ representative: list[0]!, members: list }));
}

/** The length of what an expression matches, when all that it matches has one; the end of the input has none. */
export function lengthOf(r: Regular): number | undefined {
  switch (r.kind) {
    case "empty":
      return 0;
    case "symbols":
      return r.set[END_OF_INPUT] === 0 ? 1 : r.set.some((x, i) => x === 1 && i !== END_OF_INPUT) ? undefined : 0;
    case "named":
      return lengthOf(r.body);
    case "star":
      return lengthOf(r.body) === 0 ? 0 : undefined;
    case "choice": {
      const lengths = r.parts.map(lengthOf);
      return lengths.every((l) => l === lengths[0]) ? lengths[0] : undefined;
    }
    case "sequence": {
      let sum = 0;
      for (const part of r.parts) {
        const l = lengthOf(part);
        if (l === undefined) return undefined;
        sum += l;
      }
      return sum;
    }
  }
}

/** The names that an expression gives. */
export function namesIn(r: Regular): ReadonlySet<string> {
  switch (r.kind) {
    case "empty":
    case "symbols":
      return new Set();
    case "named":
      return new Set([r.name, ...namesIn(r.body)]);
    case "star":
      return namesIn(r.body);
    default:
      return new Set(r.parts.flatMap((part) => [...namesIn(part)]));
  }
}

/** The names that are given whatever an expression matches. */
export function namesAlwaysIn(r: Regular): ReadonlySet<string> {
  switch (r.kind) {
    case "named":
      return new Set([r.name, ...namesAlwaysIn(r.body)]);
    case "sequence":
      return new Set(r.parts.flatMap((part) => [...namesAlwaysIn(part)]));
    case "choice": {
      const all = r.parts.map(namesAlwaysIn);
      return new Set([...(all[0] ?? [])].filter((name) => all.every((names) => names.has(name))));
    }
    default:
      return new Set();
  }
}

/** Whether every expression that gets the name matches one byte. */
export function isAlwaysByte(r: Regular, name: string): boolean {
  switch (r.kind) {
    case "named":
      return (r.name !== name || lengthOf(r.body) === 1) && isAlwaysByte(r.body, name);
    case "star":
      return isAlwaysByte(r.body, name);
    case "sequence":
    case "choice":
      return r.parts.every((part) => isAlwaysByte(part, name));
    default:
      return true;
  }
}
