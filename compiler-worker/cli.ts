#!/usr/bin/env node
/** The command line's front door: chooses how much room a command needs, and runs it here or in a thread. */
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import type * as Commands from "./cli/commands.ts";
import { LARGE_STACK_MEGABYTES, LONG_CHECK_LIMITS, LONG_RUN_MILLISECONDS, THREAD_LIMITS, tuneEngine, tuneForLongRun } from "./cli/engine.ts";
import { INTERNAL_ERROR } from "./cli/exit-codes.ts";
import { loadModule } from "./cli/kept-code.ts";

/** Bytes of source text from which on a command runs in the thread at once: what starting it costs is then less than what it saves. */
const MUCH_TEXT = 200_000;

/** From here on checking takes so long that room for new objects pays. */
const VERY_MUCH_TEXT = 4_000_000;

/** About how many bytes of text a command will read: at least `MUCH_TEXT` with folders, archives and packages. */
function textOf([name, ...rest]: readonly string[]): number {
  if (name !== "check" && name !== "build") return 0;
  let bytes = 0;
  for (const argument of rest) {
    if (argument.startsWith("--package")) return MUCH_TEXT;
    const file = argument.startsWith("-") ? undefined : statSync(argument, { throwIfNoEntry: false });
    if (file !== undefined && !file.isFile()) return MUCH_TEXT;
    bytes += file?.size ?? 0;
  }
  return bytes;
}

interface ThreadData {
  /** Whether the command will run for many seconds. */
  readonly isLong: boolean;
}

/** Runs the command on this thread's stack (`run` of `commands.ts`). */
function runHere(args: readonly string[], { isLong }: ThreadData): number | undefined {
  const { exports: commands } = loadModule<typeof Commands>(fileURLToPath(new URL("commands.cjs", import.meta.url)));
  if (isLong) tuneForLongRun();
  return commands.run(args, isMainThread ? { megabytes: 1, isLargest: false } : { megabytes: LARGE_STACK_MEGABYTES, isLargest: true });
}

/** Runs the command in a thread with a large stack and room for new objects. */
function runInThread(args: readonly string[], isLong: boolean): void {
  const thread = new Worker(new URL(import.meta.url), { argv: [...args], workerData: { isLong } satisfies ThreadData, resourceLimits: isLong ? LONG_CHECK_LIMITS : THREAD_LIMITS });
  setTimeout(tuneForLongRun, LONG_RUN_MILLISECONDS).unref();
  thread.on("message", (code: number) => {
    process.exitCode = code;
  });
  thread.on("error", (error) => {
    process.stderr.write(`morgana: internal error, please report it with the input: ${error.stack ?? error.message}\n`);
    process.exitCode = INTERNAL_ERROR;
  });
}

function main(args: readonly string[]): void {
  const bytes = textOf(args);
  const isLong = args[0] === "check" && bytes >= VERY_MUCH_TEXT;
  tuneEngine();
  const code = bytes >= MUCH_TEXT ? undefined : runHere(args, { isLong });
  if (code === undefined) runInThread(args, isLong);
  else process.exitCode = code;
}

if (isMainThread) main(process.argv.slice(2));
else parentPort!.postMessage(runHere(process.argv.slice(2), workerData as ThreadData));
