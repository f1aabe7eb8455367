/** When units of libraries become part of a program, and what that does. */
import { expect, it } from "vitest";
import { build, ProgramSources } from "../compiler-worker/driver.ts";
import { imageTarget } from "../compiler-worker/image/image.ts";
import { bringLibraries } from "../compiler-worker/packages/bring.ts";
import { MemoryTree } from "../compiler-worker/packages/file-tree.ts";
import { OwnPackages } from "../compiler-worker/packages/library.ts";
import { SourceTree } from "../compiler-worker/packages/source-tree.ts";
import { renderDiagnostic } from "../compiler-worker/syntax/render.ts";
import { TypingSession } from "../compiler-worker/typing/session.ts";
import { readLibraryArchive } from "../scripts/library-archive.mjs";
import { canRun, runNative, unit } from "./support/run.ts";

const own = new OwnPackages(readLibraryArchive());

/** What a program prints that uses a library of these files. */
function outputWith(files: { readonly [path: string]: string }, program: string): string {
  const { library } = bringLibraries({ own, trees: [new SourceTree(new MemoryTree("library", new Map(Object.entries(files))))], sources: [], names: [], linking: true });
  const sources = new ProgramSources([unit("Main", program)], library);
  const { diagnostics, image } = build(new TypingSession(sources), sources, { target: imageTarget("unix")!, checkIr: true });
  expect([...library.diagnostics, ...diagnostics].filter((d) => d.severity === "error").map(renderDiagnostic)).toEqual([]);
  return runNative(image!.bytes)[0]!.output;
}

it.skipIf(!canRun)("a module that is an application is evaluated once, also when it is what its unit is linked for", () => {
  const tables = `
    module Make (Size : sig val size : int val name : string end) = struct
      let table = print_endline Size.name; Array.make Size.size 0
      let count () = Array.length table
    end
    module First = Make (struct let (size, name) = (3, "first") end)
    module Second = Make (struct let (size, name) = (First.count () + 1, "second") end)
    module Third = Make (struct let (size, name) = (Second.count () + 1, "third") end)
  `;
  const output = outputWith({ "dune": "(library (name tables))", "pools.ml": tables }, `let () = print_int (Tables.Pools.Second.count ()); print_newline ()`);
  expect(output).toBe("first\nsecond\nthird\n4\n");
});
