/** `morgana check DIR` checks a project, `morgana check FILES…` types OCaml files and prints diagnostics, and signatures when asked. */
import { hasErrors, ProgramSources } from "../driver.ts";
import { isAliasUnit } from "../packages/program-units.ts";
import type { Diagnostic } from "../syntax/diagnostics.ts";
import { TypingSession } from "../typing/session.ts";
import { parseArguments, UsageError } from "./arguments.ts";
import { DONE, INPUT_ERROR } from "./exit-codes.ts";
import { isFolder, readLibrary, unitsOfFiles } from "./files.ts";
import { analyseFolder, reportFindings, reportManifestErrors } from "./project.ts";
import { bytesToText, diagnosticRecord, reportDiagnostics } from "./report.ts";

export function check(args: readonly string[]): number {
  const given = parseArguments("check", args, [{ name: "--signature", short: "-i" }, { name: "--json" }, { name: "--warnings", short: "-w", value: "a specification such as +a-4" }]);
  if (given.positional.length === 0) throw new UsageError("check: a project's folder or OCaml files are expected");
  if (isFolder(given.positional)) return checkFolder(given.positional[0]!, given.flag("--json"));
  const library = readLibrary();
  const units = unitsOfFiles(given.positional, given.value("--warnings") ?? "", library);
  const session = new TypingSession(new ProgramSources(units, library));
  const all: Diagnostic[] = [];
  const signatures: string[] = [];
  for (const unit of units) {
    if (isAliasUnit(unit)) continue;
    const diagnostics = unit.implementation === undefined ? session.interfaceDiagnostics(unit.name) : session.typeUnit(unit.name).diagnostics;
    all.push(...diagnostics);
    reportDiagnostics(diagnostics, given.flag("--json"));
    if (hasErrors(diagnostics) || !given.flag("--signature")) continue;
    const text = bytesToText(session.signatureText(unit.name));
    signatures.push(text);
    if (!given.flag("--json")) process.stdout.write(`${text}\n`);
  }
  if (given.flag("--json")) process.stdout.write(`${JSON.stringify({ diagnostics: all.map(diagnosticRecord), ...(given.flag("--signature") ? { signatures } : {}) }, null, 2)}\n`);
  return hasErrors(all) ? INPUT_ERROR : DONE;
}

function checkFolder(folder: string, json: boolean): number {
  const analysis = analyseFolder(folder, undefined);
  if ("errors" in analysis) {
    reportManifestErrors(analysis.errors, json);
    return INPUT_ERROR;
  }
  const { findings, obstacles } = analysis.composition;
  reportFindings(findings, obstacles, json);
  return obstacles.length > 0 ? INPUT_ERROR : DONE;
}
