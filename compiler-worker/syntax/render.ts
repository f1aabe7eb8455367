/** Diagnostics as OCaml prints them (reference manual, section 13.5: error messages). */
import type { Diagnostic } from "./diagnostics.ts";
import { describeLocation } from "./positions.ts";

/** The whole message: place, kind, text, and what is related. */
export function renderDiagnostic(d: Diagnostic): string {
  const kind = d.severity === "error" ? "Error" : d.severity === "alert" ? `Alert ${d.warning?.name ?? ""}` : d.warning === undefined ? "Warning" : `Warning ${d.warning.number} [${d.warning.name}]`;
  const related = d.related.map((r) => (r.location === undefined ? r.message : `${describeLocation(r.location)}:\n  ${r.message}`));
  return [`${describeLocation(d.location)}:`, `${kind}: ${d.message}`, ...related].join("\n");
}
