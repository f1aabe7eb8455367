/** Warning 50, against what ocamlc (4.13.1) says of the files in `tests/typing/docstrings`. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { positionOf } from "../compiler-worker/syntax/positions.ts";
import { parseImplementation, parseInterface } from "../compiler-worker/syntax/parser.ts";

const folder = new URL("./typing/docstrings/", import.meta.url);

for (const name of readdirSync(folder).filter((f) => !f.endsWith(".expected"))) {
  it(`tells which documentation comments of ${name} belong to nothing or to two items`, () => {
    const file = { name, text: readFileSync(new URL(name, folder), "latin1") };
    const { diagnostics, unexpectedDocstrings } = name.endsWith(".mli") ? parseInterface(file, { findsDocstrings: true }) : parseImplementation(file, { findsDocstrings: true });
    expect(diagnostics).toEqual([]);
    const found = unexpectedDocstrings.map(({ start, end, message }) => {
      const [from, to] = [positionOf(file, start), positionOf(file, end)];
      return `${from.line}${to.line === from.line ? "" : `-${to.line}`}:${from.column}-${to.column} ${message}`;
    });
    expect(found).toEqual(readFileSync(new URL(`${name}.expected`, folder), "utf8").split("\n").filter((line) => line !== ""));
  });
}

it("looks for them only when it is asked to", () => {
  expect(parseInterface({ name: "a.mli", text: "(** one *) (** two *)\nval x : int" }).unexpectedDocstrings).toEqual([]);
});
