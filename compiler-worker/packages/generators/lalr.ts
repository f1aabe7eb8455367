/**
 * LALR(1) automata of grammars: the LR(0) automaton with lookaheads that are propagated between kernels (A. V. Aho, R. Sethi,
 * J. D. Ullman, "Compilers: Principles, Techniques, and Tools", algorithms 4.12 and 4.13), conflicts resolved as yacc resolves them.
 */

export interface Precedence {
  readonly level: number;
  readonly associativity: "left" | "right" | "none";
}

/** Symbols are numbers: terminals from 0, then nonterminals. */
export interface Production {
  readonly left: number;
  readonly right: readonly number[];
  readonly precedence: Precedence | undefined;
}

export interface Grammar {
  readonly terminals: number;
  readonly nonterminals: number;
  /** The first is the augmented start, whose right side is what is parsed. */
  readonly productions: readonly Production[];
  /** By terminal. */
  readonly precedences: readonly (Precedence | undefined)[];
  /** The terminal that follows the augmented start. */
  readonly end: number;
}

export interface ParserState {
  /** Terminal → state. */
  readonly shifts: ReadonlyMap<number, number>;
  /** Terminal → production. */
  readonly reductions: ReadonlyMap<number, number>;
  /** Terminals that are errors though some action was possible (`%nonassoc`). */
  readonly errors: ReadonlySet<number>;
  /** Nonterminal → state. */
  readonly gotos: ReadonlyMap<number, number>;
}

/** Grammars with more states were not written by hand. */
const MAX_STATES = 30_000;

/** A set of terminals. */
class Terminals {
  readonly words: Uint32Array;
  constructor(count: number) {
    this.words = new Uint32Array((count + 31) >> 5);
  }
  has(t: number): boolean {
    return (this.words[t >> 5]! & (1 << (t & 31))) !== 0;
  }
  add(t: number): boolean {
    if (this.has(t)) return false;
    this.words[t >> 5]! |= 1 << (t & 31);
    return true;
  }
  /** Whether it grew. */
  addAll(other: Terminals): boolean {
    let grew = false;
    for (let i = 0; i < this.words.length; i++) {
      const merged = (this.words[i]! | other.words[i]!) >>> 0;
      if (merged !== this.words[i]!) {
        this.words[i] = merged;
        grew = true;
      }
    }
    return grew;
  }
}

/** The automaton, its first state at index 0; undefined when it has too many states. */
export function lalrAutomaton(grammar: Grammar): ParserState[] | undefined {
  const { terminals, nonterminals, productions } = grammar;
  // One symbol more than the terminals stands for what follows a kernel item wherever it is.
  const ANY = terminals;
  const isTerminal = (s: number): boolean => s < terminals;
  const byLeft: number[][] = Array.from({ length: nonterminals }, () => []);
  productions.forEach((p, i) => byLeft[p.left - terminals]!.push(i));
  const { nullable, first } = firstSets(grammar);
  // An item is a production and a place in it: numbered.
  const itemStart: number[] = [];
  let items = 0;
  for (const p of productions) {
    itemStart.push(items);
    items += p.right.length + 1;
  }
  const productionOf = new Int32Array(items);
  productions.forEach((p, i) => productionOf.fill(i, itemStart[i]!, itemStart[i]! + p.right.length + 1));
  const nextSymbol = (item: number): number | undefined => {
    const p = productionOf[item]!;
    return productions[p]!.right[item - itemStart[p]!];
  };

  interface State {
    readonly kernel: readonly number[];
    readonly transitions: Map<number, number>;
  }
  const states: State[] = [];
  const numbers = new Map<string, number>();
  const stateOf = (kernel: readonly number[]): number => {
    const key = kernel.join(",");
    let n = numbers.get(key);
    if (n === undefined) {
      n = states.push({ kernel, transitions: new Map() }) - 1;
      numbers.set(key, n);
    }
    return n;
  };
  const closure = (kernel: readonly number[]): number[] => {
    const all = [...kernel];
    const seen = new Set(kernel);
    for (const item of all) {
      const s = nextSymbol(item);
      if (s === undefined || isTerminal(s)) continue;
      for (const p of byLeft[s - terminals]!) {
        const inner = itemStart[p]!;
        if (seen.has(inner)) continue;
        seen.add(inner);
        all.push(inner);
      }
    }
    return all;
  };
  stateOf([itemStart[0]!]);
  for (let at = 0; at < states.length; at++) {
    if (at >= MAX_STATES) return undefined;
    const bySymbol = new Map<number, number[]>();
    for (const item of closure(states[at]!.kernel)) {
      const s = nextSymbol(item);
      if (s === undefined) continue;
      const list = bySymbol.get(s);
      if (list === undefined) bySymbol.set(s, [item + 1]);
      else list.push(item + 1);
    }
    for (const [s, kernel] of bySymbol) states[at]!.transitions.set(s, stateOf(kernel.sort((a, b) => a - b)));
  }

  // Lookaheads of kernel items: what is generated in the closures of others, and what is passed on from them.
  const newSet = (): Terminals => new Terminals(terminals + 1);
  const lookaheads = states.map((state) => state.kernel.map(newSet));
  const passes: { readonly from: Terminals; readonly to: Terminals }[] = [];
  /** The closure of items with their lookaheads. */
  const closureWith = (seed: readonly (readonly [number, Terminals])[]): Map<number, Terminals> => {
    const sets = new Map<number, Terminals>();
    const pending: number[] = [];
    const add = (item: number, set: Terminals): void => {
      let known = sets.get(item);
      if (known === undefined) {
        known = newSet();
        sets.set(item, known);
        known.addAll(set);
        pending.push(item);
      } else if (known.addAll(set)) pending.push(item);
    };
    for (const [item, set] of seed) add(item, set);
    for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
      const p = productionOf[item]!;
      const { right } = productions[p]!;
      const s = right[item - itemStart[p]!];
      if (s === undefined || isTerminal(s)) continue;
      const after = newSet();
      let i = item - itemStart[p]! + 1;
      for (; i < right.length; i++) {
        after.addAll(first[right[i]!]!);
        if (isTerminal(right[i]!) || !nullable[right[i]! - terminals]!) break;
      }
      if (i === right.length) after.addAll(sets.get(item)!);
      for (const inner of byLeft[s - terminals]!) add(itemStart[inner]!, after);
    }
    return sets;
  };
  lookaheads[0]![0]!.add(grammar.end);
  const any = newSet();
  any.add(ANY);
  states.forEach((state, n) => {
    state.kernel.forEach((kernelItem, k) => {
      for (const [item, set] of closureWith([[kernelItem, any]])) {
        const s = nextSymbol(item);
        if (s === undefined) continue;
        const target = state.transitions.get(s)!;
        const to = lookaheads[target]![states[target]!.kernel.indexOf(item + 1)]!;
        for (let i = 0; i < set.words.length; i++) to.words[i]! |= i === ANY >> 5 ? set.words[i]! & ~(1 << (ANY & 31)) : set.words[i]!;
        if (set.has(ANY)) passes.push({ from: lookaheads[n]![k]!, to });
      }
    });
  });
  for (let changed = true; changed; ) {
    changed = false;
    for (const { from, to } of passes) if (to.addAll(from)) changed = true;
  }

  return states.map((state, n) => {
    const shifts = new Map<number, number>();
    const gotos = new Map<number, number>();
    for (const [s, target] of state.transitions) (isTerminal(s) ? shifts : gotos).set(s, target);
    const reductions = new Map<number, number>();
    const errors = new Set<number>();
    const complete: [number, Terminals][] = [];
    const full = closureWith(state.kernel.map((item, k) => [item, lookaheads[n]![k]!] as const));
    for (const [item, set] of full) if (nextSymbol(item) === undefined) complete.push([productionOf[item]!, set]);
    // The production that is written first wins over others.
    complete.sort(([a], [b]) => a - b);
    for (const [p, set] of complete) {
      for (let t = 0; t < terminals; t++) {
        if (!set.has(t) || reductions.has(t) || errors.has(t)) continue;
        if (!shifts.has(t)) reductions.set(t, p);
        else {
          const ofToken = grammar.precedences[t];
          const ofProduction = productions[p]!.precedence;
          if (ofToken === undefined || ofProduction === undefined || ofToken.level > ofProduction.level) continue;
          if (ofToken.level < ofProduction.level || ofToken.associativity === "left") {
            shifts.delete(t);
            reductions.set(t, p);
          } else if (ofToken.associativity === "none") {
            shifts.delete(t);
            errors.add(t);
          }
        }
      }
    }
    return { shifts, reductions, errors, gotos };
  });
}

function firstSets({ terminals, nonterminals, productions }: Grammar): { readonly nullable: readonly boolean[]; readonly first: readonly Terminals[] } {
  const nullable = new Array<boolean>(nonterminals).fill(false);
  const first = Array.from({ length: terminals + nonterminals }, () => new Terminals(terminals + 1));
  for (let t = 0; t < terminals; t++) first[t]!.add(t);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { left, right } of productions) {
      let i = 0;
      for (; i < right.length; i++) {
        const s = right[i]!;
        if (first[left]!.addAll(first[s]!)) changed = true;
        if (s < terminals || !nullable[s - terminals]!) break;
      }
      if (i === right.length && !nullable[left - terminals]!) {
        nullable[left - terminals] = true;
        changed = true;
      }
    }
  }
  return { nullable, first };
}
