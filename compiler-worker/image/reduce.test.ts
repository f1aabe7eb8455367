import { expect, it } from "vitest";
import type { CodeFragment, ObjectCode } from "../codegen/object.ts";
import type { Location } from "../syntax/diagnostics.ts";
import { reduceObject } from "./reduce.ts";

const file = { name: "f.ml", text: "" };
const at = (start: number): Location => ({ file, start, end: start + 1, ghost: false });

/** A function that calls others, from places in a file. */
function code(symbol: string, byte: number, calls: readonly { readonly to: string; readonly loc?: Location }[] = []): CodeFragment {
  return {
    symbol,
    start: 0,
    bytes: new Uint8Array(8 * (calls.length + 1)).fill(byte),
    relocations: calls.map(({ to }, i) => ({ offset: 8 * i, kind: "relative32", symbol: to, addend: -4 })),
    safePoints: calls.map(({ loc }, i) => ({ offset: 8 * i + 4, frameWords: 1, slots: [0], registers: 0, special: undefined, loc })),
    labels: new Map(),
    align: 1,
    loc: undefined,
  };
}

function reduced(...functions: CodeFragment[]): ObjectCode {
  return reduceObject({ architecture: "x86-64", code: functions, data: [], aliases: new Map([["exported", "M.b"]]) });
}

const symbols = (object: ObjectCode): string[] => object.code.map((c) => c.symbol);

it("drops what nothing refers to, and folds functions that are the same", () => {
  const object = reduced(code("stub.start", 0, ["M.a", "M.a.1", "M.f", "M.f.1", "exported"].map((to) => ({ to }))), code("M.a", 1), code("M.a.1", 1), code("M.f", 2, [{ to: "M.a" }, { to: "M.f" }]), code("M.f.1", 2, [{ to: "M.a.1" }, { to: "M.f.1" }]), code("M.b", 3), code("M.c", 4));
  expect(symbols(object)).toEqual(["stub.start", "M.a", "M.f", "M.b"]);
  expect(object.code[0]!.relocations.map((r) => r.symbol)).toEqual(["M.a", "M.a", "M.f", "M.f", "exported"]);
});

it("keeps apart what backtraces tell apart", () => {
  const object = reduced(code("stub.start", 0, ["M.f", "M.f.1", "M.f.2", "M.g"].map((to) => ({ to }))), ...["M.f", "M.f.1", "M.g"].map((name) => code(name, 2, [{ to: "stub.start", loc: at(1) }])), code("M.f.2", 2, [{ to: "stub.start", loc: at(3) }]));
  expect(symbols(object)).toEqual(["stub.start", "M.f", "M.g", "M.f.2"]);
});
