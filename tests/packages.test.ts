/**
 * Packages of the library against Debian's: drivers whose output the real package gave (`tests/packages/oracle.sh`), or another
 * implementation of the same standard, as executables.
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { buildProgram, canRun, runNative, unit } from "./support/run.ts";

const folder = fileURLToPath(new URL("packages/", import.meta.url));
const drivers = readdirSync(folder)
  .filter((file) => file.endsWith(".ml"))
  .map((file) => file.slice(0, -3))
  .sort();

describe.skipIf(!canRun).each(drivers)("%s", (name) => {
  it("prints what the other implementation prints", () => {
    const units = [unit(name.charAt(0).toUpperCase() + name.slice(1), readFileSync(`${folder}${name}.ml`, "latin1"))];
    // The expectations of the packages that are installed: Cmdliner 1 takes the beginnings of names.
    const [result] = runNative(buildProgram(units, "unix"), [{ CMDLINER_LEGACY_PREFIXES: "true" }]);
    expect(result!.output).toBe(readFileSync(`${folder}${name}.expected`, "latin1"));
    expect(result!.status).toBe(0);
  });
});
