/**
 * `keep-code MODULE COMMAND…`: runs commands (each a JSON array of arguments) and leaves V8's code for the functions that they called
 * beside the module of the command line's commands.
 */
import { renameSync, writeFileSync } from "node:fs";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import type * as Commands from "./commands.ts";
import { LARGE_STACK_MEGABYTES, THREAD_LIMITS, tuneEngine } from "./engine.ts";
import { DONE, INTERNAL_ERROR } from "./exit-codes.ts";
import { keptCodeOf, loadModule } from "./kept-code.ts";

function keepCode(file: string, commands: readonly string[]): number {
  const { exports, script } = loadModule<typeof Commands>(file);
  for (const text of commands) {
    const code = exports.run(JSON.parse(text) as string[], { megabytes: LARGE_STACK_MEGABYTES, isLargest: true });
    if (code !== DONE) return code ?? INTERNAL_ERROR;
  }
  const temporary = `${keptCodeOf(file)}.${process.pid}`;
  writeFileSync(temporary, script.createCachedData());
  renameSync(temporary, keptCodeOf(file));
  return DONE;
}

const [file, ...commands] = process.argv.slice(2);
if (file === undefined) throw new Error("a module is expected");
if (isMainThread) {
  // With other flags than a command has the code would be refused.
  tuneEngine();
  const thread = new Worker(new URL(import.meta.url), { argv: [file, ...commands], resourceLimits: THREAD_LIMITS });
  thread.once("message", (code: number) => {
    process.exitCode = code;
  });
} else parentPort!.postMessage(keepCode(file, commands));
