/**
 * Programs whose output the real OCaml gave (`tests/programs/oracle.sh`): as executables, with a collection at every
 * allocation, and in the evaluator.
 */
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { buildProgram, canRun, runEvaluated, runNative, unit, type ProgramResult } from "./support/run.ts";

const folder = fileURLToPath(new URL("programs/", import.meta.url));
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".ml"))
  .map((file) => file.slice(0, -3))
  .sort();

/** Programs say in a comment on their first line what does not apply to them: `(* skip: evaluator, stress *)`. */
function skips(text: string, what: "evaluator" | "stress"): boolean {
  return /^\(\* [^\n]*skip:([^\n]*)\*\)/.exec(text)?.[1]?.includes(what) ?? false;
}

/** Programs say there that what they print as errors, with backtraces, is compared too (`NAME.errors`): `(* errors: ... *)`. */
const comparesErrors = (text: string): boolean => /^\(\* [^\n]*errors:[^\n]*\*\)/.test(text);

/** Programs say there what the system must have for them: `(* needs: /dev/ptmx *)`. Tells what is missing. */
function missingFor(text: string): string | undefined {
  const path = /^\(\* [^\n]*needs: (\/\S+)/.exec(text)?.[1];
  if (path === undefined) return undefined;
  try {
    closeSync(openSync(path, "r+"));
    return undefined;
  } catch {
    return path;
  }
}

const observed = ({ output, status }: ProgramResult): string => `${output}exit ${status}\n`;

describe.each(names)("%s", (name) => {
  const text = readFileSync(`${folder}${name}.ml`, "latin1");
  const expectation = `${folder}${name}.expected`;
  const expected = existsSync(expectation) ? readFileSync(expectation, "latin1") : undefined;
  const units = [unit(name.charAt(0).toUpperCase() + name.slice(1), text)];

  const missing = missingFor(text);
  it.skipIf(!canRun || missing !== undefined)(missing === undefined ? "runs as an executable" : `runs as an executable (skipped: ${missing} cannot be opened)`, () => {
    const stress = skips(text, "stress") ? [] : [{ MORGANA_GC_STRESS: "1" }];
    const [plain, stressed] = runNative(buildProgram(units, "unix"), [{}, ...stress]);
    expect(observed(plain!)).toBe(expected);
    if (stressed !== undefined) expect(observed(stressed)).toBe(expected);
  });

  if (comparesErrors(text)) {
    it.skipIf(!canRun)("tells of errors", () => {
      const [run] = runNative(buildProgram(units, "unix"), [{ OCAMLRUNPARAM: "b" }]);
      expect(run!.errors).toBe(readFileSync(`${folder}${name}.errors`, "latin1"));
    });
  }

  it.skipIf(skips(text, "evaluator"))("runs in the evaluator", () => {
    expect(observed(runEvaluated(units))).toBe(expected);
  });
});
