/** `morgana check DIR` and `morgana build DIR`: projects of the studio. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { analyseComposition, type Composition, type CompositionContext } from "../composition/composition.ts";
import { readCatalogue } from "../composition/catalogue.ts";
import { diagnosticFinding, type Finding } from "../composition/findings.ts";
import { PROJECT_FILE, type Project } from "../composition/project.ts";
import { imageTargets } from "../image/image.ts";
import type { LicencedPackage } from "../packages/image-licences.ts";
import { Library } from "../packages/library.ts";
import type { Diagnostic } from "../syntax/diagnostics.ts";
import { lineAndColumn } from "../syntax/positions.ts";
import { TypingSession } from "../typing/session.ts";
import type { Arguments } from "./arguments.ts";
import { deferrable, readArchive, readProject } from "./files.ts";
import { libraryFor } from "./packages.ts";
import { bytesToText } from "./report.ts";
import { print, printError } from "./output.ts";

export interface ProjectAnalysis {
  readonly project: Project;
  readonly composition: Composition;
  readonly library: Library;
  readonly session: TypingSession;
}

export function compositionContext(): { readonly library: Library; readonly context: CompositionContext } {
  return contextOf(new Library(readArchive()));
}

function contextOf(library: Library): { readonly library: Library; readonly context: CompositionContext } {
  const devices = new Map(readCatalogue(readArchive().packages).map((d) => [d.id, d]));
  return { library, context: { library, devices, targets: imageTargets.map((t) => t.name) } };
}

export interface FolderOptions {
  /** Put in place of the project's own. */
  readonly target: string | undefined;
  readonly given: Arguments;
  /** Folders and archives of libraries besides those that the manifest names. */
  readonly trees: readonly string[];
  readonly linking: boolean;
}

/** Analyses the project of a folder; the errors of a manifest that cannot be read instead. */
export function analyseFolder(folder: string, { target, given, trees, linking }: FolderOptions): ProjectAnalysis | { readonly errors: readonly string[] } {
  const read = readProject(folder);
  if ("errors" in read) return read;
  const project: Project = target === undefined ? read : { ...read, manifest: { ...read.manifest, target } };
  const dependencies = (project.manifest.dependencies ?? []).map((path) => Buffer.from(path, "latin1").toString("utf8"));
  const missing = dependencies.filter((path) => !existsSync(join(folder, path)));
  if (missing.length > 0) return { errors: missing.map((path) => `${PROJECT_FILE}: dependencies: there is no folder or archive ${JSON.stringify(path)} in the project's folder`) };
  const brought = libraryFor(given, [...dependencies.map((path) => join(folder, path)), ...trees], { linking, ...(project.manifest.packages === undefined ? {} : { packages: project.manifest.packages }) });
  const { library, context } = contextOf(brought.library);
  const session = new TypingSession(library, { deferrable });
  return { project, composition: analyseComposition(session, project, context), library, session };
}

/** Prints findings and what prevents a build, on standard error; with `json` as one object on standard output. */
export function reportFindings(findings: readonly Finding[], obstacles: readonly string[], json: boolean, packages: readonly LicencedPackage[] = []): void {
  if (json) print(`${JSON.stringify({ problems: findings.map(findingRecord), obstacles: obstacles.map(bytesToText), ...(packages.length === 0 ? {} : { packages }) }, null, 2)}\n`);
  else for (const f of findings) printError(`${bytesToText(f.rendered)}\n`);
}

/** The findings of a manifest that cannot be read. */
export function reportManifestErrors(errors: readonly string[], json: boolean): void {
  if (json) print(`${JSON.stringify({ problems: errors.map((message) => ({ severity: "error", file: "morgana.json", message })), obstacles: errors }, null, 2)}\n`);
  else for (const message of errors) printError(`File "morgana.json":\nError: ${message}\n`);
}

/** Findings for diagnostics that the composition does not have among its own. */
export function furtherFindings(findings: readonly Finding[], diagnostics: readonly Diagnostic[]): Finding[] {
  const known = new Set(findings.map((f) => f.rendered));
  return diagnostics.map(diagnosticFinding).filter((f) => !known.has(f.rendered));
}

function findingRecord(f: Finding): Record<string, unknown> {
  const { location } = f;
  const at = (offset: number): { line: number; character: number } => {
    const { line, column } = lineAndColumn(location!.file, offset);
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
