/** What is found in a composition: remarks that belong to a node, an edge or a place in a source, and whether they prevent a build. */
import { renderDiagnostic } from "../syntax/render.ts";
import type { Diagnostic, Location } from "../syntax/diagnostics.ts";
import { formerModuleAdvice } from "./former-modules.ts";

export interface Finding {
  readonly severity: "error" | "warning";
  readonly node: string | undefined;
  /** Index in the manifest. */
  readonly edge: number | undefined;
  readonly location: Location | undefined;
  /** A file as a whole, where there is no location. */
  readonly file: string | undefined;
  readonly message: string;
  /** As the command line prints it. */
  readonly rendered: string;
}

export interface Place {
  readonly node?: string | undefined;
  readonly edge?: number | undefined;
  readonly location?: Location | undefined;
  readonly file?: string | undefined;
}

/** A finding with its text for the command line: `File "morgana.json", node "console":` or the place in the source. */
export function finding(severity: Finding["severity"], place: Place, message: string): Finding {
  const { node, edge, location, file } = place;
  const kind = severity === "error" ? "Error" : "Warning";
  let rendered: string;
  if (location !== undefined) rendered = renderDiagnostic({ severity, location, message, warning: undefined, related: [] });
  else {
    const where = edge !== undefined ? `File "morgana.json", edge ${edge}:` : node !== undefined ? `File "morgana.json", node "${node}":` : `File "${file ?? "morgana.json"}":`;
    rendered = `${where}\n${kind}: ${message}`;
  }
  return { severity, node, edge, location, file: location?.file.name ?? file, message, rendered };
}

/** A diagnostic with advice, which goes before a guess at what was meant. */
export function advised(diagnostic: Diagnostic, advice: string | undefined): Diagnostic {
  return advice === undefined ? diagnostic : { ...diagnostic, message: `${diagnostic.message.replace(/\nHint: Did you mean [^?]*\?/, "")}\n${advice}` };
}

export function diagnosticFinding(plain: Diagnostic): Finding {
  const diagnostic = advised(plain, formerModuleAdvice(plain.message));
  return {
    severity: diagnostic.severity === "error" ? "error" : "warning",
    node: undefined,
    edge: undefined,
    location: diagnostic.location,
    file: diagnostic.location.file.name,
    message: [diagnostic.message, ...diagnostic.related.map((r) => r.message)].join("\n"),
    rendered: renderDiagnostic(diagnostic),
  };
}
