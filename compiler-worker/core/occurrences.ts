/** Occurrence counts of variables and join points, made anew before each round of simplification, a binding at a time. */
import type { Expr, Label, TopBinding, Variable } from "./core.ts";

export class Occurrences {
  /** All mentions, by variable id; assignments do not count. */
  readonly uses: Int32Array;
  /** Jumps, by label id. */
  readonly jumps: Int32Array;
  /** By label id: some jump leaves a `try`. */
  readonly leavesTry: Uint8Array;
  /** The variables mentioned, each once. */
  #mentioned: Variable[] = [];

  /** `variables`, `labels`: ids are below. */
  constructor(variables: number, labels: number) {
    this.uses = new Int32Array(variables);
    this.jumps = new Int32Array(labels);
    this.leavesTry = new Uint8Array(labels);
  }

  /** Counts what a binding mentions. Locals are counted in the tables; the counts of globals are given back. */
  countBinding(binding: TopBinding, isGlobal: (v: Variable) => boolean): readonly { readonly variable: Variable; readonly count: number }[] {
    this.#mentioned = [];
    if (binding.kind === "letrec") for (const f of binding.functions) this.#count(f.function.body, 0, new Map());
    else this.#count(binding.value, 0, new Map());
    const globals: { variable: Variable; count: number }[] = [];
    for (const variable of this.#mentioned) {
      if (!isGlobal(variable)) continue;
      globals.push({ variable, count: this.uses[variable.id]! });
      this.uses[variable.id] = 0;
    }
    this.#mentioned = [];
    return globals;
  }

  #mention(v: Variable): void {
    if (this.uses[v.id]!++ === 0) this.#mentioned.push(v);
  }

  /** `depth`: how many `try` bodies are around, within the function. */
  #count(start: Expr, depth: number, labels: Map<Label, number>): void {
    let e = start;
    for (;;) {
      switch (e.kind) {
        case "var":
          this.#mention(e.variable);
          return;
        case "const":
          return;
        case "let":
          this.#count(e.value, depth, labels);
          e = e.body;
          break;
        case "letrec":
          for (const f of e.functions) this.#count(f.function.body, 0, new Map());
          e = e.body;
          break;
        case "function":
          this.#count(e.function.body, 0, new Map());
          return;
        case "apply":
          if (e.function.kind === "var") {
            this.#mention(e.function.variable);
          } else this.#count(e.function, depth, labels);
          for (const arg of e.args) this.#count(arg, depth, labels);
          return;
        case "primitive":
          for (const arg of e.args) this.#count(arg, depth, labels);
          return;
        case "if":
          this.#count(e.condition, depth, labels);
          this.#count(e.then, depth, labels);
          e = e.else;
          break;
        case "switch":
          this.#count(e.scrutinee, depth, labels);
          for (const item of e.cases) this.#count(item.body, depth, labels);
          if (e.default === undefined) return;
          e = e.default;
          break;
        case "join":
          labels.set(e.label, depth);
          this.#count(e.handler, depth, labels);
          e = e.body;
          break;
        case "jump":
          this.jumps[e.label.id]!++;
          if (labels.get(e.label) !== depth) this.leavesTry[e.label.id] = 1;
          for (const arg of e.args) this.#count(arg, depth, labels);
          return;
        case "try":
          this.#count(e.body, depth + 1, labels);
          e = e.handler;
          break;
        case "sequence":
          this.#count(e.first, depth, labels);
          e = e.second;
          break;
        case "assign":
          e = e.value;
          break;
      }
    }
  }
}
