/**
 * When the function of `!r x` is read: before the arguments are evaluated, as what an expression computes, except where `r` is a reference
 * that never leaves its function. That one is a variable, and variables are read last. Which it is can be told when all that uses it has
 * been translated: until then both translations are kept.
 */
import * as b from "../core/build.ts";
import type { Expr, Function, Variable } from "../core/core.ts";
import { localBlocks } from "../core/local-refs.ts";
import { rewrite, type Rules } from "../core/rewrite.ts";

export class LateReads {
  /** By reference: by the variable that the function is first read into, the translation that reads it last. */
  readonly #late = new Map<Variable, Map<Variable, Expr>>();

  /** `early` is a `let` of a variable read from `reference`. */
  add(reference: Variable, early: Expr, late: Expr): void {
    if (early.kind !== "let") return;
    const reads = this.#late.get(reference) ?? new Map<Variable, Expr>();
    this.#late.set(reference, reads.set(early.variable, late));
  }

  /** `let reference = value in body`, with the reads as they are to be. */
  bind(reference: Variable, value: Expr, body: Expr): Expr {
    const whole = b.letIn(reference, value, body);
    const reads = this.#late.get(reference);
    if (reads === undefined) return whole;
    this.#late.delete(reference);
    if (!localBlocks(whole).has(reference)) return whole;
    // No use of the reference is inside of a function.
    const rules: Rules = {
      node: (e) => {
        const late = e.kind === "let" ? reads.get(e.variable) : undefined;
        return late === undefined ? undefined : { frame: undefined, next: late };
      },
      function: (f: Function): Function => f,
    };
    return b.letIn(reference, value, rewrite(rules, body));
  }
}
