/** Programs of `bench/programs/` compiled here and by `ocamlopt`, run in turn: user time, ratio, size. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, ProgramSources } from "../compiler-worker/driver.ts";
import { imageTarget } from "../compiler-worker/image/image.ts";
import { Library } from "../compiler-worker/packages/library.ts";
import { renderDiagnostic } from "../compiler-worker/syntax/render.ts";
import { TypingSession } from "../compiler-worker/typing/session.ts";
import { readLibraryArchive } from "../scripts/library-archive.mjs";

const RUNS = 5;
const folder = fileURLToPath(new URL("programs/", import.meta.url));

/** Seconds of processor time of one run, and what it printed. */
function run(file: string): { seconds: number; output: string } {
  const result = spawnSync("bash", ["-c", `TIMEFORMAT="%U %S"; time ${file}`], { encoding: "latin1", maxBuffer: 1 << 28 });
  const times = result.stderr.trim().split("\n").at(-1)!.split(" ");
  return { seconds: Number(times[0]) + Number(times[1]), output: `${result.stdout}${result.status}` };
}

function compileHere(library: Library, name: string, text: string): Uint8Array {
  const sources = new ProgramSources([{ name: name.charAt(0).toUpperCase() + name.slice(1), package: "", interface: undefined, implementation: { name: `${name}.ml`, text }, opens: ["Stdlib"], warnings: "-a" }], library);
  const { diagnostics, image } = build(new TypingSession(sources), sources, { target: imageTarget("unix")! });
  if (image === undefined) throw new Error(diagnostics.map(renderDiagnostic).join("\n"));
  return image.bytes;
}

export function benchPrograms(): Promise<void> {
  if (spawnSync("ocamlfind", ["ocamlopt", "-version"]).status !== 0) {
    console.log("not measured: ocamlfind ocamlopt is missing (Debian packages ocaml and ocaml-findlib)");
    return Promise.resolve();
  }
  const library = new Library(readLibraryArchive());
  const directory = mkdtempSync(join(tmpdir(), "morgana-bench-"));
  try {
    let logarithms = 0;
    let count = 0;
    console.log("program          ocamlopt  morgana   ratio   size");
    for (const file of readdirSync(folder).filter((f) => f.endsWith(".ml")).sort()) {
      const name = file.slice(0, -3);
      const text = readFileSync(`${folder}${file}`, "latin1");
      writeFileSync(join(directory, file), text, "latin1");
      const theirs = join(directory, `${name}.ocamlopt`);
      const ours = join(directory, `${name}.morgana`);
      const compiled = spawnSync("ocamlfind", ["ocamlopt", "-w", "-a", "-O3", file, "-o", theirs], { cwd: directory, encoding: "utf8" });
      if (compiled.status !== 0) throw new Error(compiled.stderr);
      writeFileSync(ours, compileHere(library, name, text));
      chmodSync(ours, 0o755);
      const best = { theirs: Infinity, ours: Infinity };
      let same = true;
      for (let i = 0; i < RUNS; i++) {
        const a = run(theirs);
        const b = run(ours);
        best.theirs = Math.min(best.theirs, a.seconds);
        best.ours = Math.min(best.ours, b.seconds);
        same = a.output === b.output && same;
      }
      const ratio = best.ours / best.theirs;
      logarithms += Math.log(ratio);
      count++;
      console.log(`${name.padEnd(16)} ${best.theirs.toFixed(3).padStart(8)} ${best.ours.toFixed(3).padStart(8)} ${ratio.toFixed(2).padStart(7)} ${String(statSync(ours).size).padStart(7)}${same ? "" : "  THE OUTPUT DIFFERS"}`);
    }
    console.log(`geometric mean of the ratios: ${Math.exp(logarithms / count).toFixed(2)}`);
  } finally {
    rmSync(directory, { recursive: true });
  }
  return Promise.resolve();
}
