/**
 * A library made for OCaml 4, which uses what the standard library of OCaml 5 has no more: `expected` is what the program prints
 * when OCaml 4.13 compiles it.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { FolderTree } from "../compiler-worker/cli/folder-tree.ts";
import { build, ProgramSources } from "../compiler-worker/driver.ts";
import { imageTarget } from "../compiler-worker/image/image.ts";
import { bringLibraries } from "../compiler-worker/packages/bring.ts";
import { OwnPackages } from "../compiler-worker/packages/library.ts";
import { SourceTree } from "../compiler-worker/packages/source-tree.ts";
import { renderDiagnostic } from "../compiler-worker/syntax/render.ts";
import { TypingSession } from "../compiler-worker/typing/session.ts";
import { readLibraryArchive } from "../scripts/library-archive.mjs";
import { canRun, runNative, unit } from "./support/run.ts";

const folder = fileURLToPath(new URL("ocaml-4/", import.meta.url));

it.skipIf(!canRun)("a library for OCaml 4 finds what OCaml 5 has no more", () => {
  const { library } = bringLibraries({ own: new OwnPackages(readLibraryArchive()), trees: [new SourceTree(new FolderTree(`${folder}library`))], sources: [], names: [], linking: true });
  const sources = new ProgramSources([unit("Main", readFileSync(`${folder}main.ml`, "latin1"))], library);
  const { diagnostics, image } = build(new TypingSession(sources), sources, { target: imageTarget("unix")!, checkIr: false });
  expect([...library.diagnostics, ...diagnostics].filter((d) => d.severity === "error").map(renderDiagnostic)).toEqual([]);
  const [result] = runNative(image!.bytes);
  expect(result!.output).toBe(readFileSync(`${folder}expected`, "latin1"));
});
