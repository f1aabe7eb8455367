/** The passes of core in order. */
import type { Fresh } from "./build.ts";
import { checkProgram } from "./check.ts";
import { contify } from "./contify.ts";
import type { Program } from "./core.ts";
import { removeDeadCode, removeDeadStores } from "./dead-code.ts";
import { localReferences } from "./local-refs.ts";
import { simplify } from "./simplify.ts";
import { tailModCons } from "./tail-mod-cons.ts";
import { unbox } from "./unbox.ts";

export interface PipelineOptions {
  /** Runs the checker after every pass. */
  readonly checkIr?: boolean;
  /** Called after every pass, for dumps. */
  readonly onPass?: (name: string, program: Program) => void;
  /** Off: only what the back end needs (exact calls). */
  readonly optimize?: boolean;
}

export function runPipeline(program: Program, fresh: Fresh, options: PipelineOptions = {}): Program {
  let current = program;
  let exact = false;
  const pass = (name: string, run: (p: Program) => Program): void => {
    current = run(current);
    options.onPass?.(name, current);
    if (options.checkIr === true) {
      try {
        checkProgram(current, { exactCalls: exact });
      } catch (error) {
        if (error instanceof Error) error.message = `after ${name}: ${error.message}`;
        throw error;
      }
    }
  };
  pass("translation", (p) => p);
  pass("tail-mod-cons", (p) => tailModCons(p, fresh));
  pass("dead-stores", removeDeadStores);
  exact = true;
  pass("simplify", (p) => simplify(p, fresh, { inline: options.optimize !== false }));
  pass("dead-code", removeDeadCode);
  // The run-time system's ordinary modules hold addresses in words: boxing one would be an allocation where none may be.
  if (options.optimize === false) {
    pass("unbox", (p) => unbox(p, fresh));
    pass("simplify", (p) => simplify(p, fresh, { inline: false }));
    pass("dead-code", removeDeadCode);
    return current;
  }
  pass("contify", (p) => contify(p, fresh));
  pass("simplify", (p) => simplify(p, fresh, { inline: true }));
  pass("local-refs", (p) => localReferences(p, fresh));
  pass("dead-code", removeDeadCode);
  pass("contify", (p) => contify(p, fresh));
  pass("unbox", (p) => unbox(p, fresh));
  pass("simplify", (p) => simplify(p, fresh, { inline: true }));
  pass("dead-code", removeDeadCode);
  pass("unbox", (p) => unbox(p, fresh));
  pass("simplify", (p) => simplify(p, fresh, { inline: false }));
  pass("dead-stores", removeDeadStores);
  return current;
}
