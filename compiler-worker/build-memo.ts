/**
 * What builds of one typing session keep for the next: each stage's results by what they were made from, so that a
 * changed application recompiles only what depends on the change. The bytes are those of a build without it.
 */
import type { CodeMemos } from "./codegen/index.ts";
import type { CodeFragment } from "./codegen/object.ts";
import { CoreMemo } from "./core/memo.ts";
import { TranslationMemo } from "./defunctorize/memo.ts";
import type { ShippedLibrary } from "./shipped-library.ts";
import { CodeMemo } from "./ssa/memo.ts";

/** Variables are numbered, and passes have tables by number: a memo of so many variables is better given up. */
const MAX_VARIABLES = 2_000_000;

/** `shipped`: code that came with the compiler, once it is there. */
export function newCode(shipped?: () => ShippedLibrary | undefined): CodeMemos {
  return { plain: new CodeMemo<CodeFragment>(() => shipped?.()?.code), polling: new CodeMemo<CodeFragment>() };
}

export class BuildMemo {
  translation = new TranslationMemo();
  core = new CoreMemo();
  /** By level of optimisation. */
  code: readonly [CodeMemos, CodeMemos];
  readonly #shipped: () => ShippedLibrary | undefined;

  /** `shipped`: code that came with the compiler, which is optimised, once it is there. */
  constructor(shipped: () => ShippedLibrary | undefined = () => undefined) {
    this.#shipped = shipped;
    this.code = [newCode(), newCode(shipped)];
  }

  /** A build begins. Each part keeps what the last build used; only numbers grow from build to build. */
  begin(): void {
    if (this.translation.fresh.variableCount <= MAX_VARIABLES) return;
    this.translation = new TranslationMemo();
    this.core = new CoreMemo();
    this.code = [newCode(), newCode(this.#shipped)];
  }
}
