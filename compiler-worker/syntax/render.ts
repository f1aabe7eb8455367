/** Diagnostics as OCaml prints them (reference manual, section 13.5: error messages). */
import type { Diagnostic, Location } from "./diagnostics.ts";

/** Line and column (from 1 and 0, in bytes) of an offset. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let i = text.indexOf("\n"); i >= 0 && i < offset; i = text.indexOf("\n", i + 1)) {
    line++;
    start = i + 1;
  }
  return { line, column: offset - start };
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
