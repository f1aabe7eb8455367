/**
 * Speed of the front end: lines a second through the parser and through the type checker, in processor time of the thread that runs
 * them (what passes for the user on an idle machine) and of the whole process (with V8's threads that optimize and collect).
 */
import { readFileSync } from "node:fs";
import { isMainThread, Worker } from "node:worker_threads";
import { LONG_CHECK_LIMITS, tuneEngine, tuneForLongRun } from "../compiler-worker/cli/engine.ts";
import { Library } from "../compiler-worker/packages/library.ts";
import { parseImplementation } from "../compiler-worker/syntax/parser.ts";
import { TypingSession, type UnitSource } from "../compiler-worker/typing/session.ts";
import { readLibraryArchive } from "../scripts/library-archive.mjs";

export interface LinesPerSecond {
  readonly thread: number;
  readonly process: number;
}

export interface FrontEndSpeed {
  /** Lines of all sources that were measured. */
  readonly lines: number;
  readonly parser: LinesPerSecond;
  readonly checker: LinesPerSecond;
  /** Of the second half, when V8 has compiled what is needed. */
  readonly warmChecker: LinesPerSecond;
  /** Bytes of the heap in use after typing. */
  readonly heap: number;
}

const countLines = (text: string): number => text.split("\n").length;

interface Seconds {
  readonly thread: number;
  readonly process: number;
}

/** Seconds that this thread has run, as Linux counts them. */
export const threadSeconds = (): number => Number(readFileSync("/proc/thread-self/schedstat", "latin1").split(" ")[0]) / 1e9;

function processorSeconds(run: () => void): Seconds {
  const before = process.cpuUsage();
  const threadBefore = threadSeconds();
  run();
  const { user, system } = process.cpuUsage(before);
  return { thread: threadSeconds() - threadBefore, process: (user + system) / 1e6 };
}

/** Parses and types the library's implementations, each `copies` times as a unit of its own. The interfaces that they look into take their time and are not counted. */
export function measureFrontEnd(copies = 10): FrontEndSpeed {
  const library = new Library(readLibraryArchive());
  const sources: UnitSource[] = [...library.units()].filter((u) => u.implementation !== undefined && u.interface !== undefined && !u.name.startsWith("Camlinternal"));
  const units = new Map<string, UnitSource>();
  const names: string[] = [];
  for (let copy = 0; copy < copies; copy++)
    for (const source of sources) {
      const name = `${source.name}__copy${copy}`;
      units.set(name, { ...source, name, interface: undefined });
      names.push(name);
    }
  const session = new TypingSession({ find: (name) => units.get(name) ?? library.find(name) }, { keepsTrees: false });
  const check = (some: readonly string[]): Seconds =>
    processorSeconds(() => {
      for (const name of some) session.checkUnit(name);
    });
  const linesOf = (some: readonly string[]): number => some.reduce((sum, name) => sum + countLines(units.get(name)!.implementation!.text), 0);
  const parsing = processorSeconds(() => {
    for (const name of names) parseImplementation(units.get(name)!.implementation!);
  });
  const half = names.length >> 1;
  const first = check(names.slice(0, half));
  const second = check(names.slice(half));
  const heap = process.memoryUsage().heapUsed;
  const lines = linesOf(names);
  // Typing a unit parses it first.
  const parsed = (some: number): Seconds => ({ thread: (parsing.thread * some) / lines, process: (parsing.process * some) / lines });
  const speed = (some: number, seconds: Seconds): LinesPerSecond => ({ thread: Math.round(some / seconds.thread), process: Math.round(some / seconds.process) });
  const minus = (a: Seconds, b: Seconds): Seconds => ({ thread: Math.max(0.001, a.thread - b.thread), process: Math.max(0.001, a.process - b.process) });
  const late = linesOf(names.slice(half));
  const whole: Seconds = { thread: first.thread + second.thread, process: first.process + second.process };
  return { lines, parser: speed(lines, parsing), checker: speed(lines, minus(whole, parsed(lines))), warmChecker: speed(late, minus(second, parsed(late))), heap };
}

/** Prints what `measureFrontEnd` found, in a thread such as `morgana check` has for much text. */
export async function reportFrontEnd(): Promise<void> {
  if (isMainThread) {
    tuneEngine();
    tuneForLongRun();
    const thread = new Worker(new URL(import.meta.url), { argv: ["front-end"], resourceLimits: LONG_CHECK_LIMITS });
    await new Promise((resolve, reject) => thread.once("exit", resolve).once("error", reject));
    return;
  }
  const speed = measureFrontEnd();
  const show = (n: number): string => n.toLocaleString("en-US");
  const rate = (s: LinesPerSecond): string => `${show(s.thread)} lines/s (${show(s.process)} with V8's threads)`;
  console.log(`front end, ${show(speed.lines)} lines: parser ${rate(speed.parser)}, type checker ${rate(speed.checker)}, in the second half ${rate(speed.warmChecker)}, heap ${show(Math.round(speed.heap / 1048576))} MiB`);
}
