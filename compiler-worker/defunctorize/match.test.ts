import { describe, expect, it } from "vitest";
import * as b from "../core/build.ts";
import { checkProgram } from "../core/check.ts";
import type { Constant, Expr, Variable } from "../core/core.ts";
import { sizeOf } from "../core/effects.ts";
import { runPipeline } from "../core/pipeline.ts";
import { evaluateGlobal } from "../evaluate/evaluate.ts";
import { Block, type Value } from "../evaluate/values.ts";
import { emitMatch } from "./match-emit.ts";
import { decide, type Row } from "./match.ts";
import type { Head, Pat } from "./patterns.ts";

/** Reproducible random numbers. */
function generator(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) % n;
  };
}

// type t = A | B | C of t | D of t * t | E of int (3 blocks, 2 constants)
interface Shape {
  readonly head: Head;
  readonly arity: number;
  readonly isInt: boolean;
}
const common = { constants: 2, nonConstants: 3 };
const SHAPES: readonly Shape[] = [
  { head: { kind: "constant", key: "c0", index: 0, ...common }, arity: 0, isInt: false },
  { head: { kind: "constant", key: "c1", index: 1, ...common }, arity: 0, isInt: false },
  { head: { kind: "block", key: "b0", tag: 0, ...common }, arity: 1, isInt: false },
  { head: { kind: "block", key: "b1", tag: 1, ...common }, arity: 2, isInt: false },
  { head: { kind: "block", key: "b2", tag: 2, ...common }, arity: 1, isInt: true },
];

class Maker {
  readonly fresh = new b.Fresh();
  #ids = 0;
  readonly random: (n: number) => number;
  constructor(random: (n: number) => number) {
    this.random = random;
  }

  int(value: number): Pat {
    return { id: this.#ids++, variables: [], desc: { kind: "head", head: { kind: "int", key: String(value), value: BigInt(value) }, args: [] } };
  }

  pattern(depth: number, variables: Variable[] | undefined, isInt: boolean): Pat {
    const choice = this.random(depth <= 0 ? 2 : 8);
    if (choice === 0) return { id: this.#ids++, variables: [], desc: { kind: "any" } };
    if (choice === 1) {
      if (variables === undefined) return { id: this.#ids++, variables: [], desc: { kind: "any" } };
      const v = this.fresh.variable("x");
      variables.push(v);
      return { id: this.#ids++, variables: [v], desc: { kind: "any" } };
    }
    // Alternatives bind nothing here.
    if (choice === 2) return { id: this.#ids++, variables: [], desc: { kind: "or", alternatives: [this.pattern(depth - 1, undefined, isInt), this.pattern(depth - 1, undefined, isInt)] } };
    if (isInt) return this.int(this.random(3));
    const shape = SHAPES[this.random(SHAPES.length)]!;
    const args = Array.from({ length: shape.arity }, (_, index) => ({ accessor: { kind: "field" as const, index, mutable: false }, pattern: this.pattern(depth - 1, variables, shape.isInt) }));
    return { id: this.#ids++, variables: [], desc: { kind: "head", head: shape.head, args } };
  }

  value(depth: number): Constant {
    const shape = SHAPES[this.random(depth <= 0 ? 2 : SHAPES.length)]!;
    if (shape.head.kind === "constant") return b.intConstant(shape.head.index);
    const tag = shape.head.kind === "block" ? shape.head.tag : 0;
    return { kind: "block", tag, fields: Array.from({ length: shape.arity }, () => (shape.isInt ? b.intConstant(this.random(4)) : this.value(depth - 1))) };
  }
}

function matches(p: Pat, value: Constant, bound: Map<Variable, Constant>): boolean {
  for (const v of p.variables) bound.set(v, value);
  switch (p.desc.kind) {
    case "any":
      return true;
    case "or":
      return p.desc.alternatives.some((a) => matches(a, value, bound));
    case "head": {
      const head = p.desc.head;
      if (value.kind === "int") return (head.kind === "constant" && BigInt(head.index) === value.value) || (head.kind === "int" && head.value === value.value);
      if (value.kind !== "block" || head.kind !== "block" || head.tag !== value.tag) return false;
      return p.desc.args.every((arg) => arg.accessor.kind === "field" && matches(arg.pattern, value.fields[arg.accessor.index]!, bound));
    }
  }
}

function show(v: Value | undefined): string {
  return v instanceof Block ? `[${v.tag}: ${v.fields.map(show).join(" ")}]` : String(v);
}
function showConstant(c: Constant): string {
  return c.kind === "block" ? `[${c.tag}: ${c.fields.map(showConstant).join(" ")}]` : c.kind === "int" ? String(c.value) : "?";
}

describe("match compilation", () => {
  it("agrees with matching row by row on random matrices", () => {
    for (let seed = 1; seed <= 120; seed++) {
      const random = generator(seed * 7919);
      const m = new Maker(random);
      const columns = 1 + random(3);
      const sources = Array.from({ length: 1 + random(7) }, () => {
        const variables: Variable[] = [];
        const patterns = Array.from({ length: columns }, () => m.pattern(3, variables, false));
        return { patterns, variables, guarded: random(4) === 0 };
      });
      const rows: Row[] = sources.map(({ patterns, variables, guarded }, i) => ({
        patterns,
        // A guard that looks at the first variable: true when it is a block.
        guard: guarded ? (variables.length > 0 ? b.not(b.prim("value.isInt", b.variable(variables[0]!))) : b.falseExpr) : undefined,
        action: { variables, body: b.makeBlock(0, [b.int(i), ...variables.map(b.variable)]) },
      }));
      const parameters = Array.from({ length: columns }, (_, i) => m.fresh.variable(`arg${i}`));
      const fail: Expr = b.raise("regular", b.predefinedException("Not_found"));
      const code = emitMatch({ fresh: m.fresh, forceLazy: (v) => v, fail: b.sequence(b.unit, b.makeBlock(1, [b.unit])) }, decide(rows, columns, true), parameters.map(b.variable));
      void fail;
      const f = m.fresh.variable("f");
      const out = m.fresh.variable("out");
      const inputs = Array.from({ length: 12 }, () => Array.from({ length: columns }, () => m.value(4)));
      const calls = b.makeBlock(0, inputs.map((args) => b.apply(b.variable(f), args.map((c) => b.prim("value.opaque", b.constant(c))))));
      const program = { bindings: [{ kind: "let" as const, variable: f, value: b.lambda(b.makeFunction("f", parameters, code)) }, { kind: "let" as const, variable: out, value: calls }], exports: new Map([["out", out]]) };
      checkProgram(program, { exactCalls: true });
      const expected = inputs.map((args) => {
        for (const [i, source] of sources.entries()) {
          const bound = new Map<Variable, Constant>();
          if (!source.patterns.every((p, k) => matches(p, args[k]!, bound))) continue;
          if (source.guarded && (source.variables.length === 0 || bound.get(source.variables[0]!)!.kind === "int")) continue;
          return `[0: ${[String(i), ...source.variables.map((v) => showConstant(bound.get(v)!))].join(" ")}]`;
        }
        return "[1: 0]";
      });
      const plain = evaluateGlobal(program, out, { output: () => undefined });
      expect(show(plain), `seed ${seed}`).toBe(`[0: ${expected.join(" ")}]`);
      const optimized = evaluateGlobal(runPipeline(program, m.fresh, { checkIr: true }), out, { output: () => undefined });
      expect(show(optimized), `seed ${seed}, optimised`).toBe(`[0: ${expected.join(" ")}]`);
    }
  });

  it("stays small on a diagonal", () => {
    // match x1, …, xn with A, _, … -> 1 | _, A, … -> 2 | …: linear, not exponential.
    const fresh = new b.Fresh();
    const n = 12;
    let ids = 0;
    const any = (): Pat => ({ id: ids++, variables: [], desc: { kind: "any" } });
    const head = (): Pat => ({ id: ids++, variables: [], desc: { kind: "head", head: SHAPES[0]!.head, args: [] } });
    const rows: Row[] = Array.from({ length: n }, (_, i) => ({ patterns: Array.from({ length: n }, (_, k) => (i === k ? head() : any())), guard: undefined, action: { variables: [], body: b.int(i) } }));
    const parameters = Array.from({ length: n }, () => fresh.variable("x"));
    const code = emitMatch({ fresh, forceLazy: (v) => v, fail: undefined }, decide(rows, n, true), parameters.map(b.variable));
    expect(sizeOf(code, 10000)).toBeLessThan(120);
  });
});
