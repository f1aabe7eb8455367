import { describe, expect, it } from "vitest";
import { evaluateGlobal } from "../evaluate/evaluate.ts";
import { Block, BoxedFloat, type Value } from "../evaluate/values.ts";
import * as b from "./build.ts";
import { checkProgram, CoreError } from "./check.ts";
import type { Expr, Program, Variable } from "./core.ts";
import { readInitialContents } from "./dead-code.ts";
import { forEachExpr } from "./free.ts";
import { removeImpossibleCases } from "./impossible-cases.ts";
import { runPipeline } from "./pipeline.ts";
import { printProgram } from "./print.ts";

function quiet(): void {
  // Nothing is printed.
}

/** Runs `value` as a top-level binding, before and after all passes; both must agree. */
function run(fresh: b.Fresh, value: Expr, before: Program["bindings"] = []): { value: Value | undefined; program: Program; result: Variable } {
  const result = fresh.variable("result");
  const holder = fresh.variable("holder");
  // Kept alive by an effect that the optimiser knows nothing of.
  const program: Program = {
    bindings: [...before, { kind: "let", variable: result, value }, { kind: "let", variable: holder, value: b.prim("value.opaque", b.variable(result)) }],
    exports: new Map([["holder", holder]]),
  };
  checkProgram(program, { exactCalls: false });
  const unoptimized = evaluateGlobal(program, holder, { output: quiet });
  const optimized = runPipeline(program, fresh, { checkIr: true });
  const value2 = evaluateGlobal(optimized, holder, { output: quiet });
  expect(show(value2)).toBe(show(unoptimized));
  return { value: value2, program: optimized, result };
}

function show(v: Value | undefined): string {
  if (v instanceof Block) return `[${v.tag}: ${v.fields.map(show).join(" ")}]`;
  if (v instanceof BoxedFloat) return `${v.value}f`;
  return String(v);
}

function count(program: Program, test: (e: Expr) => boolean): number {
  let n = 0;
  const look = (e: Expr): void =>
    forEachExpr(e, (x) => {
      if (test(x)) n++;
    });
  for (const binding of program.bindings) {
    if (binding.kind === "letrec") for (const f of binding.functions) look(f.function.body);
    else look(binding.value);
  }
  return n;
}

/** `letrec sum i acc = if i = 0 then acc else sum (i - 1) (acc + i) in sum n 0`. */
function sumLoop(fresh: b.Fresh, n: Expr): Expr {
  const sum = fresh.variable("sum");
  const i = fresh.variable("i", "immediate");
  const acc = fresh.variable("acc", "immediate");
  const v = b.variable;
  const body = b.ifThenElse(b.compareInt("eq", v(i), b.int(0)), v(acc), b.apply(v(sum), [b.prim("int.sub", v(i), b.int(1)), b.prim("int.add", v(acc), v(i))]));
  return b.letrecIn([{ variable: sum, function: b.makeFunction("sum", [i, acc], body, { result: "immediate" }) }], b.apply(v(sum), [n, b.int(0)]));
}

describe("core passes", () => {
  it("makes a loop of a local function", () => {
    const fresh = new b.Fresh();
    const n = fresh.variable("n", "immediate");
    const f = fresh.variable("f");
    const loop = b.lambda(b.makeFunction("f", [n], b.prim("int.add", sumLoop(fresh, b.variable(n)), b.int(1)), { result: "immediate", inline: "never" }));
    const { value, program } = run(fresh, b.apply(b.variable(f), [b.int(1000)]), [{ kind: "let", variable: f, value: loop }]);
    expect(value).toBe(500501);
    expect(count(program, (e) => e.kind === "letrec")).toBe(0);
    expect(count(program, (e) => e.kind === "join" && e.recursive)).toBe(1);
  });

  it("does not use the host's stack", () => {
    const fresh = new b.Fresh();
    const depth = fresh.variable("depth");
    const i = fresh.variable("i", "immediate");
    const body = b.ifThenElse(b.compareInt("eq", b.variable(i), b.int(0)), b.int(0), b.prim("int.add", b.apply(b.variable(depth), [b.prim("int.sub", b.variable(i), b.int(1))]), b.int(1)));
    const { value } = run(fresh, b.apply(b.variable(depth), [b.int(200000)]), [{ kind: "letrec", functions: [{ variable: depth, function: b.makeFunction("depth", [i], body, { result: "immediate" }) }] }]);
    expect(value).toBe(200000);
  });

  it("keeps floats unboxed in loops", () => {
    const fresh = new b.Fresh();
    const f = fresh.variable("f");
    const n = fresh.variable("n", "immediate");
    const r = fresh.variable("r");
    const i = fresh.variable("i", "immediate");
    const loop = fresh.label("loop");
    const v = b.variable;
    // let r = ref 0. in for i = n downto 1 do r := !r +. float i done; !r
    const step = b.setField(v(r), 0, "pointer", b.boxFloat(b.prim("float.add", b.unboxFloat(b.field(v(r), 0, true)), b.prim("float.ofInt", v(i)))));
    const handler = b.ifThenElse(b.compareInt("eq", v(i), b.int(0)), b.unit, b.sequence(step, b.jump(loop, [b.prim("int.sub", v(i), b.int(1))])));
    const body = b.letIn(r, b.makeBlock(0, [b.constant({ kind: "boxedFloat", bits: 0n })], true), b.sequence(b.join(loop, [i], handler, b.jump(loop, [v(n)]), true), b.field(v(r), 0, true)));
    const { value, program } = run(fresh, b.apply(v(f), [b.int(10)]), [{ kind: "let", variable: f, value: b.lambda(b.makeFunction("f", [n], body, { inline: "never" })) }]);
    expect(show(value)).toBe("55f");
    // Only the result is boxed, outside of the loop.
    expect(count(program, (e) => e.kind === "primitive" && e.primitive.op === "float.box")).toBe(1);
    expect(count(program, (e) => e.kind === "primitive" && e.primitive.op === "block.make")).toBe(0);
  });

  it("finds known constructors through branches", () => {
    const fresh = new b.Fresh();
    const f = fresh.variable("f");
    const n = fresh.variable("n", "immediate");
    const x = fresh.variable("x");
    const v = b.variable;
    // let x = if n > 3 then Some n else None in match x with None -> 0 | Some y -> y + 1
    const option = b.ifThenElse(b.compareInt("gt", v(n), b.int(3)), b.makeBlock(0, [v(n)]), b.int(0));
    const body = b.letIn(x, option, b.ifThenElse(b.prim("value.isInt", v(x)), b.int(0), b.prim("int.add", b.field(v(x), 0), b.int(1))));
    const { value, program } = run(fresh, b.apply(v(f), [b.int(7)]), [{ kind: "let", variable: f, value: b.lambda(b.makeFunction("f", [n], body, { inline: "never", result: "immediate" })) }]);
    expect(value).toBe(8);
    expect(count(program, (e) => e.kind === "primitive" && e.primitive.op === "block.make")).toBe(0);
  });

  it("applies functions to too many and too few arguments", () => {
    const fresh = new b.Fresh();
    const k = fresh.variable("k");
    const [x, y, z] = [fresh.variable("x"), fresh.variable("y"), fresh.variable("z")];
    const inner = b.lambda(b.makeFunction("inner", [z], b.makeBlock(0, [b.variable(x), b.variable(y), b.variable(z)])));
    const f = b.lambda(b.makeFunction("k", [x, y], inner, { inline: "never" }));
    const partial = fresh.variable("partial");
    const code = b.letIn(partial, b.apply(b.variable(k), [b.int(1)]), b.makeBlock(0, [b.apply(b.variable(partial), [b.int(2), b.int(3)]), b.apply(b.variable(k), [b.int(4), b.int(5), b.int(6)])]));
    const { value } = run(fresh, code, [{ kind: "let", variable: k, value: f }]);
    expect(show(value)).toBe("[0: [0: 1 2 3] [0: 4 5 6]]");
  });

  it("leaves out what is stored where nothing reads it", () => {
    const fresh = new b.Fresh();
    const v = b.variable;
    // Two registers, each set to a function that reads it; only the second is read by something else.
    const register = (name: string): { variable: Variable; bindings: Program["bindings"] } => {
      const variable = fresh.variable(name);
      const stored = fresh.variable(`${name}Stored`);
      const parameter = fresh.variable("unit", "immediate");
      return {
        variable,
        bindings: [
          { kind: "let", variable, value: b.primitive({ op: "block.make", tag: 0, mutable: true }, [b.int(0)]) },
          { kind: "let", variable: stored, value: b.lambda(b.makeFunction(name, [parameter], b.makeBlock(7, [b.primitive({ op: "block.field", index: 0, mutable: true }, [v(variable)])]), { inline: "never" })) },
          { kind: "effect", value: b.primitive({ op: "block.setField", index: 0, store: "pointer" }, [v(variable), v(stored)]) },
        ],
      };
    };
    const [unread, read] = [register("unread"), register("read")];
    const { program, value } = run(fresh, b.prim("value.isInt", b.primitive({ op: "block.field", index: 0, mutable: true }, [v(read.variable)])), [...unread.bindings, ...read.bindings]);
    expect(value).toBe(0);
    expect(count(program, (e) => e.kind === "primitive" && e.primitive.op === "block.setField")).toBe(1);
    expect(count(program, (e) => e.kind === "primitive" && e.primitive.op === "block.make" && e.primitive.tag === 7)).toBe(1);
  });

  it("knows what global memory holds that nothing stores into", () => {
    const v = b.variable;
    /** Reads of a block and of raw memory that are left, where a function that stores into both is reached or not. */
    const reads = (stores: "reached" | "unreached"): { readonly blocks: number; readonly raw: number } => {
      const fresh = new b.Fresh();
      const [register, memory, set, result, param] = [fresh.variable("register"), fresh.variable("memory", "word"), fresh.variable("set"), fresh.variable("result"), fresh.variable("param")];
      const load = b.primitive({ op: "raw.load", width: 64, signed: false }, [v(memory)]);
      const store = b.primitive({ op: "raw.store", width: 64 }, [v(memory), b.word(1)]);
      const body = b.ifThenElse(b.compareWord("ne", load, b.word(0)), b.prim("value.opaque", b.field(v(register), 0, true)), b.prim("value.opaque", b.int(3)));
      const program: Program = {
        bindings: [
          { kind: "let", variable: register, value: b.makeBlock(0, [b.int(7)], true) },
          { kind: "let", variable: memory, value: b.primitive({ op: "raw.static", bytes: 8, align: 16, id: 0 }, []) },
          { kind: "letrec", functions: [{ variable: set, function: b.makeFunction("set", [param], b.sequence(b.setField(v(register), 0, "pointer", v(param)), b.sequence(store, b.unit))) }] },
          { kind: "let", variable: result, value: stores === "reached" ? b.sequence(b.apply(v(set), [b.int(1)]), body) : body },
        ],
        exports: new Map([["result", result]]),
      };
      const after = readInitialContents(program);
      return {
        blocks: count(after, (e) => e.kind === "primitive" && e.primitive.op === "block.field"),
        raw: count(after, (e) => e.kind === "primitive" && e.primitive.op === "raw.load"),
      };
    };
    expect(reads("reached")).toEqual({ blocks: 1, raw: 1 });
    expect(reads("unreached")).toEqual({ blocks: 0, raw: 0 });
  });

  it("builds lists by tail calls", () => {
    const fresh = new b.Fresh();
    const range = fresh.variable("range");
    const i = fresh.variable("i", "immediate");
    const v = b.variable;
    const body = b.ifThenElse(b.compareInt("eq", v(i), b.int(0)), b.int(0), b.makeBlock(0, [v(i), b.apply(v(range), [b.prim("int.sub", v(i), b.int(1))])]));
    const { value } = run(fresh, b.apply(v(range), [b.int(3)]), [{ kind: "letrec", functions: [{ variable: range, function: b.makeFunction("range", [i], body, { tailModCons: true }) }] }]);
    expect(show(value)).toBe("[0: 3 [0: 2 [0: 1 0]]]");
  });

  it("does long chains without the host's stack", () => {
    const fresh = new b.Fresh();
    let body: Expr = b.int(0);
    let previous: Expr = b.prim("value.opaque", b.int(1));
    const lets: [Variable, Expr][] = [];
    for (let i = 0; i < 30000; i++) {
      const x = fresh.variable("x", "value");
      lets.push([x, previous]);
      previous = b.prim("value.opaque", b.variable(x));
    }
    body = previous;
    for (let i = lets.length - 1; i >= 0; i--) body = b.letIn(lets[i]![0], lets[i]![1], body);
    const { value } = run(fresh, body);
    expect(value).toBe(1);
  });

  it("reports scopes, kinds and jumps that are wrong", () => {
    const fresh = new b.Fresh();
    const x = fresh.variable("x", "float");
    const top = (value: Expr): Program => ({ bindings: [{ kind: "effect", value }], exports: new Map() });
    expect(() => checkProgram(top(b.variable(x)))).toThrow(CoreError);
    expect(() => checkProgram(top(b.letIn(x, b.int(1), b.unit)))).toThrow(/kind immediate, not float/);
    expect(() => checkProgram(top(b.prim("int.add", b.jump(fresh.label("l"), []), b.int(1))))).toThrow(/not in scope/);
    expect(printProgram(top(b.prim("int.add", b.int(1), b.int(2))))).toContain("int.add 1 2");
  });

  it("leaves out calls that only give a value", () => {
    const fresh = new b.Fresh();
    const v = b.variable;
    /** `let f x = … in ignore (f 1); opaque 2`, where `f` makes a block and may do `effect` to it. */
    const calls = (effect: (block: Variable) => Expr): number => {
      const [x, block, f, result] = [fresh.variable("x"), fresh.variable("block"), fresh.variable("f"), fresh.variable("result")];
      const body = b.letIn(block, b.makeBlock(0, [v(x)], true), b.sequence(effect(block), v(block)));
      const program: Program = {
        bindings: [
          { kind: "let", variable: f, value: b.lambda(b.makeFunction("f", [x], body, { inline: "never" })) },
          { kind: "effect", value: b.apply(v(f), [b.int(1)]) },
          { kind: "let", variable: result, value: b.prim("value.opaque", b.int(2)) },
        ],
        exports: new Map([["result", result]]),
      };
      return count(runPipeline(program, fresh, { checkIr: true }), (e) => e.kind === "apply");
    };
    expect(calls((block) => b.setField(v(block), 0, "immediate", b.int(3)))).toBe(0);
    expect(calls(() => b.raise("regular", b.predefinedException("Not_found")))).toBe(1);
  });

  it("leaves out cases of blocks that nothing makes", () => {
    const fresh = new b.Fresh();
    const v = b.variable;
    /** A match on tags 0, 1 and 2 in which case 2 is where blocks of tag 1 come from; the program makes one of tag `made`, of `size` fields. */
    const cases = (made: number, size: number, ...before: Expr[]): number => {
      const [x, f, result] = [fresh.variable("x"), fresh.variable("f"), fresh.variable("result")];
      const [first, second] = [fresh.variable("first"), fresh.variable("second")];
      const body = b.switchOn(
        b.prim("block.tag", v(x)),
        [
          { value: 0, body: b.int(10) },
          { value: 1, body: b.letIn(first, b.field(v(x), 0), b.apply(v(f), [v(first)])) },
          { value: 2, body: b.letIn(second, b.field(v(x), 1), b.apply(v(f), [b.makeBlock(1, [v(second)])])) },
        ],
        undefined,
      );
      const program: Program = {
        bindings: [
          { kind: "letrec", functions: [{ variable: f, function: b.makeFunction("f", [x], body) }] },
          { kind: "let", variable: result, value: before.reduceRight<Expr>((rest, e) => b.sequence(e, rest), b.apply(v(f), [b.makeBlock(made, new Array<Expr>(size).fill(b.prim("value.opaque", b.int(0))))])) },
        ],
        exports: new Map([["result", result]]),
      };
      let most = 0;
      count(removeImpossibleCases(program), (e) => {
        if (e.kind === "switch") most = e.cases.length;
        return false;
      });
      return most;
    };
    // Arrays have tag 0.
    expect(cases(0, 1)).toBe(1);
    expect(cases(1, 1)).toBe(2);
    // Of tag 2, but without the field that the case reads.
    expect(cases(2, 1)).toBe(1);
    expect(cases(2, 2)).toBe(3);
    expect(cases(0, 1, b.primitive({ op: "raw.machine", name: "any_tag" }, []))).toBe(3);
  });
});
