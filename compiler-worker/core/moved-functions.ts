/**
 * Which local functions the real native compiler puts in the place of their only call, before anything else: a function that is bound by
 * `let` and mentioned once, as a function that is called with all its arguments, not inside of another function unless that one is moved
 * likewise (as its backtraces show). There is no call then, and none in backtraces; what the function does stands under its own name.
 */
import type { Expr, Function, TopBinding, Variable } from "./core.ts";
import { forEachChild, forEachExpr } from "./free.ts";

interface Candidate {
  readonly function: Function;
  /** The function that it is bound in; undefined at top level. */
  readonly home: Function | undefined;
  uses: number;
  /** The function whose code calls it, if that is how it is used. */
  caller: Function | undefined;
  isCalled: boolean;
}

/** Those of a binding before anything was inlined, by their variables; `isOwn`: of the files that are looked at. */
export function movedFunctions(binding: TopBinding, isOwn: (f: Function) => boolean): ReadonlySet<Variable> {
  const roots: [Function | undefined, Expr][] =
    binding.kind === "letrec"
      ? binding.functions.map((x) => [x.function, x.function.body])
      : binding.kind === "let" && binding.value.kind === "function"
        ? [[binding.value.function, binding.value.function.body]]
        : [[undefined, binding.value]];
  let found = false;
  for (const [home, root] of roots) {
    // What is in a function of another file is of that file, too.
    if (home?.loc !== undefined && !isOwn(home)) continue;
    forEachExpr(root, (e) => {
      if (e.kind === "let" && e.value.kind === "function" && !e.variable.mutable && isOwn(e.value.function)) found = true;
    });
  }
  return found ? new Search(isOwn).run(roots) : new Set();
}

class Search {
  readonly #candidates = new Map<Variable, Candidate>();
  /** The candidates by their functions. */
  readonly #byFunction = new Map<Function, Candidate>();
  readonly #isOwn: (f: Function) => boolean;

  constructor(isOwn: (f: Function) => boolean) {
    this.#isOwn = isOwn;
  }

  run(roots: readonly [Function | undefined, Expr][]): ReadonlySet<Variable> {
    this.#collect(roots);
    this.#count(roots);
    return new Set([...this.#candidates].filter(([, candidate]) => this.#isMoved(candidate)).map(([variable]) => variable));
  }

  #collect(roots: readonly [Function | undefined, Expr][]): void {
    walk(roots, (e, home) => {
      if (e.kind !== "let" || e.value.kind !== "function" || e.variable.mutable || !this.#isOwn(e.value.function)) return;
      // Those of local modules are fields of them there.
      if (home !== undefined && e.value.function.name !== `${home.name}.${e.variable.name}`) return;
      const candidate: Candidate = { function: e.value.function, home, uses: 0, caller: undefined, isCalled: false };
      this.#candidates.set(e.variable, candidate);
      this.#byFunction.set(e.value.function, candidate);
    });
  }

  #count(roots: readonly [Function | undefined, Expr][]): void {
    walk(roots, (e, home) => {
      if (e.kind === "var") {
        const candidate = this.#candidates.get(e.variable);
        if (candidate !== undefined) candidate.uses++;
      } else if (e.kind === "apply" && e.function.kind === "var") {
        const candidate = this.#candidates.get(e.function.variable);
        if (candidate === undefined || e.args.length !== candidate.function.parameters.length) return;
        candidate.caller = home;
        candidate.isCalled = true;
      }
    });
  }

  #isMoved(candidate: Candidate): boolean {
    if (candidate.uses !== 1 || !candidate.isCalled) return false;
    let caller = candidate.caller;
    while (caller !== candidate.home) {
      const around = caller === undefined ? undefined : this.#byFunction.get(caller);
      if (around === undefined || !this.#isMoved(around)) return false;
      caller = around.caller;
    }
    return true;
  }
}

/** Calls `visit` for every expression with the function that it stands in. */
function walk(roots: readonly [Function | undefined, Expr][], visit: (e: Expr, home: Function | undefined) => void): void {
  const stack: [Function | undefined, Expr][] = [...roots];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const [home, e] = item;
    visit(e, home);
    forEachChild(
      e,
      (child) => stack.push([home, child]),
      (f) => stack.push([f, f.body]),
    );
  }
}
