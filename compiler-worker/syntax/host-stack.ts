/**
 * The host's call stack, which the compiler uses for phrases within phrases. How large it is the host knows; where it can
 * give more (Node, in a thread), its front door tries again with more before anything is said to be nested too deeply.
 */

/** Levels of phrases for which a megabyte of stack is enough in every stage. */
const LEVELS_PER_MEGABYTE = 1200;

let deepest = LEVELS_PER_MEGABYTE;
let mayHaveMore = false;

/** Ends everything: the same input may do on a larger stack. Thrown only after `setHostStack` asked for it. */
export class StackExceeded extends Error {
  constructor() {
    super("the input needs a larger stack");
  }
}

/** How deep phrases may nest on this stack. */
export const deepestNesting = (): number => deepest;

/** Tells the stack's size (one megabyte unless said otherwise), and whether `StackExceeded` shall be thrown where it is not enough. */
export function setHostStack(megabytes: number, more: boolean): void {
  deepest = megabytes * LEVELS_PER_MEGABYTE;
  mayHaveMore = more;
}

/** Whether the exception is the host's about its stack: engines name it differently. */
export function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError ? /call stack/i.test(error.message) : error instanceof Error && error.name === "InternalError" && /recursion/.test(error.message);
}

/** Called before input is said to be nested too deeply. */
export function beforeRefusing(): void {
  if (mayHaveMore) throw new StackExceeded();
}
