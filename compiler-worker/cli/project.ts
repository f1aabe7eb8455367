/** `morgana check DIR` and `morgana build DIR`: projects of the studio. */
import { analyseComposition, type Composition, type CompositionContext } from "../composition/composition.ts";
import { readCatalogue } from "../composition/catalogue.ts";
import { diagnosticFinding, type Finding } from "../composition/findings.ts";
import type { Project } from "../composition/project.ts";
import { imageTargets } from "../image/image.ts";
import { Library } from "../packages/library.ts";
import type { Diagnostic } from "../syntax/diagnostics.ts";
import { lineAndColumn } from "../syntax/render.ts";
import { TypingSession } from "../typing/session.ts";
import { readArchive, readProject } from "./files.ts";
import { bytesToText } from "./report.ts";

export interface ProjectAnalysis {
  readonly project: Project;
  readonly composition: Composition;
  readonly library: Library;
  readonly session: TypingSession;
}

export function compositionContext(): { readonly library: Library; readonly context: CompositionContext } {
  const archive = readArchive();
  const library = new Library(archive);
  const devices = new Map(readCatalogue(archive.packages).map((d) => [d.id, d]));
  return { library, context: { library, devices, targets: imageTargets.map((t) => t.name) } };
}

/** Analyses the project of a folder; the errors of a manifest that cannot be read instead. `target` is put in place of the project's own. */
export function analyseFolder(folder: string, target: string | undefined): ProjectAnalysis | { readonly errors: readonly string[] } {
  const read = readProject(folder);
  if ("errors" in read) return read;
  const project: Project = target === undefined ? read : { ...read, manifest: { ...read.manifest, target } };
  const { library, context } = compositionContext();
  const session = new TypingSession(library);
  return { project, composition: analyseComposition(session, project, context), library, session };
}

/** Prints findings and what prevents a build, on standard error; with `json` as one object on standard output. */
export function reportFindings(findings: readonly Finding[], obstacles: readonly string[], json: boolean): void {
  if (json) process.stdout.write(`${JSON.stringify({ problems: findings.map(findingRecord), obstacles: obstacles.map(bytesToText) }, null, 2)}\n`);
  else for (const f of findings) process.stderr.write(`${bytesToText(f.rendered)}\n`);
}

/** The findings of a manifest that cannot be read. */
export function reportManifestErrors(errors: readonly string[], json: boolean): void {
  if (json) process.stdout.write(`${JSON.stringify({ problems: errors.map((message) => ({ severity: "error", file: "morgana.json", message })), obstacles: errors }, null, 2)}\n`);
  else for (const message of errors) process.stderr.write(`File "morgana.json":\nError: ${message}\n`);
}

/** Findings for diagnostics that the composition does not have among its own. */
export function furtherFindings(composition: Composition, diagnostics: readonly Diagnostic[]): Finding[] {
  const known = new Set(composition.findings.map((f) => f.rendered));
  return diagnostics.map(diagnosticFinding).filter((f) => !known.has(f.rendered));
}

function findingRecord(f: Finding): Record<string, unknown> {
  const { location } = f;
  const at = (offset: number): { line: number; character: number } => {
    const { line, column } = lineAndColumn(location!.file.text, offset);
    return { line, character: column };
  };
  return {
    severity: f.severity,
    ...(f.file === undefined ? {} : { file: bytesToText(f.file) }),
    ...(location === undefined ? {} : { start: at(location.start), end: at(location.end) }),
    ...(f.node === undefined ? {} : { node: bytesToText(f.node) }),
    ...(f.edge === undefined ? {} : { edge: f.edge }),
    message: bytesToText(f.message),
  };
}
