/** Runs a module whose code V8 keeps beside it: a program of thousands of functions spends a fifth of a short command's time on compiling them when they are first called. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { Script } from "node:vm";

export interface LoadedModule<T> {
  readonly exports: T;
  /** What the module was compiled into; its functions are, when they are first called. */
  readonly script: Script;
}

/** The name of the file with a module's code. */
export const keptCodeOf = (file: string): string => `${file}.v8`;

/**
 * Loads a CommonJS module, with the code of its functions if there is some that this V8 with these flags made for this text
 * (https://nodejs.org/api/vm.html, `cachedData`). Other code it leaves alone, and compiles. The text is ASCII but for comments.
 */
export function loadModule<T>(file: string): LoadedModule<T> {
  const code = keptCodeOf(file);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${readFileSync(file, "latin1")}\n})`, { filename: file, cachedData: existsSync(code) ? readFileSync(code) : undefined });
  const module = { exports: {} as T };
  const run = script.runInThisContext() as (exports: T, require: NodeJS.Require, module: { exports: T }, filename: string, folder: string) => void;
  run(module.exports, createRequire(file), module, file, dirname(file));
  return { exports: module.exports, script };
}
