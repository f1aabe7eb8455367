/** Free variables of functions: what a closure captures, globals excepted. */
import type { Expr, Function, Variable } from "./core.ts";

/**
 * Calls `visit` for each direct subexpression of `e`, from left to right. Functions inside count as subexpressions
 * by their bodies, through `visitFunction`.
 */
export function forEachChild(e: Expr, visit: (child: Expr) => void, visitFunction: (f: Function) => void): void {
  switch (e.kind) {
    case "var":
    case "const":
      return;
    case "let":
      visit(e.value);
      visit(e.body);
      return;
    case "letrec":
      for (const binding of e.functions) visitFunction(binding.function);
      visit(e.body);
      return;
    case "function":
      visitFunction(e.function);
      return;
    case "apply":
      visit(e.function);
      for (const arg of e.args) visit(arg);
      return;
    case "primitive":
    case "jump":
      for (const arg of e.args) visit(arg);
      return;
    case "if":
      visit(e.condition);
      visit(e.then);
      visit(e.else);
      return;
    case "switch":
      visit(e.scrutinee);
      for (const item of e.cases) visit(item.body);
      if (e.default !== undefined) visit(e.default);
      return;
    case "join":
      visit(e.handler);
      visit(e.body);
      return;
    case "try":
      visit(e.body);
      visit(e.handler);
      return;
    case "sequence":
      visit(e.first);
      visit(e.second);
      return;
    case "assign":
      visit(e.value);
      return;
  }
}

/**
 * Calls `visit` for every expression inside `root`, itself included, bodies of functions included, without recursion.
 * The order is unspecified.
 */
export function forEachExpr(root: Expr, visit: (e: Expr) => void, visitFunction?: (f: Function) => void): void {
  const stack: Expr[] = [root];
  const push = (child: Expr): void => {
    stack.push(child);
  };
  const pushFunction = (f: Function): void => {
    visitFunction?.(f);
    stack.push(f.body);
  };
  for (;;) {
    const e = stack.pop();
    if (e === undefined) return;
    visit(e);
    forEachChild(e, push, pushFunction);
  }
}

/** Computes captured variables, remembering them for each function. */
export class FreeVariables {
  readonly #isGlobal: (v: Variable) => boolean;
  readonly #memo = new Map<Function, readonly Variable[]>();

  constructor(isGlobal: (v: Variable) => boolean) {
    this.#isGlobal = isGlobal;
  }

  /** Variables of the surroundings that `f` mentions, in the order of first mention. */
  ofFunction(f: Function): readonly Variable[] {
    const known = this.#memo.get(f);
    if (known !== undefined) return known;
    const used = new Set<Variable>();
    const bound = new Set<Variable>(f.parameters);
    this.#collect(f.body, used, bound);
    const free = [...used].filter((v) => !bound.has(v));
    this.#memo.set(f, free);
    return free;
  }

  ofExpr(e: Expr): readonly Variable[] {
    const used = new Set<Variable>();
    const bound = new Set<Variable>();
    this.#collect(e, used, bound);
    return [...used].filter((v) => !bound.has(v));
  }

  /** Variables are unique, so that bound ones can be taken away at the end. */
  #collect(root: Expr, used: Set<Variable>, bound: Set<Variable>): void {
    const stack: Expr[] = [root];
    const push = (e: Expr): void => {
      stack.push(e);
    };
    const pushFunction = (f: Function): void => {
      for (const v of this.ofFunction(f)) used.add(v);
    };
    for (;;) {
      const e = stack.pop();
      if (e === undefined) return;
      switch (e.kind) {
        case "var":
          if (!this.#isGlobal(e.variable)) used.add(e.variable);
          break;
        case "assign":
          used.add(e.variable);
          break;
        case "let":
          bound.add(e.variable);
          break;
        case "letrec":
          for (const binding of e.functions) bound.add(binding.variable);
          break;
        case "join":
          for (const p of e.parameters) bound.add(p);
          break;
        case "try":
          bound.add(e.exception);
          break;
      }
      forEachChild(e, push, pushFunction);
    }
  }
}
