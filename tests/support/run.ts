/** Compiles programs and runs them, natively and in the evaluator. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BuildMemo } from "../../compiler-worker/build-memo.ts";
import { build, ProgramSources, translate } from "../../compiler-worker/driver.ts";
import { evaluateProgram } from "../../compiler-worker/evaluate/evaluate.ts";
import { imageTarget } from "../../compiler-worker/image/image.ts";
import { renderDiagnostic } from "../../compiler-worker/syntax/render.ts";
import { TypingSession, type UnitSource } from "../../compiler-worker/typing/session.ts";
import { testLibrary } from "./library.ts";

/** Whether images for `unix` run on this machine. */
export const canRun = process.platform === "linux" && process.arch === "x64";

export interface ProgramResult {
  /** Standard output, one code unit a byte. */
  readonly output: string;
  readonly errors: string;
  readonly status: number | null;
}

/** A unit of a test program, without warnings. */
export function unit(name: string, text: string): UnitSource {
  return { name, package: "", interface: undefined, implementation: { name: `${name.charAt(0).toLowerCase()}${name.slice(1)}.ml`, text }, opens: ["Stdlib"], warnings: "-a" };
}

interface Warm {
  readonly session: TypingSession;
  readonly native: BuildMemo;
  readonly evaluated: BuildMemo;
}

/** What the programs before this one left, as in the studio: the library is typed and compiled once. */
let warm: Warm | undefined;

function begin(sources: ProgramSources): Warm {
  // A unit that hides one of the library's changes what the library's own units mean.
  const hides = sources.own.some(({ name }) => sources.library.find(name) !== undefined);
  if (warm?.session.isRunning === true && !hides) warm.session.renew(sources);
  else warm = { session: new TypingSession(sources), native: new BuildMemo(), evaluated: new BuildMemo() };
  const begun = warm;
  if (hides) warm = undefined;
  return begun;
}

/** The image of a program, with the intermediate representations checked after every pass. Throws the diagnostics when there are errors. */
export function buildProgram(units: readonly UnitSource[], target: string): Uint8Array {
  const sources = new ProgramSources(units, testLibrary());
  const { session, native } = begin(sources);
  const { diagnostics, image } = build(session, sources, { target: imageTarget(target)!, checkIr: true, memo: native });
  if (image === undefined) throw new Error(diagnostics.map(renderDiagnostic).join("\n"));
  return image.bytes;
}

/** Runs an image for `unix`, several times if several environments are given. */
export function runNative(image: Uint8Array, environments: readonly Readonly<Record<string, string>>[] = [{}], input = ""): ProgramResult[] {
  const directory = mkdtempSync(join(tmpdir(), "morgana-test-"));
  try {
    const file = join(directory, "program");
    writeFileSync(file, image);
    chmodSync(file, 0o755);
    return environments.map((environment) => {
      const { stdout, stderr, status } = spawnSync(file, { encoding: "latin1", timeout: 60_000, env: { ...process.env, ...environment }, input, maxBuffer: 1 << 28 });
      return { output: stdout, errors: stderr, status };
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Runs a program in the evaluator. */
export function runEvaluated(units: readonly UnitSource[], input = ""): ProgramResult {
  const sources = new ProgramSources(units, testLibrary());
  const { session, evaluated } = begin(sources);
  evaluated.begin();
  const { diagnostics, core } = translate(session, sources, undefined, evaluated);
  if (core === undefined) throw new Error(diagnostics.map(renderDiagnostic).join("\n"));
  let output = "";
  let errors = "";
  const { exitCode } = evaluateProgram(core.program, {
    input,
    output: (descriptor, text) => {
      if (descriptor === 1) output += text;
      else errors += text;
    },
  });
  return { output, errors, status: exitCode };
}
