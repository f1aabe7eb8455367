/** Random programs: generated code must compute what the evaluator computes. */
import { describe, expect, it } from "vitest";
import * as b from "../core/build.ts";
import type { Variable } from "../core/core.ts";
import { evaluateProgram } from "../evaluate/evaluate.ts";
import { Generator } from "./testing/random-core.ts";
import { buildImage, canRun, runImage } from "./testing/run.ts";
import { testRuntime } from "./testing/runtime.ts";

/** The same seed gives the same program; ids stay clear of the runtime's. */
function generate(seed: number, size: number): ReturnType<Generator["program"]> {
  const fresh = new b.Fresh();
  for (let i = 0; i < 5000; i++) fresh.variable("unused");
  for (let i = 0; i < 500; i++) fresh.label("unused");
  return new Generator(seed, fresh).program(size);
}

function evaluated(seed: number, size: number): string {
  const { bindings, result } = generate(seed, size);
  const exit = b.primitive({ op: "stub", name: "morgana_platform_exit", result: "immediate" }, [result]);
  return String(evaluateProgram({ bindings: [...bindings, { kind: "effect", value: exit }], exports: new Map() }, { output: () => undefined, maxSteps: 5_000_000, maxDepth: 20_000 }).exitCode);
}

function compiled(seed: number, size: number, stress: boolean): string {
  const runtime = testRuntime({ stress, semi: 1 << 19 });
  let print: Variable | undefined;
  for (const binding of runtime.bindings) if (binding.kind === "letrec") for (const { variable } of binding.functions) if (variable.name === "print_int") print = variable;
  const { bindings, result } = generate(seed, size);
  runtime.bindings.push(...bindings, { kind: "effect", value: b.apply(b.variable(print!), [result]) });
  return runImage(buildImage(runtime.program(), "unix")).output.trim();
}

describe.skipIf(!canRun)("random programs", () => {
  for (const [from, to, size] of [
    [0, 40, 80],
    [40, 60, 500],
    [60, 64, 2500],
  ] as const) {
    it(`seeds ${from} to ${to - 1}`, () => {
      for (let seed = from; seed < to; seed++) expect(compiled(seed, size, seed % 2 === 1), `seed ${seed}`).toBe(evaluated(seed, size));
    });
  }
});
