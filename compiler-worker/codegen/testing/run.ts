/** Compiles core for `unix` and runs it, for tests. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkProgram } from "../../core/check.ts";
import type { Program } from "../../core/core.ts";
import { imageTarget, linkImage, type Image } from "../../image/image.ts";
import { compileProgram, type CompileOptions } from "../index.ts";
import { testRuntime, type TestRuntimeOptions } from "./runtime.ts";

export const canRun = process.platform === "linux" && process.arch === "x64";

export function buildImage(program: Program, target: "unix" | "qemu", options: Partial<CompileOptions> & { readonly debugInfo?: boolean } = {}): Image {
  checkProgram(program, { exactCalls: true });
  const object = compileProgram(program, { platform: target, checkIr: true, ...options });
  return linkImage(object, imageTarget(target)!, { debugInfo: options.debugInfo ?? false });
}

export interface RunResult {
  readonly output: string;
  readonly status: number | null;
  readonly signal: string | null;
}

export function runImage(image: Image): RunResult {
  const directory = mkdtempSync(join(tmpdir(), "morgana-run-"));
  try {
    const file = join(directory, "program");
    writeFileSync(file, image.bytes);
    chmodSync(file, 0o755);
    const run = spawnSync(file, { encoding: "latin1", timeout: 120_000 });
    return { output: run.stdout, status: run.status, signal: run.signal };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Runs a program written as `core-text.ts` reads it, with the test runtime. */
export function run(text: string, options: TestRuntimeOptions & Partial<CompileOptions> = {}): RunResult {
  const program = testRuntime(options).add(text).program();
  return runImage(buildImage(program, "unix", options));
}
