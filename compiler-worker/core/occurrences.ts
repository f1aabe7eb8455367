/** Occurrence counts of a program's variables and join points, made anew before each round of simplification. */
import type { Expr, Label, Program } from "./core.ts";

export class Occurrences {
  /** All mentions, by variable id; assignments do not count. */
  readonly uses: Int32Array;
  /** Mentions as the head of an application, by variable id. */
  readonly calls: Int32Array;
  /** Jumps, by label id. */
  readonly jumps: Int32Array;
  /** By label id: some jump leaves a `try`. */
  readonly leavesTry: Uint8Array;

  constructor(variables: number, labels: number) {
    this.uses = new Int32Array(variables);
    this.calls = new Int32Array(variables);
    this.jumps = new Int32Array(labels);
    this.leavesTry = new Uint8Array(labels);
  }

  countProgram(program: Program): void {
    for (const binding of program.bindings) {
      if (binding.kind === "letrec") for (const f of binding.functions) this.count(f.function.body);
      else this.count(binding.value);
    }
    for (const v of program.exports.values()) this.uses[v.id]!++;
  }

  count(root: Expr): void {
    this.#count(root, 0, new Map());
  }

  /** `depth`: how many `try` bodies are around, within the function. */
  #count(start: Expr, depth: number, labels: Map<Label, number>): void {
    let e = start;
    for (;;) {
      switch (e.kind) {
        case "var":
          this.uses[e.variable.id]!++;
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
            this.uses[e.function.variable.id]!++;
            this.calls[e.function.variable.id]!++;
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
