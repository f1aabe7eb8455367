/** Lines and columns of offsets, as OCaml counts them: a line directive (reference manual, section 11.1) gives file and line of what follows. */
import type { Location, SourceFile } from "./diagnostics.ts";

export interface Position {
  /** The name of the file, or the one that a line directive gives. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** In bytes, from 0. */
  readonly column: number;
}

interface LineDirective {
  /** Where it stands. */
  readonly offset: number;
  readonly file: string;
  /** Of the line after it. */
  readonly line: number;
}

/** Line directives by file, in the order of the text. */
const directives = new WeakMap<SourceFile, LineDirective[]>();

/** The lexer has found `# LINE "FILE"` at an offset. */
export function noteLineDirective(source: SourceFile, directive: LineDirective): void {
  const known = directives.get(source);
  if (known === undefined) directives.set(source, [directive]);
  // A file may be read more than once.
  else if (known[known.length - 1]!.offset < directive.offset) known.push(directive);
}

/** Offsets at which the lines of a file begin, after the first. */
const lineStarts = new WeakMap<SourceFile, readonly number[]>();

function lineStartsOf(source: SourceFile): readonly number[] {
  const known = lineStarts.get(source);
  if (known !== undefined) return known;
  const starts: number[] = [];
  for (let i = source.text.indexOf("\n"); i >= 0; i = source.text.indexOf("\n", i + 1)) starts.push(i + 1);
  lineStarts.set(source, starts);
  return starts;
}

/** How many of an ascending list are at most `limit`. */
function countUpTo(limit: number, length: number, at: (index: number) => number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Line and column (from 1 and 0, in bytes) of an offset in the file itself. */
export function lineAndColumn(source: SourceFile, offset: number): { line: number; column: number } {
  const starts = lineStartsOf(source);
  const lines = countUpTo(offset, starts.length, (i) => starts[i]!);
  return { line: lines + 1, column: offset - (lines === 0 ? 0 : starts[lines - 1]!) };
}

/** Where an offset is as programs and users are told: by the line directive before it, if there is one. */
export function positionOf(source: SourceFile, offset: number): Position {
  const { line, column } = lineAndColumn(source, offset);
  const known = directives.get(source) ?? [];
  const directive = known[countUpTo(offset, known.length, (i) => known[i]!.offset) - 1];
  if (directive === undefined) return { file: source.name, line, column };
  const own = lineAndColumn(source, directive.offset).line;
  return { file: directive.file, line: line - own - 1 + directive.line, column };
}

export function startOf(location: Location): Position {
  return positionOf(location.file, location.start);
}

/** `File "x.ml", line 3, characters 4-9` or, over several lines, `lines 3-5, characters 4-2`, each column that of its line. */
export function describeLocation(location: Location): string {
  const from = positionOf(location.file, location.start);
  const to = positionOf(location.file, location.end);
  const lines = from.line === to.line ? `line ${from.line}` : `lines ${from.line}-${to.line}`;
  return `File "${from.file}", ${lines}, characters ${from.column}-${to.column}`;
}
