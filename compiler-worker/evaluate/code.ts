/** The evaluator's code: straight-line instructions over registers; expressions without calls are JavaScript closures. */
import type { Location } from "../syntax/diagnostics.ts";
import type { Value } from "./values.ts";

/** Evaluates an expression in which nothing is called. */
export type Eval = (registers: Value[]) => Value;

export type Instruction =
  | { readonly op: 0 /* set */; readonly destination: number; readonly value: Eval }
  | { readonly op: 1 /* effect */; readonly value: Eval }
  | { readonly op: 2 /* jump */; target: number }
  | { readonly op: 3 /* jump if zero */; readonly condition: Eval; target: number }
  | { readonly op: 4 /* switch */; readonly scrutinee: Eval; readonly table: Map<Value, number>; otherwise: number }
  | { readonly op: 5 /* return */; readonly value: Eval }
  /** Of a function known to take exactly these arguments; `closure` gives what it captured. */
  | { readonly op: 6 /* call known */; readonly code: Code; readonly closure: Eval | undefined; readonly args: readonly Eval[]; readonly destination: number }
  | { readonly op: 7 /* tail call known */; readonly code: Code; readonly closure: Eval | undefined; readonly args: readonly Eval[] }
  | { readonly op: 8 /* call */; readonly callee: Eval; readonly args: readonly Eval[]; readonly destination: number }
  | { readonly op: 9 /* tail call */; readonly callee: Eval; readonly args: readonly Eval[] }
  | { readonly op: 10 /* push trap */; readonly register: number; target: number }
  | { readonly op: 11 /* pop traps */; readonly count: number }
  | { readonly op: 12 /* raise */; readonly value: Eval }
  | { readonly op: 13 /* perform */; readonly effect: Eval; readonly destination: number }
  | { readonly op: 14 /* reperform (returns) */; readonly effect: Eval; readonly continuation: Eval; readonly last: Eval }
  /** `destination` is undefined where nothing is left to do in the function. */
  | { readonly op: 15 /* runstack */; readonly stack: Eval; readonly callee: Eval; readonly argument: Eval; readonly destination: number | undefined }
  | { readonly op: 16 /* resume */; readonly stack: Eval; readonly callee: Eval; readonly argument: Eval; readonly last: Eval; readonly destination: number | undefined }
  /** Parallel move of jump arguments: all are evaluated before any is assigned. */
  | { readonly op: 17 /* move */; readonly destinations: readonly number[]; readonly values: readonly Eval[] };

/** A function. Register 0 holds its closure, then come the parameters. */
export class Code {
  readonly name: string;
  readonly arity: number;
  registerCount: number;
  /** Undefined until it is called for the first time. */
  instructions: Instruction[] | undefined;
  /** Where each instruction comes from, as far as that is known. */
  locations: readonly (Location | undefined)[];
  compile: (() => void) | undefined;
  constructor(name: string, arity: number) {
    this.name = name;
    this.arity = arity;
    this.registerCount = arity + 1;
    this.instructions = undefined;
    this.locations = [];
    this.compile = undefined;
  }
}
