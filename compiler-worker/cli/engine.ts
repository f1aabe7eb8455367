/** How V8 runs a command: what it optimizes, and the thread for commands that need more stack or make more garbage than the main thread is laid out for. */
import { setFlagsFromString } from "node:v8";
import type { ResourceLimits } from "node:worker_threads";

/**
 * A command runs for seconds, and its code is spread over thousands of functions: V8 spends more processor time optimizing them than
 * it saves, unless it waits longer before it takes one for hot and inlines a third of what it would into it. The space for new
 * objects grows in larger steps.
 */
const FLAGS = ["--interrupt-budget=200000", "--max-inlined-bytecode-size-cumulative=300", "--semi-space-growth-factor=4"];
/** In a run of many seconds the same code runs again and again: V8's own limits, and machine code for all that is called at once. */
const LONG_RUN_FLAGS = ["--interrupt-budget=67584", "--max-inlined-bytecode-size-cumulative=920", "--always-sparkplug"];

/** Sets V8's flags for the process, before a thread with a command starts: code that was kept (`kept-code.ts`) is of these. */
export function tuneEngine(): void {
  for (const flag of FLAGS) setFlagsFromString(flag);
}

/** Sets them for a command that will run for many seconds, or has run for some. */
export function tuneForLongRun(): void {
  for (const flag of LONG_RUN_FLAGS) setFlagsFromString(flag);
}

/** After so many milliseconds a run is a long one. */
export const LONG_RUN_MILLISECONDS = 2000;

/** Stack of the thread. It is only taken as it is used. */
export const LARGE_STACK_MEGABYTES = 1000;
/**
 * Most commands take seconds, and in that time memory that was never touched costs more (the system clears it) than objects that are copied:
 * with 48 MiB for new objects builds take 0.7 to 0.95 of the time that they take with 192, checks of projects 0.8.
 */
export const THREAD_LIMITS: ResourceLimits = { stackSizeMb: LARGE_STACK_MEGABYTES, maxOldGenerationSizeMb: 16_384, maxYoungGenerationSizeMb: 48 };
/** Of checks of very much text: typed trees live as long as their unit is typed, and the collector would copy them again and again, and promote what is soon garbage. */
export const LONG_CHECK_LIMITS: ResourceLimits = { ...THREAD_LIMITS, maxYoungGenerationSizeMb: 384 };
