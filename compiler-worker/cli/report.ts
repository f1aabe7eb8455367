/** What the command line says of diagnostics: as OCaml prints them, or as JSON. */
import { lineAndColumn } from "../syntax/positions.ts";
import { renderDiagnostic } from "../syntax/render.ts";
import type { Diagnostic } from "../syntax/diagnostics.ts";
import { printError } from "./output.ts";

/** One diagnostic for `--json`: lines from 1, characters from 0 in bytes, as in OCaml's messages. */
export function diagnosticRecord(d: Diagnostic): Record<string, unknown> {
  const { file, start, end } = d.location;
  const from = lineAndColumn(file, start);
  const to = lineAndColumn(file, end);
  return {
    severity: d.severity,
    file: file.name,
    start: { line: from.line, character: from.column },
    end: { line: to.line, character: to.column },
    ...(d.warning === undefined ? {} : { warning: d.warning.number, name: d.warning.name }),
    message: d.message,
    related: d.related.map((r) => r.message),
  };
}

export function reportDiagnostics(diagnostics: readonly Diagnostic[], json: boolean): void {
  if (json) return;
  for (const d of diagnostics) printError(`${bytesToText(renderDiagnostic(d))}\n`);
}

/** Sources are held one code unit a byte; a terminal wants UTF-8 text. */
export function bytesToText(text: string): string {
  return Buffer.from(text, "latin1").toString("utf8");
}
