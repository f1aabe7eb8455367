/**
 * Which calls can be left out when nothing needs their results: those of functions that surely end and do nothing but give
 * a value. What happens to blocks and variables that are made inside is nobody else's affair.
 */
import type { Expr, Function, Label, Program, TopBinding, Variable } from "./core.ts";
import { effectOf } from "./effects.ts";
import { PassMemo } from "./memo.ts";

/** A call whose function decides whether an expression can be left out. */
export interface Call {
  readonly variable: Variable;
  readonly args: number;
}

/** Goes through an expression until something has an effect beyond it. */
class Search {
  readonly calls: Call[] = [];
  /** Blocks and mutable variables made inside. */
  readonly #own = new Set<Variable>();
  readonly #labels = new Set<Label>();

  all(es: readonly Expr[]): boolean {
    for (const e of es) if (!this.expr(e)) return false;
    return true;
  }

  expr(start: Expr): boolean {
    let e = start;
    for (;;) {
      switch (e.kind) {
        case "var":
        case "const":
        case "function":
          return true;
        case "let":
          if (!this.expr(e.value)) return false;
          if (e.variable.mutable || (e.value.kind === "primitive" && effectOf(e.value.primitive) === "allocate")) this.#own.add(e.variable);
          e = e.body;
          break;
        case "letrec":
          e = e.body;
          break;
        case "apply":
          if (e.function.kind !== "var" || !this.all(e.args)) return false;
          this.calls.push({ variable: e.function.variable, args: e.args.length });
          return true;
        case "primitive": {
          const target = e.args[0];
          const stores = e.primitive.op === "block.setField" || e.primitive.op === "block.setFloatField";
          return (effectOf(e.primitive) !== "effect" || (stores && target?.kind === "var" && this.#own.has(target.variable))) && this.all(e.args);
        }
        case "if":
          if (!this.expr(e.condition) || !this.expr(e.then)) return false;
          e = e.else;
          break;
        case "switch":
          if (!this.expr(e.scrutinee)) return false;
          for (const item of e.cases) if (!this.expr(item.body)) return false;
          if (e.default === undefined) return true;
          e = e.default;
          break;
        case "join":
          if (e.recursive || !this.expr(e.handler)) return false;
          this.#labels.add(e.label);
          e = e.body;
          break;
        case "jump":
          return this.#labels.has(e.label) && this.all(e.args);
        case "try":
          if (!this.expr(e.body)) return false;
          e = e.handler;
          break;
        case "sequence":
          if (!this.expr(e.first)) return false;
          e = e.second;
          break;
        case "assign":
          if (!this.#own.has(e.variable)) return false;
          e = e.value;
          break;
      }
    }
  }
}

/** The calls that decide whether `e` can be left out; undefined when it cannot in any case. */
export function decidingCalls(e: Expr): readonly Call[] | undefined {
  const search = new Search();
  return search.expr(e) ? search.calls : undefined;
}

/** The functions of a program that are known by name, and which calls of them can be left out. */
export class Discardable {
  readonly #functions = new Map<Variable, { readonly parameters: number; readonly discardable: boolean }>();
  /** By place in the program: whether the binding is needed for its variable only. */
  readonly bindings: boolean[] = [];

  constructor(program: Program, memo: PassMemo<{ readonly calls: readonly Call[] | undefined }>) {
    // A function that does not call itself calls those before it.
    for (const binding of program.bindings) {
      if (binding.kind === "letrec") {
        for (const f of binding.functions) this.#know(f.variable, f.function, false);
        this.bindings.push(true);
        continue;
      }
      const { calls } = memo.get(binding, decide);
      const discardable = calls?.every((call) => this.holds(call)) ?? false;
      if (binding.kind === "let" && binding.value.kind === "function") {
        this.#know(binding.variable, binding.value.function, discardable);
        this.bindings.push(true);
      } else this.bindings.push(discardable);
    }
  }

  #know(variable: Variable, { parameters }: Function, discardable: boolean): void {
    this.#functions.set(variable, { parameters: parameters.length, discardable });
  }

  /** Whether the call can be left out. Too few arguments give a closure. */
  holds({ variable, args }: Call): boolean {
    const known = this.#functions.get(variable);
    return known !== undefined && (args < known.parameters || (args === known.parameters && known.discardable));
  }
}

function decide(binding: TopBinding): { readonly calls: readonly Call[] | undefined } {
  if (binding.kind === "letrec") return { calls: undefined };
  return { calls: decidingCalls(binding.value.kind === "function" ? binding.value.function.body : binding.value) };
}
