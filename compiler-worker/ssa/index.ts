/** From core to optimised SSA. */
import type { Program } from "../core/core.ts";
import { checkFunction } from "./check.ts";
import { fromCore } from "./from-core.ts";
import { CodeMemo } from "./memo.ts";
import { passes } from "./passes/index.ts";
import { insertPolls } from "./passes/polls.ts";
import type { SsaProgram } from "./ssa.ts";

export interface SsaOptions {
  /** Checks the program after each pass. */
  readonly check: boolean;
  /** 0: only what is needed; 1: all passes. */
  readonly optimize: 0 | 1;
  /** Whether loops look for signals: in programs that handle some. */
  readonly polls: boolean;
}

export function makeSsa<C>(program: Program, options: SsaOptions, memo: CodeMemo<C> = new CodeMemo()): SsaProgram<C> {
  const ssa = fromCore(program, memo);
  for (const item of ssa.code) {
    if (item.kind === "known") continue;
    const f = item.function;
    if (options.check) checkFunction(f, "from-core");
    for (const pass of passes) {
      if (options.optimize === 0 && !pass.required) continue;
      pass.run(f);
      if (options.check) checkFunction(f, pass.name);
    }
    if (!options.polls) continue;
    insertPolls(f);
    if (options.check) checkFunction(f, "polls");
  }
  return ssa;
}

export { printFunction, printSsa } from "./print.ts";
