/** Lines and columns of source locations, as OCaml puts them into exceptions and `__LOC__`. */
import type { Location, SourceFile } from "../syntax/diagnostics.ts";

const lineStarts = new WeakMap<SourceFile, number[]>();

function startsOf(file: SourceFile): number[] {
  let starts = lineStarts.get(file);
  if (starts === undefined) {
    starts = [0];
    for (let i = file.text.indexOf("\n"); i >= 0; i = file.text.indexOf("\n", i + 1)) starts.push(i + 1);
    lineStarts.set(file, starts);
  }
  return starts;
}

export interface Position {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** In bytes, from 0. */
  readonly column: number;
}

export function positionOf(file: SourceFile, offset: number): Position {
  const starts = startsOf(file);
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle;
  }
  return { file: file.name, line: low + 1, column: offset - starts[low]! };
}

export function startOf(loc: Location): Position {
  return positionOf(loc.file, loc.start);
}

/** `File "x.ml", line 3, characters 4-9`, the text of `__LOC__`. */
export function describeLocation(loc: Location): string {
  const start = positionOf(loc.file, loc.start);
  const end = positionOf(loc.file, loc.end);
  const lines = start.line === end.line ? `line ${start.line}` : `lines ${start.line}-${end.line}`;
  return `File "${start.file}", ${lines}, characters ${start.column}-${end.column}`;
}
