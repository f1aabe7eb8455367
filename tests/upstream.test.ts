/**
 * Libraries as their authors publish them and Debian installs them, unmodified: programs that use them, against what the real
 * compiler made of the same (`tests/upstream/oracle.sh`). The first line of a program names its packages.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { FolderTree } from "../compiler-worker/cli/folder-tree.ts";
import { build, ProgramSources } from "../compiler-worker/driver.ts";
import { imageTarget } from "../compiler-worker/image/image.ts";
import { bringLibraries } from "../compiler-worker/packages/bring.ts";
import { OwnPackages } from "../compiler-worker/packages/library.ts";
import { installedSource } from "../compiler-worker/packages/resolve.ts";
import { renderDiagnostic } from "../compiler-worker/syntax/render.ts";
import { TypingSession } from "../compiler-worker/typing/session.ts";
import { readLibraryArchive } from "../scripts/library-archive.mjs";
import { canRun, runNative, unit } from "./support/run.ts";

const installed = "/usr/lib/ocaml";
const folder = fileURLToPath(new URL("upstream/", import.meta.url));
const own = new OwnPackages(readLibraryArchive());
const source = installedSource(new FolderTree(installed));

function textOf(name: string): string {
  return readFileSync(`${folder}${name}`, "latin1");
}

const drivers = readdirSync(folder)
  .filter((file) => file.endsWith(".ml"))
  .map((file) => {
    const names = /^\(\* packages: (.*) \*\)/.exec(textOf(file))![1]!.split(" ");
    const missing = names.map((name) => name.split(".")[0]!).find((name) => !existsSync(`${installed}/${name}/META`));
    return { name: file.slice(0, -3), names, missing };
  });

describe.each(drivers)("$name", ({ name, names, missing }) => {
  const reason = !canRun ? " (skipped: programs for this machine are not made here)" : missing !== undefined ? ` (skipped: ${missing} is not installed in ${installed})` : "";
  it.skipIf(reason !== "")(`does with ${names.join(", ")} what it does with the real compiler${reason}`, () => {
    const { library } = bringLibraries({ own, trees: [], sources: [source], names, linking: true });
    const sources = new ProgramSources([unit("Driver", textOf(`${name}.ml`))], library);
    const { diagnostics, image } = build(new TypingSession(sources), sources, { target: imageTarget("unix")!, checkIr: false });
    expect([...library.diagnostics, ...diagnostics].filter((d) => d.severity === "error").map(renderDiagnostic)).toEqual([]);
    const [result] = runNative(image!.bytes);
    expect(`${result!.output}${result!.errors}exit ${result!.status}\n`).toBe(textOf(`${name}.expected`));
  });
});
