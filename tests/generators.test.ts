/**
 * What ocamllex, ocamlyacc and menhir write, as they write it here: programs whose output the real compiler's program gave
 * (`tests/generators/oracle.sh`).
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { FolderTree } from "../compiler-worker/cli/folder-tree.ts";
import { build, ProgramSources } from "../compiler-worker/driver.ts";
import { imageTarget } from "../compiler-worker/image/image.ts";
import { bringLibraries } from "../compiler-worker/packages/bring.ts";
import { OwnPackages } from "../compiler-worker/packages/library.ts";
import { installedSource } from "../compiler-worker/packages/resolve.ts";
import { renderDiagnostic } from "../compiler-worker/syntax/render.ts";
import { TypingSession, type UnitSource } from "../compiler-worker/typing/session.ts";
import { readLibraryArchive } from "../scripts/library-archive.mjs";
import { canRun, runNative } from "./support/run.ts";

const folder = fileURLToPath(new URL("generators/", import.meta.url));
const INSTALLED = "/usr/lib/ocaml";
const KINDS: readonly { readonly kind: string; readonly needs: readonly string[]; readonly libraries: readonly string[] }[] = [
  { kind: "yacc", needs: ["/usr/bin/ocamllex", "/usr/bin/ocamlyacc"], libraries: [] },
  { kind: "menhir", needs: ["/usr/bin/ocamllex", "/usr/bin/menhir"], libraries: [] },
  { kind: "incremental", needs: ["/usr/bin/ocamllex", "/usr/bin/menhir", `${INSTALLED}/menhirLib/META`], libraries: ["menhirLib"] },
];

describe.each(KINDS)("$kind", ({ kind, needs, libraries: names }) => {
  const missing = needs.find((file) => !existsSync(file));
  const reason = !canRun ? " (skipped: programs for this machine are not made here)" : missing !== undefined ? ` (skipped: there is no ${missing})` : "";
  it.skipIf(reason !== "")(`gives a program that does what it does with the real compiler${reason}`, () => {
    const made = mkdtempSync(join(tmpdir(), "morgana-generators-"));
    try {
      const { status, stderr } = spawnSync(join(folder, "make.sh"), [kind, made], { encoding: "utf8" });
      expect(stderr).not.toContain("rror");
      expect(status).toBe(0);
      const file = (name: string): { name: string; text: string } => ({ name, text: readFileSync(join(made, name), "latin1") });
      const units = ["Ast", "Parser", "Lexer", "Main"].map((name): UnitSource => {
        const base = name.toLowerCase();
        return { name, package: "", interface: name === "Parser" ? file(`${base}.mli`) : undefined, implementation: file(`${base}.ml`), opens: ["Stdlib"], warnings: "-a" };
      });
      const { library } = bringLibraries({ own: new OwnPackages(readLibraryArchive()), trees: [], sources: names.length === 0 ? [] : [installedSource(new FolderTree(INSTALLED))], names: [...names], linking: true });
      const sources = new ProgramSources(units, library);
      const { diagnostics, image } = build(new TypingSession(sources), sources, { target: imageTarget("unix")!, checkIr: true });
      expect([...library.diagnostics, ...diagnostics].filter((d) => d.severity === "error").map(renderDiagnostic)).toEqual([]);
      const [result] = runNative(image!.bytes);
      expect(result!.output).toBe(readFileSync(`${folder}${kind}.expected`, "latin1"));
      expect(result!.status).toBe(0);
    } finally {
      rmSync(made, { recursive: true });
    }
  });
});
