import { describe, expect, it } from "vitest";
import * as b from "./build.ts";
import { canonicalForm } from "./canonical.ts";
import type { Expr, TopBinding, Variable } from "./core.ts";

/** `let NAME x y = GLOBAL (fun () -> x …)`, with variables drawn in an order of its own. */
function binding(options: { readonly skip?: number; readonly name?: string; readonly constant?: number; readonly swapped?: boolean; readonly isMutable?: boolean }): TopBinding {
  const fresh = new b.Fresh();
  for (let i = 0; i < (options.skip ?? 0); i++) fresh.variable("unused");
  const global = fresh.variable("global");
  const draw = (name: string): Variable => (options.isMutable === true && name === "x" ? fresh.mutable(name, "value") : fresh.variable(name));
  const [x, y] = options.swapped === true ? [draw("y"), draw("x")].reverse() as [Variable, Variable] : [draw("x"), draw("y")];
  const make = (parameters: readonly Variable[], body: Expr): Expr => ({ kind: "function", function: { parameters, body, result: "value", name: options.name ?? "f", loc: undefined, inline: "default", runtimeDialect: false, tailModCons: false } });
  const inner = make([fresh.variable("unit")], { kind: "sequence", first: b.variable(x), second: b.variable(y) });
  return { kind: "let", variable: fresh.variable(options.name ?? "f"), value: make([x, y], { kind: "apply", function: b.variable(global), args: [inner, b.int(options.constant ?? 1)], loc: undefined, inline: "default", tailcall: undefined }) };
}

describe("the canonical form of a binding", () => {
  const { digest } = canonicalForm(binding({}));

  it("is the same whatever its variables are called and numbered", () => {
    expect(canonicalForm(binding({ skip: 7, name: "g" })).digest).toBe(digest);
  });

  it("is another one for other constants, other kinds of variables, another order of what is captured", () => {
    const others = [binding({ constant: 2 }), binding({ isMutable: true }), binding({ swapped: true })].map((other) => canonicalForm(other).digest);
    expect(new Set([digest, ...others]).size).toBe(4);
  });

  it("numbers variables and functions in the order of their first mention", () => {
    const { variables, functions } = canonicalForm(binding({}));
    expect(variables.slice(0, 3).map((v) => v.name)).toEqual(["f", "x", "y"]);
    expect(functions).toHaveLength(2);
    expect(variables).toHaveLength(5);
  });
});
