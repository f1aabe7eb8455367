/** Diagnostics as OCaml prints them (reference manual, section 13.5: error messages). */
import type { Diagnostic, Location } from "./diagnostics.ts";

/** Offsets at which the lines of a text begin, after the first. */
interface LineIndex {
  readonly text: string;
  readonly starts: readonly number[];
}
function lineIndex(text: string): LineIndex {
  const starts: number[] = [];
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) starts.push(i + 1);
  return { text, starts };
}
/** Of the texts asked about last: diagnostics come by file, some with a second place in another one. */
let latest: LineIndex = lineIndex("");
let before = latest;

/** Line and column (from 1 and 0, in bytes) of an offset. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  if (text !== latest.text) [latest, before] = [text === before.text ? before : lineIndex(text), latest];
  const { starts } = latest;
  // Binary search for the number of lines that end before the offset.
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  return { line: low + 1, column: offset - (low === 0 ? 0 : starts[low - 1]!) };
}

/** `File "x.ml", line 3, characters 4-9:` or, over several lines, `lines 3-5, characters 4-9:`. */
export function renderLocation(location: Location): string {
  const { text, name } = location.file;
  const from = lineAndColumn(text, location.start);
  const to = lineAndColumn(text, location.end);
  const lines = from.line === to.line ? `line ${from.line}` : `lines ${from.line}-${to.line}`;
  return `File "${name}", ${lines}, characters ${from.column}-${location.end - (location.start - from.column)}:`;
}

/** The whole message: place, kind, text, and what is related. */
export function renderDiagnostic(d: Diagnostic): string {
  const kind = d.severity === "error" ? "Error" : d.warning === undefined ? "Warning" : `Warning ${d.warning.number} [${d.warning.name}]`;
  const related = d.related.map((r) => (r.location === undefined ? r.message : `${renderLocation(r.location)}\n  ${r.message}`));
  return [renderLocation(d.location), `${kind}: ${d.message}`, ...related].join("\n");
}
