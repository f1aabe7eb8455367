/** The passes of core in order. */
import type { SourceFile } from "../syntax/diagnostics.ts";
import type { Fresh } from "./build.ts";
import { checkProgram } from "./check.ts";
import { contify } from "./contify.ts";
import type { Program } from "./core.ts";
import { readInitialContents, removeDeadCode, removeDeadStores } from "./dead-code.ts";
import { markFrames } from "./frames.ts";
import { localReferences } from "./local-refs.ts";
import { removeImpossibleCases } from "./impossible-cases.ts";
import { CoreMemo } from "./memo.ts";
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
  /** The files whose functions keep their frames in backtraces when they are inlined: none if not given. */
  readonly hasFrames?: ((file: SourceFile) => boolean) | undefined;
  /** What earlier runs over programs with bindings in common made. */
  readonly memo?: CoreMemo;
}

export function runPipeline(program: Program, fresh: Fresh, options: PipelineOptions = {}): Program {
  const memo = options.memo ?? new CoreMemo();
  const optimize = options.optimize !== false;
  const { hasFrames } = options;
  let current = program;
  let exact = false;
  let count = 0;
  const pass = (name: string, run: (p: Program, place: string) => Program): void => {
    current = run(current, `${optimize ? "" : "plain "}${count++} ${name}`);
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
  const deadCode = (): void => pass("dead-code", (p, place) => removeDeadCode(p, { results: memo.pass(place), calls: memo.pass(`${place} calls`), groups: memo.pass(`${place} groups`) }));
  const deadStores = (): void => pass("dead-stores", (p, place) => removeDeadStores(p, { results: memo.pass(place), calls: memo.pass(`${place} calls`), groups: memo.pass(`${place} groups`) }));
  const simplification = (inline: boolean): void => pass("simplify", (p, place) => simplify(p, fresh, { inline, hasFrames }, { counts: memo.pass(`${place} counts`), results: memo.pass(place) }));
  const unboxing = (): void => pass("unbox", (p, place) => unbox(p, fresh, { results: memo.pass(place), workers: memo.pass(`${place} workers`) }));
  const contification = (): void => pass("contify", (p, place) => contify(p, fresh, hasFrames, memo.pass(place)));
  memo.begin();
  pass("translation", (p) => p);
  if (hasFrames !== undefined) pass("frames", (p, place) => markFrames(p, hasFrames, fresh, memo.pass(place)));
  pass("tail-mod-cons", (p, place) => tailModCons(p, fresh, memo.pass(place)));
  if (optimize) pass("initial-contents", (p, place) => readInitialContents(p, { results: memo.pass(place), calls: memo.pass(`${place} calls`), groups: memo.pass(`${place} groups`) }));
  deadStores();
  exact = true;
  simplification(optimize);
  deadCode();
  if (optimize) {
    pass("impossible-cases", (p, place) => removeImpossibleCases(p, { summaries: memo.pass(`${place} summaries`), results: memo.pass(place) }));
    contification();
    simplification(true);
    pass("local-refs", (p, place) => localReferences(p, fresh, memo.pass(place)));
    deadCode();
    contification();
    unboxing();
    simplification(true);
    deadCode();
  }
  // The run-time system's ordinary modules hold addresses in words: boxing one would be an allocation where none may be.
  const before = current;
  unboxing();
  // The last round of simplification has seen to what unboxing leaves as it is.
  if (!optimize || current !== before) simplification(false);
  if (optimize) deadStores();
  else deadCode();
  memo.commit();
  return current;
}
