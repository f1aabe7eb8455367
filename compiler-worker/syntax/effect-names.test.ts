import { describe, expect, it } from "vitest";
import { parseImplementation } from "./parser.ts";

const errors = (text: string, effectIsName: boolean): number => parseImplementation({ name: "a.ml", text, effectIsName }).diagnostics.filter((d) => d.severity === "error").length;

const NAMES = [
  "let effect = 1 let x = effect + 1 and effect' = (effect)",
  "type effect = A | B of effect type r = { effect : int; mutable effects : effect }",
  "let f ~effect ?(effects = effect) r = { r with effect } , { r with effect = r.effect }",
  "let f = function effect -> effect | { effect } when effect > 0 -> 0 | A | effect -> 1",
  "let f x = match x with effect, _ -> effect | effect :: _ as y -> g (effect y) | (effect : int) -> effect x",
];
const PATTERNS = ["let f g = match g () with effect E, k -> continue k 1 | x -> x", "let f g = try g () with effect (E x), k -> 1 | effect M.E _, _ -> 2 | effect _, k -> 3"];

describe("`effect`", () => {
  it("is a name in libraries, which may be older than the keyword", () => {
    for (const text of NAMES) expect(errors(text, true), text).toBe(0);
    for (const text of NAMES) expect(errors(text, false), text).toBeGreaterThan(0);
  });
  it("begins patterns of effects there too", () => {
    for (const text of PATTERNS) for (const effectIsName of [false, true]) expect(errors(text, effectIsName), text).toBe(0);
    expect(parseImplementation({ name: "a.ml", text: PATTERNS[0]!, effectIsName: true }).tree).toMatchObject({ items: [{ desc: { kind: "value" } }] });
  });
});
