/** Speed of the front end: lines a second through the parser and through the type checker, in processor time. */
import { pathToFileURL } from "node:url";
import { Library } from "../compiler-worker/packages/library.ts";
import { parseImplementation } from "../compiler-worker/syntax/parser.ts";
import { TypingSession, type UnitSource } from "../compiler-worker/typing/session.ts";
import { readLibraryArchive } from "../scripts/library-archive.mjs";

export interface FrontEndSpeed {
  /** Lines of the sources that were measured. */
  readonly lines: number;
  /** Lines a second of processor time. */
  readonly parser: number;
  readonly checker: number;
  /** Bytes of the heap in use after typing. */
  readonly heap: number;
}

const countLines = (text: string): number => text.split("\n").length;

function processorSeconds(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Parses and types the library's implementations, each `copies` times as a unit of its own. */
export function measureFrontEnd(copies = 4): FrontEndSpeed {
  const library = new Library(readLibraryArchive());
  const sources: UnitSource[] = [...library.units()].filter((u) => u.implementation !== undefined && u.interface !== undefined && !u.name.startsWith("Camlinternal"));
  const units = new Map<string, UnitSource>();
  const names: string[] = [];
  let lines = 0;
  for (let copy = 0; copy < copies; copy++)
    for (const source of sources) {
      const name = `${source.name}__copy${copy}`;
      units.set(name, { ...source, name, interface: undefined });
      names.push(name);
      lines += countLines(source.implementation!.text);
    }
  const parsing = processorSeconds(() => {
    for (const name of names) parseImplementation(units.get(name)!.implementation!);
  });
  const session = new TypingSession({ find: (name) => units.get(name) ?? library.find(name) }, { keepsTrees: false });
  const typing = processorSeconds(() => {
    for (const name of names) session.checkUnit(name);
  });
  return { lines, parser: Math.round(lines / parsing), checker: Math.round(lines / Math.max(0.001, typing - parsing)), heap: process.memoryUsage().heapUsed };
}

/** Prints what `measureFrontEnd` found. */
export function reportFrontEnd(): void {
  const speed = measureFrontEnd();
  const show = (n: number): string => n.toLocaleString("en-US");
  console.log(`front end, ${show(speed.lines)} lines: parser ${show(speed.parser)} lines/s, type checker ${show(speed.checker)} lines/s, heap ${show(Math.round(speed.heap / 1048576))} MiB`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) reportFrontEnd();
